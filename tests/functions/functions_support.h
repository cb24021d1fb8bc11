// What the tests of functions share: tables of expressions and their results.
#ifndef CONNECT_LINT_TESTS_FUNCTIONS_FUNCTIONS_SUPPORT_H_
#define CONNECT_LINT_TESTS_FUNCTIONS_FUNCTIONS_SUPPORT_H_

#include <catch2/catch.hpp>

#include <string>
#include <vector>

#include "base/limits.h"
#include "rules/function_table.h"
#include "support.h"

namespace connect_lint::testing {

struct Row {
  std::string expression;
  std::string result;
};

// `expression` is one side of a comparison; results as shown(Value) writes them.
inline void check_values(Subject& subject, const std::vector<Row>& rows) {
  for (const Row& row : rows) {
    CAPTURE(row.expression);
    CHECK(subject.value(row.expression, all_functions()) == row.result);
  }
}

// `expression` is a logical expression; results as shown(Truth) writes them.
inline void check_tests(Subject& subject, const std::vector<Row>& rows) {
  for (const Row& row : rows) {
    CAPTURE(row.expression);
    CHECK(subject.test(row.expression, all_functions()) == row.result);
  }
}

// `expression` is a query; results are the values as they are written.
inline void check_queries(Subject& subject, const std::vector<Row>& rows) {
  for (const Row& row : rows) {
    CAPTURE(row.expression);
    CHECK(subject.values(row.expression, all_functions()) == row.result);
  }
}

}  // namespace connect_lint::testing

#endif  // CONNECT_LINT_TESTS_FUNCTIONS_FUNCTIONS_SUPPORT_H_
