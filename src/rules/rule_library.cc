#include "rules/rule_library.h"

#include <cassert>
#include <string>

namespace connect_lint {

RuleLibrary::RuleLibrary(const SchemaSet& schemas) : set_(built_in_rules()), schemas_(schemas) {}

RuleLibrary::RuleLibrary(RuleTables tables, const SchemaSet& schemas)
    : tables_(std::move(tables)), set_(tables_.set()), schemas_(schemas) {}

const RuleFile& RuleLibrary::file(RuleIndex index) const {
  if (!tables_.files().empty()) return *tables_.files()[index];
  const std::lock_guard lock(mutex_);
  files_.resize(set_.rules.size());
  std::unique_ptr<RuleFile>& file = files_[index];
  if (!file) {
    const Rule& rule = set_.rules[index];
    file = read_rule_file(std::string(rule.id), "rules/" + std::string(rule.id) + ".yaml", rule.file, schemas_);
    assert(file->problems.empty() && "the build checked the file");
  }
  return *file;
}

}  // namespace connect_lint
