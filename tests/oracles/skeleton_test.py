#!/usr/bin/python3
"""What connect-lint says of the files that the AWS CLI makes for people to fill in.

    CONNECT_LINT=build/connect-lint SCRATCH=build/scratch tests/oracles/skeleton_test.py
    ... tests/oracles/skeleton_test.py --update     writes skeletons/*.out anew: read the difference

A skeleton is a request with nothing filled in: every finding is about an empty text, a 0 or the placeholder `KeyName`, and
the whole is never clean. Debian's `awscli` makes it, without network or credentials.
"""

import json
import os
import pathlib
import shutil
import subprocess
import sys
import unittest

HERE = pathlib.Path(__file__).resolve().parent
AWS = "/usr/bin/aws"
GOLDENS = HERE / "skeletons"
UPDATE = "--update" in sys.argv


def commands():
    table = json.loads((HERE.parents[1] / "schemas/operations.json").read_text())
    return {row["command"]: row["name"] for row in table["operations"]}


def value_at(value, pointer):
    for step in pointer.split("/")[1:]:
        step = step.replace("~1", "/").replace("~0", "~")
        value = value[int(step)] if isinstance(value, list) else value[step]
    return value


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

    def check(self, command, *arguments):
        return subprocess.run([self.program, "check", "--quiet", *arguments, f"{command}.json"], cwd=self.scratch, capture_output=True,
                              text=True, check=False)

    def test_what_is_said(self):
        for command in commands():
            with self.subTest(command=command):
                run = self.check(command, "--format", "concise")
                said = f"{run.stdout}{run.stderr}exit {run.returncode}\n"
                golden = GOLDENS / f"{command}.out"
                if UPDATE:
                    golden.write_text(said)
                self.assertEqual(1, run.returncode)
                self.assertEqual(golden.read_text(), said, "tests/oracles/skeleton_test.py --update writes it anew")

    def test_every_finding_is_about_something_left_empty(self):
        for command, operation in commands().items():
            report = json.loads(self.check(command, "--format", "jsonl").stdout)
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
                self.assertEqual(self.check(command).stdout, self.check(command, "--operation", operation).stdout)

    def test_goldens_are_of_operations(self):
        self.assertEqual(sorted(f"{command}.out" for command in commands()), sorted(path.name for path in GOLDENS.iterdir()))


if __name__ == "__main__":
    unittest.main(argv=[argument for argument in sys.argv if argument != "--update"])
