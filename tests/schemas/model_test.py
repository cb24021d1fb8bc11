#!/usr/bin/python3
"""The schemas say what the service model says, and nothing else.

Model and schemas are both turned into sets of plain facts ("PutIntegrationRequest.DomainName is required"), which must be
equal. Nothing here is shared with ci/schemas.

Two models are compared: the one of Debian's python3-botocore, which is older (known_differences.json says where and why),
and the newest one, without differences: the file that CONNECT_LINT_SERVICE_MODEL names, or one in ../shared/reference.
"""

import calendar
import copy
import json
import os
import pathlib
import re
import subprocess
import sys
import tempfile
import time
import types
import unittest

import botocore
import botocore.loaders
import botocore.utils

ROOT = pathlib.Path(__file__).resolve().parents[2]
HERE = ROOT / "tests" / "schemas"

# What each keyword of our schemas must look like. A keyword that is not here does not occur.
STRING_LIST = ("a list of strings", lambda value: isinstance(value, list) and all(isinstance(item, str) for item in value))
STRING = ("a string", lambda value: isinstance(value, str))
NUMBER = ("a number", lambda value: isinstance(value, int) and not isinstance(value, bool))
SCHEMA = ("a schema", lambda value: isinstance(value, dict))
SCHEMAS_BY_NAME = ("schemas by name", lambda value: isinstance(value, dict) and all(isinstance(item, dict) for item in value.values()))
KEYWORDS = {
    "$schema": STRING,
    "$comment": STRING,
    "$ref": STRING,
    "title": STRING,
    "description": STRING,
    "type": ("a type, or a list of types", lambda value: isinstance(value, str) or STRING_LIST[1](value)),
    "properties": SCHEMAS_BY_NAME,
    "required": STRING_LIST,
    "additionalProperties": ("false or a schema", lambda value: value is False or isinstance(value, dict)),
    "propertyNames": SCHEMA,
    "minProperties": NUMBER,
    "maxProperties": NUMBER,
    "items": SCHEMA,
    "minItems": NUMBER,
    "maxItems": NUMBER,
    "enum": STRING_LIST,
    "pattern": STRING,
    "minLength": NUMBER,
    "maxLength": NUMBER,
    "minimum": NUMBER,
    "maximum": NUMBER,
    "exclusiveMaximum": NUMBER,
    "not": ("a pattern", lambda value: isinstance(value, dict) and list(value) == ["pattern"]),
    "definitions": SCHEMAS_BY_NAME,
}


def load(path):
    return json.loads(path.read_text())


def load_schemas():
    """The schemas by operation. Their files are the ones that start with a capital letter, as operations do."""
    return {path.stem: load(path) for path in sorted((ROOT / "schemas").glob("[A-Z]*.json"))}


def debian_model():
    return botocore.loaders.Loader().load_service_model("customer-profiles", "service-2")


def newest_model_path():
    """The newest model on this machine, or None. Models are not part of the repository."""
    if "CONNECT_LINT_SERVICE_MODEL" in os.environ:
        return pathlib.Path(os.environ["CONNECT_LINT_SERVICE_MODEL"])
    return max(ROOT.glob("../shared/reference/customer-profiles-*.service-2.json"), default=None)


def needs_newest_model(test):
    return unittest.skipIf(newest_model_path() is None, "no newer model here: name one in CONNECT_LINT_SERVICE_MODEL")(test)


# --- facts of the schemas


def target(reference):
    return reference["$ref"].removeprefix("#/definitions/")


def facts_of_definition(definition):
    """One fact for each thing that a definition says. A keyword without a fact of its own is a fact as it stands."""
    name = definition["title"]
    for keyword, value in definition.items():
        if keyword in ("title", "description", "$schema", "$comment", "definitions"):
            continue
        elif keyword == "pattern" and name == "Timestamp":
            continue  # TimestampTest looks at it.
        elif keyword == "properties":
            yield from (f"{name}.{member} is of {target(reference)}" for member, reference in value.items())
        elif keyword == "required":
            yield from (f"{name}.{member} is required" for member in value)
        elif keyword == "enum":
            yield from (f"{name} may be {choice}" for choice in value)
        elif keyword == "items":
            yield f"{name} is a list of {target(value)}"
        elif keyword == "propertyNames":
            yield f"{name} has keys of {target(value)}"
        elif keyword == "additionalProperties" and value:
            yield f"{name} has values of {target(value)}"
        else:
            yield f"{name}: {keyword} {json.dumps(value)}"


