// UTF-8, without a locale.
#ifndef CONNECT_LINT_BASE_UTF8_H_
#define CONNECT_LINT_BASE_UTF8_H_

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace connect_lint {

// The length in bytes (1 to 4) of the well-formed sequence at the start of
// `text`, or 0 where it is ill-formed (overlong, surrogate, truncated, above
// U+10FFFF) or `text` is empty.
[[nodiscard]] std::size_t utf8_sequence_bytes(std::string_view text);

// The code point at the start of a well-formed text.
[[nodiscard]] char32_t utf8_decode(std::string_view text);

// Appends a code point. Surrogates are written as U+FFFD.
void utf8_append(std::string& text, char32_t code_point);

// Writes a code point to `out` (room for 4 bytes) and returns its length.
// Takes surrogates as they are (WTF-8): callers report them first.
std::size_t utf8_encode(char32_t code_point, char* out);

// Code points in `text`; each byte that is no continuation counts as one.
[[nodiscard]] std::size_t utf8_length(std::string_view text);

}  // namespace connect_lint

#endif  // CONNECT_LINT_BASE_UTF8_H_
