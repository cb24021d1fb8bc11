// One rule file, read and checked: words, queries, fix and examples.
#ifndef CONNECT_LINT_RULES_RULE_FILE_H_
#define CONNECT_LINT_RULES_RULE_FILE_H_

#include <connect_lint/diagnostic.h>

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "document/data_file.h"
#include "document/document.h"
#include "jsonpath/query.h"
#include "rules/message_template.h"
#include "rules/rule_set.h"
#include "schema/schema_set.h"
#include "source/source_text.h"

namespace connect_lint {

struct RelatedTemplate {
  std::optional<ValueExpression> at;  // Leads to a value of the document,
  std::optional<Query> nodes;         // or to several.
  MessageTemplate message;
};

struct FixTemplate {
  enum class Action : std::uint8_t { Replace, RenameKey, Remove, Insert } action = Action::Remove;
  bool safe = false;
  std::optional<ValueExpression> text;  // The new value or key.
  std::string member;                   // Insert: its name.
};

struct RuleExample {
  bool fails = false;
  NodeIndex value = kNoNode;    // In the file's document.
  NodeIndex request = kNoNode;  // Members of the request around; kNoNode without.
  std::optional<std::int64_t> now;
  std::vector<std::string> reports;  // JSON pointers, relative to the value.
};

// Owns its text. Immutable once read.
struct RuleFile {
  std::string id;
  std::string name;  // Of the file, for messages.
  SourceText source;
  Document document;

  std::string summary;
  Severity severity = Severity::Error;
  Certainty certainty = Certainty::Service;
  std::vector<std::string> shape_names;
  std::optional<Expression> when;
  std::optional<Query> find;
  Mark mark = Mark::Value;
  MessageTemplate message;
  MessageTemplate help;
  std::vector<RelatedTemplate> related;
  std::vector<std::string> absorbs;
  bool across_files = false;
  std::uint8_t dialects = kAllDialects;
  std::optional<FixTemplate> fix;
  std::string why;
  std::string about_source;  // The key `source`.
  std::vector<RuleExample> examples;

  // As they are written, for documentation.
  std::string when_text;
  std::string find_text;
  std::string message_text;
  std::string help_text;

  std::vector<TextProblem> problems;  // All of them, in the order of the text; none in a good file.

  // Whether the rule sees values that the schema refuses, because it absorbs
  // what the schema says about them.
  [[nodiscard]] bool sees_refused() const;
  [[nodiscard]] bool needs_now() const;
};

// Reads `text`, the rule with this id. `name` is for messages.
[[nodiscard]] std::unique_ptr<RuleFile> read_rule_file(std::string id, std::string name, std::string_view text,
                                                       const SchemaSet& schemas);

// Whether `id` is what `pattern` names: an id, or a family of them.
[[nodiscard]] bool names_id(std::string_view pattern, std::string_view id);

// The id of a rule in `family/bad-thing.yaml`; empty when the path has another form.
[[nodiscard]] std::string rule_id_of(std::string_view relative_path);

}  // namespace connect_lint

#endif  // CONNECT_LINT_RULES_RULE_FILE_H_
