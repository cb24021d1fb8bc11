// Reports of many files, in one of several formats.
#ifndef CONNECT_LINT_REPORT_REPORTER_H_
#define CONNECT_LINT_REPORT_REPORTER_H_

#include <connect_lint/diagnostic.h>

#include <cstdint>
#include <functional>
#include <memory>
#include <span>
#include <string>
#include <string_view>

#include "report/output.h"

namespace connect_lint {

// What was found in one file. `text` is for excerpts; it may be empty.
struct FileReport {
  std::string_view file;
  const Report& report;
  std::string_view text;
  // In a stream the report is about this line (1-based), and `text` is the line:
  // the places' lines are those of the stream, their offsets those of the line.
  std::uint64_t line = 0;
};

// Of a whole run.
struct Summary {
  std::uint64_t files = 0;
  std::uint64_t checked = 0;
  std::uint64_t skipped = 0;
  std::uint64_t unreadable = 0;
  std::uint64_t errors = 0;
  std::uint64_t warnings = 0;
  std::uint64_t infos = 0;
  std::uint64_t suppressed = 0;
  std::uint64_t known = 0;  // Of a baseline.

  void add(const Report& report);
  void add(const Summary& other);
};

// What is known of an id, for reports that explain. Views of static text or of rules.
struct FindingWords {
  std::string_view summary;      // One line.
  std::string_view explanation;  // Why it is a mistake.
  std::string_view help;         // What to do; may be empty.
  std::string_view source;       // Where the fact comes from; may be empty.
  std::string_view wrong = {};   // A small example; may be empty,
  std::string_view right = {};   // and the same without the mistake.
};

struct ReporterOptions {
  bool colour = false;
  std::function<FindingWords(std::string_view id)> explain = {};  // May be empty.
};

// Gets the files in order. Not for several threads.
class Reporter {
 public:
  virtual ~Reporter() = default;
  virtual void begin() {}
  virtual void file(const FileReport& file) = 0;
  virtual void end(const Summary&) {}
};

struct Format {
  std::string_view name;
  std::string_view summary;
  std::unique_ptr<Reporter> (*make)(Output& out, const ReporterOptions& options);
  // Nothing stands before, between and behind the files: they may be reported by
  // several reporters, and what those wrote be put together.
  bool apart = false;
};

// All formats, sorted by name.
[[nodiscard]] std::span<const Format> formats();
[[nodiscard]] const Format* find_format(std::string_view name);

// One per file of this folder.
std::unique_ptr<Reporter> make_checkstyle_reporter(Output& out, const ReporterOptions& options);
std::unique_ptr<Reporter> make_concise_reporter(Output& out, const ReporterOptions& options);
std::unique_ptr<Reporter> make_github_reporter(Output& out, const ReporterOptions& options);
std::unique_ptr<Reporter> make_gitlab_reporter(Output& out, const ReporterOptions& options);
std::unique_ptr<Reporter> make_html_reporter(Output& out, const ReporterOptions& options);
std::unique_ptr<Reporter> make_json_reporter(Output& out, const ReporterOptions& options);
std::unique_ptr<Reporter> make_jsonl_reporter(Output& out, const ReporterOptions& options);
std::unique_ptr<Reporter> make_junit_reporter(Output& out, const ReporterOptions& options);
std::unique_ptr<Reporter> make_markdown_reporter(Output& out, const ReporterOptions& options);
std::unique_ptr<Reporter> make_rdjson_reporter(Output& out, const ReporterOptions& options);
std::unique_ptr<Reporter> make_sarif_reporter(Output& out, const ReporterOptions& options);
std::unique_ptr<Reporter> make_text_reporter(Output& out, const ReporterOptions& options);

// "accounts.json:31:11"; only the name without a place.
[[nodiscard]] std::string place_text(std::string_view file, const std::optional<Place>& place);

// The name of what a report is about, for a terminal: "requests.ndjson:17" for a line of a stream.
[[nodiscard]] std::string name_text(const FileReport& file);

// "2 errors, 1 warning"; "no errors".
[[nodiscard]] std::string counts_text(std::uint64_t errors, std::uint64_t warnings, std::uint64_t infos);

}  // namespace connect_lint

#endif  // CONNECT_LINT_REPORT_REPORTER_H_
