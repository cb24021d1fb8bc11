#include "schema/shape_check.h"

#include <algorithm>
#include <array>

#include "base/edit_distance.h"
#include "base/limits.h"
#include "base/number.h"
#include "base/timestamp.h"
#include "base/utf8.h"

namespace connect_lint {

void ShapeFindings::add(const ShapeFinding& finding) {
  if (kept.size() < kFindingsKeptMax) {
    kept.push_back(finding);
  } else {
    ++left_out;
  }
}

bool RegexCache::found_in(const SchemaSet& schemas, std::uint16_t pattern, std::string_view text) {
  compiled_.resize(schemas.patterns.size());
  std::unique_ptr<Pattern>& compiled = compiled_[pattern];
  if (!compiled) {
    auto result = Pattern::compile(schemas.pattern_text(schemas.patterns[pattern]));
    assert(result.ok() && "a pattern that lowering compiled");
    compiled = std::make_unique<Pattern>(std::move(result).value());
  }
  return compiled->found_in(text);
}

bool matches(const SchemaSet& schemas, std::uint16_t pattern, std::string_view text,
             RegexCache& regexes) {
  const PatternProgram& program = schemas.patterns[pattern];
  if (program.class_count == 0) return regexes.found_in(schemas, pattern, text);
  return run_automaton(program, schemas.pattern_bytes, text);
}

namespace {

bool has_type(const Node& node, const Shape& shape) {
  const auto bit = static_cast<std::uint8_t>(1u << static_cast<unsigned>(node.kind));
  return (shape.types & bit) != 0 ||
         (node.kind == Kind::Number && (shape.types & kTypeInteger) != 0 && !node.has(Node::kFraction));
}

class Check {
 public:
  Check(const SchemaSet& schemas, Document& document, const Request& request, RegexCache& regexes,
        ShapeFindings& findings, const ShapeCheckOptions& options)
      : schemas_(schemas),
        document_(document),
        request_(request),
        regexes_(regexes),
        findings_(findings),
        wanted_(options.wanted.data()),
        occurrences_(options.wanted.empty() ? nullptr : options.occurrences) {}

  void run(NodeIndex index, ShapeIndex shape) {
    value(index, shape, shape);
    std::sort(document_.missing.begin(), document_.missing.end());
  }

 private:
  // `owner` is the shape of the object around the value.
  void value(NodeIndex index, ShapeIndex shape_index, ShapeIndex owner) {
    const Node& node = document_[index];
    if (node.has(Node::kBroken | Node::kUnknown)) [[unlikely]]
      return;
    const Shape& shape = schemas_.shapes[shape_index];
    if (shape.is_time) {
      time(index, shape_index, owner);
      return occurs(index, shape_index);
    }
    if (!has_type(node, shape)) [[unlikely]]
      return wrong_type(index, shape_index, owner);
    // No jump table: strings are most of it, and branches are foreseen better.
    if (node.kind == Kind::String) {
      if (node.has(Node::kTime)) [[unlikely]]
        return wrong_type(index, shape_index, owner);
      text(index, Mark::Value, document_.string(index), node.has(Node::kNonAscii), shape_index, owner);
    } else if (node.kind == Kind::Object) {
      if (shape.object_plus_1 != 0) object(index, shape_index);
    } else if (node.kind == Kind::Array) {
      array(index, shape_index, owner);
    } else if (node.kind == Kind::Number && shape.range_plus_1 != 0) {
      number(index, shape_index, owner);
    }
    occurs(index, shape_index);
  }

  void occurs(NodeIndex index, ShapeIndex shape) {
    if (occurrences_ != nullptr && wanted_[shape] != 0) occurrences_->push_back({index, shape});
  }

  // What is not as it should be tells later steps nothing.
  void refuse(FindingId id, NodeIndex index, ShapeIndex shape, ShapeIndex owner, unsigned detail = 0,
              Mark mark = Mark::Value) {
    document_.nodes[index].flags |= mark == Mark::Key ? Node::kKeyBroken : Node::kBroken;
    add(id, index, shape, owner, detail, mark);
  }

