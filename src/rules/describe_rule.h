// Words and edits for what a rule found.
#ifndef CONNECT_LINT_RULES_DESCRIBE_RULE_H_
#define CONNECT_LINT_RULES_DESCRIBE_RULE_H_

#include <connect_lint/diagnostic.h>

#include <optional>
#include <string>
#include <vector>

#include "document/document.h"
#include "jsonpath/evaluator.h"
#include "rules/rule_file.h"
#include "rules/rule_run.h"

namespace connect_lint {

struct RuleWords {
  struct Place {
    NodeIndex node;
    std::string message;
  };
  std::string message;
  std::string help;
  std::vector<Place> related;
  std::optional<Fix> fix;
};

// The evaluator is open on the document, and knows the request and the time.
[[nodiscard]] RuleWords describe_rule(const RuleFinding& finding, const RuleFile& file, Evaluator& evaluator,
                                      const Document& document);

}  // namespace connect_lint

#endif  // CONNECT_LINT_RULES_DESCRIBE_RULE_H_
