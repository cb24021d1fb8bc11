// JSON or YAML: which of the two a text is written in.
#ifndef CONNECT_LINT_DOCUMENT_SYNTAX_H_
#define CONNECT_LINT_DOCUMENT_SYNTAX_H_

#include <connect_lint/diagnostic.h>

#include <optional>
#include <string_view>

namespace connect_lint {

// By the ending of a file's name, letter case aside; nothing for other endings.
[[nodiscard]] std::optional<Syntax> syntax_of_name(std::string_view file_name);

// By how a text begins. YAML are: a comment, a directive, `---`, an element
// (`- a`), and a key without brackets around (`a: b`, `"a": b`). All else is
// JSON, well or badly written.
[[nodiscard]] Syntax syntax_of_text(std::string_view text);

// `told`, else by the name, else by the text.
[[nodiscard]] Syntax choose_syntax(std::optional<Syntax> told, std::string_view file_name, std::string_view text);

}  // namespace connect_lint

#endif  // CONNECT_LINT_DOCUMENT_SYNTAX_H_
