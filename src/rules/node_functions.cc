// Functions on nodes: where they stand, and what stands around them.
//
// Nodelists may be long, and a filter calls a function for each of its
// candidates. So a list that is the same in every call is gone through once,
// and what was found is kept in the place's memory. Short lists are not worth
// the memory: they are gone through each time.
#include <algorithm>
#include <array>
#include <functional>
#include <string>
#include <vector>

#include "rules/function_kinds.h"

namespace connect_lint {
namespace {

constexpr std::size_t kShortList = 16;

// Joined texts up to this need no memory of their own.
constexpr std::size_t kShortTextBytes = 512;

// Room that a memory keeps for the next evaluation; more is given back.
constexpr std::size_t kRoomBytesKept = 64u << 10;

template <typename Entry>
void empty(std::vector<Entry>& entries) {
  entries.clear();
  if (entries.capacity() * sizeof(Entry) > kRoomBytesKept) entries.shrink_to_fit();
}

// --- Places in the tree -------------------------------------------------------

// Where a node stands below its parent.
struct Position {
  NodeIndex parent = kNoNode;  // kNoNode for the document's root: it stands nowhere.
  NodeIndex child = kNoNode;
  NodeIndex before = kNoNode;  // The sibling directly before it.
  std::int64_t index = 0;      // Among its siblings, 0-based.
};

// Goes down from containers to nodes in them. Goes on from the last answer, so
// that nodes asked for in the order of the text cost a step for each sibling.
class PositionFinder : public FunctionMemory {
 public:
  // False: more than `steps_max` steps are needed, and find() may be called again.
  bool find(const Document& document, NodeIndex from, NodeIndex node, std::uint64_t steps_max) {
    steps = 0;
    while (!ways_.empty() && !contains(document, ways_.back().parent, node)) ways_.pop_back();
    if (ways_.empty()) enter(from);
    while (true) {
      Position& way = ways_.back();
      if (way.child > node) way = first(way.parent);
      while (document[way.child].next <= node) {
        if (++steps > steps_max) return false;
        way = {way.parent, document[way.child].next, way.child, way.index + 1};
      }
      if (way.child == node) return true;
      ++steps;
      enter(way.child);
    }
  }
  [[nodiscard]] const Position& found() const { return ways_.back(); }
  void forget() override { empty(ways_); }

  static bool contains(const Document& document, NodeIndex container, NodeIndex node) {
    return container < node && node < document[container].next;
  }

  std::uint64_t steps = 0;  // Of the last find().

 private:
  static Position first(NodeIndex parent) { return {parent, parent + 1, kNoNode, 0}; }
  void enter(NodeIndex container) { ways_.push_back(first(container)); }

  std::vector<Position> ways_;  // From the outermost container to the last answer.
};

// The same from scratch; nothing where it takes more than a few steps.
std::optional<Position> near_position(const Document& document, NodeIndex from, NodeIndex node) {
  Position way{from, from + 1, kNoNode, 0};
  for (std::size_t steps = 0; steps < kShortList; ++steps) {
    if (way.child == node) return way;
    const NodeIndex next = document[way.child].next;
    if (next <= node) {
      way = {way.parent, next, way.child, way.index + 1};
    } else {
      way = {way.child, way.child + 1, kNoNode, 0};
    }
  }
  return std::nullopt;
}

Position position_of(CallContext& context, NodeIndex node) {
  if (node == 0) return {};
  const Document& document = context.document();
  const NodeIndex from = PositionFinder::contains(document, context.root(), node) ? context.root() : 0;
  if (const auto position = near_position(document, from, node)) return *position;
  auto& finder = context.memory<PositionFinder>();
  while (!finder.find(document, from, node, 1'000'000))
    if (!context.charge(finder.steps)) return {};
  if (!context.charge(finder.steps)) return {};
  return finder.found();
}

// The only node of a nodelist; kNoNode where there are none or several.
NodeIndex only(const Argument& argument) { return argument.nodes.size() == 1 ? argument.nodes[0] : kNoNode; }

// --- Equal values -------------------------------------------------------------

bool is_scalar(const Value& value) {
  return value.is(ValueKind::Null) || value.is(ValueKind::Boolean) || value.is(ValueKind::Number) || value.is(ValueKind::String);
}

std::uint64_t cost_of(const Value& value) { return 1 + value.text.size() / 16; }

// Equal for equal scalars: 1 and 1.0 are.
std::size_t hash_of(const Value& value) {
  switch (value.kind) {
    case ValueKind::String: return std::hash<std::string_view>()(value.text);
    case ValueKind::Boolean: return value.boolean ? 1 : 2;
    case ValueKind::Number: {
      const Number& number = value.number;
      const double real = number.whole ? static_cast<double>(number.integer) : number.real;
      return std::hash<double>()(real) * 0x9E3779B97F4A7C15u;
    }
    default: return 3;
  }
}

// Values of nodes, each only once: a hash table that is never more than half full.
class ScalarIndex {
 public:
  void forget() { empty(slots_); }
  void reserve(std::size_t nodes) {
    std::size_t size = 4 * kShortList;
    while (size < 2 * nodes) size *= 2;
    slots_.assign(size, Slot{});
  }
  // The node with an equal value that was added first; kNoNode without one.
  [[nodiscard]] NodeIndex find(CallContext& context, const Value& value) const {
    const std::size_t hash = hash_of(value);
    return slots_[slot_of(context, value, hash)].node;
  }
  // Likewise; without one the node is added.
  NodeIndex find_or_add(CallContext& context, const Value& value, NodeIndex node) {
    const std::size_t hash = hash_of(value);
    Slot& slot = slots_[slot_of(context, value, hash)];
    if (slot.node != kNoNode) return slot.node;
    slot = {hash, node};
    return kNoNode;
  }