def facts_of_schemas(schemas):
    facts = set()
    for operation, schema in schemas.items():
        for definition in [schema, *schema["definitions"].values()]:
            facts.update(f"{operation}: {fact}" for fact in facts_of_definition(definition))
    return facts


# --- facts of a model


class ModelFacts:
    """The facts of a model, with the corrections that we document."""

    def __init__(self, model):
        self.shapes = model["shapes"]
        self.operations = model["operations"]
        corrections = load(ROOT / "schemas" / "corrections.json")
        self.anchored = [shape for group in corrections["anchored"] for shape in group["shapes"]]
        self.look_aheads = corrections["look_aheads"]

    def of_operation(self, operation):
        facts = set()
        waiting, seen = [self.operations[operation]["input"]["shape"]], set()
        while waiting:
            shape_name = waiting.pop()
            if shape_name not in seen:
                seen.add(shape_name)
                facts.update(f"{operation}: {fact}" for fact in self.of_shape(shape_name))
                waiting += self.shapes_below(shape_name)
        return facts

    def shapes_below(self, shape_name):
        shape = self.shapes[shape_name]
        uses = [*shape.get("members", {}).values(), *(shape[part] for part in ("member", "key", "value") if part in shape)]
        return [use["shape"] for use in uses]

    def title(self, use):
        return "Timestamp" if self.shapes[use["shape"]]["type"] == "timestamp" else use["shape"]

    def of_shape(self, name):
        shape = self.shapes[name]
        yield from getattr(self, f"of_{shape['type']}")(name, shape)
        yield from (f"{name} may be {choice}" for choice in shape.get("enum", ()))
        if "pattern" in shape:
            yield from self.of_pattern(name, shape["pattern"])

    def of_structure(self, name, shape):
        yield f'{name}: type "object"'
        yield f"{name}: additionalProperties false"
        yield from (f"{name}.{member} is of {self.title(use)}" for member, use in shape["members"].items())
        yield from (f"{name}.{member} is required" for member in shape.get("required", ()))

    def of_map(self, name, shape):
        yield f'{name}: type "object"'
        yield f"{name} has keys of {self.title(shape['key'])}"
        yield f"{name} has values of {self.title(shape['value'])}"
        yield from self.of_limits(name, shape, "minProperties", "maxProperties")

    def of_list(self, name, shape):
        yield f'{name}: type "array"'
        yield f"{name} is a list of {self.title(shape['member'])}"
        yield from self.of_limits(name, shape, "minItems", "maxItems")

    def of_string(self, name, shape):
        yield f'{name}: type "string"'
        yield from self.of_limits(name, shape, "minLength", "maxLength")

    def of_integer(self, name, shape):
        yield f'{name}: type "integer"'
        yield from self.of_limits(name, shape, "minimum", "maximum")

    of_long = of_integer

    def of_boolean(self, name, _):
        yield f'{name}: type "boolean"'

    def of_timestamp(self, _, __):
        yield 'Timestamp: type ["number", "string"]'
        yield "Timestamp: exclusiveMaximum 100000000000"

    def of_limits(self, name, shape, minimum, maximum):
        if "min" in shape:
            yield f"{name}: {minimum} {shape['min']}"
        if "max" in shape:
            yield f"{name}: {maximum} {shape['max']}"

    def of_pattern(self, name, pattern):
        if name in self.look_aheads:
            forbidden, rest = re.fullmatch(r"\^\(\?!(.*?)\)(.*)", pattern).groups()
            yield f"{name}: pattern {json.dumps('^' + rest)}"
            yield f"{name}: not {json.dumps({'pattern': '^' + forbidden})}"
        else:
            yield f"{name}: pattern {json.dumps('^' + pattern + '$' if name in self.anchored else pattern)}"


# --- facts of operations.json


def facts_of_operation_table(table):
    for row in table["operations"]:
        name = row["name"]
        yield f"{name} is the command {row['command']}"
        yield f"{name} is sent as {row['method']} {row['uri']}"
        for member in row["members"]:
            yield f"{name} has {member['name']} in the {member['location']}"
            if member["required"]:
                yield f"{name} needs {member['name']}"
        yield from (f"{name} answers with {member}" for member in row["response"])


def facts_of_model_operations(model, names):
    for name in names:
        operation = model["operations"][name]
        request = model["shapes"][operation["input"]["shape"]]
        yield f"{name} is the command {botocore.xform_name(name, '-')}"
        yield f"{name} is sent as {operation['http']['method']} {operation['http']['requestUri']}"
        yield from (f"{name} has {member} in the {use.get('location', 'body')}" for member, use in request["members"].items())
        yield from (f"{name} needs {member}" for member in request.get("required", ()))
        yield from (f"{name} answers with {member}" for member in model["shapes"][operation["output"]["shape"]]["members"])


