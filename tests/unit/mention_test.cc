// The look at a text before it is parsed never denies what recognition finds.
#include "request/mention.h"

#include <catch2/catch.hpp>
#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>
#include <vector>

#include "lint/linter.h"
#include "request/operation.h"
#include "support.h"

namespace fs = std::filesystem;
using namespace connect_lint;
using connect_lint::testing::Random;

namespace {

// A request was recognised, or something was said about one.
bool is_ours(const LintEngine& engine, Workspace& workspace, std::string_view text) {
  workspace.source.assign(text);
  const Report report = engine.check(workspace, {});
  return !report.requests.empty() || report.status == Status::Checked;
}

std::vector<std::string> texts_below(const fs::path& folder) {
  std::vector<std::string> texts;
  for (const auto& entry : fs::recursive_directory_iterator(folder)) {
    if (!entry.is_regular_file() || entry.path().extension() != ".json") continue;
    std::ostringstream text;
    text << std::ifstream(entry.path(), std::ios::binary).rdbuf();
    texts.push_back(text.str());
  }
  return texts;
}

std::string with_other_case(Random& random, std::string name) {
  static constexpr std::string_view kSeparators = "_-. ";
  std::string result;
  for (std::size_t i = 0; i < name.size(); ++i) {
    const bool upper = name[i] >= 'A' && name[i] <= 'Z';
    if (i > 0 && upper && random.one_in(2)) result += random.pick(kSeparators);
    result += random.one_in(3) ? static_cast<char>(name[i] ^ 0x20) : name[i];
  }
  return result;
}

}  // namespace

TEST_CASE("texts that mention something of ours, and such that do not") {
  const char* const ours[] = {
      R"({"DomainName":"d"})", R"({"Uri":"u"})", "DomainName: d", R"({"flow_definition":{}})", R"({"FLOW-DEFINITION":{}})",
      "flow definition: {}", R"({"\u0044omainName":"d"})", R"("\x44omainName": d)", "\"Domain\\\nName\": d", R"({"putIntegration":{}})",
      R"({"operation":"X","input":{}})", R"({"WorkflowId":"w"})", R"({"query_end_date":1})", R"({"CreatedAt":1})", R"({"triggerConfig":{}})",
      R"({"list.account.integrations":{}})"};
  for (const char* text : ours) {
    INFO(text);
    CHECK(mentions_request(text));
  }
  const char* const others[] = {
      "", "{}", R"({"name":"left-pad","version":"1.0.0"})", R"({"domain":"example.org","definition":"flow"})",
      R"({"jobs":{"workflow":{"trigger":"push","object":1,"items":[1]}}})", "integration: tests\nquery: x\nhidden: y\n",
      R"({"text":"a\nb\\c\"d\u2014e"})", R"({"operation":"X"})"};
  for (const char* text : others) {
    INFO(text);
    CHECK_FALSE(mentions_request(text));
  }
  std::string utf16;
  for (const char c : std::string_view("{\"DomainName\":1}")) utf16 += {c, '\0'};
  CHECK(mentions_request(utf16));
  CHECK_FALSE(mentions_request(std::string_view("{\0\"a\0\"", 6)));
}

TEST_CASE("a name is seen at every place of a text") {
  for (std::size_t before = 0; before < 40; ++before)
    for (std::size_t after = 0; after < 3; ++after) {
      const std::string text = std::string(before, 'e') + "\"includeHidden" + std::string(after, 'n');
      INFO(text);
      CHECK(mentions_request(text));
    }
}

TEST_CASE("what an operation cannot do without is looked for") {
  for (const OperationInfo& operation : built_in_operations().operations) {
    INFO(operation.name);
    CHECK(mentions_request(fmt::format("{{\"{}\": {{}}}}", operation.name)));
    CHECK(std::any_of(operation.members.begin(), operation.members.end(),
                      [](const OperationMember& member) { return member.required && mentions_request(member.name); }));
    for (const std::string_view member : operation.response) {
      const auto takes_it = [&](const OperationInfo& other) {
        return std::any_of(other.members.begin(), other.members.end(), [&](const OperationMember& taken) { return taken.name == member; });
      };
      const auto operations = built_in_operations().operations;
      if (std::none_of(operations.begin(), operations.end(), takes_it)) CHECK(mentions_request(member));
    }
  }
}

TEST_CASE("every file of the tests that is recognised is seen") {
  const LintEngine engine;
  Workspace workspace;
  std::size_t ours = 0;
  std::size_t others = 0;
  for (const char* folder : {"/tests/samples", "/tests/golden", "/tests/valid", "/tests/oracles/seeds", "/schemas"})
    for (const std::string& text : texts_below(std::string(CONNECT_LINT_SOURCE_DIR) + folder)) {
      INFO(connect_lint::testing::shown(text.substr(0, 300)));
      const bool mine = is_ours(engine, workspace, text);
      (mine ? ours : others) += 1;
      if (mine) CHECK(mentions_request(text));
    }
  CHECK(ours > 100);
  CHECK(others > 10);
}

TEST_CASE("objects of any members are recognised only where something is mentioned") {
  std::vector<std::string> names = {"operation", "input", "flowName", "sourceFlowConfig", "triggerConfig", "tasks", "name", "type", "id", "Items"};
  for (const OperationInfo& operation : built_in_operations().operations) {
    names.emplace_back(operation.name);
    for (const OperationMember& member : operation.members) names.emplace_back(member.name);
    for (const std::string_view member : operation.response) names.emplace_back(member);
  }
  const LintEngine engine;
  Workspace workspace;
  Random random(7);
  std::size_t ours = 0;
  std::size_t passed_over = 0;
  for (int i = 0; i < 40'000; ++i) {
    const auto object = [&](std::size_t members) {
      std::string text = "{";
      for (std::size_t k = 0; k < members; ++k) {
        std::string name = random.pick(names);
        if (random.one_in(3)) name = with_other_case(random, name);
        text += (k > 0 ? ",\"" : "\"") + name + "\":" + (random.one_in(3) ? "{}" : random.one_in(2) ? "[]" : "\"GetWorkflow\"");
      }
      return text + "}";
    };
    std::string text = object(random.below(5));
    if (random.one_in(6)) text = "[" + text + "]";
    if (random.one_in(6)) text = "{\"" + random.pick(names) + "\":" + text + "}";
    const bool mine = is_ours(engine, workspace, text);
    const bool mentioned = mentions_request(text);
    ours += mine ? 1 : 0;
    passed_over += mentioned ? 0 : 1;
    if (mine && !mentioned) {
      INFO(text);
      CHECK(false);
    }
  }
  CHECK(ours > 3000);
  CHECK(passed_over > 1000);
}
