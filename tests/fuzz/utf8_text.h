// Whether a text is UTF-8 from its beginning to its end, for the fuzz targets.
#ifndef CONNECT_LINT_FUZZ_UTF8_TEXT_H_
#define CONNECT_LINT_FUZZ_UTF8_TEXT_H_

#include <string_view>

#include "base/utf8.h"

namespace connect_lint {

inline bool is_utf8_text(std::string_view text) {
  while (!text.empty()) {
    const std::size_t bytes = utf8_sequence_bytes(text);
    if (bytes == 0) return false;
    text.remove_prefix(bytes);
  }
  return true;
}

}  // namespace connect_lint

#endif  // CONNECT_LINT_FUZZ_UTF8_TEXT_H_
