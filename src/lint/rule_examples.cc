#include "lint/rule_examples.h"

#include <fmt/format.h>

#include <algorithm>
#include <bit>
#include <optional>

#include "base/catalogue.h"
#include "document/json_writer.h"
#include "lint/settle.h"

namespace connect_lint {
namespace {

std::string list_of(const std::vector<std::string>& pointers) {
  if (pointers.empty()) return "nothing";
  std::string result;
  for (const std::string& pointer : pointers) result += fmt::format("{}`{}`", result.empty() ? "" : ", ", pointer);
  return result;
}

// Required members may be left out of an example.
std::size_t refusals(const ShapeFindings& findings) {
  return static_cast<std::size_t>(std::count_if(findings.kept.begin(), findings.kept.end(),
                                                [](const ShapeFinding& f) { return f.id != FindingId::SchemaRequired; }));
}

class ExampleRun {
 public:
  ExampleRun(const LintEngine& engine, const RuleLibrary& rules, RuleIndex rule, const RuleExample& example, Workspace& workspace)
      : engine_(engine), rules_(rules), rule_(rule), example_(example), workspace_(workspace), file_(rules.file(rule)) {}

  ExampleOutcome run() {
    write();
    const std::optional<ShapeIndex> shape = best_shape();
    read();
    check(shape.value_or(0));
    outcome_.refused = refusals(workspace_.shape_findings) > 0;
    std::erase_if(workspace_.occurrences, [&](const Occurrence& o) { return o.node != value_ || o.shape != shape; });
    workspace_.rules.run(rules_.set(), workspace_.document, workspace_.occurrences,
                         {.now = example_.now, .across_files = true, .request = request_, .dialect = dialect()}, workspace_.built_in_findings);
    std::erase_if(workspace_.built_in_findings.kept, [&](const RuleFinding& f) { return f.rule != rule_; });
    report();
    std::vector<std::string> wanted = example_.reports;
    std::sort(wanted.begin(), wanted.end());
    if (outcome_.pointers != wanted)
      outcome_.problem = fmt::format("this example should report {}, but it reports {}", list_of(wanted), list_of(outcome_.pointers));
    return std::move(outcome_);
  }

 private:
  void write() {
    outcome_.text = write_json(file_.document, example_.value);
    if (example_.request != kNoNode)
      outcome_.text = fmt::format("{{\"request\": {},\n \"value\": {}}}", write_json(file_.document, example_.request), outcome_.text);
  }

  void read() {
    workspace_.clear();
    workspace_.source.assign(outcome_.text);
    workspace_.reader.read(workspace_.source, engine_.schemas().keys, kDepthLimit, workspace_.document);
    const Document& document = workspace_.document;
    value_ = request_ = 0;
    if (example_.request == kNoNode) return;
    value_ = document.member(0, "value");
    request_ = document.member(0, "request");
  }

  // The first one that the rule holds for.
  [[nodiscard]] Dialect dialect() const {
    return static_cast<Dialect>(std::countr_zero(static_cast<unsigned>(rules_.set().rules[rule_].dialects)));
  }

  void check(ShapeIndex shape) {
    check_value(engine_.schemas(), workspace_.document, value_, shape, workspace_.regexes,
                workspace_.shape_findings, {.wanted = rules_.set().wanted, .occurrences = &workspace_.occurrences});
    workspace_.document.missing.clear();  // Examples are short.
  }

  // Of a rule on several shapes: the one that the value fits best.
  std::optional<ShapeIndex> best_shape() {
    const SchemaSet& schemas = engine_.schemas();
    std::optional<ShapeIndex> best;
    std::size_t least = 0;
    for (const std::string& name : file_.shape_names) {
      for (ShapeIndex shape = 0; shape < schemas.shapes.size(); ++shape) {
        if (schemas.shape_names[schemas.shapes[shape].name] != name) continue;
        read();
        check(shape);
        const std::size_t here = refusals(workspace_.shape_findings);
        if (best && here >= least) continue;
        best = shape;
        least = here;
      }
    }
    return best;
  }

  void report() {
    const RuleOutcome outcomes[] = {{&rules_, &workspace_.built_in_findings}};
    const ShapeFindings none;
    settle({.document = workspace_.document,
            .schemas = engine_.schemas(),
            .shape = none,
            .rules = outcomes,
            .evaluator = workspace_.rules.evaluator()},
           Severity::Info, 1000, outcome_.report);
    Report& report = outcome_.report;
    for (UniqueValue& unique : report.unique_values) report.diagnostics.push_back(std::move(unique.diagnostic));
    const std::size_t prefix = example_.request != kNoNode ? std::string_view("/value").size() : 0;
    for (const Diagnostic& found : report.diagnostics) {
      const bool inside = prefix == 0 || found.pointer.starts_with("/value");
      outcome_.pointers.push_back(inside ? found.pointer.substr(prefix) : found.pointer);
    }
    std::sort(outcome_.pointers.begin(), outcome_.pointers.end());
  }

  const LintEngine& engine_;
  const RuleLibrary& rules_;
  const RuleIndex rule_;
  const RuleExample& example_;
  Workspace& workspace_;
  const RuleFile& file_;
  ExampleOutcome outcome_;
  NodeIndex value_ = 0;
  NodeIndex request_ = 0;
};

}  // namespace

ExampleOutcome run_example(const LintEngine& engine, const RuleLibrary& rules, RuleIndex rule, const RuleExample& example, Workspace& workspace) {
  return ExampleRun(engine, rules, rule, example, workspace).run();
}

}  // namespace connect_lint
