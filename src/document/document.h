// A document: the values of one text, each with the bytes it was read from.
//
// The nodes lie in one array in the order of the text (a value, then what is in
// it, then what follows it), so that a walk is a loop and a subtree is a range
// of indices:
//
//   for (NodeIndex child : document.children(object))
//     if (document.key(child) == "Tags") ...
//
// A Document is filled by a reader, reused from text to text, and immutable in
// between. It points into the SourceText it was read from.
#ifndef CONNECT_LINT_DOCUMENT_DOCUMENT_H_
#define CONNECT_LINT_DOCUMENT_DOCUMENT_H_

#include <cassert>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/block.h"
#include "base/catalogue.h"
#include "document/key_table.h"
#include "source/source_text.h"

namespace connect_lint {

enum class Kind : std::uint8_t { Null, Boolean, Number, String, Array, Object };

// The place of a node in its document. 0 is the root.
using NodeIndex = std::uint32_t;
inline constexpr NodeIndex kNoNode = 0xFFFFFFFFu;

struct Node {
  static constexpr std::uint8_t kTrue = 1;        // A Boolean that is true.
  static constexpr std::uint8_t kFraction = 1;    // A Number with fraction or exponent.
  static constexpr std::uint8_t kTime = 1;        // A String that YAML readers make a date or time of.
  static constexpr std::uint8_t kIncomplete = 1;  // An Object that lacks what Document::missing says.
  static constexpr std::uint8_t kKeyAgain = 2;    // The object has had the key before.
  static constexpr std::uint8_t kDecoded = 4;     // The value's text is not what its bytes have between quotes.
  static constexpr std::uint8_t kKeyDecoded = 8;  // Likewise the key's.
  static constexpr std::uint8_t kBroken = 16;     // The reader reported it; checks leave it alone.
  static constexpr std::uint8_t kKeyBroken = 128;  // Likewise the key.
  static constexpr std::uint8_t kNonAscii = 32;   // The value's text has bytes above 0x7F.
  static constexpr std::uint8_t kUnknown = 64;    // Its value is not known before deployment.
  static constexpr std::uint8_t kPerhaps = 1;     // A Null that is kUnknown: nor is it known whether it is there.

  std::uint32_t begin;      // The value's first byte, quotes included.
  std::uint32_t end;        // One past its last byte.
  std::uint32_t key_begin;  // Likewise the key's; equal to key_end without a key.
  std::uint32_t key_end;
  NodeIndex next;  // One past the last node of this subtree.
  KeyId key_id;    // The key's number; 0: unknown to the table, or no key.
  Kind kind;
  std::uint8_t flags;

