// Which rules can find anything in a value: the build compiles the built-in
// rules' queries to C++ (sieve_writer.h), a function for each shape, and only
// the rules that it lets through are evaluated. On a clean request nearly none
// are.
//
// A sieve never holds back a rule that finds something. Where it cannot be sure
// (a value that is not known, or that an earlier check refused; a key that is
// there twice) it lets through.
#ifndef CONNECT_LINT_RULES_SIEVE_H_
#define CONNECT_LINT_RULES_SIEVE_H_

#include <array>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <initializer_list>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "document/document.h"
#include "jsonpath/evaluator.h"
#include "jsonpath/program.h"
#include "rules/rule_set.h"

namespace connect_lint {

// For what a singular query selects: a node, kNoNode, or what is not certain.
inline constexpr NodeIndex kUnsureNode = kNoNode - 1;

// What the functions that the build writes use. Lives as long as one document
// is checked.
class SieveContext {
 public:
  static constexpr std::uint8_t kUnknownFlags = Node::kUnknown | Node::kBroken;
  static constexpr std::uint8_t kKeyFlags = Node::kKeyAgain | Node::kKeyBroken;

  // `evaluator` has opened the document.
  SieveContext(const RuleSet& set, const Document& document, Evaluator& evaluator, std::vector<std::vector<NodeIndex>>& lists)
      : set_(set), document_(document), nodes_(document.nodes.data()), evaluator_(evaluator), lists_(lists) {}

  // The next value; nothing is kept from one to the next.
  void next() { begun_ = false; }

  [[nodiscard]] bool knows_now() const { return evaluator_.knows_now(); }
  [[nodiscard]] const Program& when(RuleIndex rule) const { return set_.rules[rule].when; }
  [[nodiscard]] const Program& find(RuleIndex rule) const { return set_.rules[rule].find; }

  [[nodiscard]] static bool is_node(NodeIndex node) { return node < kUnsureNode; }

  // Puts the members of an object with the keys into `to`.
  template <KeyId... Keys, typename... To>
  void members(NodeIndex object, To&... to) const {
    static_assert(sizeof...(Keys) == sizeof...(To));
    NodeIndex absent = object;
    if (is_node(object)) {
      const Node& node = nodes_[object];
      absent = node.has(kUnknownFlags) ? kUnsureNode : kNoNode;
      if (node.kind == Kind::Object && absent == kNoNode) {
        ((to = kNoNode), ...);
        std::uint8_t flags = 0;
        const NodeIndex end = node.next;
        for (NodeIndex child = object + 1; child != end; child = nodes_[child].next) {
          const Node& member = nodes_[child];
          flags |= member.flags;
          ((to = member.key_id == Keys ? child : to), ...);
        }
        if ((flags & (kKeyFlags | Node::kUnknown)) == 0 && !node.has(Node::kIncomplete)) [[likely]]
          return;
        if ((flags & kKeyFlags) == 0) {
          const NodeIndex other = node.has(Node::kIncomplete) ? kUnsureNode : kNoNode;
          ((to = to == kNoNode ? other : nodes_[to].may_be_absent() ? kUnsureNode : to), ...);
          return;
        }
        absent = kUnsureNode;
      }
    }
    ((to = absent), ...);
  }
  template <KeyId Key>
  [[nodiscard]] NodeIndex member(NodeIndex object) const {
    NodeIndex found;
    members<Key>(object, found);
    return found;
  }
  // A name that is not in the key table.
  [[nodiscard]] NodeIndex member(NodeIndex object, std::string_view name) const;
  // `index` is not negative.
  [[nodiscard]] NodeIndex element(NodeIndex array, std::uint32_t index) const;

  // Whether `test` holds for a child: may hold, where it is not certain, if
  // `May`; else holds for sure.
  template <bool May, typename Test>
  [[nodiscard]] bool any_child(NodeIndex container, Test test) const {
    if (container == kNoNode) return false;
    if (!are_children_known(container)) return May;
    if (!is_container(container)) return false;
    const NodeIndex end = nodes_[container].next;
    std::uint8_t flags = 0;
    for (NodeIndex child = container + 1; child != end; child = nodes_[child].next) {
      if (test(child) && (May || !nodes_[child].may_be_absent())) return May || is_each_key_once(container);
      flags |= nodes_[child].flags;
    }
    return May && (flags & Node::kKeyAgain) != 0;
  }
  // Calls `use` with each child; sets `unsure` where there may be others.
  template <typename Use>
  void each_child(NodeIndex container, bool& unsure, Use use) const {
    if (container == kNoNode) return;
    if (!are_children_known(container)) {
      unsure = true;
      return;
    }
    if (!is_container(container)) return;
    const NodeIndex end = nodes_[container].next;
    std::uint8_t flags = 0;
    for (NodeIndex child = container + 1; child != end; child = nodes_[child].next) {
      use(child);
      unsure |= nodes_[child].may_be_absent();
      flags |= nodes_[child].flags;
    }
    unsure |= (flags & Node::kKeyAgain) != 0;
  }

