// The schemas as they stand in schemas/, for editors.
#ifndef CONNECT_LINT_SCHEMA_SCHEMA_TEXTS_H_
#define CONNECT_LINT_SCHEMA_SCHEMA_TEXTS_H_

#include <span>
#include <string_view>

namespace connect_lint {

// In the order of the operation table. Static text.
[[nodiscard]] std::span<const std::string_view> built_in_schema_texts();

}  // namespace connect_lint

#endif  // CONNECT_LINT_SCHEMA_SCHEMA_TEXTS_H_
