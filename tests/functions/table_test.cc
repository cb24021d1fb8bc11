// The tables of functions, and what they say about each.
#include <algorithm>
#include <cctype>

#include "functions_support.h"

namespace connect_lint {
namespace {

TEST_CASE("the tables are sorted and complete") {
  const FunctionTable all = all_functions();
  const auto less = [](const Function& a, const Function& b) { return a.name < b.name; };
  CHECK(std::is_sorted(all.begin(), all.end(), less));
  CHECK(std::adjacent_find(all.begin(), all.end(), [](const Function& a, const Function& b) { return a.name == b.name; }) == all.end());
  CHECK(all.size() == standard_functions().size() + rule_functions().size());
  CHECK(all.data() == all_functions().data());
  std::size_t standard = 0;
  for (const Function& function : all) standard += function.standard ? 1 : 0;
  CHECK(standard == 5);
  for (const FunctionTable table : {standard_functions(), rule_functions()}) {
    CHECK(std::is_sorted(table.begin(), table.end(), less));
    for (const Function& function : table) CHECK(find_function(all, function.name)->call == function.call);
  }
}

std::size_t parameters_in(std::string_view signature) {
  const std::string_view list = signature.substr(signature.find('('));
  return list == "()" ? 0 : static_cast<std::size_t>(std::count(list.begin(), list.end(), ',')) + 1;
}

TEST_CASE("what is said about a function") {
  for (const Function& function : all_functions()) {
    CAPTURE(std::string(function.name));
    CHECK(function.parameters.size() <= kFunctionParametersMax);
    // `name(one, two)`
    CHECK(function.signature.starts_with(std::string(function.name) + "("));
    CHECK(function.signature.ends_with(")"));
    CHECK(parameters_in(function.signature) == function.parameters.size());
    CHECK(function.signature.size() < 38);
    for (std::size_t i = 0; i < function.parameters.size(); ++i) {
      std::string_view name = function.signature.substr(function.signature.find('(') + 1);
      for (std::size_t skip = 0; skip < i; ++skip) name.remove_prefix(name.find(", ") + 2);
      name = name.substr(0, name.find_first_of(",)"));
      CAPTURE(std::string(name));
      CHECK((function.parameters[i] == Type::Nodes) == name.starts_with("node"));
    }
    // One line, lower-case start, no full stop.
    CHECK(!function.summary.empty());
    CHECK(function.summary.size() < 90);
    CHECK(!function.summary.ends_with('.'));
    CHECK(function.summary.find('\n') == function.summary.npos);
    CHECK(std::islower(static_cast<unsigned char>(function.summary[0])) != 0);
    CHECK((function.explanation.ends_with(".\n") || function.explanation.ends_with(".)\n")));
    for (std::string_view rest = function.explanation; !rest.empty(); rest.remove_prefix(rest.find('\n') + 1)) CHECK(rest.find('\n') <= 105);
    // The example is a query that calls it.
    CHECK(testing::parse_error(function.example, all_functions()) == "ok");
    CHECK(function.example.find(std::string(function.name) + "(") != function.example.npos);
    // Only Logical functions may be tests.
    std::string call = std::string(function.name) + "(";
    for (std::size_t i = 0; i < function.parameters.size(); ++i) call += i == 0 ? "$.a" : ", $.a";
    const std::string tested = testing::parse_error("$[?" + call + ")]", all_functions());
    const std::string compared = testing::parse_error("$[?" + call + ") == 1]", all_functions());
    CHECK((tested == "ok") == (function.result == Type::Logical));
    CHECK((compared == "ok") == (function.result == Type::Value));
  }
}

}  // namespace
}  // namespace connect_lint
