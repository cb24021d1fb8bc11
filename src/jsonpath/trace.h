// What an evaluation did, for people who ask why a query selects something or
// nothing.
#ifndef CONNECT_LINT_JSONPATH_TRACE_H_
#define CONNECT_LINT_JSONPATH_TRACE_H_

#include <cstddef>
#include <cstdint>
#include <vector>

#include "base/limits.h"
#include "document/document.h"
#include "jsonpath/value.h"
#include "source/source_text.h"

namespace connect_lint {

// A part of an expression and what it gave. What was not looked at (behind a
// false `&&`, say) has no step.
struct TraceStep {
  NodeIndex current = kNoNode;  // What `@` was; kNoNode outside of filters.
  Span span;                    // Of the query's text.
  bool is_value = false;        // `value` holds the result, else `truth`.
  Truth truth = Truth::False;
  Value value;                  // Texts live until the evaluator's next evaluation.
};

struct Trace {
  std::vector<std::uint64_t> selected;  // By segment of the query: how many nodes came out of it.
  std::vector<TraceStep> steps;         // A part stands before the whole.
  std::uint64_t steps_left_out = 0;     // Above kTraceStepsMax.

  void add(const TraceStep& step) {
    if (steps.size() < kTraceStepsMax) {
      steps.push_back(step);
    } else {
      ++steps_left_out;
    }
  }
};

}  // namespace connect_lint

#endif  // CONNECT_LINT_JSONPATH_TRACE_H_
