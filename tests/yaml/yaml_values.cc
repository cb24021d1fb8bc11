// Prints what the reader makes of texts, for ruamel_test.py: a JSON array of
// texts on the standard input, one of results on the output. A result is
// {"complete", "findings": [[id, message]], "value"}; in a value everything is
// a pair of its kind and its content, so that numbers keep their digits and
// keys their order.
#include <iostream>
#include <nlohmann/json.hpp>
#include <string>

#include "base/catalogue.h"
#include "document/describe_document.h"
#include "document/yaml_reader.h"

namespace {

using connect_lint::Document;
using connect_lint::Kind;
using connect_lint::Node;
using connect_lint::NodeIndex;
using Json = nlohmann::json;

Json value_of(const Document& document, NodeIndex index) {
  const Node& node = document[index];
  switch (node.kind) {
    case Kind::Null: return {"null", nullptr};
    case Kind::Boolean: return {"boolean", node.has(Node::kTrue)};
    case Kind::Number: return {node.has(Node::kFraction) ? "float" : "integer", document.string(index)};
    case Kind::String: return {"string", document.string(index)};
    default: break;
  }
  Json content = Json::array();
  for (const NodeIndex child : document.children(index)) {
    const Json value = value_of(document, child);
    if (node.kind == Kind::Array) content.push_back(value);
    else content.push_back(Json::array({document.key(child), value}));
  }
  return Json::array({node.kind == Kind::Array ? "array" : "object", content});
}

}  // namespace

int main() {
  const Json texts = Json::parse(std::cin, nullptr, false);
  Json results = Json::array();
  connect_lint::YamlReader reader;
  connect_lint::SourceText source;
  Document document;
  for (const Json& text : texts) {
    source.assign(text.get_ref<const std::string&>());
    reader.read(source, connect_lint::KeyTable(), 128, document);
    Json findings = Json::array();
    for (const auto& finding : document.findings)
      findings.push_back(Json::array({connect_lint::entry_of(finding.id).id, connect_lint::describe_document(finding, document).message}));
    Json result = {{"complete", document.complete}, {"findings", findings}, {"value", nullptr}};
    if (!document.empty()) result["value"] = value_of(document, 0);
    results.push_back(result);
  }
  std::cout << results.dump(-1, ' ', true, Json::error_handler_t::replace) << '\n';
}
