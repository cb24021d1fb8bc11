#include <connect_lint/lint.h>

#include "base/quote.h"
#include "cli/arguments.h"
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
  if (const auto code = app.parse(arguments, environment)) return *code;
  auto operation = find_operation(name);
  for (OperationIndex i = 0; i < built_in_operations().operations.size() && !operation; ++i)
    if (built_in_operations().operations[i].command == name) operation = i;
  if (!operation) {
    const auto guess = guess_operation(name);
    return usage_error(environment, "schema",
                       fmt::format("there is no operation {}{}", ticked(name),
                                   guess ? fmt::format("; did you mean `{}`?",
                                                       built_in_operations().operations[*guess].name)
                                         : ""));
  }
  environment.out.write(schema_text(built_in_operations().operations[*operation].name));
  return kExitClean;
}

}  // namespace connect_lint
