#include "document/describe_document.h"

#include <fmt/format.h>

#include "base/quote.h"
#include "document/function_tags.h"
#include "document/yaml_scalar.h"
#include "document/yaml_text.h"

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

// The line `number` of the words, 0-based.
std::string line_of(std::string_view words, int number) {
  for (; number > 0; --number) {
    const std::size_t end = words.find('\n');
    words = end == words.npos ? std::string_view() : words.substr(end + 1);
  }
  return std::string(words.substr(0, words.find('\n')));
}

// What a plain scalar is read as, that is no text.
std::string_view yaml_reading(std::string_view bytes) {
  const YamlScalar scalar = resolve_scalar(bytes, false);
  switch (scalar.kind) {
    case Kind::Null: return "null";
    case Kind::Boolean: return "a boolean";
    case Kind::Number: return "a number";
    default: return (scalar.flags & Node::kTime) != 0 ? "a date" : "something else";
  }
}

DocumentWords describe_yaml_syntax(const DocumentFinding& finding, const Document& document) {
  DocumentWords words{line_of(finding.words, 0), line_of(finding.words, 1), line_of(finding.words, 2)};
  if (finding.other.begin == finding.other.end) words.other.clear();
  const std::size_t place = words.message.find("{}");
  if (place == words.message.npos) return words;
  const std::string_view rest = document.text().substr(finding.span.end);
  const std::string_view end = rest.find_first_not_of(" \t\r\n") == rest.npos ? "the end of the file" : "the end of the line";
  words.message.replace(place, 2, finding.span.begin == finding.span.end ? std::string(end) : ticked(document.bytes(finding.span)));
  return words;
}

DocumentWords describe_template(const DocumentFinding& finding, const Document& document) {
  DocumentWords words{line_of(finding.words, 0), line_of(finding.words, 1), line_of(finding.words, 2)};
  if (words.message.starts_with("{}"))
    words.message.replace(0, 2, ticked(finding.mark == Mark::Key ? document.key(finding.node) : document.string(finding.node)));
  return words;
}

DocumentWords describe_syntax(const DocumentFinding& finding, const Document& document) {
  const std::string_view bytes = document.bytes(finding.span);
  const std::string text = ticked(bytes);
  const bool yaml = document.syntax == Syntax::Yaml;
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
      return {"the document ends before this text", "keep one document in a file", ""};
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
    case SyntaxProblem::KeyNotString:
      if (!yaml) return {fmt::format("the key {} is no string", text), "", ""};
      if (bytes.empty()) return {"there is no key in front of the colon", "", ""};
      return {fmt::format("the key {} is read as {}", text, yaml_reading(bytes)), "put it between quotes", ""};
    case SyntaxProblem::BareWord:
      return {fmt::format("{} needs {}quotes", text, yaml ? "" : "double "), "", ""};
    case SyntaxProblem::PythonLiteral:
      return {fmt::format("{} is not JSON", text), fmt::format("write `{}`", json_literal(bytes)), ""};
    case SyntaxProblem::NotANumber:
      if (yaml) return {fmt::format("{} is read as a number that no request can hold", text), "put a text between quotes", ""};
      return {fmt::format("JSON has no {}", text), "", ""};
    case SyntaxProblem::LeadingZero: return {fmt::format("{} has a leading zero", text), "", ""};
    case SyntaxProblem::LeadingPlus: return {fmt::format("{} has a leading plus", text), "", ""};
    case SyntaxProblem::BareFraction:
      return {fmt::format("{} needs a digit on both sides of the point", text), "", ""};
    case SyntaxProblem::BadNumber: return {fmt::format("{} is no JSON number", text), "", ""};
    case SyntaxProblem::YamlSyntax: return describe_yaml_syntax(finding, document);
    case SyntaxProblem::YamlControlCharacter:
      return {fmt::format("the control character {} is not allowed here", text),
              "in a text between double quotes it is written as an escape", ""};
    case SyntaxProblem::YamlDirectives:
      if (finding.number == 0) return {fmt::format("a directive of more than {} bytes", kYamlDirectiveBytesMax), "remove the line that begins with `%`", ""};
      return {fmt::format("more than {} directives", finding.number), "remove the lines that begin with `%`", ""};
    case SyntaxProblem::YamlSecondDocument:
      return {"a second document begins here", "keep one document in a file", ""};
    case SyntaxProblem::YamlAliasUnknown:
      return {fmt::format("no anchor before {} has this name", text),
              "put a text that begins with `*` between quotes", ""};
    case SyntaxProblem::YamlAliasCycle:
      return {fmt::format("{} stands inside of what it stands for", text), "", ""};
    case SyntaxProblem::YamlAliasBudget:
      return {fmt::format("the aliases up to {} stand for more than {} values", text, finding.number), "", ""};
    case SyntaxProblem::YamlTag:
      if (!function_of_tag(bytes).empty())
        return {fmt::format("the tag {} calls a function of CloudFormation, which requests do not have", text), "put the value in", ""};
      return {fmt::format("the tag {} is not known", text), "put a text that begins with `!` between quotes", ""};
    case SyntaxProblem::YamlTagMismatch:
      return {fmt::format("the value is not what its tag {} says", text), "", ""};
    case SyntaxProblem::YamlKeyNotScalar: return {"the key is an array or an object", "", ""};
    case SyntaxProblem::YamlMerge:
      return {fmt::format("{} cannot be merged", text), "`<<` takes an object, an alias of one, or a list of these", ""};
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
      // Of members that YAML merges away there is no node.
      return {fmt::format("the key {} is here again", ticked(finding.node == kNoNode ? bytes : document.key(finding.node))),
              document.syntax == Syntax::Yaml ? "the AWS CLI refuses the file; other readers keep one of the values"
                                              : "clients keep one value and drop the other without a word",
              "the first one is here"};
    case FindingId::DocumentEmpty: return {"the file is empty", "", ""};
    case FindingId::DocumentEncoding:
      if (finding.number != 0) return {fmt::format("the file is UTF-{}", finding.number), "save it as UTF-8", ""};
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
    case FindingId::TemplateConnectorSpelling:
    case FindingId::TemplateEntryForm:
    case FindingId::TemplateEntryTwice:
    case FindingId::TemplateListExpected:
    case FindingId::TemplateTextLimit: return describe_template(finding, document);
    default: assert(false && "not a finding of a reader"); return {};
  }
}

}  // namespace connect_lint
