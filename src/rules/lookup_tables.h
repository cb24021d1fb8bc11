// The tables of the function lookup(): facts about connectors and tasks that
// several rules and their messages need. All are embedded.
#ifndef CONNECT_LINT_RULES_LOOKUP_TABLES_H_
#define CONNECT_LINT_RULES_LOOKUP_TABLES_H_

#include <span>
#include <string_view>

namespace connect_lint {

struct LookupEntry {
  std::string_view key;
  std::string_view text;
};

struct LookupTable {
  std::string_view name;                 // snake_case
  std::span<const LookupEntry> entries;  // Sorted by key.
};

// Sorted by name.
[[nodiscard]] std::span<const LookupTable> lookup_tables();

// Null without one.
[[nodiscard]] const LookupTable* find_lookup_table(std::string_view name);
[[nodiscard]] const LookupEntry* find_lookup_entry(const LookupTable& table, std::string_view key);

}  // namespace connect_lint

#endif  // CONNECT_LINT_RULES_LOOKUP_TABLES_H_
