// JSON or YAML, and whether what cannot be read was meant for us.
#include <catch2/catch.hpp>

#include "document/syntax.h"
#include "request/signs.h"

namespace connect_lint {
namespace {

TEST_CASE("names tell") {
  for (const char* name : {"a.json", "b/a.JSON", "x.yaml.json"}) CHECK(syntax_of_name(name) == Syntax::Json);
  for (const char* name : {"a.yaml", "a.yml", "A.YML", "x.json.yaml"}) CHECK(syntax_of_name(name) == Syntax::Yaml);
  for (const char* name : {"", "<stdin>", "a", "json", ".json", "a.json5", "a.txt", "yaml/a"}) CHECK_FALSE(syntax_of_name(name).has_value());
  CHECK(choose_syntax(Syntax::Json, "a.yaml", "a: b") == Syntax::Json);
  CHECK(choose_syntax({}, "a.yaml", "{\"a\": 1}") == Syntax::Yaml);
  CHECK(choose_syntax({}, "a.json", "a: b") == Syntax::Json);
  CHECK(choose_syntax({}, "<stdin>", "a: b") == Syntax::Yaml);
}

TEST_CASE("texts tell") {
  for (const char* text : {"a: b", "a:\n  b: 1\n", "DomainName: x", "# c\n{a: b}", "---\na: b", "%YAML 1.2\n---\na", "- a\n", "-\n  a: b", "\n\n a: b\n",
                           "\"a\": b", "'a b' : c", "a b: c", "\xEF\xBB\xBF" "a: b", "a:\tb"}) {
    INFO(text);
    CHECK(syntax_of_text(text) == Syntax::Yaml);
  }
  for (const char* text : {"", " \n", "{", "[", "{a: b}", "[a]", "\"a\"", "\"a: b\"", "1", "-1", "true", "nonsense", "a:b", "http://x", "// c\n{}", "/* c */ {}",
                           "\"a\" b: c", "'a", "DomainName\": \"x\"", "x = {\"a\": 1}", "\xEF\xBB\xBF{}"}) {
    INFO(text);
    CHECK(syntax_of_text(text) == Syntax::Json);
  }
}

TEST_CASE("a text that cannot be read is ours where it or its name says so") {
  for (const char* text : {"FlowDefinition:\n {{", "  - ObjectTypeName: x", "{\"IntegrationConfig\": 1", "a\n\tFlowDefinition : x", "? 'ObjectTypeNames': x", "objectTypeName: x"})
    CHECK(shows_signs(text, {}));
  for (const char* text : {"", "DomainName: x", "# FlowDefinition: x", "{{ .FlowDefinition }}", "a: FlowDefinition: x", "FlowDefinitions: x", "FlowDefinition"})
    CHECK_FALSE(shows_signs(text, {}));
  RecognitionHints hints;
  for (const char* name : {"put-integration.yaml", "a/PutIntegration_eu.yml"}) {
    hints.file_name = name;
    CHECK(shows_signs("{{", hints));
  }
  for (const char* name : {"put-integration-response.yaml", "create-domain.yaml", "put-integration/values.yaml"}) {
    hints.file_name = name;
    CHECK_FALSE(shows_signs("{{", hints));
  }
  hints = {};
  hints.operation = 0;
  CHECK(shows_signs("{{", hints));
}

}  // namespace
}  // namespace connect_lint
