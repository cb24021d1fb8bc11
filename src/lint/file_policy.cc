#include "lint/file_policy.h"

#include <algorithm>
#include <utility>

#include "base/catalogue.h"
#include "base/fingerprint.h"
#include "base/quote.h"
#include "lint/settle.h"
#include "rules/rule_file.h"

namespace connect_lint {
namespace {

bool is_known(std::string_view id, std::span<const std::string_view> ids) {
  return std::any_of(ids.begin(), ids.end(), [&](std::string_view known) { return names_id(id, known); });
}

std::string listed(const std::vector<std::string>& ids) {
  std::string result;
  for (const std::string& id : ids) result += (result.empty() ? "" : ", ") + ticked(id);
  return result;
}

}  // namespace

Diagnostic own_finding(FindingId id, std::string message, std::string help, std::string_view text, Span span) {
  Diagnostic diagnostic = new_diagnostic(id);
  diagnostic.message = std::move(message);
  diagnostic.help = std::move(help);
  diagnostic.path = "$";
  diagnostic.place = LineIndex(text).place(span);
  return diagnostic;
}

bool FilePolicy::raises() const {
  return std::any_of(sources_.severities.begin(), sources_.severities.end(), [](const auto* change) { return change->value.severity.has_value(); });
}

void FilePolicy::begin(const Document& document, std::function<bool(std::string_view id)> looked_for) {
  text_ = document.text();
  looked_for_ = std::move(looked_for);
  comments_ = find_ignore_comments(document);
  comment_used_.assign(comments_.size(), false);
  met_.clear();
}

Verdict FilePolicy::judge(const FindingView& finding, Severity& severity) {
  // What cannot be read as it is cannot be checked either.
  if (family_of(finding.id) == "document") return Verdict::Report;
  for (const auto* change : sources_.severities) {
    if (!names_id(change->value.id, finding.id) || !is_below(finding.pointer, change->value.at)) continue;
    if (!change->value.severity) return Verdict::Off;
    severity = *change->value.severity;
  }
  if (is_ignored(finding)) return Verdict::Suppressed;
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

bool FilePolicy::is_ignored(const FindingView& finding) {
  bool ignored = false;
  for (std::size_t i = 0; i < comments_.size(); ++i) {
    const IgnoreComment& comment = comments_[i];
    if (!comment.problem.empty() || comment.line != finding.line) continue;
    if (std::none_of(comment.ids.begin(), comment.ids.end(), [&](const std::string& id) { return names_id(id, finding.id); })) continue;
    comment_used_[i] = true;
    ignored = true;
  }
  for (IgnoreState* state : sources_.ignores) {
    const Ignore& entry = state->entry->value;
    if (!names_id(entry.id, finding.id) || !is_below(finding.pointer, entry.at) || state->is_expired(sources_.now)) continue;
    state->used = true;
    ignored = true;
  }
  return ignored;
}

void FilePolicy::end(std::vector<Diagnostic>& own) {
  for (IgnoreState* state : sources_.ignores)
    // What was not looked for says nothing about the entry.
    if (looked_for_(state->entry->value.id)) state->seen = true;
  for (std::size_t i = 0; i < comments_.size(); ++i) {
    const IgnoreComment& comment = comments_[i];
    if (!comment.problem.empty()) {
      own.push_back(own_finding(FindingId::SuppressionMalformed, comment.problem, "", text_, comment.span));
      continue;
    }
    bool known = true;
    for (const std::string& id : comment.ids) {
      if (is_known(id, sources_.ids)) continue;
      known = false;
      own.push_back(own_finding(FindingId::SuppressionUnknownId, fmt::format("there is no finding {}{}", ticked(id), did_you_mean(id, sources_.ids)), "",
                                text_, comment.span));
    }
    if (!known || comment_used_[i] || !std::all_of(comment.ids.begin(), comment.ids.end(), looked_for_)) continue;
    own.push_back(own_finding(FindingId::SuppressionUnused, fmt::format("line {} has no finding {} to ignore", comment.line, listed(comment.ids)),
                              "remove the comment", text_, comment.span));
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
