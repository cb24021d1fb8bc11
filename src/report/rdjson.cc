// Reviewdog's diagnostic format: one JSON document. Its columns count bytes.
#include <connect_lint/lint.h>

#include <algorithm>
#include <cstdint>
#include <iterator>
#include <vector>

#include "report/json_dump.h"
#include "report/reporter.h"
#include "report/written.h"

namespace connect_lint {
namespace {

// Where the lines of a file begin.
class Lines {
 public:
  explicit Lines(const FileReport& file) : first_number_(file.line > 0 ? file.line : 1) {
    for (std::size_t at = file.text.find('\n'); at != file.text.npos; at = file.text.find('\n', at + 1)) begins_.push_back(static_cast<std::uint32_t>(at + 1));
  }

  [[nodiscard]] Json range(std::uint32_t begin, std::uint32_t end) const { return {{"start", position(begin)}, {"end", position(end)}}; }

 private:
  [[nodiscard]] Json position(std::uint32_t offset) const {
    const auto line = std::prev(std::upper_bound(begins_.begin(), begins_.end(), offset));
    return {{"line", first_number_ + static_cast<std::uint64_t>(line - begins_.begin())}, {"column", offset - *line + 1}};
  }

  std::uint64_t first_number_;  // A line of a stream is a text of its own.
  std::vector<std::uint32_t> begins_ = {0};
};

class RdjsonReporter final : public Reporter {
 public:
  explicit RdjsonReporter(Output& out) : out_(out) {}

  void begin() override { out_.print("{{\"source\":{{\"name\":\"connect-lint\"}},\"diagnostics\":["); }
  void file(const FileReport& file) override {
    if (file.report.diagnostics.empty()) return;
    const Lines lines(file);
    for (const Diagnostic& found : file.report.diagnostics) {
      Json json = {{"message", message_with_help(found)}, {"location", {{"path", file.file}}}};
      if (found.place) json["location"]["range"] = lines.range(found.place->begin, found.place->end);
      json["severity"] = found.severity == Severity::Error ? "ERROR" : found.severity == Severity::Warning ? "WARNING" : "INFO";
      json["code"] = {{"value", found.id}};
      // Each suggestion is taken or left by itself.
      if (found.fix && found.fix->edits.size() == 1) {
        const Edit& edit = found.fix->edits[0];
        json["suggestions"].push_back({{"range", lines.range(edit.begin, edit.end)}, {"text", edit.text}});
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
