// Hostile bytes through the doors of the library: C++, a ready value, a body with members of its URI, and C. The first byte chooses
// the operation and the second one how much of the rest is the value of a member; what remains is the text.
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

void try_body(const Linter& linter, std::string_view operation, std::string_view body, std::string_view member) {
  const UriMember members[] = {{"DomainName", member}, {"MaxResults", member}};
  const Report report = linter.check_body(operation, body, members);
  const std::size_t size = std::max<std::size_t>(body.size(), 2);  // An empty one counts as `{}`.
  for (const Diagnostic& found : report.diagnostics) {
    expect(!found.place || found.place->end <= size, "a place is in the body");
    if (!found.fix) continue;
    for (const Edit& edit : found.fix->edits) expect(edit.end <= size, "an edit is in the body");
  }
}

void try_c(const connect_lint_linter* linter, const char* operation, std::string_view text, std::string_view member) {
  connect_lint_options options = CONNECT_LINT_OPTIONS_INIT;
  options.file_name = member.empty() ? nullptr : "request.yaml";
  connect_lint_report* const report = connect_lint_check(linter, operation, text.data(), text.size(), &options);
  expect(report != nullptr, "there is a report");
  char* const json = connect_lint_json(report, "text");
  const auto parsed = nlohmann::json::parse(json, nullptr, false);
  expect(!parsed.is_discarded() && parsed["diagnostics"].size() == connect_lint_size(report), "the JSON has every finding");
  connect_lint_diagnostic found = CONNECT_LINT_DIAGNOSTIC_INIT;
  for (std::size_t i = 0; connect_lint_get(report, i, &found) != 0; ++i)
    expect(parsed["diagnostics"][i]["id"] == found.id && parsed["diagnostics"][i]["pointer"].is_string(), "both tell the same finding");
  connect_lint_string_free(json);
  connect_lint_report_free(report);
  const connect_lint_member members[] = {{"DomainName", 10, member.data(), member.size()}};
  connect_lint_report_free(connect_lint_check_body(linter, operation, text.data(), text.size(), members, 1, &options));
}

}  // namespace
}  // namespace connect_lint

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const connect_lint::Linter linter;
  static connect_lint_linter* const c_linter = connect_lint_new(nullptr, nullptr);
  if (size < 2) return 0;
  const auto names = connect_lint::operation_names();
  const std::string_view operation = names[data[0] % names.size()];
  std::string_view text(reinterpret_cast<const char*>(data) + 2, size - 2);
  const std::string_view member = text.substr(0, std::min<std::size_t>(data[1] % 32, text.size()));
  text.remove_prefix(member.size());
  connect_lint::try_text(linter, operation, text);
  connect_lint::try_body(linter, operation, text, member);
  connect_lint::try_c(c_linter, operation.data(), text, member);
  return 0;
}
