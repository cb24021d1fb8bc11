// file:line:column: severity: message [id]
#include "report/reporter.h"

namespace connect_lint {
namespace {

class ConciseReporter final : public Reporter {
 public:
  ConciseReporter(Output& out, const ReporterOptions& options) : out_(out), options_(options) {}

  void file(const FileReport& file) override {
    for (const Diagnostic& found : file.report.diagnostics) {
      if (found.severity < options_.show) continue;
      out_.print("{}: {}: {} [{}]\n", place_text(file.file, found.place), name_of(found.severity),
                 found.message, found.id);
    }
    if (const std::uint64_t more = findings_left_out(file.report); more > 0)
      out_.print("{}: and {} more\n", place_text(file.file, {}), more);
  }

 private:
  Output& out_;
  const ReporterOptions options_;
};

}  // namespace

std::unique_ptr<Reporter> make_concise_reporter(Output& out, const ReporterOptions& options) {
  return std::make_unique<ConciseReporter>(out, options);
}

}  // namespace connect_lint
