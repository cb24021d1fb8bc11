#include "schema/lower.h"

#include <fmt/format.h>

#include <algorithm>
#include <limits>
#include <map>
#include <nlohmann/json.hpp>
#include <optional>
#include <set>

// valijson's headers are not free of warnings.
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wall"
#pragma GCC diagnostic ignored "-Wextra"
#pragma GCC diagnostic ignored "-Wconversion"
#pragma GCC diagnostic ignored "-Wsign-conversion"
#pragma GCC diagnostic ignored "-Wshadow"
#pragma GCC diagnostic ignored "-Wold-style-cast"
#include <valijson/adapters/nlohmann_json_adapter.hpp>
#include <valijson/constraint_builder.hpp>
#include <valijson/constraints/concrete_constraints.hpp>
#include <valijson/constraints/constraint_visitor.hpp>
#include <valijson/schema.hpp>
#include <valijson/schema_parser.hpp>
#pragma GCC diagnostic pop

#include "base/pattern.h"
#include "base/quote.h"
#include "base/pattern_automaton.h"
#include "request/template.h"

namespace connect_lint {
namespace {

using Json = nlohmann::json;

// Thrown and caught in this file only.
struct Refused {
  std::string message;
};

template <typename... Arguments>
[[noreturn]] void refuse(fmt::format_string<Arguments...> format, Arguments&&... arguments) {
  throw Refused{fmt::format(format, std::forward<Arguments>(arguments)...)};
}

// --- What a schema may say ------------------------------------------------

const std::set<std::string_view>& known_keywords() {
  static const std::set<std::string_view> kKeywords = {
      "$schema",       "$comment",      "title",         "description",   "type",
      "properties",    "required",      "additionalProperties",           "propertyNames",
      "minProperties", "maxProperties", "items",         "minItems",      "maxItems",
      "enum",          "pattern",       "minLength",     "maxLength",     "minimum",
      "maximum",       "exclusiveMaximum",               "not",           "$ref",
      "definitions"};
  return kKeywords;
}

// Walks a schema's JSON: every keyword is known, every reference leads to a
// definition. valijson would ignore the one and overflow its stack on the other.
class KeywordCheck {
 public:
  KeywordCheck(const Json& root, std::set<std::string>& names) : root_(root), names_(names) {}

  void check(const Json& schema, const std::string& place, int depth = 0) {
    if (depth > 64) refuse("{}: nested too deep", place);
    if (schema.is_boolean() && place.ends_with("/additionalProperties")) return;
    if (!schema.is_object()) refuse("{}: a schema is an object here", place);
    for (const auto& [keyword, value] : schema.items()) {
      if (!known_keywords().contains(keyword))
        refuse("{}: the keyword {} is not supported", place, ticked(keyword));
      const std::string inner = place + "/" + keyword;
      check_kind(keyword, value, inner);
      if (keyword == "properties" || keyword == "definitions") {
        if (keyword == "definitions" && depth > 0) refuse("{}: only at the top", inner);
        for (const auto& [name, member] : value.items()) {
          if (keyword == "properties") names_.insert(name);
          if (keyword == "definitions" && member.is_object() && member.contains("$ref"))
            refuse("{}/{}: a definition that is only a reference", inner, name);
          check(member, inner + "/" + name, depth + 1);
        }
      } else if (keyword == "items" || keyword == "propertyNames" || keyword == "additionalProperties") {
        check(value, inner, depth + 1);
      } else if (keyword == "not") {
        if (!value.is_object() || value.size() != 1 || !value.contains("pattern"))
          refuse("{}: only {{\"pattern\": ...}} is supported", inner);
      } else if (keyword == "enum") {
        for (const Json& item : value) names_.insert(item.get<std::string>());
      } else if (keyword == "$ref") {
        check_reference(schema, value, inner);
      }
    }
  }

