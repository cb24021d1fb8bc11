// The reader takes what RFC 8259 takes, refuses the rest with a place, and goes on where that is sure.
#include <catch2/catch.hpp>

#include <algorithm>
#include <fmt/format.h>

#include "base/utf8.h"
#include "support.h"

namespace connect_lint {
namespace {

using testing::Json;
using testing::Reading;
using testing::shown;
using testing::to_json;
using namespace std::string_literals;

std::string nested(std::size_t depth) {
  return std::string(depth, '[') + std::string(depth, ']');
}

// --- The grammar ------------------------------------------------------------

const std::vector<std::string>& valid_texts() {
  static const std::vector<std::string> texts = {
      // Values at the top.
      "null", "true", "false", "0", "\"\"", "[]", "{}", "42", "\"x\"", " null ", "\n\r\t {}\r\n\t ",
      // Numbers.
      "-0", "-1", "0.5", "-0.0", "1.25", "0e1", "0e+1", "0E+1", "1e2", "1E2", "1e+2", "1e-2", "1E-2", "123e65",
      "20e1", "1.5e3", "123.456e78", "-237462374673276894279832749832423479823246327846", "9007199254740993",
      "18446744073709551615", "18446744073709551616", "-9223372036854775808", "-9223372036854775809",
      "0.000000000000000000000000000000000000000000000000000000000000000000000000000000001", "1e-400",
      "123123e100000", "[1,-2,3.0e-1]", "[ 4]", "-123", "[0]",
      // Strings: plain, escaped, beyond ASCII.
      R"("a\"b\\c\/d\be\ff\ng\rh\ti")", R"("\u0060\u012a\u12AB")", R"("\u0000")", R"("\uD801\udc37")",
      R"("\ud83d\ude39\ud83d\udc8d")", R"("\uDBFF\uDFFF")", R"("\u0821")", R"("\u0123")", R"("\uFFFF")",
      R"("\u005C\u0022")", R"("new\u000Aline")", R"("\\u12")", R"("\\a")", R"("\\")", R"("a/*b*/c/*d//e")",
      "\"\x7F\"", "\"\xC3\xA9\"", "\"\xE2\x82\xAC\"", "\"\xF0\x9D\x84\x9E\"", "\"\xF4\x8F\xBF\xBF\"", "\"\xEF\xBF\xBF\"",
      "\"\xE2\x80\xA8\xE2\x80\xA9\"", "\"\xF0\x9B\xBF\xBF\"", "\"\xEF\xBB\xBF\"", "\"\xC2\x80\"", "\"\xE0\xA0\x80\"",
      "\"\xED\x9F\xBF\"", "\"\xEE\x80\x80\"", "\"\xF0\x90\x80\x80\"",
      // Lone surrogates: the grammar takes them.
      R"("\ud800")", R"("\udc00")", R"("\ud800\ud800")", R"("\ud800x")", R"("\uDd1ea")", R"(["\uDADA"])", R"("\ud800\n")",
      // Structures.
      "[[]   ]", "[\"\"]", "[[[]]]", "[null, 1, \"1\", {}]", "[false]", "[1\n]", " [1]", "[2] ", "[1,null,null,null,2]",
      R"({"asd":"sdf", "dfg":"fgh"})", R"({"a":"b","a":"c"})", R"({"a":"b","a":"b"})", R"({"":0})", R"({"foo\u0000bar": 42})",
      R"({ "min": -1.0e+28, "max": 1.0e+28 })", R"({"x":[{"id": "xxxxxxxxxxxxxxxx"}], "id": "y"})", R"({"a":[]})",
      "{\n\"a\": \"b\"\n}", "{\"\xC3\xA9\":1}", R"({"\u0061":{"\u0061":{}}})", "[[[[1]],{}],[]]", "{\"a\" : 1 , \"b\" : 2 }",
      // Keys around eight and sixteen bytes, known or nearly so.
      R"({"Uri":1,"Ur":2,"Urii":3,"DomainName":4,"DomainNam":5,"DomainNamf":6,"SourceConnectorProperties":7,"SourceConnectorPropertiet":8})",
      // Long white space, long strings.
      std::string(100, ' ') + "1" + std::string(100, '\n'), "[" + std::string(33, '\t') + "]",
      "\"" + std::string(1000, 'x') + "\"", "[\"" + std::string(15, 'a') + "\",\"" + std::string(16, 'b') + "\",\"" + std::string(17, 'c') + "\"]",
      nested(128), "{\"a\":{\"a\":{\"a\":{}}}}"};
  return texts;
}

const std::vector<std::string>& invalid_texts() {
  static const std::vector<std::string> texts = {
      "", " ", "\n", "\xEF\xBB\xBF", "\xEF\xBB\xBF{}", "\xEF\xBB\xBF 1",
      // Numbers.
      "+1", "++1", "-", "[-]", "--1", "-01", "01", "00", "[012]", "1.", "-2.", ".5", "-.5", "1.e1", "1e", "1E", "1e+", "1e-",
      "0e", "0e+", "0.3e", "0.3e+", "1.0e", "1.0e+", "1eE2", "1.2.3", "0.1.2", "9.e+", "0x1", "0x42", "1_000", "1 000", "1,000",
      "Inf", "-Inf", "Infinity", "-Infinity", "NaN", "-NaN", "nan", "+Inf", "1a", "-1x", "123\xC3\xA9", "[1+2]", "[-foo]",
      "[- 1]", "\xEF\xBC\x91", "0.e1", "[0e+-1]", "[1 000.0]", "-a", "[1ea]", "[0x]",
      // Literals.
      "tru", "fals", "nul", "True", "FALSE", "NULL", "truth", "nulll", "truee", "true1", "[nul]", "[tru]", "[fals]",
      "[true, fals]", "none", "nullx",
      // Strings.
      "\"", "\"a", "'a'", "['']", "a", "\"\t\"", "\"a\nb\"", "\"a\rb\"", "\"\x1F\"", "\"\x01\"", "\"a\0b\""s, R"("\x")", R"("\a")", R"("\')",
      R"("\U0041")", R"("\0")", R"("\u")", R"("\u1")", R"("\u12")", R"("\u123")", R"("\u123g")", R"("\uD8)", R"("\ud800\u")",
      R"("\ud800\u1")", R"("\ud800\u1x")", R"("\)", R"("\\\")", R"("\ )", "\"\\\t\"", "\"\\\n\"", "\"\\\0\""s, "\"\\\xC3\xA9\"", "\"\\u00A\"",
      "\xE2\x80\x9C" "a\xE2\x80\x9D", R"(["\ud834\uD)", R"(["\u00)", "\\u0020\"asd\"", R"("asd"x)", R"(["x", truth])",
      // UTF-8.
      "\"\x80\"", "\"\xBF\"", "\"\xC0\x80\"", "\"\xC1\xBF\"", "\"\xC3\"", "\"\xC3(\"", "\"\xE0\x80\x80\"", "\"\xE0\x9F\xBF\"", "\"\xE2\x82\"",
      "\"\xE2(\xA1\"", "\"\xED\xA0\x80\"", "\"\xED\xBF\xBF\"", "\"\xF0\x80\x80\x80\"", "\"\xF0\x8F\xBF\xBF\"", "\"\xF4\x90\x80\x80\"",
      "\"\xF5\x80\x80\x80\"", "\"\xF0\x9D\x84\"", "\"\xFE\"", "\"\xFF\"", "\"\xE9\"", "[\xE9]", "\xE9", "{\"\xE9\":1}", "[1]\xE9", "\"\xFC\x83\xBF\xBF\xBF\xBF\"",
      "\xFF\xFE{\0}\0"s, "\xFE\xFF\0{\0}"s, "{\0}\0"s, "\0{\0}"s, "\xFF", "\xFE\xFF",
      // Structures.
      "[", "]", "{", "}", "[1", "[1,", "[,", "[,]", "[1,]", "[1,,]", "[1,,2]", "[,1]", "[\"\": 1]", "[1:2]", "[1 true]", "[3[4]]", "[1}", "{]", "[}", "{\"a\":1]",
      "[\"a\", 4 ,", "[[] ", "[][]", "[]]", "{}}", "[1]x", "{}#", "{} // c", "{} /* c */", "{}/", "/**/{}", "/*", "//", "#",
      "{\"a\"}", "{\"a\":}", "{\"a\":1,}", "{\"a\":1,,\"b\":2}", "{,\"a\":1}", "{\"a\",1}", "{\"a\" 1}", "{\"a\":1 \"b\":2}", "{\"a\"::1}", "{:1}", "{1:1}", "{null:1}",
      "{a:1}", "{'a':1}", "{\"a\":'b'}", "{\"a\":1;}", "{\"a\":1, 5}", "{\"a\":1", "{\"a\"", "{\"a\":", "{\"a\":1,", "{\"a\":1,\"b", "{[:\"x\"}", "{\"x\", null}",
      "{\"a\":true} \"x\"", "{\"a\":1}/", "{\"a\":\"b\"}#", "{key: 'value'}", "{9999E9999:1}", "{\"a\":\"a\" 123}", "{\"id\":0,,,,,}", "[\"x\"]]",
      "1 2", "null null", "1]", "1}", "1,", "\"a\" \"b\"", "{}{}", "[1],", "<.>", "[<null>]", "*", "[*]", "&", "{\"a\":/*c*/\"b\"}", "[1,\n1\n,1", "[a", "[\"a", "[\"\\n]",
      "\xE2\x81\xA0", "[\xE2\x81\xA0]", "\xC2\xA0" "1", "[\x0C]", "\x0B[]", "[]\x0C", "{}\x1A", "\x85[]",
      // NUL.
      "\0"s, "1\0"s, "{}\0"s, "[1\0]"s, "[\0]"s, "true\0"s, "{\"a\":1}\0 garbage }}}"s, "{\"a\"\0:1}"s, " \0"s, "\"a\"\0"s, "{\"a\":1}\0"s,
      nested(129), nested(100'000), std::string(100'000, '['), std::string(100'000, '{'), "[" + nested(128) + "]"};
  return texts;
}

TEST_CASE("the reader takes what the grammar takes") {
  for (const std::string& text : valid_texts()) {
    const Reading reading(text);
    INFO(shown(text));
    CHECK(reading.accepted());
  }
}

TEST_CASE("the reader refuses what the grammar refuses, and says where") {
  for (const std::string& text : invalid_texts()) {
    const Reading reading(text);
    INFO(shown(text));
    CHECK_FALSE(reading.accepted());
    CHECK_FALSE(reading.document().findings.empty());
    for (const DocumentFinding& finding : reading.document().findings) {
      CHECK(finding.span.begin <= finding.span.end);
      // A byte order mark of UTF-16 stands for two bytes.
      CHECK(finding.span.end <= std::max<std::size_t>(text.size(), 2));
    }
  }
}

TEST_CASE("a text cut off at any byte is refused") {
  const std::string text = R"({"a":[1,-2.5e3,true,false,null,"x\n\u00e9é",{"b":{}}],"c":"\ud83d\ude00"})";
  REQUIRE(Reading(text).accepted());
  for (std::size_t size = 0; size < text.size(); ++size) {
    INFO(shown(text.substr(0, size)));
    const Reading reading(text.substr(0, size));
    CHECK_FALSE(reading.accepted());
    CHECK_FALSE(reading.document().findings.empty());
  }
}

TEST_CASE("the nesting limit has two sides") {
  for (const std::uint32_t limit : {1u, 2u, 17u, 128u, 10'000u}) {
    INFO(limit);
    for (const auto& [open, close] : {std::pair{"[", "]"}, std::pair{"{\"a\":", "}"}}) {
      std::string inside;
      for (std::uint32_t i = 1; i < limit; ++i) inside += open;
      inside += *open == '{' ? "{}" : "[]";
      for (std::uint32_t i = 1; i < limit; ++i) inside += close;
      CHECK(Reading(inside, limit).findings() == "");
      const Reading deeper(open + inside + close, limit);
      const std::size_t place = limit * std::string_view(open).size();
      CHECK(deeper.findings() == fmt::format("document/too-deep@{}-{}", place, place + 1));
      REQUIRE(deeper.document().findings.size() == 1);
      CHECK(deeper.document().findings[0].number == limit);
      CHECK_FALSE(deeper.document().complete);
    }
  }
}

TEST_CASE("numbers that no double holds are reported, whatever their form") {
  struct Row {
    std::string text;
    bool reported;
  };
  const std::string zeros(400, '0');
  const std::vector<Row> rows = {{"1e308", false},  {"1e309", true},   {"-1e309", true},  {"1e400", true},
                                 {"1E+400", true},  {"1e-400", false}, {"1E-400", false}, {"0e400", false},
                                 {"-0e999", false}, {"1.7976931348623157e308", false},    {"1.8e308", true},
                                 {"1" + zeros, true},                  {"-1" + zeros, true},
                                 {"1" + zeros + ".5", true},           {"1" + zeros + "e-200", false},
                                 {"1" + zeros + "e-50", true},         {"0." + zeros + "1", false},
                                 {"0." + zeros + "1e500", false},      {"0." + zeros + "1e900", true}};
  for (const Row& row : rows) {
    const Reading reading(row.text);
    INFO(shown(row.text));
    CHECK(reading.accepted());
    CHECK(reading.findings() == (row.reported ? fmt::format("document/number-range@0-{}", row.text.size()) : ""));
  }
}

// --- Recovery ---------------------------------------------------------------

struct Recovery {
  std::string text;
  std::string findings;
  std::string tree;  // What is read all the same, as JSON; empty when the reader stops.
};

const std::vector<Recovery>& recoveries() {
  static const std::vector<Recovery> rows = {
      // Commas.
      {R"({"a":1 "b":2})", "document/syntax:missing-comma@6-6", R"({"a":1,"b":2})"},
      {"{\"a\":1\n \"b\":2}", "document/syntax:missing-comma@6-6", R"({"a":1,"b":2})"},
      {R"({"a":"x""b":2})", "document/syntax:missing-comma@8-8", R"({"a":"x","b":2})"},
      {R"({"a":{} "b":[] "c":0})", "document/syntax:missing-comma@7-7 document/syntax:missing-comma@14-14", R"({"a":{},"b":[],"c":0})"},
      {"[1 2]", "document/syntax:missing-comma@2-2", "[1,2]"},
      {"[\"a\" \"b\"]", "document/syntax:missing-comma@4-4", R"(["a","b"])"},
      {"[{} {}]", "document/syntax:missing-comma@3-3", "[{},{}]"},
      {"[true false null]", "document/syntax:missing-comma@5-5 document/syntax:missing-comma@11-11", "[true,false,null]"},
      {R"({"a":1,})", "document/trailing-comma@6-7", R"({"a":1})"},
      {"[1, ]", "document/trailing-comma@2-3", "[1]"},
      {R"({"a":[1,],})", "document/trailing-comma@7-8 document/trailing-comma@9-10", R"({"a":[1]})"},
      {R"({"a":1,,"b":2})", "document/syntax:extra-comma@7-8", R"({"a":1,"b":2})"},
      {"[1,,2]", "document/syntax:extra-comma@3-4", "[1,2]"},
      {"[,1]", "document/syntax:extra-comma@1-2", "[1]"},
      {R"({,"a":1})", "document/syntax:extra-comma@1-2", R"({"a":1})"},
      {R"({"a":,"b":2})", "document/syntax:missing-value@5-6", R"({"a":null,"b":2})"},
      {R"({"a":})", "document/syntax:missing-value@5-6", R"({"a":null})"},
      {R"({"a":1,"b":})", "document/syntax:missing-value@11-12", R"({"a":1,"b":null})"},
      // Colons.
      {R"({"a" 1,"b":2})", "document/syntax:missing-colon@4-4", R"({"a":1,"b":2})"},
      {R"({"a" {"b" "c"}})", "document/syntax:missing-colon@4-4 document/syntax:missing-colon@9-9", R"({"a":{"b":"c"}})"},
      {R"({"a"})", "document/syntax:missing-colon@4-4", ""},
      {R"({"a","b":1})", "document/syntax:missing-colon@4-4", ""},
      {R"({"a"=1})", "document/syntax:missing-colon@4-4", ""},
      // Comments.
      {"{\"a\":1} // x", "document/comment@8-12", R"({"a":1})"},
      {"// x\n{\"a\":1}", "document/comment@0-4", R"({"a":1})"},
      {"// x\r\n{\"a\":1}", "document/comment@0-4", R"({"a":1})"},
      {"{ # x\n\"a\":1}", "document/comment@2-5", R"({"a":1})"},
      {R"({"a":/* x */1,/**/"b":2})", "document/comment@5-12 document/comment@14-18", R"({"a":1,"b":2})"},
      {"[1,//x\n2]", "document/comment@3-6", "[1,2]"},
      {"[1//x\n,2]", "document/comment@2-5", "[1,2]"},
      {"[1/*x*/]", "document/comment@2-7", "[1]"},
      {R"({"a"/*x*/:1})", "document/comment@4-9", R"({"a":1})"},
      {"{\"a\":1, // x\n}", "document/trailing-comma@6-7 document/comment@8-12", R"({"a":1})"},
      {"[1 /* open", "document/syntax:comment-unclosed@3-10", ""},
      // Quotes.
      {R"({'a':'b'})", "document/syntax:single-quotes@1-4 document/syntax:single-quotes@5-8", R"({"a":"b"})"},
      {"['a', 'b']", "document/syntax:single-quotes@1-4 document/syntax:single-quotes@6-9", R"(["a","b"])"},
      {"{\"a\":''}", "document/syntax:single-quotes@5-7", R"({"a":""})"},
      {"{\"a\":'\xC3\xA9'}", "document/syntax:single-quotes@5-9", "{\"a\":\"\xC3\xA9\"}"},
      {"{\xE2\x80\x9C" "a\xE2\x80\x9D:1}", "document/syntax:typographic-quotes@1-8", R"({"a":1})"},
      {"{\"a\":\xE2\x80\x9C" "b\xE2\x80\x9D}", "document/syntax:typographic-quotes@5-12", R"({"a":"b"})"},
      {"{\"a\":\xE2\x80\x9D" "b\xE2\x80\x9D,\"c\":1}", "document/syntax:typographic-quotes@5-12", R"({"a":"b","c":1})"},
      {R"({'Uri':1,'Uri':2})", "document/syntax:single-quotes@1-6 document/syntax:single-quotes@9-14 document/duplicate-key@9-14", R"({"Uri":2})"},
      {"{\"a\":'b", "document/syntax:unexpected-text@5-6", ""},
      // Words.
      {"{a:1,b_2:2}", "document/syntax:unquoted-key@1-2 document/syntax:unquoted-key@5-8", R"({"a":1,"b_2":2})"},
      {"{DomainName : \"x\"}", "document/syntax:unquoted-key@1-11", R"({"DomainName":"x"})"},
      {"{1:2,-3:4}", "document/syntax:key-not-string@1-2 document/syntax:key-not-string@5-7", R"({"1":2,"-3":4})"},
      {"{\"a\":abc,\"b\":1}", "document/syntax:bare-word@5-8", R"({"a":"abc","b":1})"},
      {"{\"a\":x}", "document/syntax:bare-word@5-6", R"({"a":"x"})"},
      {"{\"a\":x\n}", "document/syntax:bare-word@5-6", R"({"a":"x"})"},
      {"[PROJECTION, x]", "document/syntax:bare-word@1-11 document/syntax:bare-word@13-14", R"(["PROJECTION","x"])"},
      {"[True, False, None]", "document/syntax:python-literal@1-5 document/syntax:python-literal@7-12 document/syntax:python-literal@14-18", "[true,false,null]"},
      {"[TRUE,FALSE,NULL,Null,nil,undefined]",
       "document/syntax:python-literal@1-5 document/syntax:python-literal@6-11 document/syntax:python-literal@12-16 "
       "document/syntax:python-literal@17-21 document/syntax:python-literal@22-25 document/syntax:python-literal@26-35",
       "[true,false,null,null,null,null]"},
      {"{\"a\":True\n\"b\":1}", "document/syntax:python-literal@5-9 document/syntax:missing-comma@9-9", R"({"a":true,"b":1})"},
      {"True", "document/syntax:python-literal@0-4", "true"},
      {"[tru, 1]", "document/syntax:bare-word@1-4", R"(["tru",1])"},
      {"[truex, 1]", "document/syntax:bare-word@1-6", R"(["truex",1])"},
      {"hello", "document/syntax:unexpected-text@0-5", ""},
      {"hello: world", "document/syntax:unexpected-text@0-5", ""},
      // Numbers.
      {"[NaN, 1]", "document/syntax:not-a-number@1-4", ""},
      {"[Infinity,-Infinity,-NaN]", "document/syntax:not-a-number@1-9 document/syntax:not-a-number@10-19 document/syntax:not-a-number@20-24", ""},
      {"[01, 2]", "document/syntax:leading-zero@1-3", ""},
      {"[-007,2]", "document/syntax:leading-zero@1-5", ""},
      {"[+1,2]", "document/syntax:leading-plus@1-3", ""},
      {"[.5,5.,-.5]", "document/syntax:bare-fraction@1-3 document/syntax:bare-fraction@4-6 document/syntax:bare-fraction@7-10", ""},
      {"[0x1F,1_000,1e,1.2.3,-]",
       "document/syntax:bad-number@1-5 document/syntax:bad-number@6-11 document/syntax:bad-number@12-14 "
       "document/syntax:bad-number@15-20 document/syntax:bad-number@21-22",
       ""},
      {"[1.e5, 2]", "document/syntax:bad-number@1-5", ""},
      {"[2021-10-14, 1]", "document/syntax:bad-number@1-11", ""},
      {"[1e400x]", "document/syntax:bad-number@1-7", ""},
      // Strings.
      {R"(["\x41", 1])", "document/syntax:bad-escape@2-4", R"(["\\x41",1])"},
      {R"(["C:\dir\é"])", "document/syntax:bad-escape@4-6 document/syntax:bad-escape@8-11", ""},
      {R"(["\u12"])", "document/syntax:bad-escape@2-4", R"(["\\u12"])"},
      {"[\"a\tb\",\"\x01\"]", "document/control-character@3-4 document/control-character@8-9", "[\"a\\tb\",\"\\u0001\"]"},
      {"[\"a\0b\",1]"s, "document/control-character@3-4", R"(["a\u0000b",1])"},
      {"[\"a\nb\",1]", "document/syntax:string-unclosed@1-3", ""},
      {"[\"a\r\nb\",1]", "document/syntax:string-unclosed@1-3", ""},
      {"[\"ab", "document/syntax:string-unclosed@1-4", ""},
      {"{\"a", "document/syntax:string-unclosed@1-3", ""},
      {"[\"\xE9t\xE9\",1]", "document/encoding@2-3 document/encoding@4-5", ""},
      {"[\"\xE9\xE8\",1]", "document/encoding@2-4", ""},
      {R"(["\ud83d",1])", "document/lone-surrogate@2-8", ""},
      {R"(["\ude00\ud83d\ud83d\ude00"])", "document/lone-surrogate@2-8 document/lone-surrogate@8-14", ""},
      // Brackets and ends.
      {"[1", "document/syntax:unclosed@2-2", ""},
      {"{\"a\":[1,2", "document/syntax:unclosed@9-9", ""},
      {"{\"a\":1, ", "document/syntax:unclosed@7-7", ""},
      {"{\"a\":", "document/syntax:unclosed@5-5", ""},
      {"{\"a\"", "document/syntax:unclosed@4-4", ""},
      {"{\"a\":[1}", "document/syntax:wrong-bracket@7-8", ""},
      {"[1}", "document/syntax:wrong-bracket@2-3", ""},
      {"{]", "document/syntax:wrong-bracket@1-2", ""},
      {"{\"a\":1} x y\nz", "document/syntax:text-after-value@8-11", R"({"a":1})"},
      {"{} {}", "document/syntax:text-after-value@3-5", "{}"},
      {"[]]", "document/syntax:text-after-value@2-3", "[]"},
      {"1\0"s + "2", "document/syntax:text-after-value@1-3", "1"},
      {"1\0"s + "2\0"s, "document/encoding@0-2", ""},
      {"{\"a\":1}\0 x"s, "document/syntax:text-after-value@7-10", R"({"a":1})"},
      {"[@]", "document/syntax:unexpected-text@1-2", ""},
      {"[\xE2\x82\xAC]", "document/syntax:unexpected-text@1-4", ""},
      {"[1;2]", "document/syntax:unexpected-text@2-3", ""},
      {"[\xE9]", "document/encoding@1-2", ""},
      {"{\"a\":1;\"b\":2}", "document/syntax:unexpected-text@6-7", ""},
      // Beginnings.
      {"", "document/empty@0-0", ""},
      {" \n", "document/empty@0-0", ""},
      {"\xEF\xBB\xBF{\"a\":1}", "document/byte-order-mark@0-3", R"({"a":1})"},
      {"\xEF\xBB\xBF", "document/byte-order-mark@0-3 document/empty@0-0", ""},
      {"\xFF\xFE{\0"s, "document/encoding@0-2", ""},
      // Everything at once.
      {"{\n  // c\n  'a': True,\n  b: [1 2,],\n  \"c\": 012\n}",
       "document/comment@4-8 document/syntax:single-quotes@11-14 document/syntax:python-literal@16-20 "
       "document/syntax:unquoted-key@24-25 document/syntax:missing-comma@29-29 document/trailing-comma@31-32 "
       "document/syntax:leading-zero@42-45",
       ""},
  };
  return rows;
}

TEST_CASE("slips are named, marked to the byte, and hide nothing") {
  for (const Recovery& row : recoveries()) {
    const Reading reading(row.text);
    INFO(shown(row.text));
    CHECK(reading.findings() == row.findings);
    if (row.tree.empty()) continue;
    CHECK(reading.document().complete);
    REQUIRE_FALSE(reading.document().empty());
    CHECK(to_json(reading.document()) == Json::parse(row.tree));
  }
}

TEST_CASE("what was opened and not closed is pointed at") {
  struct Row {
    std::string text;
    std::uint32_t opened;
  };
  const std::vector<Row> rows = {{"[1", 0}, {" {\"a\":[1,2", 6}, {"{\"a\":{}", 0}, {"{\"a\":[1}", 5}, {"[[1}", 1}, {"{\"a\":[],", 0}};
  for (const Row& row : rows) {
    INFO(row.text);
    const Reading reading(row.text);
    REQUIRE(reading.document().findings.size() == 1);
    CHECK(reading.document().findings[0].other.begin == row.opened);
    CHECK(reading.document().findings[0].other.end == row.opened + 1);
  }
}

TEST_CASE("a stopped reading leaves a tree that can be walked") {
  for (const std::string& text : invalid_texts()) {
    const Reading reading(text, 10'000);
    const Document& document = reading.document();
    INFO(shown(text));
    std::vector<NodeIndex> ends;
    for (NodeIndex i = 0; i < document.nodes.size(); ++i) {
      while (!ends.empty() && ends.back() == i) ends.pop_back();
      REQUIRE(document[i].next > i);
      REQUIRE(document[i].next <= (ends.empty() ? document.nodes.size() : ends.back()));
      REQUIRE(document[i].begin <= document[i].end);
      REQUIRE(document[i].end <= text.size());
      ends.push_back(document[i].next);
    }
    if (!document.empty()) CHECK(document[0].next == document.nodes.size());
  }
}

// --- Places and texts -------------------------------------------------------

TEST_CASE("the bytes of every value and key are where the tree says") {
  const std::vector<std::string> texts = {
      R"( { "a" : [ 1 , -2.5e+3 , true , false , null , "x" ] , "b" : { } , "c" : [ ] } )",
      R"({"\u0061b":"\n\u00e9","é":{"€":["𝄞","\ud834\udd1e"]}})", "\n[\n\t[[]],\r\n[{}],0\n]\n", "  -0.0  ", "\"\\\"\"", "[[[[]]],[{\"a\":{\"b\":0}}]]",
      R"({"DomainName":"d","Uri":"s3://x","Tags":{"k":"v","k2":""},"FlowDefinition":{"Tasks":[{"a":1},{"a":2}]}})"};
  for (const std::string& text : texts) {
    const Reading reading(text);
    const Document& document = reading.document();
    INFO(text);
    REQUIRE(reading.accepted());
    CHECK(to_json(document) == Json::parse(text));
    for (NodeIndex i = 0; i < document.nodes.size(); ++i) {
      const std::string_view value = document.bytes(document.span(i, Mark::Value));
      INFO(value);
      REQUIRE(Json::accept(value));
      CHECK(Json::parse(value) == to_json(document, i));
      if (document[i].key_begin == document[i].key_end) continue;
      const std::string_view key = document.bytes(document.span(i, Mark::Key));
      REQUIRE(Json::accept(key));
      CHECK(Json::parse(key) == std::string(document.key(i)));
    }
  }
}

TEST_CASE("strings are decoded") {
  struct Row {
    std::string text;
    std::string decoded;
    bool non_ascii;
  };
  const std::vector<Row> rows = {{R"("")", "", false},
                                 {R"("a")", "a", false},
                                 {R"("\"\\\/\b\f\n\r\t")", "\"\\/\b\f\n\r\t", false},
                                 {R"("\u0041\u005a")", "AZ", false},
                                 {R"("\u0000x")", "\0x"s, false},
                                 {R"("\u007f")", "\x7F", false},
                                 {R"("\u0080")", "\xC2\x80", true},
                                 {R"("\u07ff\u0800\uFFFF")", "\xDF\xBF\xE0\xA0\x80\xEF\xBF\xBF", true},
                                 {R"("\ud800\udc00\uDBFF\uDFFF")", "\xF0\x90\x80\x80\xF4\x8F\xBF\xBF", true},
                                 {R"("\ud83dx")", "\xED\xA0\xBDx", true},
                                 {"\"\xC3\xA9\"", "\xC3\xA9", true},
                                 {"\"\xC3\xA9\\n\"", "\xC3\xA9\n", true},
                                 {"\"" + std::string(40, 'a') + "\\t" + std::string(40, 'b') + "\"",
                                  std::string(40, 'a') + "\t" + std::string(40, 'b'), false}};
  for (const Row& row : rows) {
    INFO(row.text);
    const Reading value(row.text);
    CHECK(value.document().string(0) == row.decoded);
    CHECK(value.document()[0].has(Node::kNonAscii) == row.non_ascii);
    const std::string object_text = "{" + row.text + ":" + row.text + "}";
    const Reading object(object_text);
    CHECK(object.document().key(1) == row.decoded);
    CHECK(object.document().string(1) == row.decoded);
    CHECK(object.document().member(0, row.decoded) == 1);
  }
}

TEST_CASE("keys are looked up, written plainly or not") {
  const KeyTable& keys = testing::some_keys();
  const Reading reading(R"({"Uri":1,"\u0055ri":2,"Uri ":3,"uri":4,"SourceConnectorProperties":5,"SourceConnectorPropertiez":6,"é":7,"\u00e9":8,"":9})");
  const Document& document = reading.document();
  std::vector<std::string> names;
  for (const NodeIndex child : document.children(0)) names.emplace_back(keys.name(document[child].key_id));
  CHECK(names == std::vector<std::string>{"Uri", "Uri", "", "", "SourceConnectorProperties", "", "é", "é", ""});
  CHECK(document.member(0, "Uri") == 2);
  CHECK(document.member(0, "nothing") == kNoNode);
}

// --- Duplicate keys ---------------------------------------------------------

TEST_CASE("keys that come twice are reported at the later ones") {
  struct Row {
    std::string text;
    std::string findings;
    std::uint32_t first;  // Where `other` points.
  };
  const std::vector<Row> rows = {
      {R"({"Uri":1,"Uri":2})", "document/duplicate-key@9-14", 1},
      {R"({"x":1,"x":2})", "document/duplicate-key@7-10", 1},
      {R"({"x":1,"y":0,"x":2})", "document/duplicate-key@13-16", 1},
      {R"({"x":1,"\u0078":2})", "document/duplicate-key@7-15", 1},
      {R"({"\u0055ri":1,"Uri":2})", "document/duplicate-key@14-19", 1},
      {R"({"Uri":1,"Uri":2,"Uri":3})", "document/duplicate-key@9-14 document/duplicate-key@17-22", 1},
      {R"({"x":{"x":{"x":1}}})", "", 0},
      {R"([{"x":1},{"x":1}])", "", 0},
      {R"({"x":{"y":1,"y":2},"z":0})", "document/duplicate-key@12-15", 6},
      {R"({"":1,"":2})", "document/duplicate-key@6-8", 1},
      {R"({"x":1,"X":2,"x ":3})", "", 0},
      {R"({"x\u0000":1,"x":2})", "", 0},
      {R"({"é":1,"\u00e9":2})", "document/duplicate-key@8-16", 1}};
  for (const Row& row : rows) {
    const Reading reading(row.text);
    INFO(row.text);
    CHECK(reading.findings() == row.findings);
    CHECK(reading.accepted());
    for (const DocumentFinding& finding : reading.document().findings) {
      CHECK(finding.other.begin == row.first);
      CHECK(finding.mark == Mark::Key);
      CHECK(reading.document()[finding.node].key_begin == finding.span.begin);
    }
  }
}

TEST_CASE("ten thousand unknown keys, one of them twice") {
  std::string text = "{";
  for (int i = 0; i < 10'000; ++i) text += fmt::format("\"k{}\":{},", i, i);
  text += R"("k5000":0})";
  const Reading reading(text);
  REQUIRE(reading.document().findings.size() == 1);
  CHECK(reading.document().findings[0].id == FindingId::DocumentDuplicateKey);
  CHECK(reading.document().bytes(reading.document().findings[0].span) == "\"k5000\"");
  CHECK(reading.document().findings[0].span.end + 3 == text.size());
}

TEST_CASE("findings are bounded, and all are counted") {
  for (const std::size_t extra : {std::size_t{0}, std::size_t{1}, std::size_t{500}}) {
    std::string text = "[";
    for (std::size_t i = 0; i < kFindingsKeptMax + extra; ++i) text += "01,";
    text += "0]";
    const Reading reading(text);
    CHECK(reading.document().complete);
    CHECK(reading.document().findings.size() == kFindingsKeptMax);
    CHECK(reading.document().findings_left_out == extra);
  }
}

TEST_CASE("a reader forgets the text before") {
  SourceText source;
  JsonReader reader;
  Document document;
  const auto read = [&](std::string_view text) {
    source.assign(text);
    reader.read(source, testing::some_keys(), 128, document);
  };
  read(R"({"Uri":1,"Uri":2,"x\n":[[[]]],"y":)");
  CHECK(document.findings.size() == 1);
  read(R"({"Uri":"\n","x":2})");
  CHECK(document.complete);
  CHECK(document.findings.empty());
  CHECK(to_json(document) == Json::parse(R"({"Uri":"\n","x":2})"));
  read("");
  CHECK(document.empty());
  CHECK_FALSE(document.complete);
}

}  // namespace
}  // namespace connect_lint
