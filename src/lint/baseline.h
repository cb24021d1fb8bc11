// A baseline: findings that were there when somebody began to look, and that are
// counted from then on, not shown. JSON:
//
//   {"format": "connect-lint-baseline/1",
//    "findings": [{"file": "flows/a.json", "id": "schema/enum", "pointer": "/WorkflowType", "content": "1f0c...", "count": 1}]}
//
// `content` is made from the value's bytes without blanks, so that a finding is
// known wherever its line has gone.
#ifndef CONNECT_LINT_LINT_BASELINE_H_
#define CONNECT_LINT_LINT_BASELINE_H_

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <tuple>

#include "base/result.h"

namespace connect_lint {

struct KnownFinding {
  std::string id;
  std::string pointer;
  std::string content;

  bool operator<(const KnownFinding& other) const {
    return std::tie(id, pointer, content) < std::tie(other.id, other.pointer, other.content);
  }
};

// How often a file has each.
using KnownFindings = std::map<KnownFinding, std::uint32_t>;

struct Baseline {
  std::map<std::string, KnownFindings> files;  // By path, relative to the baseline's folder.
};

// From the text of a baseline; `name` is for messages.
[[nodiscard]] Result<Baseline> parse_baseline(std::string_view name, std::string_view text);

// Sorted, a finding a line.
[[nodiscard]] std::string baseline_text(const Baseline& baseline);

}  // namespace connect_lint

#endif  // CONNECT_LINT_LINT_BASELINE_H_