# --- the comparison


def differences(schemas, table, model):
    """What is said on one side only: "schema: ..." or "model: ..."."""
    ours = facts_of_schemas(schemas) | set(facts_of_operation_table(table))
    theirs = set(facts_of_model_operations(model, schemas)).union(*(ModelFacts(model).of_operation(name) for name in schemas))
    return {f"schema: {fact}" for fact in ours - theirs} | {f"model: {fact}" for fact in theirs - ours}


def service_operations(table):
    return {row["name"] for row in table["operations"] + table["others"]}


class ModelTest(unittest.TestCase):
    def setUp(self):
        self.schemas = load_schemas()
        self.table = load(ROOT / "schemas" / "operations.json")

    def test_debians_model_differs_where_we_know_it(self):
        known = [difference for group in load(HERE / "known_differences.json") for difference in group["differences"]]
        self.assertEqual(sorted(known), sorted(differences(self.schemas, self.table, debian_model())))

    def test_debians_operations_still_exist(self):
        self.assertLessEqual(set(debian_model()["operations"]), service_operations(self.table))

    def test_every_operation_has_its_schema(self):
        self.assertEqual(sorted(row["name"] for row in self.table["operations"]), sorted(self.schemas))

    @needs_newest_model
    def test_the_newest_model_does_not_differ(self):
        model = load(newest_model_path())
        self.assertEqual([], sorted(differences(self.schemas, self.table, model)))
        self.assertEqual(set(model["operations"]), service_operations(self.table))
        for row in self.table["others"]:
            request = model["shapes"][model["operations"][row["name"]]["input"]["shape"]]
            self.assertEqual(set(request["members"]), set(row["members"]), row["name"])
            self.assertEqual(set(request.get("required", [])), set(row["required"]), row["name"])
        self.assertEqual(model["metadata"]["apiVersion"], self.table["model"])

    def test_a_changed_schema_is_noticed(self):
        model = debian_model()
        before = differences(self.schemas, self.table, model)
        for words, change in MUTATIONS.items():
            with self.subTest(words):
                at = types.SimpleNamespace(schemas=copy.deepcopy(self.schemas), table=copy.deepcopy(self.table))
                at.root = at.schemas["PutIntegration"]
                at.shapes = at.root["definitions"]
                change(at)
                self.assertNotEqual(before, differences(at.schemas, at.table, model))


MUTATIONS = {
    "a member is missing": lambda at: at.root["properties"].pop("Uri"),
    "a member too many": lambda at: at.root["properties"].update(Extra={"$ref": "#/definitions/name"}),
    "a member of another shape": lambda at: at.root["properties"].update(Uri={"$ref": "#/definitions/name"}),
    "a required member is optional": lambda at: at.shapes["Task"]["required"].remove("TaskType"),
    "an optional member is required": lambda at: at.root["required"].append("Uri"),
    "unknown members are allowed": lambda at: at.shapes["Task"].pop("additionalProperties"),
    "an enum value is missing": lambda at: at.shapes["TaskType"]["enum"].remove("Map"),
    "an enum value too many": lambda at: at.shapes["TaskType"]["enum"].append("Map_all"),
    "a limit is off by one": lambda at: at.shapes["KmsArn"].update(minLength=21),
    "a limit is missing": lambda at: at.shapes["ScheduleOffset"].pop("maximum"),
    "a limit too many": lambda at: at.shapes["Tasks"].update(minItems=1),
    "a limit in the wrong keyword": lambda at: at.shapes["TagMap"].update(maxItems=at.shapes["TagMap"].pop("maxProperties")),
    "a limit of the wrong type": lambda at: at.shapes["KmsArn"].update(minLength="20"),
    "another type": lambda at: at.shapes["ScheduleOffset"].update(type="number"),
    "a pattern is not anchored": lambda at: at.shapes["FlowName"].update(pattern="[a-zA-Z0-9][\\w!@#.-]+"),
    "a pattern is anchored": lambda at: at.shapes["Property"].update(pattern="^.+$"),
    "a pattern is missing": lambda at: at.shapes["typeName"].pop("pattern"),
    "the look-ahead is missing": lambda at: at.shapes["TagKey"].pop("not"),
    "another key": lambda at: at.shapes["TagMap"].update(propertyNames={"$ref": "#/definitions/TagValue"}),
    "another value": lambda at: at.shapes["TagMap"].update(additionalProperties={"$ref": "#/definitions/TagKey"}),
    "other items": lambda at: at.shapes["Tasks"].update(items={"$ref": "#/definitions/TaskType"}),
    "milliseconds are allowed": lambda at: at.shapes["Timestamp"].pop("exclusiveMaximum"),
    "a definition too many": lambda at: at.shapes.update(Extra={"title": "Extra", "type": "string"}),
    "an unknown keyword": lambda at: at.shapes["Tasks"].update(uniqueItems=True),
    "another operation's schema": lambda at: at.schemas.update(GetWorkflow=at.schemas["DeleteWorkflow"]),
    "another method": lambda at: at.table["operations"][0].update(method="PUT"),
    "another place": lambda at: at.table["operations"][0]["members"][0].update(location="body"),
    "an answer is missing": lambda at: at.table["operations"][0]["response"].pop(),
}


