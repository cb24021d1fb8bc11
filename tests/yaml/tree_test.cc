// Places of values and keys, keys and their numbers, duplicates, what is looked at before libyaml.
#include <catch2/catch.hpp>

#include "support.h"

namespace connect_lint {
namespace {

using testing::flaw_of;
using testing::YamlReading;
using namespace std::string_literals;

struct PlaceRow {
  std::string text;
  std::string path;
  std::string bytes;
};

TEST_CASE("every value has its bytes") {
  const std::vector<PlaceRow> rows = {
      {"a: 1", "", "a: 1"}, {"a: 1", "a", "1"}, {"a:   foo bar   # c\n", "a", "foo bar"}, {"a: \"x y\"\n", "a", "\"x y\""}, {"a: 'x'\n", "a", "'x'"},
      // Behind anchors and tags.
      {"a: &b 1\n", "a", "1"}, {"a: !!str 1\n", "a", "1"}, {"a: &b !!str \"1\"\n", "a", "\"1\""}, {"a: !!str &b '1'\n", "a", "'1'"},
      {"a: &b # c\n  1\n", "a", "1"}, {"a: !!str\n", "a", ""}, {"a: &b\n", "a", ""}, {"a: &b [1, 2]\n", "a", "[1, 2]"}, {"a: !!map {b: 1}\n", "a", "{b: 1}"},
      {"a: &x\n  b: 1\n  c: 2\nd: 3", "a", "b: 1\n  c: 2"}, {"a: &x\n- 1\n- 2\n", "a", "- 1\n- 2"}, {"a: !!seq\n  - 1\n", "a", "- 1"}, {"[&a, b]", "0", ""},
      {"[&a ,b]", "0", ""}, {"[!!str , b]", "0", ""}, {"a: |\n  x\n", "a", "|\n  x"}, {"a: &b |\n  x\n", "a", "|\n  x"},
      // Block scalars end with their text.
      {"a: |+\n  x\n\n\nb: 1\n", "a", "|+\n  x"}, {"a: >-   \n  x\n   y  \n# c\nb: 1", "a", ">-   \n  x\n   y"}, {"a: |\nb: 1", "a", "|"}, {"a: | # c\n  x", "a", "| # c\n  x"},
      // Several lines.
      {"a: foo\n  bar\n  baz\n\nb: 1", "a", "foo\n  bar\n  baz"}, {"a: \"foo\n  bar\"\n", "a", "\"foo\n  bar\""},
      // Nothing.
      {"a:\nb: 1\n", "a", ""}, {"- \n- 1\n", "0", ""}, {"{a: , b: 1}", "a", ""}, {"{a, b: 1}", "a", ""}, {"? a\n\n\n? b\n", "a", ""},
      // Containers.
      {"a:\n  - 1\n  - b: 2\n    c: 3\nd: 4\n", "a", "- 1\n  - b: 2\n    c: 3"}, {"a:\n  - 1\n  - b: 2\n    c: 3\nd: 4\n", "a/1", "b: 2\n    c: 3"},
      {"a:\n- 1\n- 2\nb: 3\n", "a", "- 1\n- 2"}, {"- - 1\n  - 2\n- 3\n", "0", "- 1\n  - 2"}, {"a:\n  b:\n\n\nc: 1\n", "a", "b:"}, {"[a: 1, b]", "0", "a: 1"},
      {"[? a : 1, b]", "0", "? a : 1"}, {"[ {a: 1 } , 2 ]  # c\n", "", "[ {a: 1 } , 2 ]"}, {"a: {}\n", "a", "{}"}, {"a: [\n]\n", "a", "[\n]"}, {"\"a\": [1]", "a", "[1]"},
      {"# c\n\na: 1\n# d\n", "", "a: 1"}, {"---\na: 1\n...\n", "", "a: 1"}, {"- a: 1\n- b: 2\n", "0", "a: 1"}, {"a:\n  b: |\n    x\n\nc: 1\n", "a", "b: |\n    x"},
      // Above ASCII, where libyaml's places are no bytes.
      {"é: ü # ä\nb: \"ö\"\nc: d", "b", "\"ö\""}, {"é: ü # ä\nb: \"ö\"\nc: d", "c", "d"}, {"[😀, &é x]", "0", "😀"}, {"\xEF\xBB\xBF" "é: x", "é", "x"},
      {"a: x\r\nb:\r\n  - é\r\n  - y\r\n", "b/1", "y"}, {"a: x\rb: y\r", "b", "y"}, {"a: x\xC2\x85" "b: y", "b", "y"}};
  for (const PlaceRow& row : rows) {
    if (row.text.find("&é") != row.text.npos) continue;  // No anchor of libyaml's; a row of problem_test.cc.
    const YamlReading reading(row.text);
    INFO(row.text << "\n" << row.path << "\n" << reading.findings());
    CHECK(reading.bytes(row.path) == row.bytes);
    CHECK(flaw_of(reading.document(), false).empty());
  }
}

TEST_CASE("every key has its bytes and its text") {
  struct Row {
    std::string text;
    std::string key;
    std::string bytes;
  };
  const std::vector<Row> rows = {
      {"a: 1", "a", "a"}, {"\"a\": 1", "a", "\"a\""}, {"'a': 1", "a", "'a'"}, {"\"\\x61\": 1", "a", "\"\\x61\""}, {"? a\n: 1", "a", "a"}, {"&x a: 1", "a", "a"},
      {"!!str a: 1", "a", "a"}, {"? |\n  a\n: 1", "a\n", "|\n  a"}, {"!!str 1: x", "1", "1"}, {"'012': x", "012", "'012'"}, {"yes: x", "yes", "yes"},
      {"a b: x", "a b", "a b"}, {"{a: 1}", "a", "a"}, {"{\"a\":1}", "a", "\"a\""}, {"[a: 1]", "", ""}, {"é: 1", "é", "é"},
      {"=: 1", "=", "="}, {"\"<<\": 1", "<<", "\"<<\""}};
  for (const Row& row : rows) {
    const YamlReading reading(row.text);
    INFO(row.text << "\n" << reading.findings());
    if (row.key.empty()) continue;
    CHECK(reading.bytes(row.key, Mark::Key) == row.bytes);
    CHECK(reading.findings().empty());
  }
  // Keys that are no texts are kept as they are written, and reported.
  for (const auto& [key, read_as] : {std::pair{"1", "a number"}, {"012", "a number"}, {"1.50", "a number"}, {"true", "a boolean"}, {"~", "null"},
                                     {"2021-10-14", "a date"}, {"&x 5", "a number"}}) {
    const std::string_view text = std::string_view(key).substr(key[0] == '&' ? 3 : 0);
    const YamlReading odd(std::string(key) + ": x");
    CHECK(odd.bytes(std::string(text), Mark::Key) == text);
    CHECK(odd.findings().ends_with("the key `" + std::string(text) + "` is read as " + read_as));
    CHECK(odd.document()[1].has(Node::kKeyBroken));
    CHECK(odd.document().complete);
  }
  // A key that is not written has no bytes, but is there.
  const YamlReading reading("?\n: 1\n");
  CHECK(reading.findings().ends_with("there is no key in front of the colon"));
  CHECK(reading.value() == R"({"":1})");
  REQUIRE(reading.document().nodes.size() == 2);
  CHECK(reading.document().bytes(reading.document().span(1, Mark::Key)) == "1");
}

TEST_CASE("keys have the numbers of the table") {
  const YamlReading reading("DomainName: 1\n\"Uri\": 2\n'Tags': 3\nDomain: 4\n\"\\u00e9\": 5\n? a\n: 6\n");
  const Document& document = reading.document();
  for (const char* key : {"DomainName", "Uri", "Tags", "a", "é"})
    CHECK(document[reading.node(key)].key_id == testing::some_keys().find(key));
  CHECK(document[reading.node("Uri")].key_id != 0);
  CHECK(document[reading.node("Domain")].key_id == 0);
}

TEST_CASE("a key that is here again") {
  const YamlReading reading("a: 1\nb: 2\n'a': 3\nc:\n  b: 1\n  \"\\x62\": 2\na: 4\n");
  CHECK(reading.findings() ==
        "10-13 the key `a` is here again <- 0-1 the first one is here\n"
        "29-35 the key `b` is here again <- 22-23 the first one is here\n"
        "39-40 the key `a` is here again <- 0-1 the first one is here");
  CHECK(reading.document().complete);
  CHECK(reading.document()[reading.node("a")].has(Node::kKeyAgain));
  CHECK(reading.value() == R"({"a":4,"b":2,"c":{"b":2}})");
  // Texts are compared, not values.
  CHECK(YamlReading("!!str 1: a\n!!str 01: b\n\"1.0\": c\n").findings().empty());
  CHECK(YamlReading("{a: 1, a: 2}").findings() == "7-8 the key `a` is here again <- 1-2 the first one is here");
}

TEST_CASE("a key is a scalar") {
  const YamlReading reading("? [a, {b: 1}]\n: 2\n? c: 1\n  d: 2\n: 3\n{e: 1}: 4\ng: 5\n");
  CHECK(reading.findings() ==
        "2-13 the key is an array or an object\n20-31 the key is an array or an object\n36-42 the key is an array or an object");
  CHECK(reading.document().complete);
  CHECK(reading.document()[reading.node("g")].kind == Kind::Number);
  CHECK(reading.document()[1].has(Node::kKeyBroken));
  CHECK(flaw_of(reading.document(), false).empty());
  // What is anchored in such a key is not there, but no mystery either.
  CHECK(YamlReading("? [&x 1]\n: 2\nb: *x\n").findings() == "2-8 the key is an array or an object");
}

TEST_CASE("one document") {
  struct Row {
    std::string text;
    std::string value;
    std::string findings;
  };
  const std::string empty = "0-0 the file is empty";
  const std::vector<Row> rows = {
      {"", "nothing", empty}, {" \n\n", "nothing", empty}, {"# c\n", "nothing", empty}, {"---\n", "nothing", empty}, {"--- # c\n...\n", "nothing", empty},
      {"~", "null", ""}, {"--- ~", "null", ""}, {"!!null", "null", ""}, {"a: 1\n...\n", R"({"a":1})", ""}, {"a: 1\n...\n# c\n\n...\n", R"({"a":1})", ""},
      {"%YAML 1.2\n--- a\n", R"("a")", ""}, {"a\n---\nb\n", R"("a")", "2-5 a second document begins here"},
      {"a: 1\n--- \n", R"({"a":1})", "5-8 a second document begins here"}, {"a\n...\nb\n", R"("a")", "6-7 a second document begins here"},
      {"a\n...\n# c\n--- b\n", R"("a")", "10-13 a second document begins here"}, {"a\n...\n%YAML 1.2\n---\nb\n", R"("a")", "6-7 a second document begins here"},
      {"---\n---\n", "null", "4-7 a second document begins here"}, {"[a] b\n", R"(["a"])", "4-5 the document ends before this text"},
      {"{a: 1}}\n", R"({"a":1})", "6-7 `}` closes nothing"}, {"\"a\" \"b\"", R"("a")", "4-5 the document ends before this text"},
      {"a\n%YAML 1.1\n---\n", R"("a %YAML 1.1")", "12-15 a second document begins here"}};
  for (const Row& row : rows) {
    const YamlReading reading(row.text);
    INFO(row.text);
    CHECK(reading.value() == row.value);
    CHECK(reading.findings() == row.findings);
    CHECK(reading.document().complete == (row.value != "nothing"));
  }
}

TEST_CASE("bytes that are no YAML") {
  struct Row {
    std::string text;
    std::string findings;
  };
  const std::vector<Row> rows = {
      {"\xFF\xFE" "a\0"s, "0-2 the file is UTF-16"}, {"\xFE\xFF\0a"s, "0-2 the file is UTF-16"}, {"a\0:\0 \0"s, "0-2 the file is UTF-16"}, {"\0a\0:"s, "0-2 the file is UTF-16"},
      {"\xFF\xFE\0\0a\0\0\0"s, "0-4 the file is UTF-32"}, {"\0\0\xFE\xFF\0\0\0a"s, "0-4 the file is UTF-32"}, {"a\0\0\0"s, "0-4 the file is UTF-32"},
      {"\0\0\0a"s, "0-4 the file is UTF-32"}, {"a: \0b"s, "3-4 the control character `\\u{0000}` is not allowed here"},
      {"a: \xE9\xE8 b", "3-5 `\\xE9\\xE8` is not UTF-8"}, {"a: \xC3", "3-4 `\\xC3` is not UTF-8"}, {"a: \x07", "3-4 the control character `\\u{0007}` is not allowed here"},
      {"a: \x7F", "3-4 the control character `\\u{007F}` is not allowed here"}, {"a: \xC2\x80", "3-5 the control character `\\u{0080}` is not allowed here"},
      {"a: \xEF\xBF\xBF", "3-6 the control character `\xEF\xBF\xBF` is not allowed here"}};
  for (const Row& row : rows) {
    const YamlReading reading(row.text);
    INFO(testing::shown(row.text));
    CHECK(reading.findings() == row.findings);
    CHECK(reading.document().empty());
    CHECK_FALSE(reading.document().complete);
  }
  const YamlReading marked("\xEF\xBB\xBF" "a: 1");
  CHECK(marked.value() == R"({"a":1})");
  CHECK(marked.findings().empty());  // The AWS CLI takes it in front of YAML.
  CHECK(marked.bytes("a", Mark::Key) == "a");
  CHECK(YamlReading("\xEF\xBB\xBF").findings() == "0-0 the file is empty");
}

TEST_CASE("directives are counted") {
  std::string lines;
  for (int i = 0; i < 16; ++i) lines += "%TAG !t" + std::to_string(i) + "! tag:x,2000:\n# c\n\n";
  CHECK(YamlReading(lines + "---\na").value() == R"("a")");
  const YamlReading reading(lines + "%YAML 1.2\n---\na");
  CHECK(reading.document().empty());
  const std::string at = std::to_string(lines.size());
  CHECK(reading.findings() == at + "-" + std::to_string(lines.size() + 9) + " more than 16 directives");
  // Elsewhere such a line is text.
  std::string text = "--- |\n";
  for (int i = 0; i < 40; ++i) text += " %a\n";
  CHECK(YamlReading(text).findings().empty());
}

TEST_CASE("a reader is used again") {
  YamlReader reader;
  Document document;
  SourceText source;
  for (const char* text : {"a: &x [1]\nb: *x", "a: [", "<<: {a: 1}", "\"a\": 1", "", "a: *y"}) {
    source.assign(text);
    reader.read(source, testing::some_keys(), 128, document);
    const YamlReading fresh(text);
    CHECK(document.nodes.size() == fresh.document().nodes.size());
    CHECK(document.findings.size() == fresh.document().findings.size());
    CHECK(flaw_of(document, true).empty());
  }
}

}  // namespace
}  // namespace connect_lint
