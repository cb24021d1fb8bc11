// What evaluation promises besides the RFC: bounded work, no allocation while
// nothing is selected, parts of queries, traces.
#include <catch2/catch.hpp>

#include <cstdlib>
#include <new>
#include <string>
#include <thread>

#include "base/limits.h"
#include "support.h"

// Every allocation of this program is counted.
namespace {
thread_local std::size_t allocations = 0;
}

void* operator new(std::size_t size) {
  ++allocations;
  if (void* const memory = std::malloc(size == 0 ? 1 : size)) return memory;
  throw std::bad_alloc();
}
void* operator new(std::size_t size, const std::nothrow_t&) noexcept {
  ++allocations;
  return std::malloc(size == 0 ? 1 : size);
}
void operator delete(void* memory) noexcept { std::free(memory); }
void operator delete(void* memory, std::size_t) noexcept { std::free(memory); }
void operator delete(void* memory, const std::nothrow_t&) noexcept { std::free(memory); }

namespace connect_lint {
namespace {

using testing::example_functions;
using testing::Subject;

Query parsed(std::string_view text) {
  const auto query = Query::parse(text, example_functions(), KeyTable());
  REQUIRE(query.ok());
  return query.value();
}

std::string list_of(std::size_t count, std::string_view element) {
  std::string json = "[";
  for (std::size_t i = 0; i < count; ++i) {
    if (i > 0) json += ',';
    json += element;
  }
  return json + "]";
}

TEST_CASE("nothing is allocated while nothing is selected") {
  Subject subject(
      R"({"Tasks":[{"TaskType":"Map","Fields":["a","b"],"Op":{"S3":"PROJECTION"}},{"TaskType":"Filter","Fields":[],"Op":{}}],)"
      R"("Source":{"Type":"S3"},"Text":"abc"})");
  for (const std::string text : {"$.absent", "$.Tasks[?@.TaskType == 'Truncate']", "$..absent", "$.Tasks[*].Op[?key(@) != $.Source.Type]",
                                 "$.Tasks[?count(@.Fields[*]) > 2 || length(@.TaskType) > 10]", "$.Tasks[::-1].absent",
                                 "$.Tasks[?match(@.TaskType, '[a-z]+')]", "$[?search(@, 'z|y')]", "$.Tasks[?@ == $.Source]",
                                 "$.Tasks[?@.Fields == $.Tasks[0].Op]", "$.Tasks[?position('c', @.Fields[*]) > 0]",
                                 "$.Tasks[?!@.TaskType && @..x[?@.y]]", "$[?twice(@) == 'abcabcabc']"}) {
    CAPTURE(text);
    const Query query = parsed(text);
    std::vector<NodeIndex> nodes;
    REQUIRE(subject.evaluator.select(query, 0, nodes).complete);  // RE2 builds its automata, tables grow once.
    const std::size_t before = allocations;
    for (int i = 0; i < 3; ++i) static_cast<void>(subject.evaluator.select(query, 0, nodes));
    CHECK(allocations == before);
    CHECK(nodes.empty());
  }
  const auto condition = Expression::parse("$.Source.Type == 'Marketo' && !$.Other", standard_functions(), KeyTable());
  const auto value = ValueExpression::parse("$.Source.Type", standard_functions(), KeyTable());
  const std::size_t before = allocations;
  CHECK(subject.evaluator.test(condition.value(), 0) == Truth::False);
  CHECK(subject.evaluator.value(value.value(), 0).text == "S3");
  CHECK(allocations - before < 20);  // CHECK's own.
}

TEST_CASE("work is bounded") {
  const std::string json = list_of(3'000, R"({"a":[1,2,3],"b":{"c":"text","d":[{"e":1}]}})");
  Subject subject(json);
  for (const std::string text :
       {"$..*..*..*..*..*..*", "$..[?@..[?@..[?@..[?@.z]]]]", "$..[?count($..*) == count(@..*) && count($..[?@==@]) == 1]",
        "$..[*,*,*,*]..[*,*,*,*]..[*,*,*,*]..[*,*,*,*]", "$..[?@..[?@.e == 2] || @..*..*..*.x]",
        "$[?rest(rest($..*)) && rest(@..*) && $[?rest($..*)]..*..*..*..*.x]"}) {
    CAPTURE(text);
    const Query query = parsed(text);
    subject.evaluator.set_budget(200'000);
    std::vector<NodeIndex> nodes;
    const Selection selection = subject.evaluator.select(query, 0, nodes);
    CHECK(!selection.complete);
    CHECK(subject.evaluator.exhausted());
    CHECK(subject.evaluator.budget() == 0);
    CHECK(nodes.size() <= 200'001);
  }
  // What does not depend on the candidate is looked for once.
  subject.evaluator.set_budget(200'000);
  CHECK(subject.values("$[*][?$[*][?$[*][?@.x]]]").empty());
  CHECK(subject.evaluator.budget() > 100'000);
  subject.evaluator.set_budget(0);
  CHECK(subject.values("$[0]") == "incomplete");
  // What comes next is not done either, until the budget is renewed.
  std::vector<NodeIndex> nodes;
  CHECK(!subject.evaluator.select(parsed("$[0]"), 0, nodes).complete);
  CHECK(subject.test("1 == 1") == "unknown");
  CHECK(subject.value("$[0].b.c") == "unknown");
  subject.evaluator.set_budget(1'000);
  CHECK(subject.evaluator.select(parsed("$[0]"), 0, nodes).complete);
  CHECK(subject.evaluator.budget() > 900);
  CHECK(subject.test("1 == 1") == "true");
  subject.evaluator.open(subject.document);
  CHECK(subject.evaluator.budget() == kQueryWorkMax);
}

TEST_CASE("the budget counts what is visited") {
  Subject subject("[1,2,3,4,5,6,7,8,9,10]");
  std::vector<NodeIndex> nodes;
  subject.evaluator.set_budget(10);
  CHECK(subject.evaluator.select(parsed("$[*]"), 0, nodes).complete);
  CHECK(nodes.size() == 10);
  subject.evaluator.set_budget(9);
  CHECK(!subject.evaluator.select(parsed("$[*]"), 0, nodes).complete);
  CHECK(nodes.size() == 9);
  subject.evaluator.set_budget(0);
  CHECK(subject.evaluator.select(parsed("$"), 0, nodes).complete);
  CHECK(!subject.evaluator.select(parsed("$[0]"), 0, nodes).complete);
}

TEST_CASE("long texts cost") {
  Subject subject("[\"" + std::string(1'000'000, 'a') + "\"," + list_of(100, "1") + ",\"" + std::string(1'000'000, 'a') + "\"]");
  const auto cost = [&](std::string_view text) {
    subject.evaluator.open(subject.document);
    std::vector<NodeIndex> nodes;
    CHECK(subject.evaluator.select(parsed(text), 0, nodes).complete);
    return kQueryWorkMax - subject.evaluator.budget();
  };
  CHECK(cost("$[1][?search(@, 'b')]") < 1'000);
  CHECK(cost("$[?search(@, 'b')]") > 100'000);
  CHECK(cost("$[?@ == $[2]]") > 10'000);
  CHECK(cost("$[1][?search($[0], 'b')]") < 200'000);  // Once.
}

TEST_CASE("deep documents and deep queries") {
  const std::size_t depth = 9'000;
  std::string json;
  for (std::size_t i = 0; i < depth; ++i) json += "[";
  json += "1";
  for (std::size_t i = 0; i < depth; ++i) json += "]";
  Subject subject("[" + json + "," + json + "]");
  CHECK(subject.values("$..[?@ == 1]") == "1 1");
  CHECK(subject.test("$[0] == $[1]") == "true");
  CHECK(subject.test("$[0][0] == $[1]") == "false");
  std::string names = "$";
  std::string wild = "$";
  for (std::size_t i = 0; i < kQuerySegmentsMax; ++i) {
    names += "[0]";
    wild += "[*]";
  }
  CHECK(!subject.values(names).empty());
  CHECK(!subject.values(wild).empty());
  std::string nested = "@[0]";
  for (std::size_t i = 1; i < kQueryNestingMax; ++i) nested = "@[?" + nested + "]";
  CHECK(subject.values("$[?" + nested + "]").size() == 2 * json.size() + 1);
  std::string calls = "$[0]";
  for (std::size_t i = 1; i < kQueryNestingMax; ++i) calls = "same(" + calls + ")";
  CHECK(subject.test(calls + " == $[1]", example_functions()) == "true");
}

TEST_CASE("big objects are compared in any order") {
  std::string forward = "{";
  std::string backward = "{";
  for (int i = 0; i < 20'000; ++i) {
    forward += (i > 0 ? ",\"k" : "\"k") + std::to_string(i) + "\":" + std::to_string(i);
    backward += (i > 0 ? ",\"k" : "\"k") + std::to_string(19'999 - i) + "\":" + std::to_string(19'999 - i);
  }
  Subject subject("[" + forward + "}," + backward + "}," + backward + ",\"x\":1}]");
  CHECK(subject.test("$[0] == $[1]") == "true");
  CHECK(subject.test("$[0] == $[2]") == "false");
  CHECK(!subject.evaluator.exhausted());
}

TEST_CASE("any node may be the root") {
  Subject subject(R"({"flows":[{"type":"a","tasks":[{"type":"a"},{"type":"b"}]},{"type":"b","tasks":[{"type":"a"}]}]})");
  const Query query = parsed("$.tasks[?@.type != $.type]");
  std::vector<NodeIndex> nodes;
  subject.evaluator.select(query, subject.node("$.flows[0]"), nodes);
  CHECK(nodes == std::vector<NodeIndex>{subject.node("$.flows[0].tasks[1]")});
  subject.evaluator.select(query, subject.node("$.flows[1]"), nodes);
  CHECK(nodes == std::vector<NodeIndex>{subject.node("$.flows[1].tasks[0]")});
  const auto current = Expression::parse("@.type == $.type", standard_functions(), KeyTable(), CurrentNode::Allowed);
  CHECK(subject.evaluator.test(current.value(), subject.node("$.flows[0]"), subject.node("$.flows[0].tasks[0]")) == Truth::True);
  CHECK(subject.evaluator.test(current.value(), subject.node("$.flows[0]"), subject.node("$.flows[0].tasks[1]")) == Truth::False);
  // The last member of its parent: descendants end with it.
  subject.evaluator.select(parsed("$..*"), subject.node("$.flows[0].tasks[1]"), nodes);
  CHECK(nodes.size() == 1);
}

TEST_CASE("queries that begin alike are walked once") {
  const auto common = [](const Query& x, const Query& y) { return common_segments(x.program(), y.program()); };
  const Query a = parsed("$.tasks[*].type[?@ == 'x'].y");
  const Query b = parsed("$['tasks'][*].type[?@ == 'x'].z");
  CHECK(common(a, b) == 4);
  CHECK(common(a, a) == 5);
  CHECK(common(a, parsed("$")) == 0);
  CHECK(common(a, parsed("$.tasks")) == 1);
  CHECK(common(parsed("$[1:2]"), parsed("$[1:3]")) == 0);
  CHECK(common(parsed("$..a"), parsed("$.a")) == 0);
  CHECK(common(parsed("$[?@.a]"), parsed("$[?@.b]")) == 0);
  CHECK(a.segments().size() == 5);
  CHECK(!a.singular());
  CHECK(parsed("$.a[0]").singular());

  Subject subject(R"({"tasks":[{"n":1},{"n":2}]})");
  const Query query = parsed("$.tasks[*].n");
  std::vector<NodeIndex> all;
  subject.evaluator.select(query, 0, all);
  std::vector<NodeIndex> rest;
  for (const std::string_view task : {"$.tasks[0]", "$.tasks[1]"})
    subject.evaluator.select_from(query.program(), 2, 0, subject.node(task), rest);
  CHECK(rest == all);
}

TEST_CASE("an evaluator goes from document to document") {
  Evaluator evaluator;
  JsonReader reader;
  Document document;
  SourceText source;
  const Query query = parsed("$[?@.a == twice('b')]");
  for (int round = 0; round < 5; ++round) {
    source.assign(round % 2 == 0 ? R"([{"a":"bb","a":"bb"},{"a":"b"}])" : R"({"x":{"a":"c"},"y":{"a":"bb"}})");
    reader.read(source, KeyTable(), 128, document);
    evaluator.open(document);
    std::vector<NodeIndex> nodes;
    CHECK(evaluator.select(query, 0, nodes).complete);
    REQUIRE(nodes.size() == 1);
    CHECK(document.key(nodes[0]) == (round % 2 == 0 ? "" : "y"));
  }
}

TEST_CASE("queries are shared by threads") {
  const Query query = parsed("$..[?match(@.a, '[a-c]+') && length(@.a) > 1]");
  std::vector<std::thread> threads;
  std::vector<int> right(4, 0);
  for (std::size_t i = 0; i < right.size(); ++i) {
    threads.emplace_back([&, i] {
      Subject subject(list_of(50, R"({"a":"abc"},{"a":"a"},{"a":"xyz"})"));
      for (int round = 0; round < 20; ++round) {
        std::vector<NodeIndex> nodes;
        subject.evaluator.select(query, 0, nodes);
        right[i] += nodes.size() == 50;
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  CHECK(right == std::vector<int>(4, 20));
}

TEST_CASE("traces tell what was looked at") {
  Subject subject(R"({"tasks":[{"type":"Map","n":1},{"type":"Filter"}]})");
  const Query query = parsed("$.tasks[?@.type == 'Map' && length(@.n) != 3 || $.absent].n");
  Trace trace;
  subject.evaluator.set_trace(&trace);
  std::vector<NodeIndex> nodes;
  subject.evaluator.select(query, 0, nodes);
  subject.evaluator.set_trace(nullptr);
  CHECK(trace.selected == std::vector<std::uint64_t>{1, 1, 1});
  std::string steps;
  for (const TraceStep& step : trace.steps) {
    steps += std::to_string(step.current) + " " + std::string(query.text().substr(step.span.begin, step.span.end - step.span.begin)) +
             " -> " + (step.is_value ? testing::shown(step.value) : testing::shown(step.truth)) + "\n";
  }
  CHECK(steps ==
        "2 @.type -> 'Map'\n"
        "2 @.type == 'Map' -> true\n"
        "2 @.n -> 1\n"
        "2 length(@.n) -> nothing\n"
        "2 length(@.n) != 3 -> true\n"
        "2 @.type == 'Map' && length(@.n) != 3 -> true\n"
        "2 @.type == 'Map' && length(@.n) != 3 || $.absent -> true\n"
        "5 @.type -> 'Filter'\n"
        "5 @.type == 'Map' -> false\n"
        "5 @.type == 'Map' && length(@.n) != 3 -> false\n"
        "5 $.absent -> false\n"
        "5 @.type == 'Map' && length(@.n) != 3 || $.absent -> false\n");
  // Long ones are cut.
  Subject large(list_of(kTraceStepsMax, "1"));
  Trace many;
  large.evaluator.set_trace(&many);
  large.evaluator.select(parsed("$[?@ == 1]"), 0, nodes);
  CHECK(many.steps.size() == kTraceStepsMax);
  CHECK(many.steps_left_out == kTraceStepsMax);
  CHECK(many.selected == std::vector<std::uint64_t>{kTraceStepsMax});
}

TEST_CASE("numbers are read as they are written") {
  struct Row {
    std::string text;
    std::string shown;  // "none" for what is no number.
  };
  const std::vector<Row> rows = {{"0", "0"},          {"-0", "0"},       {"12", "12"},       {"-7", "-7"},      {"9223372036854775807", "9223372036854775807"},
                                 {"1.5", "1.500000"}, {"1e2", "100.000000"}, {"1E-1", "0.100000"}, {"+5", "5"},   {".5", "0.500000"},
                                 {"012", "12"},       {"", "none"},      {"-", "none"},      {"a", "none"},     {"1a", "none"},
                                 {"0x10", "none"},    {"inf", "none"},   {"nan", "none"},    {"Infinity", "none"}, {"1 ", "none"},
                                 {"1e999", "inf"},    {"-1e999", "-inf"}, {"1e-999", "0.000000"}, {"1e+999", "inf"}};
  for (const Row& row : rows) {
    CAPTURE(row.text);
    const auto number = read_number(row.text);
    CHECK((number ? testing::shown(Value::of(*number)) : "none") == row.shown);
  }
  CHECK(testing::shown(Value::of(*read_number("1" + std::string(400, '0')))) == "inf");
  CHECK(testing::shown(Value::of(*read_number("0." + std::string(400, '0') + "1"))) == "0.000000");
}

}  // namespace
}  // namespace connect_lint
