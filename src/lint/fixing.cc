#include "lint/fixing.h"

#include <algorithm>
#include <map>
#include <span>
#include <tuple>
#include <utility>
#include <vector>

#include "base/limits.h"

namespace connect_lint {
namespace {

using Chosen = std::vector<const Fix*>;

bool is_wanted(const Diagnostic& found, Fixes which) { return found.fix && (which == Fixes::All || found.fix->safe) && !found.fix->edits.empty(); }

// Edits that touch are none of each other's business, but two insertions at one place are.
bool clash(const Edit& a, const Edit& b) {
  if (a.begin == b.begin && a.end == b.end && a.text == b.text) return false;
  return (a.begin < b.end && b.begin < a.end) || a.begin == b.begin;
}

bool clash(const Fix& a, const Fix& b) {
  return std::any_of(a.edits.begin(), a.edits.end(),
                     [&](const Edit& one) { return std::any_of(b.edits.begin(), b.edits.end(), [&](const Edit& other) { return clash(one, other); }); });
}

// In the order of the text, each as long as it clashes with none before.
Chosen choose(const Report& report, Fixes which) {
  Chosen chosen;
  for (const Diagnostic& found : report.diagnostics) {
    if (!is_wanted(found, which)) continue;
    // Findings are sorted by place: what clashes is near.
    const std::size_t near = std::min<std::size_t>(chosen.size(), kFixesCompared);
    if (std::none_of(chosen.end() - static_cast<std::ptrdiff_t>(near), chosen.end(), [&](const Fix* other) { return clash(*found.fix, *other); }))
      chosen.push_back(&*found.fix);
  }
  return chosen;
}

// Empty where edits overlap after all.
std::string applied(std::string_view text, std::span<const Fix* const> chosen) {
  std::vector<Edit> edits;
  for (const Fix* fix : chosen) edits.insert(edits.end(), fix->edits.begin(), fix->edits.end());
  std::sort(edits.begin(), edits.end(), [](const Edit& a, const Edit& b) { return std::tie(a.begin, a.end, a.text) < std::tie(b.begin, b.end, b.text); });
  edits.erase(std::unique(edits.begin(), edits.end(), [](const Edit& a, const Edit& b) { return a.begin == b.begin && a.end == b.end && a.text == b.text; }),
              edits.end());
  std::string result;
  std::size_t from = 0;
  for (const Edit& edit : edits) {
    if (edit.begin < from || edit.end < edit.begin || edit.end > text.size()) return "";
    result += text.substr(from, edit.begin - from);
    result += edit.text;
    from = edit.end;
  }
  result += text.substr(from);
  return result;
}

std::size_t count_fixes(const Report& report, Fixes which) {
  return static_cast<std::size_t>(std::count_if(report.diagnostics.begin(), report.diagnostics.end(), [&](const Diagnostic& found) { return is_wanted(found, which); }));
}

// Nothing new, and less of what was there. Ids are counted, as pointers move.
// Infos may take the place of others: they are no mistakes.
bool is_better(const Report& after, const Report& before, Fixes which) {
  if (after.status != Status::Checked || after.errors > before.errors || after.errors + after.warnings > before.errors + before.warnings) return false;
  if (after.findings() >= before.findings() && count_fixes(after, which) >= count_fixes(before, which)) return false;
  if (before.left_out > 0) return true;  // Of those, any may be seen now.
  std::map<std::string_view, std::int64_t> counts;
  for (const Diagnostic& found : before.diagnostics) ++counts[found.id];
  return std::all_of(after.diagnostics.begin(), after.diagnostics.end(),
                     [&](const Diagnostic& found) { return found.severity == Severity::Info || --counts[found.id] >= 0; });
}

class Fixing {
 public:
  Fixing(std::string_view text, Report report, Fixes which, const std::function<Report(std::string_view)>& check) : which_(which), check_(check) {
    now_.text = text;
    now_.report = std::move(report);
  }

  FixedText run() {
    // Each round has fewer findings, or fewer fixes, than the one before.
    while (take(choose(now_.report, which_))) {
    }
    return std::move(now_);
  }

 private:
  // All of them; where that makes it no better, a part that does.
  bool take(std::span<const Fix* const> chosen) {
    if (chosen.empty() || checks_ == kFixChecksMax) return false;
    std::string text = applied(now_.text, chosen);
    if (!text.empty() && text != now_.text) {
      ++checks_;
      Report report = check_(text);
      if (is_better(report, now_.report, which_)) {
        now_ = {std::move(text), std::move(report), now_.fixed + chosen.size()};
        return true;
      }
    }
    if (chosen.size() == 1) return false;
    const std::size_t half = chosen.size() / 2;
    return take(chosen.first(half)) || take(chosen.subspan(half));
  }

  const Fixes which_;
  const std::function<Report(std::string_view)>& check_;
  FixedText now_;
  std::size_t checks_ = 0;
};

}  // namespace

bool has_fix(const Report& report, Fixes which) {
  return std::any_of(report.diagnostics.begin(), report.diagnostics.end(), [&](const Diagnostic& found) { return is_wanted(found, which); });
}

FixedText fix_text(std::string_view text, Report report, Fixes which, const std::function<Report(std::string_view)>& check) {
  return Fixing(text, std::move(report), which, check).run();
}

}  // namespace connect_lint
