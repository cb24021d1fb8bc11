#include "cli/configurations.h"

#include <algorithm>
#include <filesystem>

#include "base/catalogue.h"
#include "base/limits.h"
#include "base/out_of_memory.h"
#include "base/quote.h"
#include "cli/check_files.h"
#include "cli/engine.h"
#include "cli/rule_words.h"
#include "lint/settle.h"
#include "source/file_reader.h"

namespace connect_lint {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view kOwnFolder = "the configuration's folder";

std::string folder_of(std::string_view path) {
  const std::size_t slash = path.rfind('/');
  return slash == path.npos ? std::string() : std::string(path.substr(0, slash + 1));
}

std::string joined(const std::string& folder, const std::string& path) { return path.starts_with('/') ? path : folder + path; }

bool any_matches(const std::vector<Glob>& globs, std::string_view path) {
  return std::any_of(globs.begin(), globs.end(), [&](const Glob& glob) { return glob.matches(path); });
}

// Of `include` and `exclude`: without a slash for any depth, with one at its end for all in a folder.
bool pattern_matches(const std::string& pattern, std::string_view path) {
  std::string glob = pattern.find('/') == std::string::npos || pattern.find('/') + 1 == pattern.size() ? "**/" + pattern : pattern;
  if (glob.ends_with('/')) glob += "**";
  return glob_matches(glob, path);
}

bool any_matches(const std::vector<Setting<std::string>>& patterns, std::string_view path) {
  return std::any_of(patterns.begin(), patterns.end(), [&](const auto& pattern) { return pattern_matches(pattern.value, path); });
}

std::optional<Severity> severity_named(std::string_view name) {
  for (const Severity severity : {Severity::Info, Severity::Warning, Severity::Error})
    if (name == name_of(severity)) return severity;
  return std::nullopt;
}

// A finding about a whole file.
Diagnostic stale_finding(std::uint64_t count) {
  return own_finding(FindingId::BaselineStale,
                     fmt::format("the baseline has {} finding{} of this file that {} gone", count, count == 1 ? "" : "s", count == 1 ? "is" : "are"),
                     "write the baseline anew with --write-baseline");
}

}  // namespace

std::string absolute_path(std::string_view path) {
  std::error_code error;
  const fs::path given(path);
  const fs::path whole = given.is_absolute() ? given : fs::current_path(error) / given;
  throw_if_out_of_memory(error);
  return whole.lexically_normal().generic_string();
}

std::string relative_path(const std::string& path, const std::string& folder) {
  if (path.starts_with(folder)) return path.substr(folder.size());
  return fs::path(path).lexically_relative(folder).generic_string();
}

bool Configurations::load_flags() {
  const auto fail = [&](const std::string& message) {
    environment_.err.print("connect-lint: {}\n", message);
    return false;
  };
  std::error_code error;
  if (!flags_.config_root.empty() && !fs::is_directory(flags_.config_root, error))
    return fail(fmt::format("--config-root: there is no folder {}", ticked(flags_.config_root)));
  engine_ = load_engine(flags_.data_dir, flags_.rules, environment_, allowed());
  if (!engine_) return false;
  for (const std::string& given : flags_.severity) {
    const std::size_t sign = given.find('=');
    const std::string level = sign == std::string::npos ? std::string() : given.substr(sign + 1);
    const auto severity = severity_named(level);
    if (sign == 0 || (!severity && level != "off")) return fail(fmt::format("--severity {} is not written as ID=error, warning, info or off", ticked(given)));
    const std::string id = given.substr(0, sign);
    if (ids_.empty()) ids_ = engine_->finding_ids();
    if (std::none_of(ids_.begin(), ids_.end(), [&](std::string_view known) { return names_id(id, known); }))
      return fail(fmt::format("--severity {}: there is no finding {}{}", ticked(given), ticked(id), did_you_mean(id, ids_)));
    severities_.push_back({{id, severity, ""}});
  }
  for (const std::string& given : flags_.placeholders) {
    auto placeholder = parse_placeholder(given);
    if (!placeholder) return fail(fmt::format("--placeholder {} is not written as `${{...}}`", ticked(given)));
    placeholders_.push_back({std::move(*placeholder)});
  }
  if (flags_.baseline.empty() || flags_.writes_baseline) return true;
  const auto text = read_file(flags_.baseline, kDataFileBytesMax);
  if (!text.ok()) return fail(text.error());
  auto baseline = parse_baseline(flags_.baseline, text.value());
  if (!baseline.ok()) return fail(baseline.error());
  baseline_ = std::move(baseline).value();
  baseline_folder_ = folder_of(absolute_path(flags_.baseline));
  return true;
}

