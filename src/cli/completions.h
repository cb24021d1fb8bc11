// Scripts with which shells complete the arguments of the program.
#ifndef CONNECT_LINT_CLI_COMPLETIONS_H_
#define CONNECT_LINT_CLI_COMPLETIONS_H_

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "cli/command_description.h"

namespace connect_lint {

void print_bash_completions(std::span<const CommandDescription> all, Output& out);
void print_fish_completions(std::span<const CommandDescription> all, Output& out);
void print_zsh_completions(std::span<const CommandDescription> all, Output& out);

// "json yaml"
[[nodiscard]] std::string spaced(const std::vector<std::string>& texts);
// Every name of the options, for those that take a value: "--format --rules".
[[nodiscard]] std::string names_with_values(const CommandDescription& command);
// "check|explain|..."
[[nodiscard]] std::string command_names(std::string_view between);

}  // namespace connect_lint

#endif  // CONNECT_LINT_CLI_COMPLETIONS_H_
