#include "document/json_reader.h"

#include <algorithm>
#include <cassert>
#include <charconv>
#include <cstring>
#include <functional>
#include <optional>

#if defined(__SSE2__)
#include <emmintrin.h>
#endif

#include "base/limits.h"
#include "base/utf8.h"

namespace connect_lint {
namespace {

bool is_blank(char c) { return c == ' ' || c == '\n' || c == '\r' || c == '\t'; }
bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_word(char c) {
  return is_digit(c) || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || c == '$' ||
         c == '-' || c == '+' || c == '.';
}
bool ends_value(char c) { return is_blank(c) || c == ',' || c == '}' || c == ']' || c == '\0'; }

#if defined(__SSE2__)
// Bit i is set where byte i of the 16 at `text` needs a look inside a string:
// quote, backslash, control character, or beyond ASCII.
unsigned special_bytes(const char* text) {
  const __m128i bytes = _mm_loadu_si128(reinterpret_cast<const __m128i*>(text));
  const __m128i quote = _mm_cmpeq_epi8(bytes, _mm_set1_epi8('"'));
  const __m128i backslash = _mm_cmpeq_epi8(bytes, _mm_set1_epi8('\\'));
  // Signed: bytes above 0x7F are negative, so they are caught with the controls.
  const __m128i low = _mm_cmplt_epi8(bytes, _mm_set1_epi8(0x20));
  return static_cast<unsigned>(
      _mm_movemask_epi8(_mm_or_si128(_mm_or_si128(quote, backslash), low)));
}

// Bit i is set where byte i of the 16 at `text` is no white space.
unsigned solid_bytes(const char* text) {
  const __m128i bytes = _mm_loadu_si128(reinterpret_cast<const __m128i*>(text));
  const __m128i blank = _mm_or_si128(
      _mm_or_si128(_mm_cmpeq_epi8(bytes, _mm_set1_epi8(' ')), _mm_cmpeq_epi8(bytes, _mm_set1_epi8('\n'))),
      _mm_or_si128(_mm_cmpeq_epi8(bytes, _mm_set1_epi8('\r')), _mm_cmpeq_epi8(bytes, _mm_set1_epi8('\t'))));
  return ~static_cast<unsigned>(_mm_movemask_epi8(blank)) & 0xFFFFu;
}
#endif

// The first byte from `text` on that ends the plain part of a string.
const char* skip_plain(const char* text) {
#if defined(__SSE2__)
  while (true) {
    const unsigned special = special_bytes(text);
    if (special != 0) return text + __builtin_ctz(special);
    text += 16;
  }
#else
  while (true) {
    const auto byte = static_cast<unsigned char>(*text);
    if (byte < 0x20 || byte >= 0x80 || byte == '"' || byte == '\\') return text;
    ++text;
  }
#endif
}

const char* skip_blanks(const char* text) {
  if (static_cast<unsigned char>(*text) > ' ') return text;
  if (static_cast<unsigned char>(text[1]) > ' ' && is_blank(*text)) return text + 1;
#if defined(__SSE2__)
  while (true) {
    const unsigned solid = solid_bytes(text);
    if (solid != 0) return text + __builtin_ctz(solid);
    text += 16;
  }
#else
  while (is_blank(*text)) ++text;
  return text;
#endif
}

}  // namespace

// One text. The padding's zero bytes end every loop; a NUL inside the text is
// told from the end by its place.
class JsonReader::Run {
 public:
  Run(JsonReader& reader, const SourceText& source, const KeyTable& keys, std::uint32_t depth_max,
      Document& document)
      : frames_(reader.frames_),
        keys_seen_(reader.keys_seen_),
        keys_(keys),
        document_(document),
        nodes_(document.nodes),
        depth_max_(depth_max),
        text_(source.view().data()),
        end_(text_ + source.view().size()),
        key_{.begin = text_, .end = text_} {}

  void read();

 private:
  // What a recovery decided.
  enum class Next { Value, Key, After, Stop };

  struct Key {
    const char* begin = nullptr;
    const char* end = nullptr;  // Equal to begin without a key.
    KeyId id = 0;
    std::uint32_t decoded_offset = 0;
    std::uint32_t decoded_length = 0;
    bool decoded = false;
  };

