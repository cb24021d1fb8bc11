#include "rules/sieve_writer.h"

#include <fmt/format.h>

#include <algorithm>
#include <functional>
#include <map>
#include <optional>
#include <set>
#include <utility>

#include "base/limits.h"
#include "base/source_writer.h"
#include "document/json_reader.h"
#include "document/json_writer.h"
#include "rules/function_kinds.h"
#include "rules/sieve.h"

namespace connect_lint {
namespace {

// About as many instructions take a look at a member and a comparison with a text.
constexpr unsigned kGlance = 8;

// The first steps of paths, each looked up once: `$.Tasks[0].TaskType` is three.
struct Step {
  std::string variable;
  mutable bool is_text = false;  // It is compared with texts: `t` + variable,
  mutable bool is_word = false;          // or its word (RuleSet::words) is looked up: `w` + variable.
  std::map<std::string, Step> next;  // By what is looked up: see lookup_of().
};

// The same in every build, as addresses are not.
struct StepOrder {
  bool operator()(const Step* a, const Step* b) const {
    return a->variable.size() != b->variable.size() ? a->variable.size() < b->variable.size() : a->variable < b->variable;
  }
};

// How C++ gets from a node to the next; "" where this is no single step.
std::string lookup_of(const Program& program, const Segment& segment) {
  if (segment.descendant || segment.count != 1) return "";
  const Selector& selector = program.selectors[segment.first];
  if (selector.kind == SelectorKind::Name) return selector.key != 0 ? fmt::format("{}", selector.key) : literal(selector.name);
  if (selector.kind == SelectorKind::Index && *selector.start >= 0 && *selector.start < 1000)
    return fmt::format("[{}]", *selector.start);
  return "";
}

bool is_key(std::string_view lookup) { return lookup[0] >= '0' && lookup[0] <= '9'; }

std::string lookup_call(std::string_view lookup, std::string_view node) {
  if (is_key(lookup)) return fmt::format("c.member({}, KeyId{{{}}})", node, lookup);
  if (lookup[0] == '[') return fmt::format("c.element({}, {})", node, lookup.substr(1, lookup.size() - 2));
  return fmt::format("c.member({}, {})", node, lookup);
}

// Whether C++ can be written for all of the path; else the evaluator follows it.
bool is_plain(const Program& program, const Path& path) {
  for (std::uint32_t i = 0; i < path.count; ++i) {
    const Segment& segment = program.segments[path.first + i];
    if (segment.descendant) return false;
    for (std::uint32_t j = 0; j < segment.count; ++j) {
      const SelectorKind kind = program.selectors[segment.first + j].kind;
      const bool alone = segment.count == 1;
      if (kind == SelectorKind::Name || (alone && (kind == SelectorKind::Wildcard || kind == SelectorKind::Filter))) continue;
      if (!alone || lookup_of(program, segment).empty()) return false;
    }
  }
  return true;
}

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
    if (is_new) written_ += fmt::format("constexpr {} {}[] = {{{}}};\n", type, found->second, items);
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

// One function.
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

  std::string write(std::string_view name) {
    const std::string rules = all_rules();
    const std::string search = searches();
    return fmt::format("RuleBits {}(SieveContext& c, const NodeIndex root, RuleBits left) {{\n{}{}{}  RuleBits may = 0;\n{}  return may;\n}}\n\n", name,
                       lookups(root_, "  "), search, declarations(), rules);
  }

  [[nodiscard]] std::size_t lists() const { return lists_; }

 private:
  // --- Rules ------------------------------------------------------------------

  // The body of the function: first what single values rule out, then the rest of what each rule asks.
  std::string all_rules() {
    std::vector<std::vector<TermIndex>> rest(shape_.rule_count);
    for (std::uint32_t i = 0; i < shape_.rule_count; ++i) {
      const Rule& rule = use_rule(i);
      if (rule.has_when()) {
        use(rule.when, "when");
        for (const TermIndex part : conjuncts(rule.when.root))
          if (!add_glance(part, RuleBits{1} << i)) rest[i].push_back(part);
      }
      if (rule.has_find()) {
        use(rule.find, "find");
        if (const Reached reached = reach(rule.find.paths[rule.find.root]); reached.step != &root_) glances_[reached.step].want_it |= RuleBits{1} << i;
      }
    }
    for (auto& [step, glance] : glances_) {
      // Where nothing asks for the word, it is not worth looking up.
      if (std::ranges::none_of(glance.on_word, &Glance::OnWord::tells)) glance.on_word.clear();
      step->is_word = !glance.on_word.empty();
    }

    std::string cases;
    RuleBits decided = 0;
    for (std::uint32_t i = 0; i < shape_.rule_count; ++i) {
      const Rule& rule = use_rule(i);
      std::vector<std::string> conditions;
      if (!rest[i].empty()) {
        use(rule.when, "when");
        for (const TermIndex part : glances_first(rest[i])) conditions.push_back(truth(part));
      }
      if (rule.has_find()) {
        use(rule.find, "find");
        const Path& path = rule.find.paths[rule.find.root];
        if (single(path) == nullptr) conditions.push_back(exists(path));
      }
      if (conditions.empty()) {
        decided |= RuleBits{1} << i;
      } else {
        cases += fmt::format("    case {}:  // {}\n      if ({}) may |= RuleBits{{1}} << {};\n      break;\n", i, rule.id, fmt::join(conditions, " &&\n          "), i);
      }
    }
    std::string body = glances();
    if (decided != 0) body += fmt::format("  may = left & {0}u;\n  left &= ~RuleBits{{{0}u}};\n", decided);
    if (cases.empty()) return body;
    return body + fmt::format("  for (; left != 0; left &= left - 1) {{\n    switch (std::countr_zero(left)) {{\n{}    default: break;\n    }}\n  }}\n", cases);
  }

