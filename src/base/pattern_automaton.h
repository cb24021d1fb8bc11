// A pattern of the service model as an automaton over bytes, made once (by the
// build, for the built-in schemas): matching then costs two loads a byte, no
// start-up, no lock and no allocation. tests/ compares it with RE2.
//
// Takes what the model's patterns are made of: literals, `.`, classes, \w \d \s
// (ASCII, as in RE2), groups, `|`, `?` `*` `+` `{m,n}`, `^` and `$` at the ends.
// For anything else there is no automaton, and the pattern runs on RE2.
#ifndef CONNECT_LINT_BASE_PATTERN_AUTOMATON_H_
#define CONNECT_LINT_BASE_PATTERN_AUTOMATON_H_

#include <array>
#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

namespace connect_lint {

// Instead of a next state.
inline constexpr std::uint8_t kPatternDead = 255;     // Refuses, whatever follows.
inline constexpr std::uint8_t kPatternMatched = 254;  // Has matched, whatever follows.

struct PatternAutomaton {
  std::array<std::uint8_t, 256> classes{};  // The class of each byte.
  std::uint16_t class_count = 0;
  std::uint16_t state_count = 0;
  // [state * class_count + class]: the next state, kPatternDead or kPatternMatched.
  std::vector<std::uint8_t> transitions;
  std::vector<std::uint8_t> accepting;  // [state]: 1 where a text may end.

  // The bytes that every matching text begins with, and the state behind them.
  struct Prefix {
    std::vector<std::uint8_t> bytes;
    unsigned state = 0;
  };
  [[nodiscard]] Prefix prefix() const;

  // True when some part of `text` (UTF-8) matches, as Pattern::found_in() says.
  [[nodiscard]] bool found_in(std::string_view text) const;
};

// The smallest automaton, or nothing where the pattern uses what is not taken
// or needs more than kPatternStatesMax states.
[[nodiscard]] std::optional<PatternAutomaton> make_automaton(std::string_view pattern);

}  // namespace connect_lint

#endif  // CONNECT_LINT_BASE_PATTERN_AUTOMATON_H_
