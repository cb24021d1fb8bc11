#include "lint/file_policy.h"

#include <algorithm>
#include <utility>

#include "base/catalogue.h"
#include "base/fingerprint.h"
#include "base/limits.h"
#include "base/quote.h"
#include "lint/settle.h"
#include "rules/rule_file.h"

namespace connect_lint {
namespace {

bool is_known(std::string_view id, std::span<const std::string_view> ids) {
  return std::any_of(ids.begin(), ids.end(), [&](std::string_view known) { return names_id(id, known); });
}

// Calls `use` with a path of names divided by slashes, and each beginning of it that ends in front of one.
template <typename Use>
void for_each_beginning(std::string_view path, Use use) {
  use(path);
  for (std::size_t slash = path.rfind('/'); slash != path.npos; slash = path.rfind('/')) {
    path = path.substr(0, slash);
    use(path);
  }
}

std::string listed(const std::vector<std::string>& ids) {
  std::string result;
  for (std::size_t i = 0; i < ids.size() && i < kIdsListedMax; ++i) result += (i == 0 ? "" : ", ") + ticked(ids[i]);
  if (ids.size() > kIdsListedMax) result += fmt::format(" and {} more", ids.size() - kIdsListedMax);
  return result;
}

}  // namespace

Diagnostic own_finding(FindingId id, std::string message, std::string help) {
  Diagnostic diagnostic = new_diagnostic(id);
  diagnostic.message = std::move(message);
  diagnostic.help = std::move(help);
  diagnostic.path = "$";
  return diagnostic;
}

Diagnostic own_finding(FindingId id, std::string message, std::string help, LineIndex& lines, Span span) {
  Diagnostic diagnostic = own_finding(id, std::move(message), std::move(help));
  diagnostic.place = lines.place(span);
  return diagnostic;
}

bool FilePolicy::raises() const {
  return std::any_of(sources_.severities.begin(), sources_.severities.end(), [](const auto* change) { return change->value.severity.has_value(); });
}

void FilePolicy::begin(const Document& document, std::function<bool(std::string_view id)> looked_for) {
  text_ = document.text();
  looked_for_ = std::move(looked_for);
  comments_ = find_ignore_comments(document);
  comment_used_.clear();
  for (const IgnoreComment& comment : comments_)
    if (comment.problem.empty())
      for (const std::string& id : comment.ids) comment_used_[{comment.line, id}] = false;
  met_.clear();
}

void FilePolicy::sort_entries() {
  for (std::size_t i = 0; i < sources_.severities.size(); ++i) {
    const SeverityChange& change = sources_.severities[i]->value;
    entries_[{change.id, change.at}].severity_plus_1 = i + 1;
  }
  for (IgnoreState* state : sources_.ignores) entries_[{state->entry->value.id, state->entry->value.at}].ignores.push_back(state);
  sorted_ = true;
}

Verdict FilePolicy::judge(const FindingView& finding, Severity& severity) {
  // What cannot be read as it is cannot be checked either.
  if (family_of(finding.id) == "document") return Verdict::Report;
  if (!sorted_) sort_entries();
  fitting_.clear();
  if (!entries_.empty())
    for_each_beginning(finding.id, [&](std::string_view name) {
      for_each_beginning(finding.pointer, [&](std::string_view pointer) {
        if (const auto found = entries_.find({name, pointer}); found != entries_.end()) fitting_.push_back(&found->second);
      });
    });
  std::size_t severity_plus_1 = 0;
  for (const Entries* entries : fitting_) severity_plus_1 = std::max(severity_plus_1, entries->severity_plus_1);
  if (severity_plus_1 > 0) {
    const SeverityChange& change = sources_.severities[severity_plus_1 - 1]->value;
    if (!change.severity) return Verdict::Off;
    severity = *change.severity;
  }
  bool ignored = is_ignored_by_comment(finding);
  for (Entries* entries : fitting_) ignored |= is_ignored(*entries);
  if (ignored) return Verdict::Suppressed;
  if (!sources_.collects && sources_.known == nullptr) return Verdict::Report;
  KnownFinding known{std::string(finding.id), std::string(finding.pointer), content_of(finding.bytes)};
  if (sources_.collects) {
    if (severity < sources_.least) return Verdict::Report;
    ++collected_[std::move(known)];
    return Verdict::Known;
  }
  const auto found = sources_.known->find(known);
  if (found == sources_.known->end() || met_[known] == found->second) return Verdict::Report;
  ++met_[std::move(known)];
  return Verdict::Known;
}

bool FilePolicy::is_ignored_by_comment(const FindingView& finding) {
  bool ignored = false;
  if (comment_used_.empty()) return ignored;
  for_each_beginning(finding.id, [&](std::string_view name) {
    const auto found = comment_used_.find({finding.line, name});
    if (found == comment_used_.end()) return;
    found->second = true;
    ignored = true;
  });
  return ignored;
}

bool FilePolicy::is_ignored(Entries& entries) const {
  if (entries.met) return entries.ignored;
  entries.met = true;
  for (IgnoreState* state : entries.ignores) {
    if (state->is_expired(sources_.now)) continue;
    state->used = true;
    entries.ignored = true;
  }
  return entries.ignored;
}

void FilePolicy::end(std::vector<Diagnostic>& own) {
  for (IgnoreState* state : sources_.ignores)
    // What was not looked for says nothing about the entry.
    if (looked_for_(state->entry->value.id)) state->seen = true;
  LineIndex lines(text_);
  for (const IgnoreComment& comment : comments_) {
    if (!comment.problem.empty()) {
      own.push_back(own_finding(FindingId::SuppressionMalformed, comment.problem, "", lines, comment.span));
      continue;
    }
    bool known = true;
    for (const std::string& id : comment.ids) {
      if (is_known(id, sources_.ids)) continue;
      known = false;
      own.push_back(own_finding(FindingId::SuppressionUnknownId, fmt::format("there is no finding {}{}", ticked(id), did_you_mean(id, sources_.ids)), "",
                                lines, comment.span));
    }
    const bool used = std::any_of(comment.ids.begin(), comment.ids.end(), [&](const std::string& id) { return comment_used_.at({comment.line, id}); });
    if (!known || used || !std::all_of(comment.ids.begin(), comment.ids.end(), looked_for_)) continue;
    own.push_back(own_finding(FindingId::SuppressionUnused, fmt::format("line {} has no finding {} to ignore", comment.line, listed(comment.ids)),
                              "remove the comment", lines, comment.span));
  }
}

std::uint64_t FilePolicy::stale() const {
  std::uint64_t count = 0;
  if (sources_.known == nullptr) return 0;
  for (const auto& [finding, times] : *sources_.known) {
    const auto met = met_.find(finding);
    count += times - (met == met_.end() ? 0 : met->second);
  }
  return count;
}

}  // namespace connect_lint
