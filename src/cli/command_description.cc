#include "cli/command_description.h"

namespace connect_lint {

std::vector<CommandDescription> describe_commands(const Environment& environment) {
  std::vector<CommandDescription> result;
  for (const Command& command : commands()) {
    Environment describing = environment;
    describing.description = &result.emplace_back();
    if (command.run({}, describing) != kExitClean) result.pop_back();
  }
  return result;
}

}  // namespace connect_lint
