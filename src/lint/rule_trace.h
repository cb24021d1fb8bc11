// Why a rule finds something in a document, or nothing: what each part of its
// queries gave, for people who write rules. Runs what a check runs.
//
//   const RuleTrace trace = trace_rule(engine, engine.rules(), rule, workspace, options);
//   print(trace.verdict);
#ifndef CONNECT_LINT_LINT_RULE_TRACE_H_
#define CONNECT_LINT_LINT_RULE_TRACE_H_

#include <connect_lint/lint.h>

#include <cstddef>
#include <string>
#include <vector>

#include "lint/linter.h"

namespace connect_lint {

struct RuleTrace {
  // A part of a query and what it gave.
  struct Line {
    std::size_t depth = 0;
    std::string text;
    std::string result;  // May be empty.
  };
  // A value of one of the rule's shapes: what `$` was.
  struct Value {
    std::string place;  // "$['FlowDefinition'] (7:21)"
    std::vector<Line> lines;
  };
  std::vector<Value> values;       // In the order of the text; at most kTraceValuesMax.
  std::size_t values_left_out = 0;
  std::string verdict;             // One sentence.
  std::vector<std::string> notes;  // What else there is to know.
  bool unreadable = false;         // The document cannot be read.
};

// Checks `workspace.source` and follows the rule. `rules` is one of the
// engine's libraries; `options` as for a check, whatever its `least`.
[[nodiscard]] RuleTrace trace_rule(const LintEngine& engine, const RuleLibrary& rules, RuleIndex rule, Workspace& workspace,
                                   CheckOptions options);

}  // namespace connect_lint

#endif  // CONNECT_LINT_LINT_RULE_TRACE_H_