  [[nodiscard]] std::uint32_t offset(const char* at) const {
    return static_cast<std::uint32_t>(at - text_);
  }
  [[nodiscard]] Span span(const char* begin, const char* end) const {
    return {offset(begin), offset(end)};
  }
  [[nodiscard]] bool in_object() const {
    return depth_ > 0 && nodes_[frames_[depth_ - 1].node].kind == Kind::Object;
  }
  [[nodiscard]] NodeIndex here() const { return depth_ > 0 ? frames_[depth_ - 1].node : 0; }

  // The ordinary way.
  bool begin_text();
  Next read_value();
  Next read_key();
  Next read_after();
  Next close(const char* bracket);
  Node& add(Kind kind, const char* begin);
  bool open(Kind kind);
  const char* read_number(Node& node);
  // From after the opening quote to after the closing one; null: not closed.
  const char* read_string(const char* begin, std::uint8_t& flags, std::uint8_t decoded_flag,
                          std::uint32_t& decoded_offset, std::uint32_t& decoded_length);
  void finish_key(const char* begin, const char* end);
  void skip();

  // Strings with escapes or mistakes.
  const char* read_string_slowly(const char* begin, std::uint8_t& flags, std::uint8_t decoded_flag,
                                 std::uint32_t& decoded_offset, std::uint32_t& decoded_length);
  const char* read_escape(const char* at, std::uint8_t& flags);
  std::optional<unsigned> hex4(const char* at) const;
  std::uint32_t keep_decoded(std::string_view text);

  // Mistakes.
  void report(FindingId id, Span span, Span other = {0, 0});
  void report(SyntaxProblem problem, Span span, Span other = {0, 0});
  Next stop(SyntaxProblem problem, const char* begin, const char* end);
  Next unexpected();
  Next unclosed();
  Next odd_value();
  Next odd_key();
  Next odd_after();
  Next odd_number();
  Next bare_word(const char* end);
  Next foreign_quotes();
  bool foreign_quoted(const char*& content, const char*& content_end, const char*& end,
                      SyntaxProblem& problem) const;
  bool skip_comment();
  bool starts_value(char c) const;
  bool key_follows() const;
  void check_duplicates(NodeIndex object);
  const char* word_end(const char* at) const;
  const char* line_end(const char* at) const;

  std::vector<Frame>& frames_;
  std::vector<std::pair<std::uint64_t, NodeIndex>>& keys_seen_;
  const KeyTable& keys_;
  Document& document_;
  NodeArray& nodes_;
  const std::uint32_t depth_max_;
  const char* const text_;
  const char* const end_;