# --- the form of the schemas


def subschemas(schema):
    """A schema and every schema inside it."""
    yield schema
    for keyword in ("properties", "definitions"):
        for inner in schema.get(keyword, {}).values():
            yield from subschemas(inner)
    for keyword in ("items", "propertyNames", "additionalProperties", "not"):
        if isinstance(schema.get(keyword), dict):
            yield from subschemas(schema[keyword])


def references(schema):
    return {target(inner) for inner in subschemas(schema) if "$ref" in inner}


class FormTest(unittest.TestCase):
    def setUp(self):
        self.schemas = load_schemas()

    def each_definition(self):
        for operation, schema in self.schemas.items():
            for name, definition in schema["definitions"].items():
                yield f"{operation}: {name}", name, definition

    def test_keywords(self):
        for operation, schema in self.schemas.items():
            for inner in subschemas(schema):
                for keyword, value in inner.items():
                    self.assertIn(keyword, KEYWORDS, operation)
                    form, fits = KEYWORDS[keyword]
                    self.assertTrue(fits(value), f"{operation}: {keyword} is not {form}: {value}")

    def test_only_the_root_has_definitions(self):
        for operation, schema in self.schemas.items():
            inner = [inner for inner in subschemas(schema) if inner is not schema]
            for keyword in ("$schema", "$comment", "definitions"):
                self.assertIn(keyword, schema, operation)
                self.assertFalse(any(keyword in one for one in inner), operation)

    def test_references_resolve_and_stand_alone(self):
        for operation, schema in self.schemas.items():
            for inner in subschemas(schema):
                if "$ref" in inner:
                    self.assertEqual(["$ref"], list(inner), operation)
                    self.assertTrue(inner["$ref"].startswith("#/definitions/"), operation)
                    self.assertIn(target(inner), schema["definitions"], operation)

    def test_every_definition_is_reached(self):
        for operation, schema in self.schemas.items():
            root = {keyword: value for keyword, value in schema.items() if keyword != "definitions"}
            reached, waiting = set(), references(root)
            while waiting:
                reached |= waiting
                waiting = set().union(*(references(schema["definitions"][name]) for name in waiting)) - reached
            self.assertEqual(set(schema["definitions"]), reached, operation)

    def test_titles(self):
        for operation, schema in self.schemas.items():
            self.assertEqual(f"{operation}Request", schema["title"])
        for place, name, definition in self.each_definition():
            self.assertEqual(name, definition["title"], place)

    def test_one_name_one_meaning(self):
        first = {}
        for place, name, definition in self.each_definition():
            self.assertEqual(first.setdefault(name, definition), definition, place)

    def test_structures_are_described(self):
        for operation, schema in self.schemas.items():
            self.assertIn("description", schema, operation)
        for place, _, definition in self.each_definition():
            if definition["type"] == "object":
                self.assertIn("description", definition, place)

    def test_patterns_are_plain(self):
        for operation, schema in self.schemas.items():
            for inner in subschemas(schema):
                pattern = inner.get("pattern", "")
                re.compile(pattern)
                self.assertTrue(pattern.isascii(), operation)
                self.assertNotRegex(pattern, r"\(\?[^:]|\\[dpPbBuxk0-9]", operation)


# --- ci/schemas


