#include <connect_lint/lint.h>

#include <algorithm>
#include <charconv>
#include <filesystem>
#include <functional>
#include <map>
#include <memory>
#include <optional>

#include "base/limits.h"
#include "base/ordered_run.h"
#include "base/quote.h"
#include "cli/check_arguments.h"
#include "cli/check_files.h"
#include "cli/check_stream.h"
#include "cli/configurations.h"
#include "cli/find_files.h"
#include "cli/fix_run.h"
#include "cli/input.h"
#include "cli/operation_argument.h"
#include "cli/print_config.h"
#include "cli/progress.h"
#include "cli/run.h"
#include "lint/linter.h"
#include "report/reporter.h"
#include "report/reports.h"
#include "source/file_reader.h"
#include "source/file_writer.h"

namespace connect_lint {
namespace {

class CheckRun {
 public:
  CheckRun(const CheckArguments& arguments, const Environment& environment)
      : arguments_(arguments),
        environment_(environment),
        configurations_(arguments.configuration, environment),
        fixes_(arguments.unsafe_fixes ? Fixes::All : Fixes::Safe, !arguments.diff),
        progress_(environment.err, environment.err_is_terminal && !arguments.quiet && !arguments.verbose) {}

  int run() {
    if (const std::string problem = set_request_options(arguments_.request, options_); !problem.empty()) return fail(problem);
    if (const std::string problem = set_shard(); !problem.empty()) return fail(problem);
    std::string problem;
    std::vector<std::string> format_names = arguments_.formats;
    if (format_names.empty() && !arguments_.diff) format_names.emplace_back(arguments_.stream ? "jsonl" : "text");
    const auto formats = Reports::parse(format_names, problem);
    if (!formats) return usage_error(environment_, "check", problem);
    if (arguments_.diff && std::any_of(formats->begin(), formats->end(), [](const Reports::Wanted& wanted) { return wanted.file.empty(); }))
      return usage_error(environment_, "check", "--diff goes to standard output: formats can only go to files beside it, as NAME:FILE");
    set_options();
    if (!configurations_.load_flags()) return kExitUsage;
    if (!arguments_.print_config.empty()) return print_config(configurations_, arguments_.configuration, arguments_.print_config, environment_);
    if (arguments_.stream && is_fixing()) return fail("streams cannot be fixed: --fix, --unsafe-fixes and --diff are for files");
    // What a fix tries is checked, too, and a baseline collects what is found.
    if (!arguments_.write_baseline.empty() && is_fixing()) return fail("--write-baseline is for what is found: fix first, without it");
    const auto standard_inputs = std::count(arguments_.paths.begin(), arguments_.paths.end(), "-");
    if (standard_inputs > 1) return fail("standard input can be read only once");
    if (standard_inputs == 1 && is_fixing() && !arguments_.diff) return fail("standard input cannot be fixed; --diff shows what would be changed");
    FoundFiles found = find_files(arguments_.paths, {.include = arguments_.include,
                                                     .exclude = arguments_.exclude,
                                                     .ignored_too = arguments_.no_ignore,
                                                     .streams_only = arguments_.stream,
                                                     .as_found = arguments_.as_found});
    for (const FoundFiles::Missing& path : found.missing) missing(path);
    if (found.files.empty() && found.unreadable.empty() && !found.missing.empty()) return kExitUsage;
    if (!configure(found)) return kExitUsage;
    take_shard(found);

    reporter_options_.colour = arguments_.colour == "always" ||
                               (arguments_.colour == "auto" && environment_.out_is_terminal && !environment_.no_colour);
    reporter_options_.explain = [this](std::string_view id) { return configurations_.words_of(id); };
    if (problem = reports_.begin(*formats, environment_.out, {reporter_options_, arguments_.colour == "always", arguments_.redact}); !problem.empty()) {
      environment_.err.print("connect-lint: {}\n", problem);
      return kExitFailed;
    }
    for (const FoundFiles::Unreadable& folder : found.unreadable)
      report({folder.path, unreadable_report(folder.message), {}});
    check(found.files);
    progress_.clear();
    // The rest was not checked: reports and a baseline of a part would look whole.
    if (environment_.out.failed()) return kExitFailed;
    report_unused_entries();
    problem = reports_.end(summary_);
    if (!problem.empty()) {
      environment_.err.print("connect-lint: {}\n", problem);
      return kExitFailed;
    }
    if (!arguments_.write_baseline.empty()) return write_baseline();
    summarise();
    for (const std::string& why : fixes_.problems()) environment_.err.print("connect-lint: {}\n", why);
    if (!fixes_.problems().empty()) return kExitFailed;
    if (!found.missing.empty()) return kExitUsage;
    if (arguments_.diff && fixes_.fixed() > 0) return kExitFindings;
    return fails_ ? kExitFindings : kExitClean;
  }

