#include "cli/arguments.h"

#include <algorithm>
#include <vector>

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

int usage_error(const Environment& environment, std::string_view command, std::string_view message) {
  environment.err.print("connect-lint: {}\n", message);
  environment.err.print("connect-lint: `connect-lint {}{}--help` shows how it is used\n", command,
                        command.empty() ? "" : " ");
  return kExitUsage;
}

std::optional<int> parse(CLI::App& app, std::span<const std::string> arguments,
                         const Environment& environment) {
  // CLI11 takes them from the back.
  std::vector<std::string> reversed(arguments.rbegin(), arguments.rend());
  const std::string command = app.get_name().substr(std::min(app.get_name().size(), std::size_t{13}));
  try {
    app.parse(std::move(reversed));
    return std::nullopt;
  } catch (const CLI::CallForHelp&) {
    environment.out.write(app.help());
    return kExitClean;
  } catch (const CLI::ParseError& error) {
    return usage_error(environment, command, words_of(error));
  }
}

}  // namespace connect_lint
