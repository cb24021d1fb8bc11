// The arguments of one command: declared once, parsed by CLI11, with our exit
// codes. CLI11 itself is seen by arguments.cc only; it takes long to compile.
#ifndef CONNECT_LINT_CLI_ARGUMENTS_H_
#define CONNECT_LINT_CLI_ARGUMENTS_H_

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "cli/run.h"

namespace connect_lint {

//   Arguments arguments("check", "Checks request files.");
//   arguments.option("--format", format, "NAME", "How to report", {"json", "text"});
//   if (const auto code = arguments.parse(given, environment)) return *code;
//
// Every variable keeps its value unless the option is given, and has to live
// until parse() returns.
class Arguments {
 public:
  Arguments(std::string_view command, std::string_view summary);
  ~Arguments();
  Arguments(const Arguments&) = delete;
  Arguments& operator=(const Arguments&) = delete;

  // `choices`: the texts allowed; any where there are none.
  void option(std::string_view name, std::string& to, std::string_view type, std::string_view help,
              std::vector<std::string> choices = {});
  // May be given several times.
  void options(std::string_view name, std::vector<std::string>& to, std::string_view type, std::string_view help);
  // `--now` or `--now=TIME`: set to "" without a value.
  void option_or_flag(std::string_view name, std::optional<std::string>& to, std::string_view help);
  void number(std::string_view name, std::uint64_t& to, std::uint64_t least, std::uint64_t most,
              std::string_view help);
  void flag(std::string_view names, bool& to, std::string_view help);
  void positional(std::string_view name, std::string& to, std::string_view help, bool required);
  void optional_positionals(std::string_view name, std::vector<std::string>& to, std::string_view help);
  // Values that are worth offering for an option or positional that takes others, too.
  void suggest(std::string_view name, std::vector<std::string> values);
  void footer(std::string_view text);

  // An exit code when there is nothing more to do: help was printed or what was
  // declared is described (0), or the arguments are wrong (2).
  [[nodiscard]] std::optional<int> parse(std::span<const std::string> arguments,
                                         const Environment& environment);

 private:
  struct Parser;
  const std::string command_;
  std::unique_ptr<Parser> parser_;
};

// Prints "connect-lint: MESSAGE" and a hint at --help; gives kExitUsage.
int usage_error(const Environment& environment, std::string_view command, std::string_view message);

}  // namespace connect_lint

#endif  // CONNECT_LINT_CLI_ARGUMENTS_H_
