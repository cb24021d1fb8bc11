// Findings of the YAML composer.
#include <algorithm>
#include <functional>

#include "document/yaml_composer.h"
#include "document/yaml_problems.h"

namespace connect_lint {

// The innermost value around the place.
NodeIndex YamlComposer::here() const {
  if (!frames_.empty()) return frames_.back().node;
  return document_->nodes.size() > 0 ? 0 : kNoNode;
}

void YamlComposer::report(FindingId id, Span span, NodeIndex node, std::uint64_t number) {
  document_->report({.id = id, .span = span, .node = node, .number = number});
}

void YamlComposer::report(SyntaxProblem problem, Span span, NodeIndex node) {
  document_->report({.id = FindingId::DocumentSyntax, .problem = problem, .span = span, .node = node});
}

void YamlComposer::report_problem(const YamlProblem& problem) {
  DocumentFinding finding = finding_of(problem, document_->text());
  finding.node = here();
  document_->report(finding);
}

// As JsonReader does it: sorted by hash, so that many keys cost little, and
// compared where hashes collide, so that no choice of keys costs more.
void YamlComposer::check_duplicates(NodeIndex object) {
  Document& document = *document_;
  keys_seen_.clear();
  NodeIndex first_merge = kNoNode;
  for (const NodeIndex child : document.children(object)) {
    const bool merge = links_ != nullptr && (*links_)[child].merge;
    if (!merge) {
      const std::string_view key = document.key(child);
      keys_seen_.push_back({std::hash<std::string_view>{}(key), key, child});
    } else if (first_merge == kNoNode) {
      first_merge = child;
    } else {
      report_duplicate(child, first_merge);
    }
  }
  std::sort(keys_seen_.begin(), keys_seen_.end(), [](const KeySeen& a, const KeySeen& b) {
    if (a.hash != b.hash) return a.hash < b.hash;
    const int order = a.text.compare(b.text);
    return order != 0 ? order < 0 : a.node < b.node;
  });
  std::size_t first = 0;
  for (std::size_t i = 1; i < keys_seen_.size(); ++i) {
    if (keys_seen_[i].hash == keys_seen_[first].hash && keys_seen_[i].text == keys_seen_[first].text)
      report_duplicate(keys_seen_[i].node, keys_seen_[first].node);
    else
      first = i;
  }
}

void YamlComposer::report_duplicate(NodeIndex again, NodeIndex first) {
  // Reported for what it is: a key that could not be read has no text to be equal.
  if (document_->nodes[again].has(Node::kKeyBroken)) return;
  document_->nodes[again].flags |= Node::kKeyAgain;
  document_->report({.id = FindingId::DocumentDuplicateKey,
                     .span = document_->span(again, Mark::Key),
                     .other = document_->span(first, Mark::Key),
                     .node = again,
                     .mark = Mark::Key});
}

}  // namespace connect_lint
