#include "request/template_values.h"

#include "base/limits.h"

namespace connect_lint {
namespace {

// The key of an object with nothing else in it calls a function.
bool names_function(std::string_view key) { return key == "Ref" || key.starts_with("Fn::"); }

// AWS::SSM::Parameter::Value<...> is the name of something whose value is not
// here, and lists have no text.
bool has_text(std::string_view type) {
  return !type.starts_with("AWS::SSM::") && type.find("List") == type.npos;
}

}  // namespace

void TemplateValues::open(const Document& document) {
  document_ = &document;
  parameters_.clear();
  parameters_read_ = repeated_ = exhausted_ = false;
  bytes_ = 0;
}

TemplateValues::Call TemplateValues::call_at(NodeIndex node) const {
  const Document& document = *document_;
  if (const FunctionTag* const tag = document.function_tag(node)) return {tag->function, node};
  const Node& object = document[node];
  if (object.kind != Kind::Object || object.next == node + 1 || document[node + 1].next != object.next) return {};
  if (!names_function(document.key(node + 1))) return {};
  return {document.key(node + 1), node + 1};
}

bool TemplateValues::is_open(NodeIndex object) const {
  if ((*document_)[object].kind != Kind::Object) return false;
  for (const NodeIndex child : document_->children(object))
    if (document_->key(child).starts_with("Fn::")) return true;
  return false;
}

bool TemplateValues::is_absent(NodeIndex node) const {
  const Call call = call_at(node);
  return call.name == "Ref" && (*document_)[call.argument].kind == Kind::String && document_->string(call.argument) == "AWS::NoValue";
}

bool TemplateValues::may_be_absent(NodeIndex node, std::size_t depth) const {
  const Call call = call_at(node);
  if (call.name != "Fn::If" || (*document_)[call.argument].kind != Kind::Array) return false;
  if (depth == kTemplateFunctionsMax) return true;
  for (const NodeIndex branch : document_->children(call.argument))
    if (is_absent(branch) || may_be_absent(branch, depth + 1)) return true;
  return false;
}

// False where the text stands for another one: of a loop, or of a secret that
// is read when the template is deployed.
bool TemplateValues::has_value(NodeIndex node, bool repeated) const {
  const std::string_view text = document_->string(node);
  if (text.find("{{resolve:") != text.npos) return false;
  return !repeated || (text.find("${") == text.npos && text.find("&{") == text.npos);
}

bool TemplateValues::text_of(NodeIndex node, bool repeated) {
  text_.clear();
  repeated_ = repeated;
  return add_text(node, 0, text_);
}

bool TemplateValues::add(std::string_view text, std::string& to) {
  bytes_ += text.size();
  if (bytes_ > kTemplateTextBytesMax) exhausted_ = true;
  if (!exhausted_) to += text;
  return !exhausted_;
}

bool TemplateValues::add_text(NodeIndex node, std::size_t depth, std::string& to) {
  if (depth == kTemplateFunctionsMax) return false;
  const Document& document = *document_;
  const Call call = call_at(node);
  if (call.name == "Ref") return document[call.argument].kind == Kind::String && add_parameter(document.string(call.argument), to);
  if (call.name == "Fn::Sub") return add_sub(call.argument, depth, to);
  if (call.name == "Fn::Join") return add_join(call.argument, depth, to);
  if (!call.name.empty() || document[node].has(Node::kBroken)) return false;
  switch (document[node].kind) {
    case Kind::String:
      if (!has_value(node, repeated_)) return false;
      if (depth > 0) return add(document.string(node), to);
      to = document.string(node);  // Nothing is made.
      return true;
    case Kind::Number:
    case Kind::Boolean: return add(document.string(node), to);
    case Kind::Null:
    case Kind::Array:
    case Kind::Object: break;
  }
  return false;
}

bool TemplateValues::add_parameter(std::string_view name, std::string& to) {
  const Parameter* const parameter = find_parameter(name);
  return parameter != nullptr && parameter->values.size() == 1 && add(document_->string(parameter->values[0]), to);
}

// "text ${Name} ${!Literal}", or `[text, {Name: value}]`.
bool TemplateValues::add_sub(NodeIndex argument, std::size_t depth, std::string& to) {
  const Document& document = *document_;
  NodeIndex pattern = argument;
  NodeIndex variables = kNoNode;
  if (document[argument].kind == Kind::Array) {
    if (document[argument].next == argument + 1) return false;
    pattern = argument + 1;
    if (document[pattern].has(Node::kUnknown)) return false;
    variables = document[pattern].next == document[argument].next ? kNoNode : document[pattern].next;
  }
  if (document[pattern].kind != Kind::String || !has_value(pattern, false)) return false;
  std::string_view text = document.string(pattern);
  while (true) {
    const std::size_t open = text.find("${");
    if (open == text.npos) return add(text, to);
    const std::size_t close = text.find('}', open);
    if (close == text.npos) return false;  // What becomes of it, if anything does, is not known.
    if (!add(text.substr(0, open), to)) return false;
    const std::string_view name = text.substr(open + 2, close - open - 2);
    text.remove_prefix(close + 1);
    if (name.starts_with('!')) return false;  // Braces that somebody else fills in.
    if (variables != kNoNode) bytes_ += (document[variables].next - variables) / 16;
    const NodeIndex variable = variables == kNoNode ? kNoNode : document.member(variables, name);
    const bool known = variable != kNoNode ? add_text(variable, depth + 1, to) : add_parameter(name, to);
    if (!known) return false;
  }
}

// `[delimiter, [value, ...]]`
bool TemplateValues::add_join(NodeIndex argument, std::size_t depth, std::string& to) {
  const Document& document = *document_;
  if (document[argument].kind != Kind::Array || document[argument].next == argument + 1) return false;
  const NodeIndex delimiter = argument + 1;
  const NodeIndex list = document[delimiter].next;
  if (document[delimiter].kind != Kind::String || document[delimiter].has(Node::kUnknown)) return false;
  if (list == document[argument].next || document[list].kind != Kind::Array || is_function(list)) return false;
  bool first = true;
  for (const NodeIndex value : document.children(list)) {
    if (is_absent(value)) continue;
    if (!first && !add(document.string(delimiter), to)) return false;
    first = false;
    if (!add_text(value, depth + 1, to)) return false;
  }
  return true;
}

const TemplateValues::Parameter* TemplateValues::parameter_of(NodeIndex node) {
  const Call call = call_at(node);
  if (call.name != "Ref" || (*document_)[call.argument].kind != Kind::String) return nullptr;
  return find_parameter(document_->string(call.argument));
}

const TemplateValues::Parameter* TemplateValues::find_parameter(std::string_view name) {
  if (!parameters_read_) {
    parameters_read_ = true;
    const NodeIndex all = document_->member(0, "Parameters");
    if (all != kNoNode && (*document_)[all].kind == Kind::Object)
      for (const NodeIndex parameter : document_->children(all)) parameters_[document_->key(parameter)] = {parameter, values_of(parameter)};
  }
  const auto found = parameters_.find(name);
  return found == parameters_.end() ? nullptr : &found->second;
}

std::vector<NodeIndex> TemplateValues::values_of(NodeIndex parameter) const {
  const Document& document = *document_;
  const auto is_scalar = [&](NodeIndex node) {
    const Node& value = document[node];
    return (value.kind == Kind::String || value.kind == Kind::Number || value.kind == Kind::Boolean) &&
           !value.has(Node::kUnknown | Node::kBroken) && has_value(node, false);
  };
  const NodeIndex type = document.member(parameter, "Type");
  if (type == kNoNode || document[type].kind != Kind::String || !has_text(document.string(type))) return {};
  if (const NodeIndex allowed = document.member(parameter, "AllowedValues"); allowed != kNoNode) {
    std::vector<NodeIndex> values;
    if (document[allowed].kind != Kind::Array) return {};
    for (const NodeIndex value : document.children(allowed)) {
      if (!is_scalar(value) || values.size() == kTemplateAllowedValuesMax) return {};
      values.push_back(value);
    }
    return values;
  }
  // An empty default asks for a value, or is told from one by a condition.
  const NodeIndex value = document.member(parameter, "Default");
  if (value == kNoNode || !is_scalar(value) || document.string(value).empty()) return {};
  return {value};
}

}  // namespace connect_lint
