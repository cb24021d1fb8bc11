// Check Amazon Connect Customer Profiles requests before they are sent.
//
//   #include <connect_lint/lint.h>
//
//   const connect_lint::Linter linter;
//   const connect_lint::Report report = linter.check("PutIntegration", R"({"DomainName": "sales"})");
//   for (const connect_lint::Diagnostic& found : report.diagnostics)
//     std::printf("%s: %s [%s]\n", found.path.c_str(), found.message.c_str(), found.id.c_str());
//   if (report.errors > 0) std::puts("the request is not sent");
//
// A Linter is immutable: share one among any number of threads, by reference or
// as a copy. It prints nothing, opens no file but those of LinterOptions, reads no
// environment variable, clock or locale, installs no signal handler, starts no thread, and throws
// nothing for what a text holds; std::bad_alloc is the only exception that can
// leave its functions. `errno` may be changed.
//
// Further doors: <connect_lint/json.h> for a ready nlohmann::json,
// <connect_lint/aws.h> for a request of the AWS SDK for C++, and
// <connect_lint/connect_lint.h> for C.
#ifndef CONNECT_LINT_CONNECT_LINT_LINT_H_
#define CONNECT_LINT_CONNECT_LINT_LINT_H_

#include <connect_lint/diagnostic.h>
#include <connect_lint/version.h>

#include <cstdint>
#include <initializer_list>
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
  std::string_view operation = {};
  // The dialect. Unset: recognised.
  std::optional<Dialect> dialect = {};
  // JSON or YAML. Unset: by the ending of `file_name` (.json, .yaml, .yml), and
  // where that tells nothing by the text: what begins with a bracket is JSON.
  std::optional<Syntax> syntax = {};
  // Evidence for the operation ("put-integration-sales.json"); never opened.
  std::string_view file_name = {};
  // Findings below this severity are not described.
  Severity least = Severity::Info;
  // Findings below both this and `least` are not looked for. Unset: as `least`.
  std::optional<Severity> least_counted = {};
  // The present time in seconds since 1970. Rules that need it do not run
  // without, so that the same text gives the same report tomorrow.
  std::optional<std::int64_t> now = {};
  // Also collect what has to be different in all files: Report::unique_values.
  bool across_files = false;
  // False: findings carry paths only. For a text that was made for this call and
  // that nobody sees: places and fixes would point into it.
  bool places = true;
  Limits limits = {};
};

// A member that travels in the URI or in the query string of a request.
struct UriMember {
  std::string_view name;   // As the API documentation spells it: "DomainName", "MaxResults".
  std::string_view value;  // As text, without percent-encoding: "sales", "25".
};

class CONNECT_LINT_API Linter {
 public:
  // With the built-in schemas and rules. Cheap: nothing is loaded or compiled.
  Linter();
  // With options. Look at ok() before use.
  explicit Linter(const LinterOptions& options);
  // Copies share everything, also the memory that calls leave for later ones.
  Linter(const Linter&) = default;
  Linter& operator=(const Linter&) = default;
  ~Linter();

  // False when the options' files could not be loaded; error() says why.
  // check() then reports every text as unreadable.
  [[nodiscard]] bool ok() const;
  [[nodiscard]] const std::string& error() const;

  // Checks one JSON or YAML text (UTF-8, one value); which request it is for is recognised
  // unless the options tell. Safe from many threads at once. The text is only
  // read during the call. Allocates nothing after the first calls when a text has no findings.
  [[nodiscard]] Report check(std::string_view text, const CheckOptions& options = {}) const;

  // The same for a text that is known to be for `operation` ("PutIntegration").
  // A name that is none is a finding.
  [[nodiscard]] Report check(std::string_view operation, std::string_view text, CheckOptions options = {}) const {
    options.operation = operation;
    return check(text, options);
  }

  // Checks what a client is about to send: the JSON body (empty where there is
  // none) together with the members that travel elsewhere. Times are numbers
  // here; `dialect` and `syntax` of the options are not looked at. Findings
  // about members of the URI have a path, such as $['DomainName'], and no place.
  // When the body is no JSON object, or holds a member that belongs into the
  // URI, the body alone is checked.
  [[nodiscard]] Report check_body(std::string_view operation, std::string_view body,
                                  std::span<const UriMember> uri_members, CheckOptions options = {}) const;
  [[nodiscard]] Report check_body(std::string_view operation, std::string_view body,
                                  std::initializer_list<UriMember> uri_members, const CheckOptions& options = {}) const {
    return check_body(operation, body, std::span(uri_members.begin(), uri_members.size()), options);
  }

 private:
  struct State;
  std::shared_ptr<State> state_;  // Never null; what changes in it is guarded.
};

// What has to be different in all files of a run, such as the names of flows.
// Give it every report, in the order of the files; not safe from several threads.
class CONNECT_LINT_API AcrossFiles {
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
[[nodiscard]] CONNECT_LINT_API std::span<const std::string_view> operation_names();

// The JSON Schema (draft-07) of an operation's request; empty when there is no
// such operation. Static text.
[[nodiscard]] CONNECT_LINT_API std::string_view schema_text(std::string_view operation);

// The version of this library, such as "0.1.0".
[[nodiscard]] CONNECT_LINT_API std::string_view version();

}  // namespace connect_lint

#endif  // CONNECT_LINT_CONNECT_LINT_LINT_H_
