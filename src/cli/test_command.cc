#include <connect_lint/lint.h>

#include <memory>
#include <vector>

#include "cli/arguments.h"
#include "cli/engine.h"
#include "cli/run.h"
#include "lint/rule_examples.h"

namespace connect_lint {
namespace {

struct Counts {
  std::size_t rules = 0;
  std::size_t examples = 0;
  std::size_t wrong = 0;
  std::size_t broken = 0;  // Mistakes in files.
};

void test_library(const LintEngine& engine, const RuleLibrary& library, Workspace& workspace, const Environment& environment,
                  Counts& counts) {
  for (RuleIndex rule = 0; rule < library.set().rules.size(); ++rule) {
    const RuleFile& file = library.file(rule);
    ++counts.rules;
    for (const RuleExample& example : file.examples) {
      ++counts.examples;
      const ExampleOutcome outcome = run_example(engine, library, rule, example, workspace);
      if (outcome.problem.empty()) continue;
      ++counts.wrong;
      print_problem(file.name, file.source.view(), {file.document.span(example.value, Mark::Value), outcome.problem}, environment.out);
    }
  }
}

}  // namespace

int run_test(std::span<const std::string> arguments, const Environment& environment) {
  Arguments app("test", "Runs the examples of rules: those that should pass, and those that should fail.");
  std::vector<std::string> directories;
  std::string data_dir;
  app.optional_positionals("dir", directories, "Folders with rules, family/bad-thing.yaml; the built-in rules unless given");
  app.option("--data-dir", data_dir, "DIR", "Take the schemas of this folder instead of the built-in ones");
  app.footer("Exit codes: 0 all examples are as their files say; 1 some are not; 2 broken rule files or wrong arguments.");
  if (const auto code = app.parse(arguments, environment)) return *code;
  const auto engine = load_engine(data_dir, {}, environment);
  if (!engine) return kExitUsage;
  Workspace workspace;
  Counts counts;
  if (directories.empty()) test_library(*engine, engine->rules(), workspace, environment, counts);
  for (const std::string& directory : directories) {
    RuleAllowance all;
    const Confinement own_folder;
    auto folder = load_rule_folder(directory, engine->schemas(), all, &own_folder);
    if (!folder.ok()) return usage_error(environment, "test", folder.error());
    std::vector<std::unique_ptr<RuleFile>> good;
    for (auto& file : std::move(folder).value().files) {
      if (file->problems.empty()) {
        good.push_back(std::move(file));
      } else {
        ++counts.rules;
        counts.broken += file->problems.size();
        print_problems(*file, environment.err);
      }
    }
    const RuleLibrary library(RuleTables(std::move(good), engine->schemas()), engine->schemas());
    if (!library.set().rules.empty()) test_library(*engine, library, workspace, environment, counts);
  }
  const auto some = [](std::size_t count, std::string_view what) { return fmt::format("{} {}{}", count, what, count == 1 ? "" : "s"); };
  environment.err.print("connect-lint: {}, {}: ", some(counts.rules, "rule"), some(counts.examples, "example"));
  if (counts.broken > 0) environment.err.print("{} in rule files, ", some(counts.broken, "mistake"));
  if (counts.wrong > 0) {
    environment.err.print("{} not as {} should be\n", some(counts.wrong, "example") + (counts.wrong == 1 ? " is" : " are"),
                          counts.wrong == 1 ? "it" : "they");
  } else {
    environment.err.write("all examples are as they should be\n");
  }
  if (counts.broken > 0) return kExitUsage;
  return counts.wrong > 0 ? kExitFindings : kExitClean;
}

}  // namespace connect_lint
