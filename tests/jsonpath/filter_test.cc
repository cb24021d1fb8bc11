// Filters and comparisons (RFC 9535, section 2.3.5).
#include <catch2/catch.hpp>

#include "support.h"

namespace connect_lint {
namespace {

using testing::Subject;

const std::string kComparison = R"({"obj":{"x":"y"},"arr":[2,3],"sames":[[2,3],{"x":"y"}],"n":null,"t":true,"f":false})";

TEST_CASE("comparisons") {
  struct Row {
    std::string expression;
    bool truth;
  };
  const std::vector<Row> rows = {
      // Nothing.
      {"$.absent1 == $.absent2", true},
      {"$.absent1 <= $.absent2", true},
      {"$.absent1 >= $.absent2", true},
      {"$.absent1 < $.absent2", false},
      {"$.absent1 > $.absent2", false},
      {"$.absent1 != $.absent2", false},
      {"$.absent == 'g'", false},
      {"$.absent != 'g'", true},
      {"$.absent == null", false},
      {"$.absent != null", true},
      {"$.absent == false", false},
      {"$.absent == 0", false},
      {"$.absent < 1", false},
      {"$.absent == $.n", false},
      {"length(1) == $.absent", true},
      // Numbers.
      {"1 == 1", true},
      {"1 == 2", false},
      {"1 != 2", true},
      {"1 < 2", true},
      {"2 < 1", false},
      {"1 < 1", false},
      {"1 <= 1", true},
      {"1 <= 2", true},
      {"2 <= 1", false},
      {"2 > 1", true},
      {"1 > 1", false},
      {"1 >= 1", true},
      {"1 >= 2", false},
      {"-1 < 0", true},
      {"-1 > -2", true},
      {"1 == 1.0", true},
      {"100 == 1e2", true},
      {"100 == 1E+2", true},
      {"1e-2 == 0.01", true},
      {"0 == -0", true},
      {"0 == -0.0", true},
      {"-0 < 0", false},
      {"1.5 > 1", true},
      {"1 < 1.5", true},
      {"-1.5 < -1", true},
      {"-1 < -1.5", false},
      {"0.1 < 0.2", true},
      {"9007199254740993 == 9007199254740992", false},
      {"9007199254740993 > 9007199254740992", true},
      {"9007199254740993 == 9007199254740992.0", false},
      {"9007199254740993 > 9007199254740992.0", true},
      {"9223372036854775807 > 9223372036854775806", true},
      {"9223372036854775807 < 9223372036854775808", true},
      {"-9223372036854775808 < -9223372036854775807", true},
      {"-9223372036854775808 == -9223372036854775808.0", true},
      {"-9223372036854775809 < 0", true},
      {"100000000000000000000 > 99999999999999999999", false},  // Doubles.
      {"100000000000000000000 > 9223372036854775807", true},
      {"1e400 > 1e308", true},
      {"-1e400 < -1e308", true},
      {"1e-400 == 0", true},
      {"1e-400 < 1e-300", true},
      // Texts.
      {"'a' == 'a'", true},
      {"'a' == 'b'", false},
      {"'a' != 'b'", true},
      {"'a' < 'b'", true},
      {"'b' < 'a'", false},
      {"'a' <= 'a'", true},
      {"'a' < 'a'", false},
      {"'' < 'a'", true},
      {"'a' < 'aa'", true},
      {"'ab' < 'b'", true},
      {"'Z' < 'a'", true},
      {"'\\u0000' < 'a'", true},
      {"'a\\u0000' > 'a'", true},
      {"'\\u00e9' == 'é'", true},
      {"'é' == 'e\\u0301'", false},
      {"'z' < 'é'", true},
      // U+FB00 before U+1F600, although UTF-16 sorts the other way round.
      {"'\\ufb00' < '\\ud83d\\ude00'", true},
      {"'\\ud83d\\ude00' < '\\ufb00'", false},
      {"'1' == 1", false},
      {"'1' != 1", true},
      {"13 == '13'", false},
      {"1 < '2'", false},
      {"'1' < 2", false},
      {"1 <= '1'", false},
      // Literals of other types.
      {"true == true", true},
      {"true == false", false},
      {"true != false", true},
      {"false < true", false},
      {"true <= true", true},
      {"true >= true", true},
      {"true > false", false},
      {"true == 1", false},
      {"true == 'true'", false},
      {"null == null", true},
      {"null != null", false},
      {"null <= null", true},
      {"null < null", false},
      {"null == false", false},
      {"null == 0", false},
      {"$.n == null", true},
      {"$.t == true", true},
      {"$.f == false", true},
      {"$.f == $.n", false},
      // Arrays and objects.
      {"$.obj == $.arr", false},
      {"$.obj != $.arr", true},
      {"$.obj == $.obj", true},
      {"$.obj != $.obj", false},
      {"$.arr == $.arr", true},
      {"$.arr != $.arr", false},
      {"$.obj == $.sames[1]", true},
      {"$.arr == $.sames[0]", true},
      {"$.obj == 17", false},
      {"$.obj != 17", true},
      {"$.obj <= $.arr", false},
      {"$.obj < $.arr", false},
      {"$.obj <= $.obj", true},
      {"$.arr <= $.arr", true},
      {"$.arr >= $.arr", true},
      {"$.arr < $.arr", false},
      {"$.arr[0] < $.arr[1]", true},
      {"1 <= $.arr", false},
      {"1 >= $.arr", false},
      {"1 > $.arr", false},
      {"1 < $.arr", false},
      {"true <= $.t", true},
      {"true > $.t", false},
  };
  Subject subject(kComparison);
  for (const Row& row : rows) {
    CAPTURE(row.expression);
    CHECK(subject.test(row.expression) == (row.truth ? "true" : "false"));
    CHECK(subject.test("!(" + row.expression + ")") == (row.truth ? "false" : "true"));
    CHECK(subject.values("$[?(" + row.expression + ")]").empty() != row.truth);
  }
}

TEST_CASE("equality of arrays and objects") {
  struct Row {
    std::string a, b;
    bool equal;
  };
  const std::vector<Row> rows = {
      {"[]", "[]", true},
      {"{}", "{}", true},
      {"[]", "{}", false},
      {"[1]", "[1,1]", false},
      {"[1,1]", "[1]", false},
      {"[1,2]", "[2,1]", false},
      {"[1,[2,{\"a\":3}]]", "[1, [2, {\"a\": 3}]]", true},
      {"[1,[2,{\"a\":3}]]", "[1,[2,{\"a\":4}]]", false},
      {"[1]", "[1.0]", true},
      {"[100]", "[1e2]", true},
      {"[\"a\"]", "[\"\\u0061\"]", true},
      {"[null]", "[false]", false},
      {"[true]", "[true]", true},
      {"[true]", "[false]", false},
      {"{\"a\":1,\"b\":2}", "{\"b\":2,\"a\":1}", true},
      {"{\"a\":1,\"b\":2}", "{\"b\":1,\"a\":2}", false},
      {"{\"a\":1}", "{\"a\":1,\"b\":2}", false},
      {"{\"a\":1,\"b\":2}", "{\"a\":1}", false},
      {"{\"a\":1,\"b\":2}", "{\"a\":1,\"c\":2}", false},
      {"{\"a\":{\"x\":1,\"y\":[2]},\"b\":3}", "{\"b\":3,\"a\":{\"y\":[2],\"x\":1}}", true},
      {"{\"\\u0061\":1}", "{\"a\":1}", true},
      {"{\"a\":[]}", "{\"a\":{}}", false},
      {"[[],[[]]]", "[[],[[]]]", true},
      {"[[],[[]]]", "[[[]],[]]", false},
      {"{\"a\":1,\"a\":2}", "{\"a\":2}", true},
      {"{\"a\":1,\"a\":2}", "{\"a\":1}", false},
  };
  for (const Row& row : rows) {
    CAPTURE(row.a, row.b);
    Subject subject("[" + row.a + "," + row.b + "]");
    CHECK(subject.test("$[0] == $[1]") == (row.equal ? "true" : "false"));
    CHECK(subject.test("$[1] == $[0]") == (row.equal ? "true" : "false"));
    CHECK(subject.test("$[0] != $[1]") == (row.equal ? "false" : "true"));
    CHECK(subject.test("$[0] <= $[1]") == (row.equal ? "true" : "false"));
  }
}

TEST_CASE("filters") {
  struct Row {
    std::string query;
    std::string json;
    std::string values;
  };
  const std::string mixed = R"({"a":[3,5,1,2,4,6,{"b":"j"},{"b":"k"},{"b":{}},{"b":"kilo"}],"o":{"p":1,"q":2,"r":3,"s":5,"t":{"u":6}},"e":"f"})";
  const std::vector<Row> rows = {
      {"$.a[?@.b == 'kilo']", mixed, R"({"b":"kilo"})"},
      {"$.a[?(@.b == 'kilo')]", mixed, R"({"b":"kilo"})"},
      {"$.a[?@>3.5]", mixed, "5 4 6"},
      {"$.a[?@.b]", mixed, R"({"b":"j"} {"b":"k"} {"b":{}} {"b":"kilo"})"},
      {"$[?@.*]", mixed, R"([3,5,1,2,4,6,{"b":"j"},{"b":"k"},{"b":{}},{"b":"kilo"}] {"p":1,"q":2,"r":3,"s":5,"t":{"u":6}})"},
      {"$[?@[?@.b]]", mixed, R"([3,5,1,2,4,6,{"b":"j"},{"b":"k"},{"b":{}},{"b":"kilo"}])"},
      {"$.o[?@<3, ?@<3]", mixed, "1 2 1 2"},
      {"$.a[?@<2 || @.b == \"k\"]", mixed, R"(1 {"b":"k"})"},
      {"$.o[?@>1 && @<4]", mixed, "2 3"},
      {"$.o[?@.u || @.x]", mixed, R"({"u":6})"},
      {"$.a[?@.b == $.x]", mixed, "3 5 1 2 4 6"},
      {"$.a[?@ == @]", mixed, R"(3 5 1 2 4 6 {"b":"j"} {"b":"k"} {"b":{}} {"b":"kilo"})"},
      {"$.a[?@.b == $.a[7].b]", mixed, R"({"b":"k"})"},
      // Existence, not truth.
      {"$[?@]", "[0,null,false,\"\",[],{}]", "0 null false \"\" [] {}"},
      {"$[?@.a]", R"([{"a":null},{"a":false},{"b":1},{}])", R"({"a":null} {"a":false})"},
      {"$[?!@.a]", R"([{"a":null},{"a":false},{"b":1},{},1])", R"({"b":1} {} 1)"},
      {"$[?@.a==null]", R"([{"a":null},{"b":1}])", R"({"a":null})"},
      {"$[?@.a!=null]", R"([{"a":null},{"b":1},{"a":1}])", R"({"b":1} {"a":1})"},
      {"$[?@[0]]", "[[1],[],{\"0\":1},\"a\"]", "[1]"},
      {"$[?@[-1]==2]", "[[1,2],[2,1]]", "[1,2]"},
      {"$[?@['a']]", R"([{"a":1},{"b":1}])", R"({"a":1})"},
      {"$[?@[1:]]", "[[1],[1,2]]", "[1,2]"},
      {"$[?@..a]", R"([{"b":[{"a":1}]},{"b":[1]}])", R"({"b":[{"a":1}]})"},
      {"$[?$]", "[1,2]", "1 2"},
      {"$[?$[0]>0]", "[1,2]", "1 2"},
      {"$[?$[2]]", "[1,2]", ""},
      // Strings and numbers have no children.
      {"$[?@>0]", "\"abc\"", ""},
      {"$[?@]", "5", ""},
      {"$[?@>1]", R"({"a":1,"b":2,"c":3})", "2 3"},
      // Precedence.
      {"$[?@.a || @.b && @.c]", R"([{"a":1},{"b":1},{"b":1,"c":1},{"c":1}])", R"({"a":1} {"b":1,"c":1})"},
      {"$[?@.b && @.c || @.a]", R"([{"a":1},{"b":1},{"b":1,"c":1},{"c":1}])", R"({"a":1} {"b":1,"c":1})"},
      {"$[?(@.a || @.b) && @.c]", R"([{"a":1},{"b":1},{"b":1,"c":1},{"c":1}])", R"({"b":1,"c":1})"},
      {"$[?!@.a && @.b]", R"([{"a":1,"b":1},{"b":1},{}])", R"({"b":1})"},
      {"$[?!(@.a && @.b)]", R"([{"a":1,"b":1},{"b":1},{}])", R"({"b":1} {})"},
      {"$[?!(@.a || @.b)]", R"([{"a":1,"b":1},{"b":1},{}])", "{}"},
      {"$[?@.a==1 || @.a==2 && @.b==1]", R"([{"a":1,"b":2},{"a":2,"b":1},{"a":2,"b":2}])", R"({"a":1,"b":2} {"a":2,"b":1})"},
      {"$[?@.a && @.b && !@.c || @.d || @.e]", R"([{"a":1,"b":1},{"a":1,"b":1,"c":1},{"d":1},{"e":1},{"c":1}])",
       R"({"a":1,"b":1} {"d":1} {"e":1})"},
      // `@` of the innermost filter.
      {"$[?@[?@>1]]", "[[1],[1,2],2]", "[1,2]"},
      {"$[?@.a[?@.b==$[0].a[0].b]]", R"([{"a":[{"b":1}]},{"a":[{"b":2}]},{"a":[{"b":1}]}])", R"({"a":[{"b":1}]} {"a":[{"b":1}]})"},
      {"$[?count(@[?@.b==1])==2]", R"([[{"b":1},{"b":1}],[{"b":1}]])", R"([{"b":1},{"b":1}])"},
      {"$[?@.a==1][?@>1]", R"([{"a":1,"b":2},{"a":2,"b":3}])", "2"},
      {"$..[?@.a==1]", R"({"x":{"a":1},"y":[{"a":1,"z":{"a":1}}]})", R"({"a":1} {"a":1,"z":{"a":1}} {"a":1})"},
      {"$[0, ?@==1, ?@==2]", "[1,2]", "1 1 2"},
      {"$[?1==1]", "[1,2]", "1 2"},
      {"$[?1==2]", "[1,2]", ""},
      {"$[?@.a=='\\u0041\\n']", R"([{"a":"A\n"},{"a":"A"}])", R"({"a":"A\n"})"},
  };
  for (const Row& row : rows) {
    CAPTURE(row.query, row.json);
    CHECK(Subject(row.json).values(row.query) == row.values);
  }
}

}  // namespace
}  // namespace connect_lint
