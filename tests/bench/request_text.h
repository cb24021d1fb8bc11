// The requests that the benchmarks check, read from the folder that
// make_requests.py filled.
//
//   const std::string text = read_request("build/bench/requests", "small.json");
//   const connect_lint::Linter linter;
//   check_clean(linter, text, "");
#ifndef CONNECT_LINT_BENCH_REQUEST_TEXT_H_
#define CONNECT_LINT_BENCH_REQUEST_TEXT_H_

#include <connect_lint/lint.h>

#include <string>
#include <string_view>
#include <vector>

namespace connect_lint::bench {

// The operation of all requests that are measured by calls.
inline constexpr std::string_view kOperation = "CreateIntegrationWorkflow";

// A file's bytes. Ends the program with a message when it cannot be read.
[[nodiscard]] std::string read_request(const std::string& directory, const std::string& name);
// Those of a folder, by name.
[[nodiscard]] std::vector<std::string> read_requests(const std::string& directory);

// True when a call checked the text and found nothing. `operation`: empty to
// have it recognised. Allocates nothing itself.
[[nodiscard]] inline bool is_clean(const Linter& linter, std::string_view text, std::string_view operation) {
  CheckOptions options;
  options.operation = operation;
  const Report report = linter.check(text, options);
  return report.status == Status::Checked && report.requests.size() == 1 && report.findings() == 0;
}

}  // namespace connect_lint::bench

#endif  // CONNECT_LINT_BENCH_REQUEST_TEXT_H_
