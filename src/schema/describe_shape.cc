#include "schema/describe_shape.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "base/edit_distance.h"
#include "base/quote.h"
#include "base/timestamp.h"
#include "base/utf8.h"
#include "document/text_writer.h"
#include "document/yaml_scalar.h"
#include "request/template.h"

namespace connect_lint {
namespace {

// "`A`, `B` or `C`".
std::string list_of(const std::vector<std::string_view>& names, std::string_view last) {
  std::string list;
  for (std::size_t i = 0; i < names.size(); ++i) {
    if (i > 0) list += i + 1 == names.size() ? fmt::format(" {} ", last) : std::string(", ");
    list += ticked(names[i]);
  }
  return list;
}

// A description as advice: lower-case start, no full stop at the end.
std::string advice(std::string_view description) {
  std::string text(description);
  if (text.ends_with('.')) text.pop_back();
  const bool word = text.size() > 1 && text[0] >= 'A' && text[0] <= 'Z' && !(text[1] >= 'A' && text[1] <= 'Z');
  if (word) text[0] = static_cast<char>(text[0] - 'A' + 'a');
  return text;
}

// What stands in a text where it should not.
std::string character(std::string_view bytes) { return bytes == " " ? "a blank" : ticked(bytes); }

std::string_view plural(std::uint64_t count) { return count == 1 ? "" : "s"; }

// "1 to 64", "at most 256", "at least 1".
std::string between(std::uint32_t least, std::uint32_t most) {
  if (most == kNoMaximum) return fmt::format("at least {}", least);
  if (least == most) return fmt::format("exactly {}", least);
  return least == 0 ? fmt::format("at most {}", most) : fmt::format("{} to {}", least, most);
}

class Describer {
 public:
  Describer(const ShapeFinding& finding, std::string_view path, const SchemaSet& schemas,
            const Document& document, const Request& request)
      : finding_(finding),
        path_(path),
        schemas_(schemas),
        document_(document),
        request_(request),
        shape_(schemas.shapes[finding.shape]) {}

  ShapeWords describe() {
    switch (finding_.id) {
      case FindingId::SchemaRequired: required(); break;
      case FindingId::SchemaUnknownMember: unknown_member(); break;
      case FindingId::SchemaNull: null(); break;
      case FindingId::SchemaType: type(); break;
      case FindingId::SchemaEnum: enumeration(); break;
      case FindingId::SchemaPattern: pattern(); break;
      case FindingId::SchemaLength: length(); break;
      case FindingId::SchemaRange: range(); break;
      case FindingId::SchemaItems: items(); break;
      case FindingId::SchemaProperties: properties(); break;
      case FindingId::SchemaTimeAsDigits:
      case FindingId::SchemaTimeForm:
      case FindingId::SchemaTimeImpossible:
      case FindingId::SchemaTimeInMilliseconds:
      case FindingId::SchemaTimeZoneName: time(); break;
      case FindingId::RequestForeignMember: foreign_member(); break;
      case FindingId::RequestResponseMember: response_member(); break;
      case FindingId::RequestUriMember: uri_member(); break;
      default: assert(false && "not a finding of the shape check");
    }
    return std::move(words_);
  }

 private:
  [[nodiscard]] std::string_view operation() const {
    return in_template() ? kTemplateResource : built_in_operations().operations[request_.operation].name;
  }
  [[nodiscard]] bool in_template() const { return request_.dialect == Dialect::CloudFormation; }
  // An object of the model that is a list of entries in a template.
  [[nodiscard]] bool is_list_of_entries() const { return in_template() && shape_.object_plus_1 != 0 && object().additional_plus_1 != 0; }
  [[nodiscard]] const Node& node() const { return document_[finding_.node]; }

