// What a configuration, a baseline and comments make of the findings of one file.
#ifndef CONNECT_LINT_LINT_FILE_POLICY_H_
#define CONNECT_LINT_LINT_FILE_POLICY_H_

#include <atomic>
#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>
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
  bool is_ignored(const FindingView& finding);

  PolicySources sources_;
  std::string_view text_;
  std::vector<IgnoreComment> comments_;
  std::vector<bool> comment_used_;
  std::function<bool(std::string_view id)> looked_for_;
  KnownFindings met_;
  KnownFindings collected_;
};

// Diagnostic of one of our own findings at a place of a text.
[[nodiscard]] Diagnostic own_finding(FindingId id, std::string message, std::string help, std::string_view text, Span span);

}  // namespace connect_lint

#endif  // CONNECT_LINT_LINT_FILE_POLICY_H_
