// What breaks the grammar: the place, and words that say what to do.
#include <catch2/catch.hpp>

#include "document/describe_document.h"
#include "support.h"

namespace connect_lint {
namespace {

using testing::flaw_of;
using testing::YamlReading;

struct Row {
  std::string text;
  std::string findings;
};

TEST_CASE("reading ends where the grammar is broken") {
  const std::string colon = " this colon makes a key of a text that cannot be one";
  const std::string mapping = " <- 0-1 the mapping begins here";
  const std::string tag = " the tag cannot be read";
  const std::vector<Row> rows = {
      // Indentation.
      {"a:\n\tb: 1\n", "3-4 a tab stands where blanks indent"}, {"a:\n  b: 1\n\tc: 2\n", "10-11 a tab stands where blanks indent"},
      {"a: b: c\n", "4-5" + colon}, {"a: 1\n b: 2\n", "7-8" + colon}, {"a: x y: z\n", "6-7" + colon}, {"key\nb: 1\n", "5-6" + colon},
      {"a: - b\n", "3-4 a list cannot begin here"}, {"[- a]\n", "1-2 a list cannot begin here"}, {"a: 1\n- b\n", "5-6 the mapping cannot go on with `-`" + mapping},
      {"a:\n    b: 1\n  c: 2\n", "14-15 the mapping cannot go on with `c` <- 0-1 the mapping begins here"}, {"- a\nb: 1\n", "4-5 the list cannot go on with `b` <- 0-1 the list begins here"},
      {"- a: 1\n  b\n", "9-10 a colon is missing after the key"}, {"a: 1\nfoo bar # c\nc: 2\n", "5-12 a colon is missing after the key"},
      {"a: \"x\" y\n", "7-8 the mapping cannot go on with `y`" + mapping}, {"a: ? b\n", "3-4 a key cannot begin here"},
      // Brackets.
      {"[a, b\n", "5-5 the file ends inside of a list <- 0-1 the list is opened here"}, {"a: {b: 1\n\n# c\n", "13-13 the file ends inside of a mapping <- 3-4 the mapping is opened here"},
      {"[a\nb: 1\n", "4-5 a comma or `]` is missing before `:` <- 0-1 the list is opened here"}, {"[a}", "2-3 a comma or `]` is missing before `}` <- 0-1 the list is opened here"},
      {"{a: 1 b: 2}", "7-8 a comma or `}` is missing before `:` <- 0-1 the mapping is opened here"}, {"[a b: c]", ""}, {"[,]", "1-2 a value is missing before `,`"},
      {"{a: 1,,}", "6-7 a value is missing before `,`"}, {"[\"a\" \"b\"]", "5-6 a comma or `]` is missing before `\"` <- 0-1 the list is opened here"}, {"a: ]\n", "3-4 a text without quotes cannot begin with `]`"},
      {"a: ,b\n", "3-4 a text without quotes cannot begin with `,`"}, {"{a: [1, 2}\n", "9-10 a comma or `]` is missing before `}` <- 4-5 the list is opened here"},
      // Characters that begin nothing.
      {"a: @x\n", "3-4 a text without quotes cannot begin with `@`"}, {"a: `x`\n", "3-4 a text without quotes cannot begin with ```"}, {"a: %x\n", "3-4 a text without quotes cannot begin with `%`"},
      {"a: **x**\n", "4-5 the name of an anchor cannot go on with `*` <- 3-4 it begins here"}, {"a: *\n", "4-4 the name of an anchor cannot go on with the end of the file <- 3-4 it begins here"},
      {"a: & b\n", "4-5 the name of an anchor cannot go on with ` ` <- 3-4 it begins here"}, {"é: *ö\n", "5-7 the name of an anchor cannot go on with `ö` <- 4-5 it begins here"},
      // Quotes.
      {"a: \"x\nb: 1\n", "10-10 the quoted text is not closed <- 3-4 the quote is opened here"}, {"a: 'it's'\n", "7-8 the mapping cannot go on with `s`" + mapping},
      {"a: 'x\n---\nb: 1\n", "6-9 the document ends inside of a quoted text <- 3-4 the quote is opened here"}, {"a: \"C:\\dir\"\n", "6-8 `\\d` is no escape"},
      {"a: \"\\é\"\n", "4-7 `\\é` is no escape"}, {"a: \"\\x4\"\n", "4-7 `\\x4` is no whole escape"}, {"a: \"\\ud83d\\ude00\"\n", "4-10 `\\ud83d` names no character"},
      // Block scalars.
      {"a: | x\n", "5-6 `x` stands behind the `|` or `>`"}, {"a: |0\n  x\n", "4-5 an indentation of 0 is none"}, {"a: |\n\tx\n", "5-6 a tab stands where blanks indent"},
      // Tags.
      {"a: !!<x\n", "5-6" + tag + " <- 3-4 it begins here"}, {"a: !<x\n", "6-6" + tag + " <- 3-4 it begins here"}, {"a: !e!x 1\n", "3-4 the tag is not declared"},
      {"a: !Ref x\nb: 1\n", "3-7 the tag `!Ref` calls a function of CloudFormation, which requests do not have"}, {"a: !Sub [x]\n", "3-7 the tag `!Sub` calls a function of CloudFormation, which requests do not have"}, {"a: !!binary aGk=\n", "3-11 the tag `!!binary` is not known"},
      {"a: !!int x\n", "3-8 the value is not what its tag `!!int` says"}, {"a: !!str [x]\n", "3-8 the value is not what its tag `!!str` says"}, {"a: !!map x\n", "3-8 the value is not what its tag `!!map` says"},
      {"a: !!int\n", "3-8 the value is not what its tag `!!int` says"}, {"!Ref a: 1\n", "0-4 the tag `!Ref` calls a function of CloudFormation, which requests do not have"}, {"!!map a: 1\n", "0-5 the value is not what its tag `!!map` says"},
      {"!x {!y a: !z b}\n", "0-2 the tag `!x` is not known\n4-6 the tag `!y` is not known\n10-12 the tag `!z` is not known"},
      // Directives.
      {"%FOO x\n--- a\n", "4-5 the directive cannot be read <- 0-1 it begins here"}, {"%YAML 2.0\n--- a\n", "0-1 no reader knows this version of YAML"},
      {"%YAML 1.2\n%YAML 1.2\n--- a\n", "10-11 the directive is here again"}, {"%YAML 1.2\na: 1\n", "10-11 the document begins behind a line with `---`"},
      {"%YAML x\n---\n", "6-7 the directive cannot be read <- 0-1 it begins here"}, {"% x\n", "1-2 the directive cannot be read <- 0-1 it begins here"}};
  for (const Row& row : rows) {
    const YamlReading reading(row.text);
    INFO(row.text);
    CHECK(reading.findings() == row.findings);
    CHECK(flaw_of(reading.document(), false).empty());
  }
}

TEST_CASE("what was read before stays") {
  const YamlReading reading("a: 1\nb:\n  - x\n  - y: [1, {z: 2\n");
  CHECK_FALSE(reading.document().complete);
  CHECK(reading.value() == R"({"a":1,"b":["x",{"y":[1,{"z":2}]}]})");
  for (const char* path : {"", "b", "b/1", "b/1/y", "b/1/y/1"}) CHECK(reading.document()[reading.node(path)].has(Node::kBroken));
  CHECK_FALSE(reading.document()[reading.node("a")].has(Node::kBroken));
  REQUIRE(reading.document().findings.size() == 1);
  CHECK(reading.document().findings[0].node == reading.node("b/1/y/1"));
}

TEST_CASE("a wrong tag breaks its value only") {
  const YamlReading reading("a: !Ref x\nb: !Sub [1]\nc: !!int y\nd: 1\n");
  CHECK(reading.document().complete);
  CHECK(reading.value() == R"({"a":"x","b":[1],"c":"y","d":1})");
  for (const char* path : {"a", "b", "c"}) CHECK(reading.document()[reading.node(path)].has(Node::kBroken));
  CHECK_FALSE(reading.document()[0].has(Node::kBroken));
}

TEST_CASE("words keep to the house style") {
  for (const char* text : {"a: b: c", "a:\n\tb", "[a", "a: *", "a: @", "%FOO", "a: \"\\q\"", "a: !<", "a: |x", "- a\nb", "*a", "&a [*a]", "a: !x y", "---\n---", "? []\n", "<<: 1"}) {
    const YamlReading reading(text);
    INFO(text);
    REQUIRE_FALSE(reading.document().findings.empty());
    for (const DocumentFinding& finding : reading.document().findings) {
      const DocumentWords words = describe_document(finding, reading.document());
      for (const std::string& line : {words.message, words.help, words.other}) {
        CHECK(line.find("{}") == line.npos);
        CHECK(line.find('\n') == line.npos);
        CHECK_FALSE(line.ends_with('.'));
        CHECK((line.empty() || !std::isupper(static_cast<unsigned char>(line[0])) || line.starts_with("YAML")));
      }
    }
  }
}

}  // namespace
}  // namespace connect_lint
