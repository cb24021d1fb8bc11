// file:line:column: severity: message [id]
#include "report/reporter.h"

namespace connect_lint {
namespace {

class ConciseReporter final : public Reporter {
 public:
  explicit ConciseReporter(Output& out) : out_(out) {}

  void file(const FileReport& file) override {
    for (const Diagnostic& found : file.report.diagnostics)
      out_.print("{}: {}: {} [{}]\n", place_text(file.file, found.place), name_of(found.severity),
                 found.message, found.id);
    if (file.report.left_out > 0)
      out_.print("{}: and {} more\n", name_text(file), file.report.left_out);
  }

 private:
  Output& out_;
};

}  // namespace

std::unique_ptr<Reporter> make_concise_reporter(Output& out, const ReporterOptions&) {
  return std::make_unique<ConciseReporter>(out);
}

}  // namespace connect_lint
