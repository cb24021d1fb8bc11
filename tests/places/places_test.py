#!/usr/bin/python3
"""Wherever a value stands and however it is written: a finding is there, and says the same.

    CONNECT_LINT=build/connect-lint SCRATCH=build/scratch tests/places/places_test.py [--documents N] [--seed N]

Requests with mistakes are written at random, as JSON (on one line, indented, with CR LF, a byte order mark, escaped keys) and as YAML (blocks, flow style,
all kinds of quotes, block texts, comments, anchors). The writer knows where it has put each key and each value. Then

  - the place of each finding, and of each that is related, is that of the key or value that its path names, to the byte;
  - what stands there, read alone, is that key or value;
  - the findings are those of the plain JSON: ids, severities, paths and messages.
"""

import argparse
import collections
import json
import os
import pathlib
import random
import shutil
import subprocess
import sys
import unittest

import yaml

import writers
from writers import twins

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT / "tests/cascade"), str(ROOT / "tests/oracles")]

import cascade_test  # noqa: E402
import mutate  # noqa: E402

BATCH = 2000
USED = "and used here"  # What is said of further aliases of what is wrong.
EXPLAINED = {"schema/type", "schema/null"}  # In YAML, their messages say what the value was read as.


ARGUMENTS = argparse.ArgumentParser(add_help=False)
ARGUMENTS.add_argument("--documents", type=int, default=250)
ARGUMENTS.add_argument("--seed", type=int, default=20200815)
OPTIONS, OTHERS = ARGUMENTS.parse_known_args()  # The others are for unittest.
DOCUMENTS, SEED = OPTIONS.documents, OPTIONS.seed


def documents(count, seed):
    """Pairs of a file's stem, which names the operation, and a request: half of them with one mistake of meaning or shape, half of them of any kind."""
    chance = random.Random(seed)
    requests = cascade_test.Requests()
    mistakes = list(requests.mutants())
    chance.shuffle(mistakes)
    commands = requests.commands
    others = mutate.Mutator(seed).mutants(10 * count)
    number = 0
    while number < count:
        if number % 2 and mistakes:
            mutant = mistakes.pop()
            stem = f"{commands[mutant.operation]}-{number}"
            text = mutant.text.replace('"%s"', f'"{stem}"')
        else:
            mutant = next(others)
            stem, text = f"{commands[mutant.operation]}-{number}", mutant.text
            # Half a pair cannot be written, and of a key that is there twice a value has one only.
            if "again" in mutant.kind or "\\ud83d" in text or "\ud83d" in text or mutant.place == ():
                continue
        number += 1
        yield stem, twins.load(text)


def path_of(value, pointer):
    """A pointer as a path: steps in lists are numbers."""
    path = []
    for step in pointer.split("/")[1:]:
        step = step.replace("~1", "/").replace("~0", "~")
        path.append(int(step) if isinstance(value, list) else step)
        value = value[path[-1]]
    return tuple(path)


def plain(value):
    """Numbers as Python reads them."""
    return json.loads(dump(value))


