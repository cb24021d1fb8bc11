#include "cli/completions.h"

namespace connect_lint {
namespace {

std::string quoted(std::string_view text) {
  std::string result = "'";
  for (const char c : text) {
    if (c == '\'' || c == '\\') result += '\\';
    result += c;
  }
  return result + "'";
}

// What is offered instead of files, or that files are.
std::string offer(const ArgumentDescription& argument) {
  if (!argument.values.empty()) return " --no-files --arguments " + quoted(spaced(argument.values));
  if (argument.takes_folders()) return " --no-files --arguments '(__fish_complete_directories)'";
  return argument.takes_files() ? " --force-files" : " --no-files";
}

constexpr std::string_view kFunctions = R"(
function __connect_lint_is --description 'The command is $argv[1], and $argv[2] values stand before the cursor'
    set --local words (commandline --tokenize --cut-at-cursor --current-process)
    set --local command check
    set --erase words[1]
    if set --query words[1]; and contains -- $words[1] $__connect_lint_commands
        set command $words[1]
        set --erase words[1]
    end
    test $command = $argv[1]; or return 1
    set --query argv[2]; or return 0
    set --local position 0
    set --local skips no
    for word in $words
        if test $skips = yes
            set skips no
        else if string match --quiet -- '-*' $word
            contains -- $word $argv[3..]; and set skips yes
        else
            set position (math $position + 1)
        end
    end
    test $position -eq $argv[2]
end

function __connect_lint_begins --description 'Nothing stands before the cursor'
    test (count (commandline --tokenize --cut-at-cursor --current-process)) -eq 1
end

)";

void print_option(std::string_view command, const ArgumentDescription& option, Output& out) {
  out.print("complete --command connect-lint --condition '__connect_lint_is {}'", command);
  for (const std::string& name : option.names)
    out.print(" --{} {}", name.starts_with("--") ? "long-option" : "short-option", name.substr(name.starts_with("--") ? 2 : 1));
  if (option.value == TakesValue::Yes) out.print(" --require-parameter{}", offer(option));
  out.print(" --description {}\n", quoted(option.help));
}

}  // namespace

void print_fish_completions(std::span<const CommandDescription> all, Output& out) {
  out.write("# What fish completes after `connect-lint`; made by `connect-lint completions fish`.\n");
  out.print("set --global __connect_lint_commands {}\n", command_names(" "));
  out.write(kFunctions);
  for (const Command& command : commands())
    out.print("complete --command connect-lint --condition __connect_lint_begins --arguments {} --description {}\n", command.name, quoted(command.summary));
  out.write("complete --command connect-lint --condition __connect_lint_begins --long-option version --description 'Print the version and exit'\n");
  for (const CommandDescription& command : all) {
    out.write("\n");
    for (const ArgumentDescription& option : command.options) print_option(command.name, option, out);
    if (command.positionals.empty()) out.print("complete --command connect-lint --condition '__connect_lint_is {}' --no-files\n", command.name);
    for (std::size_t i = 0; i < command.positionals.size(); ++i) {
      const ArgumentDescription& positional = command.positionals[i];
      const std::string where = positional.repeats ? command.name : fmt::format("{} {} {}", command.name, i, names_with_values(command));
      out.print("complete --command connect-lint --condition '__connect_lint_is {}'{}\n", where, offer(positional));
    }
  }
}

}  // namespace connect_lint