@needs_newest_model
class GeneratorTest(unittest.TestCase):
    def run_generator(self, model, *options):
        """Runs ci/schemas on a model; returns exit status and output."""
        with tempfile.TemporaryDirectory() as directory:
            path = pathlib.Path(directory) / "model.json"
            path.write_text(json.dumps(model))
            command = [sys.executable, ROOT / "ci" / "schemas", path, *options]
            done = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False)
            return done.returncode, done.stdout

    def setUp(self):
        self.model = load(newest_model_path())
        self.shapes = self.model["shapes"]

    def assert_refuses(self, words):
        status, output = self.run_generator(self.model, "--check")
        self.assertEqual((1, True), (status, words in output), output)

    def test_the_schemas_are_up_to_date(self):
        self.assertEqual((0, ""), self.run_generator(self.model, "--check"))

    def test_check_names_what_differs(self):
        self.shapes["Property"]["max"] = 4096
        status, output = self.run_generator(self.model, "--check")
        self.assertEqual((1, ["CreateIntegrationWorkflow.json", "PutIntegration.json"]), (status, re.findall(r"^\S+", output, re.MULTILINE)))

    def test_output_goes_where_it_is_told(self):
        with tempfile.TemporaryDirectory() as directory:
            self.assertEqual((0, ""), self.run_generator(self.model, "--output", directory))
            made = {path.name: path.read_text() for path in pathlib.Path(directory).iterdir()}
        self.assertEqual({f"{name}.json" for name in [*load_schemas(), "operations"]}, set(made))
        self.assertEqual(made, {name: (ROOT / "schemas" / name).read_text() for name in made})

    def test_an_unanchored_pattern_needs_a_decision(self):
        self.shapes["TagValue"]["pattern"] = "[a-z]+"
        self.assert_refuses("the pattern of `TagValue` is not anchored")

    def test_a_look_ahead_needs_a_decision(self):
        self.shapes["TagValue"]["pattern"] = "^(?!x)[a-z]+$"
        self.assert_refuses("the pattern of `TagValue` looks around")

    def test_a_changed_look_ahead_needs_a_decision(self):
        self.shapes["TagKey"]["pattern"] = "^(?!aws:)[a-z]+$"
        self.assert_refuses("look_aheads knows another pattern of `TagKey`")

    def test_a_correction_without_its_shape_is_refused(self):
        self.shapes["FlowName"]["pattern"] = "^[a-z]+$"
        self.assert_refuses("corrections.json lists shapes that no request needs it for: FlowName")

    def test_a_description_without_its_shape_is_refused(self):
        del self.shapes["PutIntegrationRequest"]["members"]["Scope"]
        self.assert_refuses("descriptions.json lists shapes that no request needs it for: Scope")

    def test_a_missing_operation_is_refused(self):
        del self.model["operations"]["GetWorkflow"]
        self.assert_refuses("descriptions.json lists operations that the model does not have: GetWorkflow")

    def test_an_unknown_type_is_refused(self):
        self.shapes["TagValue"]["type"] = "blob"
        self.assert_refuses("`TagValue` is a blob")


# --- timestamps


class TimestampTest(unittest.TestCase):
    """timestamps.json: which texts the pattern takes, and what the clients read in them, whatever the machine's time zone."""

    def setUp(self):
        self.rows = load(HERE / "timestamps.json")
        self.pattern = re.compile(load_schemas()["ListWorkflows"]["definitions"]["Timestamp"]["pattern"].removesuffix("$") + r"\Z", re.ASCII)

    def test_the_pattern(self):
        for row in self.rows:
            with self.subTest(row["text"]):
                self.assertEqual(row["matches"], bool(self.pattern.search(row["text"])))

    def test_the_client_agrees_with_what_the_pattern_takes(self):
        for zone in ("UTC", "America/New_York", "Asia/Tokyo"):
            self.use_time_zone(zone)
            for row in self.rows:
                if row["matches"]:
                    with self.subTest(row["text"], zone=zone):
                        self.assertEqual(row["seconds"], self.client_reads(row["text"]))

    def client_reads(self, text):
        """The seconds that the client sends for a text, or None where it refuses."""
        try:
            moment = botocore.utils.parse_to_aware_datetime(text)
            return int(calendar.timegm(moment.utctimetuple()))
        except (ValueError, OverflowError):
            return None

    def use_time_zone(self, zone):
        before = os.environ.get("TZ")
        os.environ["TZ"] = zone
        time.tzset()
        self.addCleanup(self.restore_time_zone, before)

    def restore_time_zone(self, zone):
        os.environ.pop("TZ")
        if zone is not None:
            os.environ["TZ"] = zone
        time.tzset()


if __name__ == "__main__":
    unittest.main()
