#include <algorithm>
#include <iterator>
#include <string>
#include <vector>

#include "base/catalogue.h"
#include "base/limits.h"
#include "base/quote.h"
#include "cli/arguments.h"
#include "cli/input.h"
#include "cli/run.h"
#include "document/describe_document.h"
#include "document/json_reader.h"
#include "document/syntax.h"
#include "document/yaml_reader.h"
#include "jsonpath/evaluator.h"
#include "jsonpath/query.h"
#include "report/excerpt.h"
#include "rules/function_table.h"

namespace connect_lint {
namespace {

void print_invalid_query(Output& err, std::string_view query, const ParseError& error) {
  const auto size = static_cast<std::uint32_t>(query.size());
  const Excerpt excerpt = make_excerpt(query, {0, size}, error.span);
  err.print("connect-lint: invalid query: {}\n  {}\n  {}{}\n", error.message, excerpt.line, excerpt.indent, excerpt.mark);
}

// The grammar takes the text; values may be odd.
bool is_readable(const Document& document) {
  return document.complete &&
         std::all_of(document.findings.begin(), document.findings.end(), [](const DocumentFinding& finding) {
           return finding.id == FindingId::DocumentDuplicateKey || finding.id == FindingId::DocumentNumberRange ||
                  finding.id == FindingId::DocumentLoneSurrogate;
         });
}

void print_findings(Output& err, std::string_view name, const Document& document) {
  LineIndex lines(document.text());
  std::vector<DocumentFinding> sorted = document.findings;
  std::stable_sort(sorted.begin(), sorted.end(),
                   [](const auto& a, const auto& b) { return a.span.begin < b.span.begin; });
  const std::size_t shown = std::min<std::size_t>(sorted.size(), Limits{}.findings_max);
  for (const DocumentFinding& finding : std::span(sorted).first(shown)) {
    const Place place = lines.place(finding.span);
    const CatalogueEntry& entry = entry_of(finding.id);
    err.print("{}:{}:{}: {}: {} [{}]\n", visible(name, 4096), place.line, place.column, name_of(entry.severity),
              describe_document(finding, document).message, entry.id);
  }
  if (shown < sorted.size()) err.print("{}: and {} more\n", visible(name, 4096), sorted.size() - shown);
}

void append_json_string(std::string& out, std::string_view text) {
  out += '"';
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (c == '"' || c == '\\') {
      out += '\\';
      out += c;
    } else if (byte < 0x20) {
      fmt::format_to(std::back_inserter(out), "\\u{:04x}", byte);
    } else {
      out += c;
    }
  }
  out += '"';
}

// A value as JSON on one line. Recursion is bounded by the depth that the reader allowed.
void append_value(std::string& out, const Document& document, NodeIndex index) {
  const Node& node = document[index];
  switch (node.kind) {
    case Kind::Null: out += "null"; return;
    case Kind::Boolean: out += node.has(Node::kTrue) ? "true" : "false"; return;
    case Kind::Number: out += document.string(index); return;
    case Kind::String: append_json_string(out, document.string(index)); return;
    case Kind::Array:
    case Kind::Object: break;
  }
  const bool object = node.kind == Kind::Object;
  out += object ? '{' : '[';
  for (const NodeIndex child : document.children(index)) {
    if (child != index + 1) out += ',';
    if (object) {
      append_json_string(out, document.key(child));
      out += ':';
    }
    append_value(out, document, child);
  }
  out += object ? '}' : ']';
}

// The value's own bytes without the blanks between them.
void append_compact(std::string& out, std::string_view json) {
  bool in_string = false;
  for (std::size_t i = 0; i < json.size(); ++i) {
    const char c = json[i];
    if (!in_string && (c == ' ' || c == '\t' || c == '\n' || c == '\r')) continue;
    out += c;
    if (c == '"') in_string = !in_string;
    if (in_string && c == '\\') out += json[++i];
  }
}

void print_nodes(Output& out, const Document& document, const std::vector<NodeIndex>& nodes) {
  PathFinder finder(document, std::string::npos);
  std::string pointer;
  std::string path;
  std::string line = "[";
  for (std::size_t i = 0; i < nodes.size(); ++i) {
    line += i == 0 ? "{\"path\": " : ", {\"path\": ";
    finder.find(nodes[i], pointer, path);
    append_json_string(line, path);
    line += ", \"value\": ";
    if (document.syntax == Syntax::Json)
      append_compact(line, document.bytes(document.span(nodes[i], Mark::Value)));
    else
      append_value(line, document, nodes[i]);
    line += '}';
    out.write(line);
    line.clear();
  }
  out.write(line + "]\n");
}

}  // namespace

int run_query(std::span<const std::string> arguments, const Environment& environment) {
  Arguments app("query", "Prints what a JSONPath query (RFC 9535) selects, with the path of each value, as one line of JSON.");
  std::string text;
  std::string path;
  std::string syntax;
  bool no_extensions = false;
  app.positional("query", text, "Such as '$.FlowDefinition.Tasks[?@.TaskType == \"Map\"]'", true);
  app.positional("file", path, "A JSON or YAML file, or - for standard input", true);
  app.option("--syntax", syntax, "NAME", "json or yaml; by the file's name unless given, and for other names by how it begins",
             {"json", "yaml"});
  app.flag("--no-extensions", no_extensions, "Only the functions that the RFC defines");
  app.footer(
      "Exit codes: 0 done, whatever was selected; 1 the file cannot be read; 2 wrong arguments or query, no such file;\n"
      "3 too much work.");
  if (const auto code = app.parse(arguments, environment)) return *code;

  const FunctionTable functions = no_extensions ? standard_functions() : all_functions();
  const auto query = Query::parse(text, functions, KeyTable());
  if (!query.ok()) {
    print_invalid_query(environment.err, text, query.error());
    return kExitUsage;
  }
  SourceText source;
  if (const int code = read_input(path, environment, source); code != kExitClean) return code;
  Document document;
  if (choose_syntax(syntax_named(syntax), path == "-" ? "" : path, source.view()) == Syntax::Yaml)
    YamlReader().read(source, KeyTable(), kDepthLimit, document);
  else
    JsonReader().read(source, KeyTable(), kDepthLimit, document);
  if (!document.findings.empty()) print_findings(environment.err, path == "-" ? "<stdin>" : path, document);
  if (!is_readable(document)) return kExitFindings;

  Evaluator evaluator;
  evaluator.open(document);
  std::vector<NodeIndex> nodes;
  if (!evaluator.select(query.value(), 0, nodes).complete) {
    environment.err.print("connect-lint: the query visits more than {} nodes of {}; nothing is printed\n", kQueryWorkMax,
                          ticked(path));
    return kExitFailed;
  }
  for (const ParseError& note : query.value().notes()) environment.err.print("connect-lint: note: {}\n", note.message);
  print_nodes(environment.out, document, nodes);
  return kExitClean;
}

}  // namespace connect_lint
