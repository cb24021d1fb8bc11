// GitLab's code quality report: Code Climate's issues, as a JSON array.
#include <connect_lint/lint.h>

#include "report/json_dump.h"
#include "report/reporter.h"
#include "report/written.h"

namespace connect_lint {
namespace {

std::string_view severity_of(Severity severity) { return severity == Severity::Info ? "info" : severity == Severity::Warning ? "minor" : "major"; }

class GitlabReporter final : public Reporter {
 public:
  explicit GitlabReporter(Output& out) : out_(out) {}

  void begin() override { out_.write("["); }
  void file(const FileReport& file) override {
    std::string_view path = file.file;
    while (path.starts_with("./")) path.remove_prefix(2);
    for (const Diagnostic& found : file.report.diagnostics) {
      // A finding without a place is about the file: GitLab wants a line all the same.
      const Place place = found.place.value_or(Place{0, 0, 1, 1, 1, 1});
      const Json issue = {{"type", "issue"},
                          {"check_name", found.id},
                          {"description", message_with_help(found)},
                          {"categories", {"Bug Risk"}},
                          {"severity", severity_of(found.severity)},
                          {"fingerprint", fingerprints_.of(file, found)},
                          {"location",
                           {{"path", path},
                            {"positions",
                             {{"begin", {{"line", place.line}, {"column", place.column}}},
                              {"end", {{"line", place.end_line}, {"column", place.end_column}}}}}}}};
      out_.print("{}\n{}", first_ ? "" : ",", dump(issue));
      first_ = false;
    }
  }
  void end(const Summary&) override { out_.write("\n]\n"); }

 private:
  Output& out_;
  Fingerprints fingerprints_;
  bool first_ = true;
};

}  // namespace

std::unique_ptr<Reporter> make_gitlab_reporter(Output& out, const ReporterOptions&) { return std::make_unique<GitlabReporter>(out); }

}  // namespace connect_lint
