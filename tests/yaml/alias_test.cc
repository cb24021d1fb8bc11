// Anchors, aliases, merge keys, and their bounds.
#include <catch2/catch.hpp>

#include "base/limits.h"
#include "support.h"

namespace connect_lint {
namespace {

using testing::flaw_of;
using testing::YamlReading;

struct Row {
  std::string text;
  std::string value;
  std::string findings;
};

void check(const std::vector<Row>& rows) {
  for (const Row& row : rows) {
    const YamlReading reading(row.text);
    INFO(row.text);
    CHECK(reading.value() == row.value);
    CHECK(reading.findings() == row.findings);
    CHECK(flaw_of(reading.document(), true).empty());
    CHECK(reading.document().complete);
  }
}

TEST_CASE("an alias is what its anchor is") {
  check({{"[&a x, *a]", R"(["x","x"])", ""},
         {"a: &x {b: [1, \"\\x41\"]}\nc: *x\n", R"({"a":{"b":[1,"A"]},"c":{"b":[1,"A"]}})", ""},
         {"a: &x 0x10\nb: *x\n", R"({"a":16,"b":16})", ""},
         {"a: &x\nb: *x\n", R"({"a":null,"b":null})", ""},
         {"&k a: &v 1\nb: [*k, *v]\n", R"({"a":1,"b":["a",1]})", ""},
         {"&k 12: 1\nb: *k\n", R"({"12":1,"b":12})", "3-5 the key `12` is read as a number"},
         {"[&a x, {*a : 1}]", R"(["x",{"x":1}])", ""},
         {"[&a 1, &a 2, *a]", "[1,2,2]", ""},
         {"a: &x [1]\nb: &y [*x, *x]\nc: [*y]\n", R"({"a":[1],"b":[[1],[1]],"c":[[[1],[1]]]})", ""},
         {"- &a !!str 1\n- *a\n", R"(["1","1"])", ""},
         {"- &a |\n  x\n- *a\n", R"(["x\n","x\n"])", ""},
         {"- 'x * y'\n- &b \"z\"\n- *b\n", R"(["x * y","z","z"])", ""},
         {"a: &x []\nb: *x\nc: d\n", R"({"a":[],"b":[],"c":"d"})", ""},
         // What it stands for is not there, or is not done.
         {"a: *x\nb: 1\n", R"({"a":null,"b":1})", "3-5 no anchor before `*x` has this name"},
         {"*x : 1\nb: 2\n", R"({"":1,"b":2})", "0-2 no anchor before `*x` has this name"},
         {"[*a, &a 1]", "[null,1]", "1-3 no anchor before `*a` has this name"},
         {"&a [*a]", "[null]", "4-6 `*a` stands inside of what it stands for"},
         {"&a {b: [&c [*c], *a]}", R"({"b":[[null],null]})",
          "12-14 `*c` stands inside of what it stands for\n17-19 `*a` stands inside of what it stands for"},
         {"&a [&a [*a], *a]", "[[null],[null]]", "8-10 `*a` stands inside of what it stands for"},
         {"- &a [1]\n- *a : 2\n", R"([[1],{"":2}])", "11-13 the key is an array or an object"}});
}

TEST_CASE("a copy keeps its places, an alias as a key has its own") {
  const std::string text = "a: &x\n  b: [1, y]\nc: *x\nd: {*x2 : 1}\n";
  const YamlReading reading(text);
  CHECK(reading.bytes("c") == "b: [1, y]");
  CHECK(reading.bytes("c", Mark::Key) == "c");
  CHECK(reading.bytes("c/b", Mark::Key) == "b");
  CHECK(reading.bytes("c/b/1") == "y");
  CHECK(reading.document()[reading.node("c/b")].begin == text.find("[1"));
  const YamlReading key("[&x \"a\", {*x : 1}]");
  CHECK(key.bytes("1/a", Mark::Key) == "*x");
}

TEST_CASE("findings name the node that was copied, not the place it had before") {
  const YamlReading reading("a: &x [1, 2, 3]\nb: *x\nc: {d: 1, d: .inf}\n");
  REQUIRE(reading.document().findings.size() == 2);
  for (const DocumentFinding& finding : reading.document().findings) CHECK(finding.node == reading.node("c/d"));
  const YamlReading dropped("<<: {a: 1, a: 2}\nb: 3\n");
  CHECK(dropped.findings() == "11-12 the key `a` is here again <- 5-6 the first one is here");
}

TEST_CASE("a merge adds what is not there") {
  check({{"a: &x {b: 1, c: 2}\nd:\n  <<: *x\n  c: 3\n", R"({"a":{"b":1,"c":2},"d":{"b":1,"c":3}})", ""},
         {"c: 3\n<<: {b: 1, c: 2}\n", R"({"b":1,"c":3})", ""},
         {"<<: [{a: 1}, {a: 2, b: 3}]\n", R"({"a":1,"b":3})", ""},
         {"- &x {a: 1}\n- &y {a: 2, b: 2}\n- {<<: [*x, *y, {b: 3, c: 3}], c: 4}\n", R"([{"a":1},{"a":2,"b":2},{"a":1,"b":2,"c":4}])", ""},
         // A merged object may merge itself: its own members come first.
         {"- &x {a: 1, b: 1}\n- &y {<<: *x, a: 2, c: 2}\n- {<<: *y}\n", R"([{"a":1,"b":1},{"a":2,"b":1,"c":2},{"a":2,"b":1,"c":2}])", ""},
         {"- &x {a: 1}\n- &y {b: *x}\n- {<<: *y}\n", R"([{"a":1},{"b":{"a":1}},{"b":{"a":1}}])", ""},
         {"- {<<: {<<: {a: 1}, b: 2}, c: {<<: {d: 3}}}\n", R"([{"a":1,"b":2,"c":{"d":3}}])", ""},
         {"\"<<\": {a: 1}\n", R"({"<<":{"a":1}})", ""},
         {"<<: {}\na: 1\n", R"({"a":1})", ""},
         {"<<: []\na: 1\n", R"({"a":1})", ""},
         {"a: &x {b: 1}\nc: *x\nd: {<<: *x}\n", R"({"a":{"b":1},"c":{"b":1},"d":{"b":1}})", ""},
         {"a: {<<: &x {b: 1}, c: 2}\nd: *x\n", R"({"a":{"b":1,"c":2},"d":{"b":1}})", ""},
         // What cannot be merged.
         {"<<: 1\na: 2\n", R"({"a":2})", "4-5 `1` cannot be merged"},
         {"<<:\na: 2\n", R"({"a":2})", "0-2 `<<` cannot be merged"},
         {"<<: [{a: 1}, 2]\n", R"({"a":1})", "13-14 `2` cannot be merged"},
         {"<<: *x\na: 1\n", R"({"a":1})", "4-6 no anchor before `*x` has this name"},
         {"a: &x\n  <<: *x\n  b: 1\n", R"({"a":{"b":1}})", "12-14 `*x` stands inside of what it stands for"},
         {"- &x {<<: 1}\n- *x\n- {<<: *x}\n", "[{},{},{}]", "10-11 `1` cannot be merged"},
         {"<<: {a: 1}\n<<: {b: 2}\n", R"({"a":1,"b":2})", "11-13 the key `<<` is here again <- 0-2 the first one is here"}});
  // Nobody is to miss a member of an object whose members are not known.
  CHECK(YamlReading("<<: 1\na: 2\n").document()[0].has(Node::kBroken));
  CHECK_FALSE(YamlReading("<<: {b: 1}\na: 2\n").document()[0].has(Node::kBroken));
}

TEST_CASE("a merged member keeps its key") {
  const YamlReading reading("a: &x {\"DomainName\": y}\nb:\n  <<: *x\n");
  CHECK(reading.bytes("b/DomainName", Mark::Key) == "\"DomainName\"");
  CHECK(reading.bytes("b/DomainName") == "y");
  CHECK(reading.document()[reading.node("b/DomainName")].key_id == testing::some_keys().find("DomainName"));
}

// An anchored list of `size` - 1 numbers, and `copies` aliases of it.
std::string list_and_aliases(std::size_t size, std::size_t copies) {
  std::string text = "- &a [1";
  for (std::size_t i = 2; i < size; ++i) text += ",1";
  text += "]\n";
  for (std::size_t i = 0; i < copies; ++i) text += "- *a\n";
  return text;
}

TEST_CASE("aliases add no more than their budget") {
  static_assert(kYamlAliasNodesMax == 100'000);
  const YamlReading within(list_and_aliases(1000, 100));
  CHECK(within.findings().empty());
  CHECK(within.document().complete);
  CHECK(within.document().nodes.size() == 1 + 101'000);
  const std::string text = list_and_aliases(1000, 101);
  const YamlReading beyond(text);
  const std::size_t at = text.size() - 3;
  CHECK(beyond.findings() ==
        std::to_string(at) + "-" + std::to_string(at + 2) + " the aliases up to `*a` stand for more than 100000 values");
  CHECK_FALSE(beyond.document().complete);
  CHECK(beyond.document().nodes.size() <= 1 + 101'000 + 101);
  CHECK(flaw_of(beyond.document(), true).empty());
}

TEST_CASE("aliases add no depth") {
  const std::string text = "- &a [[[1]]]\n- [[*a]]\n";
  CHECK(YamlReading(text, 6).findings().empty());
  const YamlReading beyond(text, 5);
  CHECK(beyond.findings() == "17-19 more than 5 arrays and objects inside of each other");
  CHECK_FALSE(beyond.document().complete);
  CHECK(flaw_of(beyond.document(), true).empty());
}

TEST_CASE("what comes by an alias or a merge is used where that stands") {
  const std::string text =
      "a: &x {b: [1], c: 2}\n"
      "d: *x\n"
      "e: [&y 5, *y]\n"
      "f: {<<: *x, g: 3}\n"
      "h: {<<: {i: 4}}\n";
  const YamlReading reading(text);
  const Document& document = reading.document();
  struct Use {
    const char* path;
    const char* use;
    const char* key;
  };
  for (const Use& row : {Use{"a", "{b: [1], c: 2}", "a"}, Use{"a/b/0", "1", nullptr}, Use{"d", "*x", "d"}, Use{"d/b", "*x", "*x"}, Use{"d/b/0", "*x", nullptr},
                         Use{"e/0", "5", nullptr}, Use{"e/1", "*y", nullptr}, Use{"f", "{<<: *x, g: 3}", "f"}, Use{"f/b", "*x", "*x"}, Use{"f/b/0", "*x", nullptr},
                         Use{"f/g", "3", "g"}, Use{"h/i", "4", "i"}}) {
    INFO(row.path);
    const NodeIndex node = reading.node(row.path);
    CHECK(document.bytes(document.place_of_use(node, Mark::Value)) == row.use);
    if (row.key != nullptr) CHECK(document.bytes(document.place_of_use(node, Mark::Key)) == row.key);
    CHECK(document.is_aliased(node, Mark::Value) == (*row.use == '*'));
  }
  const auto elsewhere = [&](std::string_view bytes) {
    const auto at = static_cast<std::uint32_t>(text.find(bytes));
    return document.is_used_elsewhere({at, at + static_cast<std::uint32_t>(bytes.size())});
  };
  CHECK(elsewhere("[1]"));
  CHECK(elsewhere("2}"));
  CHECK(elsewhere("5"));
  CHECK_FALSE(elsewhere("g"));
  CHECK_FALSE(elsewhere("4"));
}

}  // namespace
}  // namespace connect_lint
