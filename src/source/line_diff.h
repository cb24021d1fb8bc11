// The difference of two texts, line by line.
#ifndef CONNECT_LINT_SOURCE_LINE_DIFF_H_
#define CONNECT_LINT_SOURCE_LINE_DIFF_H_

#include <string>
#include <string_view>

namespace connect_lint {

// What `patch -p1` and `git apply` read (a unified diff with three lines around
// each change); empty where the texts are equal. `name` is the file's.
[[nodiscard]] std::string unified_diff(std::string_view name, std::string_view before, std::string_view after);

}  // namespace connect_lint

#endif  // CONNECT_LINT_SOURCE_LINE_DIFF_H_
