// The bytes of JSON: what separates, begins and ends its tokens. Sixteen at a
// time where the machine can. Texts are followed by zero bytes (SourceText).
#ifndef CONNECT_LINT_DOCUMENT_JSON_BYTES_H_
#define CONNECT_LINT_DOCUMENT_JSON_BYTES_H_

#if defined(__SSE2__)
#include <emmintrin.h>
#endif

namespace connect_lint {

inline bool is_blank(char c) { return c == ' ' || c == '\n' || c == '\r' || c == '\t'; }
inline bool is_digit(char c) { return c >= '0' && c <= '9'; }
inline bool is_word(char c) {
  return is_digit(c) || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || c == '$' ||
         c == '-' || c == '+' || c == '.';
}
inline bool ends_value(char c) { return is_blank(c) || c == ',' || c == '}' || c == ']' || c == '\0'; }

#if defined(__SSE2__)
// Bit i is set where byte i of the 16 at `text` needs a look inside a string:
// quote, backslash, control character, or beyond ASCII.
inline unsigned special_bytes(const char* text) {
  const __m128i bytes = _mm_loadu_si128(reinterpret_cast<const __m128i*>(text));
  const __m128i quote = _mm_cmpeq_epi8(bytes, _mm_set1_epi8('"'));
  const __m128i backslash = _mm_cmpeq_epi8(bytes, _mm_set1_epi8('\\'));
  // Signed: bytes above 0x7F are negative, so they are caught with the controls.
  const __m128i low = _mm_cmplt_epi8(bytes, _mm_set1_epi8(0x20));
  return static_cast<unsigned>(
      _mm_movemask_epi8(_mm_or_si128(_mm_or_si128(quote, backslash), low)));
}

// Bit i is set where byte i of the 16 at `text` is no white space.
inline unsigned solid_bytes(const char* text) {
  const __m128i bytes = _mm_loadu_si128(reinterpret_cast<const __m128i*>(text));
  const __m128i blank = _mm_or_si128(
      _mm_or_si128(_mm_cmpeq_epi8(bytes, _mm_set1_epi8(' ')), _mm_cmpeq_epi8(bytes, _mm_set1_epi8('\n'))),
      _mm_or_si128(_mm_cmpeq_epi8(bytes, _mm_set1_epi8('\r')), _mm_cmpeq_epi8(bytes, _mm_set1_epi8('\t'))));
  return ~static_cast<unsigned>(_mm_movemask_epi8(blank)) & 0xFFFFu;
}
#endif

// The first byte from `text` on that ends the plain part of a string.
inline const char* skip_plain(const char* text) {
#if defined(__SSE2__)
  while (true) {
    const unsigned special = special_bytes(text);
    if (special != 0) return text + __builtin_ctz(special);
    text += 16;
  }
#else
  while (true) {
    const auto byte = static_cast<unsigned char>(*text);
    if (byte < 0x20 || byte >= 0x80 || byte == '"' || byte == '\\') return text;
    ++text;
  }
#endif
}

inline const char* skip_many_blanks(const char* text) {
#if defined(__SSE2__)
  while (true) {
    const unsigned solid = solid_bytes(text);
    if (solid != 0) return text + __builtin_ctz(solid);
    text += 16;
  }
#else
  while (is_blank(*text)) ++text;
  return text;
#endif
}

// Nothing or one blank is what stands between most tokens.
inline const char* skip_blanks(const char* text) {
  if (static_cast<unsigned char>(*text) > ' ') [[likely]]
    return text;
  if (*text == ' ' && static_cast<unsigned char>(text[1]) > ' ') return text + 1;
  return skip_many_blanks(text);
}

}  // namespace connect_lint

#endif  // CONNECT_LINT_DOCUMENT_JSON_BYTES_H_
