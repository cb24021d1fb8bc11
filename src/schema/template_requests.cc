#include "schema/template_requests.h"

#include <algorithm>
#include <unordered_map>

#include "base/edit_distance.h"

namespace connect_lint {
namespace {

constexpr std::string_view kConnectorShape = "SourceConnectorType";
constexpr std::string_view kConnectorWords =
    "`Servicenow` is no value of `ConnectorType` in a template\nwrite `ServiceNow`; the other spelling is that of the API";
constexpr std::string_view kTwiceWords =
    "{} has an entry before this one\nkeep one of them: what the list is turned into has each key once\nthe first entry is here";
constexpr std::string_view kTextWords =
    "the texts that functions of this template make are too long altogether\nfrom here on their values are not known to the checks";

// What stays of a value's flags, whatever becomes of its key and text.
constexpr std::uint8_t kValueFlags = Node::kBroken | Node::kNonAscii | Node::kUnknown;
// Flags that only some kinds have.
constexpr std::uint8_t kKindFlag = 1;

bool is_ascii(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) < 0x80; });
}

bool is_digit(char c) { return c >= '0' && c <= '9'; }

std::size_t digits_end(std::string_view text, std::size_t at) {
  while (at < text.size() && is_digit(text[at])) ++at;
  return at;
}

// As JSON writes them.
bool is_number(std::string_view text) {
  std::size_t at = text.starts_with('-') ? 1 : 0;
  std::size_t end = digits_end(text, at);
  if (end == at || (text[at] == '0' && end > at + 1)) return false;
  at = end;
  if (at < text.size() && text[at] == '.') {
    end = digits_end(text, at + 1);
    if (end == at + 1) return false;
    at = end;
  }
  if (at < text.size() && (text[at] == 'e' || text[at] == 'E')) {
    ++at;
    if (at < text.size() && (text[at] == '+' || text[at] == '-')) ++at;
    end = digits_end(text, at);
    if (end == at) return false;
    at = end;
  }
  return at == text.size();
}

// Of YAML 1.1, which CloudFormation reads.
bool is_boolean_of_yaml(std::string_view text) {
  for (const std::string_view word : {"yes", "no", "on", "off", "y", "n"})
    if (equal_but_for_case(text, word)) return true;
  return false;
}

// The alias or merge that brings a value; null where it stands as it is written.
const Document::Alias* alias_around(const Document& written, NodeIndex value) {
  const auto after = std::upper_bound(written.aliases.begin(), written.aliases.end(), value,
                                      [](NodeIndex wanted, const Document::Alias& alias) { return wanted < alias.node; });
  if (after == written.aliases.begin()) return nullptr;
  const Document::Alias& alias = *(after - 1);
  return value < written[alias.node].next ? &alias : nullptr;
}

// What an alias uses once more is wrong once.
void report_once(Document& written, const DocumentFinding& finding) {
  const auto is_it = [&](const DocumentFinding& other) { return other.id == finding.id && other.span.begin == finding.span.begin && other.span.end == finding.span.end; };
  if (written.aliases.empty() || std::none_of(written.findings.begin(), written.findings.end(), is_it)) written.report(finding);
}

bool is_near(std::string_view given, std::string_view name) {
  const std::size_t allowed = edit_distance_allowed(given.size());
  return equal_but_for_case(given, name) || edit_distance(given, name, allowed) <= allowed;
}

}  // namespace

const TemplateRequests::PairNames TemplateRequests::kTagPair = {
    .key = "Key",
    .value = "Value",
    .no_object = "this is no pair of `Key` and `Value`\nan entry is an object with these two",
    .no_key = "the entry has no `Key`\nan entry is a pair of `Key` and `Value`",
    .no_value = "the entry has no `Value`\nan entry is a pair of `Key` and `Value`",
    .unknown = "{} is no member of an entry\nan entry is a pair of `Key` and `Value`",
    .bad_key = "`Key` is no text\n",
    .map = "{} is an object, but has to be a list of entries in a template\nwrite an entry as `{\"Key\": ..., \"Value\": ...}`"};

const TemplateRequests::PairNames TemplateRequests::kPropertyPair = {
    .key = "OperatorPropertyKey",
    .value = "Property",
    .no_object = "this is no pair of `OperatorPropertyKey` and `Property`\nan entry is an object with these two",
    .no_key = "the entry has no `OperatorPropertyKey`\nan entry is a pair of `OperatorPropertyKey` and `Property`",
    .no_value = "the entry has no `Property`\nan entry is a pair of `OperatorPropertyKey` and `Property`",
    .unknown = "{} is no member of an entry\nan entry is a pair of `OperatorPropertyKey` and `Property`",
    .bad_key = "`OperatorPropertyKey` is no text\n",
    .map = "{} is an object, but has to be a list of entries in a template\n"
           "write an entry as `{\"OperatorPropertyKey\": ..., \"Property\": ...}`"};

