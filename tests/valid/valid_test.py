#!/usr/bin/python3
"""Nothing is said about a correct request.

    passes-<operation>-<what>.json    a request as careful teams write them; the operation as the AWS CLI spells it

    CONNECT_LINT=build/release/connect-lint SCRATCH=build/scratch tests/valid/valid_test.py

No file has an error or a warning, and each is taken for the operation that its name says (tests/samples, too). That the files are correct
is not our own opinion only: botocore's validator takes them with the newest service model (see tests/schemas/model_test.py), the schemas
take them in python3-jsonschema, and together they use every member and every enumerated value that there is.
"""

import json
import os
import pathlib
import re
import shutil
import subprocess
import sys
import unittest

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parents[1]
sys.path.insert(0, str(ROOT / "tests/schemas"))

import botocore.model  # noqa: E402
import botocore.validate  # noqa: E402

import jsonschema_test  # noqa: E402  Its patterns are ECMAScript's.
import model_test  # noqa: E402

SAMPLES = ROOT / "tests/samples"

# What no file here uses, and why.
UNUSED = {
    "NextToken": "a token is good for one listing, so it does not stand in a file",
    "SUBFIELD_CATEGORY_MAP": "nothing says which task reads it",
}


def load(path):
    return json.loads(path.read_bytes())


def operations():
    return load(ROOT / "schemas/operations.json")["operations"]


def files():
    """The valid requests, sorted."""
    return sorted(HERE.glob("*.json"))


def operation_of(path):
    """The operation that a file's name carries."""
    name = path.name.removeprefix("passes-")
    row = max((row for row in operations() if re.match(rf"{row['command']}(?![a-z])", name)), key=lambda row: len(row["command"]))
    return row["name"]


def check(*arguments):
    """Runs the program; its report."""
    done = subprocess.run([os.environ["CONNECT_LINT"], "check", "--show", "warning", "--format", "json", *map(str, arguments)],
                          capture_output=True, check=False)
    if done.returncode not in (0, 1):
        sys.exit(f"the program ended with {done.returncode}: {done.stderr.decode()}")
    return json.loads(done.stdout)


def findings(report):
    """A line for each finding of a report."""
    return [
        f"{pathlib.Path(file['file']).name}: {found['severity']}: {found['id']} at {found['pointer'] or 'the whole'}: {found['message']}"
        for file in report["files"]
        for found in file["diagnostics"]
    ]


def botocore_complaint(service, operation, request):
    """What the client says before it sends a request; None when it would send it."""
    shape = service.operation_model(operation).input_shape
    report = botocore.validate.ParamValidator().validate(request, shape)
    return report.generate_report() if report.has_errors() else None


def used(root, value, schema, seen):
    """Collects the members and enumerated values that a request uses: "Task.TaskType", "TaskType=Map"."""
    schema = root["definitions"][schema["$ref"].removeprefix("#/definitions/")] if "$ref" in schema else schema
    name = schema["title"]
    if isinstance(value, dict):
        for key, inner in value.items():
            if "properties" in schema:
                seen.add(f"{name}.{key}")
                used(root, inner, schema["properties"][key], seen)
            else:
                used(root, key, schema["propertyNames"], seen)
                used(root, inner, schema["additionalProperties"], seen)
    elif isinstance(value, list):
        for inner in value:
            used(root, inner, schema["items"], seen)
    elif "enum" in schema:
        seen.add(f"{name}={value}")


def usable(schema):
    """All that `used` may collect."""
    for definition in [schema, *schema["definitions"].values()]:
        yield from (f"{definition['title']}.{member}" for member in definition.get("properties", ()))
        yield from (f"{definition['title']}={choice}" for choice in definition.get("enum", ()))


def texts(value, member):
    """The texts of all members of a name, wherever they are."""
    if isinstance(value, dict):
        for key, inner in value.items():
            if key == member and isinstance(inner, str):
                yield inner
            yield from texts(inner, member)
    elif isinstance(value, list):
        for inner in value:
            yield from texts(inner, member)


class ValidTest(unittest.TestCase):
    def test_nothing_is_said(self):
        report = check(*files())
        self.assertEqual("", "\n".join(findings(report)))
        self.assertEqual([], [file["file"] for file in report["files"] if file["status"] != "checked"])
        self.assertEqual(len(files()), report["summary"]["checked"])

    def test_files_are_taken_for_what_their_names_say(self):
        for paths, arguments in (
            ([*files(), *SAMPLES.glob("*.json"), *(SAMPLES / "envelope").glob("*.json")], []),
            (list((SAMPLES / "body").glob("*.json")), ["--dialect", "body"]),
        ):
            self.assertTrue(paths)
            for file in check(*arguments, *paths)["files"]:
                with self.subTest(file["file"]):
                    self.assertEqual([operation_of(pathlib.Path(file["file"]))], [request["operation"] for request in file["requests"]])

    def test_members_tell_the_large_operations_without_a_name(self):
        scratch = pathlib.Path(os.environ["SCRATCH"])
        shutil.rmtree(scratch, ignore_errors=True)
        scratch.mkdir(parents=True)
        wanted = {}
        for number, path in enumerate(files()):
            if operation_of(path) in ("PutIntegration", "CreateIntegrationWorkflow"):
                copy = scratch / f"request{number}.json"
                copy.write_bytes(path.read_bytes())
                wanted[str(copy)] = (operation_of(path), path.name)
        report = check(*wanted)
        self.assertEqual("", "\n".join(findings(report)))
        for file in report["files"]:
            operation, name = wanted[file["file"]]
            with self.subTest(name):
                self.assertEqual([(operation, "members")], [(request["operation"], request["recognised_by"]) for request in file["requests"]])