std::optional<const Configuration*> Configurations::find(const std::string& path) {
  if (flags_.no_config) return nullptr;
  if (!flags_.config.empty()) {
    const Configuration* const found = load(absolute_path(flags_.config));
    return found == nullptr ? std::nullopt : std::optional(found);
  }
  const std::string given = path.ends_with('/') ? path : folder_of(path);
  const auto known = by_folder_.find(given);
  if (known != by_folder_.end()) return known->second;
  std::string folder = absolute_path(given.empty() ? "." : given);
  if (!folder.ends_with('/')) folder += '/';
  const Configuration* found = nullptr;
  while (!folder.empty()) {
    std::error_code error;
    const std::string name = folder + std::string(kConfigurationName);
    if (fs::exists(fs::status(name, error))) {
      found = load(name);
      if (found == nullptr) return std::nullopt;
      break;
    }
    folder.pop_back();
    folder = folder_of(folder);
  }
  by_folder_[given] = found;
  return found;
}

const Configuration* Configurations::load(const std::string& name) {
  const auto known = by_name_.find(name);
  if (known != by_name_.end()) return known->second.get();
  auto made = std::make_unique<Configuration>();
  std::vector<std::string> open;
  Confinement inside = allowed();
  inside.allow(folder_of(name));
  if (!load_chain(name, inside, *made, open) || !finish(inside, *made)) return nullptr;
  return (by_name_[name] = std::move(made)).get();
}

Confinement Configurations::allowed() const {
  Confinement allowed("--config-root DIR allows what is in DIR");
  if (!flags_.config_root.empty()) allowed.allow(flags_.config_root);
  return allowed;
}

std::string Configurations::locate(const ConfigurationFile& file, const Setting<std::string>& named, std::string_view what, const Confinement& inside) {
  const Confinement::Place place = inside.place_of(joined(file.folder, named.value));
  std::error_code error;
  if (!place.is_outside && (what == "folder" ? fs::is_directory(place.path, error) : fs::is_regular_file(place.path, error))) return place.path;
  print(file, {{named.span, place.is_outside ? inside.words(named.value, kOwnFolder) : fmt::format("there is no {} {}", what, ticked(named.value))}});
  return "";
}

bool Configurations::load_chain(const std::string& name, const Confinement& inside, Configuration& to, std::vector<std::string>& open) {
  std::string shown = relative_path(name, absolute_path("./"));
  if (shown.starts_with("../../..")) shown = name;
  const auto fail = [&](std::string_view message) {
    environment_.err.print("connect-lint: {}\n", message);
    return false;
  };
  if (open.size() + to.files.size() > kConfigurationsMax)
    return fail(fmt::format("{} extends more than {} configurations", ticked(relative_path(open.front(), absolute_path("./"))), kConfigurationsMax));
  const Confinement::Place place = inside.place_of(name);
  if (place.is_outside) return fail(inside.words(shown, kOwnFolder));
  const auto text = read_file(place.path, kConfigurationBytesMax, shown);
  if (!text.ok()) return fail(text.error());
  auto file = read_configuration(shown, folder_of(name), text.value());
  if (!file->problems.empty()) {
    // Ids may be those of rules that are not loaded.
    std::vector<TextProblem> problems = file->problems;
    if (file->rules.empty()) {
      const auto unknown = unknown_ids(*file, engine_->finding_ids());
      problems.insert(problems.end(), unknown.begin(), unknown.end());
      std::stable_sort(problems.begin(), problems.end(), [](const TextProblem& a, const TextProblem& b) { return a.span.begin < b.span.begin; });
    }
    return print(*file, problems);
  }
  open.push_back(name);
  for (const Setting<std::string>& extended : file->extends) {
    const std::string path = absolute_path(joined(file->folder, extended.value));
    if (std::find(open.begin(), open.end(), path) != open.end())
      return print(*file, {{extended.span, fmt::format("{} is extended by itself", ticked(extended.value))}});
    if (locate(*file, extended, "file", inside).empty() || !load_chain(path, inside, to, open)) return false;
  }
  open.pop_back();
  to.files.push_back(std::move(file));
  return true;
}

