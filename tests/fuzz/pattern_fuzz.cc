// A pattern on the first line, and below it a text: the automaton of a pattern matches what RE2 matches, for patterns of schemas
// as they are and for those of match() and search(); and what matches as a whole matches in part.
#include <cstdint>
#include <string>
#include <string_view>

#include "base/pattern.h"
#include "base/pattern_automaton.h"
#include "expect.h"
#include "jsonpath/i_regexp.h"
#include "utf8_text.h"

namespace connect_lint {
namespace {

// RE2 takes counted repetitions apart: `((a{99}){99}){9}` costs time before it is refused.
constexpr std::size_t kPatternBytesMax = 200;

void expect_same_match(std::string_view pattern, std::string_view text) {
  const auto automaton = make_automaton(pattern);
  if (!automaton) return;
  const auto compiled = Pattern::compile(pattern);
  expect(compiled.ok() || compiled.error().find("too large") != std::string::npos, "what has an automaton is a pattern");
  if (compiled.ok()) expect(automaton->found_in(text) == compiled.value().found_in(text), "an automaton matches what RE2 matches");
}

// Whether the pattern of a query matches; false, too, where it is none.
bool matches(std::string_view pattern, std::string_view text, bool whole) {
  std::string translated;
  const IRegexpProblem problem = translate_i_regexp(pattern, whole, translated);
  expect(problem.offset <= pattern.size(), "a problem lies in the pattern");
  const auto compiled = compile_i_regexp(pattern, whole);
  if (!problem.message.empty()) {
    expect(!compiled.ok(), "a pattern with a problem is none");
    return false;
  }
  expect_same_match(translated, text);
  return compiled.ok() && compiled.value().found_in(text);
}

void run(std::string_view input) {
  const std::size_t line = input.find('\n');
  if (line == input.npos || line > kPatternBytesMax) return;
  const std::string_view pattern = input.substr(0, line);
  const std::string_view text = input.substr(line + 1);
  if (!is_utf8_text(pattern) || !is_utf8_text(text)) return;
  expect_same_match(pattern, text);
  const bool whole = matches(pattern, text, true);
  const bool part = matches(pattern, text, false);
  expect(!whole || part, "what matches as a whole matches in part");
}

}  // namespace
}  // namespace connect_lint

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  connect_lint::run({reinterpret_cast<const char*>(data), size});
  return 0;
}
