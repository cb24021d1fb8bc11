#include "rules/possible_rules.h"

#include <algorithm>
#include <string>

#include "base/limits.h"
#include "document/json_reader.h"
#include "document/json_writer.h"
#include "jsonpath/evaluator.h"

namespace connect_lint {
namespace {

// Objects of one shape with some of its properties, all unknown but for one.
class Trial {
 public:
  Trial(const SchemaSet& schemas, const ObjectShape& object) : schemas_(schemas), properties_(schemas.properties_of(object)) {}

  void make(std::uint64_t members, std::size_t known, std::string_view value) {
    std::string text = "{";
    for (std::size_t i = 0; i < properties_.size(); ++i) {
      if ((members >> i & 1) == 0) continue;
      if (text.size() > 1) text += ',';
      text += quoted_json(schemas_.keys.name(properties_[i].key)) + ':' + (i == known ? quoted_json(value) : "null");
    }
    source_.assign(text + "}");
    reader_.read(source_, schemas_.keys, kDepthLimit, document_);
    for (const NodeIndex child : document_.children(0))
      if (document_[child].kind == Kind::Null) document_.nodes[child].flags |= Node::kUnknown;
    evaluator_.open(document_);
    evaluator_.set_unknown_flags(Node::kUnknown);
  }

  Truth condition(const Program& program) {
    begin(program);
    return evaluator_.test(program, 0);
  }

  // Whether the query selects anything, or would if more were known.
  bool can_select(const Program& program) {
    begin(program);
    nodes_.clear();
    const Selection selection = evaluator_.select_from(program, 0, 0, 0, nodes_);
    return !nodes_.empty() || selection.uncertain || !selection.complete;
  }

 private:
  void begin(const Program& program) {
    evaluator_.begin(program.first_memo + program.memos, program.first_call + static_cast<std::uint32_t>(program.calls.size()));
  }

  const SchemaSet& schemas_;
  const std::span<const Property> properties_;
  SourceText source_;
  JsonReader reader_;
  Document document_;
  Evaluator evaluator_;
  std::vector<NodeIndex> nodes_;
};

// Whether the program looks at what a trial does not have: the request around, the time.
bool looks_around(const Program& program) {
  return std::any_of(program.calls.begin(), program.calls.end(), [&](const Call& call) {
    const std::string_view name = program.function_of(call).name;
    return name == "request" || name == "now";
  });
}

// Whether it may look at members that are no properties, which cannot be tried.
bool looks_at_others(const Program& program, const SchemaSet& schemas, const ObjectShape& object) {
  return std::any_of(program.paths.begin(), program.paths.end(), [&](const Path& path) {
    if (path.relative || path.count == 0) return !path.relative;
    const Segment& segment = program.segments[path.first];
    if (segment.descendant) return true;
    const auto selectors = program.selectors.subspan(segment.first, segment.count);
    return std::any_of(selectors.begin(), selectors.end(), [&](const Selector& selector) {
      return selector.kind != SelectorKind::Name || selector.key == 0 ||
             schemas.property_of_key[object.property_of_key + selector.key] == 0;
    });
  });
}

}  // namespace

void add_possible_rules(const SchemaSet& schemas, const Shape& shape, std::span<const Rule> rules,
                        std::span<const ShapeRule> on_shape, ShapeRules& shape_rules,
                        std::vector<std::uint64_t>& possible) {
  if (shape.object_plus_1 == 0 || on_shape.size() > 64) return;
  const ObjectShape& object = schemas.objects[shape.object_plus_1 - 1u];
  const auto properties = schemas.properties_of(object);
  if (properties.empty() || properties.size() > kTriedPropertiesMax) return;

  // The first property with few values decides.
  std::size_t deciding = properties.size();
  std::vector<std::string_view> values;
  for (std::size_t i = 0; i < properties.size() && values.empty() && properties.size() <= kTriedWithValuesMax; ++i) {
    const Shape& property = schemas.shapes[properties[i].shape];
    if (property.enumeration_plus_1 == 0) continue;
    const Enumeration& enumeration = schemas.enumerations[property.enumeration_plus_1 - 1u];
    for (const KeyId value : schemas.values_of(enumeration)) values.push_back(schemas.keys.name(value));
    deciding = i;
    shape_rules.deciding = properties[i].key;
    shape_rules.enumeration = static_cast<std::uint16_t>(property.enumeration_plus_1 - 1);
  }
  shape_rules.properties = static_cast<std::uint8_t>(properties.size());
  shape_rules.table_plus_1 = static_cast<std::uint32_t>(possible.size()) + 1;

  struct Tried {
    bool when;
    bool find;
  };
  std::vector<Tried> tried;
  for (std::size_t i = 0; i < on_shape.size(); ++i) {
    const Rule& rule = rules[on_shape[i].rule];
    tried.push_back({rule.has_when() && !looks_around(rule.when), rule.has_find() && !looks_around(rule.find)});
    if ((rule.has_when() && looks_at_others(rule.when, schemas, object)) || (rule.has_find() && looks_at_others(rule.find, schemas, object)))
      shape_rules.open |= std::uint64_t{1} << i;
  }
  Trial trial(schemas, object);
  for (std::size_t value = 0; value <= values.size(); ++value) {
    for (std::uint64_t members = 0; members < std::uint64_t{1} << properties.size(); ++members) {
      const bool known = value < values.size();
      trial.make(members, known ? deciding : properties.size(), known ? values[value] : "");
      std::uint64_t can = 0;
      for (std::size_t i = 0; i < on_shape.size(); ++i) {
        const Rule& rule = rules[on_shape[i].rule];
        if (tried[i].when && trial.condition(rule.when) == Truth::False) continue;
        if (tried[i].find && !trial.can_select(rule.find)) continue;
        can |= std::uint64_t{1} << i;
      }
      possible.push_back(can);
    }
  }
}

}  // namespace connect_lint
