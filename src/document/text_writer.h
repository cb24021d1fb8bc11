// A text as a document writes it: between quotes in JSON, in YAML as the text
// that it replaces.
#ifndef CONNECT_LINT_DOCUMENT_TEXT_WRITER_H_
#define CONNECT_LINT_DOCUMENT_TEXT_WRITER_H_

#include <string>
#include <string_view>

#include "document/document.h"

namespace connect_lint {

// `text` in place of the bytes `replaced`, a key or a scalar. What can be
// misread, or is more than a word, gets double quotes.
[[nodiscard]] std::string quoted_as(const Document& document, Span replaced, std::string_view text);

}  // namespace connect_lint

#endif  // CONNECT_LINT_DOCUMENT_TEXT_WRITER_H_
