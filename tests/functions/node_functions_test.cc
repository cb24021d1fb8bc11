// among, earlier, joined, key, overlapping, previous.
#include "functions_support.h"

namespace connect_lint {
namespace {

using testing::check_queries;
using testing::check_tests;
using testing::check_values;
using testing::Subject;

TEST_CASE("keys and indices") {
  Subject subject(R"({"a":{"b c":1,"":2,"\u00e9\n":3,"x":[]},"list":[10,[11,12],{"k":13}],"twice":1,"twice":2,"u":{"v":[1]}})");
  subject.make_unknown("$.u");
  check_values(subject, {
                            {"key($.a)", "'a'"},
                            {"key($.a['b c'])", "'b c'"},
                            {"key($.a[''])", "''"},
                            {"key($.a['\\u00e9\\n'])", "'é\n'"},
                            {"key($.list[0])", "0"},
                            {"key($.list[-1])", "2"},
                            {"key($.list[1][1])", "1"},
                            {"key($.list[2].k)", "'k'"},
                            {"key($.twice)", "'twice'"},
                            {"key($)", "nothing"},
                            {"key($.absent)", "nothing"},
                            {"key($.list[*])", "nothing"},
                            {"key($.list[0,0])", "nothing"},
                            {"key($.list[?@.k])", "2"},
                            {"key($.u)", "'u'"},
                            {"key($.u.v)", "unknown"},
                        });
  check_queries(subject, {{"$.list[?key(@) == 1]", "[11,12]"},
                          {"$.a[?key(@) != 'x' && key(@) != '']", "1 3"},
                          {"$.list[::-1][?key(@) == 0]", "11"},
                          {"$..[?key(@) == 1]", "[11,12] 12"}});
  // `$` has a key where it is a part of something.
  const auto key = ValueExpression::parse("key($)", all_functions(), KeyTable());
  REQUIRE(key.ok());
  CHECK(testing::shown(subject.evaluator.value(key.value(), subject.node("$.a"))) == "'a'");
  CHECK(testing::shown(subject.evaluator.value(key.value(), subject.node("$.list[1]"))) == "1");
  // A key that an earlier check refused is the key as it is written, but for those who do not want what was refused.
  subject.document.nodes[subject.node("$.a")].flags |= Node::kKeyBroken;
  check_values(subject, {{"key($.a)", "'a'"}, {"key($.a['b c'])", "'b c'"}, {"key($.u.v)", "unknown"}});
  check_queries(subject, {{"$[?key(@) == 'a'].x", "[]"}});
  subject.evaluator.set_unknown_flags(Node::kUnknown | Node::kBroken);
  check_values(subject, {{"key($.a)", "unknown"}, {"key($.a['b c'])", "'b c'"}, {"key($.list[0])", "0"}, {"key($.u.v)", "unknown"}});
  check_queries(subject, {{"$[?key(@) == 'a'].x", ""}});
}

TEST_CASE("keys that the key table has") {
  const KeyTable keys = KeyTable();
  Subject subject(R"({"Tasks":[{"TaskType":"Map"},{"TaskType":"Filter"}]})", keys);
  check_values(subject, {{"key($.Tasks[1].TaskType)", "'TaskType'"}, {"key($.Tasks[1])", "1"}});
}

TEST_CASE("the element before") {
  Subject subject(R"([{"a":1,"b":2},{"a":3},5,{"\u0061":4,"a":6,"c":{"a":7}},{"u":8},{"x":9},{"x":10}])");
  subject.make_unknown("$[4].u");
  subject.make_unknown("$[5]");
  check_values(subject, {
                            {"previous($[0], 'a')", "nothing"},
                            {"previous($[1], 'a')", "1"},
                            {"previous($[1], 'b')", "2"},
                            {"previous($[1], 'z')", "nothing"},
                            {"previous($[2], 'a')", "3"},
                            {"previous($[3], 'a')", "nothing"},
                            {"previous($[4], 'a')", "6"},
                            {"previous($[4], 'c')", "container"},
                            {"previous($[5], 'u')", "unknown"},
                            {"previous($[6], 'x')", "unknown"},
                            {"previous($[3].a, 'a')", "nothing"},
                            {"previous($[3].c, 'a')", "nothing"},
                            {"previous($, 'a')", "nothing"},
                            {"previous($[*], 'a')", "nothing"},
                            {"previous($[99], 'a')", "nothing"},
                            {"previous($[1], $[0].b)", "nothing"},
                            {"previous($[1], 1)", "error: the name of a member is a text"},
                            {"previous($[5].x, 'a')", "unknown"},
                        });
  check_queries(subject, {{"$[?previous(@, 'a') == 3]", "5"}, {"$[?previous(@, 'a') < @.a]", R"({"a":3})"}});
  const auto before = ValueExpression::parse("previous($[1], 'a')", all_functions(), KeyTable());
  CHECK(subject.evaluator.value(before.value(), 0).node == subject.node("$[0].a"));
}

TEST_CASE("texts are joined") {
  Subject subject(R"({"list":["a","\u0062","é",""],"one":["x"],"mixed":["a",1],"nested":[["a"]],"some":["a","b"],"odd":[1,"b"],"number":1})");
  subject.make_unknown("$.some[0]");
  subject.make_unknown("$.odd[1]");
  check_values(subject, {
                            {"joined($.list[*], ',')", "'a,b,é,'"},
                            {"joined($.list[*], '')", "'abé'"},
                            {"joined($.list[::-1], ' - ')", "' - é - b - a'"},
                            {"joined($.one[*], ',')", "'x'"},
                            {"joined($.one[0], ',')", "'x'"},
                            {"joined($.absent, ',')", "''"},
                            {"joined($.mixed[*], ',')", "nothing"},
                            {"joined($.nested[*], ',')", "nothing"},
                            {"joined($.list, ',')", "nothing"},
                            {"joined($.list[*], $.list[0])", "'aabaéa'"},
                            {"joined($.list[*], $.number)", "nothing"},
                            {"joined($.list[*], $.absent)", "nothing"},
                            {"joined($.list[*], 1)", "error: the separator is a text"},
                            {"joined($.some[*], ',')", "unknown"},
                            {"joined($.odd[*], ',')", "nothing"},
                            {"joined($.list[*], $.some[0])", "unknown"},
                        });
}

// Short and long lists go different ways to the same results.
std::string padding(std::size_t count) {
  std::string text;
  for (std::size_t i = 0; i < count; ++i) text += ",\"padding " + std::to_string(i) + "\"";
  return text;
}

TEST_CASE("values among others") {
  for (const std::size_t count : {0u, 30u}) {
    CAPTURE(count);
    Subject subject(R"({"list":["a","\u0062",1,2.0,true,null,[],{},9007199254740993,-0.0)" + padding(count) + R"(],"some":["a","x")" +
                    padding(count) + R"(],"none":[],"one":1,"u":1,"float":2.00,"array":[],"object":{},"no":false,"null":null})");
    subject.make_unknown("$.u");
    subject.make_unknown("$.some[1]");
    check_tests(subject, {
                             {"among('a', $.list[*])", "true"},
                             {"among('b', $.list[*])", "true"},
                             {"among('c', $.list[*])", "false"},
                             {"among('A', $.list[*])", "false"},
                             {"among('1', $.list[*])", "false"},
                             {"among($.one, $.list[*])", "true"},
                             {"among(1.0, $.list[*])", "true"},
                             {"among(2, $.list[*])", "true"},
                             {"among($.float, $.list[*])", "true"},
                             {"among(3, $.list[*])", "false"},
                             {"among(0, $.list[*])", "true"},
                             {"among(9007199254740993, $.list[*])", "true"},
                             {"among(9007199254740992, $.list[*])", "false"},
                             {"among(true, $.list[*])", "true"},
                             {"among($.no, $.list[*])", "false"},
                             {"among(null, $.list[*])", "true"},
                             {"among($.array, $.list[*])", "false"},
                             {"among($.object, $.list[*])", "false"},
                             {"among($.absent, $.list[*])", "false"},
                             {"among('a', $.list)", "false"},
                             {"among('a', $.none[*])", "false"},
                             {"among($.absent, $.absent)", "false"},
                             // Unknown values: what is found is found.
                             {"among($.u, $.list[*])", "unknown"},
                             {"among($.u, $.none[*])", "false"},
                             {"among('a', $.some[*])", "true"},
                             {"among('c', $.some[*])", "unknown"},
                             {"!among('c', $.some[*])", "unknown"},
                             {"among('c', $.u.*)", "unknown"},
                             {"among('a', $['u','list'][*])", "true"},
                             {"among('c', $['u','list'][*])", "unknown"},
                         });
    check_queries(subject, {{"$.list[?among(@, $.list[0,2])]", "\"a\" 1"}, {"$[?among('x', @.*)]", ""}});
  }
}

TEST_CASE("repetitions") {
  for (const std::size_t count : {0u, 30u}) {
    CAPTURE(count);
    Subject subject(R"({"list":[{"n":"a"},{"n":"b"},{"n":"\u0061"},{},{"n":"a"},{"n":1},{"n":1.0},{"n":[]},{"n":[]},{"n":null},{"n":null})" +
                    [&] {
                      std::string more;
                      for (std::size_t i = 0; i < count; ++i) more += R"(,{"n":"p)" + std::to_string(i) + "\"}";
                      return more;
                    }() +
                    R"(],"some":["a","?","a","b"],"same":["x","x"]})");
    subject.make_unknown("$.some[1]");
    check_queries(subject, {
                               {"$.list[?@.n && earlier(@.n, $.list[*].n) == @.n]", R"({"n":"\u0061"} {"n":"a"} {"n":1.0} {"n":null})"},
                               {"$.list[?@.n && earlier(@.n, $.list[::-1].n) == @.n]", R"({"n":"a"} {"n":"\u0061"} {"n":1} {"n":null})"},
                               {"$.list[?@.n && earlier(@.n, $.list[0].n) == @.n]", ""},
                               {"$.some[?earlier(@, $.some[*]) == @]", "\"a\""},
                               {"$.same[?earlier(@, $.same[0,0,1]) == @]", "\"x\""},
                           });
    check_values(subject, {
                              {"earlier($.list[2].n, $.list[*].n)", "'a'"},
                              {"earlier($.list[0].n, $.list[*].n)", "nothing"},
                              {"earlier($.list[3].n, $.list[*].n)", "nothing"},
                              {"earlier($.list[7].n, $.list[*].n)", "nothing"},
                              {"earlier($.list[8].n, $.list[*].n)", "nothing"},
                              {"earlier($.list[0,1].n, $.list[*].n)", "nothing"},
                              {"earlier($.some[2], $.list[*].n)", "nothing"},
                              {"earlier($.list[2].n, $.absent)", "nothing"},
                              {"earlier($.some[0], $.some[*])", "nothing"},
                              {"earlier($.some[1], $.some[*])", "unknown"},
                              {"earlier($.some[1], $.some[1:])", "nothing"},
                              {"earlier($.some[1], $.list[*])", "nothing"},
                              {"earlier($.some[2], $.some[*])", "'a'"},
                              {"earlier($.some[3], $.some[*])", "unknown"},
                              {"earlier($.some[3], $.some[2:])", "nothing"},
                              {"earlier($.some[1].x, $.some[*])", "unknown"},
                              {"earlier($.some[2], $.some[*,?@.x])", "'a'"},
                              {"earlier($.some[0], $.some[*]['x'])", "unknown"},
                          });
    const auto first = ValueExpression::parse("earlier($.list[4].n, $.list[*].n)", all_functions(), KeyTable());
    CHECK(subject.evaluator.value(first.value(), 0).node == subject.node("$.list[0].n"));
  }
}

TEST_CASE("intervals that overlap") {
  const std::string query = "$[?length(overlapping(@, $[*], 'b', 'e')) > 0]";
  struct Case {
    std::string json;
    std::string found;
  };
  const std::vector<Case> cases = {
      {"[]", ""},
      {R"([{"b":1,"e":5}])", ""},
      {R"([{"b":1,"e":5},{"b":5,"e":9}])", ""},
      {R"([{"b":1,"e":5},{"b":4,"e":9}])", R"({"b":4,"e":9})"},
      {R"([{"b":4,"e":9},{"b":1,"e":5}])", R"({"b":4,"e":9})"},
      {R"([{"b":1,"e":5},{"b":1,"e":5}])", R"({"b":1,"e":5})"},
      {R"([{"b":1,"e":9},{"b":2,"e":3},{"b":4,"e":5},{"b":9,"e":10}])", R"({"b":2,"e":3} {"b":4,"e":5})"},
      {R"([{"b":1.5,"e":2.5},{"b":2.4,"e":3}])", R"({"b":2.4,"e":3})"},
      {R"([{"b":"2021-10-14","e":"2021-10-15"},{"b":1634169600,"e":1634169601}])", R"({"b":1634169600,"e":1634169601})"},
      {R"([{"b":"2021-10-14T00:00:00+02:00","e":"2021-10-14T01:00:00+02:00"},{"b":"2021-10-14T00:00:00Z","e":"2021-10-14T01:00:00Z"}])", ""},
      // These do not take part.
      {R"([{"b":1,"e":9},{"b":5,"e":2},{"b":3,"e":3},{"b":"x","e":9},{"b":2},{"e":4},{},7,null,[1,2]])", ""},
      {R"([{"b":9,"e":1},{"b":2,"e":3}])", ""},
  };
  for (const Case& one : cases) {
    CAPTURE(one.json);
    Subject subject(one.json);
    CHECK(subject.values(query, all_functions()) == one.found);
  }
  Subject subject(R"([{"b":1,"e":5},{"b":3,"e":9},{"b":20,"e":30},{"b":40,"e":30},{"b":100,"e":101},{"b":100,"e":101}])");
  check_values(subject, {{"overlapping($[1], $[*], 'b', 'e')", "container"},
                         {"overlapping($[0], $[*], 'b', 'e')", "nothing"},
                         {"overlapping($[4], $[4,4], 'b', 'e')", "nothing"},
                         {"overlapping($[5], $[5,4], 'b', 'e')", "nothing"},
                         {"overlapping($[4], $[5,4], 'b', 'e')", "container"},
                         {"overlapping($[1], $[2:], 'b', 'e')", "nothing"},
                         {"overlapping($[1], $[*], 'b', $[0].b)", "nothing"},
                         {"overlapping($[*], $[*], 'b', 'e')", "nothing"},
                         {"overlapping($.a, $[*], 'b', 'e')", "nothing"},
                         {"overlapping($[1], $[*], '', 'e')", "error: the name of a member is empty"},
                         {"overlapping($[1], $[*], 'b', 1)", "error: the name of a member is a text"}});
  const auto other = ValueExpression::parse("overlapping($[1], $[*], 'b', 'e')", all_functions(), KeyTable());
  CHECK(subject.evaluator.value(other.value(), 0).node == subject.node("$[0]"));
  // An unknown time may be any.
  subject.make_unknown("$[2].e");
  check_values(subject, {{"overlapping($[1], $[*], 'b', 'e')", "container"},
                         {"overlapping($[0], $[*], 'b', 'e')", "unknown"},
                         {"overlapping($[2], $[*], 'b', 'e')", "unknown"},
                         {"overlapping($[2], $[2,3], 'b', 'e')", "nothing"},
                         {"overlapping($[3], $[*], 'b', 'e')", "nothing"},
                         {"overlapping($[0], $[0,1], 'b', 'e')", "nothing"},
                         {"overlapping($[0], $[0,1,?@.e.x], 'b', 'e')", "unknown"},
                         {"overlapping($[0], $[*], $[2].e, 'e')", "unknown"}});
  subject.make_unknown("$[1]");
  check_values(subject, {{"overlapping($[0], $[0,1], 'b', 'e')", "unknown"}, {"overlapping($[1], $[0,1], 'b', 'e')", "unknown"}});
}

}  // namespace
}  // namespace connect_lint
