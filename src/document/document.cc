#include "document/document.h"

#include <algorithm>
#include <string>

#include "base/limits.h"
#include "source/json_path.h"

namespace connect_lint {

void NodeArray::reserve(std::size_t nodes) {
  block_.reserve(nodes * sizeof(Node));
  nodes_ = static_cast<Node*>(block_.data());
  capacity_ = static_cast<NodeIndex>(std::min<std::size_t>(block_.capacity() / sizeof(Node), kNoNode - 1));
}

void Document::reset(std::string_view text, const KeyTable& table) {
  keys = table;
  missing.clear();
  syntax = Syntax::Json;
  aliases.clear();
  text_ = text;
  nodes.clear();
  decoded.clear();
  decoded_texts_.clear();
  findings.clear();
  findings_left_out = 0;
  function_tags.clear();
  complete = false;
}

std::string_view Document::decoded_text(NodeIndex index, Mark mark) const {
  if (decoded_texts_.empty()) return bytes(span(index, mark));
  const std::uint64_t wanted = std::uint64_t{index} * 2 + (mark == Mark::Key ? 1 : 0);
  const auto found = std::lower_bound(
      decoded_texts_.begin(), decoded_texts_.end(), wanted,
      [](const DecodedText& text, std::uint64_t value) { return text.node_and_mark < value; });
  if (found == decoded_texts_.end() || found->node_and_mark != wanted) return bytes(span(index, mark));
  return {decoded.data() + found->offset, found->length};
}

Span Document::span(NodeIndex index, Mark mark) const {
  const Node& node = nodes[index];
  if (mark == Mark::Key && node.key_begin != node.key_end) return {node.key_begin, node.key_end};
  return {node.begin, node.end};
}

const Document::Alias* Document::alias_around(NodeIndex index, Mark mark) const {
  const auto after = std::upper_bound(aliases.begin(), aliases.end(), index,
                                      [](NodeIndex wanted, const Alias& alias) { return wanted < alias.node; });
  if (after == aliases.begin()) return nullptr;
  const Alias& alias = *(after - 1);
  if (index >= nodes[alias.node].next) return nullptr;
  const bool own_key = mark == Mark::Key && index == alias.node && !alias.merge;
  return own_key ? nullptr : &alias;
}

Span Document::place_of_use(NodeIndex index, Mark mark) const {
  if (nodes[index].key_begin == nodes[index].key_end) mark = Mark::Value;
  const Alias* alias = alias_around(index, mark);
  return alias != nullptr ? alias->use : span(index, mark);
}

bool Document::is_aliased(NodeIndex index, Mark mark) const {
  if (nodes[index].key_begin == nodes[index].key_end) mark = Mark::Value;
  return alias_around(index, mark) != nullptr;
}

bool Document::is_used_elsewhere(Span wanted) const {
  return std::any_of(aliases.begin(), aliases.end(), [&](const Alias& alias) {
    const Node& node = nodes[alias.node];
    const std::uint32_t begin = alias.merge ? node.key_begin : node.begin;
    return begin <= wanted.begin && wanted.end <= node.end;
  });
}

NodeIndex Document::member(NodeIndex object, std::string_view wanted) const {
  NodeIndex found = kNoNode;
  if (nodes[object].kind != Kind::Object) return found;
  for (const NodeIndex child : children(object))
    if (key(child) == wanted) found = child;
  return found;
}

void Document::set_decoded(NodeIndex index, Mark mark, std::uint32_t offset, std::uint32_t length) {
  const std::uint64_t place = std::uint64_t{index} * 2 + (mark == Mark::Key ? 1 : 0);
  const DecodedText text{place, offset, length};
  // A key is decoded before its value's node exists, so order is nearly given.
  auto at = decoded_texts_.end();
  while (at != decoded_texts_.begin() && (at - 1)->node_and_mark > place) --at;
  decoded_texts_.insert(at, text);
  set_plain(index, mark);
}

bool Document::is_missing(NodeIndex object, KeyId key) const {
  return nodes[object].kind == Kind::Object && nodes[object].has(Node::kIncomplete) &&
         std::binary_search(missing.begin(), missing.end(), MissingMember{object, key});
}

const FunctionTag* Document::function_tag(NodeIndex index) const {
  if (!nodes[index].has(Node::kUnknown)) return nullptr;
  const auto found = std::lower_bound(function_tags.begin(), function_tags.end(), index,
                                      [](const FunctionTag& tag, NodeIndex node) { return tag.node < node; });
  return found != function_tags.end() && found->node == index ? &*found : nullptr;
}

void Document::refuse_function_tags() {
  std::uint32_t reported = 0;  // An alias repeats the tag of its anchor.
  for (const FunctionTag& tag : function_tags) {
    Node& node = nodes[tag.node];
    node.flags = static_cast<std::uint8_t>((node.flags & ~Node::kUnknown) | Node::kBroken);
    if (tag.span.end <= reported) continue;
    reported = tag.span.end;
    report({.id = FindingId::DocumentSyntax, .problem = SyntaxProblem::YamlTag, .span = tag.span, .node = tag.node});
  }
  function_tags.clear();
}

void Document::report(DocumentFinding finding) {
  if (findings.size() == kFindingsKeptMax) {
    ++findings_left_out;
    return;
  }
  findings.push_back(finding);
}

std::size_t PathFinder::position(std::size_t depth, NodeIndex container, NodeIndex index) {
  if (depth == steps_.size()) steps_.emplace_back();
  Step& step = steps_[depth];
  if (step.container != container) {
    step.container = container;
    step.children.assign(1, container + 1);
  }
  while (document_[step.children.back()].next <= index) step.children.push_back(document_[step.children.back()].next);
  const auto after = std::upper_bound(step.children.begin(), step.children.end(), index);
  return static_cast<std::size_t>(after - step.children.begin()) - 1;
}

void PathFinder::find(NodeIndex index, std::string& pointer, std::string& path) {
  pointer.clear();
  path = "$";
  NodeIndex container = 0;
  for (std::size_t depth = 0; container != index; ++depth) {
    const std::size_t at = position(depth, container, index);
    const NodeIndex child = steps_[depth].children[at];
    const std::size_t pointer_bytes = pointer.size();
    const std::size_t path_bytes = path.size();
    if (document_[container].kind == Kind::Array) {
      append_pointer_index(pointer, at);
      append_path_index(path, at);
    } else {
      const std::string_view key = document_.key(child);
      if (key.size() > bytes_max_) return;
      append_pointer_key(pointer, key);
      append_path_key(path, key);
    }
    if (pointer.size() > bytes_max_ || path.size() > bytes_max_) {
      pointer.resize(pointer_bytes);
      path.resize(path_bytes);
      return;
    }
    container = child;
  }
}

}  // namespace connect_lint
