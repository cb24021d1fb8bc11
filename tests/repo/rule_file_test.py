#!/usr/bin/python3
"""Rule files against schemas/rule-file.json, which editors complete and check them with.

    tests/repo/rule_file_test.py
"""

import json
import pathlib
import re
import unittest

import jsonschema
from ruamel.yaml import YAML

ROOT = pathlib.Path(__file__).resolve().parents[2]
SCHEMA = json.loads((ROOT / "schemas" / "rule-file.json").read_text())
LOADER = (ROOT / "src" / "rules" / "rule_file.cc").read_text()
GUIDE = (ROOT / "rules" / "writing-rules.md").read_text()


def load(text):
    return YAML(typ="safe", pure=True).load(text)


def constant(name):
    """The texts of one of the loader's lists."""
    return re.findall(r'"([a-z-]+)"', re.search(rf" {name} = {{(.*?)}};", LOADER, flags=re.DOTALL)[1])


def complaints(rule):
    return [f"/{'/'.join(map(str, each.absolute_path))}: {each.message}" for each in jsonschema.Draft7Validator(SCHEMA).iter_errors(rule)]


RIGHT = """
summary: a batch ends before it starts
severity: error
certainty: model
on: [Batch]
when: $.StartTime
find: $.EndTime
mark: key
message: it ends
help: swap them
related: [{at: $.StartTime, message: it starts}]
absorbs: schema/enum
across: files
dialects: [input, cloudformation]
fix: {safe: true, insert: {member: A, value: "'x'"}}
why: It does.
source: model
examples: [{passes: {}}, {fails: {}, reports: [/A, ""], request: {}, now: 2021-10-14T13:51:57Z}]
"""


class RuleFileTest(unittest.TestCase):
    maxDiff = None

    def test_the_schema_is_one(self):
        jsonschema.Draft7Validator.check_schema(SCHEMA)

    def test_every_rule(self):
        files = sorted((ROOT / "rules").glob("*/*.yaml"))
        self.assertGreater(len(files), 100)
        for file in files:
            with self.subTest(file.relative_to(ROOT).as_posix()):
                self.assertEqual([], complaints(load(file.read_text())))

    def test_the_keys_are_those_of_the_loader(self):
        self.assertEqual(constant("kKeys"), list(SCHEMA["properties"]))
        self.assertEqual(constant("kRequired"), SCHEMA["required"])
        for key, name in (("severity", "kSeverities"), ("certainty", "kCertainties"), ("mark", "kMarks")):
            self.assertEqual(sorted(constant(name)), sorted(SCHEMA["properties"][key]["enum"]))

    def test_the_keys_are_those_of_the_guide(self):
        rows = re.findall(r"^\| `(\w+)` \| (required)? *\|", GUIDE, flags=re.MULTILINE)
        self.assertEqual(sorted(SCHEMA["properties"]), sorted(key for key, _ in rows))
        self.assertEqual(sorted(SCHEMA["required"]), sorted(key for key, required in rows if required))

    def test_what_new_rule_writes(self):
        text = (ROOT / "ci" / "new-rule").read_text()
        template = re.search(r"<<'RULE'\n(.*?)^RULE$", text, flags=re.DOTALL | re.MULTILINE)[1]
        self.assertEqual([], complaints(load(template)))
        # The keys that are comments are keys, too, and none is forgotten.
        every = load(re.sub(r"^# (?=(?:related|absorbs|across|dialects|fix|  +).*$)", "", template, flags=re.MULTILINE))
        self.assertEqual([], complaints(every))
        self.assertEqual(list(SCHEMA["properties"]), list(every))

    def test_wrong_ones(self):
        right = load(RIGHT)
        self.assertEqual([], complaints(right))
        for key in SCHEMA["required"]:
            self.assertTrue(complaints({name: value for name, value in right.items() if name != key}), key)
        for key, value in (
            ("summary", ""), ("severity", "fatal"), ("certainty", "sure"), ("on", []), ("on", "a b"), ("when", True), ("find", 1), ("mark", "both"),
            ("message", None), ("related", [{"at": "$"}]), ("absorbs", "Schema"), ("across", "requests"), ("dialects", ["yaml"]), ("fix", {"remove": True}),
            ("fix", {"safe": True}), ("fix", {"safe": True, "remove": True, "replace": "'a'"}), ("fix", {"safe": True, "remove": False}),
            ("examples", [{"passes": 1}]), ("examples", [{"passes": 1, "fails": 1}, {"fails": 1}]), ("examples", [{"passes": 1, "reports": [""]}, {"fails": 1}]),
            ("examples", [{"passes": 1}, {"fails": 1, "reports": ["A"]}]), ("sumary", "x"),
        ):
            self.assertTrue(complaints({**right, key: value}), (key, value))


if __name__ == "__main__":
    unittest.main()
