// `connect-lint query QUERY FILE`.
#include <catch2/catch.hpp>

#include <unistd.h>

#include <array>
#include <string>

#include "cli/run.h"

namespace connect_lint {
namespace {

struct Done {
  int code = 0;
  std::string out;
  std::string err;
};

// Runs the program with `input` as standard input.
Done run_with(std::string_view input, std::vector<std::string> arguments) {
  std::array<int, 2> pipe{};
  REQUIRE(::pipe(pipe.data()) == 0);
  REQUIRE(::write(pipe[1], input.data(), input.size()) == static_cast<ssize_t>(input.size()));
  ::close(pipe[1]);
  Output out;
  Output err;
  const int code = run(arguments, {.input = pipe[0], .out = out, .err = err});
  ::close(pipe[0]);
  return {code, out.text(), err.text()};
}

Done query(std::string query, std::string_view input) { return run_with(input, {"query", std::move(query), "-"}); }

TEST_CASE("selected values are one line of JSON") {
  struct Row {
    std::string query;
    std::string json;
    std::string line;
  };
  const std::vector<Row> rows = {
      {"$", "1", R"([{"path": "$", "value": 1}])"},
      {"$.a", "{}", "[]"},
      {"$", " { \"a\" :\n [ 1 , \"b c\" ] }\r\n", R"([{"path": "$", "value": {"a":[1,"b c"]}}])"},
      {"$.*", R"({"a":[],"b":{}})", R"([{"path": "$['a']", "value": []}, {"path": "$['b']", "value": {}}])"},
      {"$[::-1]", "[1,2.50]", R"([{"path": "$[1]", "value": 2.50}, {"path": "$[0]", "value": 1}])"},
      {"$[0,0]", "[null]", R"([{"path": "$[0]", "value": null}, {"path": "$[0]", "value": null}])"},
      {"$.*", R"({"'\"\\\n\u0001é":"\u00e9\" x"})", R"([{"path": "$['\\'\"\\\\\\n\\u0001é']", "value": "\u00e9\" x"}])"},
      {"$.*", R"({"a":"x \\ \" [ {"})", R"([{"path": "$['a']", "value": "x \\ \" [ {"}])"},
      {"$", "\"\\ud800\"", R"([{"path": "$", "value": "\ud800"}])"},
      {"$[?@ > 1e400]", "[1e999, 1]", "[]"}};
  for (const Row& row : rows) {
    CAPTURE(row.query, row.json);
    const Done done = query(row.query, row.json);
    CHECK(done.code == kExitClean);
    CHECK(done.out == row.line + "\n");
  }
  CHECK(run_with("[1]", {"query", "--no-extensions", "$[?length(@)==1]", "-"}).out == "[]\n");
  CHECK(run_with("[1]", {"query", "$", "-", "--no-extensions"}).out == "[{\"path\": \"$\", \"value\": [1]}]\n");
}

TEST_CASE("what is no query is shown with a caret") {
  const Done done = query("$.a[?length(@, 1) > 2]", "{}");
  CHECK(done.code == kExitUsage);
  CHECK(done.out.empty());
  CHECK(done.err ==
        "connect-lint: invalid query: `length()` takes 1 argument, not 2\n"
        "  $.a[?length(@, 1) > 2]\n"
        "       ^^^^^^^^^^^^\n");
  CHECK(query("$.\u65e5.", "{}").err ==
        "connect-lint: invalid query: nothing follows `.`\n"
        "  $.\u65e5.\n"
        "      ^\n");
  CHECK(query("", "{}").code == kExitUsage);
  CHECK(query("$\n", "{}").code == kExitUsage);
  CHECK(query("-1", "{}").code == kExitUsage);
}

TEST_CASE("what is no JSON") {
  for (const std::string_view text : {"", "{", "[1,]", "{'a':1}", "// x\n1", "\xFF", "[01]", "\"\x01\"", "1 2"}) {
    CAPTURE(text);
    const Done done = query("$", text);
    CHECK(done.code == kExitFindings);
    CHECK(done.out.empty());
    CHECK_THAT(done.err, Catch::StartsWith("<stdin>:1:") && Catch::Contains("[document/"));
  }
  CHECK(query("$.a", R"({"a":1,"a":2})").out == "[{\"path\": \"$['a']\", \"value\": 2}]\n");
}

TEST_CASE("files that are not there, and too much work") {
  const Done missing = run_with("", {"query", "$", "there/is/no/such.json"});
  CHECK(missing.code == kExitUsage);
  CHECK_THAT(missing.err, Catch::Contains("there/is/no/such.json"));
  CHECK(run_with("", {"query", "$", "/"}).code == kExitFindings);
  CHECK(run_with("", {"query", "$"}).code == kExitUsage);
  CHECK(run_with("", {"query"}).code == kExitUsage);
  CHECK(run_with("", {"query", "--help"}).code == kExitClean);

  std::string wide = "[[0";
  for (int i = 0; i < 20'000; ++i) wide += ",0";
  std::string outer = "[0";
  std::string inner = "[-1";
  for (int i = 0; i < 60; ++i) {
    outer += ",0";
    inner += ",-1";
  }
  const Done exhausted = query("$" + outer + "]" + inner + "].x", wide + "]]");
  CHECK(exhausted.code == kExitFailed);
  CHECK(exhausted.out.empty());
  CHECK(exhausted.err == "connect-lint: the query visits more than 50000000 nodes of `-`; nothing is printed\n");
}

}  // namespace
}  // namespace connect_lint