 private:
  struct Slot {
    std::size_t hash = 0;
    NodeIndex node = kNoNode;
  };
  // Where the value is, or the free slot where it belongs. Values that were
  // made to collide cost what they take.
  std::size_t slot_of(CallContext& context, const Value& value, std::size_t hash) const {
    const std::size_t mask = slots_.size() - 1;
    std::size_t at = (hash ^ (hash >> 32)) & mask;
    std::uint64_t tries = cost_of(value);
    for (; slots_[at].node != kNoNode; at = (at + 1) & mask, ++tries)
      if (slots_[at].hash == hash && are_equal_scalars(context.value(slots_[at].node), value)) break;
    // A used up budget is seen by whoever asks next.
    static_cast<void>(context.charge(tries));
    return at;
  }

  std::vector<Slot> slots_;
};

// What functions keep is filled by fill(): false where the budget ends it.

// The values of a nodelist, for among().
struct KnownValues : FunctionMemory {
  bool ready = false;
  bool unknown = false;
  ScalarIndex index;

  void forget() override {
    ready = unknown = false;
    index.forget();
  }
};

bool fill(CallContext& context, std::span<const NodeIndex> nodes, KnownValues& known) {
  known.index.reserve(nodes.size());
  for (const NodeIndex node : nodes) {
    const Value value = context.value(node);
    known.unknown |= value.is(ValueKind::Unknown);
    if (is_scalar(value)) known.index.find_or_add(context, value, node);
    if (!context.charge(1)) return false;
  }
  return true;
}

// What a nodelist's memory says about each of its nodes, in the order of the nodes.
template <typename Entry>
class NodeTable {
 public:
  void add(Entry entry) {
    sorted_ = sorted_ && (entries_.empty() || entries_.back().node < entry.node);
    entries_.push_back(entry);
  }
  // Makes it empty, with room for so many.
  void reset(std::size_t nodes) {
    entries_.clear();
    entries_.reserve(nodes);
    sorted_ = true;
  }
  // Nodes that are listed again stay behind their first occurrence.
  void sort() {
    if (!sorted_) std::ranges::stable_sort(entries_, {}, &Entry::node);
    sorted_ = true;
  }
  [[nodiscard]] Entry* find(NodeIndex node) {
    const auto found = std::ranges::lower_bound(entries_, node, {}, &Entry::node);
    return found != entries_.end() && found->node == node ? &*found : nullptr;
  }
  [[nodiscard]] std::vector<Entry>& entries() { return entries_; }
  void forget() { empty(entries_); }

