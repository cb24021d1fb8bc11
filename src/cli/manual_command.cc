#include <connect_lint/lint.h>

#include <algorithm>

#include "base/quote.h"
#include "cli/arguments.h"
#include "cli/command_description.h"
#include "cli/run.h"

namespace connect_lint {
namespace {

// Text that troff shows as it is; what stands between backticks is bold.
std::string troff(std::string_view text) {
  std::string result;
  bool bold = false;
  for (const char c : text) {
    if (c == '`') {
      result += bold ? "\\fR" : "\\fB";
      bold = !bold;
      continue;
    }
    // A line that begins with a dot or a quote would be a request.
    if ((c == '.' || c == '\'') && (result.empty() || result.back() == '\n')) result += "\\&";
    if (c == '\\') {
      result += "\\e";
    } else if (c == '-') {
      result += "\\-";
    } else if (c == '\'') {
      result += "\\(aq";
    } else if (c == '~') {
      result += "\\(ti";
    } else if (c == '^') {
      result += "\\(ha";
    } else {
      result += c;
    }
  }
  return bold ? result + "\\fR" : result;
}

std::string upper(std::string_view text) {
  std::string result(text);
  for (char& c : result)
    if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
  return result;
}

// "[PATH...]"
std::string shown(const ArgumentDescription& positional) {
  const std::string name = fmt::format("\\fI{}\\fR{}", troff(upper(positional.names.front())), positional.repeats ? "..." : "");
  return positional.required ? name : "[" + name + "]";
}

std::string usage(const CommandDescription& command) {
  std::string text = fmt::format("\\fBconnect\\-lint {}\\fR [\\fIOPTION\\fR]...", troff(command.name));
  for (const ArgumentDescription& positional : command.positionals) text += " " + shown(positional);
  return text;
}

class Page {
 public:
  explicit Page(Output& out) : out_(out) {}

  void begin(std::string_view name, std::string_view summary) {
    out_.print(".\\\" Made by `connect-lint manual`.\n.TH \"{}\" 1 \"\" \"connect-lint {}\" \"User Commands\"\n", troff(upper(name)), version());
    out_.write(".nh\n.ad l\n");
    heading("NAME");
    out_.print("{} \\- {}\n", troff(name), troff(summary));
  }
  void heading(std::string_view text) { out_.print(".SH {}\n", text); }
  void paragraph(std::string_view text) { out_.print(".PP\n{}\n", troff(text)); }
  void item(std::string_view tag, std::string_view text) { out_.print(".TP\n{}\n{}\n", tag, troff(text)); }
  // Lines that stay lines.
  void lines(std::string_view text) {
    while (text.ends_with('\n')) text.remove_suffix(1);
    if (!text.empty()) out_.print(".PP\n.nf\n{}\n.fi\n", troff(text));
  }

  void arguments(const CommandDescription& command) {
    for (const ArgumentDescription& positional : command.positionals) item(shown(positional), positional.help);
    for (const ArgumentDescription& option : command.options) {
      std::string tag;
      for (const std::string& name : option.names) tag += fmt::format("{}\\fB{}\\fR", tag.empty() ? "" : ", ", troff(name));
      if (option.value == TakesValue::Yes) tag += fmt::format(" \\fI{}\\fR", troff(option.type));
      if (option.value == TakesValue::Perhaps) tag += "[=\\fIVALUE\\fR]";
      item(tag, option.help);
    }
  }

 private:
  Output& out_;
};

void print_command(const CommandDescription& command, std::string_view summary, Output& out) {
  Page page(out);
  page.begin("connect-lint-" + command.name, summary);
  page.heading("SYNOPSIS");
  out.print("{}\n", usage(command));
  page.heading("DESCRIPTION");
  page.paragraph(command.about);
  page.lines(command.footer);
  page.heading("OPTIONS");
  page.arguments(command);
  page.heading("\"SEE ALSO\"");
  out.write(".BR connect\\-lint (1)\n");
}

void print_program(std::span<const CommandDescription> all, Output& out) {
  Page page(out);
  page.begin("connect-lint", "check Amazon Connect Customer Profiles requests before they are sent");
  page.heading("SYNOPSIS");
  out.write("\\fBconnect\\-lint\\fR [\\fIOPTION\\fR]... \\fIPATH\\fR...\n");
  for (const CommandDescription& command : all) out.print(".br\n{}\n", usage(command));
  page.heading("DESCRIPTION");
  page.paragraph(
      "Checks the JSON and YAML files that hold requests for Amazon Connect Customer Profiles: types and required members, and also "
      "enums, patterns, limits, times and misspelt names, which the service would refuse one at a time. All mistakes are "
      "reported at once, each at its place, with what to do.");
  page.paragraph("A path without a command is checked: `connect-lint PATH` is `connect-lint check PATH`.");
  page.heading("OPTIONS");
  page.item("\\fB\\-h\\fR, \\fB\\-\\-help\\fR", "Print the commands and exit; after a command, its options");
  page.item("\\fB\\-\\-version\\fR", "Print the version and the service model's date, and exit");
  page.heading("COMMANDS");
  for (const CommandDescription& command : all) {
    out.print(".SS {}\n", usage(command));
    page.paragraph(command.about);
    page.arguments(command);
    page.lines(command.footer);
  }
  page.heading("\"EXIT STATUS\"");
  page.item("0", "Nothing at or above the fail level of `--fail-on`");
  page.item("1", "Findings, or a file that cannot be read or parsed");
  page.item("2", "Wrong arguments, a broken rule file, or a path that is not there");
  page.item("3", "The job could not be done: output lost, out of memory");
  page.heading("ENVIRONMENT");
  page.item("\\fBNO_COLOR\\fR", "Set to anything: no colours, unless `--color always` is given");
  page.heading("FILES");
  page.item("\\fI.connect\\-lint.yaml\\fR", "The configuration for the files in its folder and below; `connect-lint init` writes one");
}

}  // namespace

int run_manual(std::span<const std::string> arguments, const Environment& environment) {
  Arguments app("manual", "Prints the manual page, of everything or of one command, as troff reads it.");
  std::string name;
  app.positional("command", name, "Such as check", false);
  app.footer("To read it here:  connect-lint manual | man --local-file -");
  if (environment.description != nullptr) {
    std::vector<std::string> names;
    for (const Command& command : commands()) names.emplace_back(command.name);
    app.suggest("command", std::move(names));
  }
  if (const auto code = app.parse(arguments, environment)) return *code;
  const std::vector<CommandDescription> all = describe_commands(environment);
  if (name.empty()) {
    print_program(all, environment.out);
    return kExitClean;
  }
  const auto found = std::ranges::find(all, name, &CommandDescription::name);
  if (found == all.end()) return usage_error(environment, "manual", fmt::format("there is no command {}", ticked(name)));
  const auto command = std::ranges::find(commands(), name, &Command::name);
  print_command(*found, command->summary, environment.out);
  return kExitClean;
}

}  // namespace connect_lint
