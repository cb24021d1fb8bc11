// Puts in what the aliases and merge keys of a composed YAML text stand for.
#ifndef CONNECT_LINT_DOCUMENT_YAML_EXPANDER_H_
#define CONNECT_LINT_DOCUMENT_YAML_EXPANDER_H_

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <unordered_set>
#include <vector>

#include "document/document.h"
#include "document/yaml_composer.h"

namespace connect_lint {

// Keeps its working memory from text to text.
class YamlExpander {
 public:
  // Moves `from` into `to`, which has been reset to the same text. What is put
  // in keeps the places where it is written, so it may lie outside of what is
  // around it; the members that a merge adds come last. Adds at most
  // kYamlAliasNodesMax nodes, and no depth above `depth_max`.
  void expand(Document& from, const std::vector<YamlLink>& links, std::uint32_t depth_max, Document& to);

 private:
  // An array or object that is being put in: its children in `from_`, then,
  // for an object with merges, the members that they add.
  struct Frame {
    NodeIndex node;           // Of `to_`.
    NodeIndex source;         // Of `from_`.
    NodeIndex child;          // The next one.
    std::size_t added;        // The next merged member, in `merged_`,
    std::size_t added_begin;  // and the first one.
    Span alias;               // The outermost alias or merge around; empty without one.
    bool copied;              // There is one.
    bool merges;              // It has a member `<<`.
  };

  void emit(NodeIndex member, bool copied, Span alias);
  void set_text(NodeIndex index, Mark mark, std::string_view text);
  void note_alias(NodeIndex member, NodeIndex source, NodeIndex index, Span alias);
  void end_children();
  void collect_merged();
  // False where it is nothing that can be merged.
  bool add_sources(NodeIndex merge);
  bool spend(Span alias);
  [[nodiscard]] NodeIndex value_of(NodeIndex member) const {
    const NodeIndex target = (*links_)[member].target;
    return target == kNoNode ? member : target;
  }
  void move_findings();
  void report(SyntaxProblem problem, Span span, NodeIndex node, std::uint64_t number = 0);

  Document* from_ = nullptr;
  Document* to_ = nullptr;
  const std::vector<YamlLink>* links_ = nullptr;
  std::uint32_t depth_max_ = 0;
  std::size_t added_ = 0;  // Nodes, so far.
  bool exhausted_ = false;
  bool too_deep_ = false;

  std::vector<Frame> frames_;
  std::vector<NodeIndex> merged_;   // Members to add, of all frames.
  std::vector<NodeIndex> sources_;  // Objects to merge, the next one last.
  std::vector<bool> reported_;      // Members of `from_` whose value cannot be merged.
  std::unordered_set<std::string_view> keys_;
  std::vector<NodeIndex> first_;    // From nodes of `from_` to nodes of `to_`.
};

}  // namespace connect_lint

#endif  // CONNECT_LINT_DOCUMENT_YAML_EXPANDER_H_
