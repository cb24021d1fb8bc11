#include "support.h"

#include <algorithm>
#include <array>
#include <fstream>
#include <sstream>
#include <stdexcept>

#include "base/catalogue.h"
#include "base/quote.h"

namespace connect_lint::testing {
namespace {

// In the order of SyntaxProblem.
constexpr std::array<std::string_view, 33> kProblems = {
    "missing-comma",   "missing-colon", "missing-value", "extra-comma",      "unexpected-text", "text-after-value",
    "unclosed",        "wrong-bracket", "comment-unclosed",                  "string-unclosed", "bad-escape",
    "single-quotes",   "typographic-quotes",             "unquoted-key",     "key-not-string",  "bare-word",
    "python-literal",  "not-a-number",  "leading-zero",  "leading-plus",     "bare-fraction",   "bad-number",
    "yaml-syntax",     "yaml-control-character",         "yaml-directives",  "yaml-second-document",
    "yaml-alias-unknown",               "yaml-alias-cycle",                 "yaml-alias-budget",
    "yaml-tag",        "yaml-tag-mismatch",              "yaml-key-not-scalar",                "yaml-merge"};
static_assert(static_cast<std::size_t>(SyntaxProblem::YamlMerge) + 1 == kProblems.size());

}  // namespace

Reading::Reading(std::string_view text, std::uint32_t depth_max) : Reading(text, some_keys(), depth_max) {}

Reading::Reading(std::string_view text, const KeyTable& keys, std::uint32_t depth_max) {
  source_.assign(text);
  reader_.read(source_, keys, depth_max, document_);
}

bool Reading::accepted() const {
  return document_.complete &&
         std::all_of(document_.findings.begin(), document_.findings.end(), [](const DocumentFinding& finding) {
           return finding.id == FindingId::DocumentDuplicateKey || finding.id == FindingId::DocumentNumberRange ||
                  finding.id == FindingId::DocumentLoneSurrogate;
         });
}

std::string Reading::findings() const {
  std::vector<DocumentFinding> sorted = document_.findings;
  std::stable_sort(sorted.begin(), sorted.end(),
                   [](const auto& a, const auto& b) { return a.span.begin < b.span.begin; });
  std::string list;
  for (const DocumentFinding& finding : sorted) {
    if (!list.empty()) list += ' ';
    list += entry_of(finding.id).id;
    if (finding.id == FindingId::DocumentSyntax) {
      list += ':';
      list += kProblems[static_cast<std::size_t>(finding.problem)];
    }
    list += "@" + std::to_string(finding.span.begin) + "-" + std::to_string(finding.span.end);
  }
  return list;
}

Json to_json(const Document& document, NodeIndex index) {
  const Node& node = document[index];
  switch (node.kind) {
    case Kind::Null: return nullptr;
    case Kind::Boolean: return node.has(Node::kTrue);
    case Kind::Number: return Json::parse(document.string(index), nullptr, false);
    case Kind::String: {
      const std::string_view text = document.string(index);
      return text.size() <= document.text().size() + document.decoded.size() ? Json(std::string(text))
                                                                             : Json("(beyond the text)");
    }
    case Kind::Array: {
      Json array = Json::array();
      for (const NodeIndex child : document.children(index)) array.push_back(to_json(document, child));
      return array;
    }
    case Kind::Object: {
      Json object = Json::object();
      for (const NodeIndex child : document.children(index))
        object[std::string(document.key(child))] = to_json(document, child);
      return object;
    }
  }
  return Json();
}

const KeyTable& some_keys() {
  static const KeyTableData data({"DomainName", "Uri", "Tags", "a", "FlowDefinition", "ObjectTypeNames",
                                  "SourceConnectorProperties", "é"});
  static const KeyTable table = data.table();
  return table;
}

std::string read_checkout_file(const std::string& path) {
  std::ifstream file(std::string(CONNECT_LINT_SOURCE_DIR) + "/" + path, std::ios::binary);
  if (!file) throw std::runtime_error("cannot open " + path);
  std::ostringstream text;
  text << file.rdbuf();
  return text.str();
}

Json read_checkout_json(const std::string& path) { return Json::parse(read_checkout_file(path)); }

std::string shown(std::string_view text) { return visible(text, 300); }

}  // namespace connect_lint::testing
