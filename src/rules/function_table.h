// The functions that rules and queries may call: RFC 9535's five, and ours.
//
//   const auto query = Query::parse("$.Tasks[?key(@) == 0]", all_functions(), keys);
//
// A new function is one entry in function_table.cc, its name in function_kinds.h,
// and its code in the file of its kind: text_functions.cc, node_functions.cc,
// time_functions.cc or service_functions.cc.
#ifndef CONNECT_LINT_RULES_FUNCTION_TABLE_H_
#define CONNECT_LINT_RULES_FUNCTION_TABLE_H_

#include "jsonpath/function.h"

namespace connect_lint {

// Ours. Both tables live as long as the program and are there when it starts.
[[nodiscard]] FunctionTable rule_functions();

// RFC 9535's and ours; the first call copies the five.
[[nodiscard]] FunctionTable all_functions();

}  // namespace connect_lint

#endif  // CONNECT_LINT_RULES_FUNCTION_TABLE_H_
