// Ordinary YAML: texts with and without quotes, and block scalars.
#include <algorithm>
#include <array>
#include <cstring>

#include "document/json_bytes.h"
#include "document/yaml_bytes.h"
#include "document/yaml_quick_run.h"
#include "document/yaml_scalar.h"
#include "document/yaml_text.h"

namespace connect_lint {
namespace {

// Whether a text without quotes may begin with this byte: no indicator does.
constexpr std::array<bool, 256> kStartsPlain = [] {
  std::array<bool, 256> table{};
  for (const char byte : std::string_view("\0\t\n\r -?:,[]{}#&*!|>'\"%@`", 24)) table[static_cast<unsigned char>(byte)] = true;
  for (bool& starts : table) starts = !starts;
  return table;
}();

// Escapes in double quotes that JSON has, too, and what they are.
constexpr std::string_view kEscapes = "\"\\/bfnrt";
constexpr std::string_view kEscaped = "\"\\/\b\f\n\r\t";

bool is_letter_or_digit(char c) { return is_digit(c) || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }

std::string_view view(const char* begin, const char* end) { return {begin, static_cast<std::size_t>(end - begin)}; }

}  // namespace

// From `at_`, which is then behind the closing quote, or at what ends a text without quotes.
bool YamlQuickReader::Run::scan_scalar(bool flow, Scalar& scalar) {
  scalar.begin = at_;
  if (*at_ == '"') return scan_double_quoted(scalar);
  if (*at_ == '\'') return scan_single_quoted(scalar);
  if (*at_ == '-') {
    if (!is_letter_or_digit(at_[1]) && at_[1] != '.') return false;
  } else if (!kStartsPlain[static_cast<unsigned char>(*at_)] || std::memcmp(at_, "...", 3) == 0) {
    return false;
  }
  return scan_plain(flow, scalar);
}

// What is left of a line of a text without quotes.
bool YamlQuickReader::Run::scan_plain(bool flow, Scalar& scalar) {
  const char* const begin = at_;
  for (;; ++at_) {
    at_ = flow ? skip_to_look<true>(at_) : skip_to_look<false>(at_);
    if (is_above_ascii(*at_)) {
      scalar.non_ascii = true;
    } else if (*at_ == ':') {
      if (ends_word(at_[1])) break;
      if (at_[1] == '\t' || (flow && std::strchr(",?[]{}", at_[1]) != nullptr)) return false;
    } else if (*at_ == '#') {
      if (at_ != begin && at_[-1] == ' ') break;
    } else {
      if (*at_ == '\t' || *at_ == '?') return false;
      break;
    }
  }
  scalar.end = at_;
  while (scalar.end != begin && scalar.end[-1] == ' ') --scalar.end;
  return scalar.end != begin;
}

bool YamlQuickReader::Run::scan_double_quoted(Scalar& scalar) {
  scalar.quoted = true;
  ++at_;
  while (true) {
    at_ = skip_plain(at_);
    if (*at_ == '"') break;
    if (is_above_ascii(*at_)) {
      scalar.non_ascii = true;
    } else if (*at_ == '\\') {
      scalar.escaped = true;
      ++at_;
      if (*at_ == '\0' || kEscapes.find(*at_) == kEscapes.npos) return false;
    } else if (*at_ != '\t') {
      return false;
    }
    ++at_;
  }
  scalar.end = ++at_;
  return true;
}

bool YamlQuickReader::Run::scan_single_quoted(Scalar& scalar) {
  scalar.quoted = true;
  for (++at_;; ++at_) {
    if (*at_ == '\'') {
      if (at_[1] != '\'') break;
      scalar.escaped = true;
      ++at_;
    } else if (ends_line(*at_)) {
      return false;
    } else if (is_above_ascii(*at_)) {
      scalar.non_ascii = true;
    }
  }
  scalar.end = ++at_;
  return true;
}

bool YamlQuickReader::Run::add_scalar(const Scalar& scalar) {
  if (!scalar.quoted) return add_plain(view(scalar.begin, scalar.end), scalar);
  const NodeIndex index = add(Kind::String, scalar.begin, scalar.end, scalar.non_ascii ? Node::kNonAscii : std::uint8_t{0});
  if (scalar.escaped) add_unescaped(scalar, index);
  return true;
}

void YamlQuickReader::Run::add_unescaped(const Scalar& scalar, NodeIndex index) {
  std::vector<char>& decoded = document_.decoded;
  const auto offset = static_cast<std::uint32_t>(decoded.size());
  const char quote = *scalar.begin;
  for (const char* at = scalar.begin + 1; at != scalar.end - 1; ++at) {
    if (quote == '\'' && *at == '\'') ++at;
    const bool escape = quote == '"' && *at == '\\';
    decoded.push_back(escape ? kEscaped[kEscapes.find(*++at)] : *at);
  }
  document_.set_decoded(index, Mark::Value, offset, static_cast<std::uint32_t>(decoded.size()) - offset);
}

void YamlQuickReader::Run::add_text(std::string_view text, NodeIndex index) {
  std::vector<char>& decoded = document_.decoded;
  const auto offset = static_cast<std::uint32_t>(decoded.size());
  decoded.insert(decoded.end(), text.begin(), text.end());
  document_.set_decoded(index, Mark::Value, offset, static_cast<std::uint32_t>(text.size()));
}

// A text without quotes that means `value`.
bool YamlQuickReader::Run::add_plain(std::string_view value, const Scalar& scalar) {
  const std::string_view written = view(scalar.begin, scalar.end);
  if (!is_text_for_certain(value[0])) {
    const YamlScalar resolved = resolve_scalar(value, false);
    if (resolved.odd != YamlScalar::Odd::No) return false;
    if (resolved.kind != Kind::String || !resolved.digits.empty()) {
      const NodeIndex index = add(resolved.kind, scalar.begin, scalar.end, resolved.flags);
      const bool as_written = resolved.digits.empty() || resolved.digits == written;
      if (resolved.kind == Kind::String || !as_written) add_text(resolved.digits, index);
      return true;
    }
  }
  const NodeIndex index = add(Kind::String, scalar.begin, scalar.end, scalar.non_ascii ? Node::kNonAscii : std::uint8_t{0});
  if (value.data() == written.data()) document_.set_plain(index, Mark::Value);
  else add_text(value, index);
  return true;
}

// A scalar that is not inside of brackets, with the rest of its line. Without
// quotes it goes on in lines that are indented more than what is around it.
bool YamlQuickReader::Run::add_scalar_of_lines(Scalar& scalar) {
  if (scalar.quoted) return end_line() && add_scalar(scalar);
  at_ = scalar.end;
  if (!end_plain_line()) return false;
  if (!goes_on_) return add_scalar(scalar);
  folded_.assign(scalar.begin, scalar.end);
  while (goes_on_) {
    const char* const begin = at_;
    if (!scan_plain(false, scalar)) return false;
    if (breaks_ == 1) folded_ += ' ';
    folded_.append(breaks_ - 1, '\n').append(begin, scalar.end);
    at_ = scalar.end;
    if (!end_plain_line()) return false;
  }
  return add_plain(folded_, scalar);
}

// The end of a line of a text without quotes; where the text goes on, `at_` is
// there, `breaks_` line breaks later.
bool YamlQuickReader::Run::end_plain_line() {
  skip_spaces();
  goes_on_ = *at_ != '#';
  if (!end_line() || !goes_on_) return !goes_on_;
  const char* look = at_;
  const char* line = at_;
  for (breaks_ = 1;; ++breaks_) {
    line = look;
    while (*look == ' ') ++look;
    if (*look == '\r') ++look;
    if (*look != '\n') break;
    ++look;
  }
  if (*look == '\t') return false;
  goes_on_ = look != end_ && *look != '#' && look - line > static_cast<std::ptrdiff_t>(frames_.back().indent);
  if (!goes_on_) return true;
  at_ = look;
  line_ = line;
  return true;
}

// `|` or `>` and the lines below it, as libyaml's yaml_parser_scan_block_scalar() reads them.
bool YamlQuickReader::Run::add_block_scalar() {
  const char* const begin = at_;
  const bool folds = *at_++ == '>';
  const char chomping = *at_ == '-' || *at_ == '+' ? *at_++ : '\0';
  if (!end_line()) return false;
  std::vector<char>& decoded = document_.decoded;
  const auto offset = static_cast<std::uint32_t>(decoded.size());
  std::uint32_t indent = 0;  // Not known yet.
  bool line_break = false;   // Behind the last line with text.
  bool blank_before = false;  // That line begins with a blank.
  if (!skip_block_breaks(indent)) return false;
  while (column() == indent && at_ != end_) {
    const bool blank = *at_ == ' ' || *at_ == '\t';
    if (line_break) {
      if (!folds || blank || blank_before) decoded.push_back('\n');
      else if (breaks_ == 0) decoded.push_back(' ');
    }
    decoded.insert(decoded.end(), breaks_, '\n');
    blank_before = blank;
    const void* const found = std::memchr(at_, '\n', static_cast<std::size_t>(end_ - at_));
    line_break = found != nullptr;
    const char* const line_end = line_break ? static_cast<const char*>(found) : end_;
    decoded.insert(decoded.end(), at_, line_end[-1] == '\r' ? line_end - 1 : line_end);
    at_ = line_break ? line_end + 1 : end_;
    if (!skip_block_breaks(indent)) return false;
  }
  if (line_break && chomping != '-') decoded.push_back('\n');
  if (chomping == '+') decoded.insert(decoded.end(), breaks_, '\n');

  at_ = line_;
  const char* const end = begin + std::max<std::uint32_t>(1, solid_end(view(begin, block_end_)));
  const bool non_ascii = std::any_of(decoded.begin() + static_cast<std::ptrdiff_t>(offset), decoded.end(), is_above_ascii);
  const NodeIndex index = add(Kind::String, begin, end, non_ascii ? Node::kNonAscii : std::uint8_t{0});
  document_.set_decoded(index, Mark::Value, offset, static_cast<std::uint32_t>(decoded.size()) - offset);
  return true;
}

// From the start of a line to the text of the next one that is not empty,
// `breaks_` line breaks later; the first such line tells the indentation.
bool YamlQuickReader::Run::skip_block_breaks(std::uint32_t& indent) {
  std::uint32_t deepest = frames_.back().indent + 1;
  for (breaks_ = 0;; ++breaks_) {
    line_ = block_end_ = at_;
    while ((indent == 0 || column() < indent) && *at_ == ' ') ++at_;
    deepest = std::max(deepest, column());
    if (*at_ == '\t' && (indent == 0 || column() < indent)) return false;
    if (*at_ == '\r') ++at_;
    if (*at_ != '\n') break;
    ++at_;
  }
  if (indent == 0) indent = deepest;
  return true;
}

}  // namespace connect_lint
