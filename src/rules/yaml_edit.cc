#include "rules/yaml_edit.h"

#include <fmt/format.h>

#include <algorithm>
#include <string>

#include "document/text_writer.h"

namespace connect_lint {
namespace {

constexpr std::string_view kBlanks = " \t";
constexpr std::string_view kBlanksAndBreaks = " \t\r\n";

std::uint32_t begin_of(const Node& node) { return node.key_begin != node.key_end ? node.key_begin : node.begin; }

// The array or object around.
NodeIndex parent_of(const Document& document, NodeIndex index) {
  NodeIndex parent = 0;
  while (true) {
    NodeIndex child = parent + 1;
    while (document[child].next <= index) child = document[child].next;
    if (child == index) return parent;
    parent = child;
  }
}

std::uint32_t line_begin(std::string_view text, std::uint32_t at) {
  const std::size_t before = at == 0 ? text.npos : text.rfind('\n', at - 1);
  return before == text.npos ? 0 : static_cast<std::uint32_t>(before + 1);
}

// Behind the line break that ends the line; nothing where more than a comment stands before it.
std::optional<std::uint32_t> line_end(std::string_view text, std::uint32_t at) {
  const std::size_t solid = text.find_first_not_of(kBlanks, at);
  if (solid == text.npos) return static_cast<std::uint32_t>(text.size());
  const bool comment = text[solid] == '#' && solid > at;
  if (!comment && text[solid] != '\n' && text[solid] != '\r') return std::nullopt;
  const std::size_t end = text.find('\n', solid);
  return static_cast<std::uint32_t>(end == text.npos ? text.size() : end + 1);
}

bool is_blank(std::string_view text) { return text.find_first_not_of(kBlanks) == text.npos; }

std::optional<Edit> block_removal(const Document& document, NodeIndex parent, NodeIndex index) {
  const std::string_view text = document.text();
  const Node& node = document[index];
  const std::uint32_t begin = begin_of(node);
  const std::uint32_t line = line_begin(text, begin);
  std::string_view before = text.substr(line, begin - line);
  if (node.key_begin == node.key_end) {
    // The element's own `-`.
    const std::size_t dash = before.find_last_not_of(kBlanks);
    if (dash == before.npos || before[dash] != '-') return std::nullopt;
    before = before.substr(0, dash);
  }
  const auto end = line_end(text, node.end);
  const bool only = index == parent + 1 && node.next == document[parent].next;
  if (!end || only) return std::nullopt;
  if (is_blank(before)) return Edit{line, *end, ""};
  // The first one, behind the `-` of the object: the next one takes its place. An anchor or a tag would become its own.
  if (node.next == document[parent].next || index != parent + 1 || before.find_first_not_of(" -") != before.npos) return std::nullopt;
  const std::uint32_t next = begin_of(document[node.next]);
  const std::uint32_t next_line = line_begin(text, next);
  if (next_line < node.end || !is_blank(text.substr(next_line, next - next_line))) return std::nullopt;
  if (text.substr(node.end, next_line - node.end).find('#') != text.npos) return std::nullopt;
  return Edit{begin, next, ""};
}

std::optional<Edit> flow_removal(const Document& document, NodeIndex index) {
  const std::string_view text = document.text();
  const Node& node = document[index];
  const std::uint32_t begin = begin_of(node);
  const std::size_t after = text.find_first_not_of(kBlanksAndBreaks, node.end);
  const std::size_t before = begin == 0 ? text.npos : text.find_last_not_of(kBlanksAndBreaks, begin - 1);
  if (after == text.npos || before == text.npos) return std::nullopt;
  const auto last = static_cast<std::uint32_t>(before);
  if (text[before] != ',' && text[before] != '{' && text[before] != '[') return std::nullopt;
  if (text[after] == ',') {
    const std::size_t next = std::min(text.find_first_not_of(kBlanksAndBreaks, after + 1), text.size());
    return Edit{begin, static_cast<std::uint32_t>(next), ""};
  }
  if (text[after] != '}' && text[after] != ']') return std::nullopt;
  if (text[before] == ',') return Edit{last, node.end, ""};
  return Edit{last + 1, static_cast<std::uint32_t>(after), ""};
}

}  // namespace

std::optional<Edit> yaml_removal(const Document& document, NodeIndex index) {
  const Node& node = document[index];
  if (index == 0 || document.is_aliased(index, Mark::Key) || document.is_aliased(index, Mark::Value)) return std::nullopt;
  // An anchor in it may be needed elsewhere.
  const std::uint32_t begin = begin_of(node);
  if (document.text().substr(begin, node.end - begin).find('&') != std::string_view::npos) return std::nullopt;
  const NodeIndex parent = parent_of(document, index);
  const char bracket = document.text()[document[parent].begin];
  if (bracket == '{' || bracket == '[') return flow_removal(document, index);
  return block_removal(document, parent, index);
}

std::optional<Edit> yaml_insertion(const Document& document, NodeIndex object, std::string_view member, std::string_view value) {
  const std::string_view text = document.text();
  const Node& node = document[object];
  if (node.kind != Kind::Object || document.is_aliased(object, Mark::Value)) return std::nullopt;
  const bool empty = node.next == object + 1;
  const Node& first = document[object + 1];
  const bool bracket = node.begin < text.size() && text[node.begin] == '{';
  if (bracket && empty) return Edit{node.begin + 1, node.begin + 1, fmt::format("{}: {}", quoted_as(document, {}, member), value)};
  if (empty || first.key_begin == first.key_end || document.is_aliased(object + 1, Mark::Key)) return std::nullopt;
  const std::string key = quoted_as(document, {first.key_begin, first.key_end}, member);
  if (bracket) {
    const std::string_view between = text.substr(node.begin + 1, first.key_begin - node.begin - 1);
    if (between.find_first_not_of(kBlanksAndBreaks) != between.npos) return std::nullopt;
    return Edit{first.key_begin, first.key_begin, fmt::format("{}: {},{}", key, value, between.empty() ? " " : between)};
  }
  const std::uint32_t line = line_begin(text, first.key_begin);
  const std::string_view before = text.substr(line, first.key_begin - line);
  if (before.find_first_not_of(" -") != before.npos) return std::nullopt;
  const std::size_t end = text.find('\n', first.key_begin);
  const bool crlf = end != text.npos && text[end - 1] == '\r';
  return Edit{first.key_begin, first.key_begin,
              fmt::format("{}: {}{}{}", key, value, crlf ? "\r\n" : "\n", std::string(before.size(), ' '))};
}

}  // namespace connect_lint
