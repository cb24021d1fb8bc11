#include <algorithm>

#include "base/edit_distance.h"
#include "base/quote.h"
#include "cli/arguments.h"
#include "cli/operation_argument.h"
#include "cli/run.h"
#include "request/draft.h"

namespace connect_lint {
namespace {

// The name with this spelling, whatever its letter case; empty without one.
std::string_view named(std::string_view given, std::span<const std::string_view> names) {
  const auto found = std::find_if(names.begin(), names.end(), [&](std::string_view name) { return equal_but_for_case(given, name); });
  return found == names.end() ? std::string_view() : *found;
}

std::string none_of(std::string_view option, std::string_view given, std::span<const std::string_view> names) {
  std::string all;
  for (const std::string_view name : names) all += fmt::format("{}{}", all.empty() ? "" : ", ", name);
  return fmt::format("{} {} is none of {}", option, ticked(given), all);
}

}  // namespace

int run_generate(std::span<const std::string> arguments, const Environment& environment) {
  Arguments app("generate", "Prints a minimal request with every required member, and says what to fill in.");
  std::string operation_name;
  std::string connector;
  std::string trigger;
  std::string dialect;
  std::string format = "json";
  app.positional("operation", operation_name, "Such as PutIntegration or put-integration", true);
  app.option("--connector", connector, "NAME",
             "Where a flow reads from: Marketo, S3, Salesforce, Servicenow, Zendesk; without one PutIntegration gets a Uri, CreateIntegrationWorkflow Salesforce");
  app.option("--trigger", trigger, "NAME", "When a flow runs: OnDemand (unless given), Scheduled, Event");
  app.option("--dialect", dialect, "NAME", "input (unless given), body or cloudformation", {"input", "body", "cloudformation"});
  app.option("--format", format, "NAME", "json (unless given) or yaml, with comments", {"json", "yaml"});
  app.footer(
      "What has to be filled in is " + std::string(kFillIn) +
      ": `check` reports it and nothing else. In JSON, which has no comments,\nthe list goes to standard error.");
  if (environment.description != nullptr) {
    app.suggest("operation", operation_suggestions());
    app.suggest("--connector", {draft_connectors().begin(), draft_connectors().end()});
    app.suggest("--trigger", {draft_triggers().begin(), draft_triggers().end()});
  }
  if (const auto code = app.parse(arguments, environment)) return *code;

  DraftOptions options;
  const auto operation = operation_argument(operation_name);
  if (!operation.ok()) return usage_error(environment, "generate", operation.error());
  options.operation = operation.value();
  options.connector = named(connector, draft_connectors());
  if (options.connector.empty() && !connector.empty()) return usage_error(environment, "generate", none_of("--connector", connector, draft_connectors()));
  options.trigger = named(trigger, draft_triggers());
  if (options.trigger.empty() && !trigger.empty()) return usage_error(environment, "generate", none_of("--trigger", trigger, draft_triggers()));
  if (dialect == "body") options.dialect = Dialect::Body;
  if (dialect == "cloudformation") options.dialect = Dialect::CloudFormation;

  const auto draft = make_draft(options);
  if (!draft.ok()) return usage_error(environment, "generate", draft.error());
  environment.out.write(format == "yaml" ? draft_yaml(draft.value()) : draft_json(draft.value()));
  if (format == "yaml") return kExitClean;
  for (const FillIn& fill_in : fill_ins(draft.value()))
    environment.err.print("connect-lint: fill in {}: {}, such as {}\n", fill_in.pointer, fill_in.note, ticked(fill_in.example));
  return kExitClean;
}

}  // namespace connect_lint
