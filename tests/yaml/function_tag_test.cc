// Tags that call functions of CloudFormation.
#include <catch2/catch.hpp>

#include <string>

#include "document/function_tags.h"
#include "support.h"

namespace connect_lint {
namespace {

// "function at the tag: the value's bytes", a line each.
std::string tags_of(const Document& document) {
  std::string result;
  for (const FunctionTag& tag : document.function_tags) {
    CHECK(document[tag.node].has(Node::kUnknown));
    CHECK(document.function_tag(tag.node) == &tag);
    result += std::string(tag.function) + " " + std::string(document.bytes(tag.span)) + ": " +
              std::string(document.bytes(document.span(tag.node, Mark::Value))) + "\n";
  }
  return result;
}

struct Reading {
  explicit Reading(std::string_view text, YamlTags tags) {
    source.assign(text);
    YamlReader().read(source, KeyTable(), 128, document, tags);
  }
  SourceText source;
  Document document;
};

TEST_CASE("the key that a tag stands for") {
  CHECK(function_of_tag("!Ref") == "Ref");
  CHECK(function_of_tag("!Sub") == "Fn::Sub");
  CHECK(function_of_tag("!GetAZs") == "Fn::GetAZs");
  CHECK(function_of_tag("!Condition") == "Condition");
  for (const std::string_view other : {"", "!", "Ref", "!ref", "!Fn::Sub", "!Refs", "!!str", "tag:yaml.org,2002:str"}) CHECK(function_of_tag(other).empty());
}

TEST_CASE("tags of functions are kept where they are wanted") {
  struct Row {
    std::string text;
    std::string tags;
    std::size_t findings;  // Of tags that are not.
  };
  const std::vector<Row> rows = {
      {"a: !Ref b\n", "Ref !Ref: b\n", 0},
      {"a: !Sub '${b}'\nc: !GetAtt d.e\n", "Fn::Sub !Sub: '${b}'\nFn::GetAtt !GetAtt: d.e\n", 0},
      {"!Join [',', [!Ref a, b]]", "Fn::Join !Join: [',', [!Ref a, b]]\nRef !Ref: a\n", 0},
      {"a: !If {b: !Base64 c}\n", "Fn::If !If: {b: !Base64 c}\nFn::Base64 !Base64: c\n", 0},
      {"- &x !Ref a\n- *x\n", "Ref !Ref: a\nRef !Ref: a\n", 0},
      {"- &x !Split [a]\n- *x\n", "Fn::Split !Split: [a]\nFn::Split !Split: [a]\n", 0},
      {"- &x {a: !Ref b}\n- <<: *x\n", "Ref !Ref: b\nRef !Ref: b\n", 0},
      {"- !Ref\n- a\n", "Ref !Ref: \n", 0},
      {"!Ref a: b\n", "", 1},
      {"a: !Reef b\nc: !Ref d\n", "Ref !Ref: d\n", 1},
  };
  for (const Row& row : rows) {
    INFO(row.text);
    const Reading kept(row.text, YamlTags::KeepFunctions);
    CHECK(tags_of(kept.document) == row.tags);
    CHECK(kept.document.findings.size() == row.findings);
    CHECK(kept.document.complete);
    CHECK(testing::flaw_of(kept.document, true).empty());
    const Reading refused(row.text, YamlTags::Refuse);
    CHECK(tags_of(refused.document).empty());
    CHECK(refused.document.findings.size() > 0);
  }
}

TEST_CASE("tags that were kept can be refused afterwards, each once") {
  Reading reading("- &x !Ref a\n- *x\n- !Sub b\n", YamlTags::KeepFunctions);
  Document& document = reading.document;
  document.refuse_function_tags();
  CHECK(document.function_tags.empty());
  REQUIRE(document.findings.size() == 2);
  CHECK(document.bytes(document.findings[0].span) == "!Ref");
  CHECK(document.bytes(document.findings[1].span) == "!Sub");
  for (const NodeIndex child : document.children(0)) {
    CHECK(document[child].has(Node::kBroken));
    CHECK(!document[child].has(Node::kUnknown));
  }
}

}  // namespace
}  // namespace connect_lint
