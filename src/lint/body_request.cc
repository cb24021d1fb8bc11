#include "lint/body_request.h"

#include <algorithm>

#include "document/json_writer.h"
#include "source/source_text.h"

namespace connect_lint {
namespace {

bool is_json_number_or_boolean(std::string_view text) {
  if (text == "true" || text == "false") return true;
  if (text.starts_with('-')) text.remove_prefix(1);
  if (text.empty() || text.size() > 20 || (text.size() > 1 && text[0] == '0')) return false;
  return std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

// What travels as text stands for a number or boolean where the schema has one.
bool is_text(const SchemaSet& schemas, OperationIndex operation, std::string_view name) {
  const KeyId key = schemas.keys.find(name);
  const Shape& request = schemas.shapes[schemas.operations[operation].input];
  if (key == 0 || request.object_plus_1 == 0) return true;
  for (const Property& property : schemas.properties_of(schemas.objects[request.object_plus_1 - 1u]))
    if (property.key == key) return (schemas.shapes[property.shape].types & kTypeString) != 0;
  return true;
}

bool travels_in_uri(OperationIndex operation, std::string_view name) {
  const auto members = built_in_operations().operations[operation].members;
  return std::any_of(members.begin(), members.end(), [&](const OperationMember& member) { return member.name == name && member.location != Location::Body; });
}

}  // namespace

JoinedBody::JoinedBody(std::string_view body, std::span<const UriMember> uri_members, OperationIndex operation, const SchemaSet& schemas)
    : body_(body.empty() ? "{}" : body), operation_(operation) {
  const std::size_t brace = std::min(body_.rfind('}'), body_.size());
  joint_ = static_cast<std::uint32_t>(brace);
  text_ = body_.substr(0, brace);
  const std::size_t before = text_.find_last_not_of(" \t\r\n");
  bool comma = before != std::string::npos && text_[before] != '{';
  for (const UriMember& member : uri_members) {
    if (comma) text_ += ',';
    comma = true;
    text_ += quoted_json(member.name);
    text_ += ':';
    if (is_json_number_or_boolean(member.value) && !is_text(schemas, operation, member.name)) {
      text_ += member.value;
    } else {
      text_ += quoted_json(member.value);
    }
  }
  text_ += body_.substr(brace);
}

bool JoinedBody::is_joint_of(const Document& document) const {
  if (document.text().size() != text_.size()) return false;
  if (document.empty()) return true;
  for (const NodeIndex child : document.children(0))
    if (document[child].begin < joint_ && travels_in_uri(operation_, document.key(child))) return false;
  return true;
}

void JoinedBody::put_places_right(Report& report) const {
  LineIndex lines(body_);
  const auto put_right = [&](std::optional<Place>& place) {
    if (!place) return;
    if (place->begin >= joint_) {
      place.reset();
    } else if (place->end > joint_) {  // The whole body.
      place = lines.place({place->begin, joint_ + 1});
    }
  };
  const auto put_all_right = [&](Diagnostic& diagnostic) {
    put_right(diagnostic.place);
    for (Related& related : diagnostic.related) put_right(related.place);
    if (!diagnostic.fix) return;
    const auto& edits = diagnostic.fix->edits;
    if (std::any_of(edits.begin(), edits.end(), [&](const Edit& edit) { return edit.end >= joint_; })) diagnostic.fix.reset();
  };
  for (Diagnostic& diagnostic : report.diagnostics) put_all_right(diagnostic);
  for (UniqueValue& unique : report.unique_values) put_all_right(unique.diagnostic);
}

}  // namespace connect_lint
