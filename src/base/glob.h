// Patterns for the paths of files, as editors and .gitignore have them.
//
//   *      any text within a name      **     as a whole name: any folders, also none
//   ?      one character               [a-z]  one of these; [!a-z] none of these
//   {a,b}  either; may be nested       \      the next character as it is
//
// `*`, `?` and `[...]` stand for names that begin with a dot, too, and never for
// a slash. A `[` or `{` that is not closed, and `**` beside other characters of
// a name, mean themselves and `*`.
#ifndef CONNECT_LINT_BASE_GLOB_H_
#define CONNECT_LINT_BASE_GLOB_H_

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace connect_lint {

// A pattern made ready, for many paths. Immutable; matching needs time in
// proportion to the lengths of both, whatever the pattern. Patterns longer than
// kGlobBytesMax match nothing.
class Glob {
 public:
  explicit Glob(std::string_view pattern);

  // The whole of `path`, which has slashes between its names and none in front.
  [[nodiscard]] bool matches(std::string_view path) const;

 private:
  enum class What : std::uint8_t { Character, Any, Set, Star, Folders, Everything, Fork, Jump, End };
  struct Step {
    What what = What::End;
    bool negated = false;         // Set.
    char32_t character = 0;       // Character.
    std::uint16_t begin = 0;      // Set: of its ranges. Fork: of its targets.
    std::uint16_t end = 0;
    std::uint16_t target = 0;     // Jump.
  };
  struct Range {
    char32_t first = 0;
    char32_t last = 0;
  };
  class Compiler;
  class Run;

  std::vector<Step> steps_;
  std::vector<Range> ranges_;
  std::vector<std::uint16_t> targets_;
};

// For one path.
[[nodiscard]] bool glob_matches(std::string_view pattern, std::string_view path);

}  // namespace connect_lint

#endif  // CONNECT_LINT_BASE_GLOB_H_
