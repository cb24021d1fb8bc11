#!/usr/bin/python3
"""CloudFormation templates, as they are checked.

    passes-NAME.yaml, .json    a correct template with a resource of ours: nothing is printed, exit code 0
    skipped-NAME...            one without such a resource, or no template at all
    fails-NAME...              one with mistakes; beside it NAME.out, everything that is printed

    CONNECT_LINT=build/release/connect-lint SCRATCH=build/scratch tests/cloudformation/cloudformation_test.py [--write | --check] [TEST...]

--write makes the .out files anew (ci/golden does that), --check only lists those that differ. Places are looked up a second time, in what
ruamel (for JSON, too: it is YAML) makes of the template.
"""

import json
import os
import pathlib
import re
import subprocess
import sys
import time
import unittest

import jsonschema
import ruamel.yaml

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parents[1]
RESOURCE = "AWS::CustomerProfiles::Integration"
TEMPLATES = sorted(path for path in HERE.iterdir() if path.suffix in (".yaml", ".json"))


def program():
    path = os.environ.get("CONNECT_LINT")
    if not path:
        sys.exit("cloudformation_test.py: CONNECT_LINT has to name the program")
    return str(pathlib.Path(path).resolve())


PROGRAM = program()


def run(*arguments, text=None):
    environment = {name: value for name, value in os.environ.items() if name not in ("NO_COLOR", "TERM")}
    return subprocess.run([PROGRAM, *arguments], cwd=HERE, input=text, stdin=None if text is not None else subprocess.DEVNULL,
                          capture_output=True, env=environment, check=False, timeout=300)


def report(*arguments, text=None):
    return json.loads(run("check", "--format", "json", *arguments, text=text).stdout)


def check_text(text, *arguments, name="template.yaml"):
    """The report on a text."""
    return report("--stdin-filename", name, *arguments, "-", text=text.encode())["files"][0]


def found(file):
    return [(finding["id"], finding["pointer"]) for finding in file["diagnostics"]]


def template(properties, **others):
    return json.dumps({**others, "Resources": {"R": {"Type": RESOURCE, "Properties": properties}}})


def flow(**changes):
    """Properties without a mistake."""
    definition = {
        "FlowName": "accounts",
        "KmsArn": {"Ref": "Key"},
        "SourceFlowConfig": {"ConnectorType": "Salesforce", "ConnectorProfileName": "sales", "SourceConnectorProperties": {"Salesforce": {"Object": "Account"}}},
        "TriggerConfig": {"TriggerType": "OnDemand"},
        "Tasks": [
            {"TaskType": "Filter", "SourceFields": ["Id"], "ConnectorOperator": {"Salesforce": "PROJECTION"}},
            {"TaskType": "Map", "SourceFields": ["Id"], "DestinationField": "Id", "ConnectorOperator": {"Salesforce": "NO_OP"}},
        ],
    }
    definition.update(changes)
    return {"DomainName": "sales", "ObjectTypeName": "accounts", "FlowDefinition": definition}


def node_at(text, pointer):
    """(key node, value node) of ruamel's tree; no key in a list."""
    node, key = ruamel.yaml.YAML(typ="safe", pure=True).compose(text), None
    for step in pointer.split("/")[1:]:
        step = step.replace("~1", "/").replace("~0", "~")
        if isinstance(node, ruamel.yaml.SequenceNode):
            key, node = None, node.value[int(step)]
            continue
        members = dict((member.value, (member, value)) for member, value in node.value)
        merged = [pair for member, value in node.value if member.value == "<<" for pair in value.value]
        key, node = members[step] if step in members else next((k, v) for k, v in merged if k.value == step)
    return key, node


def misplaced(path, finding):
    """What is wrong with the place of a finding; nothing when it fits."""
    text = path.read_text()
    span = finding["span"]
    marked = text.encode()[span["begin"] : span["end"]].decode()
    key, value = node_at(text, finding["pointer"])
    node = key if finding["mark"] == "key" else value
    written = text[node.start_mark.index : node.end_mark.index].rstrip()
    # An alias, where what it stands for is written otherwise.
    if marked.startswith("*") and written.startswith(f"&{marked[1:]} "):
        return None
    # A tag is no part of the value.
    if written == marked or re.fullmatch(r"(&\S+ )?(!\S+\s+)?" + re.escape(marked), written):
        return None
    return f"{marked!r} is marked, but {finding['pointer']} is {written!r}"


