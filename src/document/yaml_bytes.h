// The bytes of YAML: those that need a look, sixteen at a time where the
// machine can. Texts are followed by zero bytes (SourceText).
#ifndef CONNECT_LINT_DOCUMENT_YAML_BYTES_H_
#define CONNECT_LINT_DOCUMENT_YAML_BYTES_H_

#include <string_view>

#if defined(__SSE2__)
#include <emmintrin.h>
#endif

namespace connect_lint {

inline bool is_above_ascii(char c) { return static_cast<unsigned char>(c) >= 0x80; }

// Whether a character is neither printable ASCII nor a tab nor a line feed.
inline bool is_unusual(char c) { return (static_cast<unsigned char>(c) - 0x20u >= 0x5Fu) && c != '\n' && c != '\t'; }

// Whether a text without quotes may end there, inside of brackets or elsewhere,
// or is more than it looks.
inline bool needs_look(char c) { return c == ':' || c == '#' || static_cast<unsigned char>(c) - 0x20u >= 0x60u; }
inline bool needs_look_in_flow(char c) {
  return needs_look(c) || c == ',' || c == '[' || c == ']' || c == '{' || c == '}' || c == '?';
}

#if defined(__SSE2__)
// Bit i is set where the function above holds for byte i of the 16 at `text`.
// Signed: bytes above ASCII are negative, so they are caught with the controls.
inline unsigned unusual_bytes(const char* text) {
  const __m128i bytes = _mm_loadu_si128(reinterpret_cast<const __m128i*>(text));
  const __m128i blank = _mm_or_si128(_mm_cmpeq_epi8(bytes, _mm_set1_epi8('\n')), _mm_cmpeq_epi8(bytes, _mm_set1_epi8('\t')));
  const __m128i low = _mm_andnot_si128(blank, _mm_cmplt_epi8(bytes, _mm_set1_epi8(' ')));
  return static_cast<unsigned>(_mm_movemask_epi8(_mm_or_si128(low, _mm_cmpeq_epi8(bytes, _mm_set1_epi8(0x7F)))));
}

template <bool kFlow>
unsigned bytes_to_look_at(const char* text) {
  const __m128i bytes = _mm_loadu_si128(reinterpret_cast<const __m128i*>(text));
  const auto is = [&](char c) { return _mm_cmpeq_epi8(bytes, _mm_set1_epi8(c)); };
  __m128i look = _mm_or_si128(_mm_or_si128(is(':'), is('#')), _mm_cmplt_epi8(bytes, _mm_set1_epi8(' ')));
  if (kFlow) {
    // Brackets and braces are 0x20 apart.
    const __m128i braces = _mm_or_si128(bytes, _mm_set1_epi8(0x20));
    look = _mm_or_si128(look, _mm_or_si128(is(','), is('?')));
    look = _mm_or_si128(look, _mm_cmpeq_epi8(braces, _mm_set1_epi8('{')));
    look = _mm_or_si128(look, _mm_cmpeq_epi8(braces, _mm_set1_epi8('}')));
  }
  return static_cast<unsigned>(_mm_movemask_epi8(look));
}
#endif

// The first byte from `at` on that is unusual, or the end of the text.
inline std::size_t find_unusual(std::string_view text, std::size_t at) {
#if defined(__SSE2__)
  for (; at + 16 <= text.size(); at += 16) {
    const unsigned unusual = unusual_bytes(text.data() + at);
    if (unusual != 0) return at + static_cast<unsigned>(__builtin_ctz(unusual));
  }
#endif
  while (at < text.size() && !is_unusual(text[at])) ++at;
  return at;
}

// The first byte from `text` on that needs a look; the zero bytes do.
template <bool kFlow>
const char* skip_to_look(const char* text) {
#if defined(__SSE2__)
  while (true) {
    const unsigned look = bytes_to_look_at<kFlow>(text);
    if (look != 0) return text + __builtin_ctz(look);
    text += 16;
  }
#else
  while (!(kFlow ? needs_look_in_flow(*text) : needs_look(*text))) ++text;
  return text;
#endif
}

}  // namespace connect_lint

#endif  // CONNECT_LINT_DOCUMENT_YAML_BYTES_H_
