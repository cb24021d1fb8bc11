#include "support.h"

#include <algorithm>
#include <stdexcept>

#include "document/describe_document.h"

namespace connect_lint::testing {

YamlReading::YamlReading(std::string_view text, std::uint32_t depth_max) {
  source_.assign(text);
  reader_.read(source_, some_keys(), depth_max, document_);
}

std::string YamlReading::value() const {
  return document_.empty() ? "nothing" : to_json(document_).dump(-1, ' ', false, Json::error_handler_t::replace);
}

std::string YamlReading::findings() const {
  std::vector<DocumentFinding> sorted = document_.findings;
  std::stable_sort(sorted.begin(), sorted.end(), [](const auto& a, const auto& b) { return a.span.begin < b.span.begin; });
  std::string list;
  for (const DocumentFinding& finding : sorted) {
    const DocumentWords words = describe_document(finding, document_);
    if (!list.empty()) list += '\n';
    list += std::to_string(finding.span.begin) + "-" + std::to_string(finding.span.end) + " " + words.message;
    if (!words.other.empty())
      list += " <- " + std::to_string(finding.other.begin) + "-" + std::to_string(finding.other.end) + " " + words.other;
  }
  return list;
}

NodeIndex YamlReading::node(std::string_view path) const {
  NodeIndex node = 0;
  while (!path.empty()) {
    const std::string_view step = path.substr(0, path.find('/'));
    path.remove_prefix(std::min(path.size(), step.size() + 1));
    NodeIndex found = kNoNode;
    std::size_t position = 0;
    for (const NodeIndex child : document_.children(node))
      if (document_[node].kind == Kind::Object ? document_.key(child) == step : std::to_string(position++) == step) found = child;
    if (found == kNoNode) throw std::runtime_error("no member " + std::string(step));
    node = found;
  }
  return node;
}

std::string_view YamlReading::bytes(std::string_view path, Mark mark) const {
  return document_.bytes(document_.span(node(path), mark));
}

namespace {

std::string flaw_of_node(const Document& document, NodeIndex index, bool aliases) {
  const Node& node = document[index];
  const std::size_t size = document.text().size();
  const std::string at = " at node " + std::to_string(index);
  if (node.begin > node.end || node.end > size || node.key_begin > node.key_end || node.key_end > size) return "a span that is none" + at;
  if (node.next <= index || node.next > document.nodes.size()) return "a subtree that is none" + at;
  if (node.kind == Kind::String && !node.has(Node::kDecoded) && node.begin == node.end) return "a text that is not written" + at;
  if (document.key(index).size() > size * 2 || document.string(index).size() > size * 2 + 400) return "a text that is too long" + at;
  const bool container = node.kind == Kind::Array || node.kind == Kind::Object;
  if (!container) return node.next == index + 1 ? "" : "children of a scalar" + at;
  std::uint32_t from = node.begin;
  NodeIndex last = index + 1;
  for (const NodeIndex child : document.children(index)) {
    const Node& inner = document[child];
    const bool key = inner.key_begin != inner.key_end;
    if (inner.next > node.next) return "a child beyond its parent" + at;
    if (!aliases && (inner.begin < from || inner.end > node.end || (key && (inner.key_begin < from || inner.key_end > inner.begin))))
      return "a child that lies elsewhere" + at;
    if (node.kind == Kind::Array && (key || inner.has(Node::kKeyDecoded))) return "an element with a key" + at;
    from = inner.end;
    last = inner.next;
  }
  return last == node.next ? "" : "a gap" + at;
}

}  // namespace

std::string flaw_of(const Document& document, bool aliases) {
  if (!document.empty() && document[0].next != document.nodes.size()) return "nodes outside of the root";
  for (NodeIndex i = 0; i < document.nodes.size(); ++i) {
    const std::string flaw = flaw_of_node(document, i, aliases);
    if (!flaw.empty()) return flaw;
  }
  for (const DocumentFinding& finding : document.findings) {
    const std::size_t size = document.text().size();
    if (finding.span.begin > finding.span.end || finding.span.end > size) return "a finding outside of the text";
    if (finding.other.begin > finding.other.end || finding.other.end > size) return "a second place outside of the text";
    if (finding.node != kNoNode && finding.node >= document.nodes.size()) return "a finding about no node";
    if (describe_document(finding, document).message.empty()) return "a finding without words";
  }
  return document.complete || !document.findings.empty() ? "" : "an end without a reason";
}

}  // namespace connect_lint::testing