  [[nodiscard]] bool has(std::uint8_t flag) const { return (flags & flag) != 0; }
  [[nodiscard]] bool may_be_absent() const { return has(kUnknown) && kind == Kind::Null && has(kPerhaps); }
};
static_assert(sizeof(Node) == 24);

// What DocumentSyntax findings are about, and what `other` points at.
enum class SyntaxProblem : std::uint8_t {
  MissingComma,
  MissingColon,
  MissingValue,        // A comma or a closing bracket where a value should be.
  ExtraComma,          // A comma behind a comma or an opening bracket.
  UnexpectedText,      // Anything else; the reader stops.
  TextAfterValue,      // After the document's value.
  Unclosed,            // The text ends inside an array or object; other: where it was opened.
  WrongBracket,        // `]` for `}` or the reverse; other: where it was opened.
  CommentUnclosed,     // `/*` without `*/`.
  StringUnclosed,      // A line break or the end of the text before the closing quote.
  BadEscape,           // `\x`
  SingleQuotes,
  TypographicQuotes,
  UnquotedKey,
  KeyNotString,        // A number or literal as a key.
  BareWord,            // Text without quotes as a value.
  PythonLiteral,       // True, False, None; and other languages' spellings.
  NotANumber,          // NaN, Infinity.
  LeadingZero,
  LeadingPlus,
  BareFraction,        // `.5`, `5.`
  BadNumber,           // `0x1F`, `1_000`, `1e`
  // Of YAML only; TextAfterValue, BareWord and NotANumber are of both.
  YamlSyntax,            // The grammar; DocumentFinding::words tells more. The reader stops.
  YamlControlCharacter,  // The reader does not begin.
  YamlDirectives,        // More than DocumentFinding::number of them; likewise.
  YamlSecondDocument,
  YamlAliasUnknown,
  YamlAliasCycle,        // An alias inside of what it stands for.
  YamlAliasBudget,       // Aliases add more than DocumentFinding::number nodes.
  YamlTag,               // A tag that is not understood.
  YamlTagMismatch,       // A tag that is none of the value.
  YamlKeyNotScalar,      // An array or object as a key.
  YamlMerge,             // The value of `<<` has no members.
};

// One finding of a reader.
struct DocumentFinding {
  FindingId id;
  SyntaxProblem problem = SyntaxProblem::UnexpectedText;  // With DocumentSyntax.
  Span span;
  Span other = {};    // The second place; empty without one.
  NodeIndex node;     // The innermost value around the place; kNoNode without one.
  Mark mark = Mark::Value;
  std::uint64_t number = 0;  // The limit that was crossed.
  // With YamlSyntax, and of templates: the message, help, and what `other` is, a
  // line each, of static storage; `{}` is what stands at `span`.
  std::string_view words = {};
  std::string_view replacement = {};  // What mends it in place of `span`; empty: nothing safe does.
};

// A value of a YAML text with the tag of a CloudFormation function: `!Sub` of a
// scalar or list is what `{"Fn::Sub": ...}` is in JSON.
struct FunctionTag {
  NodeIndex node;             // Its own value is the function's argument.
  Span span;                  // The tag.
  std::string_view function;  // "Fn::Sub", of static storage.
};

// A growing array of nodes without initialisation. Indices stay, pointers do not.
class NodeArray {
 public:
  void clear() { size_ = 0; }
  void reserve(std::size_t nodes);
  [[nodiscard]] NodeIndex size() const { return size_; }
  Node& append() {
    if (size_ == capacity_) [[unlikely]]
      reserve(std::size_t{capacity_} * 2 + 256);
    return nodes_[size_++];
  }
  Node& operator[](NodeIndex index) { return nodes_[index]; }
  const Node& operator[](NodeIndex index) const { return nodes_[index]; }
  [[nodiscard]] const Node* data() const { return nodes_; }
  [[nodiscard]] std::size_t bytes() const { return block_.capacity(); }

 private:
  Block block_;
  Node* nodes_ = nullptr;
  NodeIndex size_ = 0;
  NodeIndex capacity_ = 0;
};

class Document {
 public:
  // For a reader: forgets everything and points to another text. `keys` is what
  // keys are looked up in.
  void reset(std::string_view text, const KeyTable& keys);

  [[nodiscard]] std::string_view text() const { return text_; }
  [[nodiscard]] bool empty() const { return nodes.size() == 0; }
  [[nodiscard]] const Node& operator[](NodeIndex index) const { return nodes[index]; }

  // The text of a key or of a String without quotes, escapes resolved (lone
  // surrogates as WTF-8). Of other kinds: the bytes. Valid until reset().
  [[nodiscard]] std::string_view key(NodeIndex index) const {
    const Node& node = nodes[index];
    if (node.has(Node::kKeyDecoded)) [[unlikely]]
      return decoded_text(index, Mark::Key);
    if (node.key_begin == node.key_end) return {};
    return {text_.data() + node.key_begin + 1, node.key_end - node.key_begin - 2};
  }
  [[nodiscard]] std::string_view string(NodeIndex index) const {
    const Node& node = nodes[index];
    if (node.has(Node::kDecoded)) [[unlikely]]
      return decoded_text(index, Mark::Value);
    const std::uint32_t quote = node.kind == Kind::String ? 1 : 0;
    return {text_.data() + node.begin + quote, node.end - node.begin - 2 * quote};
  }

  // The key, or the one that a misspelt key was found to mean.
  [[nodiscard]] std::string_view meant_key(NodeIndex index) const {
    const KeyId id = nodes[index].key_id;
    return id != 0 ? keys.name(id) : key(index);
  }

  // The bytes of a value or key as they are written.
  [[nodiscard]] Span span(NodeIndex index, Mark mark) const;

  // Where it is used: span(), but for what a YAML text takes from elsewhere by
  // an alias or a merge, the alias or merge.
  [[nodiscard]] Span place_of_use(NodeIndex index, Mark mark) const;
  // Whether the two differ.
  [[nodiscard]] bool is_aliased(NodeIndex index, Mark mark) const;
  // Whether an alias or a merge takes these bytes to another place, too.
  [[nodiscard]] bool is_used_elsewhere(Span span) const;
  [[nodiscard]] std::string_view bytes(Span span) const {
    return text_.substr(span.begin, span.end - span.begin);
  }

