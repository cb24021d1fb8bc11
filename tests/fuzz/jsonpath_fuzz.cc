// A query on the first line, and below it the JSON text it is asked of: the parser of JSONPath and the evaluator, with all functions.
// Texts in the document that begin with `?` are unknown where values may be. Problems lie in the query, the same is selected twice, with
// a trace and without numbers for keys, within the budget; what is selected has a path that selects it; `$[?e]` selects what
// `e` is true of; and what is certain while values are unknown is so when they are known.
#include <algorithm>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/limits.h"
#include "document/json_reader.h"
#include "expect.h"
#include "jsonpath/evaluator.h"
#include "jsonpath/query.h"
#include "rules/function_table.h"
#include "schema/schema_set.h"
#include "utf8_text.h"

namespace connect_lint {
namespace {

constexpr std::uint32_t kDepthMax = 60;
constexpr std::uint64_t kBudget = 20'000;
constexpr std::int64_t kNow = 1'795'824'000;
// Shorter texts cross no limit of a query but that of nesting; see could_be_too_deep().
constexpr std::size_t kShortBytesMax = 400;

using Nodes = std::vector<NodeIndex>;

void expect_error(const ParseError& error, std::string_view text) {
  expect(error.span.begin <= error.span.end && error.span.end <= text.size(), "a problem lies in the query");
  expect(!error.message.empty() && is_utf8_text(error.message), "a problem has words");
}

void expect_in_text(Span span, std::size_t size) { expect(span.begin <= span.end && span.end <= size, "a part lies in the query"); }

void expect_program(const Parsed& parsed, std::string_view text) {
  const Program& program = parsed.program();
  expect(program.text == text, "a query is its text");
  for (const ParseError& note : parsed.notes()) expect_error(note, text);
  for (const Segment& segment : program.segments) {
    expect_in_text(segment.span, text.size());
    expect(segment.count > 0 && segment.first + segment.count <= program.selectors.size(), "a segment has selectors");
  }
  for (const Selector& selector : program.selectors) expect_in_text(selector.span, text.size());
  for (const Path& path : program.paths) {
    expect_in_text(path.span, text.size());
    expect(path.first + path.count <= program.segments.size(), "a path has its segments");
  }
  for (const Term& term : program.terms) {
    expect_in_text(term.span, text.size());
    const bool has_operands = term.kind != TermKind::Literal && term.kind != TermKind::Path;
    if (has_operands) expect(term.first + term.count <= program.operands.size(), "a term has its operands");
  }
}

// Making a pattern ready takes longer than all else; pattern_fuzz is about them.
bool has_patterns(const Parsed& parsed) { return !parsed.program().patterns.empty(); }

// `parse` gives a ParseResult, which is good or has its problem in the text.
template <typename Parse>
auto parsed_twice(std::string_view text, Parse parse) {
  const auto one = parse();
  if (one.ok()) {
    expect_program(one.value(), text);
    expect(has_patterns(one.value()) || parse().ok(), "the same is a query twice");
    return one;
  }
  const auto other = parse();
  expect_error(one.error(), text);
  expect(!other.ok() && one.error().message == other.error().message && one.error().span.begin == other.error().span.begin, "the same problem twice");
  return one;
}

// A text read with a table of keys, open in an evaluator.
struct Subject {
  Subject(std::string_view json, const KeyTable& table) : keys(table) {
    source.assign(json);
    JsonReader reader;
    reader.read(source, keys, kDepthMax, document);
    for (NodeIndex i = 0; i < document.nodes.size(); ++i)
      if (document[i].kind == Kind::String && document.string(i).starts_with('?')) document.nodes[i].flags |= Node::kUnknown;
    evaluator.open(document);
    evaluator.set_surroundings({.request = kNoNode, .now = kNow});
    evaluator.set_unknown_flags(0);
  }

  Selection select(const Query& query, Nodes& nodes, std::uint64_t budget = kBudget) {
    evaluator.set_budget(budget);
    const Selection done = evaluator.select(query, 0, nodes);
    expect(done.complete != evaluator.exhausted() && nodes.size() <= budget, "the budget bounds what is selected");
    for (const NodeIndex node : nodes) expect(node < document.nodes.size(), "a node of the document is selected");
    return done;
  }

  Truth test(const Expression& expression, NodeIndex current) {
    evaluator.set_budget(kBudget);
    return evaluator.test(expression, 0, current);
  }

