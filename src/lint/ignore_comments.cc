#include "lint/ignore_comments.h"

#include <fmt/format.h>

#include <algorithm>

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

// Whether the byte belongs to a value or key: `#` in it begins no comment.
bool is_in_scalar(const Document& document, std::uint32_t at) {
  for (NodeIndex node = 0; node < document.nodes.size(); ++node) {
    const Node& here = document[node];
    const bool scalar = here.kind != Kind::Array && here.kind != Kind::Object;
    if ((scalar && here.begin <= at && at < here.end) || (here.key_begin <= at && at < here.key_end)) return true;
  }
  return false;
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
  for (std::size_t at = text.find(kOurs); at != text.npos; at = text.find(kOurs, at + 1)) {
    const std::size_t line_begin = text.rfind('\n', at) == text.npos ? 0 : text.rfind('\n', at) + 1;
    const std::size_t sign = text.find_last_not_of(" \t", at == 0 ? 0 : at - 1);
    if (at == 0 || sign == text.npos || sign < line_begin || text[sign] != '#') continue;
    if (sign > line_begin && text[sign - 1] != ' ' && text[sign - 1] != '\t') continue;
    const auto begin = static_cast<std::uint32_t>(sign);
    if (is_in_scalar(document, begin)) continue;
    std::size_t end = std::min(text.find('\n', at), text.size());
    const std::string_view words = text.substr(at + kOurs.size(), end - at - kOurs.size());
    while (end > at && text[end - 1] == '\r') --end;
    IgnoreComment comment;
    comment.span = {begin, static_cast<std::uint32_t>(end)};
    comment.line = lines.place(comment.span).line;
    if (trimmed(text.substr(line_begin, sign - line_begin)).empty()) {
      // On a line of its own: for the next line with something on it.
      std::string_view rest = text.substr(std::min(end, text.size()));
      while (!rest.empty()) {
        rest.remove_prefix(std::min(rest.find('\n'), rest.size() - 1) + 1);
        ++comment.line;
        const std::string_view line = trimmed(rest.substr(0, rest.find('\n')));
        if (!line.empty() && line[0] != '#') break;
      }
    }
    read_comment(words, comment);
    comments.push_back(std::move(comment));
  }
  return comments;
}

}  // namespace connect_lint