  void add(FindingId id, NodeIndex index, ShapeIndex shape, ShapeIndex owner, unsigned detail = 0,
           Mark mark = Mark::Value) {
    findings_.add({.id = id,
                   .mark = mark,
                   .node = index,
                   .shape = shape,
                   .owner = owner,
                   .detail = static_cast<std::uint16_t>(detail)});
  }

  void wrong_type(NodeIndex index, ShapeIndex shape, ShapeIndex owner) {
    refuse(document_[index].kind == Kind::Null ? FindingId::SchemaNull : FindingId::SchemaType, index, shape,
        owner);
  }

  // A String, or a key that propertyNames restricts.
  void text(NodeIndex index, Mark mark, std::string_view text, bool non_ascii, ShapeIndex shape_index,
            ShapeIndex owner) {
    const Shape& shape = schemas_.shapes[shape_index];
    if (shape.enumeration_plus_1 != 0) {
      const Enumeration& enumeration = schemas_.enumerations[shape.enumeration_plus_1 - 1u];
      const KeyId key = mark == Mark::Key ? document_[index].key_id
                        : document_[index].has(Node::kDecoded)
                            ? schemas_.keys.find(text)
                            : schemas_.keys.find_padded(text.data(), text.size());
      if (key == 0 || (enumeration.has[key / 64] >> (key % 64) & 1) == 0)
        refuse(FindingId::SchemaEnum, index, shape_index, owner, 0, mark);
      return;
    }
    // A text of n bytes has at most n code points and at least n / 4.
    bool too_short = text.size() < shape.length_min;
    bool too_long = text.size() > shape.length_max;
    if (non_ascii && (too_long || text.size() / 4 < shape.length_min)) [[unlikely]] {
      const std::size_t length = utf8_length(text);
      too_short = length < shape.length_min;
      too_long = length > shape.length_max;
    }
    const auto has = [&](std::uint16_t pattern_plus_1) {
      return matches(schemas_, static_cast<std::uint16_t>(pattern_plus_1 - 1), text, regexes_);
    };
    if (too_short || too_long) [[unlikely]] {
      // A text that is short because it is something else: its form says more.
      const bool other_form = too_short && !text.empty() && shape.pattern_plus_1 != 0 && !has(shape.pattern_plus_1);
      if (!other_form) refuse(FindingId::SchemaLength, index, shape_index, owner, 0, mark);
      if (too_short && !other_form) return;
    }
    if (shape.pattern_plus_1 != 0 && !has(shape.pattern_plus_1)) [[unlikely]]
      refuse(FindingId::SchemaPattern, index, shape_index, owner, 0, mark);
    else if (shape.not_pattern_plus_1 != 0 && has(shape.not_pattern_plus_1)) [[unlikely]]
      refuse(FindingId::SchemaPattern, index, shape_index, owner, 1, mark);
  }

  void number(NodeIndex index, ShapeIndex shape_index, ShapeIndex owner) {
    const Shape& shape = schemas_.shapes[shape_index];
    const Range& range = schemas_.ranges[shape.range_plus_1 - 1u];
    const double number = number_of(index);
    if (!(number >= range.minimum && number <= range.maximum && number < range.exclusive_maximum))
      refuse(FindingId::SchemaRange, index, shape_index, owner);
  }

  // Infinity where no double can hold it.
  double number_of(NodeIndex index) const {
    const std::string_view digits = document_.string(index);
    if (!document_[index].has(Node::kFraction) && digits.size() <= 15 && digits[0] != '-') {
      std::int64_t whole = 0;
      for (const char digit : digits) whole = whole * 10 + (digit - '0');
      return static_cast<double>(whole);
    }
    return number_value(digits);
  }

