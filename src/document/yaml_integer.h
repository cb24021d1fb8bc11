// Integers of other bases in decimal digits, up to the largest double.
#ifndef CONNECT_LINT_DOCUMENT_YAML_INTEGER_H_
#define CONNECT_LINT_DOCUMENT_YAML_INTEGER_H_

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace connect_lint {

// Not negative. As soon as it has more digits than any double it is only
// `too_large`: that bounds the work for a text to a constant for each character.
struct YamlInteger {
  // 35 limbs hold 315 digits; the largest double has 309.
  static constexpr std::size_t kLimbs = 35;

  std::array<std::uint32_t, kLimbs> limbs{};  // Of base 1,000,000,000, the lowest first.
  std::size_t count = 0;                      // Limbs in use.
  bool too_large = false;

  void multiply_add(std::uint32_t factor, std::uint32_t summand);
  [[nodiscard]] std::string digits() const;
};

// Digits of a base up to 16; nothing where there is none, or something else.
[[nodiscard]] std::optional<YamlInteger> parse_integer(std::string_view text, std::uint32_t base);

// `190:20:30`: decimal digits of base 60.
[[nodiscard]] std::optional<YamlInteger> parse_sexagesimal(std::string_view text);

}  // namespace connect_lint

#endif  // CONNECT_LINT_DOCUMENT_YAML_INTEGER_H_
