// Which operations use a name as a member: what the recogniser decides with.
//
// A part of the schema tables (schema/schema_set.h): embedded by the build, or
// made at run time with `--data-dir`. A view of tables that live elsewhere.
#ifndef CONNECT_LINT_REQUEST_MEMBER_TABLE_H_
#define CONNECT_LINT_REQUEST_MEMBER_TABLE_H_

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>

#include "document/key_table.h"

namespace connect_lint {

// Sets of operations, as bits in the order of the operation table.
using OperationBits = std::uint32_t;
inline constexpr std::size_t kOperationsMax = 32;

// Sets of the operations that are not checked, in their own order.
using OtherOperationBits = std::array<std::uint64_t, 4>;
inline constexpr std::size_t kOtherOperationsMax = 256;

// Which operations use one name.
struct MemberUse {
  OperationBits takes = 0;    // In the request.
  OperationBits answers = 0;  // In the response.
  OtherOperationBits others_take{};
};

// The required members of an operation, the first of them; 0 where there are fewer.
using NeededMembers = std::array<KeyId, 8>;

struct MemberTable {
  std::span<const MemberUse> uses;       // By key number; [0] is of no operation.
  std::span<const NeededMembers> needs;  // By operation.

  [[nodiscard]] OperationBits takes(KeyId key) const { return uses[key].takes; }
  [[nodiscard]] OperationBits answers(KeyId key) const { return uses[key].answers; }
};

}  // namespace connect_lint

#endif  // CONNECT_LINT_REQUEST_MEMBER_TABLE_H_