void TemplateRequests::build(Document& written, std::span<const TemplateResource> resources, const SchemaSet& schemas) {
  written_ = &written;
  schemas_ = &schemas;
  values_.open(written);
  exhausted_ = false;
  document.reset(written.text(), written.keys);
  places.clear();
  requests.clear();
  const NodeIndex root = append(0, {});
  document.nodes[root].kind = Kind::Array;
  for (const TemplateResource& each : resources) resource(each);
  close(root);
  if (!written.aliases.empty()) take_aliases();
  document.complete = written.complete;
}

// What is taken from elsewhere by an alias of the template, or is a part of that.
void TemplateRequests::take_aliases() {
  NodeIndex end = 0;  // Of the last one.
  for (NodeIndex node = 0; node < document.nodes.size(); ++node) {
    if (node < end) continue;
    const TemplatePlace& place = places[node];
    const Document::Alias* const alias = alias_around(*written_, place.value);
    if (alias == nullptr) continue;
    // A key that is not outside of the alias is a part of it, too.
    const bool key_too = place.key != kNoNode ? alias_around(*written_, place.key) == alias : alias->node != place.value || alias->merge;
    document.aliases.push_back({.node = node, .use = alias->use, .merge = key_too});
    end = document.nodes[node].next;
  }
}

void TemplateRequests::resource(const TemplateResource& resource) {
  repeated_ = resource.repeated;
  const OperationIndex operation = *find_operation(kTemplateOperation);
  requests.push_back({document.nodes.size(), operation, Dialect::CloudFormation, RecognisedBy::Resource});
  if (resource.properties != kNoNode)
    return value(resource.properties, {.own = resource.properties}, schemas_->operations[operation].cloudformation);
  const NodeIndex node = append(resource.node, {});
  document.nodes[node].kind = Kind::Object;
  places[node].plain = false;
}

void TemplateRequests::value(NodeIndex from, const Key& key, ShapeIndex shape_index) {
  const Shape& shape = schemas_->shapes[shape_index];
  if (values_.is_function(from)) return function(from, key, shape);
  const Node& node = (*written_)[from];
  if (node.has(Node::kBroken)) return copy(from, key);
  if (is_map(shape) && node.kind == Kind::Array) return map_of_list(from, key, shape);
  if (node.kind == Kind::Object && shape.object_plus_1 != 0) {
    if (is_map(shape)) report(FindingId::TemplateListExpected, from, Mark::Key, names_of(shape).map);
    return object(from, key, shape);
  }
  if (node.kind == Kind::Array && shape.items_plus_1 != 0) return array(from, key, shape);
  if (node.kind == Kind::String || node.kind == Kind::Number || node.kind == Kind::Boolean) return scalar(from, key, shape);
  copy(from, key);
}

void TemplateRequests::function(NodeIndex from, const Key& key, const Shape& shape) {
  if (values_.may_be_absent(from)) return unknown(from, key, true);
  // A parameter that is a list is none of its texts.
  if ((shape.types & (kTypeArray | kTypeObject)) != 0) return unknown(from, key, false);
  const TemplateValues::Parameter* const parameter = values_.parameter_of(from);
  NodeIndex given = kNoNode;
  std::string_view text;
  if (parameter != nullptr && parameter->values.size() > 1) {
    given = refused_value(*parameter, shape);
    if (given == kNoNode) return unknown(from, key, false);
    text = written_->string(given);
  } else {
    if (!find_text(from)) return unknown(from, key, false);
    if (parameter != nullptr) given = parameter->values[0];
    text = values_.text();
  }
  check_connector(from, text, shape, true);
  const Scalar scalar = converted(Kind::String, is_ascii(text) ? std::uint8_t{0} : Node::kNonAscii, text, shape);
  if (!scalar.known) return unknown(from, key, false);
  const NodeIndex node = append(from, key);
  make(node, scalar);
  TemplatePlace& place = places[node];
  place.computed = true;
  place.given = given;
  if (parameter != nullptr) place.parameter = parameter->node;
}

bool TemplateRequests::find_text(NodeIndex from) {
  if (values_.text_of(from, repeated_)) return true;
  if (values_.exhausted() && !exhausted_) report(FindingId::TemplateTextLimit, from, Mark::Value, kTextWords);
  exhausted_ = exhausted_ || values_.exhausted();
  return false;
}

