// What a configuration, a baseline and comments make of the findings of one file.
#ifndef CONNECT_LINT_LINT_FILE_POLICY_H_
#define CONNECT_LINT_LINT_FILE_POLICY_H_

#include <atomic>
#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "lint/baseline.h"
#include "lint/configuration.h"
#include "lint/finding_judge.h"
#include "lint/ignore_comments.h"

namespace connect_lint {

// An entry of `ignore`, and what became of it in a run. Shared by all threads.
struct IgnoreState {
  explicit IgnoreState(const Setting<Ignore>* of) : entry(of) {}

  const Setting<Ignore>* entry;
  std::atomic<bool> seen = false;  // A file that it is for was checked.
  std::atomic<bool> used = false;

  [[nodiscard]] bool is_expired(std::optional<std::int64_t> now) const { return now && entry->value.until && *now >= *entry->value.until; }
};

struct PolicySources {
  std::span<const Setting<SeverityChange>* const> severities;  // The last that fits wins.
  std::span<IgnoreState* const> ignores;                       // Those for the file.
  const KnownFindings* known = nullptr;                        // Of the baseline; null without.
  bool collects = false;                                       // For a new baseline.
  Severity least = Severity::Info;                             // Findings below it are not collected.
  std::optional<std::int64_t> now = {};                        // Entries do not expire without.
  std::span<const std::string_view> ids;                       // All that may be found.
};

class FilePolicy : public FindingJudge {
 public:
  explicit FilePolicy(const PolicySources& sources) : sources_(sources) {}

  [[nodiscard]] bool raises() const override;
  void begin(const Document& document, std::function<bool(std::string_view id)> looked_for) override;
  Verdict judge(const FindingView& finding, Severity& severity) override;
  void end(std::vector<Diagnostic>& own) override;

  // Of the baseline, but not found: how many.
  [[nodiscard]] std::uint64_t stale() const;
  // With `collects`: what was found.
  [[nodiscard]] KnownFindings& collected() { return collected_; }

 private:
  // What entries say about the findings with an id, or of a family, at a pointer and below.
  struct Entries {
    std::size_t severity_plus_1 = 0;  // The last change of the severity, in `sources_`.
    std::vector<IgnoreState*> ignores;
    bool met = false;  // A finding was, and `ignored` is known.
    bool ignored = false;
  };
  using NameAndPlace = std::pair<std::string_view, std::string_view>;
  using LineAndName = std::pair<std::uint32_t, std::string_view>;

  void sort_entries();
  bool is_ignored_by_comment(const FindingView& finding);
  bool is_ignored(Entries& entries) const;

  PolicySources sources_;
  // There may be as many entries as findings.
  std::map<NameAndPlace, Entries> entries_;
  bool sorted_ = false;
  std::vector<Entries*> fitting_;  // Of the finding at hand.
  std::string_view text_;
  std::vector<IgnoreComment> comments_;
  std::map<LineAndName, bool> comment_used_;  // By what comments name.
  std::function<bool(std::string_view id)> looked_for_;
  KnownFindings met_;
  KnownFindings collected_;
};

// Diagnostic of one of our own findings, about a whole text or at a place of it.
[[nodiscard]] Diagnostic own_finding(FindingId id, std::string message, std::string help);
[[nodiscard]] Diagnostic own_finding(FindingId id, std::string message, std::string help, LineIndex& lines, Span span);

}  // namespace connect_lint

#endif  // CONNECT_LINT_LINT_FILE_POLICY_H_
