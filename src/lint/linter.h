// The Linter behind the published header, for callers that own the text's
// memory (the command line): reading a file straight into a Workspace saves a copy.
#ifndef CONNECT_LINT_LINT_LINTER_H_
#define CONNECT_LINT_LINT_LINTER_H_

#include <connect_lint/lint.h>

#include <memory>
#include <optional>

#include "document/document.h"
#include "document/json_reader.h"
#include "request/recognise.h"
#include "schema/lower.h"
#include "schema/schema_set.h"
#include "schema/shape_check.h"

namespace connect_lint {

// The memory of one check, reused from text to text. One per thread at a time.
struct Workspace {
  SourceText source;
  JsonReader reader;
  Document document;
  ShapeFindings shape_findings;
  RegexCache regexes;
};

// The schemas and what was derived from them. Immutable.
class LintEngine {
 public:
  LintEngine();  // The built-in schemas.
  static Result<std::unique_ptr<LintEngine>> load(const std::string& data_dir);

  // Checks `workspace.source`.
  [[nodiscard]] Report check(Workspace& workspace, const CheckOptions& options) const;

 private:
  explicit LintEngine(SchemaTables tables);

  std::optional<SchemaTables> tables_;  // Of --data-dir.
  SchemaSet schemas_;
  MemberTable members_;
};

// A report that holds one finding about a file that was not read.
[[nodiscard]] Report unreadable_report(std::string message);
[[nodiscard]] Report too_large_report(std::uint64_t bytes_max);

}  // namespace connect_lint

#endif  // CONNECT_LINT_LINT_LINTER_H_
