#!/usr/bin/python3
"""What connect-lint says of the files that the AWS CLI makes for people to fill in.

    CONNECT_LINT=build/connect-lint SCRATCH=build/scratch tests/oracles/skeleton_test.py
    ... tests/oracles/skeleton_test.py --update     writes skeletons/*.out anew: read the difference

A skeleton is a request with nothing filled in, and one finding says so. As soon as something is filled in, there are a handful, each about
something left. The schema check alone (skeletons/*.out) has a finding for every empty text, every 0 and the placeholder `KeyName`.
Debian's `awscli` makes skeletons, without network or credentials.
"""

import copy
import json
import os
import pathlib
import shutil
import subprocess
import sys
import unittest

from rules_off import rules_off

HERE = pathlib.Path(__file__).resolve().parent
AWS = "/usr/bin/aws"
GOLDENS = HERE / "skeletons"
UPDATE = "--update" in sys.argv
FINDINGS_MAX = 13  # As many when the flow has a name and nothing else is filled in.
ABOUT_FILLED = {"integration/two-sources"}  # Filled in, and too much: both `Uri` and the flow.

# What people put in place of an empty text, by the member's name.
FILLED = {
    "BucketName": "sales-exports",
    "BucketPrefix": "daily/",
    "ConnectorProfileName": "crm",
    "DatetimeTypeFieldName": "LastModifiedDate",
    "Description": "Accounts of the sales team",
    "DestinationField": "Id",
    "DomainName": "sales",
    "FlowName": "accounts",
    "KeyName": "sales",
    "KmsArn": "arn:aws:kms:us-east-1:210987654321:key/8f3c2a1e-5b7d-4e90-a6c4-d1b2e3f40516",
    "NextToken": "next",
    "Object": "Account",
    "ObjectTypeName": "Account",
    "RoleArn": "arn:aws:iam::210987654321:role/CustomerProfilesFlow",
    "ScheduleExpression": "rate(1hours)",
    "SourceFields": "Id",
    "Timezone": "UTC",
    "Uri": "s3://sales-exports",
    "WorkflowId": "0c5e5e2f6a0b4b6f9d2b7f1a3c4d5e6f",
}


def commands():
    table = json.loads((HERE.parents[1] / "schemas/operations.json").read_text())
    return {row["command"]: row["name"] for row in table["operations"]}


def value_at(value, pointer):
    for step in pointer.split("/")[1:]:
        step = step.replace("~1", "/").replace("~0", "~")
        value = value[int(step)] if isinstance(value, list) else value[step]
    return value


def empty_texts(value, path=()):
    """The paths of all empty texts."""
    if value == "":
        yield path
    for step, inner in value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ():
        yield from empty_texts(inner, path + (step,))


def fill(request, path):
    around = request
    for step in path[:-1]:
        around = around[step]
    around[path[-1]] = FILLED[next(step for step in reversed(path) if isinstance(step, str))]


def partly_filled(skeleton):
    """Pairs of what is filled in and the request: one text alone, then one after the other; all of them is not partly."""
    paths = list(empty_texts(skeleton))
    growing = copy.deepcopy(skeleton)
    for path in paths:
        one = copy.deepcopy(skeleton)
        fill(one, path)
        yield [path], one
        fill(growing, path)
        yield paths[:paths.index(path) + 1], copy.deepcopy(growing)


class SkeletonTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.program = os.path.abspath(os.environ["CONNECT_LINT"])
        cls.scratch = pathlib.Path(os.environ["SCRATCH"]).absolute()
        shutil.rmtree(cls.scratch, ignore_errors=True)
        cls.scratch.mkdir(parents=True)
        if UPDATE:
            GOLDENS.mkdir(exist_ok=True)
        environment = {"PATH": "/usr/bin:/bin", "HOME": str(cls.scratch), "AWS_EC2_METADATA_DISABLED": "true", "AWS_DEFAULT_REGION": "us-east-1",
                       "LC_ALL": "C.UTF-8"}
        for command in commands():
            made = subprocess.run([AWS, "customer-profiles", command, "--generate-cli-skeleton", "input"], env=environment, capture_output=True, check=True)
            (cls.scratch / f"{command}.json").write_bytes(made.stdout)

        cls.shape_only = rules_off(cls.scratch / "rules-off")

    def check(self, command, *arguments):
        return subprocess.run([self.program, "check", "--quiet", *arguments, f"{command}.json"], cwd=self.scratch, capture_output=True,
                              text=True, check=False)

    def test_untouched_is_one_finding(self):
        for command, operation in commands().items():
            for show in ("warning", "info"):
                with self.subTest(command=command, show=show):
                    run = self.check(command, "--format", "jsonl", "--show", show)
                    self.assertEqual(1, run.returncode)
                    report = json.loads(run.stdout)
                    self.assertEqual([operation], [request["operation"] for request in report["requests"]])
                    self.assertEqual([("skeleton/untouched", "", "error")],
                                     [(found["id"], found["pointer"], found["severity"]) for found in report["diagnostics"]])

    def test_partly_filled_is_a_handful(self):
        """A few findings, each at another place and about something that is left as the skeleton has it."""
        folder = self.scratch / "partly-filled"
        folder.mkdir(exist_ok=True)
        requests = {}
        for command in commands():
            skeleton = json.loads((self.scratch / f"{command}.json").read_text())
            for number, (filled, request) in enumerate(partly_filled(skeleton)):
                path = folder / f"{command}-{number:02}.json"
                path.write_text(json.dumps(request))
                requests[path.name] = (skeleton, filled, request)
        self.assertGreater(len(requests), 100)
        run = subprocess.run([self.program, "check", "--quiet", "--format", "jsonl", "."], cwd=folder, capture_output=True, text=True, check=False)
        reports = [json.loads(line) for line in run.stdout.splitlines()]
        self.assertEqual(len(requests), len(reports))
        for report in reports:
            skeleton, filled, request = requests[pathlib.Path(report["file"]).name]
            found = report["diagnostics"]
            with self.subTest(file=report["file"]):
                self.assertLessEqual(len(found), FINDINGS_MAX)
                if any(value in ("", 0) for value in request.values()):
                    self.assertTrue(found)
                places = [(one["pointer"], one["mark"]) for one in found]
                self.assertEqual(len(places), len(set(places)), places)
                whole = [one["pointer"] for one in found if one["id"].startswith("skeleton/untouched")]
                for one in found:
                    left = value_at(request, one["pointer"])
                    # What is filled in is right. (Of a `KeyName`, it is the key that is left.)
                    if one["id"] not in ABOUT_FILLED:
                        self.assertNotIn(one["pointer"], ["/" + "/".join(map(str, path)) for path in filled if path[-1] != "KeyName"], one["id"])
                    self.assertEqual(type(value_at(skeleton, one["pointer"])), type(left))
                    # Not within what is to be filled in as a whole.
                    self.assertFalse([outer for outer in whole if one["pointer"].startswith(outer + "/")], one["id"])
                    self.assertTrue(one.get("help") or one["id"] == "schema/range", one["id"])

    def test_what_the_schema_check_says(self):
        for command in commands():
            with self.subTest(command=command):
                run = self.check(command, "--format", "concise", *self.shape_only)
                said = f"{run.stdout}{run.stderr}exit {run.returncode}\n"
                golden = GOLDENS / f"{command}.out"
                if UPDATE:
                    golden.write_text(said)
                self.assertEqual(1, run.returncode)
                self.assertEqual(golden.read_text(), said, "tests/oracles/skeleton_test.py --update writes it anew")

    def test_every_finding_is_about_something_left_empty(self):
        for command, operation in commands().items():
            report = json.loads(self.check(command, "--format", "jsonl", *self.shape_only).stdout)
            skeleton = json.loads((self.scratch / f"{command}.json").read_text())
            self.assertEqual([operation], [request["operation"] for request in report["requests"]])
            self.assertEqual("file name", report["requests"][0]["recognised_by"])
            for found in report["diagnostics"]:
                with self.subTest(command=command, id=found["id"], pointer=found["pointer"]):
                    if found["mark"] == "key":
                        self.assertTrue(found["pointer"].endswith("/KeyName"))
                    else:
                        self.assertIn(value_at(skeleton, found["pointer"]), ("", 0))

    def test_the_operation_named_says_the_same(self):
        for command, operation in commands().items():
            with self.subTest(command=command):
                for options in ([], self.shape_only):
                    self.assertEqual(self.check(command, *options).stdout, self.check(command, "--operation", operation, *options).stdout)

    def test_goldens_are_of_operations(self):
        self.assertEqual(sorted(f"{command}.out" for command in commands()), sorted(path.name for path in GOLDENS.iterdir()))


if __name__ == "__main__":
    unittest.main(argv=[argument for argument in sys.argv if argument != "--update"])
