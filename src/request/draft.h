// Drafts of requests: every required member, and what somebody has to fill in.
#ifndef CONNECT_LINT_REQUEST_DRAFT_H_
#define CONNECT_LINT_REQUEST_DRAFT_H_

#include <connect_lint/diagnostic.h>

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "request/operation.h"

namespace connect_lint {

// A value of a draft, with the key in front of it.
struct DraftValue {
  enum class Kind : std::uint8_t { Text, Number, Object, List } kind = Kind::Object;
  std::string key;      // Empty in a list, and of the draft itself.
  std::string text;     // Of a text or number.
  std::string note;     // What to put in its place; empty where nothing has to be.
  std::string example;  // Such as this.
  std::vector<DraftValue> children = {};
};

struct DraftOptions {
  OperationIndex operation = 0;
  std::string_view connector = {};  // As in ConnectorType; empty: none.
  std::string_view trigger = {};    // As in TriggerType; empty: OnDemand.
  Dialect dialect = Dialect::Input;
};

// Of ConnectorType, and of TriggerType.
[[nodiscard]] std::span<const std::string_view> draft_connectors();
[[nodiscard]] std::span<const std::string_view> draft_triggers();

// What is in the place of something that has to be filled in: findings tell of it.
inline constexpr std::string_view kFillIn = "CHANGE-ME";

// Why there is none: options that exclude each other.
[[nodiscard]] Result<DraftValue> make_draft(const DraftOptions& options);

struct FillIn {
  std::string pointer;  // RFC 6901.
  std::string note;
  std::string example;
};
[[nodiscard]] std::vector<FillIn> fill_ins(const DraftValue& draft);

// Two blanks a level; a line break at the end.
[[nodiscard]] std::string draft_json(const DraftValue& draft);
// With a comment where something has to be filled in.
[[nodiscard]] std::string draft_yaml(const DraftValue& draft);

}  // namespace connect_lint

#endif  // CONNECT_LINT_REQUEST_DRAFT_H_
