#include <connect_lint/lint.h>

#include <algorithm>

#include "base/catalogue.h"
#include "base/quote.h"
#include "cli/arguments.h"
#include "cli/engine.h"
#include "cli/input.h"
#include "cli/operation_argument.h"
#include "cli/rule_words.h"
#include "cli/run.h"
#include "lint/rule_trace.h"

namespace connect_lint {
namespace {

// Results stand in one column, unless a part is longer than this.
constexpr std::size_t kColumnMax = 64;

void print_value(const RuleTrace::Value& value, Output& out) {
  std::size_t column = 0;
  for (const RuleTrace::Line& line : value.lines)
    if (const std::size_t width = 2 + 2 * line.depth + line.text.size(); width <= kColumnMax && !line.result.empty()) column = std::max(column, width);
  out.print("$ is {}\n", value.place);
  for (const RuleTrace::Line& line : value.lines) {
    const std::size_t indent = 2 + 2 * line.depth;
    out.print("{:{}}{}", "", indent, line.text);
    if (!line.result.empty()) out.print("{:{}}  {}", "", column - std::min(column, indent + line.text.size()), line.result);
    out.write("\n");
  }
  out.write("\n");
}

}  // namespace

int run_why(std::span<const std::string> arguments, const Environment& environment) {
  Arguments app("why", "Shows what each part of a rule's queries gives on a file, and why the rule fires or does not.");
  std::string id;
  std::string path;
  std::string data_dir;
  std::vector<std::string> directories;
  RequestOptions request;
  app.positional("id", id, "Of a rule, such as batch/overlap", true);
  app.positional("file", path, "A request file, or - for standard input", true);
  app.option("--operation", request.operation, "NAME", "What the file is a request for, such as PutIntegration; recognised unless given");
  app.option("--dialect", request.dialect, "NAME", "input (unless given); body: the raw HTTP body; cloudformation: a template (recognised unless given)", {"input", "body", "cloudformation"});
  app.option("--syntax", request.syntax, "NAME", "json or yaml; by the file's name unless given, and for other names by how it begins",
             {"json", "yaml"});
  app.options("--rules", directories, "DIR", "Also know the rules of this folder; may be given several times");
  app.option_or_flag("--now", request.now, "The present time for rules about past and future: this moment, or --now=TIME");
  app.option("--data-dir", data_dir, "DIR", "Read schemas/ and rules/ of this folder instead of the built-in ones");
  app.footer(
      "`$` is a value of the rule's shape; places in the file are LINE:COLUMN. What is not looked at cannot change the\n"
      "outcome. A value that the schema refuses is unknown.\n"
      "Exit codes: 0 done, whether the rule fires or not; 1 the file cannot be read; 2 wrong arguments or no such file.");
  if (environment.description != nullptr) {
    app.suggest("--operation", operation_suggestions());
    if (const auto built_in = load_engine({}, {}, environment)) app.suggest("id", rule_ids(*built_in));
  }
  if (const auto code = app.parse(arguments, environment)) return *code;
  CheckOptions options;
  if (const std::string problem = set_request_options(request, options); !problem.empty()) return usage_error(environment, "why", problem);
  const auto engine = load_engine(data_dir, directories, environment);
  if (!engine) return kExitUsage;
  const auto listed = find_listed(*engine, id);
  if (!listed) {
    if (find_entry(id) != nullptr)
      return usage_error(environment, "why", fmt::format("{} is no rule, it has no queries; `connect-lint explain {}` tells more", ticked(id), id));
    const std::string_view near = guess_id(*engine, id);
    return usage_error(environment, "why", fmt::format("there is no rule {}{}", ticked(id), near.empty() ? "" : fmt::format("; did you mean `{}`?", near)));
  }
  Workspace workspace;
  if (const int code = read_input(path, environment, workspace.source); code != kExitClean) return code;
  const std::string name = path == "-" ? "<stdin>" : path;
  options.file_name = name;
  const RuleTrace trace = trace_rule(*engine, *listed->library, listed->index, workspace, options);
  Output& out = environment.out;
  for (const RuleTrace::Value& value : trace.values) print_value(value, out);
  if (trace.values_left_out > 0) out.print("and {} more values of this shape\n\n", trace.values_left_out);
  out.print("{} {}\n", listed->rule().id, trace.verdict);
  for (const std::string& note : trace.notes) out.print("  {}\n", note);
  return trace.unreadable ? kExitFindings : kExitClean;
}

}  // namespace connect_lint
