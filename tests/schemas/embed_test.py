#!/usr/bin/python3
"""The programs of the build that make C++ of schemas and rules: what they make, and what they say of folders that are not as they should be.

    EMBED=build/release/connect_lint_embed EMBED_RULES=build/release/connect_lint_embed_rules SCRATCH=scratch tests/schemas/embed_test.py
"""

import copy
import json
import os
import pathlib
import shutil
import subprocess
import tempfile
import unittest

ROOT = pathlib.Path(__file__).resolve().parents[2]
OPERATIONS = {
    "model": "test",
    "operations": [
        {
            "name": "DoThis", "command": "do-this", "method": "PUT", "uri": "/{Name}", "summary": "Does this", "response": ["Answer"],
            "members": [
                {"name": name, "location": location, "required": location == "uri"}
                for name, location in (("Name", "uri"), ("Size", "querystring"), ("Token", "header"), ("Weight", "body"))
            ],
        },
    ],
    "others": [{"name": "DoMore", "command": "do-more", "members": ["Name", "More"], "required": ["More"]}],
}
SCHEMA = {
    "title": "DoThisRequest",
    "type": "object",
    "properties": {
        "Name": {"title": "Name", "type": "string", "pattern": "^[a-z]+$"},
        "Size": {"title": "Size", "type": "integer", "minimum": 1},
        "Token": {"title": "Token", "type": "string"},
        "Weight": {"title": "Weight", "type": "number", "maximum": 2.5, "exclusiveMaximum": 1000},
    },
    "required": ["Name"],
}
RULE = """
summary: a name for tests
severity: error
certainty: convention
on: DoThisRequest
when: $.Name == 'test'
message: a name for tests
why: Tests.
source: tests
examples:
  - passes: {Name: a}
  - fails: {Name: test}
"""