  const Rule& use_rule(std::uint32_t number) {
    rule_ = set_.shape_rules[shape_.first_rule + number];
    return set_.rules[rule_];
  }

  [[nodiscard]] std::vector<TermIndex> conjuncts(TermIndex index) const {
    const Term& here = term(index);
    if (here.kind != TermKind::And) return {index};
    std::vector<TermIndex> parts;
    for (std::uint32_t i = 0; i < here.count; ++i) {
      const auto inner = conjuncts(operand(here, i));
      parts.insert(parts.end(), inner.begin(), inner.end());
    }
    return parts;
  }

  // Adds what a condition says about the value of one step; whether that is all it says.
  bool add_glance(TermIndex index, RuleBits rule) {
    const bool negated = term(index).kind == TermKind::Not;
    if (const TermIndex tested = negated ? operand(term(index), 0) : index; term(tested).kind == TermKind::Path) {
      const Path& path = program_->paths[term(tested).index];
      const Step* const step = path.relative ? nullptr : single(path);
      if (step == nullptr || step == &root_) return false;
      (negated ? glances_[step].want_it_not : glances_[step].want_it) |= rule;
      return true;
    }
    const Reads reads = reads_of(index);
    if (reads.other || reads.key || reads.value || reads.step == nullptr || reads.step == &root_) return false;
    const bool is_all = compares_words(index);
    Glance::OnWord on_word{rule, {is_all ? may_be_met(index, {}) : true}};
    for (const std::string& word : words_.names()) on_word.met.push_back(may_be_met(index, {.word = &word}));
    on_word.tells = is_all || std::ranges::adjacent_find(on_word.met.begin() + 1, on_word.met.end(), std::not_equal_to{}) != on_word.met.end();
    glances_[reads.step].on_word.push_back(std::move(on_word));
    return is_all;
  }

  std::string glances() {
    std::string result;
    for (const auto& [step, glance] : glances_) {
      if (glance.want_it != 0) result += fmt::format("  if ({} == kNoNode) left &= ~RuleBits{{{}u}};\n", step->variable, glance.want_it);
      if (glance.want_it_not != 0) result += fmt::format("  if ({} != kNoNode) left &= ~RuleBits{{{}u}};\n", step->variable, glance.want_it_not);
      if (glance.on_word.empty()) continue;
      std::vector<RuleBits> left(words_.names().size() + 1, ~RuleBits{0});
      for (const Glance::OnWord& on_word : glance.on_word)
        for (std::size_t word = 0; word < left.size(); ++word)
          if (word < on_word.met.size() && !on_word.met[word]) left[word] &= ~on_word.rule;
      result += fmt::format("  left &= {}[w{}];\n", tables_.add("RuleBits", fmt::format("{}u", fmt::join(left, "u, "))), step->variable);
    }
    return result;
  }

  template <typename Use>
  void for_each_program(Use use) const {
    for (const RuleIndex index : set_.shape_rules.subspan(shape_.first_rule, shape_.rule_count)) {
      const Rule& rule = set_.rules[index];
      if (rule.has_when()) use(rule.when);
      if (rule.has_find()) use(rule.find);
    }
  }
  void use(const Program& program, std::string_view part) {
    program_ = &program;
    program_name_ = fmt::format("c.{}({})", part, rule_);
  }
  [[nodiscard]] const Term& term(TermIndex index) const { return program_->terms[index]; }
  [[nodiscard]] TermIndex operand(const Term& term, std::uint32_t number) const { return program_->operands[term.first + number]; }
  [[nodiscard]] std::vector<TermIndex> operands(const Term& here) const {
    const auto parts = program_->operands.subspan(here.first, here.count);
    return {parts.begin(), parts.end()};
  }
  [[nodiscard]] const Function& function_of(const Term& here) const { return program_->function_of(program_->calls[here.index]); }
  std::string variable(std::string_view prefix) { return fmt::format("{}{}", prefix, ++variables_); }

  // --- Steps ------------------------------------------------------------------

  void add_steps(const Program& program, const Path& path, Step& from) {
    Step* step = &from;
    for (std::uint32_t i = 0; i < path.count; ++i) {
      const std::string lookup = lookup_of(program, program.segments[path.first + i]);
      if (lookup.empty()) return;
      step = &step->next[lookup];
      if (step->variable.empty()) step->variable = variable("n");
    }
  }

  // The relative paths of an expression, without those of filters inside.
  void add_relative_steps(TermIndex index, Step& from) {
    const Term& here = term(index);
    if (here.kind == TermKind::Path) {
      if (const Path& path = program_->paths[here.index]; path.relative) add_steps(*program_, path, from);
      return;
    }
    for (std::uint32_t i = 0; i < here.count; ++i) add_relative_steps(operand(here, i), from);
  }

