// The reading of one JSON text, for json_reader.cc (what is right),
// json_strings.cc (escapes) and json_recovery.cc (what is wrong).
#ifndef CONNECT_LINT_DOCUMENT_JSON_RUN_H_
#define CONNECT_LINT_DOCUMENT_JSON_RUN_H_

#include <cstdint>
#include <cstring>
#include <optional>
#include <utility>
#include <vector>

#include "document/json_reader.h"

namespace connect_lint {

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

}  // namespace connect_lint

#endif  // CONNECT_LINT_DOCUMENT_JSON_RUN_H_
