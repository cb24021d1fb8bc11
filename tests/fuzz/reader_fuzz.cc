// Bytes into the JSON reader. It must not crash, must say the same twice, must
// accept what nlohmann/json and simdjson accept (but for the differences named
// below) with the same value, and every node must lie in the text and in its parent.
#include <simdjson.h>

#include <algorithm>
#include <charconv>
#include <cstring>
#include <nlohmann/json.hpp>
#include <string>

#include "base/limits.h"
#include "document/json_reader.h"
#include "expect.h"
#include "schema/schema_set.h"

namespace connect_lint {
namespace {

constexpr std::uint32_t kDepthMax = 200;

void expect_node_in_place(const Document& document, NodeIndex index, std::uint32_t begin, std::uint32_t end) {
  const Node& node = document[index];
  expect(node.begin <= node.end, "a node begins before it ends");
  expect(begin <= node.begin && node.end <= end, "a node lies in its parent");
  expect(node.key_begin <= node.key_end, "a key begins before it ends");
  if (node.key_begin != node.key_end) expect(begin <= node.key_begin && node.key_end <= node.begin, "a key stands in front of its value");
  expect(index < node.next && node.next <= document.nodes.size(), "a subtree is a range of nodes");
  std::uint32_t from = node.begin;
  for (const NodeIndex child : document.children(index)) {
    expect(child < node.next, "a child is in the subtree");
    expect_node_in_place(document, child, from, node.end);
    from = document[child].end;
  }
}

void expect_findings_in_place(const Document& document) {
  const std::size_t size = document.text().size();
  for (const DocumentFinding& finding : document.findings) {
    expect(finding.span.begin <= finding.span.end && finding.span.end <= size, "a finding lies in the text");
    expect(finding.other.begin <= finding.other.end && finding.other.end <= size, "the second place lies in the text");
    expect(finding.node == kNoNode || finding.node < document.nodes.size(), "a finding names a node that exists");
  }
  expect(document.complete || !document.findings.empty(), "what is not read to its end has a finding");
}

double number(std::string_view text) {
  double value = 0;
  std::from_chars(text.data(), text.data() + text.size(), value);
  return value;
}

void expect_same_value(const Document& document, NodeIndex index, const nlohmann::json& value) {
  const Node& node = document[index];
  switch (node.kind) {
    case Kind::Null: expect(value.is_null(), "null"); break;
    case Kind::Boolean: expect(value.is_boolean() && value.get<bool>() == node.has(Node::kTrue), "the same boolean"); break;
    case Kind::Number: {
      expect(value.is_number(), "a number");
      const double ours = number(document.string(index));
      // Below the smallest number, from_chars gives up where strtod gives 0.
      const double theirs = value.get<double>();
      expect(!(ours < theirs) && !(ours > theirs), "the same number");
      break;
    }
    case Kind::String:
      expect(value.is_string() && value.get_ref<const std::string&>() == document.string(index), "the same text");
      break;
    case Kind::Array: {
      expect(value.is_array(), "an array");
      std::size_t count = 0;
      for (const NodeIndex child : document.children(index)) {
        expect(count < value.size(), "no element more");
        expect_same_value(document, child, value[count++]);
      }
      expect(count == value.size(), "no element less");
      break;
    }
    case Kind::Object:
      expect(value.is_object(), "an object");
      for (const NodeIndex child : document.children(index)) {
        const std::string key(document.key(child));
        expect(value.contains(key), "the same members");
        // Of a key that comes twice, clients keep the last one.
        const NodeIndex last = document.member(index, key);
        if (child == last) expect_same_value(document, child, value[key]);
      }
      for (const auto& [key, unused] : value.items()) expect(document.member(index, key) != kNoNode, "no member less");
      break;
  }
}

bool has(const Document& document, FindingId id) {
  return std::any_of(document.findings.begin(), document.findings.end(), [&](const DocumentFinding& finding) { return finding.id == id; });
}

// Of a key that comes twice, simdjson keeps both: member by member.
void expect_same_value(const Document& document, NodeIndex index, simdjson::dom::element element) {
  using simdjson::dom::element_type;
  const Node& node = document[index];
  const std::string_view text = document.string(index);
  switch (element.type()) {
    case element_type::NULL_VALUE: expect(node.kind == Kind::Null, "simdjson: null"); break;
    case element_type::BOOL: expect(node.kind == Kind::Boolean && node.has(Node::kTrue) == bool(element), "simdjson: the same boolean"); break;
    case element_type::INT64:
    case element_type::UINT64:
    case element_type::DOUBLE: {
      const double theirs = element.get<double>();
      expect(node.kind == Kind::Number && node.has(Node::kFraction) == (element.type() == element_type::DOUBLE), "simdjson: a number");
      expect(!(number(text) < theirs) && !(number(text) > theirs), "simdjson: the same number");
      break;
    }
    case element_type::STRING: expect(node.kind == Kind::String && text == std::string_view(element), "simdjson: the same text"); break;
    case element_type::ARRAY: {
      expect(node.kind == Kind::Array, "simdjson: an array");
      auto child = document.children(index).begin();
      const auto end = document.children(index).end();
      for (const auto item : simdjson::dom::array(element)) {
        expect(child != end, "simdjson: no element less");
        expect_same_value(document, *child, item);
        ++child;
      }
      expect(!(child != end), "simdjson: no element more");
      break;
    }
    case element_type::OBJECT: {
      expect(node.kind == Kind::Object, "simdjson: an object");
      auto child = document.children(index).begin();
      const auto end = document.children(index).end();
      for (const auto field : simdjson::dom::object(element)) {
        expect(child != end && document.key(*child) == field.key, "simdjson: no member less");
        expect_same_value(document, *child, field.value);
        ++child;
      }
      expect(!(child != end), "simdjson: no member more");
      break;
    }
  }
}

bool is_accepted(const Document& document) {
  return std::all_of(document.findings.begin(), document.findings.end(), [](const DocumentFinding& finding) {
    return finding.id == FindingId::DocumentDuplicateKey;  // Both values are there; nlohmann keeps the last.
  });
}

// An integer that neither 64-bit type holds.
bool has_big_integer(const Document& document) {
  for (NodeIndex i = 0; i < document.nodes.size(); ++i) {
    if (document[i].kind != Kind::Number || document[i].has(Node::kFraction)) continue;
    const std::string_view digits = document.string(i);
    std::int64_t negative = 0;
    std::uint64_t positive = 0;
    if (std::from_chars(digits.data(), digits.data() + digits.size(), negative).ec != std::errc() &&
        std::from_chars(digits.data(), digits.data() + digits.size(), positive).ec != std::errc())
      return true;
  }
  return false;
}

void expect_verdict_of_simdjson(const Document& document) {
  const std::string_view text = document.text();
  // Of lone surrogates it takes some; it has no type for big integers; and as below.
  if (text.starts_with("\xEF\xBB\xBF") || has(document, FindingId::DocumentTooDeep) || has(document, FindingId::DocumentNumberRange) ||
      has(document, FindingId::DocumentLoneSurrogate) || has_big_integer(document))
    return;
  static simdjson::dom::parser parser;
  static_assert(simdjson::SIMDJSON_PADDING <= kPaddingBytes);
  simdjson::dom::element element;
  const bool accepted = parser.parse(text.data(), text.size(), false).get(element) == simdjson::SUCCESS;
  expect(accepted == is_accepted(document), "accepted by simdjson and us or by none");
  if (accepted) expect_same_value(document, 0, element);
}

void expect_verdict_of_nlohmann(const Document& document) {
  const std::string_view text = document.text();
  // Where the two differ, and are meant to: nlohmann stops at a NUL, skips a byte order mark, knows no limit on
  // nesting; and it calls 1e400 an error, which is a warning here.
  if (text.find('\0') != text.npos || text.starts_with("\xEF\xBB\xBF") || has(document, FindingId::DocumentTooDeep) ||
      has(document, FindingId::DocumentNumberRange))
    return;
  const nlohmann::json value = nlohmann::json::parse(text, nullptr, false);
  const bool accepted = is_accepted(document);
  expect(accepted == !value.is_discarded(), "accepted by both or by none");
  if (accepted) expect_same_value(document, 0, value);
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

void run(std::string_view text) {
  static const SchemaSet schemas = built_in_schemas();
  // One reader is used from input to input; the other one is always new.
  static JsonReader used_reader;
  static SourceText used_source;
  static Document used_document;
  used_source.assign(text);
  used_reader.read(used_source, schemas.keys, kDepthMax, used_document);

  SourceText source;
  source.assign(text);
  JsonReader reader;
  Document document;
  reader.read(source, schemas.keys, kDepthMax, document);

  if (!document.empty()) expect_node_in_place(document, 0, 0, static_cast<std::uint32_t>(text.size()));
  expect_findings_in_place(document);
  expect_same_document(document, used_document);
  expect_verdict_of_nlohmann(document);
  expect_verdict_of_simdjson(document);
}

}  // namespace
}  // namespace connect_lint

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  connect_lint::run({reinterpret_cast<const char*>(data), size});
  return 0;
}
