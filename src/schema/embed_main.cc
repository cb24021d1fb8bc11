// The build's schema compiler: schemas/*.json in, one C++ source with the
// tables out.
//
//   connect_lint_embed SCHEMAS_DIR OUTPUT.cc
#include <fmt/format.h>

#include <cmath>
#include <cstdio>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "base/source_writer.h"
#include "document/key_table_source.h"
#include "schema/lower.h"
#include "schema/operation_file.h"

namespace connect_lint {
namespace {

std::string plain(std::uint64_t value) { return fmt::format("{}u", value); }

std::string number(double value) {
  if (std::isinf(value)) return value < 0 ? "-kInfinity" : "kInfinity";
  return fmt::format("{:.17g}", value) + (value == std::floor(value) ? ".0" : "");
}

void write_operations(SourceWriter& out, const OperationTable& table) {
  const auto text = [](std::string_view name) { return literal(name); };
  for (const OperationInfo& operation : table.operations) {
    out.array("OperationMember", fmt::format("kMembersOf{}", operation.name), operation.members,
              [](const OperationMember& member) {
                return fmt::format("{{{}, Location{{{}}}, {}}}", literal(member.name),
                                   static_cast<int>(member.location), member.required);
              });
    out.array("std::string_view", fmt::format("kResponseOf{}", operation.name), operation.response, text);
  }
  out.array("OperationInfo", "kOperations", table.operations, [](const OperationInfo& operation) {
    return fmt::format("{{{}, {}, {}, {}, {}, kMembersOf{}, {{kResponseOf{}, {}}}}}", literal(operation.name),
                       literal(operation.command), literal(operation.method), literal(operation.uri),
                       literal(operation.summary), operation.name, operation.name, operation.response.size());
  });
  for (const OtherOperation& other : table.others) {
    out.array("std::string_view", fmt::format("kMembersOf{}", other.name), other.members, text);
    out.array("std::string_view", fmt::format("kRequiredOf{}", other.name), other.required, text);
  }
  out.array("OtherOperation", "kOthers", table.others, [](const OtherOperation& other) {
    return fmt::format("{{{}, {}, {{kMembersOf{}, {}}}, {{kRequiredOf{}, {}}}}}", literal(other.name), literal(other.command), other.name,
                       other.members.size(), other.name, other.required.size());
  });
  out.line("constexpr OperationTable kTable = {{kOperations, kOthers, {}}};", literal(table.model));
}

void write_schemas(SourceWriter& out, const SchemaSet& set) {
  const std::string keys = write_key_table(out, set.keys, "kKey");
  out.array("std::string_view", "kShapeNames", set.shape_names, literal);
  out.array("std::string_view", "kShapeDescriptions", set.shape_descriptions, literal);
  out.array("Shape", "kShapes", set.shapes, [](const Shape& shape) {
    return fmt::format("{{{}, {}, {}, {}, {}, {}, {}, {}, {}, {}u, {}u, {}u, {}u}}", shape.name, shape.types,
                       shape.is_time, shape.enumeration_plus_1, shape.pattern_plus_1, shape.not_pattern_plus_1,
                       shape.range_plus_1, shape.object_plus_1, shape.items_plus_1, shape.length_min,
                       shape.length_max, shape.items_min, shape.items_max);
  });
  out.array("ObjectShape", "kObjects", set.objects, [](const ObjectShape& object) {
    return fmt::format("{{{}u, {}u, {}u, {}u, {}, {}, {}, {}}}", object.required, object.property_of_key,
                       object.properties_min, object.properties_max, object.first_property,
                       object.property_count, object.additional_plus_1, object.names_plus_1);
  });
  out.array("Property", "kProperties", set.properties, [](const Property& property) {
    return fmt::format("{{{}, {}}}", property.key, property.shape);
  });
  out.array("std::uint8_t", "kPropertyOfKey", set.property_of_key, plain);
  out.array("Enumeration", "kEnumerations", set.enumerations, [](const Enumeration& enumeration) {
    std::string words;
    for (const std::uint64_t word : enumeration.has) words += fmt::format("{}u, ", word);
    return fmt::format("{{{{{}}}, {}, {}}}", words, enumeration.first_value, enumeration.value_count);
  });
  out.array("KeyId", "kEnumValues", set.enum_values, plain);
  out.array("Range", "kRanges", set.ranges, [](const Range& range) {
    return fmt::format("{{{}, {}, {}}}", number(range.minimum), number(range.maximum),
                       number(range.exclusive_maximum));
  });
  out.array("PatternProgram", "kPatterns", set.patterns, [](const PatternProgram& pattern) {
    return fmt::format("{{{}u, {}u, {}u, {}u, {}u, {}u, {}, {}, {}, {}}}", pattern.text, pattern.text_length,
                       pattern.classes, pattern.transitions, pattern.accepting, pattern.prefix,
                       pattern.prefix_length, pattern.start, pattern.class_count, pattern.state_count);
  });
  out.array("std::uint8_t", "kPatternBytes", set.pattern_bytes, plain);
  out.line("constexpr std::string_view kPatternTexts ={};", long_literal(set.pattern_texts));
  out.array("OperationShapes", "kOperationShapes", set.operations, [](const OperationShapes& shapes) {
    return fmt::format("{{{}, {}, {}}}", shapes.input, shapes.body, shapes.cloudformation);
  });
  out.array("MemberUse", "kMemberUses", set.members.uses, [](const MemberUse& use) {
    const OtherOperationBits& others = use.others_take;
    return fmt::format("{{{}u, {}u, {{{}u, {}u, {}u, {}u}}}}", use.takes, use.answers, others[0], others[1], others[2], others[3]);
  });
  out.array("NeededMembers", "kNeededMembers", set.members.needs,
            [](const NeededMembers& needs) { return fmt::format("{{{}}}", fmt::join(needs, ", ")); });
  out.line("constexpr SchemaSet kSchemas = {{{},", keys);
  out.line("    kShapeNames, kShapeDescriptions, kShapes, {{kObjects, {}}}, {{kProperties, {}}}, {{kPropertyOfKey, {}}},",
           set.objects.size(), set.properties.size(), set.property_of_key.size());
  out.line("    {{kEnumerations, {}}}, {{kEnumValues, {}}}, {{kRanges, {}}}, {{kPatterns, {}}},",
           set.enumerations.size(), set.enum_values.size(), set.ranges.size(), set.patterns.size());
  out.line("    {{kPatternBytes, {}}}, kPatternTexts, kOperationShapes, {{kMemberUses, kNeededMembers}}}};", set.pattern_bytes.size());
}

int run(const std::string& directory, const std::string& output) {
  const auto fail = [](const std::string& message) {
    fmt::print(stderr, "connect_lint_embed: {}\n", message);
    return 1;
  };
  const auto operations = OperationFile::load(directory);
  if (!operations.ok()) return fail(operations.error());
  const OperationTable table = operations.value().table();
  const auto sources = load_schema_sources(directory, table);
  if (!sources.ok()) return fail(sources.error());
  const auto tables = lower_schemas(sources.value(), table);
  if (!tables.ok()) return fail(tables.error());

  SourceWriter out;
  out.line("// Made by the build from schemas/*.json.");
  out.line("#include <limits>\n\n#include \"request/operation.h\"\n#include \"schema/schema_set.h\"");
  out.line("#include \"schema/schema_texts.h\"\n\nnamespace connect_lint {{\nnamespace {{\n");
  out.line("[[maybe_unused]] constexpr double kInfinity = std::numeric_limits<double>::infinity();");
  write_operations(out, table);
  write_schemas(out, tables.value().set());
  out.array("std::string_view", "kTexts", sources.value(),
            [](const SchemaSource& source) { return long_literal(source.text); });
  out.line("\n}}  // namespace\n");
  out.line("const OperationTable& built_in_operations() {{ return kTable; }}");
  out.line("const SchemaSet& built_in_schemas() {{ return kSchemas; }}");
  out.line("std::span<const std::string_view> built_in_schema_texts() {{ return kTexts; }}");
  out.line("\n}}  // namespace connect_lint");

  return write_source(output, out.text) ? 0 : fail("cannot write " + output);
}

}  // namespace
}  // namespace connect_lint

int main(int count, char** arguments) {
  if (count != 3) {
    fmt::print(stderr, "usage: connect_lint_embed SCHEMAS_DIR OUTPUT.cc\n");
    return 2;
  }
  return connect_lint::run(arguments[1], arguments[2]);
}
