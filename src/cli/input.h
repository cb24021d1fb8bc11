// What commands are told to look at: one file, and what it is.
#ifndef CONNECT_LINT_CLI_INPUT_H_
#define CONNECT_LINT_CLI_INPUT_H_

#include <connect_lint/lint.h>

#include <optional>
#include <string>

#include "cli/run.h"
#include "source/source_text.h"

namespace connect_lint {

// The texts of --operation, --dialect, --syntax and --now. Outlives the CheckOptions.
struct RequestOptions {
  std::string operation;
  std::string dialect;
  std::string syntax;
  std::optional<std::string> now;  // "" without a time: the clock's.
};

// "json" or "yaml"; nothing for "".
[[nodiscard]] std::optional<Syntax> syntax_named(const std::string& name);

// Puts them into `to`. Gives what is wrong with them; empty when nothing is.
[[nodiscard]] std::string set_request_options(const RequestOptions& given, CheckOptions& to);

// Reads the file, or standard input for `-`. Not kExitClean: said why on
// standard error.
[[nodiscard]] int read_input(const std::string& path, const Environment& environment, SourceText& source);

}  // namespace connect_lint

#endif  // CONNECT_LINT_CLI_INPUT_H_
