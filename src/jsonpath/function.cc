#include "jsonpath/function.h"

#include <algorithm>
#include <iterator>

namespace connect_lint {

std::string_view name_of(Type type) {
  switch (type) {
    case Type::Value: return "ValueType";
    case Type::Logical: return "LogicalType";
    case Type::Nodes: return "NodesType";
  }
  return {};
}

std::vector<Function> merge_functions(FunctionTable a, FunctionTable b) {
  std::vector<Function> all;
  all.reserve(a.size() + b.size());
  std::merge(a.begin(), a.end(), b.begin(), b.end(), std::back_inserter(all),
             [](const Function& x, const Function& y) { return x.name < y.name; });
  return all;
}

const Function* find_function(FunctionTable functions, std::string_view name) {
  const auto found = std::lower_bound(functions.begin(), functions.end(), name,
                                      [](const Function& function, std::string_view wanted) { return function.name < wanted; });
  return found != functions.end() && found->name == name ? &*found : nullptr;
}

}  // namespace connect_lint
