#include "cli/completions.h"

namespace connect_lint {
namespace {

// Between single quotes, with backslashes before `special`.
std::string quoted(std::string_view text, std::string_view special) {
  std::string result;
  for (const char c : text) {
    if (c == '\'') {
      result += "'\\''";
      continue;
    }
    if (special.find(c) != special.npos) result += '\\';
    result += c;
  }
  return result;
}

// ":NAME:(json yaml)"
std::string value_part(const ArgumentDescription& argument, std::string_view name) {
  std::string action = " ";
  if (!argument.values.empty()) {
    action = "(" + quoted(spaced(argument.values), "\\:()") + ")";
  } else if (argument.takes_folders()) {
    action = "_files -/";
  } else if (argument.takes_files()) {
    action = "_files";
  }
  return fmt::format(":{}:{}", quoted(name, "\\:"), action);
}

std::string option_spec(const ArgumentDescription& option) {
  const std::string help = "[" + quoted(option.help, "\\[]:") + "]";
  std::string names;  // With what stands after each.
  std::string among;
  const std::string_view end = option.value == TakesValue::Yes ? "=" : option.value == TakesValue::Perhaps ? "=-" : "";
  for (const std::string& name : option.names) {
    names += (names.empty() ? "" : ",") + name;
    if (name.starts_with("--")) names += end;
    else if (option.value == TakesValue::Yes) names += "+";
    among += (among.empty() ? "" : " ") + name;
  }
  std::string value;
  if (option.value == TakesValue::Yes) value = value_part(option, option.type);
  if (option.value == TakesValue::Perhaps) value = "::value: ";
  if (option.names.size() == 1) return fmt::format("'{}{}{}{}'", option.repeats ? "*" : "", names, help, value);
  return fmt::format("'({})'{{{}}}'{}{}'", among, names, help, value);
}

constexpr std::string_view kBegin = R"(#compdef connect-lint
# What zsh completes after `connect-lint`; made by `connect-lint completions zsh`.
_connect_lint() {
  local command=check
  local -a commands=(
)";

constexpr std::string_view kMiddle = R"(  )
  if (( CURRENT > 2 && ${commands[(I)${(b)words[2]}:*]} )); then
    command=$words[2]
    shift words
    (( --CURRENT ))
  elif [[ CURRENT -eq 2 && $words[2] != -* ]]; then
    _describe command commands
    _files
    return
  fi
  case $command in
)";

constexpr std::string_view kEnd = R"(  esac
}

# In a folder of $fpath this is the function's body; read by `source` it only declares.
if [[ $funcstack[1] == _connect-lint ]]; then
  _connect_lint "$@"
else
  compdef _connect_lint connect-lint
fi
)";

}  // namespace

void print_zsh_completions(std::span<const CommandDescription> all, Output& out) {
  out.write(kBegin);
  for (const Command& command : commands()) out.print("    '{}:{}'\n", command.name, quoted(command.summary, ""));
  out.write(kMiddle);
  for (const CommandDescription& command : all) {
    out.print("    {})\n      _arguments -s -S", command.name);
    for (const ArgumentDescription& option : command.options) out.print(" \\\n        {}", option_spec(option));
    for (const ArgumentDescription& positional : command.positionals) {
      const std::string_view begin = positional.repeats ? "*" : positional.required ? "" : ":";
      out.print(" \\\n        '{}{}'", begin, value_part(positional, positional.names.front()));
    }
    out.write("\n      ;;\n");
  }
  out.write(kEnd);
}

}  // namespace connect_lint
