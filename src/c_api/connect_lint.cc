// The C interface: the C++ one in plain functions. Exceptions (of memory alone) stop here.
#include <connect_lint/connect_lint.h>
#include <connect_lint/lint.h>

#include <algorithm>
#include <cstdlib>
#include <cstring>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "report/reporter.h"

using connect_lint::CheckOptions;
using connect_lint::Diagnostic;
using connect_lint::Linter;
using connect_lint::LinterOptions;
using connect_lint::Report;

struct connect_lint_linter {
  Linter linter;
};

struct connect_lint_report {
  Report report;
};

namespace {

// The members that the caller's version of a struct has, the others as they are at first.
template <typename Struct>
Struct taken_over(const Struct* given, const Struct& defaults) {
  Struct result = defaults;
  if (given != nullptr) std::memcpy(&result, given, std::min(given->size, sizeof(Struct)));
  return result;
}

std::string_view text_of(const char* text) { return text == nullptr ? std::string_view() : std::string_view(text); }

std::string_view bytes_of(const char* bytes, std::size_t size) { return bytes == nullptr ? std::string_view() : std::string_view(bytes, size); }

// Null when memory runs out.
char* owned_copy(std::string_view text) noexcept {
  char* copy = static_cast<char*>(std::malloc(text.size() + 1));
  if (copy == nullptr) return nullptr;
  if (!text.empty()) std::memcpy(copy, text.data(), text.size());
  copy[text.size()] = '\0';
  return copy;
}

template <typename Enumeration>
std::optional<Enumeration> chosen(int value, Enumeration last) {
  if (value < 0 || value > static_cast<int>(last)) return std::nullopt;
  return static_cast<Enumeration>(value);
}

CheckOptions options_of(const connect_lint_options* given) {
  const connect_lint_options from = taken_over<connect_lint_options>(given, CONNECT_LINT_OPTIONS_INIT);
  CheckOptions options;
  options.dialect = chosen(from.dialect, connect_lint::Dialect::CloudFormation);
  options.syntax = chosen(from.syntax, connect_lint::Syntax::Yaml);
  options.file_name = text_of(from.file_name);
  options.least = chosen(from.least, connect_lint::Severity::Error).value_or(connect_lint::Severity::Info);
  options.least_counted = connect_lint::Severity::Info;
  options.places = from.places != 0;
  if (from.has_now != 0) options.now = from.now;
  if (from.input_bytes_max != 0) options.limits.input_bytes_max = from.input_bytes_max;
  if (from.depth_max != 0) options.limits.depth_max = from.depth_max;
  if (from.findings_max != 0) options.limits.findings_max = from.findings_max;
  return options;
}

}  // namespace

uint32_t connect_lint_abi(void) { return CONNECT_LINT_ABI; }

const char* connect_lint_version(void) { return CONNECT_LINT_VERSION; }

connect_lint_linter* connect_lint_new(const connect_lint_linter_options* options, char** error) {
  if (error != nullptr) *error = nullptr;
  try {
    if (options == nullptr) return new connect_lint_linter{Linter()};
    const connect_lint_linter_options from = taken_over<connect_lint_linter_options>(options, CONNECT_LINT_LINTER_OPTIONS_INIT);
    LinterOptions to;
    to.data_dir = text_of(from.data_dir);
    for (std::size_t i = 0; from.rule_dirs != nullptr && i < from.rule_dir_count; ++i) to.rule_dirs.emplace_back(text_of(from.rule_dirs[i]));
    Linter linter(to);
    if (linter.ok()) return new connect_lint_linter{std::move(linter)};
    if (error != nullptr) *error = owned_copy(linter.error());
  } catch (...) {  // Memory.
  }
  return nullptr;
}

void connect_lint_free(connect_lint_linter* linter) { delete linter; }

void connect_lint_string_free(char* string) { std::free(string); }

