// A part of a document as JSON text, as people write it: short values on one
// line, longer ones a member a line.
#ifndef CONNECT_LINT_DOCUMENT_JSON_WRITER_H_
#define CONNECT_LINT_DOCUMENT_JSON_WRITER_H_

#include <cstddef>
#include <string>
#include <string_view>

#include "document/document.h"

namespace connect_lint {

// Lines are at most `width` bytes long where that is possible. No line break at the end.
[[nodiscard]] std::string write_json(const Document& document, NodeIndex node, std::size_t width = 100);

// A JSON string of the text.
[[nodiscard]] std::string quoted_json(std::string_view text);

}  // namespace connect_lint

#endif  // CONNECT_LINT_DOCUMENT_JSON_WRITER_H_