  std::string lookups(const Step& from, const std::string& indent) {
    std::vector<int> slots(keys_.size(), 0);
    std::string members;
    std::string others;
    std::string key;
    int count = 0;
    const std::string array = "m_" + from.variable;
    for (const auto& [lookup, step] : from.next) {
      if (is_key(lookup)) {
        key = lookup;
        slots[static_cast<std::size_t>(std::stoi(lookup))] = ++count;
        members += fmt::format("{}const NodeIndex& {} = {}[{}];\n", indent, step.variable, array, count);
      } else {
        others += fmt::format("{}const NodeIndex {} = {};\n", indent, step.variable, lookup_call(lookup, from.variable));
      }
    }
    std::string result;
    if (from.is_word) result += fmt::format("{0}const KeyId w{1} = c.word({1});\n", indent, from.variable);
    if (from.is_text) result += fmt::format("{0}const std::string_view t{1} = c.text({1});\n", indent, from.variable);
    if (count == 1) {
      result += fmt::format("{}const NodeIndex {} = {};\n", indent, from.next.at(key).variable, lookup_call(key, from.variable));
    } else if (count > 1) {
      const std::string table = tables_.add("std::uint8_t", fmt::format("{}", fmt::join(slots, ", ")));
      result += fmt::format("{0}NodeIndex {1}[{2}];\n{0}c.members({3}, {4}, {1});\n{5}", indent, array, count + 1, from.variable, table, members);
    }
    result += others;
    for (const auto& [lookup, step] : from.next) result += lookups(step, indent);
    return result;
  }

  // A path's node as far as single steps lead, and the segment behind them.
  struct Reached {
    std::string node;
    std::uint32_t segment;
    const Step* step;
  };
  [[nodiscard]] Reached reach(const Path& path) const {
    const Step* step = path.relative ? current_ : &root_;
    std::uint32_t i = 0;
    for (; i < path.count; ++i) {
      const auto found = step->next.find(lookup_of(*program_, program_->segments[path.first + i]));
      if (found == step->next.end()) break;
      step = &found->second;
    }
    return {step->variable, path.first + i, step};
  }
  // The step that a path of single steps leads to; null for others.
  [[nodiscard]] const Step* single(const Path& path) const {
    const Reached reached = reach(path);
    return reached.segment == path.first + path.count ? reached.step : nullptr;
  }
  [[nodiscard]] const Step* single(TermIndex index) const {
    const Term& here = term(index);
    return here.kind == TermKind::Path ? single(program_->paths[here.index]) : nullptr;
  }

  // All searches in the value itself are one at first.
  std::string searches() {
    if (searches_.empty()) return "";
    std::optional<PatternAutomaton> automaton;
    if (searches_.size() > 1) automaton = make_automaton(fmt::format("({})", fmt::join(searches_, ")|(")));
    if (!automaton) return "  const bool any_search = true;\n";
    std::vector<std::uint8_t> bytes;
    PatternProgram pattern;
    add_automaton(*automaton, bytes, pattern);
    const std::string bytes_name = tables_.add("std::uint8_t", fmt::format("{}", fmt::join(bytes, ", ")));
    const std::string pattern_name =
        tables_.add("PatternProgram", fmt::format("{{0, 0, {}, {}, {}, {}, {}, {}, {}, {}}}", pattern.classes, pattern.transitions, pattern.accepting,
                                                  pattern.prefix, pattern.prefix_length, pattern.start, pattern.class_count, pattern.state_count));
    return fmt::format("  const bool any_search = c.matches(troot, {}[0], {});\n", pattern_name, bytes_name);
  }

  // --- Nodes --------------------------------------------------------------------

  std::string exists(const Path& path) {
    const Reached reached = reach(path);
    return exists_from(reached.segment, path.first + path.count, reached.node, false);
  }

  // `certain`: the node is one for sure.
  std::string exists_from(std::uint32_t segment, std::uint32_t end, const std::string& node, bool certain) {
    if (segment == end) return certain || node == "root" ? "true" : fmt::format("{} != kNoNode", node);
    const Segment& here = program_->segments[segment];
    const Selector& selector = program_->selectors[here.first];
    if (selector.kind == SelectorKind::Wildcard || selector.kind == SelectorKind::Filter) {
      const std::string child = variable("a");
      return fmt::format("c.any_child({}, [&]([[maybe_unused]] const NodeIndex {}) {{\n{}}})", node, child, in_child(child, selector, [&] {
                           const std::string rest = exists_from(segment + 1, end, child, true);
                           if (selector.kind == SelectorKind::Wildcard) return fmt::format("return {};\n", rest);
                           return fmt::format("return {} && {};\n", truth(selector.filter), rest);
                         }));
    }
    std::vector<std::string> choices;
    for (std::uint32_t i = 0; i < here.count; ++i) {
      const std::string next = variable("n");
      choices.push_back(fmt::format("[&] {{ const NodeIndex {} = {}; return {}; }}()", next, step_call(here, i, node),
                                    exists_from(segment + 1, end, next, false)));
    }
    return fmt::format("({})", fmt::join(choices, " || "));
  }

