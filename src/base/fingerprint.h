// What tells findings apart when lines move.
#ifndef CONNECT_LINT_BASE_FINGERPRINT_H_
#define CONNECT_LINT_BASE_FINGERPRINT_H_

#include <string>
#include <string_view>

namespace connect_lint {

// 16 hexadecimal digits that depend on all bytes but blanks and line breaks: the
// same for a value that was indented anew. Not for secrets.
[[nodiscard]] std::string content_of(std::string_view bytes);

}  // namespace connect_lint

#endif  // CONNECT_LINT_BASE_FINGERPRINT_H_
