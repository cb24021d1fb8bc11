#!/usr/bin/python3
"""Every request that `connect-lint generate` makes: `check` reports what is to be filled in and nothing else, and nothing once it is filled in.

    CONNECT_LINT=build/release/connect-lint SCRATCH=scratch tests/generate/generate_test.py
"""

import itertools
import json
import os
import pathlib
import re
import subprocess
import unittest

from ruamel.yaml import YAML

PROGRAM = pathlib.Path(os.environ["CONNECT_LINT"]).resolve()
SCRATCH = pathlib.Path(os.environ["SCRATCH"])
OPERATIONS = ["CreateIntegrationWorkflow", "DeleteWorkflow", "GetIntegration", "GetWorkflow", "GetWorkflowSteps", "ListAccountIntegrations", "ListIntegrations",
              "ListWorkflows", "PutIntegration"]
CONNECTORS = ["", "marketo", "S3", "Salesforce", "ServiceNow", "Zendesk"]
TRIGGERS = ["", "scheduled", "Event", "on-demand"]
DIALECTS = ["input", "body", "cloudformation"]
FILL_IN = re.compile(r"^connect-lint: fill in (/\S+): .+, such as `(.+)`$")


def run(*arguments):
    return subprocess.run([PROGRAM, *arguments], capture_output=True, text=True, stdin=subprocess.DEVNULL, check=False)


def generate(operation, connector, trigger, dialect, form):
    options = [*(["--connector", connector] if connector else []), *(["--trigger", trigger] if trigger else [])]
    return run("generate", operation, *options, "--dialect", dialect, "--format", form)


def put(document, pointer, value):
    *steps, last = [int(step) if step.isdigit() else step for step in pointer[1:].split("/")]
    for step in steps:
        document = document[step]
    assert document[last] == "CHANGE-ME", pointer
    document[last] = value


class GenerateTest(unittest.TestCase):
    def check(self, text, operation, dialect, form):
        SCRATCH.mkdir(parents=True, exist_ok=True)
        file = SCRATCH / f"request.{form}"
        file.write_text(text)
        named = [] if dialect == "cloudformation" else ["--operation", operation]
        report = json.loads(run("check", "--no-config", "--format", "json", "--dialect", dialect, *named, file).stdout)["files"][0]
        self.assertEqual("checked", report["status"])
        return sorted(finding["pointer"] for finding in report["diagnostics"])

    def test_every_combination(self):
        made = 0
        for case in itertools.product(OPERATIONS, CONNECTORS, TRIGGERS, DIALECTS):
            operation, connector, trigger, dialect = case
            with self.subTest(" ".join(case)):
                as_json = generate(*case, "json")
                as_yaml = generate(*case, "yaml")
                self.assertEqual(as_json.returncode, as_yaml.returncode)
                if as_json.returncode == 2:
                    self.assertEqual("", as_json.stdout)
                    continue
                made += 1
                document = json.loads(as_json.stdout)
                self.assertEqual(document, YAML(typ="safe", pure=True).load(as_yaml.stdout))
                fill_ins = dict(FILL_IN.match(line).groups() for line in as_json.stderr.splitlines())
                self.assertEqual(sorted(fill_ins), self.check(as_json.stdout, operation, dialect, "json"))
                self.assertEqual(sorted(fill_ins), self.check(as_yaml.stdout, operation, dialect, "yaml"))
                for pointer, example in fill_ins.items():
                    put(document, pointer, example)
                    self.assertRegex(as_yaml.stdout, rf": CHANGE-ME  # .+, such as {re.escape(example)}\n")
                self.assertEqual([], self.check(json.dumps(document), operation, dialect, "json"))
        self.assertEqual(93, made)


if __name__ == "__main__":
    unittest.main()
