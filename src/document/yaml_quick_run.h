// The reading of one ordinary YAML text, for yaml_quick.cc (lines),
// yaml_quick_flow.cc (brackets) and yaml_quick_scalars.cc (texts).
#ifndef CONNECT_LINT_DOCUMENT_YAML_QUICK_RUN_H_
#define CONNECT_LINT_DOCUMENT_YAML_QUICK_RUN_H_

#include <cstddef>
#include <cstdint>
#include <string_view>

#include "document/yaml_quick.h"

namespace connect_lint {

// One text. The padding's zero bytes end every loop: there are none in the text.
// Functions that give a bool decline with false.
class YamlQuickReader::Run {
 public:
  Run(YamlQuickReader& reader, const SourceText& source, std::uint32_t begin, const KeyTable& keys, std::uint32_t depth_max,
      Document& document)
      : frames_(reader.frames_),
        hashes_(reader.hashes_),
        folded_(reader.folded_),
        keys_(keys),
        document_(document),
        depth_max_(depth_max),
        text_(source.view().data()),
        end_(text_ + source.view().size()),
        at_(text_ + begin),
        line_(at_),
        last_end_(at_) {}

  bool read();

 private:
  // A scalar that was scanned and may turn out to be a key.
  struct Scalar {
    const char* begin = nullptr;
    const char* end = nullptr;  // Quotes included.
    bool quoted = false;
    bool escaped = false;  // Its text differs from what is between the quotes.
    bool non_ascii = false;
  };
  struct Key {
    std::uint32_t begin = 0;
    std::uint32_t end = 0;   // Equal to `begin` without a key.
    std::uint8_t flags = 0;  // Of the node.
    KeyId id = 0;
  };

  static bool ends_line(char c) { return c == '\n' || c == '\r' || c == '\0'; }
  static bool ends_word(char c) { return c == ' ' || ends_line(c); }
  void skip_spaces() {
    while (*at_ == ' ') ++at_;
  }
  [[nodiscard]] std::uint32_t offset(const char* at) const { return static_cast<std::uint32_t>(at - text_); }
  [[nodiscard]] std::uint32_t column() const { return static_cast<std::uint32_t>(at_ - line_); }
  [[nodiscard]] bool at_dash() const { return *at_ == '-' && ends_word(at_[1]); }

  // Lines.
  bool find_content();
  bool end_line();
  bool close_lists_and_mappings();
  bool read_node();
  bool read_value();
  bool read_member(const Scalar& key);

  // Brackets.
  bool read_flow();
  bool skip_in_flow();
  bool read_flow_scalar();
  bool read_flow_key();

  // Scalars.
  bool scan_scalar(bool flow, Scalar& scalar);
  bool scan_plain(bool flow, Scalar& scalar);
  bool scan_single_quoted(Scalar& scalar);
  bool scan_double_quoted(Scalar& scalar);
  bool add_scalar(const Scalar& scalar);
  bool add_scalar_of_lines(Scalar& scalar);
  bool add_plain(std::string_view value, const Scalar& scalar);
  bool end_plain_line();
  void add_unescaped(const Scalar& scalar, NodeIndex index);
  void add_text(std::string_view text, NodeIndex index);
  bool add_block_scalar();
  bool skip_block_breaks(std::uint32_t& indent);

  // Nodes.
  bool take_key(const Scalar& scalar);
  bool note_key(std::string_view key);
  NodeIndex add(Kind kind, const char* begin, const char* end, std::uint8_t flags = 0);
  void add_nothing();
  bool open(Frame::Form form, bool is_object, const char* begin, std::uint32_t indent = 0);
  bool close();

  std::vector<Frame>& frames_;  // Those that are open; a mapping's value belongs to the last.
  std::vector<std::uint64_t>& hashes_;
  std::string& folded_;
  const KeyTable& keys_;
  Document& document_;
  const std::uint32_t depth_max_;
  const char* const text_;
  const char* const end_;

  const char* at_;
  const char* line_;      // Where the line of `at_` begins.
  const char* last_end_;  // Of the last thing that is more than blanks.
  Key key_;               // Of the value that comes next.
  bool wanted_ = true;    // A value: behind `key:` or `-`, and at the start.

  // Of a text on several lines.
  std::size_t breaks_ = 0;           // Line breaks in front of `at_`.
  bool goes_on_ = false;             // Without quotes: in the line of `at_`.
  const char* block_end_ = nullptr;  // Of a block scalar, behind its last line break.
};

}  // namespace connect_lint

#endif  // CONNECT_LINT_DOCUMENT_YAML_QUICK_RUN_H_
