// Runs rules over the occurrences of their shapes in one document.
#ifndef CONNECT_LINT_RULES_RULE_RUN_H_
#define CONNECT_LINT_RULES_RULE_RUN_H_

#include <connect_lint/diagnostic.h>

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "document/document.h"
#include "jsonpath/evaluator.h"
#include "rules/rule_set.h"
#include "schema/shape_check.h"

namespace connect_lint {

struct RuleFinding {
  RuleIndex rule = 0;
  bool too_much_work = false;  // Not what the rule is about: it was stopped.
  NodeIndex root = 0;          // What `$` was.
  NodeIndex node = 0;          // What was found.
};

struct RuleFindings {
  std::vector<RuleFinding> kept;  // In no particular order; at most kFindingsKeptMax.
  std::array<std::uint64_t, 3> left_out{};  // Above that, by severity.

  void clear() {
    kept.clear();
    left_out = {};
  }
};

struct RuleRunOptions {
  Severity least = Severity::Info;   // Rules below it do not run.
  std::optional<std::int64_t> now;   // Rules that need it do not run without it.
  bool across_files = false;         // Run those that compare files, too.
  bool certain = false;              // is_certain() holds for the whole document.
  NodeIndex request = 0;             // The request that request() means,
  Dialect dialect = Dialect::Input;  // and what it is written for.
};

// One per thread; keeps its memory from document to document.
class RuleRunner {
 public:
  // Adds what the rules find. `document` was checked for its shape.
  void run(const RuleSet& set, const Document& document, std::span<const Occurrence> occurrences,
           const RuleRunOptions& options, RuleFindings& findings);

  // For those who put findings into words.
  [[nodiscard]] Evaluator& evaluator() { return evaluator_; }

 private:
  struct Run;

  Evaluator evaluator_;
  std::uint64_t sieve_work_left_ = 0;
  std::vector<std::uint64_t> work_left_;  // By rule; 0: it was stopped.
  std::vector<NodeIndex> heads_;
  std::vector<NodeIndex> nodes_;
  std::vector<RuleIndex> active_;
  std::vector<std::vector<NodeIndex>> lists_;  // Of sieves.
};

}  // namespace connect_lint

#endif  // CONNECT_LINT_RULES_RULE_RUN_H_