 private:
  // What stands behind a keyword; valijson's own words name neither file nor keyword.
  static void check_kind(std::string_view keyword, const Json& value, const std::string& place) {
    const auto is_one_of = [&](std::initializer_list<std::string_view> words) {
      return std::find(words.begin(), words.end(), keyword) != words.end();
    };
    const auto strings = [&] {
      return value.is_array() && std::all_of(value.begin(), value.end(), [](const Json& item) { return item.is_string(); });
    };
    if (is_one_of({"minLength", "maxLength", "minItems", "maxItems", "minProperties", "maxProperties"})) {
      if (!value.is_number_unsigned()) refuse("{}: not a whole number", place);
    } else if (is_one_of({"minimum", "maximum", "exclusiveMaximum"})) {
      if (!value.is_number()) refuse("{}: not a number", place);
    } else if (is_one_of({"title", "description", "pattern", "$ref", "$schema", "$comment"})) {
      if (!value.is_string()) refuse("{}: not a string", place);
    } else if (is_one_of({"required", "enum"})) {
      if (!strings()) refuse("{}: not an array of strings", place);
    } else if (keyword == "type") {
      if (!value.is_string() && !strings()) refuse("{}: neither a string nor an array of strings", place);
    } else if (is_one_of({"properties", "definitions"})) {
      if (!value.is_object()) refuse("{}: not an object", place);
    }
  }

  void check_reference(const Json& schema, const Json& value, const std::string& place) const {
    constexpr std::string_view kPrefix = "#/definitions/";
    if (schema.size() != 1) refuse("{}: keywords beside a reference are ignored by draft-07", place);
    const std::string target = value.is_string() ? value.get<std::string>() : std::string();
    const bool leads_somewhere =
        target.starts_with(kPrefix) && root_.contains("definitions") &&
        root_["definitions"].contains(target.substr(kPrefix.size()));
    if (!leads_somewhere) refuse("{}: {} is no definition of this file", place, ticked(target));
  }

  const Json& root_;
  std::set<std::string>& names_;
};

// --- valijson's model of a schema -----------------------------------------

// valijson 1.0 keeps the values of `enum` to itself; this keeps them as text.
class EnumText final : public valijson::constraints::PolyConstraint {
 public:
  explicit EnumText(std::vector<std::string> texts) : values(std::move(texts)) {}
  bool validate(const valijson::adapters::Adapter&, const std::vector<std::string>&,
                valijson::ValidationResults*) const override {
    return true;
  }
  std::vector<std::string> values;

 private:
  valijson::constraints::Constraint* cloneInto(void* place) const override {
    return new (place) EnumText(*this);
  }
  std::size_t sizeOf() const override { return sizeof(EnumText); }
};

class EnumTextBuilder final : public valijson::ConstraintBuilder {
 public:
  valijson::constraints::Constraint* make(const valijson::adapters::Adapter& adapter) const override {
    std::vector<std::string> values;
    adapter.applyToArray([&](const valijson::adapters::Adapter& value) {
      std::string text;
      if (value.asString(text)) values.push_back(text);
      return true;
    });
    return new EnumText(std::move(values));
  }
};

std::uint32_t narrow(std::uint64_t value) {
  return static_cast<std::uint32_t>(std::min<std::uint64_t>(value, kNoMaximum));
}

// Lowers the schemas of one file after another into the same tables.
class Lowering {
 public:
  explicit Lowering(SchemaTables& tables) : tables_(tables) { keys_ = tables_.keys->table(); }

  // The shape of a file's root. Shapes that another file has as well, with all
  // that they refer to, are used again.
  ShapeIndex lower_file(const SchemaSource& source, const Json& json) {
    file_ = source.name;
    titles_here_.clear();
    shapes_here_.clear();
    definitions_ = json.contains("definitions") ? &json["definitions"] : nullptr;
    note_title(json);
    if (definitions_ != nullptr)
      for (const auto& [name, definition] : definitions_->items()) note_title(definition);

    valijson::Schema schema;
    valijson::SchemaParser parser(valijson::SchemaParser::kDraft7);
    parser.addConstraintBuilder("enum", new EnumTextBuilder);
    parser.populateSchema(valijson::adapters::NlohmannJsonAdapter(json), schema);
    return lower(*schema.root());
  }

