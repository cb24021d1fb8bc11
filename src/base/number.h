// The value of a JSON number, without a locale.
#ifndef CONNECT_LINT_BASE_NUMBER_H_
#define CONNECT_LINT_BASE_NUMBER_H_

#include <string_view>

namespace connect_lint {

// The double next to a number of RFC 8259's grammar: infinity where it is too
// large for any, 0 where it is too small.
[[nodiscard]] double number_value(std::string_view digits);

}  // namespace connect_lint

#endif  // CONNECT_LINT_BASE_NUMBER_H_