  // The last named step of the path with the indices behind it: `Tasks[0]`.
  [[nodiscard]] std::string subject() const {
    if (finding_.node == request_.node) return in_template() ? "`Properties`" : "the request";
    if (node().key_begin != node().key_end) return ticked(document_.key(finding_.node));
    const std::size_t open = path_.rfind("['");
    if (open == path_.npos) return "the element";
    const std::size_t close = path_.find("']", open);
    return ticked(std::string(path_.substr(open + 2, close - open - 2)) + std::string(path_.substr(close + 2)));
  }
  // What was found: the text of a string or key, the bytes of anything else.
  [[nodiscard]] std::string_view text() const {
    return finding_.mark == Mark::Key ? document_.key(finding_.node) : document_.string(finding_.node);
  }
  [[nodiscard]] std::string found() const {
    if (text().empty()) return "the empty text";
    return ticked(text());
  }
  [[nodiscard]] std::string description(const Shape& shape) const {
    return advice(schemas_.shape_descriptions[shape.name]);
  }
  [[nodiscard]] std::string values_help() const {
    const auto all = values(shape_);
    return (all.size() == 1 ? "the only value is " : "the values are ") + list_of(all, "and");
  }
  // Of an object's shape, for people.
  [[nodiscard]] std::string owner_name(const Shape& shape) const {
    const std::string_view name = schemas_.shape_names[shape.name];
    if (name.empty() || finding_.shape == schemas_.operations[request_.operation].input ||
        finding_.shape == schemas_.operations[request_.operation].body ||
        finding_.shape == schemas_.operations[request_.operation].cloudformation)
      return fmt::format("`{}`", operation());
    return fmt::format("`{}`", name);
  }
  [[nodiscard]] const ObjectShape& object() const { return schemas_.objects[shape_.object_plus_1 - 1u]; }
  [[nodiscard]] std::vector<std::string_view> values(const Shape& shape) const {
    std::vector<std::string_view> values;
    for (const KeyId key : schemas_.values_of(schemas_.enumerations[shape.enumeration_plus_1 - 1u]))
      values.push_back(schemas_.keys.name(key));
    return values;
  }
  // Values for a message: all of a short list, else the description's words.
  [[nodiscard]] std::string takes(const Shape& shape) const {
    if (shape.enumeration_plus_1 != 0) {
      const auto all = values(shape);
      return (all.size() == 1 ? "" : "one of ") + list_of(all, "and");
    }
    return description(shape);
  }
  // Replaces the marked bytes.
  void fix(bool safe, std::string text) {
    const Span span = document_.span(finding_.node, finding_.mark);
    words_.fix = Fix{safe, {{span.begin, span.end, std::move(text)}}};
  }
  // Replaces them by a text, written as they are.
  void fix_name(std::string_view name) {
    fix(equal_but_for_case(text(), name), quoted_as(document_, document_.span(finding_.node, finding_.mark), name));
  }
  // The bytes of the value, where it is a scalar of YAML without quotes; empty otherwise.
  [[nodiscard]] std::string_view plain() const {
    const bool scalar = node().kind != Kind::Array && node().kind != Kind::Object;
    if (document_.syntax != Syntax::Yaml || !scalar) return {};
    const std::string_view bytes = document_.bytes({node().begin, node().end});
    return bytes.empty() || bytes.find_first_of("\"'|>") == 0 ? std::string_view() : bytes;
  }
  // What YAML makes of such a scalar.
  [[nodiscard]] std::string reading() const {
    const std::string_view text = document_.string(finding_.node);
    switch (node().kind) {
      case Kind::Null: return "null";
      case Kind::Boolean: return plain() == "true" || plain() == "false" ? "a boolean" : node().has(Node::kTrue) ? "`true`" : "`false`";
      case Kind::Number: return text == plain() ? "a number" : fmt::format("the number `{}`", visible(text, 40));
      default: break;
    }
    if (!node().has(Node::kTime)) return "a string";
    return text.find('T') == text.npos ? "a date" : "a time";
  }

  void required() {
    const Property& property = schemas_.properties_of(object())[finding_.detail];
    const std::string_view name = schemas_.keys.name(property.key);
    words_.message = fmt::format("required member `{}` is missing", name);
    const std::string what = takes(schemas_.shapes[property.shape]);
    if (!what.empty()) words_.help = fmt::format("`{}`: {}", name, what);
  }

