// Checking a stream: a request or an envelope a line (NDJSON), a result a line,
// in the same order, by several threads, in bounded memory.
#ifndef CONNECT_LINT_CLI_CHECK_STREAM_H_
#define CONNECT_LINT_CLI_CHECK_STREAM_H_

#include <connect_lint/lint.h>

#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>

#include "lint/linter.h"
#include "report/reporter.h"

namespace connect_lint {

// Every N-th line or file, from the K-th on: --shard K/N.
struct Shard {
  std::uint64_t number = 1;
  std::uint64_t of = 1;
  // `index` is 1-based.
  [[nodiscard]] bool has(std::uint64_t index) const { return (index - 1) % of == number - 1; }
};

// What came out of some lines.
struct StreamPart {
  Summary summary;
  std::uint64_t lines_read = 0;
  std::string out;         // What the format prints, where its files stand apart.
  std::string note;        // Why a line was skipped, for the first that was.
  std::string verbose;     // What each line was taken for.
};

struct StreamChecks {
  // Checks the line in the workspace. By several threads at once.
  std::function<Report(Workspace& workspace, const CheckOptions& options)> check;
  const CheckOptions& options;  // Without the file's name.
  int descriptor;               // What is read,
  std::string_view name;        // and what it is called.
  Shard shard;
  std::size_t jobs = 1;
  const Format* format;  // Null, or one whose files stand apart.
  ReporterOptions reporter_options;
  bool verbose = false;
  // By one thread at a time, in order; false ends the run.
  std::function<bool(const StreamPart& part)> deliver;
  // Likewise without a format: each line, before its part.
  std::function<void(const FileReport& line)> report;
  // When there is nothing to do but to wait: what was delivered should be seen.
  std::function<void()> pause;
};

// Gives why reading ended before the end; empty when it did not.
[[nodiscard]] std::string check_stream(const StreamChecks& checks);

// A line to tell what a report is about: "x.json: PutIntegration, dialect input, recognised by members".
[[nodiscard]] std::string verbose_text(const FileReport& file);

}  // namespace connect_lint

#endif  // CONNECT_LINT_CLI_CHECK_STREAM_H_
