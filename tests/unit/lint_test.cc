// The published class: verdicts, places, limits, threads.
#include <catch2/catch.hpp>

#include <connect_lint/lint.h>
#include <fmt/format.h>

#include <unistd.h>

#include <algorithm>
#include <array>
#include <filesystem>
#include <map>
#include <memory>
#include <set>
#include <thread>

#include "base/limits.h"
#include "lint/fixing.h"
#include "support.h"

namespace connect_lint {
namespace {

using namespace std::string_literals;
using testing::Json;

CheckOptions for_operation(std::string_view operation, Severity least = Severity::Info) {
  CheckOptions options;
  options.operation = operation;
  options.least = least;
  return options;
}

std::string words_of(const Place& place) {
  return fmt::format("{}-{} {}:{}-{}:{}", place.begin, place.end, place.line, place.column, place.end_line, place.end_column);
}

// The schema check alone: from a folder with schemas and without rules.
const Linter& schema_check() {
  static const Linter linter = [] {
    const auto folder = std::filesystem::temp_directory_path() / fmt::format("connect-lint-unit-lint-{}", getpid());
    std::filesystem::create_directory(folder);
    std::filesystem::create_directory_symlink(CONNECT_LINT_SOURCE_DIR "/schemas", folder / "schemas");
    Linter loaded(LinterOptions{.data_dir = folder.string()});
    std::filesystem::remove_all(folder);
    return loaded;
  }();
  REQUIRE(linter.ok());
  return linter;
}

// Everything that a report says.
std::string words_of(const Report& report) {
  std::string words = fmt::format("{} {} {} {} {}\n", name_of(report.status), report.errors, report.warnings, report.infos, report.note);
  for (const RequestInfo& request : report.requests)
    words += fmt::format("{} {} {} {}\n", request.pointer, request.operation, name_of(request.dialect), name_of(request.recognised_by));
  for (const Diagnostic& found : report.diagnostics) {
    words += fmt::format("{} {} {} {} {} {} {} {} {}\n", found.id, name_of(found.severity), name_of(found.certainty), found.message, found.pointer,
                         found.path, name_of(found.mark), found.place ? words_of(*found.place) : "nowhere", found.help);
    for (const Related& related : found.related)
      words += fmt::format("  {} {} {} {}\n", related.pointer, related.path, related.place ? words_of(*related.place) : "nowhere", related.message);
    if (!found.fix) continue;
    for (const Edit& edit : found.fix->edits) words += fmt::format("  fix {} {}-{} {}\n", found.fix->safe, edit.begin, edit.end, edit.text);
  }
  return words;
}

// "schema/enum /Tags/a; document/comment /".
std::string ids_of(const Report& report) {
  std::string ids;
  for (const Diagnostic& found : report.diagnostics)
    ids += fmt::format("{}{} {}{}", ids.empty() ? "" : "; ", found.id, found.pointer, found.mark == Mark::Key ? " key" : "");
  return ids;
}

struct VerdictRow {
  std::string operation;
  std::string name;
  bool valid;
  std::string text;
};

const std::vector<VerdictRow>& verdict_rows() {
  static const std::vector<VerdictRow> rows = [] {
    std::vector<VerdictRow> read;
    for (const Json& row : testing::read_checkout_json("tests/schemas/verdicts.json"))
      read.push_back({row.at("operation"), row.at("name"), row.at("valid"), row.at("request").dump()});
    return read;
  }();
  return rows;
}

// --- Verdicts -------------------------------------------------------------------

TEST_CASE("every row of verdicts.json") {
  // Where we refuse what the schema as it stands accepts, and why.
  static const std::map<std::string, std::string> known = {};
  const Linter& linter = schema_check();
  std::set<std::string> met;
  REQUIRE(verdict_rows().size() > 400);
  for (const VerdictRow& row : verdict_rows()) {
    const Report report = linter.check(row.text, for_operation(row.operation));
    INFO(row.operation << ": " << row.name << ": " << ids_of(report));
    CHECK(report.status == Status::Checked);
    for (const RequestInfo& request : report.requests) CHECK(request.operation == row.operation);
    CHECK((report.requests.size() == 1) == row.text.starts_with("{"));
    if (known.contains(row.name)) {
      met.insert(row.name);
      CHECK(row.valid != (report.errors == 0));
    } else {
      CHECK(row.valid == (report.errors == 0));
    }
    CHECK(report.findings() == report.diagnostics.size());
  }
  CHECK(met.size() == known.size());
}

TEST_CASE("rules add to the schema check, and take the place of what they say better") {
  const Linter with_rules;
  std::size_t more = 0;
  for (const VerdictRow& row : verdict_rows()) {
    const Report shape = schema_check().check(row.text, for_operation(row.operation));
    const Report all = with_rules.check(row.text, for_operation(row.operation));
    INFO(row.operation << ": " << row.name << ": " << ids_of(shape) << " | " << ids_of(all));
    for (const Diagnostic& found : shape.diagnostics) CHECK((found.id.starts_with("schema/") || found.id.starts_with("document/") || found.id.starts_with("request/")));
    // What the schema refuses stays refused.
    CHECK((shape.errors == 0 || all.errors > 0));
    more += ids_of(shape) == ids_of(all) ? 0u : 1u;
  }
  CHECK(more > 100);
}

TEST_CASE("schemas of a folder give the reports of the built-in ones") {
  const Linter built_in;
  const Linter loaded(LinterOptions{.data_dir = CONNECT_LINT_SOURCE_DIR});
  REQUIRE(loaded.ok());
  CHECK(loaded.error().empty());
  for (const VerdictRow& row : verdict_rows()) {
    const CheckOptions options = for_operation(row.operation);
    if (words_of(built_in.check(row.text, options)) != words_of(loaded.check(row.text, options))) FAIL_CHECK(row.name);
  }
}

TEST_CASE("a folder without schemas") {
  const Linter linter(LinterOptions{.data_dir = CONNECT_LINT_SOURCE_DIR "/src"});
  CHECK_FALSE(linter.ok());
  CHECK_FALSE(linter.error().empty());
  const Report report = linter.check("{}");
  CHECK(report.status == Status::Unreadable);
  CHECK(report.errors == 1);
  CHECK(ids_of(report) == "document/unreadable ");
  CHECK(ids_of(linter.check_body("PutIntegration", "{}", {})) == "document/unreadable ");
}

TEST_CASE("what has to be different in all files comes without places, too") {
  const Linter linter;
  CheckOptions options = for_operation("PutIntegration");
  options.across_files = true;
  const std::string body = R"({"ObjectTypeName":"Account","FlowDefinition":{"FlowName":"accounts"}})";
  const UriMember members[] = {{"DomainName", "sales"}};
  for (const bool places : {true, false}) {
    options.places = places;
    const Report report = linter.check_body("PutIntegration", body, members, options);
    REQUIRE(report.unique_values.size() == 1);
    CHECK(report.unique_values[0].value == "accounts");
    CHECK(report.unique_values[0].diagnostic.place.has_value() == places);
    if (places) CHECK(words_of(*report.unique_values[0].diagnostic.place).starts_with("57-67 "));
  }
}

// --- One mistake, one finding -----------------------------------------------------

// Nothing is to be said about it, but what is said of any flow on request.
const std::string& flow_request() {
  static const std::string text =
      R"({"DomainName":"d","ObjectTypeName":"Account","FlowDefinition":{"FlowName":"accounts","KmsArn":"arn:aws:kms:us-east-1:210987654321:key/8f3c2a1e-5b7d-4e90-a6c4-d1b2e3f40516",)"
      R"("SourceFlowConfig":{"ConnectorProfileName":"sales","ConnectorType":"Salesforce","IncrementalPullConfig":{"DatetimeTypeFieldName":"t"},"SourceConnectorProperties":{"Salesforce":{"Object":"Account"}}},)"
      R"("Tasks":[{"SourceFields":["Id"],"TaskType":"Map","ConnectorOperator":{"Salesforce":"NO_OP"},"DestinationField":"Id","TaskProperties":{"SOURCE_DATA_TYPE":"id","DESTINATION_DATA_TYPE":"id"}},)"
      R"({"SourceFields":["Id"],"TaskType":"Filter","ConnectorOperator":{"Salesforce":"PROJECTION"}}],)"
      R"-("TriggerConfig":{"TriggerType":"Scheduled","TriggerProperties":{"Scheduled":{"ScheduleExpression":"rate(1hours)","DataPullMode":"Incremental","ScheduleStartTime":1634244800}}}},"Tags":{"team":"crm"}})-";
  return text;
}

TEST_CASE("one mistake is one finding") {
  const Linter linter;
  REQUIRE(ids_of(linter.check(flow_request(), for_operation("", Severity::Warning))) == "");
  struct Row {
    std::string from;
    std::string to;
    std::string findings;
  };
  const std::string flow = "/FlowDefinition";
  const std::string schedule = flow + "/TriggerConfig/TriggerProperties/Scheduled";
  const std::vector<Row> rows = {
      // Names.
      {R"("DomainName")", R"("DomianName")", "schema/unknown-member /DomianName key"},
      {R"("DomainName")", R"("domainName")", "schema/unknown-member /domainName key"},
      {R"("FlowName")", R"("flowName")", "schema/unknown-member /FlowDefinition/flowName key"},
      {R"("FlowName")", R"("Flowname")", "schema/unknown-member /FlowDefinition/Flowname key"},
      {R"("Tasks")", R"("Task")", "schema/unknown-member /FlowDefinition/Task key"},
      {R"("KmsArn")", R"("KMSArn")", "schema/unknown-member /FlowDefinition/KMSArn key"},
      {R"("FlowDefinition")", R"("flowDefinition")", "schema/unknown-member /flowDefinition key"},
      {R"({"Salesforce":{"Object")", R"({"SalesForce":{"Object")", "schema/unknown-member /FlowDefinition/SourceFlowConfig/SourceConnectorProperties/SalesForce key"},
      {R"("Object":)", R"("object":)", "schema/unknown-member /FlowDefinition/SourceFlowConfig/SourceConnectorProperties/Salesforce/object key"},
      {R"("Tags":{)", R"("colour":"x","Tags":{)", "schema/unknown-member /colour key"},
      {R"("Tags":{)", R"("password":"x","Tags":{)", "secret/credentials /password key"},
      {R"("ScheduleStartTime")", R"("StartTime")", "schema/unknown-member " + schedule + "/StartTime key"},
      {R"("Tags":{)", R"("WorkflowType":"APPFLOW_INTEGRATION","Tags":{)", "request/foreign-member /WorkflowType key"},
      {R"("Tags":{)", R"("CreatedAt":1,"LastUpdatedAt":2,"IsUnstructured":false,"Tags":{)", "request/response-member /CreatedAt key"},
      {R"("DomainName":"d",)", "", "schema/required "},
      {R"("KmsArn":"arn:aws:kms:us-east-1:210987654321:key/8f3c2a1e-5b7d-4e90-a6c4-d1b2e3f40516",)", "", "schema/required " + flow},
      // A misspelt member's value is still looked at.
      {R"("FlowName":"accounts")", R"("flowName":5)", "schema/unknown-member /FlowDefinition/flowName key; schema/type /FlowDefinition/flowName"},
      // Values.
      {R"("ConnectorType":"Salesforce")", R"("ConnectorType":"salesforce")", "schema/enum /FlowDefinition/SourceFlowConfig/ConnectorType"},
      {R"("ConnectorType":"Salesforce")", R"("ConnectorType":"ServiceNow")", "schema/enum /FlowDefinition/SourceFlowConfig/ConnectorType"},
      {R"("NO_OP")", R"("no_op")", "schema/enum /FlowDefinition/Tasks/0/ConnectorOperator/Salesforce"},
      {R"("SOURCE_DATA_TYPE")", R"("SourceDataType")", "schema/enum /FlowDefinition/Tasks/0/TaskProperties/SourceDataType key"},
      {R"("accounts")", R"("my accounts")", "schema/pattern /FlowDefinition/FlowName"},
      {R"("accounts")", R"("")", "schema/pattern /FlowDefinition/FlowName"},
      {R"("accounts")", R"("a\nb")", "schema/pattern /FlowDefinition/FlowName"},
      {R"("accounts")", "\"" + std::string(257, 'a') + "\"", "schema/length /FlowDefinition/FlowName"},
      {R"("accounts")", R"("\u0061ccounts\u00e9")", "schema/pattern /FlowDefinition/FlowName"},
      {R"("arn:aws:kms:us-east-1:210987654321:key/8f3c2a1e-5b7d-4e90-a6c4-d1b2e3f40516")", R"("x")", "schema/pattern /FlowDefinition/KmsArn"},
      {R"("team")", R"("aws:team")", "schema/pattern /Tags/aws:team key"},
      {R"("team")", R"("a team")", "schema/pattern /Tags/a team key"},
      {R"({"team":"crm"})", "{}", "schema/properties /Tags"},
      {R"({"team":"crm"})", R"([{"Key":"team","Value":"crm"}])", "schema/type /Tags"},
      {R"("crm")", "5", "schema/type /Tags/team"},
      {R"("d")", "null", "schema/null /DomainName"},
      {R"("d")", "[]", "schema/type /DomainName"},
      {R"([{"SourceFields")", R"({"x":{"SourceFields")", "document/syntax /FlowDefinition/Tasks"},
      {R"(["Id"])", R"("Id")", "schema/type /FlowDefinition/Tasks/0/SourceFields"},
      {R"(["Id"],"TaskType":"Filter")", R"(["Id",1,null],"TaskType":"Filter")", "schema/type /FlowDefinition/Tasks/1/SourceFields/1; schema/null /FlowDefinition/Tasks/1/SourceFields/2"},
      // Times.
      {"1634244800", "1634244800000", "schema/time-in-milliseconds " + schedule + "/ScheduleStartTime"},
      {"1634244800", "100000000000", "schema/time-in-milliseconds " + schedule + "/ScheduleStartTime"},
      {"1634244800", "99999999999", "time/implausible " + schedule + "/ScheduleStartTime"},
      {"1634244800", "-1e400", "document/number-range " + schedule + "/ScheduleStartTime"},
      {"1634244800", "0.0000000001", "time/implausible " + schedule + "/ScheduleStartTime"},
      {"1634244800", "0." + std::string(400, '0') + "1", "time/implausible " + schedule + "/ScheduleStartTime"},
      {"1634244800", "1634244800." + std::string(400, '0') + "1", ""},
      {"1634244800", R"("20211014")", "schema/time-as-digits " + schedule + "/ScheduleStartTime"},
      {"1634244800", R"("2021-10-14T13:51:57 EST")", "schema/time-zone-name " + schedule + "/ScheduleStartTime"},
      {"1634244800", R"("2021-02-30")", "schema/time-impossible " + schedule + "/ScheduleStartTime"},
      {"1634244800", R"("10/14/2021")", "schema/time-form " + schedule + "/ScheduleStartTime"},
      {"1634244800", R"("")", "schema/time-form " + schedule + "/ScheduleStartTime"},
      {"1634244800", "true", "schema/type " + schedule + "/ScheduleStartTime"},
      {"1634244800", "null", "schema/null " + schedule + "/ScheduleStartTime"},
      {"1634244800", R"("2021-10-14T13:51:57Z")", ""},
      // Text.
      {R"("DomainName":"d",)", R"("DomainName":"d" )", "document/syntax "},
      {R"("DomainName":"d",)", R"("DomainName":"d","DomainName":"e",)", "document/duplicate-key /DomainName key"},
      {R"("DomainName":"d",)", R"("DomainName":"d",/* c */)", "document/comment "},
      {R"("d")", "'d'", "document/syntax /DomainName"},
      {R"("d")", "d", "document/syntax /DomainName"},
      {R"("NO_OP")", "NO_OP", "document/syntax /FlowDefinition/Tasks/0/ConnectorOperator/Salesforce"},
      {"1634244800", "01634244800", "document/syntax " + schedule + "/ScheduleStartTime"},
      {"1634244800", "+1634244800", "document/syntax " + schedule + "/ScheduleStartTime"},
      {"1634244800", "2021-10-14", "document/syntax " + schedule + "/ScheduleStartTime"},
      {"1634244800", "NaN", "document/syntax " + schedule + "/ScheduleStartTime"},
      {"1634244800", "1e400x", "document/syntax " + schedule + "/ScheduleStartTime"},
      {R"("crm"})", R"("crm",})", "document/trailing-comma /Tags"},
      {R"("crm")", R"("c\rm\x")", "document/syntax /Tags/team"},
      {R"("accounts")", "\"caf\xE9\"", "document/encoding /FlowDefinition/FlowName"},
      {R"("accounts")", "\"a\tb\"", "document/control-character /FlowDefinition/FlowName"},
      {R"("accounts")", R"("\ud83d")", "document/lone-surrogate /FlowDefinition/FlowName"},
      {R"("crm"}})", R"("crm"})", "document/syntax "},
      {R"("crm"}})", R"("crm"}}})", "document/syntax "},
      {R"("crm"}})", R"("crm}})", "document/syntax /Tags/team"},
      {R"({"DomainName")", "\xEF\xBB\xBF{\"DomainName\"", "document/byte-order-mark "},
  };
  for (const Row& row : rows) {
    std::string text = flow_request();
    const std::size_t at = text.find(row.from);
    REQUIRE(at != std::string::npos);
    text.replace(at, row.from.size(), row.to);
    for (const std::string_view operation : {"PutIntegration", ""}) {
      // Two members too many may leave the operation open; the option does not.
      INFO(testing::shown(row.from) << " -> " << testing::shown(row.to) << " " << operation);
      const Report report = linter.check(text, for_operation(operation, Severity::Warning));
      CHECK(ids_of(report) == row.findings);
      CHECK(report.errors + report.warnings == report.diagnostics.size());
    }
  }
}

