// What a document is taken for.
#include <catch2/catch.hpp>

#include <fmt/format.h>

#include "request/recognise.h"
#include "schema/schema_set.h"
#include "support.h"

namespace connect_lint {
namespace {

using testing::Reading;

struct Hints {
  std::string_view file_name = "";
  std::string_view operation = "";
};

// "PutIntegration by members at 0", "finding request/appflow (warning)", "none: its name says ..."; several joined by "; ".
std::string recognised(const std::string& text, const Hints& hints = {}) {
  const Reading reading(text, built_in_schemas().keys);
  if (reading.document().empty()) return "empty";
  RecognitionHints given;
  given.file_name = hints.file_name;
  if (!hints.operation.empty()) given.operation = find_operation(hints.operation);
  const Recognition recognition = recognise(reading.document(), built_in_schemas().members, given);
  std::string words;
  if (recognition.request) {
    const Request& request = *recognition.request;
    static constexpr std::string_view kBy[] = {"option", "envelope", "file name", "wrapper", "members"};
    words = fmt::format("{} by {}", built_in_operations().operations[request.operation].name, kBy[static_cast<int>(request.recognised_by)]);
    if (request.node != 0) words += fmt::format(" at {}", reading.document().key(request.node));
  }
  for (const TemplateResource& resource : recognition.resources) {
    const bool alone = resource.node == 0;
    words += fmt::format("{}template: {}{}{}", words.empty() ? "" : ", ", alone ? "alone" : reading.document().key(resource.node),
                         resource.properties == kNoNode ? " without properties" : "", resource.repeated ? " in a loop" : "");
  }
  if (recognition.finding) {
    const RequestFinding& finding = *recognition.finding;
    if (!words.empty()) words += "; ";
    words += entry_of(finding.id).id;
    if (finding.severity == Severity::Warning) words += " (warning)";
    if (finding.candidates != 0) words += ": " + operation_list(finding.candidates);
    // Words can be made of every finding.
    CHECK_FALSE(describe_request(finding, reading.document()).message.empty());
  }
  if (words.empty()) {
    CHECK_FALSE(recognition.note.empty());
    words = "none: " + recognition.note;
  } else {
    CHECK(recognition.note.empty());
  }
  return words;
}

const char* const kFlow = R"({"FlowName":"f","KmsArn":"k","SourceFlowConfig":{},"Tasks":[],"TriggerConfig":{}})";

TEST_CASE("by the members") {
  struct Row {
    std::string text;
    std::string result;
  };
  const std::string workflow = R"("WorkflowType":"APPFLOW_INTEGRATION","IntegrationConfig":{},"ObjectTypeName":"o","RoleArn":"r")";
  const std::vector<Row> rows = {
      // All members known, one operation left.
      {R"({"DomainName":"d",)" + workflow + "}", "CreateIntegrationWorkflow by members"},
      {R"({"DomainName":"d","Uri":"u","ObjectTypeName":"o"})", "PutIntegration by members"},
      {R"({"DomainName":"d","ObjectTypeName":"o","FlowDefinition":)" + std::string(kFlow) + "}", "PutIntegration by members"},
      {R"({"DomainName":"d","FlowDefinition":{}})", "PutIntegration by members"},
      {R"({"DomainName":"d","ObjectTypeNames":{},"Uri":"u","EventTriggerNames":["e"]})", "PutIntegration by members"},
      {R"({"DomainName":"d","WorkflowId":"w","MaxResults":1})", "GetWorkflowSteps by members"},
      {R"({"DomainName":"d","QueryStartDate":0})", "ListWorkflows by members"},
      {R"({"DomainName":"d","Status":"COMPLETE"})", "ListWorkflows by members"},
      {R"({"DomainName":"d","WorkflowType":"APPFLOW_INTEGRATION"})", "ListWorkflows by members"},
      {R"({"DomainName":"d","IncludeHidden":true})", "ListIntegrations by members"},
      {R"({"Uri":"u","IncludeHidden":true})", "ListAccountIntegrations by members"},
      {R"({"Uri":"u","MaxResults":5})", "ListAccountIntegrations by members"},
      // Nearly.
      {R"({"domainName":"d","uri":"u","objectTypeName":"o"})", "PutIntegration by members"},
      {R"({"domain-name":"d","flow_definition":{}})", "PutIntegration by members"},
      {R"({"DomainName":"d","FlowDefinition":{},"Extra":1})", "PutIntegration by members"},
      {R"({"FlowDefinition":{}})", "PutIntegration by members"},
      {R"({"IntegrationConfig":{}})", "CreateIntegrationWorkflow by members"},
      {R"({"DomainName":"d","WorkflowType":"x","IntegrationConfig":{}})", "CreateIntegrationWorkflow by members"},
      {R"({"DomainName":"d","FlowDefinition":{},"IntegrationConfig":{}})", "PutIntegration by members"},
      {R"({"DomainName":"d","Uri":"u","ObjectTypeName":"o","CreatedAt":1,"LastUpdatedAt":2,"Tags":{}})", "PutIntegration by members"},
      // Several fit.
      {R"({"DomainName":"d","WorkflowId":"w"})", "request/operation-ambiguous: `GetWorkflow`, `GetWorkflowSteps` or `DeleteWorkflow`"},
      {R"({"DomainName":"d","Uri":"u"})", "request/operation-ambiguous (warning): `PutIntegration` or `GetIntegration`"},
      {R"({"DomainName":"d","MaxResults":5})", "request/operation-ambiguous (warning): `ListIntegrations` or `ListWorkflows`"},
      {R"({"DomainName":"d","NextToken":"n","MaxResults":5})", "request/operation-ambiguous (warning): `ListIntegrations` or `ListWorkflows`"},
      {R"({"DomainName":"d","ObjectTypeName":"o"})", "request/operation-ambiguous (warning): `PutIntegration`"},
      {R"({"DomainName":"d"})", "none: its members fit `PutIntegration`, `ListIntegrations` or `ListWorkflows` and more; name one with --operation"},
      {R"({"Uri":"u"})", "none: its members fit `ListAccountIntegrations` and more; name one with --operation"},
      // None of ours.
      {"{}", "none: it has no members"},
      {"[]", "none: its value is no object"},
      {"null", "none: its value is no object"},
      {"\"DomainName\"", "none: its value is no object"},
      {R"({"name":"x","version":"1.0.0","scripts":{}})", "none: its members are not those of a Customer Profiles request"},
      {R"({"Tags":{}})", "none: its members are not those of a Customer Profiles request"},
      {R"({"MaxResults":1})", "none: its members are not those of a Customer Profiles request"},
      {R"({"DomainName":"d","EngineVersion":"OpenSearch_2.11","ClusterConfig":{},"Tags":[]})", "none: its members are not those of a Customer Profiles request"},
      {R"({"RoleArn":"r","RoleSessionName":"s"})", "none: its members are not those of a Customer Profiles request"},
      {R"({"Bucket":"b","Key":"k"})", "none: its members are not those of a Customer Profiles request"},
      {R"({"AWSTemplateFormatVersion":"2010-09-09","Resources":{"I":{"Type":"AWS::CustomerProfiles::Integration","Properties":{"DomainName":"d","FlowDefinition":{}}}}})",
       "template: I"},
      {R"({"Type":"AWS::CustomerProfiles::Integration","Properties":{"DomainName":"d","Uri":"u"}})", "template: alone"},
      {R"({"Resources":{"A":{"Type":"AWS::CustomerProfiles::Integration"},"B":{"Type":"AWS::S3::Bucket"},"C":{"Type":"AWS::CustomerProfiles::Integration","Properties":1}}})",
       "template: A without properties, template: C"},
      {R"({"Resources":{"Fn::ForEach::L":["v",["a"],{"I":{"Type":"AWS::CustomerProfiles::Integration","Properties":{}}}]}})", "template: I in a loop"},
      {R"({"Resources":{"B":{"Type":"AWS::S3::Bucket"}}})", "none: it is a CloudFormation template without AWS::CustomerProfiles::Integration"},
      {R"({"AWSTemplateFormatVersion":"2010-09-09"})", "none: it is a CloudFormation template without AWS::CustomerProfiles::Integration"},
      {R"({"Resources":{"B":{"Type":"Custom::Thing"}}})", "none: its members are not those of a Customer Profiles request"},
      {R"({"Resources":[{"Type":"AWS::CustomerProfiles::Integration"}]})", "none: its members are not those of a Customer Profiles request"},
  };
  for (const Row& row : rows) {
    INFO(row.text);
    CHECK(recognised(row.text) == row.result);
  }
}

TEST_CASE("the service's other operations are passed over") {
  std::size_t seen = 0;
  for (const OtherOperation& other : built_in_operations().others) {
    for (const bool all : {true, false}) {
      const auto members = all ? other.members : other.required;
      std::string text;
      bool shared = true;  // Every member is one that an operation of ours takes, too.
      for (const std::string_view member : members) {
        text += fmt::format("{}\"{}\":\"x\"", text.empty() ? "" : ",", member);
        bool ours = false;
        for (const OperationInfo& operation : built_in_operations().operations)
          for (const OperationMember& taken : operation.members) ours = ours || taken.name == member;
        shared = shared && ours;
      }
      INFO(other.name << " {" << text << "}");
      // The members alone may not tell; a warning says so.
      const std::string by_members = recognised("{" + text + "}");
      if (by_members.starts_with("none: ")) ++seen;
      CHECK((by_members.starts_with("none: ") || (shared && by_members.find("(warning)") != std::string::npos)));
      // The file's name does.
      const std::string by_name = recognised("{" + text + "}", {.file_name = other.command});
      if (!members.empty()) CHECK(by_name == fmt::format("none: its name says {}, which is not checked", other.name));
      CHECK(recognised("{\"operation\":\"" + std::string(other.name) + "\",\"input\":{" + text + "}}") == fmt::format("none: {} is not checked", other.name));
    }
  }
  CHECK(seen > 100);
}

TEST_CASE("by the envelope") {
  struct Row {
    std::string text;
    std::string result;
  };
  const std::vector<Row> rows = {
      {R"({"operation":"GetWorkflow","input":{"DomainName":"d","WorkflowId":"w"}})", "GetWorkflow by envelope at input"},
      {R"({"input":{},"operation":"PutIntegration"})", "PutIntegration by envelope at input"},
      {R"({"id":7,"operation":"PutIntegration","input":{"FlowDefinition":1}})", "PutIntegration by envelope at input"},
      {R"({"operation":"PutIntegration","input":[]})", "request/not-an-object"},
      {R"({"operation":"PutIntegration","input":null})", "request/not-an-object"},
      {R"({"operation":"putIntegration","input":{}})", "request/operation-unknown"},
      {R"({"operation":"put-integration","input":{}})", "request/operation-unknown"},
      {R"({"operation":"PutIntegrations","input":{}})", "request/operation-unknown"},
      {R"({"operation":"CreateDomain","input":{}})", "none: CreateDomain is not checked"},
      {R"({"operation":"add","input":{}})", "none: `add` is no operation of Customer Profiles"},
      {R"({"operation":"","input":{}})", "none: `` is no operation of Customer Profiles"},
      {R"({"operation":1,"input":{}})", "none: its members are not those of a Customer Profiles request"},
      {R"({"operation":"PutIntegration"})", "none: its members are not those of a Customer Profiles request"},
  };
  for (const Row& row : rows) {
    INFO(row.text);
    CHECK(recognised(row.text) == row.result);
  }
}

TEST_CASE("by the file's name") {
  const std::string get_or_put = R"({"DomainName":"d","Uri":"u"})";
  const std::string foreign = R"({"name":"x"})";
  const std::string response = R"({"DomainName":"d","Uri":"u","ObjectTypeName":"o","CreatedAt":1,"LastUpdatedAt":2})";
  struct Row {
    std::string_view file_name;
    std::string text;
    std::string result;
  };
  const std::string ambiguous = "request/operation-ambiguous (warning): `PutIntegration` or `GetIntegration`";
  const std::vector<Row> rows = {
      {"put-integration.json", get_or_put, "PutIntegration by file name"},
      {"get-integration.json", get_or_put, "GetIntegration by file name"},
      {"a/b/sales-put-integration-eu.json", get_or_put, "PutIntegration by file name"},
      {"PutIntegration.json", get_or_put, "PutIntegration by file name"},
      {"PutIntegration_eu.json", get_or_put, "PutIntegration by file name"},
      {"put_integration.json", get_or_put, "PutIntegration by file name"},
      {"PUT-INTEGRATION.JSON", get_or_put, "PutIntegration by file name"},
      {"put integration (2).json", get_or_put, "PutIntegration by file name"},
      {"put-integration/x.json", get_or_put, ambiguous},
      {"input-integration.json", get_or_put, ambiguous},
      {"put-integrations.json", get_or_put, ambiguous},
      {"putintegration.json", get_or_put, ambiguous},
      {"output-integration.json", get_or_put, ambiguous},
      {"get-integration-response.json", response, "none: its name says that it is a response"},
      {"get-integration.output.json", response, "none: its name says that it is a response"},
      {"list-workflows-response.json", R"({"Items":[]})", "none: its name says that it is a response"},
      {"get-integration.json", response, "GetIntegration by file name"},
      {"put-integration-response-events.json", get_or_put, "PutIntegration by file name"},
      {"get-workflow.json", R"({"DomainName":"d","WorkflowId":"w"})", "GetWorkflow by file name"},
      {"get-workflow-steps.json", R"({"DomainName":"d","WorkflowId":"w"})", "GetWorkflowSteps by file name"},
      {"delete-workflow.json", R"({"DomainName":"d","WorkflowId":"w"})", "DeleteWorkflow by file name"},
      {"list-account-integrations.json", R"({"Uri":"u"})", "ListAccountIntegrations by file name"},
      {"list-workflows.json", R"({"DomainName":"d"})", "ListWorkflows by file name"},
      {"delete-integration.json", get_or_put, "none: its name says DeleteIntegration, which is not checked"},
      {"create-domain.json", R"({"DomainName":"d"})", "none: its name says CreateDomain, which is not checked"},
      {"get-domain.json", get_or_put, "none: its name says GetDomain, which is not checked"},
      // The members do not fit the name.
      {"get-workflow.json", R"({"DomainName":"d","Uri":"u","ObjectTypeName":"o","FlowDefinition":{}})", "GetWorkflow by file name"},
      {"put-integration.json", foreign, "none: its members are not those of a Customer Profiles request"},
      {"put-integration.json", "{}", "PutIntegration by file name"},
      {"put-integration.json", "[]", "none: its value is no object"},
      {"put-integration.json", R"({"Items":[]})", "request/response"},
      {"put-integration.json", R"({"operation":"GetWorkflow","input":{}})", "GetWorkflow by envelope at input"},
      {"", get_or_put, ambiguous},
  };
  for (const Row& row : rows) {
    INFO(row.file_name << " " << row.text);
    CHECK(recognised(row.text, {.file_name = row.file_name}) == row.result);
  }
}

TEST_CASE("by name") {
  struct Row {
    std::string_view operation;
    std::string text;
    std::string result;
  };
  const std::vector<Row> rows = {
      {"PutIntegration", R"({"DomainName":"d"})", "PutIntegration by option"},
      {"PutIntegration", "{}", "PutIntegration by option"},
      {"PutIntegration", R"({"name":"x"})", "PutIntegration by option"},
      {"GetWorkflow", R"({"DomainName":"d","FlowDefinition":{}})", "GetWorkflow by option"},
      {"PutIntegration", "[]", "request/not-an-object"},
      {"PutIntegration", "\"x\"", "request/not-an-object"},
      {"PutIntegration", R"({"operation":"GetWorkflow","input":{"a":1}})", "PutIntegration by option at input"},
      {"PutIntegration", R"({"PutIntegration":{"DomainName":"d"}})", "PutIntegration by option at PutIntegration; request/wrapped"},
      {"ListIntegrations", R"({"Items":[],"NextToken":"n"})", "request/response"},
      {"ListIntegrations", R"({"Items":{}})", "ListIntegrations by option"},
      {"PutIntegration", R"({"flowName":"f","tasks":[],"triggerConfig":{}})", "request/appflow"},
      {"PutIntegration", R"({"flowName":"f","tasks":[]})", "PutIntegration by option"},
  };
  for (const Row& row : rows) {
    INFO(row.operation << " " << row.text);
    CHECK(recognised(row.text, {.file_name = "delete-workflow.json", .operation = row.operation}) == row.result);
  }
}

TEST_CASE("wrapped requests, and those of AppFlow") {
  struct Row {
    std::string text;
    std::string result;
  };
  const std::vector<Row> rows = {
      {R"({"PutIntegration":{"DomainName":"d"}})", "PutIntegration by wrapper at PutIntegration; request/wrapped"},
      {R"({"PutIntegrationRequest":{"DomainName":"d"}})", "PutIntegration by wrapper at PutIntegrationRequest; request/wrapped"},
      {R"({"GetWorkflowInput":{"DomainName":"d"}})", "GetWorkflow by wrapper at GetWorkflowInput; request/wrapped"},
      {R"({"put-integration":{"DomainName":"d"}})", "PutIntegration by wrapper at put-integration; request/wrapped"},
      {R"({"putIntegration":{}})", "PutIntegration by wrapper at putIntegration; request/wrapped"},
      {R"({"PutIntegration":{"type":"object","x":1}})", "none: its members are not those of a Customer Profiles request"},
      {R"({"PutIntegration":[]})", "none: its members are not those of a Customer Profiles request"},
      {R"({"PutIntegration":{"DomainName":"d"},"x":1})", "none: its members are not those of a Customer Profiles request"},
      {R"({"CreateDomain":{"DomainName":"d"}})", "none: its members are not those of a Customer Profiles request"},
      {R"({"flowName":"f","triggerConfig":{},"sourceFlowConfig":{},"destinationFlowConfigList":[],"tasks":[]})", "request/appflow (warning)"},
      {R"({"flowName":"f","triggerConfig":{},"tasks":[]})", "request/appflow (warning)"},
      {R"({"flowName":"f","tasks":[]})", "none: its members are not those of a Customer Profiles request"},
  };
  for (const Row& row : rows) {
    INFO(row.text);
    CHECK(recognised(row.text) == row.result);
  }
}

TEST_CASE("operations by name, nearly") {
  struct Row {
    std::string_view name;
    std::string_view operation;  // Empty: none.
  };
  static constexpr Row kRows[] = {{"PutIntegration", "PutIntegration"}, {"put-integration", "PutIntegration"}, {"putintegration", "PutIntegration"},
                                  {"PutIntegrations", "PutIntegration"}, {"PutIntergation", "PutIntegration"}, {"GetWorkFlow", "GetWorkflow"},
                                  {"get_workflow_steps", "GetWorkflowSteps"}, {"ListWorkflow", "ListWorkflows"}, {"GetIntegration", "GetIntegration"}, {"Integration", "PutIntegration"},
                                  {"CreateDomain", ""}, {"", ""}, {"x", ""}};
  for (const Row& row : kRows) {
    INFO(row.name);
    const auto guess = guess_operation(row.name);
    CHECK((guess ? built_in_operations().operations[*guess].name : std::string_view()) == row.operation);
  }
  CHECK(find_operation("PutIntegration").has_value());
  CHECK_FALSE(find_operation("putIntegration").has_value());
  CHECK_FALSE(find_operation("").has_value());
}

}  // namespace
}  // namespace connect_lint
