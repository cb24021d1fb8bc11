#include "document/text_writer.h"

#include <algorithm>

#include "document/json_writer.h"
#include "document/yaml_scalar.h"

namespace connect_lint {
namespace {

// No indicator, blank or break anywhere, and a string to every version of YAML.
bool is_plain_word(std::string_view text) {
  const auto is_word = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '-';
  };
  const bool letter = !text.empty() && ((text[0] >= 'a' && text[0] <= 'z') || (text[0] >= 'A' && text[0] <= 'Z'));
  return letter && std::all_of(text.begin(), text.end(), is_word) && resolve_scalar(text, true).kind == Kind::String &&
         resolve_scalar(text, false).kind == Kind::String;
}

}  // namespace

std::string quoted_as(const Document& document, Span replaced, std::string_view text) {
  const std::string_view bytes = document.bytes(replaced);
  if (document.syntax == Syntax::Json || bytes.starts_with('"') || !is_plain_word(text)) return quoted_json(text);
  if (bytes.starts_with('\'')) return "'" + std::string(text) + "'";
  return std::string(text);
}

}  // namespace connect_lint
