// Words for what the shape check found.
#ifndef CONNECT_LINT_SCHEMA_DESCRIBE_SHAPE_H_
#define CONNECT_LINT_SCHEMA_DESCRIBE_SHAPE_H_

#include <connect_lint/diagnostic.h>

#include <optional>
#include <string>
#include <vector>

#include "document/document.h"
#include "request/recognise.h"
#include "schema/schema_set.h"
#include "schema/shape_check.h"

namespace connect_lint {

struct ShapeWords {
  std::string message;
  std::string help;
  std::vector<NodeIndex> related_keys;  // Further members that the finding is about.
  std::optional<Fix> fix;
};

// `path` is the normalized path of the finding's node.
[[nodiscard]] ShapeWords describe_shape(const ShapeFinding& finding, std::string_view path,
                                        const SchemaSet& schemas, const Document& document,
                                        const Request& request);

}  // namespace connect_lint

#endif  // CONNECT_LINT_SCHEMA_DESCRIBE_SHAPE_H_
