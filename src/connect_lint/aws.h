// A request of the AWS SDK for C++ before it is sent.
//
//   #include <aws/customer-profiles/model/PutIntegrationRequest.h>
//   #include <connect_lint/aws.h>
//
//   Aws::CustomerProfiles::Model::PutIntegrationRequest request;
//   request.SetDomainName("sales");
//   const connect_lint::Report report = connect_lint::check_request(linter, request);
//   if (report.errors == 0) client.PutIntegration(request);
//
// Nothing but templates, which use what every request class of the SDK has:
// GetServiceRequestName(), SerializePayload(), and for members that travel in the URI
// or query string GetDomainName() and DomainNameHasBeenSet() and the like. No header of
// the SDK is needed here.
#ifndef CONNECT_LINT_CONNECT_LINT_AWS_H_
#define CONNECT_LINT_CONNECT_LINT_AWS_H_

#include <connect_lint/lint.h>

#include <algorithm>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

namespace connect_lint {

// Checks a request object: its name, what it will send as body, and its members outside
// of the body. The object is only read. Safe from many threads, as
// Linter::check_body() is, where nobody changes the object. A request for an operation
// that is not in operation_names() is skipped.
template <typename Request>
[[nodiscard]] Report check_request(const Linter& linter, const Request& request, const CheckOptions& options = {}) {
  const std::string_view operation = request.GetServiceRequestName();
  const auto names = operation_names();
  if (std::find(names.begin(), names.end(), operation) == names.end()) {
    Report skipped;
    skipped.note = std::string(operation) + " is no operation that can be checked";
    return skipped;
  }
  std::vector<std::pair<std::string_view, std::string>> members;
  const auto add = [&](std::string_view name, const auto& value) {
    using Value = std::remove_cvref_t<decltype(value)>;
    if constexpr (std::is_same_v<Value, bool>) {
      members.emplace_back(name, value ? "true" : "false");
    } else if constexpr (std::is_arithmetic_v<Value>) {
      members.emplace_back(name, std::to_string(value));
    } else {
      members.emplace_back(name, std::string(value.c_str(), value.size()));
    }
  };
// Whatever operation has a member of these names has it in its URI or query string.
#define CONNECT_LINT_ADD_MEMBER(name)                                            \
  if constexpr (requires { request.name##HasBeenSet(); request.Get##name(); })   \
    if (request.name##HasBeenSet()) add(#name, request.Get##name());
  CONNECT_LINT_ADD_MEMBER(DomainName)
  CONNECT_LINT_ADD_MEMBER(WorkflowId)
  CONNECT_LINT_ADD_MEMBER(NextToken)
  CONNECT_LINT_ADD_MEMBER(MaxResults)
  CONNECT_LINT_ADD_MEMBER(IncludeHidden)
#undef CONNECT_LINT_ADD_MEMBER
  std::vector<UriMember> uri_members;
  for (const auto& [name, value] : members) uri_members.push_back({name, value});
  const auto body = request.SerializePayload();
  return linter.check_body(operation, std::string_view(body.c_str(), body.size()), uri_members, options);
}

}  // namespace connect_lint

#endif  // CONNECT_LINT_CONNECT_LINT_AWS_H_