  // A value that is compared with texts, several times.
  struct Text {
    std::string_view text;
    bool is_text = false;
    bool unsure = false;
  };
  [[nodiscard]] Text text(NodeIndex node) const {
    if (node == kNoNode) return {};
    if (node == kUnsureNode || nodes_[node].has(kUnknownFlags)) return {.text = {}, .unsure = true};
    if (nodes_[node].kind != Kind::String) return {};
    return {.text = document_.string(node), .is_text = true};
  }
  template <std::size_t Size>
  [[nodiscard]] static Truth is_text(const Text& value, const char (&literal)[Size]) {
    if (value.unsure) return Truth::Unknown;
    return to_truth(value.is_text && equals(value.text, literal));
  }
  template <std::size_t... Sizes>
  [[nodiscard]] static Truth is_one_of(const Text& value, const char (&... literals)[Sizes]) {
    if (value.unsure) return Truth::Unknown;
    return to_truth(value.is_text && (equals(value.text, literals) || ...));
  }
  // What depends on the key of a child alone: `keys` says it for those that have
  // a number, `general` finds it out.
  using KeyBits = std::array<std::uint64_t, kKeyIdsMax / 64>;
  template <typename General>
  [[nodiscard]] bool by_key(NodeIndex child, const KeyBits& keys, General general) const {
    const Node& node = nodes_[child];
    if (node.key_id == 0 || node.has(Node::kKeyBroken)) return general();
    return (keys[node.key_id / 64] >> (node.key_id % 64) & 1) != 0;
  }

  [[nodiscard]] Truth matches(NodeIndex node, const Program& program, std::size_t pattern) const;
  [[nodiscard]] static Truth matches(const Value& value, const Program& program, std::size_t pattern);
  [[nodiscard]] static Truth matches(const Text& value, const PatternProgram& pattern, std::span<const std::uint8_t> bytes) {
    if (value.unsure) return Truth::Unknown;
    return to_truth(value.is_text && run_automaton(pattern, bytes, value.text));
  }

  [[nodiscard]] Value value(NodeIndex node) const;
  // Of a child that any_child() or each_child() gave.
  [[nodiscard]] Value key(NodeIndex member) const;
  // What key() and value() give for a nodelist.
  struct Only {
    NodeIndex node = kNoNode;
    std::size_t count = 0;
    bool unsure = false;

    void add(NodeIndex found) {
      node = found;
      ++count;
    }
  };
  [[nodiscard]] Value value(const Only& only) const {
    if (only.unsure) return Value::unknown();
    return only.count == 1 ? value(only.node) : Value::nothing();
  }
  [[nodiscard]] Value key(const Only& only) const {
    if (only.unsure) return Value::unknown();
    return only.count == 1 ? key(only.node) : Value::nothing();
  }
  [[nodiscard]] static Value count(const Only& only) {
    return only.unsure ? Value::unknown() : Value::of(static_cast<std::int64_t>(only.count));
  }

  // A nodelist for the argument of a function.
  struct List {
    std::vector<NodeIndex>& nodes;
    bool unsure = false;

    void add(NodeIndex found) { nodes.push_back(found); }
  };
  [[nodiscard]] List list(std::size_t number) const {
    lists_[number].clear();
    return {lists_[number]};
  }

  [[nodiscard]] static Argument argument(const Value& value) { return {.value = value, .nodes = {}}; }
  [[nodiscard]] static Argument argument(const List& list, bool constant) {
    return {.type = Type::Nodes, .nodes = list.nodes, .uncertain = list.unsure, .constant = constant};
  }
  [[nodiscard]] static Argument argument(const NodeIndex& node) {
    return {.type = Type::Nodes, .nodes = {&node, is_node(node) ? 1u : 0u}, .uncertain = node == kUnsureNode};
  }
  // Unknown where an argument is.
  [[nodiscard]] Value call(const Program& program, std::uint32_t call, NodeIndex root, std::initializer_list<Argument> arguments) const {
    begin();
    return evaluator_.call(program, call, root, arguments);
  }

  // What the build did not compile.
  [[nodiscard]] Truth truth(const Program& program, TermIndex term, NodeIndex root, NodeIndex current) const {
    begin();
    return evaluator_.test_part(program, term, root, current);
  }
  [[nodiscard]] Value value(const Program& program, TermIndex term, NodeIndex root, NodeIndex current) const {
    begin();
    return evaluator_.value_part(program, term, root, current);
  }

  [[nodiscard]] static Truth truth(const Value& value) {
    if (value.is(ValueKind::Unknown)) return Truth::Unknown;
    return to_truth(value.is(ValueKind::Boolean) && value.boolean);
  }
  [[nodiscard]] static Truth compare(Comparison comparison, const Value& a, const Value& b);
  [[nodiscard]] static bool may(Truth truth) { return truth != Truth::False; }
  [[nodiscard]] static bool sure(Truth truth) { return truth == Truth::True; }

 private:
  // The length is known to the compiler, and so is how to compare.
  template <std::size_t Size>
  [[nodiscard]] static bool equals(std::string_view text, const char (&literal)[Size]) {
    return text.size() == Size - 1 && std::memcmp(text.data(), literal, Size - 1) == 0;
  }
  [[nodiscard]] bool is_container(NodeIndex node) const {
    return nodes_[node].kind == Kind::Object || nodes_[node].kind == Kind::Array;
  }
  [[nodiscard]] bool are_children_known(NodeIndex container) const {
    return container != kUnsureNode && !nodes_[container].has(kUnknownFlags);
  }
  [[nodiscard]] bool is_each_key_once(NodeIndex object) const;

  void begin() const {
    if (!begun_) evaluator_.begin(set_.memos, set_.calls);
    begun_ = true;
  }

  const RuleSet& set_;
  const Document& document_;
  const Node* const nodes_;
  Evaluator& evaluator_;
  std::vector<std::vector<NodeIndex>>& lists_;
  mutable bool begun_ = false;
};

// Made when it is first asked for.
template <typename T>
class Lazy {
 public:
  template <typename Make>
  const T& operator()(Make make) {
    if (!made_) made_.emplace(make());
    return *made_;
  }

 private:
  std::optional<T> made_;
};

}  // namespace connect_lint

#endif  // CONNECT_LINT_RULES_SIEVE_H_
