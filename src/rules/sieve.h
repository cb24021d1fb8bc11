// Which rules can find anything in a value: the build compiles the built-in
// rules' queries to C++ (sieve_writer.h), a function for each shape, and only
// the rules that it lets through are evaluated. On a clean request nearly none
// are.
//
// A sieve never holds back a rule that finds something. It is asked about
// values alone that are certain (is_certain()); a call whose result is not
// known lets through.
//
// These functions run once or twice for a request, so what they cost is reading
// their code: what is used often is a call of something small.
#ifndef CONNECT_LINT_RULES_SIEVE_H_
#define CONNECT_LINT_RULES_SIEVE_H_

#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <initializer_list>
#include <new>
#include <span>
#include <string_view>
#include <type_traits>
#include <vector>

#include "base/timestamp.h"
#include "document/document.h"
#include "jsonpath/evaluator.h"
#include "jsonpath/program.h"
#include "rules/rule_set.h"

namespace connect_lint {

// Whether all is known of the value at `root`: no earlier check refused
// anything in it, or found anything missing, and no key is there twice.
[[nodiscard]] bool is_certain(const Document& document, NodeIndex root);

// What the functions that the build writes use. Lives as long as one document
// is checked. Nodes are nodes of certain values, or kNoNode.
class SieveContext {
 public:
  // `evaluator` has opened the document.
  SieveContext(const RuleSet& set, const Document& document, Evaluator& evaluator, std::vector<std::vector<NodeIndex>>& lists)
      : set_(set), document_(document), nodes_(document.nodes.data()), evaluator_(evaluator), lists_(lists) {
    time_nodes_.fill(kNoNode);
  }

  // The next value; nothing is kept from one to the next.
  void next() { begun_ = false; }

  [[nodiscard]] const Program& when(RuleIndex rule) const { return set_.rules[rule].when; }
  [[nodiscard]] const Program& find(RuleIndex rule) const { return set_.rules[rule].find; }

  // --- Nodes --------------------------------------------------------------------

  // Puts the members of an object into `to`, each at the slot of its key; slot 0
  // takes those that nobody asks for.
  template <std::size_t Size>
  void members(NodeIndex object, const std::uint8_t* slots, NodeIndex (&to)[Size]) const {
    for (NodeIndex& slot : to) slot = kNoNode;
    if (object != kNoNode) find_members(object, slots, to);
  }
  [[nodiscard]] NodeIndex member(NodeIndex object, KeyId key) const;
  // A name that is not in the key table.
  [[nodiscard]] NodeIndex member(NodeIndex object, std::string_view name) const;
  [[nodiscard]] NodeIndex element(NodeIndex array, std::uint32_t index) const;

  template <typename Test>
  [[nodiscard]] bool any_child(NodeIndex container, Test test) const {
    const Range range = children(container);
    for (NodeIndex child = range.begin; child != range.end; child = nodes_[child].next)
      if (test(child)) return true;
    return false;
  }
  template <typename Use>
  void each_child(NodeIndex container, Use use) const {
    const Range range = children(container);
    for (NodeIndex child = range.begin; child != range.end; child = nodes_[child].next) use(child);
  }

  // --- Texts --------------------------------------------------------------------

  // Which of the set's words the text at a node is; 0 for other texts and for
  // what is no text.
  [[nodiscard]] KeyId word(NodeIndex node) const;
  template <typename... Words>
  [[nodiscard]] static bool is_word(KeyId word, Words... words) {
    return ((word == words) || ...);
  }

  // No text has no data.
  [[nodiscard]] std::string_view text(NodeIndex node) const;
  // The length is known to the compiler, and so is how to compare.
  template <std::size_t... Sizes>
  [[nodiscard]] static bool is_text(std::string_view text, const char (&... literals)[Sizes]) {
    return ((text.data() != nullptr && text.size() == Sizes - 1 && std::memcmp(text.data(), literals, Sizes - 1) == 0) || ...);
  }
  [[nodiscard]] static bool matches(std::string_view text, const Program& program, std::size_t pattern);
  [[nodiscard]] static bool matches(std::string_view text, const PatternProgram& pattern, std::span<const std::uint8_t> bytes);

  // What arn() gives for a text, if anything.
  [[nodiscard]] static std::string_view arn(std::string_view text, std::string_view part);
  // As `==` compares two texts, or nothing.
  [[nodiscard]] static bool are_same(std::string_view a, std::string_view b) { return (a.data() == nullptr) == (b.data() == nullptr) && a == b; }

  // --- Times --------------------------------------------------------------------

  // What instant() and time_part() give for a node.
  struct Time {
    bool is_time = false;
    TimeForm form = TimeForm::Epoch;
    bool has_offset = false;
    bool has_fraction = false;
    Number instant = {};
  };
  // Read once, and remembered until many others were.
  [[nodiscard]] Time time(NodeIndex node) const;
  // As instants; what is no time compares as nothing.
  [[nodiscard]] static bool compare(Comparison comparison, const Time& a, const Time& b);
  [[nodiscard]] static bool has_form(const Time& time, TimeForm form) { return time.is_time && time.form == form; }
  [[nodiscard]] static bool has_offset(const Time& time, bool offset) { return time.is_time && time.has_offset == offset; }
  [[nodiscard]] static bool has_fraction(const Time& time, bool fraction) { return time.is_time && time.has_fraction == fraction; }

