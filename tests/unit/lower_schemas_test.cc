// What the schema compiler takes, what it refuses, and what its tables then say.
#include <catch2/catch.hpp>

#include <algorithm>

#include "base/limits.h"
#include "document/json_reader.h"
#include "document/yaml_reader.h"
#include "request/recognise.h"
#include "schema/describe_shape.h"
#include "schema/lower.h"
#include "schema/shape_check.h"
#include "support.h"

namespace connect_lint {
namespace {

using testing::Json;

constexpr OperationMember kMembers[] = {{"Name", Location::Uri, true}, {"Body", Location::Body, false}};
constexpr std::string_view kResponse[] = {"Answer"};
constexpr OperationInfo kOperations[] = {{"DoThis", "do-this", "PUT", "/{Name}", "Does this", kMembers, kResponse},
                                         {"DoThat", "do-that", "PUT", "/{Name}", "Does that", kMembers, kResponse}};

Result<SchemaTables> lower(const std::string& first, const std::string& second = R"({"type":"object","properties":{}})") {
  const std::vector<SchemaSource> sources = {{"DoThis.json", first}, {"DoThat.json", second}};
  return lower_schemas(sources, {.operations = kOperations, .others = {}, .model = "test"});
}

std::string object_with(const std::string& member, const std::string& definitions = "{}") {
  return R"({"type":"object","properties":{"A":)" + member + R"(},"definitions":)" + definitions + "}";
}

TEST_CASE("what cannot be lowered is refused by name") {
  struct Row {
    std::string schema;
    std::string message;  // A part of it.
  };
  std::vector<Row> rows = {
      {"", "cannot load the schemas: "},
      {"{", "cannot load the schemas: "},
      {"[]", "a schema is an object here"},
      {"true", "a schema is an object here"},
      {R"({"type":"string"})", "DoThis.json: not the schema of an object"},
      {object_with("true"), "DoThis.json:#/properties/A: a schema is an object here"},
      {object_with(R"({"items":[{}]})"), "DoThis.json:#/properties/A/items: a schema is an object here"},
      {object_with(R"({"items":true})"), "/items: a schema is an object here"},
      {object_with(R"({"enum":[1]})"), "/properties/A/enum: not an array of strings"},
      {object_with(R"({"enum":"x"})"), "not an array"},
      {object_with(R"({"not":{"type":"string"}})"), "only {\"pattern\": ...} is supported"},
      {object_with(R"({"not":{"pattern":"a","minLength":1}})"), "only {\"pattern\": ...} is supported"},
      {object_with(R"({"pattern":"(?!a)b"})"), "cannot compile the pattern `(?!a)b`"},
      {object_with(R"({"pattern":"("})"), "cannot compile the pattern `(`"},
      {object_with(R"({"type":"strange"})"), "cannot load the schemas: "},
      {object_with(R"({"minLength":"x"})"), "cannot load the schemas: "},
      {object_with(R"({"minLength":-1})"), "cannot load the schemas: "},
      {object_with(R"({"minimum":"x"})"), "properties/A/minimum: not a number"},
      {object_with(R"({"type":1})"), "properties/A/type: neither a string nor an array of strings"},
      {object_with(R"({"type":["string",1]})"), "properties/A/type: neither a string nor an array of strings"},
      {object_with(R"({"not":{"type":"string","minLength":1}})"), "only {\"pattern\": ...} is supported"},
      {object_with(R"({"not":[]})"), "only {\"pattern\": ...} is supported"},
      // References.
      {object_with(R"({"$ref":"#/definitions/C"})", R"({"B":{}})"), "`#/definitions/C` is no definition of this file"},
      {R"({"type":"object","properties":{"A":{"$ref":"#/definitions/B"}}})", "`#/definitions/B` is no definition of this file"},
      {object_with(R"({"$ref":"#/definitions/B"})"), "`#/definitions/B` is no definition of this file"},
      {object_with(R"({"$ref":"#"})"), "`#` is no definition of this file"},
      {object_with(R"({"$ref":"other.json#/definitions/B"})"), "is no definition of this file"},
      {object_with(R"({"$ref":1})"), "/properties/A/$ref: not a string"},
      {object_with(R"({"$ref":"#/definitions/B","type":"string"})", R"({"B":{}})"), "keywords beside a reference are ignored by draft-07"},
      {object_with(R"({"$ref":"#/definitions/B"})", R"({"B":{"$ref":"#/definitions/B"}})"), "a definition that is only a reference"},
      {R"({"$ref":"#/definitions/B","definitions":{"B":{}}})", "keywords beside a reference"},
      {object_with(R"({"definitions":{}})"), "only at the top"},
      {R"({"type":"object","properties":[]})", "not an object"},
      {R"({"type":"object","properties":{},"required":["B"]})", "required member `B` is no property"},
      {R"({"type":"object","required":["B"]})", "required member `B` is no property"},
  };
  for (const char* keyword : {"allOf", "anyOf", "oneOf", "if", "then", "else", "const", "contains", "dependencies", "format", "multipleOf", "uniqueItems",
                              "additionalItems", "patternProperties", "exclusiveMinimum", "default", "examples", "$id", "readOnly", "contentEncoding", "minlength", ""})
    rows.push_back({object_with("{\"" + std::string(keyword) + "\":{}}"), "the keyword `" + std::string(keyword) + "` is not supported"});
  std::string wide = R"({"type":"object","properties":{)";
  for (int i = 0; i < 65; ++i) wide += (i > 0 ? ",\"m" : "\"m") + std::to_string(i) + "\":{}";
  rows.push_back({wide + "}}", "an object of more than 64 members"});
  std::string many = R"({"type":"object","properties":{"A":{"enum":[)";
  for (int i = 0; i < 520; ++i) many += (i > 0 ? ",\"v" : "\"v") + std::to_string(i) + "\"";
  rows.push_back({many + "]}}}", "more than 511 member names and values"});
  std::string deep = "{}";
  for (int i = 0; i < 70; ++i) deep = R"({"items":)" + deep + "}";
  rows.push_back({object_with(deep), "nested too deep"});

  for (const Row& row : rows) {
    INFO(row.schema.substr(0, 200));
    const auto tables = lower(row.schema);
    REQUIRE_FALSE(tables.ok());
    INFO(tables.error());
    CHECK(tables.error().starts_with("cannot load the schemas: "));
    CHECK(tables.error().find(row.message) != std::string::npos);
  }
}

TEST_CASE("one schema for each operation") {
  const std::vector<SchemaSource> one = {{"DoThis.json", object_with("{}")}};
  const auto tables = lower_schemas(one, {.operations = kOperations, .others = {}, .model = ""});
  REQUIRE_FALSE(tables.ok());
  CHECK(tables.error() == "cannot load the schemas: 1 schemas for 2 operations");
}

TEST_CASE("as many operations as sets of them can hold") {
  const std::string schema = R"({"type":"object","properties":{}})";
  const auto lowered = [&](std::size_t operations, std::size_t others) {
    std::vector<OperationInfo> infos(operations, kOperations[0]);
    std::vector<OtherOperation> rest(others);
    std::vector<SchemaSource> sources(operations, SchemaSource{"DoThis.json", schema});
    const auto tables = lower_schemas(sources, {.operations = infos, .others = rest, .model = ""});
    return tables.ok() ? "" : tables.error();
  };
  const std::string too_many = "cannot load the schemas: more operations than sets of them can hold";
  CHECK(lowered(kOperationsMax, kOtherOperationsMax).empty());
  CHECK(lowered(kOperationsMax + 1, 0) == too_many);
  CHECK(lowered(1, kOtherOperationsMax + 1) == too_many);
}

// --- What the tables say ------------------------------------------------------

// The ids that the shape check finds in a request, for DoThis unless told otherwise.
std::vector<std::string> check_with(const Result<SchemaTables>& tables, const std::string& text, OperationIndex operation = 0) {
  if (!tables.ok()) return {tables.error()};
  const SchemaSet set = tables.value().set();
  testing::Reading reading(text, set.keys);
  if (!reading.accepted()) return {"the text is no JSON"};
  RegexCache regexes;
  ShapeFindings findings;
  check_shape(set, reading.document(), {.node = 0, .operation = operation}, regexes, findings);
  std::vector<std::string> ids;
  for (const ShapeFinding& finding : findings.kept) ids.emplace_back(entry_of(finding.id).id);
  std::sort(ids.begin(), ids.end());
  return ids;
}

std::vector<std::string> check(const std::string& schema, const std::string& text) { return check_with(lower(schema), text); }

TEST_CASE("every keyword that is taken is checked, on both sides of its limit") {
  struct Row {
    std::string member;  // The schema of A.
    std::string good;
    std::string bad;
    std::string id;  // Of the bad value.
  };
  const std::vector<Row> rows = {
      {R"({"type":"string"})", R"("")", "1", "schema/type"},
      {R"({"type":"integer"})", "1", "1.0", "schema/type"},
      {R"({"type":"integer"})", "-1", "1e2", "schema/type"},
      {R"({"type":"number"})", "1.5", R"("1")", "schema/type"},
      {R"({"type":"boolean"})", "false", "0", "schema/type"},
      {R"({"type":"array"})", "[]", "{}", "schema/type"},
      {R"({"type":"object"})", R"({"x":1})", "[]", "schema/type"},
      {R"({"type":"null"})", "null", "0", "schema/type"},
      {R"({"type":"string"})", R"("null")", "null", "schema/null"},
      {R"({"type":["string","number"]})", "1", "true", "schema/type"},
      {R"({"type":["string","null"]})", "null", "1", "schema/type"},
      {R"({"enum":["x","y"]})", R"("y")", R"("X")", "schema/enum"},
      {R"({"type":"string","enum":["x",""]})", R"("")", R"("z")", "schema/enum"},
      {R"({"minLength":2})", R"("ab")", R"("a")", "schema/length"},
      {R"({"maxLength":2})", R"("ab")", R"("abc")", "schema/length"},
      {R"({"maxLength":2})", R"("éé")", R"("ééé")", "schema/length"},
      {R"({"minLength":2})", R"("é€")", R"("𝄞")", "schema/length"},
      {R"({"minLength":5})", R"("ééééé")", R"("éééé")", "schema/length"},
      {R"({"maxLength":2})", R"("\u0000\u0000")", R"("\u0000\u0000\u0000")", "schema/length"},
      {R"({"maxLength":0})", R"("")", R"("a")", "schema/length"},
      {R"({"pattern":"^a+$"})", R"("aa")", R"("ab")", "schema/pattern"},
      {R"({"pattern":"^\\w+$"})", R"("aa")", R"("é")", "schema/pattern"},
      {R"({"pattern":"b"})", R"("abc")", R"("ac")", "schema/pattern"},
      {R"({"pattern":"^(?i)a$"})", R"("A")", R"("b")", "schema/pattern"},
      {R"({"not":{"pattern":"^aws:"}})", R"("aw")", R"("aws:x")", "schema/pattern"},
      {R"({"not":{"pattern":".*"}})", "1", R"("x")", "schema/pattern"},
      {R"({"not":{"pattern":""}})", "1", R"("x")", "schema/pattern"},
      {R"({"minimum":1})", "1", "0", "schema/range"},
      {R"({"minimum":1})", "1", "0.999", "schema/range"},
      {R"({"maximum":100})", "100", "101", "schema/range"},
      {R"({"maximum":100})", "100", "99999999999999999999999999", "schema/range"},
      {R"({"maximum":100})", "1e-400", "1e300", "schema/range"},
      {R"({"minimum":-1})", "-1e-400", "-1e300", "schema/range"},
      {R"({"exclusiveMaximum":100})", "99", "100", "schema/range"},
      {R"({"items":{"type":"string"}})", R"(["a","b"])", R"(["a",1])", "schema/type"},
      {R"({"minItems":1})", "[1]", "[]", "schema/items"},
      {R"({"maxItems":1})", "[1]", "[1,2]", "schema/items"},
      {R"({"minProperties":1})", R"({"x":1})", "{}", "schema/properties"},
      {R"({"maxProperties":1})", R"({"x":1})", R"({"x":1,"y":2})", "schema/properties"},
      {R"({"properties":{"B":{}},"additionalProperties":false})", R"({"B":1})", R"({"other":1})", "schema/unknown-member"},
      {R"({"additionalProperties":false})", "{}", R"({"B":1})", "schema/unknown-member"},
      {R"({"additionalProperties":{"type":"string"}})", R"({"B":"1"})", R"({"B":1})", "schema/type"},
      {R"({"properties":{"B":{"type":"number"}},"additionalProperties":{"type":"string"}})", R"({"B":1,"C":"x"})", R"({"B":1,"C":2})", "schema/type"},
      {R"({"properties":{"B":{}},"additionalProperties":true})", R"({"other":1})", "1", ""},
      {R"({"properties":{"B":{}}})", R"({"other":1})", "1", ""},
      {R"({"propertyNames":{"minLength":2}})", R"({"bb":1})", R"({"b":1})", "schema/length"},
      {R"({"propertyNames":{"enum":["x"]}})", R"({"x":1})", R"({"b":1})", "schema/enum"},
      {R"({"propertyNames":{"pattern":"^é$"}})", R"({"\u00e9":1})", R"({"b":1})", "schema/pattern"},
      {R"({"properties":{"B":{}},"required":["B"]})", R"({"B":null})", "{}", "schema/required"},
      {R"({"properties":{"B":{}},"propertyNames":{"minLength":2}})", R"({"BB":1})", R"({"B":1})", "schema/length"},
  };
  for (const Row& row : rows) {
    INFO(row.member);
    const std::string schema = object_with(row.member);
    INFO(row.good);
    CHECK(check(schema, R"({"A":)" + row.good + "}") == std::vector<std::string>{});
    INFO(row.bad);
    if (!row.id.empty()) CHECK(check(schema, R"({"A":)" + row.bad + "}") == std::vector<std::string>{row.id});
  }
}

TEST_CASE("a title means in each file what stands there") {
  const auto with_b = [](const std::string& type) {
    return object_with(R"({"$ref":"#/definitions/B"})", R"({"B":{"title":"B","type":")" + type + R"("}})");
  };
  const auto same = lower(with_b("string"), with_b("string"));
  const auto different = lower(with_b("string"), with_b("number"));
  REQUIRE(same.ok());
  REQUIRE(different.ok());
  const std::vector<std::string> refused = {"schema/type"};
  for (const OperationIndex operation : {0u, 1u}) {
    CHECK(check_with(same, R"({"A":"x"})", operation).empty());
    CHECK(check_with(same, R"({"A":1})", operation) == refused);
    CHECK(check_with(different, R"({"A":"x"})", operation).empty() == (operation == 0));
    CHECK(check_with(different, R"({"A":1})", operation).empty() == (operation == 1));
  }
}

TEST_CASE("shapes may hold themselves") {
  const std::string schema = object_with(R"({"$ref":"#/definitions/B"})", R"({"B":{"title":"B","type":"object","properties":{"B":{"$ref":"#/definitions/B"}},"additionalProperties":false}})");
  CHECK(check(schema, R"({"A":{"B":{"B":{}}}})").empty());
  CHECK(check(schema, R"({"A":{"B":{"B":{"X":1}}}})") == std::vector<std::string>{"schema/unknown-member"});
  CHECK(check(schema, R"({"A":{"B":{"B":[]}}})") == std::vector<std::string>{"schema/type"});
}

// --- What is said -------------------------------------------------------------

// "message; help => fix" of what the shape check finds in `{"A": value}`, one line each.
std::string words_for(const std::string& member, const std::string& value, bool yaml) {
  const auto tables = lower(object_with(member));
  if (!tables.ok()) return tables.error();
  const SchemaSet set = tables.value().set();
  SourceText source;
  Document document;
  source.assign(yaml ? "A: " + value + "\n" : R"({"A":)" + value + "}");
  if (yaml) {
    YamlReader().read(source, set.keys, kDepthLimit, document);
  } else {
    JsonReader().read(source, set.keys, kDepthLimit, document);
  }
  RegexCache regexes;
  ShapeFindings findings;
  const Request request{.node = 0, .operation = 0};
  check_shape(set, document, request, regexes, findings);
  std::string all;
  for (const ShapeFinding& finding : findings.kept) {
    std::string pointer;
    std::string path;
    PathFinder(document).find(finding.node, pointer, path);
    const ShapeWords words = describe_shape(finding, path, set, document, request);
    all += (all.empty() ? "" : "\n") + words.message + (words.help.empty() ? "" : "; " + words.help);
    if (words.fix) all += " => " + words.fix->edits[0].text;
  }
  return all;
}

TEST_CASE("what is said of values, where the model has no such limit yet") {
  struct Row {
    std::string member;  // The schema of A.
    std::string bad;
    std::string words;
  };
  for (const Row& row : {
           Row{R"({"minimum":3})", "1", "`A` is 1, but has to be at least 3"},
           Row{R"({"maximum":3})", "5", "`A` is 5, but has to be at most 3"},
           Row{R"({"minimum":1,"maximum":3})", "5", "`A` is 5, but has to be 1 to 3"},
           Row{R"({"exclusiveMaximum":3})", "3", "`A` is 3, but has to be below 3"},
           Row{R"({"minLength":2})", R"("")", "`A` is empty; it has at least 2 characters"},
           Row{R"({"minLength":2,"maxLength":2})", R"("")", "`A` is empty; it has exactly 2 characters"},
           Row{R"({"minLength":2,"maxLength":9})", R"("")", "`A` is empty; it has 2 to 9 characters"},
           Row{R"({"minLength":2})", R"("a")", "`A` has 1 character, at least 2 are needed"},
           Row{R"({"maxLength":2})", R"("abc")", "`A` has 3 characters, at most 2 are allowed"},
           Row{R"({"description":"A name.","title":"Name","minLength":2})", R"("")", "`A` is empty; a name"},
           Row{R"({"description":"ARNs of keys","title":"Name","minLength":2})", R"("")", "`A` is empty; ARNs of keys"},
           Row{R"({"description":"x","title":"Name","minLength":2})", R"("")", "`A` is empty; x"},
           Row{R"({"propertyNames":{"minLength":2}})", R"({"b":1})", "the key `b` has 1 character, at least 2 are needed"},
           Row{R"({"minItems":2})", "[1]", "`A` has 1 element, but takes at least 2 elements"},
           Row{R"({"minItems":1,"maxItems":1})", "[1,2]", "`A` has 2 elements, but takes exactly 1 element"},
           Row{R"({"maxItems":2})", "[1,2,3]", "`A` has 3 elements, but takes at most 2 elements"},
           Row{R"({"minItems":1})", "[]", "`A` is empty, but takes at least 1 elements; leave the member out"},
           Row{R"({"minProperties":2})", R"({"b":1})", "`A` has 1 member, but takes at least 2 members"},
           Row{R"({"maxProperties":1})", R"({"b":1,"c":2})", "`A` has 2 members, but takes at most 1 member"},
           Row{R"({"minProperties":3})", R"({"b":1,"b":1,"c":2})", "`A` has 2 members, but takes at least 3 members"},
           Row{R"({"pattern":"^[a-z]+$"})", R"("aé")", "`A` cannot have `é` as character 2; the form is `^[a-z]+$`"},
           Row{R"({"pattern":"^[é]+$"})", R"("éê")", "`A` is not of the form that is asked for; the form is `^[é]+$`"},
           Row{R"({"pattern":"^[a-z]+$"})", R"("a b")", "`A` cannot have a blank as character 2; the form is `^[a-z]+$`"},
           Row{R"({"pattern":"^ab$"})", R"("a")", "`A` is not of the form that is asked for; the form is `^ab$`"},
           Row{R"({"pattern":"^ab$"})", R"("")", "`A` is empty; the form is `^ab$`"},
           Row{R"({"pattern":"(?:^)ab"})", R"("b")", "`A` is not of the form that is asked for; the form is `(?:^)ab`"},
           Row{R"({"not":{"pattern":"^aws:"}})", R"("aws:a")", "`A` begins with a reserved prefix; not `^aws:`"},
           Row{R"({"propertyNames":{"pattern":"^a"}})", R"({"b":1})", "the key `b` cannot have `b` as character 1; the form is `^a`"},
           Row{R"({"propertyNames":{"not":{"pattern":"^aws:"}}})", R"({"aws:a":1})", "the key `aws:a` begins with a reserved prefix; not `^aws:`"},
           Row{R"({"type":"object","properties":{"B":{}},"additionalProperties":false})", R"({"Other":1})", "`Other` is no member of `CreateIntegrationWorkflow`; the members are `B`"},
           Row{R"({"type":"object","properties":{"B":{}},"required":["B"]})", "{}", "required member `B` is missing"},
           // Numbers and truth values between quotes.
           Row{R"({"type":"integer"})", R"("12")", "`A` is a string, but has to be an integer; remove the quotes => 12"},
           Row{R"({"type":"integer"})", R"("0")", "`A` is a string, but has to be an integer; remove the quotes => 0"},
           Row{R"({"type":"integer"})", R"("012")", "`A` is a string, but has to be an integer"},
           Row{R"({"type":"integer"})", R"("")", "`A` is a string, but has to be an integer"},
           Row{R"({"type":"integer"})", R"("123456789012345678")", "`A` is a string, but has to be an integer"},
           Row{R"({"type":"number"})", R"("a")", "`A` is a string, but has to be a number"},
           Row{R"({"type":"boolean"})", R"("true")", "`A` is a string, but has to be a boolean; remove the quotes => true"},
           Row{R"({"type":"boolean"})", R"("false")", "`A` is a string, but has to be a boolean; remove the quotes => false"},
           Row{R"({"type":"boolean"})", R"("yes")", "`A` is a string, but has to be a boolean"},
           Row{R"({"type":"integer"})", "1.0", "`A` is `1.0`, but has to be an integer; write `1` => 1"},
           Row{R"({"type":"integer"})", "1.5", "`A` is `1.5`, but has to be an integer"},
           // Texts without quotes.
           Row{R"({"type":"string"})", "1", "`A` is a number, but has to be a string; put it between double quotes => \"1\""},
           Row{R"({"type":"string"})", "true", "`A` is a boolean, but has to be a string; put it between double quotes => \"true\""},
           Row{R"({"type":"string","minLength":2})", "1", "`A` is a number, but has to be a string"},
           Row{R"({"type":"string","maxLength":2})", "123", "`A` is a number, but has to be a string"},
           Row{R"({"type":"string","enum":["1"]})", "1", "`A` is a number, but has to be a string"},
           Row{R"({"type":"string","pattern":"^a"})", "1", "`A` is a number, but has to be a string"},
           Row{R"({"type":"string","pattern":"^1"})", "1", "`A` is a number, but has to be a string; put it between double quotes => \"1\""},
           Row{R"({"type":"array"})", R"("a")", "`A` is a string, but has to be an array; put it between brackets"},
           Row{R"({"type":"array"})", "1", "`A` is a number, but has to be an array"},
       }) {
    INFO(row.member);
    INFO(row.bad);
    CHECK(words_for(row.member, row.bad, false) == row.words);
  }
}

TEST_CASE("what is said of YAML without quotes") {
  struct Row {
    std::string member;  // The schema of A.
    std::string bad;
    std::string words;
  };
  for (const Row& row : {
           Row{R"({"type":"string"})", "12", "`A` is `12`, which YAML reads as a number, but has to be a string; put it between quotes => \"12\""},
           Row{R"({"type":"string"})", "0x1F", "`A` is `0x1F`, which YAML reads as the number `31`, but has to be a string; put it between quotes => \"0x1F\""},
           Row{R"({"type":"string"})", "true", "`A` is `true`, which YAML reads as a boolean, but has to be a string; put it between quotes => \"true\""},
           Row{R"({"type":"string"})", "False", "`A` is `False`, which YAML reads as `false`, but has to be a string; put it between quotes => \"False\""},
           Row{R"({"type":"string"})", "TRUE", "`A` is `TRUE`, which YAML reads as `true`, but has to be a string; put it between quotes => \"TRUE\""},
           Row{R"({"type":"string","maxLength":2})", "123", "`A` is `123`, which YAML reads as a number, but has to be a string"},
           Row{R"({"type":"boolean"})", "yes", "`A` is `yes`, which YAML reads as a string, but has to be a boolean; YAML 1.2 has `true` and `false` only: write `true` => true"},
           Row{R"({"type":"boolean"})", "Off", "`A` is `Off`, which YAML reads as a string, but has to be a boolean; YAML 1.2 has `true` and `false` only: write `false` => false"},
           Row{R"({"type":"boolean"})", "maybe", "`A` is `maybe`, which YAML reads as a string, but has to be a boolean"},
           Row{R"({"type":"integer"})", "a", "`A` is `a`, which YAML reads as a string, but has to be an integer"},
           Row{R"({"type":"integer"})", "2021-10-14", "`A` is `2021-10-14`, which YAML reads as a date, but has to be an integer"},
           Row{R"({"type":"integer"})", "2021-10-14T13:51:57Z", "`A` is `2021-10-14T13:51:57Z`, which YAML reads as a time, but has to be an integer"},
       }) {
    INFO(row.member);
    INFO(row.bad);
    CHECK(words_for(row.member, row.bad, true) == row.words);
  }
}

}  // namespace
}  // namespace connect_lint
