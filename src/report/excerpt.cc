#include "report/excerpt.h"

#include <algorithm>
#include <array>

#include "base/limits.h"
#include "base/quote.h"
#include "base/utf8.h"

namespace connect_lint {
namespace {

// Columns of a terminal. The wide blocks of Unicode 15 (UAX #11), coarsely, and
// the combining marks that people do write.
std::size_t columns_of(char32_t code_point) {
  struct Block {
    char32_t first;
    char32_t last;
  };
  static constexpr std::array<Block, 7> kCombining = {{{0x300, 0x36F},
                                                       {0x483, 0x489},
                                                       {0x591, 0x5BD},
                                                       {0x64B, 0x65F},
                                                       {0x1AB0, 0x1AFF},
                                                       {0x20D0, 0x20FF},
                                                       {0xFE00, 0xFE0F}}};
  static constexpr std::array<Block, 9> kWide = {{{0x1100, 0x115F},
                                                  {0x2E80, 0x303E},
                                                  {0x3041, 0xA4CF},
                                                  {0xAC00, 0xD7A3},
                                                  {0xF900, 0xFAFF},
                                                  {0xFE30, 0xFE6F},
                                                  {0xFF00, 0xFF60},
                                                  {0x1F300, 0x1FAFF},
                                                  {0x20000, 0x3FFFD}}};
  const auto in = [&](const Block& block) { return code_point >= block.first && code_point <= block.last; };
  if (std::any_of(kCombining.begin(), kCombining.end(), in)) return 0;
  return std::any_of(kWide.begin(), kWide.end(), in) ? 2 : 1;
}

struct Shown {
  std::string text;
  std::size_t columns = 0;
};

Shown show(std::string_view text) {
  Shown shown;
  while (!text.empty()) {
    const std::size_t bytes = std::max<std::size_t>(utf8_sequence_bytes(text), 1);
    const std::string_view piece = text.substr(0, bytes);
    const bool good = utf8_sequence_bytes(piece) != 0;
    if (piece == "\t") {
      shown.text += "    ";
      shown.columns += 4;
    } else if (good && !is_invisible(utf8_decode(piece))) {
      shown.text += piece;
      shown.columns += columns_of(utf8_decode(piece));
    } else {
      const std::string escaped = visible(piece);
      shown.text += escaped;
      shown.columns += escaped.size();
    }
    text.remove_prefix(bytes);
  }
  return shown;
}

// Moves `offset` back to the start of a sequence.
std::uint32_t to_boundary(std::string_view text, std::uint32_t offset, std::uint32_t least) {
  while (offset > least && offset < text.size() && (text[offset] & 0xC0) == 0x80) --offset;
  return offset;
}

}  // namespace

Excerpt make_excerpt(std::string_view text, Span line, Span marked) {
  const auto window = static_cast<std::uint32_t>(kExcerptCodePointsMax);
  const std::uint32_t begin = std::clamp(marked.begin, line.begin, line.end);
  // A mark that goes on behind the line stands for its first character.
  std::uint32_t end = marked.end <= line.end ? std::max(marked.end, begin) : std::min(begin + 1, line.end);
  end = std::min(end, begin + window);
  std::uint32_t from = begin - line.begin > window ? begin - window / 2 : line.begin;
  std::uint32_t to = std::min(line.end, std::max(end, begin) + window / 2);
  from = to_boundary(text, from, line.begin);
  to = to_boundary(text, to, end);
  end = to_boundary(text, end, begin);

  const Shown before = show(text.substr(from, begin - from));
  const Shown inside = show(text.substr(begin, end - begin));
  const Shown after = show(text.substr(end, to - end));
  const std::string_view dots_before = from > line.begin ? "... " : "";
  Excerpt excerpt;
  excerpt.line.append(dots_before).append(before.text).append(inside.text).append(after.text);
  if (to < line.end) excerpt.line += " ...";
  excerpt.indent.assign(dots_before.size() + before.columns, ' ');
  excerpt.mark.assign(std::max<std::size_t>(inside.columns, 1), '^');
  while (!excerpt.line.empty() && excerpt.line.back() == ' ') excerpt.line.pop_back();
  excerpt.marked_begin = std::min(dots_before.size() + before.text.size(), excerpt.line.size());
  excerpt.marked_bytes = std::min(inside.text.size(), excerpt.line.size() - excerpt.marked_begin);
  return excerpt;
}

}  // namespace connect_lint
