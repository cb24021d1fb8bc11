#include "rules/sieve_function.h"

#include <algorithm>
#include <utility>

#include "base/pattern_automaton.h"
#include "base/source_writer.h"

namespace connect_lint {

std::string SieveFunction::write(std::string_view name) {
  const std::string rules = all_rules();
  const std::string search = searches();
  return fmt::format("RuleBits {}(SieveContext& c, const NodeIndex root, RuleBits left) {{\n{}{}{}  RuleBits may = 0;\n{}  return may;\n}}\n\n", name,
                     lookups(root_, "  "), search, declarations(), rules);
}

std::string SieveFunction::all_rules() {
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
      // What it takes for another query to find something is not written.
      if (single(path) == nullptr && is_plain(rule.find, path)) conditions.push_back(exists(path));
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

const Rule& SieveFunction::use_rule(std::uint32_t number) {
  rule_ = set_.shape_rules[shape_.first_rule + number];
  return set_.rules[rule_];
}

std::vector<TermIndex> SieveFunction::conjuncts(TermIndex index) const {
  const Term& here = term(index);
  if (here.kind != TermKind::And) return {index};
  std::vector<TermIndex> parts;
  for (std::uint32_t i = 0; i < here.count; ++i) {
    const auto inner = conjuncts(operand(here, i));
    parts.insert(parts.end(), inner.begin(), inner.end());
  }
  return parts;
}

bool SieveFunction::add_glance(TermIndex index, RuleBits rule) {
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

std::string SieveFunction::glances() {
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

void SieveFunction::use(const Program& program, std::string_view part) {
  program_ = &program;
  program_name_ = fmt::format("c.{}({})", part, rule_);
}

std::vector<TermIndex> SieveFunction::operands(const Term& here) const {
  const auto parts = program_->operands.subspan(here.first, here.count);
  return {parts.begin(), parts.end()};
}

void SieveFunction::add_steps(const Program& program, const Path& path, Step& from) {
  Step* step = &from;
  for (std::uint32_t i = 0; i < path.count; ++i) {
    const std::string lookup = lookup_of(program, program.segments[path.first + i]);
    if (lookup.empty()) return;
    step = &step->next[lookup];
    if (step->variable.empty()) step->variable = variable("n");
  }
}

void SieveFunction::add_relative_steps(TermIndex index, Step& from) {
  const Term& here = term(index);
  if (here.kind == TermKind::Path) {
    if (const Path& path = program_->paths[here.index]; path.relative) add_steps(*program_, path, from);
    return;
  }
  for (std::uint32_t i = 0; i < here.count; ++i) add_relative_steps(operand(here, i), from);
}

std::string SieveFunction::lookups(const Step& from, const std::string& indent) {
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

SieveFunction::Reached SieveFunction::reach(const Path& path) const {
  const Step* step = path.relative ? current_ : &root_;
  std::uint32_t i = 0;
  for (; i < path.count; ++i) {
    const auto found = step->next.find(lookup_of(*program_, program_->segments[path.first + i]));
    if (found == step->next.end()) break;
    step = &found->second;
  }
  return {step->variable, path.first + i, step};
}

const Step* SieveFunction::single(const Path& path) const {
  const Reached reached = reach(path);
  return reached.segment == path.first + path.count ? reached.step : nullptr;
}

const Step* SieveFunction::single(TermIndex index) const {
  const Term& here = term(index);
  return here.kind == TermKind::Path ? single(program_->paths[here.index]) : nullptr;
}

std::string SieveFunction::searches() {
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

std::string SieveFunction::exists(const Path& path) {
  const Reached reached = reach(path);
  return exists_from(reached.segment, path.first + path.count, reached.node, false);
}

std::string SieveFunction::exists_from(std::uint32_t segment, std::uint32_t end, const std::string& node, bool certain) {
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

std::string SieveFunction::step_call(const Segment& segment, std::uint32_t number, const std::string& node) const {
  Segment one = segment;
  one.first += number;
  one.count = 1;
  return lookup_call(lookup_of(*program_, one), node);
}

std::string SieveFunction::each(const Path& path, const std::string& to) {
  const Reached reached = reach(path);
  return each_from(reached.segment, path.first + path.count, reached.node, to, false);
}

std::string SieveFunction::each_from(std::uint32_t segment, std::uint32_t end, const std::string& node, const std::string& to, bool certain) {
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

}  // namespace connect_lint