  Key key_;                         // Of the value that comes next.
  const char* at_ = nullptr;        // What is read next.
  const char* last_end_ = nullptr;  // The end of the last value or comma.
  std::uint32_t depth_ = 0;
};

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

void JsonReader::Run::read() {
  if (!begin_text()) return;
  Next next = Next::Value;
  while (next != Next::Stop) {
    switch (next) {
      case Next::Value: next = read_value(); break;
      case Next::Key: next = read_key(); break;
      case Next::After:
        if (depth_ == 0) {
          skip();
          if (at_ != end_) {
            const char* last = end_;
            while (is_blank(last[-1])) --last;
            report(SyntaxProblem::TextAfterValue, span(at_, std::min(last, line_end(at_))));
          }
          document_.complete = true;
          return;
        }
        next = read_after();
        break;
      case Next::Stop: break;
    }
  }
  // Stopped: close what is open, so that the tree can be walked.
  while (depth_ > 0) {
    Node& node = nodes_[frames_[--depth_].node];
    node.end = offset(end_);
    node.next = nodes_.size();
    node.flags |= Node::kBroken;
  }
}

bool JsonReader::Run::begin_text() {
  at_ = text_;
  const std::string_view text(text_, static_cast<std::size_t>(end_ - text_));
  const auto starts = [&](std::string_view mark) { return text.starts_with(mark); };
  const bool utf16 = starts("\xFE\xFF") || starts("\xFF\xFE") ||
                     (text.size() >= 2 && text[0] == '\0' && text[1] != '\0') ||
                     (text.size() >= 2 && text[0] != '\0' && text[1] == '\0');
  if (utf16) {
    document_.report({.id = FindingId::DocumentEncoding,
                      .span = {0, 2},
                      .node = kNoNode,
                      .number = 16});
    return false;
  }
  if (starts("\xEF\xBB\xBF")) {
    report(FindingId::DocumentByteOrderMark, {0, 3});
    at_ += 3;
  }
  last_end_ = at_;
  skip();
  if (at_ != end_) return true;
  report(FindingId::DocumentEmpty, {0, 0});
  return false;
}

// White space and (reported) comments.
void JsonReader::Run::skip() {
  do {
    at_ = skip_blanks(at_);
  } while ((*at_ == '/' || *at_ == '#') && skip_comment());
}

Node& JsonReader::Run::add(Kind kind, const char* begin) {
  const NodeIndex index = nodes_.size();
  Node& node = nodes_.append();
  node.begin = offset(begin);
  node.end = node.begin;
  node.key_begin = offset(key_.begin);
  node.key_end = offset(key_.end);
  node.next = index + 1;
  node.key_id = key_.id;
  node.kind = kind;
  node.flags = 0;
  if (key_.decoded) [[unlikely]]
    document_.set_decoded(index, Mark::Key, key_.decoded_offset, key_.decoded_length);
  return node;
}

bool JsonReader::Run::open(Kind kind) {
  if (depth_ == depth_max_) [[unlikely]] {
    document_.report({.id = FindingId::DocumentTooDeep,
                      .span = span(at_, at_ + 1),
                      .node = here(),
                      .number = depth_max_});
    return false;
  }
  if (depth_ == frames_.size()) frames_.emplace_back();
  Frame& frame = frames_[depth_];
  frame.node = nodes_.size();
  if (kind == Kind::Object) {
    frame.unknown_keys = 0;
    frame.repeats_key = false;
    std::memset(frame.seen, 0, sizeof frame.seen);
  }
  add(kind, at_);
  ++depth_;
  key_ = {text_, text_};
  return true;
}

JsonReader::Run::Next JsonReader::Run::read_value() {
  switch (*at_) {
    case '"': {
      const NodeIndex index = nodes_.size();
      const char* begin = at_;
      Node& node = add(Kind::String, begin);
      std::uint32_t decoded_offset = 0;
      std::uint32_t decoded_length = 0;
      const char* end =
          read_string(begin + 1, node.flags, Node::kDecoded, decoded_offset, decoded_length);
      if (end == nullptr) [[unlikely]] {
        node.end = offset(line_end(begin));
        return stop(SyntaxProblem::StringUnclosed, begin, line_end(begin));
      }
      node.end = offset(end);
      if (node.has(Node::kDecoded)) [[unlikely]]
        document_.set_decoded(index, Mark::Value, decoded_offset, decoded_length);
      last_end_ = at_ = end;
      return Next::After;
    }
    case '{':
      if (!open(Kind::Object)) return Next::Stop;
      ++at_;
      skip();
      return *at_ == '}' ? close(at_) : Next::Key;
    case '[':
      if (!open(Kind::Array)) return Next::Stop;
      ++at_;
      skip();
      return *at_ == ']' ? close(at_) : Next::Value;
    case '-':
    case '0': case '1': case '2': case '3': case '4':
    case '5': case '6': case '7': case '8': case '9': {
      Node& node = add(Kind::Number, at_);
      const char* end = read_number(node);
      if (end == nullptr) [[unlikely]]
        return odd_number();
      node.end = offset(end);
      last_end_ = at_ = end;
      return Next::After;
    }
    case 't':
      if (std::memcmp(at_, "true", 4) == 0 && ends_value(at_[4])) {
        Node& node = add(Kind::Boolean, at_);
        node.flags |= Node::kTrue;
        last_end_ = at_ = at_ + 4;
        node.end = offset(at_);
        return Next::After;
      }
      return odd_value();
    case 'f':
      if (std::memcmp(at_, "false", 5) == 0 && ends_value(at_[5])) {
        Node& node = add(Kind::Boolean, at_);
        last_end_ = at_ = at_ + 5;
        node.end = offset(at_);
        return Next::After;
      }
      return odd_value();
    case 'n':
      if (std::memcmp(at_, "null", 4) == 0 && ends_value(at_[4])) {
        Node& node = add(Kind::Null, at_);
        last_end_ = at_ = at_ + 4;
        node.end = offset(at_);
        return Next::After;
      }
      return odd_value();
    default: return odd_value();
  }
}

JsonReader::Run::Next JsonReader::Run::read_key() {
  if (*at_ != '"') [[unlikely]]
    return odd_key();
  const char* begin = at_;
  std::uint8_t flags = 0;
  key_.decoded = false;
  const char* end = read_string(begin + 1, flags, Node::kKeyDecoded, key_.decoded_offset,
                                key_.decoded_length);
  if (end == nullptr) [[unlikely]]
    return stop(SyntaxProblem::StringUnclosed, begin, line_end(begin));
  key_.decoded = (flags & Node::kKeyDecoded) != 0;
  at_ = end;
  if (key_.decoded) [[unlikely]] {
    key_.id = keys_.find({document_.decoded.data() + key_.decoded_offset, key_.decoded_length});
  } else {
    key_.id = keys_.find_padded(begin + 1, static_cast<std::size_t>(end - begin - 2));
  }
  finish_key(begin, end);
  if (*at_ == ':') [[likely]] {
    ++at_;
  } else {
    skip();
    if (*at_ == ':') {
      ++at_;
    } else if (starts_value(*at_)) {
      report(SyntaxProblem::MissingColon, span(end, end));
    } else if (at_ == end_) {
      return unclosed();
    } else {
      return stop(SyntaxProblem::MissingColon, end, end);
    }
  }
  skip();
  return Next::Value;
}

void JsonReader::Run::finish_key(const char* begin, const char* end) {
  key_.begin = begin;
  key_.end = end;
  Frame& frame = frames_[depth_ - 1];
  if (key_.id == 0) {
    ++frame.unknown_keys;
    return;
  }
  std::uint64_t& word = frame.seen[key_.id / 64];
  const std::uint64_t bit = std::uint64_t{1} << (key_.id % 64);
  if ((word & bit) != 0) [[unlikely]]
    frame.repeats_key = true;
  word |= bit;
}

JsonReader::Run::Next JsonReader::Run::read_after() {
  const bool object = in_object();
  at_ = skip_blanks(at_);
  if (*at_ == ',') [[likely]] {
    const char* comma = at_;
    last_end_ = ++at_;
    skip();
    if (object) {
      if (*at_ == '"') [[likely]]
        return Next::Key;
      if (*at_ == '}') {
        report(FindingId::DocumentTrailingComma, span(comma, comma + 1));
        return close(at_);
      }
      return Next::Key;
    }
    key_ = {text_, text_};
    if (*at_ == ']') [[unlikely]] {
      report(FindingId::DocumentTrailingComma, span(comma, comma + 1));
      return close(at_);
    }
    return Next::Value;
  }
  if (*at_ == (object ? '}' : ']')) return close(at_);
  return odd_after();
}

JsonReader::Run::Next JsonReader::Run::close(const char* bracket) {
  const Frame& frame = frames_[--depth_];
  const NodeIndex index = frame.node;
  Node& node = nodes_[index];
  last_end_ = at_ = bracket + 1;
  node.end = offset(at_);
  node.next = nodes_.size();
  if (node.kind == Kind::Object && (frame.repeats_key || frame.unknown_keys > 1)) [[unlikely]]
    check_duplicates(index);
  return Next::After;
}

const char* JsonReader::Run::read_number(Node& node) {
  const char* at = at_;
  if (*at == '-') ++at;
  if (*at == '0') {
    ++at;
  } else if (is_digit(*at)) {
    while (is_digit(*at)) ++at;
  } else {
    return nullptr;
  }
  if (ends_value(*at)) [[likely]]
    return at;
  if (*at == '.') {
    ++at;
    if (!is_digit(*at)) return nullptr;
    while (is_digit(*at)) ++at;
    node.flags |= Node::kFraction;
  }
  if (*at == 'e' || *at == 'E') {
    ++at;
    if (*at == '+' || *at == '-') ++at;
    if (!is_digit(*at)) return nullptr;
    while (is_digit(*at)) ++at;
    node.flags |= Node::kFraction;
    double value = 0;
    const auto result = std::from_chars(at_, at, value);
    const std::string_view lexeme(at_, static_cast<std::size_t>(at - at_));
    if (result.ec == std::errc::result_out_of_range &&
        lexeme.find("e-") == lexeme.npos && lexeme.find("E-") == lexeme.npos)
      report(FindingId::DocumentNumberRange, span(at_, at));
  }
  return is_word(*at) ? nullptr : at;
}

const char* JsonReader::Run::read_string(const char* begin, std::uint8_t& flags,
                                         std::uint8_t decoded_flag, std::uint32_t& decoded_offset,
                                         std::uint32_t& decoded_length) {
  const char* at = begin;
  while (true) {
    at = skip_plain(at);
    if (*at == '"') [[likely]]
      return at + 1;
    const std::size_t bytes =
        static_cast<unsigned char>(*at) < 0x80
            ? 0
            : utf8_sequence_bytes({at, static_cast<std::size_t>(end_ - at)});
    if (bytes == 0)
      return read_string_slowly(begin, flags, decoded_flag, decoded_offset, decoded_length);
    flags |= Node::kNonAscii;
    at += bytes;
  }
}

std::uint32_t JsonReader::Run::keep_decoded(std::string_view text) {
  std::vector<char>& decoded = document_.decoded;
  const auto offset = static_cast<std::uint32_t>(decoded.size());
  decoded.insert(decoded.end(), text.begin(), text.end());
  return offset;
}

const char* JsonReader::Run::read_string_slowly(const char* begin, std::uint8_t& flags,
                                                std::uint8_t decoded_flag,
                                                std::uint32_t& decoded_offset,
                                                std::uint32_t& decoded_length) {
  std::vector<char>& decoded = document_.decoded;
  decoded_offset = static_cast<std::uint32_t>(decoded.size());
  const char* at = begin;
  while (true) {
    const char* plain = skip_plain(at);
    keep_decoded({at, static_cast<std::size_t>(plain - at)});
    at = plain;
    const auto byte = static_cast<unsigned char>(*at);
    if (byte == '"') break;
    if (byte == '\\') {
      at = read_escape(at, flags);
      continue;
    }
    if (byte < 0x20) {
      if (at == end_ || byte == '\n' || byte == '\r') return nullptr;
      report(FindingId::DocumentControlCharacter, span(at, at + 1));
      flags |= Node::kBroken;
      decoded.push_back(*at++);
      continue;
    }
    const std::size_t bytes = utf8_sequence_bytes({at, static_cast<std::size_t>(end_ - at)});
    flags |= Node::kNonAscii;
    if (bytes == 0) {
      // One finding for a run of bad bytes.
      const char* bad = at;
      while (static_cast<unsigned char>(*at) >= 0x80 &&
             utf8_sequence_bytes({at, static_cast<std::size_t>(end_ - at)}) == 0)
        ++at;
      report(FindingId::DocumentEncoding, span(bad, at));
      flags |= Node::kBroken;
      keep_decoded({bad, static_cast<std::size_t>(at - bad)});
      continue;
    }
    keep_decoded({at, bytes});
    at += bytes;
  }
  decoded_length = static_cast<std::uint32_t>(decoded.size()) - decoded_offset;
  flags |= decoded_flag;
  return at + 1;
}

std::optional<unsigned> JsonReader::Run::hex4(const char* at) const {
  unsigned value = 0;
  for (int i = 0; i < 4; ++i, ++at) {
    value *= 16;
    if (is_digit(*at)) {
      value += static_cast<unsigned>(*at - '0');
    } else if (*at >= 'a' && *at <= 'f') {
      value += static_cast<unsigned>(*at - 'a' + 10);
    } else if (*at >= 'A' && *at <= 'F') {
      value += static_cast<unsigned>(*at - 'A' + 10);
    } else {
      return std::nullopt;
    }
  }
  return value;
}

const char* JsonReader::Run::read_escape(const char* at, std::uint8_t& flags) {
  std::vector<char>& decoded = document_.decoded;
  static constexpr std::string_view kNames = "\"\\/bfnrt";
  static constexpr std::string_view kMeanings = "\"\\/\b\f\n\r\t";
  if (const std::size_t found = kNames.find(at[1]); found != kNames.npos) {
    decoded.push_back(kMeanings[found]);
    return at + 2;
  }
  const auto high = at[1] == 'u' ? hex4(at + 2) : std::nullopt;
  if (!high) {
    const char* end = at + 1;
    if (end < end_ && static_cast<unsigned char>(*end) >= 0x20) {
      ++end;
      while (end < end_ && (*end & 0xC0) == 0x80) ++end;
    }
    report(SyntaxProblem::BadEscape, span(at, end));
    flags |= Node::kBroken;
    keep_decoded({at, 1});
    return at + 1;
  }
  char32_t code_point = *high;
  const char* end = at + 6;
  if (code_point >= 0xD800 && code_point < 0xE000) {
    const auto low = code_point < 0xDC00 && end[0] == '\\' && end[1] == 'u' ? hex4(end + 2) : std::nullopt;
    if (low && *low >= 0xDC00 && *low < 0xE000) {
      code_point = 0x10000 + ((code_point - 0xD800) << 10) + (*low - 0xDC00);
      end += 6;
    } else {
      report(FindingId::DocumentLoneSurrogate, span(at, end));
      flags |= Node::kBroken;
    }
  }
  if (code_point >= 0x80) flags |= Node::kNonAscii;
  char bytes[4];
  keep_decoded({bytes, utf8_encode(code_point, bytes)});
  return end;
}

// --- Mistakes -------------------------------------------------------------

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
  Span opened{0, 0};
  if (depth_ > 0) {
    const std::uint32_t begin = nodes_[here()].begin;
    opened = {begin, begin + 1};
  }
  report(SyntaxProblem::Unclosed, span(last_end_, last_end_), opened);
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
  report(FindingId::DocumentComment, span(begin, end));
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
  report(problem, span(at_, end));
  const NodeIndex index = nodes_.size();
  Node& node = add(Kind::String, at_);
  node.flags |= Node::kNonAscii;
  node.end = offset(end);
  const std::uint32_t kept = keep_decoded({content, static_cast<std::size_t>(content_end - content)});
  document_.set_decoded(index, Mark::Value, kept, static_cast<std::uint32_t>(content_end - content));
  last_end_ = at_ = end;
  return Next::After;
}

