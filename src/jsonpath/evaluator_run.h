// One evaluation: the methods behind Evaluator, for its own files only.
#ifndef CONNECT_LINT_JSONPATH_EVALUATOR_RUN_H_
#define CONNECT_LINT_JSONPATH_EVALUATOR_RUN_H_

#include <cstdint>
#include <optional>
#include <vector>

#include "jsonpath/evaluator.h"

namespace connect_lint {

// Recursion is bounded by the query: once for each segment, and for each level
// of expressions, of which the parser allows few.
class Evaluator::Run {
 public:
  Run(Evaluator& evaluator, const Program& program, NodeIndex root)
      : evaluator_(evaluator), program_(program), document_(*evaluator.document_), root_(root) {}

  // Where nodes go. Without `to`, the first one ends the walk.
  struct Sink {
    std::vector<NodeIndex>* to = nullptr;
    std::vector<std::uint64_t>* counts = nullptr;  // By segment, for a trace.
    bool found = false;
    bool uncertain = false;
  };

  // Segments [segment, end) from `node` on, depth first: that is the order of
  // RFC 9535, without a list for each segment. False: nothing more is wanted,
  // or may be done.
  bool walk(std::uint32_t segment, std::uint32_t end, NodeIndex node, Sink& sink);

  Truth truth(TermIndex term, NodeIndex current);
  Value value(TermIndex term, NodeIndex current);

 private:
  // A nodelist on one of the evaluator's stacks.
  struct Nodes {
    bool kept = false;    // On `kept_nodes_`; else on the stack,
    bool single = false;  // or with the caller.
    bool uncertain = false;
    std::uint32_t begin = 0;
    std::uint32_t count = 0;
  };
  // What a singular path leads to.
  struct Target {
    NodeIndex node = kNoNode;
    bool unknown = false;  // A value on the way is not known.
  };

  // Selectors.
  bool select_children(std::uint32_t segment, std::uint32_t end, NodeIndex node, Sink& sink);
  bool select_all(const Selector& selector, std::uint32_t segment, std::uint32_t end, NodeIndex node, Sink& sink);
  bool select_slice(const Selector& selector, std::uint32_t segment, std::uint32_t end, NodeIndex node, Sink& sink);
  bool hit(std::uint32_t segment, std::uint32_t end, NodeIndex child, Sink& sink);
  NodeIndex member(const Selector& selector, NodeIndex object);
  [[nodiscard]] bool would_be(const Selector& selector, NodeIndex object) const;
  NodeIndex element(const Selector& selector, NodeIndex array);
  Target follow(const Path& path, NodeIndex current);

  // Expressions.
  Truth find_truth(const Term& term, NodeIndex current);
  Value find_value(const Term& term, NodeIndex current);
  std::optional<Truth> compare_with_text(const Term& term, NodeIndex current);
  Truth match(const Term& term, const Call& site, NodeIndex current);
  Truth exists(const Path& path, NodeIndex current);
  Nodes nodes(TermIndex term, NodeIndex current);
  Nodes find_nodes(const Term& term, NodeIndex current);
  Value call(const Term& term, NodeIndex current, Nodes* result);
  [[nodiscard]] TermIndex operand(const Term& term, std::uint32_t number) const {
    return program_.operands[term.first + number];
  }
  [[nodiscard]] NodeIndex start(const Path& path, NodeIndex current) const { return path.relative ? current : root_; }

  // Comparisons.
  Truth compare(Comparison comparison, const Value& a, const Value& b);
  Truth less(const Value& a, const Value& b);
  Truth equal(const Value& a, const Value& b);
  Truth equal_nodes(NodeIndex a, NodeIndex b);
  bool pair_elements(NodeIndex a, NodeIndex b);
  bool pair_members(NodeIndex a, NodeIndex b);
  bool pair_sorted_members(NodeIndex a, NodeIndex b);

  Evaluator& evaluator_;
  const Program& program_;
  const Document& document_;
  const NodeIndex root_;
};

}  // namespace connect_lint

#endif  // CONNECT_LINT_JSONPATH_EVALUATOR_RUN_H_
