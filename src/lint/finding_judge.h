// Who decides what becomes of each finding before it is put into words: the
// configuration, comments, a baseline.
#ifndef CONNECT_LINT_LINT_FINDING_JUDGE_H_
#define CONNECT_LINT_LINT_FINDING_JUDGE_H_

#include <connect_lint/diagnostic.h>

#include <cstdint>
#include <functional>
#include <string_view>
#include <vector>

#include "document/document.h"

namespace connect_lint {

struct FindingView {
  std::string_view id;
  std::string_view pointer;  // RFC 6901.
  std::string_view bytes;    // What it marks, as it is written.
  std::uint32_t line = 0;    // Where that begins; 1-based.
};

enum class Verdict : std::uint8_t {
  Report,
  Off,         // As if nobody had looked for it.
  Suppressed,  // Counted, not shown: somebody gave a reason.
  Known,       // Counted, not shown: the baseline has it.
};

// One for each text; not for several threads.
class FindingJudge {
 public:
  virtual ~FindingJudge() = default;

  // Whether some severity may become higher: then rules below those that are
  // asked for have to run.
  [[nodiscard]] virtual bool raises() const = 0;

  // Before the findings. `looked_for` tells whether all findings with an id, or of
  // a family, would have been found; it is asked until end().
  virtual void begin(const Document& document, std::function<bool(std::string_view id)> looked_for) = 0;

  // Each finding, in the order of the text. May change the severity.
  virtual Verdict judge(const FindingView& finding, Severity& severity) = 0;

  // Findings of its own, in the order of the text.
  virtual void end(std::vector<Diagnostic>& own) = 0;
};

}  // namespace connect_lint

#endif  // CONNECT_LINT_LINT_FINDING_JUDGE_H_
