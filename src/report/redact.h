// Reports that may be shown to everybody: without account ids, ARNs and key ids.
#ifndef CONNECT_LINT_REPORT_REDACT_H_
#define CONNECT_LINT_REPORT_REDACT_H_

#include <connect_lint/diagnostic.h>

#include <string>

namespace connect_lint {

// Puts `*` for the letters and digits of account ids (12 digits), access key ids
// (AKIA...), UUIDs and multi-Region key ids (keys of KMS), and of what follows the
// service in an ARN. The length stays, so that places hold.
[[nodiscard]] std::string redacted(std::string text);

// The same for all texts of a report. Fixes that would write such a text are left out.
[[nodiscard]] Report redacted(Report report);

}  // namespace connect_lint

#endif  // CONNECT_LINT_REPORT_REDACT_H_
