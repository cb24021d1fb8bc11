#!/usr/bin/python3
"""Makes the rules of queries.txt, and many on one shape.

    tests/sieves/make_rules.py FOLDER
"""

import json
import pathlib
import re
import sys

HERE = pathlib.Path(__file__).resolve().parent
MANY = 70  # More than a sieve has bits.
# Each differs from the others in what it takes for it to run.
KINDS = (
    {"severity": "error"},
    {"severity": "warning"},
    {"severity": "info"},
    {"severity": "error", "dialects": ["body"]},
    {"severity": "error", "across": "files"},
    {"severity": "error", "when": "now() > 5"},
    {"severity": "error", "when": "$.Absent"},
)


def rules():
    number = 0
    for line in (HERE / "queries.txt").read_text(encoding="utf-8").splitlines():
        if not line.startswith("#"):
            shape, *queries = (each.strip().replace("\\|", "|") for each in re.split(r"(?<!\\)\|", line))
            number += 1
            given = dict(zip(("when", "find"), queries))
            yield f"query-{number:03}", {"severity": "error", "on": shape, **{key: query for key, query in given.items() if query}}
    for number in range(MANY):
        yield f"many-{number:03}", {"on": "TriggerConfig", **KINDS[number % len(KINDS)]}


def main():
    folder = pathlib.Path(sys.argv[1]) / "sieve"
    folder.mkdir(parents=True, exist_ok=True)
    for old in folder.glob("*.yaml"):
        old.unlink()
    for name, rule in rules():
        whole = {"summary": "a query", "certainty": "convention", "message": "found", "why": "Tests.", "source": "tests", "examples": [], **rule}
        (folder / f"{name}.yaml").write_text(json.dumps(whole, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
