// A rule file of somebody else: read, made ready, run over two fixed requests and over its own examples, its words and fixes made. A text
// without a summary is only what a rule does (`on`, `when`, `find`, `message`, `fix`, ...); what else a rule file needs is put in front.
// Problems and findings lie in their texts, the same rule finds the same twice, work is bounded, a fixed request has no finding
// more, and fixing twice is fixing once.
#include <algorithm>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "expect.h"
#include "lint/fixing.h"
#include "lint/linter.h"
#include "lint/rule_examples.h"
#include "lint/settle.h"
#include "request/operation.h"
#include "rules/rule_file.h"
#include "rules/rule_library.h"
#include "rules/rule_tables.h"
#include "utf8_text.h"

namespace connect_lint {
namespace {

constexpr std::int64_t kNow = 1'795'824'000;
constexpr std::uint32_t kFindingsMax = 50;

constexpr std::string_view kHeader =
    "summary: s\nseverity: error\ncertainty: service\nwhy: w\nsource: s\nexamples:\n  - passes: {}\n  - fails: {}\n    reports: ['']\n";

struct FixedRequest {
  std::string_view operation;
  Syntax syntax;
  std::string_view text;
};

constexpr FixedRequest kRequests[] = {
    {"CreateIntegrationWorkflow", Syntax::Json, R"json({"DomainName": "sales", "WorkflowType": "APPFLOW_INTEGRATION", "ObjectTypeName": "Account", "RoleArn": "arn:aws:iam::123456789012:role/r",
 "IntegrationConfig": {"AppflowIntegration": {"FlowDefinition": {
   "FlowName": "f-1", "KmsArn": "arn:aws:kms:us-east-1:123456789012:key/k",
   "SourceFlowConfig": {"ConnectorType": "Salesforce", "SourceConnectorProperties": {"Salesforce": {"Object": "Account", "EnableDynamicFieldUpdate": true}}},
   "Tasks": [{"TaskType": "Filter", "SourceFields": ["Id", "Name"], "ConnectorOperator": {"Salesforce": "PROJECTION"}},
             {"TaskType": "Map", "SourceFields": ["Id"], "DestinationField": "Id", "ConnectorOperator": {"S3": "NO_OP"}, "TaskProperties": {"SOURCE_DATA_TYPE": "id"}}],
   "TriggerConfig": {"TriggerType": "Scheduled", "TriggerProperties": {"Scheduled": {"ScheduleExpression": "rate(1hours)", "Timezone": "US/Eastern", "ScheduleStartTime": 1634244800}}}},
 "Batches": [{"StartTime": 1612137600, "EndTime": "2021-03-01T00:00:00Z"}, {"StartTime": 1609459200, "EndTime": 1612137600}]}},
 "Tags": {"a": "1", "b": "", "a": "2", "Åsa": "\u00e9"}, "Unknown": [null, 1.50, -0, [[]], {}]}
)json"},
    {"PutIntegration", Syntax::Yaml, R"yaml(# A comment.
DomainName: &name sales
Uri: 'arn:aws:appflow:us-east-1:123456789012:flow/x'
ObjectTypeName: "Acc\u006funt"
ObjectTypeNames: {<<: {a: *name}, b: [c, d], e: }
Tags:
  - one
  - *name
FlowDefinition:
  FlowName: >-
    folded
    text
  Tasks:
  - TaskType: Map
    SourceFields: []
    ConnectorOperator: &operator {S3: NO_OP}
  - {TaskType: Merge, ConnectorOperator: *operator, SourceFields: [2021-10-14, 0x1F]}
  - TaskType: Validate
    DestinationField: |
      block

    SourceFields: ~
)yaml"}};

void expect_span(Span span, std::size_t size) { expect(span.begin <= span.end && span.end <= size, "a place lies in the file"); }

void expect_report(const Report& report, std::string_view text) {
  for (const Diagnostic& found : report.diagnostics) {
    expect(!found.id.empty() && is_utf8_text(found.message) && is_utf8_text(found.help), "words are UTF-8");
    expect(found.place && found.place->begin <= found.place->end && found.place->end <= text.size(), "a finding lies in the request");
    for (const Related& related : found.related) {
      expect(is_utf8_text(related.message), "words are UTF-8");
      expect(!related.place || (related.place->begin <= related.place->end && related.place->end <= text.size()), "a related place lies in the request");
    }
    if (!found.fix) continue;
    std::uint32_t edited = 0;
    for (const Edit& edit : found.fix->edits) {
      expect(edited <= edit.begin && edit.begin <= edit.end && edit.end <= text.size(), "edits lie in the request, in order");
      edited = edit.end;
    }
  }
}

std::string words_of(const Report& report) {
  std::string words;
  for (const Diagnostic& found : report.diagnostics) {
    words += found.id + ' ' + found.pointer + ' ' + found.message + ' ' + found.help + '\n';
    for (const Related& related : found.related) words += related.pointer + ' ' + related.message + '\n';
    for (const UniqueValue& unique : report.unique_values) words += unique.value + '\n';
  }
  return words;
}

// What the linter does with the rules of a user, without the built-in ones.
Report check(const RuleLibrary& rules, const FixedRequest& request, std::string_view text, Workspace& workspace) {
  static const SchemaSet& schemas = built_in_schemas();
  workspace.clear();
  workspace.source.assign(text);
  workspace.read(request.syntax, schemas.keys, 60);
  workspace.requests.push_back({.operation = *find_operation(request.operation)});
  Report report;
  report.status = workspace.document.complete ? Status::Checked : Status::Unreadable;
  if (!workspace.document.complete) return report;
  check_shape(schemas, workspace.document, workspace.requests[0], workspace.regexes, workspace.shape_findings,
              {.wanted = rules.set().wanted, .occurrences = &workspace.occurrences});
  workspace.rules.run(rules.set(), workspace.document, workspace.occurrences, {.now = kNow, .across_files = true, .request = 0}, workspace.user_findings);
  const RuleOutcome outcomes[] = {{&rules, &workspace.user_findings}};
  settle({.document = workspace.document,
          .schemas = schemas,
          .requests = workspace.requests,
          .shape = workspace.shape_findings,
          .rules = outcomes,
          .evaluator = workspace.rules.evaluator()},
         Severity::Info, kFindingsMax, report);
  return report;
}

void expect_fixes(const RuleLibrary& rules, const FixedRequest& request, const Report& report, Workspace& workspace) {
  const auto check_again = [&](std::string_view changed) { return check(rules, request, changed, workspace); };
  const FixedText fixed = fix_text(request.text, report, Fixes::All, check_again);
  expect(fixed.fixed > 0 || fixed.text == request.text, "without a fix a text stays");
  expect(fixed.report.errors <= report.errors && fixed.report.errors + fixed.report.warnings <= report.errors + report.warnings, "no fix makes a mistake");
  if (fixed.fixed == 0) return;
  expect_report(fixed.report, fixed.text);
  const FixedText again = fix_text(fixed.text, fixed.report, Fixes::All, check_again);
  expect(again.fixed == 0 && again.text == fixed.text, "fixing twice is fixing once");
}

void run_rules(const RuleLibrary& rules) {
  static Workspace workspace;
  for (const FixedRequest& request : kRequests) {
    const Report report = check(rules, request, request.text, workspace);
    expect(report.status == Status::Checked, "the fixed requests can be read");
    expect_report(report, request.text);
    expect(words_of(report) == words_of(check(rules, request, request.text, workspace)), "the same rule finds the same twice");
    expect_fixes(rules, request, report, workspace);
  }
  static const LintEngine engine;
  for (const RuleExample& example : rules.file(0).examples) {
    const ExampleOutcome outcome = run_example(engine, rules, 0, example, workspace);
    expect_report(outcome.report, outcome.text);
    expect(outcome.problem == run_example(engine, rules, 0, example, workspace).problem, "an example does the same twice");
  }
}

void run(std::string_view given) {
  static const SchemaSet& schemas = built_in_schemas();
  std::string text(given);
  if (text.find("summary") == text.npos) text.insert(0, kHeader);
  auto file = read_rule_file("mine/bad-thing", "mine/bad-thing.yaml", text, schemas);
  const auto again = read_rule_file("mine/bad-thing", "mine/bad-thing.yaml", text, schemas);
  expect(file->problems.size() == again->problems.size() && file->problems.size() <= kProblemsMax + 1, "the same problems twice, and not too many");
  std::uint32_t from = 0;
  for (std::size_t i = 0; i < file->problems.size(); ++i) {
    const TextProblem& problem = file->problems[i];
    expect_span(problem.span, text.size());
    expect(from <= problem.span.begin, "problems come in the order of the text");
    expect(!problem.message.empty() && is_utf8_text(problem_line("r", text, problem)), "a problem has words");
    expect(problem.message == again->problems[i].message, "the same problem twice");
    from = problem.span.begin;
  }
  if (!file->problems.empty()) return;
  std::vector<std::unique_ptr<RuleFile>> files;
  files.push_back(std::move(file));
  run_rules(RuleLibrary(RuleTables(std::move(files), schemas), schemas));
}

}  // namespace
}  // namespace connect_lint

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  connect_lint::run({reinterpret_cast<const char*>(data), size});
  return 0;
}
