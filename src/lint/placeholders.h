// Texts that are filled in before a request is sent: `${VAR}`, `{{ name }}`. Where
// the configuration says so, a value with one is not known.
#ifndef CONNECT_LINT_LINT_PLACEHOLDERS_H_
#define CONNECT_LINT_LINT_PLACEHOLDERS_H_

#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "document/document.h"

namespace connect_lint {

// What stands around a name.
struct Placeholder {
  std::string begin;
  std::string end;
};

// From `${...}`; nothing for a text without anything before and behind the dots.
[[nodiscard]] std::optional<Placeholder> parse_placeholder(std::string_view text);

// Marks the texts that hold a placeholder as not known.
void mark_placeholders(Document& document, std::span<const Placeholder> placeholders);

}  // namespace connect_lint

#endif  // CONNECT_LINT_LINT_PLACEHOLDERS_H_
