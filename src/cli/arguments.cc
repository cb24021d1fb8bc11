#include "cli/arguments.h"

#include <CLI/CLI.hpp>

#include <algorithm>
#include <deque>

#include "base/edit_distance.h"
#include "base/quote.h"
#include "cli/command_description.h"

namespace connect_lint {
namespace {

constexpr std::size_t kHelpColumn = 26;
constexpr std::size_t kHelpWidth = 100;

// Breaks a help text into lines; CLI11 puts them into the help's column.
std::string wrapped(std::string_view text) {
  std::string result;
  std::size_t column = kHelpColumn;
  while (!text.empty()) {
    const std::string_view word = text.substr(0, text.find(' '));
    if (column > kHelpColumn && column + 1 + word.size() > kHelpWidth) {
      result += '\n';
      column = kHelpColumn;
    } else if (column > kHelpColumn) {
      result += ' ';
      ++column;
    }
    result += word;
    column += word.size();
    text.remove_prefix(std::min(word.size() + 1, text.size()));
  }
  return result;
}

// One line again.
std::string unwrapped(std::string text) {
  std::ranges::replace(text, '\n', ' ');
  return text;
}

// CLI11's sentence in our words, or at least in the form of ours: lower-case
// start, no full stop.
std::string words_of(const CLI::ParseError& error) {
  std::string words = visible(error.what(), 400);
  const std::string name = words.substr(0, words.find(':'));
  if (error.get_name() == "ArgumentMismatch" && name.size() < words.size())
    return words.find("At Most") != words.npos ? fmt::format("{} is given twice", ticked(name))
                                               : fmt::format("{} needs a value", ticked(name));
  if (words.find("flag override") != words.npos) return fmt::format("`--{}` takes no value", words.substr(0, words.find(' ')));
  if (error.get_name() == "RequiredError")
    return fmt::format("{} is missing", ticked(words.substr(0, words.find(' '))));
  while (!words.empty() && (words.back() == '.' || words.back() == ' ')) words.pop_back();
  if (words.size() > 1 && words[0] >= 'A' && words[0] <= 'Z' && words[1] >= 'a')
    words[0] = static_cast<char>(words[0] - 'A' + 'a');
  return words;
}

}  // namespace

struct Arguments::Parser {
  Parser(std::string_view command, std::string_view summary)
      : app(std::string(summary), "connect-lint " + std::string(command)) {
    app.get_formatter()->column_width(kHelpColumn);
  }

  // The option that is none of ours; empty without one.
  [[nodiscard]] std::string unknown_option(std::span<const std::string> arguments) const {
    for (const std::string& argument : arguments) {
      if (argument == "--") break;
      const bool number = argument.size() > 1 && argument[1] >= '0' && argument[1] <= '9';
      if (argument.size() < 2 || argument[0] != '-' || number) continue;
      const std::string name = argument[1] == '-' ? argument.substr(0, argument.find('=')) : argument.substr(0, 2);
      if (app.get_option_no_throw(name) == nullptr) return name;
    }
    return {};
  }
  // The option that a misspelt one may mean; empty without one.
  [[nodiscard]] std::string guess(const std::string& name) const {
    std::string best;
    std::size_t best_distance = edit_distance_allowed(name.size()) + 1;
    for (const CLI::Option* option : app.get_options()) {
      if (option->get_lnames().empty()) continue;
      const std::string known = "--" + option->get_lnames()[0];
      const std::size_t distance = edit_distance(name, known, best_distance - 1);
      if (distance >= best_distance) continue;
      best = known;
      best_distance = distance;
    }
    return best;
  }

  [[nodiscard]] CommandDescription description(std::string_view command) const {
    CommandDescription result{.name = std::string(command), .about = app.get_description(), .footer = app.get_footer(), .options = {}, .positionals = {}};
    for (const CLI::Option* option : app.get_options()) {
      ArgumentDescription argument;
      if (option->get_positional()) argument.names.push_back(option->get_name(true));
      for (const std::string& name : option->get_snames()) argument.names.push_back("-" + name);
      for (const std::string& name : option->get_lnames()) argument.names.push_back("--" + name);
      argument.type = option->get_type_name();
      argument.help = unwrapped(option->get_description());
      argument.required = option->get_required();
      argument.repeats = option->get_items_expected_max() > 1;
      if (option->get_expected_max() > 0) argument.value = argument.type.empty() && !option->get_positional() ? TakesValue::Perhaps : TakesValue::Yes;
      for (const Values& known : values)
        if (std::ranges::find(argument.names, known.name) != argument.names.end()) argument.values = known.values;
      (option->get_positional() ? result.positionals : result.options).push_back(std::move(argument));
    }
    return result;
  }