  // A copy of an object shape without the properties that `keep` refuses.
  template <typename Keep>
  ShapeIndex without(ShapeIndex shape, Keep keep) {
    Shape copy = tables_.shapes[shape];
    const ObjectShape object = tables_.objects[copy.object_plus_1 - 1u];
    std::map<std::string, ShapeIndex> properties;
    std::set<std::string> required;
    for (std::uint16_t i = 0; i < object.property_count; ++i) {
      const Property& property = tables_.properties[object.first_property + i];
      const std::string name(keys_.name(property.key));
      if (!keep(name)) continue;
      properties[name] = property.shape;
      if ((object.required >> i & 1) != 0) required.insert(name);
    }
    copy.object_plus_1 = 0;
    add_object(copy, properties, required, object.additional_plus_1);
    ObjectShape& made = tables_.objects.back();
    made.properties_min = object.properties_min;
    made.properties_max = object.properties_max;
    made.names_plus_1 = object.names_plus_1;
    tables_.shapes.push_back(copy);
    return static_cast<ShapeIndex>(tables_.shapes.size() - 1);
  }

 private:
  class Visitor;

  // Two shapes of one title are the same when this text is.
  void note_title(const Json& definition) {
    if (!definition.is_object() || !definition.contains("title")) return;
    Json own = definition;
    own.erase("definitions");
    std::set<std::string> referred;
    std::string text = own.dump();
    add_referred(own, referred, text);
    titles_here_[definition["title"].get<std::string>()] = std::move(text);
  }
  void add_referred(const Json& json, std::set<std::string>& referred, std::string& text) const {
    for (const auto& [key, value] : json.items()) {
      if (value.is_structured()) add_referred(value, referred, text);
      if (key != "$ref" || !value.is_string()) continue;
      const std::string name = value.get<std::string>().substr(std::string_view("#/definitions/").size());
      if (!referred.insert(name).second) continue;
      const Json& target = (*definitions_)[name];
      text += name + target.dump();
      add_referred(target, referred, text);
    }
  }

  ShapeIndex lower(const valijson::Subschema& schema);
  std::uint16_t add_name(const std::string& title, const std::string& description) {
    const auto found = std::find(tables_.shape_names.begin() + 1, tables_.shape_names.end(), title);
    if (found != tables_.shape_names.end())
      return static_cast<std::uint16_t>(found - tables_.shape_names.begin());
    tables_.shape_names.push_back(title);
    tables_.shape_descriptions.push_back(description);
    return static_cast<std::uint16_t>(tables_.shape_names.size() - 1);
  }
  ShapeIndex any_shape() {
    if (any_shape_) return *any_shape_;
    tables_.shapes.emplace_back();
    return *(any_shape_ = static_cast<ShapeIndex>(tables_.shapes.size() - 1));
  }
  enum class Sense : std::uint8_t { Wanted, Refused };
  std::uint16_t add_pattern(const std::string& text, Sense sense);
  std::uint16_t add_enumeration(const std::vector<std::string>& values);
  void add_object(Shape& shape, const std::map<std::string, ShapeIndex>& properties,
                  const std::set<std::string>& required, std::uint16_t additional_plus_1);