  [[nodiscard]] std::string step_call(const Segment& segment, std::uint32_t number, const std::string& node) const {
    Segment one = segment;
    one.first += number;
    one.count = 1;
    return lookup_call(lookup_of(*program_, one), node);
  }

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
  std::string each(const Path& path, const std::string& to) {
    const Reached reached = reach(path);
    return each_from(reached.segment, path.first + path.count, reached.node, to, false);
  }
  std::string each_from(std::uint32_t segment, std::uint32_t end, const std::string& node, const std::string& to, bool certain) {
    if (segment == end) return certain ? fmt::format("{}.add({});\n", to, node) : fmt::format("if ({1} != kNoNode) {0}.add({1});\n", to, node);
    const Segment& here = program_->segments[segment];
    const Selector& selector = program_->selectors[here.first];
    if (selector.kind == SelectorKind::Wildcard || selector.kind == SelectorKind::Filter) {
      const std::string child = variable("a");
      return fmt::format("c.each_child({}, [&]([[maybe_unused]] const NodeIndex {}) {{\n{}}});\n", node, child, in_child(child, selector, [&] {
                           const std::string rest = each_from(segment + 1, end, child, to, true);
                           return selector.kind == SelectorKind::Wildcard ? rest : fmt::format("if ({}) {{\n{}}}\n", truth(selector.filter), rest);
                         }));
    }
    std::string result;
    for (std::uint32_t i = 0; i < here.count; ++i) {
      const std::string next = variable("n");
      result += fmt::format("{{ const NodeIndex {} = {};\n{}}}\n", next, step_call(here, i, node), each_from(segment + 1, end, next, to, false));
    }
    return result;
  }

  // --- What is found out at build time -----------------------------------------------

  // What the value of an expression depends on.
  struct Reads {
    bool key = false;            // The key of `@`.
    bool value = false;          // The text of `@`.
    const Step* step = nullptr;  // The text of this step of `$`.
    TermIndex path = 0;          // Where that is written.
    bool other = false;          // Something else.
  };
  [[nodiscard]] Reads reads_of(TermIndex index) const {
    Reads reads;
    add_reads(index, false, reads);
    return reads;
  }
  // `as_value`: what counts of a path is the value.
  void add_reads(TermIndex index, bool as_value, Reads& reads) const {
    const Term& here = term(index);
    if (here.kind == TermKind::Literal) return;
    if (here.kind == TermKind::Path) {
      const Path& path = program_->paths[here.index];
      const Step* const step = as_value ? single(path) : nullptr;
      if (step == nullptr) {
        reads.other = true;
      } else if (path.relative) {
        (path.count == 0 ? reads.value : reads.other) = true;
      } else if ((reads.step != nullptr && reads.step != step) || !has_names_only(path)) {
        reads.other = true;
      } else {
        reads.step = step;
        reads.path = index;
      }
      return;
    }
    if (here.kind == TermKind::Call) {
      const Function& function = function_of(here);
      if (function.name == "key") {
        const Term& node = term(operand(here, 0));
        const bool is_current = node.kind == TermKind::Path && program_->paths[node.index].relative && program_->paths[node.index].count == 0;
        (is_current ? reads.key : reads.other) = true;
        return;
      }
      reads.other |= function.name == "now" || function.name == "request" || function.result == Type::Nodes;
      for (std::uint32_t i = 0; i < here.count && !reads.other; ++i) {
        reads.other |= function.parameters[i] != Type::Value;
        add_reads(operand(here, i), true, reads);
      }
      return;
    }
    for (std::uint32_t i = 0; i < here.count; ++i) add_reads(operand(here, i), here.kind == TermKind::Comparison, reads);
  }
  [[nodiscard]] bool has_names_only(const Path& path) const {
    for (std::uint32_t i = 0; i < path.count; ++i) {
      const Segment& segment = program_->segments[path.first + i];
      if (segment.descendant || segment.count != 1 || program_->selectors[segment.first].kind != SelectorKind::Name) return false;
    }
    return true;
  }

  // Whether an expression does nothing but compare texts with words.
  [[nodiscard]] bool compares_words(TermIndex index) const {
    const Term& here = term(index);
    if (here.kind != TermKind::And && here.kind != TermKind::Or && here.kind != TermKind::Not) return texts_of(here).has_value();
    for (std::uint32_t i = 0; i < here.count; ++i)
      if (!compares_words(operand(here, i))) return false;
    return true;
  }

  // Evaluates an expression where what it reads is as given.
  struct Case {
    const std::string* word = nullptr;   // Of the step; null: there is no such value.
    std::string_view key = "key";        // Of `@`.
    const std::string* value = nullptr;  // Of `@`; null: a number.
  };
  [[nodiscard]] bool may_be_met(TermIndex index, const Case& given) {
    std::string text = "{\"around @\":{" + quoted_json(given.key) + ":" + (given.value != nullptr ? quoted_json(*given.value) : "0") + "}";
    std::string close = "}";
    if (const Reads reads = reads_of(index); given.word != nullptr && reads.step != nullptr) {
      text += ",";
      const Path& path = program_->paths[term(reads.path).index];
      for (std::uint32_t i = 0; i < path.count; ++i) {
        text += (i == 0 ? "" : "{") + quoted_json(program_->selectors[program_->segments[path.first + i].first].name) + ":";
        if (i > 0) close += "}";
      }
      text += quoted_json(*given.word);
    }
    SourceText source;
    JsonReader reader;
    Document document;
    Evaluator evaluator;
    source.assign(text + close);
    reader.read(source, keys_, kDepthLimit, document);
    evaluator.open(document);
    evaluator.begin(program_->first_memo + program_->memos, program_->first_call + static_cast<std::uint32_t>(program_->calls.size()));
    return evaluator.test_part(*program_, index, 0, 2) != Truth::False;
  }

