#include "rules/rule_gates.h"

#include <algorithm>
#include <cassert>
#include <optional>

namespace connect_lint {
namespace {

constexpr std::uint8_t kUnknownFlags = Node::kUnknown | Node::kBroken;

// Makes gates of the parts of a condition. Each method gives whether the gate
// it adds says all of the part.
class GateReader {
 public:
  GateReader(const Program& program, std::size_t first_path, GateTables& tables)
      : program_(program), first_path_(first_path), tables_(tables) {}

  // The parts that are joined by `&&`.
  [[nodiscard]] std::vector<TermIndex> parts() const {
    const Term& root = program_.terms[program_.root];
    if (root.kind != TermKind::And) return {program_.root};
    std::vector<TermIndex> result;
    for (std::uint32_t i = 0; i < root.count; ++i) result.push_back(operand(root, i));
    return result;
  }

  bool add(TermIndex index, bool negated = false) {
    const Term& term = program_.terms[index];
    switch (term.kind) {
      case TermKind::And: return group(term, negated ? GateTest::Any : GateTest::All, negated);
      case TermKind::Or: return group(term, negated ? GateTest::All : GateTest::Any, negated);
      case TermKind::Not: return add(operand(term, 0), !negated);
      case TermKind::Path: return exists(program_.paths[term.index], negated);
      case TermKind::Comparison: return comparison(term, negated);
      case TermKind::Call: return match(term, negated ? GateTest::MatchesNot : GateTest::Matches);
      case TermKind::Literal: break;
    }
    return unsure();
  }

  // What a query begins with has to be there.
  void add_query() {
    const Path& path = program_.paths[program_.root];
    if (const auto known = path_of(path); known && known->keys > 0) push({.test = GateTest::Exists, .path = known->number});
  }

 private:
  struct KnownPath {
    std::uint16_t number;
    std::size_t keys;
    bool whole;  // The gate's path is all of the path.
  };

  [[nodiscard]] TermIndex operand(const Term& term, std::uint32_t number) const { return program_.operands[term.first + number]; }
  void push(const Gate& gate) { tables_.gates.push_back(gate); }
  bool unsure() {
    push({});
    return false;
  }

  bool group(const Term& term, GateTest test, bool negated) {
    const std::size_t at = tables_.gates.size();
    push({.test = test});
    bool all = true;
    for (std::uint32_t i = 0; i < term.count; ++i) all &= add(operand(term, i), negated);
    tables_.gates[at].size = static_cast<std::uint16_t>(tables_.gates.size() - at);
    return all;
  }

  bool exists(const Path& path, bool negated) {
    const auto known = path_of(path);
    if (!known || known->keys == 0 || (negated && !known->whole)) return unsure();
    push({.test = negated ? GateTest::Missing : GateTest::Exists, .path = known->number});
    return known->whole;
  }

  bool comparison(const Term& term, bool negated) {
    const Term& left = program_.terms[operand(term, 0)];
    const Term& right = program_.terms[operand(term, 1)];
    const bool equal = (term.comparison == Comparison::Equal) != negated;
    if (left.kind != TermKind::Path || right.kind != TermKind::Literal) return unsure();
    if (term.comparison != Comparison::Equal && term.comparison != Comparison::NotEqual) return unsure();
    const Value& literal = program_.literals[right.index];
    const auto known = path_of(program_.paths[left.index]);
    if (!literal.is(ValueKind::String) || !known || !known->whole) return unsure();
    push({.test = equal ? GateTest::Equal : GateTest::EqualNot, .path = known->number, .text = literal.text});
    return true;
  }

  bool match(const Term& term, GateTest test) {
    const Call& call = program_.calls[term.index];
    const Function& function = program_.function_of(call);
    if (function.pattern == PatternUse::None || !function.standard || call.pattern_plus_1 == 0) return unsure();
    if (program_.patterns[call.pattern_plus_1 - 1u].class_count == 0) return unsure();
    const Term& text = program_.terms[operand(term, 0)];
    if (text.kind != TermKind::Path) return unsure();
    const auto known = path_of(program_.paths[text.index]);
    if (!known || !known->whole) return unsure();
    push({.test = test, .path = known->number, .pattern = static_cast<std::uint16_t>(call.pattern_plus_1 - 1)});
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
  to.first_rest = static_cast<std::uint32_t>(tables.rest.size());
  std::vector<Gate> unsure;  // Behind the sure ones.
  if (rule.has_when()) {
    GateReader reader(rule.when, first_path, tables);
    for (const TermIndex part : reader.parts()) {
      const std::size_t before = tables.gates.size();
      if (reader.add(part)) continue;
      unsure.insert(unsure.end(), tables.gates.begin() + static_cast<std::ptrdiff_t>(before), tables.gates.end());
      tables.gates.resize(before);
      tables.rest.push_back(part);
    }
  }
  to.sure_count = static_cast<std::uint16_t>(tables.gates.size() - to.first_gate);
  tables.gates.insert(tables.gates.end(), unsure.begin(), unsure.end());
  if (rule.has_find()) GateReader(rule.find, first_path, tables).add_query();
  to.gate_count = static_cast<std::uint16_t>(tables.gates.size() - to.first_gate);
  to.rest_count = static_cast<std::uint16_t>(tables.rest.size() - to.first_rest);
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
    if ((*document_)[found].may_be_absent()) return kUnsure;
    node = found;
  }
  return node;
}

bool GateKeeper::pass(const ShapeRule& rule) {
  const Gate* gate = set_->gates.data() + rule.first_gate;
  const Gate* const sure = gate + rule.sure_count;
  const Gate* const end = gate + rule.gate_count;
  const Rule& whole = set_->rules[rule.rule];
  // A condition with an unknown part is not true.
  for (; gate != sure; gate += gate->size)
    if (test(gate, whole) != Truth::True) return false;
  for (; gate != end; gate += gate->size)
    if (test(gate, whole) == Truth::False) return false;
  return true;
}

// Recursion is bounded by the nesting of the condition.
Truth GateKeeper::test(const Gate* gate, const Rule& rule) {
  if (gate->test == GateTest::Unsure) return Truth::Unknown;
  if (gate->test != GateTest::All && gate->test != GateTest::Any) return test_leaf(*gate, rule);
  const bool all = gate->test == GateTest::All;
  const Gate* const end = gate + gate->size;
  Truth result = to_truth(all);
  for (const Gate* part = gate + 1; part != end; part += part->size) {
    const Truth one = test(part, rule);
    result = all ? both(result, one) : either(result, one);
    if (result == to_truth(!all)) break;
  }
  return result;
}

Truth GateKeeper::test_leaf(const Gate& gate, const Rule& rule) {
  NodeIndex& end = ends_[gate.path];
  if (end == kUnseen) end = walk(set_->paths[shape_->first_path + gate.path]);
  if (end == kUnsure) return Truth::Unknown;
  const bool there = end != kNoNode;
  if (gate.test == GateTest::Exists || gate.test == GateTest::Missing) return to_truth(there == (gate.test == GateTest::Exists));
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
