#include "rules/message_template.h"

#include <fmt/format.h>

#include "base/quote.h"
#include "rules/function_table.h"

namespace connect_lint {
namespace {

// The brace that closes an expression beginning at `begin`; npos without one.
// Braces in the expression's texts do not count.
std::size_t closing_brace(std::string_view text, std::size_t begin) {
  char quote = 0;
  for (std::size_t i = begin; i < text.size(); ++i) {
    const char c = text[i];
    if (quote != 0) {
      if (c == '\\') {
        ++i;
      } else if (c == quote) {
        quote = 0;
      }
    } else if (c == '\'' || c == '"') {
      quote = c;
    } else if (c == '}') {
      return i;
    }
  }
  return std::string_view::npos;
}

}  // namespace

ParseResult<MessageTemplate> MessageTemplate::parse(std::string_view text, const KeyTable& keys) {
  MessageTemplate result;
  std::string words;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const auto at = static_cast<std::uint32_t>(i);
    const char c = text[i];
    if (c != '{' && c != '}') {
      words += c;
      continue;
    }
    if (i + 1 < text.size() && text[i + 1] == c) {
      words += c;
      ++i;
      continue;
    }
    if (c == '}') return ParseError{{at, at + 1}, "a brace that closes nothing; write `}}` for the character"};
    const std::size_t end = closing_brace(text, i + 1);
    if (end == text.npos) return ParseError{{at, at + 1}, "a brace that is not closed; write `{{` for the character"};
    auto expression = ValueExpression::parse(text.substr(i + 1, end - i - 1), all_functions(), keys);
    if (!expression.ok()) {
      ParseError error = expression.error();
      error.span.begin += at + 1;
      error.span.end += at + 1;
      return error;
    }
    result.pieces_.push_back({std::move(words), expression.value()});
    words.clear();
    i = end;
  }
  if (!words.empty()) result.pieces_.push_back({std::move(words), std::nullopt});
  return result;
}

std::string MessageTemplate::render(Evaluator& evaluator, const Document& document, NodeIndex root,
                                    NodeIndex current) const {
  std::string result;
  for (const Piece& piece : pieces_) {
    result += piece.text;
    if (piece.expression) result += shown(evaluator.value(*piece.expression, root, current), document);
  }
  return result;
}

std::string shown(const Value& value, const Document& document) {
  switch (value.kind) {
    case ValueKind::Nothing: return "nothing";
    case ValueKind::Unknown: return "unknown";
    case ValueKind::Null: return "null";
    case ValueKind::Boolean: return value.boolean ? "true" : "false";
    case ValueKind::String: return visible(value.text);
    case ValueKind::Number:
      if (value.node != kNoNode) return visible(document.string(value.node));
      return value.number.whole ? fmt::format("{}", value.number.integer) : fmt::format("{}", value.number.real);
    case ValueKind::Container: return document[value.node].kind == Kind::Array ? "a list" : "an object";
  }
  return {};
}

}  // namespace connect_lint