  SchemaTables& tables_;
  KeyTable keys_;
  std::string file_;
  std::map<std::string, std::string> titles_here_;                   // Title -> JSON, of this file.
  std::map<std::string, ShapeIndex> named_;  // Of all files; title + JSON.
  const Json* definitions_ = nullptr;        // Of this file.
  std::map<const valijson::Subschema*, ShapeIndex> shapes_here_;     // Of this file.
  std::map<std::pair<std::string, Sense>, std::uint16_t> patterns_;
  std::optional<ShapeIndex> any_shape_;
};

// The index of the pattern plus 1; 0 where it is wanted and matches everything.
std::uint16_t Lowering::add_pattern(const std::string& text, Sense sense) {
  const auto known = std::pair(text, sense);
  if (const auto found = patterns_.find(known); found != patterns_.end()) return found->second;
  const auto compiled = Pattern::compile(text);
  if (!compiled.ok()) refuse("{}: {}", file_, compiled.error());
  PatternProgram program;
  program.text = static_cast<std::uint32_t>(tables_.pattern_texts.size());
  program.text_length = static_cast<std::uint32_t>(text.size());
  if (const auto automaton = make_automaton(text)) {
    const auto always = [&](std::uint8_t next) { return next == kPatternMatched; };
    if (sense == Sense::Wanted && automaton->accepting[0] != 0 &&
        std::all_of(automaton->transitions.begin(),
                    automaton->transitions.begin() + automaton->class_count, always))
      return patterns_[known] = 0;
    add_automaton(*automaton, tables_.pattern_bytes, program);
  }
  tables_.pattern_texts += text;
  tables_.patterns.push_back(program);
  return patterns_[known] = static_cast<std::uint16_t>(tables_.patterns.size());
}

std::uint16_t Lowering::add_enumeration(const std::vector<std::string>& values) {
  Enumeration enumeration;
  enumeration.first_value = static_cast<std::uint16_t>(tables_.enum_values.size());
  enumeration.value_count = static_cast<std::uint16_t>(values.size());
  for (const std::string& value : values) {
    const KeyId key = keys_.find(value);
    enumeration.has[key / 64] |= std::uint64_t{1} << (key % 64);
    tables_.enum_values.push_back(key);
  }
  tables_.enumerations.push_back(enumeration);
  return static_cast<std::uint16_t>(tables_.enumerations.size());
}

void Lowering::add_object(Shape& shape, const std::map<std::string, ShapeIndex>& properties,
                          const std::set<std::string>& required, std::uint16_t additional_plus_1) {
  if (properties.size() > 64) refuse("{}: an object of more than 64 members", file_);
  ObjectShape object;
  object.first_property = static_cast<std::uint16_t>(tables_.properties.size());
  object.property_count = static_cast<std::uint16_t>(properties.size());
  object.additional_plus_1 = additional_plus_1;
  object.property_of_key = static_cast<std::uint32_t>(tables_.property_of_key.size());
  tables_.property_of_key.resize(tables_.property_of_key.size() + keys_.size(), 0);
  std::uint8_t number = 0;
  for (const auto& [name, member] : properties) {
    const KeyId key = keys_.find(name);
    if (required.contains(name)) object.required |= std::uint64_t{1} << number;
    tables_.properties.push_back({key, member});
    tables_.property_of_key[object.property_of_key + key] = ++number;
  }
  for (const std::string& name : required)
    if (!properties.contains(name)) refuse("{}: required member {} is no property", file_, ticked(name));
  tables_.objects.push_back(object);
  shape.object_plus_1 = static_cast<std::uint16_t>(tables_.objects.size());
}

// Collects one schema's constraints.
class Lowering::Visitor final : public valijson::constraints::ConstraintVisitor {
 public:
  Visitor(Lowering& lowering, Shape& shape, Sense sense = Sense::Wanted)
      : lowering_(lowering), shape_(shape), sense_(sense) {}

