// The edits that mend what a rule found.
#ifndef CONNECT_LINT_RULES_RULE_FIX_H_
#define CONNECT_LINT_RULES_RULE_FIX_H_

#include <connect_lint/diagnostic.h>

#include <optional>

#include "document/document.h"
#include "jsonpath/value.h"
#include "rules/rule_file.h"

namespace connect_lint {

// `text` is the new value or key. Nothing where there is none, or where the
// text around the place is no JSON.
[[nodiscard]] std::optional<Fix> make_fix(const FixTemplate& fix, const Value& text, const Document& document, NodeIndex node);

}  // namespace connect_lint

#endif  // CONNECT_LINT_RULES_RULE_FIX_H_
