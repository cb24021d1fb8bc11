#include "request/template.h"

#include <algorithm>

namespace connect_lint {
namespace {

bool is_text(const Document& document, NodeIndex node) {
  return node != kNoNode && document[node].kind == Kind::String && !document[node].has(Node::kUnknown | Node::kBroken);
}

// The members of a resource that matter here.
struct Resource {
  std::string_view type;
  NodeIndex properties = kNoNode;
};

Resource read_resource(const Document& document, NodeIndex node) {
  Resource resource;
  if (document[node].kind != Kind::Object) return resource;
  for (const NodeIndex child : document.children(node)) {
    const std::string_view key = document.key(child);
    if (key == "Type" && is_text(document, child)) resource.type = document.string(child);
    if (key == "Properties") resource.properties = child;
  }
  return resource;
}

// Where resources stand: `Resources`, and the bodies of loops in it.
struct Holder {
  NodeIndex node;
  bool repeated;
};

// What an Fn::ForEach repeats: `[variable, values, {"Name${variable}": resource}]`.
NodeIndex body_of_loop(const Document& document, NodeIndex loop) {
  if (document[loop].kind != Kind::Array) return kNoNode;
  NodeIndex last = kNoNode;
  for (const NodeIndex child : document.children(loop)) last = child;
  return last != kNoNode && document[last].kind == Kind::Object ? last : kNoNode;
}

void scan_resources(const Document& document, NodeIndex resources, TemplateScan& scan) {
  std::vector<Holder> holders = {{resources, false}};
  while (!holders.empty()) {
    const Holder holder = holders.back();
    holders.pop_back();
    for (const NodeIndex child : document.children(holder.node)) {
      if (document.key(child).starts_with("Fn::ForEach::")) {
        if (const NodeIndex body = body_of_loop(document, child); body != kNoNode) holders.push_back({body, true});
        continue;
      }
      const Resource resource = read_resource(document, child);
      scan.is_template |= resource.type.starts_with("AWS::");
      if (resource.type == kTemplateResource) scan.resources.push_back({child, resource.properties, holder.repeated});
    }
  }
  std::sort(scan.resources.begin(), scan.resources.end(), [](const auto& a, const auto& b) { return a.node < b.node; });
}

}  // namespace

TemplateScan scan_template(const Document& document) {
  TemplateScan scan;
  if (document.empty() || document[0].kind != Kind::Object) return scan;
  if (const Resource alone = read_resource(document, 0); alone.type == kTemplateResource) {
    scan.resources.push_back({0, alone.properties, false});
    return scan;
  }
  for (const NodeIndex child : document.children(0)) {
    const std::string_view key = document.key(child);
    scan.is_template |= key == "AWSTemplateFormatVersion";
    if (key == "Resources" && document[child].kind == Kind::Object) scan_resources(document, child, scan);
  }
  return scan;
}

}  // namespace connect_lint
