#include "document/json_reader.h"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <cstddef>
#include <cstring>
#include <functional>
#include <optional>

#if defined(__SSE2__)
#include <emmintrin.h>
#endif

#include "base/limits.h"
#include "base/number.h"
#include "base/utf8.h"

namespace connect_lint {
namespace {

// Every number of fewer digits fits a double.
constexpr std::ptrdiff_t kDigitsSafe = 300;

// Smaller texts grow their nodes as they go.
constexpr std::size_t kReserveFromBytes = 1u << 20;

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

const char* skip_many_blanks(const char* text) {
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

// Nothing or one blank is what stands between most tokens.
inline const char* skip_blanks(const char* text) {
  if (static_cast<unsigned char>(*text) > ' ') [[likely]]
    return text;
  if (*text == ' ' && static_cast<unsigned char>(text[1]) > ' ') return text + 1;
  return skip_many_blanks(text);
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
        end_(text_ + source.view().size()) {}

  void read();

 private:
  // What a recovery decided.
  enum class Next { Value, Key, After, Stop };

  struct Key {
    std::uint32_t begin = 0;
    std::uint32_t end = 0;  // Equal to begin without a key.
    KeyId id = 0;
    bool decoded = false;              // Its text differs from its bytes, or it is broken.
    bool broken = false;
    std::uint32_t decoded_offset = 0;  // Only where it is decoded.
    std::uint32_t decoded_length = 0;
  };
  void no_key() {
    key_.begin = key_.end = 0;
    key_.id = 0;
    key_.decoded = false;
  }

  [[nodiscard]] std::uint32_t offset(const char* at) const {
    return static_cast<std::uint32_t>(at - text_);
  }
  [[nodiscard]] Span span(const char* begin, const char* end) const {
    return {offset(begin), offset(end)};
  }
  [[nodiscard]] bool in_object() const { return depth_ > 0 && frame_->is_object; }
  // What findings are about: the value that is read, or what is around it.
  [[nodiscard]] NodeIndex here() const {
    if (subject_ != kNoNode) return subject_;
    return depth_ > 0 ? frame_->node : 0;
  }
  [[nodiscard]] Span opening_bracket() const {
    if (depth_ == 0) return {0, 0};
    const std::uint32_t begin = nodes_[frame_->node].begin;
    return {begin, begin + 1};
  }

  // The ordinary way. Hot: read() keeps its place in a local variable and calls
  // the rest, which works on `at_`, only where something is unusual.
  bool begin_text();
  void finish_text();
  Node& add(Kind kind, const char* begin);
  bool open(Kind kind, const char* bracket);
  const char* close(const char* bracket);
  const char* read_number(const char* at, Node& node);
  const char* read_string(const char* at, const char* plain_end, NodeIndex index);
  const char* read_key(const char* at);
  void look_up_key(const char* begin, const char* end);
  void note_key();
  // White space and (reported) comments.
  void skip();

  // Strings with escapes or mistakes.
  struct Decoded {
    const char* end = nullptr;  // After the closing quote; null: not closed.
    std::uint8_t flags = 0;     // Of a node. kDecoded: `offset` and `length` are set.
    std::uint32_t offset = 0;   // Into Document::decoded.
    std::uint32_t length = 0;
  };
  Decoded read_string_slowly(const char* begin);
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
  Next find_colon();
  Next odd_after();
  Next odd_number();
  Next bare_word(const char* end);
  Next foreign_quotes();
  Next close_here();
  [[nodiscard]] const char* last_end() const;
  [[nodiscard]] char last_solid() const;
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

  Key key_;                       // Of the value that comes next.
  const char* at_ = nullptr;      // What is read next, for what read() calls.
  const char* begin_ = nullptr;   // Of the text behind a byte order mark.
  const char* comments_ = nullptr;      // The last run of comments, if any.
  const char* comments_end_ = nullptr;
  std::uint32_t depth_ = 0;
  Frame* frame_ = nullptr;  // Of `depth_`.
  NodeIndex subject_ = kNoNode;
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
  const char* at = at_;
  bool object = false;  // What is around is an object.
  Next next = Next::Value;

value:
  switch (*at) {
    case '"': {
      const NodeIndex index = nodes_.size();
      Node& node = add(Kind::String, at);
      const char* end = skip_plain(at + 1);
      if (*end == '"') [[likely]] {
        ++end;
      } else {
        end = read_string(at, end, index);
        if (end == nullptr) goto stop;
      }
      node.end = offset(end);
      at = end;
      goto after;
    }
    case '{':
      if (!open(Kind::Object, at)) goto stop;
      object = true;
      at = skip_blanks(at + 1);
      if (*at != '}') goto key;
      at = close(at);
      object = in_object();
      goto after;
    case '[':
      if (!open(Kind::Array, at)) goto stop;
      object = false;
      at = skip_blanks(at + 1);
      if (*at != ']') goto value;
      at = close(at);
      object = in_object();
      goto after;
    case '-':
    case '0': case '1': case '2': case '3': case '4':
    case '5': case '6': case '7': case '8': case '9': {
      Node& node = add(Kind::Number, at);
      const char* end = read_number(at, node);
      if (end == nullptr) [[unlikely]] {
        at_ = at;
        next = odd_number();
        goto dispatch;
      }
      node.end = offset(end);
      at = end;
      goto after;
    }
    case 't':
      if (std::memcmp(at, "true", 4) != 0 || !ends_value(at[4])) goto odd;
      add(Kind::Boolean, at).flags |= Node::kTrue;
      at += 4;
      nodes_[nodes_.size() - 1].end = offset(at);
      goto after;
    case 'f':
      if (std::memcmp(at, "false", 5) != 0 || !ends_value(at[5])) goto odd;
      add(Kind::Boolean, at);
      at += 5;
      nodes_[nodes_.size() - 1].end = offset(at);
      goto after;
    case 'n':
      if (std::memcmp(at, "null", 4) != 0 || !ends_value(at[4])) goto odd;
      add(Kind::Null, at);
      at += 4;
      nodes_[nodes_.size() - 1].end = offset(at);
      goto after;
    default:
    odd:
      at_ = at;
      next = odd_value();
      goto dispatch;
  }

key:
  if (*at != '"') [[unlikely]] {
    at_ = at;
    next = odd_key();
    goto dispatch;
  }
  {
    const char* end = skip_plain(at + 1);
    if (*end == '"') [[likely]] {
      ++end;
      look_up_key(at, end);
    } else {
      end = read_key(at);
      if (end == nullptr) goto stop;
    }
    at = end;
  }
  if (*at != ':') [[unlikely]] {
    at_ = at;
    next = find_colon();
    goto dispatch;
  }
  at = skip_blanks(at + 1);
  goto value;

after:
  if (depth_ == 0) {
    at_ = at;
    return finish_text();
  }
  at = skip_blanks(at);
  if (*at == ',') [[likely]] {
    at = skip_blanks(at + 1);
    if (object) goto key;
    no_key();
    goto value;
  }
  if (*at == (object ? '}' : ']')) [[likely]] {
    at = close(at);
    object = in_object();
    goto after;
  }
  at_ = at;
  next = odd_after();

dispatch:
  at = at_;
  object = in_object();
  switch (next) {
    case Next::Value: goto value;
    case Next::Key: goto key;
    case Next::After: goto after;
    case Next::Stop: break;
  }

stop:
  // Close what is open, so that the tree can be walked.
  while (depth_ > 0) {
    Node& node = nodes_[frames_[--depth_].node];
    node.end = offset(end_);
    node.next = nodes_.size();
    node.flags |= Node::kBroken;
  }
}

void JsonReader::Run::finish_text() {
  skip();
  if (at_ != end_) {
    const char* last = end_;
    while (is_blank(last[-1])) --last;
    report(SyntaxProblem::TextAfterValue, span(at_, std::min(last, line_end(at_))));
  }
  document_.complete = true;
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
  begin_ = at_;
  skip();
  if (at_ != end_) return true;
  report(FindingId::DocumentEmpty, {0, 0});
  return false;
}

void JsonReader::Run::skip() {
  do {
    at_ = skip_blanks(at_);
  } while ((*at_ == '/' || *at_ == '#') && skip_comment());
}

inline Node& JsonReader::Run::add(Kind kind, const char* begin) {
  const NodeIndex index = nodes_.size();
  Node& node = nodes_.append();
  node = {.begin = offset(begin),
          .end = offset(begin),
          .key_begin = key_.begin,
          .key_end = key_.end,
          .next = index + 1,
          .key_id = key_.id,
          .kind = kind,
          .flags = 0};
  if (key_.decoded) [[unlikely]] {
    document_.set_decoded(index, Mark::Key, key_.decoded_offset, key_.decoded_length);
    if (key_.broken) node.flags |= Node::kKeyBroken;
  }
  return node;
}

inline bool JsonReader::Run::open(Kind kind, const char* bracket) {
  if (depth_ == depth_max_) [[unlikely]] {
    const NodeIndex index = nodes_.size();
    add(kind, bracket).flags |= Node::kBroken;
    document_.report({.id = FindingId::DocumentTooDeep,
                      .span = span(bracket, bracket + 1),
                      .node = index,
                      .number = depth_max_});
    return false;
  }
  if (depth_ == frames_.size()) [[unlikely]]
    frames_.emplace_back();
  frame_ = &frames_[depth_];
  Frame& frame = *frame_;
  frame.node = nodes_.size();
  frame.is_object = kind == Kind::Object;
  frame.unknown_keys = 0;
  frame.repeats_key = false;
  if (kind == Kind::Object) std::memset(frame.seen, 0, sizeof frame.seen);
  add(kind, bracket);
  ++depth_;
  no_key();
  return true;
}

// The place after the bracket.
inline const char* JsonReader::Run::close(const char* bracket) {
  const Frame& frame = *frame_;
  --depth_;
  frame_ = depth_ > 0 ? &frames_[depth_ - 1] : nullptr;
  Node& node = nodes_[frame.node];
  node.end = offset(bracket + 1);
  node.next = nodes_.size();
  if (frame.repeats_key || frame.unknown_keys > 1) [[unlikely]]
    check_duplicates(frame.node);
  return bracket + 1;
}

inline const char* JsonReader::Run::read_number(const char* at, Node& node) {
  const char* begin = at;
  if (*at == '-') ++at;
  if (*at == '0') {
    ++at;
  } else if (is_digit(*at)) {
    while (is_digit(*at)) ++at;
  } else {
    return nullptr;
  }
  if (ends_value(*at) && at - begin < kDigitsSafe) [[likely]]
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
  }
  if (is_word(*at)) return nullptr;
  const bool suspicious = node.has(Node::kFraction) || at - begin >= kDigitsSafe;
  if (suspicious && std::isinf(number_value({begin, static_cast<std::size_t>(at - begin)}))) {
    subject_ = nodes_.size() - 1;
    report(FindingId::DocumentNumberRange, span(begin, at));
    subject_ = kNoNode;
    node.flags |= Node::kBroken;
  }
  return at;
}

// A string that is not plain up to its closing quote; `plain_end` is where it
// stops to be. The place after the quote, or null where there is none.
const char* JsonReader::Run::read_string(const char* begin, const char* plain_end, NodeIndex index) {
  Node& node = nodes_[index];
  const char* at = plain_end;
  while (static_cast<unsigned char>(*at) >= 0x80) {
    const std::size_t bytes = utf8_sequence_bytes({at, static_cast<std::size_t>(end_ - at)});
    if (bytes == 0) break;
    node.flags |= Node::kNonAscii;
    at = skip_plain(at + bytes);
    if (*at == '"') return at + 1;
  }
  subject_ = index;
  const Decoded decoded = read_string_slowly(begin + 1);
  if (decoded.end == nullptr) {
    const char* end = line_end(begin);
    node.end = offset(end);
    node.flags |= Node::kBroken;
    const std::string_view content(begin + 1, static_cast<std::size_t>(end - begin - 1));
    document_.set_decoded(index, Mark::Value, keep_decoded(content), static_cast<std::uint32_t>(content.size()));
    stop(SyntaxProblem::StringUnclosed, begin, end);
    return nullptr;
  }
  subject_ = kNoNode;
  node.flags |= decoded.flags;
  document_.set_decoded(index, Mark::Value, decoded.offset, decoded.length);
  return decoded.end;
}

// Likewise a key, which is looked up.
const char* JsonReader::Run::read_key(const char* begin) {
  const Decoded decoded = read_string_slowly(begin + 1);
  if (decoded.end == nullptr) {
    stop(SyntaxProblem::StringUnclosed, begin, line_end(begin));
    return nullptr;
  }
  key_ = {.begin = offset(begin),
          .end = offset(decoded.end),
          .id = keys_.find({document_.decoded.data() + decoded.offset, decoded.length}),
          .decoded = true,
          .broken = (decoded.flags & Node::kBroken) != 0,
          .decoded_offset = decoded.offset,
          .decoded_length = decoded.length};
  note_key();
  return decoded.end;
}

inline void JsonReader::Run::look_up_key(const char* begin, const char* end) {
  key_.begin = offset(begin);
  key_.end = offset(end);
  key_.id = keys_.find_padded(begin + 1, static_cast<std::size_t>(end - begin - 2));
  key_.decoded = false;
  note_key();
}

inline void JsonReader::Run::note_key() {
  Frame& frame = *frame_;
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

std::uint32_t JsonReader::Run::keep_decoded(std::string_view text) {
  std::vector<char>& decoded = document_.decoded;
  const auto offset = static_cast<std::uint32_t>(decoded.size());
  decoded.insert(decoded.end(), text.begin(), text.end());
  return offset;
}

JsonReader::Run::Decoded JsonReader::Run::read_string_slowly(const char* begin) {
  std::vector<char>& decoded = document_.decoded;
  Decoded result;
  result.offset = static_cast<std::uint32_t>(decoded.size());
  const char* at = begin;
  while (true) {
    const char* plain = skip_plain(at);
    keep_decoded({at, static_cast<std::size_t>(plain - at)});
    at = plain;
    const auto byte = static_cast<unsigned char>(*at);
    if (byte == '"') break;
    if (byte == '\\') {
      at = read_escape(at, result.flags);
      continue;
    }
    if (byte < 0x20) {
      if (at == end_ || byte == '\n' || byte == '\r') return {};
      report(FindingId::DocumentControlCharacter, span(at, at + 1));
      result.flags |= Node::kBroken;
      decoded.push_back(*at++);
      continue;
    }
    const char* piece = at;
    const std::size_t bytes = utf8_sequence_bytes({at, static_cast<std::size_t>(end_ - at)});
    result.flags |= Node::kNonAscii;
    at += bytes;
    if (bytes == 0) {
      // One finding for a run of bad bytes.
      while (static_cast<unsigned char>(*at) >= 0x80 &&
             utf8_sequence_bytes({at, static_cast<std::size_t>(end_ - at)}) == 0)
        ++at;
      report(FindingId::DocumentEncoding, span(piece, at));
      result.flags |= Node::kBroken;
    }
    keep_decoded({piece, static_cast<std::size_t>(at - piece)});
  }
  result.length = static_cast<std::uint32_t>(decoded.size()) - result.offset;
  result.end = at + 1;
  return result;
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

JsonReader::JsonReader() = default;
JsonReader::~JsonReader() = default;

void JsonReader::read(const SourceText& source, const KeyTable& keys, std::uint32_t depth_max,
                      Document& document) {
  document.reset(source.view());
  // About one value in 16 bytes; what is not touched costs nothing.
  if (source.view().size() > kReserveFromBytes) document.nodes.reserve(source.view().size() / 16);
  Run(*this, source, keys, depth_max, document).read();
}

}  // namespace connect_lint
