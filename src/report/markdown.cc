// A table for the summary of a job.
#include <connect_lint/lint.h>

#include "report/reporter.h"
#include "report/written.h"

namespace connect_lint {
namespace {

// Of a table's cell: code between backticks stays code, nothing else is markup.
std::string cell(std::string_view text) {
  std::string written;
  bool code = false;
  for (const char c : text) {
    if (c == '`') code = !code;
    if (c == '|' || (!code && (c == '\\' || c == '*' || c == '_' || c == '[' || c == ']' || c == '~' || c == '#'))) written += '\\';
    if (c == '<' && !code) {
      written += "&lt;";
    } else if (c == '&' && !code) {
      written += "&amp;";
    } else {
      written += c == '\n' ? ' ' : c;
    }
  }
  return written;
}

class MarkdownReporter final : public Reporter {
 public:
  explicit MarkdownReporter(Output& out) : out_(out) {}

  void begin() override { out_.write("## connect-lint\n\n"); }
  void file(const FileReport& file) override {
    for (const Diagnostic& found : file.report.diagnostics) {
      if (!any_) out_.write("| | place | finding | id |\n|---|---|---|---|\n");
      any_ = true;
      out_.print("| {} | {} | {} | `{}` |\n", name_of(found.severity), cell(place_text(file.file, found.place)), cell(message_with_help(found)), found.id);
    }
    left_out_ += file.report.left_out;
  }
  void end(const Summary& summary) override {
    if (any_) out_.write("\n");
    if (left_out_ > 0) out_.print("{} more findings are not shown.\n\n", left_out_);
    out_.print("{} of {} files checked: {}.\n", summary.checked, summary.files, counts_text(summary.errors, summary.warnings, summary.infos));
  }

 private:
  Output& out_;
  bool any_ = false;
  std::uint64_t left_out_ = 0;
};

}  // namespace

std::unique_ptr<Reporter> make_markdown_reporter(Output& out, const ReporterOptions&) { return std::make_unique<MarkdownReporter>(out); }

}  // namespace connect_lint
