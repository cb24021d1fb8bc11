// What a command takes, as plain values: made from the declarations that print
// `--help`, for manual pages and for the completions of shells.
//
//   for (const CommandDescription& command : describe_commands(environment))
//     for (const ArgumentDescription& option : command.options) ...
#ifndef CONNECT_LINT_CLI_COMMAND_DESCRIPTION_H_
#define CONNECT_LINT_CLI_COMMAND_DESCRIPTION_H_

#include <cstdint>
#include <string>
#include <vector>

#include "cli/run.h"

namespace connect_lint {

enum class TakesValue : std::uint8_t { No, Perhaps, Yes };  // Perhaps: `--now` or `--now=TIME`.

struct ArgumentDescription {
  std::vector<std::string> names;   // "-q" and "--quiet"; of a positional its name, such as "path".
  std::string type;                 // What stands for the value, such as "FILE"; empty for a positional.
  std::string help;                 // One line.
  std::vector<std::string> values;  // Those to offer; none where anything may stand.
  TakesValue value = TakesValue::No;
  bool repeats = false;
  bool required = false;

  [[nodiscard]] bool takes_folders() const { return type == "DIR" || names.front() == "dir"; }
  [[nodiscard]] bool takes_files() const {
    return type == "FILE" || type == "PATH" || names.front() == "file" || names.front() == "path";
  }
};

struct CommandDescription {
  std::string name;
  std::string about;   // A sentence or two.
  std::string footer;  // Lines.
  std::vector<ArgumentDescription> options;
  std::vector<ArgumentDescription> positionals;
};

// Of all commands, in the order of commands().
[[nodiscard]] std::vector<CommandDescription> describe_commands(const Environment& environment);

}  // namespace connect_lint

#endif  // CONNECT_LINT_CLI_COMMAND_DESCRIPTION_H_
