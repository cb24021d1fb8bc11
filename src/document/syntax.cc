#include "document/syntax.h"

#include <algorithm>

#include "base/edit_distance.h"

namespace connect_lint {
namespace {

constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";

bool ends_with_but_for_case(std::string_view name, std::string_view ending) {
  return name.size() > ending.size() && equal_but_for_case(name.substr(name.size() - ending.size()), ending);
}

// True when `line` begins with a key and a colon that ends it.
bool begins_with_key(std::string_view line) {
  const char quote = line[0] == '"' || line[0] == '\'' ? line[0] : '\0';
  std::size_t at = 0;
  if (quote != '\0') {
    at = line.find(quote, 1);
    if (at == line.npos) return false;
    at = line.find_first_not_of(" \t", at + 1);
    if (at == line.npos || line[at] != ':') return false;
  } else {
    at = line.find(": ");
    if (at == line.npos) at = line.ends_with(':') ? line.size() - 1 : line.find(":\t");
    // A broken object without its bracket has quotes in what looks like a key.
    if (at == line.npos || line.substr(0, at).find_first_of("\"{}[],") != line.npos) return false;
  }
  return at + 1 == line.size() || line[at + 1] == ' ' || line[at + 1] == '\t';
}

}  // namespace

std::optional<Syntax> syntax_of_name(std::string_view file_name) {
  if (ends_with_but_for_case(file_name, ".json")) return Syntax::Json;
  if (ends_with_but_for_case(file_name, ".yaml") || ends_with_but_for_case(file_name, ".yml")) return Syntax::Yaml;
  return std::nullopt;
}

Syntax syntax_of_text(std::string_view text) {
  if (text.starts_with(kByteOrderMark)) text.remove_prefix(kByteOrderMark.size());
  const std::size_t begin = text.find_first_not_of(" \t\r\n");
  if (begin == text.npos || text[begin] == '{' || text[begin] == '[') return Syntax::Json;
  text.remove_prefix(begin);
  if (text[0] == '#' || text[0] == '%' || text.starts_with("---") || text.starts_with("- ") || text.starts_with("-\n"))
    return Syntax::Yaml;
  return begins_with_key(text.substr(0, text.find_first_of("\r\n"))) ? Syntax::Yaml : Syntax::Json;
}

Syntax choose_syntax(std::optional<Syntax> told, std::string_view file_name, std::string_view text) {
  if (told) return *told;
  if (const auto syntax = syntax_of_name(file_name)) return *syntax;
  return syntax_of_text(text);
}

}  // namespace connect_lint
