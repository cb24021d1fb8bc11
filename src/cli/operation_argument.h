// The name of an operation on the command line: `PutIntegration` or `put-integration`.
#ifndef CONNECT_LINT_CLI_OPERATION_ARGUMENT_H_
#define CONNECT_LINT_CLI_OPERATION_ARGUMENT_H_

#include <string_view>

#include "base/result.h"
#include "request/operation.h"

namespace connect_lint {

[[nodiscard]] Result<OperationIndex> operation_argument(std::string_view name);

}  // namespace connect_lint

#endif  // CONNECT_LINT_CLI_OPERATION_ARGUMENT_H_
