// Comments in YAML that tell findings to be ignored:
//
//   # connect-lint: ignore connector/operator-mismatch: is replaced in March
//   Marketo: PROJECTION
//   TaskType: Mapp  # connect-lint: ignore schema/enum, schema/pattern: the service takes it
//
// A comment on a line of its own is for the next line that is none; else for its line.
#ifndef CONNECT_LINT_LINT_IGNORE_COMMENTS_H_
#define CONNECT_LINT_LINT_IGNORE_COMMENTS_H_

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "document/document.h"

namespace connect_lint {

struct IgnoreComment {
  Span span;               // From `#` to the end of the line.
  std::uint32_t line = 0;  // Of the findings it is for; 1-based.
  std::vector<std::string> ids;  // Or families.
  std::string reason;
  std::string problem;  // Why it says nothing; empty for a good one.
};

// All of a YAML text; of texts without such a comment nothing but a look.
[[nodiscard]] std::vector<IgnoreComment> find_ignore_comments(const Document& document);

}  // namespace connect_lint

#endif  // CONNECT_LINT_LINT_IGNORE_COMMENTS_H_