  void unknown_member() {
    words_.message = fmt::format("{} is no member of {}", ticked(text()), owner_name(shape_));
    const auto properties = schemas_.properties_of(object());
    if (finding_.detail != 0) {
      const std::string_view meant = schemas_.keys.name(properties[finding_.detail - 1u].key);
      words_.help = fmt::format("rename it to `{}`", meant);
      fix_name(meant);
      return;
    }
    std::vector<std::string_view> names;
    for (const Property& property : properties) names.push_back(schemas_.keys.name(property.key));
    words_.help = "the members are " + list_of(names, "and");
  }

  void null() {
    if (in_template())
      words_.message = fmt::format("{} is null, which templates do not take", subject());
    else if (document_.syntax == Syntax::Yaml && plain().empty())
      words_.message = fmt::format("{} has no value, which YAML reads as null; clients refuse it", subject());
    else if (!plain().empty() && plain() != "null")
      words_.message = fmt::format("{} is {}, which YAML reads as null; clients refuse it", subject(), ticked(plain()));
    else
      words_.message = fmt::format("{} is null, which clients refuse", subject());
    const bool text = !plain().empty() && shape_.types == kTypeString && fits_as_text(plain());
    words_.help = text ? "leave it out, or put the text between quotes" : "leave it out";
  }

  void type() {
    static constexpr std::string_view kKinds[] = {"null",     "a boolean", "a number",
                                                  "a string", "an array",  "an object"};
    std::string wanted;
    for (const auto& [bit, name] : {std::pair{kTypeObject, "an object"}, std::pair{kTypeArray, "an array"},
                                    std::pair{kTypeString, "a string"}, std::pair{kTypeInteger, "an integer"},
                                    std::pair{kTypeNumber, "a number"}, std::pair{kTypeBoolean, "a boolean"}})
      if ((shape_.types & bit) != 0) wanted += (wanted.empty() ? "" : " or ") + std::string(name);
    if (is_list_of_entries()) wanted = "a list";
    if (shape_.is_time)
      wanted = request_.dialect == Dialect::Body ? "a number of seconds since 1970 in the body"
               : in_template()                   ? "a number of seconds since 1970 in a template"
                                                 : "a time";
    std::string found(kKinds[static_cast<std::size_t>(node().kind)]);
    if (node().kind == Kind::Number && (shape_.types & kTypeInteger) != 0) found = fmt::format("`{}`", visible(text(), 40));
    if (!plain().empty()) {
      found = fmt::format("{}, which YAML reads as {}", ticked(plain()), reading());
      words_.message = fmt::format("{} is {}, but has to be {}", subject(), found, wanted);
      return plain_help();
    }
    words_.message = fmt::format("{} is {}, but has to be {}", subject(), found, wanted);
    type_help();
  }

  // A scalar of YAML without quotes. What it was meant to be is what is written.
  void plain_help() {
    const std::string_view written = plain();
    const bool text_wanted = shape_.types == kTypeString && !shape_.is_time;
    const bool date = shape_.is_time && node().has(Node::kTime) && request_.dialect != Dialect::Body;
    if (node().kind == Kind::String && !node().has(Node::kTime)) {
      if ((shape_.types & kTypeBoolean) == 0) return;
      const auto meant = resolve_scalar(written, true);  // YAML 1.1 has more words.
      if (meant.kind != Kind::Boolean) return;
      const std::string_view word = (meant.flags & Node::kTrue) != 0 ? "true" : "false";
      words_.help = fmt::format("YAML 1.2 has `true` and `false` only: write `{}`", word);
      fix(true, std::string(word));
    } else if (date || (text_wanted && fits_as_text(written))) {
      words_.help = "put it between quotes";
      // `0x1F` may have been meant as 31.
      const bool same = node().kind != Kind::Number || document_.string(finding_.node) == without_leading_zeros(written);
      fix(same, "\"" + std::string(written) + "\"");
    } else {
      type_help();
    }
  }
  static std::string_view without_leading_zeros(std::string_view digits) {
    while (digits.size() > 1 && digits[0] == '0' && digits[1] >= '0' && digits[1] <= '9') digits.remove_prefix(1);
    return digits;
  }

