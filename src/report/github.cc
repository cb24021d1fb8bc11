// Workflow commands: GitHub Actions shows each as an annotation of its line.
#include "report/reporter.h"
#include "report/written.h"

namespace connect_lint {
namespace {

// The rest of the line of a command; in front of it, in properties, `:` and `,` mean something, too.
std::string escaped(std::string_view text, bool property) {
  std::string written;
  for (const char c : text) {
    const bool special = c == '%' || c == '\r' || c == '\n' || (property && (c == ':' || c == ','));
    written += special ? fmt::format("%{:02X}", static_cast<unsigned char>(c)) : std::string(1, c);
  }
  return written;
}

std::string_view command_for(Severity severity) { return severity == Severity::Info ? "notice" : severity == Severity::Warning ? "warning" : "error"; }

class GithubReporter final : public Reporter {
 public:
  explicit GithubReporter(Output& out) : out_(out) {}

  void file(const FileReport& file) override {
    for (const Diagnostic& found : file.report.diagnostics) {
      out_.print("::{} file={}", command_for(found.severity), escaped(file.file, true));
      if (found.place) {
        out_.print(",line={},col={}", found.place->line, found.place->column);
        // Columns of an end are shown only where it is on the same line.
        if (found.place->end_line == found.place->line) out_.print(",endLine={},endColumn={}", found.place->end_line, found.place->end_column);
      }
      out_.print(",title={}::{}\n", escaped(found.id, true), escaped(message_with_help(found), false));
    }
  }

 private:
  Output& out_;
};

}  // namespace

std::unique_ptr<Reporter> make_github_reporter(Output& out, const ReporterOptions&) { return std::make_unique<GithubReporter>(out); }

}  // namespace connect_lint
