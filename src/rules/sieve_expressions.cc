#include "rules/sieve_function.h"

#include <algorithm>
#include <utility>

#include "base/source_writer.h"
#include "rules/function_kinds.h"

namespace connect_lint {

std::string SieveFunction::once(const Term& here, std::string_view type, const std::string& made) {
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

std::string SieveFunction::declarations() const {
  return onces_.empty() ? "" : fmt::format("{}  std::uint64_t made[{}] = {{}};\n", declarations_, (onces_.size() + 63) / 64);
}

unsigned SieveFunction::cost(TermIndex index) const {
  const Term& here = term(index);
  if (here.kind == TermKind::Path) return cost(program_->paths[here.index]);
  unsigned result = here.kind == TermKind::Call ? 80 : 3;
  for (std::uint32_t i = 0; i < here.count; ++i) result += cost(operand(here, i));
  if (here.kind == TermKind::Call && function_of(here).pattern == PatternUse::Whole && term(operand(here, 1)).kind == TermKind::Literal &&
      alternatives(program_->literals[term(operand(here, 1)).index]))
    result -= 75;
  return result;
}

unsigned SieveFunction::cost(const Path& path) const {
  unsigned result = 1;
  for (std::uint32_t i = 0; i < path.count; ++i) {
    const Segment& segment = program_->segments[path.first + i];
    const Selector& selector = program_->selectors[segment.first];
    if (selector.kind == SelectorKind::Filter) result += 10 + 2 * cost(selector.filter);
    if (selector.kind == SelectorKind::Wildcard || segment.count > 1) result += 10;
  }
  return result;
}

std::vector<TermIndex> SieveFunction::glances_first(std::vector<TermIndex> parts) const {
  std::stable_partition(parts.begin(), parts.end(), [&](TermIndex part) { return cost(part) <= kGlance; });
  return parts;
}

std::string SieveFunction::truth(TermIndex index) {
  const std::string general = general_truth(index);
  return tabulated(index, general).value_or(general);
}

std::string SieveFunction::general_truth(TermIndex index) {
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

std::string SieveFunction::comparison(const Term& here) {
  if (auto made = text_comparison(here)) return *made;
  if (auto made = time_comparison(here)) return *made;
  if (auto made = arn_comparison(here)) return *made;
  return fmt::format("c.may_compare(Comparison{{{}}}, {}, {})", static_cast<int>(here.comparison), value(operand(here, 0)), value(operand(here, 1)));
}

std::optional<std::string> SieveFunction::match(const Term& here) {
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

std::optional<SieveFunction::Compared> SieveFunction::texts_of(const Term& here) const {
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

std::optional<std::string> SieveFunction::text_comparison(const Term& here) {
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

std::optional<SieveFunction::CallOnStep> SieveFunction::call_on_step(TermIndex index, std::string_view function) const {
  const Term& here = term(index);
  if (here.kind != TermKind::Call || function_of(here).name != function) return std::nullopt;
  const Step* const step = single(operand(here, 0));
  if (step == nullptr) return std::nullopt;
  if (here.count == 1) return CallOnStep{step, {}};
  const Term& text = term(operand(here, 1));
  if (text.kind != TermKind::Literal || !program_->literals[text.index].is(ValueKind::String)) return std::nullopt;
  return CallOnStep{step, program_->literals[text.index].text};
}

std::optional<std::string> SieveFunction::time_comparison(const Term& here) {
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

std::optional<std::string> SieveFunction::instant(TermIndex index) {
  if (const auto call = call_on_step(index, "instant")) return fmt::format("c.time({})", call->step->variable);
  const Term& here = term(index);
  if (here.kind != TermKind::Literal || !program_->literals[here.index].is(ValueKind::Number)) return std::nullopt;
  const Number& number = program_->literals[here.index].number;
  return tables_.add("SieveContext::Time", fmt::format("{{.is_time = true, .instant = {}}}", written(number))) + "[0]";
}

std::optional<std::string> SieveFunction::arn_comparison(const Term& here) {
  const bool equal = here.comparison == Comparison::Equal;
  if (!call_on_step(operand(here, 0), "arn") || (!equal && here.comparison != Comparison::NotEqual)) return std::nullopt;
  if (call_on_step(operand(here, 1), "arn"))
    return fmt::format("{}c.are_same({}, {})", equal ? "" : "!", *arn_part_of(operand(here, 0)), *arn_part_of(operand(here, 1)));
  const Term& other = term(operand(here, 1));
  if (other.kind != TermKind::Literal || !program_->literals[other.index].is(ValueKind::String)) return std::nullopt;
  return fmt::format("{}c.is_text({}, {})", equal ? "" : "!", *arn_part_of(operand(here, 0)), literal(program_->literals[other.index].text));
}

std::optional<std::string> SieveFunction::arn_part_of(TermIndex index) {
  const auto call = call_on_step(index, "arn");
  if (!call) return std::nullopt;
  call->step->is_text = true;
  return once(term(index), "std::string_view", fmt::format("c.arn(t{}, {})", call->step->variable, literal(call->text)));
}

std::optional<std::string> SieveFunction::among(const Term& here) {
  const Step* const step = function_of(here).name == "among" ? single(operand(here, 0)) : nullptr;
  if (step == nullptr || single(operand(here, 1)) != nullptr) return std::nullopt;
  std::string list;
  const auto made = nodes(operand(here, 1), list);
  if (!made) return std::nullopt;
  const std::string general = fmt::format("c.may(c.call({}, {}, root, {{c.given(c.value({})), c.given({})}}))", program_name_, here.index, step->variable, *made);
  return fmt::format("[&] {{ {}return c.among({}, {}, [&] {{ return {}; }}); }}()", list, step->variable, made->substr(0, made->find(',')), general);
}

std::optional<std::vector<std::string_view>> SieveFunction::alternatives(const Value& pattern) {
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

std::string SieveFunction::value(TermIndex index) {
  const Term& here = term(index);
  if (here.kind == TermKind::Literal) return constant(program_->literals[here.index]);
  if (const Step* const step = single(index)) return once(here, "Value", fmt::format("c.value({})", step->variable));
  if (here.kind == TermKind::Call)
    if (const auto made = call(here)) return once(here, "Value", *made);
  return fmt::format("c.value({}, {}, root, {})", program_name_, index, current());
}

std::string SieveFunction::written(const Number& number) {
  return fmt::format("{{{}, std::int64_t{{{}}}, {:.17g}}}", number.whole, number.integer, number.real);
}

std::string SieveFunction::constant(const Value& value) {
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

std::optional<std::string> SieveFunction::call(const Term& here) {
  const Function& function = function_of(here);
  if (here.count == 1 && function.parameters[0] == Type::Nodes)
    if (auto made = of_nodes(function.name, operand(here, 0))) return made;
  std::string lists;
  std::string arguments;
  for (std::uint32_t i = 0; i < here.count; ++i) {
    const TermIndex argument = operand(here, i);
    if (function.parameters[i] == Type::Value) {
      const bool is_literal = term(argument).kind == TermKind::Literal;
      arguments += fmt::format("c.{}({}), ", is_literal ? "constant" : "given", value(argument));
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

std::optional<std::string> SieveFunction::of_nodes(std::string_view function, TermIndex argument) {
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

std::optional<std::string> SieveFunction::nodes(TermIndex argument, std::string& statements) {
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

}  // namespace connect_lint
