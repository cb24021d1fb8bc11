#include "cli/arguments.h"

#include <CLI/CLI.hpp>

#include "base/quote.h"

namespace connect_lint {
namespace {

// CLI11's sentence in the form of ours: lower-case start, no full stop.
std::string words_of(const CLI::ParseError& error) {
  std::string words = visible(error.what(), 400);
  while (!words.empty() && (words.back() == '.' || words.back() == ' ')) words.pop_back();
  if (words.size() > 1 && words[0] >= 'A' && words[0] <= 'Z' && words[1] >= 'a')
    words[0] = static_cast<char>(words[0] - 'A' + 'a');
  return words;
}

}  // namespace

struct Arguments::Parser {
  Parser(std::string_view command, std::string_view summary)
      : app(std::string(summary), "connect-lint " + std::string(command)) {}

  CLI::App app;
};

Arguments::Arguments(std::string_view command, std::string_view summary)
    : command_(command), parser_(std::make_unique<Parser>(command, summary)) {}
Arguments::~Arguments() = default;

void Arguments::option(std::string_view name, std::string& to, std::string_view type, std::string_view help,
                       std::vector<std::string> choices) {
  CLI::Option* option =
      parser_->app.add_option(std::string(name), to, std::string(help))->type_name(std::string(type));
  if (choices.empty()) return;
  option->check(CLI::Validator(
      [choices = std::move(choices)](std::string& given) {
        std::string list;
        for (const std::string& choice : choices) {
          if (choice == given) return std::string();
          list += (list.empty() ? "" : ", ") + choice;
        }
        return ticked(given) + " is none of " + list;
      },
      ""));
}

void Arguments::number(std::string_view name, std::uint64_t& to, std::uint64_t least, std::uint64_t most,
                       std::string_view help) {
  parser_->app.add_option(std::string(name), to, std::string(help))
      ->type_name("N")
      ->check(CLI::Validator(
          [least, most](std::string& given) {
            const bool digits = !given.empty() && given.size() <= 18 &&
                                given.find_first_not_of("0123456789") == given.npos;
            if (digits && std::stoull(given) >= least && std::stoull(given) <= most) return std::string();
            return fmt::format("{} is no number from {} to {}", ticked(given), least, most);
          },
          ""));
}

void Arguments::flag(std::string_view names, bool& to, std::string_view help) {
  parser_->app.add_flag(std::string(names), to, std::string(help));
}

void Arguments::positional(std::string_view name, std::string& to, std::string_view help, bool required) {
  parser_->app.add_option(std::string(name), to, std::string(help))->type_name("")->required(required);
}

void Arguments::positionals(std::string_view name, std::vector<std::string>& to, std::string_view help) {
  parser_->app.add_option(std::string(name), to, std::string(help))->type_name("")->required();
}

void Arguments::footer(std::string_view text) { parser_->app.footer(std::string(text)); }

int usage_error(const Environment& environment, std::string_view command, std::string_view message) {
  environment.err.print("connect-lint: {}\n", message);
  environment.err.print("connect-lint: `connect-lint {}{}--help` shows how it is used\n", command,
                        command.empty() ? "" : " ");
  return kExitUsage;
}

std::optional<int> Arguments::parse(std::span<const std::string> arguments, const Environment& environment) {
  // CLI11 takes them from the back.
  std::vector<std::string> reversed(arguments.rbegin(), arguments.rend());
  try {
    parser_->app.parse(std::move(reversed));
    return std::nullopt;
  } catch (const CLI::CallForHelp&) {
    environment.out.write(parser_->app.help());
    return kExitClean;
  } catch (const CLI::ParseError& error) {
    return usage_error(environment, command_, words_of(error));
  }
}

}  // namespace connect_lint
