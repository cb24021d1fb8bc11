#include "cli/completions.h"

namespace connect_lint {
namespace {

constexpr std::string_view kBegin = R"(# What bash completes after `connect-lint`; made by `connect-lint completions bash`.
_connect_lint() {
  local current=${COMP_WORDS[COMP_CWORD]} previous=${COMP_WORDS[COMP_CWORD - 1]}
  local command=check first=1 position=0 options='' with_value='' words='' paths='' i
  COMPREPLY=()
  # `--option=value` comes as three words.
  if [[ $current == '=' ]]; then
    current=''
  elif [[ $previous == '=' ]]; then
    previous=${COMP_WORDS[COMP_CWORD - 2]}
  fi
  if ((COMP_CWORD > 1)); then
    case ${COMP_WORDS[1]} in
)";

constexpr std::string_view kMiddle = R"(  esac
  for ((i = first; i < COMP_CWORD; ++i)); do
    if [[ ${COMP_WORDS[i]} == '=' ]]; then
      ((++i))
    elif [[ ${COMP_WORDS[i]} != -?* ]]; then
      ((++position))
    elif [[ " $with_value " == *" ${COMP_WORDS[i]} "* && ${COMP_WORDS[i + 1]} != '=' ]]; then
      ((++i))
    fi
  done

  if [[ " $with_value " == *" $previous "* ]]; then
    case $command$previous in
)";

constexpr std::string_view kEnd = R"(    esac
  fi

  case $paths in
    files) mapfile -t COMPREPLY < <(compgen -W "$words" -- "$current"; compgen -f -- "$current") ;;
    folders) mapfile -t COMPREPLY < <(compgen -d -- "$current") ;;
    *) mapfile -t COMPREPLY < <(compgen -W "$words" -- "$current") ;;
  esac
  [[ -z $paths ]] || compopt -o filenames 2>/dev/null
}
complete -F _connect_lint connect-lint
)";

// An arm of a `case` that offers what the argument takes; none where anything may stand.
void print_arm(std::string_view pattern, const ArgumentDescription& argument, Output& out) {
  if (!argument.values.empty()) {
    out.print("      {}) words='{}' ;;\n", pattern, spaced(argument.values));
  } else if (argument.takes_folders()) {
    out.print("      {}) paths=folders ;;\n", pattern);
  } else if (argument.takes_files()) {
    out.print("      {}) paths=files ;;\n", pattern);
  }
}

}  // namespace

void print_bash_completions(std::span<const CommandDescription> all, Output& out) {
  out.write(kBegin);
  out.print("      {}) command=${{COMP_WORDS[1]}} first=2 ;;\n    esac\n  fi\n  case $command in\n", command_names(" | "));
  for (const CommandDescription& command : all) {
    std::string options;
    for (const ArgumentDescription& option : command.options) options += (options.empty() ? "" : " ") + spaced(option.names);
    out.print("    {}) options='{}' with_value='{}' ;;\n", command.name, options, names_with_values(command));
  }
  out.write(kMiddle);
  for (const CommandDescription& command : all)
    for (const ArgumentDescription& option : command.options)
      if (option.value == TakesValue::Yes) print_arm(command.name + option.names.back(), option, out);
  out.print(
      "    esac\n  elif [[ $current == -* ]]; then\n    words=$options\n    ((COMP_CWORD > 1)) || words+=' --version'\n"
      "  else\n    ((COMP_CWORD > 1)) || words='{}'\n    case $command:$position in\n",
      command_names(" "));
  for (const CommandDescription& command : all)
    for (std::size_t i = 0; i < command.positionals.size(); ++i)
      print_arm(command.name + ":" + (command.positionals[i].repeats ? "*" : std::to_string(i)), command.positionals[i], out);
  out.write(kEnd);
}

}  // namespace connect_lint