  // Values that only need other quotes.
  void type_help() {
    const std::string_view text = document_.string(finding_.node);
    if (node().kind == Kind::String && shape_.is_time) {
      const TimeReading reading = read_time(text);
      if (reading.problem == TimeProblem::None)
        words_.help = fmt::format("write `{}`", reading.seconds);
    } else if (node().kind == Kind::String && (shape_.types & (kTypeInteger | kTypeNumber)) != 0) {
      const bool digits = !text.empty() && text.size() < 18 && text.find_first_not_of("0123456789") == text.npos &&
                          (text.size() == 1 || text[0] != '0');
      if (!digits) return;
      words_.help = "remove the quotes";
      fix(true, std::string(text));
    } else if (node().kind == Kind::String && (shape_.types & kTypeBoolean) != 0) {
      if (text != "true" && text != "false") return;
      words_.help = "remove the quotes";
      fix(true, std::string(text));
    } else if ((node().kind == Kind::Number || node().kind == Kind::Boolean) && shape_.types == kTypeString) {
      if (!fits_as_text(text)) return;
      words_.help = "put it between double quotes";
      fix(true, "\"" + std::string(document_.bytes({node().begin, node().end})) + "\"");
    } else if (node().kind == Kind::Number && (shape_.types & kTypeInteger) != 0) {
      const std::size_t point = text.find('.');
      if (point == text.npos || text.find_first_not_of('0', point + 1) != text.npos) return;
      words_.help = fmt::format("write `{}`", text.substr(0, point));
      fix(true, std::string(text.substr(0, point)));
    } else if (node().kind == Kind::String && shape_.types == kTypeArray) {
      words_.help = "put it between brackets";
    }
  }

  // Whether a text of these characters would do.
  [[nodiscard]] bool fits_as_text(std::string_view text) const {
    RegexCache regexes;
    return shape_.enumeration_plus_1 == 0 && text.size() >= shape_.length_min && text.size() <= shape_.length_max &&
           (shape_.pattern_plus_1 == 0 ||
            matches(schemas_, static_cast<std::uint16_t>(shape_.pattern_plus_1 - 1), text, regexes));
  }

  // The value or key that is near to a text; "" without one.
  std::string_view near_value(std::string_view text) const {
    std::string_view best;
    std::size_t best_distance = edit_distance_allowed(text.size()) + 1;
    for (const std::string_view value : values(shape_)) {
      if (equal_but_for_case(text, value)) return value;
      const std::size_t distance = edit_distance(text, value, best_distance - 1);
      if (distance >= best_distance || distance * 2 >= value.size()) continue;
      best = value;
      best_distance = distance;
    }
    return best;
  }

  // Members of the object around whose enumeration has the value.
  std::vector<std::string_view> siblings_with(std::string_view value) const {
    std::vector<std::string_view> names;
    const Shape& owner = schemas_.shapes[finding_.owner];
    const KeyId key = schemas_.keys.find(value);
    if (key == 0 || owner.object_plus_1 == 0) return names;
    for (const Property& property : schemas_.properties_of(schemas_.objects[owner.object_plus_1 - 1u])) {
      const Shape& shape = schemas_.shapes[property.shape];
      if (shape.enumeration_plus_1 == 0) continue;
      const Enumeration& enumeration = schemas_.enumerations[shape.enumeration_plus_1 - 1u];
      if ((enumeration.has[key / 64] >> (key % 64) & 1) != 0) names.push_back(schemas_.keys.name(property.key));
    }
    return names;
  }

  void enumeration() {
    if (finding_.mark == Mark::Key) {
      words_.message = fmt::format("{} is not one of the keys that this {} takes", found(), in_template() ? "list" : "map");
    } else {
      words_.message = fmt::format("{} is no value of {}", found(), subject());
      const auto siblings = siblings_with(text());
      if (!siblings.empty()) {
        words_.message += fmt::format(", only of {}", list_of(siblings, "and"));
        words_.help = values_help();
        return;
      }
    }
    const std::string_view near = near_value(text());
    if (near.empty()) {
      words_.help = values_help();
      return;
    }
    words_.help = fmt::format("write `{}`", near);
    fix_name(near);
  }

