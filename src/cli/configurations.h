// The configurations of a run, and what follows from them for each file.
#ifndef CONNECT_LINT_CLI_CONFIGURATIONS_H_
#define CONNECT_LINT_CLI_CONFIGURATIONS_H_

#include <connect_lint/lint.h>

#include <deque>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "cli/run.h"
#include "lint/baseline.h"
#include "lint/configuration.h"
#include "lint/file_policy.h"
#include "lint/linter.h"
#include "report/reporter.h"
#include "source/confinement.h"

namespace connect_lint {

// Flags that say what a configuration may say, too; they win.
struct ConfigurationFlags {
  std::string config;          // This file for all; empty: the next one above each file.
  bool no_config = false;      // None at all.
  std::string config_root;     // Besides its own folder, a configuration may use what lies here.
  std::string data_dir;
  std::vector<std::string> rules;
  std::vector<std::string> severity;      // ID=LEVEL
  std::vector<std::string> placeholders;
  std::string baseline;
  bool writes_baseline = false;
  std::string fail_on;  // Empty: not given.
  std::string show;
};

// A configuration file with those that it extends.
struct Configuration {
  std::vector<std::unique_ptr<ConfigurationFile>> files;  // Those that are extended first.
  std::unique_ptr<LintEngine> engine;                     // Null: that of the run.
  std::vector<std::string_view> ids;
  std::deque<IgnoreState> ignores;
  std::optional<Baseline> baseline;
  std::string baseline_folder;

  [[nodiscard]] const ConfigurationFile& main() const { return *files.back(); }
};

// What holds for one file.
struct FilePlan {
  const Configuration* configuration = nullptr;
  const LintEngine* engine = nullptr;
  std::optional<Setting<std::string>> operation;  // From the configuration, as the next ones.
  std::optional<Setting<Dialect>> dialect;
  std::optional<Setting<std::string>> fail_on;
  std::optional<Setting<Severity>> show;
  std::vector<const Setting<SeverityChange>*> severities;
  std::vector<const Setting<Placeholder>*> placeholders;
  std::vector<IgnoreState*> ignores;
  const KnownFindings* known = nullptr;
  bool left_out = false;  // By `include` or `exclude`.
};

// Loads on the calling thread; what is loaded is shared by all.
class Configurations {
 public:
  Configurations(const ConfigurationFlags& flags, const Environment& environment) : flags_(flags), environment_(environment) {}

  // What the flags say; false after words on standard error.
  bool load_flags();

  // The configuration for a file or folder, null without one. Nothing when it has
  // mistakes: they were printed.
  [[nodiscard]] std::optional<const Configuration*> find(const std::string& path);

  // From here on const is for all threads.
  [[nodiscard]] FilePlan plan(const Configuration* configuration, std::string_view path, bool named) const;

  // The level at or above which a finding in the file makes the run fail: as --fail-on.
  [[nodiscard]] std::string_view fail_level(const FilePlan& plan) const;

  // Checks `workspace.source`.
  [[nodiscard]] Report check(const FilePlan& plan, Workspace& workspace, const CheckOptions& options, bool named, bool is_stream);

  // Entries of `ignore` that did nothing, by configuration file.
  struct OwnReport {
    const ConfigurationFile* file;
    Report report;
  };
  // `walked`: folders that were walked.
  [[nodiscard]] std::vector<OwnReport> unused_entries(const std::vector<std::string>& walked, std::optional<std::int64_t> now, Severity least) const;

  [[nodiscard]] Baseline& collected() { return collected_; }
  [[nodiscard]] const LintEngine& engine() const { return *engine_; }
  // Of a built-in finding or a rule, also of a configuration's rules.
  [[nodiscard]] FindingWords words_of(std::string_view id) const;

 private:
  const Configuration* load(const std::string& name);
  // `inside`: where the files may lie that it takes in.
  bool load_chain(const std::string& name, const Confinement& inside, Configuration& to, std::vector<std::string>& open);
  bool finish(const Confinement& inside, Configuration& made);
  [[nodiscard]] Confinement allowed() const;
  // Where the file or folder is that a configuration names: empty after words on
  // standard error when it lies outside. `what` is "file" or "folder".
  std::string locate(const ConfigurationFile& file, const Setting<std::string>& named, std::string_view what, const Confinement& inside);
  bool print(const ConfigurationFile& file, const std::vector<TextProblem>& problems);

  const ConfigurationFlags& flags_;
  const Environment& environment_;
  std::unique_ptr<LintEngine> engine_;  // Of the flags.
  std::vector<std::string_view> ids_;
  std::vector<Setting<SeverityChange>> severities_;
  std::vector<Setting<Placeholder>> placeholders_;
  std::optional<Baseline> baseline_;
  std::string baseline_folder_;
  std::map<std::string, const Configuration*> by_folder_;
  std::map<std::string, std::unique_ptr<Configuration>> by_name_;
  std::mutex mutex_;
  Baseline collected_;
};

// The absolute path without `.` and `..`; links are not followed.
[[nodiscard]] std::string absolute_path(std::string_view path);
// `path` as seen from `folder`, which ends in a slash; both absolute.
[[nodiscard]] std::string relative_path(const std::string& path, const std::string& folder);

}  // namespace connect_lint

#endif  // CONNECT_LINT_CLI_CONFIGURATIONS_H_
