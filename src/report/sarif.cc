// SARIF 2.1.0 (OASIS): one run, whose rules are those that found something.
#include <connect_lint/lint.h>

#include <map>
#include <vector>

#include "report/json_dump.h"
#include "report/reporter.h"
#include "report/written.h"

namespace connect_lint {
namespace {

std::string_view level_of(Severity severity) { return severity == Severity::Info ? "note" : name_of(severity); }

Json artifact(std::string_view file) {
  Json json = {{"uri", uri_of(file)}};
  if (!file.starts_with('/')) json["uriBaseId"] = "SRCROOT";
  return json;
}

Json region(const Place& place) {
  return {{"startLine", place.line},   {"startColumn", place.column}, {"endLine", place.end_line},
          {"endColumn", place.end_column}, {"byteOffset", place.begin},   {"byteLength", place.end - place.begin}};
}

Json logical(std::string_view path, Mark mark) { return {{"fullyQualifiedName", path}, {"kind", mark == Mark::Key ? "member" : "value"}}; }

// `place` may be unset: the finding is about the whole file.
Json location(std::string_view file, const std::optional<Place>& place) {
  Json json = {{"physicalLocation", {{"artifactLocation", artifact(file)}}}};
  if (place) json["physicalLocation"]["region"] = region(*place);
  return json;
}

// Offsets of a stream's line are the line's, so they say nothing about the file.
Json without_offsets(Json json) {
  if (json.contains("region")) {
    json["region"].erase("byteOffset");
    json["region"].erase("byteLength");
  }
  return json;
}

class SarifReporter final : public Reporter {
 public:
  SarifReporter(Output& out, const ReporterOptions& options) : out_(out), options_(options) {}

  void begin() override {
    out_.write("{\"$schema\":\"https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json\",\"version\":\"2.1.0\",\"runs\":[{\"results\":[");
  }

  void file(const FileReport& file) override {
    for (const Diagnostic& found : file.report.diagnostics) {
      out_.print("{}\n{}", first_ ? "" : ",", dump(result(file, found)));
      first_ = false;
    }
    if (file.report.left_out > 0)
      notes_.push_back({{"level", "note"}, {"message", {{"text", fmt::format("{}: {} more findings are not shown", name_text(file), file.report.left_out)}}}});
  }

  void end(const Summary&) override {
    Json rules = Json::array();
    for (const std::string& id : ids_) rules.push_back(rule(id));
    const Json driver = {{"name", "connect-lint"},
                         {"version", version()},
                         {"semanticVersion", version()},
                         {"rules", std::move(rules)}};
    Json invocation = {{"executionSuccessful", true}};
    if (!notes_.empty()) invocation["toolExecutionNotifications"] = std::move(notes_);
    out_.print("\n],\"columnKind\":\"unicodeCodePoints\",\"originalUriBaseIds\":{{\"SRCROOT\":{{\"description\":{{\"text\":\"where connect-lint was run\"}}}}}},"
               "\"invocations\":[{}],\"tool\":{{\"driver\":{}}}}}]}}\n",
               dump(invocation), dump(driver));
  }

 private:
  Json result(const FileReport& file, const Diagnostic& found) {
    Json where = location(file.file, found.place);
    where["logicalLocations"] = Json::array({logical(found.path, found.mark)});
    if (file.line > 0) where["physicalLocation"] = without_offsets(std::move(where["physicalLocation"]));
    Json json = {{"ruleId", found.id},
                 {"ruleIndex", index_of(found.id)},
                 {"level", level_of(found.severity)},
                 {"message", {{"text", message_with_help(found)}}},
                 {"locations", Json::array({std::move(where)})},
                 {"partialFingerprints", {{"connectLint/v1", fingerprints_.of(file, found)}}},
                 {"properties", {{"certainty", name_of(found.certainty)}, {"pointer", found.pointer}}}};
    for (const Related& related : found.related) {
      Json place = location(related.file.empty() ? file.file : std::string_view(related.file), related.place);
      place["logicalLocations"] = Json::array({logical(related.path, Mark::Value)});
      place["message"] = {{"text", related.message}};
      if (file.line > 0) place["physicalLocation"] = without_offsets(std::move(place["physicalLocation"]));
      json["relatedLocations"].push_back(std::move(place));
    }
    if (found.fix && file.line == 0) {
      Json replacements = Json::array();
      for (const Edit& edit : found.fix->edits)
        replacements.push_back({{"deletedRegion", {{"byteOffset", edit.begin}, {"byteLength", edit.end - edit.begin}}}, {"insertedContent", {{"text", edit.text}}}});
      json["fixes"] = Json::array({{{"description", {{"text", found.fix->safe ? "safe" : "to be looked at"}}},
                                    {"artifactChanges", Json::array({{{"artifactLocation", artifact(file.file)}, {"replacements", std::move(replacements)}}})}}});
    }
    return json;
  }

  std::size_t index_of(const std::string& id) {
    const auto [found, added] = index_.emplace(id, ids_.size());
    if (added) ids_.push_back(id);
    return found->second;
  }

  [[nodiscard]] Json rule(const std::string& id) const {
    Json json = {{"id", id}};
    const FindingWords words = options_.explain ? options_.explain(id) : FindingWords{};
    if (!words.summary.empty()) json["shortDescription"] = {{"text", words.summary}};
    if (!words.explanation.empty()) json["fullDescription"] = {{"text", words.explanation}};
    std::string help(words.explanation);
    if (!words.help.empty()) help += fmt::format("\nWhat to do: {}\n", words.help);
    if (!words.source.empty()) help += fmt::format("\nSource: {}\n", words.source);
    if (!help.empty()) json["help"] = {{"text", help}};
    return json;
  }

  Output& out_;
  const ReporterOptions options_;
  Fingerprints fingerprints_;
  std::map<std::string, std::size_t> index_;
  std::vector<std::string> ids_;  // In the order in which they were found.
  Json notes_ = Json::array();
  bool first_ = true;
};

}  // namespace

std::unique_ptr<Reporter> make_sarif_reporter(Output& out, const ReporterOptions& options) { return std::make_unique<SarifReporter>(out, options); }

}  // namespace connect_lint
