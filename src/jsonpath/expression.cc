// Logical expressions, values and calls (RFC 9535, sections 2.3.5 and 2.4).
#include <cassert>
#include <cstddef>
#include <new>
#include <optional>

#include "jsonpath/evaluator_run.h"

namespace connect_lint {

Truth Evaluator::Run::truth(TermIndex index, NodeIndex current) {
  const Term& term = program_.terms[index];
  if (evaluator_.exhausted()) return Truth::Unknown;
  Memo* const memo = term.memo == kNone ? nullptr : &evaluator_.memos_[program_.first_memo + term.memo];
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
      if (const auto known = compare_with_text(term, current)) return *known;
      const Value left = value(operand(term, 0), current);
      return compare(term.comparison, left, value(operand(term, 1), current));
    }
    case TermKind::Path: return exists(program_.paths[term.index], current);
    case TermKind::Call: {
      if (const Call& site = program_.calls[term.index]; site.pattern_known && program_.function_of(site).standard)
        return match(term, site, current);
      if (program_.function_of(program_.calls[term.index]).result == Type::Nodes) {
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

// The commonest comparison, without values in between: a path with a text.
std::optional<Truth> Evaluator::Run::compare_with_text(const Term& term, NodeIndex current) {
  const Term& left = program_.terms[operand(term, 0)];
  const Term& right = program_.terms[operand(term, 1)];
  if (left.kind != TermKind::Path || right.kind != TermKind::Literal || left.memo != kNone || evaluator_.trace_ != nullptr)
    return std::nullopt;
  const Value& literal = program_.literals[right.index];
  const bool equal = term.comparison == Comparison::Equal;
  if (!literal.is(ValueKind::String) || (!equal && term.comparison != Comparison::NotEqual)) return std::nullopt;
  const Target target = follow(program_.paths[left.index], current);
  if (target.unknown || (target.node != kNoNode && document_[target.node].has(evaluator_.unknown_flags_))) return Truth::Unknown;
  // What is written as a number need not be one that can be read.
  if (target.node != kNoNode && document_[target.node].kind == Kind::Number) return std::nullopt;
  const bool same = target.node != kNoNode && document_[target.node].kind == Kind::String &&
                    document_.string(target.node) == literal.text;
  evaluator_.spend(literal.text.size() / 64);
  return to_truth(same == equal);
}

// match() and search() with a literal pattern, without the ceremony of a call.
Truth Evaluator::Run::match(const Term& term, const Call& site, NodeIndex current) {
  const Value text = value(operand(term, 0), current);
  if (text.is(ValueKind::Unknown)) return Truth::Unknown;
  if (!text.is(ValueKind::String)) return Truth::False;
  const Argument pattern{.value = program_.literals[program_.terms[operand(term, 1)].index], .nodes = {}};
  return CallContext(evaluator_, document_, root_, program_, site).matches(text.text, pattern);
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
  Memo* const memo = term.memo == kNone ? nullptr : &evaluator_.memos_[program_.first_memo + term.memo];
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
  return target.node == kNoNode ? Value::nothing() : value_of(document_, target.node, evaluator_.unknown_flags_);
}

Evaluator::Run::Nodes Evaluator::Run::nodes(TermIndex index, NodeIndex current) {
  const Term& term = program_.terms[index];
  if (term.memo == kNone) return find_nodes(term, current);
  Memo& memo = evaluator_.memos_[program_.first_memo + term.memo];
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
  return {.kept = true, .uncertain = memo.uncertain, .begin = memo.nodes_begin, .count = memo.nodes_count};
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
  const Function& function = program_.function_of(site);
  // Made as far as they are needed: most calls have one argument.
  alignas(Argument) std::byte storage[sizeof(Argument) * kFunctionParametersMax];
  auto* const arguments = reinterpret_cast<Argument*>(storage);
  alignas(Value) std::byte value_storage[sizeof(Value) * kFunctionParametersMax];
  auto* const values = reinterpret_cast<Value*>(value_storage);
  Nodes lists[kFunctionParametersMax];
  NodeIndex singles[kFunctionParametersMax];
  std::vector<NodeIndex>& stack = evaluator_.stack_;
  const std::size_t begin = stack.size();
  bool unknown = false;
  for (std::uint32_t i = 0; i < term.count; ++i) {
    const Type type = function.parameters[i];
    if (type == Type::Value) new (&values[i]) Value(value(operand(term, i), current));
    Argument& argument = *new (&arguments[i])
        Argument{.type = type, .value = type == Type::Value ? values[i] : kNoValue, .nodes = {}, .constant = program_.terms[operand(term, i)].constant};
    switch (type) {
      case Type::Value: unknown |= argument.value.is(ValueKind::Unknown); break;
      case Type::Logical:
        argument.truth = truth(operand(term, i), current);
        unknown |= argument.truth == Truth::Unknown;
        break;
      case Type::Nodes: {
        const Term& list = program_.terms[operand(term, i)];
        if (list.kind == TermKind::Path && program_.paths[list.index].singular && evaluator_.trace_ == nullptr) {
          // One node or none: no list is needed.
          const Target target = follow(program_.paths[list.index], current);
          singles[i] = target.node;
          lists[i] = {.single = true, .uncertain = target.unknown, .count = target.node != kNoNode ? 1u : 0u};
        } else {
          lists[i] = nodes(operand(term, i), current);
        }
        argument.uncertain = lists[i].uncertain;
        unknown |= argument.uncertain;
        break;
      }
    }
  }
  Value given = Value::unknown();
  if (!evaluator_.exhausted() && (!unknown || function.takes_unknown)) {
    // Lists move while others grow; now they are all there.
    for (std::uint32_t i = 0; i < term.count; ++i)
      arguments[i].nodes = lists[i].single ? std::span<const NodeIndex>(&singles[i], lists[i].count)
                                           : std::span<const NodeIndex>(lists[i].kept ? evaluator_.kept_nodes_ : stack).subspan(lists[i].begin, lists[i].count);
    CallContext context(evaluator_, document_, root_, program_, site);
    given = function.call(context, std::span<const Argument>(arguments, term.count));
  } else if (result != nullptr) {
    result->uncertain = true;
  }
  if (stack.size() != begin) stack.resize(begin);
  if (function.result == Type::Nodes) {
    stack.insert(stack.end(), evaluator_.added_.begin(), evaluator_.added_.end());
    evaluator_.added_.clear();
  }
  return given;
}

}  // namespace connect_lint
