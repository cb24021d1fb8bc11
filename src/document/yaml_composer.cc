#include "document/yaml_composer.h"

#include <algorithm>

#include "document/yaml_problems.h"
#include "document/yaml_scalar.h"
#include "document/yaml_text.h"

namespace connect_lint {

void YamlComposer::compose(std::uint32_t begin, const KeyTable& keys, std::uint32_t depth_max, Document& document,
                           std::vector<YamlLink>* links, bool functions) {
  keys_ = &keys;
  document_ = &document;
  links_ = links;
  depth_max_ = depth_max;
  last_end_ = begin;
  yaml_1_1_ = false;
  functions_ = functions;
  empty_root_ = false;
  frames_.clear();
  key_ = {};
  skipped_ = 0;
  anchors_.clear();
  if (links_ != nullptr) links_->clear();

  YamlEvents events(document.text(), begin);
  bool on = true;
  while (on) {
    const YamlEvent& event = events.next();
    if (event.type == YamlEventType::Problem) report_problem(events.problem());
    on = event.type != YamlEventType::Problem && (skipped_ > 0 ? skip_event(event) : compose_event(event));
  }

  // Close what is open, so that the tree can be walked.
  for (; !frames_.empty(); frames_.pop_back()) {
    Node& node = document.nodes[frames_.back().node];
    node.end = static_cast<std::uint32_t>(document.text().size());
    node.next = document.nodes.size();
    node.flags |= Node::kBroken;
  }
}

bool YamlComposer::compose_event(const YamlEvent& event) {
  switch (event.type) {
    case YamlEventType::DocumentStart:
      yaml_1_1_ = event.yaml_1_1;
      return true;
    case YamlEventType::Alias:
      add_alias(event);
      return true;
    case YamlEventType::Scalar:
      add_scalar(event);
      return true;
    case YamlEventType::SequenceStart:
    case YamlEventType::MappingStart:
      return open(event);
    case YamlEventType::SequenceEnd:
    case YamlEventType::MappingEnd:
      close(event);
      return true;
    case YamlEventType::DocumentEnd:
      finish(event);
      return false;
    default:
      report(FindingId::DocumentEmpty, {0, 0}, kNoNode);
      return false;
  }
}

// Inside of a key that is no scalar.
bool YamlComposer::skip_event(const YamlEvent& event) {
  const bool opens = event.type == YamlEventType::SequenceStart || event.type == YamlEventType::MappingStart;
  const bool closes = event.type == YamlEventType::SequenceEnd || event.type == YamlEventType::MappingEnd;
  if (event.type != YamlEventType::Alias && !event.anchor.empty()) keep_anchor(event, {});
  if (opens && depth() == depth_max_) {
    report(FindingId::DocumentTooDeep, marked_at(document_->text(), event.span.begin), here(), depth_max_);
    return false;
  }
  // An empty scalar, and the end of what has no bracket, lie where the next thing begins.
  if (!closes || event.bracketed)
    if (event.span.begin != event.span.end) last_end_ = event.span.end;
  if (opens) ++skipped_;
  if (!closes || --skipped_ > 0) return true;
  const Span span{skipped_begin_, last_end_};
  report(SyntaxProblem::YamlKeyNotScalar, span, here());
  take_broken_key(span);
  return true;
}

// Behind the document: nothing but comments may follow.
void YamlComposer::finish(const YamlEvent& end) {
  const std::string_view text = document_->text();
  std::size_t at = end.span.end;
  while (!end.implicit && at < text.size()) {
    at = std::min(text.find_first_not_of(" \t\r\n", at), text.size());
    if (text.substr(at).starts_with("...")) at += 3;
    else if (at < text.size() && text[at] == '#') at = std::min(text.find_first_of("\r\n", at), text.size());
    else break;
  }
  if (at < text.size()) {
    const bool second = !end.implicit || text.substr(at).starts_with("---");
    report(second ? SyntaxProblem::YamlSecondDocument : SyntaxProblem::TextAfterValue,
           marked_at(text, static_cast<std::uint32_t>(at)), 0);
  } else if (empty_root_) {
    document_->nodes.clear();
    return report(FindingId::DocumentEmpty, {0, 0}, kNoNode);
  }
  document_->complete = true;
}

bool YamlComposer::open(const YamlEvent& event) {
  const bool is_object = event.type == YamlEventType::MappingStart;
  if (depth() == depth_max_) {
    const bool key = wants_key();
    const NodeIndex index = key ? here() : add(is_object ? Kind::Object : Kind::Array, event.span, Node::kBroken);
    report(FindingId::DocumentTooDeep, marked_at(document_->text(), event.span.begin), index, depth_max_);
    return false;
  }
  last_end_ = std::max(last_end_, event.span.end);
  if (wants_key()) {
    skipped_ = 1;
    skipped_begin_ = event.span.begin;
    if (!event.anchor.empty()) keep_anchor(event, {});
    return true;
  }
  const NodeIndex index = add(is_object ? Kind::Object : Kind::Array, event.span, 0);
  key_ = {};
  std::uint8_t flags = 0;
  if (const std::string_view function = function_of(event); !function.empty()) {
    flags = Node::kUnknown;
    document_->function_tags.push_back({index, event.tag_span, function});
  } else {
    check_tag(event, is_object ? "map" : "seq", flags);
  }
  Node& node = document_->nodes[index];
  node.flags |= flags;
  node.next = 0;  // While it is open: an alias of it would be a cycle.
  if (!event.anchor.empty()) keep_anchor(event, {.of = Anchor::Of::Container, .container = index});
  frames_.push_back({.node = index, .children = 0, .is_object = is_object, .key_next = is_object});
  return true;
}

void YamlComposer::close(const YamlEvent& event) {
  const Frame frame = frames_.back();
  frames_.pop_back();
  if (event.bracketed) last_end_ = event.span.end;
  Node& node = document_->nodes[frame.node];
  node.end = last_end_;
  node.next = document_->nodes.size();
  if (frame.is_object && frame.children > 1) check_duplicates(frame.node);
  value_added();
}

// After the value of a member comes a key.
void YamlComposer::value_added() {
  key_ = {};
  if (frames_.empty()) return;
  ++frames_.back().children;
  frames_.back().key_next = frames_.back().is_object;
}

NodeIndex YamlComposer::add(Kind kind, Span span, std::uint8_t flags) {
  const NodeIndex index = document_->nodes.size();
  document_->nodes.append() = {.begin = span.begin,
                               .end = span.end,
                               .key_begin = key_.span.begin,
                               .key_end = key_.span.end,
                               .next = index + 1,
                               .key_id = key_.id,
                               .kind = kind,
                               .flags = flags};
  if (key_.there) {
    set_text(index, Mark::Key, key_.text);
    if (key_.broken) document_->nodes[index].flags |= Node::kKeyBroken;
  }
  if (links_ != nullptr) links_->push_back({.target = kNoNode, .merge = key_.merge, .alias = {}});
  return index;
}

NodeIndex YamlComposer::add(const Scalar& scalar) {
  const NodeIndex index = add(scalar.kind, scalar.span, scalar.flags);
  if (scalar.has_text) set_text(index, Mark::Value, scalar.text);
  if (!scalar.function.empty()) document_->function_tags.push_back({index, scalar.tag, scalar.function});
  return index;
}

void YamlComposer::add_scalar(const YamlEvent& event) {
  if (wants_key()) {
    Scalar scalar;
    if (event.anchor.empty()) {
      place(event, scalar);
      scalar.key = keep(event.value);
      check_tag(event, "", scalar.flags);
    } else {
      scalar = resolve(event);
    }
    const bool merge = event.plain && event.tag.empty() && event.value == "<<";
    if (!merge && event.typed) check_key(event, scalar);
    return take_key(scalar, scalar.span, merge);
  }
  empty_root_ = frames_.empty() && event.plain && event.value.empty() && event.tag.empty() && event.anchor.empty();
  add(resolve(event));
  value_added();
}

void YamlComposer::add_alias(const YamlEvent& event) {
  last_end_ = event.span.end;
  const auto found = anchors_.find(std::string(event.anchor));
  const Anchor* anchor = found == anchors_.end() ? nullptr : &found->second;
  const bool container = anchor != nullptr && anchor->of == Anchor::Of::Container;
  const bool cycle = container && document_->nodes[anchor->container].next == 0;
  if (anchor == nullptr || cycle) report(cycle ? SyntaxProblem::YamlAliasCycle : SyntaxProblem::YamlAliasUnknown, event.span, here());
  if (wants_key()) {
    if (anchor != nullptr && anchor->of == Anchor::Of::Scalar) return take_key(anchor->scalar, event.span, false);
    if (container && !cycle) report(SyntaxProblem::YamlKeyNotScalar, event.span, here());
    return take_broken_key(event.span);
  }
  if (anchor != nullptr && anchor->of == Anchor::Of::Scalar) {
    const NodeIndex index = add(anchor->scalar);
    if (links_ != nullptr) (*links_)[index].alias = event.span;
  } else {
    const bool known = container && !cycle;
    const NodeIndex index = add(Kind::Null, event.span, known ? std::uint8_t{0} : Node::kBroken);
    if (known && links_ != nullptr) {
      (*links_)[index].target = anchor->container;
      (*links_)[index].alias = event.span;
    }
  }
  value_added();
}

void YamlComposer::take_key(const Scalar& scalar, Span span, bool merge) {
  key_ = {.span = span,
          .text = scalar.key,
          .id = keys_->find(kept(scalar.key)),
          .there = true,
          .broken = (scalar.flags & Node::kBroken) != 0,
          .merge = merge};
  frames_.back().key_next = false;
}

void YamlComposer::check_key(const YamlEvent& event, Scalar& scalar) {
  const YamlScalar resolved = resolve_scalar(event.value, yaml_1_1_);
  if (resolved.kind == Kind::String && (resolved.flags & Node::kTime) == 0) return;
  report(SyntaxProblem::KeyNotString, scalar.span, here());
  scalar.flags |= Node::kBroken;
}

void YamlComposer::take_broken_key(Span span) {
  key_ = {.span = span, .text = {}, .id = 0, .there = true, .broken = true, .merge = false};
  frames_.back().key_next = false;
}

}  // namespace connect_lint
