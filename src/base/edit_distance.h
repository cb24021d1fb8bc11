// How far apart two names are, for "did you mean".
#ifndef CONNECT_LINT_BASE_EDIT_DISTANCE_H_
#define CONNECT_LINT_BASE_EDIT_DISTANCE_H_

#include <cstddef>
#include <string_view>

namespace connect_lint {

// Insertions, deletions, replacements and swaps of neighbours that turn `a`
// into `b` (optimal string alignment), without regard to ASCII letter case.
// Gives `limit + 1` for anything above `limit`, and for names above
// kSuggestionBytesMax bytes.
[[nodiscard]] std::size_t edit_distance(std::string_view a, std::string_view b, std::size_t limit);

// The largest distance at which a name of this length is still taken for a
// misspelling: 1 up to 4 bytes, 2 up to 9, 3 above.
[[nodiscard]] std::size_t edit_distance_allowed(std::size_t name_bytes);

// Equal but for letter case, `_`, `-`, `.` and blanks: `domain-name`, `domainName`.
[[nodiscard]] bool equal_but_for_case(std::string_view a, std::string_view b);

}  // namespace connect_lint

#endif  // CONNECT_LINT_BASE_EDIT_DISTANCE_H_
