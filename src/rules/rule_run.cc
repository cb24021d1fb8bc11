#include "rules/rule_run.h"

#include <algorithm>

#include "base/limits.h"

namespace connect_lint {

struct RuleRunner::Run {
  RuleRunner& runner;
  const RuleSet& set;
  const SchemaSet& schemas;
  const Document& document;
  const RuleRunOptions& options;
  RuleFindings& findings;
  Evaluator& evaluator;
  const bool plain;  // The reader found nothing: no key is there twice, which gates do not know.
  NodeIndex root = 0;
  bool begun = false;  // The evaluator, for this occurrence.

  void occurrence(const Occurrence& occurrence) {
    const ShapeRules& here = set.shapes[occurrence.shape];
    const std::uint64_t possible = possible_rules(here, occurrence);
    if (possible == 0) return;
    root = occurrence.node;
    begun = false;
    if (plain) runner.gates_.enter(here, root);
    for (std::uint32_t i = 0; i < here.walk_count; ++i) {
      const RuleWalk& walked = set.walks[here.first_walk + i];
      const std::uint32_t first = walked.first - here.first_rule;
      if (first >= 64 || (possible >> first & mask(walked.count)) != 0) walk(walked, first, possible);
    }
  }

  static std::uint64_t mask(std::uint32_t bits) { return bits >= 64 ? ~std::uint64_t{0} : (std::uint64_t{1} << bits) - 1; }

  // The rules on the shape that can find anything here, as bits.
  [[nodiscard]] std::uint64_t possible_rules(const ShapeRules& here, const Occurrence& occurrence) const {
    if (here.table_plus_1 == 0) return ~std::uint64_t{0};
    const std::span<const KeyId> values = here.deciding == 0 ? std::span<const KeyId>() : schemas.values_of(schemas.enumerations[here.enumeration]);
    std::size_t value = values.size();
    if (here.deciding != 0 && plain) {
      for (const NodeIndex child : document.children(occurrence.node)) {
        const Node& node = document[child];
        if (node.key_id != here.deciding) continue;
        if (node.kind == Kind::String && !node.has(Node::kUnknown | Node::kBroken)) {
          const KeyId key = schemas.keys.find(document.string(child));
          value = static_cast<std::size_t>(std::find(values.begin(), values.end(), key) - values.begin());
        }
        break;
      }
    }
    const std::uint64_t members = occurrence.properties & mask(here.properties);
    std::uint64_t possible = set.possible[here.table_plus_1 - 1 + (value << here.properties) + members];
    if ((occurrence.properties & Occurrence::kOtherMembers) != 0) possible |= here.open;
    return possible;
  }

  void walk(const RuleWalk& walk, std::uint32_t first, std::uint64_t possible) {
    runner.active_.clear();
    for (std::uint32_t i = 0; i < walk.count; ++i) {
      const bool in_table = first + i < 64;
      if (in_table && (possible >> (first + i) & 1) == 0) continue;
      const ShapeRule& shape_rule = set.shape_rules[walk.first + i];
      const RuleIndex rule = shape_rule.rule;
      if (runner.work_left_[rule] == 0) continue;
      // Such rules see values as they are written; gates do not.
      const bool blind = set.rules[rule].sees_refused && !options.nothing_refused;
      if (plain && !blind) {
        if (!runner.gates_.pass(shape_rule) || !rest_holds(shape_rule)) continue;
      } else if (!holds(rule)) {
        continue;
      }
      runner.active_.push_back(rule);
    }
    if (runner.active_.empty()) return;
    if (walk.segments == 0 || runner.active_.size() == 1) {
      for (const RuleIndex rule : runner.active_) select(rule, 0, root);
      return;
    }
    const Rule& leader = set.rules[runner.active_[0]];
    prepare(runner.active_[0]);
    runner.heads_.clear();
    evaluator.select_head(leader.find, walk.segments, root, runner.heads_);
    settle(runner.active_[0]);
    if (runner.work_left_[runner.active_[0]] == 0) {
      // The list is not whole: each of the others has to make its own.
      for (const RuleIndex rule : std::span(runner.active_).subspan(1)) select(rule, 0, root);
      return;
    }
    each_once(runner.heads_);
    for (const RuleIndex rule : runner.active_)
      for (const NodeIndex head : runner.heads_) select(rule, walk.segments, head);
  }