  // The children of an array or object, in order.
  class Children {
   public:
    class Iterator {
     public:
      Iterator(const Node* nodes, NodeIndex index) : nodes_(nodes), index_(index) {}
      NodeIndex operator*() const { return index_; }
      Iterator& operator++() {
        index_ = nodes_[index_].next;
        return *this;
      }
      bool operator!=(const Iterator& other) const { return index_ != other.index_; }

     private:
      const Node* nodes_;
      NodeIndex index_;
    };
    Children(const Node* nodes, NodeIndex parent) : nodes_(nodes), parent_(parent) {}
    [[nodiscard]] Iterator begin() const { return {nodes_, parent_ + 1}; }
    [[nodiscard]] Iterator end() const { return {nodes_, nodes_[parent_].next}; }

   private:
    const Node* nodes_;
    NodeIndex parent_;
  };
  [[nodiscard]] Children children(NodeIndex parent) const { return {nodes.data(), parent}; }

  // The child of an object with this key, the last one where there are
  // several (as clients read it); kNoNode without one.
  [[nodiscard]] NodeIndex member(NodeIndex object, std::string_view key) const;

  // For readers: a text that differs from its bytes, and a String or key of YAML
  // without quotes, whose bytes are the text.
  void set_decoded(NodeIndex index, Mark mark, std::uint32_t offset, std::uint32_t length);
  void set_plain(NodeIndex index, Mark mark) { nodes[index].flags |= mark == Mark::Key ? Node::kKeyDecoded : Node::kDecoded; }
  void report(DocumentFinding finding);

  // A member that a check found missing.
  struct MissingMember {
    NodeIndex object;
    KeyId key;

    bool operator<(const MissingMember& other) const {
      return object != other.object ? object < other.object : key < other.key;
    }
  };
  [[nodiscard]] bool is_missing(NodeIndex object, KeyId key) const;

  // Null without one.
  [[nodiscard]] const FunctionTag* function_tag(NodeIndex index) const;
  // For a text that is no template: reports the tags, whose values are then broken.
  void refuse_function_tags();

  // A subtree that is written elsewhere, and the alias or merge that stands for it.
  struct Alias {
    NodeIndex node;
    Span use;
    bool merge;  // The key is written elsewhere, too.
  };

  Syntax syntax = Syntax::Json;
  std::vector<Alias> aliases;  // By node; none inside of another.
  KeyTable keys;
  std::vector<MissingMember> missing;  // Sorted, once the check is done.
  NodeArray nodes;
  std::vector<char> decoded;  // Texts that differ from their bytes, padded at the end.
  std::vector<DocumentFinding> findings;
  std::uint64_t findings_left_out = 0;  // Above kFindingsKeptMax.
  std::vector<FunctionTag> function_tags;  // Of YAML; in the order of the nodes.
  bool complete = false;  // The whole text was read and its structure is certain.

 private:
  struct DecodedText {
    std::uint64_t node_and_mark;  // node * 2 + mark; ascending.
    std::uint32_t offset;
    std::uint32_t length;
  };
  [[nodiscard]] std::string_view decoded_text(NodeIndex index, Mark mark) const;
  [[nodiscard]] const Alias* alias_around(NodeIndex index, Mark mark) const;

  std::string_view text_;
  std::vector<DecodedText> decoded_texts_;
};

// Follows paths through a document. While it is asked for places in one array or
// object it looks at each child at most once, however many there are.
class PathFinder {
 public:
  explicit PathFinder(const Document& document, std::size_t bytes_max = kPathBytesMax) : document_(document), bytes_max_(bytes_max) {}

  // Replaces `pointer` and `path` by the places of the node, or, where one of
  // them has more than `bytes_max` bytes, of the last one around it that fits.
  void find(NodeIndex index, std::string& pointer, std::string& path);

 private:
  struct Step {
    NodeIndex container = kNoNode;
    std::vector<NodeIndex> children;  // As far as they were looked at.
  };
  // The number of the child of the container at this depth that holds the node.
  std::size_t position(std::size_t depth, NodeIndex container, NodeIndex index);

  const Document& document_;
  const std::size_t bytes_max_;
  std::vector<Step> steps_;
};

}  // namespace connect_lint

#endif  // CONNECT_LINT_DOCUMENT_DOCUMENT_H_
