// From raw findings to a Report: sort by place, cut to the limit, put into words.
#ifndef CONNECT_LINT_LINT_SETTLE_H_
#define CONNECT_LINT_LINT_SETTLE_H_

#include <connect_lint/lint.h>

#include <optional>

#include "document/document.h"
#include "request/recognise.h"
#include "schema/schema_set.h"
#include "schema/shape_check.h"

namespace connect_lint {

// What the steps before found in one document.
struct RawFindings {
  const Document& document;
  const SchemaSet& schemas;
  const MemberTable& members;
  const std::optional<Request>& request;
  const std::optional<RequestFinding>& request_finding;
  const ShapeFindings& shape;
};

// Adds the findings to the report, in the order of the text: all are counted,
// the first `findings_max` from `least` on are described.
void settle(const RawFindings& found, Severity least, std::uint32_t findings_max, Report& report);

// Counts one finding of this severity.
void count(Report& report, Severity severity, std::uint64_t times = 1);

}  // namespace connect_lint

#endif  // CONNECT_LINT_LINT_SETTLE_H_
