// Rules as plain tables: what runs. The build embeds the tables of the built-in
// rules, so that starting costs nothing; RuleTables makes the same ones at run
// time. A RuleSet is a view: it points at tables that outlive it.
#ifndef CONNECT_LINT_RULES_RULE_SET_H_
#define CONNECT_LINT_RULES_RULE_SET_H_

#include <connect_lint/diagnostic.h>

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

#include "jsonpath/program.h"

namespace connect_lint {

using RuleIndex = std::uint16_t;

inline constexpr std::uint8_t kAllDialects = 7;
// The first 64 rules of a shape, a bit each.
using RuleBits = std::uint64_t;
inline constexpr std::size_t kRuleBitsMax = 64;
// Those of `rules` that may find something in the value at `root`; see sieve.h.
class SieveContext;
using Sieve = RuleBits (*)(SieveContext& context, NodeIndex root, RuleBits rules);

struct Rule {
  std::string_view id;
  Severity severity = Severity::Error;
  Certainty certainty = Certainty::Service;
  Mark mark = Mark::Value;
  bool sees_refused = false;  // Absorbs findings of the schema, so it sees the values that those are about.
  bool needs_now = false;     // Calls now().
  bool across_files = false;  // What it finds has to be different in all files of a run.
  std::uint8_t dialects = kAllDialects;  // Bit: the rule holds for this Dialect.
  Program when;               // Without functions: there is no condition.
  Program find;               // Without functions: `$` itself.
  std::string_view file;      // The text of the rule file: words, fix, examples.

  [[nodiscard]] bool holds_for(Dialect dialect) const { return (dialects >> static_cast<unsigned>(dialect) & 1u) != 0; }
  [[nodiscard]] bool has_when() const { return when.functions != nullptr; }
  [[nodiscard]] bool has_find() const { return find.functions != nullptr; }
};

// Rules on one shape whose queries begin with the same segments, which are
// walked once.
struct RuleWalk {
  std::uint32_t first = 0;  // Into shape_rules.
  std::uint32_t count = 0;
  std::uint32_t segments = 0;
};

// The rules on one shape.
struct ShapeRules {
  std::uint32_t first_walk = 0;
  std::uint32_t walk_count = 0;
  std::uint32_t first_rule = 0;  // Into shape_rules.
  std::uint32_t rule_count = 0;
  std::array<RuleBits, 3> at_least{};     // By severity: those of it or above.
  std::array<RuleBits, 3> for_dialect{};  // By dialect.
  RuleBits need_now = 0;
  RuleBits across_files = 0;
  Sieve sieve = nullptr;         // Null: each rule may find something.
};

struct RuleSet {
  std::span<const Rule> rules;  // Sorted by id.
  std::span<const RuleIndex> shape_rules;    // Those on a shape stand together.
  std::span<const RuleWalk> walks;
  std::span<const ShapeRules> shapes;        // By shape.
  std::span<const std::uint8_t> wanted;      // By shape: 1 where there is a rule.
  std::uint32_t memos = 0;                    // Totals of all programs.
  std::uint32_t calls = 0;
  std::size_t lists = 0;  // Nodelists that a sieve makes at most.
  KeyTable words = {};    // Texts that sieves compare values with.
};

// Null without one.
[[nodiscard]] const Rule* find_rule(const RuleSet& set, std::string_view id);

// The set that the build embedded.
[[nodiscard]] const RuleSet& built_in_rules();

}  // namespace connect_lint

#endif  // CONNECT_LINT_RULES_RULE_SET_H_
