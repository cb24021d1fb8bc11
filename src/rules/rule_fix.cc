#include "rules/rule_fix.h"

#include <fmt/format.h>

#include "document/json_writer.h"
#include "document/text_writer.h"
#include "rules/yaml_edit.h"

namespace connect_lint {
namespace {

// `replaced`: the bytes in whose place it is put; empty for none.
std::optional<std::string> written(const Value& value, const Document& document, Span replaced) {
  switch (value.kind) {
    case ValueKind::String: return quoted_as(document, replaced, value.text);
    case ValueKind::Boolean: return value.boolean ? "true" : "false";
    case ValueKind::Number:
      if (value.node != kNoNode) return std::string(document.string(value.node));
      return value.number.whole ? fmt::format("{}", value.number.integer) : fmt::format("{}", value.number.real);
    case ValueKind::Nothing:
    case ValueKind::Unknown:
    case ValueKind::Null:
    case ValueKind::Container: break;
  }
  return std::nullopt;
}

bool is_blank(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; }

// The member or element with the comma and the blanks that go with it.
std::optional<Edit> removal(const Document& document, NodeIndex index) {
  const std::string_view text = document.text();
  const Node& node = document[index];
  std::uint32_t begin = node.key_begin != node.key_end ? node.key_begin : node.begin;
  std::uint32_t end = node.end;
  std::uint32_t after = end;
  while (after < text.size() && is_blank(text[after])) ++after;
  std::uint32_t before = begin;
  while (before > 0 && is_blank(text[before - 1])) --before;
  if (after >= text.size() || before == 0) return std::nullopt;
  if (text[after] == ',') {
    end = after + 1;
    while (end < text.size() && is_blank(text[end])) ++end;
  } else if (text[after] != '}' && text[after] != ']') {
    return std::nullopt;
  } else if (text[before - 1] == ',') {
    begin = before - 1;
  } else {
    begin = before;
    end = after;
  }
  return Edit{begin, end, ""};
}

std::optional<Edit> insertion(const Document& document, NodeIndex index, std::string_view member, std::string_view value) {
  const Node& node = document[index];
  const std::string_view text = document.text();
  if (node.kind != Kind::Object || text[node.begin] != '{') return std::nullopt;
  const std::uint32_t begin = node.begin + 1;
  const bool empty = node.next == index + 1;
  std::uint32_t end = begin;
  while (!empty && is_blank(text[end])) ++end;
  const bool spaced = !empty && text.substr(node.begin, node.end - node.begin).find("\": ") != text.npos;
  return Edit{begin, begin,
              fmt::format("{}{}:{}{}{}", text.substr(begin, end - begin), quoted_json(member), spaced || empty ? " " : "", value,
                          empty ? "" : spaced && begin == end ? ", " : ",")};
}

}  // namespace

std::optional<Fix> make_fix(const FixTemplate& fix, const Value& text, const Document& document, NodeIndex index) {
  const Node& node = document[index];
  const auto one = [&](Edit edit) { return Fix{fix.safe, {std::move(edit)}}; };
  const bool yaml = document.syntax == Syntax::Yaml;
  const bool container = node.kind == Kind::Array || node.kind == Kind::Object;
  Span replaced;
  if (fix.action == FixTemplate::Action::Replace && !container) replaced = document.span(index, Mark::Value);
  if (fix.action == FixTemplate::Action::RenameKey) replaced = document.span(index, Mark::Key);
  const auto value = written(text, document, replaced);
  switch (fix.action) {
    case FixTemplate::Action::Replace:
      // In YAML a list may be indented no more than its key, and nothing stand right behind a colon.
      if (!value || (yaml && (container || node.begin == node.end))) return std::nullopt;
      return one({node.begin, node.end, *value});
    case FixTemplate::Action::RenameKey:
      if (!value || node.key_begin == node.key_end) return std::nullopt;
      return one({node.key_begin, node.key_end, *value});
    case FixTemplate::Action::Remove:
      if (auto edit = yaml ? yaml_removal(document, index) : removal(document, index)) return one(std::move(*edit));
      return std::nullopt;
    case FixTemplate::Action::Insert:
      if (!value) return std::nullopt;
      if (auto edit = yaml ? yaml_insertion(document, index, fix.member, *value) : insertion(document, index, fix.member, *value))
        return one(std::move(*edit));
      return std::nullopt;
  }
  return std::nullopt;
}

}  // namespace connect_lint
