// Text of a file inside a message: short, on one line, nothing invisible.
#ifndef CONNECT_LINT_BASE_QUOTE_H_
#define CONNECT_LINT_BASE_QUOTE_H_

#include <cstddef>
#include <string>
#include <string_view>

#include "base/limits.h"

namespace connect_lint {

// `text` with control, bidirectional and other invisible characters written as
// \u{200E}, bytes that are no UTF-8 as \xFF, and cut to `code_points_max` code
// points ending in an ellipsis. The result is well-formed UTF-8.
[[nodiscard]] std::string visible(std::string_view text,
                                  std::size_t code_points_max = kQuotedCodePointsMax);

// visible() between backticks.
[[nodiscard]] std::string ticked(std::string_view text);

// True for what visible() escapes: C0 and C1 controls, format characters that
// reorder or hide text, line and paragraph separators, the byte order mark.
[[nodiscard]] bool is_invisible(char32_t code_point);

}  // namespace connect_lint

#endif  // CONNECT_LINT_BASE_QUOTE_H_