  void pattern() {
    const std::string_view text = this->text();
    const std::string what = finding_.mark == Mark::Key ? fmt::format("the key {}", found()) : subject();
    if (finding_.detail == 1) {
      words_.message = fmt::format("{} begins with a reserved prefix", what);
    } else if (text.empty()) {
      words_.message = fmt::format("{} is empty", what);
    } else if (const auto offset = refused_at(text); offset && *offset < text.size()) {
      const std::string_view rest = text.substr(*offset);
      const std::size_t bytes = std::max<std::size_t>(utf8_sequence_bytes(rest), 1);
      words_.message = fmt::format("{} cannot have {} as character {}", what, character(rest.substr(0, bytes)),
                                   utf8_length(text.substr(0, *offset)) + 1);
    } else {
      words_.message = fmt::format("{} is not of the form that is asked for", what);
    }
    words_.help = description(shape_);
    const std::uint16_t pattern = finding_.detail == 1 ? shape_.not_pattern_plus_1 : shape_.pattern_plus_1;
    const std::string form = fmt::format("`{}`", schemas_.pattern_text(schemas_.patterns[pattern - 1u]));
    if (words_.help.empty()) words_.help = finding_.detail == 1 ? "not " + form : "the form is " + form;
  }

  // The byte after which no text can match; nothing without an automaton.
  std::optional<std::size_t> refused_at(std::string_view text) const {
    const PatternProgram& program = schemas_.patterns[shape_.pattern_plus_1 - 1u];
    if (program.class_count == 0) return std::nullopt;
    const std::uint8_t* bytes = schemas_.pattern_bytes.data();
    unsigned state = 0;
    for (std::size_t i = 0; i < text.size(); ++i) {
      state = bytes[program.transitions + state * program.class_count +
                    bytes[program.classes + static_cast<unsigned char>(text[i])]];
      if (state == kPatternMatched) return std::nullopt;
      if (state != kPatternDead) continue;
      while (i > 0 && (text[i] & 0xC0) == 0x80) --i;
      return i;
    }
    return text.size();
  }

  void length() {
    const std::size_t length = utf8_length(text());
    const std::string what = finding_.mark == Mark::Key ? fmt::format("the key {}", found()) : subject();
    if (length == 0) {
      words_.message = fmt::format("{} is empty", what);
    } else {
      words_.message = fmt::format("{} has {} character{}, {}", what, length, plural(length),
                                   length < shape_.length_min
                                       ? fmt::format("at least {} are needed", shape_.length_min)
                                       : fmt::format("at most {} are allowed", shape_.length_max));
    }
    words_.help = description(shape_);
    if (words_.help.empty() && length == 0)
      words_.help = fmt::format("it has {} characters", between(shape_.length_min, shape_.length_max));
  }

  void range() {
    const Range& range = schemas_.ranges[shape_.range_plus_1 - 1u];
    words_.message = fmt::format("{} is {}", subject(), visible(text(), 40));
    const bool least = std::isfinite(range.minimum);
    const bool most = std::isfinite(range.maximum);
    if (least && most) {
      words_.message += fmt::format(", but has to be {} to {}", range.minimum, range.maximum);
    } else if (least) {
      words_.message += fmt::format(", but has to be at least {}", range.minimum);
    } else if (most) {
      words_.message += fmt::format(", but has to be at most {}", range.maximum);
    } else {
      words_.message += fmt::format(", but has to be below {}", range.exclusive_maximum);
    }
  }

  std::uint32_t children() const {
    std::uint32_t count = 0;
    for (const NodeIndex child : document_.children(finding_.node))
      if (!document_[child].has(Node::kKeyAgain)) ++count;
    return count;
  }

  void items() {
    const std::uint32_t count = children();
    words_.message = count == 0 ? fmt::format("{} is empty", subject())
                                : fmt::format("{} has {} element{}", subject(), count, plural(count));
    words_.message += fmt::format(", but takes {} element{}", between(shape_.items_min, shape_.items_max),
                                  plural(shape_.items_max));
    if (count == 0) words_.help = "leave the member out";
  }

