// Bytes into the YAML reader. It must not crash, must say the same twice, every
// node must lie in the text (and, without aliases, in its parent), the bytes of
// a value must be what the value was written as, and JSON of a harmless kind
// must mean the same to both readers.
#include <algorithm>
#include <string>

#include "document/describe_document.h"
#include "document/json_reader.h"
#include "document/yaml_reader.h"
#include "expect.h"
#include "schema/schema_set.h"

namespace connect_lint {
namespace {

constexpr std::uint32_t kDepthMax = 60;

// `aliases`: the text may have some, which put values outside of their parents.
void expect_node_in_place(const Document& document, NodeIndex index, std::uint32_t begin, std::uint32_t end, bool aliases) {
  const Node& node = document[index];
  expect(node.begin <= node.end && node.end <= document.text().size(), "a node lies in the text");
  expect(node.key_begin <= node.key_end && node.key_end <= document.text().size(), "a key lies in the text");
  expect(index < node.next && node.next <= document.nodes.size(), "a subtree is a range of nodes");
  if (!aliases) {
    expect(begin <= node.begin && node.end <= end, "a node lies in its parent");
    if (node.key_begin != node.key_end) expect(begin <= node.key_begin && node.key_end <= node.begin, "a key stands in front of its value");
  }
  std::uint32_t from = node.begin;
  const bool container = node.kind == Kind::Array || node.kind == Kind::Object;
  expect(container || node.next == index + 1, "a scalar has no children");
  NodeIndex last = index + 1;
  for (const NodeIndex child : document.children(index)) {
    expect(document[child].next <= node.next, "a child is in the subtree");
    expect_node_in_place(document, child, from, node.end, aliases);
    from = document[child].end;
    last = document[child].next;
  }
  expect(last == node.next, "every node of a subtree is somebody's child");
}

// The bytes of a text begin with what it is written with.
void expect_bytes(const Document& document, NodeIndex index) {
  const Node& node = document[index];
  const std::string_view bytes = document.bytes({node.begin, node.end});
  const std::string_view value = document.string(index);
  if (bytes.empty() || node.has(Node::kBroken)) return;
  if (node.kind == Kind::Boolean)  // Any text can be tagged as null.
    expect(bytes.find_first_of("[]{}&") == bytes.npos, "a literal is a word");
  if (node.kind == Kind::String && (bytes[0] == '"' || bytes[0] == '\''))
    expect(bytes.size() >= 2 && bytes.back() == bytes.front(), "a quoted text ends with its quote");
  else if (node.kind == Kind::String && !node.has(Node::kTime) && bytes[0] != '|' && bytes[0] != '>' && bytes.find_first_of("\r\n\xC2\xE2") == bytes.npos)
    expect(bytes == value, "a plain text on one line is its own bytes");
}

void expect_findings_in_place(const Document& document) {
  const std::size_t size = document.text().size();
  for (const DocumentFinding& finding : document.findings) {
    expect(finding.span.begin <= finding.span.end && finding.span.end <= size, "a finding lies in the text");
    expect(finding.other.begin <= finding.other.end && finding.other.end <= size, "the second place lies in the text");
    expect(finding.node == kNoNode || finding.node < document.nodes.size(), "a finding names a node that exists");
    expect(!describe_document(finding, document).message.empty(), "a finding has words");
  }
  expect(document.complete || !document.findings.empty(), "what is not read to its end has a finding");
}

void expect_same_document(const Document& one, const Document& other) {
  expect(one.nodes.size() == other.nodes.size() && one.complete == other.complete, "the same document twice");
  expect(one.findings.size() == other.findings.size() && one.decoded == other.decoded, "the same findings twice");
  for (NodeIndex i = 0; i < one.nodes.size(); ++i) {
    const Node& a = one[i];
    const Node& b = other[i];
    expect(a.begin == b.begin && a.end == b.end && a.next == b.next && a.kind == b.kind && a.flags == b.flags &&
               a.key_id == b.key_id && a.key_begin == b.key_begin && a.key_end == b.key_end,
           "the same node twice");
    expect(one.key(i) == other.key(i) && one.string(i) == other.string(i), "the same texts twice");
  }
  for (std::size_t i = 0; i < one.findings.size(); ++i)
    expect(one.findings[i].id == other.findings[i].id && one.findings[i].span.begin == other.findings[i].span.begin &&
               one.findings[i].span.end == other.findings[i].span.end,
           "the same finding twice");
}

// JSON is YAML but for corners: tabs and line breaks in places, long keys, `<<`,
// surrogates, and characters that only one of the two forbids.
void expect_same_as_json(const SourceText& source, const KeyTable& keys, const Document& yaml) {
  const std::string_view text = source.view();
  const bool harmless = text.size() < 1000 && text.find("<<") == text.npos && std::all_of(text.begin(), text.end(), [](char c) {
                          return c == ' ' || (c > ' ' && c < '\x7F' && c != '\\');
                        });
  if (!harmless) return;
  JsonReader reader;
  Document json;
  reader.read(source, keys, kDepthMax, json);
  if (!json.complete || !json.findings.empty()) return;
  expect(yaml.complete && yaml.findings.empty(), "JSON is YAML");
  expect(yaml.nodes.size() == json.nodes.size(), "of the same shape");
  for (NodeIndex i = 0; i < json.nodes.size(); ++i) {
    const Node& a = yaml[i];
    const Node& b = json[i];
    // `-0.0` and the like are written as they are by both.
    expect(a.begin == b.begin && a.end == b.end && a.key_begin == b.key_begin && a.key_end == b.key_end && a.next == b.next &&
               a.kind == b.kind && a.key_id == b.key_id && yaml.key(i) == json.key(i) && yaml.string(i) == json.string(i),
           "JSON means the same in YAML");
  }
}

void run(std::string_view text) {
  static const SchemaSet schemas = built_in_schemas();
  // One reader is used from input to input; the other one is always new.
  static YamlReader used_reader;
  static SourceText used_source;
  static Document used_document;
  used_source.assign(text);
  used_reader.read(used_source, schemas.keys, kDepthMax, used_document);

  SourceText source;
  source.assign(text);
  YamlReader reader;
  Document document;
  reader.read(source, schemas.keys, kDepthMax, document);

  const bool aliases = text.find('*') != text.npos || text.find("<<") != text.npos;
  if (!document.empty()) expect_node_in_place(document, 0, 0, static_cast<std::uint32_t>(text.size()), aliases);
  for (NodeIndex i = 0; i < document.nodes.size(); ++i) expect_bytes(document, i);
  expect_findings_in_place(document);
  expect_same_document(document, used_document);
  expect_same_as_json(source, schemas.keys, document);
}

}  // namespace
}  // namespace connect_lint

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  connect_lint::run({reinterpret_cast<const char*>(data), size});
  return 0;
}
