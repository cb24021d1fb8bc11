#include "jsonpath/value.h"

#include <charconv>
#include <cmath>
#include <limits>

namespace connect_lint {
namespace {

// 2^63, the first double above every std::int64_t.
constexpr double kIntegerEnd = 9223372036854775808.0;

std::partial_ordering compare_mixed(std::int64_t a, double b) {
  if (std::isnan(b)) return std::partial_ordering::unordered;
  if (b >= kIntegerEnd) return std::partial_ordering::less;
  if (b < -kIntegerEnd) return std::partial_ordering::greater;
  const double whole = std::trunc(b);
  const auto order = a <=> static_cast<std::int64_t>(whole);
  return order != 0 ? std::partial_ordering(order) : 0.0 <=> (b - whole);
}

// Nothing where there is more than digits, or more of them than a std::int64_t
// has for certain.
std::optional<std::int64_t> read_digits(std::string_view text) {
  constexpr std::size_t kDigitsMax = 18;
  if (text.empty() || text.size() > kDigitsMax) return std::nullopt;
  std::int64_t value = 0;
  for (const char digit : text) {
    if (digit < '0' || digit > '9') return std::nullopt;
    value = value * 10 + (digit - '0');
  }
  return value;
}

}  // namespace

std::optional<Number> read_number(std::string_view text) {
  // What nearly every number is, which std::from_chars takes four times as long for.
  if (const auto whole = read_digits(text)) return Number::of(*whole);
  if (text.starts_with('+')) text.remove_prefix(1);
  const char* const end = text.data() + text.size();
  Number number;
  const auto whole = std::from_chars(text.data(), end, number.integer);
  if (whole.ec == std::errc() && whole.ptr == end) return number;
  number = Number::of(0.0);
  const auto real = std::from_chars(text.data(), end, number.real);
  if (real.ptr != end || text.empty() || !std::isfinite(number.real)) return std::nullopt;
  if (real.ec == std::errc::result_out_of_range) {
    // Too large or too small: what is between 0 and 1 has a negative exponent,
    // or nothing but zeros before the point.
    const std::size_t exponent = text.find_first_of("eE");
    const bool tiny = exponent != text.npos ? text[exponent + 1] == '-' : text.find_first_of("123456789") > text.find('.');
    number.real = tiny ? 0 : std::numeric_limits<double>::infinity();
    if (text.starts_with('-')) number.real = -number.real;
  }
  return number;
}

std::partial_ordering compare(const Number& a, const Number& b) {
  if (a.whole && b.whole) return a.integer <=> b.integer;
  if (a.whole) return compare_mixed(a.integer, b.real);
  if (b.whole) return 0 <=> compare_mixed(b.integer, a.real);
  return a.real <=> b.real;
}

bool are_equal_scalars(const Value& a, const Value& b) {
  if (a.kind != b.kind) return false;
  switch (a.kind) {
    case ValueKind::Nothing:
    case ValueKind::Null: return true;
    case ValueKind::Boolean: return a.boolean == b.boolean;
    case ValueKind::Number: return compare(a.number, b.number) == 0;
    case ValueKind::String: return a.text == b.text;
    case ValueKind::Container:
    case ValueKind::Unknown: break;
  }
  return false;
}

bool is_less(const Value& a, const Value& b) {
  if (a.is(ValueKind::Number) && b.is(ValueKind::Number)) return compare(a.number, b.number) < 0;
  return a.is(ValueKind::String) && b.is(ValueKind::String) && a.text < b.text;
}

Value value_of(const Document& document, NodeIndex index, std::uint8_t unknown_flags) {
  const Node& node = document[index];
  Value value{.node = index};
  if (node.has(unknown_flags)) [[unlikely]] {
    value.kind = ValueKind::Unknown;
    return value;
  }
  switch (node.kind) {
    case Kind::Null: value.kind = ValueKind::Null; break;
    case Kind::Boolean:
      value.kind = ValueKind::Boolean;
      value.boolean = node.has(Node::kTrue);
      break;
    case Kind::Number: {
      const auto number = read_number(document.string(index));
      value.kind = number ? ValueKind::Number : ValueKind::Unknown;
      if (number) value.number = *number;
      break;
    }
    case Kind::String:
      value.kind = ValueKind::String;
      value.text = document.string(index);
      break;
    case Kind::Array:
    case Kind::Object: value.kind = ValueKind::Container; break;
  }
  return value;
}

}  // namespace connect_lint
