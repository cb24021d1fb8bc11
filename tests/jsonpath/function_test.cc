// Functions (RFC 9535, section 2.4), and what a function of ours may do.
#include <catch2/catch.hpp>

#include <algorithm>

#include "support.h"

namespace connect_lint {
namespace {

using testing::example_functions;
using testing::Subject;

TEST_CASE("length, count and value") {
  struct Row {
    std::string expression;
    std::string value;
  };
  const std::vector<Row> rows = {{"length('')", "0"},
                                 {"length('abc')", "3"},
                                 {"length('é')", "1"},
                                 {"length('\\ud83d\\ude00')", "1"},
                                 {"length('a\\u0000b')", "3"},
                                 {"length($.text)", "3"},
                                 {"length($.wide)", "2"},
                                 {"length($.escaped)", "2"},
                                 {"length($.list)", "3"},
                                 {"length($.none)", "0"},
                                 {"length($.object)", "2"},
                                 {"length($)", "8"},
                                 {"length(1)", "nothing"},
                                 {"length(true)", "nothing"},
                                 {"length(null)", "nothing"},
                                 {"length($.absent)", "nothing"},
                                 {"length($.number)", "nothing"},
                                 {"length($.nil)", "nothing"},
                                 {"length(value($..b))", "1"},
                                 {"length(value($..*))", "nothing"},
                                 {"count($)", "1"},
                                 {"count($.absent)", "0"},
                                 {"count($.list)", "1"},
                                 {"count($.list[*])", "3"},
                                 {"count($.list[0,0,1])", "3"},
                                 {"count($.text.*)", "0"},
                                 {"count($.object..*)", "3"},
                                 {"count($..*)", "14"},
                                 {"value($.list[0])", "1"},
                                 {"value($.list[*])", "nothing"},
                                 {"value($.absent)", "nothing"},
                                 {"value($.list[?@>2])", "3"},
                                 {"value($..c)", "true"},
                                 {"value($.list[0,0])", "nothing"},
                                 {"value($.object)", "container"},
                                 {"value($.nil)", "null"}};
  Subject subject(
      R"({"text":"abc","wide":"é😀","escaped":"\u00e9\n","list":[1,2,3],"none":[],"object":{"a":1,"b":{"c":true}},"number":12,"nil":null})");
  for (const Row& row : rows) {
    CAPTURE(row.expression);
    CHECK(subject.value(row.expression) == row.value);
  }
}

TEST_CASE("functions in filters") {
  struct Row {
    std::string query;
    std::string json;
    std::string values;
  };
  const std::vector<Row> rows = {
      {"$[?length(@.authors) >= 2]", R"([{"authors":["a","b"]},{"authors":["a"]},{"authors":"ab"},{"authors":5},{}])",
       R"({"authors":["a","b"]} {"authors":"ab"})"},
      {"$[?count(@.*.author) >= 2]", R"([[{"author":1},{"author":2}],[{"author":1}],5])", R"([{"author":1},{"author":2}])"},
      {"$[?match(@.date, '1974-05-..')]", R"([{"date":"1974-05-11"},{"date":"1974-05-1"},{"date":5},{}])", R"({"date":"1974-05-11"})"},
      {"$[?search(@.author, '[BR]ob')]", R"([{"author":"Bob"},{"author":"A Robin"},{"author":"bob"}])",
       R"({"author":"Bob"} {"author":"A Robin"})"},
      {"$[?value(@..color) == 'red']", R"([{"a":{"color":"red"}},{"color":"red","b":{"color":"red"}},{"color":"blue"}])",
       R"({"a":{"color":"red"}})"},
      {"$[?length(@) < 3]", "[\"abcd\",\"ab\",[1,2,3],[1]]", "\"ab\" [1]"},
      {"$[?length(@) == length($[0])]", "[\"abcd\",\"ab\",[1,2,3,4]]", "\"abcd\" [1,2,3,4]"},
      {"$[?count(@.*) == 1]", R"([[1],{"a":1},[1,2],1])", R"([1] {"a":1})"},
      {"$[?!match(@, 'a.*')]", "[\"ab\",\"b\",1]", "\"b\" 1"},
      {"$[?match(@.t, @.p)]", R"([{"t":"ab","p":"a."},{"t":"ab","p":"a"},{"t":"ab","p":"("},{"t":"ab","p":1},{"t":"ab"}])",
       R"({"t":"ab","p":"a."})"},
      {"$[?search(@.t, @.p)]", R"([{"t":"xaby","p":"a."},{"t":"ab","p":"c"},{"t":"ab","p":"("}])", R"({"t":"xaby","p":"a."})"},
      {"$[?match(@, $[0])]", "[\"a+\",\"aa\",\"b\"]", "\"aa\""},
      {"$[?match(@, '')]", "[\"\",\"a\"]", "\"\""},
      {"$[?search(@, '')]", "[\"\",\"a\",1]", "\"\" \"a\""},
      {"$[?match('abc', 'a.c')]", "[1]", "1"},
      {"$[?match(@, 'a')]", R"(["a",["a"],{"a":"a"},null])", "\"a\""},
      {"$[?match(@, 1)]", "[\"1\",1]", ""},
      {"$[?search(@, null)]", "[\"null\"]", ""},
      {"$[?!search(@, '(')]", "[\"(\"]", "\"(\""},
  };
  for (const Row& row : rows) {
    CAPTURE(row.query, row.json);
    CHECK(Subject(row.json).values(row.query) == row.values);
  }
}

TEST_CASE("a literal pattern that is none is noted") {
  const auto notes = [](std::string_view text) {
    const auto query = Query::parse(text, standard_functions(), KeyTable());
    REQUIRE(query.ok());
    std::string all;
    for (const ParseError& note : query.value().notes())
      all += std::to_string(note.span.begin) + "-" + std::to_string(note.span.end) + ": " + note.message + "\n";
    return all;
  };
  CHECK(notes("$[?match(@, 'a.b')]").empty());
  CHECK(notes("$[?match(@, @.p)]").empty());
  CHECK(notes("$[?match(@, 'a(') || search(@, '\\\\d')]") ==
        "12-16: the pattern matches nothing: `(` is not closed\n31-36: the pattern matches nothing: `\\d` is no escape of RFC 9485\n");
  CHECK_THAT(notes("$[?match(@, 5)]"), Catch::Contains("no text"));
}

TEST_CASE("functions of other types") {
  struct Row {
    std::string query;
    std::string values;
  };
  const std::vector<Row> rows = {{"$[?bal(@.a)]", "{\"b\":[\"x\",\"y\",\"z\"]} \"text\""},
                                 {"$[?bal(@.a == 1)]", "{\"b\":[\"x\",\"y\",\"z\"]} \"text\""},
                                 {"$[?bal(rest(@.*))]", "{\"a\":1} \"text\" {\"b\":[\"x\",\"y\",\"z\"]}"},
                                 {"$[?bvl(@)]", "\"text\""},
                                 {"$[?!bvl(@)]", "{\"a\":1} {\"b\":[\"x\",\"y\",\"z\"]}"},
                                 {"$[?rest(@.*.*)]", "{\"b\":[\"x\",\"y\",\"z\"]}"},
                                 {"$[?count(rest(@.b[*])) == 2]", "{\"b\":[\"x\",\"y\",\"z\"]}"},
                                 {"$[?count(rest(rest(@.b[*]))) == 1]", "{\"b\":[\"x\",\"y\",\"z\"]}"},
                                 {"$[?value(rest(rest(@.b[*]))) == 'z']", "{\"b\":[\"x\",\"y\",\"z\"]}"},
                                 {"$[?count(rest($.*)) == 2]", "{\"a\":1} \"text\" {\"b\":[\"x\",\"y\",\"z\"]}"},
                                 {"$.*[?key(@) == 'a']", "1"},
                                 {"$..[?key(@) != 'a' && bvl(@)]", "\"text\" \"x\" \"y\" \"z\""},
                                 {"$[?position('y', @.b[*]) == 1]", "{\"b\":[\"x\",\"y\",\"z\"]}"},
                                 {"$.*.b[?position(@, $.*.b[*]) > 0]", "\"y\" \"z\""},
                                 {"$.*.b[?twice(@) == 'yy']", "\"y\""},
                                 {"$.*.b[?twice(twice(@)) == twice('yy')]", "\"y\""},
                                 {"$[?pi() == $.absent]", "{\"a\":1} \"text\" {\"b\":[\"x\",\"y\",\"z\"]}"}};
  Subject subject(R"({"p":{"a":1},"q":"text","r":{"b":["x","y","z"]}})");
  for (Row row : rows) {
    CAPTURE(row.query);
    std::string values = subject.values(row.query, example_functions());
    // The order of the document is not what this is about.
    const auto sorted = [](const std::string& list) {
      std::string letters = list;
      std::sort(letters.begin(), letters.end());
      return letters;
    };
    CHECK(sorted(values) == sorted(row.values));
  }
}

TEST_CASE("calls that do not depend on the candidate are made once") {
  Subject subject("[1,2,3]");
  // `times` counts its calls at each place.
  CHECK(subject.values("$[?times('x') == 1]", example_functions()) == "1 2 3");
  CHECK(subject.values("$[?times(@) == 1]", example_functions()) == "1");
  CHECK(subject.values("$[?times(@) == 2]", example_functions()) == "2");
  CHECK(subject.values("$[?times(@) == 1 || times(@) == 2]", example_functions()) == "1 3");
  CHECK(subject.values("$[?times($[0]) == 1, ?times($[0]) == 1]", example_functions()) == "1 2 3 1 2 3");
  CHECK(subject.values("$[?@ == count($[*])]") == "3");
  CHECK(subject.values("$[?count($[?@ > 1]) == @]") == "2");
}

TEST_CASE("tables of functions") {
  for (const FunctionTable table : {standard_functions(), example_functions()}) {
    CHECK(std::is_sorted(table.begin(), table.end(), [](const Function& a, const Function& b) { return a.name < b.name; }));
    for (const Function& function : table) CHECK(find_function(table, function.name) == &function);
  }
  CHECK(find_function(standard_functions(), "key") == nullptr);
  CHECK(find_function(standard_functions(), "") == nullptr);
  CHECK(standard_functions().size() == 5);
  for (const Function& function : standard_functions()) {
    CAPTURE(function.name);
    CHECK(function.standard);
    CHECK(function.signature.starts_with(function.name));
    CHECK(!function.summary.empty());
    CHECK(function.explanation.ends_with('\n'));
    CHECK(testing::parse_error(function.example) == "ok");
  }
}

}  // namespace
}  // namespace connect_lint
