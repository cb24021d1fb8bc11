// The plain parts of rules' conditions: `$.TriggerType == 'Event'`,
// `!$.Uri`, `search($.Description, '[<>]')`. Where one is false the rule finds
// nothing, and on a clean request one nearly always is; so they are tested
// first, without the interpreter, and paths that rules share are walked once.
#ifndef CONNECT_LINT_RULES_RULE_GATES_H_
#define CONNECT_LINT_RULES_RULE_GATES_H_

#include <array>
#include <cstdint>
#include <span>
#include <vector>

#include "document/document.h"
#include "jsonpath/value.h"
#include "rules/rule_set.h"

namespace connect_lint {

// What making rules' tables fills.
struct GateTables {
  std::vector<Gate> gates;
  std::vector<GatePath> paths;
  std::vector<TermIndex> rest;
};

// Adds the gates of a rule on a shape whose paths begin at `first_path`, and
// tells `to` of them.
void add_gates(const Rule& rule, std::size_t first_path, GateTables& tables, ShapeRule& to);

// Tests gates in one occurrence after the other. Values that were refused are
// unknown, as they are to the rules.
class GateKeeper {
 public:
  void open(const RuleSet& set, const Document& document);
  // `shape` is that of the value at `root`.
  void enter(const ShapeRules& shape, NodeIndex root);

  // False: the rule finds nothing here. Otherwise the rest of its condition decides.
  [[nodiscard]] bool pass(const ShapeRule& rule);

 private:
  static constexpr NodeIndex kUnseen = kNoNode - 1;   // Not walked yet.
  static constexpr NodeIndex kUnsure = kNoNode - 2;   // An unknown value is in the way.

  NodeIndex walk(const GatePath& path) const;
  [[nodiscard]] Truth test(const Gate* gate, const Rule& rule);
  [[nodiscard]] Truth test_leaf(const Gate& gate, const Rule& rule);

  const RuleSet* set_ = nullptr;
  const Document* document_ = nullptr;
  const ShapeRules* shape_ = nullptr;
  NodeIndex root_ = 0;
  std::vector<NodeIndex> ends_;  // By path of the shape.
};

}  // namespace connect_lint

#endif  // CONNECT_LINT_RULES_RULE_GATES_H_