  void time(NodeIndex index, ShapeIndex shape, ShapeIndex owner) {
    const Node& node = document_[index];
    if (node.kind == Kind::Number) {
      const double seconds = number_of(index);
      if (seconds >= kEpochSecondsEnd) refuse(FindingId::SchemaTimeInMilliseconds, index, shape, owner);
      else if (seconds < static_cast<double>(kInstantMin)) refuse(FindingId::SchemaTimeImpossible, index, shape, owner);
      return;
    }
    if (node.kind != Kind::String || request_.dialect != Dialect::Input)
      return wrong_type(index, shape, owner);
    const TimeProblem problem = read_time(document_.string(index)).problem;
    const auto detail = static_cast<unsigned>(problem);
    switch (problem) {
      case TimeProblem::None:
        // Clients take a date that is a text, but none that YAML made a date of.
        if (node.has(Node::kTime) && document_.string(index).size() == std::string_view("2021-10-14").size()) [[unlikely]]
          wrong_type(index, shape, owner);
        return;
      case TimeProblem::Milliseconds:
        return refuse(FindingId::SchemaTimeInMilliseconds, index, shape, owner, detail);
      case TimeProblem::DigitsAsDate:
        return refuse(FindingId::SchemaTimeAsDigits, index, shape, owner, detail);
      case TimeProblem::ZoneName:
        return refuse(FindingId::SchemaTimeZoneName, index, shape, owner, detail);
      case TimeProblem::Impossible:
        return refuse(FindingId::SchemaTimeImpossible, index, shape, owner, detail);
      case TimeProblem::Empty:
      case TimeProblem::Unreadable:
        return refuse(FindingId::SchemaTimeForm, index, shape, owner, detail);
    }
  }

  void array(NodeIndex index, ShapeIndex shape_index, ShapeIndex owner) {
    const Shape& shape = schemas_.shapes[shape_index];
    std::uint32_t count = 0;
    for (const NodeIndex child : document_.children(index)) {
      ++count;
      if (shape.items_plus_1 != 0)
        value(child, static_cast<ShapeIndex>(shape.items_plus_1 - 1), owner);
    }
    if (count < shape.items_min || (count > shape.items_max && certain_children(index) > shape.items_max)) [[unlikely]]
      add(FindingId::SchemaItems, index, shape_index, owner);
  }

  [[nodiscard]] std::uint32_t certain_children(NodeIndex index) const {
    std::uint32_t count = 0;
    for (const NodeIndex child : document_.children(index))
      if (!document_[child].may_be_absent()) ++count;
    return count;
  }

  void object(NodeIndex index, ShapeIndex shape_index) {
    const Shape& shape = schemas_.shapes[shape_index];
    const ObjectShape& object = schemas_.objects[shape.object_plus_1 - 1u];
    const std::uint8_t* property_of_key = schemas_.property_of_key.data() + object.property_of_key;
    const Property* properties = schemas_.properties.data() + object.first_property;
    std::uint64_t seen = 0;
    std::uint32_t count = 0;
    bool unknown = false;
    for (const NodeIndex child : document_.children(index)) {
      const Node& node = document_[child];
      if (!node.has(Node::kKeyAgain)) ++count;
      const std::uint8_t property = property_of_key[node.key_id];
      if (object.names_plus_1 != 0 && !node.has(Node::kKeyBroken))
        text(child, Mark::Key, document_.key(child), true, static_cast<ShapeIndex>(object.names_plus_1 - 1),
             shape_index);
      if (property != 0) [[likely]] {
        seen |= std::uint64_t{1} << (property - 1);
        value(child, properties[property - 1].shape, shape_index);
      } else if (object.additional_plus_1 != 0) {
        value(child, static_cast<ShapeIndex>(object.additional_plus_1 - 1), shape_index);
      } else {
        unknown = true;
      }
    }
    if (unknown) [[unlikely]]
      seen = unknown_members(index, shape_index, object, seen);
    if ((object.required & ~seen) != 0) [[unlikely]]
      missing_members(index, shape_index, object.required & ~seen);
    if (count < object.properties_min || count > object.properties_max) [[unlikely]]
      add(FindingId::SchemaProperties, index, shape_index, shape_index);
  }

  void missing_members(NodeIndex index, ShapeIndex shape_index, std::uint64_t missing) {
    const auto properties = schemas_.properties_of(schemas_.objects[schemas_.shapes[shape_index].object_plus_1 - 1u]);
    for (unsigned property = 0; missing != 0; ++property, missing >>= 1) {
      if ((missing & 1) == 0) continue;
      add(FindingId::SchemaRequired, index, shape_index, shape_index, property);
      document_.missing.push_back({index, properties[property].key});
      document_.nodes[index].flags |= Node::kIncomplete;
    }
  }

