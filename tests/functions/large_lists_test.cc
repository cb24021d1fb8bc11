// 100,000 candidates, each with a call that looks at as many nodes: the budget
// tells that the work is not the product.
#include "functions_support.h"

namespace connect_lint {
namespace {

using testing::Subject;

constexpr std::size_t kMany = 100'000;

template <typename Element>
std::string list_of(std::size_t count, Element element) {
  std::string json = "[";
  for (std::size_t i = 0; i < count; ++i) json += (i > 0 ? "," : "") + element(i);
  return json + "]";
}

struct Done {
  std::size_t nodes = 0;
  std::uint64_t cost = 0;
};

Done select(Subject& subject, std::string_view text) {
  subject.evaluator.open(subject.document);
  const auto query = Query::parse(text, all_functions(), KeyTable());
  REQUIRE(query.ok());
  std::vector<NodeIndex> nodes;
  CHECK(subject.evaluator.select(query.value(), 0, nodes).complete);
  return {nodes.size(), kQueryWorkMax - subject.evaluator.budget()};
}

void check_cost(Subject& subject, std::string_view query, std::size_t nodes, std::uint64_t cost_for_each) {
  CAPTURE(query);
  const Done done = select(subject, query);
  CHECK(done.nodes == nodes);
  CHECK(done.cost < kMany * cost_for_each);
}

TEST_CASE("long lists are gone through once") {
  Subject subject(list_of(kMany, [](std::size_t i) {
    const std::string begin = std::to_string(i * 10);
    return R"({"name":"task )" + std::to_string(i % (kMany - 10)) + R"(","begin":)" + begin + R"(,"end":)" + std::to_string(i * 10 + 10) + "}";
  }));
  check_cost(subject, "$[?among(@.name, $[*].name)]", kMany, 20);
  check_cost(subject, "$[?!among(@.name, $[*].name)]", 0, 20);
  check_cost(subject, "$[?among(@.begin, $[*].end)]", kMany - 1, 20);
  check_cost(subject, "$[?earlier(@.name, $[*].name) == @.name]", 10, 20);
  check_cost(subject, "$[?earlier(@.name, $[::-1].name) == @.name]", 10, 20);
  check_cost(subject, "$[?key(@) == 99999]", 1, 10);
  check_cost(subject, "$[?key(@.name) == 'name']", kMany, 10);
  check_cost(subject, "$[?previous(@, 'end') == @.begin]", kMany - 1, 20);
  check_cost(subject, "$[?length(overlapping(@, $[*], 'begin', 'end')) > 0]", 0, 30);
  check_cost(subject, "$[?joined($[*].name, ',') == @.name]", 0, 10);
  check_cost(subject, "$[?length(overlapping(@, $[?@.begin > 999000], 'begin', 'end')) > 0]", 0, 30);
}

TEST_CASE("everything overlaps everything") {
  Subject subject(list_of(kMany, [](std::size_t i) {
    return R"({"begin":)" + std::to_string(kMany - i) + R"(,"end":)" + std::to_string(2 * kMany + i) + "}";
  }));
  check_cost(subject, "$[?length(overlapping(@, $[*], 'begin', 'end')) > 0]", kMany - 1, 30);
}

TEST_CASE("what cannot be kept is bounded by the budget") {
  Subject subject(list_of(kMany, [](std::size_t i) { return std::to_string(i); }));
  for (const std::string text : {"$[?among(@, $[?@ != 0])]", "$[?key($[99999]) == key(@)]"}) {
    CAPTURE(text);
    CHECK(subject.values(text, all_functions()) != "incomplete");
  }
  // A list that differs from call to call.
  Subject nested("[" + list_of(20'000, [](std::size_t i) { return std::to_string(i); }) + "]");
  nested.evaluator.set_budget(1'000'000);
  CHECK(nested.values("$[?@[?among(-1, $[?@ != 1][*])]]", all_functions()).empty());
  nested.evaluator.set_budget(1'000);
  CHECK(nested.values("$[0][?among(-1, $[0][*])]", all_functions()) == "incomplete");
  // Nothing half done is kept: with a new budget all is well.
  nested.evaluator.set_budget(1'000'000);
  CHECK(nested.values("$[0][?among(-1, $[0][*])]", all_functions()).empty());
}

TEST_CASE("deep documents") {
  const std::size_t depth = 9'000;
  Subject subject(std::string(depth, '[') + "7" + std::string(depth, ']'));
  CHECK(subject.values("$..[?key(@) == 0 && @ == 7]", all_functions()) == "7");
  CHECK(kQueryWorkMax - subject.evaluator.budget() < 500'000);
}

}  // namespace
}  // namespace connect_lint
