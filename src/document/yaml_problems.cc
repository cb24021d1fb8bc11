#include "document/yaml_problems.h"

#include <algorithm>
#include <array>

#include "base/utf8.h"
#include "document/yaml_text.h"

namespace connect_lint {
namespace {

// From what libyaml 0.2.5 says (src/scanner.c, src/parser.c) to what we say.
// The first row that fits holds.
struct Row {
  std::string_view problem;
  std::string_view context;     // A part of it; empty: any.
  std::string_view characters;  // One of them stands at the place; empty: any; "$": the end of the text.
  // The message, what to do, and what stands at the context; a line each. `{}`
  // is what stands at the place.
  std::string_view words;
  enum class Marks : std::uint8_t {
    Problem,      // The word at the place.
    ContextLine,  // The line of the context.
    Escape,       // The escape that begins at the place,
    Digits,       // or whose digits begin there.
  } marks = Marks::Problem;
};

constexpr std::string_view kDirectiveWords =
    "the directive cannot be read\n"
    "a line that begins with `%` is a directive; only `%YAML 1.2` is of use here, and it may be left out\n"
    "it begins here";
constexpr std::string_view kTagWords =
    "the tag cannot be read\nput a text that begins with `!` between quotes\nit begins here";
constexpr std::string_view kTabWords = "a tab stands where blanks indent\nYAML is indented with blanks";
constexpr std::string_view kListWords = "a list cannot begin here\nbegin it on the next line; inside of brackets it has no `-`";
constexpr std::string_view kColonWords =
    "this colon makes a key of a text that cannot be one\n"
    "put a text with `: ` in it between quotes; the keys of a mapping begin in the same column";

constexpr std::array kRows = {
    // Indentation, and what looks like it.
    Row{"mapping values are not allowed in this context", "", "", kColonWords},
    Row{"mapping keys are not allowed in this context", "", "", "a key cannot begin here\nbegin it on a line of its own"},
    Row{"block sequence entries are not allowed in this context", "", "", kListWords},
    Row{"did not find expected '-' indicator", "", "",
        "the list cannot go on with {}\nbegin the line with `- `, or indent it less or more\nthe list begins here"},
    Row{"did not find expected key", "", "",
        "the mapping cannot go on with {}\n"
        "the keys of a mapping begin in the same column; behind a quoted value there is nothing more\nthe mapping begins here"},
    Row{"could not find expected ':'", "", "", "a colon is missing after the key\nwrite a blank behind the colon, too",
        Row::Marks::ContextLine},
    Row{"found a tab character", "", "", kTabWords},
    Row{"found character that cannot start any token", "", "\t", kTabWords},
    Row{"found character that cannot start any token", "", "", "a text without quotes cannot begin with {}\nput the text between quotes"},
    // Brackets.
    Row{"did not find expected ',' or ']'", "", "$", "the file ends inside of a list\n\nthe list is opened here"},
    Row{"did not find expected ',' or '}'", "", "$", "the file ends inside of a mapping\n\nthe mapping is opened here"},
    Row{"did not find expected ',' or ']'", "", "", "a comma or `]` is missing before {}\n\nthe list is opened here"},
    Row{"did not find expected ',' or '}'", "", "", "a comma or `}` is missing before {}\n\nthe mapping is opened here"},
    Row{"did not find expected node content", "flow", "$", "the file ends where a value is missing"},
    Row{"did not find expected node content", "flow", "-", kListWords},
    Row{"did not find expected node content", "flow", "", "a value is missing before {}"},
    Row{"did not find expected node content", "", "", "a text without quotes cannot begin with {}\nput the text between quotes"},
    // Quotes and escapes.
    Row{"found unexpected end of stream", "", "", "the quoted text is not closed\n\nthe quote is opened here"},
    Row{"found unexpected document indicator", "", "", "the document ends inside of a quoted text\n\nthe quote is opened here"},
    Row{"found unknown escape character", "", "", "{} is no escape\nwrite a backslash as `\\\\`, or use single quotes", Row::Marks::Escape},
    Row{"did not find expected hexdecimal number", "", "",
        "{} is no whole escape\nwrite a backslash as `\\\\`, or use single quotes", Row::Marks::Digits},
    Row{"found invalid Unicode character escape code", "", "",
        "{} names no character\nwrite the character itself, or `\\U` and eight digits; half of a surrogate pair is none", Row::Marks::Digits},
    // Block scalars.
    Row{"did not find expected comment or line break", "block scalar", "", "{} stands behind the `|` or `>`\nthe text begins on the next line"},
    Row{"found an indentation indicator equal to 0", "", "", "an indentation of 0 is none\nwrite 1 to 9, or nothing"},
    // Anchors, aliases, tags.
    Row{"did not find expected alphabetic or numeric character", "", "",
        "the name of an anchor cannot go on with {}\nput a text that begins with `*` or `&` between quotes\nit begins here"},
    Row{"did not find expected whitespace or line break", "tag", "", kTagWords},
    Row{"found undefined tag handle", "", "", "the tag is not declared\nput a text that begins with `!` between quotes"},
    Row{"did not find expected '!'", "", "", kTagWords},
    Row{"did not find the expected '>'", "", "", kTagWords},
    Row{"", "scanning a tag", "", kTagWords},
    Row{"", "parsing a tag", "", kTagWords},
    // Directives.
    Row{"found incompatible YAML document", "", "", "no reader knows this version of YAML\nwrite `%YAML 1.2`, or nothing"},
    Row{"found duplicate %", "", "", "the directive is here again\nremove it"},
    Row{"did not find expected <document start>", "", "", "the document begins behind a line with `---`\nremove the lines that begin with `%`"},
    Row{"", "directive", "", kDirectiveWords},
    Row{"found unexpected ':'", "", "", kColonWords},
    Row{"", "", "", "{} is not expected here\nthe rest of the file is not checked until this is mended"},
};

bool fits(const Row& row, const YamlProblem& problem, std::string_view text) {
  if (!problem.problem.starts_with(row.problem) || problem.context.find(row.context) == std::string_view::npos) return false;
  if (row.characters.empty()) return true;
  if (row.characters == "$") return problem.at >= solid_end(text);
  return problem.at < text.size() && row.characters.find(text[problem.at]) != std::string_view::npos;
}

bool is_word(char c) {
  return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || c == '_' || static_cast<unsigned char>(c) >= 0x80;
}

}  // namespace

Span marked_at(std::string_view text, std::uint32_t at) {
  if (at < text.size() && text[at] == '\t') return {at, at + 1};
  const std::uint32_t last = solid_end(text);
  if (at >= last) return {last, last};
  if (text[at] == '\n' || text[at] == '\r') return {at, at};
  std::uint32_t end = at;
  if (text.substr(at).starts_with("---")) return {at, at + 3};
  while (end < text.size() && is_word(text[end])) ++end;
  return {at, end > at ? end : at + 1};
}

DocumentFinding finding_of(const YamlProblem& problem, std::string_view text) {
  const Row& row = *std::find_if(kRows.begin(), kRows.end(), [&](const Row& candidate) { return fits(candidate, problem, text); });
  DocumentFinding finding{.id = FindingId::DocumentSyntax,
                          .problem = SyntaxProblem::YamlSyntax,
                          .span = marked_at(text, problem.at),
                          .node = kNoNode,
                          .words = row.words};
  const bool other = std::count(row.words.begin(), row.words.end(), '\n') == 2;
  if (other && !problem.context.empty() && problem.context_at < problem.at) {
    finding.other = marked_at(text, problem.context_at);
    // One character: what begins there may be pages long.
    finding.other.end = std::min(finding.other.end, finding.other.begin + 1);
    if (static_cast<unsigned char>(text[finding.other.begin]) >= 0x80) finding.other = marked_at(text, problem.context_at);
  }
  if (row.marks == Row::Marks::ContextLine && problem.context_at < text.size()) {
    std::string_view line = text.substr(problem.context_at);
    line = line.substr(0, line.find_first_of("\r\n"));
    finding.span = {problem.context_at, problem.context_at + solid_end(line.substr(0, line.find(" #")))};
  }
  if (row.marks == Row::Marks::Escape && problem.at + 1 < text.size())
    finding.span.end = problem.at + 1 + static_cast<std::uint32_t>(std::max<std::size_t>(1, utf8_sequence_bytes(text.substr(problem.at + 1))));
  if (row.marks == Row::Marks::Digits && problem.at >= 2)
    finding.span = {problem.at - 2, static_cast<std::uint32_t>(std::min(text.find_first_not_of("0123456789abcdefABCDEF", problem.at), text.size()))};
  return finding;
}

}  // namespace connect_lint
