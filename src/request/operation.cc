#include "request/operation.h"

#include "base/edit_distance.h"

namespace connect_lint {

std::optional<OperationIndex> find_operation(std::string_view name) {
  const auto operations = built_in_operations().operations;
  for (OperationIndex i = 0; i < operations.size(); ++i)
    if (operations[i].name == name) return i;
  return std::nullopt;
}

std::optional<OperationIndex> guess_operation(std::string_view name) {
  const auto operations = built_in_operations().operations;
  std::optional<OperationIndex> best;
  std::size_t best_distance = edit_distance_allowed(name.size()) + 1;
  for (OperationIndex i = 0; i < operations.size(); ++i) {
    if (equal_but_for_case(name, operations[i].name)) return i;
    const std::size_t distance = edit_distance(name, operations[i].name, best_distance - 1);
    if (distance >= best_distance) continue;
    best = i;
    best_distance = distance;
  }
  return best;
}

}  // namespace connect_lint
