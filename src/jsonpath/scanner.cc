#include "jsonpath/scanner.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

#include "base/quote.h"
#include "base/utf8.h"

namespace connect_lint {
namespace {

// RFC 7493, section 2.2.
constexpr std::int64_t kIntegerMax = (std::int64_t{1} << 53) - 1;

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_name_first(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || static_cast<unsigned char>(c) >= 0x80;
}

}  // namespace

bool Scanner::take(std::string_view word) {
  if (!next_is(word)) return false;
  at_ += static_cast<std::uint32_t>(word.size());
  return true;
}

bool Scanner::skip_blanks() {
  const std::uint32_t begin = at_;
  while (peek() == ' ' || peek() == '\t' || peek() == '\n' || peek() == '\r') ++at_;
  return at_ != begin;
}

std::uint32_t Scanner::next_end() const {
  const std::size_t bytes = utf8_sequence_bytes(text_.substr(at_));
  return at_ + static_cast<std::uint32_t>(at_end() ? 0 : std::max<std::size_t>(bytes, 1));
}

bool Scanner::fail(Span span, std::string message) {
  if (!error_) error_ = ParseError{span, std::move(message)};
  return false;
}

bool Scanner::fail_here(std::string message) { return fail({at_, next_end()}, std::move(message)); }

std::string Scanner::next_shown() const {
  return at_end() ? "the end" : ticked(text_.substr(at_, next_end() - at_));
}

bool Scanner::name_follows() const { return !at_end() && is_name_first(peek()); }

std::string_view Scanner::name() {
  const std::uint32_t begin = at_;
  while (!at_end() && (is_name_first(peek()) || is_digit(peek()))) ++at_;
  return text_.substr(begin, at_ - begin);
}

std::string_view Scanner::word() {
  const std::uint32_t begin = at_;
  while (word_follows() || is_digit(peek()) || peek() == '_') ++at_;
  return text_.substr(begin, at_ - begin);
}

std::optional<std::string> Scanner::string() {
  const std::uint32_t begin = at_;
  const char quote = text_[at_++];
  std::string value;
  while (true) {
    if (at_end()) {
      fail({begin, at_}, "the string is not closed");
      return std::nullopt;
    }
    const char c = peek();
    if (c == quote) break;
    if (static_cast<unsigned char>(c) < 0x20) {
      fail_here(fmt::format("the control character {} in a string; write it with a backslash", next_shown()));
      return std::nullopt;
    }
    if (c != '\\') {
      value += c;
      ++at_;
      continue;
    }
    const std::uint32_t escape = at_++;
    const char name = peek();
    static constexpr std::string_view kNames = "bfnrt/\\";
    static constexpr std::string_view kMeanings = "\b\f\n\r\t/\\";
    if (const std::size_t found = kNames.find(name); !at_end() && found != kNames.npos) {
      value += kMeanings[found];
      ++at_;
    } else if (!at_end() && name == quote) {
      value += name;
      ++at_;
    } else if (name == 'u') {
      const auto code_point = escaped_code_point(escape);
      if (!code_point) return std::nullopt;
      utf8_append(value, *code_point);
    } else {
      const Span span{escape, next_end()};
      fail(span, name == '\'' || name == '"'
                     ? fmt::format("{} is no escape between quotes of the other kind; write the quote as it is",
                                   ticked(text_.substr(span.begin, span.end - span.begin)))
                     : fmt::format("{} is no escape", ticked(text_.substr(span.begin, span.end - span.begin))));
      return std::nullopt;
    }
  }
  ++at_;
  return value;
}

std::optional<unsigned> Scanner::hex4() {
  unsigned value = 0;
  for (int i = 0; i < 4; ++i) {
    const char c = peek();
    unsigned digit = 0;
    if (is_digit(c)) {
      digit = static_cast<unsigned>(c - '0');
    } else if (c >= 'a' && c <= 'f') {
      digit = static_cast<unsigned>(c - 'a' + 10);
    } else if (c >= 'A' && c <= 'F') {
      digit = static_cast<unsigned>(c - 'A' + 10);
    } else {
      return std::nullopt;
    }
    value = value * 16 + digit;
    ++at_;
  }
  return value;
}

// At the `u` of the escape that begins at `begin`.
std::optional<char32_t> Scanner::escaped_code_point(std::uint32_t begin) {
  ++at_;
  const auto high = hex4();
  if (!high) {
    fail({begin, at_}, "`\\u` is followed by four hexadecimal digits");
    return std::nullopt;
  }
  if (*high < 0xD800 || *high > 0xDFFF) return static_cast<char32_t>(*high);
  if (*high < 0xDC00 && take("\\u")) {
    const auto low = hex4();
    if (low && *low >= 0xDC00 && *low <= 0xDFFF)
      return static_cast<char32_t>(0x10000 + ((*high - 0xD800) << 10) + (*low - 0xDC00));
  }
  fail({begin, at_}, "half of a surrogate pair; `\\uD83D\\uDE00` is a whole one");
  return std::nullopt;
}

std::optional<std::int64_t> Scanner::integer() {
  const std::uint32_t begin = at_;
  take("-");
  if (!is_digit(peek())) {
    fail_here("a digit is missing after `-`");
    return std::nullopt;
  }
  while (is_digit(peek())) ++at_;
  const std::string_view text = text_.substr(begin, at_ - begin);
  const std::string_view digits = text.substr(text[0] == '-' ? 1 : 0);
  if (digits[0] == '0' && (digits.size() > 1 || text[0] == '-')) {
    fail({begin, at_}, text == "-0" ? "`-0` is no index" : "an index has no leading zeros");
    return std::nullopt;
  }
  std::int64_t value = 0;
  const auto result = std::from_chars(text.data(), text.data() + text.size(), value);
  if (result.ec != std::errc() || value > kIntegerMax || value < -kIntegerMax) {
    fail({begin, at_}, fmt::format("an index lies between -{0} and {0} (2^53 - 1)", kIntegerMax));
    return std::nullopt;
  }
  return value;
}

std::optional<std::string_view> Scanner::number() {
  const std::uint32_t begin = at_;
  const auto digits = [&](std::string_view problem) {
    if (!is_digit(peek())) return fail_here(std::string(problem));
    while (is_digit(peek())) ++at_;
    return true;
  };
  take("-");
  if (peek() == '0' && is_digit(peek(1))) {
    while (is_digit(peek())) ++at_;
    fail({begin, at_}, "a number has no leading zeros");
    return std::nullopt;
  }
  if (!digits("a digit is missing after `-`")) return std::nullopt;
  if (take(".") && !digits("a digit is missing after the decimal point")) return std::nullopt;
  if (peek() == 'e' || peek() == 'E') {
    ++at_;
    if (peek() == '+' || peek() == '-') ++at_;
    if (!digits("a digit is missing in the exponent")) return std::nullopt;
  }
  return text_.substr(begin, at_ - begin);
}

}  // namespace connect_lint
