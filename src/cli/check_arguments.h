// The arguments of `check`.
#ifndef CONNECT_LINT_CLI_CHECK_ARGUMENTS_H_
#define CONNECT_LINT_CLI_CHECK_ARGUMENTS_H_

#include <connect_lint/lint.h>

#include <cstdint>
#include <string>
#include <vector>

#include "cli/arguments.h"
#include "cli/configurations.h"
#include "cli/input.h"

namespace connect_lint {

struct CheckArguments {
  std::vector<std::string> paths;
  std::vector<std::string> formats;  // NAME or NAME:FILE.
  RequestOptions request;
  std::string stdin_filename;
  std::string colour = "auto";
  ConfigurationFlags configuration;
  std::string write_baseline;
  std::string print_config;
  std::uint64_t max_input_bytes = Limits{}.input_bytes_max;
  std::uint64_t max_depth = Limits{}.depth_max;
  std::uint64_t max_findings = Limits{}.findings_max;
  std::vector<std::string> include;
  std::vector<std::string> exclude;
  std::string shard;
  std::uint64_t jobs = 0;  // 0: as many as there are processors.
  bool no_ignore = false;
  bool fix = false;
  bool unsafe_fixes = false;
  bool diff = false;
  bool redact = false;
  bool as_found = false;
  bool stream = false;
  bool quiet = false;
  bool verbose = false;
};

// Declares them; `to` has to live until they are parsed.
void declare(Arguments& app, CheckArguments& to);

}  // namespace connect_lint

#endif  // CONNECT_LINT_CLI_CHECK_ARGUMENTS_H_
