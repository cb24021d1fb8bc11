// From raw findings to a Report: drop what another finding absorbs, sort by
// place, cut to the limit, put into words.
#ifndef CONNECT_LINT_LINT_SETTLE_H_
#define CONNECT_LINT_LINT_SETTLE_H_

#include <connect_lint/lint.h>

#include <optional>
#include <span>

#include "document/document.h"
#include "jsonpath/evaluator.h"
#include "lint/finding_judge.h"
#include "request/recognise.h"
#include "rules/rule_library.h"
#include "rules/rule_run.h"
#include "schema/schema_set.h"
#include "schema/shape_check.h"
#include "schema/template_requests.h"

namespace connect_lint {

// Rules, and what they found.
struct RuleOutcome {
  const RuleLibrary* library = nullptr;
  const RuleFindings* findings = nullptr;
};

// The template that a document of requests was made from, and where its nodes
// stand in it.
struct WrittenTemplate {
  const Document& document;
  std::span<const TemplatePlace> places;
};

// What the steps before found in one document.
struct RawFindings {
  const Document& document;
  const SchemaSet& schemas;
  std::span<const Request> requests = {};  // In the order of their nodes; empty: none was recognised.
  const RequestFinding* request_finding = nullptr;
  const ShapeFindings& shape;
  std::span<const RuleOutcome> rules;
  Evaluator& evaluator;  // Open on the document; for the words of rules.
  const WrittenTemplate* written = nullptr;  // Null: `document` is what was read.
  FindingJudge* judge = nullptr;             // Begun with what was read; null: everything is reported.
};

// Adds the findings to the report, in the order of the text: all are counted,
// the first `findings_max` from `least` on are described.
void settle(const RawFindings& found, Severity least, std::uint32_t findings_max, Report& report);

// Leaves out what is described above that; the counts stay.
void describe_at_most(Report& report, std::uint32_t findings_max);

// With what the catalogue says of a finding.
[[nodiscard]] Diagnostic new_diagnostic(FindingId id);

// Counts one finding of this severity.
void count(Report& report, Severity severity, std::uint64_t times = 1);

}  // namespace connect_lint

#endif  // CONNECT_LINT_LINT_SETTLE_H_
