#include <fmt/format.h>

#include <algorithm>

#include "base/quote.h"
#include "rules/function_kinds.h"

namespace connect_lint {

std::optional<ArgumentProblem> check_text(std::span<const Value> literals, std::size_t argument, std::string_view what) {
  const Value& literal = literals[argument];
  if (literal.is(ValueKind::Nothing)) return std::nullopt;
  if (!literal.is(ValueKind::String)) return ArgumentProblem{argument, fmt::format("{} is a text", what)};
  if (literal.text.empty()) return ArgumentProblem{argument, fmt::format("{} is empty", what)};
  return std::nullopt;
}

std::optional<ArgumentProblem> check_choice(std::span<const Value> literals, std::size_t argument, std::string_view what,
                                            std::span<const std::string_view> choices) {
  if (auto problem = check_text(literals, argument, what)) return problem;
  const Value& literal = literals[argument];
  if (literal.is(ValueKind::Nothing) || std::ranges::find(choices, literal.text) != choices.end()) return std::nullopt;
  std::string message = fmt::format("{} is not {}; there ", what, ticked(literal.text));
  for (std::size_t i = 0; i < choices.size(); ++i)
    message += fmt::format("{}`{}`", i == 0 ? "are " : i + 1 == choices.size() ? " and " : ", ", choices[i]);
  return ArgumentProblem{argument, std::move(message)};
}

}  // namespace connect_lint
