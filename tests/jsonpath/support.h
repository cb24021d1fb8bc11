// What the tests of queries share: a text read into a document, and queries
// over it with results that can be written in a table.
#ifndef CONNECT_LINT_TESTS_JSONPATH_SUPPORT_H_
#define CONNECT_LINT_TESTS_JSONPATH_SUPPORT_H_

#include <string>
#include <string_view>
#include <vector>

#include "document/document.h"
#include "document/json_reader.h"
#include "jsonpath/evaluator.h"
#include "jsonpath/query.h"

namespace connect_lint::testing {

// One JSON text, open in an evaluator.
class Subject {
 public:
  explicit Subject(std::string_view json, const KeyTable& keys = KeyTable());

  // The nodelist's values as they are written, with a blank between them;
  // "error: ..." for what is no query.
  std::string values(std::string_view query, FunctionTable functions = standard_functions());
  // Likewise their normalized paths.
  std::string paths(std::string_view query);
  // The value of what stands at a normalized path or any other query that selects one node.
  NodeIndex node(std::string_view query);
  // Flags all that the query selects as unknown before deployment.
  void make_unknown(std::string_view query);

  // "true", "unknown" or "false"; `@` is the root.
  std::string test(std::string_view expression, FunctionTable functions = standard_functions());
  // As shown(Value).
  std::string value(std::string_view expression, FunctionTable functions = standard_functions());

  Document document;
  Evaluator evaluator;

 private:
  std::vector<NodeIndex> select(std::string_view query, FunctionTable functions, std::string& error);

  KeyTable keys_;
  SourceText source_;
  JsonReader reader_;
};

// "nothing", "unknown", "null", "true", "12", "1.5", "'text'", "container".
std::string shown(const Value& value);
std::string shown(Truth truth);

// "3-5: message", or "ok".
std::string parse_error(std::string_view query, FunctionTable functions = standard_functions());

// Functions of the types that RFC 9535 uses in its examples of well-typedness
// (section 2.4.9) and more, whose results are easily told.
FunctionTable example_functions();

}  // namespace connect_lint::testing

#endif  // CONNECT_LINT_TESTS_JSONPATH_SUPPORT_H_
