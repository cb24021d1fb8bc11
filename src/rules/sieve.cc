#include "rules/sieve.h"

#include "base/limits.h"
#include "rules/function_kinds.h"

namespace connect_lint {
namespace {

Truth equal(const Value& a, const Value& b) {
  if (a.is(ValueKind::Container) && b.is(ValueKind::Container)) return Truth::Unknown;
  return to_truth(are_equal_scalars(a, b));
}

Truth compare_values(Comparison comparison, const Value& a, const Value& b) {
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

}  // namespace

bool is_certain(const Document& document, NodeIndex root) {
  constexpr std::uint8_t kUncertain = Node::kUnknown | Node::kBroken | Node::kKeyAgain | Node::kKeyBroken;
  const NodeIndex end = document[root].next;
  for (NodeIndex node = root; node != end; ++node)
    if (document[node].has(kUncertain) || (document[node].kind == Kind::Object && document[node].has(Node::kIncomplete))) return false;
  return true;
}

void SieveContext::find_members(NodeIndex object, const std::uint8_t* slots, NodeIndex* to) const {
  if (nodes_[object].kind != Kind::Object) return;
  const NodeIndex end = nodes_[object].next;
  for (NodeIndex child = object + 1; child != end; child = nodes_[child].next) to[slots[nodes_[child].key_id]] = child;
}

NodeIndex SieveContext::member(NodeIndex object, KeyId key) const {
  if (object == kNoNode || nodes_[object].kind != Kind::Object) return kNoNode;
  const NodeIndex end = nodes_[object].next;
  for (NodeIndex child = object + 1; child != end; child = nodes_[child].next)
    if (nodes_[child].key_id == key) return child;
  return kNoNode;
}

NodeIndex SieveContext::member(NodeIndex object, std::string_view name) const {
  if (object == kNoNode || nodes_[object].kind != Kind::Object) return kNoNode;
  const NodeIndex end = nodes_[object].next;
  for (NodeIndex child = object + 1; child != end; child = nodes_[child].next)
    if (nodes_[child].key_id == 0 && document_.key(child) == name) return child;
  return kNoNode;
}

NodeIndex SieveContext::element(NodeIndex array, std::uint32_t index) const {
  if (array == kNoNode || nodes_[array].kind != Kind::Array) return kNoNode;
  const NodeIndex end = nodes_[array].next;
  for (NodeIndex child = array + 1; child != end; child = nodes_[child].next)
    if (index-- == 0) return child;
  return kNoNode;
}

SieveContext::Range SieveContext::children(NodeIndex container) const {
  if (container == kNoNode) return {0, 0};
  const Node& node = nodes_[container];
  if (node.kind != Kind::Object && node.kind != Kind::Array) return {0, 0};
  return {container + 1, node.next};
}

KeyId SieveContext::word(NodeIndex node) const {
  const std::string_view found = text(node);
  if (found.data() == nullptr) return 0;
  // Nothing may be readable behind the last of the texts that differ from their bytes.
  return nodes_[node].has(Node::kDecoded) ? set_.words.find(found) : set_.words.find_padded(found.data(), found.size());
}

std::string_view SieveContext::text(NodeIndex node) const {
  static constexpr char kEmpty[kPaddingBytes] = {};
  if (node == kNoNode || nodes_[node].kind != Kind::String) return {};
  const std::string_view found = document_.string(node);
  return found.empty() ? std::string_view(kEmpty, 0) : found;
}

bool SieveContext::matches(std::string_view text, const Program& program, std::size_t pattern) {
  return matches(text, program.patterns[pattern], program.pattern_bytes);
}

bool SieveContext::matches(std::string_view text, const PatternProgram& pattern, std::span<const std::uint8_t> bytes) {
  return text.data() != nullptr && run_automaton(pattern, bytes, text);
}

std::string_view SieveContext::arn(std::string_view text, std::string_view part) { return arn_part(text, part); }

SieveContext::Time SieveContext::time(NodeIndex node) const {
  if (node == kNoNode) return {};
  const std::size_t slot = node % kTimesKept;
  Time& time = times_[slot];
  if (time_nodes_[slot] == node) return time;
  time_nodes_[slot] = node;
  const Value written = value(node);
  const TimeReading reading = reading_of(written);
  time = {.is_time = reading.problem == TimeProblem::None,
          .form = reading.form,
          .has_offset = reading.has_offset,
          .has_fraction = reading.has_fraction,
          .instant = written.is(ValueKind::Number) ? written.number : Number::of(reading.seconds)};
  return time;
}

bool SieveContext::compare(Comparison comparison, const Time& a, const Time& b) {
  const auto order = a.is_time && b.is_time     ? connect_lint::compare(a.instant, b.instant)
                     : a.is_time || b.is_time ? std::partial_ordering::unordered
                                              : std::partial_ordering::equivalent;
  switch (comparison) {
    case Comparison::Equal: return order == 0;
    case Comparison::NotEqual: return order != 0;
    case Comparison::Less: return order < 0;
    case Comparison::LessOrEqual: return order <= 0;
    case Comparison::Greater: return order > 0;
    case Comparison::GreaterOrEqual: return order >= 0;
  }
  return true;
}

Value SieveContext::value(NodeIndex node) const {
  return node == kNoNode ? Value::nothing() : value_of(document_, node, 0);
}

Truth SieveContext::among_texts(NodeIndex node, std::span<const NodeIndex> list) const {
  constexpr std::size_t kFew = 16;
  const std::string_view wanted = text(node);
  if (wanted.data() == nullptr || list.size() > kFew) return Truth::Unknown;
  for (const NodeIndex other : list)
    if (are_same(text(other), wanted)) return Truth::True;
  return Truth::False;
}

Value SieveContext::key(NodeIndex child) const {
  const Node& node = nodes_[child];
  if (node.key_id == 0 && node.key_begin == node.key_end) return Value::unknown();
  return Value::of(document_.meant_key(child));
}

Value SieveContext::call(const Program& program, std::uint32_t call, NodeIndex root, std::initializer_list<Given> arguments) const {
  // Only those that are given are made.
  alignas(Argument) std::byte memory[kFunctionParametersMax * sizeof(Argument)];
  auto* const made = reinterpret_cast<Argument*>(memory);
  std::size_t count = 0;
  for (const Given& given : arguments) {
    switch (given.kind) {
      case Given::Kind::Value:
      case Given::Kind::ConstantValue:
        ::new (made + count)
            Argument{.value = *static_cast<const Value*>(given.at), .nodes = {}, .constant = given.kind == Given::Kind::ConstantValue};
        break;
      case Given::Kind::Node: {
        const auto* node = static_cast<const NodeIndex*>(given.at);
        ::new (made + count) Argument{.type = Type::Nodes, .nodes = {node, *node == kNoNode ? 0u : 1u}};
        break;
      }
      case Given::Kind::List:
      case Given::Kind::ConstantList:
        ::new (made + count)
            Argument{.type = Type::Nodes, .nodes = *static_cast<const List*>(given.at)->nodes, .constant = given.kind == Given::Kind::ConstantList};
        break;
    }
    ++count;
  }
  begin();
  return evaluator_.call(program, call, root, {made, count});
}

Truth SieveContext::truth(const Program& program, TermIndex term, NodeIndex root, NodeIndex current) const {
  begin();
  return evaluator_.test_part(program, term, root, current);
}

Value SieveContext::value(const Program& program, TermIndex term, NodeIndex root, NodeIndex current) const {
  begin();
  return evaluator_.value_part(program, term, root, current);
}

bool SieveContext::may_match(const Value& value, const Program& program, std::size_t pattern) {
  if (value.is(ValueKind::Unknown)) return true;
  return value.is(ValueKind::String) && run_automaton(program.patterns[pattern], program.pattern_bytes, value.text);
}

bool SieveContext::may_compare(Comparison comparison, const Value& a, const Value& b) { return may(compare_values(comparison, a, b)); }

}  // namespace connect_lint
