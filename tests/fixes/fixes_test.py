#!/usr/bin/python3
"""What --fix, --unsafe-fixes and --diff make of files.

    CONNECT_LINT=build/release/connect-lint SCRATCH=scratch tests/fixes/fixes_test.py [--write] [TEST...]

`rules.diff` beside this script shows the fix of every rule that has one, on its own example in a whole request, in JSON and in YAML. --write makes it anew.
"""

import collections
import io
import json
import os
import pathlib
import re
import subprocess
import sys
import unittest

from ruamel.yaml import YAML

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parents[1]
PROGRAM = pathlib.Path(os.environ["CONNECT_LINT"]).resolve()
SCRATCH = pathlib.Path(os.environ["SCRATCH"]).resolve()
GOLDEN = HERE / "rules.diff"

SCHEDULED = "FlowDefinition/TriggerConfig/TriggerProperties/Scheduled"
# Where the example of a shape stands in a request.
PLACES = {
    "BucketName": "FlowDefinition/SourceFlowConfig/SourceConnectorProperties/S3/BucketName",
    "BucketPrefix": "FlowDefinition/SourceFlowConfig/SourceConnectorProperties/S3/BucketPrefix",
    "FlowDefinition": "FlowDefinition",
    "IncrementalPullConfig": "FlowDefinition/SourceFlowConfig/IncrementalPullConfig",
    "SalesforceSourceProperties": "FlowDefinition/SourceFlowConfig/SourceConnectorProperties/Salesforce",
    "ScheduleExpression": f"{SCHEDULED}/ScheduleExpression",
    "ScheduledTriggerProperties": SCHEDULED,
    "SourceFlowConfig": "FlowDefinition/SourceFlowConfig",
    "Task": "FlowDefinition/Tasks/1",
    "TaskPropertiesMap": "FlowDefinition/Tasks/1/TaskProperties",
    "Timestamp": f"{SCHEDULED}/ScheduleStartTime",
    "Timezone": f"{SCHEDULED}/Timezone",
    "TriggerConfig": "FlowDefinition/TriggerConfig",
}
TEMPLATE_TIMES = ("ScheduleStartTime", "ScheduleEndTime", "FirstExecutionFrom")


def run(*arguments, **more):
    return subprocess.run([PROGRAM, "check", "--no-config", *arguments], capture_output=True, stdin=subprocess.DEVNULL, check=False, cwd=SCRATCH, **more)


def diagnostics(name, *options):
    return json.loads(run("--format", "json", *options, name).stdout)["files"][0]["diagnostics"]


def findings(name, *options):
    return [found["id"] for found in diagnostics(name, *options)]


def put(document, place, value):
    *steps, last = place.split("/")
    for step in steps:
        document = document[int(step)] if isinstance(document, list) else document.setdefault(step, {})
    document[int(last) if isinstance(document, list) else last] = value


def request_with(rule, example):
    """The operation, the options and a request with an example that fails."""
    options = []
    value = example["fails"]
    if "now" in example:
        options.append(f"--now={example['now']}")
    shapes = rule["on"] if isinstance(rule["on"], list) else [rule["on"]]
    shape = next((shape for shape in shapes if shape in PLACES), shapes[-1])
    if shape.endswith("Request"):
        return shape.removesuffix("Request"), options, value
    request = json.loads((ROOT / "tests/samples/put-integration-salesforce.json").read_text())
    if shape.startswith("Bucket"):
        request["FlowDefinition"]["SourceFlowConfig"] = {"ConnectorType": "S3", "SourceConnectorProperties": {"S3": {"BucketName": "exports"}}}
    if shape == "Timestamp":  # A time without an offset counts in the zone, if there is one.
        del request["FlowDefinition"]["TriggerConfig"]["TriggerProperties"]["Scheduled"]["Timezone"]
    if shape == "TriggerConfig":  # Incremental pulls want a schedule.
        del request["FlowDefinition"]["SourceFlowConfig"]["IncrementalPullConfig"]
    # Examples may leave out what they are not about.
    put(request, PLACES[shape], {**request["FlowDefinition"], **value} if shape == "FlowDefinition" else value)
    source = request["FlowDefinition"]["SourceFlowConfig"]
    source.setdefault("SourceConnectorProperties", {source["ConnectorType"]: {"Object": "leads"}})
    return "PutIntegration", options, request


def as_template(request):
    flow = request["FlowDefinition"]
    for task in flow["Tasks"]:
        if "TaskProperties" in task:
            task["TaskProperties"] = [{"OperatorPropertyKey": key, "Property": value} for key, value in task["TaskProperties"].items()]
    scheduled = flow["TriggerConfig"]["TriggerProperties"]["Scheduled"]
    for time in TEMPLATE_TIMES:
        scheduled.pop(time, None)
    return {"Resources": {"Integration": {"Type": "AWS::CustomerProfiles::Integration", "Properties": request}}}


def yaml_text(document):
    yaml = YAML()
    yaml.width = 1000
    stream = io.StringIO()
    yaml.dump(document, stream)
    return stream.getvalue()


