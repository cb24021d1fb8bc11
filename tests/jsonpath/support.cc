#include "support.h"

#include <array>
#include <catch2/catch.hpp>

namespace connect_lint::testing {
namespace {

constexpr std::array kValue = {Type::Value};
constexpr std::array kLogical = {Type::Logical};
constexpr std::array kNodes = {Type::Nodes};
constexpr std::array kValueAndNodes = {Type::Value, Type::Nodes};

Value call_negation(CallContext&, std::span<const Argument> arguments) { return Value::of(!arguments[0].truth); }
Value call_same(CallContext&, std::span<const Argument> arguments) { return arguments[0].value; }
Value call_is_text(CallContext&, std::span<const Argument> arguments) {
  return Value::of(arguments[0].value.is(ValueKind::String));
}
Value call_none(CallContext&, std::span<const Argument>) { return Value::nothing(); }

// All but the first.
Value call_rest(CallContext& context, std::span<const Argument> arguments) {
  for (std::size_t i = 1; i < arguments[0].nodes.size(); ++i) context.add(arguments[0].nodes[i]);
  return Value::nothing();
}

Value call_key(CallContext& context, std::span<const Argument> arguments) {
  if (arguments[0].nodes.size() != 1) return Value::nothing();
  return Value::of(context.document().key(arguments[0].nodes[0]));
}

Value call_twice(CallContext& context, std::span<const Argument> arguments) {
  if (!arguments[0].value.is(ValueKind::String)) return Value::nothing();
  return context.keep(std::string(arguments[0].value.text) + std::string(arguments[0].value.text));
}

struct Calls : FunctionMemory {
  void forget() override { count = 0; }
  std::int64_t count = 0;
};
Value call_times(CallContext& context, std::span<const Argument>) { return Value::of(++context.memory<Calls>().count); }

Value call_position(CallContext& context, std::span<const Argument> arguments) {
  for (std::size_t i = 0; i < arguments[1].nodes.size(); ++i) {
    const Value value = value_of(context.document(), arguments[1].nodes[i]);
    if (value.is(ValueKind::String) && value.text == arguments[0].value.text)
      return Value::of(static_cast<std::int64_t>(i));
  }
  return Value::nothing();
}

Value call_known(CallContext&, std::span<const Argument> arguments) {
  return Value::of(!arguments[0].value.is(ValueKind::Unknown));
}

std::optional<ArgumentProblem> check_colour(std::span<const Value> literals) {
  if (literals[0].is(ValueKind::Nothing) || (literals[0].is(ValueKind::String) && literals[0].text == "red")) return {};
  return ArgumentProblem{0, "there is no such colour"};
}

Function function(std::string_view name, Type result, std::span<const Type> parameters,
                  Value (*call)(CallContext&, std::span<const Argument>)) {
  Function made{};
  made.name = name;
  made.result = result;
  made.parameters = parameters;
  made.call = call;
  return made;
}

std::vector<Function> make_functions() {
  std::vector<Function> list = {
      function("bal", Type::Logical, kLogical, call_negation),  // "bool of logical"
      function("bnl", Type::Logical, kNodes, call_none),
      function("bvl", Type::Logical, kValue, call_is_text),
      function("colour", Type::Value, kValue, call_same),
      function("key", Type::Value, kNodes, call_key),
      function("known", Type::Logical, kValue, call_known),
      function("nol", Type::Nodes, kLogical, call_none),
      function("nov", Type::Nodes, kValue, call_none),
      function("pi", Type::Value, {}, call_none),
      function("position", Type::Value, kValueAndNodes, call_position),
      function("rest", Type::Nodes, kNodes, call_rest),
      function("same", Type::Value, kValue, call_same),
      function("times", Type::Value, kValue, call_times),
      function("twice", Type::Value, kValue, call_twice),
      function("vol", Type::Value, kLogical, call_none),
  };
  for (Function& made : list) {
    if (made.name == "colour") made.check = check_colour;
    if (made.name == "known") made.takes_unknown = true;
  }
  return merge_functions(standard_functions(), list);
}

}  // namespace

FunctionTable example_functions() {
  static const std::vector<Function> functions = make_functions();
  return functions;
}

Subject::Subject(std::string_view json, const KeyTable& keys) : keys_(keys) {
  source_.assign(json);
  reader_.read(source_, keys_, 10'000, document);
  evaluator.open(document);
}

std::vector<NodeIndex> Subject::select(std::string_view text, FunctionTable functions, std::string& error) {
  std::vector<NodeIndex> nodes;
  const auto query = Query::parse(text, functions, keys_);
  if (!query.ok()) {
    error = "error: " + query.error().message;
    return nodes;
  }
  if (!evaluator.select(query.value(), 0, nodes).complete) error = "incomplete";
  return nodes;
}

std::string Subject::values(std::string_view query, FunctionTable functions) {
  std::string result;
  std::string list;
  for (const NodeIndex node : select(query, functions, result)) {
    if (!list.empty()) list += ' ';
    list += document.bytes(document.span(node, Mark::Value));
  }
  return result.empty() ? list : result;
}

std::string Subject::paths(std::string_view query) {
  std::string result;
  std::string list;
  std::string pointer;
  std::string path;
  for (const NodeIndex node : select(query, standard_functions(), result)) {
    PathFinder(document).find(node, pointer, path);
    if (!list.empty()) list += ' ';
    list += path;
  }
  return result.empty() ? list : result;
}

NodeIndex Subject::node(std::string_view query) {
  std::string error;
  const std::vector<NodeIndex> nodes = select(query, standard_functions(), error);
  REQUIRE(error.empty());
  REQUIRE(nodes.size() == 1);
  return nodes[0];
}

void Subject::make_unknown(std::string_view query) {
  std::string error;
  for (const NodeIndex node : select(query, standard_functions(), error)) document.nodes[node].flags |= Node::kUnknown;
  REQUIRE(error.empty());
}

std::string Subject::test(std::string_view text, FunctionTable functions) {
  const auto expression = Expression::parse(text, functions, keys_, CurrentNode::Allowed);
  if (!expression.ok()) return "error: " + expression.error().message;
  return shown(evaluator.test(expression.value(), 0, 0));
}

std::string Subject::value(std::string_view text, FunctionTable functions) {
  const auto expression = ValueExpression::parse(text, functions, keys_);
  if (!expression.ok()) return "error: " + expression.error().message;
  return shown(evaluator.value(expression.value(), 0, 0));
}

std::string shown(const Value& value) {
  switch (value.kind) {
    case ValueKind::Nothing: return "nothing";
    case ValueKind::Unknown: return "unknown";
    case ValueKind::Null: return "null";
    case ValueKind::Boolean: return value.boolean ? "true" : "false";
    case ValueKind::Number:
      return value.number.whole ? std::to_string(value.number.integer) : std::to_string(value.number.real);
    case ValueKind::String: return "'" + std::string(value.text) + "'";
    case ValueKind::Container: return "container";
  }
  return {};
}

std::string shown(Truth truth) {
  return truth == Truth::True ? "true" : truth == Truth::False ? "false" : "unknown";
}

std::string parse_error(std::string_view text, FunctionTable functions) {
  const auto query = Query::parse(text, functions, KeyTable());
  if (query.ok()) return "ok";
  const ParseError& error = query.error();
  return std::to_string(error.span.begin) + "-" + std::to_string(error.span.end) + ": " + error.message;
}

}  // namespace connect_lint::testing