  void properties() {
    const std::uint32_t count = children();
    if (is_list_of_entries()) {
      words_.message = fmt::format("{} has {} entr{}, but takes at most {}", subject(), count, count == 1 ? "y" : "ies", object().properties_max);
      return;
    }
    words_.message = count == 0 ? fmt::format("{} is empty", subject())
                                : fmt::format("{} has {} member{}", subject(), count, plural(count));
    words_.message += fmt::format(", but takes {} member{}",
                                  between(object().properties_min, object().properties_max),
                                  plural(object().properties_max));
    if (count == 0) words_.help = "leave the member out";
  }

  void time() {
    const auto problem = static_cast<TimeProblem>(finding_.detail);
    const std::string form = "write it as `2021-10-14T13:51:57Z`, or as seconds since 1970";
    switch (finding_.id) {
      case FindingId::SchemaTimeAsDigits:
        words_.message = fmt::format("{} is {}, which clients read as seconds since 1970", subject(), found());
        words_.help = "write a date with hyphens: `2021-10-14T00:00:00Z`";
        break;
      case FindingId::SchemaTimeInMilliseconds:
        words_.message = fmt::format("{} is {}, too large for seconds since 1970", subject(), found());
        milliseconds_help();
        break;
      case FindingId::SchemaTimeZoneName:
        words_.message = fmt::format("{} is {}, and clients do not agree on zone names", subject(), found());
        words_.help = "write the offset: `-05:00`, or `Z` for UTC";
        break;
      case FindingId::SchemaTimeImpossible:
        words_.message = node().kind == Kind::Number
                             ? fmt::format("{} is {}, which lies before the year 1", subject(), found())
                             : fmt::format("{} is {}, which does not exist", subject(), found());
        break;
      default:
        words_.message = problem == TimeProblem::Empty
                             ? fmt::format("{} is empty, but has to be a time", subject())
                             : fmt::format("{} is {}, which clients do not read alike, if at all", subject(), found());
        words_.help = form;
    }
  }

  // Thirteen digits are milliseconds of our time.
  void milliseconds_help() {
    const std::string_view digits = text();
    words_.help = "write seconds, not milliseconds";
    if (digits.size() != 13 || digits.find_first_not_of("0123456789") != digits.npos) return;
    const std::string seconds(digits.substr(0, 10));
    words_.help = fmt::format("write seconds, not milliseconds: `{}`", seconds);
    const Span span{node().begin, node().end};
    fix(false, node().kind == Kind::String ? quoted_as(document_, span, seconds) : seconds);
  }

  void foreign_member() {
    words_.message = fmt::format("`{}` belongs to {}, not to `{}`", text(),
                                 operation_list(schemas_.members.takes(node().key_id)), operation());
    words_.help = "remove it, or check the operation";
  }

  void response_member() {
    std::vector<std::string_view> names = {text()};
    for (const NodeIndex child : document_.children(request_.node)) {
      const KeyId id = document_[child].key_id;
      const bool same = id != 0 && schemas_.members.takes(id) == 0 && schemas_.members.answers(id) != 0;
      if (!same || child == finding_.node) continue;
      names.push_back(document_.key(child));
      words_.related_keys.push_back(child);
    }
    words_.message = in_template() ? fmt::format("{} {} read-only: a template cannot set {}", list_of(names, "and"), names.size() == 1 ? "is" : "are",
                                                 names.size() == 1 ? "it" : "them")
                                   : fmt::format("{} stand{} in responses, not in a request for `{}`", list_of(names, "and"),
                                                 names.size() == 1 ? "s" : "", operation());
    words_.help = names.size() == 1 ? "remove it" : "remove them";
  }

  void uri_member() {
    const OperationInfo& info = built_in_operations().operations[request_.operation];
    words_.message = fmt::format("`{}` travels in the URI, not in the body", text());
    words_.help = fmt::format("`{} {}`; for the members of the AWS CLI and boto3 there is --dialect input",
                              info.method, info.uri);
  }

  const ShapeFinding& finding_;
  const std::string_view path_;
  const SchemaSet& schemas_;
  const Document& document_;
  const Request& request_;
  const Shape& shape_;
  ShapeWords words_;
};

}  // namespace

ShapeWords describe_shape(const ShapeFinding& finding, std::string_view path, const SchemaSet& schemas,
                          const Document& document, const Request& request) {
  return Describer(finding, path, schemas, document, request).describe();
}

}  // namespace connect_lint