  // The bits of a SieveContext::KeyBits.
  template <typename Met>
  static std::string bits(std::size_t size, Met met) {
    SieveContext::KeyBits made{};
    for (std::size_t id = 1; id < size; ++id)
      if (met(id)) made[id / 64] |= std::uint64_t{1} << (id % 64);
    return fmt::format("{{{}u}}", fmt::join(made, "u, "));
  }

  // Whether a call in an expression tells words apart.
  [[nodiscard]] bool tells(TermIndex index) const {
    const Term& here = term(index);
    if (here.kind == TermKind::Call && (function_of(here).name == "lookup" || function_of(here).name == "member_of")) return true;
    for (std::uint32_t i = 0; i < here.count; ++i)
      if (tells(operand(here, i))) return true;
    return false;
  }

  // A look into a table for what is worth one; `general` is how to find out without.
  std::optional<std::string> tabulated(TermIndex index, const std::string& general) {
    const Reads reads = reads_of(index);
    const std::size_t words = words_.names().size() + 1;
    if (reads.other || (reads.key && reads.value)) return std::nullopt;
    if (!reads.key && (cost(index) <= kGlance || compares_words(index))) return std::nullopt;
    if (reads.key || reads.value) {
      if (current_ == nullptr || (reads.step != nullptr && reads.step == &root_)) return std::nullopt;
      const auto met = [&](std::size_t id, const std::string* word) {
        if (reads.key) return may_be_met(index, {.word = word, .key = keys_.name(static_cast<KeyId>(id))});
        return may_be_met(index, {.word = word, .value = &words_.names()[id - 1]});
      };
      if (reads.value && !tells(index)) return std::nullopt;
      if (reads.value) current_->is_word = true;
      const std::string id = reads.key ? fmt::format("c.key_id({})", current()) : "w" + current();
      const std::size_t ids = reads.key ? keys_.size() : words;
      if (reads.step == nullptr) {
        const std::string table = tables_.add("SieveContext::KeyBits", bits(ids, [&](std::size_t i) { return met(i, nullptr); }));
        return fmt::format("c.is_in({}, {}[0], [&] {{ return {}; }})", id, table, general);
      }
      std::string rows = "{}";
      for (const std::string& word : words_.names()) rows += ", " + bits(ids, [&](std::size_t i) { return met(i, &word); });
      reads.step->is_word = true;
      return fmt::format("c.is_in({}, {}, w{}, [&] {{ return {}; }})", id, tables_.add("SieveContext::KeyBits", rows), reads.step->variable, general);
    }
    if (reads.step == nullptr || reads.step == &root_ || !(reads.step->is_word || tells(index))) return std::nullopt;
    const std::string table =
        tables_.add("SieveContext::KeyBits", bits(words, [&](std::size_t i) { return may_be_met(index, {.word = &words_.names()[i - 1]}); }));
    reads.step->is_word = true;
    return fmt::format("c.is_in(w{}, {}[0], [&] {{ return {}; }})", reads.step->variable, table, general);
  }

  // --- Expressions ----------------------------------------------------------------

  // What does not depend on `@` is made once, when it is first asked for.
  std::string once(const Term& here, std::string_view type, const std::string& made) {
    if (!here.constant) return made;
    const std::string key = fmt::format("{} {}", type, program_->text.substr(here.span.begin, here.span.end - here.span.begin));
    auto [found, is_new] = onces_.try_emplace(key);
    if (is_new) {
      const std::size_t number = onces_.size() - 1;
      found->second = fmt::format("once{}(made[{}], {}u, ", number, number / 64, std::uint64_t{1} << number % 64);
      declarations_ += fmt::format("  Once<{}> once{};\n", type, number);
    }
    return fmt::format("{}[&] {{ return {}; }})", found->second, made);
  }
  [[nodiscard]] std::string declarations() const {
    return onces_.empty() ? "" : fmt::format("{}  std::uint64_t made[{}] = {{}};\n", declarations_, (onces_.size() + 63) / 64);
  }

  [[nodiscard]] std::string current() const { return current_ == nullptr ? "kNoNode" : current_->variable; }

