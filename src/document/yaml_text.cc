#include "document/yaml_text.h"

#include <algorithm>

#include "base/limits.h"
#include "base/utf8.h"
#include "document/yaml_bytes.h"

namespace connect_lint {
namespace {

DocumentFinding unfit(FindingId id, std::size_t begin, std::size_t end, std::uint64_t number = 0) {
  return {.id = id,
          .problem = SyntaxProblem::YamlControlCharacter,
          .span = {static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(end)},
          .node = kNoNode,
          .number = number};
}

// 16 or 32 for a text that is UTF-16 or UTF-32, by its mark or by the zeros in
// its first characters; 0 otherwise.
std::uint64_t wide_encoding(std::string_view text) {
  const auto zeros_are = [&](std::size_t size, std::string_view pattern) {
    if (text.size() < pattern.size() || text.size() % size != 0) return false;
    for (std::size_t i = 0; i < pattern.size(); ++i)
      if ((text[i] == '\0') != (pattern[i] == '0')) return false;
    return true;
  };
  if (text.starts_with(std::string_view("\xFF\xFE\0\0", 4)) || text.starts_with(std::string_view("\0\0\xFE\xFF", 4)) ||
      zeros_are(4, "000x") || zeros_are(4, "x000"))
    return 32;
  if (text.starts_with("\xFF\xFE") || text.starts_with("\xFE\xFF") || zeros_are(2, "0x0x") || zeros_are(2, "x0x0")) return 16;
  return 0;
}

// c-printable of YAML 1.2 (production 1) and what libyaml takes: they are the same.
bool is_printable(char32_t code_point) {
  return code_point == 0x85 || (code_point >= 0xA0 && code_point < 0xD800) || (code_point >= 0xE000 && code_point < 0xFFFE) ||
         code_point >= 0x10000;
}

std::optional<DocumentFinding> find_bad_character(std::string_view text, std::uint32_t begin) {
  for (std::size_t at = find_unusual(text, begin); at < text.size(); at = find_unusual(text, at)) {
    if (text[at] == '\r') {
      ++at;
      continue;
    }
    if (!is_above_ascii(text[at])) return unfit(FindingId::DocumentSyntax, at, at + 1);
    const std::size_t bytes = utf8_sequence_bytes(text.substr(at));
    if (bytes == 0) {
      std::size_t end = at + 1;
      while (end < text.size() && static_cast<unsigned char>(text[end]) >= 0x80 && utf8_sequence_bytes(text.substr(end)) == 0) ++end;
      return unfit(FindingId::DocumentEncoding, at, end);
    }
    if (!is_printable(utf8_decode(text.substr(at)))) return unfit(FindingId::DocumentSyntax, at, at + bytes);
    at += bytes;
  }
  return std::nullopt;
}

// One too many, or too long a one: the number of the finding is 0 then.
// Directives stand in front of the document, among comments and blank lines.
std::optional<DocumentFinding> find_costly_directive(std::string_view text, std::uint32_t begin) {
  std::size_t directives = 0;
  std::size_t at = begin;
  while (at < text.size()) {
    const std::size_t line_end = std::min(text.find_first_of("\r\n", at), text.size());
    const std::size_t solid = std::min(text.find_first_not_of(" \t", at), line_end);
    if (text[at] == '%') {
      // libyaml makes a copy of a prefix for each tag that begins with it.
      const bool is_long = line_end - at > kYamlDirectiveBytesMax;
      if (++directives > kYamlDirectivesMax || is_long) {
        DocumentFinding finding = unfit(FindingId::DocumentSyntax, at, is_long ? at + 1 : line_end, is_long ? 0 : kYamlDirectivesMax);
        finding.problem = SyntaxProblem::YamlDirectives;
        return finding;
      }
    } else if (solid < line_end && text[solid] != '#') {
      break;
    }
    at = line_end + 1;
  }
  return std::nullopt;
}

}  // namespace

std::optional<DocumentFinding> find_unfit_for_yaml(std::string_view text, std::uint32_t begin) {
  if (const std::uint64_t bits = wide_encoding(text); bits != 0)
    return unfit(FindingId::DocumentEncoding, 0, std::min<std::size_t>(bits / 8, text.size()), bits);
  if (text.size() > kYamlBytesMax) return unfit(FindingId::DocumentTooLarge, 0, 0, kYamlBytesMax);
  if (auto finding = find_bad_character(text, begin)) return finding;
  return find_costly_directive(text, begin);
}

std::uint32_t solid_end(std::string_view text) {
  return static_cast<std::uint32_t>(text.find_last_not_of(" \t\r\n") + 1);  // npos + 1 is 0.
}

CodePointOffsets::CodePointOffsets(std::string_view text, std::uint32_t begin) : text_(text), begin_(begin), byte_(begin) {
  const auto is_ascii = [](char c) { return static_cast<unsigned char>(c) < 0x80; };
  if (std::all_of(text.begin() + begin, text.end(), is_ascii)) return;
  std::size_t code_point = 0;
  for (std::size_t i = begin; i < text.size(); ++i) {
    if ((text[i] & 0xC0) == 0x80) continue;
    if (code_point++ % kStride == 0) starts_.push_back(static_cast<std::uint32_t>(i));
  }
}

std::uint32_t CodePointOffsets::byte(std::size_t code_point) {
  const auto end = static_cast<std::uint32_t>(text_.size());
  if (starts_.empty()) return static_cast<std::uint32_t>(std::min<std::size_t>(begin_ + code_point, end));
  if (code_point / kStride >= starts_.size()) return end;
  if (code_point < code_point_ || code_point - code_point_ > code_point % kStride) {
    code_point_ = code_point / kStride * kStride;
    byte_ = starts_[code_point / kStride];
  }
  for (; code_point_ < code_point && byte_ < end; ++code_point_) {
    ++byte_;
    while (byte_ < end && (text_[byte_] & 0xC0) == 0x80) ++byte_;
  }
  code_point_ = code_point;
  return byte_;
}

}  // namespace connect_lint
