// Functions on texts.
#include <algorithm>
#include <array>

#include "rules/function_kinds.h"

namespace connect_lint {
namespace {

constexpr std::size_t kShortTextBytes = 256;

char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

// A search may compare the separator at every place of the text.
bool charge_search(CallContext& context, std::string_view text, std::string_view separator) {
  return context.charge(text.size() / 16 * (1 + separator.size() / 16));
}

bool are_texts(std::span<const Argument> arguments) {
  return std::ranges::all_of(arguments, [](const Argument& argument) { return argument.value.is(ValueKind::String); });
}

// What a text is cut into: before and after the first separator.
struct Halves {
  Value before = Value::nothing();
  Value after = Value::nothing();
};

Halves cut(CallContext& context, std::span<const Argument> arguments) {
  if (!are_texts(arguments)) return {};
  const std::string_view text = arguments[0].value.text;
  const std::string_view separator = arguments[1].value.text;
  if (separator.empty() || !charge_search(context, text, separator)) return {};
  const std::size_t at = text.find(separator);
  if (at == text.npos) return {};
  return {Value::of(text.substr(0, at)), Value::of(text.substr(at + separator.size()))};
}

// Calls `use` with each part until it gives false.
template <typename Use>
void for_each_part(std::string_view text, std::string_view separator, Use use) {
  if (text.empty()) return;
  while (true) {
    const std::size_t end = text.find(separator);
    if (!use(text.substr(0, end)) || end == text.npos) return;
    text.remove_prefix(end + separator.size());
  }
}

}  // namespace

Value call_lower(CallContext& context, std::span<const Argument> arguments) {
  const Value& value = arguments[0].value;
  if (!value.is(ValueKind::String)) return Value::nothing();
  const std::string_view text = value.text;
  if (!context.charge(text.size() / 16)) return Value::unknown();
  if (std::ranges::none_of(text, [](char c) { return c >= 'A' && c <= 'Z'; })) return value;
  if (text.size() <= kShortTextBytes) {
    std::array<char, kShortTextBytes> lowered{};
    std::ranges::transform(text, lowered.begin(), lower);
    return context.keep({lowered.data(), text.size()});
  }
  std::string lowered(text);
  std::ranges::transform(lowered, lowered.begin(), lower);
  return context.keep(lowered);
}

Value call_before(CallContext& context, std::span<const Argument> arguments) { return cut(context, arguments).before; }
Value call_after(CallContext& context, std::span<const Argument> arguments) { return cut(context, arguments).after; }

Value call_starts_with(CallContext& context, std::span<const Argument> arguments) {
  if (!are_texts(arguments)) return Value::of(false);
  if (!context.charge(arguments[1].value.text.size() / 16)) return Value::unknown();
  return Value::of(arguments[0].value.text.starts_with(arguments[1].value.text));
}

Value call_parts(CallContext& context, std::span<const Argument> arguments) {
  if (!are_texts(arguments) || arguments[1].value.text.empty()) return Value::nothing();
  if (!charge_search(context, arguments[0].value.text, arguments[1].value.text)) return Value::unknown();
  std::int64_t count = 0;
  for_each_part(arguments[0].value.text, arguments[1].value.text, [&](std::string_view) {
    ++count;
    return true;
  });
  return Value::of(count);
}

Value call_has_part(CallContext& context, std::span<const Argument> arguments) {
  if (!are_texts(arguments) || arguments[1].value.text.empty()) return Value::of(false);
  if (!charge_search(context, arguments[0].value.text, arguments[1].value.text)) return Value::unknown();
  bool found = false;
  for_each_part(arguments[0].value.text, arguments[1].value.text, [&](std::string_view part) {
    found = part == arguments[2].value.text;
    return !found;
  });
  return Value::of(found);
}

Value call_number(CallContext& context, std::span<const Argument> arguments) {
  const Value& value = arguments[0].value;
  if (value.is(ValueKind::Number)) return value;
  if (!value.is(ValueKind::String) || value.text.starts_with("+-")) return Value::nothing();
  if (!context.charge(value.text.size() / 16)) return Value::unknown();
  const auto number = read_number(value.text);
  return number ? Value::of(*number) : Value::nothing();
}

std::optional<ArgumentProblem> check_separator(std::span<const Value> literals) {
  return check_text(literals, 1, "the separator");
}

std::optional<ArgumentProblem> check_prefix(std::span<const Value> literals) {
  return check_text(literals, 1, "the prefix");
}

}  // namespace connect_lint
