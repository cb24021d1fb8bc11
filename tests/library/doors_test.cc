// Every door of the library says the same of the same request.
#include <catch2/catch.hpp>

#include <connect_lint/aws.h>
#include <connect_lint/json.h>
#include <connect_lint/lint.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <cmath>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>
#include <type_traits>
#include <vector>

namespace connect_lint {
namespace {

using Ids = std::vector<std::string>;

// "id pointer", sorted.
Ids found_in(const Report& report) {
  Ids ids;
  for (const Diagnostic& found : report.diagnostics) ids.push_back(found.id + " " + found.pointer);
  std::sort(ids.begin(), ids.end());
  return ids;
}

std::string read(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  std::stringstream text;
  text << file.rdbuf();
  return text.str();
}

// Valid ones, and those of the goldens.
std::vector<std::filesystem::path> request_files() {
  std::vector<std::filesystem::path> files;
  for (const char* folder : {"/tests/valid", "/tests/golden", "/tests/samples"})
    for (const auto& entry : std::filesystem::recursive_directory_iterator(std::string(CONNECT_LINT_SOURCE_DIR) + folder))
      if (entry.path().extension() == ".json" && entry.file_size() < 100'000) files.push_back(entry.path());
  return files;
}

const Linter& linter() {
  static const Linter linter;
  return linter;
}

CheckOptions errors_only() {
  CheckOptions options;
  options.least = Severity::Error;
  return options;
}

// What a request class of the AWS SDK for C++ looks like from outside.
struct SdkText {
  std::string text;
  const char* c_str() const { return text.c_str(); }
  std::size_t size() const { return text.size(); }
};
struct ListWorkflowsRequest {
  SdkText domain_name;
  int max_results = 0;
  bool has_max_results = false;
  const char* GetServiceRequestName() const { return "ListWorkflows"; }
  SdkText SerializePayload() const { return {R"({"Status": "COMPLETE"})"}; }
  const SdkText& GetDomainName() const { return domain_name; }
  bool DomainNameHasBeenSet() const { return !domain_name.text.empty(); }
  int GetMaxResults() const { return max_results; }
  bool MaxResultsHasBeenSet() const { return has_max_results; }
};
struct ListAccountIntegrationsRequest {
  const char* GetServiceRequestName() const { return "ListAccountIntegrations"; }
  SdkText SerializePayload() const { return {R"({"Uri": "arn:aws:s3:::records"})"}; }
  bool GetIncludeHidden() const { return true; }
  bool IncludeHiddenHasBeenSet() const { return true; }
};
struct CreateDomainRequest {
  const char* GetServiceRequestName() const { return "CreateDomain"; }
  SdkText SerializePayload() const { return {"{}"}; }
};

}  // namespace

TEST_CASE("a linter is cheap to share") {
  static_assert(std::is_copy_constructible_v<Linter> && std::is_nothrow_copy_constructible_v<Linter>);
  Report report;
  {
    const Linter first;
    const Linter second = first;
    report = second.check("PutIntegration", R"({"DomainName": "sa les", "Uri": "arn:aws:s3:::records"})");
  }
  // What it found outlives it.
  REQUIRE(report.errors == 1);
  CHECK(report.diagnostics[0].pointer == "/DomainName");
  CHECK(report.requests[0].operation == "PutIntegration");
}

TEST_CASE("an operation that is none is a finding at every door") {
  for (const Report& report : {linter().check("PutIntegraton", "{}"), linter().check_body("PutIntegraton", "{}", {})}) {
    CHECK(report.status == Status::Unreadable);
    REQUIRE(report.errors == 1);
    CHECK(report.diagnostics[0].id == "request/operation-unknown");
  }
}

TEST_CASE("a ready value is checked as its text is") {
  std::size_t compared = 0;
  for (const auto& path : request_files()) {
    const std::string text = read(path);
    const auto value = nlohmann::ordered_json::parse(text, nullptr, false);
    if (value.is_discarded()) continue;
    CheckOptions options;
    options.file_name = "";
    const Report of_text = linter().check(text, options);
    // Of these a ready value knows nothing.
    if (std::any_of(of_text.diagnostics.begin(), of_text.diagnostics.end(), [](const Diagnostic& found) { return found.id.starts_with("document/"); })) continue;
    const Report of_value = check_json(linter(), "", value);
    INFO(path);
    CHECK(found_in(of_value) == found_in(of_text));
    CHECK(of_value.status == of_text.status);
    for (const Diagnostic& found : of_value.diagnostics) {
      CHECK(!found.place);
      CHECK(!found.fix);
      for (const Related& related : found.related) CHECK(!related.place);
    }
    ++compared;
  }
  CHECK(compared > 100);
}

TEST_CASE("what no JSON text can hold is found where it is") {
  nlohmann::json request = {{"DomainName", "sales"}, {"MaxResults", std::nan("")}};
  CHECK(check_json(linter(), "ListWorkflows", request).errors == 1);
  request["MaxResults"] = -std::numeric_limits<double>::infinity();
  CHECK(check_json(linter(), "ListWorkflows", request).errors == 1);
  request["MaxResults"] = nlohmann::json::binary({1, 2});
  CHECK(found_in(check_json(linter(), "ListWorkflows", request, errors_only())) == Ids{"schema/null /MaxResults"});
  request["MaxResults"] = 5;
  request["DomainName"] = "a\xFF";
  CHECK(found_in(check_json(linter(), "ListWorkflows", request, errors_only())) == Ids{"document/encoding /DomainName"});
  request["DomainName"] = std::string("a\0\"\\\n", 5);
  CHECK(check_json(linter(), "ListWorkflows", request).errors == 1);
  CHECK(check_json(linter(), "ListWorkflows", nlohmann::json(nlohmann::json::value_t::discarded)).errors == 1);
  CHECK(check_json(linter(), "ListWorkflows", nlohmann::json::array()).errors == 1);
}

TEST_CASE("a deep value needs no stack") {
  nlohmann::json value = 1;
  for (int i = 0; i < 200'000; ++i) {
    nlohmann::json outer = nlohmann::json::array();
    outer.push_back(std::move(value));
    value = std::move(outer);
  }
  const Report report = check_json(linter(), "ListWorkflows", value);
  CHECK(report.errors == 1);
}

TEST_CASE("a body and the members of its URI are checked as one request") {
  struct Case {
    const char* operation;
    const char* body;
    std::vector<UriMember> members;
    Ids found;  // Errors.
  };
  const Case cases[] = {
      {"PutIntegration", R"({"Uri": "arn:aws:s3:::records", "ObjectTypeName": "Account"})", {{"DomainName", "sales"}}, {}},
      {"GetWorkflow", "", {{"DomainName", "sales"}, {"WorkflowId", "11112222333344445555666677778888"}}, {}},
      {"GetWorkflow", "", {{"DomainName", "sales"}}, {"schema/required "}},
      {"GetWorkflow", "{}", {}, {"schema/required ", "schema/required "}},
      {"ListWorkflows", "{}", {{"DomainName", "sales"}, {"MaxResults", "25"}, {"NextToken", "123"}}, {}},
      {"ListWorkflows", " \n{\n}\n", {{"DomainName", "sales"}, {"MaxResults", "101"}}, {"schema/range /MaxResults"}},
      {"ListWorkflows", "{}", {{"DomainName", "sales"}, {"MaxResults", "many"}}, {"schema/type /MaxResults"}},
      {"ListWorkflows", "{}", {{"DomainName", "sales"}, {"MaxResults", "0x19"}}, {"schema/type /MaxResults"}},
      {"ListWorkflows", "{}", {{"DomainName", "sales"}, {"MaxResults", "-5"}}, {"schema/range /MaxResults"}},
      {"ListWorkflows", "{}", {{"DomainName", "sales"}, {"MaxResults", "false"}}, {"schema/type /MaxResults"}},
      // What the operation does not have stays a text.
      {"ListWorkflows", "{}", {{"DomainName", "sales"}, {"Pages", "5"}}, {"schema/unknown-member /Pages"}},
      {"ListWorkflows", "{}", {{"DomainName", "sales"}, {"ObjectTypeName", "5"}}, {"request/foreign-member /ObjectTypeName"}},
      {"ListWorkflows", "{}", {{"DomainName", "123"}}, {}},
      {"ListWorkflows", "{}", {{"DomainName", "true"}}, {}},
      {"ListAccountIntegrations", R"({"Uri": "arn:aws:s3:::records"})", {{"IncludeHidden", "true"}}, {}},
      {"ListAccountIntegrations", R"({"Uri": "arn:aws:s3:::records"})", {{"IncludeHidden", "yes"}}, {"schema/type /IncludeHidden"}},
      {"PutIntegration", R"({"Uri": "arn:aws:s3:::records", "ObjectTypeName": "Account"})", {{"DomainName", "sa\"les"}}, {"schema/pattern /DomainName"}},
      {"PutIntegration", R"({"Uri": "arn:aws:s3:::records", "ObjectTypeName": "Account"})", {{"DomainName", "\xFF"}}, {"document/encoding /DomainName"}},
      {"PutIntegration", R"({"Uri": "arn:aws:s3:::records", "ObjectTypeName": "Account"})", {{"DomainName", std::string_view("\0", 1)}}, {"schema/pattern /DomainName"}},
      {"PutIntegration", R"({"Uri": "arn:aws:s3:::records", "ObjectTypeName": "Account"})", {{"DomainName", "a"}, {"DomainName", "b"}}, {"document/duplicate-key /DomainName"}},
      // What belongs into the URI, and bodies that are none: told about the body alone.
      {"PutIntegration", R"({"DomainName": "sales", "Uri": "arn:aws:s3:::records"})", {{"DomainName", "sales"}}, {"request/uri-member /DomainName"}},
      {"PutIntegration", R"({"Uri": "arn:aws:s3:::records",})", {{"DomainName", "sa les"}}, {"document/trailing-comma "}},
      {"PutIntegration", "[1}", {{"DomainName", "sales"}}, {"document/syntax "}},
      {"PutIntegration", " }", {{"DomainName", "sales"}}, {"document/syntax "}},
      {"PutIntegration", "[]", {{"DomainName", "sales"}}, {"request/not-an-object "}},
      {"PutIntegration", R"({"Uri": "arn:aws:s3:::records)", {{"DomainName", "sales"}}, {"document/syntax /Uri"}},
      {"PutIntegration", R"({"Uri": {"a": "}"})", {{"DomainName", "sales"}}, {"document/syntax "}},
  };
  for (const Case& one : cases) {
    INFO(one.operation << " " << one.body << " " << (one.members.empty() ? "" : one.members.back().value));
    const Report report = linter().check_body(one.operation, one.body, one.members, errors_only());
    CHECK(found_in(report) == one.found);
    CHECK(report.errors == one.found.size());
    for (const Diagnostic& found : report.diagnostics) {
      const std::size_t size = std::string_view(one.body).size();
      // Nothing points behind the body, and members of the URI have no place.
      if (found.place) CHECK(found.place->end <= std::max<std::size_t>(size, 2));
      for (const UriMember& member : one.members)
        if (found.pointer == "/" + std::string(member.name) && found.id != "request/uri-member") CHECK(!found.place);
      if (found.fix)
        for (const Edit& edit : found.fix->edits) CHECK(edit.end <= size);
    }
  }
}

TEST_CASE("times of a body are numbers") {
  const std::string flow = read(std::string(CONNECT_LINT_SOURCE_DIR) + "/tests/samples/put-integration.json");
  auto body = nlohmann::json::parse(flow);
  body.erase("DomainName");
  auto& scheduled = body["FlowDefinition"]["TriggerConfig"]["TriggerProperties"]["Scheduled"];
  scheduled["ScheduleStartTime"] = "2026-11-01T00:00:00Z";
  const auto has_time_finding = [&] {
    const Report report = linter().check_body("PutIntegration", body.dump(), {{"DomainName", "sales"}});
    return std::any_of(report.diagnostics.begin(), report.diagnostics.end(), [](const Diagnostic& found) { return found.pointer.ends_with("/ScheduleStartTime"); });
  };
  CHECK(has_time_finding());
  scheduled["ScheduleStartTime"] = 1793513400;
  CHECK(!has_time_finding());
}

TEST_CASE("a request object of the AWS SDK for C++") {
  ListWorkflowsRequest request;
  CHECK(found_in(check_request(linter(), request)) == Ids{"page/no-paginator ", "schema/required "});
  request.domain_name.text = "sales";
  CHECK(check_request(linter(), request).errors == 0);
  request.has_max_results = true;
  CHECK(check_request(linter(), request).errors == 1);
  CHECK(check_request(linter(), ListAccountIntegrationsRequest()).errors == 0);
  const Report other = check_request(linter(), CreateDomainRequest());
  CHECK(other.status == Status::Skipped);
  CHECK(other.note == "CreateDomain is no operation that can be checked");
}

// <connect_lint/aws.h> takes members by name, whatever the operation.
TEST_CASE("the members outside of bodies are those that the SDK's header takes") {
  const auto table = nlohmann::json::parse(read(std::string(CONNECT_LINT_SOURCE_DIR) + "/schemas/operations.json"));
  const std::string header = read(std::string(CONNECT_LINT_SOURCE_DIR) + "/src/connect_lint/aws.h");
  for (const auto& operation : table["operations"])
    for (const auto& member : operation["members"]) {
      const std::string name = member["name"];
      INFO(operation["name"] << " " << name);
      CHECK((header.find("CONNECT_LINT_ADD_MEMBER(" + name + ")") != std::string::npos) == (member["location"] != "body"));
    }
}

}  // namespace connect_lint
