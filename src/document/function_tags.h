// The tags by which CloudFormation templates call functions in YAML.
#ifndef CONNECT_LINT_DOCUMENT_FUNCTION_TAGS_H_
#define CONNECT_LINT_DOCUMENT_FUNCTION_TAGS_H_

#include <string_view>

namespace connect_lint {

// "!Sub" -> "Fn::Sub", "!Ref" -> "Ref": the key that says the same without a
// tag. Empty for other tags. Static text.
[[nodiscard]] std::string_view function_of_tag(std::string_view tag);

}  // namespace connect_lint

#endif  // CONNECT_LINT_DOCUMENT_FUNCTION_TAGS_H_
