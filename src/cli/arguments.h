// Arguments of one command, parsed by CLI11 with our exit codes and words.
#ifndef CONNECT_LINT_CLI_ARGUMENTS_H_
#define CONNECT_LINT_CLI_ARGUMENTS_H_

#include <CLI/CLI.hpp>
#include <optional>
#include <span>
#include <string>

#include "cli/run.h"

namespace connect_lint {

// Parses into the variables that were added to `app`. An exit code when there
// is nothing more to do: help was printed (0), or the arguments are wrong (2).
[[nodiscard]] std::optional<int> parse(CLI::App& app, std::span<const std::string> arguments,
                                       const Environment& environment);

// Prints "connect-lint: MESSAGE" and a hint at --help; gives kExitUsage.
int usage_error(const Environment& environment, std::string_view command, std::string_view message);

}  // namespace connect_lint

#endif  // CONNECT_LINT_CLI_ARGUMENTS_H_