  struct Values {
    std::string name;
    std::vector<std::string> values;
  };

  CLI::App app;
  std::deque<Values> values;  // Those of options that have some; they stay where they are.
};

Arguments::Arguments(std::string_view command, std::string_view summary)
    : command_(command), parser_(std::make_unique<Parser>(command, summary)) {}
Arguments::~Arguments() = default;

void Arguments::option(std::string_view name, std::string& to, std::string_view type, std::string_view help,
                       std::vector<std::string> choices) {
  CLI::Option* option =
      parser_->app.add_option(std::string(name), to, wrapped(help))->type_name(std::string(type));
  option->check(CLI::Validator(
      [](std::string& given) { return given.empty() ? std::string("an empty value") : std::string(); }, ""));
  if (choices.empty()) return;
  const Parser::Values& known = parser_->values.emplace_back(Parser::Values{std::string(name), std::move(choices)});
  option->check(CLI::Validator(
      [&known](std::string& given) {
        std::string list;
        for (const std::string& choice : known.values) {
          if (choice == given) return std::string();
          list += (list.empty() ? "" : ", ") + choice;
        }
        return ticked(given) + " is none of " + list;
      },
      ""));
}

void Arguments::options(std::string_view name, std::vector<std::string>& to, std::string_view type, std::string_view help) {
  parser_->app.add_option(std::string(name), to, wrapped(help))->type_name(std::string(type))->allow_extra_args(false);
}

void Arguments::option_or_flag(std::string_view name, std::optional<std::string>& to, std::string_view help) {
  const auto set = [&to](const CLI::results_t& given) {
    // CLI11 gives "true" for a flag without a value.
    to = given.empty() || given[0] == "true" ? "" : given[0];
    return true;
  };
  parser_->app.add_option(std::string(name), set, wrapped(help))->type_size(0)->expected(0, 1)->multi_option_policy(CLI::MultiOptionPolicy::TakeLast);
}

void Arguments::number(std::string_view name, std::uint64_t& to, std::uint64_t least, std::uint64_t most,
                       std::string_view help) {
  parser_->app.add_option(std::string(name), to, wrapped(help))
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
  parser_->app.add_flag(std::string(names), to, wrapped(help))->disable_flag_override();
}

void Arguments::positional(std::string_view name, std::string& to, std::string_view help, bool required) {
  parser_->app.add_option(std::string(name), to, std::string(help))->type_name("")->required(required);
}

void Arguments::optional_positionals(std::string_view name, std::vector<std::string>& to, std::string_view help) {
  parser_->app.add_option(std::string(name), to, std::string(help))->type_name("");
}

void Arguments::suggest(std::string_view name, std::vector<std::string> values) {
  parser_->values.push_back({std::string(name), std::move(values)});
}

void Arguments::footer(std::string_view text) { parser_->app.footer(std::string(text)); }

int usage_error(const Environment& environment, std::string_view command, std::string_view message) {
  environment.err.print("connect-lint: {}\n", message);
  environment.err.print("connect-lint: `connect-lint {} --help` shows how it is used\n", command);
  return kExitUsage;
}

std::optional<int> Arguments::parse(std::span<const std::string> arguments, const Environment& environment) {
  if (environment.description != nullptr) {
    *environment.description = parser_->description(command_);
    return kExitClean;
  }
  if (const std::string unknown = parser_->unknown_option(arguments); !unknown.empty()) {
    const std::string guess = parser_->guess(unknown);
    return usage_error(environment, command_,
                       fmt::format("unknown option {}{}", ticked(unknown),
                                   guess.empty() ? "" : fmt::format("; did you mean `{}`?", guess)));
  }
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
