// Words for what a reader found.
#ifndef CONNECT_LINT_DOCUMENT_DESCRIBE_DOCUMENT_H_
#define CONNECT_LINT_DOCUMENT_DESCRIBE_DOCUMENT_H_

#include <string>

#include "document/document.h"

namespace connect_lint {

struct DocumentWords {
  std::string message;
  std::string help;
  std::string other;  // What DocumentFinding::other is; empty without one.
};

[[nodiscard]] DocumentWords describe_document(const DocumentFinding& finding, const Document& document);

}  // namespace connect_lint

#endif  // CONNECT_LINT_DOCUMENT_DESCRIBE_DOCUMENT_H_