 private:
  bool sorted_ = true;
  std::vector<Entry> entries_;
};

// For earlier(): the first node with an equal value, and whether an unknown
// value stands before.
struct EqualBefore {
  NodeIndex node;
  NodeIndex equal;
  bool unknown;
};
struct EqualValues : FunctionMemory {
  bool ready = false;
  NodeTable<EqualBefore> table;
  ScalarIndex index;  // While the table is filled.

  void forget() override {
    ready = false;
    table.forget();
    index.forget();
  }
};

// The same without memory; nothing for a node that is not in the list.
std::optional<EqualBefore> search_before(CallContext& context, NodeIndex node, const Value& value, std::span<const NodeIndex> nodes) {
  EqualBefore result{node, kNoNode, false};
  for (const NodeIndex other : nodes) {
    if (other == node) return result;
    const Value before = context.value(other);
    if (!context.charge(cost_of(before))) return std::nullopt;
    result.unknown |= before.is(ValueKind::Unknown);
    if (result.equal == kNoNode && is_scalar(value) && are_equal_scalars(value, before)) result.equal = other;
  }
  return std::nullopt;
}

bool fill(CallContext& context, std::span<const NodeIndex> nodes, EqualValues& equals) {
  ScalarIndex& index = equals.index;
  index.reserve(nodes.size());
  equals.table.reset(nodes.size());
  bool unknown = false;
  for (const NodeIndex node : nodes) {
    const Value value = context.value(node);
    const NodeIndex equal = is_scalar(value) ? index.find_or_add(context, value, node) : kNoNode;
    equals.table.add({node, equal, unknown});
    unknown |= value.is(ValueKind::Unknown);
    if (!context.charge(2)) return false;
  }
  equals.table.sort();
  index.forget();
  return true;
}

// --- Intervals ----------------------------------------------------------------

enum class Reading : std::uint8_t { Interval, Unknown, None };

struct Interval {
  NodeIndex node = kNoNode;
  Reading reading = Reading::None;
  std::uint32_t position = 0;  // In the nodelist.
  double begin = 0;            // Seconds since 1970; half-open.
  double end = 0;
  NodeIndex conflict = kNoNode;
};

// Inverted and empty ones overlap nothing: that they are wrong is told elsewhere.
Interval interval_of(CallContext& context, NodeIndex node, std::string_view begin_name, std::string_view end_name) {
  Interval interval{.node = node};
  const Value begin = member_value(context, node, begin_name);
  const Value end = member_value(context, node, end_name);
  const auto first = instant_of(begin);
  const auto last = instant_of(end);
  const auto possible = [](const Value& value, bool readable) { return readable || value.is(ValueKind::Unknown); };
  if (!possible(begin, first.has_value()) || !possible(end, last.has_value())) return interval;
  interval.reading = Reading::Unknown;
  if (!first || !last) return interval;
  const auto seconds = [](const Number& number) { return number.whole ? static_cast<double>(number.integer) : number.real; };
  interval.begin = seconds(*first);
  interval.end = seconds(*last);
  interval.reading = interval.begin < interval.end ? Reading::Interval : Reading::None;
  return interval;
}

// For overlapping(). An Interval knows the one that overlaps it.
struct Intervals : FunctionMemory {
  bool ready = false;
  std::size_t unknown = 0;
  std::size_t taking_part = 0;
  NodeTable<Interval> table;
  std::vector<std::uint32_t> order;  // While conflicts are looked for.

