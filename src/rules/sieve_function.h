// Writes the sieve of one shape; for sieve_writer.cc.
//
// What a rule asks is a conjunction. Parts about one value alone (it is there; it
// is one of some words) are looked at first, for all rules together: a mask for
// each value says which rules are left. The rest is written for each rule, after
// its query: a function for an expression, and each part that does not depend on
// `@` once.
#ifndef CONNECT_LINT_RULES_SIEVE_FUNCTION_H_
#define CONNECT_LINT_RULES_SIEVE_FUNCTION_H_

#include <fmt/format.h>

#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "document/key_table.h"
#include "jsonpath/program.h"
#include "rules/rule_set.h"
#include "rules/sieve.h"
#include "rules/sieve_steps.h"

namespace connect_lint {

// All texts that values are compared with.
class Words {
 public:
  KeyId add(std::string_view text) {
    const auto [found, is_new] = numbers_.try_emplace(std::string(text), static_cast<KeyId>(names_.size() + 1));
    if (is_new) names_.emplace_back(text);
    return found->second;
  }
  [[nodiscard]] const std::vector<std::string>& names() const { return names_; }

 private:
  std::map<std::string, KeyId, std::less<>> numbers_;
  std::vector<std::string> names_;
};

// Constant tables, each content once.
class Tables {
 public:
  // Gives the name of an array with the items.
  std::string add(std::string_view type, const std::string& items) {
    const auto [found, is_new] = names_.try_emplace(fmt::format("{} {}", type, items), fmt::format("table{}", names_.size()));
    if (is_new) written_ += fmt::format("[[maybe_unused]] constexpr {} {}[] = {{{}}};\n", type, found->second, items);
    return found->second;
  }
  [[nodiscard]] const std::string& written() const { return written_; }

 private:
  std::map<std::string, std::string> names_;
  std::string written_;
};

// What a look at the value of one step tells about the rules of a shape.
struct Glance {
  struct OnWord {
    RuleBits rule;
    std::vector<bool> met;  // By word: whether the condition may be met.
    bool tells = false;     // Not the same for all words.
  };
  RuleBits want_it = 0;      // They need it to be there,
  RuleBits want_it_not = 0;  // or not to be there.
  std::vector<OnWord> on_word;
};

class SieveFunction {
 public:
  SieveFunction(const RuleSet& set, const KeyTable& keys, Words& words, Tables& tables, std::size_t shape)
      : set_(set), keys_(keys), words_(words), tables_(tables), shape_(set.shapes[shape]) {
    root_.variable = "root";
    for_each_program([&](const Program& program) {
      for (const Path& path : program.paths)
        if (!path.relative) add_steps(program, path, root_);
    });
  }

  std::string write(std::string_view name);

  [[nodiscard]] std::size_t lists() const { return lists_; }

 private:
  // About as many instructions take a look at a member and a comparison with a text.
  static constexpr unsigned kGlance = 8;

  // --- Rules ------------------------------------------------------------------

  // The body of the function: first what single values rule out, then the rest of what each rule asks.
  std::string all_rules();

  const Rule& use_rule(std::uint32_t number);

  [[nodiscard]] std::vector<TermIndex> conjuncts(TermIndex index) const;

  // Adds what a condition says about the value of one step; whether that is all it says.
  bool add_glance(TermIndex index, RuleBits rule);

  std::string glances();

  template <typename Use>
  void for_each_program(Use use) const {
    for (const RuleIndex index : set_.shape_rules.subspan(shape_.first_rule, shape_.rule_count)) {
      const Rule& rule = set_.rules[index];
      if (rule.has_when()) use(rule.when);
      if (rule.has_find()) use(rule.find);
    }
  }
  void use(const Program& program, std::string_view part);
  [[nodiscard]] const Term& term(TermIndex index) const { return program_->terms[index]; }
  [[nodiscard]] TermIndex operand(const Term& term, std::uint32_t number) const { return program_->operands[term.first + number]; }
  [[nodiscard]] std::vector<TermIndex> operands(const Term& here) const;
  [[nodiscard]] const Function& function_of(const Term& here) const { return program_->function_of(program_->calls[here.index]); }
  std::string variable(std::string_view prefix) { return fmt::format("{}{}", prefix, ++variables_); }

  // --- Steps ------------------------------------------------------------------

  void add_steps(const Program& program, const Path& path, Step& from);

  // The relative paths of an expression, without those of filters inside.
  void add_relative_steps(TermIndex index, Step& from);

  std::string lookups(const Step& from, const std::string& indent);

  // A path's node as far as single steps lead, and the segment behind them.
  struct Reached {
    std::string node;
    std::uint32_t segment;
    const Step* step;
  };
  [[nodiscard]] Reached reach(const Path& path) const;
  // The step that a path of single steps leads to; null for others.
  [[nodiscard]] const Step* single(const Path& path) const;
  [[nodiscard]] const Step* single(TermIndex index) const;

  // All searches in the value itself are one at first.
  std::string searches();

  // --- Nodes --------------------------------------------------------------------

  std::string exists(const Path& path);

  // `certain`: the node is one for sure.
  std::string exists_from(std::uint32_t segment, std::uint32_t end, const std::string& node, bool certain);

  [[nodiscard]] std::string step_call(const Segment& segment, std::uint32_t number, const std::string& node) const;

