// A look at a text, as fast as reading it, before anybody parses it: whether it
// can hold anything that recognise() takes for a request or has words for.
#ifndef CONNECT_LINT_REQUEST_MENTION_H_
#define CONNECT_LINT_REQUEST_MENTION_H_

#include <string_view>

namespace connect_lint {

// False: whatever the text is, broken or not, JSON or YAML, recognise() finds
// nothing in it without help from --operation or the file's name. True says
// nothing. Names are seen whatever their case and with `_`, `-`, `.` and blanks
// between their words; in a text with escapes that may spell a letter all are.
[[nodiscard]] bool mentions_request(std::string_view text);

}  // namespace connect_lint

#endif  // CONNECT_LINT_REQUEST_MENTION_H_
