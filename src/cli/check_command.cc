#include <connect_lint/lint.h>

#include <algorithm>
#include <charconv>
#include <filesystem>
#include <memory>
#include <optional>

#include "base/limits.h"
#include "base/ordered_run.h"
#include "base/quote.h"
#include "cli/arguments.h"
#include "cli/check_files.h"
#include "cli/check_stream.h"
#include "cli/engine.h"
#include "cli/find_files.h"
#include "cli/input.h"
#include "cli/progress.h"
#include "cli/run.h"
#include "lint/linter.h"
#include "report/reporter.h"
#include "source/file_reader.h"

namespace connect_lint {
namespace {

struct CheckArguments {
  std::vector<std::string> paths;
  std::string format;
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
  std::vector<std::string> include;
  std::vector<std::string> exclude;
  std::string shard;
  std::uint64_t jobs = 0;  // 0: as many as there are processors.
  bool no_ignore = false;
  bool stream = false;
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
  app.optional_positionals("path", to.paths,
                           "Files, folders (every *.json, *.yaml, *.yml, *.ndjson and *.jsonl below), or - for standard input");
  app.option("--format", to.format, "NAME", format_help + "; text unless given, jsonl with --stream", format_names);
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
  app.options("--include", to.include, "GLOB", "Of folders, take only these files; may be given several times");
  app.options("--exclude", to.exclude, "GLOB",
              "Of folders, leave these files and folders out; may be given several times");
  app.flag("--no-ignore", to.no_ignore, "Of folders, also take what git ignores");
  app.flag("--stream", to.stream,
           "Read streams, standard input unless named: a request a line (NDJSON), a result a line; "
           "*.ndjson and *.jsonl files are read so without it");
  app.option("--shard", to.shard, "K/N", "Only every N-th file, or line of a stream, from the K-th on");
  app.number("--jobs", to.jobs, 1, kJobsMax, "Threads; as many as there are processors unless given");
  app.flag("-q,--quiet", to.quiet, "No summary; findings only");
  app.flag("-v,--verbose", to.verbose, "Say what each file was taken for, and why files are skipped");
  app.footer(
      "Exit codes: 0 nothing to complain about; 1 findings; 2 wrong arguments, paths or rules; 3 the job failed.\n"
      "A file that is no Customer Profiles request is skipped.");
}

class CheckRun {
 public:
  CheckRun(const CheckArguments& arguments, const Environment& environment)
      : arguments_(arguments),
        environment_(environment),
        progress_(environment.err, environment.err_is_terminal && !arguments.quiet && !arguments.verbose) {}

