#include "rules/sieve_writer.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <optional>
#include <set>
#include <utility>

#include "base/limits.h"
#include "base/source_writer.h"
#include "document/json_reader.h"
#include "document/json_writer.h"
#include "rules/sieve.h"

namespace connect_lint {
namespace {

constexpr std::size_t kRulesOfSieveMax = 64;

// About as many instructions take a look at a member and a comparison with a text.
constexpr unsigned kGlance = 8;

// Whether an expression may be true, or is true for sure.
enum class Mode : std::uint8_t { May, Sure };

Mode opposite(Mode mode) { return mode == Mode::May ? Mode::Sure : Mode::May; }
std::string_view name_of(Mode mode) { return mode == Mode::May ? "may" : "sure"; }

// The first steps of paths, each looked up once: `$.Tasks[0].TaskType` is three.
struct Step {
  std::string variable;
  mutable bool is_text = false;  // It is compared with texts: `t` + variable.
  std::map<std::string, Step> next;  // By what is looked up: see lookup_of().
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
  if (is_key(lookup)) return fmt::format("c.member<{}>({})", lookup, node);
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

// One function.
class SieveFunction {
 public:
  SieveFunction(const RuleSet& set, const KeyTable& keys, std::size_t shape)
      : set_(set), keys_(keys), shape_number_(shape), shape_(set.shapes[shape]) {}

  std::string write(std::string_view name) {
    root_.variable = "root";
    for_each_program([&](const Program& program) {
      for (const Path& path : program.paths)
        if (!path.relative) add_steps(program, path, root_);
    });
    std::string body;
    for (std::uint32_t i = 0; i < shape_.rule_count; ++i) {
      rule_ = set_.shape_rules[shape_.first_rule + i];
      const Rule& rule = set_.rules[rule_];
      std::vector<std::string> conditions;
      if (rule.needs_now) conditions.emplace_back("c.knows_now()");
      if (rule.has_find()) {
        use(rule.find, "find");
        const Path& path = rule.find.paths[rule.find.root];
        if (const Reached reached = reach(path); reached.step != &root_) conditions.push_back(reached.node + " != kNoNode");
      }
      if (rule.has_when()) {
        use(rule.when, "when");
        conditions.push_back(truth(rule.when.root, Mode::May));
      }
      if (rule.has_find()) {
        use(rule.find, "find");
        conditions.push_back(exists(rule.find.paths[rule.find.root], Mode::May));
      }
      const std::string bit = fmt::format("std::uint64_t{{1}} << {}", i);
      const std::string condition = fmt::format("{}", fmt::join(conditions, " &&\n      "));
      body += fmt::format("  // {}\n", rule.id);
      body += conditions.empty() ? fmt::format("  may |= {};\n", bit) : fmt::format("  if ({}) may |= {};\n", condition, bit);
    }
    const std::string search = searches();
    return fmt::format("{}std::uint64_t {}(SieveContext& c, const NodeIndex root) {{\n{}{}{}  std::uint64_t may = 0;\n{}  return may;\n}}\n\n", tables_, name,
                       lookups(root_, "  "), search, declarations_, body);
  }

  [[nodiscard]] std::size_t lists() const { return lists_; }

 private:
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

