#include "base/edit_distance.h"
#include "base/quote.h"
#include "cli/arguments.h"
#include "cli/run.h"
#include "rules/function_table.h"

namespace connect_lint {
namespace {

void print_list(Output& out) {
  for (const Function& function : all_functions())
    out.print("{:<38}{}{}\n", function.signature, function.summary, function.standard ? " (RFC 9535)" : "");
}

void print_function(Output& out, const Function& function) {
  out.print("{}\n{}\n\n", function.signature, function.summary);
  out.print("defined by  {}\n", function.standard ? "RFC 9535" : "connect-lint");
  out.write("takes       ");
  for (std::size_t i = 0; i < function.parameters.size(); ++i)
    out.print("{}{}", i == 0 ? "" : ", ", name_of(function.parameters[i]));
  out.print("{}\ngives       {}\n", function.parameters.empty() ? "nothing" : "", name_of(function.result));
  out.print("\n{}\nexample:\n    {}\n", function.explanation, function.example);
}

// The function that a misspelt name may mean; null without one.
const Function* guess(std::string_view name) {
  const Function* best = nullptr;
  std::size_t best_distance = edit_distance_allowed(name.size()) + 1;
  for (const Function& function : all_functions()) {
    if (equal_but_for_case(name, function.name)) return &function;
    const std::size_t distance = edit_distance(name, function.name, best_distance - 1);
    if (distance >= best_distance) continue;
    best = &function;
    best_distance = distance;
  }
  return best;
}

}  // namespace

int run_functions(std::span<const std::string> arguments, const Environment& environment) {
  Arguments app("functions", "Explains a function of queries and rules. Without a name: lists all.");
  std::string name;
  app.positional("name", name, "Such as key", false);
  app.footer(
      "The types are those of RFC 9535, section 2.4.1: ValueType is a value or nothing, LogicalType true or false,\n"
      "NodesType all that a query selects. `connect-lint query` runs a query.");
  if (environment.description != nullptr) {
    std::vector<std::string> names;
    for (const Function& function : all_functions()) names.emplace_back(function.name);
    app.suggest("name", std::move(names));
  }
  if (const auto code = app.parse(arguments, environment)) return *code;
  if (name.empty()) {
    print_list(environment.out);
    return kExitClean;
  }
  const Function* function = find_function(all_functions(), name);
  if (function == nullptr) {
    const Function* near = guess(name);
    return usage_error(environment, "functions",
                       fmt::format("there is no function {}{}", ticked(name),
                                   near != nullptr ? fmt::format("; did you mean `{}`?", near->name) : ""));
  }
  print_function(environment.out, *function);
  return kExitClean;
}

}  // namespace connect_lint
