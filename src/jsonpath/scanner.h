// The words of a query: names, strings, numbers and blanks, each as the
// grammar of RFC 9535 writes them.
#ifndef CONNECT_LINT_JSONPATH_SCANNER_H_
#define CONNECT_LINT_JSONPATH_SCANNER_H_

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "jsonpath/program.h"

namespace connect_lint {

// A place in a text of well-formed UTF-8. Remembers the first problem; what a
// failed method gives is empty.
class Scanner {
 public:
  explicit Scanner(std::string_view text) : text_(text) {}

  [[nodiscard]] std::uint32_t at() const { return at_; }
  void back_to(std::uint32_t at) { at_ = at; }
  [[nodiscard]] bool at_end() const { return at_ == text_.size(); }
  // The byte `ahead` of the place; NUL at the end.
  [[nodiscard]] char peek(std::size_t ahead = 0) const {
    return at_ + ahead < text_.size() ? text_[at_ + ahead] : '\0';
  }
  [[nodiscard]] bool next_is(std::string_view word) const { return text_.substr(at_).starts_with(word); }
  bool take(std::string_view word);
  bool skip_blanks();  // True where there were any.
  [[nodiscard]] Span since(std::uint32_t begin) const { return {begin, at_}; }

  // Whether a member name in shorthand, a function's name, a number begins here.
  [[nodiscard]] bool name_follows() const;
  [[nodiscard]] bool word_follows() const { return peek() >= 'a' && peek() <= 'z'; }
  [[nodiscard]] bool digit_follows(std::size_t ahead = 0) const { return peek(ahead) >= '0' && peek(ahead) <= '9'; }

  std::string_view name();                     // After name_follows().
  std::string_view word();                     // After word_follows().
  std::optional<std::string> string();         // At a quote.
  std::optional<std::int64_t> integer();       // At a digit or `-`; in I-JSON's range.
  std::optional<std::string_view> number();    // At a digit or `-`.

  // Always false and std::nullopt, for `return fail(...)`.
  bool fail(Span span, std::string message);
  bool fail_here(std::string message);         // Marks the next character.
  [[nodiscard]] const std::optional<ParseError>& error() const { return error_; }

  // The next character for a message: "`x`", or "the end".
  [[nodiscard]] std::string next_shown() const;

 private:
  std::optional<char32_t> escaped_code_point(std::uint32_t begin);
  std::optional<unsigned> hex4();
  [[nodiscard]] std::uint32_t next_end() const;

  const std::string_view text_;
  std::uint32_t at_ = 0;
  std::optional<ParseError> error_;
};

}  // namespace connect_lint

#endif  // CONNECT_LINT_JSONPATH_SCANNER_H_
