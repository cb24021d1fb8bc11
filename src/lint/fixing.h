// Mending a text: the fixes of its findings, applied.
#ifndef CONNECT_LINT_LINT_FIXING_H_
#define CONNECT_LINT_LINT_FIXING_H_

#include <connect_lint/diagnostic.h>

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>

namespace connect_lint {

enum class Fixes : std::uint8_t { Safe, All };

struct FixedText {
  std::string text;
  Report report;             // Of `text`.
  std::uint64_t fixed = 0;   // Fixes that were applied; 0: the text is what it was.
};

// Whether a finding of the report has such a fix.
[[nodiscard]] bool has_fix(const Report& report, Fixes which);

// Applies fixes in rounds: those that do not overlap together, then those of what
// is found in the result. Only what leaves no mistake that was not there, and
// fewer of them, is kept. `report` is of `text`; `check` gives that of another one.
[[nodiscard]] FixedText fix_text(std::string_view text, Report report, Fixes which, const std::function<Report(std::string_view text)>& check);

}  // namespace connect_lint

#endif  // CONNECT_LINT_LINT_FIXING_H_