  // About how many instructions a term takes.
  [[nodiscard]] unsigned cost(TermIndex index) const {
    const Term& here = term(index);
    if (here.kind == TermKind::Path) return cost(program_->paths[here.index]);
    unsigned result = here.kind == TermKind::Call ? 80 : 3;
    for (std::uint32_t i = 0; i < here.count; ++i) result += cost(operand(here, i));
    if (here.kind == TermKind::Call && function_of(here).pattern == PatternUse::Whole && term(operand(here, 1)).kind == TermKind::Literal &&
        alternatives(program_->literals[term(operand(here, 1)).index]))
      result -= 75;
    return result;
  }
  [[nodiscard]] unsigned cost(const Path& path) const {
    unsigned result = 1;
    for (std::uint32_t i = 0; i < path.count; ++i) {
      const Segment& segment = program_->segments[path.first + i];
      const Selector& selector = program_->selectors[segment.first];
      if (selector.kind == SelectorKind::Filter) result += 10 + 2 * cost(selector.filter);
      if (selector.kind == SelectorKind::Wildcard || segment.count > 1) result += 10;
    }
    return result;
  }

  // Glances before the others, which stay in their author's order.
  [[nodiscard]] std::vector<TermIndex> glances_first(std::vector<TermIndex> parts) const {
    std::stable_partition(parts.begin(), parts.end(), [&](TermIndex part) { return cost(part) <= kGlance; });
    return parts;
  }

  // A C++ expression of type bool: whether the term may be true.
  std::string truth(TermIndex index) {
    const std::string general = general_truth(index);
    return tabulated(index, general).value_or(general);
  }
  std::string general_truth(TermIndex index) {
    const Term& here = term(index);
    switch (here.kind) {
      case TermKind::Or:
      case TermKind::And: {
        std::vector<std::string> parts;
        for (const TermIndex part : glances_first(operands(here))) parts.push_back(truth(part));
        return fmt::format("({})", fmt::join(parts, here.kind == TermKind::Or ? " || " : " && "));
      }
      case TermKind::Not: return fmt::format("!{}", truth(operand(here, 0)));
      case TermKind::Path: {
        const Path& path = program_->paths[here.index];
        if (!is_plain(*program_, path)) break;
        const std::string made = exists(path);
        return path.singular ? fmt::format("({})", made) : once(here, "bool", made);
      }
      case TermKind::Comparison: return comparison(here);
      case TermKind::Call:
        if (auto made = match(here)) return *made;
        if (function_of(here).result == Type::Nodes) break;
        return among(here).value_or(fmt::format("c.may({})", value(index)));
      case TermKind::Literal: break;
    }
    return fmt::format("c.may(c.truth({}, {}, root, {}))", program_name_, index, current());
  }

  // C++ expressions of type bool.
  std::string comparison(const Term& here) {
    if (auto made = text_comparison(here)) return *made;
    if (auto made = time_comparison(here)) return *made;
    if (auto made = arn_comparison(here)) return *made;
    return fmt::format("c.may_compare(Comparison{{{}}}, {}, {})", static_cast<int>(here.comparison), value(operand(here, 0)), value(operand(here, 1)));
  }
  // Nothing for what is not match() or search() with an automaton.
  std::optional<std::string> match(const Term& here) {
    const Call& call = program_->calls[here.index];
    const Function& function = function_of(here);
    if (function.pattern == PatternUse::None || !function.standard || call.pattern_plus_1 == 0) return std::nullopt;
    const unsigned pattern = call.pattern_plus_1 - 1u;
    if (program_->patterns[pattern].class_count == 0) return std::nullopt;
    if (auto made = text_comparison(here)) return made;
    const TermIndex text = operand(here, 0);
    const Step* const step = single(text);
    if (const auto part = arn_part_of(text)) return fmt::format("c.matches({}, {}, {})", *part, program_name_, pattern);
    if (step == nullptr) return fmt::format("c.may_match({}, {}, {})", value(text), program_name_, pattern);
    step->is_text = true;
    const std::string made = fmt::format("c.matches(t{}, {}, {})", step->variable, program_name_, pattern);
    if (step != &root_ || function.pattern != PatternUse::Part) return made;
    const PatternProgram& automaton = program_->patterns[pattern];
    searches_.insert(std::string(program_->pattern_texts.substr(automaton.text, automaton.text_length)));
    return fmt::format("(any_search && {})", made);
  }

  // The texts that a comparison or match() compares the value of a step with.
  struct Compared {
    const Step* step;
    std::vector<std::string_view> texts;
    bool equal;
  };
  [[nodiscard]] std::optional<Compared> texts_of(const Term& here) const {
    if ((here.kind != TermKind::Comparison && here.kind != TermKind::Call) || here.count != 2) return std::nullopt;
    const Step* const step = single(operand(here, 0));
    const Term& text = term(operand(here, 1));
    if (step == nullptr || text.kind != TermKind::Literal || !program_->literals[text.index].is(ValueKind::String)) return std::nullopt;
    const Value& value = program_->literals[text.index];
    if (here.kind == TermKind::Comparison) {
      if (here.comparison != Comparison::Equal && here.comparison != Comparison::NotEqual) return std::nullopt;
      return Compared{step, {value.text}, here.comparison == Comparison::Equal};
    }
    if (function_of(here).pattern != PatternUse::Whole || !function_of(here).standard) return std::nullopt;
    auto texts = alternatives(value);
    if (!texts) return std::nullopt;
    return Compared{step, std::move(*texts), true};
  }
  // With the word where one is looked up, else with the text.
  std::optional<std::string> text_comparison(const Term& here) {
    const auto compared = texts_of(here);
    if (!compared) return std::nullopt;
    const Step& step = *compared->step;
    std::string arguments;
    for (const std::string_view text : compared->texts) {
      const KeyId word = words_.add(text);
      arguments += step.is_word ? fmt::format(", {}", word) : ", " + literal(text);
    }
    step.is_text |= !step.is_word;
    return fmt::format("{}c.{}{}{})", compared->equal ? "" : "!", step.is_word ? "is_word(w" : "is_text(t", step.variable, arguments);
  }

