// Functions that know Customer Profiles, AppFlow and AWS.
#include <algorithm>
#include <array>
#include <string>
#include <vector>

#include "rules/function_kinds.h"
#include "rules/lookup_tables.h"

namespace connect_lint {
namespace {

// arn:PARTITION:SERVICE:REGION:ACCOUNT:RESOURCE, where the resource may have more colons.
constexpr std::array<std::string_view, 5> kArnParts = {"partition", "service", "region", "account", "resource"};

// Takes words off the front of an expression, whatever blanks and letter case they have.
class WordReader {
 public:
  explicit WordReader(std::string_view text) : rest_(text) { skip_blanks(); }

  [[nodiscard]] bool at_end() const { return rest_.empty(); }
  // `word` is in lower case.
  bool take(std::string_view word) {
    if (rest_.size() < word.size()) return false;
    for (std::size_t i = 0; i < word.size(); ++i)
      if ((rest_[i] >= 'A' && rest_[i] <= 'Z' ? rest_[i] - 'A' + 'a' : rest_[i]) != word[i]) return false;
    rest_.remove_prefix(word.size());
    skip_blanks();
    return true;
  }
  // Nothing without digits, and for a number that no schedule has.
  std::optional<std::int64_t> take_number() {
    const std::size_t digits = std::min(rest_.find_first_not_of("0123456789"), rest_.size());
    std::int64_t number = 0;
    for (std::size_t i = 0; i < digits; ++i) {
      number = number * 10 + (rest_[i] - '0');
      if (number > kNumberMax) return std::nullopt;
    }
    if (digits == 0) return std::nullopt;
    rest_.remove_prefix(digits);
    skip_blanks();
    return number;
  }

 private:
  static constexpr std::int64_t kNumberMax = 1'000'000'000'000;
  void skip_blanks() { rest_.remove_prefix(std::min(rest_.find_first_not_of(" \t\r\n"), rest_.size())); }

  std::string_view rest_;
};

std::optional<std::int64_t> minutes_of(std::string_view expression) {
  struct Unit {
    std::string_view name;
    std::int64_t minutes;
  };
  // Plurals first: the other would take their beginning.
  constexpr std::array kUnits = {Unit{"minutes", 1}, Unit{"minute", 1},      Unit{"hours", 60},
                                 Unit{"hour", 60},   Unit{"days", 24 * 60}, Unit{"day", 24 * 60}};
  WordReader words(expression);
  if (!words.take("rate") || !words.take("(")) return std::nullopt;
  const auto number = words.take_number();
  if (!number) return std::nullopt;
  for (const Unit& unit : kUnits) {
    if (!words.take(unit.name)) continue;
    if (!words.take(")") || !words.at_end()) return std::nullopt;
    return *number * unit.minutes;
  }
  return std::nullopt;
}

std::optional<std::int64_t> minutes_of(CallContext& context, const Value& value) {
  if (!value.is(ValueKind::String) || !context.charge(value.text.size() / 16)) return std::nullopt;
  return minutes_of(value.text);
}

}  // namespace

Value call_member_of(CallContext&, std::span<const Argument> arguments) {
  const Value& connector = arguments[0].value;
  if (!connector.is(ValueKind::String)) return Value::nothing();
  return connector.text == "Servicenow" ? Value::of("ServiceNow") : connector;
}

Value call_lookup(CallContext&, std::span<const Argument> arguments) {
  if (!arguments[0].value.is(ValueKind::String) || !arguments[1].value.is(ValueKind::String)) return Value::nothing();
  const LookupTable* const table = find_lookup_table(arguments[0].value.text);
  const LookupEntry* const entry = table == nullptr ? nullptr : find_lookup_entry(*table, arguments[1].value.text);
  return entry == nullptr ? Value::nothing() : Value::of(entry->text);
}

std::optional<ArgumentProblem> check_lookup(std::span<const Value> literals) {
  std::vector<std::string_view> names;
  for (const LookupTable& table : lookup_tables()) names.push_back(table.name);
  return check_choice(literals, 0, "the table", names);
}

std::string_view arn_part(std::string_view arn, std::string_view part) {
  if (!arn.starts_with("arn:")) return {};
  arn.remove_prefix(4);
  std::string_view found;
  for (const std::string_view name : kArnParts) {
    const std::size_t end = name == kArnParts.back() ? arn.size() : arn.find(':');
    if (end == arn.npos) return {};
    if (name == part) found = arn.substr(0, end);
    arn.remove_prefix(std::min(end + 1, arn.size()));
  }
  return found;
}

Value call_arn(CallContext& context, std::span<const Argument> arguments) {
  const Value& arn = arguments[0].value;
  if (!arn.is(ValueKind::String) || !arguments[1].value.is(ValueKind::String)) return Value::nothing();
  if (!context.charge(arn.text.size() / 16)) return Value::unknown();
  const std::string_view part = arn_part(arn.text, arguments[1].value.text);
  return part.data() == nullptr ? Value::nothing() : Value::of(part);
}

std::optional<ArgumentProblem> check_arn(std::span<const Value> literals) {
  return check_choice(literals, 1, "the part of an ARN", kArnParts);
}

Value call_schedule_minutes(CallContext& context, std::span<const Argument> arguments) {
  const auto minutes = minutes_of(context, arguments[0].value);
  return minutes ? Value::of(*minutes) : Value::nothing();
}

// All that Customer Profiles accepts (aws-cloudformation/cfn-lint, issue 4653).
Value call_schedule_expression(CallContext& context, std::span<const Argument> arguments) {
  switch (minutes_of(context, arguments[0].value).value_or(0)) {
    case 5: return Value::of("rate(5minutes)");
    case 15: return Value::of("rate(15minutes)");
    case 60: return Value::of("rate(1hours)");
    case 24 * 60: return Value::of("rate(1days)");
    default: return Value::nothing();
  }
}

Value call_request(CallContext& context, std::span<const Argument> arguments) {
  const Value& name = arguments[0].value;
  if (!name.is(ValueKind::String)) return Value::nothing();
  return member_value(context, context.request(), name.text);
}

std::optional<ArgumentProblem> check_request(std::span<const Value> literals) {
  return check_text(literals, 0, "the name of a member");
}

}  // namespace connect_lint