def dump(value):
    """JSON text in which numbers are written as they were."""
    if isinstance(value, dict):
        return "{" + ",".join(f"{json.dumps(key)}:{dump(inner)}" for key, inner in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ",".join(map(dump, value)) + "]"
    return str(value) if isinstance(value, twins.Number) else json.dumps(value)


class File:
    def __init__(self, stem, value, written, suffix):
        self.name = f"{stem}.{suffix}"
        self.value = value
        self.written = written
        self.is_yaml = suffix == "yaml"
        self.report = None

    def read(self, begin, end):
        """What stands in a range, alone."""
        cut = self.written.bytes[begin:end].decode()
        if not self.is_yaml:
            return json.loads(cut)
        line = self.written.bytes[:begin].decode().rpartition("\n")[2]
        end_of_text = "\n" if cut[0] in "|>" else ""
        return yaml.load(" " * len(line) + cut + end_of_text, Loader=Texts)


class Texts(yaml.CSafeLoader):
    """Numbers as texts, for they may be written in ways that Python reads otherwise."""


Texts.yaml_implicit_resolvers = {first: [(tag, expression) for tag, expression in known if tag.endswith((":bool", ":null"))]
                                 for first, known in yaml.CSafeLoader.yaml_implicit_resolvers.items()}


class PlacesTest(unittest.TestCase):
    maxDiff = 3000

    @classmethod
    def setUpClass(cls):
        cls.counts = collections.Counter()

    def check(self, files, *more):
        scratch = pathlib.Path(os.environ["SCRATCH"])
        shutil.rmtree(scratch, ignore_errors=True)
        scratch.mkdir(parents=True)
        for file in files:
            (scratch / file.name).write_bytes(file.written.bytes)
        options = ["--no-config", "--quiet", "--severity", "name/flow-name-taken=off", "--show", "info", "--format", "jsonl", *more]
        done = subprocess.run([os.environ["CONNECT_LINT"], "check", *options, str(scratch)], capture_output=True, check=False)
        self.assertIn(done.returncode, (0, 1), done.stderr[-2000:])
        reports = {}
        for line in done.stdout.decode().split("\n")[:-1]:
            report = json.loads(line)
            reports[pathlib.Path(report["file"]).name] = report
        for file in files:
            file.report = reports[file.name]

    def findings(self, file, explained=True, messages=True):
        """What is said, wherever it stands. What is written once and used several times is one finding, which tells of the other uses."""
        found = set()
        for one in file.report["diagnostics"]:
            if one["id"] == "document/byte-order-mark":
                continue
            message = one["message"] if messages and (explained or one["id"] not in EXPLAINED) else ""
            found.add((one["id"], one["severity"], one["path"], one["mark"], message))
            others = [related["path"] for related in one.get("related", ()) if related["message"] == USED]
            found.update((one["id"], one["severity"], path, one["mark"], message) for path in others)
        return sorted(found)

    def look(self, file, path, mark, span, what, related=False):
        begin, end = span["begin"], span["end"]
        expected = file.written.of_text(path, mark) if related else file.written.of_use(path, mark)
        where = f"{what} at {path} ({mark})"
        self.assertEqual(expected, (begin, end), f"{where}: {file.written.bytes[slice(*expected)]!r} and {file.written.bytes[begin:end]!r}")
        if file.written.bytes[begin:end].startswith(b"*"):
            self.counts["aliases"] += 1
        elif b"*" in file.written.bytes[begin:end] and file.written.aliased:
            self.counts["with aliases"] += 1  # Which cannot be read alone.
        else:
            value = pointer_value(file.value, path)
            self.assertEqual(path[-1] if mark == "key" else as_texts(value) if file.is_yaml else plain(value), file.read(begin, end), where)

    def look_at_all(self, file):
        for one in file.report["diagnostics"]:
            if one["id"] == "document/byte-order-mark":
                self.assertEqual(writers.BYTE_ORDER_MARK.encode(), file.written.bytes[one["span"]["begin"]:one["span"]["end"]])
                continue
            path = path_of(file.value, one["pointer"])
            with self.subTest(file.name, id=one["id"]):
                self.look(file, path, one["mark"], one["span"], one["id"])
                self.counts["findings"] += 1
                for related in one.get("related", ()):
                    self.look_at_related(file, one, related)

    def look_at_related(self, file, one, related):
        """Of a related place it is not said whether the key is meant. It is where the value is written, but for other uses by aliases."""
        path, span = path_of(file.value, related["pointer"]), (related["span"]["begin"], related["span"]["end"])
        if related["message"] == USED:
            self.look(file, path, one["mark"], related["span"], f"{one['id']}, another use")
        else:
            is_key = isinstance(path[-1], str) and file.written.of_text(path, "key") == span
            self.look(file, path, "key" if is_key else "value", related["span"], f"{one['id']}, related", related=True)
        self.counts["related places"] += 1

    def test_places(self):
        chance = random.Random(SEED)
        batch = []
        for stem, value in documents(DOCUMENTS, SEED):
            batch.append((stem, value))
            if len(batch) == BATCH:
                self.batch(batch, chance)
                batch = []
        if batch:
            self.batch(batch, chance)
        counts = self.counts
        print(f"figure: seed {SEED}: {DOCUMENTS} requests in 2 JSON and 2 YAML forms: {counts['findings']} findings and {counts['related places']} related places "
              f"stand where their paths say, to the byte, and read alone are what the paths name ({counts['aliases']} are aliases, {counts['with aliases']} have "
              f"some in them); {counts['differing']} forms say something else than the plain JSON")
        self.assertGreater(counts["findings"], 3 * DOCUMENTS)
        self.assertGreater(counts["related places"], DOCUMENTS // 4)

    def batch(self, batch, chance):
        files = {}
        for stem, value in batch:
            files[stem] = File(stem, value, plain_json(value), "json")
        self.check(list(files.values()))
        for suffix in ("json", "json", "yaml", "yaml"):
            made = [File(stem, value, (writers.write_json if suffix == "json" else writers.write_yaml)(value, chance), suffix) for stem, value in batch]
            self.check(made)
            for file, (stem, _) in zip(made, batch):
                compared = {"explained": suffix == "json", "messages": not file.written.aliased}
                expected, found = self.findings(files[stem], **compared), self.findings(file, **compared)
                self.counts["differing"] += expected != found
                with self.subTest(file.name):
                    self.assertEqual(expected, found, file.written.bytes.decode()[:3000])
                self.look_at_all(file)


def plain_json(value):
    written = writers.Written()
    written.put(dump(value))
    return written


def pointer_value(value, path):
    for step in path:
        value = value[step]
    return value


def as_texts(value):
    if isinstance(value, dict):
        return {key: as_texts(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [as_texts(inner) for inner in value]
    return str(value) if isinstance(value, twins.Number) else value


if __name__ == "__main__":
    unittest.main(argv=[sys.argv[0], *OTHERS])
