// Lines of a file or a pipe of any length, some at a time.
//
//   LineReader lines(descriptor, 64u << 20);
//   for (LineBlock block; lines.next(block);) use(block);
//   if (!lines.error().empty()) complain(lines.error());
#ifndef CONNECT_LINT_SOURCE_LINE_READER_H_
#define CONNECT_LINT_SOURCE_LINE_READER_H_

#include <cstdint>
#include <string>

#include "source/source_text.h"

namespace connect_lint {

struct LineBlock {
  std::uint64_t first_line = 1;  // The number of the first line, 1-based.
  // Whole lines, each with the `\n` at its end; the last of all may have none.
  // Its memory is reused by next().
  SourceText text;
  bool too_long = false;  // One line that is longer than allowed; `text` is empty.
};

class LineReader {
 public:
  // `descriptor` outlives this. A line of more than `line_bytes_max` bytes that
  // has not ended by then is not kept.
  LineReader(int descriptor, std::uint64_t line_bytes_max) : descriptor_(descriptor), line_bytes_max_(line_bytes_max) {}

  // What can be read at once, so that the lines of a slow pipe come as they are
  // written: at least one line. False at the end.
  bool next(LineBlock& block);

  // Why reading ended before the end, in words; empty when it did not.
  [[nodiscard]] const std::string& error() const { return error_; }

 private:
  bool read_more(SourceText& text);
  void skip_line(SourceText& text);

  const int descriptor_;
  const std::uint64_t line_bytes_max_;
  std::uint64_t next_line_ = 1;
  std::string rest_;  // Of the last read: the beginning of a line.
  bool at_end_ = false;
  std::string error_;
};

}  // namespace connect_lint

#endif  // CONNECT_LINT_SOURCE_LINE_READER_H_
