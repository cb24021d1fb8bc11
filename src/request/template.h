// CloudFormation templates: what makes a document one, and where the resources
// stand that are requests of ours.
//
//   for (const TemplateResource& resource : scan_template(document).resources) ...
#ifndef CONNECT_LINT_REQUEST_TEMPLATE_H_
#define CONNECT_LINT_REQUEST_TEMPLATE_H_

#include <string_view>
#include <vector>

#include "document/document.h"

namespace connect_lint {

// The type of resource, and the operation that making one calls.
inline constexpr std::string_view kTemplateResource = "AWS::CustomerProfiles::Integration";
inline constexpr std::string_view kTemplateOperation = "PutIntegration";

// Whether the resource has this member of the request, as a property that can be
// set. (The resource's schema in the CloudFormation registry; the template reference.)
[[nodiscard]] inline bool is_in_templates(std::string_view member) { return member != "RoleArn"; }

struct TemplateResource {
  NodeIndex node = kNoNode;
  NodeIndex properties = kNoNode;  // kNoNode without any.
  bool repeated = false;           // By an Fn::ForEach: its texts hold loop variables.
};

struct TemplateScan {
  bool is_template = false;
  std::vector<TemplateResource> resources;  // In the order of the text.
};

// Looks at the type of each resource and at nothing below it. `document` may
// also be one resource alone.
[[nodiscard]] TemplateScan scan_template(const Document& document);

}  // namespace connect_lint

#endif  // CONNECT_LINT_REQUEST_TEMPLATE_H_
