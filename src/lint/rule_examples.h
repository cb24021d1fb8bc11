// The examples of rule files, run as the files promise.
#ifndef CONNECT_LINT_LINT_RULE_EXAMPLES_H_
#define CONNECT_LINT_LINT_RULE_EXAMPLES_H_

#include <connect_lint/diagnostic.h>

#include <string>
#include <vector>

#include "lint/linter.h"

namespace connect_lint {

struct ExampleOutcome {
  std::string text;                   // The example as JSON; with a `request`, an object of both.
  Report report;                      // What the rule alone says about it; places are those in `text`.
  std::vector<std::string> pointers;  // Where, relative to the value; sorted.
  bool refused = false;               // The schema finds something else in it than missing members.
  std::string problem;                // Empty when it is as the file says.
};

// `rules` is the engine's own library, or one that was made with its schemas.
[[nodiscard]] ExampleOutcome run_example(const LintEngine& engine, const RuleLibrary& rules, RuleIndex rule,
                                         const RuleExample& example, Workspace& workspace);

}  // namespace connect_lint

#endif  // CONNECT_LINT_LINT_RULE_EXAMPLES_H_
