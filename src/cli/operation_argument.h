// The name of an operation on the command line: `PutIntegration` or `put-integration`.
#ifndef CONNECT_LINT_CLI_OPERATION_ARGUMENT_H_
#define CONNECT_LINT_CLI_OPERATION_ARGUMENT_H_

#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "request/operation.h"

namespace connect_lint {

[[nodiscard]] Result<OperationIndex> operation_argument(std::string_view name);

// `PutIntegration` and the others.
[[nodiscard]] std::vector<std::string> operation_suggestions();

}  // namespace connect_lint

#endif  // CONNECT_LINT_CLI_OPERATION_ARGUMENT_H_