def load(file):
    """As the program reads YAML: a time is a text."""
    yaml = YAML(typ="safe", pure=True)
    yaml.constructor.add_constructor("tag:yaml.org,2002:timestamp", lambda constructor, node: node.value)
    return yaml.load(file)


def rules_with_fix():
    for file in sorted((ROOT / "rules").glob("*/*.yaml")):
        rule = load(file)
        if "fix" in rule:
            yield f"{file.parent.name}/{file.stem}", rule


def diff_of_rule(id_, rule, form):
    """The diff of its first example that has a fix, and what was checked on the way."""
    for example in rule["examples"]:
        if "fails" in example and (diff := diff_of_example(id_, rule, example, form)):
            return diff
    assert form == "yaml", id_
    return f"{id_}: no fix in YAML\n"


def diff_of_example(id_, rule, example, form):
    operation, options, request = request_with(rule, example)
    if rule.get("dialects") == "cloudformation":
        request = as_template(request)
    else:
        options += ["--operation", operation]
    options.append("--show=info")
    name = f"{id_.replace('/', '-')}.{form}"
    text = json.dumps(request, indent=2) + "\n" if form == "json" else yaml_text(request)
    file = SCRATCH / name
    file.write_text(text)
    before = findings(name, *options)
    assert id_ in before, (id_, before)
    if not any("fix" in found for found in diagnostics(name, *options) if found["id"] == id_):
        return ""
    diff = run("--diff", "--unsafe-fixes", *options, name)
    assert file.read_text() == text and diff.returncode == 1, diff
    # Only what the rule is about is shown: other fixes of the same file have their own examples.
    fixed = run("--unsafe-fixes", *options, name)
    after = findings(name, *options)
    infos = {found["id"] for found in diagnostics(name, *options) if found["severity"] == "info"}
    assert set(collections.Counter(after) - collections.Counter(before)) <= infos, (id_, before, after)
    if form == "yaml" and after.count(id_) == before.count(id_):
        return ""  # What another fix left is the only member: YAML has no edit for that.
    assert after.count(id_) < before.count(id_), (id_, after, fixed)
    again = run("--diff", "--unsafe-fixes", *options, name)
    assert again.stdout == b"", again
    load(file)
    # What was shown is what was written.
    file.write_text(text)
    patched = subprocess.run(["git", "apply", "--unsafe-paths", "-p1", "-"], input=diff.stdout, capture_output=True, cwd=SCRATCH, check=False,
                             env={**os.environ, "GIT_CEILING_DIRECTORIES": str(SCRATCH.parent), "GIT_DIR": "/nonexistent"})
    assert patched.returncode == 0, patched
    assert findings(name, *options) == after
    return diff.stdout.decode()


def golden():
    text = ""
    for id_, rule in rules_with_fix():
        for form in ("json", "yaml"):
            text += diff_of_rule(id_, rule, form)
    return text


class FixesTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        SCRATCH.mkdir(parents=True, exist_ok=True)

    def fix(self, text, *options, name="put-integration.json"):
        """The bytes that a file with these holds afterwards, and what was printed."""
        file = SCRATCH / name
        file.write_bytes(text)
        done = run(*options, name)
        return file.read_bytes(), done

    def test_every_rule_with_a_fix(self):
        self.maxDiff = None
        self.assertEqual(GOLDEN.read_text(), golden())

    def test_the_rest_of_the_file_stays_as_it_is(self):
        rows = {
            "line ends": (b'{\r\n  "DomaiName": "sales",\r\n  "ObjectTypeName": "Account",\r\n  "Uri": "arn:aws:s3:::b"\r\n}', b'{\r\n  "DomainName": "sales",\r\n  "ObjectTypeName": "Account",\r\n  "Uri": "arn:aws:s3:::b"\r\n}'),
            "one line": (b'{"DomaiName":"sales","ObjectTypeName":"Account","Uri":"arn:aws:s3:::b"}', b'{"DomainName":"sales","ObjectTypeName":"Account","Uri":"arn:aws:s3:::b"}'),
            "no line end": (b'{\n\t"ObjectTypeName" :"Account" , "DomaiName"   : "sales","Uri":"arn:aws:s3:::b"}  ', b'{\n\t"ObjectTypeName" :"Account" , "DomainName"   : "sales","Uri":"arn:aws:s3:::b"}  '),
            "other letters": ('{"Tags": {"é😀": "ü"}, "DomaiName": "sales", "ObjectTypeName": "Account", "Uri": "arn:aws:s3:::b"}'.encode(), '{"Tags": {"é😀": "ü"}, "DomainName": "sales", "ObjectTypeName": "Account", "Uri": "arn:aws:s3:::b"}'.encode()),
        }
        for what, (before, after) in rows.items():
            with self.subTest(what):
                fixed, done = self.fix(before, "--unsafe-fixes", "--operation=PutIntegration")
                self.assertEqual(after, fixed, done)

    def test_comments_and_styles_of_yaml_stay(self):
        before = b"# mine\r\nDomaiName: sales   # here\r\n'ObjectTypeName': \"Account\"\r\nUri: >-\r\n  arn:aws:s3:::b\r\n\r\n# end\r\n"
        fixed, done = self.fix(before, "--unsafe-fixes", name="put-integration.yaml")
        self.assertEqual(before.replace(b"DomaiName", b"DomainName"), fixed, done)

    def test_a_byte_order_mark_of_yaml_stays(self):
        before = "\ufeffDomaiName: sales\nObjectTypeName: Account\nUri: arn:aws:s3:::b\n".encode()
        fixed, done = self.fix(before, "--unsafe-fixes", name="put-integration.yaml")
        self.assertEqual(before.replace(b"DomaiName", b"DomainName"), fixed, done)

    def test_fixes_that_overlap_come_in_rounds(self):
        # Members that stand beside each other and go: each removal wants a comma that another one takes.
        request = json.loads((HERE.parent / "compare" / "passes-put-integration.json").read_text())
        right = json.dumps(request)
        operator = request["FlowDefinition"]["Tasks"][0]["ConnectorOperator"]
        (connector, value), = operator.items()
        for extra in (("Marketo", "Zendesk", "S3"), ("Marketo", "Zendesk")):
            for first in (True, False):
                members = {name: "NO_OP" for name in extra}
                request["FlowDefinition"]["Tasks"][0]["ConnectorOperator"] = {connector: value, **members} if first else {**members, connector: value}
                with self.subTest(extra=extra, first=first):
                    fixed, done = self.fix(json.dumps(request).encode(), "--unsafe-fixes", name="put-integration.json")
                    self.assertEqual(right, fixed.decode(), done)

    def test_safe_ones_only_unless_told(self):
        text = b'{"DomaiName": "sales", "domainName": "sales", "ObjectTypeName": "Account", "Uri": "arn:aws:s3:::b",}'
        fixed, done = self.fix(text, "--fix", "--operation=PutIntegration")
        self.assertEqual(1, done.returncode)
        self.assertIn(b'"DomaiName"', fixed)
        self.assertNotIn(b",}", fixed)
        self.assertIn(b"connect-lint: fixed 1 finding in 1 file\n", done.stderr)

    def test_nothing_to_fix_writes_nothing(self):
        file = SCRATCH / "put-integration.json"
        file.write_text('{"DomainName": "sales", "ObjectTypeName": "Account", "Uri": "arn:aws:s3:::b"}')
        before = file.stat()
        done = run("--fix", "--unsafe-fixes", file.name)
        self.assertEqual((0, b"", b""), (done.returncode, done.stdout, done.stderr))
        self.assertEqual((before.st_ino, before.st_mtime_ns), (file.stat().st_ino, file.stat().st_mtime_ns))

    def test_mode_and_link_stay(self):
        target, link = SCRATCH / "target.json", SCRATCH / "link-put-integration.json"
        target.write_text('{"DomainName": "sales", "ObjectTypeName": "Account", "Uri": "arn:aws:s3:::b",}')
        target.chmod(0o640)
        link.unlink(missing_ok=True)
        link.symlink_to(target.name)
        self.assertEqual(0, run("--fix", link.name).returncode)
        self.assertTrue(link.is_symlink())
        self.assertEqual(0o640, target.stat().st_mode & 0o777)
        self.assertNotIn(",}", target.read_text())

    def test_many_in_one_file(self):
        tags = ", ".join(f'"t{number}": {number}' for number in range(300))
        text = f'{{"DomainName": "sales", "ObjectTypeName": "Account", "Uri": "arn:aws:s3:::b", "Tags": {{{tags},}}}}'.encode()
        fixed, done = self.fix(text, "--unsafe-fixes")
        self.assertEqual({f"t{number}": str(number) for number in range(300)}, json.loads(fixed)["Tags"], done)

    def test_diff_of_standard_input(self):
        done = subprocess.run([PROGRAM, "check", "--no-config", "--diff", "--operation=PutIntegration", "--stdin-filename=a.json", "-"], capture_output=True,
                              input=b'{"DomainName": "sales", "ObjectTypeName": "Account", "Uri": "arn:aws:s3:::b",}\n', check=False)
        self.assertEqual(1, done.returncode)
        self.assertEqual(b'--- a/a.json\n+++ b/a.json\n@@ -1 +1 @@\n-{"DomainName": "sales", "ObjectTypeName": "Account", "Uri": "arn:aws:s3:::b",}\n'
                         b'+{"DomainName": "sales", "ObjectTypeName": "Account", "Uri": "arn:aws:s3:::b"}\n', done.stdout)

    def test_what_cannot_be_fixed(self):
        for arguments, words in ((["--fix", "-"], b"standard input cannot be fixed"), (["--fix", "--stream"], b"streams cannot be fixed"),
                                 (["--diff", "--format=json", "x.json"], b"--diff goes to standard output"),
                                 (["--fix", "--write-baseline=known.json", "x.json"], b"--write-baseline is for what is found")):
            with self.subTest(arguments):
                done = run(*arguments)
                self.assertEqual((2, b""), (done.returncode, done.stdout))
                self.assertIn(words, done.stderr)


if __name__ == "__main__":
    if "--write" in sys.argv:
        SCRATCH.mkdir(parents=True, exist_ok=True)
        GOLDEN.write_text(golden())
    else:
        unittest.main()