bool Configurations::finish(const Confinement& inside, Configuration& made) {
  std::vector<std::string> rules = flags_.rules;
  for (const auto& file : made.files) {
    for (const Setting<std::string>& folder : file->rules) {
      if (locate(*file, folder, "folder", inside).empty()) return false;
      rules.push_back(joined(file->folder, folder.value));
    }
    if (!file->baseline) continue;
    const std::string path = joined(file->folder, file->baseline->value);
    made.baseline_folder = folder_of(path);
    if (flags_.writes_baseline) continue;
    const Confinement::Place place = inside.place_of(path);
    if (place.is_outside) return print(*file, {{file->baseline->span, inside.words(file->baseline->value, kOwnFolder)}});
    const auto text = read_file(place.path, kDataFileBytesMax, file->baseline->value);
    if (!text.ok()) return print(*file, {{file->baseline->span, text.error()}});
    auto baseline = parse_baseline(file->baseline->value, text.value());
    if (!baseline.ok()) return print(*file, {{file->baseline->span, baseline.error()}});
    made.baseline = std::move(baseline).value();
  }
  if (rules.size() > flags_.rules.size()) {
    made.engine = load_engine(flags_.data_dir, rules, environment_, inside);
    if (!made.engine) return false;
  }
  made.ids = (made.engine ? *made.engine : *engine_).finding_ids();
  for (const auto& file : made.files) {
    if (const auto problems = unknown_ids(*file, made.ids); !problems.empty()) return print(*file, problems);
    for (const Setting<Ignore>& ignore : file->ignores) made.ignores.emplace_back(&ignore);
  }
  return true;
}

bool Configurations::print(const ConfigurationFile& file, const std::vector<TextProblem>& problems) {
  for (const TextProblem& problem : problems) print_problem(file.name, file.source.view(), problem, environment_.err);
  environment_.err.print("connect-lint: {} problem{} in the configuration {}; nothing was checked\n", problems.size(), problems.size() == 1 ? "" : "s",
                         ticked(file.name));
  return false;
}

FilePlan Configurations::plan(const Configuration* configuration, std::string_view path, bool named) const {
  FilePlan plan;
  plan.configuration = configuration;
  plan.engine = engine_.get();
  std::string whole;
  if (configuration != nullptr || baseline_) whole = absolute_path(path);
  if (configuration != nullptr) {
    if (configuration->engine) plan.engine = configuration->engine.get();
    const std::string relative = relative_path(whole, configuration->main().folder);
    for (const auto& file : configuration->files) {
      if (!named) plan.left_out |= any_matches(file->exclude, relative) || (!file->include.empty() && !any_matches(file->include, relative));
      for (const FileSettings& settings : file->files) {
        if (!settings.files.empty() && !any_matches(settings.files, relative)) continue;
        if (settings.operation) plan.operation = settings.operation;
        if (settings.dialect) plan.dialect = settings.dialect;
        if (settings.fail_on) plan.fail_on = settings.fail_on;
        if (settings.show) plan.show = settings.show;
        for (const auto& change : settings.severities) plan.severities.push_back(&change);
        for (const auto& placeholder : settings.placeholders) plan.placeholders.push_back(&placeholder);
      }
    }
    for (const IgnoreState& state : configuration->ignores)
      if (any_matches(state.entry->value.files, relative)) plan.ignores.push_back(const_cast<IgnoreState*>(&state));
  }
  for (const auto& change : severities_) plan.severities.push_back(&change);
  for (const auto& placeholder : placeholders_) plan.placeholders.push_back(&placeholder);
  const bool of_flag = baseline_.has_value();
  if (of_flag || (configuration != nullptr && configuration->baseline)) {
    static const KnownFindings kNothing;
    const auto& files = (of_flag ? *baseline_ : *configuration->baseline).files;
    const auto found = files.find(relative_path(whole, of_flag ? baseline_folder_ : configuration->baseline_folder));
    plan.known = found == files.end() ? &kNothing : &found->second;
  }
  return plan;
}

std::string_view Configurations::fail_level(const FilePlan& plan) const {
  if (!flags_.fail_on.empty()) return flags_.fail_on;
  return plan.fail_on ? std::string_view(plan.fail_on->value) : "error";
}

