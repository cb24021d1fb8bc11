// The JSON report (schemas/report.json), whole or a line for each file.
#include <connect_lint/lint.h>

#include "report/json_dump.h"
#include "report/reporter.h"

namespace connect_lint {
namespace {

Json to_json(const Place& place) {
  return {{"begin", place.begin},       {"end", place.end},           {"line", place.line},
          {"column", place.column},     {"end_line", place.end_line}, {"end_column", place.end_column}};
}

Json to_json(const Related& related) {
  Json json = Json::object();
  if (!related.file.empty()) json["file"] = related.file;
  json["pointer"] = related.pointer;
  json["path"] = related.path;
  if (related.place) json["span"] = to_json(*related.place);
  json["message"] = related.message;
  return json;
}

Json to_json(const Fix& fix) {
  Json edits = Json::array();
  for (const Edit& edit : fix.edits)
    edits.push_back({{"begin", edit.begin}, {"end", edit.end}, {"text", edit.text}});
  return {{"safe", fix.safe}, {"edits", std::move(edits)}};
}

Json to_json(const Diagnostic& found) {
  Json json = {{"id", found.id},
               {"severity", name_of(found.severity)},
               {"certainty", name_of(found.certainty)},
               {"message", found.message},
               {"pointer", found.pointer},
               {"path", found.path},
               {"mark", name_of(found.mark)}};
  if (found.place) json["span"] = to_json(*found.place);
  if (!found.related.empty()) {
    Json& related = json["related"] = Json::array();
    for (const Related& one : found.related) related.push_back(to_json(one));
  }
  if (!found.help.empty()) json["help"] = found.help;
  if (!found.source.empty()) json["source"] = found.source;
  if (found.fix) json["fix"] = to_json(*found.fix);
  return json;
}

// Writes files. A clean one is put together here: nlohmann's values take longer
// than the check.
class FileWriter {
 public:
  explicit FileWriter(Output& out) : out_(out) {}

  void write(const FileReport& file) {
    if (quoted_.empty() || name_ != file.file) {
      name_ = file.file;
      quoted_ = dump(Json(name_));
    }
    out_.write("{\"file\":");
    out_.write(quoted_);
    if (file.line > 0) out_.print(",\"line\":{}", file.line);
    out_.print(",\"status\":\"{}\",\"requests\":[", name_of(file.report.status));
    std::string_view comma;
    for (const RequestInfo& request : file.report.requests) {
      out_.print("{}{{\"pointer\":{},\"operation\":\"{}\",\"dialect\":\"{}\",\"recognised_by\":\"{}\"}}", comma,
                 request.pointer.empty() ? "\"\"" : dump(Json(request.pointer)), request.operation, name_of(request.dialect),
                 name_of(request.recognised_by));
      comma = ",";
    }
    out_.write("],\"diagnostics\":[");
    comma = {};
    for (const Diagnostic& found : file.report.diagnostics) {
      out_.write(comma);
      out_.write(dump(to_json(found)));
      comma = ",";
    }
    out_.write("]");
    if (file.report.left_out > 0) out_.print(",\"left_out\":{}", file.report.left_out);
    if (!file.report.note.empty()) out_.print(",\"note\":{}", dump(Json(file.report.note)));
    out_.write("}");
  }

 private:
  Output& out_;
  std::string name_;
  std::string quoted_;  // `name_` as JSON.
};

class JsonReporter final : public Reporter {
 public:
  explicit JsonReporter(Output& out) : out_(out), files_(out) {}

  void begin() override {
    out_.print("{{\"format\":\"connect-lint-report/1\",\"version\":\"{}\",\"files\":[", version());
  }
  void file(const FileReport& file) override {
    out_.write(first_ ? "\n" : ",\n");
    files_.write(file);
    first_ = false;
  }
  void end(const Summary& summary) override {
    Json json = {{"files", summary.files},           {"checked", summary.checked},
                       {"skipped", summary.skipped},       {"unreadable", summary.unreadable},
                       {"errors", summary.errors},         {"warnings", summary.warnings},
                       {"infos", summary.infos}};
    if (summary.suppressed > 0) json["suppressed"] = summary.suppressed;
    if (summary.known > 0) json["known"] = summary.known;
    out_.print("\n],\"summary\":{}}}\n", dump(json));
  }

 private:
  Output& out_;
  FileWriter files_;
  bool first_ = true;
};

class JsonLinesReporter final : public Reporter {
 public:
  explicit JsonLinesReporter(Output& out) : out_(out), files_(out) {}
  void file(const FileReport& file) override {
    files_.write(file);
    out_.write("\n");
  }

 private:
  Output& out_;
  FileWriter files_;
};

}  // namespace

std::unique_ptr<Reporter> make_json_reporter(Output& out, const ReporterOptions&) {
  return std::make_unique<JsonReporter>(out);
}
std::unique_ptr<Reporter> make_jsonl_reporter(Output& out, const ReporterOptions&) {
  return std::make_unique<JsonLinesReporter>(out);
}

}  // namespace connect_lint
