#include "document/data_file.h"

#include <algorithm>

#include "base/edit_distance.h"
#include "base/limits.h"
#include "base/quote.h"
#include "document/describe_document.h"

namespace connect_lint {

std::string problem_line(std::string_view name, std::string_view text, const TextProblem& problem) {
  const Place place = LineIndex(text).place(problem.span);
  return fmt::format("{}:{}:{}: error: {}", visible(name, 4096), place.line, place.column, problem.message);
}

std::string did_you_mean(std::string_view given, std::span<const std::string_view> names) {
  std::string_view best;
  std::size_t limit = edit_distance_allowed(given.size());
  for (const std::string_view name : names) {
    const std::size_t distance = edit_distance(given, name, limit);
    if (distance > limit) continue;
    best = name;
    if (distance == 0) break;
    limit = distance - 1;
  }
  return best.empty() ? "" : fmt::format("; did you mean `{}`?", best);
}

void DataReader::complain(Span span, std::string message) {
  if (problems_.size() > kProblemsMax) return;
  if (problems_.size() == kProblemsMax) message = fmt::format("there are more mistakes than these {}", kProblemsMax);
  problems_.push_back({span, std::move(message)});
}

bool DataReader::has_map(std::string_view what) {
  for (const DocumentFinding& finding : document_.findings) {
    const DocumentWords words = describe_document(finding, document_);
    complain(finding.span, words.help.empty() ? words.message : fmt::format("{}; {}", words.message, words.help));
  }
  if (!document_.complete || document_.empty()) return false;
  if (document_[0].kind == Kind::Object) return true;
  complain(0, Mark::Value, fmt::format("{} is a map of keys", what));
  return false;
}

void DataReader::sort_problems() {
  std::stable_sort(problems_.begin(), problems_.end(), [](const TextProblem& a, const TextProblem& b) { return a.span.begin < b.span.begin; });
}

std::optional<std::string_view> DataReader::text(NodeIndex node, std::string_view key) {
  if (document_[node].kind == Kind::String && !document_.string(node).empty()) return document_.string(node);
  // A query may well look like something else: `$` alone does not, `true` does.
  complain(node, Mark::Value, fmt::format("`{}` is a text", key));
  return std::nullopt;
}

std::optional<std::size_t> DataReader::word(NodeIndex node, std::span<const std::string_view> words) {
  const std::string_view given = document_.string(node);
  for (std::size_t i = 0; i < words.size(); ++i)
    if (words[i] == given) return i;
  std::string all;
  for (const std::string_view each : words) all += fmt::format("{}`{}`", all.empty() ? "" : ", ", each);
  complain(node, Mark::Value, fmt::format("{} is none of {}", ticked(given), all));
  return std::nullopt;
}

}  // namespace connect_lint