  const KeyTable& keys;
  SourceText source;
  Document document;
  Evaluator evaluator;
};

// Whether all of `part` is in `whole`, in that order.
bool is_within(const Nodes& part, const Nodes& whole) {
  auto at = whole.begin();
  for (const NodeIndex node : part) {
    at = std::find(at, whole.end(), node);
    if (at == whole.end()) return false;
    ++at;
  }
  return true;
}

// Every value can be read, and every key be written in a path.
bool is_sound(const Document& document) {
  return std::all_of(document.findings.begin(), document.findings.end(),
                     [](const DocumentFinding& finding) { return finding.id == FindingId::DocumentDuplicateKey; });
}

void expect_paths(Subject& subject, const Nodes& nodes) {
  if (!is_sound(subject.document)) return;
  std::string pointer;
  std::string path;
  Nodes found;
  NodeIndex last = kNoNode;
  std::size_t left = 8;
  for (const NodeIndex node : nodes) {
    if (node == last || left-- == 0) continue;
    last = node;
    PathFinder(subject.document).find(node, pointer, path);
    const auto query = Query::parse(path, all_functions(), subject.keys);
    expect(query.ok() && query.value().singular(), "a normalized path is a query");
    subject.select(query.value(), found);
    expect(found.size() == 1 && found[0] == node, "what is selected has a path that selects it");
  }
}

void try_query(std::string_view text, Subject& subject, Subject& without_numbers) {
  const auto query = parsed_twice(text, [&] { return Query::parse(text, all_functions(), subject.keys); });
  if (!query.ok() || subject.document.empty()) return;

  Nodes nodes;
  const Selection done = subject.select(query.value(), nodes);
  expect(!done.uncertain || !is_sound(subject.document), "known values are certain");
  if (query.value().singular()) expect(nodes.size() <= 1, "one node at most");
  Nodes again;
  subject.select(query.value(), again);
  expect(nodes == again, "the same nodes twice");
  expect_paths(subject, nodes);

  Trace trace;
  subject.evaluator.set_trace(&trace);
  const Selection traced = subject.select(query.value(), again);
  subject.evaluator.set_trace(nullptr);
  if (traced.complete && done.complete) expect(nodes == again, "being watched changes nothing");
  if (!has_patterns(query.value())) {
    const auto other = Query::parse(text, all_functions(), without_numbers.keys);
    expect(other.ok(), "names need no numbers");
    if (without_numbers.select(other.value(), again).complete && done.complete) expect(nodes == again, "the same without numbers of keys");
  }
  if (!done.complete) return;

  const Selection cut = subject.select(query.value(), again, 30);
  expect(cut.complete ? nodes == again : is_within(again, nodes), "a small budget only leaves out");
  subject.evaluator.set_unknown_flags(Node::kUnknown);
  const Selection perhaps = subject.select(query.value(), again);
  subject.evaluator.set_unknown_flags(0);
  if (!perhaps.complete) return;
  expect(is_within(again, nodes), "what is certainly selected is selected");
  expect(perhaps.uncertain || again == nodes, "what is certainly left out is left out");
}

// A filter is one level more. Each level takes a byte at both ends.
bool could_be_too_deep(std::string_view text) {
  return std::count_if(text.begin(), text.end(), [](char c) { return c == '(' || c == '?'; }) + 1 >= static_cast<std::ptrdiff_t>(kQueryNestingMax);
}

// `$[?e]` and `e`.
void expect_filter(std::string_view text, const Expression& expression, Subject& subject) {
  if (text.size() > kShortBytesMax || could_be_too_deep(text) || !is_sound(subject.document)) return;
  const auto query = Query::parse("$[?" + std::string(text) + "]", all_functions(), subject.keys);
  expect(query.ok(), "an expression may stand in a filter");
  for (const std::uint8_t flags : {std::uint8_t{0}, Node::kUnknown}) {
    Nodes nodes;
    subject.evaluator.set_unknown_flags(flags);
    const Selection done = subject.select(query.value(), nodes);
    if (done.complete && !(flags != 0 && subject.document[0].has(flags))) {
      Nodes wanted;
      bool uncertain = false;
      const Kind kind = subject.document[0].kind;
      if (kind == Kind::Array || kind == Kind::Object) {
        for (const NodeIndex child : subject.document.children(0)) {
          if (kind == Kind::Object && subject.document.member(0, subject.document.key(child)) != child) continue;
          const Truth truth = subject.test(expression, child);
          if (truth == Truth::True) wanted.push_back(child);
          uncertain |= truth == Truth::Unknown;
        }
      }
      expect(nodes == wanted && done.uncertain == uncertain, "a filter selects what its expression is true of");
    }
  }
  subject.evaluator.set_unknown_flags(0);
}

void try_expression(std::string_view text, Subject& subject) {
  const auto expression = parsed_twice(text, [&] { return Expression::parse(text, all_functions(), subject.keys, CurrentNode::Allowed); });
  if (!expression.ok()) return expect(!Expression::parse(text, all_functions(), subject.keys).ok(), "`@` may stand where it is allowed");
  if (subject.document.empty()) return;
  const Truth truth = subject.test(expression.value(), 0);
  const bool whole = !subject.evaluator.exhausted();
  expect(truth == subject.test(expression.value(), 0), "the same truth twice");
  expect(truth != Truth::Unknown || !whole || !is_sound(subject.document), "what is known is true or false");
  subject.evaluator.set_unknown_flags(Node::kUnknown);
  const Truth perhaps = subject.test(expression.value(), 0);
  subject.evaluator.set_unknown_flags(0);
  expect(perhaps == Truth::Unknown || !whole || perhaps == truth, "what is certain is so");
  expect_filter(text, expression.value(), subject);
}

void try_value(std::string_view text, Subject& subject) {
  const auto expression = parsed_twice(text, [&] { return ValueExpression::parse(text, all_functions(), subject.keys); });
  if (!expression.ok() || subject.document.empty()) return;
  subject.evaluator.set_budget(kBudget);
  const Value value = subject.evaluator.value(expression.value(), 0, 0);
  const std::string kept = value.is(ValueKind::String) ? std::string(value.text) : std::string();
  subject.evaluator.set_budget(kBudget);
  const Value again = subject.evaluator.value(expression.value(), 0, 0);
  expect(value.kind == again.kind && (!again.is(ValueKind::String) || again.text == kept), "the same value twice");
}

void run(std::string_view input) {
  const std::size_t line = std::min(input.find('\n'), input.size());
  const std::string_view text = input.substr(0, line);
  const std::string_view json = line < input.size() ? input.substr(line + 1) : std::string_view("[]");
  static const SchemaSet schemas = built_in_schemas();
  static const KeyTable no_keys;
  Subject subject(json, schemas.keys);
  Subject without_numbers(json, no_keys);
  try_query(text, subject, without_numbers);
  try_expression(text, subject);
  try_value(text, subject);
}

}  // namespace
}  // namespace connect_lint

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  connect_lint::run({reinterpret_cast<const char*>(data), size});
  return 0;
}
