// A configuration file, .connect-lint.yaml, read and checked.
//
//   extends: shared/base.yaml
//   rules: [my-rules]
//   fail-on: warning
//   severity:
//     skeleton: off
//   overrides:
//     - files: flows/*.json
//       operation: PutIntegration
//   ignore:
//     - files: flows/old.json
//       id: connector/operator-mismatch
//       reason: is replaced in March
//
// Files that others extend come first; what comes later wins.
#ifndef CONNECT_LINT_LINT_CONFIGURATION_H_
#define CONNECT_LINT_LINT_CONFIGURATION_H_

#include <connect_lint/lint.h>

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/glob.h"
#include "base/result.h"
#include "document/data_file.h"
#include "document/document.h"
#include "lint/placeholders.h"
#include "source/source_text.h"

namespace connect_lint {

struct ConfigurationFile;

// A setting, and where it stands; without a file it is a flag of the command line.
template <typename T>
struct Setting {
  T value;
  const ConfigurationFile* file = nullptr;
  Span span = {};
};

// What becomes of the findings with an id, or of a family.
struct SeverityChange {
  std::string id;
  std::optional<Severity> severity;  // Unset: off.
  std::string at;                    // Only at this JSON Pointer and below; empty: everywhere.
};

// What holds for the files that one of the globs matches; everything in the file
// itself stands in one without globs.
struct FileSettings {
  std::vector<Glob> files;  // None: all. Paths are relative to the configuration's folder.
  std::optional<Setting<std::string>> operation;
  std::optional<Setting<Dialect>> dialect;
  std::optional<Setting<std::string>> fail_on;
  std::optional<Setting<Severity>> show;
  std::vector<Setting<SeverityChange>> severities;
  std::vector<Setting<Placeholder>> placeholders;
};

// A finding that somebody looked at and decided to leave.
struct Ignore {
  std::vector<std::string> patterns;
  std::vector<Glob> files;
  std::string id;      // Or a family.
  std::string at;      // Only at this JSON Pointer and below; empty: everywhere.
  std::string reason;
  std::optional<std::int64_t> until;  // The first instant at which it no longer holds.
};

// Owns its text. Immutable once read.
struct ConfigurationFile {
  std::string name;    // For messages.
  std::string folder;  // That its paths are relative to; ends in a slash, or is empty.
  SourceText source;
  Document document;

  std::vector<Setting<std::string>> extends;
  std::vector<Setting<std::string>> rules;
  std::optional<Setting<std::string>> baseline;
  std::vector<Setting<std::string>> include;
  std::vector<Setting<std::string>> exclude;
  std::vector<FileSettings> files;  // The first for all.
  std::vector<Setting<Ignore>> ignores;

  std::vector<TextProblem> problems;  // All of them, in the order of the text; none in a good file.
};


// Reads `text`. `folder` is that of the file.
[[nodiscard]] std::unique_ptr<ConfigurationFile> read_configuration(std::string name, std::string folder, std::string_view text);

// The ids in a file that are neither a finding nor a family, each with a guess.
[[nodiscard]] std::vector<TextProblem> unknown_ids(const ConfigurationFile& file, std::span<const std::string_view> ids);

// "skeleton/placeholder": "skeleton".
[[nodiscard]] std::string_view family_of(std::string_view id);

// "/a/b" is at or below "/a"; everything is below "".
[[nodiscard]] bool is_below(std::string_view pointer, std::string_view ancestor);

inline constexpr std::string_view kConfigurationName = ".connect-lint.yaml";

}  // namespace connect_lint

#endif  // CONNECT_LINT_LINT_CONFIGURATION_H_
