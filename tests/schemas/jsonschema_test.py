#!/usr/bin/python3
"""The schemas in Debian's python3-jsonschema: every row of verdicts.json gets its verdict there, too."""

import json
import pathlib
import re
import unittest

import jsonschema

HERE = pathlib.Path(__file__).resolve().parent
SCHEMAS = HERE.parents[1] / "schemas"


def load(path):
    return json.loads(path.read_text())


def pattern(_, value, instance, __):
    """JSON Schema means ECMAScript's patterns. In Python's, `\\w` is not only ASCII and `$` may stand before a line break."""
    if isinstance(instance, str) and not re.search(re.sub(r"\$$", r"\\Z", value), instance, re.ASCII):
        yield jsonschema.ValidationError(f"{instance!r} does not match {value!r}")


Validator = jsonschema.validators.extend(jsonschema.Draft7Validator, {"pattern": pattern})


class VerdictTest(unittest.TestCase):
    def setUp(self):
        operations = [row["name"] for row in load(SCHEMAS / "operations.json")["operations"]]
        self.schemas = {operation: load(SCHEMAS / f"{operation}.json") for operation in operations}

    def test_the_schemas_are_draft_07(self):
        for schema in self.schemas.values():
            jsonschema.Draft7Validator.check_schema(schema)

    def test_verdicts(self):
        validators = {operation: Validator(schema) for operation, schema in self.schemas.items()}
        for row in load(HERE / "verdicts.json"):
            with self.subTest(operation=row["operation"], name=row["name"]):
                self.assertEqual(row["valid"], validators[row["operation"]].is_valid(row["request"]))


if __name__ == "__main__":
    unittest.main()