  bool visit(const TypeConstraint& constraint) override {
    using Type = TypeConstraint::JsonType;
    shape_.types = 0;
    constraint.applyToNamedTypes([&](Type type) {
      switch (type) {
        case TypeConstraint::kAny: shape_.types |= kTypeAny; break;
        case TypeConstraint::kArray: shape_.types |= kTypeArray; break;
        case TypeConstraint::kBoolean: shape_.types |= kTypeBoolean; break;
        case TypeConstraint::kInteger: shape_.types |= kTypeInteger; break;
        case TypeConstraint::kNull: shape_.types |= kTypeNull; break;
        case TypeConstraint::kNumber: shape_.types |= kTypeNumber; break;
        case TypeConstraint::kObject: shape_.types |= kTypeObject; break;
        case TypeConstraint::kString: shape_.types |= kTypeString; break;
      }
      return true;
    });
    return true;
  }
  bool visit(const PolyConstraint& constraint) override {
    const auto* values = dynamic_cast<const EnumText*>(&constraint);
    shape_.enumeration_plus_1 = lowering_.add_enumeration(values->values);
    return true;
  }
  bool visit(const EnumConstraint&) override { return true; }  // EnumText has the values.
  bool visit(const PatternConstraint& constraint) override {
    shape_.pattern_plus_1 = lowering_.add_pattern(constraint.getPattern<std::allocator<char>>(), sense_);
    return true;
  }
  bool visit(const NotConstraint& constraint) override {
    Shape refused;
    Visitor inner(lowering_, refused, Sense::Refused);
    inner.visit_all(*constraint.getSubschema());
    shape_.not_pattern_plus_1 = refused.pattern_plus_1;
    return true;
  }
  bool visit(const MinLengthConstraint& constraint) override {
    shape_.length_min = narrow(constraint.getMinLength());
    return true;
  }
  bool visit(const MaxLengthConstraint& constraint) override {
    shape_.length_max = narrow(constraint.getMaxLength());
    return true;
  }
  bool visit(const MinItemsConstraint& constraint) override {
    shape_.items_min = narrow(constraint.getMinItems());
    return true;
  }
  bool visit(const MaxItemsConstraint& constraint) override {
    shape_.items_max = narrow(constraint.getMaxItems());
    return true;
  }
  bool visit(const MinPropertiesConstraint& constraint) override {
    properties_min_ = narrow(constraint.getMinProperties());
    return true;
  }
  bool visit(const MaxPropertiesConstraint& constraint) override {
    properties_max_ = narrow(constraint.getMaxProperties());
    return true;
  }
  bool visit(const MinimumConstraint& constraint) override {
    range_.minimum = constraint.getMinimum();
    has_range_ = true;
    return true;
  }
  bool visit(const MaximumConstraint& constraint) override {
    (constraint.getExclusiveMaximum() ? range_.exclusive_maximum : range_.maximum) =
        constraint.getMaximum();
    has_range_ = true;
    return true;
  }
  bool visit(const SingularItemsConstraint& constraint) override {
    shape_.items_plus_1 = plus_1(constraint.getItemsSubschema());
    return true;
  }
  bool visit(const PropertyNamesConstraint& constraint) override {
    names_plus_1_ = plus_1(constraint.getSubschema());
    return true;
  }
  bool visit(const RequiredConstraint& constraint) override {
    constraint.applyToRequiredProperties([&](const auto& name) {
      required_.emplace(name.c_str());
      return true;
    });
    return true;
  }
  bool visit(const PropertiesConstraint& constraint) override {
    has_properties_ = true;
    constraint.applyToProperties([&](const auto& name, const valijson::Subschema* member) {
      properties_[name.c_str()] = lowering_.lower(*member);
      return true;
    });
    // Null: `false`. An empty schema without title: absent or `true`.
    additional_plus_1_ = plus_1(constraint.getAdditionalPropertiesSubschema());
    return true;
  }

  // KeywordCheck keeps these out.
  bool visit(const AllOfConstraint&) override { return unsupported(); }
  bool visit(const AnyOfConstraint&) override { return unsupported(); }
  bool visit(const ConditionalConstraint&) override { return unsupported(); }
  bool visit(const ConstConstraint&) override { return unsupported(); }
  bool visit(const ContainsConstraint&) override { return unsupported(); }
  bool visit(const DependenciesConstraint&) override { return unsupported(); }
  bool visit(const FormatConstraint&) override { return unsupported(); }
  bool visit(const LinearItemsConstraint&) override { return unsupported(); }
  bool visit(const MultipleOfDoubleConstraint&) override { return unsupported(); }
  bool visit(const MultipleOfIntConstraint&) override { return unsupported(); }
  bool visit(const OneOfConstraint&) override { return unsupported(); }
  bool visit(const UniqueItemsConstraint&) override { return unsupported(); }