  bool holds(RuleIndex index) {
    const Rule& rule = set.rules[index];
    if (!rule.has_when()) return true;
    prepare(index);
    const Truth truth = evaluator.test(rule.when, root);
    settle(index);
    return truth == Truth::True;
  }

  // The parts of the condition that no gate tested.
  bool rest_holds(const ShapeRule& shape_rule) {
    if (shape_rule.rest_count == 0) return true;
    const Rule& rule = set.rules[shape_rule.rule];
    prepare(shape_rule.rule);
    Truth truth = Truth::True;
    for (const TermIndex part : set.rest.subspan(shape_rule.first_rest, shape_rule.rest_count)) {
      truth = evaluator.test_part(rule.when, part, root);
      if (truth != Truth::True) break;
    }
    settle(shape_rule.rule);
    return truth == Truth::True;
  }

  void select(RuleIndex index, std::uint32_t segment, NodeIndex from) {
    const Rule& rule = set.rules[index];
    if (!rule.has_find()) return add(index, root);
    prepare(index);
    runner.nodes_.clear();
    evaluator.select_from(rule.find, segment, root, from, runner.nodes_);
    settle(index);
    if (runner.work_left_[index] == 0) return;  // Stopped: the list is not whole.
    each_once(runner.nodes_);
    for (const NodeIndex node : runner.nodes_)
      if (!is_refused(rule, node)) add(index, node);
  }

  // A nodelist may have the same node several times (`$['a', 'a']`).
  static void each_once(std::vector<NodeIndex>& nodes) {
    if (nodes.size() < 2) return;
    std::sort(nodes.begin(), nodes.end());
    nodes.erase(std::unique(nodes.begin(), nodes.end()), nodes.end());
  }

  // What the schema refuses has its finding already.
  [[nodiscard]] bool is_refused(const Rule& rule, NodeIndex node) const {
    const std::uint8_t flag = rule.mark == Mark::Key ? Node::kKeyBroken : Node::kBroken;
    return !rule.sees_refused && document[node].has(flag);
  }

  void prepare(RuleIndex index) {
    if (!begun) evaluator.begin(set.memos, set.calls);
    begun = true;
    evaluator.set_budget(runner.work_left_[index]);
    evaluator.set_unknown_flags(set.rules[index].sees_refused ? Node::kUnknown : Node::kUnknown | Node::kBroken);
  }

  // A rule's work is bounded for the whole document, however often it runs.
  void settle(RuleIndex index) {
    if (evaluator.exhausted() && runner.work_left_[index] > 0) add(index, options.request, true);
    runner.work_left_[index] = evaluator.budget();
  }

  void add(RuleIndex rule, NodeIndex node, bool too_much_work = false) {
    if (findings.kept.size() < kFindingsKeptMax) {
      findings.kept.push_back({rule, too_much_work, root, node});
    } else {
      ++findings.left_out[static_cast<std::size_t>(set.rules[rule].severity)];
    }
  }
};

void RuleRunner::run(const RuleSet& set, const SchemaSet& schemas, const Document& document, std::span<const Occurrence> occurrences,
                     const RuleRunOptions& options, RuleFindings& findings) {
  if (occurrences.empty() || set.rules.empty()) return;
  evaluator_.open(document);
  evaluator_.set_surroundings({.request = options.request, .now = options.now});
  const std::uint64_t work = kRuleWorkMin + kRuleWorkPerNode * document.nodes.size();
  work_left_.resize(set.rules.size());
  for (std::size_t i = 0; i < set.rules.size(); ++i) {
    const Rule& rule = set.rules[i];
    const bool applies = rule.severity >= options.least && (!rule.needs_now || options.now) && (!rule.across_files || options.across_files) && rule.holds_for(options.dialect);
    work_left_[i] = applies ? work : 0;
  }
  Run run{*this, set, schemas, document, options, findings, evaluator_, document.findings.empty()};
  gates_.open(set, document);
  for (const Occurrence& occurrence : occurrences) run.occurrence(occurrence);
}

}  // namespace connect_lint
