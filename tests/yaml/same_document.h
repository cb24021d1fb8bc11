// Whether two readings of one text are the same, to the last flag.
#ifndef CONNECT_LINT_TESTS_YAML_SAME_DOCUMENT_H_
#define CONNECT_LINT_TESTS_YAML_SAME_DOCUMENT_H_

#include <algorithm>
#include <string>
#include <tuple>

#include "document/document.h"

namespace connect_lint::testing {

inline auto all_of(const Node& node) {
  return std::tuple(node.begin, node.end, node.key_begin, node.key_end, node.next, node.key_id, node.kind, node.flags);
}

inline auto all_of(const DocumentFinding& finding) {
  return std::tuple(finding.id, finding.problem, finding.span.begin, finding.span.end, finding.other.begin, finding.other.end,
                    finding.node, finding.mark, finding.number, finding.words);
}

inline auto all_of(const FunctionTag& tag) { return std::tuple(tag.node, tag.span.begin, tag.span.end, tag.function); }

inline auto all_of(const Document::Alias& alias) { return std::tuple(alias.node, alias.use.begin, alias.use.end, alias.merge); }

// The first difference; empty without one.
[[nodiscard]] inline std::string difference_of(const Document& one, const Document& other) {
  const auto same = [](const auto& a, const auto& b) {
    return std::equal(a.begin(), a.end(), b.begin(), b.end(), [](const auto& x, const auto& y) { return all_of(x) == all_of(y); });
  };
  if (one.syntax != other.syntax) return "the syntax";
  if (one.complete != other.complete) return "whether it is complete";
  if (one.nodes.size() != other.nodes.size()) return "the number of nodes";
  for (NodeIndex i = 0; i < one.nodes.size(); ++i) {
    if (all_of(one[i]) != all_of(other[i])) return "node " + std::to_string(i);
    if (one.key(i) != other.key(i)) return "the key of node " + std::to_string(i);
    if (one.string(i) != other.string(i)) return "the text of node " + std::to_string(i);
  }
  if (!same(one.findings, other.findings) || one.findings_left_out != other.findings_left_out) return "the findings";
  if (!same(one.aliases, other.aliases)) return "the aliases";
  if (!same(one.function_tags, other.function_tags)) return "the tags";
  return "";
}

}  // namespace connect_lint::testing

#endif  // CONNECT_LINT_TESTS_YAML_SAME_DOCUMENT_H_