connect_lint_report* connect_lint_check(const connect_lint_linter* linter, const char* operation, const char* text, size_t size,
                                        const connect_lint_options* options) {
  if (linter == nullptr) return nullptr;
  try {
    CheckOptions to = options_of(options);
    to.operation = text_of(operation);
    return new connect_lint_report{linter->linter.check(bytes_of(text, size), to)};
  } catch (...) {
    return nullptr;
  }
}

connect_lint_report* connect_lint_check_body(const connect_lint_linter* linter, const char* operation, const char* body, size_t size,
                                             const connect_lint_member* members, size_t member_count,
                                             const connect_lint_options* options) {
  if (linter == nullptr) return nullptr;
  try {
    std::vector<connect_lint::UriMember> uri_members;
    for (std::size_t i = 0; members != nullptr && i < member_count; ++i)
      uri_members.push_back({bytes_of(members[i].name, members[i].name_size), bytes_of(members[i].value, members[i].value_size)});
    return new connect_lint_report{linter->linter.check_body(text_of(operation), bytes_of(body, size), uri_members, options_of(options))};
  } catch (...) {
    return nullptr;
  }
}

void connect_lint_report_free(connect_lint_report* report) { delete report; }

int connect_lint_status(const connect_lint_report* report) { return report == nullptr ? -1 : static_cast<int>(report->report.status); }

uint64_t connect_lint_count(const connect_lint_report* report, int severity) {
  if (report == nullptr) return 0;
  switch (severity) {
    case CONNECT_LINT_INFO: return report->report.infos;
    case CONNECT_LINT_WARNING: return report->report.warnings;
    case CONNECT_LINT_ERROR: return report->report.errors;
    default: return 0;
  }
}

size_t connect_lint_size(const connect_lint_report* report) { return report == nullptr ? 0 : report->report.diagnostics.size(); }

uint64_t connect_lint_left_out(const connect_lint_report* report) { return report == nullptr ? 0 : report->report.left_out; }

const char* connect_lint_note(const connect_lint_report* report) { return report == nullptr ? "" : report->report.note.c_str(); }

const char* connect_lint_operation(const connect_lint_report* report) {
  // Static text, which ends in a zero byte.
  return report == nullptr || report->report.requests.empty() ? "" : report->report.requests[0].operation.data();
}

int connect_lint_get(const connect_lint_report* report, size_t index, connect_lint_diagnostic* diagnostic) {
  if (report == nullptr || diagnostic == nullptr || index >= report->report.diagnostics.size()) return 0;
  const Diagnostic& found = report->report.diagnostics[index];
  const connect_lint::Place place = found.place.value_or(connect_lint::Place{});
  // The names are static text, which ends in a zero byte.
  connect_lint_diagnostic to = {.size = diagnostic->size,
                                .id = found.id.c_str(),
                                .severity = name_of(found.severity).data(),
                                .certainty = name_of(found.certainty).data(),
                                .message = found.message.c_str(),
                                .pointer = found.pointer.c_str(),
                                .path = found.path.c_str(),
                                .mark = name_of(found.mark).data(),
                                .help = found.help.c_str(),
                                .source = found.source.c_str(),
                                .has_place = found.place ? 1 : 0,
                                .begin = place.begin,
                                .end = place.end,
                                .line = place.line,
                                .column = place.column,
                                .end_line = place.end_line,
                                .end_column = place.end_column};
  std::memcpy(diagnostic, &to, std::min(diagnostic->size, sizeof to));
  return 1;
}

char* connect_lint_json(const connect_lint_report* report, const char* name) {
  if (report == nullptr) return nullptr;
  try {
    connect_lint::Output out;
    connect_lint::make_jsonl_reporter(out, {})->file({.file = text_of(name), .report = report->report, .text = {}});
    std::string_view text = out.text();
    if (text.ends_with('\n')) text.remove_suffix(1);
    return owned_copy(text);
  } catch (...) {
    return nullptr;
  }
}

const char* connect_lint_operation_name(size_t index) {
  try {
    const auto names = connect_lint::operation_names();
    return index < names.size() ? names[index].data() : nullptr;
  } catch (...) {
    return nullptr;
  }
}
