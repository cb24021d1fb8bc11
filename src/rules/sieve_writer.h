// Writes the sieves of a set of rules as C++, for the build: see sieve.h.
#ifndef CONNECT_LINT_RULES_SIEVE_WRITER_H_
#define CONNECT_LINT_RULES_SIEVE_WRITER_H_

#include <cstddef>
#include <string>
#include <vector>

#include "document/key_table.h"
#include "rules/rule_set.h"
#include "schema/schema_set.h"

namespace connect_lint {

struct SieveSource {
  std::string declarations;
  std::string functions;           // Their definitions.
  std::vector<std::string> names;  // By shape; "nullptr" where no rule is.
  std::size_t lists = 0;           // That a SieveContext has to have.
  KeyTableData words{{}};          // Likewise: RuleSet::words.
};

// `schemas`: what the rules were made for. A shape with more than kRuleBitsMax rules gets no sieve.
[[nodiscard]] SieveSource write_sieves(const RuleSet& set, const SchemaSet& schemas);

}  // namespace connect_lint

#endif  // CONNECT_LINT_RULES_SIEVE_WRITER_H_
