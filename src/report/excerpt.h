// A line of a file with a mark under a part of it.
#ifndef CONNECT_LINT_REPORT_EXCERPT_H_
#define CONNECT_LINT_REPORT_EXCERPT_H_

#include <cstddef>
#include <string>
#include <string_view>

#include "source/source_text.h"

namespace connect_lint {

struct Excerpt {
  std::string line;    // Ready for a terminal: nothing invisible, tabs as blanks, long lines cut.
  std::string indent;  // Blanks up to the mark.
  std::string mark;    // At least one `^`.
  std::size_t marked_begin = 0;  // Where the marked part stands in `line`, in bytes;
  std::size_t marked_bytes = 0;  // none of it where the mark is behind the line.
};

// The part of `line` (a span of `text` without line end) around `marked`.
// Columns count as a terminal shows them: wide characters take two.
[[nodiscard]] Excerpt make_excerpt(std::string_view text, Span line, Span marked);

}  // namespace connect_lint

#endif  // CONNECT_LINT_REPORT_EXCERPT_H_
