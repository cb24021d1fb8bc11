// How the parts of a finding are written in several formats.
#ifndef CONNECT_LINT_REPORT_WRITTEN_H_
#define CONNECT_LINT_REPORT_WRITTEN_H_

#include <connect_lint/diagnostic.h>

#include <cstdint>
#include <map>
#include <string>
#include <string_view>

#include "report/reporter.h"

namespace connect_lint {

// For XML text and attributes between double quotes. What XML cannot hold becomes U+FFFD.
[[nodiscard]] std::string xml(std::string_view text);

// A file name as the reference of a URI: relative for a relative one.
[[nodiscard]] std::string uri_of(std::string_view file);

// The message, and the advice after a semicolon.
[[nodiscard]] std::string message_with_help(const Diagnostic& found);

// Fingerprints of findings: the same for one that only moved to another line,
// different for all of one run.
class Fingerprints {
 public:
  [[nodiscard]] std::string of(const FileReport& file, const Diagnostic& found);

 private:
  std::map<std::string, std::uint32_t> seen_;
};

}  // namespace connect_lint

#endif  // CONNECT_LINT_REPORT_WRITTEN_H_
