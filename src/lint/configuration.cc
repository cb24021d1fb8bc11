#include "lint/configuration.h"

#include <algorithm>
#include <array>

#include "base/catalogue.h"
#include "base/limits.h"
#include "base/quote.h"
#include "base/timestamp.h"
#include "document/yaml_reader.h"
#include "request/operation.h"
#include "schema/schema_set.h"

namespace connect_lint {
namespace {

constexpr std::array<std::string_view, 13> kKeys = {"baseline", "dialect", "exclude",   "extends",      "fail-on", "ignore",  "include",
                                                    "operation", "overrides", "placeholders", "rules", "severity", "show"};
constexpr std::array<std::string_view, 8> kOverrideKeys = {"at", "dialect", "fail-on", "files", "operation", "placeholders", "severity", "show"};
constexpr std::array<std::string_view, 5> kIgnoreKeys = {"at", "files", "id", "reason", "until"};
constexpr std::array<std::string_view, 3> kSeverities = {"info", "warning", "error"};
constexpr std::array<std::string_view, 4> kLevels = {"info", "warning", "error", "never"};
constexpr std::array<std::string_view, 4> kChanges = {"info", "warning", "error", "off"};
constexpr std::array<std::string_view, 3> kDialects = {"input", "body", "cloudformation"};

constexpr std::int64_t kDay = 86'400;

bool is_pointer(std::string_view text) {
  if (!text.empty() && text[0] != '/') return false;
  for (std::size_t i = 0; i < text.size(); ++i)
    if (text[i] == '~' && (i + 1 == text.size() || (text[i + 1] != '0' && text[i + 1] != '1'))) return false;
  return true;
}

class ConfigurationReader : DataReader {
 public:
  explicit ConfigurationReader(ConfigurationFile& file) : DataReader(file.document, file.problems), file_(file) {}

  void read() {
    file_.files.emplace_back();
    // A file with nothing but comments changes nothing.
    const bool blank = document_.empty() && std::all_of(document_.findings.begin(), document_.findings.end(),
                                                        [](const DocumentFinding& finding) { return finding.id == FindingId::DocumentEmpty; });
    if (blank || !has_map("a configuration")) return sort_problems();
    for (const NodeIndex child : document_.children(0)) member(child);
    sort_problems();
  }

 private:
  template <typename T>
  Setting<T> setting(T value, NodeIndex node) const {
    return {std::move(value), &file_, document_.span(node, Mark::Value)};
  }

  void member(NodeIndex node) {
    const std::string_view key = document_.key(node);
    if (is_key_broken(node)) return;
    if (key == "extends") {
      texts(node, key, file_.extends);
    } else if (key == "rules") {
      texts(node, key, file_.rules);
    } else if (key == "include") {
      texts(node, key, file_.include);
    } else if (key == "exclude") {
      texts(node, key, file_.exclude);
    } else if (key == "baseline") {
      if (const auto given = text(node, key)) file_.baseline = setting(std::string(*given), node);
    } else if (key == "overrides") {
      items(node, key, [&](NodeIndex item) { override_of_files(item); });
    } else if (key == "ignore") {
      items(node, key, [&](NodeIndex item) { ignore(item); });
    } else if (!file_setting(node, key, "", file_.files[0])) {
      complain(node, Mark::Key, fmt::format("{} is no key of a configuration{}", ticked(key), did_you_mean(key, kKeys)));
    }
  }

