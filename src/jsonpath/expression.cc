// Logical expressions, values and calls (RFC 9535, sections 2.3.5 and 2.4).
#include <array>
#include <cassert>

#include "jsonpath/evaluator_run.h"

namespace connect_lint {

Truth Evaluator::Run::truth(TermIndex index, NodeIndex current) {
  const Term& term = program_.terms[index];
  if (evaluator_.exhausted()) return Truth::Unknown;
  Memo* const memo = term.memo == kNone ? nullptr : &evaluator_.memos_[term.memo];
  if (memo != nullptr && memo->evaluation == evaluator_.evaluation_) return memo->truth;
  const Truth result = find_truth(term, current);
  if (memo != nullptr) {
    memo->evaluation = evaluator_.evaluation_;
    memo->truth = result;
  }
  if (evaluator_.trace_ != nullptr) [[unlikely]]
    evaluator_.trace_->add({.current = current, .span = term.span, .truth = result, .value = {}});
  return result;
}

Truth Evaluator::Run::find_truth(const Term& term, NodeIndex current) {
  switch (term.kind) {
    case TermKind::Or: {
      Truth result = Truth::False;
      for (std::uint32_t i = 0; i < term.count && result != Truth::True; ++i)
        result = either(result, truth(operand(term, i), current));
      return result;
    }
    case TermKind::And: {
      Truth result = Truth::True;
      for (std::uint32_t i = 0; i < term.count && result != Truth::False; ++i)
        result = both(result, truth(operand(term, i), current));
      return result;
    }
    case TermKind::Not: return !truth(operand(term, 0), current);
    case TermKind::Comparison: {
      const Value left = value(operand(term, 0), current);
      return compare(term.comparison, left, value(operand(term, 1), current));
    }
    case TermKind::Path: return exists(program_.paths[term.index], current);
    case TermKind::Call: {
      if (program_.calls[term.index].function->result == Type::Nodes) {
        const std::size_t begin = evaluator_.stack_.size();
        const Nodes found = find_nodes(term, current);
        evaluator_.stack_.resize(begin);
        return found.count > 0 ? Truth::True : found.uncertain ? Truth::Unknown : Truth::False;
      }
      const Value result = call(term, current, nullptr);
      if (result.is(ValueKind::Unknown)) return Truth::Unknown;
      return to_truth(result.is(ValueKind::Boolean) && result.boolean);
    }
    case TermKind::Literal: break;
  }
  assert(false && "a literal is no test");
  return Truth::False;
}

Truth Evaluator::Run::exists(const Path& path, NodeIndex current) {
  if (path.singular) {
    const Target target = follow(path, current);
    return target.unknown ? Truth::Unknown : to_truth(target.node != kNoNode);
  }
  Sink sink;
  walk(path.first, path.first + path.count, start(path, current), sink);
  if (sink.found) return Truth::True;
  return sink.uncertain || evaluator_.exhausted() ? Truth::Unknown : Truth::False;
}

Value Evaluator::Run::value(TermIndex index, NodeIndex current) {
  const Term& term = program_.terms[index];
  if (term.kind == TermKind::Literal) return program_.literals[term.index];
  if (evaluator_.exhausted()) return Value::unknown();
  Memo* const memo = term.memo == kNone ? nullptr : &evaluator_.memos_[term.memo];
  if (memo != nullptr && memo->evaluation == evaluator_.evaluation_) return memo->value;
  const Value result = find_value(term, current);
  if (memo != nullptr) {
    memo->evaluation = evaluator_.evaluation_;
    memo->value = result;
  }
  if (evaluator_.trace_ != nullptr) [[unlikely]]
    evaluator_.trace_->add({.current = current, .span = term.span, .is_value = true, .truth = Truth::False, .value = result});
  return result;
}

Value Evaluator::Run::find_value(const Term& term, NodeIndex current) {
  if (term.kind == TermKind::Call) return call(term, current, nullptr);
  assert(term.kind == TermKind::Path && "what else has a value");
  const Target target = follow(program_.paths[term.index], current);
  if (target.unknown) return Value::unknown();
  return target.node == kNoNode ? Value::nothing() : value_of(document_, target.node);
}

Evaluator::Run::Nodes Evaluator::Run::nodes(TermIndex index, NodeIndex current) {
  const Term& term = program_.terms[index];
  if (term.memo == kNone) return find_nodes(term, current);
  Memo& memo = evaluator_.memos_[term.memo];
  if (memo.evaluation != evaluator_.evaluation_) {
    const std::size_t begin = evaluator_.stack_.size();
    const Nodes found = find_nodes(term, current);
    std::vector<NodeIndex>& kept = evaluator_.kept_nodes_;
    memo.evaluation = evaluator_.evaluation_;
    memo.nodes_begin = static_cast<std::uint32_t>(kept.size());
    memo.nodes_count = found.count;
    memo.uncertain = found.uncertain;
    kept.insert(kept.end(), evaluator_.stack_.begin() + static_cast<std::ptrdiff_t>(begin), evaluator_.stack_.end());
    evaluator_.stack_.resize(begin);
  }
  return {.kept = true, .begin = memo.nodes_begin, .count = memo.nodes_count, .uncertain = memo.uncertain};
}

// Leaves them on the stack.
Evaluator::Run::Nodes Evaluator::Run::find_nodes(const Term& term, NodeIndex current) {
  Nodes found;
  found.begin = static_cast<std::uint32_t>(evaluator_.stack_.size());
  if (term.kind == TermKind::Call) {
    call(term, current, &found);
  } else {
    const Path& path = program_.paths[term.index];
    Sink sink{.to = &evaluator_.stack_};
    walk(path.first, path.first + path.count, start(path, current), sink);
    found.uncertain = sink.uncertain;
  }
  found.count = static_cast<std::uint32_t>(evaluator_.stack_.size()) - found.begin;
  return found;
}

Value Evaluator::Run::call(const Term& term, NodeIndex current, Nodes* result) {
  const Call& site = program_.calls[term.index];
  const Function& function = *site.function;
  std::array<Argument, kFunctionParametersMax> arguments;
  std::array<Nodes, kFunctionParametersMax> lists;
  std::vector<NodeIndex>& stack = evaluator_.stack_;
  const std::size_t begin = stack.size();
  bool unknown = false;
  for (std::uint32_t i = 0; i < term.count; ++i) {
    Argument& argument = arguments[i];
    argument.type = function.parameters[i];
    argument.constant = program_.terms[operand(term, i)].constant;
    switch (argument.type) {
      case Type::Value:
        argument.value = value(operand(term, i), current);
        unknown |= argument.value.is(ValueKind::Unknown);
        break;
      case Type::Logical:
        argument.truth = truth(operand(term, i), current);
        unknown |= argument.truth == Truth::Unknown;
        break;
      case Type::Nodes:
        lists[i] = nodes(operand(term, i), current);
        argument.uncertain = lists[i].uncertain;
        unknown |= argument.uncertain;
        break;
    }
  }
  Value given = Value::unknown();
  if (!evaluator_.exhausted() && (!unknown || function.takes_unknown)) {
    // Lists move while others grow; now they are all there.
    for (std::uint32_t i = 0; i < term.count; ++i)
      arguments[i].nodes = std::span((lists[i].kept ? evaluator_.kept_nodes_ : stack)).subspan(lists[i].begin, lists[i].count);
    CallContext context(evaluator_, document_, root_, term.index, site.pattern ? &*site.pattern : nullptr,
                        site.pattern_known, function.pattern == PatternUse::Whole);
    given = function.call(context, std::span(arguments).first(term.count));
  } else if (result != nullptr) {
    result->uncertain = true;
  }
  stack.resize(begin);
  if (function.result == Type::Nodes) stack.insert(stack.end(), evaluator_.added_.begin(), evaluator_.added_.end());
  evaluator_.added_.clear();
  return given;
}

}  // namespace connect_lint