  void visit_all(const valijson::Subschema& schema) {
    valijson::Subschema::ApplyFunction visit_one =
        [&](const valijson::constraints::Constraint& constraint) { return constraint.accept(*this); };
    schema.apply(visit_one);
  }

  void finish() {
    if (has_range_) {
      lowering_.tables_.ranges.push_back(range_);
      shape_.range_plus_1 = static_cast<std::uint16_t>(lowering_.tables_.ranges.size());
    }
    const bool object = has_properties_ || !required_.empty() || names_plus_1_ != 0 ||
                        properties_min_ != 0 || properties_max_ != kNoMaximum;
    if (!object) return;
    if (!has_properties_) additional_plus_1_ = static_cast<std::uint16_t>(lowering_.any_shape() + 1);
    lowering_.add_object(shape_, properties_, required_, additional_plus_1_);
    ObjectShape& made = lowering_.tables_.objects.back();
    made.properties_min = properties_min_;
    made.properties_max = properties_max_;
    made.names_plus_1 = names_plus_1_;
  }

 private:
  std::uint16_t plus_1(const valijson::Subschema* schema) {
    return schema == nullptr ? std::uint16_t{0}
                             : static_cast<std::uint16_t>(lowering_.lower(*schema) + 1);
  }
  static bool unsupported() { refuse("a constraint that the tables cannot say"); }