class EmbedTest(unittest.TestCase):
    maxDiff = None

    def setUp(self):
        scratch = pathlib.Path(os.environ["SCRATCH"])
        scratch.mkdir(parents=True, exist_ok=True)
        self.folder = pathlib.Path(tempfile.mkdtemp(dir=scratch))
        (self.folder / "schemas").mkdir()
        (self.folder / "rules" / "test").mkdir(parents=True)
        self.write("schemas/operations.json", json.dumps(OPERATIONS))
        self.write("schemas/DoThis.json", json.dumps(SCHEMA))
        self.write("rules/test/name.yaml", RULE)

    def tearDown(self):
        shutil.rmtree(self.folder)

    def write(self, name, text):
        (self.folder / name).write_text(text)

    def run_in(self, program, *arguments):
        done = subprocess.run([os.environ[program], *arguments], cwd=self.folder, capture_output=True, text=True, stdin=subprocess.DEVNULL, check=False)
        self.assertEqual("", done.stdout)
        return done.returncode, done.stderr

    def embed(self, output="tables.cc"):
        return self.run_in("EMBED", "schemas", output)

    def embed_rules(self, rules="rules.cc", sieves="sieves.cc"):
        return self.run_in("EMBED_RULES", "schemas", "rules", rules, sieves)

    def both(self):
        """What both say, without their names."""
        tables, rules = self.embed(), self.embed_rules()
        self.assertEqual(1, tables[0])
        self.assertEqual(1, rules[0])
        self.assertTrue(tables[1].startswith("connect_lint_embed: "), tables[1])
        self.assertEqual(tables[1].replace("connect_lint_embed: ", "connect_lint_embed_rules: "), rules[1])
        return tables[1].removeprefix("connect_lint_embed: ").rstrip("\n")

    def test_what_is_made(self):
        self.assertEqual((0, ""), self.embed())
        tables = (self.folder / "tables.cc").read_text()
        # Locations by number, as request/operation.h lists them; a range that one end is missing of.
        for part in ('{"Name", Location{1}, true}', '{"Size", Location{2}, false}', '{"Token", Location{3}, false}', '{"Weight", Location{0}, false}',
                     '{"DoMore", "do-more", {kMembersOfDoMore, 2}, {kRequiredOfDoMore, 1}}', "{1.0, kInfinity, kInfinity}", "{-kInfinity, 2.5, 1000.0}"):
            self.assertIn(part, tables)
        self.assertEqual((0, ""), self.embed_rules())
        self.assertIn('"test/name"', (self.folder / "rules.cc").read_text())
        # One look at the name decides.
        self.assertIn("  left &= table0[wn1];\n  may = left & 1u;\n", (self.folder / "sieves.cc").read_text())

    def test_wrong_arguments(self):
        for arguments in ((), ("schemas",), ("schemas", "tables.cc", "more")):
            self.assertEqual((2, "usage: connect_lint_embed SCHEMAS_DIR OUTPUT.cc\n"), self.run_in("EMBED", *arguments))
        for arguments in ((), ("schemas", "rules", "rules.cc"), ("schemas", "rules", "rules.cc", "sieves.cc", "more")):
            self.assertEqual((2, "usage: connect_lint_embed_rules SCHEMAS_DIR RULES_DIR RULES.cc SIEVES.cc\n"), self.run_in("EMBED_RULES", *arguments))

    def test_operations(self):
        def without(*path):
            made = copy.deepcopy(OPERATIONS)
            *steps, last = path
            part = made
            for step in steps:
                part = part[step]
            del part[last]
            return json.dumps(made)

        for text in ("", "{", "[]", "{}", without("model"), without("others"), without("operations"), without("operations", 0, "uri"),
                     without("operations", 0, "members", 0, "location"), without("others", 0, "required"), json.dumps({**OPERATIONS, "model": 1}),
                     json.dumps({**OPERATIONS, "others": [{"name": "DoMore", "command": "do-more", "members": [1], "required": []}]})):
            with self.subTest(text):
                self.write("schemas/operations.json", text)
                self.assertTrue(self.both().startswith("cannot read `schemas/operations.json`: "))
        (self.folder / "schemas" / "operations.json").unlink()
        self.assertEqual("cannot read `schemas/operations.json`: no such file", self.both())

    def test_schemas(self):
        for text in ("", "{", "[]", '{"type": "strange"}'):
            self.write("schemas/DoThis.json", text)
            self.assertTrue(self.both().startswith("cannot load the schemas: "), self.both())
        (self.folder / "schemas" / "DoThis.json").unlink()
        self.assertEqual("cannot read `schemas/DoThis.json`: no such file", self.both())

    def test_rules(self):
        self.write("rules/test/name.yaml", RULE.replace("DoThisRequest", "DoThatRequest").lstrip())
        self.assertEqual((1, "rules/test/name.yaml:4:5: error: there is no shape `DoThatRequest`; did you mean `DoThisRequest`?\n"), self.embed_rules())
        # RE2 takes long to start, so the first pattern of an expression has to do without.
        for pattern in ("search($.Name, '^a')", "match($.Token, 'a') && search($.Name, '^a')", "match($.Name, $.Token)"):
            self.write("rules/test/name.yaml", RULE.replace("$.Name == 'test'", pattern))
            wanted = (1, "rules/test/name.yaml: error: no automaton for the pattern `(?:^)a`\n") if pattern.startswith("search") else (0, "")
            self.assertEqual(wanted, self.embed_rules())
        shutil.rmtree(self.folder / "rules")
        status, text = self.embed_rules()
        self.assertEqual(1, status)
        self.assertTrue(text.startswith("connect_lint_embed_rules: cannot "), text)

    def test_what_cannot_be_written(self):
        self.assertEqual((1, "connect_lint_embed: cannot write none/tables.cc\n"), self.embed("none/tables.cc"))
        self.assertEqual((1, "connect_lint_embed_rules: cannot write none/rules.cc\n"), self.embed_rules(rules="none/rules.cc"))
        self.assertEqual((1, "connect_lint_embed_rules: cannot write none/sieves.cc\n"), self.embed_rules(sieves="none/sieves.cc"))


if __name__ == "__main__":
    unittest.main()
