#include "rules/rule_tables.h"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>

#include "base/limits.h"
#include "base/out_of_memory.h"
#include "base/quote.h"
#include "source/file_reader.h"

namespace connect_lint {

RuleTables::RuleTables(std::vector<std::unique_ptr<RuleFile>> files, const SchemaSet& schemas) : files_(std::move(files)) {
  std::sort(files_.begin(), files_.end(), [](const auto& a, const auto& b) { return a->id < b->id; });
  add_rules();
  wanted_.resize(schemas.shapes.size());
  shapes_.resize(schemas.shapes.size());
  for (ShapeIndex shape = 0; shape < schemas.shapes.size(); ++shape) add_shape(shape, schemas);
}

void RuleTables::add_rules() {
  const auto numbered = [&](const Program& program) {
    Program result = program;
    result.first_memo = memos_;
    result.first_call = calls_;
    memos_ += program.memos;
    calls_ += static_cast<std::uint32_t>(program.calls.size());
    return result;
  };
  for (const auto& file : files_) {
    Rule rule;
    rule.id = file->id;
    rule.severity = file->severity;
    rule.certainty = file->certainty;
    rule.mark = file->mark;
    rule.sees_refused = file->sees_refused();
    rule.needs_now = file->needs_now();
    rule.across_files = file->across_files;
    rule.dialects = file->dialects;
    if (file->when) rule.when = numbered(file->when->program());
    if (file->find) rule.find = numbered(file->find->program());
    rule.file = file->source.view();
    rules_.push_back(rule);
  }
}

// Rules that begin alike stand together, so that they make one walk.
void RuleTables::add_shape(ShapeIndex index, const SchemaSet& schemas) {
  const Shape& shape = schemas.shapes[index];
  const std::string_view name = schemas.shape_names[shape.name];
  if (name.empty()) return;
  std::vector<RuleIndex> here;
  for (RuleIndex i = 0; i < rules_.size(); ++i) {
    const auto& names = files_[i]->shape_names;
    if (std::find(names.begin(), names.end(), name) != names.end()) here.push_back(i);
  }
  if (here.empty()) return;
  wanted_[index] = 1;

  ShapeRules& made = shapes_[index];
  made.first_walk = static_cast<std::uint32_t>(walks_.size());
  made.first_rule = static_cast<std::uint32_t>(shape_rules_.size());
  made.rule_count = static_cast<std::uint32_t>(here.size());
  const auto shared = [&](RuleIndex a, RuleIndex b) -> std::size_t {
    if (!rules_[a].has_find() || !rules_[b].has_find() || rules_[a].sees_refused != rules_[b].sees_refused) return 0;
    return common_segments(rules_[a].find, rules_[b].find);
  };
  while (!here.empty()) {
    const RuleIndex leader = here.front();
    RuleWalk walk{.first = static_cast<std::uint32_t>(shape_rules_.size())};
    std::size_t segments = 0;
    for (const RuleIndex other : here) {
      if (other == leader) continue;
      // Two segments at least: `$.Tasks[*]` is a walk, `$.Tasks` is a glance.
      if (const std::size_t same = shared(leader, other); same >= 2) segments = segments == 0 ? same : std::min(segments, same);
    }
    walk.segments = static_cast<std::uint32_t>(segments);
    std::vector<RuleIndex> rest;
    for (const RuleIndex other : here) {
      if (other == leader || (segments != 0 && shared(leader, other) >= segments)) {
        shape_rules_.push_back(other);
        ++walk.count;
      } else {
        rest.push_back(other);
      }
    }
    walks_.push_back(walk);
    here = std::move(rest);
  }
  made.walk_count = static_cast<std::uint32_t>(walks_.size()) - made.first_walk;
  for (std::size_t i = 0; i < std::min<std::size_t>(made.rule_count, kRuleBitsMax); ++i) {
    const Rule& rule = rules_[shape_rules_[made.first_rule + i]];
    const RuleBits bit = RuleBits{1} << i;
    for (std::size_t severity = 0; severity <= static_cast<std::size_t>(rule.severity); ++severity) made.at_least[severity] |= bit;
    for (std::size_t dialect = 0; dialect < made.for_dialect.size(); ++dialect)
      if (rule.holds_for(static_cast<Dialect>(dialect))) made.for_dialect[dialect] |= bit;
    if (rule.needs_now) made.need_now |= bit;
    if (rule.across_files) made.across_files |= bit;
  }
}

RuleSet RuleTables::set() const { return {rules_, shape_rules_, walks_, shapes_, wanted_, memos_, calls_, 0, {}}; }

const Rule* find_rule(const RuleSet& set, std::string_view id) {
  const auto found = std::lower_bound(set.rules.begin(), set.rules.end(), id, [](const Rule& rule, std::string_view wanted) { return rule.id < wanted; });
  return found != set.rules.end() && found->id == id ? &*found : nullptr;
}

std::size_t RuleFolder::problems() const {
  std::size_t count = 0;
  for (const auto& file : files) count += file->problems.size();
  return count;
}

Result<RuleFolder> load_rule_folder(const std::string& directory, const SchemaSet& schemas, RuleAllowance& left, const Confinement* links) {
  namespace fs = std::filesystem;
  std::error_code error;
  std::vector<std::string> paths;
  std::size_t entries = 0;
  for (fs::recursive_directory_iterator it(directory, error), end; !error && it != end; it.increment(error)) {
    if (++entries > kRuleEntriesMax) return Error{fmt::format("cannot read the rules in {}: it holds more than {} files and folders", ticked(directory), kRuleEntriesMax)};
    if (it->path().extension() == ".yaml" && it->path().filename().native()[0] != '.') paths.push_back(it->path().lexically_relative(directory).generic_string());
  }
  throw_if_out_of_memory(error);
  if (error) return Error{fmt::format("cannot read the rules in {}: {}", ticked(directory), error.message())};
  if (paths.empty()) return Error{fmt::format("there is no rule (`<family>/<bad-thing>.yaml`) in {}", ticked(directory))};
  if (paths.size() > left.files) return Error{fmt::format("cannot read the rules in {}: more than {} rules", ticked(directory), kRulesMax)};
  left.files -= paths.size();
  std::sort(paths.begin(), paths.end());
  Confinement inside = links != nullptr ? *links : Confinement();
  inside.allow(directory);
  RuleFolder folder;
  for (const std::string& path : paths) {
    const std::string name = (fs::path(directory) / path).generic_string();
    const Confinement::Place place = links != nullptr ? inside.place_of(name) : Confinement::Place{name};
    if (place.is_outside) return Error{inside.words(name, fmt::format("the folder of rules {}", ticked(directory)))};
    auto text = read_file(place.path, kRuleBytesMax, name);
    if (!text.ok()) return Error{text.error()};
    if (text.value().size() > left.bytes) return Error{fmt::format("cannot read {}: the rules are larger than {} bytes together", ticked(name), kRuleBytesMax)};
    left.bytes -= text.value().size();
    folder.files.push_back(read_rule_file(rule_id_of(path), name, text.value(), schemas));
  }
  return folder;
}

}  // namespace connect_lint
