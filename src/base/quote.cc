#include "base/quote.h"

#include <fmt/format.h>

#include <iterator>

#include "base/utf8.h"

namespace connect_lint {

bool is_invisible(char32_t code_point) {
  if (code_point < 0x20 || (code_point >= 0x7F && code_point < 0xA0)) return true;
  // Blanks that look like U+0020.
  if (code_point == 0xA0 || code_point == 0x1680 || (code_point >= 0x2000 && code_point <= 0x200A)) return true;
  if (code_point == 0x202F || code_point == 0x205F || code_point == 0x3000) return true;
  if (code_point == 0xAD || code_point == 0x061C || code_point == 0x180E) return true;
  if (code_point >= 0x200B && code_point <= 0x200F) return true;
  if (code_point >= 0x2028 && code_point <= 0x202E) return true;
  if (code_point >= 0x2060 && code_point <= 0x206F) return true;
  if (code_point >= 0xFFF9 && code_point <= 0xFFFB) return true;
  if (code_point >= 0xE0000 && code_point <= 0xE0FFF) return true;
  return code_point == 0xFEFF;
}

std::string visible(std::string_view text, std::size_t code_points_max) {
  std::string result;
  std::size_t count = 0;
  while (!text.empty()) {
    if (count++ == code_points_max) return result.append("…");
    const std::size_t bytes = utf8_sequence_bytes(text);
    if (bytes == 0) {
      fmt::format_to(std::back_inserter(result), "\\x{:02X}", static_cast<unsigned char>(text[0]));
      text.remove_prefix(1);
      continue;
    }
    const char32_t code_point = utf8_decode(text);
    if (code_point == '\n') {
      result += "\\n";
    } else if (code_point == '\t') {
      result += "\\t";
    } else if (code_point == '\r') {
      result += "\\r";
    } else if (is_invisible(code_point)) {
      fmt::format_to(std::back_inserter(result), "\\u{{{:04X}}}",
                     static_cast<std::uint32_t>(code_point));
    } else {
      result.append(text.substr(0, bytes));
    }
    text.remove_prefix(bytes);
  }
  return result;
}

std::string ticked(std::string_view text) { return fmt::format("`{}`", visible(text)); }

}  // namespace connect_lint
