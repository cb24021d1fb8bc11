// What is wrong in a JSON text: words for it, and where reading goes on.
#include <algorithm>
#include <cstring>
#include <functional>

#include "base/utf8.h"
#include "document/json_bytes.h"
#include "document/json_run.h"

namespace connect_lint {

void JsonReader::Run::report(FindingId id, Span where, Span other) {
  document_.report({.id = id,
                    .span = where,
                    .other = other,
                    .node = nodes_.size() > 0 ? here() : kNoNode});
}

void JsonReader::Run::report(SyntaxProblem problem, Span where, Span other) {
  document_.report({.id = FindingId::DocumentSyntax,
                    .problem = problem,
                    .span = where,
                    .other = other,
                    .node = nodes_.size() > 0 ? here() : kNoNode});
}

const char* JsonReader::Run::line_end(const char* at) const {
  const auto* newline = static_cast<const char*>(std::memchr(at, '\n', static_cast<std::size_t>(end_ - at)));
  const char* end = newline == nullptr ? end_ : newline;
  return end > at && end[-1] == '\r' ? end - 1 : end;
}

const char* JsonReader::Run::word_end(const char* at) const {
  while (is_word(*at)) ++at;
  return at;
}

bool JsonReader::Run::starts_value(char c) const {
  return c == '"' || c == '{' || c == '[' || c == '-' || is_digit(c) || c == 't' || c == 'f' || c == 'n';
}

JsonReader::Run::Next JsonReader::Run::stop(SyntaxProblem problem, const char* begin, const char* end) {
  report(problem, span(begin, end));
  return Next::Stop;
}

// Something that no recovery knows. Marks a word, or one character.
JsonReader::Run::Next JsonReader::Run::unexpected() {
  if (at_ == end_) return unclosed();
  if (at_[0] == '/' && at_[1] == '*') return stop(SyntaxProblem::CommentUnclosed, at_, line_end(at_));
  const char* end = word_end(at_);
  if (end == at_) {
    const std::size_t bytes = utf8_sequence_bytes({at_, static_cast<std::size_t>(end_ - at_)});
    if (bytes == 0) {
      report(FindingId::DocumentEncoding, span(at_, at_ + 1));
      return Next::Stop;
    }
    end = at_ + bytes;
  }
  return stop(SyntaxProblem::UnexpectedText, at_, end);
}

JsonReader::Run::Next JsonReader::Run::unclosed() {
  report(SyntaxProblem::Unclosed, span(last_end(), last_end()), opening_bracket());
  return Next::Stop;
}

bool JsonReader::Run::skip_comment() {
  const char* begin = at_;
  const char* end = nullptr;
  if (*at_ == '#' || at_[1] == '/') {
    end = line_end(at_);
  } else if (at_[1] == '*') {
    const std::string_view rest(at_ + 2, static_cast<std::size_t>(end_ - at_ - 2));
    const std::size_t close = rest.find("*/");
    if (close == rest.npos) return false;
    end = at_ + 2 + close + 2;
  } else {
    return false;
  }
  report(FindingId::DocumentComment, span(begin, std::min(end, line_end(begin))));
  const char* solid = begin;
  while (solid > begin_ && is_blank(solid[-1])) --solid;
  if (solid != comments_end_) comments_ = begin;
  comments_end_ = end;
  at_ = end;
  return true;
}

// Quotes of another kind around a text on one line, with something behind it
// that ends a key or a value.
bool JsonReader::Run::foreign_quoted(const char*& content, const char*& content_end, const char*& end,
                                     SyntaxProblem& problem) const {
  const std::string_view line(at_, static_cast<std::size_t>(line_end(at_) - at_));
  static constexpr std::string_view kOpening = "\xE2\x80\x9C";
  static constexpr std::string_view kClosing = "\xE2\x80\x9D";
  std::size_t quote = 0;
  std::size_t close = 0;
  if (line.starts_with('\'')) {
    problem = SyntaxProblem::SingleQuotes;
    quote = 1;
    close = line.find('\'', 1);
  } else if (line.starts_with(kOpening) || line.starts_with(kClosing)) {
    problem = SyntaxProblem::TypographicQuotes;
    quote = 3;
    close = std::min(line.find(kClosing, 3), line.find(kOpening, 3));
  } else {
    return false;
  }
  if (close == line.npos) return false;
  content = at_ + quote;
  content_end = at_ + close;
  end = content_end + quote;
  const std::string_view text(content, static_cast<std::size_t>(content_end - content));
  if (text.find('\\') != text.npos || text.find('"') != text.npos) return false;
  for (std::size_t i = 0; i < text.size();) {
    const std::size_t bytes = utf8_sequence_bytes(text.substr(i));
    if (bytes == 0) return false;
    i += bytes;
  }
  const char* after = skip_blanks(end);
  return *after == ':' || *after == ',' || *after == ']' || *after == '}' || after == end_;
}

JsonReader::Run::Next JsonReader::Run::foreign_quotes() {
  const char* content = nullptr;
  const char* content_end = nullptr;
  const char* end = nullptr;
  SyntaxProblem problem{};
  if (!foreign_quoted(content, content_end, end, problem)) return unexpected();
  const NodeIndex index = nodes_.size();
  Node& node = add(Kind::String, at_);
  subject_ = index;
  report(problem, span(at_, end));
  subject_ = kNoNode;
  node.flags |= Node::kNonAscii;
  node.end = offset(end);
  const std::uint32_t kept = keep_decoded({content, static_cast<std::size_t>(content_end - content)});
  document_.set_decoded(index, Mark::Value, kept, static_cast<std::uint32_t>(content_end - content));
  at_ = end;
  return Next::After;
}

JsonReader::Run::Next JsonReader::Run::odd_value() {
  if ((*at_ == '/' || *at_ == '#') && skip_comment()) {
    at_ = skip_blanks(at_);
    return Next::Value;
  }
  if (at_ == end_) return unclosed();
  const char c = *at_;
  if (c == '\'' || c == '\xE2') return foreign_quotes();
  if (c == ',' || c == '}' || c == ']') {
    if (c == ']' && depth_ > 0 && !in_object()) return close_here();
    // A value is missing; where the bracket fits, the rest is certain.
    const bool fits = depth_ > 0 && (c == ',' || (c == '}' && in_object()));
    if (!fits) return c == ',' ? unexpected() : odd_after();
    report(last_solid() == ':' ? SyntaxProblem::MissingValue : SyntaxProblem::ExtraComma, span(at_, at_ + 1));
    if (in_object()) add(Kind::Null, at_).flags |= Node::kBroken;
    return Next::After;
  }
  if (c == '+' || c == '.') {
    add(Kind::Number, at_);
    return odd_number();
  }
  const char* end = word_end(at_);
  return end == at_ ? unexpected() : bare_word(end);
}

JsonReader::Run::Next JsonReader::Run::odd_number() {
  const char* end = word_end(at_);
  const std::string_view word(at_, static_cast<std::size_t>(end - at_));
  const std::string_view digits = word.substr(word[0] == '-' || word[0] == '+' ? 1 : 0);
  SyntaxProblem problem = SyntaxProblem::BadNumber;
  if (digits == "Infinity" || digits == "inf" || digits == "NaN") {
    problem = SyntaxProblem::NotANumber;
  } else if (word[0] == '+') {
    problem = SyntaxProblem::LeadingPlus;
  } else if (digits.size() > 1 && digits[0] == '0' && is_digit(digits[1])) {
    problem = digits.find_first_not_of("0123456789") == digits.npos ? SyntaxProblem::LeadingZero
                                                                    : SyntaxProblem::BadNumber;
  } else if (digits.starts_with('.') || digits.ends_with('.')) {
    problem = SyntaxProblem::BareFraction;
  }
  subject_ = nodes_.size() - 1;
  report(problem, span(at_, end));
  Node& node = nodes_[subject_];
  subject_ = kNoNode;
  node.flags |= Node::kBroken;
  node.end = offset(end);
  at_ = end;
  return Next::After;
}

JsonReader::Run::Next JsonReader::Run::bare_word(const char* end) {
  const std::string_view word(at_, static_cast<std::size_t>(end - at_));
  const auto is_one_of = [&](std::initializer_list<std::string_view> words) {
    return std::find(words.begin(), words.end(), word) != words.end();
  };
  SyntaxProblem problem = SyntaxProblem::BareWord;
  Kind kind = Kind::String;
  std::uint8_t flags = Node::kBroken;
  if (is_one_of({"True", "TRUE"})) {
    problem = SyntaxProblem::PythonLiteral;
    kind = Kind::Boolean;
    flags = Node::kTrue;
  } else if (is_one_of({"False", "FALSE"})) {
    problem = SyntaxProblem::PythonLiteral;
    kind = Kind::Boolean;
    flags = 0;
  } else if (is_one_of({"None", "Null", "NULL", "nil", "undefined"})) {
    problem = SyntaxProblem::PythonLiteral;
    kind = Kind::Null;
  } else if (is_one_of({"NaN", "Infinity", "inf", "Inf"})) {
    problem = SyntaxProblem::NotANumber;
    kind = Kind::Number;
  }
  const char* after = skip_blanks(end);
  if (!ends_value(*end) || (*after != ',' && *after != '}' && *after != ']' && after != end_ &&
                            std::memchr(end, '\n', static_cast<std::size_t>(after - end)) == nullptr))
    return unexpected();
  if (depth_ == 0 && problem == SyntaxProblem::BareWord) return unexpected();  // no JSON at all
  subject_ = nodes_.size();
  Node& node = add(kind, at_);
  report(problem, span(at_, end));
  subject_ = kNoNode;
  node.flags |= flags;
  node.end = offset(end);
  if (kind == Kind::String)
    document_.set_decoded(nodes_.size() - 1, Mark::Value, keep_decoded(word), static_cast<std::uint32_t>(word.size()));
  at_ = end;
  return Next::After;
}

JsonReader::Run::Next JsonReader::Run::odd_key() {
  if ((*at_ == '/' || *at_ == '#') && skip_comment()) {
    at_ = skip_blanks(at_);
    return Next::Key;
  }
  if (at_ == end_) return unclosed();
  const char* begin = at_;
  const char* content = nullptr;
  const char* content_end = nullptr;
  const char* end = nullptr;
  SyntaxProblem problem{};
  if (foreign_quoted(content, content_end, end, problem)) {
    // As below.
  } else if (end = content_end = word_end(begin); end != begin) {
    content = begin;
    problem = SyntaxProblem::UnquotedKey;
    if (is_digit(*begin) || *begin == '-') problem = SyntaxProblem::KeyNotString;
  } else if (*begin == ',') {
    report(SyntaxProblem::ExtraComma, span(begin, begin + 1));
    at_ = skip_blanks(at_ + 1);
    return Next::Key;
  } else if (*begin == '}') {
    return close_here();
  } else if (*begin == ']') {
    return odd_after();
  } else {
    return unexpected();
  }
  if (*skip_blanks(end) != ':') return unexpected();
  report(problem, span(begin, end));
  const auto length = static_cast<std::size_t>(content_end - content);
  key_.begin = offset(begin);
  key_.end = offset(end);
  key_.id = keys_.find({content, length});
  key_.decoded = true;
  key_.broken = problem == SyntaxProblem::KeyNotString;
  key_.decoded_offset = keep_decoded({content, length});
  key_.decoded_length = static_cast<std::uint32_t>(length);
  note_key();
  at_ = skip_blanks(skip_blanks(end) + 1);
  return Next::Value;
}

// The end of what stands before `at_`, blanks and comments aside.
const char* JsonReader::Run::last_end() const {
  const char* at = at_;
  while (true) {
    while (at > begin_ && is_blank(at[-1])) --at;
    if (at != comments_end_) return at;
    at = comments_;
  }
}

char JsonReader::Run::last_solid() const {
  const char* end = last_end();
  return end > begin_ ? end[-1] : '\0';
}

// At a closing bracket that fits, where an element or member could stand.
JsonReader::Run::Next JsonReader::Run::close_here() {
  const char* end = last_end();
  if (last_solid() == ',') report(FindingId::DocumentTrailingComma, span(end - 1, end));
  at_ = close(at_);
  return Next::After;
}

// Behind a key.
JsonReader::Run::Next JsonReader::Run::find_colon() {
  const char* key_end = at_;
  skip();
  if (*at_ == ':') {
    ++at_;
    skip();
    return Next::Value;
  }
  if (at_ == end_) return unclosed();
  if (!starts_value(*at_)) return stop(SyntaxProblem::MissingColon, key_end, key_end);
  report(SyntaxProblem::MissingColon, span(key_end, key_end));
  return Next::Value;
}

// True when a string and a colon stand here.
bool JsonReader::Run::key_follows() const {
  if (*at_ != '"') return false;
  const char* at = at_ + 1;
  while (at < end_ && *at != '"' && *at != '\n') at += *at == '\\' ? 2 : 1;
  return at < end_ && *at == '"' && *skip_blanks(at + 1) == ':';
}

JsonReader::Run::Next JsonReader::Run::odd_after() {
  if ((*at_ == '/' || *at_ == '#') && skip_comment()) return Next::After;
  if (at_ == end_) return unclosed();
  const bool object = in_object();
  const bool apart = at_ != last_end();
  if (object ? key_follows() : (starts_value(*at_) && apart)) {
    report(SyntaxProblem::MissingComma, span(last_end(), last_end()));
    if (!object) no_key();
    return object ? Next::Key : Next::Value;
  }
  if (*at_ == '}' || *at_ == ']') {
    if (depth_ == 0) return unexpected();
    report(SyntaxProblem::WrongBracket, span(at_, at_ + 1), opening_bracket());
    return Next::Stop;
  }
  return unexpected();
}

void JsonReader::Run::check_duplicates(NodeIndex object) {
  keys_seen_.clear();
  for (const NodeIndex child : document_.children(object))
    keys_seen_.emplace_back(std::hash<std::string_view>{}(document_.key(child)), child);
  // By key, then by place. Keys are compared where hashes collide, so that no
  // choice of keys makes this slow.
  std::sort(keys_seen_.begin(), keys_seen_.end(), [&](const auto& a, const auto& b) {
    if (a.first != b.first) return a.first < b.first;
    const int order = document_.key(a.second).compare(document_.key(b.second));
    return order != 0 ? order < 0 : a.second < b.second;
  });
  std::size_t first = 0;
  for (std::size_t i = 1; i < keys_seen_.size(); ++i) {
    const bool same = keys_seen_[i].first == keys_seen_[first].first &&
                      document_.key(keys_seen_[i].second) == document_.key(keys_seen_[first].second);
    if (!same) {
      first = i;
      continue;
    }
    nodes_[keys_seen_[i].second].flags |= Node::kKeyAgain;
    document_.report({.id = FindingId::DocumentDuplicateKey,
                      .span = document_.span(keys_seen_[i].second, Mark::Key),
                      .other = document_.span(keys_seen_[first].second, Mark::Key),
                      .node = keys_seen_[i].second,
                      .mark = Mark::Key});
  }
}

}  // namespace connect_lint
