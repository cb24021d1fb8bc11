// Hostile bytes through the doors of the library: C++, a ready value, a body with members of its URI, and all functions of C, which tell
// what those of C++ do. The first byte chooses the operation; the second one how much of the rest is the value of a member, and
// options: bit 5 leaves out the places, bit 6 describes one finding, bit 7 only errors. What remains is the text.
#include <connect_lint/connect_lint.h>
#include <connect_lint/json.h>
#include <connect_lint/lint.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "expect.h"

namespace connect_lint {
namespace {

using Words = std::vector<std::string>;

Words words_of(const Report& report) {
  Words words;
  for (const Diagnostic& found : report.diagnostics) words.push_back(found.id + ' ' + found.pointer);
  std::sort(words.begin(), words.end());
  return words;
}

bool has_fraction(const nlohmann::ordered_json& value) {
  if (value.is_number_float()) return true;
  if (!value.is_structured()) return false;
  return std::any_of(value.begin(), value.end(), [](const auto& child) { return has_fraction(child); });
}

void try_text(const Linter& linter, std::string_view operation, std::string_view text) {
  CheckOptions options;
  options.syntax = Syntax::Json;
  const Report report = linter.check(operation, text, options);
  options.places = false;
  const Report paths = linter.check(operation, text, options);
  expect(words_of(report) == words_of(paths), "places change no finding");
  for (const Diagnostic& found : report.diagnostics) {
    expect(!found.place || (found.place->begin <= found.place->end && found.place->end <= text.size()), "a place is in the text");
    if (found.id.starts_with("document/")) return;
  }
  const auto value = nlohmann::ordered_json::parse(text, nullptr, false);
  if (value.is_discarded() || has_fraction(value)) return;
  expect(words_of(check_json(linter, operation, value)) == words_of(paths), "a ready value is checked as its text is");
}

Report try_body(const Linter& linter, std::string_view operation, std::string_view body, std::string_view member, const CheckOptions& options) {
  const UriMember members[] = {{"DomainName", member}, {"MaxResults", member}};
  Report report = linter.check_body(operation, body, members, options);
  const std::size_t size = std::max<std::size_t>(body.size(), 2);  // An empty one counts as `{}`.
  for (const Diagnostic& found : report.diagnostics) {
    expect(!found.place || found.place->end <= size, "a place is in the body");
    expect(options.places || (!found.place && !found.fix), "without places there are none");
    if (!found.fix) continue;
    for (const Edit& edit : found.fix->edits) expect(edit.end <= size, "an edit is in the body");
  }
  return report;
}

struct CReport {
  explicit CReport(connect_lint_report* made) : report(made) { expect(report != nullptr, "there is a report"); }
  CReport(const CReport&) = delete;
  CReport& operator=(const CReport&) = delete;
  ~CReport() { connect_lint_report_free(report); }

  connect_lint_report* report;
};

// A report of C tells what one of C++ does.
void expect_same(const CReport& c, const Report& report) {
  expect(connect_lint_status(c.report) == static_cast<int>(report.status), "the same status");
  expect(connect_lint_count(c.report, CONNECT_LINT_ERROR) == report.errors && connect_lint_count(c.report, CONNECT_LINT_WARNING) == report.warnings &&
             connect_lint_count(c.report, CONNECT_LINT_INFO) == report.infos && connect_lint_count(c.report, 3) == 0,
         "the same counts");
  expect(connect_lint_size(c.report) == report.diagnostics.size() && connect_lint_left_out(c.report) == report.left_out, "as many are described");
  expect(connect_lint_note(c.report) == report.note, "the same note");
  expect(connect_lint_operation(c.report) == (report.requests.empty() ? std::string_view() : report.requests[0].operation), "the same operation");
  char* const json = connect_lint_json(c.report, "text");
  const auto parsed = nlohmann::json::parse(json, nullptr, false);
  connect_lint_string_free(json);
  expect(!parsed.is_discarded() && parsed["diagnostics"].size() == report.diagnostics.size(), "the JSON has every finding");
  connect_lint_diagnostic found = CONNECT_LINT_DIAGNOSTIC_INIT;
  std::size_t index = 0;
  for (const Diagnostic& wanted : report.diagnostics) {
    expect(connect_lint_get(c.report, index, &found) == 1, "as many can be asked for");
    expect(found.id == wanted.id && found.path == wanted.path && found.message == wanted.message && found.help == wanted.help && found.source == wanted.source,
           "the same finding");
    expect(found.pointer == wanted.pointer.substr(0, wanted.pointer.find('\0')), "the same pointer, as far as C sees it");
    expect(parsed["diagnostics"][index]["id"] == found.id && parsed["diagnostics"][index]["pointer"] == wanted.pointer, "the JSON tells it, too");
    expect((found.has_place != 0) == wanted.place.has_value(), "a place where there is one");
    if (wanted.place) expect(found.begin == wanted.place->begin && found.end == wanted.place->end && found.line == wanted.place->line, "the same place");
    ++index;
  }
  expect(connect_lint_get(c.report, index, &found) == 0, "no finding more");
}

}  // namespace
}  // namespace connect_lint

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace connect_lint;
  static const Linter linter;
  static connect_lint_linter* const c_linter = connect_lint_new(nullptr, nullptr);
  if (size < 2) return 0;
  const auto names = operation_names();
  const std::string_view operation = names[data[0] % names.size()];
  const char* const c_operation = connect_lint_operation_name(data[0] % names.size());
  expect(c_operation == operation && connect_lint_operation_name(names.size()) == nullptr, "the same operations");
  std::string_view text(reinterpret_cast<const char*>(data) + 2, size - 2);
  const std::string_view member = text.substr(0, std::min<std::size_t>(data[1] % 32, text.size()));
  text.remove_prefix(member.size());

  CheckOptions options;
  connect_lint_options c_options = CONNECT_LINT_OPTIONS_INIT;
  options.least_counted = Severity::Info;
  if (!member.empty()) options.file_name = c_options.file_name = "request.yaml";
  if ((data[1] & 32) != 0) c_options.places = options.places = false;
  if ((data[1] & 64) != 0) c_options.findings_max = options.limits.findings_max = 1;
  if ((data[1] & 128) != 0) {
    options.least = Severity::Error;
    c_options.least = CONNECT_LINT_ERROR;
    options.now = c_options.now = 1'795'824'000;
    c_options.has_now = 1;
  }
  try_text(linter, operation, text);
  expect_same(CReport(connect_lint_check(c_linter, c_operation, text.data(), text.size(), &c_options)), linter.check(operation, text, options));
  expect_same(CReport(connect_lint_check(c_linter, nullptr, text.data(), text.size(), nullptr)), linter.check(text));

  const Report body = try_body(linter, operation, text, member, options);
  const connect_lint_member c_members[] = {{"DomainName", 10, member.data(), member.size()}, {"MaxResults", 10, member.data(), member.size()}};
  expect_same(CReport(connect_lint_check_body(c_linter, c_operation, text.data(), text.size(), c_members, 2, &c_options)), body);
  return 0;
}
