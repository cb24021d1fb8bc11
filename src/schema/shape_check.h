// A request against its schema: every way in which its shape is wrong, each once.
//
// One walk over the document. A finding is a few integers; words are made by
// describe_shape() for those that are reported.
#ifndef CONNECT_LINT_SCHEMA_SHAPE_CHECK_H_
#define CONNECT_LINT_SCHEMA_SHAPE_CHECK_H_

#include <connect_lint/diagnostic.h>

#include <cstdint>
#include <memory>
#include <span>
#include <vector>

#include "base/pattern.h"
#include "document/document.h"
#include "request/recognise.h"
#include "schema/schema_set.h"

namespace connect_lint {

struct ShapeFinding {
  FindingId id;
  Mark mark = Mark::Value;
  NodeIndex node = 0;      // What is marked. A missing member: the object that lacks it.
  ShapeIndex shape = 0;    // The schema that refuses. Of members: their object's.
  ShapeIndex owner = 0;    // The object around the value.
  // SchemaRequired: the property's number. SchemaUnknownMember: the number
  // meant, plus 1; 0 when none is near. SchemaPattern: 1 when the text matches
  // what it must not. Times: the TimeProblem.
  std::uint16_t detail = 0;
};

struct ShapeFindings {
  std::vector<ShapeFinding> kept;  // In no particular order; at most kFindingsKeptMax.
  std::uint64_t left_out = 0;

  void clear() {
    kept.clear();
    left_out = 0;
  }
  void add(const ShapeFinding& finding);
};

// A place where a named shape of the model stands, for those who look at meaning.
struct Occurrence {
  NodeIndex node = 0;
  ShapeIndex shape = 0;
};

// The patterns of a schema set that have no automaton, compiled for RE2 when
// first asked for. One per thread.
class RegexCache {
 public:
  [[nodiscard]] bool found_in(const SchemaSet& schemas, std::uint16_t pattern, std::string_view text);

 private:
  std::vector<std::unique_ptr<Pattern>> compiled_;
};

// True when the text matches the pattern (an index into `schemas.patterns`).
[[nodiscard]] bool matches(const SchemaSet& schemas, std::uint16_t pattern, std::string_view text,
                           RegexCache& regexes);

// What a check uses and gives besides its findings.
struct ShapeCheckOptions {
  // By shape: 1 where occurrences are wanted. Empty: none are.
  std::span<const std::uint8_t> wanted;
  std::vector<Occurrence>* occurrences = nullptr;  // Added to, the inner before the outer.
};

// Checks the request at `request.node`. The document's keys were looked up in
// the schemas' table.
//
// Leaves marks for later steps: a value that is refused gets Node::kBroken, a
// key Node::kKeyBroken, a misspelt member the number of the name it means, and
// an object without a required member Node::kIncomplete and Document::missing.
void check_shape(const SchemaSet& schemas, Document& document, const Request& request, RegexCache& regexes,
                 ShapeFindings& findings, const ShapeCheckOptions& options = {});

// The same for a value of any shape, at `node`.
void check_value(const SchemaSet& schemas, Document& document, NodeIndex node, ShapeIndex shape,
                 RegexCache& regexes, ShapeFindings& findings, const ShapeCheckOptions& options = {});

}  // namespace connect_lint

#endif  // CONNECT_LINT_SCHEMA_SHAPE_CHECK_H_
