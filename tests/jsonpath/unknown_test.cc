// Values that are not known before deployment: three truth values.
#include <catch2/catch.hpp>

#include "support.h"

namespace connect_lint {
namespace {

using testing::example_functions;
using testing::Subject;

TEST_CASE("three truth values") {
  constexpr Truth f = Truth::False, u = Truth::Unknown, t = Truth::True;
  struct Row {
    Truth a, b, conjunction, disjunction;
  };
  for (const Row& row : {Row{f, f, f, f}, Row{f, u, f, u}, Row{f, t, f, t}, Row{u, u, u, u}, Row{u, t, u, t}, Row{t, t, t, t}}) {
    CHECK(both(row.a, row.b) == row.conjunction);
    CHECK(both(row.b, row.a) == row.conjunction);
    CHECK(either(row.a, row.b) == row.disjunction);
    CHECK(either(row.b, row.a) == row.disjunction);
  }
  CHECK((operator!(f) == t && operator!(u) == u && operator!(t) == f));
}

TEST_CASE("what depends on an unknown value") {
  struct Row {
    std::string expression;
    std::string truth;
  };
  const std::vector<Row> rows = {
      // `$.u` is unknown, `$.list` and `$.deep` hold unknown values, the rest is known.
      {"$.u", "true"},
      {"!$.u", "false"},
      {"$.u == 1", "unknown"},
      {"1 == $.u", "unknown"},
      {"$.u != 1", "unknown"},
      {"$.u < 1", "unknown"},
      {"$.u >= 1", "unknown"},
      {"$.u == $.u", "unknown"},
      {"$.u == $.absent", "unknown"},
      {"$.u == null", "unknown"},
      {"!($.u == 1)", "unknown"},
      {"$.known == 1", "true"},
      {"$.known != 1", "false"},
      // Below it.
      {"$.u.a", "unknown"},
      {"$.u[0]", "unknown"},
      {"$.u.*", "unknown"},
      {"$.u..a", "unknown"},
      {"!$.u.a", "unknown"},
      {"$.u.a == 1", "unknown"},
      {"$.u.a.b.c != 'x'", "unknown"},
      {"$.absent.a", "false"},
      {"$.known.a", "false"},
      // Descendants: what is found is found.
      {"$..known", "true"},
      {"$..absent", "unknown"},
      {"$.deep..z", "unknown"},
      {"$.deep..y", "true"},
      {"$.clear..z", "false"},
      {"$.list[*]", "true"},
      {"$.list[*].a", "unknown"},
      {"$.list[2].a", "false"},
      {"$.list[?@ == 7]", "unknown"},
      {"$.list[?@ == 3]", "true"},
      {"$.clear[?@ == 7]", "false"},
      // And, or.
      {"$.u == 1 && $.absent", "false"},
      {"$.absent && $.u == 1", "false"},
      {"$.u == 1 && $.known", "unknown"},
      {"$.u == 1 || $.known", "true"},
      {"$.u == 1 || $.absent", "unknown"},
      {"!($.u == 1 || $.absent)", "unknown"},
      {"$.u == 1 && $.u == 1", "unknown"},
      // Arrays and objects that hold unknown values.
      {"$.list == $.list", "unknown"},
      {"$.list == $.other", "false"},
      {"$.list == $.alike", "unknown"},
      {"$.list == $.unlike", "false"},
      {"$.list != $.unlike", "true"},
      {"$.list == 1", "false"},
      {"$.list < 1", "false"},
      {"$.clear == $.clear", "true"},
      // Functions.
      {"length($.u) == 1", "unknown"},
      {"length($.u.a) == 1", "unknown"},
      {"length($.list) == 3", "true"},
      {"match($.u, 'a')", "unknown"},
      {"!match($.u, 'a')", "unknown"},
      {"match('a', $.u)", "unknown"},
      {"match($.clear[0], 'a')", "false"},
      {"count($.list[*]) == 3", "true"},
      {"count($.u) == 1", "true"},
      {"count($.u.*) == 0", "unknown"},
      {"count($.list[?@ == 3]) == 1", "unknown"},
      {"count($..known) == 1", "unknown"},
      {"value($.u) == 1", "unknown"},
      {"value($.list[0]) == 2", "unknown"},
      {"value($.list[2]) == 3", "true"},
      {"key($.u) == 'u'", "true"},
      {"known($.u)", "false"},
      {"known($.known)", "true"},
      {"bal($.u == 1)", "unknown"},
      {"bal($.u)", "false"},
      {"rest($.list[*])", "true"},
      {"rest($.u.*)", "unknown"},
      {"count(rest($.u.*)) == 0", "unknown"},
      {"twice($.u) == 'aa'", "unknown"},
  };
  Subject subject(
      R"({"u":"${VALUE}","known":1,"list":[2,"$",3],"other":[2,3],"alike":[2,9,3],"unlike":[2,9,4],)"
      R"("deep":{"x":{"y":1},"w":{"Ref":"a"}},"clear":[1,{"a":{}}]})");
  subject.make_unknown("$['u']");
  subject.make_unknown("$.list[0,1]");
  subject.make_unknown("$.deep.w");
  for (const Row& row : rows) {
    CAPTURE(row.expression);
    CHECK(subject.test(row.expression, example_functions()) == row.truth);
    // In a filter, where constant parts are kept from candidate to candidate.
    CHECK(subject.values("$.clear[?" + row.expression + "]", example_functions()).empty() == (row.truth != "true"));
    CHECK(subject.values("$.clear[?@ == $.absent || (" + row.expression + ")]", example_functions()).empty() == (row.truth != "true"));
  }
  CHECK(subject.value("$.u") == "unknown");
  CHECK(subject.value("$.u.a") == "unknown");
  CHECK(subject.value("length($.u)") == "unknown");
  CHECK(subject.value("$.absent") == "nothing");
}

TEST_CASE("of a value that may be absent not even its existence is known") {
  struct Row {
    std::string expression;
    std::string truth;
  };
  const std::vector<Row> rows = {{"$.p", "unknown"},
                                 {"!$.p", "unknown"},
                                 {"$.p == 1", "unknown"},
                                 {"$.p.a", "unknown"},
                                 {"$['p', 'known']", "true"},
                                 {"$['p', 'absent']", "unknown"},
                                 {"$.known && !$.p", "unknown"},
                                 {"$.list[1]", "unknown"},
                                 {"$.list[0]", "true"},
                                 {"$.list[*]", "true"},
                                 {"$.list[1:]", "unknown"},
                                 {"$.list[?@ == 2]", "unknown"},
                                 {"$.list[?@ == 1]", "true"},
                                 {"count($.list[*]) == 2", "unknown"},
                                 {"count($.known) == 1", "true"},
                                 {"$..p", "unknown"},
                                 {"$.lonely.*", "unknown"}};
  Subject subject(R"({"p":null,"known":1,"list":[1,null],"lonely":{"p":null}})");
  for (NodeIndex node = 0; node < subject.document.nodes.size(); ++node)
    if (subject.document[node].kind == Kind::Null) subject.document.nodes[node].flags |= Node::kUnknown | Node::kPerhaps;
  for (const Row& row : rows) {
    CAPTURE(row.expression);
    CHECK(subject.test(row.expression) == row.truth);
  }
}

TEST_CASE("a selection says when an unknown value may hide more") {
  struct Row {
    std::string query;
    std::string values;
    bool uncertain;
  };
  const std::vector<Row> rows = {{"$.a", "{\"x\":1}", false},
                                 {"$.a.x", "", true},
                                 {"$.b.x", "2", false},
                                 {"$[*]", "{\"x\":1} {\"x\":2}", false},
                                 {"$[*].x", "2", true},
                                 {"$..x", "2", true},
                                 {"$.b..x", "2", false},
                                 {"$[?@.x == 2]", "{\"x\":2}", true},
                                 {"$[?@.y == 2]", "", true},
                                 {"$[?@]", "{\"x\":1} {\"x\":2}", false},
                                 {"$[?@.x > 2 && @.y]", "", true},
                                 {"$.b[?@ == 2]", "2", false}};
  Subject subject(R"({"a":{"x":1},"b":{"x":2}})");
  subject.make_unknown("$.a");
  for (const Row& row : rows) {
    CAPTURE(row.query);
    CHECK(subject.values(row.query) == row.values);
    const auto query = Query::parse(row.query, standard_functions(), KeyTable());
    std::vector<NodeIndex> nodes;
    CHECK(subject.evaluator.select(query.value(), 0, nodes).uncertain == row.uncertain);
  }
}

}  // namespace
}  // namespace connect_lint
