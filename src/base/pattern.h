// Regular expressions. The only place that compiles one; RE2, so linear time.
#ifndef CONNECT_LINT_BASE_PATTERN_H_
#define CONNECT_LINT_BASE_PATTERN_H_

#include <memory>
#include <string>
#include <string_view>

#include "base/result.h"

namespace connect_lint {

// A compiled pattern. Immutable; may be shared by threads (RE2 takes a read
// lock per match: give each thread its own where that is hot).
class Pattern {
 public:
  // Compiles `text` in UTF-8 mode: `.` is a code point. The error says what RE2
  // objects to.
  static Result<Pattern> compile(std::string_view text);

  Pattern(Pattern&&) noexcept;
  Pattern& operator=(Pattern&&) noexcept;
  ~Pattern();

  // True when some part of `text` matches (anchors are the pattern's affair).
  [[nodiscard]] bool found_in(std::string_view text) const;

 private:
  struct Compiled;
  explicit Pattern(std::unique_ptr<Compiled> compiled);
  std::unique_ptr<Compiled> compiled_;
};

}  // namespace connect_lint

#endif  // CONNECT_LINT_BASE_PATTERN_H_