class CorrectnessTest(unittest.TestCase):
    """The files are correct."""

    @model_test.needs_newest_model
    def test_botocore_takes_them(self):
        service = botocore.model.ServiceModel(load(model_test.newest_model_path()), "customer-profiles")
        for path in files():
            with self.subTest(path.name):
                self.assertIsNone(botocore_complaint(service, operation_of(path), load(path)))

    def test_the_schemas_take_them(self):
        validators = {row["name"]: jsonschema_test.Validator(load(ROOT / f"schemas/{row['name']}.json")) for row in operations()}
        for path in files():
            with self.subTest(path.name):
                self.assertEqual([], [error.message for error in validators[operation_of(path)].iter_errors(load(path))])

    def test_they_use_all_there_is(self):
        for row in operations():
            schema = load(ROOT / f"schemas/{row['name']}.json")
            seen = set()
            for path in files():
                if operation_of(path) == row["name"]:
                    used(schema, load(path), schema, seen)
            missing = {what for what in set(usable(schema)) - seen if re.split("[.=]", what)[1] not in UNUSED}
            if row["name"] == "CreateIntegrationWorkflow":  # The same flows as in PutIntegration, and it is for three connectors.
                missing = {what for what in missing if re.match(r"(CreateIntegrationWorkflowRequest|IntegrationConfig|AppflowIntegration|Batch)\b", what)}
            self.assertEqual(set(), missing, row["name"])

    def test_they_are_many_and_of_many_kinds(self):
        everything = [load(path) for path in files()]
        self.assertGreaterEqual(len(everything), 45)
        schedules = {text for request in everything for text in texts(request, "ScheduleExpression")}
        self.assertEqual({"rate(5minutes)", "rate(15minutes)", "rate(1hours)", "rate(1days)"}, {text.lower() for text in schedules})
        self.assertGreaterEqual(len(schedules), 8)
        data = [path.read_bytes() for path in files()]
        for form in (b"\r\n", b"\n\t", b"\\u", rb"\/", b"\xf0\x9f"):
            self.assertTrue(any(form in one for one in data), form)
        self.assertTrue(any(b"\n" not in one for one in data))

    def test_a_flow_has_a_name_of_its_own(self):
        names = [name for path in files() for name in texts(load(path), "FlowName")]
        self.assertEqual(len(names), len(set(names)))


class CanFail(unittest.TestCase):
    """The checks above do complain."""

    def setUp(self):
        self.path = HERE / "passes-put-integration-salesforce-accounts.json"
        self.request = load(self.path)

    def test_findings(self):
        scratch = pathlib.Path(os.environ["SCRATCH"])
        scratch.mkdir(parents=True, exist_ok=True)
        path = scratch / "put-integration-wrong.json"
        path.write_text(json.dumps({**self.request, "Scope": "EVERYTHING"}))
        complaints = findings(check(path))
        self.assertEqual(1, len(complaints))
        self.assertTrue(complaints[0].startswith("put-integration-wrong.json: error: schema/enum at /Scope: "), complaints)

    def test_operation_of(self):
        for name, operation in (("passes-get-workflow-steps-one.json", "GetWorkflowSteps"), ("passes-get-workflow.json", "GetWorkflow"),
                                ("list-integrations-page.json", "ListIntegrations"), ("put-integration.json", "PutIntegration")):
            self.assertEqual(operation, operation_of(pathlib.Path(name)))

    @model_test.needs_newest_model
    def test_botocore(self):
        service = botocore.model.ServiceModel(load(model_test.newest_model_path()), "customer-profiles")
        self.assertIn("Scoop", botocore_complaint(service, "PutIntegration", {**self.request, "Scoop": "PROFILE"}))

    def test_used(self):
        schema = load(ROOT / "schemas/PutIntegration.json")
        seen = set()
        used(schema, {"DomainName": "a", "Scope": "DOMAIN", "Tags": {"a": "b"}}, schema, seen)
        self.assertEqual({"PutIntegrationRequest.DomainName", "PutIntegrationRequest.Scope", "PutIntegrationRequest.Tags", "Scope=DOMAIN"}, seen)
        self.assertLess(seen, set(usable(schema)))


if __name__ == "__main__":
    unittest.main()
