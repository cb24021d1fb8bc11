#include "request/draft.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <utility>

#include "base/quote.h"
#include "document/json_writer.h"
#include "source/json_path.h"

namespace connect_lint {
namespace {

using Kind = DraftValue::Kind;

constexpr std::array<std::string_view, 5> kConnectors = {"Marketo", "S3", "Salesforce", "Servicenow", "Zendesk"};
constexpr std::array<std::string_view, 3> kTriggers = {"Event", "OnDemand", "Scheduled"};

// Those that CreateIntegrationWorkflow takes (documentation of the operation).
constexpr std::array<std::string_view, 3> kWorkflowConnectors = {"Marketo", "Salesforce", "Servicenow"};
// Those whose flows may wait for events (AppFlow user guide, flow triggers).
constexpr std::array<std::string_view, 1> kEventConnectors = {"Salesforce"};

struct Source {
  std::string_view connector;
  std::string_view member;  // Of SourceConnectorProperties and ConnectorOperator.
  std::string_view object;
  std::string_view event;   // An object that an event trigger waits for.
  std::string_view field;
};
constexpr std::array<Source, 5> kSources = {{
    {"Marketo", "Marketo", "leads", "", "id"},
    {"S3", "S3", "", "", "id"},
    {"Salesforce", "Salesforce", "Account", "AccountChangeEvent", "Id"},
    {"Servicenow", "ServiceNow", "incident", "", "sys_id"},
    {"Zendesk", "Zendesk", "users", "", "id"},
}};

// Members that somebody has to fill in, sorted.
struct Words {
  std::string_view member;
  std::string_view note;
  std::string_view example;
};
constexpr std::array<Words, 10> kWords = {{
    {"BucketName", "the bucket with the records", "sales-records-2026"},
    {"ConnectorProfileName", "the connection to the source, as AppFlow has it", "crm-production"},
    {"DomainName", "the Customer Profiles domain", "sales"},
    {"FlowName", "a name for the flow that is made", "crm-accounts"},
    {"KmsArn", "the key that the flow's data is encrypted with", "arn:aws:kms:us-east-1:210987654321:key/8f3c2a1e-5b7d-4e90-a6c4-d1b2e3f40516"},
    {"ObjectTypeName", "the object type that records become", "crm_account"},
    {"RoleArn", "the role that Customer Profiles takes on for the flow", "arn:aws:iam::210987654321:role/CustomerProfilesFlow"},
    {"Uri", "the source: an event integration, or a Connect instance", "arn:aws:app-integrations:us-east-1:210987654321:event-integration/shop"},
    {"WorkflowId", "the identifier that CreateIntegrationWorkflow answered with", "3f2a9c0d4b8e4f7a9d6c1e5b7a8f0c2d"},
    {"WorkflowType", "", "APPFLOW_INTEGRATION"},
}};

template <std::size_t size>
bool has(const std::array<std::string_view, size>& names, std::string_view name) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

DraftValue text(std::string_view key, std::string_view value) { return {.kind = Kind::Text, .key = std::string(key), .text = std::string(value), .note = {}, .example = {}}; }
DraftValue container(Kind kind, std::string_view key, std::vector<DraftValue> children) {
  return {.kind = kind, .key = std::string(key), .text = {}, .note = {}, .example = {}, .children = std::move(children)};
}
// Its children are moved: an initializer_list would copy them.
template <typename... Children>
DraftValue container(Kind kind, std::string_view key, Children... children) {
  std::vector<DraftValue> all;
  (all.push_back(std::move(children)), ...);
  return container(kind, key, std::move(all));
}
template <typename... Children>
DraftValue object(std::string_view key, Children... children) {
  return container(Kind::Object, key, std::move(children)...);
}
template <typename... Children>
DraftValue list(std::string_view key, Children... children) {
  return container(Kind::List, key, std::move(children)...);
}
DraftValue to_fill_in(std::string_view member) {
  const auto words = std::find_if(kWords.begin(), kWords.end(), [&](const Words& each) { return each.member == member; });
  if (words == kWords.end()) return text(member, kFillIn);
  if (words->note.empty()) return text(member, words->example);
  DraftValue value = text(member, kFillIn);
  value.note = words->note;
  value.example = words->example;
  return value;
}

class Draft {
 public:
  explicit Draft(const DraftOptions& options) : options_(options), operation_(built_in_operations().operations[options.operation]) {}