TEST_CASE("what is wrong with the whole is one finding, too") {
  const Linter linter;
  struct Row {
    std::string operation;
    std::string text;
    std::string findings;
  };
  const std::vector<Row> rows = {
      {"", "", "document/empty "},
      {"PutIntegration", "", "document/empty "},
      {"PutIntegration", " \n ", "document/empty "},
      {"PutIntegration", "[]", "request/not-an-object "},
      {"PutIntegration", "5", "request/not-an-object "},
      {"PutIntegration", "[1,2", "document/syntax "},
      {"PutIntegration", "hello", "document/syntax "},
      {"PutIntegrations", "{}", "request/operation-unknown "},
      {"ListIntegrations", R"({"Items":[{"DomainName":"d"}]})", "request/response "},
      {"", R"({"PutIntegration":)" + flow_request() + "}", "request/wrapped /PutIntegration key"},
      {"PutIntegration", R"({"PutIntegration":)" + flow_request() + "}", "request/wrapped /PutIntegration key"},
      {"", R"({"operation":"putIntegration","input":)" + flow_request() + "}", "request/operation-unknown /operation"},
      {"", R"({"operation":PutIntegration,"input":)" + flow_request() + "}", "document/syntax /operation"},
      {"", R"({"operation":x,"input":)" + flow_request() + "}", ""},
      {"", R"({"input":)" + flow_request() + R"(,"operation":"PutIntegratio)", "document/syntax /operation"},
      {"", R"({"input":)" + flow_request() + R"(,"operation":")", "document/syntax /operation"},
      {"", R"({"operation":"PutIntegration","input":{"DomainName":5,"Uri":"s3://records","ObjectTypeName":"o"}})", "schema/type /input/DomainName"},
      {"", R"({"flowName":"f","triggerConfig":{},"tasks":[]})", "request/appflow "},
      {"PutIntegration", R"({"flowName":"f","triggerConfig":{},"tasks":[]})", "request/appflow "},
      {"", R"({"DomainName":"d","WorkflowId":"0123456789abcdef0123456789abcdef"})", "request/operation-ambiguous "},
      {"PutIntegration", "\xFF\xFE{\0}\0"s, "document/encoding "},
      {"ListIntegrations", "{\"DomainName\":\"d\"}\0"s, "document/syntax "},
      {"PutIntegration", std::string(100'000, '['), "document/too-deep " + [] {
         std::string pointer;
         for (int i = 0; i < 128; ++i) pointer += "/0";
         return pointer;
       }()},
  };
  for (const Row& row : rows) {
    INFO(row.operation << " " << testing::shown(row.text.substr(0, 200)));
    CHECK(ids_of(linter.check(row.text, for_operation(row.operation, Severity::Warning))) == row.findings);
  }
}

TEST_CASE("a request cut off at any byte has a finding, and only about that") {
  const Linter linter;
  const std::string& text = flow_request();
  for (std::size_t size = 0; size < text.size(); ++size) {
    const Report report = linter.check(text.substr(0, size), for_operation("PutIntegration"));
    INFO(text.substr(0, size));
    CHECK(report.diagnostics.size() == 1);
    CHECK(report.status == Status::Unreadable);
    for (const Diagnostic& found : report.diagnostics) CHECK(found.id.starts_with("document/"));
  }
}

TEST_CASE("files that are none of ours are passed over") {
  const Linter linter;
  for (const char* text : {R"({"name":"x","version":"1"})", "[]", "{} // comment", R"({"a":1,})", "\xEF\xBB\xBF{\"a\":1}", R"({'a':1})"}) {
    const Report report = linter.check(text);
    INFO(text);
    CHECK(report.status == Status::Skipped);
    CHECK(report.findings() == 0);
    CHECK(report.diagnostics.empty());
    CHECK(report.requests.empty());
    CHECK_FALSE(report.note.empty());
  }
}

// --- Dialects -----------------------------------------------------------------------

TEST_CASE("members that travel in the URI do not stand in the body") {
  const Linter& linter = schema_check();
  CheckOptions options = for_operation("PutIntegration");
  options.dialect = Dialect::Body;
  struct Row {
    std::string text;
    std::string findings;
  };
  const std::vector<Row> rows = {
      {"{}", ""},
      {R"({"Uri":"u","ObjectTypeName":"o"})", ""},
      {R"({"DomainName":"d","Uri":"u"})", "request/uri-member /DomainName key"},
      {R"({"uri":"u"})", "schema/unknown-member /uri key"},
  };
  for (const Row& row : rows) {
    INFO(row.text);
    const Report report = linter.check(row.text, options);
    CHECK(ids_of(report) == row.findings);
    CHECK(report.requests[0].dialect == Dialect::Body);
  }
  // Times are numbers there.
  options.operation = "ListWorkflows";
  CHECK(ids_of(linter.check(R"({"QueryStartDate":1634244800})", options)) == "");
  CHECK(ids_of(linter.check(R"({"QueryStartDate":"2021-10-14T00:00:00Z"})", options)) == "schema/type /QueryStartDate");
  CHECK(ids_of(linter.check(R"({"QueryStartDate":1634244800000})", options)) == "schema/time-in-milliseconds /QueryStartDate");
  CHECK(ids_of(linter.check(R"({"MaxResults":5,"NextToken":"n"})", options)) == "request/uri-member /MaxResults key; request/uri-member /NextToken key");
}

// --- Places ---------------------------------------------------------------------------

TEST_CASE("the bytes of a place are what the pointer names") {
  const Linter linter;
  std::size_t findings = 0;
  for (const VerdictRow& row : verdict_rows()) {
    // Indented, so that lines matter; escaped, so that bytes and texts differ.
    for (const std::string& text : {Json::parse(row.text).dump(2), Json::parse(row.text).dump(-1, ' ', true)}) {
      const Json request = Json::parse(text);
      for (const Diagnostic& found : linter.check(text, for_operation(row.operation)).diagnostics) {
        INFO(row.name << " " << found.id << " " << found.pointer);
        REQUIRE(found.place.has_value());
        const std::string bytes = text.substr(found.place->begin, found.place->end - found.place->begin);
        REQUIRE(Json::accept(bytes));
        const Json::json_pointer pointer(found.pointer);
        CHECK(Json::parse(bytes) == (found.mark == Mark::Key ? Json(pointer.back()) : request.at(pointer)));
        const auto line = 1 + std::count(text.begin(), text.begin() + found.place->begin, '\n');
        CHECK(found.place->line == line);
        ++findings;
      }
    }
  }
  CHECK(findings > 500);
}

TEST_CASE("findings stand in the order of the text") {
  const Linter linter;
  const Report report = linter.check("{\"Tags\":{\"b\":1,\"a\":2},'Uri':5,\"x\":1,\"x\":2,\"DomainName\":null,\"FlowDefinition\":{\"z\":0,\"FlowName\":7}}", for_operation("PutIntegration"));
  CHECK(report.diagnostics.size() >= 9);
  CHECK(std::is_sorted(report.diagnostics.begin(), report.diagnostics.end(),
                       [](const Diagnostic& a, const Diagnostic& b) { return a.place->begin < b.place->begin; }));
}

TEST_CASE("fixes mend what they are for") {
  const Linter& linter = schema_check();
  std::size_t fixes = 0;
  std::vector<std::pair<std::string, std::string>> cases;
  for (const VerdictRow& row : verdict_rows()) cases.emplace_back(row.operation, row.text);
  for (const auto& [from, to] : {std::pair{R"("DomainName")", R"("domain_name")"}, std::pair{R"("Tasks")", R"("Taskss")"}, std::pair{R"("Salesforce",)", R"("SalesForce",)"},
                                 std::pair{R"("NO_OP")", R"("no-op")"}, std::pair{R"("crm")", "true"}, std::pair{R"("crm")", "12"}}) {
    std::string text = flow_request();
    text.replace(text.find(from), std::string_view(from).size(), to);
    cases.emplace_back("PutIntegration", text);
  }
  cases.emplace_back("ListIntegrations", R"({"DomainName":"d","MaxResults":"5"})");
  cases.emplace_back("ListIntegrations", R"({"DomainName":"d","MaxResults":5.0})");
  cases.emplace_back("ListIntegrations", R"({"DomainName":"d","IncludeHidden":"true"})");
  for (const auto& [operation, text] : cases) {
    const Report before = linter.check(text, for_operation(operation));
    for (const Diagnostic& found : before.diagnostics) {
      if (!found.fix) continue;
      ++fixes;
      INFO(text << " " << found.id);
      std::string mended = text;
      REQUIRE(found.fix->edits.size() == 1);
      const Edit& edit = found.fix->edits[0];
      mended.replace(edit.begin, edit.end - edit.begin, edit.text);
      const Report after = linter.check(mended, for_operation(operation));
      CHECK(after.findings() + 1 == before.findings());
    }
  }
  CHECK(fixes > 20);
}

// Fixes of a text of ten letters, and what a check of the mended text finds.
TEST_CASE("fixes are applied as far as they make it better") {
  const auto finding = [](std::string id, std::optional<Fix> fix = std::nullopt, Severity severity = Severity::Error) {
    Diagnostic diagnostic;
    diagnostic.id = std::move(id);
    diagnostic.severity = severity;
    diagnostic.fix = std::move(fix);
    return diagnostic;
  };
  const auto report_of = [](std::vector<Diagnostic> diagnostics, std::uint64_t left_out = 0, Status status = Status::Checked) {
    Report report;
    report.status = status;
    report.left_out = left_out;
    for (const Diagnostic& found : diagnostics) ++(found.severity == Severity::Error ? report.errors : found.severity == Severity::Warning ? report.warnings : report.infos);
    report.diagnostics = std::move(diagnostics);
    return report;
  };
  const auto fix = [](std::uint32_t begin, std::uint32_t end, std::string text, bool safe = true) { return Fix{safe, {{begin, end, std::move(text)}}}; };
  struct Case {
    std::string why;
    Report before;
    std::map<std::string, Report> after;  // By text; the others are clean.
    std::string text;
    std::uint64_t fixed;
  };
  const Report broken = report_of({}, 0, Status::Unreadable);
  const std::vector<Case> cases = {
      {"one", report_of({finding("a", fix(1, 2, "X"))}), {}, "0X23456789", 1},
      {"two that touch", report_of({finding("a", fix(1, 2, "X")), finding("b", fix(2, 3, "Y"))}), {}, "0XY3456789", 2},
      {"two of the same", report_of({finding("a", fix(1, 2, "X")), finding("b", fix(1, 2, "X"))}), {}, "0X23456789", 2},
      {"two texts for one place: the first, then what is found then",
       report_of({finding("a", fix(1, 2, "X")), finding("b", fix(1, 2, "Y"))}), {{"0X23456789", report_of({finding("b", fix(1, 2, "Z"))})}}, "0Z23456789", 2},
      {"two lengths for one place", report_of({finding("a", fix(1, 2, "X")), finding("b", fix(1, 3, "X"))}), {}, "0X23456789", 1},
      {"two insertions at one place", report_of({finding("a", fix(1, 1, "X")), finding("b", fix(1, 1, "Y"))}), {}, "0X123456789", 1},
      {"one inside of the other", report_of({finding("a", fix(1, 5, "X")), finding("b", fix(2, 3, "Y"))}), {}, "0X56789", 1},
      {"the other way round", report_of({finding("a", fix(2, 3, "Y")), finding("b", fix(1, 5, "X"))}), {}, "01Y3456789", 1},
      {"edits of one fix that overlap", report_of({finding("a", Fix{true, {{1, 5, "X"}, {2, 3, "Y"}}})}), {}, "0123456789", 0},
      {"behind the end", report_of({finding("a", fix(9, 11, "X"))}), {}, "0123456789", 0},
      {"backwards", report_of({finding("a", fix(5, 4, "X"))}), {}, "0123456789", 0},
      {"nothing changes", report_of({finding("a", fix(1, 2, "1"))}), {}, "0123456789", 0},
      {"nothing is left", report_of({finding("a", fix(0, 10, ""))}), {}, "0123456789", 0},
      {"no edits", report_of({finding("a", Fix{true, {}})}), {}, "0123456789", 0},
      {"not safe", report_of({finding("a", fix(1, 2, "X", false))}), {}, "0123456789", 0},
      {"it cannot be read any more", report_of({finding("a", fix(1, 2, "X"))}), {{"0X23456789", broken}}, "0123456789", 0},
      {"more errors", report_of({finding("a", fix(1, 2, "X"), Severity::Warning)}), {{"0X23456789", report_of({finding("b")})}}, "0123456789", 0},
      {"more warnings", report_of({finding("a", fix(1, 2, "X"), Severity::Info)}), {{"0X23456789", report_of({finding("b", {}, Severity::Warning)})}}, "0123456789", 0},
      {"another mistake", report_of({finding("a", fix(1, 2, "X")), finding("b")}), {{"0X23456789", report_of({finding("c")})}}, "0123456789", 0},
      {"as many findings, and a fix less", report_of({finding("a", fix(1, 2, "X"))}), {{"0X23456789", report_of({finding("a")})}}, "0X23456789", 1},
      {"as many findings, as many fixes", report_of({finding("a", fix(1, 2, "X"))}), {{"0X23456789", report_of({finding("a", fix(2, 3, "Y"))})}}, "0123456789", 0},
      {"another info", report_of({finding("a", fix(1, 2, "X"))}), {{"0X23456789", report_of({finding("b", {}, Severity::Info)})}}, "0X23456789", 1},
      {"another one, but some were not shown", report_of({finding("a", fix(1, 2, "X"))}, 1), {{"0X23456789", report_of({finding("b")})}}, "0X23456789", 1},
      {"the second half alone makes it better", report_of({finding("a", fix(1, 2, "X")), finding("b", fix(3, 4, "Y"))}),
       {{"0X2Y456789", broken}, {"0X23456789", broken}, {"012Y456789", report_of({finding("a", fix(1, 2, "X"))})}}, "012Y456789", 1},
  };
  for (const Case& one : cases) {
    INFO(one.why);
    const FixedText fixed = fix_text("0123456789", one.before, Fixes::Safe, [&](std::string_view text) {
      const auto found = one.after.find(std::string(text));
      return found == one.after.end() ? report_of({}) : found->second;
    });
    CHECK(fixed.text == one.text);
    CHECK(fixed.fixed == one.fixed);
    CHECK(has_fix(one.before, Fixes::Safe) == (one.why != "not safe" && one.why != "no edits"));
  }
}

// Each check changes a byte and leaves as much to mend: it ends nevertheless.
TEST_CASE("rounds of fixes have an end") {
  std::size_t checks = 0;
  const auto many = [](std::uint64_t findings) {
    Report report;
    report.status = Status::Checked;
    report.errors = findings;
    report.left_out = findings - 1;
    Diagnostic& found = report.diagnostics.emplace_back();
    found.id = "a";
    found.fix = Fix{true, {{0, 0, "x"}}};
    return report;
  };
  const FixedText fixed = fix_text("", many(1'000'000), Fixes::Safe, [&](std::string_view) { return many(1'000'000 - ++checks); });
  CHECK(checks == kFixChecksMax);
  CHECK(fixed.text == std::string(kFixChecksMax, 'x'));
}

// --- Limits -----------------------------------------------------------------------------

TEST_CASE("the limit of the input has two sides") {
  const Linter& linter = schema_check();
  const std::string text = R"({"DomainName":"d"})";
  CheckOptions options = for_operation("PutIntegration");
  options.limits.input_bytes_max = text.size();
  CHECK(ids_of(linter.check(text, options)) == "");
  options.limits.input_bytes_max = text.size() - 1;
  const Report report = linter.check(text, options);
  CHECK(ids_of(report) == "document/too-large ");
  CHECK(report.status == Status::Unreadable);
  CHECK(report.diagnostics[0].message.find(std::to_string(text.size() - 1)) != std::string::npos);
  // A body counts with what stands in the URI.
  const UriMember members[] = {{"DomainName", "d"}};
  options.limits.input_bytes_max = 13;
  CHECK(ids_of(linter.check_body("PutIntegration", "{}", members, options)) == "");
  options.limits.input_bytes_max = 12;
  CHECK(ids_of(linter.check_body("PutIntegration", "{}", members, options)) == "document/too-large ");
  options.limits.input_bytes_max = 0;
  CHECK(ids_of(linter.check("", options)) == "document/empty ");
  CHECK(ids_of(linter.check(" ", options)) == "document/too-large ");
}

TEST_CASE("the limit of the depth has two sides") {
  const Linter& linter = schema_check();
  CheckOptions options = for_operation("PutIntegration");
  options.limits.depth_max = 2;
  CHECK(ids_of(linter.check(R"({"DomainName":"d","Tags":{"a":"b"}})", options)) == "");
  CHECK(ids_of(linter.check(R"({"DomainName":"d","Tags":{"a":[]}})", options)) == "document/too-deep /Tags/a");
  options.limits.depth_max = 0;  // Taken for the least, 1.
  CHECK(ids_of(linter.check(R"({"DomainName":"d"})", options)) == "");
  options.limits.depth_max = 4'000'000'000;  // Taken for the most, 10,000.
  const auto nested = [](std::size_t depth) { return R"({"DomainName":)" + std::string(depth, '[') + std::string(depth, ']') + "}"; };
  CHECK(ids_of(linter.check(nested(9'999), options)) == "schema/type /DomainName");
  CHECK(linter.check(nested(10'000), options).diagnostics.at(0).id == "document/too-deep");
}

TEST_CASE("the limit of findings has two sides, and all are counted") {
  const Linter& linter = schema_check();
  // 10 unknown members, 10 numbers for tags, 5 trailing commas.
  std::string text = R"({"DomainName":"d","Tags":{)";
  for (int i = 0; i < 10; ++i) text += fmt::format("{}\"{}\":{}", i > 0 ? "," : "", std::string(static_cast<std::size_t>(i) + 1, 'a'), i);
  text += "}";
  for (int i = 0; i < 10; ++i) text += fmt::format(",\"unknown{}\":[1{}]", i, i < 5 ? "," : "");
  text += "}";
  CheckOptions options = for_operation("PutIntegration");
  const Report all = linter.check(text, options);
  REQUIRE(all.diagnostics.size() == 25);
  for (const std::uint32_t most : {0u, 1u, 24u, 25u, 26u, 4'000'000'000u}) {
    options.limits.findings_max = most;
    const Report report = linter.check(text, options);
    INFO(most);
    CHECK(report.diagnostics.size() == std::min<std::size_t>(most, 25));
    CHECK(report.errors == 25);
    // The first ones in the order of the text.
    for (std::size_t i = 0; i < report.diagnostics.size(); ++i) CHECK(report.diagnostics[i].place->begin == all.diagnostics[i].place->begin);
  }
}

TEST_CASE("more findings than are kept are counted") {
  const Linter linter;
  for (const bool syntax : {false, true}) {
    std::string text = R"({"DomainName":"d","EventTriggerNames":["e"],"Tags":{)";
    for (int i = 0; i < 100'123; ++i) text += syntax ? fmt::format("{}\"k\":'x'", i > 0 ? "," : "") : fmt::format("{}\"{}\":1", i > 0 ? "," : "", i);
    text += "}}";
    CheckOptions options = for_operation("PutIntegration");
    const Report report = linter.check(text, options);
    CHECK(report.diagnostics.size() == 1000);
    CHECK(report.errors > 100'123);
  }
}

TEST_CASE("huge values do no harm") {
  const Linter& linter = schema_check();
  const std::string name(1'000'000, 'a');
  const Report long_name = linter.check(R"({"DomainName":")" + name + "\"}", for_operation("PutIntegration"));
  CHECK(ids_of(long_name) == "schema/length /DomainName");
  const Report long_key = linter.check(R"({"DomainName":"d",")" + name + "\":1}", for_operation("PutIntegration"));
  REQUIRE(long_key.diagnostics.size() == 1);
  CHECK(long_key.diagnostics[0].message.size() < 1000);
  const Report long_word = linter.check(R"({"DomainName":)" + name + "}", for_operation("PutIntegration"));
  REQUIRE(long_word.diagnostics.size() == 1);
  CHECK(long_word.diagnostics[0].message.size() < 1000);
}

// --- Ownership and threads ------------------------------------------------------------------

TEST_CASE("a report outlives the linter and the text") {
  Report report;
  std::string before;
  {
    auto linter = std::make_unique<Linter>();
    auto text = std::make_unique<std::string>(R"({"operation":"PutIntegration","input":{"DomainName":"d d","Tags":{"\u0061ws:é":1},"uri":"x","CreatedAt":1,"LastUpdatedAt":2}})");
    report = linter->check(*text);
    before = words_of(report);
    text->assign(text->size(), '!');
    CHECK(linter->check(*text, for_operation("PutIntegration")).errors == 1);
  }
  CHECK(report.diagnostics.size() >= 4);
  CHECK(words_of(report) == before);
}

TEST_CASE("a moved linter goes on") {
  Linter first;
  const std::string before = words_of(first.check(R"({"DomainName":5})", for_operation("PutIntegration")));
  Linter second = std::move(first);
  CHECK(words_of(second.check(R"({"DomainName":5})", for_operation("PutIntegration"))) == before);
  first = std::move(second);
  CHECK(words_of(first.check(R"({"DomainName":5})", for_operation("PutIntegration"))) == before);
}

TEST_CASE("one linter, eight threads, the same reports") {
  const Linter linter;
  std::vector<std::string> expected;
  for (const VerdictRow& row : verdict_rows()) expected.push_back(words_of(linter.check(row.text, for_operation(row.operation))));
  std::array<std::size_t, 8> different{};
  std::vector<std::thread> threads;
  for (std::size_t number = 0; number < different.size(); ++number)
    threads.emplace_back([&, number] {
      for (std::size_t round = 0; round < 3; ++round)
        for (std::size_t i = 0; i < expected.size(); ++i) {
          const std::size_t row = (i * 7 + number * 61 + round) % expected.size();
          const Report report = linter.check(verdict_rows()[row].text, for_operation(verdict_rows()[row].operation));
          different[number] += words_of(report) == expected[row] ? 0u : 1u;
        }
    });
  for (std::thread& thread : threads) thread.join();
  for (const std::size_t count : different) CHECK(count == 0);
}

// --- The rest of the header -------------------------------------------------------------------

TEST_CASE("operations, schemas, version") {
  const auto names = operation_names();
  CHECK(std::vector<std::string_view>(names.begin(), names.end()) ==
        std::vector<std::string_view>{"CreateIntegrationWorkflow", "PutIntegration", "GetIntegration", "ListIntegrations", "ListAccountIntegrations", "GetWorkflow",
                                      "GetWorkflowSteps", "ListWorkflows", "DeleteWorkflow"});
  for (const std::string_view name : names) {
    INFO(name);
    CHECK(Json::parse(schema_text(name)) == testing::read_checkout_json("schemas/" + std::string(name) + ".json"));
  }
  CHECK(schema_text("CreateDomain").empty());
  CHECK(schema_text("").empty());
  CHECK(std::count(version().begin(), version().end(), '.') == 2);
}

TEST_CASE("a list of requests") {
  RequestList list;
  CHECK(list.empty());
  CHECK(list.begin() == list.end());
  for (std::size_t i = 0; i < 5; ++i) {
    RequestInfo request;
    request.pointer = "/" + std::to_string(i);
    list.push_back(std::move(request));
    REQUIRE(list.size() == i + 1);
    for (std::size_t k = 0; k <= i; ++k) CHECK(list[k].pointer == "/" + std::to_string(k));
  }
}

}  // namespace
}  // namespace connect_lint
