#include "document/json_reader.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstring>

#include "base/limits.h"
#include "base/number.h"
#include "base/utf8.h"
#include "document/json_bytes.h"
#include "document/json_run.h"

namespace connect_lint {
namespace {

// Every number of fewer digits fits a double.
constexpr std::ptrdiff_t kDigitsSafe = 300;

// Smaller texts grow their nodes as they go.
constexpr std::size_t kReserveFromBytes = 1u << 20;

}  // namespace

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
  // Without a mark: every other byte of the first two characters is zero.
  const auto alternates = [&](std::size_t zero) {
    const std::size_t solid = 1 - zero;
    return text.size() >= 4 && text[zero] == '\0' && text[zero + 2] == '\0' && text[solid] != '\0' && text[solid + 2] != '\0';
  };
  const bool utf16 = starts("\xFE\xFF") || starts("\xFF\xFE") || alternates(0) || alternates(1);
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

JsonReader::JsonReader() = default;
JsonReader::~JsonReader() = default;

void JsonReader::read(const SourceText& source, const KeyTable& keys, std::uint32_t depth_max,
                      Document& document) {
  document.reset(source.view(), keys);
  // About one value in 16 bytes; what is not touched costs nothing.
  if (source.view().size() > kReserveFromBytes) document.nodes.reserve(source.view().size() / 16);
  Run(*this, source, keys, depth_max, document).read();
}

}  // namespace connect_lint
