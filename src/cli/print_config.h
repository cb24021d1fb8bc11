// --print-config: what applies to a file, and where each setting stands.
#ifndef CONNECT_LINT_CLI_PRINT_CONFIG_H_
#define CONNECT_LINT_CLI_PRINT_CONFIG_H_

#include <string>

#include "cli/configurations.h"
#include "cli/run.h"

namespace connect_lint {

// Gives the exit code.
[[nodiscard]] int print_config(Configurations& configurations, const ConfigurationFlags& flags, const std::string& path, const Environment& environment);

}  // namespace connect_lint

#endif  // CONNECT_LINT_CLI_PRINT_CONFIG_H_
