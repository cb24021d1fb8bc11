// Taking members out of a YAML text, and putting them in. In block style the
// lines go and come, between brackets what JSON would have there. Nothing where
// comments, anchors or a way of writing that is not foreseen stand in between.
#ifndef CONNECT_LINT_RULES_YAML_EDIT_H_
#define CONNECT_LINT_RULES_YAML_EDIT_H_

#include <connect_lint/diagnostic.h>

#include <optional>
#include <string_view>

#include "document/document.h"

namespace connect_lint {

// The member or element, which is not the only one in block style.
[[nodiscard]] std::optional<Edit> yaml_removal(const Document& document, NodeIndex index);

// A member with this value (as it is to be written) in front of those of an
// object. An empty object has brackets.
[[nodiscard]] std::optional<Edit> yaml_insertion(const Document& document, NodeIndex object, std::string_view member,
                                                 std::string_view value);

}  // namespace connect_lint

#endif  // CONNECT_LINT_RULES_YAML_EDIT_H_
