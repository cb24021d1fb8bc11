// What an expression of a query evaluates to: RFC 9535's ValueType and
// LogicalType, each with one more value for what is not known yet.
#ifndef CONNECT_LINT_JSONPATH_VALUE_H_
#define CONNECT_LINT_JSONPATH_VALUE_H_

#include <compare>
#include <cstdint>
#include <optional>
#include <string_view>

#include "document/document.h"

namespace connect_lint {

// Kleene's three values, in an order that makes "and" the minimum and "or" the maximum.
enum class Truth : std::uint8_t { False, Unknown, True };

[[nodiscard]] constexpr Truth to_truth(bool value) { return value ? Truth::True : Truth::False; }
[[nodiscard]] constexpr Truth operator!(Truth value) {
  return static_cast<Truth>(2 - static_cast<std::uint8_t>(value));
}
[[nodiscard]] constexpr Truth both(Truth a, Truth b) { return a < b ? a : b; }
[[nodiscard]] constexpr Truth either(Truth a, Truth b) { return a < b ? b : a; }

// A number as exactly as 64 bits allow: whole numbers of std::int64_t's range
// as such, everything else as a double.
struct Number {
  bool whole = true;
  std::int64_t integer = 0;  // Where `whole`.
  double real = 0;           // Elsewhere.

  static constexpr Number of(std::int64_t value) { return {true, value, 0}; }
  static constexpr Number of(double value) { return {false, 0, value}; }
};

// Reads the whole text as JSON writes numbers (a leading `+` or zero and a bare
// fraction do no harm).
[[nodiscard]] std::optional<Number> read_number(std::string_view text);

// By value, without rounding: 2^53 + 1 is greater than 2^53 written as `9007199254740992.0`.
[[nodiscard]] std::partial_ordering compare(const Number& a, const Number& b);

enum class ValueKind : std::uint8_t {
  Nothing,  // The empty nodelist's value; not null.
  Unknown,  // There will be a value, but it is not known before deployment.
  Null,
  Boolean,
  Number,
  String,
  Container,  // An array or object of the document; `node` says which.
};

// Strings point into the document, into the query, or into the evaluator (until
// its next evaluation).
struct Value {
  ValueKind kind = ValueKind::Nothing;
  bool boolean = false;
  NodeIndex node = kNoNode;  // Where the value stands in the document; kNoNode if it does not.
  Number number = {};
  std::string_view text = {};

  static Value nothing() { return {}; }
  static Value unknown() { return {.kind = ValueKind::Unknown}; }
  static Value null() { return {.kind = ValueKind::Null}; }
  static Value of(bool value) { return {.kind = ValueKind::Boolean, .boolean = value}; }
  static Value of(Number value) { return {.kind = ValueKind::Number, .number = value}; }
  static Value of(std::int64_t value) { return of(Number::of(value)); }
  static Value of(double value) { return of(Number::of(value)); }
  static Value of(std::string_view text) { return {.kind = ValueKind::String, .text = text}; }
  // A literal would become a bool.
  static Value of(const char* text) { return of(std::string_view(text)); }
  // What a function of LogicalType returns.
  static Value of(Truth value) { return value == Truth::Unknown ? unknown() : of(value == Truth::True); }

  [[nodiscard]] bool is(ValueKind other) const { return kind == other; }
};

inline constexpr Value kNoValue{};

// As `==` of RFC 9535; false where one is no scalar.
[[nodiscard]] bool are_equal_scalars(const Value& a, const Value& b);
// As `<` of RFC 9535. UTF-8 sorts as its code points do.
[[nodiscard]] bool is_less(const Value& a, const Value& b);

// The value of a node. Unknown where the node has one of the flags, and for a
// number that no reader could make sense of.
[[nodiscard]] Value value_of(const Document& document, NodeIndex node, std::uint8_t unknown_flags = Node::kUnknown);

}  // namespace connect_lint

#endif  // CONNECT_LINT_JSONPATH_VALUE_H_
