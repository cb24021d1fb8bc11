#include "jsonpath/evaluator.h"

#include <algorithm>
#include <cassert>
#include <limits>

#include "jsonpath/evaluator_run.h"

namespace connect_lint {
namespace {

// Enough for nearly every rule; larger lists grow.
constexpr std::size_t kStackNodes = 256;

}  // namespace

Evaluator::Evaluator() {
  for (auto* list : {&stack_, &added_, &reverse_, &kept_nodes_, &left_, &right_}) list->reserve(kStackNodes);
  pairs_.reserve(kStackNodes);
}

Evaluator::~Evaluator() = default;

void Evaluator::open(const Document& document) {
  document_ = &document;
  surroundings_.request = kNoNode;
  set_budget(kQueryWorkMax);
  find_hidden();
}

// The reader reports each repetition of a key, and where the key stood first.
void Evaluator::find_hidden() {
  hidden_.clear();
  struct Repetition {
    std::uint32_t first_key;  // Offset.
    NodeIndex node;
  };
  std::vector<Repetition> repetitions;
  for (const DocumentFinding& finding : document_->findings)
    if (finding.id == FindingId::DocumentDuplicateKey && finding.node != kNoNode)  // A merge key is no member.
      repetitions.push_back({finding.other.begin, finding.node});
  std::sort(repetitions.begin(), repetitions.end(), [](const Repetition& a, const Repetition& b) {
    return a.first_key != b.first_key ? a.first_key < b.first_key : a.node < b.node;
  });
  for (std::size_t i = 0; i < repetitions.size(); ++i) {
    const Repetition& repetition = repetitions[i];
    const bool is_first = i == 0 || repetitions[i - 1].first_key != repetition.first_key;
    const bool is_last = i + 1 == repetitions.size() || repetitions[i + 1].first_key != repetition.first_key;
    if (!is_last) hidden_.push_back(repetition.node);
    if (!is_first) continue;
    // Nodes lie in the order of the text.
    NodeIndex low = 0;
    NodeIndex high = repetition.node;
    while (low < high) {
      const NodeIndex middle = low + (high - low) / 2;
      if ((*document_)[middle].begin <= repetition.first_key) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    if ((*document_)[low].key_begin == repetition.first_key) hidden_.push_back(low);
  }
  std::sort(hidden_.begin(), hidden_.end());
}

bool Evaluator::hidden(NodeIndex node) const {
  return !hidden_.empty() && std::binary_search(hidden_.begin(), hidden_.end(), node);
}

std::size_t Evaluator::count_children(NodeIndex container) {
  std::size_t count = 0;
  std::size_t seen = 0;
  for (const NodeIndex child : document_->children(container)) {
    ++seen;
    if (!hidden(child)) ++count;
  }
  spend(seen);
  return count;
}

void Evaluator::begin(std::uint32_t memos, std::uint32_t calls) {
  assert(document_ != nullptr && "open() first");
  ++evaluation_;
  stack_.clear();
  reverse_.clear();
  kept_nodes_.clear();
  arena_.clear();
  if (memos_.size() < memos) memos_.resize(memos);
  if (sites_.size() < calls) sites_.resize(calls);
}

Selection Evaluator::select_from(const Program& program, std::size_t first, NodeIndex root, NodeIndex node,
                                 std::vector<NodeIndex>& nodes) {
  const Path& path = program.paths[program.root];
  Run::Sink sink{.to = &nodes};
  if (trace_ != nullptr) {
    trace_->selected.assign(path.count, 0);
    sink.counts = &trace_->selected;
  }
  if (!exhausted()) {
    Run run(*this, program, root);
    run.walk(path.first + static_cast<std::uint32_t>(first), path.first + path.count, node, sink);
  }
  return {.complete = !exhausted(), .uncertain = sink.uncertain};
}

Selection Evaluator::select_head(const Program& program, std::size_t count, NodeIndex root,
                                 std::vector<NodeIndex>& nodes) {
  const Path& path = program.paths[program.root];
  Run::Sink sink{.to = &nodes};
  if (!exhausted()) {
    Run run(*this, program, root);
    run.walk(path.first, path.first + static_cast<std::uint32_t>(count), root, sink);
  }
  return {.complete = !exhausted(), .uncertain = sink.uncertain};
}

Truth Evaluator::test(const Program& program, NodeIndex root, NodeIndex current) {
  const Truth truth = Run(*this, program, root).truth(program.root, current);
  return exhausted() ? Truth::Unknown : truth;
}

Truth Evaluator::test_part(const Program& program, TermIndex part, NodeIndex root, NodeIndex current) {
  const Truth truth = Run(*this, program, root).truth(part, current);
  return exhausted() ? Truth::Unknown : truth;
}

Value Evaluator::value_part(const Program& program, TermIndex part, NodeIndex root, NodeIndex current) {
  const Value value = Run(*this, program, root).value(part, current);
  return exhausted() ? Value::unknown() : value;
}

Value Evaluator::call(const Program& program, std::uint32_t call, NodeIndex root, std::span<const Argument> arguments) {
  for (const Argument& argument : arguments)
    if (argument.uncertain || argument.value.is(ValueKind::Unknown)) return Value::unknown();
  if (exhausted()) return Value::unknown();
  const Call& site = program.calls[call];
  CallContext context(*this, *document_, root, program, site);
  return program.function_of(site).call(context, arguments);
}

Value Evaluator::value(const Program& program, NodeIndex root, NodeIndex current) {
  const Value value = Run(*this, program, root).value(program.root, current);
  return exhausted() ? Value::unknown() : value;
}

Selection Evaluator::select(const Query& query, NodeIndex root, std::vector<NodeIndex>& nodes) {
  begin_one(query.program());
  nodes.clear();
  return select_from(query.program(), 0, root, root, nodes);
}

Truth Evaluator::test(const Expression& expression, NodeIndex root, NodeIndex current) {
  begin_one(expression.program());
  return test(expression.program(), root, current);
}

Value Evaluator::value(const ValueExpression& expression, NodeIndex root, NodeIndex current) {
  begin_one(expression.program());
  return value(expression.program(), root, current);
}

// --- What functions may use ---------------------------------------------------

Value CallContext::value(NodeIndex node) const { return value_of(document_, node, evaluator_.unknown_flags_); }

Value CallContext::key(NodeIndex node) const {
  const bool refused = document_[node].has(Node::kKeyBroken) && (evaluator_.unknown_flags_ & Node::kBroken) != 0;
  return refused ? Value::unknown() : Value::of(document_.meant_key(node));
}

NodeIndex CallContext::request() const {
  const NodeIndex request = evaluator_.surroundings_.request;
  return request == kNoNode ? root_ : request;
}

std::optional<std::int64_t> CallContext::now() const { return evaluator_.surroundings_.now; }

bool CallContext::charge(std::uint64_t nodes) { return evaluator_.spend(nodes); }

Value CallContext::keep(std::string_view text) {
  evaluator_.spend(text.size() / 16);
  return Value::of(evaluator_.arena_.keep(text));
}

std::size_t CallContext::count_children(NodeIndex container) { return evaluator_.count_children(container); }

Truth CallContext::matches(std::string_view text, const Argument& pattern) {
  if (site_.pattern_known && site_.pattern_plus_1 == 0) return Truth::False;
  if (!charge(1 + text.size() / 16)) return Truth::Unknown;
  if (site_.pattern_known) {
    const PatternProgram& automaton = program_.patterns[site_.pattern_plus_1 - 1u];
    if (automaton.class_count != 0) return to_truth(run_automaton(automaton, program_.pattern_bytes, text));
  }
  if (!pattern.value.is(ValueKind::String) || pattern.value.text.size() > kQueryBytesMax) return Truth::False;
  const bool whole = program_.function_of(site_).pattern == PatternUse::Whole;
  bool compiled = false;
  const Pattern* const found = evaluator_.patterns_.find(pattern.value.text, whole, compiled);
  if (compiled) evaluator_.spend(1000 + 100 * pattern.value.text.size());
  return to_truth(found != nullptr && found->found_in(text));
}

void CallContext::add(NodeIndex node) { evaluator_.added_.push_back(node); }

CallContext::MemorySlot CallContext::memory_slot() {
  Evaluator::Site& site = evaluator_.sites_[program_.first_call + static_cast<std::uint32_t>(&site_ - program_.calls.data())];
  const bool first_use = site.evaluation != evaluator_.evaluation_;
  site.evaluation = evaluator_.evaluation_;
  return {site.memory, first_use};
}

}  // namespace connect_lint