  // --- Bits by number ----------------------------------------------------------------

  // What depends on the number of a key or word alone: `bits` says it for those
  // that have one, `general` finds it out.
  using KeyBits = std::array<std::uint64_t, kKeyIdsMax / 64>;
  [[nodiscard]] KeyId key_id(NodeIndex child) const { return nodes_[child].key_id; }
  // Likewise on a word; on the word of another value, too: a row for each of its words.
  template <typename General>
  [[nodiscard]] static bool is_in(KeyId id, const KeyBits* rows, KeyId row, General general) {
    return is_in(row == 0 ? KeyId{0} : id, rows[row], general);
  }
  template <typename General>
  [[nodiscard]] static bool is_in(KeyId id, const KeyBits& bits, General general) {
    if (id == 0) [[unlikely]]
      return elsewhere(general);
    return (bits[id / 64] >> (id % 64) & 1) != 0;
  }

  // --- Values and calls -------------------------------------------------------------

  [[nodiscard]] Value value(NodeIndex node) const;
  // Of a child.
  [[nodiscard]] Value key(NodeIndex child) const;
  // What key() and value() give for a nodelist.
  struct Only {
    NodeIndex node = kNoNode;
    std::size_t count = 0;

    void add(NodeIndex found) {
      node = found;
      ++count;
    }
  };
  [[nodiscard]] Value value(const Only& only) const { return only.count == 1 ? value(only.node) : Value::nothing(); }
  [[nodiscard]] Value key(const Only& only) const { return only.count == 1 ? key(only.node) : Value::nothing(); }
  [[nodiscard]] static Value count(const Only& only) { return Value::of(static_cast<std::int64_t>(only.count)); }

  // A nodelist for the argument of a function.
  struct List {
    std::vector<NodeIndex>* nodes;

    void add(NodeIndex found) { nodes->push_back(found); }
  };
  [[nodiscard]] List list(std::size_t number) const {
    lists_[number].clear();
    return {&lists_[number]};
  }

  // Whether among() is true of a node and a list; `general` finds it out where
  // that is more than a few texts.
  template <typename General>
  [[nodiscard]] bool among(NodeIndex node, const List& list, General general) const {
    const Truth found = among_texts(node, *list.nodes);
    return found == Truth::Unknown ? elsewhere(general) : found == Truth::True;
  }

  // An argument, where it stands.
  struct Given {
    enum class Kind : std::uint8_t { Value, ConstantValue, Node, List, ConstantList };
    const void* at;
    Kind kind;
  };
  [[nodiscard]] static Given given(const Value& value) { return {&value, Given::Kind::Value}; }
  [[nodiscard]] static Given constant(const Value& value) { return {&value, Given::Kind::ConstantValue}; }
  [[nodiscard]] static Given given(const NodeIndex& node) { return {&node, Given::Kind::Node}; }
  [[nodiscard]] static Given given(const List& list, bool constant) { return {&list, constant ? Given::Kind::ConstantList : Given::Kind::List}; }
  // Unknown where an argument is.
  [[nodiscard]] Value call(const Program& program, std::uint32_t call, NodeIndex root, std::initializer_list<Given> arguments) const;

  // What the build did not compile.
  [[nodiscard]] Truth truth(const Program& program, TermIndex term, NodeIndex root, NodeIndex current) const;
  [[nodiscard]] Value value(const Program& program, TermIndex term, NodeIndex root, NodeIndex current) const;

  // True where it is not known.
  [[nodiscard]] static bool may(Truth truth) { return truth != Truth::False; }
  [[nodiscard]] static bool may(const Value& value) { return value.is(ValueKind::Unknown) || (value.is(ValueKind::Boolean) && value.boolean); }
  [[nodiscard]] static bool may_match(const Value& value, const Program& program, std::size_t pattern);
  [[nodiscard]] static bool may_compare(Comparison comparison, const Value& a, const Value& b);

 private:
  struct Range {
    NodeIndex begin;
    NodeIndex end;
  };
  [[nodiscard]] Range children(NodeIndex container) const;
  void find_members(NodeIndex object, const std::uint8_t* slots, NodeIndex* to) const;
  [[nodiscard]] Truth among_texts(NodeIndex node, std::span<const NodeIndex> list) const;

  template <typename General>
  [[gnu::noinline, gnu::cold]] static bool elsewhere(General& general) {
    return general();
  }

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
  static constexpr std::size_t kTimesKept = 8;  // A power of two.
  mutable std::array<NodeIndex, kTimesKept> time_nodes_;
  mutable std::array<Time, kTimesKept> times_;
};

// Made when it is first asked for; a bit of `made` says that it is there.
template <typename T>
class Once {
 public:
  Once() {}  // NOLINT: not made yet.
  template <typename Make>
  const T& operator()(std::uint64_t& made, std::uint64_t bit, Make make) {
    static_assert(std::is_trivially_destructible_v<T>);
    if ((made & bit) == 0) {
      ::new (&value_) T(make());
      made |= bit;
    }
    return value_;
  }

 private:
  union {
    T value_;
  };
};

}  // namespace connect_lint

#endif  // CONNECT_LINT_RULES_SIEVE_H_
