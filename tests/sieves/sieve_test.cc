// A sieve holds back no rule that finds something: rules with sieves and without find the same in the same documents.
#include <catch2/catch.hpp>

#include <algorithm>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "base/limits.h"
#include "document/json_reader.h"
#include "rules/function_table.h"
#include "rules/rule_run.h"
#include "rules/rule_set.h"
#include "rules/rule_tables.h"
#include "rules/sieve.h"
#include "schema/schema_set.h"

// What the build writes defines what the library has, too: here it has a namespace of its own.
#define connect_lint connect_lint::sieved  // NOLINT
#include "sieves.inc"
#include "sieved_rules.inc"
#undef connect_lint

namespace connect_lint {
namespace {

// Members of values that rules ask for, and what is neither text nor number.
const std::vector<std::string> kParts = {
    R"("a")",
    R"("b")",
    R"("ab")",
    R"("")",
    R"("Uri")",
    R"("zz")",
    R"("yy")",
    R"("form")",
    R"("service")",
    R"("task_type_of_operator")",
    R"("BETWEEN")",
    R"("NO_OP")",
    R"("Filter")",
    R"("Servicenow")",
    R"("ServiceNow")",
    R"("Europe/Berlin")",
    R"("2021-10-14")",
    R"("2021-10-14T13:51:57Z")",
    R"("2021-10-14T13:51:57.5")",
    R"("Thu, 14 Oct 2021 13:51:57 GMT")",
    R"("arn:aws:s3:::bucket")",
    R"("arn:aws:kms:us-east-1:123456789012:key/1")",
    "0",
    "1",
    "1.5",
    "1634219517",
    "1e300",
    "true",
    "null",
    "{}",
    "[]",
    R"(["a"])",
    R"(["a","a"])",
    R"(["a","b"])",
    R"(["zz","Filter"])",
    R"([["a","b"]])",
    R"([{"yy":"a","Uri":1}])",
    R"([{"yy":"BETWEEN"}])",
    R"({"yy":"a"})",
    R"(["b",1,"a","a"])",
    R"([{"yy":"a"},{"yy":"b"},"c"])",
    R"([{"yy":1,"Uri":5},{"yy":3,"Uri":7},"a"])",
    R"({"yy":"a","Uri":"BETWEEN"})",
    R"({"Filter":"BETWEEN","yy":["a"]})",
    R"({"yy":{"yy":"a"},"Uri":"a"})",
    R"(["2021-10-14","BETWEEN","NO_OP","Uri","yy","ServiceNow"])",
    R"(["x0","x1","x2","x3","x4","x5","x6","x7","x8","x9","x10","x11","x12","x13","x14","x15","x16","x17","a"])",
};

std::vector<std::string> documents() {
  std::vector<std::string> all = kParts;
  for (const std::string& uri : kParts) {
    all.push_back(R"({"Uri":)" + uri + "}");
    all.push_back(R"({"zz":)" + uri + "}");
    all.push_back(R"({"TaskType":"Filter","yy":["a","Filter"],"zz":)" + uri + "}");
    for (const std::string& other : kParts) all.push_back(R"({"Uri":)" + uri + R"(,"zz":)" + other + R"(,"yy":"a"})");
  }
  std::string long_list = "[0";
  for (int i = 0; i < 1000; ++i) long_list += ",0";
  all.push_back(R"({"zz":)" + long_list + "]}");
  // Sieves take what is certain only; these are not.
  all.emplace_back(R"({"Uri":"a","Uri":"b"})");
  all.emplace_back(R"({"zz":["a"],"zz":"a"})");
  return all;
}

class Reading {
 public:
  explicit Reading(const std::string& text) {
    source_.assign(text);
    JsonReader().read(source_, built_in_schemas().keys, kDepthLimit, document);
  }
  Document document;

