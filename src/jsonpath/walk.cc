// Segments and selectors (RFC 9535, sections 2.3 and 2.5).
#include <algorithm>

#include "jsonpath/evaluator_run.h"

namespace connect_lint {
namespace {

bool is_container(const Node& node) { return node.kind == Kind::Object || node.kind == Kind::Array; }

// The elements that a slice selects: from `first` in steps while below `end`
// (or above, where the step is negative).
struct Bounds {
  std::int64_t first;
  std::int64_t end;
};

Bounds bounds_of(const Selector& slice, std::int64_t length) {
  const auto from_start = [&](std::int64_t index) { return index >= 0 ? index : length + index; };
  if (slice.step > 0)
    return {std::clamp<std::int64_t>(from_start(slice.start.value_or(0)), 0, length),
            std::clamp<std::int64_t>(from_start(slice.end.value_or(length)), 0, length)};
  return {std::clamp<std::int64_t>(from_start(slice.start.value_or(length - 1)), -1, length - 1),
          slice.end ? std::clamp<std::int64_t>(from_start(*slice.end), -1, length - 1) : -1};
}

}  // namespace

bool Evaluator::Run::walk(std::uint32_t segment, std::uint32_t end, NodeIndex node, Sink& sink) {
  if (segment == end) {
    sink.found = true;
    if (sink.to == nullptr) return false;
    sink.to->push_back(node);
    return true;
  }
  if (!program_.segments[segment].descendant) return select_children(segment, end, node, sink);
  // A node, then what is in it: the order of the tree's array.
  const NodeIndex stop = document_[node].next;
  for (NodeIndex i = node; i < stop;) {
    if (!evaluator_.spend(1)) return false;
    if (i != node && evaluator_.hidden(i)) {
      i = document_[i].next;
      continue;
    }
    const bool unknown = document_[i].has(evaluator_.unknown_flags_);
    if ((unknown || is_container(document_[i])) && !select_children(segment, end, i, sink)) return false;
    i = unknown ? document_[i].next : i + 1;
  }
  return true;
}

inline bool Evaluator::Run::hit(std::uint32_t segment, std::uint32_t end, NodeIndex child, Sink& sink) {
  if (sink.counts != nullptr) [[unlikely]]
    ++(*sink.counts)[sink.counts->size() - (end - segment)];
  if (document_[child].may_be_absent()) [[unlikely]] {
    sink.uncertain = true;
    return true;
  }
  return walk(segment + 1, end, child, sink);
}

bool Evaluator::Run::select_children(std::uint32_t segment, std::uint32_t end, NodeIndex node, Sink& sink) {
  if (document_[node].has(evaluator_.unknown_flags_)) [[unlikely]] {
    sink.uncertain = true;
    return true;
  }
  const Segment& here = program_.segments[segment];
  for (std::uint32_t i = 0; i < here.count; ++i) {
    const Selector& selector = program_.selectors[here.first + i];
    NodeIndex child = kNoNode;
    switch (selector.kind) {
      case SelectorKind::Name: child = member(selector, node); break;
      case SelectorKind::Index: child = element(selector, node); break;
      case SelectorKind::Slice:
        if (!select_slice(selector, segment, end, node, sink)) return false;
        continue;
      case SelectorKind::Wildcard:
      case SelectorKind::Filter:
        if (!select_all(selector, segment, end, node, sink)) return false;
        continue;
    }
    if (child != kNoNode && !hit(segment, end, child, sink)) return false;
    if (child == kNoNode && selector.kind == SelectorKind::Name) sink.uncertain |= would_be(selector, node);
    if (evaluator_.exhausted()) return false;
  }
  return true;
}

NodeIndex Evaluator::Run::member(const Selector& selector, NodeIndex object) {
  NodeIndex found = kNoNode;
  if (document_[object].kind != Kind::Object) return found;
  const bool first_counts = evaluator_.hidden_.empty();
  std::uint64_t seen = 0;
  for (const NodeIndex child : document_.children(object)) {
    ++seen;
    // A name without a number is none of those that have one.
    const KeyId key = document_[child].key_id;
    const bool same = key == selector.key && (key != 0 || document_.key(child) == selector.name);
    if (!same) continue;
    found = child;
    if (first_counts) break;
  }
  evaluator_.spend(seen);
  return found;
}

// Whether a member that is not there has to be: an earlier check has said so.
bool Evaluator::Run::would_be(const Selector& selector, NodeIndex object) const {
  return (evaluator_.unknown_flags_ & Node::kBroken) != 0 && document_.is_missing(object, selector.key);
}

NodeIndex Evaluator::Run::element(const Selector& selector, NodeIndex array) {
  if (document_[array].kind != Kind::Array) return kNoNode;
  std::int64_t index = *selector.start;
  if (index < 0) index += static_cast<std::int64_t>(evaluator_.count_children(array));
  if (index < 0) return kNoNode;
  std::int64_t position = 0;
  NodeIndex found = kNoNode;
  for (const NodeIndex child : document_.children(array)) {
    if (position++ != index) continue;
    found = child;
    break;
  }
  evaluator_.spend(static_cast<std::uint64_t>(position));
  return found;
}

// `*`, and `?` for those that pass.
bool Evaluator::Run::select_all(const Selector& selector, std::uint32_t segment, std::uint32_t end, NodeIndex node,
                                Sink& sink) {
  if (!is_container(document_[node])) return true;
  for (const NodeIndex child : document_.children(node)) {
    if (!evaluator_.spend(1)) return false;
    if (evaluator_.hidden(child)) continue;
    if (selector.kind == SelectorKind::Filter) {
      const Truth passes = truth(selector.filter, child);
      sink.uncertain |= passes == Truth::Unknown;
      if (passes != Truth::True) continue;
    }
    if (!hit(segment, end, child, sink)) return false;
  }
  return !evaluator_.exhausted();
}

bool Evaluator::Run::select_slice(const Selector& selector, std::uint32_t segment, std::uint32_t end, NodeIndex node,
                                  Sink& sink) {
  if (document_[node].kind != Kind::Array || selector.step == 0) return true;
  const auto length = static_cast<std::int64_t>(evaluator_.count_children(node));
  const Bounds bounds = bounds_of(selector, length);
  const bool forward = selector.step > 0;
  std::vector<NodeIndex>& reverse = evaluator_.reverse_;
  const std::size_t begin = reverse.size();
  std::int64_t position = 0;
  for (const NodeIndex child : document_.children(node)) {
    const std::int64_t at = position++;
    if (!evaluator_.spend(1)) return false;
    if (forward) {
      if (at >= bounds.end) break;
      if (at < bounds.first || (at - bounds.first) % selector.step != 0) continue;
      if (!hit(segment, end, child, sink)) return false;
    } else {
      if (at > bounds.first) break;
      if (at > bounds.end && (bounds.first - at) % selector.step == 0) reverse.push_back(child);
    }
  }
  bool more = true;
  for (std::size_t i = reverse.size(); more && i > begin; --i) more = hit(segment, end, reverse[i - 1], sink);
  reverse.resize(begin);
  return more;
}

Evaluator::Run::Target Evaluator::Run::follow(const Path& path, NodeIndex current) {
  NodeIndex node = start(path, current);
  for (std::uint32_t i = 0; i < path.count; ++i) {
    if (document_[node].has(evaluator_.unknown_flags_)) return {kNoNode, true};
    const Selector& selector = program_.selectors[program_.segments[path.first + i].first];
    const NodeIndex next = selector.kind == SelectorKind::Name ? member(selector, node) : element(selector, node);
    if (next == kNoNode) return {kNoNode, selector.kind == SelectorKind::Name && would_be(selector, node)};
    if (document_[next].may_be_absent()) [[unlikely]] return {kNoNode, true};
    node = next;
  }
  return {node, false};
}

}  // namespace connect_lint
