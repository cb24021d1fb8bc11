// Rule files made into the tables that run.
#ifndef CONNECT_LINT_RULES_RULE_TABLES_H_
#define CONNECT_LINT_RULES_RULE_TABLES_H_

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "base/limits.h"
#include "base/result.h"
#include "rules/rule_file.h"
#include "rules/rule_set.h"
#include "source/confinement.h"

namespace connect_lint {

// A RuleSet with what it points at. Moving it keeps views valid.
class RuleTables {
 public:
  RuleTables() = default;
  // Of good files only; sorts them by id. `schemas` is what they were read with.
  RuleTables(std::vector<std::unique_ptr<RuleFile>> files, const SchemaSet& schemas);

  [[nodiscard]] RuleSet set() const;
  // In the order of the set's rules.
  [[nodiscard]] std::span<const std::unique_ptr<RuleFile>> files() const { return files_; }

 private:
  void add_rules();
  void add_shape(ShapeIndex shape, const SchemaSet& schemas);

  std::vector<std::unique_ptr<RuleFile>> files_;
  std::vector<Rule> rules_;
  std::vector<RuleIndex> shape_rules_;
  std::vector<RuleWalk> walks_;
  std::vector<ShapeRules> shapes_;
  std::vector<std::uint8_t> wanted_;
  std::uint32_t memos_ = 0;
  std::uint32_t calls_ = 0;
};

// What a folder of rules holds.
struct RuleFolder {
  std::vector<std::unique_ptr<RuleFile>> files;  // Sorted by id; those with problems included.

  [[nodiscard]] std::size_t problems() const;
};

// What folders may hold together.
struct RuleAllowance {
  std::size_t files = kRulesMax;
  std::size_t bytes = kRuleBytesMax;
};

// Every `<family>/<name>.yaml` below `directory`. Fails where the folder or a
// file cannot be read, where there is no rule, and where there are too many;
// `left` loses what there is. `links`: where links may lead, besides `directory`;
// null: everywhere.
Result<RuleFolder> load_rule_folder(const std::string& directory, const SchemaSet& schemas, RuleAllowance& left, const Confinement* links);

}  // namespace connect_lint

#endif  // CONNECT_LINT_RULES_RULE_TABLES_H_