  // A key that may stand in the file itself and in an override; false for others.
  bool file_setting(NodeIndex node, std::string_view key, const std::string& at, FileSettings& to) {
    if (key == "operation") {
      operation(node, to);
    } else if (key == "dialect") {
      if (const auto index = word(node, kDialects)) to.dialect = setting(static_cast<Dialect>(*index), node);
    } else if (key == "fail-on") {
      if (word(node, kLevels)) to.fail_on = setting(std::string(document_.string(node)), node);
    } else if (key == "show") {
      if (const auto index = word(node, kSeverities)) to.show = setting(static_cast<Severity>(*index), node);
    } else if (key == "severity") {
      severities(node, at, to);
    } else if (key == "placeholders") {
      each(node, [&](NodeIndex item) {
        auto placeholder = parse_placeholder(document_.string(item));
        if (!placeholder || document_[item].kind != Kind::String)
          return complain(item, Mark::Value, "a placeholder is written as `${...}`: what stands before and behind the name, and three dots");
        // Said once, of the first that is one too many.
        if (++placeholders_ == kPlaceholdersMax + 1) complain(item, Mark::Value, fmt::format("there are more than {} placeholders", kPlaceholdersMax));
        if (placeholders_ <= kPlaceholdersMax) to.placeholders.push_back(setting(std::move(*placeholder), item));
      });
    } else {
      return false;
    }
    return true;
  }

  void operation(NodeIndex node, FileSettings& to) {
    const auto given = text(node, "operation");
    if (!given) return;
    if (find_operation(*given)) {
      to.operation = setting(std::string(*given), node);
    } else {
      const auto guess = guess_operation(*given);
      complain(node, Mark::Value, fmt::format("{} is no operation that can be checked{}", ticked(*given),
                                              guess ? fmt::format("; did you mean `{}`?", built_in_operations().operations[*guess].name) : ""));
    }
  }

  void severities(NodeIndex node, const std::string& at, FileSettings& to) {
    if (document_[node].kind != Kind::Object) return complain(node, Mark::Value, "`severity` is a map from ids or families to `error`, `warning`, `info` or `off`");
    for (const NodeIndex child : document_.children(node)) {
      if (is_key_broken(child)) continue;
      const std::string_view id = document_.key(child);
      if (family_of(id) == "document") {
        complain(child, Mark::Key, "a file that cannot be read as it is cannot be checked either: findings of `document` stay errors");
        continue;
      }
      // YAML 1.1 reads `off` as false; the AWS CLI and we do not, but other tools that write YAML quote it.
      const auto index = word(child, kChanges);
      if (!index) continue;
      SeverityChange change{std::string(id), std::nullopt, at};
      if (*index < kSeverities.size()) change.severity = static_cast<Severity>(*index);
      to.severities.push_back({std::move(change), &file_, document_.span(child, Mark::Key)});
    }
  }

  void override_of_files(NodeIndex node) {
    if (document_[node].kind != Kind::Object) return complain(node, Mark::Value, "an override is a map with `files` and settings");
    FileSettings made;
    std::string at;
    bool has_files = false;
    if (const NodeIndex pointer = document_.member(node, "at"); pointer != kNoNode) at = json_pointer(pointer);
    for (const NodeIndex child : document_.children(node)) {
      const std::string_view key = document_.key(child);
      if (is_key_broken(child) || key == "at") continue;
      if (key == "files") {
        has_files = true;
        globs(child, made.files, nullptr);
      } else if (!file_setting(child, key, at, made)) {
        complain(child, Mark::Key, fmt::format("{} is no key of an override{}", ticked(key), did_you_mean(key, kOverrideKeys)));
      }
    }
    if (!has_files) complain(node, Mark::Value, "`files` is missing: which files is this for?");
    if (!at.empty() && made.severities.empty()) complain(document_.member(node, "at"), Mark::Key, "`at` is for `severity`, which is not there");
    file_.files.push_back(std::move(made));
  }

