#include "rules/rule_run.h"

#include <fmt/format.h>

#include <algorithm>
#include <cassert>
#include <cstdio>
#include <cstdlib>

#include "base/limits.h"
#include "rules/sieve.h"

namespace connect_lint {
namespace {

// Tests run what a sieve holds back, too: it must find nothing.
#ifdef CONNECT_LINT_CHECK_SIEVES
constexpr bool kCheckSieves = true;
#else
constexpr bool kCheckSieves = false;
#endif
constexpr std::size_t kNodesCheckedMax = 100'000;  // Evaluating all rules takes its time.

}  // namespace

struct RuleRunner::Run {
  RuleRunner& runner;
  const RuleSet& set;
  const Document& document;
  const RuleRunOptions& options;
  RuleFindings& findings;
  Evaluator& evaluator;
  SieveContext sieve_context;
  NodeIndex root = 0;
  bool held_back = false;  // The rule that runs; with kCheckSieves.

  void occurrence(const Occurrence& occurrence) {
    const ShapeRules& here = set.shapes[occurrence.shape];
    root = occurrence.node;
    const RuleBits rules = rules_to_run(here);
    const bool sifts = here.sieve != nullptr && rules != 0 && (options.certain || is_certain(document, root));
    const RuleBits may = sifts ? sift(here.sieve, rules) : rules;
    if (kCheckSieves && document.nodes.size() <= kNodesCheckedMax && may != rules) check_sieve(here, may);
    if (may == 0 && here.rule_count <= kRuleBitsMax) return;
    evaluator.begin(set.memos, set.calls);
    for (const RuleWalk& walked : set.walks.subspan(here.first_walk, here.walk_count)) walk(walked, walked.first - here.first_rule, may);
  }

  [[nodiscard]] RuleBits rules_to_run(const ShapeRules& here) const {
    return here.at_least[static_cast<std::size_t>(options.least)] & here.for_dialect[static_cast<std::size_t>(options.dialect)] &
           ~(options.now ? 0 : here.need_now) & ~(options.across_files ? 0 : here.across_files);
  }

  RuleBits sift(Sieve sieve, RuleBits rules) {
    sieve_context.next();
    evaluator.set_budget(runner.sieve_work_left_);
    evaluator.set_unknown_flags(Node::kUnknown | Node::kBroken);
    const RuleBits may = sieve(sieve_context, root, rules);
    runner.sieve_work_left_ = evaluator.budget();
    return evaluator.exhausted() ? rules : may;
  }

  void check_sieve(const ShapeRules& here, RuleBits may) {
    evaluator.begin(set.memos, set.calls);
    held_back = true;
    for (std::uint32_t i = 0; i < here.rule_count; ++i) {
      const RuleIndex rule = set.shape_rules[here.first_rule + i];
      if ((may >> i & 1) == 0 && runner.work_left_[rule] != 0 && applies(set.rules[rule]) && holds(rule)) select(rule, 0, root);
    }
    held_back = false;
  }

  void walk(const RuleWalk& walk, std::uint32_t first, RuleBits may) {
    runner.active_.clear();
    for (std::uint32_t i = 0; i < walk.count; ++i) {
      const RuleIndex rule = set.shape_rules[walk.first + i];
      const bool runs = first + i < kRuleBitsMax ? (may >> (first + i) & 1) != 0 : applies(set.rules[rule]);
      if (runs && runner.work_left_[rule] != 0 && holds(rule)) runner.active_.push_back(rule);
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

  [[nodiscard]] bool applies(const Rule& rule) const {
    return rule.severity >= options.least && (!rule.needs_now || options.now) && (!rule.across_files || options.across_files) &&
           rule.holds_for(options.dialect);
  }

  bool holds(RuleIndex index) {
    const Rule& rule = set.rules[index];
    if (!rule.has_when()) return true;
    prepare(index);
    const Truth truth = evaluator.test(rule.when, root);
    settle(index);
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
    evaluator.set_budget(runner.work_left_[index]);
    evaluator.set_unknown_flags(set.rules[index].sees_refused ? Node::kUnknown : Node::kUnknown | Node::kBroken);
  }

  // A rule's work is bounded for the whole document, however often it runs.
  void settle(RuleIndex index) {
    if (evaluator.exhausted() && runner.work_left_[index] > 0) add(index, options.request, true);
    runner.work_left_[index] = evaluator.budget();
  }

  void add(RuleIndex rule, NodeIndex node, bool too_much_work = false) {
    if (held_back && !too_much_work) {
      fmt::print(stderr, "the sieve holds back {}, which finds something\n", set.rules[rule].id);
      std::abort();
    }
    if (findings.kept.size() < kFindingsKeptMax) {
      findings.kept.push_back({rule, too_much_work, root, node});
    } else {
      ++findings.left_out[static_cast<std::size_t>(set.rules[rule].severity)];
    }
  }
};

void RuleRunner::run(const RuleSet& set, const Document& document, std::span<const Occurrence> occurrences,
                     const RuleRunOptions& options, RuleFindings& findings) {
  if (occurrences.empty() || set.rules.empty()) return;
  assert((!options.certain || is_certain(document, 0)) && "something is not certain");
  evaluator_.open(document);
  evaluator_.set_surroundings({.request = options.request, .now = options.now});
  const std::uint64_t work = kRuleWorkMin + kRuleWorkPerNode * document.nodes.size();
  work_left_.assign(set.rules.size(), work);
  sieve_work_left_ = kSieveWorkFactor * work;
  if (lists_.size() < set.lists) lists_.resize(set.lists);
  Run run{*this, set, document, options, findings, evaluator_, SieveContext(set, document, evaluator_, lists_)};
  for (const Occurrence& occurrence : occurrences) run.occurrence(occurrence);
}

}  // namespace connect_lint
