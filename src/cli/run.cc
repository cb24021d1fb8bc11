#include "cli/run.h"

#include <connect_lint/lint.h>

#include <algorithm>
#include <array>
#include <new>

#include "request/operation.h"

namespace connect_lint {
namespace {

void print_help(Output& out) {
  out.write(
      "connect-lint checks Amazon Connect Customer Profiles requests before they are sent.\n"
      "\n"
      "Usage: connect-lint PATH...\n"
      "       connect-lint COMMAND ...\n"
      "\n"
      "Commands:\n");
  for (const Command& command : commands()) out.print("  {:<12}{}\n", command.name, command.summary);
  out.write(
      "\n"
      "Options:\n"
      "  -h,--help     Print this and exit; `connect-lint COMMAND --help` tells more\n"
      "  --version     Print the version and the service model's date, and exit\n"
      "\n");
  out.write(kExitCodesText);
}

int dispatch(std::span<const std::string> arguments, const Environment& environment) {
  if (arguments.empty()) {
    print_help(environment.err);
    return kExitUsage;
  }
  const std::string& first = arguments[0];
  if (first == "--help" || first == "-h" || first == "help") {
    print_help(environment.out);
    return kExitClean;
  }
  if (first == "--version") {
    environment.out.print("connect-lint {} (service model {})\n", version(), built_in_operations().model);
    return kExitClean;
  }
  for (const Command& command : commands())
    if (command.name == first) return command.run(arguments.subspan(1), environment);
  return run_check(arguments, environment);
}

}  // namespace

std::span<const Command> commands() {
  static constexpr std::array kCommands = {
      Command{"check", "Check request files (the command unless one is named)", run_check},
      Command{"completions", "Print what a shell needs to complete the arguments", run_completions},
      Command{"explain", "Explain a finding by its id, or list all", run_explain},
      Command{"functions", "List the functions of queries, or explain one", run_functions},
      Command{"generate", "Print a minimal request to fill in", run_generate},
      Command{"init", "Write a starting configuration for this folder", run_init},
      Command{"manual", "Print the manual page", run_manual},
      Command{"query", "Select values of a JSON or YAML file with a JSONPath query (RFC 9535)", run_query},
      Command{"rules", "List the rules", run_rules},
      Command{"schema", "Print the JSON Schema of an operation's request", run_schema},
      Command{"test", "Run the examples of rules", run_test},
      Command{"why", "Show why a rule fires on a file, or does not", run_why},
  };
  return kCommands;
}

int run(std::span<const std::string> arguments, const Environment& environment) {
  int code = kExitFailed;
  try {
    code = dispatch(arguments, environment);
  } catch (const std::bad_alloc&) {
    environment.err.write_now("connect-lint: out of memory\n");
  } catch (const std::exception& error) {
    for (const std::string_view words : {"connect-lint: ", error.what(), "\n"}) environment.err.write_now(words);
  }
  if (!environment.out.flush()) {
    environment.err.print("connect-lint: cannot write to standard output: {}\n", environment.out.error());
    code = kExitFailed;
  }
  if (!environment.err.flush()) code = kExitFailed;
  return code;
}

}  // namespace connect_lint
