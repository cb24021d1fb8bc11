#include "cli/engine.h"

#include "report/excerpt.h"
#include "source/source_text.h"

namespace connect_lint {

std::unique_ptr<LintEngine> load_engine(const std::string& data_dir, const std::vector<std::string>& rule_dirs,
                                        const Environment& environment, const Confinement& links) {
  if (data_dir.empty() && rule_dirs.empty()) return std::make_unique<LintEngine>();
  LinterOptions options;
  options.data_dir = data_dir;
  options.rule_dirs = rule_dirs;
  auto loaded = LintEngine::load(options, &links);
  if (auto* engine = std::get_if<std::unique_ptr<LintEngine>>(&loaded)) return std::move(*engine);
  const auto& failure = std::get<LoadFailure>(loaded);
  if (!failure.message.empty()) environment.err.print("connect-lint: {}\n", failure.message);
  std::size_t problems = 0;
  for (const auto& file : failure.files) {
    print_problems(*file, environment.err);
    problems += file->problems.size();
  }
  if (problems > 0)
    environment.err.print("connect-lint: {} problem{} in {} rule file{}; nothing was checked\n", problems, problems == 1 ? "" : "s",
                          failure.files.size(), failure.files.size() == 1 ? "" : "s");
  return nullptr;
}

void print_problems(const RuleFile& file, Output& out) {
  for (const TextProblem& problem : file.problems) print_problem(file.name, file.source.view(), problem, out);
}

void print_problem(std::string_view name, std::string_view text, const TextProblem& problem, Output& out) {
  LineIndex lines(text);
  const Place place = lines.place(problem.span);
  const Excerpt excerpt = make_excerpt(text, lines.line(place.line), {place.begin, place.end});
  const std::string number = fmt::format("{}", place.line);
  const std::string gutter(number.size(), ' ');
  out.print("{}\n{} |\n{} |{}{}\n{} | {}{}\n", problem_line(name, text, problem), gutter, number, excerpt.line.empty() ? "" : " ",
            excerpt.line, gutter, excerpt.indent, excerpt.mark);
}

}  // namespace connect_lint
