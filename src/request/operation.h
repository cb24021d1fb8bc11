// The operations of Customer Profiles, from the service model
// (schemas/operations.json, embedded by the build).
#ifndef CONNECT_LINT_REQUEST_OPERATION_H_
#define CONNECT_LINT_REQUEST_OPERATION_H_

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

namespace connect_lint {

// Where a member travels in the HTTP request.
enum class Location : std::uint8_t { Body, Uri, QueryString, Header };

struct OperationMember {
  std::string_view name;
  Location location;
  bool required;
};

// An operation that can be checked.
struct OperationInfo {
  std::string_view name;     // PutIntegration
  std::string_view command;  // put-integration, as the AWS CLI spells it
  std::string_view method;   // PUT
  std::string_view uri;      // /domains/{DomainName}/integrations
  std::string_view summary;  // One line.
  std::span<const OperationMember> members;     // Of the request.
  std::span<const std::string_view> response;  // Members of the response.
};

// An operation of the service that cannot be checked yet; known so that its
// requests are not taken for something else.
struct OtherOperation {
  std::string_view name;
  std::string_view command;
  std::span<const std::string_view> members;
  std::span<const std::string_view> required;
};

// Everything above, for the recogniser and the schema compiler.
struct OperationTable {
  std::span<const OperationInfo> operations;
  std::span<const OtherOperation> others;
  std::string_view model;  // The service model's version, "2020-08-15".
};

// The table that the build embedded. Static.
[[nodiscard]] const OperationTable& built_in_operations();

// The index of an operation in the table.
using OperationIndex = std::size_t;
[[nodiscard]] std::optional<OperationIndex> find_operation(std::string_view name);

// The operation whose name is meant by a misspelt one or by the AWS CLI's
// spelling ("put-integration"); nothing when none is near.
[[nodiscard]] std::optional<OperationIndex> guess_operation(std::string_view name);

}  // namespace connect_lint

#endif  // CONNECT_LINT_REQUEST_OPERATION_H_
