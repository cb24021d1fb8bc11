// Comparisons (RFC 9535, section 2.3.5.2.2), with a third answer.
#include <algorithm>

#include "jsonpath/evaluator_run.h"

namespace connect_lint {

Truth Evaluator::Run::compare(Comparison comparison, const Value& a, const Value& b) {
  if (a.is(ValueKind::Unknown) || b.is(ValueKind::Unknown)) return Truth::Unknown;
  switch (comparison) {
    case Comparison::Equal: return equal(a, b);
    case Comparison::NotEqual: return !equal(a, b);
    case Comparison::Less: return less(a, b);
    case Comparison::Greater: return less(b, a);
    case Comparison::LessOrEqual: return either(less(a, b), equal(a, b));
    case Comparison::GreaterOrEqual: return either(less(b, a), equal(a, b));
  }
  return Truth::False;
}

Truth Evaluator::Run::less(const Value& a, const Value& b) {
  evaluator_.spend(std::min(a.text.size(), b.text.size()) / 64);
  return to_truth(is_less(a, b));
}

Truth Evaluator::Run::equal(const Value& a, const Value& b) {
  if (a.is(ValueKind::Container) && b.is(ValueKind::Container)) return equal_nodes(a.node, b.node);
  evaluator_.spend(std::min(a.text.size(), b.text.size()) / 64);
  return to_truth(are_equal_scalars(a, b));
}

// A list of pairs instead of recursion: documents are deep.
Truth Evaluator::Run::equal_nodes(NodeIndex a, NodeIndex b) {
  auto& pairs = evaluator_.pairs_;
  pairs.clear();
  pairs.emplace_back(a, b);
  Truth result = Truth::True;
  while (!pairs.empty()) {
    const auto [left, right] = pairs.back();
    pairs.pop_back();
    if (!evaluator_.spend(1)) return Truth::Unknown;
    const Node& x = document_[left];
    const Node& y = document_[right];
    if (x.has(evaluator_.unknown_flags_) || y.has(evaluator_.unknown_flags_)) {
      result = Truth::Unknown;
      continue;
    }
    if (x.kind != y.kind) return Truth::False;
    if (x.kind == Kind::Array) {
      if (!pair_elements(left, right)) return Truth::False;
    } else if (x.kind == Kind::Object) {
      if (!pair_members(left, right)) return Truth::False;
    } else {
      const Truth same = compare(Comparison::Equal, value_of(document_, left, evaluator_.unknown_flags_),
                                 value_of(document_, right, evaluator_.unknown_flags_));
      if (same == Truth::False) return same;
      result = both(result, same);
    }
  }
  return result;
}

bool Evaluator::Run::pair_elements(NodeIndex a, NodeIndex b) {
  NodeIndex x = a + 1;
  NodeIndex y = b + 1;
  while (x < document_[a].next && y < document_[b].next) {
    evaluator_.pairs_.emplace_back(x, y);
    x = document_[x].next;
    y = document_[y].next;
  }
  return x == document_[a].next && y == document_[b].next;
}

// Members mostly stand in the same order.
bool Evaluator::Run::pair_members(NodeIndex a, NodeIndex b) {
  if (!evaluator_.hidden_.empty()) return pair_sorted_members(a, b);
  auto& pairs = evaluator_.pairs_;
  const std::size_t before = pairs.size();
  NodeIndex x = a + 1;
  NodeIndex y = b + 1;
  while (x < document_[a].next && y < document_[b].next && document_.key(x) == document_.key(y)) {
    pairs.emplace_back(x, y);
    x = document_[x].next;
    y = document_[y].next;
  }
  if (x == document_[a].next && y == document_[b].next) return true;
  pairs.resize(before);
  return pair_sorted_members(a, b);
}

bool Evaluator::Run::pair_sorted_members(NodeIndex a, NodeIndex b) {
  const auto sorted = [&](NodeIndex object, std::vector<NodeIndex>& members) {
    members.clear();
    for (const NodeIndex child : document_.children(object))
      if (!evaluator_.hidden(child)) members.push_back(child);
    evaluator_.spend(members.size());
  };
  const auto by_key = [&](NodeIndex x, NodeIndex y) { return document_.key(x) < document_.key(y); };
  sorted(a, evaluator_.left_);
  sorted(b, evaluator_.right_);
  if (evaluator_.left_.size() != evaluator_.right_.size()) return false;
  std::sort(evaluator_.left_.begin(), evaluator_.left_.end(), by_key);
  std::sort(evaluator_.right_.begin(), evaluator_.right_.end(), by_key);
  for (std::size_t i = 0; i < evaluator_.left_.size(); ++i) {
    if (document_.key(evaluator_.left_[i]) != document_.key(evaluator_.right_[i])) return false;
    evaluator_.pairs_.emplace_back(evaluator_.left_[i], evaluator_.right_[i]);
  }
  return true;
}

}  // namespace connect_lint
