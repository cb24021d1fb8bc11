// Reviewdog's diagnostic format: one JSON document. Its columns count bytes.
#include <connect_lint/lint.h>

#include "report/json_dump.h"
#include "report/reporter.h"
#include "report/written.h"

namespace connect_lint {
namespace {

Json position(const FileReport& file, std::uint32_t offset) {
  return {{"line", line_of(file, offset)}, {"column", byte_column(file.text, offset)}};
}

Json range(const FileReport& file, std::uint32_t begin, std::uint32_t end) { return {{"start", position(file, begin)}, {"end", position(file, end)}}; }

class RdjsonReporter final : public Reporter {
 public:
  explicit RdjsonReporter(Output& out) : out_(out) {}

  void begin() override { out_.print("{{\"source\":{{\"name\":\"connect-lint\"}},\"diagnostics\":["); }
  void file(const FileReport& file) override {
    for (const Diagnostic& found : file.report.diagnostics) {
      Json json = {{"message", message_with_help(found)}, {"location", {{"path", file.file}}}};
      if (found.place) json["location"]["range"] = range(file, found.place->begin, found.place->end);
      json["severity"] = found.severity == Severity::Error ? "ERROR" : found.severity == Severity::Warning ? "WARNING" : "INFO";
      json["code"] = {{"value", found.id}};
      // Each suggestion is taken or left by itself.
      if (found.fix && found.fix->edits.size() == 1) {
        const Edit& edit = found.fix->edits[0];
        json["suggestions"].push_back({{"range", range(file, edit.begin, edit.end)}, {"text", edit.text}});
      }
      out_.print("{}\n{}", first_ ? "" : ",", dump(json));
      first_ = false;
    }
  }
  void end(const Summary&) override { out_.write("\n]}\n"); }

 private:
  Output& out_;
  bool first_ = true;
};

}  // namespace

std::unique_ptr<Reporter> make_rdjson_reporter(Output& out, const ReporterOptions&) { return std::make_unique<RdjsonReporter>(out); }

}  // namespace connect_lint
