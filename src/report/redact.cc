#include "report/redact.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <string_view>
#include <utility>

namespace connect_lint {
namespace {

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_upper(char c) { return (c >= 'A' && c <= 'Z') || is_digit(c); }
bool is_hex(char c) { return is_digit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F'); }
bool is_word(char c) { return is_digit(c) || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }

// How many characters at the start are of a kind.
template <typename Kind>
std::size_t count(std::string_view text, Kind kind) {
  return static_cast<std::size_t>(std::find_if_not(text.begin(), text.end(), kind) - text.begin());
}

bool is_account(std::string_view text) { return count(text, is_digit) == 12; }

// The first four letters say what the key belongs to (IAM's unique identifiers).
bool is_access_key(std::string_view text) {
  static constexpr std::array<std::string_view, 10> kKinds = {"ABIA", "ACCA", "AGPA", "AIDA", "AIPA", "AKIA", "ANPA", "ANVA", "AROA", "ASIA"};
  return count(text, is_upper) >= 16 && std::find(kKinds.begin(), kKinds.end(), text.substr(0, 4)) != kKinds.end();
}

bool is_uuid(std::string_view text) {
  for (const std::size_t length : {8u, 4u, 4u, 4u, 12u}) {
    if (count(text, is_hex) != length) return false;
    text.remove_prefix(length);
    if (length == 12) return text.empty() || !is_word(text[0]);
    if (!text.starts_with('-')) return false;
    text.remove_prefix(1);
  }
  return false;
}

constexpr std::string_view kMultiRegion = "mrk-";
bool is_multi_region_key(std::string_view text) { return text.starts_with(kMultiRegion) && count(text.substr(kMultiRegion.size()), is_hex) == 32; }

// Where the part behind the service begins in an ARN, and where the ARN ends; nothing where there is none.
std::pair<std::size_t, std::size_t> secret_of_arn(std::string_view text) {
  if (!text.starts_with("arn:")) return {};
  const std::size_t end = count(text, [](char c) { return is_word(c) || std::string_view(":/-_.+=@*?$").find(c) != std::string_view::npos; });
  std::size_t begin = 0;
  for (int colons = 0; colons < 3; ++colons) {
    begin = text.find(':', begin);
    if (begin >= end) return {};
    ++begin;
  }
  return {begin, end};
}

}  // namespace

std::string redacted(std::string text) {
  const std::string_view view = text;
  std::string masked = text;
  const auto mask = [&](std::size_t begin, std::size_t end) {
    std::replace_if(masked.begin() + static_cast<std::ptrdiff_t>(begin), masked.begin() + static_cast<std::ptrdiff_t>(end), is_word, '*');
  };
  for (std::size_t i = 0; i < view.size();) {
    if (!is_word(view[i])) {
      ++i;
      continue;
    }
    const std::string_view rest = view.substr(i);
    const std::size_t word = count(rest, is_word);
    if (const auto [begin, end] = secret_of_arn(rest); end > 0) {
      mask(i + begin, i + end);
      i += end;
    } else if (is_uuid(rest)) {
      mask(i, i + 36);
      i += 36;
    } else if (is_multi_region_key(rest)) {
      mask(i, i + kMultiRegion.size() + 32);
      i += kMultiRegion.size() + 32;
    } else {
      if ((word == 12 && is_account(rest)) || is_access_key(rest.substr(0, word))) mask(i, i + word);
      i += word;
    }
  }
  return masked;
}

Report redacted(Report report) {
  const auto redact = [](std::string& text) { text = redacted(std::move(text)); };
  redact(report.note);
  for (Diagnostic& found : report.diagnostics) {
    for (std::string* text : {&found.message, &found.pointer, &found.path, &found.help}) redact(*text);
    for (Related& related : found.related)
      for (std::string* text : {&related.message, &related.pointer, &related.path}) redact(*text);
    if (found.fix && std::any_of(found.fix->edits.begin(), found.fix->edits.end(), [](const Edit& edit) { return redacted(edit.text) != edit.text; })) found.fix.reset();
  }
  return report;
}

}  // namespace connect_lint