  // Reports the members that the object does not take. A misspelt one stands
  // for the one that is meant: its value is checked, and it is not missing.
  // Gives `seen` with the members that are meant.
  std::uint64_t unknown_members(NodeIndex index, ShapeIndex shape_index, const ObjectShape& object,
                                std::uint64_t seen) {
    const std::uint8_t* property_of_key = schemas_.property_of_key.data() + object.property_of_key;
    const bool top = index == request_.node;
    bool response_reported = false;
    std::size_t compared = 0;
    for (const NodeIndex child : document_.children(index)) {
      const Node& node = document_[child];
      if (property_of_key[node.key_id] != 0) continue;
      if (node.has(Node::kKeyBroken)) {
        seen = ~std::uint64_t{0};  // It may be any of those that seem to be missing.
        continue;
      }
      if (top && node.key_id != 0) {
        const OperationBits own = OperationBits{1} << request_.operation;
        const bool left_out = (schemas_.members.takes(node.key_id) & own) != 0;
        if (left_out && request_.dialect == Dialect::CloudFormation) {
          add(FindingId::SchemaUnknownMember, child, shape_index, shape_index, 0, Mark::Key);
          continue;
        }
        if (left_out) {  // The body dialect does.
          add(FindingId::RequestUriMember, child, shape_index, shape_index, 0, Mark::Key);
          continue;
        }
        if (schemas_.members.takes(node.key_id) == 0 && schemas_.members.answers(node.key_id) != 0) {
          // One finding for all of them.
          if (!response_reported)
            add(FindingId::RequestResponseMember, child, shape_index, shape_index, 0, Mark::Key);
          response_reported = true;
          continue;
        }
        if (schemas_.members.takes(node.key_id) != 0) {
          add(FindingId::RequestForeignMember, child, shape_index, shape_index, 0, Mark::Key);
          continue;
        }
      }
      const unsigned meant =
          compared++ < kSuggestionsPerObjectMax ? meant_property(child, object, seen) : 0;
      add(FindingId::SchemaUnknownMember, child, shape_index, shape_index, meant, Mark::Key);
      if (meant == 0) continue;
      seen |= std::uint64_t{1} << (meant - 1);
      document_.nodes[child].key_id = schemas_.properties_of(object)[meant - 1].key;
      value(child, schemas_.properties_of(object)[meant - 1].shape, shape_index);
    }
    return seen;
  }

  // The number plus 1 of the absent property that a member may mean; 0: none.
  unsigned meant_property(NodeIndex member, const ObjectShape& object, std::uint64_t seen) const {
    const std::string_view key = document_.key(member);
    unsigned best = 0;
    std::size_t best_distance = edit_distance_allowed(key.size()) + 1;
    const auto properties = schemas_.properties_of(object);
    for (unsigned i = 0; i < properties.size(); ++i) {
      if ((seen >> i & 1) != 0) continue;
      const std::string_view name = schemas_.keys.name(properties[i].key);
      if (equal_but_for_case(key, name)) return i + 1;
      const std::size_t distance = edit_distance(key, name, best_distance - 1);
      if (distance >= best_distance || distance * 2 >= name.size()) continue;
      // A guess by spelling that the value does not fit is no good guess.
      if (!document_[member].has(Node::kUnknown) && !has_type(document_[member], schemas_.shapes[properties[i].shape])) continue;
      best = i + 1;
      best_distance = distance;
    }
    return best;
  }

  const SchemaSet& schemas_;
  Document& document_;
  const Request& request_;
  RegexCache& regexes_;
  ShapeFindings& findings_;
  const std::uint8_t* const wanted_;
  std::vector<Occurrence>* const occurrences_;
};

}  // namespace

void check_shape(const SchemaSet& schemas, Document& document, const Request& request, RegexCache& regexes,
                 ShapeFindings& findings, const ShapeCheckOptions& options) {
  const ShapeIndex shape = schemas.operations[request.operation].of(request.has_uri_members ? Dialect::Input : request.dialect);
  Check(schemas, document, request, regexes, findings, options).run(request.node, shape);
}

void check_value(const SchemaSet& schemas, Document& document, NodeIndex node, ShapeIndex shape,
                 RegexCache& regexes, ShapeFindings& findings, const ShapeCheckOptions& options) {
  Request no_request;
  no_request.node = kNoNode;
  Check(schemas, document, no_request, regexes, findings, options).run(node, shape);
}

}  // namespace connect_lint
