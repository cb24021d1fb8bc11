// The engine of a command, or words on standard error why there is none.
#ifndef CONNECT_LINT_CLI_ENGINE_H_
#define CONNECT_LINT_CLI_ENGINE_H_

#include <memory>
#include <string>
#include <vector>

#include "cli/run.h"
#include "lint/linter.h"

namespace connect_lint {

// Null when something cannot be loaded: the command ends with kExitUsage. `links`:
// where links in folders of rules may lead, besides each folder itself.
[[nodiscard]] std::unique_ptr<LintEngine> load_engine(const std::string& data_dir, const std::vector<std::string>& rule_dirs,
                                                      const Environment& environment, const Confinement& links = Confinement());

// What is wrong with a file of ours, each with its line and a caret.
void print_problems(const RuleFile& file, Output& out);
void print_problem(std::string_view name, std::string_view text, const TextProblem& problem, Output& out);

}  // namespace connect_lint

#endif  // CONNECT_LINT_CLI_ENGINE_H_
