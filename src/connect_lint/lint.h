// Check Amazon Connect Customer Profiles requests before they are sent.
//
//   #include <connect_lint/lint.h>
//
//   static const connect_lint::Linter linter;
//   connect_lint::CheckOptions options;
//   options.operation = "PutIntegration";
//   connect_lint::Report report = linter.check(R"({"DomainName": "sales"})", options);
//   if (report.errors > 0) return refuse(report);
//
// A Linter is immutable: share one among any number of threads. It prints
// nothing, opens no file but those of LinterOptions, reads no
// environment variable or locale, and throws nothing for what a text holds;
// std::bad_alloc is the only exception that can leave check().
#ifndef CONNECT_LINT_CONNECT_LINT_LINT_H_
#define CONNECT_LINT_CONNECT_LINT_LINT_H_

#include <connect_lint/diagnostic.h>

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace connect_lint {

// Bounds of one check. Crossing one is a finding that names it.
struct Limits {
  std::uint64_t input_bytes_max = 64u << 20;  // At most 4 GiB - 64 KiB.
  std::uint32_t depth_max = 128;              // Nested arrays and objects, 1 to 10,000.
  std::uint32_t findings_max = 1000;          // Described; all are counted.
};

struct LinterOptions {
  // A checkout's folder with `schemas/` and perhaps `rules/`, read instead of
  // the built-in ones. Empty: the built-in ones.
  std::string data_dir = {};
  // Folders with further rules: `<family>/<bad-thing>.yaml`.
  std::vector<std::string> rule_dirs = {};
};

struct CheckOptions {
  // The operation the text is for. Empty: recognised from the text and `file_name`.
  std::string_view operation;
  // The dialect. Unset: recognised.
  std::optional<Dialect> dialect;
  // JSON or YAML. Unset: by the ending of `file_name` (.json, .yaml, .yml), and
  // where that tells nothing by the text: what begins with a bracket is JSON.
  std::optional<Syntax> syntax = {};
  // Evidence for the operation ("put-integration-sales.json"); never opened.
  std::string_view file_name;
  // Findings below this severity are not described.
  Severity least = Severity::Info;
  // Findings below both this and `least` are not looked for. Unset: as `least`.
  std::optional<Severity> least_counted = {};
  // The present time in seconds since 1970. Rules that need it do not run
  // without, so that the same text gives the same report tomorrow.
  std::optional<std::int64_t> now = {};
  // Also collect what has to be different in all files: Report::unique_values.
  bool across_files = false;
  Limits limits;
};

class Linter {
 public:
  // With the built-in schemas. Cheap: nothing is loaded or compiled.
  Linter();
  // With options. Look at ok() before use.
  explicit Linter(const LinterOptions& options);
  ~Linter();
  Linter(Linter&&) noexcept;
  Linter& operator=(Linter&&) noexcept;

  // False when the options' files could not be loaded; error() says why.
  // check() then reports every text as unreadable.
  [[nodiscard]] bool ok() const;
  [[nodiscard]] const std::string& error() const;

  // Checks one JSON or YAML text (UTF-8, one value). Safe from many threads at
  // once. The text is only read during the call. Allocates nothing after the
  // first calls when a JSON text has no findings and no flow of more than a few tasks:
  // rules that compare lists of fields index longer ones.
  [[nodiscard]] Report check(std::string_view text, const CheckOptions& options = {}) const;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

// What has to be different in all files of a run, such as the names of flows.
// Give it every report, in the order of the files; not safe from several threads.
class AcrossFiles {
 public:
  AcrossFiles();
  ~AcrossFiles();
  // Adds to the report a finding for each of its values that an earlier file
  // (or the same one, before) has, too.
  void add(std::string_view file_name, Report& report);

 private:
  struct Seen;
  std::unique_ptr<Seen> seen_;
};

// The operations that can be checked, in the order of the documentation.
// Static text.
[[nodiscard]] std::span<const std::string_view> operation_names();

// The JSON Schema (draft-07) of an operation's request; empty when there is no
// such operation. Static text.
[[nodiscard]] std::string_view schema_text(std::string_view operation);

// The version of this library, such as "0.1.0".
[[nodiscard]] std::string_view version();

}  // namespace connect_lint

#endif  // CONNECT_LINT_CONNECT_LINT_LINT_H_