class CloudFormationTest(unittest.TestCase):
    maxDiff = None

    def test_names(self):
        for path in TEMPLATES:
            self.assertRegex(path.name, r"^(passes|skipped|fails)-")
        self.assertGreaterEqual(sum(path.name.startswith("passes-") for path in TEMPLATES), 10)

    def test_output(self):
        for path in TEMPLATES:
            with self.subTest(path.name):
                done = run("check", path.name)
                out = path.with_name(path.name + ".out")
                if path.name.startswith("fails-"):
                    self.assertEqual(out.read_text(), (done.stdout + done.stderr).decode())
                    self.assertEqual(1, done.returncode)
                elif path.name.startswith("passes-"):
                    self.assertEqual((b"", b"", 0), (done.stdout, done.stderr, done.returncode))
                    self.assertFalse(out.exists())
                else:
                    self.assertEqual((b"", 0), (done.stdout, done.returncode))
                    self.assertIn(b"nothing was checked", done.stderr)

    def test_nothing_is_left_over(self):
        for out in HERE.glob("*.out"):
            self.assertTrue(out.with_suffix("").exists(), out.name)

    def test_reports(self):
        schema = json.loads((ROOT / "schemas/report.json").read_text())
        for path in TEMPLATES:
            with self.subTest(path.name):
                whole = report("--show", "info", path.name)
                jsonschema.validate(whole, schema)
                file = whole["files"][0]
                self.assertEqual("skipped" if path.name.startswith("skipped-") else "checked", file["status"])
                if path.name.startswith("skipped-") or "request" in path.name:
                    continue
                self.assertTrue(file["requests"])
                for request in file["requests"]:
                    self.assertEqual(("PutIntegration", "cloudformation", "resource"), (request["operation"], request["dialect"], request["recognised_by"]))
                    resource = node_at(path.read_text(), request["pointer"].removesuffix("/Properties"))[1]
                    self.assertIn(RESOURCE, [value.value for key, value in resource.value if key.value == "Type"])

    def test_places(self):
        for path in TEMPLATES:
            for finding in report("--show", "info", path.name)["files"][0]["diagnostics"]:
                with self.subTest(path.name, id=finding["id"]):
                    if not finding["id"].startswith("document/"):
                        self.assertIsNone(misplaced(path, finding))
                    for related in finding.get("related", []):
                        self.assertIn("span", related)

    def test_a_correct_one_is_correct_in_the_other_notation(self):
        for path in TEMPLATES:
            if not path.name.startswith("passes-") or path.suffix != ".json":
                continue
            with self.subTest(path.name):
                file = check_text(path.read_text(), name="same.yaml")
                self.assertEqual(("checked", []), (file["status"], file["diagnostics"]))

    def test_every_finding_says_ServiceNow_as_templates_do(self):
        self.assertNotIn("Servicenow`", (HERE / "fails-flow.yaml.out").read_text().replace("`Servicenow` is no value of", ""))

    def test_dialect(self):
        request = json.dumps({"DomainName": "sales", "Uri": "s3://records", "ObjectTypeName": "records"})
        resource = json.dumps({"Type": RESOURCE, "Properties": {"Uri": "s3://records", "ObjectTypeName": "records"}})
        forced = ("--dialect", "cloudformation")
        self.assertEqual("skipped", check_text(request, *forced)["status"])
        file = check_text(resource, *forced)
        self.assertEqual([("schema/required", "/Properties")], found(file))
        self.assertEqual("/Properties", file["requests"][0]["pointer"])
        self.assertEqual(found(file), found(check_text(resource)))
        whole = template({"ObjectTypeName": "a", "Uri": "s3://records"})
        self.assertEqual("skipped", check_text(whole, "--dialect", "input")["status"])
        for operation in ("PutIntegration", "GetIntegration"):
            file = check_text(whole, "--operation", operation)
            self.assertEqual("cloudformation" if operation == "PutIntegration" else "input", file["requests"][0]["dialect"])

    def test_conversions(self):
        """What CloudFormation converts is no mistake, and what it cannot convert is one."""
        where = "/Resources/R/Properties/FlowDefinition/TriggerConfig/TriggerProperties/Scheduled"
        for member, good, bad in (
            ("ScheduleOffset", [60, "60", "0"], ["x", "", "1h", True, "6e", "60000", 60.5]),
            ("ScheduleStartTime", [1893456000, "1893456000"], ["2030-01-01T00:00:00Z", "", True, "1893456000000"]),
            ("DataPullMode", ["Incremental"], ["incremental", 1, True]),
        ):
            for value, mistakes in [(value, []) for value in good] + [(value, [f"{where}/{member}"]) for value in bad]:
                with self.subTest(member, value=value):
                    schedule = {"ScheduleExpression": "rate(1hours)", "DataPullMode": "Incremental", member: value}
                    trigger = {"TriggerType": "Scheduled", "TriggerProperties": {"Scheduled": schedule}}
                    file = check_text(template(flow(TriggerConfig=trigger)), name="a.json")
                    self.assertEqual(mistakes, [finding["pointer"] for finding in file["diagnostics"]])

    def test_what_is_unknown_is_neither_right_nor_wrong(self):
        """Each value of a flow, and each that is there twice, by a function: nothing is said."""
        def variants(value):
            yield from ({"Ref": "X"}, {"Fn::GetAtt": ["A", "B"]}, {"Fn::If": ["C", "nonsense", {"Ref": "AWS::NoValue"}]}, {"Fn::Sub": "${X} ${AWS::Region}"})
            if isinstance(value, dict):
                for key, inner in value.items():
                    for each in variants(inner):
                        yield {**value, key: each}
            if isinstance(value, list):
                for i, inner in enumerate(value):
                    for each in variants(inner):
                        yield value[:i] + [each] + value[i + 1 :]

        trigger = {"TriggerType": "Scheduled", "TriggerProperties": {"Scheduled": {"ScheduleExpression": "rate(1hours)", "DataPullMode": "Incremental", "ScheduleOffset": 60}}}
        properties = {**flow(TriggerConfig=trigger), "Tags": [{"Key": "a", "Value": "b"}]}
        properties["FlowDefinition"]["Tasks"].append({"TaskType": "Filter", "SourceFields": ["Id"], "ConnectorOperator": {"Salesforce": "BETWEEN"}, "TaskProperties": [
            {"OperatorPropertyKey": "DATA_TYPE", "Property": "number"}, {"OperatorPropertyKey": "LOWER_BOUND", "Property": "1"}, {"OperatorPropertyKey": "UPPER_BOUND", "Property": "2"}]})
        texts = [each for each in variants(properties)]
        self.assertGreater(len(texts), 150)
        resources = {f"R{i}": {"Type": RESOURCE, "Properties": each} for i, each in enumerate(texts)}
        for each in resources.values():
            if isinstance(each["Properties"], dict) and isinstance(each["Properties"].get("FlowDefinition"), dict) and each["Properties"]["FlowDefinition"].get("FlowName") == "accounts":
                each["Properties"] = {**each["Properties"], "FlowDefinition": {**each["Properties"]["FlowDefinition"], "FlowName": {"Ref": "Name"}}}
        file = check_text(json.dumps({"Resources": resources}), name="a.json")
        self.assertEqual(len(texts), len(file["requests"]))
        # A key that is required can be missing when a condition does not hold: that is not known.
        self.assertEqual([], found(file))

    def test_functions_that_are_known(self):
        def nested(depth):
            """Functions inside each other; those further down are not followed."""
            return {"Fn::Join": [" ", [nested(depth - 1)]]} if depth else "a b"

        cases = (
            ({"Ref": "Default"}, True), ({"Ref": "One"}, True), ({"Ref": "Several"}, False), ({"Ref": "Empty"}, False), ({"Ref": "Stored"}, False),
            ({"Ref": "Listed"}, False), ({"Ref": "AWS::Region"}, False), ({"Ref": "Nothing"}, False), ({"Fn::Sub": "a b"}, True), ({"Fn::Sub": "${Default}"}, True),
            ({"Fn::Sub": "${!Default} b"}, False), ({"Fn::Sub": "a b ${AWS::Region}"}, False), ({"Fn::Sub": ["${x} b", {"x": "a"}]}, True),
            ({"Fn::Sub": ["${x} b", {"x": {"Ref": "Several"}}]}, False), ({"Fn::Sub": ["${x}", {"x": {"Fn::Join": [" ", ["a", {"Ref": "One"}]]}}]}, True),
            ({"Fn::Join": [" ", ["a", "b"]]}, True), ({"Fn::Join": [" ", {"Ref": "Listed"}]}, False), ({"Fn::Join": [" ", ["a", {"Ref": "AWS::NoValue"}, "b"]]}, True),
            ({"Fn::Sub": "{{resolve:ssm:a b}}"}, False), ("{{resolve:ssm:a b}}", False), ({"Fn::Join": [" "]}, False), ({"Fn::Sub": []}, False), ({"Fn::Join": 1}, False),
            ({"Fn::Sub": "a ${open"}, False), ({"Fn::Sub": ["a b"]}, True), ({"Fn::Sub": ["${x} b", 5]}, False), ({"Fn::Sub": [{"Ref": "One"}, {}]}, False), ({"Fn::Join": []}, False),
            ({"Fn::Join": [1, ["a", "b"]]}, False), ({"Fn::Join": [" ", "a"]}, False), ({"Fn::Join": [" ", ["a", 5, True]]}, True), ({"Fn::Join": [" ", ["a", None]]}, False),
            (nested(15), True), (nested(16), False),
            ({"Ref": "Untyped"}, False), ({"Ref": "OfNoType"}, False), ({"Ref": "AllowedOne"}, False), ({"Ref": "AllowedList"}, False), ({"Ref": "DefaultList"}, False),
            ({"Ref": "Secret"}, False), ({"Ref": "NoDefault"}, False),
        )
        parameters = {
            "Default": {"Type": "String", "Default": "a b"}, "One": {"Type": "String", "AllowedValues": ["a b"], "Default": "c"},
            "Several": {"Type": "String", "AllowedValues": ["a b", "c"], "Default": "a b"}, "Empty": {"Type": "String", "Default": ""},
            "Stored": {"Type": "AWS::SSM::Parameter::Value<String>", "Default": "a b"}, "Listed": {"Type": "CommaDelimitedList", "Default": "a b"}, "Odd": 1,
            "Untyped": {"Default": "a b"}, "OfNoType": {"Type": 1, "Default": "a b"}, "AllowedOne": {"Type": "String", "AllowedValues": "a b"},
            "AllowedList": {"Type": "String", "AllowedValues": [["a b"]]}, "DefaultList": {"Type": "String", "Default": ["a b"]},
            "Secret": {"Type": "String", "Default": "{{resolve:ssm:a b}}"}, "NoDefault": {"Type": "String"},
        }
        for value, known in cases:
            with self.subTest(value=value):
                file = check_text(template({"DomainName": value, "Uri": "s3://records", "ObjectTypeName": "a"}, Parameters=parameters), name="a.json")
                self.assertEqual([("schema/pattern", "/Resources/R/Properties/DomainName")] if known else [], found(file))

    def test_allowed_values_are_as_many_as_are_looked_at(self):
        """None of them is a word of the enumeration."""
        for count, known in ((1, True), (200, True), (201, False)):
            with self.subTest(count=count):
                source = {**flow()["FlowDefinition"]["SourceFlowConfig"], "ConnectorType": {"Ref": "P"}}
                file = check_text(template(flow(SourceFlowConfig=source), Parameters={"P": {"Type": "String", "AllowedValues": ["Sales"] * count}}), name="a.json")
                self.assertEqual(known, ("schema/enum", "/Resources/R/Properties/FlowDefinition/SourceFlowConfig/ConnectorType") in found(file), found(file))

    def test_what_a_loop_fills_in_is_not_known(self):
        for name, known in (("a b", True), ("a ${V} b", False), ("a &{V} b", False), ("a $V b", True)):
            with self.subTest(name=name):
                resource = {"Type": RESOURCE, "Properties": {"DomainName": name, "Uri": "s3://records", "ObjectTypeName": "a"}}
                file = check_text(json.dumps({"Resources": {"Fn::ForEach::All": ["V", ["x", "y"], {"R${V}": resource}]}}), name="a.json")
                self.assertEqual([("schema/pattern", "/Resources/Fn::ForEach::All/2/R${V}/Properties/DomainName")] if known else [], found(file))

    def test_a_fix_holds_in_the_template(self):
        """Each edit gives a template that reads, and without the finding; nothing is offered inside of lists of entries but texts for texts."""
        fixes = 0
        for path in TEMPLATES:
            text = path.read_bytes()
            for finding in report("--show", "info", path.name)["files"][0]["diagnostics"]:
                if "fix" not in finding:
                    continue
                fixes += 1
                changed = text
                for edit in reversed(finding["fix"]["edits"]):
                    changed = changed[: edit["begin"]] + edit["text"].encode() + changed[edit["end"] :]
                with self.subTest(path.name, id=finding["id"], fix=finding["fix"]):
                    file = check_text(changed.decode(), "--show", "info", name=path.name)
                    self.assertEqual("checked", file["status"])
                    self.assertNotIn((finding["id"], finding["pointer"]), found(file))
        self.assertGreater(fixes, 5)

    def test_hostile(self):
        """Deep, wide and self-similar: an answer, in bounded memory and time."""
        deep = {"Ref": "AWS::NoValue"}
        for _ in range(60):
            deep = {"Fn::If": ["C", deep, "x"]}
        self.assertEqual([], found(check_text(template({"DomainName": "a", "Uri": "s3://records", "ObjectTypeName": deep}), name="a.json")))
        self.assertEqual("document/too-deep", found(check_text(template({"DomainName": json.loads('{"Fn::Not":[' * 70 + "1" + "]}" * 70)}), name="a.json"))[0][0])
        bomb = "a: &a [x,x,x,x,x,x,x,x,x,x]\n" + "".join(f"{chr(98 + i)}: &{chr(98 + i)} [{','.join(['*' + chr(97 + i)] * 10)}]\n" for i in range(8))
        file = check_text(f"{bomb}Resources:\n  R:\n    Type: {RESOURCE}\n    Properties:\n      DomainName: a\n      Tags: *i\n")
        self.assertEqual("document/syntax", found(file)[0][0])
        text = "x" * 4000
        for one in ({"Fn::Sub": "${P}"}, {"Fn::Sub": f"{text}${{Q}}"}, {"Fn::Join": [text, ["", ""]]}, {"Fn::Join": ["", [text]]}):
            flow_of_many = flow(Tasks=[{"TaskType": "Filter", "SourceFields": [one] * 200, "ConnectorOperator": {"Salesforce": "PROJECTION"}}])
            file = check_text(template(flow_of_many, Parameters={"P": {"Type": "String", "Default": text}, "Q": {"Type": "String", "Default": "q"}}), name="a.json")
            self.assertEqual(1, sum(finding["id"] == "template/text-limit" for finding in file["diagnostics"]), one)
        for value in (None, 1, "x", [], {}, [[]], {"a": 1}, {"Ref": 1}, {"Fn::Sub": {}}, {"Fn::If": []}, {"Fn::If": 1}, {"Ref": {"Ref": "x"}}):
            for text in (template(value), template({"DomainName": value}), template({"DomainName": "a", "Tags": value}), template({"DomainName": "a", "Tags": [value]}),
                         template({"DomainName": "a", "Tags": [{"Key": value, "Value": value}]}), template(flow(TaskProperties=value)), template(flow(Tasks=value)),
                         json.dumps({"Resources": {"R": value}}), json.dumps({"Resources": value}), json.dumps({"AWSTemplateFormatVersion": value, "Resources": {"R": {"Type": RESOURCE}}}),
                         template({"DomainName": {"Ref": "P"}}, Parameters=value), template({"DomainName": {"Ref": "P"}}, Parameters={"P": value}),
                         json.dumps({"Resources": {"Fn::ForEach::X": ["a", [], value]}}), json.dumps({"Resources": {"Fn::ForEach::X": value}}),
                         json.dumps({"Resources": {"R": {"Type": value}}}), template({"DomainName": {"Fn::Join": value}}), template({"DomainName": {"Fn::Sub": [value, value]}})):
                with self.subTest(text=text):
                    for name in ("a.json", "a.yaml"):
                        self.assertIn(run("check", "--stdin-filename", name, "-", text=text.encode()).returncode, (0, 1))

    def test_many_resources_cost_what_they_are(self):
        """Twice as many resources with findings take at most thrice as long (they were quadratic once)."""
        def text(count):
            broken = {"Type": RESOURCE, "Properties": {**flow(FlowName="no blanks"), "Tags": [{"Key": "a", "Value": "b"}, {"Key": "a", "Value": "c"}]}}
            return json.dumps({"Resources": {f"R{i}": broken for i in range(count)}}).encode()

        file = json.loads(run("check", "--format", "json", "--stdin-filename", "a.json", "-", text=text(10_000)).stdout)["files"][0]
        self.assertEqual(10_000, len(file["requests"]))
        self.assertEqual(1000, len(file["diagnostics"]))
        self.assertEqual(19_000, file["left_out"])


def write(check):
    status = 0
    for path in TEMPLATES:
        if not path.name.startswith("fails-"):
            continue
        done = run("check", path.name)
        out = path.with_name(path.name + ".out")
        if out.exists() and out.read_bytes() == done.stdout + done.stderr:
            continue
        print(f"tests/cloudformation/{out.name}")
        status = 1 if check else status
        if not check:
            out.write_bytes(done.stdout + done.stderr)
    return status


if __name__ == "__main__":
    if sys.argv[1:2] in (["--write"], ["--check"]):
        sys.exit(write(sys.argv[1] == "--check"))
    unittest.main()
