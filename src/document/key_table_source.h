// Writes a KeyTable as C++ source, for the build's compilers.
#ifndef CONNECT_LINT_DOCUMENT_KEY_TABLE_SOURCE_H_
#define CONNECT_LINT_DOCUMENT_KEY_TABLE_SOURCE_H_

#include <fmt/format.h>

#include <string>
#include <string_view>

#include "base/source_writer.h"
#include "document/key_table.h"

namespace connect_lint {

// Writes the tables, whose names begin with `prefix`; gives the expression that
// makes a KeyTable of them.
[[nodiscard]] inline std::string write_key_table(SourceWriter& out, const KeyTable& keys, std::string_view prefix) {
  out.array("KeyTable::Entry", fmt::format("{}Entries", prefix), keys.entries(), [](const KeyTable::Entry& entry) {
    return fmt::format("{{{}u, {}u, {}u, {}u}}", entry.head, entry.tail, entry.length, entry.offset);
  });
  out.array("std::uint16_t", fmt::format("{}Slots", prefix), keys.slots(), [](std::uint16_t slot) { return fmt::format("{}", slot); });
  out.line("constexpr std::string_view {}Names ={};", prefix, long_literal(keys.names()));
  return fmt::format("KeyTable({0}Entries, {0}Slots, {0}Names, {1}u)", prefix, keys.multiplier());
}

}  // namespace connect_lint

#endif  // CONNECT_LINT_DOCUMENT_KEY_TABLE_SOURCE_H_
