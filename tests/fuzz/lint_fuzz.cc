// Bytes through the whole Linter, the reporters and all fixes. The first byte chooses:
// '0' lets the operation be recognised, '1' to '9' name one; ten further on the
// dialect is `input`, twenty further on `body`; thirty further on the text is
// YAML, sixty further on JSON, else what it looks like; from 150 on the time is
// known and files are compared. The rest is the text: a request in JSON or YAML,
// or a CloudFormation template.
#include <connect_lint/lint.h>

#include <algorithm>
#include <map>
#include <nlohmann/json.hpp>
#include <string>

#include "expect.h"
#include "lint/fixing.h"
#include "report/reporter.h"
#include "utf8_text.h"

namespace connect_lint {
namespace {

using namespace nlohmann::literals;

constexpr std::int64_t kNow = 1'795'824'000;

// A whole report of one file.
std::string reported(std::string_view format, const Report& report, std::string_view text) {
  Output out;
  ReporterOptions options;
  const auto reporter = find_format(format)->make(out, options);
  Summary summary;
  summary.add(report);
  reporter->begin();
  reporter->file({"a.json", report, text});
  reporter->end(summary);
  return out.text();
}

void expect_place(const Place& place, std::string_view text) {
  expect(place.begin <= place.end && place.end <= text.size(), "a place lies in the text");
  expect(place.line >= 1 && place.column >= 1 && place.end_line >= place.line, "lines and columns begin at 1 and go on");
  const auto lines = 1 + std::count(text.begin(), text.end(), '\n');
  expect(place.end_line <= lines, "a line that the text has");
}

void expect_report(const Report& report, std::string_view text, std::uint32_t findings_max) {
  std::uint32_t before = 0;
  for (const Diagnostic& found : report.diagnostics) {
    expect(!found.id.empty() && !found.message.empty() && found.path.starts_with('$'), "an id, a message, a path");
    expect(found.pointer.empty() || found.pointer.starts_with('/'), "a pointer");
    if (found.id == "document/encoding" && !found.place) {
      expect(report.findings() == 1, "UTF-16 is all there is to say");
      continue;
    }
    expect(found.place.has_value(), "a text has places");
    expect_place(*found.place, text);
    expect(before <= found.place->begin, "in the order of the text");
    before = found.place->begin;
    for (const Related& related : found.related)
      if (related.place) expect_place(*related.place, text);
    if (!found.fix) continue;
    std::uint32_t edited = 0;
    for (const Edit& edit : found.fix->edits) {
      expect(edited <= edit.begin && edit.begin <= edit.end && edit.end <= text.size(), "edits lie in the text, in order");
      edited = edit.end;
    }
  }
  expect(report.diagnostics.size() == std::min<std::uint64_t>(report.findings(), findings_max), "all are counted, some described");
  expect(report.status != Status::Unreadable || report.errors > 0, "what is unreadable has an error");
  expect(report.status != Status::Skipped || (report.findings() == 0 && !report.note.empty()), "what is skipped has a reason");
}

// How many findings each has, by where it keeps them.
void expect_formats_of_json(const Report& report, std::string_view text) {
  const nlohmann::json::json_pointer places[] = {"/runs/0/results"_json_pointer, ""_json_pointer, "/diagnostics"_json_pointer};
  const std::string_view formats[] = {"sarif", "gitlab", "rdjson"};
  for (std::size_t i = 0; i < std::size(places); ++i) {
    const auto read = nlohmann::json::parse(reported(formats[i], report, text), nullptr, false);
    expect(!read.is_discarded() && read.at(places[i]).size() == report.diagnostics.size(), "a format in JSON has all findings");
  }
}

void expect_page(const Report& report, std::string_view text) {
  const std::string page = reported("html", report, text);
  expect(is_utf8_text(page), "a page is UTF-8");
  std::size_t articles = 0;
  for (std::size_t at = page.find("<article "); at != page.npos; at = page.find("<article ", at + 1)) ++articles;
  expect(articles == report.diagnostics.size(), "a page has all findings, and no markup but ours");
}

void expect_terminal(const Report& report, std::string_view text) {
  const std::string concise = reported("concise", report, text);
  const std::size_t left_out = report.findings() > report.diagnostics.size() ? 1 : 0;
  expect(static_cast<std::size_t>(std::count(concise.begin(), concise.end(), '\n')) == report.diagnostics.size() + left_out,
         "a line for each finding");
  for (const std::string& shown : {concise, reported("text", report, text)}) {
    expect(std::none_of(shown.begin(), shown.end(), [](char c) { return c >= 0 && c < 0x20 && c != '\n'; }),
           "no control character reaches a terminal");
    expect(is_utf8_text(shown), "text output is UTF-8");
  }
}

void expect_json(const Report& report, std::string_view text, const std::string& json) {
  const auto whole = nlohmann::json::parse(json, nullptr, false);
  expect(!whole.is_discarded() && whole["files"].size() == 1, "a JSON report is JSON");
  const auto line = nlohmann::json::parse(reported("jsonl", report, text), nullptr, false);
  expect(line == whole["files"][0], "both JSON formats say the same");
  expect(line["diagnostics"].size() == report.diagnostics.size(), "all findings are in it");
}

// Some of the formats, by the length of the text: all of them take longer than what they report.
void expect_formats(const Report& report, std::string_view text, const std::string& json) {
  switch (text.size() % 5) {
    case 0: return expect_formats_of_json(report, text);
    case 1: return expect_page(report, text);
    case 2: return expect_terminal(report, text);
    case 3: return expect_json(report, text, json);
    default:
      for (const std::string_view format : {"checkstyle", "github", "junit", "markdown"})
        expect(is_utf8_text(reported(format, report, text)), "every format is UTF-8");
  }
}

// Errors and warnings that have become more, by id: pointers move. Where findings were left out, any may be seen now.
bool has_new_mistakes(const Report& after, const Report& before) {
  if (before.left_out > 0) return false;
  std::map<std::string_view, int> counts;
  for (const Diagnostic& found : before.diagnostics) ++counts[found.id];
  return std::any_of(after.diagnostics.begin(), after.diagnostics.end(),
                     [&](const Diagnostic& found) { return found.severity != Severity::Info && --counts[found.id] < 0; });
}

void expect_fixes(const Linter& linter, const CheckOptions& options, const Report& report, std::string_view text) {
  const auto check = [&](std::string_view changed) { return linter.check(changed, options); };
  const FixedText fixed = fix_text(text, report, Fixes::All, check);
  expect(fixed.fixed > 0 || fixed.text == text, "without a fix a text stays");
  expect(fixed.report.errors <= report.errors && fixed.report.errors + fixed.report.warnings <= report.errors + report.warnings, "no fix makes a mistake");
  expect(!has_new_mistakes(fixed.report, report), "a fixed text has no new finding");
  if (fixed.fixed == 0) return;
  expect_report(linter.check(fixed.text, options), fixed.text, options.limits.findings_max);
  const FixedText again = fix_text(fixed.text, fixed.report, Fixes::All, check);
  expect(again.fixed == 0 && again.text == fixed.text, "fixing twice is fixing once");
}

void run(unsigned char choice, std::string_view text) {
  static const Linter linter;
  const auto operations = operation_names();
  const unsigned number = static_cast<unsigned char>(choice - '0');
  CheckOptions options;
  options.limits.findings_max = number < 100 ? 1000 : 3;
  if (const unsigned operation = number % 10; operation > 0 && operation <= operations.size())
    options.operation = operations[operation - 1];
  if (number / 10 % 3 == 1) options.dialect = Dialect::Input;
  if (number / 10 % 3 == 2) options.dialect = Dialect::Body;
  if (number / 30 % 3 == 1) options.syntax = Syntax::Yaml;
  if (number / 30 % 3 == 2) options.syntax = Syntax::Json;
  if (number >= 150) options.now = kNow;
  options.across_files = number >= 150;

  const Report report = linter.check(text, options);
  expect_report(report, text, options.limits.findings_max);
  const std::string json = reported("json", report, text);
  expect_formats(report, text, json);
  expect(json == reported("json", linter.check(text, options), text), "the same twice");
  expect_fixes(linter, options, report, text);
}

}  // namespace
}  // namespace connect_lint

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size > 0) connect_lint::run(data[0], {reinterpret_cast<const char*>(data) + 1, size - 1});
  return 0;
}
