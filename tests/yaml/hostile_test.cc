// Inputs that are meant to hurt: what is read has no flaw, however large they are. tests/hostile counts what such inputs take.
#include <catch2/catch.hpp>

#include "support.h"

namespace connect_lint {
namespace {

using testing::flaw_of;
using testing::YamlReading;

std::string repeated(std::string_view piece, std::size_t bytes) {
  std::string text;
  while (text.size() < bytes) text += piece;
  return text;
}

std::string alias_bomb() {
  std::string text = "a: &a [x,x,x,x,x,x,x,x,x]\n";
  for (char name = 'b'; name <= 'i'; ++name) {
    const std::string before = std::string("*") + static_cast<char>(name - 1);
    text += std::string(1, name) + ": &" + name + " [" + before;
    for (int i = 0; i < 8; ++i) text += "," + before;
    text += "]\n";
  }
  return text;
}

// Objects that merge the one before nine times.
std::string merge_bomb() {
  std::string text = "a: &a {x: 1}\n";
  for (char name = 'b'; name <= 'z'; ++name) {
    const std::string before = std::string("*") + static_cast<char>(name - 1);
    text += std::string(1, name) + ": &" + name + " {<<: [" + before;
    for (int i = 0; i < 8; ++i) text += "," + before;
    text += "]}\n";
  }
  return text;
}

std::string keys(std::size_t count, std::string_view before, std::string_view after) {
  std::string text;
  for (std::size_t i = 0; i < count; ++i) text += std::string(before) + std::to_string(i) + std::string(after);
  return text;
}

TEST_CASE("a megabyte of anything") {
  constexpr std::size_t kMegabyte = 1'000'000;
  struct Row {
    const char* name;
    std::string text;
  };
  const std::vector<Row> rows = {
      {"[", repeated("[", kMegabyte)}, {"{", repeated("{", kMegabyte)}, {"- ", repeated("- ", kMegabyte)}, {"? ", repeated("? ", kMegabyte)}, {"{? ", repeated("{? ", kMegabyte)},
      {"[{", repeated("[{", kMegabyte)}, {"{a: ", repeated("{a: ", kMegabyte)}, {"[ in lines", repeated("[\n", kMegabyte)}, {": ", repeated(": ", kMegabyte)}, {"&a ", repeated("&a ", kMegabyte)},
      {"!x ", repeated("!x ", kMegabyte)}, {"%", repeated("%TAG !a! b\n", kMegabyte)}, {"% behind", "a\n...\n" + repeated("%TAG !a! b\n", kMegabyte)}, {"%TAG", keys(10'000, "%TAG !a", "! tag:x\n")},
      {"%TAG behind", "a\n...\n" + keys(10'000, "%TAG !a", "! tag:x\n") + "---\n"}, {"keys", keys(300'000, "k", ": v\n")}, {"the same key", repeated("k: v\n", 5 * kMegabyte)},
      {"flow keys", "{" + keys(300'000, "k", ": v, ") + "}"}, {"anchors", keys(100'000, "- &a", " x\n")}, {"anchors and aliases", keys(100'000, "- &a", " x\n") + keys(100'000, "- *a", "\n")},
      {"anchored lists", keys(50'000, "- &a", " [x]\n") + keys(50'000, "- *a", "\n")}, {"unknown aliases", keys(100'000, "- *a", "\n")}, {"alias bomb", alias_bomb()}, {"merge bomb", merge_bomb()},
      {"merges", "- &a {x: 1}\n" + repeated("- {<<: *a}\n", kMegabyte)}, {"one long merge", "- &a {x: 1}\n- <<: [*a" + repeated(",*a", kMegabyte) + "]\n"},
      {"merges of nothing", "- &e {}\n- &l [*e" + repeated(",*e", 30'000) + "]\n- &m {<<: *l}\n- <<: [*m" + repeated(",*m", 30'000) + "]\n"}, {"self alias", "&a [*a" + repeated(",*a", kMegabyte) + "]"},
      {"a long text", "a: " + repeated("x", kMegabyte)}, {"a long quoted text", "a: \"" + repeated("\\x41", kMegabyte) + "\""}, {"many lines", "a: " + repeated("x\n  ", kMegabyte)}, {"a long block", "a: |\n" + repeated("  x\n", kMegabyte)},
      {"blank lines", repeated("\n", kMegabyte) + "a"}, {"comments", repeated("# c\n", kMegabyte) + "a"}, {"tabs", repeated("\t", kMegabyte)}, {"above ASCII", repeated("- \xC3\xA9\n", kMegabyte)},
      {"one line above ASCII", "[" + repeated("\xF0\x9F\x98\x80,", kMegabyte) + "]"}, {"nothing, often", repeated("-\n", kMegabyte)}, {"pairs", "[" + repeated("a: b,", kMegabyte) + "]"},
      {"quotes", repeated("\"", kMegabyte)}, {"digits", "a: " + repeated("9", kMegabyte)}, {"hexadecimal digits", "a: 0x" + repeated("f", kMegabyte)}, {"sexagesimal digits", "%YAML 1.1\n---\n1" + repeated(":59", kMegabyte)},
      {"underscores", "a: 1" + repeated("_", kMegabyte)}, {"lines of a key", "? " + repeated("x\n  ", kMegabyte)}, {"odd keys", repeated("? [a]\n", kMegabyte)}, {"indentation", [] {
         std::string text;
         for (int i = 0; i < 1400; ++i) text += std::string(static_cast<std::size_t>(i), ' ') + "a:\n";
         return text;
       }()}};
  for (const Row& row : rows) {
    const YamlReading reading(row.text);
    INFO(row.name);
    CHECK(flaw_of(reading.document(), true).empty());
  }
}

TEST_CASE("depth is bound on both sides") {
  const auto nested = [](std::size_t depth) { return repeated("[", depth) + repeated("]", depth); };
  CHECK(YamlReading(nested(128)).findings().empty());
  const YamlReading beyond(nested(129));
  CHECK(beyond.findings() == "128-129 more than 128 arrays and objects inside of each other");
  CHECK(beyond.document().nodes.size() == 129);
  CHECK(beyond.document()[128].has(Node::kBroken));
  CHECK_FALSE(beyond.document().complete);
  CHECK(YamlReading("- - - x\n", 3).findings().empty());
  CHECK(YamlReading("- - - x\n", 2).findings() == "4-5 more than 2 arrays and objects inside of each other");
  // In a key, too.
  CHECK(YamlReading("? [[a]]\n: 1\n", 3).findings() == "2-7 the key is an array or an object");
  CHECK(YamlReading("? [[a]]\n: 1\n", 2).findings() == "3-4 more than 2 arrays and objects inside of each other");
  CHECK(YamlReading("? [[a]]\n: 1\n", 1).findings() == "2-3 more than 1 arrays and objects inside of each other");
  CHECK(YamlReading("a: 1", 0).findings() == "0-1 more than 0 arrays and objects inside of each other");
  CHECK(YamlReading("a", 0).findings().empty());
}

// A request with about everything that YAML has.
constexpr std::string_view kRequest = R"(%YAML 1.2
---
# A workflow that imports from Salesforce.
DomainName: "sales"
WorkflowType: APPFLOW_INTEGRATION
ObjectTypeName: &type Contact
RoleArn: 'arn:aws:iam::123456789012:role/Importer'
Tags: &tags
  team: CRM
  "cost center": "4711"
  note: |
    Zeile mit Ümlaut
      und Einzug

  folded: >-
    one
    two
Defaults: &defaults
  ConnectorOperator: {Salesforce: PROJECTION}
  TaskType: Filter
IntegrationConfig:
  AppflowIntegration:
    FlowDefinition:
      FlowName: !!str 12
      KmsArn: "arn:aws:kms:us-east-1:123456789012:key/\u00e9\
        x"
      Description: a text
        over two lines
      SourceFlowConfig:
        ConnectorType: Salesforce
        IncrementalPullConfig: {DatetimeTypeFieldName: LastModifiedDate}
        SourceConnectorProperties:
          Salesforce:
            EnableDynamicFieldUpdate: true
            IncludeDeletedRecords: false
            Object: *type
      Tasks:
      - <<: *defaults
        SourceFields: [Id, "Name", 'Email',
          "Phone"]
        TaskProperties: {}
      - <<: [*defaults, {TaskType: Map}]
        ? DestinationField
        : Id
        SourceFields:
          - Id
          -
          - 😀
      TriggerConfig:
        TriggerType: Scheduled
        TriggerProperties:
          Scheduled:
            ScheduleExpression: rate(3hours)
            ScheduleStartTime: 1.6e9
            FirstExecutionFrom: 2022-01-01T00:00:00Z
            ScheduleOffset: 0x10
            Timezone: ~
    Batches:
    - {StartTime: 1516320000, EndTime: 1516406400}
...
)";

TEST_CASE("a request cut off at every byte") {
  const YamlReading whole(kRequest);
  CHECK(whole.findings().empty());
  CHECK(whole.bytes("IntegrationConfig/AppflowIntegration/FlowDefinition/Tasks/1/TaskType", Mark::Key) == "TaskType");
  for (std::size_t length = 0; length < kRequest.size(); ++length) {
    const YamlReading reading(kRequest.substr(0, length));
    INFO(kRequest.substr(0, length));
    REQUIRE(flaw_of(reading.document(), true).empty());
  }
}

TEST_CASE("a request with one byte changed") {
  testing::Random random(1);
  for (std::size_t at = 0; at < kRequest.size(); ++at) {
    std::string text(kRequest);
    static constexpr std::string_view kBytes = "\t\n :-?[]{},&*!|>'\"%@`#<~\\x";
    text[at] = kBytes[random.below(kBytes.size())];
    const YamlReading reading(text);
    INFO(text);
    REQUIRE(flaw_of(reading.document(), true).empty());
  }
}

}  // namespace
}  // namespace connect_lint
