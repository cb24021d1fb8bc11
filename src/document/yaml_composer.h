// Events of a YAML text into a Document in which aliases of arrays and objects,
// and merge keys, are still what is written: what they stand for is told beside
// it (YamlLink), and yaml_expander.h puts it in.
#ifndef CONNECT_LINT_DOCUMENT_YAML_COMPOSER_H_
#define CONNECT_LINT_DOCUMENT_YAML_COMPOSER_H_

#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "document/document.h"
#include "document/key_table.h"
#include "document/yaml_events.h"

namespace connect_lint {

// What a node of the composed document is besides a value.
struct YamlLink {
  NodeIndex target = kNoNode;  // An alias of this array or object, itself a Null for the time being.
  bool merge = false;          // The member `<<`.
  Span alias = {};             // An alias, of a scalar too: where it stands; empty otherwise.
};

// Keeps its working memory from text to text.
class YamlComposer {
 public:
  // Appends to `document`, which has been reset. The first `begin` bytes of its
  // text are left out. With `links` they get one entry for each node; without,
  // the text holds neither `*` nor `<<`.
  // Tags of functions (see function_of_tag()) are refused unless `functions`.
  void compose(std::uint32_t begin, const KeyTable& keys, std::uint32_t depth_max, Document& document,
               std::vector<YamlLink>* links, bool functions = false);

 private:
  // A text in Document::decoded.
  struct Decoded {
    std::uint32_t offset = 0;
    std::uint32_t length = 0;
  };
  // A scalar that became a node, or may become one by an alias.
  struct Scalar {
    Span span = {};
    Kind kind = Kind::Null;
    std::uint8_t flags = 0;
    bool has_text = false;  // `text` is what Document::string() gives; its bytes otherwise.
    Decoded text = {};
    Decoded key = {};  // What it is as a key; only where it has an anchor or is one.
    std::string_view function = {};  // That its tag names,
    Span tag = {};                   // and the tag.
  };
  struct Anchor {
    enum class Of : std::uint8_t { Scalar, Container, Broken } of = Of::Broken;
    NodeIndex container = kNoNode;
    Scalar scalar = {};
  };
  // The key of the member whose value comes next.
  struct Key {
    Span span = {};
    Decoded text = {};
    KeyId id = 0;
    bool there = false;
    bool broken = false;
    bool merge = false;
  };
  struct KeySeen {
    std::uint64_t hash;
    std::string_view text;
    NodeIndex node;
  };
  // An array or object that is being composed.
  struct Frame {
    NodeIndex node;
    std::uint32_t children;
    bool is_object;
    bool key_next;
  };

  // Of one text; false: reading ends here.
  bool compose_event(const YamlEvent& event);
  bool skip_event(const YamlEvent& event);
  bool open(const YamlEvent& event);
  void close(const YamlEvent& event);
  void finish(const YamlEvent& end);
  void add_scalar(const YamlEvent& event);
  void add_alias(const YamlEvent& event);
  void take_key(const Scalar& scalar, Span span, bool merge);
  void take_broken_key(Span span);
  // Reports a key that is read as something else than a text.
  void check_key(const YamlEvent& event, Scalar& scalar);
  void begin_odd_key(const YamlEvent& event);
  NodeIndex add(const Scalar& scalar);
  NodeIndex add(Kind kind, Span span, std::uint8_t flags);
  void value_added();

  Scalar resolve(const YamlEvent& event);
  void place(const YamlEvent& event, Scalar& scalar);
  void keep_string(const YamlEvent& event, Scalar& scalar);
  void keep_anchor(const YamlEvent& event, const Anchor& anchor);
  // Reports a tag other than that of `type` ("": a scalar's, of any type).
  void check_tag(const YamlEvent& event, std::string_view type, std::uint8_t& flags);
  // The function that the tag of a value names; empty without one.
  [[nodiscard]] std::string_view function_of(const YamlEvent& event) const;
  Decoded keep(std::string_view text);
  // Gives the node its text, which is kept unless the bytes have it.
  void set_text(NodeIndex index, Mark mark, Decoded text);
  [[nodiscard]] std::string_view kept(Decoded text) const { return {document_->decoded.data() + text.offset, text.length}; }

  void check_duplicates(NodeIndex object);
  void report_duplicate(NodeIndex again, NodeIndex first);
  void report(FindingId id, Span span, NodeIndex node, std::uint64_t number = 0);
  void report(SyntaxProblem problem, Span span, NodeIndex node);
  void report_problem(const YamlProblem& problem);
  [[nodiscard]] bool wants_key() const { return !frames_.empty() && frames_.back().is_object && frames_.back().key_next; }
  [[nodiscard]] NodeIndex here() const;
  [[nodiscard]] std::uint32_t depth() const { return static_cast<std::uint32_t>(frames_.size()) + skipped_; }

  const KeyTable* keys_ = nullptr;
  Document* document_ = nullptr;
  std::vector<YamlLink>* links_ = nullptr;
  std::uint32_t depth_max_ = 0;
  std::uint32_t last_end_ = 0;  // Of the last thing that is more than blanks.
  bool yaml_1_1_ = false;
  bool functions_ = false;
  bool empty_root_ = false;  // The document is nothing at all, not even a `null`.

  std::vector<Frame> frames_;
  Key key_;
  std::uint32_t skipped_ = 0;        // Depth inside of a key that is no scalar.
  std::uint32_t skipped_begin_ = 0;  // Where that key begins.
  std::unordered_map<std::string, Anchor> anchors_;
  std::vector<KeySeen> keys_seen_;
};

}  // namespace connect_lint

#endif  // CONNECT_LINT_DOCUMENT_YAML_COMPOSER_H_
