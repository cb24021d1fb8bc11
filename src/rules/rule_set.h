// Rules as plain tables: what runs. The build embeds the tables of the built-in
// rules, so that starting costs nothing; RuleTables makes the same ones at run
// time. A RuleSet is a view: it points at tables that outlive it.
#ifndef CONNECT_LINT_RULES_RULE_SET_H_
#define CONNECT_LINT_RULES_RULE_SET_H_

#include <connect_lint/diagnostic.h>

#include <array>
#include <cstdint>
#include <span>
#include <string_view>

#include "document/key_table.h"
#include "jsonpath/program.h"

namespace connect_lint {

using RuleIndex = std::uint16_t;

inline constexpr std::uint8_t kAllDialects = 7;

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

// A plain part of a rule's condition; see rule_gates.h. All and Any stand in
// front of their parts; Unsure is what gates cannot say.
enum class GateTest : std::uint8_t { Exists, Missing, Equal, EqualNot, Matches, MatchesNot, All, Any, Unsure };
struct Gate {
  GateTest test = GateTest::Unsure;
  std::uint16_t size = 1;     // With its parts.
  std::uint16_t path = 0;     // Of the shape's paths.
  std::uint16_t pattern = 0;  // Matches: of the condition's patterns.
  std::string_view text = {};  // Equal.
};

// `$` and up to three members.
struct GatePath {
  std::array<KeyId, 3> keys{};
  std::uint8_t count = 0;

  bool operator==(const GatePath&) const = default;
};

// A rule on one shape.
struct ShapeRule {
  RuleIndex rule = 0;
  std::uint16_t sure_count = 0;   // Gates that have to be true,
  std::uint16_t gate_count = 0;   // and, behind them, gates that must not be false.
  std::uint16_t rest_count = 0;
  std::uint32_t first_gate = 0;
  std::uint32_t first_rest = 0;   // Into rest: the parts of the condition that are left when the gates are passed.
};

// Rules on one shape whose queries begin with the same segments, which are
// walked once.
struct RuleWalk {
  std::uint32_t first = 0;  // Into shape_rules.
  std::uint32_t count = 0;
  std::uint32_t segments = 0;
};

// The rules on one shape, and which of them can find anything in a value at
// all: told by the members that are there and by the value of one of them, a
// text of an enumeration. Most rules end here.
struct ShapeRules {
  std::uint32_t first_walk = 0;
  std::uint32_t walk_count = 0;
  std::uint32_t first_rule = 0;  // Into shape_rules; at most 64 of them.
  std::uint32_t rule_count = 0;
  std::uint32_t table_plus_1 = 0;  // Into possible: [value][members], a bit for each rule; 0: all are possible.
  std::uint32_t first_path = 0;    // Into paths.
  std::uint32_t path_count = 0;
  std::uint64_t open = 0;          // Those that look at members that are no properties: possible where there are any.
  std::uint8_t properties = 0;     // Bits of Occurrence::properties that count.
  KeyId deciding = 0;              // The member with the value; 0: there is none.
  std::uint16_t enumeration = 0;   // Of its values; the one more of `possible` stands for anything else.
};

struct RuleSet {
  std::span<const Rule> rules;  // Sorted by id.
  std::span<const ShapeRule> shape_rules;
  std::span<const Gate> gates;
  std::span<const GatePath> paths;
  std::span<const TermIndex> rest;
  std::span<const RuleWalk> walks;
  std::span<const ShapeRules> shapes;        // By shape.
  std::span<const std::uint64_t> possible;
  std::span<const std::uint8_t> wanted;      // By shape: 1 where there is a rule.
  std::uint32_t memos = 0;                    // Totals of all programs.
  std::uint32_t calls = 0;
};

// Null without one.
[[nodiscard]] const Rule* find_rule(const RuleSet& set, std::string_view id);

// The set that the build embedded.
[[nodiscard]] const RuleSet& built_in_rules();

}  // namespace connect_lint

#endif  // CONNECT_LINT_RULES_RULE_SET_H_
