#include "document/yaml_expander.h"

#include <algorithm>

#include "base/limits.h"

namespace connect_lint {
namespace {

constexpr std::uint8_t kKeyFlags = Node::kKeyAgain | Node::kKeyDecoded | Node::kKeyBroken;

}  // namespace

void YamlExpander::expand(Document& from, const std::vector<YamlLink>& links, std::uint32_t depth_max, Document& to) {
  from_ = &from;
  to_ = &to;
  links_ = &links;
  depth_max_ = depth_max;
  added_ = 0;
  exhausted_ = too_deep_ = false;
  frames_.clear();
  merged_.clear();
  first_.assign(from.nodes.size(), kNoNode);
  reported_.assign(from.nodes.size(), false);
  to.findings_left_out = from.findings_left_out;

  if (!from.empty()) emit(0, false, {});
  while (!frames_.empty()) {
    Frame& frame = frames_.back();
    if (frame.copied && exhausted_) {
      frame.child = from[frame.source].next;
      frame.added = merged_.size();
      to.nodes[frame.node].flags |= Node::kBroken;
    }
    if (frame.child != from[frame.source].next) {
      const NodeIndex member = frame.child;
      frame.child = from[member].next;
      if (links[member].merge) frame.merges = true;
      else emit(member, frame.copied, frame.alias);
    } else if (frame.merges) {
      collect_merged();
    } else if (frame.added < merged_.size()) {
      const NodeIndex member = merged_[frame.added++];
      emit(member, true, frame.alias);
    } else {
      end_children();
    }
  }
  move_findings();
  to.syntax = from.syntax;
  to.complete = from.complete && !exhausted_ && !too_deep_;
  to.decoded.swap(from.decoded);
}

// Counts a node that is added, or that is looked at for a merge; false when
// there are too many.
bool YamlExpander::spend(Span alias) {
  if (exhausted_) return false;
  if (++added_ <= kYamlAliasNodesMax) return true;
  exhausted_ = true;
  report(SyntaxProblem::YamlAliasBudget, alias, frames_.empty() ? kNoNode : frames_.back().node, kYamlAliasNodesMax);
  return false;
}

// One member or element, with its own key and the value that it stands for.
void YamlExpander::emit(NodeIndex member, bool copied, Span alias) {
  NodeIndex source = value_of(member);
  if (source != member && !copied) {
    copied = true;
    alias = from_->span(member, Mark::Value);
  }
  const bool affordable = !copied || spend(alias);
  if (!affordable) source = member;
  const Node& key = (*from_)[member];
  const Node& value = (*from_)[source];
  const bool container = value.kind == Kind::Array || value.kind == Kind::Object;
  const bool too_deep = container && copied && frames_.size() == depth_max_;
  const NodeIndex index = to_->nodes.size();
  Node& node = to_->nodes.append();
  node = value;
  node.key_begin = key.key_begin;
  node.key_end = key.key_end;
  node.key_id = key.key_id;
  node.next = index + 1;
  node.flags = static_cast<std::uint8_t>((value.flags & ~(kKeyFlags | Node::kDecoded)) | (key.flags & (Node::kKeyAgain | Node::kKeyBroken)));
  if (!affordable || too_deep) node.flags |= Node::kBroken;
  if (value.has(Node::kDecoded)) set_text(index, Mark::Value, from_->string(source));
  if (key.has(Node::kKeyDecoded)) set_text(index, Mark::Key, from_->key(member));
  if (const FunctionTag* const tag = from_->function_tag(source)) to_->function_tags.push_back({index, tag->span, tag->function});
  if (first_[member] == kNoNode) first_[member] = index;
  if (first_[source] == kNoNode) first_[source] = index;
  note_alias(member, source, index, copied ? alias : (*links_)[member].alias);
  if (too_deep && !too_deep_) {
    too_deep_ = true;
    to_->report({.id = FindingId::DocumentTooDeep, .span = alias, .node = index, .number = depth_max_});
  }
  if (!container || too_deep || !affordable || value.next == source + 1) return;
  frames_.push_back({.node = index,
                     .source = source,
                     .child = source + 1,
                     .added = merged_.size(),
                     .added_begin = merged_.size(),
                     .alias = alias,
                     .copied = copied,
                     .merges = false});
}

// `text` is one that `from_` has decoded, or what the node's bytes are.
void YamlExpander::set_text(NodeIndex index, Mark mark, std::string_view text) {
  if (text.data() == to_->bytes(to_->span(index, mark)).data()) return to_->set_plain(index, mark);
  const auto offset = static_cast<std::uint32_t>(text.data() - from_->decoded.data());
  to_->set_decoded(index, mark, offset, static_cast<std::uint32_t>(text.size()));
}

// Of what is taken from elsewhere: the outermost alias or merge.
void YamlExpander::note_alias(NodeIndex member, NodeIndex source, NodeIndex index, Span alias) {
  const bool inside = !frames_.empty() && frames_.back().copied;
  if (inside || alias.begin == alias.end) return;
  const bool merge = alias.begin != (*links_)[member].alias.begin;
  if (merge) {
    // What `<<: {a: 1}` merges stands where it is used.
    const Node& object = (*from_)[frames_.back().source];
    if (object.begin <= (*from_)[member].key_begin && (*from_)[source].end <= object.end) return;
  }
  to_->aliases.push_back({.node = index, .use = alias, .merge = merge});
}

void YamlExpander::end_children() {
  const Frame& frame = frames_.back();
  to_->nodes[frame.node].next = to_->nodes.size();
  merged_.resize(frame.added_begin);
  frames_.pop_back();
}

// The members that an object gets by its merges: none that it has itself, and
// of several with one key the first. What a source merges itself comes after
// its own members.
void YamlExpander::collect_merged() {
  Frame& frame = frames_.back();
  frame.merges = false;
  // A table that was large once is wiped as a whole, however little is in it.
  if (keys_.bucket_count() > 64 + 8 * keys_.size()) keys_ = std::unordered_set<std::string_view>();
  keys_.clear();
  sources_.clear();
  std::vector<NodeIndex> merges;
  NodeIndex first_merge = kNoNode;
  bool broken = false;
  for (const NodeIndex child : from_->children(frame.source)) {
    if (!(*links_)[child].merge) {
      keys_.insert(from_->key(child));
      continue;
    }
    if (first_merge == kNoNode) first_merge = child;
    merges.push_back(child);
  }
  // A list of aliases is too long to be pointed at.
  const bool alias = (*links_)[first_merge].target != kNoNode;
  if (!frame.copied) frame.alias = from_->span(first_merge, alias ? Mark::Value : Mark::Key);
  while (true) {
    // Sources lie on a stack, so those of a source come before its neighbours.
    for (std::size_t i = merges.size(); i-- > 0;) broken |= !add_sources(merges[i]);
    if (sources_.empty() || exhausted_) break;
    const NodeIndex source = sources_.back();
    sources_.pop_back();
    merges.clear();
    for (const NodeIndex child : from_->children(source)) {
      if (!spend(frame.alias)) break;
      if ((*links_)[child].merge) {
        merges.push_back(child);
      } else if (keys_.insert(from_->key(child)).second) {
        merged_.push_back(child);
        --added_;  // It counts when it is put in.
      }
    }
  }
  if (broken || exhausted_) to_->nodes[frame.node].flags |= Node::kBroken;
}

bool YamlExpander::add_sources(NodeIndex merge) {
  const auto report_once = [&](NodeIndex node) {
    const bool known = reported_[node] || (*from_)[node].has(Node::kBroken);
    reported_[node] = true;
    if (known) return false;
    Span span = from_->span(node, Mark::Value);
    if (span.begin == span.end) span = from_->span(merge, Mark::Key);
    report(SyntaxProblem::YamlMerge, span, frames_.back().node);
    return false;
  };
  const NodeIndex value = value_of(merge);
  if ((*from_)[value].kind == Kind::Object) {
    sources_.push_back(value);
    return true;
  }
  if ((*from_)[value].kind != Kind::Array) return report_once(merge);
  bool all = true;
  const std::size_t first = sources_.size();
  for (const NodeIndex element : from_->children(value)) {
    if (!spend(frames_.back().alias)) break;
    if ((*from_)[value_of(element)].kind == Kind::Object) sources_.push_back(value_of(element));
    else all = report_once(element);
  }
  std::reverse(sources_.begin() + static_cast<std::ptrdiff_t>(first), sources_.end());
  return all;
}

void YamlExpander::report(SyntaxProblem problem, Span span, NodeIndex node, std::uint64_t number) {
  to_->report({.id = FindingId::DocumentSyntax, .problem = problem, .span = span, .node = node, .number = number});
}

// The composer's findings, about the nodes that its nodes became. A member that
// was merged away became none.
void YamlExpander::move_findings() {
  for (DocumentFinding finding : from_->findings) {
    if (finding.node != kNoNode && finding.node < first_.size()) finding.node = first_[finding.node];
    to_->report(finding);
  }
}

}  // namespace connect_lint