void TemplateRequests::object(NodeIndex from, const Key& key, const Shape& shape) {
  if (values_.is_open(from)) return unknown(from, key, false);
  const NodeIndex node = append(from, key);
  for (const NodeIndex member : members_of(from)) {
    if (values_.is_absent(member)) continue;
    const auto member_shape = shape_of(member, object_of(shape));
    if (!member_shape) {
      copy(member, {.own = member});
    } else if (!is_empty_list(member, schemas_->shapes[*member_shape])) {
      value(member, {.own = member}, *member_shape);
    }
  }
  close(node);
}

void TemplateRequests::array(NodeIndex from, const Key& key, const Shape& shape) {
  const NodeIndex node = append(from, key);
  for (const NodeIndex element : written_->children(from))
    if (!values_.is_absent(element)) value(element, {}, static_cast<ShapeIndex>(shape.items_plus_1 - 1));
  close(node);
}

void TemplateRequests::scalar(NodeIndex from, const Key& key, const Shape& shape) {
  const Node& node = (*written_)[from];
  if (node.kind == Kind::String && !find_text(from)) return unknown(from, key, false);
  const std::string_view text = written_->string(from);
  check_connector(from, text, shape, false);
  const Scalar scalar = converted(node.kind, static_cast<std::uint8_t>(node.flags & (kKindFlag | Node::kNonAscii)), text, shape);
  if (!scalar.known) return unknown(from, key, false);
  if (!scalar.changed) return copy(from, key);
  make(append(from, key), scalar);
}

TemplateRequests::Scalar TemplateRequests::converted(Kind kind, std::uint8_t flags, std::string_view text, const Shape& shape) const {
  const Scalar same{kind, flags, text};
  if ((shape.types & kTypeString) != 0 && !shape.is_time) {
    if (name_of(shape) == kConnectorShape && text == "ServiceNow") return {Kind::String, 0, "Servicenow", true};
    if (kind == Kind::String) return same;
    return {Kind::String, 0, text, true};
  }
  if (kind != Kind::String) return same;
  if ((shape.types & kTypeBoolean) != 0) {
    if (is_boolean_of_yaml(text)) return {kind, flags, text, true, false};
    const bool is_true = equal_but_for_case(text, "true");
    if (!is_true && !equal_but_for_case(text, "false")) return same;
    return {Kind::Boolean, is_true ? Node::kTrue : std::uint8_t{0}, is_true ? "true" : "false", true};
  }
  if ((shape.types & (kTypeNumber | kTypeInteger)) != 0 && is_number(text)) {
    const bool fraction = text.find_first_of(".eE") != text.npos;
    return {Kind::Number, fraction ? Node::kFraction : std::uint8_t{0}, text, true};
  }
  return same;
}

// The API's spelling in place of the template's.
void TemplateRequests::check_connector(NodeIndex from, std::string_view text, const Shape& shape, bool computed) {
  if (text != "Servicenow" || name_of(shape) != kConnectorShape) return;
  report_once(*written_, {.id = FindingId::TemplateConnectorSpelling,
                          .span = written_->span(from, Mark::Value),
                          .node = from,
                          .words = kConnectorWords,
                          .replacement = computed ? std::string_view() : "\"ServiceNow\""});
}

NodeIndex TemplateRequests::refused_value(const TemplateValues::Parameter& parameter, const Shape& shape) const {
  if (shape.enumeration_plus_1 == 0) return kNoNode;
  const Enumeration& enumeration = schemas_->enumerations[shape.enumeration_plus_1 - 1u];
  for (const NodeIndex value : parameter.values) {
    const std::string_view text = converted(Kind::String, 0, written_->string(value), shape).text;
    const KeyId key = schemas_->keys.find(text);
    if (key != 0 && (enumeration.has[key / 64] >> (key % 64) & 1) != 0) return kNoNode;
  }
  return parameter.values[0];
}

// --- Lists of pairs -----------------------------------------------------------

bool TemplateRequests::is_map(const Shape& shape) const { return shape.object_plus_1 != 0 && object_of(shape).additional_plus_1 != 0; }

const TemplateRequests::PairNames& TemplateRequests::names_of(const Shape& shape) const {
  return name_of(shape) == "TaskPropertiesMap" ? kPropertyPair : kTagPair;
}

// A template may have an empty list where a request leaves the member out.
bool TemplateRequests::is_empty_list(NodeIndex from, const Shape& shape) const {
  const Node& node = (*written_)[from];
  return node.kind == Kind::Array && node.next == from + 1 && !node.has(Node::kUnknown) && is_map(shape);
}

