// Selectors, segments and paths of what they select (RFC 9535, sections 2.3,
// 2.5 and 2.7).
#include <catch2/catch.hpp>

#include "support.h"

namespace connect_lint {
namespace {

using testing::Subject;

struct Row {
  std::string query;
  std::string json;
  std::string values;  // Of the nodes, as they are written.
};

void check(const std::vector<Row>& rows) {
  for (const Row& row : rows) {
    CAPTURE(row.query, row.json);
    CHECK(Subject(row.json).values(row.query) == row.values);
  }
}

TEST_CASE("the root") {
  check({{"$", "1", "1"}, {"$", "null", "null"}, {"$", "[]", "[]"}, {"$", R"({"a":1})", R"({"a":1})"}, {"$.a", "1", ""},
         {"$[0]", "\"a\"", ""}, {"$.*", "true", ""}, {"$..*", "0", ""}, {"$[?@]", "null", ""}});
}

TEST_CASE("name selectors") {
  check({{"$['a']", R"({"a":1,"b":2})", "1"},
         {"$['c']", R"({"a":1,"b":2})", ""},
         {"$['']", R"({"":1})", "1"},
         {"$['a']", R"(["a"])", ""},
         {"$['0']", "[1]", ""},
         {"$['0']", R"({"0":1})", "1"},
         {"$[0]", R"({"0":1})", ""},
         {"$.a", R"({"a":null})", "null"},
         {"$.a.b", R"({"a":{"b":1}})", "1"},
         {"$['a.b']", R"({"a":{"b":1},"a.b":2})", "2"},
         {"$[' ']", R"({" ":1})", "1"},
         {"$.\u00e9", R"({"é":1,"e":2})", "1"},
         {R"($['\u00e9'])", R"({"é":1})", "1"},
         {R"($['é'])", "{\"\\u00e9\":1}", "1"},
         // Names are compared as they are, not as they look.
         {"$.\u00e9", "{\"e\\u0301\":1}", ""},
         {R"($['\ud83d\ude00'])", R"({"😀":1})", "1"},
         {R"($['\n'])", "{\"\\n\":1}", "1"},
         {R"($['\u0000'])", "{\"\\u0000\":1}", "1"},
         {R"($['\''])", R"({"'":1})", "1"},
         {R"($["\""])", R"({"\"":1})", "1"},
         {R"($['\\'])", R"({"\\":1})", "1"},
         {R"($['\/'])", R"({"/":1})", "1"},
         {"$.A", R"({"a":1})", ""}});
}

TEST_CASE("wildcard selectors") {
  check({{"$.*", R"({"b":1,"a":2})", "1 2"},
         {"$[*]", "[3,[4]]", "3 [4]"},
         {"$.*.*", R"([[1,2],{"a":3},4,"b"])", "1 2 3"},
         {"$.*", "{}", ""},
         {"$.*", "[]", ""},
         {"$[*,*]", "[1,2]", "1 2 1 2"},
         {"$.*", "\"abc\"", ""}});
}

TEST_CASE("index selectors") {
  check({{"$[0]", "[1,2,3]", "1"},
         {"$[2]", "[1,2,3]", "3"},
         {"$[3]", "[1,2,3]", ""},
         {"$[-1]", "[1,2,3]", "3"},
         {"$[-3]", "[1,2,3]", "1"},
         {"$[-4]", "[1,2,3]", ""},
         {"$[0]", "[]", ""},
         {"$[-1]", "[]", ""},
         {"$[1][0]", "[[1],[2]]", "2"},
         {"$[0]", "\"ab\"", ""},
         {"$[9007199254740991]", "[1]", ""},
         {"$[-9007199254740991]", "[1]", ""},
         {"$[1]", "[[0,0],{\"a\":[1]},2]", "{\"a\":[1]}"}});
}

TEST_CASE("slice selectors") {
  const std::string seven = "[0,1,2,3,4,5,6]";
  const std::vector<std::pair<std::string, std::string>> rows = {{"1:3", "1 2"},
                                                                 {"5:", "5 6"},
                                                                 {":2", "0 1"},
                                                                 {":", "0 1 2 3 4 5 6"},
                                                                 {"::", "0 1 2 3 4 5 6"},
                                                                 {"1:5:2", "1 3"},
                                                                 {"5:1:-2", "5 3"},
                                                                 {"::-1", "6 5 4 3 2 1 0"},
                                                                 {"::2", "0 2 4 6"},
                                                                 {"::3", "0 3 6"},
                                                                 {"::-3", "6 3 0"},
                                                                 {"::0", ""},
                                                                 {"1:5:0", ""},
                                                                 {"3:3", ""},
                                                                 {"3:1", ""},
                                                                 {"1:3:-1", ""},
                                                                 {"-2:", "5 6"},
                                                                 {":-5", "0 1"},
                                                                 {"-3:-1", "4 5"},
                                                                 {"-1:-3", ""},
                                                                 {"-1:-3:-1", "6 5"},
                                                                 {"-100:2", "0 1"},
                                                                 {"5:100", "5 6"},
                                                                 {"100:", ""},
                                                                 {":-100", ""},
                                                                 {"100::-4", "6 2"},
                                                                 {":100:-1", ""},
                                                                 {"2::-1", "2 1 0"},
                                                                 {":2:-1", "6 5 4 3"},
                                                                 {"0:0:-1", ""},
                                                                 {"3:-100:-1", "3 2 1 0"},
                                                                 {"-100::-1", ""},
                                                                 {"-7::-1", "0"},
                                                                 {"1:9007199254740991:9007199254740991", "1"},
                                                                 {"9007199254740991::-9007199254740991", "6"},
                                                                 {"::9007199254740991", "0"},
                                                                 {"6:5:-1", "6"}};
  for (const auto& [slice, values] : rows) {
    CAPTURE(slice);
    CHECK(Subject(seven).values("$[" + slice + "]") == values);
    CHECK(Subject("[]").values("$[" + slice + "]").empty());
    CHECK(Subject(R"({"0":1,"1":2})").values("$[" + slice + "]").empty());
    CHECK(Subject("\"text\"").values("$[" + slice + "]").empty());
  }
  // Backwards within backwards.
  check({{"$[::-1][::-1]", "[[1,2],[3,4],[]]", "4 3 2 1"},
         {"$[::-1][::-1][::-1]", "[[[1,2],[3]],[[4,5]]]", "5 4 3 2 1"},
         {"$[::-1,0]", "[1,2]", "2 1 1"},
         {"$[::-1][?count(@[::-1]) > 1]", "[[[1,2],[3]],[[4,5]]]", "[4,5] [1,2]"}});
}

TEST_CASE("child and descendant segments") {
  const std::string letters = R"({"o":{"j":1,"k":2},"a":[5,3,[{"j":4},{"k":6}]]})";
  check({{"$[0,3]", "[\"a\",\"b\",\"c\",\"d\"]", "\"a\" \"d\""},
         {"$[0:2,3]", "[\"a\",\"b\",\"c\",\"d\"]", "\"a\" \"b\" \"d\""},
         {"$[0,0]", "[\"a\",\"b\"]", "\"a\" \"a\""},
         {"$['b','a']", R"({"a":1,"b":2})", "2 1"},
         {"$['a',0,*]", R"({"a":1,"b":2})", "1 1 2"},
         {"$..j", letters, "1 4"},
         {"$..[0]", letters, "5 {\"j\":4}"},
         {"$..[*]", letters, R"({"j":1,"k":2} [5,3,[{"j":4},{"k":6}]] 1 2 5 3 [{"j":4},{"k":6}] {"j":4} {"k":6} 4 6)"},
         {"$..o", letters, R"({"j":1,"k":2})"},
         {"$.o..[*,*]", letters, "1 2 1 2"},
         {"$.a..[0,1]", letters, R"(5 3 {"j":4} {"k":6})"},
         {"$..*..*", "[[[1]]]", "[1] 1 1"},
         {"$..a", R"({"a":{"a":{"a":1}}})", R"({"a":{"a":1}} {"a":1} 1)"},
         {"$..a..a", R"({"a":{"a":{"a":1}}})", R"({"a":1} 1 1)"},
         {"$..[-1]", "[1,[2,3]]", "[2,3] 3"},
         {"$..[1:]", "[1,[2,3],4]", "[2,3] 4 3"},
         {"$..[?@>2]", "[1,[2,3],4]", "4 3"},
         {"$.a..b.c", R"({"a":[{"b":{"c":1}},{"b":{"b":{"c":2}}}]})", "1 2"}});
}

TEST_CASE("paths of nodes are normalized") {
  const Row rows[] = {{"$.a", R"({"a":1})", "$['a']"},
                      {"$[1]", "[1,2]", "$[1]"},
                      {"$[-3]", "[1,2,3,4,5]", "$[2]"},
                      {"$.a.b[1:2]", R"({"a":{"b":[0,1,2]}})", "$['a']['b'][1]"},
                      {"$[\"\\u000B\"]", R"({"\u000B":1})", R"($['\u000b'])"},
                      {"$[\"\\u0061\"]", R"({"a":1})", "$['a']"},
                      {"$[\"'\"]", R"({"'":1})", R"($['\''])"},
                      {"$['\"']", R"({"\"":1})", "$['\"']"},
                      {"$['\\\\']", R"({"\\":1})", R"($['\\'])"},
                      {"$['\\/']", R"({"/":1})", "$['/']"},
                      {"$..*", R"([{"a":[0]},"b"])", "$[0] $[1] $[0]['a'] $[0]['a'][0]"},
                      {"$[::-1].*", "[[1],[2]]", "$[1][0] $[0][0]"}};
  for (const Row& row : rows) {
    CAPTURE(row.query);
    CHECK(Subject(row.json).paths(row.query) == row.values);
  }
}

