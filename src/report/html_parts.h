// How texts of files, and words about them, are written in HTML.
#ifndef CONNECT_LINT_REPORT_HTML_PARTS_H_
#define CONNECT_LINT_REPORT_HTML_PARTS_H_

#include <string>
#include <string_view>

namespace connect_lint {

// Text, also between double quotes: no markup, nothing invisible, well-formed.
[[nodiscard]] std::string html(std::string_view text);

// The same for words of ours: what stands between backticks is code.
[[nodiscard]] std::string html_prose(std::string_view text);

// A paragraph for each run of lines.
[[nodiscard]] std::string html_paragraphs(std::string_view text);

// For the value behind `#name=` of a link.
[[nodiscard]] std::string fragment_value(std::string_view text);

}  // namespace connect_lint

#endif  // CONNECT_LINT_REPORT_HTML_PARTS_H_
