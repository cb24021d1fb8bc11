#include "lint/ignore_comments.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "base/quote.h"

namespace connect_lint {
namespace {

constexpr std::string_view kOurs = "connect-lint:";
constexpr std::string_view kIgnore = "ignore";
constexpr std::string_view kForm = "`# connect-lint: ignore ID: reason`";

std::string_view trimmed(std::string_view text) {
  const std::size_t begin = text.find_first_not_of(" \t\r");
  if (begin == text.npos) return {};
  return text.substr(begin, text.find_last_not_of(" \t\r") - begin + 1);
}

// The bytes of values and keys: `#` in one begins no comment.
class Scalars {
 public:
  explicit Scalars(const Document& document) : document_(document) {}

  // To be asked in the order of the text.
  bool hold(std::uint32_t at) {
    if (spans_.empty()) collect();
    for (; next_ < spans_.size() && spans_[next_].begin <= at; ++next_) reach_ = std::max(reach_, spans_[next_].end);
    return at < reach_;
  }

 private:
  void collect() {
    for (NodeIndex node = 0; node < document_.nodes.size(); ++node) {
      const Node& here = document_[node];
      if (here.kind != Kind::Array && here.kind != Kind::Object) spans_.push_back({here.begin, here.end});
      spans_.push_back({here.key_begin, here.key_end});
    }
    std::sort(spans_.begin(), spans_.end(), [](Span a, Span b) { return a.begin < b.begin; });
  }

  const Document& document_;
  std::vector<Span> spans_;
  std::size_t next_ = 0;
  std::uint32_t reach_ = 0;
};

// The first line behind `at` with something on it: where it begins, and how many lines below.
std::pair<std::size_t, std::uint32_t> next_line(std::string_view text, std::size_t at) {
  std::uint32_t lines = 0;
  while (at < text.size()) {
    at = std::min(text.find('\n', at), text.size() - 1) + 1;
    ++lines;
    const std::string_view line = trimmed(text.substr(at, text.find('\n', at) - at));
    if (!line.empty() && line[0] != '#') break;
  }
  return {at, lines};
}

void read_comment(std::string_view words, IgnoreComment& comment) {
  words = trimmed(words);
  if (!words.starts_with(kIgnore) || (words.size() > kIgnore.size() && words[kIgnore.size()] != ' ' && words[kIgnore.size()] != ':')) {
    comment.problem = fmt::format("{} is nothing that a comment can tell; it is written as {}", ticked(words.substr(0, words.find_first_of(" :"))), kForm);
    return;
  }
  words.remove_prefix(kIgnore.size());
  const std::size_t colon = words.find(':');
  std::string_view ids = words.substr(0, colon);
  comment.reason = colon == words.npos ? std::string_view() : trimmed(words.substr(colon + 1));
  while (!ids.empty()) {
    const std::string_view id = trimmed(ids.substr(0, ids.find(',')));
    if (!id.empty()) comment.ids.emplace_back(id);
    ids.remove_prefix(std::min(ids.find(','), ids.size() - 1) + 1);
  }
  if (comment.ids.empty()) {
    comment.problem = fmt::format("the comment does not say what to ignore; it is written as {}", kForm);
  } else if (comment.reason.empty()) {
    comment.problem = fmt::format("the comment gives no reason; it is written as {}", kForm);
  }
}

}  // namespace

std::vector<IgnoreComment> find_ignore_comments(const Document& document) {
  std::vector<IgnoreComment> comments;
  if (document.syntax != Syntax::Yaml) return comments;
  const std::string_view text = document.text();
  LineIndex lines(text);
  Scalars scalars(document);
  std::size_t line_begin = 0;
  std::size_t seen = 0;
  std::size_t next_begin = 0;  // The line that comments on lines of their own are for.
  std::uint32_t next_number = 0;
  for (std::size_t at = text.find(kOurs); at != text.npos; at = text.find(kOurs, at + 1)) {
    if (const std::size_t feed = text.substr(seen, at - seen).rfind('\n'); feed != text.npos) line_begin = seen + feed + 1;
    seen = at;
    const std::size_t sign = text.find_last_not_of(" \t", at == 0 ? 0 : at - 1);
    if (at == 0 || sign == text.npos || sign < line_begin || text[sign] != '#') continue;
    if (sign > line_begin && text[sign - 1] != ' ' && text[sign - 1] != '\t') continue;
    const auto begin = static_cast<std::uint32_t>(sign);
    if (scalars.hold(begin)) continue;
    std::size_t end = std::min(text.find('\n', at), text.size());
    const std::string_view words = text.substr(at + kOurs.size(), end - at - kOurs.size());
    while (end > at && text[end - 1] == '\r') --end;
    IgnoreComment comment;
    comment.span = {begin, static_cast<std::uint32_t>(end)};
    comment.line = lines.place(comment.span).line;
    if (trimmed(text.substr(line_begin, sign - line_begin)).empty()) {
      // On a line of its own: for the next line with something on it.
      if (next_begin <= end) {
        const auto [next, lines_below] = next_line(text, end);
        next_begin = next;
        next_number = comment.line + lines_below;
      }
      comment.line = next_number;
    }
    read_comment(words, comment);
    comments.push_back(std::move(comment));
    at = end - 1;  // The rest of the line is the comment.
  }
  return comments;
}

}  // namespace connect_lint
