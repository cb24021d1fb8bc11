// Rules as commands show them: the built-in ones and the user's together.
#ifndef CONNECT_LINT_CLI_RULE_WORDS_H_
#define CONNECT_LINT_CLI_RULE_WORDS_H_

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "lint/linter.h"

namespace connect_lint {

// A rule of one of an engine's libraries.
struct ListedRule {
  const RuleLibrary* library = nullptr;
  RuleIndex index = 0;

  [[nodiscard]] const Rule& rule() const { return library->set().rules[index]; }
  [[nodiscard]] const RuleFile& file() const { return library->file(index); }
};

// All of them, sorted by id.
[[nodiscard]] std::vector<ListedRule> rules_of(const LintEngine& engine);
[[nodiscard]] std::optional<ListedRule> find_listed(const LintEngine& engine, std::string_view id);

// The ids of rules, sorted, and those of all findings.
[[nodiscard]] std::vector<std::string> rule_ids(const LintEngine& engine);
[[nodiscard]] std::vector<std::string> finding_ids(const LintEngine& engine);

// The id of a rule or a built-in finding that a wrong one may mean: by its
// last part, or by spelling. Empty without one.
[[nodiscard]] std::string_view guess_id(const LintEngine& engine, std::string_view id);

// "FlowDefinition, Task"
[[nodiscard]] std::string joined(const std::vector<std::string>& texts);
// "replace", "rename-key", "remove", "insert"
[[nodiscard]] std::string_view name_of(FixTemplate::Action action);

}  // namespace connect_lint

#endif  // CONNECT_LINT_CLI_RULE_WORDS_H_
