#include "document/yaml_integer.h"

namespace connect_lint {
namespace {

constexpr std::uint32_t kLimbBase = 1'000'000'000;

// 16 or more for what is no digit.
std::uint32_t digit_value(char c) {
  if (c >= '0' && c <= '9') return static_cast<std::uint32_t>(c - '0');
  if (c >= 'a' && c <= 'f') return static_cast<std::uint32_t>(c - 'a' + 10);
  if (c >= 'A' && c <= 'F') return static_cast<std::uint32_t>(c - 'A' + 10);
  return 16;
}

}  // namespace

void YamlInteger::multiply_add(std::uint32_t factor, std::uint32_t summand) {
  if (too_large) return;
  std::uint64_t carry = summand;
  for (std::size_t i = 0; i < count; ++i) {
    carry += std::uint64_t{limbs[i]} * factor;
    limbs[i] = static_cast<std::uint32_t>(carry % kLimbBase);
    carry /= kLimbBase;
  }
  if (carry == 0) return;
  if (count == kLimbs) {
    too_large = true;
    return;
  }
  limbs[count++] = static_cast<std::uint32_t>(carry);
}

std::string YamlInteger::digits() const {
  if (count == 0) return "0";
  std::string result = std::to_string(limbs[count - 1]);
  for (std::size_t i = count - 1; i-- > 0;) {
    const std::string limb = std::to_string(limbs[i]);
    result.append(9 - limb.size(), '0');
    result += limb;
  }
  return result;
}

std::optional<YamlInteger> parse_integer(std::string_view text, std::uint32_t base) {
  if (text.empty()) return std::nullopt;
  YamlInteger result;
  for (const char c : text) {
    const std::uint32_t digit = digit_value(c);
    if (digit >= base) return std::nullopt;
    result.multiply_add(base, digit);
  }
  return result;
}

std::optional<YamlInteger> parse_sexagesimal(std::string_view text) {
  YamlInteger result;
  while (true) {
    // The first part may be long, the others are below 60; both as ruamel does it.
    const std::string_view part = text.substr(0, text.find(':'));
    const auto integer = parse_integer(part, 10);
    if (!integer) return std::nullopt;
    if (result.count == 0 && !result.too_large) {
      result = *integer;
    } else {
      if (integer->count > 1) return std::nullopt;
      result.multiply_add(60, integer->count == 0 ? 0 : integer->limbs[0]);
    }
    if (part.size() == text.size()) return result;
    text.remove_prefix(part.size() + 1);
  }
}

}  // namespace connect_lint
