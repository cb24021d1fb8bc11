// Checkstyle's XML. The source of a finding is `connect-lint.family/bad-thing`.
#include <connect_lint/lint.h>

#include "report/reporter.h"
#include "report/written.h"

namespace connect_lint {
namespace {

class CheckstyleReporter final : public Reporter {
 public:
  explicit CheckstyleReporter(Output& out) : out_(out) {}

  void begin() override { out_.write("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<checkstyle version=\"4.3\">\n"); }
  void file(const FileReport& file) override {
    if (file.report.diagnostics.empty()) return;
    out_.print("<file name=\"{}\">\n", xml(file.file));
    for (const Diagnostic& found : file.report.diagnostics) {
      out_.write("<error");
      if (found.place) out_.print(" line=\"{}\" column=\"{}\"", found.place->line, found.place->column);
      out_.print(" severity=\"{}\" message=\"{}\" source=\"connect-lint.{}\"/>\n", name_of(found.severity), xml(message_with_help(found)), xml(found.id));
    }
    out_.write("</file>\n");
  }
  void end(const Summary&) override { out_.write("</checkstyle>\n"); }

 private:
  Output& out_;
};

}  // namespace

std::unique_ptr<Reporter> make_checkstyle_reporter(Output& out, const ReporterOptions&) { return std::make_unique<CheckstyleReporter>(out); }

}  // namespace connect_lint
