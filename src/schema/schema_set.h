// The schemas of all operations as plain tables: what the shape check runs.
//
// The build lowers `schemas/*.json` to these tables and embeds them (so that
// starting costs nothing); SchemaStore does the same at run time. A SchemaSet
// is a view: it points at tables that outlive it.
#ifndef CONNECT_LINT_SCHEMA_SCHEMA_SET_H_
#define CONNECT_LINT_SCHEMA_SCHEMA_SET_H_

#include <connect_lint/diagnostic.h>

#include <cstdint>
#include <span>
#include <string_view>

#include "base/pattern_program.h"
#include "document/key_table.h"
#include "request/member_table.h"

namespace connect_lint {

using ShapeIndex = std::uint16_t;

// What `type` allows. Bits 0 to 5 are the kinds of document nodes.
inline constexpr std::uint8_t kTypeNull = 1;
inline constexpr std::uint8_t kTypeBoolean = 2;
inline constexpr std::uint8_t kTypeNumber = 4;
inline constexpr std::uint8_t kTypeString = 8;
inline constexpr std::uint8_t kTypeArray = 16;
inline constexpr std::uint8_t kTypeObject = 32;
inline constexpr std::uint8_t kTypeInteger = 64;  // Numbers without fraction only.
inline constexpr std::uint8_t kTypeAny = 63;

inline constexpr std::uint32_t kNoMaximum = 0xFFFFFFFFu;

// One schema. The members named *_plus_1 are indices into the set's tables;
// 0 means that there is no such constraint.
struct Shape {
  std::uint16_t name = 0;  // Into shape_names.
  std::uint8_t types = kTypeAny;
  bool is_time = false;  // The Timestamp shape; checked by read_time().
  std::uint16_t enumeration_plus_1 = 0;
  std::uint16_t pattern_plus_1 = 0;
  std::uint16_t not_pattern_plus_1 = 0;
  std::uint16_t range_plus_1 = 0;
  std::uint16_t object_plus_1 = 0;
  std::uint16_t items_plus_1 = 0;  // A shape.
  std::uint32_t length_min = 0;    // Code points.
  std::uint32_t length_max = kNoMaximum;
  std::uint32_t items_min = 0;
  std::uint32_t items_max = kNoMaximum;
};

// The members of an object. At most 64 properties.
struct ObjectShape {
  std::uint64_t required = 0;  // Bit i: property i must be there.
  std::uint32_t property_of_key = 0;  // Into property_of_key: keys.size() bytes, 0 or property + 1.
  std::uint32_t properties_min = 0;
  std::uint32_t properties_max = kNoMaximum;
  std::uint16_t first_property = 0;  // Into properties.
  std::uint16_t property_count = 0;
  std::uint16_t additional_plus_1 = 0;  // A shape for other members; 0: refused.
  std::uint16_t names_plus_1 = 0;       // A shape for the keys.
};

struct Property {
  KeyId key = 0;
  ShapeIndex shape = 0;
};

struct Enumeration {
  std::uint64_t has[kKeyIdsMax / 64] = {};  // Bit: the key number of a value.
  std::uint16_t first_value = 0;            // Into enum_values, in the schema's order.
  std::uint16_t value_count = 0;
};

struct Range {
  double minimum;
  double maximum;
  double exclusive_maximum;
};

// What an operation's requests have to look like, in each dialect.
struct OperationShapes {
  ShapeIndex input = 0;
  ShapeIndex body = 0;  // Without the members that travel in the URI.
  ShapeIndex cloudformation = 0;  // Without the members that a template's resource does not have.

  [[nodiscard]] ShapeIndex of(Dialect dialect) const {
    return dialect == Dialect::Input ? input : dialect == Dialect::Body ? body : cloudformation;
  }
};

struct SchemaSet {
  KeyTable keys;
  std::span<const std::string_view> shape_names;         // [0] is "".
  std::span<const std::string_view> shape_descriptions;  // Of the same index; may be "".
  std::span<const Shape> shapes;
  std::span<const ObjectShape> objects;
  std::span<const Property> properties;
  std::span<const std::uint8_t> property_of_key;
  std::span<const Enumeration> enumerations;
  std::span<const KeyId> enum_values;
  std::span<const Range> ranges;
  std::span<const PatternProgram> patterns;
  std::span<const std::uint8_t> pattern_bytes;
  std::string_view pattern_texts;
  std::span<const OperationShapes> operations;  // In the order of operations().
  MemberTable members;

  [[nodiscard]] std::string_view pattern_text(const PatternProgram& pattern) const {
    return pattern_texts.substr(pattern.text, pattern.text_length);
  }
  [[nodiscard]] std::span<const Property> properties_of(const ObjectShape& object) const {
    return properties.subspan(object.first_property, object.property_count);
  }
  [[nodiscard]] std::span<const KeyId> values_of(const Enumeration& enumeration) const {
    return enum_values.subspan(enumeration.first_value, enumeration.value_count);
  }
};

// The set that the build embedded.
[[nodiscard]] const SchemaSet& built_in_schemas();

}  // namespace connect_lint

#endif  // CONNECT_LINT_SCHEMA_SCHEMA_SET_H_
