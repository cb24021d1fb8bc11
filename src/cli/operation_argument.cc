#include "cli/operation_argument.h"

#include <fmt/format.h>

#include "base/quote.h"

namespace connect_lint {

Result<OperationIndex> operation_argument(std::string_view name) {
  const auto operations = built_in_operations().operations;
  if (const auto found = find_operation(name)) return *found;
  for (OperationIndex i = 0; i < operations.size(); ++i)
    if (operations[i].command == name) return i;
  const auto guess = guess_operation(name);
  return Error{fmt::format("there is no operation {}{}", ticked(name), guess ? fmt::format("; did you mean `{}`?", operations[*guess].name) : "")};
}

std::vector<std::string> operation_suggestions() {
  std::vector<std::string> names;
  for (const OperationInfo& operation : built_in_operations().operations) names.emplace_back(operation.name);
  return names;
}

}  // namespace connect_lint
