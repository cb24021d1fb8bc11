// Rules that run, and their files for those who need words: parsed when first
// asked for, since a clean request needs none.
#ifndef CONNECT_LINT_RULES_RULE_LIBRARY_H_
#define CONNECT_LINT_RULES_RULE_LIBRARY_H_

#include <memory>
#include <mutex>
#include <vector>

#include "rules/rule_file.h"
#include "rules/rule_set.h"
#include "rules/rule_tables.h"

namespace connect_lint {

// Immutable from outside; may be shared by threads.
class RuleLibrary {
 public:
  // The built-in rules. `schemas` outlives the library, here and below.
  explicit RuleLibrary(const SchemaSet& schemas);
  RuleLibrary(RuleTables tables, const SchemaSet& schemas);

  [[nodiscard]] const RuleSet& set() const { return set_; }
  [[nodiscard]] const RuleFile& file(RuleIndex rule) const;

 private:
  RuleTables tables_;  // Empty for the built-in rules.
  RuleSet set_;
  const SchemaSet& schemas_;
  mutable std::mutex mutex_;
  mutable std::vector<std::unique_ptr<RuleFile>> files_;  // Guarded by `mutex_`.
};

}  // namespace connect_lint

#endif  // CONNECT_LINT_RULES_RULE_LIBRARY_H_
