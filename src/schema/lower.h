// JSON Schemas (draft-07) into the tables that the shape check runs. The only
// place that sees valijson.
#ifndef CONNECT_LINT_SCHEMA_LOWER_H_
#define CONNECT_LINT_SCHEMA_LOWER_H_

#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "request/operation.h"
#include "schema/schema_set.h"

namespace connect_lint {

// Owns the tables behind a SchemaSet. set() stays valid as long as this lives,
// also when it is moved.
class SchemaTables {
 public:
  [[nodiscard]] SchemaSet set() const;

  std::unique_ptr<KeyTableData> keys;
  std::vector<std::string> shape_names = {""};
  std::vector<std::string> shape_descriptions = {""};
  std::vector<Shape> shapes;
  std::vector<ObjectShape> objects;
  std::vector<Property> properties;
  std::vector<std::uint8_t> property_of_key;
  std::vector<Enumeration> enumerations;
  std::vector<KeyId> enum_values;
  std::vector<Range> ranges;
  std::vector<PatternProgram> patterns;
  std::vector<std::uint8_t> pattern_bytes;
  std::string pattern_texts;
  std::vector<OperationShapes> operations;
  std::vector<MemberUse> member_uses;
  std::vector<NeededMembers> needed_members;
  // Made by set().
  mutable std::vector<std::string_view> shape_name_views;
  mutable std::vector<std::string_view> shape_description_views;
};

struct SchemaSource {
  std::string name;  // For messages: the file.
  std::string text;
};

// Lowers one schema for each operation of `table`, in that order. Refuses, by
// name, every keyword that the tables cannot say, references that lead
// nowhere, and patterns that RE2 refuses.
Result<SchemaTables> lower_schemas(std::span<const SchemaSource> sources, const OperationTable& table);

}  // namespace connect_lint

#endif  // CONNECT_LINT_SCHEMA_LOWER_H_