 private:
  // "1 file", "2 files"
  static std::string counted(std::uint64_t number, std::string_view word) { return fmt::format("{} {}{}", number, word, number == 1 ? "" : "s"); }

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
    options_.least = severity(arguments_.configuration.show.empty() ? "warning" : arguments_.configuration.show);
    shows_infos_ = options_.least == Severity::Info;
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

  // The configuration of each file; leaves out what it leaves out. False after
  // words on standard error.
  bool configure(FoundFiles& found) {
    std::vector<FoundFile> kept;
    bool any = false;
    for (FoundFile& file : found.files) {
      const std::string name(called(file));
      if (!file.named && (name == kConfigurationName || name.ends_with("/" + std::string(kConfigurationName)))) continue;
      const auto configuration = configurations_.find(name);
      if (!configuration) return false;
      any |= *configuration != nullptr;
      if (*configuration != nullptr && configurations_.plan(*configuration, name, file.named).left_out) continue;
      if (any) configuration_of_[name] = *configuration;
      kept.push_back(std::move(file));
    }
    found.files = std::move(kept);
    return true;
  }
  [[nodiscard]] std::string_view called(const FoundFile& file) const { return file.path == "-" ? input_name() : std::string_view(file.path); }
  [[nodiscard]] FilePlan plan(std::string_view name, bool named) const {
    const auto found = configuration_of_.find(name);
    return configurations_.plan(found == configuration_of_.end() ? nullptr : found->second, name, named);
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
      check_files({.options = options_,
                   .files = files.subspan(begin, end - begin),
                   .check = [&](const FoundFile& file, Workspace& workspace, const CheckOptions& options) {
                     const FilePlan of_file = plan(options.file_name, file.named);
                     const auto check = [&](const CheckOptions& with) { return configurations_.check(of_file, workspace, with, file.named, false); };
                     return is_fixing() ? fixes_.run(workspace, options, check) : check(options);
                   },
                   .jobs = jobs,
                   .input = environment_.input,
                   .input_name = input_name(),
                   .deliver = [&](std::string_view name, Report& checked, std::string_view text) {
                     across_.add(name, checked);
                     if (arguments_.diff) environment_.out.write(fixes_.take_diff(name));
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
    const FilePlan lines = plan(name, file.named);
    const Format* const only = reports_.only();
    const Format* const format = only != nullptr && only->apart ? only : nullptr;
    StreamChecks checks{.check = [&](Workspace& workspace, const CheckOptions& options) {
                          return configurations_.check(lines, workspace, options, file.named, true);
                        },
                        .options = options_,
                        .descriptor = standard_input ? environment_.input : opened.value().number(),
                        .name = name,
                        .shard = shard_,
                        .jobs = jobs,
                        .format = format,
                        .reporter_options = reporter_options_,
                        .verbose = arguments_.verbose,
                        .deliver = [&](const StreamPart& part) {
                          note_failure(name, part.summary.errors, part.summary.warnings, part.summary.infos);
                          return deliver(part);
                        },
                        .report = {},
                        .pause = [&] { environment_.out.flush(), environment_.err.flush(); }};
    if (format == nullptr) checks.report = [&](const FileReport& line) { reports_.file(line); };
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
    note_failure(file.file, file.report.errors, file.report.warnings, file.report.infos);
    reports_.file(file);
    if (shows && environment_.out_is_terminal) environment_.out.flush();
    if (file.report.status == Status::Skipped && first_note_.empty())
      first_note_ = fmt::format("{}: skipped: {}\n", name_text(file), file.report.note);
    if (arguments_.verbose) environment_.err.write(verbose_text(file));
  }

  // Whether what was found in a file makes the run fail.
  void note_failure(std::string_view name, std::uint64_t errors, std::uint64_t warnings, std::uint64_t infos) {
    if (errors + warnings + infos == 0) return;
    const FilePlan of_file = plan(name, true);
    const std::string_view level = configurations_.fail_level(of_file);
    fails_ |= (level != "never" && errors > 0) || ((level == "warning" || level == "info") && warnings > 0) || (level == "info" && infos > 0);
  }

  void report_unused_entries() {
    std::vector<std::string> walked;
    std::error_code error;
    for (const std::string& path : arguments_.paths)
      if (std::filesystem::is_directory(path, error)) walked.push_back(path);
    for (const auto& own : configurations_.unused_entries(walked, options_.now, options_.least)) {
      reports_.file({own.file->name, own.report, own.file->source.view()});
      // The configuration is no file that was checked.
      summary_.warnings += own.report.warnings;
      note_failure(own.file->name, own.report.errors, own.report.warnings, own.report.infos);
    }
  }

  int write_baseline() {
    const std::string name = absolute_path(arguments_.write_baseline);
    const std::string folder = name.substr(0, name.rfind('/') + 1);
    Baseline baseline;
    std::uint64_t count = 0;
    for (auto& [file, findings] : configurations_.collected().files) {
      for (const auto& [finding, times] : findings) count += times;
      baseline.files[relative_path(file, folder)] = std::move(findings);
    }
    if (const std::string problem = write_file_whole(arguments_.write_baseline, baseline_text(baseline)); !problem.empty()) {
      environment_.err.print("connect-lint: {}\n", problem);
      return kExitFailed;
    }
    if (!arguments_.quiet)
      environment_.err.print("connect-lint: wrote {} of {} to {}\n", counted(count, "finding"), counted(baseline.files.size(), "file"),
                             ticked(arguments_.write_baseline));
    return fails_ ? kExitFindings : kExitClean;  // By what no baseline takes, such as a file that cannot be read.
  }

  [[nodiscard]] bool is_fixing() const { return arguments_.fix || arguments_.unsafe_fixes || arguments_.diff; }

  // Silent after a clean run; never silent when nothing was checked.
  void summarise() {
    if (arguments_.quiet) return;
    if (fixes_.fixed() > 0)
      environment_.err.print("connect-lint: {} {} in {}\n", arguments_.diff ? "would fix" : "fixed", counted(fixes_.fixed(), "finding"),
                             counted(fixes_.files(), "file"));
    // An empty stream, or a part that is, has nothing to say.
    if (summary_.files == 0) return;
    const bool nothing = summary_.checked + summary_.unreadable == 0;
    const std::uint64_t shown = summary_.errors + summary_.warnings;
    if (!nothing && shown + summary_.known == 0 && !arguments_.verbose) return;
    const std::uint64_t whole_files = summary_.checked - lines_checked_;
    std::string line = "nothing was checked";
    if (!nothing && lines_read_ == 0) line = fmt::format("{} checked", counted(whole_files, "file"));
    if (!nothing && lines_read_ > 0)
      line = fmt::format("{}{} checked", whole_files > 0 ? counted(whole_files, "file") + " and " : "", counted(lines_checked_, "line"));
    if (summary_.skipped > 0) line += fmt::format(", {} skipped", summary_.skipped);
    if (summary_.unreadable > 0) line += fmt::format(", {} unreadable", summary_.unreadable);
    if (!nothing || shown > 0)
      line += ": " + counts_text(summary_.errors, summary_.warnings,
                                 shows_infos_ ? summary_.infos : 0);
    if (summary_.suppressed > 0) line += fmt::format("; {} ignored", summary_.suppressed);
    if (summary_.known > 0) line += fmt::format("; {} in the baseline", summary_.known);
    environment_.err.print("connect-lint: {}\n", line);
    if (!nothing) return;
    if (!arguments_.verbose) environment_.err.write(first_note_);
    environment_.err.print("connect-lint: --operation NAME checks a {} whatever it looks like\n", lines_read_ > 0 ? "line" : "file");
  }

  const CheckArguments& arguments_;
  const Environment& environment_;
  const std::string standard_input_ = "<stdin>";
  Configurations configurations_;
  std::map<std::string, const Configuration*, std::less<>> configuration_of_;  // By the name of a file; none for those before the first that has one.
  bool fails_ = false;
  bool shows_infos_ = false;
  ReporterOptions reporter_options_;
  Reports reports_;
  FixRun fixes_;
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
  if (environment.description != nullptr) {
    app.suggest("--operation", operation_suggestions());
    std::vector<std::string> names;
    for (const Format& format : formats()) names.emplace_back(format.name);
    app.suggest("--format", std::move(names));
  }
  if (const auto code = app.parse(arguments, environment)) return *code;
  parsed.configuration.writes_baseline = !parsed.write_baseline.empty();
  if (!parsed.configuration.config.empty() && parsed.configuration.no_config) return usage_error(environment, "check", "`--config` and `--no-config` exclude each other");
  if (parsed.paths.empty() && !parsed.stream && parsed.print_config.empty()) return usage_error(environment, "check", "`path` is missing");
  if (parsed.paths.empty()) parsed.paths.emplace_back("-");
  return CheckRun(parsed, environment).run();
}

}  // namespace connect_lint
