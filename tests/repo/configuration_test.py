#!/usr/bin/python3
"""schemas/config.json beside the program: what the one takes the other takes.

    CONNECT_LINT=build/release/connect-lint SCRATCH=scratch tests/repo/configuration_test.py
"""

import json
import os
import pathlib
import re
import subprocess
import tempfile
import unittest

import jsonschema
from ruamel.yaml import YAML

ROOT = pathlib.Path(__file__).resolve().parents[2]
SCHEMA = json.loads((ROOT / "schemas" / "config.json").read_text())
READER = (ROOT / "src" / "lint" / "configuration.cc").read_text()
PROGRAM = pathlib.Path(os.environ["CONNECT_LINT"]).resolve()

RIGHT = """
dialect: input
exclude: old/
extends: []
fail-on: never
ignore:
  - {files: [a.json], id: schema, at: /a~1b/0, reason: because, until: 2026-01-31}
  - {files: b.json, id: schema/enum, reason: because}
include: ["*.json"]
operation: PutIntegration
overrides:
  - {files: a.json, at: /Tags, severity: {schema/enum: off}}
  - {files: [a.json, b/*.json], dialect: body, fail-on: info, operation: PutIntegration, placeholders: "${...}", show: error}
placeholders: ["${...}", "{{...}}"]
rules: []
severity: {skeleton: off, schema/enum: info}
show: info
"""

WRONG = [
    "a text", "[1]", "sevrity: {}", "fail-on: fatal", "show: never", "dialect: yaml", "operation: ''", "operation: 1", "severity: off", "severity: {schema: maybe}",
    "severity: {document/syntax: off}", "severity: {document: off}", "placeholders: x", "placeholders: ['...']", "placeholders: ['a...']", "placeholders: [1]",
    "include: [1]", "exclude: ''", "extends: 1", "rules: [[]]", "baseline: 1", "baseline: ''", "overrides: {}", "overrides: [1]", "overrides: [{show: info}]",
    "overrides: [{files: 1}]", "overrides: [{files: a, at: b, severity: {schema: off}}]", "overrides: [{files: a, at: /~2, severity: {schema: off}}]",
    "overrides: [{files: a, sho: info}]", "ignore: {}", "ignore: [1]", "ignore: [{files: a, id: schema}]", "ignore: [{files: a, reason: b}]",
    "ignore: [{id: schema, reason: b}]", "ignore: [{files: a, id: document/syntax, reason: b}]", "ignore: [{files: a, id: schema, reason: ''}]",
    "ignore: [{files: a, id: schema, reason: b, until: soon}]", "ignore: [{files: a, id: schema, reason: b, at: c}]", "ignore: [{files: a, id: schema, reason: b, x: 1}]",
]


def by_schema(text):
    # Dates are texts to the program, as `until` has them.
    yaml = YAML(typ="safe", pure=True)
    yaml.constructor.yaml_constructors["tag:yaml.org,2002:timestamp"] = yaml.constructor.yaml_constructors["tag:yaml.org,2002:str"]
    return jsonschema.Draft7Validator(SCHEMA).is_valid(yaml.load(text))


def by_program(text):
    with tempfile.TemporaryDirectory() as folder:
        file = pathlib.Path(folder, ".connect-lint.yaml")
        file.write_text(text)
        done = subprocess.run([PROGRAM, "check", "--print-config", "a.json"], cwd=folder, capture_output=True, stdin=subprocess.DEVNULL, check=False)
        assert done.returncode in (0, 2), done
        return done.returncode == 0


class ConfigurationTest(unittest.TestCase):
    def test_the_schema_is_one(self):
        jsonschema.Draft7Validator.check_schema(SCHEMA)

    def test_the_keys_are_those_of_the_reader(self):
        def constant(name):
            return re.findall(r'"([a-z-]+)"', re.search(rf" {name} = {{(.*?)}};", READER, flags=re.DOTALL)[1])

        self.assertEqual(constant("kKeys"), list(SCHEMA["properties"]))
        self.assertEqual(constant("kOverrideKeys"), list(SCHEMA["definitions"]["override"]["properties"]))
        self.assertEqual(constant("kIgnoreKeys"), list(SCHEMA["definitions"]["ignore"]["properties"]))

    def test_right_ones(self):
        for text in (RIGHT, "# nothing", *(f"{line}" for line in RIGHT.strip().splitlines() if re.match(r"[a-z-]+: .", line))):
            with self.subTest(text):
                self.assertTrue(by_schema(text))
                self.assertTrue(by_program(text))

    def test_wrong_ones(self):
        for text in WRONG:
            with self.subTest(text):
                self.assertFalse(by_schema(text))
                self.assertFalse(by_program(text))


if __name__ == "__main__":
    unittest.main()
