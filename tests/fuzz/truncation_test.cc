// Every sample cut off at every byte, read as JSON and as YAML: never taken for a whole one, never a crash.
#include <connect_lint/lint.h>

#include <algorithm>
#include <cstdio>
#include <filesystem>
#include <string>

#include "expect.h"
#include "source/file_reader.h"

namespace {

bool about_the_text(const connect_lint::Report& report) {
  return std::any_of(report.diagnostics.begin(), report.diagnostics.end(),
                     [](const connect_lint::Diagnostic& found) { return found.id.starts_with("document/"); });
}

// An operation, so that nothing is passed over.
const connect_lint::CheckOptions kAsYaml = [] {
  connect_lint::CheckOptions options;
  options.operation = "PutIntegration";
  options.syntax = connect_lint::Syntax::Yaml;
  return options;
}();

}  // namespace

int main(int, char** arguments) {
  const connect_lint::Linter linter;
  std::size_t files = 0;
  std::size_t cuts = 0;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(arguments[1])) {
    if (entry.path().extension() != ".json") continue;
    const auto content = connect_lint::read_file(entry.path(), 1u << 20);
    connect_lint::expect(content.ok(), "a sample can be read");
    std::string text = content.value();
    while (!text.empty() && text.back() == '\n') text.pop_back();
    std::printf("%s\n", entry.path().filename().c_str());
    connect_lint::expect(!about_the_text(linter.check(text)), "a sample is JSON");
    connect_lint::expect(!about_the_text(linter.check(text, kAsYaml)), "a sample is YAML");
    for (std::size_t length = 0; length < text.size(); ++length, ++cuts) {
      const connect_lint::Report report = linter.check(std::string_view(text).substr(0, length));
      connect_lint::expect(report.errors > 0 && about_the_text(report), "a file that ends too early has a finding");
      const connect_lint::Report as_yaml = linter.check(std::string_view(text).substr(0, length), kAsYaml);
      connect_lint::expect(as_yaml.errors > 0 && about_the_text(as_yaml), "a file of YAML that ends too early has a finding");
    }
    ++files;
  }
  std::printf("%zu files, %zu cuts\n", files, cuts);
  return files > 30 ? 0 : 1;
}
