#include <connect_lint/lint.h>

#include "cli/arguments.h"
#include "cli/operation_argument.h"
#include "cli/run.h"
#include "request/operation.h"

namespace connect_lint {

int run_schema(std::span<const std::string> arguments, const Environment& environment) {
  Arguments app("schema", "Prints the JSON Schema (draft-07) of an operation's request, for editors.");
  std::string name;
  std::string operations = "Operations:\n";
  for (const OperationInfo& operation : built_in_operations().operations)
    operations += fmt::format("  {:<26}{}\n", operation.name, operation.summary);
  app.positional("operation", name, "Such as PutIntegration or put-integration", true);
  app.footer(operations);
  if (environment.description != nullptr) app.suggest("operation", operation_suggestions());
  if (const auto code = app.parse(arguments, environment)) return *code;
  const auto operation = operation_argument(name);
  if (!operation.ok()) return usage_error(environment, "schema", operation.error());
  environment.out.write(schema_text(built_in_operations().operations[operation.value()].name));
  return kExitClean;
}

}  // namespace connect_lint