JsonReader::Run::Next JsonReader::Run::odd_value() {
  if (at_ == end_) return unclosed();
  const char c = *at_;
  if (c == '\'' || c == '\xE2') return foreign_quotes();
  if (c == ',' || c == '}' || c == ']') {
    // A value is missing; where the bracket fits, the rest is certain.
    const bool fits = depth_ > 0 && (c == ',' || c == (in_object() ? '}' : ']'));
    if (!fits) return c == ',' ? unexpected() : odd_after();
    report(SyntaxProblem::MissingValue, span(at_, at_ + 1));
    if (in_object()) {
      Node& node = add(Kind::Null, at_);
      node.flags |= Node::kBroken;
    }
    return c == ',' ? Next::After : close(at_);
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
  report(problem, span(at_, end));
  Node& node = nodes_[nodes_.size() - 1];
  node.flags |= Node::kBroken;
  node.end = offset(end);
  last_end_ = at_ = end;
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
  report(problem, span(at_, end));
  Node& node = add(kind, at_);
  node.flags |= flags;
  node.end = offset(end);
  last_end_ = at_ = end;
  return Next::After;
}

JsonReader::Run::Next JsonReader::Run::odd_key() {
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
    report(SyntaxProblem::MissingValue, span(begin, begin + 1));
    last_end_ = ++at_;
    skip();
    return *at_ == '}' ? close(at_) : Next::Key;
  } else if (*begin == '}') {
    return close(begin);
  } else if (*begin == ']') {
    return odd_after();
  } else {
    return unexpected();
  }
  if (*skip_blanks(end) != ':') return unexpected();
  report(problem, span(begin, end));
  const auto length = static_cast<std::size_t>(content_end - content);
  key_.id = keys_.find({content, length});
  key_.decoded = true;
  key_.decoded_offset = keep_decoded({content, length});
  key_.decoded_length = static_cast<std::uint32_t>(length);
  finish_key(begin, end);
  at_ = skip_blanks(end) + 1;
  skip();
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
  const bool apart = at_ != last_end_;
  if (object ? key_follows() : (starts_value(*at_) && apart)) {
    report(SyntaxProblem::MissingComma, span(last_end_, last_end_));
    if (!object) key_ = {text_, text_};
    return object ? Next::Key : Next::Value;
  }
  if (*at_ == '}' || *at_ == ']') {
    if (depth_ == 0) return unexpected();
    // Where the bracket fits what is around, what is here was not closed.
    const std::uint32_t begin = nodes_[here()].begin;
    report(SyntaxProblem::WrongBracket, span(at_, at_ + 1), {begin, begin + 1});
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
    document_.report({.id = FindingId::DocumentDuplicateKey,
                      .span = document_.span(keys_seen_[i].second, Mark::Key),
                      .other = document_.span(keys_seen_[first].second, Mark::Key),
                      .node = keys_seen_[i].second,
                      .mark = Mark::Key});
  }
}

JsonReader::JsonReader() = default;
JsonReader::~JsonReader() = default;

void JsonReader::read(const SourceText& source, const KeyTable& keys, std::uint32_t depth_max,
                      Document& document) {
  document.reset(source.view());
  Run(*this, source, keys, depth_max, document).read();
}

}  // namespace connect_lint
