#include "cli/arguments.h"
#include "cli/completions.h"
#include "cli/run.h"

namespace connect_lint {
namespace {

void append(std::string& to, std::string_view between, std::string_view text) {
  if (!to.empty()) to += between;
  to += text;
}

}  // namespace

std::string spaced(const std::vector<std::string>& texts) {
  std::string result;
  for (const std::string& text : texts) append(result, " ", text);
  return result;
}

std::string names_with_values(const CommandDescription& command) {
  std::string result;
  for (const ArgumentDescription& option : command.options)
    if (option.value == TakesValue::Yes) append(result, " ", spaced(option.names));
  return result;
}

std::string command_names(std::string_view between) {
  std::string result;
  for (const Command& command : commands()) append(result, between, command.name);
  return result;
}

int run_completions(std::span<const std::string> arguments, const Environment& environment) {
  Arguments app("completions", "Prints the script with which a shell completes the arguments of connect-lint.");
  std::string shell;
  app.positional("shell", shell, "bash, fish or zsh", true);
  app.footer(
      "For this shell only:  source <(connect-lint completions bash)\n"
      "For every shell:      connect-lint completions bash > ~/.local/share/bash-completion/completions/connect-lint\n"
      "                      connect-lint completions fish > ~/.config/fish/completions/connect-lint.fish\n"
      "                      connect-lint completions zsh > DIR/_connect-lint, where DIR is one of zsh's $fpath");
  if (environment.description != nullptr) app.suggest("shell", {"bash", "fish", "zsh"});
  if (const auto code = app.parse(arguments, environment)) return *code;
  const auto print = shell == "bash"   ? print_bash_completions
                     : shell == "fish" ? print_fish_completions
                     : shell == "zsh"  ? print_zsh_completions
                                       : nullptr;
  if (print == nullptr) return usage_error(environment, "completions", "there are completions for bash, fish and zsh");
  print(describe_commands(environment), environment.out);
  return kExitClean;
}

}  // namespace connect_lint
