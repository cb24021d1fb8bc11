// Runs queries and expressions over one document at a time.
//
//   Evaluator evaluator;             // One per thread; keeps its memory.
//   evaluator.open(document);        // After each change of the document.
//   const Selection done = evaluator.select(query, root, nodes);
//
// `$` is `root`, any node of the document. Nothing is allocated while nothing
// is selected, and not more than once for what grows.
//
// Values that are not known (see set_unknown_flags): what compares
// such a value, calls a function with it or selects below it is Unknown, an
// existence test of the node itself is True, and filters select only what is
// True. Where a member of an object occurs several times, the last one counts.
//
// Work is bounded by a budget of visited nodes. Whoever evaluates many queries
// over one document decides how often it is renewed.
#ifndef CONNECT_LINT_JSONPATH_EVALUATOR_H_
#define CONNECT_LINT_JSONPATH_EVALUATOR_H_

#include <algorithm>
#include <cstdint>
#include <limits>
#include <memory>
#include <optional>
#include <span>
#include <utility>
#include <vector>

#include "base/limits.h"
#include "document/document.h"
#include "jsonpath/arena.h"
#include "jsonpath/pattern_cache.h"
#include "jsonpath/query.h"
#include "jsonpath/trace.h"

namespace connect_lint {

// What functions may know besides the document.
struct Surroundings {
  NodeIndex request = kNoNode;       // The request that `$` is a part of; kNoNode: `$` itself.
  std::optional<std::int64_t> now;   // Seconds since 1970.
};

struct Selection {
  bool complete = true;    // False: the budget ended the work; nodes may be missing.
  bool uncertain = false;  // An unknown value may hide more nodes.
};

class Evaluator {
 public:
  Evaluator();
  ~Evaluator();
  Evaluator(const Evaluator&) = delete;
  Evaluator& operator=(const Evaluator&) = delete;

  // The document has to live, unchanged, until the next open(). Renews the budget.
  void open(const Document& document);

  // Until the next open(), which forgets the request and keeps the time.
  void set_surroundings(const Surroundings& surroundings) { surroundings_ = surroundings; }

  void set_request(NodeIndex request) { surroundings_.request = request; }
  [[nodiscard]] bool knows_now() const { return surroundings_.now.has_value(); }

  // Nodes that may be visited from now on, by all evaluations together.
  void set_budget(std::uint64_t nodes) { budget_ = static_cast<std::int64_t>(std::min(nodes, kBudgetMax)); }
  [[nodiscard]] std::uint64_t budget() const { return budget_ < 0 ? 0 : static_cast<std::uint64_t>(budget_); }
  // The budget ended some evaluation since it was set: what that one gave is
  // not the whole truth.
  [[nodiscard]] bool exhausted() const { return budget_ < 0; }

  // Which flags of nodes make their values unknown: Node::kUnknown, and
  // Node::kBroken for those who do not want what an earlier check refused (or
  // found missing: Document::missing).
  void set_unknown_flags(std::uint8_t flags) { unknown_flags_ = flags; }

  // Replaces `nodes` by the nodelist of the query.
  Selection select(const Query& query, NodeIndex root, std::vector<NodeIndex>& nodes);

  // `current` is what `@` means outside of filters; kNoNode where that is refused.
  // Unknown, too, where the budget is used up.
  [[nodiscard]] Truth test(const Expression& expression, NodeIndex root, NodeIndex current = kNoNode);
  // Texts in it live until the next evaluation.
  [[nodiscard]] Value value(const ValueExpression& expression, NodeIndex root, NodeIndex current = kNoNode);

  // Several programs at one root, in turn: begin(), then any number of the calls
  // below it. What does not depend on `@` is evaluated once; the programs'
  // memos and calls are numbered one behind the other, and these are the totals.
  void begin(std::uint32_t memos, std::uint32_t calls);

  // Adds what the segments from number `first` on select below `node`, a node
  // that the segments before it select.
  Selection select_from(const Program& query, std::size_t first, NodeIndex root, NodeIndex node,
                        std::vector<NodeIndex>& nodes);
  // Adds what the first `count` segments select.
  Selection select_head(const Program& query, std::size_t count, NodeIndex root, std::vector<NodeIndex>& nodes);
  Truth test(const Program& expression, NodeIndex root, NodeIndex current = kNoNode);
  Value value(const Program& expression, NodeIndex root, NodeIndex current = kNoNode);
  // Of a term of a program; `current` is what `@` means there.
  Truth test_part(const Program& program, TermIndex part, NodeIndex root, NodeIndex current);
  Value value_part(const Program& program, TermIndex part, NodeIndex root, NodeIndex current);
  // A call of a program with arguments made elsewhere, whose result is a value.
  // Unknown where an argument is; anything where the budget is used up.
  Value call(const Program& program, std::uint32_t call, NodeIndex root, std::span<const Argument> arguments);

  // Where the next evaluations write down what they do; null: nowhere. Slow.
  void set_trace(Trace* trace) { trace_ = trace; }

 private:
  friend class CallContext;
  class Run;
  static constexpr std::uint64_t kBudgetMax = std::numeric_limits<std::int64_t>::max();

  // The result of a term that does not depend on `@`.
  struct Memo {
    std::uint64_t evaluation = 0;
    Truth truth = Truth::False;
    bool uncertain = false;
    Value value;
    std::uint32_t nodes_begin = 0;  // Of `kept_nodes_`.
    std::uint32_t nodes_count = 0;
  };
  struct Site {
    std::uint64_t evaluation = 0;
    std::unique_ptr<FunctionMemory> memory;
  };

  void find_hidden();
  void begin_one(const Program& program) {
    begin(program.first_memo + program.memos, program.first_call + static_cast<std::uint32_t>(program.calls.size()));
  }
  [[nodiscard]] bool hidden(NodeIndex node) const;
  bool spend(std::uint64_t nodes) {
    budget_ -= static_cast<std::int64_t>(nodes);
    return budget_ >= 0;
  }
  [[nodiscard]] std::size_t count_children(NodeIndex container);

  const Document* document_ = nullptr;
  Surroundings surroundings_;
  std::int64_t budget_ = static_cast<std::int64_t>(kQueryWorkMax);
  std::uint8_t unknown_flags_ = Node::kUnknown;
  std::uint64_t evaluation_ = 0;     // Counts them, so that memos need no clearing.
  std::vector<NodeIndex> hidden_;    // Members that a later one replaces; ascending.
  std::vector<NodeIndex> stack_;     // Nodelists of arguments.
  std::vector<NodeIndex> added_;     // By a function of NodesType, until it returns.
  std::vector<NodeIndex> reverse_;   // Of slices that run backwards.
  std::vector<NodeIndex> kept_nodes_;
  std::vector<Memo> memos_;
  std::vector<Site> sites_;
  std::vector<std::pair<NodeIndex, NodeIndex>> pairs_;  // Still to be compared.
  std::vector<NodeIndex> left_;
  std::vector<NodeIndex> right_;
  Arena arena_;
  PatternCache patterns_;
  Trace* trace_ = nullptr;
};

}  // namespace connect_lint

#endif  // CONNECT_LINT_JSONPATH_EVALUATOR_H_