Report Configurations::check(const FilePlan& plan, Workspace& workspace, const CheckOptions& given, bool named, bool is_stream) {
  CheckOptions options = given;
  const bool is_configured = options.operation.empty() && plan.operation;
  if (is_configured) options.operation = plan.operation->value;
  if (!options.dialect && plan.dialect) options.dialect = plan.dialect->value;
  if (flags_.show.empty() && plan.show) options.least = plan.show->value;
  const auto level = severity_named(fail_level(plan));
  if (level) options.least_counted = *level;
  std::vector<Placeholder> placeholders;
  for (const auto* placeholder : plan.placeholders) placeholders.push_back(placeholder->value);
  PolicySources sources{.severities = plan.severities,
                        .ignores = plan.ignores,
                        .known = is_stream ? nullptr : plan.known,
                        .collects = flags_.writes_baseline && !is_stream,
                        .least = options.least,
                        .now = options.now,
                        .ids = {}};
  // Only a comment asks for them.
  std::vector<std::string_view> ids;
  if (workspace.source.view().find("connect-lint:") != std::string_view::npos) ids = plan.engine->finding_ids();
  sources.ids = ids;
  const bool needs_judge = !sources.severities.empty() || !sources.ignores.empty() || sources.known != nullptr || sources.collects || !ids.empty();
  FilePolicy policy(sources);
  Report report = check_text(*plan.engine, workspace, options, named, {.judge = needs_judge ? &policy : nullptr, .placeholders = placeholders, .is_configured = is_configured});
  if (const std::uint64_t stale = report.status == Status::Checked ? policy.stale() : 0; stale > 0) {
    report.diagnostics.push_back(stale_finding(stale));
    count(report, report.diagnostics.back().severity);
  }
  if (sources.collects && !policy.collected().empty()) {
    const std::lock_guard lock(mutex_);
    collected_.files[absolute_path(options.file_name)] = std::move(policy.collected());
  }
  return report;
}

std::vector<Configurations::OwnReport> Configurations::unused_entries(const std::vector<std::string>& walked, std::optional<std::int64_t> now,
                                                                      Severity least) const {
  std::vector<OwnReport> reports;
  for (const auto& each : by_name_) {
    const Configuration* const configuration = each.second.get();
    const std::string& folder = configuration->main().folder;
    const bool whole = std::any_of(walked.begin(), walked.end(), [&](const std::string& path) {
      const std::string above = absolute_path(path + "/");
      return folder.starts_with(above);
    });
    std::map<const ConfigurationFile*, Report> by_file;
    std::map<const ConfigurationFile*, LineIndex> lines;
    for (const IgnoreState& state : configuration->ignores) {
      const Ignore& entry = state.entry->value;
      const ConfigurationFile& file = *state.entry->file;
      const bool expired = state.is_expired(now);
      // A run over some files knows nothing of the others that a glob is for.
      const bool one_file = std::all_of(entry.patterns.begin(), entry.patterns.end(), [](const std::string& pattern) {
        return pattern.find('/') != std::string::npos && pattern.find_first_of("*?[{") == std::string::npos;
      });
      if (!state.seen || (!expired && (state.used || !(whole || one_file)))) continue;
      Report& report = by_file[&file];
      report.status = Status::Checked;
      LineIndex& lines_of_file = lines.try_emplace(&file, file.source.view()).first->second;
      Diagnostic diagnostic =
          expired ? own_finding(FindingId::SuppressionExpired, fmt::format("ignoring {} has expired", ticked(entry.id)), "mend it, or decide anew until when it is to be ignored",
                                lines_of_file, state.entry->span)
                  : own_finding(FindingId::SuppressionUnused, fmt::format("no file has a finding {} that this would ignore", ticked(entry.id)), "remove the entry",
                                lines_of_file, state.entry->span);
      count(report, diagnostic.severity);
      if (diagnostic.severity >= least) report.diagnostics.push_back(std::move(diagnostic));
    }
    for (auto& [file, report] : by_file) reports.push_back({file, std::move(report)});
  }
  return reports;
}

FindingWords Configurations::words_of(std::string_view id) const {
  if (const CatalogueEntry* entry = find_entry(id)) return {entry->summary, entry->explanation, {}, {}, entry->wrong, entry->right};
  const auto of_rule = [&](const LintEngine& engine) -> std::optional<FindingWords> {
    const auto listed = find_listed(engine, id);
    if (!listed) return std::nullopt;
    const RuleFile& file = listed->file();
    return FindingWords{file.summary, file.why, file.help_text, file.about_source, {}, {}};
  };
  if (const auto words = of_rule(*engine_)) return *words;
  for (const auto& each : by_name_)
    if (each.second->engine)
      if (const auto words = of_rule(*each.second->engine)) return *words;
  return {};
}

}  // namespace connect_lint
