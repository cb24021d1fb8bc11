#include "document/yaml_scalar.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <span>

#include "base/number.h"
#include "document/yaml_integer.h"

namespace connect_lint {
namespace {

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_exponent_mark(char c) { return c == 'e' || c == 'E'; }

bool is_one_of(std::string_view text, std::span<const std::string_view> words) {
  return std::find(words.begin(), words.end(), text) != words.end();
}

constexpr std::array<std::string_view, 4> kNulls = {"~", "null", "Null", "NULL"};
constexpr std::array<std::string_view, 3> kTrues = {"true", "True", "TRUE"};
constexpr std::array<std::string_view, 3> kFalses = {"false", "False", "FALSE"};
constexpr std::array<std::string_view, 8> kTrues11 = {"y", "Y", "yes", "Yes", "YES", "on", "On", "ON"};
constexpr std::array<std::string_view, 8> kFalses11 = {"n", "N", "no", "No", "NO", "off", "Off", "OFF"};
constexpr std::array<std::string_view, 3> kInfinities = {".inf", ".Inf", ".INF"};
constexpr std::array<std::string_view, 3> kNotNumbers = {".nan", ".NaN", ".NAN"};

YamlScalar boolean(bool value) { return {.kind = Kind::Boolean, .flags = value ? Node::kTrue : std::uint8_t{0}}; }

YamlScalar odd_number(YamlScalar::Odd odd) { return {.kind = Kind::Number, .flags = Node::kFraction, .odd = odd}; }

// Takes a sign off.
bool take_minus(std::string_view& text) {
  const bool minus = text.starts_with('-');
  if (minus || text.starts_with('+')) text.remove_prefix(1);
  return minus;
}

std::string without_underscores(std::string_view text) {
  std::string result(text);
  result.erase(std::remove(result.begin(), result.end(), '_'), result.end());
  return result;
}

YamlScalar number(std::string digits, bool fraction) {
  // What fits a double in fewer characters than this needs no look.
  constexpr std::size_t kDigitsSafe = 300;
  if ((fraction || digits.size() >= kDigitsSafe) && std::isinf(number_value(digits))) {
    YamlScalar result = odd_number(YamlScalar::Odd::TooLarge);
    if (!fraction) result.flags = 0;
    return result;
  }
  return {.kind = Kind::Number, .flags = fraction ? Node::kFraction : std::uint8_t{0}, .digits = std::move(digits)};
}

// `integer`: digits only.
std::string without_leading_zeros(std::string_view integer) {
  const std::size_t first = integer.find_first_not_of('0');
  if (first != integer.npos) return std::string(integer.substr(first));
  return "0";
}

// Digits, perhaps with underscores, a point and an exponent, to a JSON number.
std::optional<YamlScalar> decimal_float(bool minus, std::string_view text) {
  const std::string digits = without_underscores(text);
  const std::size_t mark = std::min(digits.find_first_of("eE"), digits.size());
  const std::size_t point = std::min(digits.find('.'), mark);
  const std::string integer = digits.substr(0, point);
  const std::string fraction = point < mark ? digits.substr(point + 1, mark - point - 1) : "";
  if (integer.empty() && fraction.empty()) return std::nullopt;  // `._`, at which ruamel fails
  std::string result = (minus ? "-" : "") + without_leading_zeros(integer);
  if (point < mark || mark == digits.size()) result += "." + (fraction.empty() ? "0" : fraction);
  result += digits.substr(mark);
  return number(std::move(result), true);
}

// What the expression `[0-9][0-9_]*` takes from the start.
std::size_t digits_end(std::string_view text) {
  if (text.empty() || !is_digit(text[0])) return 0;
  return std::min(text.find_first_not_of("0123456789_"), text.size());
}

bool is_exponent(std::string_view text, bool sign_needed) {
  if (text.empty() || !is_exponent_mark(text[0])) return false;
  text.remove_prefix(1);
  const bool sign = text.starts_with('+') || text.starts_with('-');
  if (sign) text.remove_prefix(1);
  return (sign || !sign_needed) && !text.empty() && std::all_of(text.begin(), text.end(), is_digit);
}

bool matches_float(std::string_view text, bool yaml_1_1) {
  const bool sign = text.starts_with('-') || text.starts_with('+');
  if (sign) text.remove_prefix(1);
  if (text.starts_with('.')) {
    // The expression wants a sign in this exponent, and for 1.1 none in front.
    if (yaml_1_1 && sign) return false;
    const std::size_t end = std::min(text.find_first_not_of("0123456789_", 1), text.size());
    return end > 1 && (end == text.size() || is_exponent(text.substr(end), true));
  }
  const std::size_t end = digits_end(text);
  if (end == 0 || end == text.size()) return false;
  if (text[end] != '.') return is_exponent(text.substr(end), false);
  const std::size_t after = std::min(text.find_first_not_of("0123456789_", end + 1), text.size());
  return after == text.size() || is_exponent(text.substr(after), false);
}

// `190:20:30`, with a fraction or without one. `text` has no sign.
bool matches_sexagesimal(std::string_view text, bool fraction) {
  std::size_t at = digits_end(text);
  if (at == 0 || (!fraction && text[0] == '0') || at == text.size() || text[at] != ':') return false;
  while (at < text.size() && text[at] == ':') {
    const std::size_t begin = ++at;
    while (at < text.size() && is_digit(text[at])) ++at;
    const std::size_t length = at - begin;
    if (length == 0 || length > 2 || (length == 2 && text[begin] > '5')) return false;
  }
  if (!fraction) return at == text.size();
  return at < text.size() && text[at] == '.' && text.find_first_not_of("0123456789_", at + 1) == text.npos;
}

bool matches_int(std::string_view text, bool yaml_1_1) {
  const auto only = [&](std::size_t from, std::string_view characters) {
    return text.size() > from && text.find_first_not_of(characters, from) == text.npos;
  };
  // The list of first characters, by which ruamel picks its expressions.
  if (text.starts_with('_')) return false;
  if (text.starts_with('-') || text.starts_with('+')) text.remove_prefix(1);
  if (text.starts_with("0b")) return only(2, "01_");
  if (text.starts_with("0x")) return only(2, "0123456789abcdefABCDEF_");
  if (!yaml_1_1) return only(0, "0123456789_") || (text.starts_with("0o") && only(2, "01234567_"));
  return only(0, "01234567_") || text == "0" || (only(0, "0123456789_") && text[0] >= '1' && text[0] <= '9') ||
         matches_sexagesimal(text, false);
}

// The integer of a text without sign and underscores.
std::optional<YamlInteger> integer_of(std::string_view text, bool yaml_1_1) {
  if (text.starts_with("0b")) return parse_integer(text.substr(2), 2);
  if (text.starts_with("0x")) return parse_integer(text.substr(2), 16);
  if (text.starts_with("0o")) return parse_integer(text.substr(2), 8);
  if (yaml_1_1 && text.starts_with('0')) return parse_integer(text, 8);
  if (yaml_1_1 && text.find(':') != text.npos) return parse_sexagesimal(text);
  return std::nullopt;
}

std::optional<YamlScalar> construct_int(std::string_view text, bool yaml_1_1) {
  const std::string plain = without_underscores(text);
  std::string_view digits = plain;
  const bool minus = take_minus(digits);
  if (digits.empty()) return std::nullopt;
  const std::string sign = minus ? "-" : "";
  if (std::all_of(digits.begin(), digits.end(), is_digit) && !(yaml_1_1 && digits[0] == '0'))
    return number(sign + without_leading_zeros(digits), false);
  const auto integer = integer_of(digits, yaml_1_1);
  if (!integer) return std::nullopt;
  if (integer->too_large) return YamlScalar{.kind = Kind::Number, .odd = YamlScalar::Odd::TooLarge};
  return number(sign + integer->digits(), false);
}

std::optional<YamlScalar> construct_float(std::string_view text, bool yaml_1_1) {
  std::string_view digits = text;
  const bool minus = take_minus(digits);
  if (is_one_of(digits, kInfinities) || is_one_of(digits, kNotNumbers)) return odd_number(YamlScalar::Odd::NotFinite);
  if (yaml_1_1 && digits.find(':') != digits.npos) {
    const std::string plain = without_underscores(digits);
    const std::size_t point = std::min(plain.find('.'), plain.size());
    const auto integer = parse_sexagesimal(std::string_view(plain).substr(0, point));
    if (!integer || plain.find_first_not_of("0123456789", std::min(point + 1, plain.size())) != plain.npos) return std::nullopt;
    if (integer->too_large) return odd_number(YamlScalar::Odd::TooLarge);
    const std::string fraction = point + 1 < plain.size() ? plain.substr(point + 1) : "0";
    return number((minus ? "-" : "") + integer->digits() + "." + fraction, true);
  }
  const std::string plain = without_underscores(digits);
  const bool simple = !plain.empty() && (std::all_of(plain.begin(), plain.end(), is_digit) || matches_float(plain, false) ||
                                         (plain.size() > 1 && plain[0] == '.' && matches_float("0" + plain, false)));
  return simple ? decimal_float(minus, plain) : std::nullopt;
}

// A date (`2021-10-14`), or a date with a time (`2021-10-14 1:51:57 -5`).
// Whether there is such a day or hour is not looked at.
std::optional<YamlScalar> construct_time(std::string_view text) {
  std::size_t at = 0;
  // Takes digits, `least` to `most`, and adds them with zeros in front; false without.
  std::string result;
  const auto number = [&](std::size_t least, std::size_t most) {
    const std::size_t begin = at;
    while (at < text.size() && at - begin < most && is_digit(text[at])) ++at;
    const std::size_t length = at - begin;
    if (length < least) return false;
    result.append(most - length, '0').append(text.substr(begin, length));
    return true;
  };
  const auto sign = [&](std::string_view characters) {
    if (at == text.size() || characters.find(text[at]) == characters.npos) return false;
    result += text[at++];
    return true;
  };
  const auto blanks = [&] {
    const std::size_t begin = at;
    while (at < text.size() && (text[at] == ' ' || text[at] == '\t')) ++at;
    return at > begin;
  };
  if (!number(4, 4) || !sign("-") || !number(1, 2) || !sign("-") || !number(1, 2)) return std::nullopt;
  YamlScalar scalar{.flags = Node::kTime};
  if (at == text.size()) {
    if (text.size() != result.size()) return std::nullopt;  // A date alone has two digits for each.
    scalar.digits = std::move(result);
    return scalar;
  }
  if (sign("Tt")) result.back() = 'T';
  else if (blanks()) result += 'T';
  else return std::nullopt;
  if (!number(1, 2) || !sign(":") || !number(2, 2) || !sign(":") || !number(2, 2)) return std::nullopt;
  if (sign(".")) {
    const std::size_t begin = at;
    while (at < text.size() && is_digit(text[at])) result += text[at++];
    if (at == begin) result.pop_back();
  }
  const bool blank = blanks();
  if (sign("Z")) {
  } else if (sign("+-")) {
    if (!number(1, 2)) return std::nullopt;
    if (!sign(":")) result += ":00";
    else if (!number(2, 2)) return std::nullopt;
  } else if (blank) {
    return std::nullopt;
  }
  if (at != text.size()) return std::nullopt;
  scalar.digits = std::move(result);
  return scalar;
}

}  // namespace

YamlScalar resolve_scalar(std::string_view text, bool yaml_1_1) {
  constexpr std::size_t kWordBytesMax = 5;
  if (text.size() <= kWordBytesMax) {
    if (text.empty() || is_one_of(text, kNulls)) return {.kind = Kind::Null};
    if (is_one_of(text, kTrues) || (yaml_1_1 && is_one_of(text, kTrues11))) return boolean(true);
    if (is_one_of(text, kFalses) || (yaml_1_1 && is_one_of(text, kFalses11))) return boolean(false);
    if (text == "=" || text == "<<") return {.odd = YamlScalar::Odd::Reserved};
  }
  const char first = text[0];
  if (!is_digit(first) && first != '.' && first != '-' && first != '+') return {};
  std::string_view unsigned_text = text;
  take_minus(unsigned_text);
  const bool infinite = is_one_of(unsigned_text, kInfinities) || is_one_of(text, kNotNumbers);
  std::optional<YamlScalar> result;
  if (infinite || matches_float(text, yaml_1_1) || (yaml_1_1 && matches_sexagesimal(unsigned_text, true)))
    result = construct_float(text, yaml_1_1);
  else if (matches_int(text, yaml_1_1))
    result = construct_int(text, yaml_1_1);
  else if (is_digit(first))
    result = construct_time(text);
  return result ? *result : YamlScalar();
}

std::optional<YamlScalar> construct_scalar(std::string_view type, std::string_view text, bool yaml_1_1) {
  if (type == "str") return YamlScalar();
  if (type == "null") return YamlScalar{.kind = Kind::Null};
  if (type == "int") return construct_int(text, yaml_1_1);
  if (type == "float") return construct_float(text, yaml_1_1);
  if (type != "bool") return std::nullopt;
  std::string lower(text);
  for (char& c : lower)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  if (is_one_of(lower, kTrues) || is_one_of(lower, kTrues11)) return boolean(true);
  if (is_one_of(lower, kFalses) || is_one_of(lower, kFalses11)) return boolean(false);
  return std::nullopt;
}

}  // namespace connect_lint
