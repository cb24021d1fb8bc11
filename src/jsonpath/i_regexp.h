// I-Regexp (RFC 9485): the regular expressions of match() and search(), checked
// against the RFC's grammar and run by RE2.
//
// One point is open between the RFC's grammar, where `^` and `$` are ordinary
// characters, and its mapping to ECMAScript (section 5.3), where they are
// anchors. Here they are anchors outside of character classes, as in nearly all
// programs and in the public conformance suite of RFC 9535; `\^` and `[$]` are
// the characters.
#ifndef CONNECT_LINT_JSONPATH_I_REGEXP_H_
#define CONNECT_LINT_JSONPATH_I_REGEXP_H_

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "base/pattern.h"
#include "base/result.h"

namespace connect_lint {

struct IRegexpProblem {
  std::size_t offset = 0;  // In the pattern, 0-based.
  std::string message;     // Empty without a problem.
};

// Writes the same pattern in RE2's syntax to `re2`: matching the whole text
// (`whole`) or some part of it. `re2` is meaningless where there is a problem.
[[nodiscard]] IRegexpProblem translate_i_regexp(std::string_view pattern, bool whole, std::string& re2);

// translate_i_regexp(), then RE2. The error says what is wrong.
[[nodiscard]] Result<Pattern> compile_i_regexp(std::string_view pattern, bool whole);

}  // namespace connect_lint

#endif  // CONNECT_LINT_JSONPATH_I_REGEXP_H_
