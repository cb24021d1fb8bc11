// The resources of a CloudFormation template as requests: what they would be if
// they were written for the API, so that one set of checks does for both.
//
// Lists of pairs become objects, numbers and texts what is asked for where
// CloudFormation converts them, and functions the values that they give or
// unknown ones. The requests lie in a document of their own, whose nodes keep the
// places of what they are made from.
#ifndef CONNECT_LINT_SCHEMA_TEMPLATE_REQUESTS_H_
#define CONNECT_LINT_SCHEMA_TEMPLATE_REQUESTS_H_

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "document/document.h"
#include "request/recognise.h"
#include "request/template.h"
#include "request/template_values.h"
#include "schema/schema_set.h"

namespace connect_lint {

// Where a node of the requests stands in the template.
struct TemplatePlace {
  NodeIndex value = kNoNode;      // Itself, or the function that gives it.
  NodeIndex key = kNoNode;        // The value that is its key, in a list of pairs; kNoNode: its own key.
  NodeIndex parameter = kNoNode;  // The parameter that the function refers to,
  NodeIndex given = kNoNode;      // and its Default or AllowedValues, where the value comes from.
  bool plain = true;              // Nothing was changed: it and its neighbours are written as they are.
  bool computed = false;          // By a function.
};

// Keeps its working memory from template to template.
class TemplateRequests {
 public:
  // What cannot be put into requests is reported into `written`, the template.
  void build(Document& written, std::span<const TemplateResource> resources, const SchemaSet& schemas);

  Document document;
  std::vector<TemplatePlace> places;  // By node of `document`.
  std::vector<Request> requests;      // In the order of their nodes.

 private:
  // What a member's value is called by.
  struct Key {
    NodeIndex own = kNoNode;   // A node with this key,
    NodeIndex pair = kNoNode;  // or the value that is the key; then `text` is it.
    std::string_view text = {};
  };
  // The names of an entry in a list of pairs, and what is said about other entries.
  struct PairNames {
    std::string_view key;
    std::string_view value;
    std::string_view no_object;
    std::string_view no_key;
    std::string_view no_value;
    std::string_view unknown;
    std::string_view bad_key;
    std::string_view map;
  };
  static const PairNames kTagPair;
  static const PairNames kPropertyPair;
  struct Pair {
    NodeIndex key = kNoNode;
    NodeIndex value = kNoNode;
    std::uint32_t text_begin = 0;  // Of the key, in `key_texts_`.
    std::uint32_t text_end = 0;
  };

  // A scalar as a node.
  struct Scalar {
    Kind kind;
    std::uint8_t flags;
    std::string_view text;
    bool changed = false;
    bool known = true;
  };

  void resource(const TemplateResource& resource);
  void take_aliases();
  void value(NodeIndex from, const Key& key, ShapeIndex shape);
  void function(NodeIndex from, const Key& key, const Shape& shape);
  void object(NodeIndex from, const Key& key, const Shape& shape);
  void array(NodeIndex from, const Key& key, const Shape& shape);
  void scalar(NodeIndex from, const Key& key, const Shape& shape);
  void map_of_list(NodeIndex from, const Key& key, const Shape& shape);
  // False: the list is not known as a whole.
  bool read_pairs(NodeIndex list, const PairNames& names);
  bool read_pair(NodeIndex entry, const PairNames& names);
  bool read_key(NodeIndex key, NodeIndex value, const PairNames& names);
  void drop_repetitions();
  void copy(NodeIndex from, const Key& key);
  void unknown(NodeIndex from, const Key& key, bool perhaps);

  NodeIndex append(NodeIndex from, const Key& key);
  void set_text(NodeIndex node, Mark mark, std::string_view text);
  void close(NodeIndex node) { document.nodes[node].next = document.nodes.size(); }
  void make(NodeIndex node, const Scalar& scalar);
  // What CloudFormation makes of a scalar where the shape is asked for.
  [[nodiscard]] Scalar converted(Kind kind, std::uint8_t flags, std::string_view text, const Shape& shape) const;
  void check_connector(NodeIndex from, std::string_view text, const Shape& shape, bool computed);
  // The first of a parameter's values where the shape refuses all; kNoNode otherwise.
  [[nodiscard]] NodeIndex refused_value(const TemplateValues::Parameter& parameter, const Shape& shape) const;
  bool find_text(NodeIndex from);
  [[nodiscard]] bool is_map(const Shape& shape) const;
  [[nodiscard]] bool is_empty_list(NodeIndex from, const Shape& shape) const;
  // The members without those that a later one replaces.
  [[nodiscard]] std::vector<NodeIndex> members_of(NodeIndex object) const;
  // Of a member of the object; nothing where it is not known.
  [[nodiscard]] std::optional<ShapeIndex> shape_of(NodeIndex member, const ObjectShape& object) const;
  [[nodiscard]] const PairNames& names_of(const Shape& shape) const;
  [[nodiscard]] const ObjectShape& object_of(const Shape& shape) const { return schemas_->objects[shape.object_plus_1 - 1u]; }
  [[nodiscard]] std::string_view name_of(const Shape& shape) const { return schemas_->shape_names[shape.name]; }
  void report(FindingId id, NodeIndex node, Mark mark, std::string_view words);

  Document* written_ = nullptr;
  const SchemaSet* schemas_ = nullptr;
  TemplateValues values_;
  bool repeated_ = false;   // The resource stands in a loop.
  bool exhausted_ = false;  // And it has been said.
  std::vector<Pair> pairs_;
  std::string key_texts_;
};

}  // namespace connect_lint

#endif  // CONNECT_LINT_SCHEMA_TEMPLATE_REQUESTS_H_