 private:
  SourceText source_;
};

// Ids and nodes.
std::vector<std::string> found(const RuleSet& set, const Document& document, const RuleRunOptions& options) {
  std::vector<Occurrence> occurrences;
  for (std::size_t shape = 0; shape < set.shapes.size(); ++shape)
    if (set.shapes[shape].rule_count > 0) occurrences.push_back({.node = 0, .shape = static_cast<ShapeIndex>(shape)});
  RuleRunner runner;
  RuleFindings findings;
  runner.run(set, document, occurrences, options, findings);
  std::vector<std::string> all;
  for (const RuleFinding& finding : findings.kept) {
    CHECK_FALSE(finding.too_much_work);
    all.push_back(std::string(set.rules[finding.rule].id) + " " + std::to_string(finding.node));
  }
  std::sort(all.begin(), all.end());
  return all;
}

// The same rules, as those of somebody's own run.
const RuleTables& without_sieves() {
  static const RuleTables tables = [] {
    RuleAllowance all;
    auto folder = load_rule_folder(CONNECT_LINT_SIEVED_RULES, built_in_schemas(), all, nullptr);
    REQUIRE(folder.ok());
    REQUIRE(folder.value().problems() == 0);
    return RuleTables(std::move(folder).value().files, built_in_schemas());
  }();
  return tables;
}

TEST_CASE("rules find the same behind a sieve") {
  const RuleSet& sieved = sieved::built_in_rules();
  const RuleSet set = without_sieves().set();
  REQUIRE(sieved.rules.size() == set.rules.size());
  for (const ShapeRules& shape : set.shapes) REQUIRE(shape.sieve == nullptr);
  RuleRunOptions options;
  options.now = 10;
  std::map<std::string, std::size_t> times;
  const std::vector<std::string> texts = documents();
  for (const std::string& text : texts) {
    INFO(text);
    const Reading reading(text);
    REQUIRE(reading.document.complete);
    const auto right = found(set, reading.document, options);
    CHECK(found(sieved, reading.document, options) == right);
    for (const std::string& one : right) times[one.substr(0, one.find(' '))]++;
  }
  // A rule that finds nothing, or everything, says nothing about its sieve.
  std::string silent;
  for (const Rule& rule : set.rules)
    if (rule.id.starts_with("sieve/query") && times[std::string(rule.id)] == 0)
      silent += std::string(rule.id) + ": " + std::string(rule.when.text) + " | " + std::string(rule.find.text) + "\n";
  CHECK(silent == "");
}

TEST_CASE("a sieve holds back rules") {
  const RuleSet& sieved = sieved::built_in_rules();
  std::size_t asked = 0;
  std::size_t left = 0;
  for (const std::string& text : documents()) {
    const Reading reading(text);
    if (!is_certain(reading.document, 0)) continue;
    Evaluator evaluator;
    evaluator.open(reading.document);
    std::vector<std::vector<NodeIndex>> lists(sieved.lists);
    SieveContext context(sieved, reading.document, evaluator, lists);
    for (const ShapeRules& shape : sieved.shapes) {
      if (shape.sieve == nullptr) continue;
      const RuleBits all = shape.rule_count == kRuleBitsMax ? ~RuleBits{0} : (RuleBits{1} << shape.rule_count) - 1;
      context.next();
      const RuleBits may = shape.sieve(context, 0, all);
      CHECK((may & ~all) == 0);
      CHECK(shape.sieve(context, 0, 0) == 0);
      asked += shape.rule_count;
      left += static_cast<std::size_t>(std::popcount(may));
    }
  }
  CHECK(left > 0);
  CHECK(left < asked / 2);  // Most of them.
}

TEST_CASE("findings above what is kept are counted") {
  const RuleSet& set = sieved::built_in_rules();
  std::string list = "[0";
  constexpr std::size_t kMore = 10;
  for (std::size_t i = 1; i < kFindingsKeptMax + kMore; ++i) list += ",0";
  const Reading reading(R"({"zz":)" + list + "]}");
  RuleRunner runner;
  RuleFindings findings;
  std::vector<Occurrence> occurrences;
  for (std::size_t shape = 0; shape < set.shapes.size(); ++shape)
    if (set.shapes[shape].rule_count > 0) occurrences.push_back({.node = 0, .shape = static_cast<ShapeIndex>(shape)});
  RuleRunOptions options;
  options.least = Severity::Error;
  runner.run(set, reading.document, occurrences, options, findings);
  CHECK(findings.kept.size() == kFindingsKeptMax);
  CHECK(findings.left_out[static_cast<std::size_t>(Severity::Error)] >= kMore);
  CHECK(findings.left_out[static_cast<std::size_t>(Severity::Warning)] == 0);
  RuleFindings none;
  runner.run(set, reading.document, {}, options, none);
  CHECK(none.kept.empty());
}

// The rules behind those that a sieve has bits for run under the same conditions.
TEST_CASE("more rules on a shape than bits") {
  const RuleSet& set = sieved::built_in_rules();
  const Reading reading(R"({"Present":1})");
  struct Row {
    Severity least;
    Dialect dialect;
    std::optional<std::int64_t> now;
    bool across_files;
    std::vector<std::size_t> kinds;  // Of make_rules.py; those that run.
  };
  for (const Row& row : {Row{Severity::Info, Dialect::Input, {}, false, {0, 1, 2}}, Row{Severity::Warning, Dialect::Input, {}, false, {0, 1}},
                         Row{Severity::Error, Dialect::Input, {}, false, {0}}, Row{Severity::Info, Dialect::Input, 10, false, {0, 1, 2, 5}},
                         Row{Severity::Info, Dialect::Input, {}, true, {0, 1, 2, 4}}, Row{Severity::Info, Dialect::Body, {}, false, {0, 1, 2, 3}}}) {
    RuleRunOptions options;
    options.least = row.least;
    options.dialect = row.dialect;
    options.now = row.now;
    options.across_files = row.across_files;
    std::vector<std::string> right;
    for (std::size_t number = 0; number < 70; ++number)
      if (std::ranges::count(row.kinds, number % 7) > 0) right.push_back("sieve/many-0" + std::string(number < 10 ? "0" : "") + std::to_string(number));
    std::vector<std::string> ids;
    for (const std::string& one : found(set, reading.document, options))
      if (one.starts_with("sieve/many")) ids.push_back(one.substr(0, one.find(' ')));
    CHECK(ids == right);
  }
}

}  // namespace
}  // namespace connect_lint
