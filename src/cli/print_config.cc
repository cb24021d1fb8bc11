#include "cli/print_config.h"

#include "base/quote.h"

namespace connect_lint {
namespace {

// A line of the form `setting: value  # where it stands`.
class Lines {
 public:
  explicit Lines(Output& out) : out_(out) {}

  template <typename T>
  void add(std::string_view key, std::string_view value, const Setting<T>& setting) {
    add(key, value, setting.file == nullptr ? "command line" : place_of(setting));
  }
  void add(std::string_view key, std::string_view value, std::string_view where) {
    out_.print("{:<40}  # {}\n", fmt::format("{}: {}", key, visible(value, 400)), where);
  }

 private:
  template <typename T>
  static std::string place_of(const Setting<T>& setting) {
    return fmt::format("{}:{}", visible(setting.file->name, 4096), LineIndex(setting.file->source.view()).place(setting.span).line);
  }

  Output& out_;
};

}  // namespace

int print_config(Configurations& configurations, const ConfigurationFlags& flags, const std::string& path, const Environment& environment) {
  const auto found = configurations.find(path);
  if (!found) return kExitUsage;
  const FilePlan plan = configurations.plan(*found, path, true);
  Lines lines(environment.out);
  if (*found == nullptr) environment.out.write("# no configuration\n");
  if (plan.operation) lines.add("operation", plan.operation->value, *plan.operation);
  if (plan.dialect) lines.add("dialect", name_of(plan.dialect->value), *plan.dialect);
  if (!flags.fail_on.empty()) {
    lines.add("fail-on", flags.fail_on, "command line");
  } else if (plan.fail_on) {
    lines.add("fail-on", plan.fail_on->value, *plan.fail_on);
  } else {
    lines.add("fail-on", "error", "unless given");
  }
  if (!flags.show.empty()) {
    lines.add("show", flags.show, "command line");
  } else if (plan.show) {
    lines.add("show", name_of(plan.show->value), *plan.show);
  } else {
    lines.add("show", "warning", "unless given");
  }
  for (const auto* change : plan.severities) {
    const std::string key = fmt::format("severity {}{}{}", change->value.id, change->value.at.empty() ? "" : " at ", change->value.at);
    lines.add(key, change->value.severity ? name_of(*change->value.severity) : "off", *change);
  }
  for (const auto* placeholder : plan.placeholders)
    lines.add("placeholder", placeholder->value.begin + "..." + placeholder->value.end, *placeholder);
  for (const std::string& rules : flags.rules) lines.add("rules", rules, "command line");
  if (*found != nullptr) {
    for (const auto& file : (*found)->files) {
      for (const auto& rules : file->rules) lines.add("rules", rules.value, rules);
      if (file->baseline && flags.baseline.empty()) lines.add("baseline", file->baseline->value, *file->baseline);
    }
  }
  if (!flags.baseline.empty()) lines.add("baseline", flags.baseline, "command line");
  for (const IgnoreState* state : plan.ignores)
    lines.add(fmt::format("ignore {}{}{}", state->entry->value.id, state->entry->value.at.empty() ? "" : " at ", state->entry->value.at), state->entry->value.reason,
              *state->entry);
  return kExitClean;
}

}  // namespace connect_lint
