#include <connect_lint/lint.h>

#include <algorithm>
#include <filesystem>
#include <memory>
#include <optional>

#include "base/quote.h"
#include "cli/arguments.h"
#include "cli/engine.h"
#include "cli/find_files.h"
#include "cli/input.h"
#include "cli/run.h"
#include "lint/linter.h"
#include "report/reporter.h"
#include "source/file_reader.h"

namespace connect_lint {
namespace {

struct CheckArguments {
  std::vector<std::string> paths;
  std::string format = "text";
  RequestOptions request;
  std::string stdin_filename;
  std::string fail_on = "error";
  std::string show = "warning";
  std::string colour = "auto";
  std::string data_dir;
  std::vector<std::string> rules;
  std::uint64_t max_input_bytes = Limits{}.input_bytes_max;
  std::uint64_t max_depth = Limits{}.depth_max;
  std::uint64_t max_findings = Limits{}.findings_max;
  bool quiet = false;
  bool verbose = false;
};

void declare(Arguments& app, CheckArguments& to) {
  std::vector<std::string> format_names;
  std::string format_help = "How to report: ";
  for (const Format& format : formats()) {
    format_names.emplace_back(format.name);
    format_help += fmt::format("{}{} ({})", format_names.size() > 1 ? ", " : "", format.name, format.summary);
  }
  app.positionals("path", to.paths, "Files, folders (every *.json, *.yaml and *.yml below), or - for standard input");
  app.option("--format", to.format, "NAME", format_help + "; text unless given", format_names);
  app.option("--operation", to.request.operation, "NAME",
             "What every file is a request for, such as PutIntegration; recognised unless given");
  app.option("--dialect", to.request.dialect, "NAME",
             "input: all members, as the AWS CLI and boto3 take them (unless given); body: the raw HTTP body; "
             "cloudformation: a template (recognised unless given)",
             {"input", "body", "cloudformation"});
  app.option("--syntax", to.request.syntax, "NAME",
             "json or yaml; by the name of each file unless given, and for other names by how the text begins",
             {"json", "yaml"});
  app.option("--stdin-filename", to.stdin_filename, "PATH", "The name to report for standard input");
  app.option("--fail-on", to.fail_on, "LEVEL",
             "Exit with 1 from this severity on: error (unless given), warning, info; or never",
             {"error", "warning", "info", "never"});
  app.option("--show", to.show, "LEVEL", "Show findings from this severity on: error, warning (unless given), info",
             {"error", "warning", "info"});
  app.option("--color", to.colour, "WHEN",
             "auto (unless given: on a terminal, unless NO_COLOR is set), always, never", {"auto", "always", "never"});
  app.number("--max-input-bytes", to.max_input_bytes, 1, kInputBytesLimit,
             "Do not read larger files; 67108864 unless given");
  app.number("--max-depth", to.max_depth, 1, kDepthLimit, "Nested arrays and objects; 128 unless given");
  app.number("--max-findings", to.max_findings, 1, kFindingsKeptMax,
             "Findings to show of each file; 1000 unless given");
  app.options("--rules", to.rules, "DIR", "Also run the rules of this folder; may be given several times");
  app.option_or_flag("--now", to.request.now,
                     "Run the rules about past and future, too: as of this moment, or of --now=TIME");
  app.option("--data-dir", to.data_dir, "DIR", "Read schemas/ and rules/ of this folder instead of the built-in ones");
  app.flag("-q,--quiet", to.quiet, "No summary; findings only");
  app.flag("-v,--verbose", to.verbose, "Say what each file was taken for, and why files are skipped");
  app.footer(
      "Exit codes: 0 nothing to complain about; 1 findings; 2 wrong arguments, paths or rules; 3 the job failed.\n"
      "A file that is no Customer Profiles request is skipped.");
}

class CheckRun {
 public:
  CheckRun(const CheckArguments& arguments, const Environment& environment)
      : arguments_(arguments), environment_(environment) {}

  int run() {
    if (const std::string problem = set_request_options(arguments_.request, options_); !problem.empty()) return fail(problem);
    set_options();
    engine_ = load_engine(arguments_.data_dir, arguments_.rules, environment_);
    if (!engine_) return kExitUsage;
    if (std::count(arguments_.paths.begin(), arguments_.paths.end(), "-") > 1)
      return fail("standard input can be read only once");
    const FoundFiles found = find_files(arguments_.paths);
    for (const std::string& path : found.missing) missing(path);
    if (found.files.empty() && found.unreadable.empty()) return kExitUsage;

    ReporterOptions options;
    options.colour = arguments_.colour == "always" ||
                     (arguments_.colour == "auto" && environment_.out_is_terminal && !environment_.no_colour);
    reporter_ = find_format(arguments_.format)->make(environment_.out, options);
    reporter_->begin();
    for (const FoundFiles::Unreadable& folder : found.unreadable)
      report(folder.path, unreadable_report(folder.message), {});
    for (const std::string& path : found.files) file(path);
    reporter_->end(summary_);
    summarise();
    if (!found.missing.empty()) return kExitUsage;
    return fails() ? kExitFindings : kExitClean;
  }

