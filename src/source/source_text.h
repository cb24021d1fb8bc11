// The bytes of one text, and the way from a byte to a line and a column.
#ifndef CONNECT_LINT_SOURCE_SOURCE_TEXT_H_
#define CONNECT_LINT_SOURCE_SOURCE_TEXT_H_

#include <connect_lint/diagnostic.h>

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

#include "base/block.h"
#include "base/limits.h"

namespace connect_lint {

// A run of bytes in a source text. Points at text, never owns it. Half-open: [begin, end).
struct Span {
  std::uint32_t begin = 0;  // Byte offset, 0-based.
  std::uint32_t end = 0;    // One past the last byte; equal to `begin` when empty.
};

// An owned text followed by kPaddingBytes zero bytes, so that scanners may load
// whole words at its end. The memory is reused from text to text.
class SourceText {
 public:
  // Room for `size` bytes, to be written by the caller before view() is used;
  // what was in it before is kept. Gives the first byte.
  char* resize(std::size_t size);
  void assign(std::string_view text);
  // Gives the memory back.
  void release() { block_.release(), size_ = 0; }

  [[nodiscard]] std::string_view view() const { return {static_cast<const char*>(block_.data()), size_}; }
  [[nodiscard]] std::size_t capacity() const { return block_.capacity(); }

 private:
  Block block_;
  std::size_t size_ = 0;
};

// Lines and columns of a text. Reads the text once, when first asked, up to
// the offset asked for; later questions cost a binary search and at most 256 bytes twice.
// A line ends after `\n`. A byte order mark at the start takes no column.
class LineIndex {
 public:
  explicit LineIndex(std::string_view text) : text_(text) {}

  [[nodiscard]] Place place(Span span);

  // The 1-based line without its end (`\n` or `\r\n`).
  [[nodiscard]] Span line(std::uint32_t number);

 private:
  struct Position {
    std::uint32_t line;
    std::uint32_t column;
  };
  void read_to(std::uint32_t offset);
  Position position(std::uint32_t offset);
  std::uint32_t code_points_before(std::uint32_t offset);
  [[nodiscard]] Span find_line(std::uint32_t number) const;

  std::string_view text_;
  std::uint32_t read_ = 0;                        // Bytes looked at so far.
  std::vector<std::uint32_t> line_starts_ = {0};  // Offsets.
  std::vector<std::uint32_t> checkpoints_ = {0};  // Code points before each 256 bytes.
  std::uint32_t last_number_ = 0;                 // Of the line that was asked for last; 0: none was.
  Span last_line_;
};

}  // namespace connect_lint

#endif  // CONNECT_LINT_SOURCE_SOURCE_TEXT_H_