  DraftValue request() {
    std::vector<DraftValue> members;
    for (const OperationMember& member : operation_.members)
      if (member.required && takes(member)) members.push_back(member.name == "IntegrationConfig" ? integration_config() : to_fill_in(member.name));
    if (operation_.name == "PutIntegration") {
      members.push_back(to_fill_in("ObjectTypeName"));
      members.push_back(options_.connector.empty() ? to_fill_in("Uri") : flow());
    }
    return object("", std::move(members));
  }

 private:
  [[nodiscard]] bool takes(const OperationMember& member) const { return options_.dialect != Dialect::Body || member.location == Location::Body; }
  [[nodiscard]] bool is_template() const { return options_.dialect == Dialect::CloudFormation; }
  [[nodiscard]] const Source& source() const {
    return *std::find_if(kSources.begin(), kSources.end(), [&](const Source& each) { return each.connector == options_.connector; });
  }

  DraftValue integration_config() { return object("IntegrationConfig", object("AppflowIntegration", flow(), batches())); }

  // Both times are to be chosen; these are a month that has passed.
  DraftValue batches() {
    const auto time = [&](std::string_view key, std::string_view written, std::string_view seconds) {
      DraftValue value = text(key, options_.dialect == Dialect::Body ? seconds : written);
      if (options_.dialect == Dialect::Body) value.kind = Kind::Number;
      return value;
    };
    return list("Batches", object("", time("StartTime", "2026-01-01T00:00:00Z", "1767225600"), time("EndTime", "2026-02-01T00:00:00Z", "1769904000")));
  }

  DraftValue flow() {
    return object("FlowDefinition", to_fill_in("FlowName"), to_fill_in("KmsArn"), source_config(), list("Tasks", projection(), mapping()), trigger());
  }

  DraftValue source_config() {
    std::vector<DraftValue> members;
    members.push_back(text("ConnectorType", is_template() ? source().member : source().connector));
    const bool bucket = source().connector == "S3";
    if (!bucket) members.push_back(to_fill_in("ConnectorProfileName"));
    std::vector<DraftValue> properties;
    if (bucket) {
      properties.push_back(to_fill_in("BucketName"));
      properties.push_back(text("BucketPrefix", "records"));
    } else {
      properties.push_back(text("Object", options_.trigger == "Event" ? source().event : source().object));
    }
    members.push_back(object("SourceConnectorProperties", object(source().member, std::move(properties))));
    return object("SourceFlowConfig", std::move(members));
  }

  DraftValue connector_operator(std::string_view name) { return object("ConnectorOperator", text(source().member, name)); }

  // AppFlow refuses a flow without one.
  DraftValue projection() {
    return object("", text("TaskType", "Filter"), connector_operator("PROJECTION"), list("SourceFields", text("", source().field)));
  }
  DraftValue mapping() {
    return object("", text("TaskType", "Map"), connector_operator("NO_OP"), list("SourceFields", text("", source().field)),
                  text("DestinationField", source().field), data_types());
  }
  // A template has a list of entries for the map.
  DraftValue data_types() {
    const auto entry = [&](std::string_view key) {
      return is_template() ? object("", text("OperatorPropertyKey", key), text("Property", "string")) : text(key, "string");
    };
    return container(is_template() ? Kind::List : Kind::Object, "TaskProperties", entry("SOURCE_DATA_TYPE"), entry("DESTINATION_DATA_TYPE"));
  }

  DraftValue trigger() {
    const std::string_view type = options_.trigger.empty() ? "OnDemand" : options_.trigger;
    if (type != "Scheduled") return object("TriggerConfig", text("TriggerType", type));
    DraftValue schedule = object("Scheduled", text("ScheduleExpression", "rate(1days)"), text("DataPullMode", "Complete"));
    return object("TriggerConfig", text("TriggerType", type), object("TriggerProperties", std::move(schedule)));
  }

