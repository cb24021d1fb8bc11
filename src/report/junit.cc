// JUnit's XML: a test suite for each file, a failed test case for each finding,
// one that passes for a file without.
#include <connect_lint/lint.h>

#include <algorithm>

#include "report/reporter.h"
#include "report/written.h"

namespace connect_lint {
namespace {

class JunitReporter final : public Reporter {
 public:
  explicit JunitReporter(Output& out) : out_(out) {}

  void begin() override { out_.write("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites name=\"connect-lint\">\n"); }
  void file(const FileReport& file) override {
    const auto& diagnostics = file.report.diagnostics;
    const bool skipped = diagnostics.empty() && file.report.status == Status::Skipped;
    const std::string name = xml(name_text(file));
    out_.print("<testsuite name=\"{}\" tests=\"{}\" failures=\"{}\" skipped=\"{}\">\n", name, std::max<std::size_t>(diagnostics.size(), 1), diagnostics.size(),
               skipped ? 1 : 0);
    if (diagnostics.empty()) {
      out_.print("<testcase classname=\"{}\" name=\"no findings\"", name);
      if (skipped) {
        out_.print("><skipped message=\"{}\"/></testcase>\n", xml(file.report.note));
      } else {
        out_.write("/>\n");
      }
    }
    for (const Diagnostic& found : diagnostics) {
      const std::string place = xml(place_text(file.file, found.place));
      out_.print("<testcase classname=\"{}\" name=\"{} at {}\" file=\"{}\"", name, xml(found.id), xml(found.path), xml(file.file));
      if (found.place) out_.print(" line=\"{}\"", found.place->line);
      out_.print("><failure type=\"{}\" message=\"{}\">{}: {}: {} [{}]</failure></testcase>\n", name_of(found.severity), xml(found.message), place,
                 name_of(found.severity), xml(message_with_help(found)), xml(found.id));
    }
    out_.write("</testsuite>\n");
  }
  void end(const Summary&) override { out_.write("</testsuites>\n"); }

 private:
  Output& out_;
};

}  // namespace

std::unique_ptr<Reporter> make_junit_reporter(Output& out, const ReporterOptions&) { return std::make_unique<JunitReporter>(out); }

}  // namespace connect_lint