  // The call of a function with a step and perhaps a text.
  struct CallOnStep {
    const Step* step;
    std::string_view text;
  };
  [[nodiscard]] std::optional<CallOnStep> call_on_step(TermIndex index, std::string_view function) const {
    const Term& here = term(index);
    if (here.kind != TermKind::Call || function_of(here).name != function) return std::nullopt;
    const Step* const step = single(operand(here, 0));
    if (step == nullptr) return std::nullopt;
    if (here.count == 1) return CallOnStep{step, {}};
    const Term& text = term(operand(here, 1));
    if (text.kind != TermKind::Literal || !program_->literals[text.index].is(ValueKind::String)) return std::nullopt;
    return CallOnStep{step, program_->literals[text.index].text};
  }

  // Comparisons of instant() and time_part() with what is known here.
  std::optional<std::string> time_comparison(const Term& here) {
    const auto left = instant(operand(here, 0));
    const auto right = instant(operand(here, 1));
    if (left && right) return fmt::format("c.compare(Comparison{{{}}}, {}, {})", static_cast<int>(here.comparison), *left, *right);
    const auto part = call_on_step(operand(here, 0), "time_part");
    const Term& other = term(operand(here, 1));
    const bool equal = here.comparison == Comparison::Equal;
    if (!part || other.kind != TermKind::Literal || (!equal && here.comparison != Comparison::NotEqual)) return std::nullopt;
    const Value& literal = program_->literals[other.index];
    const std::string test = std::string(equal ? "" : "!") + "c.has_" + std::string(part->text);
    if ((part->text == "offset" || part->text == "fraction") && literal.is(ValueKind::Boolean))
      return fmt::format("{}(c.time({}), {})", test, part->step->variable, literal.boolean);
    if (part->text != "form" || !literal.is(ValueKind::String)) return std::nullopt;
    for (const TimeForm form : {TimeForm::Epoch, TimeForm::Date, TimeForm::DateTime, TimeForm::Rfc822})
      if (literal.text == name_of(form)) return fmt::format("{}(c.time({}), TimeForm{{{}}})", test, part->step->variable, static_cast<int>(form));
    return std::nullopt;
  }
  std::optional<std::string> instant(TermIndex index) {
    if (const auto call = call_on_step(index, "instant")) return fmt::format("c.time({})", call->step->variable);
    const Term& here = term(index);
    if (here.kind != TermKind::Literal || !program_->literals[here.index].is(ValueKind::Number)) return std::nullopt;
    const Number& number = program_->literals[here.index].number;
    return tables_.add("SieveContext::Time", fmt::format("{{.is_time = true, .instant = {}}}", written(number))) + "[0]";
  }

  std::optional<std::string> arn_comparison(const Term& here) {
    const bool equal = here.comparison == Comparison::Equal;
    if (!call_on_step(operand(here, 0), "arn") || (!equal && here.comparison != Comparison::NotEqual)) return std::nullopt;
    if (call_on_step(operand(here, 1), "arn"))
      return fmt::format("{}c.are_same({}, {})", equal ? "" : "!", *arn_part_of(operand(here, 0)), *arn_part_of(operand(here, 1)));
    const Term& other = term(operand(here, 1));
    if (other.kind != TermKind::Literal || !program_->literals[other.index].is(ValueKind::String)) return std::nullopt;
    return fmt::format("{}c.is_text({}, {})", equal ? "" : "!", *arn_part_of(operand(here, 0)), literal(program_->literals[other.index].text));
  }
  std::optional<std::string> arn_part_of(TermIndex index) {
    const auto call = call_on_step(index, "arn");
    if (!call) return std::nullopt;
    call->step->is_text = true;
    return once(term(index), "std::string_view", fmt::format("c.arn(t{}, {})", call->step->variable, literal(call->text)));
  }

  // among() of one step.
  std::optional<std::string> among(const Term& here) {
    const Step* const step = function_of(here).name == "among" ? single(operand(here, 0)) : nullptr;
    if (step == nullptr || single(operand(here, 1)) != nullptr) return std::nullopt;
    std::string list;
    const auto made = nodes(operand(here, 1), list);
    if (!made) return std::nullopt;
    const std::string general = fmt::format("c.may(c.call({}, {}, root, {{c.given(c.value({})), c.given({})}}))", program_name_, here.index, step->variable, *made);
    return fmt::format("[&] {{ {}return c.among({}, {}, [&] {{ return {}; }}); }}()", list, step->variable, made->substr(0, made->find(',')), general);
  }

  // The texts of a pattern that is nothing but `one|two|three`.
  static std::optional<std::vector<std::string_view>> alternatives(const Value& pattern) {
    std::vector<std::string_view> texts;
    std::string_view rest = pattern.text;
    while (true) {
      const std::string_view one = rest.substr(0, rest.find('|'));
      if (one.empty() || one.find_first_not_of("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-") != one.npos) return std::nullopt;
      texts.push_back(one);
      if (one.size() == rest.size()) return texts;
      rest.remove_prefix(one.size() + 1);
    }
  }