 private:
  static Severity severity(const std::string& name) {
    if (name == "error") return Severity::Error;
    return name == "warning" ? Severity::Warning : Severity::Info;
  }

  int fail(std::string_view message) {
    environment_.err.print("connect-lint: {}\n", message);
    return kExitUsage;
  }

  // What holds for every file.
  void set_options() {
    options_.least = severity(arguments_.show);
    if (arguments_.fail_on != "never") options_.least_counted = severity(arguments_.fail_on);
    options_.across_files = true;
    options_.limits = {arguments_.max_input_bytes, static_cast<std::uint32_t>(arguments_.max_depth),
                       static_cast<std::uint32_t>(arguments_.max_findings)};
  }

  void missing(const std::string& path) {
    std::error_code error;
    std::string advice;
    for (const Command& command : commands())
      if (path.find_first_of("/.") == path.npos && !path.empty() && path[0] == command.name[0] &&
          path.size() + 2 > command.name.size() && path.size() < command.name.size() + 2)
        advice = fmt::format(" (did you mean the command `{}`?)", command.name);
    if (std::filesystem::is_directory(path, error)) {
      environment_.err.print("connect-lint: no *.json, *.yaml or *.yml file in the folder {}\n", ticked(path));
    } else {
      environment_.err.print("connect-lint: no such file: {}{}\n", ticked(path), advice);
    }
  }

  void file(const std::string& path) {
    const bool standard_input = path == "-";
    const std::string& name = !standard_input                    ? path
                              : arguments_.stdin_filename.empty() ? standard_input_
                                                                  : arguments_.stdin_filename;
    options_.file_name = name;
    const ReadOutcome outcome =
        standard_input ? read_descriptor(environment_.input, options_.limits.input_bytes_max, workspace_.source)
                       : read_regular_file(path, options_.limits.input_bytes_max, workspace_.source);
    switch (outcome.status) {
      case ReadStatus::Done: {
        Report checked = engine_->check(workspace_, options_);
        across_.add(name, checked);
        report(name, checked, workspace_.source.view());
        break;
      }
      case ReadStatus::TooLarge: report(name, too_large_report(options_.limits.input_bytes_max), {}); break;
      case ReadStatus::Failed: report(name, unreadable_report(outcome.message), {}); break;
    }
  }

  void report(std::string_view name, const Report& report, std::string_view text) {
    summary_.add(report);
    reporter_->file({name, report, text});
    if (report.status == Status::Skipped && first_note_.empty())
      first_note_ = fmt::format("{}: skipped: {}", visible(name, 4096), report.note);
    if (!arguments_.verbose) return;
    for (const RequestInfo& request : report.requests)
      environment_.err.print("{}: {}, dialect {}, recognised by {}\n", visible(name, 4096), request.operation,
                             name_of(request.dialect), name_of(request.recognised_by));
    if (report.status == Status::Skipped)
      environment_.err.print("{}: skipped: {}\n", visible(name, 4096), report.note);
  }

  [[nodiscard]] bool fails() const {
    if (arguments_.fail_on == "never") return false;
    const Severity level = severity(arguments_.fail_on);
    return summary_.errors > 0 || (level <= Severity::Warning && summary_.warnings > 0) ||
           (level == Severity::Info && summary_.infos > 0);
  }

  // Silent after a clean run; never silent when nothing was checked.
  void summarise() {
    if (arguments_.quiet) return;
    const bool nothing = summary_.checked + summary_.unreadable == 0;
    const std::uint64_t shown = summary_.errors + summary_.warnings;
    if (!nothing && shown == 0 && !arguments_.verbose) return;
    const auto files = [](std::uint64_t count) { return fmt::format("{} file{}", count, count == 1 ? "" : "s"); };
    std::string line = nothing ? "nothing was checked" : fmt::format("{} checked", files(summary_.checked));
    if (summary_.skipped > 0) line += fmt::format(", {} skipped", summary_.skipped);
    if (summary_.unreadable > 0) line += fmt::format(", {} unreadable", summary_.unreadable);
    if (!nothing || shown > 0)
      line += ": " + counts_text(summary_.errors, summary_.warnings,
                                 severity(arguments_.show) == Severity::Info ? summary_.infos : 0);
    environment_.err.print("connect-lint: {}\n", line);
    if (!nothing) return;
    if (!arguments_.verbose) environment_.err.print("{}\n", first_note_);
    environment_.err.write("connect-lint: --operation NAME checks a file whatever it looks like\n");
  }

  const CheckArguments& arguments_;
  const Environment& environment_;
  const std::string standard_input_ = "<stdin>";
  std::unique_ptr<LintEngine> engine_;
  std::unique_ptr<Reporter> reporter_;
  Workspace workspace_;
  Summary summary_;
  AcrossFiles across_;
  CheckOptions options_;
  std::string first_note_;
};

}  // namespace

int run_check(std::span<const std::string> arguments, const Environment& environment) {
  Arguments app("check", "Checks request files. `connect-lint PATH...` is the same.");
  CheckArguments parsed;
  declare(app, parsed);
  if (const auto code = app.parse(arguments, environment)) return *code;
  return CheckRun(parsed, environment).run();
}

}  // namespace connect_lint