TEST_CASE("of members with the same name the last one counts") {
  const std::string twice = R"({"a":{"x":1},"b":2,"a":{"y":3,"y":4},"c":5,"a":6})";
  CHECK(Subject(twice).values("$.a") == "6");
  CHECK(Subject(twice).values("$.*") == "2 5 6");
  CHECK(Subject(twice).values("$..*") == "2 5 6");
  CHECK(Subject(twice).values("$..x").empty());
  CHECK(Subject(twice).values("$[?@>0]") == "2 5 6");
  CHECK(Subject(R"([{"a":1,"a":1},{"a":2,"a":1},{"a":1}])").values("$[?@==$[2]]") == R"({"a":1,"a":1} {"a":2,"a":1} {"a":1})");
  CHECK(Subject(R"([{"b":0,"a":1,"a":1}])").values("$[?length(@)==2]") == R"({"b":0,"a":1,"a":1})");
  CHECK(Subject("{\"\\u0061\":1,\"a\":2}").values("$.*") == "2");
  CHECK(Subject(R"([{"a":1,"a":[{"b":1,"b":2}]},{"b":3}])").values("$..b") == "2 3");
}

TEST_CASE("names with and without a number select alike") {
  const KeyTableData data({"a", "Tasks", "\u00e9", "a much longer name than sixteen bytes"});
  const std::string json =
      R"({"a":{"b":1,"a":2},"Tasks":[{"a":3,"c":4},{"Tasks":5}],"é":6,"\u0061x":7,"a much longer name than sixteen bytes":8,"b":9})";
  for (const std::string query : {"$.a", "$.a.a", "$.a.b", "$..a", "$.Tasks[*].a", "$..Tasks", "$['\\u00e9']", "$.b", "$.ax", "$..b",
                                  "$['a much longer name than sixteen bytes']", "$['a much longer name than sixteen byteS']",
                                  "$[?@.a==3 || @.b==1]", "$..[?@.Tasks]", "$['a','b',\"Tasks\"]"}) {
    CAPTURE(query);
    Subject numbered(json, data.table());
    Subject plain(json);
    const std::string expected = plain.values(query);
    CHECK(numbered.values(query) == expected);
  }
  CHECK(Subject(json, data.table()).values("$..a") == R"({"b":1,"a":2} 2 3)");
}

TEST_CASE("values that the reader reported are values like others") {
  Subject subject(R"({"a":tru,"b":"\x","c":01,"d":.5,"e":0x1F})");
  CHECK(subject.values("$[?@==1]") == "01");
  CHECK(subject.values("$[?@==0.5]") == ".5");
  CHECK(subject.test("$.a == 'tru'") == "true");
  CHECK(subject.test("$.e") == "true");
  CHECK(subject.test("$.e == 31") == "unknown");
}

}  // namespace
}  // namespace connect_lint
