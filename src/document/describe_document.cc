#include "document/describe_document.h"

#include <fmt/format.h>

#include "base/quote.h"

namespace connect_lint {
namespace {

std::string kind_of(const Document& document, NodeIndex node) {
  return node != kNoNode && document[node].kind == Kind::Array ? "array" : "object";
}

// What JSON writes for another language's literal.
std::string_view json_literal(std::string_view word) {
  if (word[0] == 'T' || word[0] == 't') return "true";
  return word[0] == 'F' || word[0] == 'f' ? "false" : "null";
}

DocumentWords describe_syntax(const DocumentFinding& finding, const Document& document) {
  const std::string_view bytes = document.bytes(finding.span);
  const std::string text = ticked(bytes);
  switch (finding.problem) {
    case SyntaxProblem::MissingComma: return {"a comma is missing here", "", ""};
    case SyntaxProblem::MissingColon: return {"a colon is missing after the key", "", ""};
    case SyntaxProblem::CommentUnclosed: return {"the comment is not closed", "JSON has no comments", ""};
    case SyntaxProblem::MissingValue:
      return {fmt::format("a value is missing before {}", text), "", ""};
    case SyntaxProblem::ExtraComma: return {"one comma too many", "", ""};
    case SyntaxProblem::UnexpectedText:
      return {fmt::format("{} is not expected here", text),
              "the rest of the file is not checked until this is mended", ""};
    case SyntaxProblem::TextAfterValue:
      if (bytes.starts_with('}') || bytes.starts_with(']'))
        return {fmt::format("`{}` closes nothing", bytes[0]), "", ""};
      return {"the document ends before this text", "keep one request in a file", ""};
    case SyntaxProblem::Unclosed: {
      const std::string kind = kind_of(document, finding.node);
      return {fmt::format("the file ends inside of an {}", kind), "",
              fmt::format("the {} is opened here", kind)};
    }
    case SyntaxProblem::WrongBracket:
      return {fmt::format("{} does not close the {}", text, kind_of(document, finding.node)), "",
              fmt::format("the {} is opened here", kind_of(document, finding.node))};
    case SyntaxProblem::StringUnclosed:
      return {"the string is not closed on its line", "a line break inside of a string is written `\\n`", ""};
    case SyntaxProblem::BadEscape:
      return {fmt::format("{} is no escape", text), "write a backslash as `\\\\`", ""};
    case SyntaxProblem::SingleQuotes: return {"JSON has double quotes only", "", ""};
    case SyntaxProblem::TypographicQuotes:
      return {"typographic quotes are no quotes in JSON", "write `\"`", ""};
    case SyntaxProblem::UnquotedKey:
      return {fmt::format("the key {} needs double quotes", text), "", ""};
    case SyntaxProblem::KeyNotString: return {fmt::format("the key {} is no string", text), "", ""};
    case SyntaxProblem::BareWord: return {fmt::format("{} needs double quotes", text), "", ""};
    case SyntaxProblem::PythonLiteral:
      return {fmt::format("{} is not JSON", text), fmt::format("write `{}`", json_literal(bytes)), ""};
    case SyntaxProblem::NotANumber: return {fmt::format("JSON has no {}", text), "", ""};
    case SyntaxProblem::LeadingZero: return {fmt::format("{} has a leading zero", text), "", ""};
    case SyntaxProblem::LeadingPlus: return {fmt::format("{} has a leading plus", text), "", ""};
    case SyntaxProblem::BareFraction:
      return {fmt::format("{} needs a digit on both sides of the point", text), "", ""};
    case SyntaxProblem::BadNumber: return {fmt::format("{} is no JSON number", text), "", ""};
  }
  return {};
}

}  // namespace

DocumentWords describe_document(const DocumentFinding& finding, const Document& document) {
  const std::string_view bytes = document.bytes(finding.span);
  switch (finding.id) {
    case FindingId::DocumentSyntax: return describe_syntax(finding, document);
    case FindingId::DocumentByteOrderMark:
      return {"the file begins with a byte order mark", "save it as UTF-8 without one", ""};
    case FindingId::DocumentComment: return {"JSON has no comments", "", ""};
    case FindingId::DocumentControlCharacter:
      return {fmt::format("the string holds the control character {}", ticked(bytes)),
              bytes == "\t" ? "write `\\t`"
                            : fmt::format("write `\\u{:04x}`", static_cast<unsigned>(bytes[0])),
              ""};
    case FindingId::DocumentDuplicateKey:
      return {fmt::format("the key {} is here again", ticked(document.key(finding.node))),
              "clients keep one value and drop the other without a word", "the first one is here"};
    case FindingId::DocumentEmpty: return {"the file is empty", "", ""};
    case FindingId::DocumentEncoding:
      if (finding.number == 16) return {"the file is UTF-16", "save it as UTF-8", ""};
      return {fmt::format("{} is not UTF-8", ticked(bytes)), "save the file as UTF-8", ""};
    case FindingId::DocumentLoneSurrogate:
      return {fmt::format("{} is half of a surrogate pair", ticked(bytes)), "", ""};
    case FindingId::DocumentNumberRange:
      return {fmt::format("{} is larger than any number that a reader can hold", ticked(bytes)), "", ""};
    case FindingId::DocumentTooDeep:
      return {fmt::format("more than {} arrays and objects inside of each other", finding.number),
              "--max-depth sets the limit", ""};
    case FindingId::DocumentTooLarge:
      return {fmt::format("the file is larger than {} bytes", finding.number),
              "--max-input-bytes sets the limit", ""};
    case FindingId::DocumentTrailingComma: return {"JSON has no comma after the last one", "", ""};
    default: assert(false && "not a finding of a reader"); return {};
  }
}

}  // namespace connect_lint
