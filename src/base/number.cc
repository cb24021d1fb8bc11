#include "base/number.h"

#include <algorithm>
#include <charconv>
#include <cstdint>
#include <limits>

namespace connect_lint {
namespace {

// True for a number outside of the doubles that lies below 1: what stands in
// front of the first digit that is not 0, and the exponent, decide.
bool is_tiny(std::string_view digits) {
  const std::size_t mark = digits.find_first_of("eE");
  const std::string_view mantissa = digits.substr(0, mark);
  std::int64_t exponent = 0;
  if (mark != digits.npos) {
    std::string_view text = digits.substr(mark + 1);
    const bool negative = text.starts_with('-');
    if (text.starts_with('+') || negative) text.remove_prefix(1);
    while (text.size() > 1 && text[0] == '0') text.remove_prefix(1);
    constexpr std::int64_t kFar = 1'000'000'000'000;
    if (std::from_chars(text.data(), text.data() + std::min<std::size_t>(text.size(), 18), exponent).ec != std::errc{} ||
        text.size() > 12)
      exponent = kFar;
    if (negative) exponent = -exponent;
  }
  const std::size_t point = std::min(mantissa.find('.'), mantissa.size());
  const std::size_t first = mantissa.find_first_of("123456789");
  if (first == mantissa.npos) return true;
  return exponent + static_cast<std::int64_t>(point) - static_cast<std::int64_t>(first) <= 0;
}

}  // namespace

double number_value(std::string_view digits) {
  double value = 0;
  const auto result = std::from_chars(digits.data(), digits.data() + digits.size(), value);
  if (result.ec != std::errc::result_out_of_range) return value;
  if (is_tiny(digits)) return 0;
  const double infinity = std::numeric_limits<double>::infinity();
  return digits.starts_with('-') ? -infinity : infinity;
}

}  // namespace connect_lint