void TemplateRequests::map_of_list(NodeIndex from, const Key& key, const Shape& shape) {
  pairs_.clear();
  key_texts_.clear();
  if (!read_pairs(from, names_of(shape))) return unknown(from, key, false);
  drop_repetitions();
  const NodeIndex node = append(from, key);
  document.nodes[node].kind = Kind::Object;
  places[node].plain = false;
  const auto entry_shape = static_cast<ShapeIndex>(object_of(shape).additional_plus_1 - 1);
  for (const Pair& pair : pairs_) {
    const std::string_view text = std::string_view(key_texts_).substr(pair.text_begin, pair.text_end - pair.text_begin);
    value(pair.value, {.own = kNoNode, .pair = pair.key, .text = text}, entry_shape);
  }
  close(node);
}

bool TemplateRequests::read_pairs(NodeIndex list, const PairNames& names) {
  bool whole = true;
  for (const NodeIndex entry : written_->children(list)) {
    if (values_.is_absent(entry)) continue;
    if (values_.is_function(entry) || (*written_)[entry].has(Node::kBroken)) {
      whole = false;
    } else if ((*written_)[entry].kind != Kind::Object) {
      report(FindingId::TemplateEntryForm, entry, Mark::Value, names.no_object);
      whole = false;
    } else {
      whole = read_pair(entry, names) && whole;
    }
  }
  return whole;
}

bool TemplateRequests::read_pair(NodeIndex entry, const PairNames& names) {
  if (values_.is_open(entry)) return false;
  NodeIndex key = kNoNode;
  NodeIndex value = kNoNode;
  NodeIndex odd = kNoNode;  // The first member that is neither.
  for (const NodeIndex member : members_of(entry)) {
    const std::string_view name = written_->key(member);
    if (name == names.key) key = member;
    else if (name == names.value) value = member;
    else if (odd == kNoNode) odd = member;
  }
  if (odd != kNoNode) {
    report(FindingId::TemplateEntryForm, odd, Mark::Key, names.unknown);
    if (key == kNoNode && is_near(written_->key(odd), names.key)) key = odd;
    else if (value == kNoNode && is_near(written_->key(odd), names.value)) value = odd;
  }
  if (value != kNoNode && values_.is_absent(value)) value = kNoNode;
  if (key == kNoNode || value == kNoNode) {
    if (odd == kNoNode) report(FindingId::TemplateEntryForm, entry, Mark::Value, key == kNoNode ? names.no_key : names.no_value);
    return false;
  }
  if (values_.may_be_absent(value)) return false;
  return read_key(key, value, names);
}

bool TemplateRequests::read_key(NodeIndex key, NodeIndex value, const PairNames& names) {
  const Node& node = (*written_)[key];
  const bool container = node.kind == Kind::Array || node.kind == Kind::Object || node.kind == Kind::Null;
  if (container && !values_.is_function(key) && !node.has(Node::kBroken)) report(FindingId::TemplateEntryForm, key, Mark::Value, names.bad_key);
  if (!find_text(key)) return false;
  const auto begin = static_cast<std::uint32_t>(key_texts_.size());
  key_texts_ += values_.text();
  pairs_.push_back({key, value, begin, static_cast<std::uint32_t>(key_texts_.size())});
  return true;
}

// The first of several entries with one key counts.
void TemplateRequests::drop_repetitions() {
  std::unordered_map<std::string_view, NodeIndex> first;
  std::erase_if(pairs_, [&](const Pair& pair) {
    const std::string_view text = std::string_view(key_texts_).substr(pair.text_begin, pair.text_end - pair.text_begin);
    const auto [found, added] = first.emplace(text, pair.key);
    if (added) return false;
    const bool together = alias_around(*written_, pair.key) == alias_around(*written_, found->second);
    const auto place = [&](NodeIndex key) { return together ? written_->span(key, Mark::Value) : written_->place_of_use(key, Mark::Value); };
    report_once(*written_, {.id = FindingId::TemplateEntryTwice,
                            .span = place(pair.key),
                            .other = place(found->second),
                            .node = pair.key,
                            .words = kTwiceWords});
    return true;
  });
}

// --- Members and nodes --------------------------------------------------------

