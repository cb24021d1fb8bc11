#include "request/signs.h"

#include <algorithm>

#include "request/template.h"

namespace connect_lint {
namespace {

bool is_word(char c) { return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z'); }

// What stands in front of the first key of a line.
constexpr std::string_view kBefore = " \t-{[?,\"'";

bool begins_with_telling_key(std::string_view line) {
  const std::size_t begin = line.find_first_not_of(kBefore);
  if (begin == line.npos) return false;
  line.remove_prefix(begin);
  const auto end = static_cast<std::size_t>(std::find_if_not(line.begin(), line.end(), is_word) - line.begin());
  const std::size_t colon = line.find_first_not_of(" \t\"'", end);
  return end > 0 && colon != line.npos && line[colon] == ':' && is_telling_member(line.substr(0, end));
}

}  // namespace

bool shows_signs(std::string_view text, const RecognitionHints& hints) {
  if (hints.operation || operation_of_name(hints.file_name)) return true;
  if (text.find(kTemplateResource) != text.npos) return true;
  while (!text.empty()) {
    const std::size_t end = text.find_first_of("\r\n");
    if (begins_with_telling_key(text.substr(0, end))) return true;
    text.remove_prefix(end == text.npos ? text.size() : end + 1);
  }
  return false;
}

}  // namespace connect_lint