  static std::string lookups(const Step& from, const std::string& indent) {
    std::string keys;
    std::string to;
    std::string result;
    for (const auto& [lookup, step] : from.next) {
      if (is_key(lookup)) {
        keys += (keys.empty() ? "" : ", ") + lookup;
        to += ", " + step.variable;
        result += fmt::format("{}NodeIndex {};\n", indent, step.variable);
      } else {
        result += fmt::format("{}const NodeIndex {} = {};\n", indent, step.variable, lookup_call(lookup, from.variable));
      }
    }
    if (!keys.empty()) result += fmt::format("{}c.members<{}>({}{});\n", indent, keys, from.variable, to);
    if (from.is_text) result += fmt::format("{0}const SieveContext::Text t{1} = c.text({1});\n", indent, from.variable);
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

  // All searches in the value itself are one at first.
  std::string searches() {
    if (searches_.empty()) return "";
    std::optional<PatternAutomaton> automaton;
    if (searches_.size() > 1) automaton = make_automaton(fmt::format("({})", fmt::join(searches_, ")|(")));
    if (!automaton) return "  const Truth any_search = Truth::True;\n";
    std::vector<std::uint8_t> bytes;
    PatternProgram pattern;
    add_automaton(*automaton, bytes, pattern);
    tables_ += fmt::format("constexpr std::uint8_t bytes{}[] = {{{}}};\n", shape_number_, fmt::join(bytes, ", "));
    tables_ += fmt::format("constexpr PatternProgram search{}{{0, 0, {}, {}, {}, {}, {}, {}, {}, {}}};\n", shape_number_, pattern.classes, pattern.transitions,
                           pattern.accepting, pattern.prefix, pattern.prefix_length, pattern.start, pattern.class_count, pattern.state_count);
    return fmt::format("  const Truth any_search = c.matches(troot, search{0}, bytes{0});\n", shape_number_);
  }

  // --- Nodes --------------------------------------------------------------------

  std::string exists(const Path& path, Mode mode) {
    const Reached reached = reach(path);
    return exists_from(reached.segment, path.first + path.count, reached.node, mode, false);
  }

  // `certain`: the node is one for sure.
  std::string exists_from(std::uint32_t segment, std::uint32_t end, const std::string& node, Mode mode, bool certain) {
    if (segment == end) {
      if (certain || node == "root") return "true";
      return mode == Mode::May ? fmt::format("{} != kNoNode", node) : fmt::format("c.is_node({})", node);
    }
    const Segment& here = program_->segments[segment];
    const Selector& selector = program_->selectors[here.first];
    if (selector.kind == SelectorKind::Wildcard || selector.kind == SelectorKind::Filter) {
      const std::string child = variable("a");
      return fmt::format("c.any_child<{}>({}, [&]([[maybe_unused]] const NodeIndex {}) {{\n{}}})", mode == Mode::May, node, child,
                         in_child(child, selector, [&] {
                           const std::string rest = exists_from(segment + 1, end, child, mode, true);
                           if (selector.kind == SelectorKind::Wildcard) return fmt::format("return {};\n", rest);
                           return fmt::format("return {} && {};\n", truth(selector.filter, mode), rest);
                         }));
    }
    std::vector<std::string> choices;
    for (std::uint32_t i = 0; i < here.count; ++i) {
      const std::string next = variable("n");
      choices.push_back(fmt::format("[&] {{ const NodeIndex {} = {}; return {}; }}()", next, step_call(here, i, node),
                                    exists_from(segment + 1, end, next, mode, false)));
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

  // Statements that run `use(node)` for each node, and set `unsure`.
  template <typename Use>
  std::string each(std::uint32_t segment, std::uint32_t end, const std::string& node, const std::string& unsure, bool certain, Use use) {
    if (segment == end) {
      const std::string found = use(node);
      return certain ? found : fmt::format("if (c.is_node({0})) {{ {1} }} else if ({0} == kUnsureNode) {{ {2} = true; }}\n", node, found, unsure);
    }
    const Segment& here = program_->segments[segment];
    const Selector& selector = program_->selectors[here.first];
    if (selector.kind == SelectorKind::Wildcard || selector.kind == SelectorKind::Filter) {
      const std::string child = variable("a");
      return fmt::format("c.each_child({}, {}, [&]([[maybe_unused]] const NodeIndex {}) {{\n{}}});\n", node, unsure, child, in_child(child, selector, [&] {
                           const std::string rest = each(segment + 1, end, child, unsure, true, use);
                           if (selector.kind == SelectorKind::Wildcard) return rest;
                           return fmt::format("if ({}) {{\nif ({}) {{\n{}}} else {{ {} = true; }}\n}}\n", truth(selector.filter, Mode::May),
                                              truth(selector.filter, Mode::Sure), rest, unsure);
                         }));
    }
    std::string result;
    for (std::uint32_t i = 0; i < here.count; ++i) {
      const std::string next = variable("n");
      result += fmt::format("{{ const NodeIndex {} = {};\n{}}}\n", next, step_call(here, i, node),
                            each(segment + 1, end, next, unsure, false, use));
    }
    return result;
  }
  std::string each(const Path& path, const std::string& to) {
    const Reached reached = reach(path);
    return each(reached.segment, path.first + path.count, reached.node, to + ".unsure", false,
                [&](const std::string& node) { return fmt::format("{}.add({});", to, node); });
  }

  // --- Expressions ----------------------------------------------------------------

  // What does not depend on `@` is made once, when it is first asked for.
  std::string once(const Term& here, std::string_view type, std::string_view what, const std::string& made) {
    if (!here.constant) return made;
    const std::string key = fmt::format("{} {}", what, program_->text.substr(here.span.begin, here.span.end - here.span.begin));
    auto [found, is_new] = lazies_.try_emplace(key);
    if (is_new) {
      found->second = variable("once");
      declarations_ += fmt::format("  Lazy<{}> {};\n", type, found->second);
    }
    return fmt::format("{}([&] {{ return {}; }})", found->second, made);
  }

  [[nodiscard]] std::string current() const { return current_ == nullptr ? "kNoNode" : current_->variable; }

  // About how many instructions a term takes.
  [[nodiscard]] unsigned cost(TermIndex index) const {
    const Term& here = term(index);
    if (here.kind == TermKind::Path) return cost(program_->paths[here.index]);
    unsigned result = here.kind == TermKind::Call ? 80 : 3;
    for (std::uint32_t i = 0; i < here.count; ++i) result += cost(operand(here, i));
    if (here.kind == TermKind::Call && program_->function_of(program_->calls[here.index]).pattern == PatternUse::Whole &&
        term(operand(here, 1)).kind == TermKind::Literal && alternatives(program_->literals[term(operand(here, 1)).index]))
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

  // The operands; glances before the others, which stand in their author's order.
  [[nodiscard]] std::vector<TermIndex> glances_first(const Term& here) const {
    std::vector<TermIndex> parts;
    for (std::uint32_t i = 0; i < here.count; ++i) parts.push_back(operand(here, i));
    std::stable_partition(parts.begin(), parts.end(), [&](TermIndex part) { return cost(part) <= kGlance; });
    return parts;
  }

  // A C++ expression of type bool.
  std::string truth(TermIndex index, Mode mode) {
    if (current_ == nullptr || term(index).constant || !is_about_key(index)) return general_truth(index, mode);
    return fmt::format("c.by_key({}, {}, [&] {{ return {}; }})", current(), key_bits(index, mode), general_truth(index, mode));
  }
  std::string general_truth(TermIndex index, Mode mode) {
    const Term& here = term(index);
    switch (here.kind) {
      case TermKind::Or:
      case TermKind::And: {
        std::vector<std::string> parts;
        for (const TermIndex part : glances_first(here)) parts.push_back(truth(part, mode));
        return fmt::format("({})", fmt::join(parts, here.kind == TermKind::Or ? " || " : " && "));
      }
      case TermKind::Not: return fmt::format("!{}", truth(operand(here, 0), opposite(mode)));
      case TermKind::Path: {
        const Path& path = program_->paths[here.index];
        if (!is_plain(*program_, path)) break;
        const std::string made = exists(path, mode);
        return path.singular ? fmt::format("({})", made) : once(here, "bool", name_of(mode), made);
      }
      case TermKind::Comparison: return fmt::format("c.{}({})", name_of(mode), comparison(here));
      case TermKind::Call:
        if (const auto made = match(here)) return fmt::format("c.{}({})", name_of(mode), *made);
        if (program_->function_of(program_->calls[here.index]).result == Type::Nodes) break;
        return fmt::format("c.{}(c.truth({}))", name_of(mode), value(index));
      case TermKind::Literal: break;
    }
    return fmt::format("c.{}(c.truth({}, {}, root, {}))", name_of(mode), program_name_, index, current());
  }

  // C++ expressions of type Truth.
  std::string comparison(const Term& here) {
    const TermIndex left = operand(here, 0);
    const TermIndex right = operand(here, 1);
    const bool plain = here.comparison == Comparison::Equal || here.comparison == Comparison::NotEqual;
    if (plain && term(left).kind == TermKind::Path && term(right).kind == TermKind::Literal) {
      const Value& text = program_->literals[term(right).index];
      if (const Step* const step = text.is(ValueKind::String) ? single(left) : nullptr; step != nullptr) {
        step->is_text = true;
        return fmt::format("{}c.is_text(t{}, {})", here.comparison == Comparison::Equal ? "" : "!", step->variable, literal(text.text));
      }
    }
    return fmt::format("c.compare(Comparison{{{}}}, {}, {})", static_cast<int>(here.comparison), value(left), value(right));
  }
  // Nothing for what is not match() or search() with an automaton.
  std::optional<std::string> match(const Term& here) {
    const Call& call = program_->calls[here.index];
    const Function& function = program_->function_of(call);
    if (function.pattern == PatternUse::None || !function.standard || call.pattern_plus_1 == 0) return std::nullopt;
    const unsigned pattern = call.pattern_plus_1 - 1u;
    if (program_->patterns[pattern].class_count == 0) return std::nullopt;
    const TermIndex text = operand(here, 0);
    const Step* const step = single(text);
    if (step == nullptr) return fmt::format("c.matches({}, {}, {})", value(text), program_name_, pattern);
    step->is_text = true;
    const PatternProgram& automaton = program_->patterns[pattern];
    const std::string_view written = program_->pattern_texts.substr(automaton.text, automaton.text_length);
    const auto texts = function.pattern == PatternUse::Whole ? alternatives(program_->literals[term(operand(here, 1)).index]) : std::nullopt;
    if (texts) return fmt::format("c.is_one_of(t{}, {})", step->variable, *texts);
    const std::string made = fmt::format("c.matches(t{0}, {1}.patterns[{2}], {1}.pattern_bytes)", step->variable, program_name_, pattern);
    if (step != &root_ || function.pattern != PatternUse::Part) return made;
    searches_.insert(std::string(written));
    return fmt::format("(any_search == Truth::True ? {} : any_search)", made);
  }

  // The texts of a pattern that is nothing but `one|two|three`, as arguments.
  static std::optional<std::string> alternatives(const Value& pattern) {
    std::string texts;
    std::string_view rest = pattern.text;
    while (true) {
      const std::string_view one = rest.substr(0, rest.find('|'));
      if (one.empty() || one.find_first_not_of("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-") != one.npos) return std::nullopt;
      texts += fmt::format("{}{}", texts.empty() ? "" : ", ", literal(one));
      if (one.size() == rest.size()) return texts;
      rest.remove_prefix(one.size() + 1);
    }
  }

  // Whether an expression is about the key of `@` and nothing else.
  [[nodiscard]] bool is_about_key(TermIndex index) const {
    const Term& here = term(index);
    if (here.kind == TermKind::Literal) return true;
    if (here.kind == TermKind::Path) return false;
    if (here.kind == TermKind::Call) {
      const std::string_view name = program_->function_of(program_->calls[here.index]).name;
      if (name == "request" || name == "now") return false;
      if (name == "key") {
        const Term& node = term(operand(here, 0));
        return node.kind == TermKind::Path && program_->paths[node.index].relative && program_->paths[node.index].count == 0;
      }
    }
    for (std::uint32_t i = 0; i < here.count; ++i)
      if (!is_about_key(operand(here, i))) return false;
    return true;
  }

  // For such an expression: the truth for each key that has a number, found out here.
  std::string key_bits(TermIndex index, Mode mode) {
    SieveContext::KeyBits bits{};
    SourceText source;
    JsonReader reader;
    Document document;
    Evaluator evaluator;
    for (std::size_t key = 1; key < keys_.size(); ++key) {
      source.assign("{" + quoted_json(keys_.name(static_cast<KeyId>(key))) + ":0}");
      reader.read(source, keys_, kDepthLimit, document);
      evaluator.open(document);
      evaluator.begin(program_->first_memo + program_->memos, program_->first_call + static_cast<std::uint32_t>(program_->calls.size()));
      const Truth truth = evaluator.test_part(*program_, index, 0, 1);
      if (truth == Truth::True || (truth == Truth::Unknown && mode == Mode::May)) bits[key / 64] |= std::uint64_t{1} << (key % 64);
    }
    const std::string name = fmt::format("keys{}_{}", shape_number_, ++tables_count_);
    tables_ += fmt::format("constexpr SieveContext::KeyBits {}{{{}u}};\n", name, fmt::join(bits, "u, "));
    return name;
  }

  // The step that a path of single steps leads to; null for others.
  [[nodiscard]] const Step* single(TermIndex index) const {
    const Term& here = term(index);
    if (here.kind != TermKind::Path) return nullptr;
    const Path& path = program_->paths[here.index];
    const Reached reached = reach(path);
    return reached.segment == path.first + path.count ? reached.step : nullptr;
  }
  // Its node.
  std::optional<std::string> singular(TermIndex index) const {
    const Step* const step = single(index);
    return step != nullptr ? std::optional(step->variable) : std::nullopt;
  }

  static std::string string(std::string_view text) { return fmt::format("std::string_view({}, {})", literal(text), text.size()); }

  // C++ expressions of type Value.
  std::string value(TermIndex index) {
    const Term& here = term(index);
    if (here.kind == TermKind::Literal) return constant(program_->literals[here.index]);
    if (const auto node = singular(index)) return once(here, "Value", "value", fmt::format("c.value({})", *node));
    if (here.kind == TermKind::Call)
      if (const auto made = call(here)) return once(here, "Value", "value", *made);
    return fmt::format("c.value({}, {}, root, {})", program_name_, index, current());
  }
  static std::string constant(const Value& value) {
    switch (value.kind) {
      case ValueKind::Null: return "Value::null()";
      case ValueKind::Boolean: return fmt::format("Value::of({})", value.boolean);
      case ValueKind::String: return fmt::format("Value::of({})", string(value.text));
      case ValueKind::Number:
        return value.number.whole ? fmt::format("Value::of(std::int64_t{{{}}})", value.number.integer) : fmt::format("Value::of({:.17g})", value.number.real);
      default: return "Value::unknown()";
    }
  }

  std::optional<std::string> call(const Term& here) {
    const Function& function = program_->function_of(program_->calls[here.index]);
    if (here.count == 1 && function.parameters[0] == Type::Nodes)
      if (auto made = of_nodes(function.name, operand(here, 0))) return made;
    std::string lists;
    std::string arguments;
    for (std::uint32_t i = 0; i < here.count; ++i) {
      const TermIndex argument = operand(here, i);
      if (function.parameters[i] == Type::Value) {
        arguments += fmt::format("c.argument({}), ", value(argument));
      } else if (function.parameters[i] == Type::Nodes) {
        const auto made = nodes(argument, lists);
        if (!made) return std::nullopt;
        arguments += fmt::format("c.argument({}), ", *made);
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

  // What argument() takes for a nodelist; the statements that make it are added.
  std::optional<std::string> nodes(TermIndex argument, std::string& statements) {
    const Term& here = term(argument);
    if (here.kind != TermKind::Path) return std::nullopt;
    const Path& path = program_->paths[here.index];
    if (const auto node = singular(argument)) return *node;
    if (!is_plain(*program_, path)) return std::nullopt;
    const std::string list = variable("list");
    const std::size_t number = lists_++;
    const std::string filled = fmt::format("[&] {{ SieveContext::List {0} = c.list({1}); {2} return {0}; }}()", list, number, each(path, list));
    const std::string made = once(here, "SieveContext::List", "list", filled);
    statements += fmt::format("const auto& {}_ = {}; ", list, made);
    return fmt::format("{}_, {}", list, here.constant);
  }

  const RuleSet& set_;
  const KeyTable& keys_;
  const std::size_t shape_number_;
  const ShapeRules& shape_;
  Step root_;
  const Step* current_ = nullptr;  // `@`; null outside of filters.
  RuleIndex rule_ = 0;
  const Program* program_ = nullptr;
  std::string program_name_;
  std::string declarations_;
  std::map<std::string, std::string> lazies_;
  std::size_t variables_ = 0;
  std::size_t lists_ = 0;
  std::set<std::string> searches_;  // The patterns of search() with `$` itself.
  std::string tables_;
  std::size_t tables_count_ = 0;
};

}  // namespace

SieveSource write_sieves(const RuleSet& set, const KeyTable& keys) {
  SieveSource source;
  for (std::size_t shape = 0; shape < set.shapes.size(); ++shape) {
    const ShapeRules& here = set.shapes[shape];
    if (here.rule_count == 0 || here.rule_count > kRulesOfSieveMax) {
      source.names.push_back("nullptr");
      continue;
    }
    SieveFunction function(set, keys, shape);
    source.names.push_back(fmt::format("sieve_{}", shape));
    source.declarations += fmt::format("std::uint64_t {}(SieveContext& c, NodeIndex root);\n", source.names.back());
    source.functions += function.write(source.names.back());
    source.lists = std::max(source.lists, function.lists());
  }
  return source;
}

}  // namespace connect_lint
