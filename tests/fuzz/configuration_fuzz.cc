// Bytes as a configuration, as a baseline and as a request with ignore comments.
// Nothing may crash, problems must lie in the text and be sorted, what is read
// must be the same twice, and a baseline must survive being written.
#include "lint/configuration.h"

#include <cstdint>
#include <string>

#include "document/yaml_reader.h"
#include "expect.h"
#include "lint/baseline.h"
#include "lint/ignore_comments.h"
#include "schema/schema_set.h"

namespace connect_lint {
namespace {

void expect_problems_in_place(const std::vector<TextProblem>& problems, std::size_t size) {
  std::uint32_t from = 0;
  for (const TextProblem& problem : problems) {
    expect(from <= problem.span.begin, "problems come in the order of the text");
    expect(problem.span.begin <= problem.span.end && problem.span.end <= size, "a problem lies in the text");
    expect(!problem.message.empty(), "a problem has words");
    from = problem.span.begin;
  }
}

void configuration(std::string_view text) {
  const auto file = read_configuration("c.yaml", "", text);
  const auto again = read_configuration("c.yaml", "", text);
  expect_problems_in_place(file->problems, file->source.view().size());
  expect(file->problems.size() == again->problems.size() && file->files.size() == again->files.size() && file->ignores.size() == again->ignores.size(),
         "the same configuration twice");
  static constexpr std::string_view kIds[] = {"schema/required", "schema/type"};
  if (file->problems.empty()) expect_problems_in_place(unknown_ids(*file, kIds), file->source.view().size());
  for (const Setting<Ignore>& ignore : file->ignores)
    if (file->problems.empty()) expect(!ignore.value.id.empty() && !ignore.value.reason.empty(), "nothing is ignored without an id and a reason");
}

void baseline(std::string_view text) {
  const auto read = parse_baseline("b.json", text);
  if (!read.ok()) return expect(!read.error().empty(), "a refused baseline has a reason");
  const std::string written = baseline_text(read.value());
  const auto again = parse_baseline("b.json", written);
  expect(again.ok() && baseline_text(again.value()) == written, "a baseline is what it was written as");
}

void comments(std::string_view text) {
  static const SchemaSet schemas = built_in_schemas();
  SourceText source;
  source.assign(text);
  YamlReader reader;
  Document document;
  reader.read(source, schemas.keys, 60, document);
  for (const IgnoreComment& comment : find_ignore_comments(document)) {
    expect(comment.span.begin < comment.span.end && comment.span.end <= text.size(), "a comment lies in the text");
    expect(text[comment.span.begin] == '#', "a comment begins with its sign");
    expect(comment.line > 0, "a comment is for a line");
    expect(!comment.problem.empty() || (!comment.ids.empty() && !comment.reason.empty()), "a good comment names what and why");
  }
}

void run(std::string_view text) {
  configuration(text);
  baseline(text);
  comments(text);
}

}  // namespace
}  // namespace connect_lint

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  connect_lint::run({reinterpret_cast<const char*>(data), size});
  return 0;
}
