#include "rules/describe_rule.h"

#include "base/limits.h"
#include "rules/rule_fix.h"

namespace connect_lint {

RuleWords describe_rule(const RuleFinding& finding, const RuleFile& file, Evaluator& evaluator, const Document& document) {
  RuleWords words;
  if (finding.too_much_work) return words;
  evaluator.set_budget(kQueryWorkMax);
  evaluator.set_unknown_flags(Node::kUnknown);  // Messages show what is written.
  words.message = file.message.render(evaluator, document, finding.root, finding.node);
  words.help = file.help.render(evaluator, document, finding.root, finding.node);
  for (const RelatedTemplate& related : file.related) {
    std::vector<NodeIndex> places;
    if (related.nodes) {
      evaluator.select(*related.nodes, finding.root, places);
    } else if (related.at) {
      const Value value = evaluator.value(*related.at, finding.root, finding.node);
      if (value.node != kNoNode) places.push_back(value.node);
    }
    for (const NodeIndex place : places) {
      if (words.related.size() == kRelatedPlacesMax) break;
      if (place != finding.node) words.related.push_back({place, related.message.render(evaluator, document, finding.root, place)});
    }
  }
  if (file.fix) {
    Value text;
    if (file.fix->text) text = evaluator.value(*file.fix->text, finding.root, finding.node);
    words.fix = make_fix(*file.fix, text, document, finding.node);
  }
  return words;
}

}  // namespace connect_lint
