#include "base/utf8.h"

namespace connect_lint {
namespace {

bool is_continuation(unsigned char byte) { return (byte & 0xC0u) == 0x80u; }

}  // namespace

std::size_t utf8_sequence_bytes(std::string_view text) {
  if (text.empty()) return 0;
  const auto byte = [&](std::size_t index) { return static_cast<unsigned char>(text[index]); };
  const unsigned char first = byte(0);
  if (first < 0x80) return 1;
  if (first < 0xC2) return 0;
  if (first < 0xE0) return text.size() >= 2 && is_continuation(byte(1)) ? 2 : 0;
  if (first < 0xF0) {
    if (text.size() < 3 || !is_continuation(byte(1)) || !is_continuation(byte(2))) return 0;
    if (first == 0xE0 && byte(1) < 0xA0) return 0;   // overlong
    if (first == 0xED && byte(1) >= 0xA0) return 0;  // surrogate
    return 3;
  }
  if (first > 0xF4 || text.size() < 4) return 0;
  if (!is_continuation(byte(1)) || !is_continuation(byte(2)) || !is_continuation(byte(3))) return 0;
  if (first == 0xF0 && byte(1) < 0x90) return 0;   // overlong
  if (first == 0xF4 && byte(1) >= 0x90) return 0;  // above U+10FFFF
  return 4;
}

char32_t utf8_decode(std::string_view text) {
  const auto bits = [&](std::size_t index) { return static_cast<char32_t>(text[index] & 0x3F); };
  const auto first = static_cast<unsigned char>(text[0]);
  if (first < 0x80) return first;
  if (first < 0xE0) return ((first & 0x1Fu) << 6) | bits(1);
  if (first < 0xF0) return ((first & 0x0Fu) << 12) | (bits(1) << 6) | bits(2);
  return ((first & 0x07u) << 18) | (bits(1) << 12) | (bits(2) << 6) | bits(3);
}

std::size_t utf8_encode(char32_t code_point, char* out) {
  const auto tail = [&](unsigned shift) {
    return static_cast<char>(0x80u | ((code_point >> shift) & 0x3Fu));
  };
  if (code_point < 0x80) {
    out[0] = static_cast<char>(code_point);
    return 1;
  }
  if (code_point < 0x800) {
    out[0] = static_cast<char>(0xC0u | (code_point >> 6));
    out[1] = tail(0);
    return 2;
  }
  if (code_point < 0x10000) {
    out[0] = static_cast<char>(0xE0u | (code_point >> 12));
    out[1] = tail(6);
    out[2] = tail(0);
    return 3;
  }
  out[0] = static_cast<char>(0xF0u | (code_point >> 18));
  out[1] = tail(12);
  out[2] = tail(6);
  out[3] = tail(0);
  return 4;
}

void utf8_append(std::string& text, char32_t code_point) {
  const bool bad = (code_point >= 0xD800 && code_point < 0xE000) || code_point > 0x10FFFF;
  char bytes[4];
  text.append(bytes, utf8_encode(bad ? U'\uFFFD' : code_point, bytes));
}

std::size_t utf8_length(std::string_view text) {
  std::size_t count = 0;
  for (const char byte : text)
    if (!is_continuation(static_cast<unsigned char>(byte))) ++count;
  return count;
}

}  // namespace connect_lint
