// The Linter behind the published header, for callers that own the text's
// memory (the command line): reading a file straight into a Workspace saves a copy.
#ifndef CONNECT_LINT_LINT_LINTER_H_
#define CONNECT_LINT_LINT_LINTER_H_

#include <connect_lint/lint.h>

#include <memory>
#include <optional>
#include <span>
#include <string>
#include <variant>
#include <vector>

#include "document/document.h"
#include "document/json_reader.h"
#include "document/yaml_reader.h"
#include "lint/finding_judge.h"
#include "lint/placeholders.h"
#include "request/recognise.h"
#include "schema/lower.h"
#include "schema/schema_set.h"
#include "rules/rule_library.h"
#include "rules/rule_run.h"
#include "schema/shape_check.h"
#include "schema/template_requests.h"

namespace connect_lint {

// The memory of one check, reused from text to text. One per thread at a time.
struct Workspace {
  SourceText source;
  JsonReader reader;
  std::unique_ptr<YamlReader> yaml_reader;  // Made when it is first needed.
  Document document;             // What was read.
  TemplateRequests of_template;  // Of a template: what is checked instead.
  std::vector<Request> requests;
  bool is_template = false;
  ShapeFindings shape_findings;
  RegexCache regexes;
  std::vector<Occurrence> occurrences;
  RuleRunner rules;
  RuleFindings built_in_findings;
  RuleFindings user_findings;

  // `source` into `document`.
  void read(Syntax syntax, const KeyTable& keys, std::uint32_t depth_max);
  void clear();  // All findings.

  // The document of the requests: what was checked.
  [[nodiscard]] Document& checked() { return is_template ? of_template.document : document; }
};

// Why rules or schemas could not be loaded.
struct LoadFailure {
  std::string message;                           // Empty where `files` says it all.
  std::vector<std::unique_ptr<RuleFile>> files;  // Those with problems.

  // All of it, a problem a line.
  [[nodiscard]] std::string text() const;
};

// What a configuration adds to a check.
struct CheckPolicy {
  FindingJudge* judge = nullptr;                    // Null: every finding is reported.
  std::span<const Placeholder> placeholders = {};   // Texts with one are not known.
  bool is_configured = false;                       // CheckOptions::operation comes from a configuration.
};

// Schemas, rules and what was derived from them. Immutable.
class LintEngine {
 public:
  LintEngine();  // The built-in ones.
  // `links`: as load_rule_folder() takes it.
  static std::variant<std::unique_ptr<LintEngine>, LoadFailure> load(const LinterOptions& options, const Confinement* links);

  // Checks `workspace.source`.
  [[nodiscard]] Report check(Workspace& workspace, const CheckOptions& options, const CheckPolicy& policy = {}) const;

  // Checks a body and what travels outside of it, as Linter::check_body() does.
  [[nodiscard]] Report check_body(Workspace& workspace, std::string_view body, std::span<const UriMember> uri_members,
                                  const CheckOptions& options) const;

  // The ids of all findings that there may be, sorted.
  [[nodiscard]] std::vector<std::string_view> finding_ids() const;

  [[nodiscard]] const SchemaSet& schemas() const { return schemas_; }
  // The built-in rules (or those of the data folder), and the user's; null without.
  [[nodiscard]] const RuleLibrary& rules() const { return *rules_; }
  [[nodiscard]] const RuleLibrary* user_rules() const { return user_rules_.get(); }
  // By shape: 1 where a rule wants its occurrences.
  [[nodiscard]] std::span<const std::uint8_t> wanted_shapes() const { return wanted_; }

 private:
  explicit LintEngine(SchemaTables tables);
  std::optional<LoadFailure> load_rules(const LinterOptions& options, const Confinement* links);
  void want_shapes();
  // What was read into `workspace.document`.
  [[nodiscard]] Report check_document(Workspace& workspace, const CheckOptions& options, const RecognitionHints& hints,
                                      const CheckPolicy& policy, bool has_uri_members) const;
  static void add_requests(const Workspace& workspace, Report& report);
  void check_request(Workspace& workspace, const Request& request, const RuleRunOptions& run) const;
  [[nodiscard]] bool looks_for(std::string_view id, const RuleRunOptions& run) const;

  std::optional<SchemaTables> tables_;  // Of the data folder.
  SchemaSet schemas_;
  std::unique_ptr<RuleLibrary> rules_;
  std::unique_ptr<RuleLibrary> user_rules_;
  std::vector<std::uint8_t> wanted_both_;
  std::span<const std::uint8_t> wanted_;
};

// A report that holds one finding about a file that was not read.
[[nodiscard]] Report unreadable_report(std::string message);
[[nodiscard]] Report too_large_report(std::uint64_t bytes_max);

}  // namespace connect_lint

#endif  // CONNECT_LINT_LINT_LINTER_H_
