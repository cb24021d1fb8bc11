// member_of, lookup, arn, schedule_minutes, schedule_expression, request.
#include <algorithm>
#include <fstream>
#include <map>
#include <nlohmann/json.hpp>

#include "functions_support.h"
#include "rules/lookup_tables.h"

namespace connect_lint {
namespace {

using testing::check_tests;
using testing::check_values;
using testing::Subject;

TEST_CASE("connectors and tables") {
  Subject subject(R"({"type":"Service\u006eow","operator":"BETWEEN","number":1,"u":"x"})");
  subject.make_unknown("$.u");
  check_values(subject,
               {
                   {"member_of('Servicenow')", "'ServiceNow'"},
                   {"member_of($.type)", "'ServiceNow'"},
                   {"member_of('ServiceNow')", "'ServiceNow'"},
                   {"member_of('Salesforce')", "'Salesforce'"},
                   {"member_of('')", "''"},
                   {"member_of(1)", "nothing"},
                   {"member_of($.absent)", "nothing"},
                   {"member_of($.u)", "unknown"},
                   {"lookup('task_type_of_operator', $.operator)", "'Filter'"},
                   {"lookup('task_type_of_operator', 'MASK_ALL')", "'Mask'"},
                   {"lookup('task_type_of_operator', 'DIVISION')", "'Arithmetic'"},
                   {"lookup('task_type_of_operator', 'VALIDATE_NUMERIC')", "'Validate'"},
                   {"lookup('task_type_of_operator', 'NO_OP')", "nothing"},
                   {"lookup('task_type_of_operator', 'between')", "nothing"},
                   {"lookup('properties_of_task', 'Filter')", "'DATA_TYPE,VALUE,VALUES,LOWER_BOUND,UPPER_BOUND'"},
                   {"lookup('properties_of_task', 'Map')", "'SOURCE_DATA_TYPE,DESTINATION_DATA_TYPE'"},
                   {"lookup('properties_of_task', 'Other')", "nothing"},
                   {"lookup('connectors_with_operator', 'CONTAINS')", "'Salesforce and ServiceNow'"},
                   {"lookup('connectors_with_operator', 'EQUAL_TO')", "'Salesforce, ServiceNow and S3'"},
                   {"lookup('connectors_with_operator', 'NO_OP')", "'Salesforce, ServiceNow, S3, Marketo and Zendesk'"},
                   {"lookup('connectors_with_operator', '')", "nothing"},
                   {"lookup('properties_of_task', $.number)", "nothing"},
                   {"lookup('properties_of_task', $.absent)", "nothing"},
                   {"lookup($.operator, 'Filter')", "nothing"},
                   {"lookup('properties_of_task', $.u)", "unknown"},
                   {"lookup('tasks', $.a)",
                    "error: the table is not `tasks`; there are `connectors_with_operator`, `properties_of_task` and `task_type_of_operator`"},
                   {"lookup(1, $.a)", "error: the table is a text"},
               });
}

std::string words(const std::vector<std::string>& names) {
  std::string text;
  for (std::size_t i = 0; i < names.size(); ++i) text += (i == 0 ? "" : i + 1 == names.size() ? " and " : ", ") + names[i];
  return text;
}

TEST_CASE("the tables agree with the schemas") {
  std::ifstream file(CONNECT_LINT_SOURCE_DIR "/schemas/PutIntegration.json");
  const auto definitions = nlohmann::json::parse(file).at("definitions");
  std::map<std::string, std::vector<std::string>> connectors;
  for (const std::string name : {"Salesforce", "ServiceNow", "S3", "Marketo", "Zendesk"})
    for (const std::string operation : definitions.at(name + "ConnectorOperator").at("enum")) connectors[operation].push_back(name);
  const LookupTable& with_operator = *find_lookup_table("connectors_with_operator");
  CHECK(with_operator.entries.size() == connectors.size());
  for (const auto& [operation, names] : connectors) {
    CAPTURE(operation);
    const LookupEntry* const entry = find_lookup_entry(with_operator, operation);
    REQUIRE(entry != nullptr);
    CHECK(entry->text == words(names));
  }
  const auto is_one_of = [&](std::string_view shape, std::string_view name) {
    const auto& values = definitions.at(std::string(shape)).at("enum");
    return std::find(values.begin(), values.end(), name) != values.end();
  };
  const LookupTable& types = *find_lookup_table("task_type_of_operator");
  CHECK(types.entries.size() == connectors.size() - 1);
  for (const LookupEntry& entry : types.entries) {
    CAPTURE(entry.key);
    CHECK(connectors.count(std::string(entry.key)) == 1);
    CHECK(is_one_of("TaskType", entry.text));
  }
  const LookupTable& properties = *find_lookup_table("properties_of_task");
  CHECK(properties.entries.size() == definitions.at("TaskType").at("enum").size());
  for (const LookupEntry& entry : properties.entries) {
    CAPTURE(entry.key);
    CHECK(is_one_of("TaskType", entry.key));
    for (std::string_view rest = entry.text; !rest.empty();) {
      const std::string_view name = rest.substr(0, rest.find(','));
      CAPTURE(name);
      CHECK(is_one_of("OperatorPropertiesKeys", name));
      rest.remove_prefix(std::min(name.size() + 1, rest.size()));
    }
  }
  CHECK(find_lookup_table("") == nullptr);
  CHECK(find_lookup_table("zzz") == nullptr);
}

TEST_CASE("Amazon Resource Names") {
  Subject subject(R"({"key":"arn:aws:kms:us-east-1:123456789012:key\/1:2:3","bucket":"arn:aws-cn:s3:::bucket","number":1,"u":"arn:"})");
  subject.make_unknown("$.u");
  check_values(subject,
               {
                   {"arn($.key, 'partition')", "'aws'"},
                   {"arn($.key, 'service')", "'kms'"},
                   {"arn($.key, 'region')", "'us-east-1'"},
                   {"arn($.key, 'account')", "'123456789012'"},
                   {"arn($.key, 'resource')", "'key/1:2:3'"},
                   {"arn($.bucket, 'partition')", "'aws-cn'"},
                   {"arn($.bucket, 'region')", "''"},
                   {"arn($.bucket, 'account')", "''"},
                   {"arn($.bucket, 'resource')", "'bucket'"},
                   {"arn('arn:aws:s3:::', 'resource')", "''"},
                   {"arn('arn:::::', 'service')", "''"},
                   {"arn('arn:aws:s3::', 'service')", "nothing"},
                   {"arn('arn:aws', 'partition')", "nothing"},
                   {"arn('ARN:aws:s3:::bucket', 'service')", "nothing"},
                   {"arn('xarn:aws:s3:::bucket', 'service')", "nothing"},
                   {"arn('', 'service')", "nothing"},
                   {"arn($.number, 'service')", "nothing"},
                   {"arn($.absent, 'service')", "nothing"},
                   {"arn($.key, $.bucket)", "nothing"},
                   {"arn($.u, 'service')", "unknown"},
                   {"arn($.key, 'zone')",
                    "error: the part of an ARN is not `zone`; there are `partition`, `service`, `region`, `account` and `resource`"},
               });
}

TEST_CASE("schedules") {
  struct Case {
    std::string expression;
    std::string minutes;
    std::string accepted;
  };
  const std::vector<Case> cases = {
      {"rate(5minutes)", "5", "'rate(5minutes)'"},
      {"rate(5 minutes)", "5", "'rate(5minutes)'"},
      {"rate (5 minutes)", "5", "'rate(5minutes)'"},
      {" RATE ( 05 Minutes ) ", "5", "'rate(5minutes)'"},
      {"rate(5minute)", "5", "'rate(5minutes)'"},
      {"rate(5minutes)\\n", "5", "'rate(5minutes)'"},
      {"rate(15minutes)", "15", "'rate(15minutes)'"},
      {"rate(1 hour)", "60", "'rate(1hours)'"},
      {"rate(1hours)", "60", "'rate(1hours)'"},
      {"rate(60minutes)", "60", "'rate(1hours)'"},
      {"rate(01days)", "1440", "'rate(1days)'"},
      {"rate(1 day)", "1440", "'rate(1days)'"},
      {"rate(24 hours)", "1440", "'rate(1days)'"},
      {"rate(1440minutes)", "1440", "'rate(1days)'"},
      {"rate(10minutes)", "10", "nothing"},
      {"rate(2hours)", "120", "nothing"},
      {"rate(7 days)", "10080", "nothing"},
      {"rate(0minutes)", "0", "nothing"},
      {"rate(1000000000000days)", "1440000000000000", "nothing"},
      {"rate(10000000000000days)", "nothing", "nothing"},
      {"rate(-5minutes)", "nothing", "nothing"},
      {"rate(5.0minutes)", "nothing", "nothing"},
      {"rate(5 minutes", "nothing", "nothing"},
      {"rate(5 minutes))", "nothing", "nothing"},
      {"rate(5 minutess)", "nothing", "nothing"},
      {"rate(5 minute s)", "nothing", "nothing"},
      {"rate(5)", "nothing", "nothing"},
      {"rate(minutes)", "nothing", "nothing"},
      {"rate()", "nothing", "nothing"},
      {"rate 5 minutes", "nothing", "nothing"},
      {"rate(5weeks)", "nothing", "nothing"},
      {"cron(0 6 * * ? *)", "nothing", "nothing"},
      {"at(2022-01-01T00:00:00)", "nothing", "nothing"},
      {"5 minutes", "nothing", "nothing"},
      {"", "nothing", "nothing"},
  };
  Subject subject(R"x({"number":5,"u":"rate(5minutes)"})x");
  subject.make_unknown("$.u");
  for (const Case& one : cases)
    check_values(subject, {{"schedule_minutes('" + one.expression + "')", one.minutes}, {"schedule_expression('" + one.expression + "')", one.accepted}});
  for (const std::string name : {"schedule_minutes", "schedule_expression"})
    check_values(subject, {{name + "($.number)", "nothing"}, {name + "($.absent)", "nothing"}, {name + "($.u)", "unknown"}});
}

TEST_CASE("the request around a shape") {
  Subject subject(R"({"other":{"a":0},"input":{"Type":"A","Type":"B","\u004eame":"n","Flow":{"Name":"inner"},"u":1}})");
  subject.make_unknown("$.input.u");
  check_values(subject, {{"request('input')", "container"}, {"request('Type')", "nothing"}});
  const NodeIndex request = subject.node("$.input");
  subject.evaluator.set_surroundings({.request = request, .now = {}});
  check_values(subject, {{"request('Type')", "'B'"},
                         {"request('Name')", "'n'"},
                         {"request('Flow')", "container"},
                         {"request('other')", "nothing"},
                         {"request('u')", "unknown"},
                         {"request('')", "error: the name of a member is empty"},
                         {"request(1)", "error: the name of a member is a text"},
                         {"request($.absent)", "nothing"},
                         {"request($.other.a)", "nothing"}});
  // From inside of the request, and as a place.
  const auto name = ValueExpression::parse("request('Name')", all_functions(), KeyTable());
  REQUIRE(name.ok());
  CHECK(subject.evaluator.value(name.value(), subject.node("$.input.Flow")).node == subject.node("$.input.Name"));
  subject.make_unknown("$.input");
  check_values(subject, {{"request('Type')", "unknown"}});
}

}  // namespace
}  // namespace connect_lint