  void ignore(NodeIndex node) {
    if (document_[node].kind != Kind::Object) return complain(node, Mark::Value, "an entry of `ignore` is a map with `files`, `id` and `reason`");
    Ignore made;
    for (const NodeIndex child : document_.children(node)) {
      const std::string_view key = document_.key(child);
      if (is_key_broken(child)) continue;
      if (key == "files") {
        globs(child, made.files, &made.patterns);
      } else if (key == "id") {
        if (const auto given = text(child, key)) made.id = *given;
        if (family_of(made.id) == "document") complain(child, Mark::Value, "findings of `document` cannot be ignored: a file that cannot be read as it is cannot be checked");
      } else if (key == "at") {
        made.at = json_pointer(child);
      } else if (key == "reason") {
        if (const auto given = text(child, key)) made.reason = *given;
      } else if (key == "until") {
        const TimeReading time = read_time(document_.string(child));
        if (time.problem != TimeProblem::None || time.form == TimeForm::Epoch) {
          complain(child, Mark::Value, "`until` is a date such as `2026-01-31`, the last day on which the finding is ignored");
        } else {
          made.until = time.form == TimeForm::Date ? time.seconds + kDay : time.seconds;
        }
      } else {
        complain(child, Mark::Key, fmt::format("{} is no key of an entry of `ignore`{}", ticked(key), did_you_mean(key, kIgnoreKeys)));
      }
    }
    for (const std::string_view key : {"files", "id", "reason"})
      if (document_.member(node, key) == kNoNode) complain(node, Mark::Value, fmt::format("`{}` is missing", key));
    file_.ignores.push_back({std::move(made), &file_, document_.span(node, Mark::Value)});
  }

  std::string json_pointer(NodeIndex node) {
    const std::string_view given = document_.string(node);
    if (document_[node].kind == Kind::String && is_pointer(given)) return std::string(given);
    complain(node, Mark::Value, "`at` is a JSON Pointer such as `/FlowDefinition/Tasks/0`");
    return "";
  }

  void globs(NodeIndex node, std::vector<Glob>& to, std::vector<std::string>* patterns) {
    std::vector<Setting<std::string>> given;
    texts(node, "files", given);
    for (const Setting<std::string>& pattern : given) {
      // Without a slash it is for names at any depth, as on the command line.
      const bool anywhere = pattern.value.find('/') == std::string::npos;
      to.emplace_back(anywhere ? "**/" + pattern.value : pattern.value);
      if (patterns != nullptr) patterns->push_back(pattern.value);
    }
  }

  void texts(NodeIndex node, std::string_view key, std::vector<Setting<std::string>>& to) {
    each(node, [&](NodeIndex item) {
      if (const auto given = text(item, key)) to.push_back(setting(std::string(*given), item));
    });
  }

  template <typename Take>
  void items(NodeIndex node, std::string_view key, Take take) {
    if (document_[node].kind != Kind::Array) return complain(node, Mark::Value, fmt::format("`{}` is a list", key));
    for (const NodeIndex item : document_.children(node)) take(item);
  }

  ConfigurationFile& file_;
  std::size_t placeholders_ = 0;
};

}  // namespace

std::unique_ptr<ConfigurationFile> read_configuration(std::string name, std::string folder, std::string_view text) {
  auto file = std::make_unique<ConfigurationFile>();
  file->name = std::move(name);
  file->folder = std::move(folder);
  file->source.assign(text);
  YamlReader reader;
  reader.read(file->source, built_in_schemas().keys, Limits{}.depth_max, file->document);
  ConfigurationReader(*file).read();
  return file;
}

std::vector<TextProblem> unknown_ids(const ConfigurationFile& file, std::span<const std::string_view> ids) {
  std::vector<TextProblem> problems;
  const auto look_at = [&](std::string_view id, Span span) {
    if (id.empty() || problems.size() >= kProblemsMax) return;
    const auto names_it = [&](std::string_view known) { return known == id || family_of(known) == id; };
    if (std::any_of(ids.begin(), ids.end(), names_it)) return;
    problems.push_back({span, fmt::format("there is no finding {}{}", ticked(id), did_you_mean(id, ids))});
  };
  for (const FileSettings& settings : file.files)
    for (const Setting<SeverityChange>& change : settings.severities) look_at(change.value.id, change.span);
  for (const Setting<Ignore>& ignore : file.ignores) look_at(ignore.value.id, ignore.span);
  return problems;
}

std::string_view family_of(std::string_view id) { return id.substr(0, id.find('/')); }

}  // namespace connect_lint
