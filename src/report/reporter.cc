#include "report/reporter.h"

#include <algorithm>
#include <array>

#include "base/quote.h"

namespace connect_lint {

void Summary::add(const Report& report) {
  ++files;
  switch (report.status) {
    case Status::Checked: ++checked; break;
    case Status::Skipped: ++skipped; break;
    case Status::Unreadable: ++unreadable; break;
  }
  errors += report.errors;
  warnings += report.warnings;
  infos += report.infos;
  suppressed += report.suppressed;
  known += report.known;
}

void Summary::add(const Summary& other) {
  files += other.files;
  checked += other.checked;
  skipped += other.skipped;
  unreadable += other.unreadable;
  errors += other.errors;
  warnings += other.warnings;
  infos += other.infos;
  suppressed += other.suppressed;
  known += other.known;
}

std::span<const Format> formats() {
  static constexpr std::array kFormats = {
      Format{"checkstyle", "XML that many tools read", make_checkstyle_reporter},
      Format{"concise", "a line for each finding", make_concise_reporter, true},
      Format{"github", "annotations of a GitHub workflow", make_github_reporter, true},
      Format{"gitlab", "GitLab's code quality report", make_gitlab_reporter},
      Format{"html", "one page to look at, with charts and filters", make_html_reporter},
      Format{"json", "one JSON document, described by schemas/report.json", make_json_reporter},
      Format{"jsonl", "a line of JSON for each file", make_jsonl_reporter, true},
      Format{"junit", "JUnit XML: a test case for each finding", make_junit_reporter},
      Format{"markdown", "a table, for the summary of a job", make_markdown_reporter},
      Format{"rdjson", "for reviewdog", make_rdjson_reporter},
      Format{"sarif", "SARIF 2.1.0, for code scanning", make_sarif_reporter},
      Format{"text", "with an excerpt and advice", make_text_reporter, true},
  };
  return kFormats;
}

const Format* find_format(std::string_view name) {
  const auto all = formats();
  const auto found =
      std::find_if(all.begin(), all.end(), [&](const Format& format) { return format.name == name; });
  return found == all.end() ? nullptr : &*found;
}

std::string place_text(std::string_view file, const std::optional<Place>& place) {
  const std::string name = visible(file, 4096);
  return place ? fmt::format("{}:{}:{}", name, place->line, place->column) : name;
}

std::string name_text(const FileReport& file) {
  const std::string name = visible(file.file, 4096);
  return file.line == 0 ? name : fmt::format("{}:{}", name, file.line);
}

std::string counts_text(std::uint64_t errors, std::uint64_t warnings, std::uint64_t infos) {
  const auto part = [](std::uint64_t count, std::string_view word) {
    return fmt::format("{} {}{}", count, word, count == 1 ? "" : "s");
  };
  std::string text = errors == 0 ? "no errors" : part(errors, "error");
  if (warnings > 0) text += ", " + part(warnings, "warning");
  if (infos > 0) text += ", " + part(infos, "info");
  return text;
}

}  // namespace connect_lint