  void forget() override {
    ready = false;
    unknown = taking_part = 0;
    table.forget();
    empty(order);
  }
};

bool read_intervals(CallContext& context, std::span<const Argument> arguments, Intervals& intervals) {
  const std::span<const NodeIndex> nodes = arguments[1].nodes;
  intervals.table.reset(nodes.size());
  for (const NodeIndex node : nodes) {
    Interval interval = interval_of(context, node, arguments[2].value.text, arguments[3].value.text);
    interval.position = static_cast<std::uint32_t>(intervals.table.entries().size());
    intervals.table.add(interval);
    if (!context.charge(4)) return false;
  }
  intervals.table.sort();
  std::vector<Interval>& entries = intervals.table.entries();
  const auto same_node = [](const Interval& a, const Interval& b) { return a.node == b.node; };
  entries.erase(std::unique(entries.begin(), entries.end(), same_node), entries.end());
  return true;
}

void find_conflicts(Intervals& intervals) {
  std::vector<Interval>& entries = intervals.table.entries();
  std::vector<std::uint32_t>& order = intervals.order;
  intervals.unknown = 0;
  for (std::uint32_t i = 0; i < entries.size(); ++i) {
    if (entries[i].reading == Reading::Interval) order.push_back(i);
    if (entries[i].reading == Reading::Unknown) ++intervals.unknown;
  }
  intervals.taking_part = order.size() + intervals.unknown;
  std::ranges::sort(order, [&](std::uint32_t a, std::uint32_t b) {
    return entries[a].begin != entries[b].begin ? entries[a].begin < entries[b].begin : entries[a].position < entries[b].position;
  });
  // The one that ends last overlaps if any does.
  const Interval* last = nullptr;
  for (const std::uint32_t i : order) {
    Interval& interval = entries[i];
    if (last != nullptr && last->end > interval.begin) interval.conflict = last->node;
    if (last == nullptr || interval.end > last->end) last = &interval;
  }
}

bool fill(CallContext& context, std::span<const Argument> arguments, Intervals& intervals) {
  if (!read_intervals(context, arguments, intervals)) return false;
  find_conflicts(intervals);
  return true;
}

}  // namespace

Value member_value(CallContext& context, NodeIndex object, std::string_view name) {
  const Value value = context.value(object);
  if (value.is(ValueKind::Unknown)) return Value::unknown();
  const Document& document = context.document();
  if (!value.is(ValueKind::Container) || document[object].kind != Kind::Object) return Value::nothing();
  NodeIndex found = kNoNode;
  std::uint64_t seen = 0;
  for (const NodeIndex child : document.children(object)) {
    ++seen;
    if (document.key(child) == name) found = child;
  }
  if (!context.charge(seen)) return Value::unknown();
  return found == kNoNode ? Value::nothing() : context.value(found);
}

Value call_key(CallContext& context, std::span<const Argument> arguments) {
  const NodeIndex index = only(arguments[0]);
  if (index == kNoNode) return Value::nothing();
  const Document& document = context.document();
  const Node& node = document[index];
  if (node.key_begin != node.key_end) return context.key(index);
  const Position position = position_of(context, index);
  if (position.parent == kNoNode) return Value::nothing();
  return document[position.parent].kind == Kind::Array ? Value::of(position.index) : context.key(index);
}

Value call_previous(CallContext& context, std::span<const Argument> arguments) {
  const NodeIndex node = only(arguments[0]);
  const Value& name = arguments[1].value;
  if (node == kNoNode || !name.is(ValueKind::String)) return Value::nothing();
  const Position position = position_of(context, node);
  if (position.before == kNoNode || context.document()[position.parent].kind != Kind::Array) return Value::nothing();
  return member_value(context, position.before, name.text);
}

std::optional<ArgumentProblem> check_previous(std::span<const Value> literals) {
  return check_text(literals, 1, "the name of a member");
}

Value call_joined(CallContext& context, std::span<const Argument> arguments) {
  const std::span<const NodeIndex> nodes = arguments[0].nodes;
  const Value& separator = arguments[1].value;
  if (!separator.is(ValueKind::String)) return separator.is(ValueKind::Unknown) ? Value::unknown() : Value::nothing();
  if (!context.charge(nodes.size())) return Value::unknown();
  bool unknown = arguments[0].uncertain;
  std::size_t size = 0;
  for (const NodeIndex node : nodes) {
    const Value value = context.value(node);
    unknown |= value.is(ValueKind::Unknown);
    if (value.is(ValueKind::Unknown)) continue;
    if (!value.is(ValueKind::String)) return Value::nothing();
    size += value.text.size() + separator.text.size();
  }
  if (unknown) return Value::unknown();
  if (nodes.size() == 1) return context.value(nodes[0]);
  if (!context.charge(size / 16)) return Value::unknown();
  std::array<char, kShortTextBytes> few;
  std::string many;
  if (size > few.size()) many.resize(size);
  char* const begin = size > few.size() ? many.data() : few.data();
  char* end = begin;
  const auto add = [&](std::string_view text) { end += text.copy(end, text.size()); };
  for (std::size_t i = 0; i < nodes.size(); ++i) {
    if (i > 0) add(separator.text);
    add(context.value(nodes[i]).text);
  }
  return context.keep({begin, static_cast<std::size_t>(end - begin)});
}

std::optional<ArgumentProblem> check_joined(std::span<const Value> literals) {
  const bool right = literals[1].is(ValueKind::Nothing) || literals[1].is(ValueKind::String);
  return right ? std::nullopt : std::optional(ArgumentProblem{1, "the separator is a text"});
}

Value call_among(CallContext& context, std::span<const Argument> arguments) {
  const Value& value = arguments[0].value;
  const Argument& list = arguments[1];
  const auto absent = [&](bool unknown) { return unknown || list.uncertain ? Value::unknown() : Value::of(false); };
  if (list.nodes.empty()) return absent(false);
  if (value.is(ValueKind::Unknown)) return Value::unknown();
  if (!is_scalar(value)) return Value::of(false);
  if (!list.constant || list.nodes.size() <= kShortList) {
    bool unknown = false;
    for (const NodeIndex node : list.nodes) {
      const Value other = context.value(node);
      if (!context.charge(cost_of(other))) return Value::unknown();
      if (are_equal_scalars(value, other)) return Value::of(true);
      unknown |= other.is(ValueKind::Unknown);
    }
    return absent(unknown);
  }
  auto& known = context.memory<KnownValues>();
  if (!known.ready) known.ready = fill(context, list.nodes, known);
  if (!known.ready) return Value::unknown();
  return known.index.find(context, value) != kNoNode ? Value::of(true) : absent(known.unknown);
}

Value call_earlier(CallContext& context, std::span<const Argument> arguments) {
  const Argument& list = arguments[1];
  if (arguments[0].uncertain) return Value::unknown();
  const NodeIndex node = only(arguments[0]);
  if (node == kNoNode) return Value::nothing();
  const Value value = context.value(node);
  std::optional<EqualBefore> before;
  if (!list.constant || list.nodes.size() <= kShortList) {
    before = search_before(context, node, value, list.nodes);
  } else {
    auto& equals = context.memory<EqualValues>();
    if (!equals.ready) equals.ready = fill(context, list.nodes, equals);
    if (!equals.ready) return Value::unknown();
    if (const EqualBefore* const found = equals.table.find(node)) before = *found;
  }
  if (!context.charge(1)) return Value::unknown();
  if (value.is(ValueKind::Unknown)) {
    const bool first = before && !list.uncertain && node == list.nodes[0];
    return first || (!before && !list.uncertain) ? Value::nothing() : Value::unknown();
  }
  if (!is_scalar(value)) return Value::nothing();
  if (before && before->equal != kNoNode) return context.value(before->equal);
  return list.uncertain || (before && before->unknown) ? Value::unknown() : Value::nothing();
}

Value call_overlapping(CallContext& context, std::span<const Argument> arguments) {
  const Argument& list = arguments[1];
  const Value& begin_name = arguments[2].value;
  const Value& end_name = arguments[3].value;
  if (arguments[0].uncertain || begin_name.is(ValueKind::Unknown) || end_name.is(ValueKind::Unknown)) return Value::unknown();
  const NodeIndex node = only(arguments[0]);
  if (node == kNoNode || !begin_name.is(ValueKind::String) || !end_name.is(ValueKind::String)) return Value::nothing();
  auto& intervals = context.memory<Intervals>();
  const bool constant = list.constant && arguments[2].constant && arguments[3].constant;
  if (!constant) intervals.forget();
  if (!intervals.ready) intervals.ready = fill(context, arguments, intervals);
  if (!intervals.ready || !context.charge(1)) return Value::unknown();
  const Interval* const own = intervals.table.find(node);
  if (own == nullptr) return list.uncertain ? Value::unknown() : Value::nothing();
  if (own->reading == Reading::None) return Value::nothing();
  if (own->conflict != kNoNode) return context.value(own->conflict);
  const bool alone = intervals.taking_part == 1 && !list.uncertain;
  const bool unknown = own->reading == Reading::Unknown || intervals.unknown > 0 || list.uncertain;
  return unknown && !alone ? Value::unknown() : Value::nothing();
}

std::optional<ArgumentProblem> check_overlapping(std::span<const Value> literals) {
  if (auto problem = check_text(literals, 2, "the name of a member")) return problem;
  return check_text(literals, 3, "the name of a member");
}

}  // namespace connect_lint
