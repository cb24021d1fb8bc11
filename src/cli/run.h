// The program without its process: arguments in, exit code out.
#ifndef CONNECT_LINT_CLI_RUN_H_
#define CONNECT_LINT_CLI_RUN_H_

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "report/output.h"

namespace connect_lint {

struct CommandDescription;

enum ExitCode : int {
  kExitClean = 0,     // Nothing at or above the fail level.
  kExitFindings = 1,  // Findings, or a file that cannot be read.
  kExitUsage = 2,     // Wrong arguments; a path that is not there.
  kExitFailed = 3,    // The job could not be done: output lost, out of memory.
};

// What a process gives the program.
struct Environment {
  int input = 0;  // The descriptor that `-` reads.
  Output& out;
  Output& err;
  bool out_is_terminal = false;
  bool err_is_terminal = false;
  bool no_colour = false;  // NO_COLOR is set, or the terminal is dumb.
  // Set: a command puts there what its arguments are, and does nothing else.
  CommandDescription* description = nullptr;
};

// `arguments` without the program's name. Flushes both outputs.
[[nodiscard]] int run(std::span<const std::string> arguments, const Environment& environment);

// What the exit codes of `check` say, for its help and the program's.
inline constexpr std::string_view kExitCodesText =
    "Exit codes: 0 nothing to complain about; 1 findings; 2 wrong arguments, paths or rules; 3 the job failed.\n";

// One command of the program.
struct Command {
  std::string_view name;
  std::string_view summary;
  int (*run)(std::span<const std::string> arguments, const Environment& environment);
};

// All commands, sorted by name.
[[nodiscard]] std::span<const Command> commands();

int run_check(std::span<const std::string> arguments, const Environment& environment);
int run_completions(std::span<const std::string> arguments, const Environment& environment);
int run_explain(std::span<const std::string> arguments, const Environment& environment);
int run_functions(std::span<const std::string> arguments, const Environment& environment);
int run_generate(std::span<const std::string> arguments, const Environment& environment);
int run_init(std::span<const std::string> arguments, const Environment& environment);
int run_manual(std::span<const std::string> arguments, const Environment& environment);
int run_query(std::span<const std::string> arguments, const Environment& environment);
int run_rules(std::span<const std::string> arguments, const Environment& environment);
int run_schema(std::span<const std::string> arguments, const Environment& environment);
int run_test(std::span<const std::string> arguments, const Environment& environment);
int run_why(std::span<const std::string> arguments, const Environment& environment);

}  // namespace connect_lint

#endif  // CONNECT_LINT_CLI_RUN_H_