  Lowering& lowering_;
  Shape& shape_;
  const Sense sense_;
  std::map<std::string, ShapeIndex> properties_;
  std::set<std::string> required_;
  std::uint16_t additional_plus_1_ = 0;
  std::uint16_t names_plus_1_ = 0;
  std::uint32_t properties_min_ = 0;
  std::uint32_t properties_max_ = kNoMaximum;
  bool has_properties_ = false;
  bool has_range_ = false;
  Range range_{-std::numeric_limits<double>::infinity(), std::numeric_limits<double>::infinity(),
               std::numeric_limits<double>::infinity()};
};

ShapeIndex Lowering::lower(const valijson::Subschema& schema) {
  if (const auto found = shapes_here_.find(&schema); found != shapes_here_.end()) return found->second;
  const std::string title = schema.hasTitle() ? schema.getTitle() : std::string();
  if (!title.empty()) {
    const auto found = named_.find(title + titles_here_[title]);
    if (found != named_.end()) return shapes_here_[&schema] = found->second;
  }
  // The index stands before the members are lowered, so that a shape may hold itself.
  const auto index = static_cast<ShapeIndex>(tables_.shapes.size());
  if (tables_.shapes.size() >= 0xFFF0) refuse("{}: too many shapes", file_);
  tables_.shapes.emplace_back();
  shapes_here_[&schema] = index;
  if (!title.empty()) named_[title + titles_here_[title]] = index;
  Shape shape;
  if (!title.empty())
    shape.name = add_name(title, schema.hasDescription() ? schema.getDescription() : std::string());
  Visitor visitor(*this, shape);
  visitor.visit_all(schema);
  visitor.finish();
  shape.is_time = title == "Timestamp";
  tables_.shapes[index] = shape;
  return index;
}

void add_names(std::set<std::string>& names, const OperationTable& table) {
  names.insert({"operation", "input", "ResponseMetadata"});
  for (const OperationInfo& operation : table.operations) {
    names.insert(std::string(operation.name));
    for (const OperationMember& member : operation.members) names.insert(std::string(member.name));
    for (const std::string_view member : operation.response) names.insert(std::string(member));
  }
}

void add_members(SchemaTables& tables, const OperationTable& table) {
  if (table.operations.size() > kOperationsMax || table.others.size() > kOtherOperationsMax) refuse("more operations than sets of them can hold");
  const KeyTable keys = tables.keys->table();
  tables.member_uses.resize(keys.size());
  for (std::size_t i = 0; i < table.operations.size(); ++i) {
    const OperationBits bit = OperationBits{1} << i;
    NeededMembers needs{};
    std::size_t needed = 0;
    for (const OperationMember& member : table.operations[i].members) {
      const KeyId key = keys.find(member.name);
      tables.member_uses[key].takes |= bit;
      if (member.required && needed < needs.size()) needs[needed++] = key;
    }
    for (const std::string_view member : table.operations[i].response) tables.member_uses[keys.find(member)].answers |= bit;
    tables.needed_members.push_back(needs);
  }
  for (std::size_t i = 0; i < table.others.size(); ++i)
    for (const std::string_view member : table.others[i].members)
      tables.member_uses[keys.find(member)].others_take[i / 64] |= std::uint64_t{1} << (i % 64);
  tables.member_uses[0] = {};  // Names that are no key of the table.
}

SchemaTables lower_or_throw(std::span<const SchemaSource> sources, const OperationTable& table) {
  if (sources.size() != table.operations.size())
    refuse("{} schemas for {} operations", sources.size(), table.operations.size());
  std::vector<Json> files;
  std::set<std::string> names;
  add_names(names, table);
  for (const SchemaSource& source : sources) {
    files.push_back(Json::parse(source.text, nullptr, false));
    if (files.back().is_discarded()) refuse("{} is no JSON", source.name);
    KeywordCheck(files.back(), names).check(files.back(), source.name + ":#");
  }
  if (names.size() >= kKeyIdsMax) refuse("more than {} member names and values", kKeyIdsMax - 1);
  SchemaTables tables;
  tables.keys = std::make_unique<KeyTableData>(std::vector<std::string>(names.begin(), names.end()));
  add_members(tables, table);
  Lowering lowering(tables);
  for (std::size_t i = 0; i < sources.size(); ++i) {
    const ShapeIndex input = lowering.lower_file(sources[i], files[i]);
    if (tables.shapes[input].object_plus_1 == 0) refuse("{}: not the schema of an object", sources[i].name);
    const auto in_body = [&](std::string_view name) {
      for (const OperationMember& member : table.operations[i].members)
        if (member.name == name) return member.location == Location::Body;
      return true;
    };
    const bool in_templates = table.operations[i].name == kTemplateOperation;
    tables.operations.push_back({input, lowering.without(input, in_body), in_templates ? lowering.without(input, is_in_templates) : input});
  }
  return tables;
}

}  // namespace

SchemaSet SchemaTables::set() const {
  shape_name_views.assign(shape_names.begin(), shape_names.end());
  shape_description_views.assign(shape_descriptions.begin(), shape_descriptions.end());
  SchemaSet set;
  set.keys = keys->table();
  set.shape_names = shape_name_views;
  set.shape_descriptions = shape_description_views;
  set.shapes = shapes;
  set.objects = objects;
  set.properties = properties;
  set.property_of_key = property_of_key;
  set.enumerations = enumerations;
  set.enum_values = enum_values;
  set.ranges = ranges;
  set.patterns = patterns;
  set.pattern_bytes = pattern_bytes;
  set.pattern_texts = pattern_texts;
  set.operations = operations;
  set.members = {member_uses, needed_members};
  return set;
}

Result<SchemaTables> lower_schemas(std::span<const SchemaSource> sources, const OperationTable& table) {
  try {
    return lower_or_throw(sources, table);
  } catch (const Refused& refused) {
    return Error{"cannot load the schemas: " + refused.message};
  } catch (const std::exception& error) {
    return Error{"cannot load the schemas: " + visible(error.what())};
  }
}

}  // namespace connect_lint
