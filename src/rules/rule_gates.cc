#include "rules/rule_gates.h"

#include <algorithm>
#include <cassert>
#include <optional>

namespace connect_lint {
namespace {

constexpr std::uint8_t kUnknownFlags = Node::kUnknown | Node::kBroken;

// Reads gates off a condition: its parts that are joined by `&&`.
class GateReader {
 public:
  GateReader(const Program& program, std::size_t first_path, GateTables& tables)
      : program_(program), first_path_(first_path), tables_(tables) {}

  // False where the part is more than a gate says.
  bool condition(TermIndex index) {
    const Term& term = program_.terms[index];
    switch (term.kind) {
      case TermKind::And: {
        bool all = true;
        for (std::uint32_t i = 0; i < term.count; ++i) all &= condition(operand(term, i));
        return all;
      }
      case TermKind::Path: {
        const Path& path = program_.paths[term.index];
        const auto known = path_of(path);
        if (known) add({.test = GateTest::Exists, .path = known->number});
        return known && known->whole;
      }
      case TermKind::Not: return negation(program_.terms[operand(term, 0)]);
      case TermKind::Comparison: return comparison(term);
      case TermKind::Call: return match(term, GateTest::Matches);
      case TermKind::Or:
      case TermKind::Literal: break;
    }
    return false;
  }

  // What a query begins with has to be there.
  void query() {
    const Path& path = program_.paths[program_.root];
    if (path.count == 0) return;
    if (const auto known = path_of(path); known && known->keys > 0) add({.test = GateTest::Exists, .path = known->number});
  }

 private:
  struct KnownPath {
    std::uint16_t number;
    std::size_t keys;
    bool whole;  // The gate's path is all of the path.
  };

  [[nodiscard]] TermIndex operand(const Term& term, std::uint32_t number) const { return program_.operands[term.first + number]; }
  void add(const Gate& gate) { tables_.gates.push_back(gate); }

  bool negation(const Term& inside) {
    if (inside.kind == TermKind::Call) return match(inside, GateTest::MatchesNot);
    if (inside.kind != TermKind::Path) return false;
    const auto known = path_of(program_.paths[inside.index]);
    if (!known || !known->whole || known->keys == 0) return false;
    add({.test = GateTest::Missing, .path = known->number});
    return true;
  }

  bool comparison(const Term& term) {
    const Term& left = program_.terms[operand(term, 0)];
    const Term& right = program_.terms[operand(term, 1)];
    const bool equal = term.comparison == Comparison::Equal;
    if (left.kind != TermKind::Path || right.kind != TermKind::Literal) return false;
    if (!equal && term.comparison != Comparison::NotEqual) return false;
    const Value& literal = program_.literals[right.index];
    const auto known = path_of(program_.paths[left.index]);
    if (!literal.is(ValueKind::String) || !known || !known->whole) return false;
    add({.test = equal ? GateTest::Equal : GateTest::EqualNot, .path = known->number, .text = literal.text});
    return true;
  }

  bool match(const Term& term, GateTest test) {
    const Call& call = program_.calls[term.index];
    const Function& function = program_.function_of(call);
    if (function.pattern == PatternUse::None || !function.standard || call.pattern_plus_1 == 0) return false;
    if (program_.patterns[call.pattern_plus_1 - 1u].class_count == 0) return false;
    const Term& text = program_.terms[operand(term, 0)];
    if (text.kind != TermKind::Path || !program_.paths[text.index].singular) return false;
    const auto known = path_of(program_.paths[text.index]);
    if (!known || !known->whole) return false;
    add({.test = test, .path = known->number, .pattern = static_cast<std::uint16_t>(call.pattern_plus_1 - 1)});
    return true;
  }

  // The keys that the path begins with; the same ones share a number.
  std::optional<KnownPath> path_of(const Path& path) {
    if (path.relative) return std::nullopt;
    GatePath made;
    for (std::uint32_t i = 0; i < path.count && made.count < made.keys.size(); ++i) {
      const Segment& segment = program_.segments[path.first + i];
      if (segment.descendant || segment.count != 1) break;
      const Selector& selector = program_.selectors[segment.first];
      if (selector.kind != SelectorKind::Name || selector.key == 0) break;
      made.keys[made.count++] = selector.key;
    }
    const auto begin = tables_.paths.begin() + static_cast<std::ptrdiff_t>(first_path_);
    const auto found = std::find(begin, tables_.paths.end(), made);
    const auto number = static_cast<std::uint16_t>(found - begin);
    if (found == tables_.paths.end()) tables_.paths.push_back(made);
    return KnownPath{number, made.count, made.count == path.count};
  }

  const Program& program_;
  const std::size_t first_path_;
  GateTables& tables_;
};

}  // namespace

void add_gates(const Rule& rule, std::size_t first_path, GateTables& tables, ShapeRule& to) {
  to.first_gate = static_cast<std::uint32_t>(tables.gates.size());
  to.gates_decide = !rule.has_when() || GateReader(rule.when, first_path, tables).condition(rule.when.root);
  if (rule.has_find()) GateReader(rule.find, first_path, tables).query();
  to.gate_count = static_cast<std::uint16_t>(tables.gates.size() - to.first_gate);
}

void GateKeeper::open(const RuleSet& set, const Document& document) {
  set_ = &set;
  document_ = &document;
}

void GateKeeper::enter(const ShapeRules& shape, NodeIndex root) {
  shape_ = &shape;
  root_ = root;
  ends_.assign(shape.path_count, kUnseen);
}

NodeIndex GateKeeper::walk(const GatePath& path) const {
  NodeIndex node = root_;
  for (std::size_t i = 0; i < path.count; ++i) {
    if ((*document_)[node].has(kUnknownFlags)) return kUnsure;
    if ((*document_)[node].kind != Kind::Object) return kNoNode;
    NodeIndex found = kNoNode;
    for (const NodeIndex child : document_->children(node)) {
      if ((*document_)[child].key_id != path.keys[i]) continue;
      found = child;
      break;
    }
    if (found == kNoNode) return document_->is_missing(node, path.keys[i]) ? kUnsure : kNoNode;
    node = found;
  }
  return node;
}

Truth GateKeeper::test(const ShapeRule& rule) {
  const std::span<const Gate> gates = set_->gates.subspan(rule.first_gate, rule.gate_count);
  Truth all = rule.gates_decide ? Truth::True : Truth::Unknown;
  for (const Gate& gate : gates) {
    const Truth one = test(gate, set_->rules[rule.rule]);
    if (one == Truth::False) return one;
    all = both(all, one);
  }
  return all;
}

Truth GateKeeper::test(const Gate& gate, const Rule& rule) {
  NodeIndex& end = ends_[gate.path];
  if (end == kUnseen) end = walk(set_->paths[shape_->first_path + gate.path]);
  if (end == kUnsure) return Truth::Unknown;
  const bool there = end != kNoNode;
  switch (gate.test) {
    case GateTest::Exists: return to_truth(there);
    case GateTest::Missing: return to_truth(!there);
    default: break;
  }
  if (there && (*document_)[end].has(kUnknownFlags)) return Truth::Unknown;
  const bool text = there && (*document_)[end].kind == Kind::String;
  bool same = false;
  if (text && (gate.test == GateTest::Equal || gate.test == GateTest::EqualNot)) {
    same = document_->string(end) == gate.text;
  } else if (text) {
    same = run_automaton(rule.when.patterns[gate.pattern], rule.when.pattern_bytes, document_->string(end));
  }
  return to_truth(same == (gate.test == GateTest::Equal || gate.test == GateTest::Matches));
}

}  // namespace connect_lint
