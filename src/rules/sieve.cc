#include "rules/sieve.h"

namespace connect_lint {
namespace {

Truth equal(const Value& a, const Value& b) {
  if (a.is(ValueKind::Container) && b.is(ValueKind::Container)) return Truth::Unknown;
  return to_truth(are_equal_scalars(a, b));
}

}  // namespace

NodeIndex SieveContext::member(NodeIndex object, std::string_view name) const {
  if (!is_node(object)) return object;
  const Node& node = nodes_[object];
  if (node.has(kUnknownFlags)) return kUnsureNode;
  if (node.kind != Kind::Object) return kNoNode;
  NodeIndex found = kNoNode;
  for (NodeIndex child = object + 1; child != node.next; child = nodes_[child].next) {
    if (nodes_[child].has(kKeyFlags) || nodes_[child].may_be_absent()) return kUnsureNode;
    if (nodes_[child].key_id == 0 && document_.key(child) == name) found = child;
  }
  return found;
}

NodeIndex SieveContext::element(NodeIndex array, std::uint32_t index) const {
  if (!is_node(array)) return array;
  const Node& node = nodes_[array];
  if (node.has(kUnknownFlags)) return kUnsureNode;
  if (node.kind != Kind::Array) return kNoNode;
  std::uint32_t position = 0;
  for (NodeIndex child = array + 1; child != node.next; child = nodes_[child].next) {
    if (nodes_[child].may_be_absent()) return kUnsureNode;
    if (position++ == index) return child;
  }
  return kNoNode;
}

bool SieveContext::is_each_key_once(NodeIndex object) const {
  std::uint8_t flags = 0;
  const NodeIndex end = nodes_[object].next;
  for (NodeIndex child = object + 1; child != end; child = nodes_[child].next) flags |= nodes_[child].flags;
  return (flags & Node::kKeyAgain) == 0;
}

Truth SieveContext::matches(NodeIndex node, const Program& program, std::size_t pattern) const {
  if (node == kNoNode) return Truth::False;
  if (node == kUnsureNode || nodes_[node].has(kUnknownFlags)) return Truth::Unknown;
  return to_truth(nodes_[node].kind == Kind::String &&
                  run_automaton(program.patterns[pattern], program.pattern_bytes, document_.string(node)));
}

Truth SieveContext::matches(const Value& value, const Program& program, std::size_t pattern) {
  if (value.is(ValueKind::Unknown)) return Truth::Unknown;
  return to_truth(value.is(ValueKind::String) && run_automaton(program.patterns[pattern], program.pattern_bytes, value.text));
}

Value SieveContext::value(NodeIndex node) const {
  if (node == kNoNode) return Value::nothing();
  return node == kUnsureNode ? Value::unknown() : value_of(document_, node, kUnknownFlags);
}

Value SieveContext::key(NodeIndex member) const {
  const Node& node = nodes_[member];
  if (node.key_begin == node.key_end || node.has(Node::kKeyBroken)) return Value::unknown();
  return Value::of(document_.key(member));
}

Truth SieveContext::compare(Comparison comparison, const Value& a, const Value& b) {
  if (a.is(ValueKind::Unknown) || b.is(ValueKind::Unknown)) return Truth::Unknown;
  switch (comparison) {
    case Comparison::Equal: return equal(a, b);
    case Comparison::NotEqual: return !equal(a, b);
    case Comparison::Less: return to_truth(is_less(a, b));
    case Comparison::Greater: return to_truth(is_less(b, a));
    case Comparison::LessOrEqual: return either(to_truth(is_less(a, b)), equal(a, b));
    case Comparison::GreaterOrEqual: return either(to_truth(is_less(b, a)), equal(a, b));
  }
  return Truth::Unknown;
}

}  // namespace connect_lint