  // C++ expressions of type Value.
  std::string value(TermIndex index) {
    const Term& here = term(index);
    if (here.kind == TermKind::Literal) return constant(program_->literals[here.index]);
    if (const Step* const step = single(index)) return once(here, "Value", fmt::format("c.value({})", step->variable));
    if (here.kind == TermKind::Call)
      if (const auto made = call(here)) return once(here, "Value", *made);
    return fmt::format("c.value({}, {}, root, {})", program_name_, index, current());
  }
  static std::string written(const Number& number) {
    return fmt::format("{{{}, std::int64_t{{{}}}, {:.17g}}}", number.whole, number.integer, number.real);
  }
  std::string constant(const Value& value) {
    std::string members;
    switch (value.kind) {
      case ValueKind::Null: break;
      case ValueKind::Boolean: members = fmt::format(", .boolean = {}", value.boolean); break;
      case ValueKind::String: members = fmt::format(", .text = std::string_view({}, {})", literal(value.text), value.text.size()); break;
      case ValueKind::Number: members = ", .number = " + written(value.number); break;
      default: return "Value::unknown()";
    }
    return tables_.add("Value", fmt::format("{{.kind = ValueKind{{{}}}{}}}", static_cast<int>(value.kind), members)) + "[0]";
  }

  std::optional<std::string> call(const Term& here) {
    const Function& function = function_of(here);
    if (here.count == 1 && function.parameters[0] == Type::Nodes)
      if (auto made = of_nodes(function.name, operand(here, 0))) return made;
    std::string lists;
    std::string arguments;
    for (std::uint32_t i = 0; i < here.count; ++i) {
      const TermIndex argument = operand(here, i);
      if (function.parameters[i] == Type::Value) {
        arguments += fmt::format("c.given({}), ", value(argument));
      } else if (function.parameters[i] == Type::Nodes) {
        const auto made = nodes(argument, lists);
        if (!made) return std::nullopt;
        arguments += fmt::format("c.given({}), ", *made);
      } else {
        return std::nullopt;
      }
    }
    const std::string made = fmt::format("c.call({}, {}, root, {{{}}})", program_name_, here.index, arguments);
    return lists.empty() ? made : fmt::format("[&] {{ {}return {}; }}()", lists, made);
  }

  // count(), key() and value() of a nodelist.
  std::optional<std::string> of_nodes(std::string_view function, TermIndex argument) {
    if (function != "count" && function != "key" && function != "value") return std::nullopt;
    const Term& here = term(argument);
    if (here.kind != TermKind::Path) return std::nullopt;
    const Path& path = program_->paths[here.index];
    if (!is_plain(*program_, path)) return std::nullopt;
    if (function == "key" && path.relative && path.count == 0) return fmt::format("c.key({})", current());
    if (function == "key" && path.singular) return std::nullopt;
    const std::string only = variable("only");
    return fmt::format("[&] {{ SieveContext::Only {0}; {1} return c.{2}({0}); }}()", only, each(path, only), function);
  }

  // What given() takes for a nodelist; the statements that make it are added.
  std::optional<std::string> nodes(TermIndex argument, std::string& statements) {
    const Term& here = term(argument);
    if (here.kind != TermKind::Path) return std::nullopt;
    const Path& path = program_->paths[here.index];
    if (const Step* const step = single(path)) return step->variable;
    if (!is_plain(*program_, path)) return std::nullopt;
    const std::string list = variable("list");
    const std::size_t number = lists_++;
    const std::string filled = fmt::format("[&] {{ SieveContext::List {0} = c.list({1}); {2} return {0}; }}()", list, number, each(path, list));
    const std::string made = once(here, "SieveContext::List", filled);
    statements += fmt::format("const auto& {}_ = {}; ", list, made);
    return fmt::format("{}_, {}", list, here.constant);
  }

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

}  // namespace

SieveSource write_sieves(const RuleSet& set, const SchemaSet& schemas) {
  Words words;
  for (const KeyId value : schemas.enum_values) words.add(schemas.keys.name(value));
  SieveSource source;
  // Twice: only then all words have numbers.
  for (int round = 0; round < 2; ++round) {
    source = {};
    Tables tables;
    std::string functions;
    for (std::size_t shape = 0; shape < set.shapes.size(); ++shape) {
      const ShapeRules& here = set.shapes[shape];
      if (here.rule_count == 0 || here.rule_count > kRuleBitsMax) {
        source.names.emplace_back("nullptr");
        continue;
      }
      SieveFunction function(set, schemas.keys, words, tables, shape);
      source.names.push_back(fmt::format("sieve_{}", shape));
      source.declarations += fmt::format("RuleBits {}(SieveContext& c, NodeIndex root, RuleBits left);\n", source.names.back());
      functions += function.write(source.names.back());
      source.lists = std::max(source.lists, function.lists());
    }
    source.functions = tables.written() + "\n" + functions;
  }
  source.words = KeyTableData(words.names());
  return source;
}

}  // namespace connect_lint
