#include "cli/rule_words.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/catalogue.h"
#include "base/edit_distance.h"

namespace connect_lint {

std::vector<ListedRule> rules_of(const LintEngine& engine) {
  std::vector<ListedRule> all;
  for (const RuleLibrary* library : {&engine.rules(), engine.user_rules()}) {
    if (library == nullptr) continue;
    for (RuleIndex i = 0; i < library->set().rules.size(); ++i) all.push_back({library, i});
  }
  std::sort(all.begin(), all.end(), [](const ListedRule& a, const ListedRule& b) { return a.rule().id < b.rule().id; });
  return all;
}

std::optional<ListedRule> find_listed(const LintEngine& engine, std::string_view id) {
  for (const ListedRule& listed : rules_of(engine))
    if (listed.rule().id == id) return listed;
  return std::nullopt;
}

std::vector<std::string> rule_ids(const LintEngine& engine) {
  std::vector<std::string> ids;
  for (const ListedRule& listed : rules_of(engine)) ids.emplace_back(listed.rule().id);
  return ids;
}

std::vector<std::string> finding_ids(const LintEngine& engine) {
  std::vector<std::string> ids = rule_ids(engine);
  for (const CatalogueEntry& entry : catalogue()) ids.emplace_back(entry.id);
  std::ranges::sort(ids);
  return ids;
}

std::string_view guess_id(const LintEngine& engine, std::string_view id) {
  std::vector<std::string_view> ids;
  for (const CatalogueEntry& entry : catalogue()) ids.push_back(entry.id);
  for (const ListedRule& listed : rules_of(engine)) ids.push_back(listed.rule().id);
  std::string_view best;
  std::size_t best_distance = edit_distance_allowed(id.size()) + 1;
  for (const std::string_view each : ids) {
    if (each.substr(each.find('/') + 1) == id) return each;
    const std::size_t distance = edit_distance(id, each, best_distance - 1);
    if (distance >= best_distance) continue;
    best = each;
    best_distance = distance;
  }
  return best;
}

std::string joined(const std::vector<std::string>& texts) {
  std::string result;
  for (const std::string& text : texts) result += fmt::format("{}{}", result.empty() ? "" : ", ", text);
  return result;
}

std::string_view name_of(FixTemplate::Action action) {
  static constexpr std::string_view kNames[] = {"replace", "rename-key", "remove", "insert"};
  return kNames[static_cast<std::size_t>(action)];
}

}  // namespace connect_lint
