// What a scalar means, as ruamel.yaml's safe loader has it; ruamel_test.py compares more of them with it.
#include <catch2/catch.hpp>

#include "base/utf8.h"
#include "document/yaml_scalar.h"
#include "support.h"

namespace connect_lint {
namespace {

using testing::Json;
using testing::YamlReading;

struct Row {
  std::string text;
  std::string value;  // JSON, as compact as dump() is.
};

TEST_CASE("a plain scalar is what the AWS CLI makes of it") {
  const std::vector<Row> rows = {
      {"true", "true"}, {"True", "true"}, {"TRUE", "true"}, {"false", "false"}, {"False", "false"}, {"FALSE", "false"},
      {"tRUE", R"("tRUE")"}, {"yes", R"("yes")"}, {"no", R"("no")"}, {"on", R"("on")"}, {"Off", R"("Off")"}, {"y", R"("y")"}, {"n", R"("n")"},
      {"~", "null"}, {"null", "null"}, {"Null", "null"}, {"NULL", "null"}, {"nULL", R"("nULL")"}, {"None", R"("None")"}, {"nil", R"("nil")"},
      {"0", "0"}, {"12", "12"}, {"-12", "-12"}, {"+12", "12"}, {"012", "12"}, {"-007", "-7"}, {"08", "8"}, {"00", "0"}, {"1_000", "1000"}, {"1__0_", "10"},
      {"-0", "0"}, {"+_1", "1"}, {"_1", R"("_1")"}, {"-_", R"("-_")"}, {"0o14", "12"}, {"-0o14", "-12"}, {"0o8", R"("0o8")"}, {"0O14", R"("0O14")"},
      {"0x1F", "31"}, {"0xff_ff", "65535"}, {"-0x10", "-16"}, {"0X1F", R"("0X1F")"}, {"0x", R"("0x")"}, {"0x_", R"("0x_")"}, {"0xG", R"("0xG")"},
      {"0b11", "3"}, {"-0b1_0", "-2"}, {"0b2", R"("0b2")"}, {"0b", R"("0b")"}, {"12a", R"("12a")"}, {"1 2", R"("1 2")"}, {"1,000", R"("1,000")"},
      {"9007199254740993", "9007199254740993"}, {"0xFFFFFFFFFFFFFFFF", "18446744073709551615"},
      {"1.5", "1.5"}, {"12.", "12.0"}, {".5", "0.5"}, {"+.5", "0.5"}, {"-.5", "-0.5"}, {"1e3", "1000.0"}, {"1.e3", "1000.0"}, {"1E+3", "1000.0"},
      {"007.50", "7.5"}, {"1_0.5_0", "10.5"}, {".5e3", R"(".5e3")"}, {".5e+3", "500.0"}, {"1e", R"("1e")"}, {"1e+", R"("1e+")"}, {"1.2.3", R"("1.2.3")"},
      {".", R"(".")"}, {"._", R"("._")"}, {"._e+3", R"("._e+3")"}, {"-", "[null]"}, {"--", R"("--")"}, {"+", R"("+")"}, {"1e-400", "0.0"}, {"190:20:30", R"("190:20:30")"},
      {"2022-01-01", R"("2022-01-01")"}, {"2022-01-01T00:00:00Z", R"("2022-01-01T00:00:00Z")"}, {"2022-13-45", R"("2022-13-45")"}, {"12:30", R"("12:30")"},
      {"inf", R"("inf")"}, {"nan", R"("nan")"}, {"-.nan", R"("-.nan")"}, {"a b  c", R"("a b  c")"}, {"a#b", R"("a#b")"}, {"a #b", R"("a")"},
      {"a:b", R"("a:b")"}, {"http://x/?a=b", R"("http://x/?a=b")"}, {"é", R"("é")"}, {"<<x", R"("<<x")"}, {"==", R"("==")"},
      {"a\n b\n\n c", R"("a b\nc")"}};
  for (const Row& row : rows) {
    const YamlReading reading(row.text);
    INFO(row.text << " " << reading.findings());
    CHECK(reading.value() == row.value);
    CHECK(reading.findings().empty());
    CHECK(reading.document().complete);
  }
}

TEST_CASE("quotes and block scalars are strings, whatever is in them") {
  const std::vector<Row> rows = {
      {"\"12\"", R"("12")"}, {"'12'", R"("12")"}, {"\"true\"", R"("true")"}, {"'~'", R"("~")"}, {"\"\"", R"("")"}, {"''", R"("")"}, {"'a''b'", R"("a'b")"},
      {"'a\\nb'", R"("a\\nb")"}, {R"("a\nb\t\"\\\/")", R"("a\nb\t\"\\/")"}, {R"("\x41\u00e9\U0001F600")", R"("Aé😀")"}, {R"("\0")", R"("\u0000")"},
      {R"("\N\_\L\P")", "\"\xC2\x85\xC2\xA0\xE2\x80\xA8\xE2\x80\xA9\""}, {"\"a\n  b\"", R"("a b")"}, {"\"a\\\n  b\"", R"("ab")"}, {"'a\n\n b'", R"("a\nb")"},
      {"|\n 12\n", R"("12\n")"}, {"|-\n true\n", R"("true")"}, {">\n a\n b\n", R"("a b\n")"}, {"|+\n a\n\n", R"("a\n\n")"}, {">2-\n    a\n", R"("  a")"},
      {"|\n", R"("")"}};
  for (const Row& row : rows) {
    const YamlReading reading(row.text);
    INFO(row.text << " " << reading.findings());
    CHECK(reading.value() == row.value);
    CHECK(reading.findings().empty());
  }
}

TEST_CASE("a tag tells the type") {
  const std::vector<Row> rows = {
      {"!!str 12", R"("12")"}, {"!!str", R"("")"}, {"!!str true", R"("true")"}, {"!!int \"0x1F\"", "31"}, {"!!int 1_0", "10"}, {"!!float 12", "12.0"},
      {"!!float \"1e3\"", "1000.0"}, {"!!float .5e3", "500.0"}, {"!!bool yes", "true"}, {"!!bool OFF", "false"}, {"!!bool TRUE", "true"}, {"!!bool False", "false"}, {"!!float -0.5e3", "-500.0"}, {"!!null x", "null"}, {"!!null", "null"},
      {"!!map {a: 1}", R"({"a":1})"}, {"!!seq [1]", "[1]"}, {"! 12", "12"}, {"! \"12\"", "12"}, {"!<tag:yaml.org,2002:str> 1", R"("1")"},
      {"%TAG !y! tag:yaml.org,2002:\n---\n!y!str 1", R"("1")"}, {"!!map\na: 1", R"({"a":1})"}, {"a: !!seq\n- 1\n", R"({"a":[1]})"}, {"{!!str 1: 2}", R"({"1":2})"},
      {"{!!int \"1\": 2}", R"({"1":2})"}};
  for (const Row& row : rows) {
    const YamlReading reading(row.text);
    INFO(row.text << " " << reading.findings());
    CHECK(reading.value() == row.value);
    CHECK(reading.findings().empty());
  }
}

TEST_CASE("%YAML 1.1 brings its booleans and numbers") {
  const YamlReading reading("%YAML 1.1\n---\n[yes, No, ON, off, y, N, 012, 08, 0o14, 0x1F, 1:20, -1:20, 190:20:30.15, 1e3, .5, +.5, 0, 7_0, 8_0]");
  CHECK(reading.value() ==
        R"([true,false,true,false,true,false,10,"08","0o14",31,80,-80,685230.15,1000.0,0.5,"+.5",0,70,80])");
  CHECK(YamlReading("%YAML 1.2\n---\n[yes, 012]").value() == R"(["yes",12])");
  // Sixtieths are two digits below 60, and their fraction is of digits.
  const std::vector<Row> rows = {{"1:59", "119"}, {"1:60", R"("1:60")"}, {"1:200", R"("1:200")"}, {"1::2", R"("1::2")"}, {"1:2x", R"("1:2x")"}, {"0:30", R"("0:30")"},
                                 {"0:30.5", "30.5"}, {"-190:20:30.15", "-685230.15"}, {"190:20:30.", "685230.0"}, {"190:20:30._5", "685230.5"}, {"190:20:30.x", R"("190:20:30.x")"},
                                 {"+_8", R"("+_8")"}, {"+_7", "7"}, {"!!int 1:20", "80"}, {"!!float 1:20", "80.0"}};
  for (const Row& row : rows) {
    const YamlReading old("%YAML 1.1\n---\n- " + row.text + "\n");
    INFO(row.text << " " << old.findings());
    CHECK(old.value() == "[" + row.value + "]");
    CHECK(old.findings().empty());
  }
  // A tag that is none of the value.
  for (const std::string text : {"!!int 1:x", "!!int a", "!!float 1:x", "!!float 1:20.5x", "!!float _", "!!float .e3", "!!float .x", "!!bool x"}) {
    INFO(text);
    CHECK_FALSE(YamlReading("%YAML 1.1\n---\n- " + text + "\n").findings().empty());
  }
  CHECK_FALSE(YamlReading("!!int 1:20").findings().empty());
  CHECK_FALSE(YamlReading("%YAML 1.1\n---\n- " + std::string(400, '9') + ":20:30.5\n").findings().empty());
}

TEST_CASE("what is no number of JSON is reported and kept") {
  const YamlReading reading("[.inf, -.INF, .nan, 1e400, 0x" + std::string(400, 'f') + "]");
  CHECK(reading.findings() ==
        "1-5 `.inf` is read as a number that no request can hold\n7-12 `-.INF` is read as a number that no request can hold\n14-18 `.nan` is read as a number that no request can hold\n20-25 `1e400` is larger than any number that a reader can hold\n"
        "27-429 `0x" + std::string(118, 'f') + "…` is larger than any number that a reader can hold");
  CHECK(reading.document().complete);
  for (const NodeIndex child : reading.document().children(0)) {
    CHECK(reading.document()[child].kind == Kind::Number);
    CHECK(reading.document()[child].has(Node::kBroken));
  }
  CHECK(YamlReading("[=, <<]").findings() == "1-2 `=` needs quotes\n4-6 `<<` needs quotes");
}

TEST_CASE("numbers keep every digit and tell a fraction") {
  const YamlReading reading("[0x" + std::string(255, 'f') + ", 12, 12.0, 1e3, 0b1, '12']");
  const Document& document = reading.document();
  const std::string_view digits = document.string(reading.node("0"));
  CHECK(digits.size() == 308);  // 2^1020 - 1
  CHECK(digits.ends_with("154982269052209770601514008575"));
  CHECK(digits.starts_with("112355820928894744233081574424"));
  CHECK_FALSE(document[reading.node("1")].has(Node::kFraction));
  CHECK(document[reading.node("2")].has(Node::kFraction));
  CHECK(document[reading.node("3")].has(Node::kFraction));
  CHECK_FALSE(document[reading.node("3")].has(Node::kDecoded));
  CHECK_FALSE(document[reading.node("4")].has(Node::kFraction));
  CHECK(document.string(reading.node("4")) == "1");
  CHECK(document[reading.node("5")].kind == Kind::String);
  CHECK_FALSE(document[reading.node("5")].has(Node::kDecoded));
}

TEST_CASE("texts above ASCII are flagged") {
  CHECK(YamlReading("[é, \"\\u00e9\", 'é', e]").document()[1].has(Node::kNonAscii));
  const YamlReading all("[é, \"\\u00e9\", 'é', e]");
  for (const char* path : {"0", "1", "2"}) CHECK(all.document()[all.node(path)].has(Node::kNonAscii));
  CHECK_FALSE(all.document()[all.node("3")].has(Node::kNonAscii));
}

TEST_CASE("dates and times without quotes are texts that are marked") {
  struct Time {
    const char* text;
    const char* value;  // As RFC 3339 writes it; null: an ordinary text.
  };
  for (const Time& row : {Time{"2021-10-14", "2021-10-14"}, Time{"2021-10-14T13:51:57Z", "2021-10-14T13:51:57Z"}, Time{"2021-10-14t1:51:57", "2021-10-14T01:51:57"},
                         Time{"2021-1-4 1:51:57.50 -5", "2021-01-04T01:51:57.50-05:00"}, Time{"2021-10-14 13:51:57 +5:30", "2021-10-14T13:51:57+05:30"},
                         Time{"2021-10-14 13:51:57.", "2021-10-14T13:51:57"}, Time{"2021-10-14 13:51:57 Z", "2021-10-14T13:51:57Z"},
                         Time{"2021-13-45", "2021-13-45"}, Time{"2021-1-4", nullptr}, Time{"2021-10-14T13:51", nullptr}, Time{"2021-10-14 13:51:57 UTC", nullptr},
                         Time{"2021-10-14T", nullptr}, Time{"2021-10-14x", nullptr}, Time{"12021-10-14", nullptr}, Time{"2021-10", nullptr},
                         Time{"2021-10-14 13:51:57 +", nullptr}, Time{"2021-10-14 13:51:57 +5:3", nullptr}}) {
    const YamlReading reading(std::string("a: ") + row.text + "\nb: \"" + row.text + "\"\n");
    INFO(row.text);
    CHECK(reading.findings().empty());
    const Document& document = reading.document();
    CHECK(document.string(1) == (row.value != nullptr ? row.value : row.text));
    CHECK(document.bytes(document.span(1, Mark::Value)) == row.text);
    CHECK(document[1].has(Node::kTime) == (row.value != nullptr));
    CHECK(document.string(2) == row.text);
    CHECK_FALSE(document[2].has(Node::kTime));
  }
}

}  // namespace
}  // namespace connect_lint