  const DraftOptions& options_;
  const OperationInfo& operation_;
};

void find_fill_ins(const DraftValue& value, const std::string& pointer, std::vector<FillIn>& to) {
  if (!value.note.empty()) to.push_back({pointer, value.note, value.example});
  for (std::size_t i = 0; i < value.children.size(); ++i) {
    std::string inner = pointer;
    if (value.kind == Kind::List) {
      inner += fmt::format("/{}", i);
    } else {
      append_pointer_key(inner, value.children[i].key);
    }
    find_fill_ins(value.children[i], inner, to);
  }
}

void write_json(const DraftValue& value, const std::string& indent, std::string& to) {
  if (!value.key.empty()) to += quoted_json(value.key) + ": ";
  if (value.kind == Kind::Text) {
    to += quoted_json(value.text);
  } else if (value.kind == Kind::Number) {
    to += value.text;
  } else {
    const bool is_list = value.kind == Kind::List;
    to += is_list ? '[' : '{';
    const std::string inner = indent + "  ";
    for (std::size_t i = 0; i < value.children.size(); ++i) {
      to += (i == 0 ? "\n" : ",\n") + inner;
      write_json(value.children[i], inner, to);
    }
    if (!value.children.empty()) to += "\n" + indent;
    to += is_list ? ']' : '}';
  }
}

// Without quotes where every reader takes it for a text.
std::string yaml_text(const std::string& text) {
  const bool plain = text.find_first_not_of("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-") == text.npos && !text.empty() &&
                     ((text[0] >= 'A' && text[0] <= 'Z') || (text[0] >= 'a' && text[0] <= 'z')) && text.size() > 5;
  return plain ? text : quoted_json(text);
}

// `first`: what stands in front of the first line in place of the indentation.
void write_yaml(const DraftValue& value, const std::string& indent, std::string first, std::string& to) {
  for (const DraftValue& child : value.children) {
    to += std::exchange(first, indent);
    const bool in_list = value.kind == Kind::List;
    to += in_list ? "-" : child.key + ":";
    if (child.kind == Kind::Text || child.kind == Kind::Number) {
      to += " " + (child.kind == Kind::Text ? yaml_text(child.text) : child.text);
      if (!child.note.empty()) to += fmt::format("  # {}, such as {}", child.note, child.example);
      to += "\n";
    } else if (child.children.empty()) {
      to += child.kind == Kind::List ? " []\n" : " {}\n";
    } else if (in_list) {
      write_yaml(child, indent + "  ", " ", to);
    } else {
      to += "\n";
      write_yaml(child, indent + "  ", indent + "  ", to);
    }
  }
}

}  // namespace

std::span<const std::string_view> draft_connectors() { return kConnectors; }
std::span<const std::string_view> draft_triggers() { return kTriggers; }

Result<DraftValue> make_draft(const DraftOptions& options) {
  const OperationInfo& operation = built_in_operations().operations[options.operation];
  DraftOptions chosen = options;
  const bool workflow = operation.name == "CreateIntegrationWorkflow";
  const bool has_flow = workflow || operation.name == "PutIntegration";
  if (workflow && options.connector.empty()) chosen.connector = "Salesforce";
  if (!has_flow && !(options.connector.empty() && options.trigger.empty())) return Error{fmt::format("{} has no flow, so no connector and no trigger", ticked(operation.name))};
  if (chosen.connector.empty() && !options.trigger.empty()) return Error{"a trigger belongs to a flow: name a connector, too"};
  if (workflow && !has(kWorkflowConnectors, chosen.connector))
    return Error{fmt::format("{} takes Marketo, Salesforce and Servicenow, not {}; PutIntegration takes all connectors", ticked(operation.name), ticked(chosen.connector))};
  if (options.trigger == "Event" && !has(kEventConnectors, chosen.connector))
    return Error{fmt::format("only flows from Salesforce wait for events, not those from {}", ticked(chosen.connector))};
  if (options.dialect == Dialect::CloudFormation && operation.name != "PutIntegration")
    return Error{fmt::format("templates have a resource for PutIntegration only, not for {}", ticked(operation.name))};
  DraftValue request = Draft(chosen).request();
  if (options.dialect != Dialect::CloudFormation) return request;
  request.key = "Properties";
  return object("", object("Resources", object("Integration", text("Type", "AWS::CustomerProfiles::Integration"), std::move(request))));
}

std::vector<FillIn> fill_ins(const DraftValue& draft) {
  std::vector<FillIn> found;
  find_fill_ins(draft, "", found);
  return found;
}

std::string draft_json(const DraftValue& draft) {
  std::string text;
  write_json(draft, "", text);
  return text + "\n";
}

std::string draft_yaml(const DraftValue& draft) {
  if (draft.children.empty()) return "{}\n";
  std::string text;
  write_yaml(draft, "", "", text);
  return text;
}

}  // namespace connect_lint