std::vector<NodeIndex> TemplateRequests::members_of(NodeIndex object) const {
  std::vector<NodeIndex> members;
  bool again = false;
  for (const NodeIndex child : written_->children(object)) {
    members.push_back(child);
    again = again || (*written_)[child].has(Node::kKeyAgain);
  }
  if (!again) return members;
  std::unordered_map<std::string_view, NodeIndex> last;
  for (const NodeIndex member : members) last[written_->key(member)] = member;
  std::erase_if(members, [&](NodeIndex member) { return last[written_->key(member)] != member; });
  return members;
}

std::optional<ShapeIndex> TemplateRequests::shape_of(NodeIndex member, const ObjectShape& object) const {
  const std::uint8_t property = schemas_->property_of_key[object.property_of_key + (*written_)[member].key_id];
  if (property != 0) return schemas_->properties[object.first_property + property - 1u].shape;
  if (object.additional_plus_1 != 0) return static_cast<ShapeIndex>(object.additional_plus_1 - 1);
  // What is misspelt is checked as what it means.
  for (const Property& each : schemas_->properties_of(object))
    if (equal_but_for_case(written_->key(member), schemas_->keys.name(each.key))) return each.shape;
  return std::nullopt;
}

NodeIndex TemplateRequests::append(NodeIndex from, const Key& key) {
  const NodeIndex index = document.nodes.size();
  const Node& value = (*written_)[from];
  Node node = value;
  node.next = index + 1;
  node.key_begin = node.key_end = 0;
  node.key_id = 0;
  const std::uint8_t kind_flag = value.kind == Kind::Boolean || value.kind == Kind::Number ? kKindFlag : std::uint8_t{0};
  node.flags = static_cast<std::uint8_t>(value.flags & (kValueFlags | kind_flag));
  std::string_view key_text;
  if (key.own != kNoNode) {
    const Node& own = (*written_)[key.own];
    node.key_begin = own.key_begin;
    node.key_end = own.key_end;
    node.key_id = own.key_id;
    node.flags = static_cast<std::uint8_t>(node.flags | (own.flags & Node::kKeyBroken));
    if (own.has(Node::kKeyDecoded)) key_text = written_->key(key.own);
  } else if (key.pair != kNoNode) {
    const Span span = written_->span(key.pair, Mark::Value);
    node.key_begin = span.begin;
    node.key_end = span.end;
    node.key_id = document.keys.find(key.text);
    key_text = key.text;
  }
  document.nodes.append() = node;
  if (key.pair != kNoNode || (key.own != kNoNode && (*written_)[key.own].has(Node::kKeyDecoded))) set_text(index, Mark::Key, key_text);
  places.push_back({.value = from, .key = key.pair, .plain = key.pair == kNoNode});
  return index;
}

void TemplateRequests::set_text(NodeIndex node, Mark mark, std::string_view text) {
  const auto offset = static_cast<std::uint32_t>(document.decoded.size());
  document.decoded.insert(document.decoded.end(), text.begin(), text.end());
  document.set_decoded(node, mark, offset, static_cast<std::uint32_t>(text.size()));
}

void TemplateRequests::make(NodeIndex index, const Scalar& scalar) {
  Node& node = document.nodes[index];
  node.kind = scalar.kind;
  node.flags = static_cast<std::uint8_t>((node.flags & (Node::kKeyBroken | Node::kKeyDecoded)) | scalar.flags);
  set_text(index, Mark::Value, scalar.text);
}

void TemplateRequests::unknown(NodeIndex from, const Key& key, bool perhaps) {
  const NodeIndex index = append(from, key);
  Node& node = document.nodes[index];
  node.kind = Kind::Null;
  node.flags = static_cast<std::uint8_t>((node.flags & (Node::kKeyBroken | Node::kKeyDecoded)) | Node::kUnknown | (perhaps ? Node::kPerhaps : 0));
  places[index].computed = true;
}

// All of a value as it is written; functions in it are unknown.
void TemplateRequests::copy(NodeIndex from, const Key& key) {
  const Document& written = *written_;
  const NodeIndex first = document.nodes.size();
  for (NodeIndex i = from; i < written[from].next; ++i) {
    const NodeIndex index = i == from ? append(i, key) : append(i, {.own = i});
    document.nodes[index].next = written[i].next - from + first;
    if (written[i].has(Node::kDecoded)) set_text(index, Mark::Value, written.string(i));
    if (!written[i].has(Node::kUnknown) && values_.is_function(i)) document.nodes[index].flags |= Node::kUnknown;
  }
}

void TemplateRequests::report(FindingId id, NodeIndex node, Mark mark, std::string_view words) {
  report_once(*written_, {.id = id, .span = written_->span(node, mark), .node = node, .mark = mark, .words = words});
}

}  // namespace connect_lint