  int run() {
    if (const std::string problem = set_request_options(arguments_.request, options_); !problem.empty()) return fail(problem);
    if (const std::string problem = set_shard(); !problem.empty()) return fail(problem);
    set_options();
    engine_ = load_engine(arguments_.data_dir, arguments_.rules, environment_);
    if (!engine_) return kExitUsage;
    if (std::count(arguments_.paths.begin(), arguments_.paths.end(), "-") > 1)
      return fail("standard input can be read only once");
    FoundFiles found = find_files(arguments_.paths, {.include = arguments_.include,
                                                     .exclude = arguments_.exclude,
                                                     .ignored_too = arguments_.no_ignore,
                                                     .streams_only = arguments_.stream});
    for (const FoundFiles::Missing& path : found.missing) missing(path);
    if (found.files.empty() && found.unreadable.empty()) return kExitUsage;
    take_shard(found);

    reporter_options_.colour = arguments_.colour == "always" ||
                               (arguments_.colour == "auto" && environment_.out_is_terminal && !environment_.no_colour);
    format_ = find_format(!arguments_.format.empty() ? arguments_.format : arguments_.stream ? "jsonl" : "text");
    reporter_ = format_->make(environment_.out, reporter_options_);
    reporter_->begin();
    for (const FoundFiles::Unreadable& folder : found.unreadable)
      report({folder.path, unreadable_report(folder.message), {}});
    check(found.files);
    progress_.clear();
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

  void missing(const FoundFiles::Missing& missing) {
    const std::string& path = missing.path;
    std::error_code error;
    std::string advice;
    for (const Command& command : commands())
      if (path.find_first_of("/.") == path.npos && !path.empty() && path[0] == command.name[0] &&
          path.size() + 2 > command.name.size() && path.size() < command.name.size() + 2)
        advice = fmt::format(" (did you mean the command `{}`?)", command.name);
    if (std::filesystem::is_directory(path, error)) {
      environment_.err.print("connect-lint: no {} file in the folder {}{}\n",
                             arguments_.stream ? kStreamNames : kCandidateNames, ticked(path),
                             missing.left_out > 0 ? " but what git ignores or a glob leaves out" : "");
    } else {
      environment_.err.print("connect-lint: no such file: {}{}\n", ticked(path), advice);
    }
  }

  // Empty, or what is wrong with --shard.
  std::string set_shard() {
    if (arguments_.shard.empty()) return "";
    const std::size_t slash = arguments_.shard.find('/');
    const auto number = [&](std::string_view digits, std::uint64_t& to) {
      const auto [end, problem] = std::from_chars(digits.data(), digits.data() + digits.size(), to);
      return problem == std::errc() && end == digits.data() + digits.size() && to >= 1 && to <= kShardsMax;
    };
    const std::string_view text = arguments_.shard;
    if (slash != text.npos && number(text.substr(0, slash), shard_.number) && number(text.substr(slash + 1), shard_.of) &&
        shard_.number <= shard_.of)
      return "";
    return fmt::format("--shard {} is no part such as 2/8: the second of eight", ticked(text));
  }

  // Streams stay: they are cut by lines. What could not be listed is told once.
  void take_shard(FoundFiles& found) {
    std::uint64_t index = 0;
    std::erase_if(found.files, [&](const FoundFile& file) { return !streams(file) && !shard_.has(++index); });
    if (shard_.number > 1) found.unreadable.clear();
  }

  [[nodiscard]] bool streams(const FoundFile& file) const { return arguments_.stream || is_stream(file.path); }

  // All files in their order: streams one by one, what stands between them together.
  void check(std::span<const FoundFile> files) {
    const std::size_t jobs = jobs_for(files);
    for (std::size_t begin = 0; begin < files.size() && !environment_.out.failed();) {
      if (streams(files[begin])) {
        stream(files[begin++], jobs);
        continue;
      }
      std::size_t end = begin;
      while (end < files.size() && !streams(files[end])) ++end;
      check_files({.engine = *engine_,
                   .options = options_,
                   .files = files.subspan(begin, end - begin),
                   .jobs = jobs,
                   .input = environment_.input,
                   .input_name = input_name(),
                   .deliver = [&](std::string_view name, Report& checked, std::string_view text) {
                     across_.add(name, checked);
                     progress_.show(summary_.files, files.size(), "files");
                     report({name, checked, text});
                     return !environment_.out.failed();
                   }});
      begin = end;
    }
  }

  [[nodiscard]] std::size_t jobs_for(std::span<const FoundFile> files) const {
    if (arguments_.jobs > 0) return static_cast<std::size_t>(arguments_.jobs);
    const bool few = files.size() < 2 && std::none_of(files.begin(), files.end(), [&](const FoundFile& file) { return streams(file); });
    return few ? 1 : usable_processors();
  }

  [[nodiscard]] std::string_view input_name() const {
    return arguments_.stdin_filename.empty() ? standard_input_ : arguments_.stdin_filename;
  }

  void stream(const FoundFile& file, std::size_t jobs) {
    const bool standard_input = file.path == "-";
    const std::string_view name = standard_input ? input_name() : std::string_view(file.path);
    // Who says --stream may mean `<(zcat requests.ndjson.gz)`.
    const auto opened = standard_input ? Result<Descriptor>(Descriptor(-1)) : open_file(file.path, arguments_.stream && file.named);
    if (!opened.ok()) return report({name, unreadable_report(opened.error()), {}});
    StreamChecks checks{.engine = *engine_,
                        .options = options_,
                        .descriptor = standard_input ? environment_.input : opened.value().number(),
                        .name = name,
                        .named = file.named,
                        .shard = shard_,
                        .jobs = jobs,
                        .format = *format_,
                        .reporter_options = reporter_options_,
                        .verbose = arguments_.verbose,
                        .deliver = [&](const StreamPart& part) { return deliver(part); },
                        .report = {},
                        .pause = [&] { environment_.out.flush(), environment_.err.flush(); }};
    if (!format_->apart) checks.report = [&](const FileReport& line) { reporter_->file(line); };
    const std::string problem = check_stream(checks);
    if (!problem.empty()) report({name, unreadable_report(fmt::format("cannot read {}: {}", standard_input ? "standard input" : ticked(name), problem)), {}});
  }

  bool deliver(const StreamPart& part) {
    if (!part.out.empty() || arguments_.verbose) progress_.clear();
    summary_.add(part.summary);
    lines_checked_ += part.summary.checked;
    lines_read_ += part.lines_read;
    if (first_note_.empty()) first_note_ = part.note;
    environment_.out.write(part.out);
    environment_.err.write(part.verbose);
    if (!environment_.out_is_terminal) progress_.show(lines_read_, 0, "lines");
    return !environment_.out.failed();
  }

  void report(const FileReport& file) {
    const bool shows = arguments_.verbose || (environment_.out_is_terminal && !file.report.diagnostics.empty());
    if (shows) progress_.clear();
    summary_.add(file.report);
    reporter_->file(file);
    if (shows && environment_.out_is_terminal) environment_.out.flush();
    if (file.report.status == Status::Skipped && first_note_.empty())
      first_note_ = fmt::format("{}: skipped: {}\n", name_text(file), file.report.note);
    if (arguments_.verbose) environment_.err.write(verbose_text(file));
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
    // An empty stream, or a part that is, has nothing to say.
    if (summary_.files == 0) return;
    const bool nothing = summary_.checked + summary_.unreadable == 0;
    const std::uint64_t shown = summary_.errors + summary_.warnings;
    if (!nothing && shown == 0 && !arguments_.verbose) return;
    const auto counted = [](std::uint64_t count, std::string_view word) { return fmt::format("{} {}{}", count, word, count == 1 ? "" : "s"); };
    const std::uint64_t whole_files = summary_.checked - lines_checked_;
    std::string line = "nothing was checked";
    if (!nothing && lines_read_ == 0) line = fmt::format("{} checked", counted(whole_files, "file"));
    if (!nothing && lines_read_ > 0)
      line = fmt::format("{}{} checked", whole_files > 0 ? counted(whole_files, "file") + " and " : "", counted(lines_checked_, "line"));
    if (summary_.skipped > 0) line += fmt::format(", {} skipped", summary_.skipped);
    if (summary_.unreadable > 0) line += fmt::format(", {} unreadable", summary_.unreadable);
    if (!nothing || shown > 0)
      line += ": " + counts_text(summary_.errors, summary_.warnings,
                                 severity(arguments_.show) == Severity::Info ? summary_.infos : 0);
    environment_.err.print("connect-lint: {}\n", line);
    if (!nothing) return;
    if (!arguments_.verbose) environment_.err.write(first_note_);
    environment_.err.print("connect-lint: --operation NAME checks a {} whatever it looks like\n", lines_read_ > 0 ? "line" : "file");
  }

  const CheckArguments& arguments_;
  const Environment& environment_;
  const std::string standard_input_ = "<stdin>";
  std::unique_ptr<LintEngine> engine_;
  const Format* format_ = nullptr;
  ReporterOptions reporter_options_;
  std::unique_ptr<Reporter> reporter_;
  Progress progress_;
  Shard shard_;
  Summary summary_;
  std::uint64_t lines_read_ = 0;
  std::uint64_t lines_checked_ = 0;
  AcrossFiles across_;
  CheckOptions options_;
  std::string first_note_;  // Why the first that was skipped was.
};

}  // namespace

int run_check(std::span<const std::string> arguments, const Environment& environment) {
  CheckArguments parsed;
  // Declaring the options takes longer than checking a file.
  if (!arguments.empty() && std::ranges::all_of(arguments, [](const std::string& path) { return path == "-" || (!path.empty() && path[0] != '-'); })) {
    parsed.paths.assign(arguments.begin(), arguments.end());
    return CheckRun(parsed, environment).run();
  }
  Arguments app("check", "Checks request files. `connect-lint PATH...` is the same.");
  declare(app, parsed);
  if (const auto code = app.parse(arguments, environment)) return *code;
  if (parsed.paths.empty() && !parsed.stream) return usage_error(environment, "check", "`path` is missing");
  if (parsed.paths.empty()) parsed.paths.emplace_back("-");
  return CheckRun(parsed, environment).run();
}

}  // namespace connect_lint