  // What `make` writes about a child, with the lookups it needs.
  template <typename Make>
  std::string in_child(const std::string& child, const Selector& selector, Make make) {
    const Step* const around = current_;
    Step step;
    step.variable = child;
    if (selector.kind == SelectorKind::Filter) add_relative_steps(selector.filter, step);
    current_ = &step;
    const std::string made = make();
    current_ = around;
    return lookups(step, "") + made;
  }

  // Statements that add each node to `to`.
  std::string each(const Path& path, const std::string& to);
  std::string each_from(std::uint32_t segment, std::uint32_t end, const std::string& node, const std::string& to, bool certain);

  // --- What is found out at build time -----------------------------------------------

  // What the value of an expression depends on.
  struct Reads {
    bool key = false;            // The key of `@`.
    bool value = false;          // The text of `@`.
    const Step* step = nullptr;  // The text of this step of `$`.
    TermIndex path = 0;          // Where that is written.
    bool other = false;          // Something else.
  };
  [[nodiscard]] Reads reads_of(TermIndex index) const;
  // `as_value`: what counts of a path is the value.
  void add_reads(TermIndex index, bool as_value, Reads& reads) const;
  [[nodiscard]] bool has_names_only(const Path& path) const;

  // Whether an expression does nothing but compare texts with words.
  [[nodiscard]] bool compares_words(TermIndex index) const;

  // Evaluates an expression where what it reads is as given.
  struct Case {
    const std::string* word = nullptr;   // Of the step; null: there is no such value.
    std::string_view key = "key";        // Of `@`.
    const std::string* value = nullptr;  // Of `@`; null: a number.
  };
  [[nodiscard]] bool may_be_met(TermIndex index, const Case& given);

  // The bits of a SieveContext::KeyBits.
  template <typename Met>
  static std::string bits(std::size_t size, Met met) {
    SieveContext::KeyBits made{};
    for (std::size_t id = 1; id < size; ++id)
      if (met(id)) made[id / 64] |= std::uint64_t{1} << (id % 64);
    return fmt::format("{{{}u}}", fmt::join(made, "u, "));
  }

  // Whether a call in an expression tells words apart.
  [[nodiscard]] bool tells(TermIndex index) const;

  // A look into a table for what is worth one; `general` is how to find out without.
  std::optional<std::string> tabulated(TermIndex index, const std::string& general);

  // --- Expressions ----------------------------------------------------------------

  // What does not depend on `@` is made once, when it is first asked for.
  std::string once(const Term& here, std::string_view type, const std::string& made);
  [[nodiscard]] std::string declarations() const;

  [[nodiscard]] std::string current() const { return current_ == nullptr ? "kNoNode" : current_->variable; }

  // About how many instructions a term takes.
  [[nodiscard]] unsigned cost(TermIndex index) const;
  [[nodiscard]] unsigned cost(const Path& path) const;

  // Glances before the others, which stay in their author's order.
  [[nodiscard]] std::vector<TermIndex> glances_first(std::vector<TermIndex> parts) const;

  // A C++ expression of type bool: whether the term may be true.
  std::string truth(TermIndex index);
  std::string general_truth(TermIndex index);

  // C++ expressions of type bool.
  std::string comparison(const Term& here);
  // Nothing for what is not match() or search() with an automaton.
  std::optional<std::string> match(const Term& here);

  // The texts that a comparison or match() compares the value of a step with.
  struct Compared {
    const Step* step;
    std::vector<std::string_view> texts;
    bool equal;
  };
  [[nodiscard]] std::optional<Compared> texts_of(const Term& here) const;
  // With the word where one is looked up, else with the text.
  std::optional<std::string> text_comparison(const Term& here);

  // The call of a function with a step and perhaps a text.
  struct CallOnStep {
    const Step* step;
    std::string_view text;
  };
  [[nodiscard]] std::optional<CallOnStep> call_on_step(TermIndex index, std::string_view function) const;

  // Comparisons of instant() and time_part() with what is known here.
  std::optional<std::string> time_comparison(const Term& here);
  std::optional<std::string> instant(TermIndex index);

  std::optional<std::string> arn_comparison(const Term& here);
  std::optional<std::string> arn_part_of(TermIndex index);

  // among() of one step.
  std::optional<std::string> among(const Term& here);

  // The texts of a pattern that is nothing but `one|two|three`.
  static std::optional<std::vector<std::string_view>> alternatives(const Value& pattern);

  // C++ expressions of type Value.
  std::string value(TermIndex index);
  static std::string written(const Number& number);
  std::string constant(const Value& value);

  std::optional<std::string> call(const Term& here);

  // count(), key() and value() of a nodelist.
  std::optional<std::string> of_nodes(std::string_view function, TermIndex argument);

  // What given() takes for a nodelist; the statements that make it are added.
  std::optional<std::string> nodes(TermIndex argument, std::string& statements);

  const RuleSet& set_;
  const KeyTable& keys_;
  Words& words_;
  Tables& tables_;
  const ShapeRules& shape_;
  Step root_;
  const Step* current_ = nullptr;  // `@`; null outside of filters.
  RuleIndex rule_ = 0;
  const Program* program_ = nullptr;
  std::string program_name_;
  std::map<const Step*, Glance, StepOrder> glances_;
  std::string declarations_;
  std::map<std::string, std::string> onces_;
  std::size_t variables_ = 0;
  std::size_t lists_ = 0;
  std::set<std::string> searches_;  // The patterns of search() with `$` itself.
};

}  // namespace connect_lint

#endif  // CONNECT_LINT_RULES_SIEVE_FUNCTION_H_
