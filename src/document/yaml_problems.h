// What is wrong in a YAML text: the place of it, and our words for libyaml's.
#ifndef CONNECT_LINT_DOCUMENT_YAML_PROBLEMS_H_
#define CONNECT_LINT_DOCUMENT_YAML_PROBLEMS_H_

#include <cstdint>
#include <string_view>

#include "document/document.h"
#include "document/yaml_events.h"

namespace connect_lint {

// The word or the character that begins at a byte; empty at a line break and
// at the end of the text.
[[nodiscard]] Span marked_at(std::string_view text, std::uint32_t at);

// A DocumentSyntax finding without its node.
[[nodiscard]] DocumentFinding finding_of(const YamlProblem& problem, std::string_view text);

}  // namespace connect_lint

#endif  // CONNECT_LINT_DOCUMENT_YAML_PROBLEMS_H_
