#!/usr/bin/python3
"""Every limit of every schema: at the limit nothing is said, one beyond it there is one finding, and it is there.

    CONNECT_LINT=build/connect-lint SCRATCH=build/scratch tests/oracles/boundary_test.py [--rounds N] [--seed N]

Limits are those of lengths, numbers, elements and members; of each place of a request, keys of maps included. Rules are off. The other values of a
request are random ones; in each of the rounds (1 unless given) they are others, and so are the characters of the texts.
"""

import argparse
import functools
import os
import pathlib
import random
import shutil
import sys
import unittest

import documents
import mutate
import mutations
from rules_off import rules_off

CHARACTERS = ["a", "A", "7", "é", "€", "\U0001f600", "-", "_"]  # To make texts longer with, where the pattern takes them.
BELOW, ABOVE = ("minimum", -1), ("maximum", 1)
IDS = {"string": "schema/length", "integer": "schema/range", "list": "schema/items", "map": "schema/properties", "timestamp": "schema/time-in-milliseconds"}
TIME_MAX = 99_999_999_999  # Seconds; from there on, they would be milliseconds.

ARGUMENTS = argparse.ArgumentParser(add_help=False)
ARGUMENTS.add_argument("--rounds", type=int, default=1)
ARGUMENTS.add_argument("--seed", type=int, default=20200815)
OPTIONS, OTHERS = ARGUMENTS.parse_known_args()  # The others are for unittest.
ROUNDS, SEED = OPTIONS.rounds, OPTIONS.seed

# Rules that know more than the limit of a schema, and what.
TIGHTER = {
    "arithmetic/order-differs": "the member repeats the names of fields",
    "arn/kms-form": "the identifier of a key is shorter",
    "connector/incremental-field-unusual": "the field has another name now",
    "integration/domain-not-connect": "the name that Connect gives begins with words of its own",
    "integration/object-type-not-ctr": "the one name for contact records",
    "integration/object-type-reserved": "of the names that begin with `_`, one may be used",
    "mask/value-not-one-character": "one character",
    "schedule/expression-unsupported": "four expressions",
    "schedule/offset-at-limit": "AppFlow wants less than the ten hours that the model allows",
    "schedule/offset-unused": "none where the pull is complete",
    "schedule/time-zone-unknown": "names of time zones",
    "task/length-not-positive": "a number",
    "validate/action-unknown": "two words",
    "workflow/id-form": "32 digits",
}


def places(shape, path=()):
    """(path, mark, shape) of everything in a request that has all members; 0 and the first key stand for all elements and members."""
    yield path, "value", shape
    if shape.kind == "structure":
        for name, member in shape.members.items():
            yield from places(member, (*path, name))
    elif shape.kind == "list":
        yield from places(shape.value, (*path, 0))
    elif shape.kind == "map":
        yield (*path, None), "key", shape.key
        yield from places(shape.value, (*path, None))


def text_of_length(shape, length, chance):
    """A text that the pattern takes, of this length."""
    unlimited = documents.Shape(shape.name, "string", pattern=shape.pattern)
    if length == 0:
        return ""  # No pattern matters: it is empty, which says it.
    for _ in range(300):
        made = documents.text(unlimited, chance)
        if len(made) > length:
            made = made[:length]
        while len(made) < length:
            longer = [made[:at] + character + made[at:] for character in chance.sample(CHARACTERS, 4) for at in (len(made), len(made) // 2)]
            longer = next((text for text in longer if documents.fitting(text, unlimited)), None)
            if longer is None:
                break
            made = longer
        if len(made) == length and documents.fitting(made, unlimited):
            return made
    raise ValueError(f"{shape.name} has no text of {length} characters")


def text_like(old, size):
    """The beginning of a text, or more than it."""
    return old[:size] + "a" * (size - len(old))


def value_of_size(shape, size, chance):
    """A value whose length, number of elements or members, or amount is the size."""
    if shape.kind == "string":
        return text_of_length(shape, size, chance)
    if shape.kind == "integer":
        return size
    if shape.kind == "list":
        return [documents.make(shape.value, chance) for _ in range(size)]
    made = {}
    while len(made) < size:
        made[documents.text(shape.key, chance)] = documents.make(shape.value, chance)
    return made


def limits(shape):
    """(which, size at the limit, size beyond it)"""
    if shape.kind == "timestamp":
        yield "maximum", TIME_MAX, TIME_MAX + 1
    for (which, step), limit in zip((BELOW, ABOVE), shape.limits):
        # Nothing is shorter than empty.
        if limit is not None and not shape.enum and (limit, shape.kind == "integer", which) != (0, False, "minimum"):
            yield which, limit, limit + step


def put(request, path, mark, new):
    """A copy of the request with something at a path; None in it is the first key. Gives the path, too."""
    real = []
    inner = request
    for step in path:
        real.append(next(iter(inner)) if step is None else step)
        inner = inner[real[-1]]
    if mark == "value":
        return mutations.replaced(request, real, lambda _: new), real
    renamed = mutations.replaced(request, real[:-1], lambda around: {new if key == real[-1] else key: value for key, value in around.items()})
    return renamed, [*real[:-1], new]


class Case:
    def __init__(self, operation, path, mark, shape, which, size, beyond):
        self.operation = operation
        self.shape = shape
        self.name = f"{operation}.{'.'.join(str(step) for step in path)} {mark} {which} {size}"
        self.which = which
        self.beyond = beyond
        self.mark = mark
        self.mutant = None
        self.pointer = None

    def make(self, request, path, size, chance, old=None):
        new = size if self.shape.kind == "timestamp" else text_like(old, size) if isinstance(old, str) else value_of_size(self.shape, size, chance)
        changed, real = put(request, path, self.mark, new)
        self.mutant = mutate.Mutant(self.operation, mutations.write(changed, chance), self.name, "boundary")
        self.pointer = "".join("/" + str(step).replace("~", "~0").replace("/", "~1") for step in real)


def cases():
    made = []
    for number in range(ROUNDS):
        chance = random.Random(SEED + number)
        for row in mutate.operations():
            operation = row["name"]
            shape = documents.of_schema(operation)
            for path, mark, inner in places(shape):
                for which, at, beyond in limits(inner):
                    for size in (at, beyond):
                        request = documents.make(shape, chance, everything=True)
                        case = Case(operation, path, mark, inner, which, size, size == beyond)
                        case.make(request, path, size, chance)
                        made.append(case)
    return made


def shape_at(shape, path):
    """The shape of a value of a request."""
    for step in path:
        shape = shape.members[step] if shape.kind == "structure" else shape.value
    return shape


def paths(value, path=()):
    yield path
    for step, inner in value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ():
        yield from paths(inner, (*path, step))


def correct_cases():
    """Correct requests with a value at its limit: in each round another request. Not times and names of fields, which have to go together."""
    by_place = {}
    by_command = sorted(((row["command"], row["name"]) for row in mutate.operations()), key=lambda pair: -len(pair[0]))
    for operation, request in mutate.correct_requests(lambda file: next(name for command, name in by_command if file.startswith(command))):
        for path in paths(request):
            shape = shape_at(documents.of_schema(operation), path)
            if shape.kind == "timestamp" or {"SourceFields", "DestinationField"} & set(path):
                continue
            for which, at, _ in limits(shape):
                place = (operation, tuple("*" if isinstance(step, int) else step for step in path), which)
                by_place.setdefault(place, []).append((path, request, shape, at))
    for place, known in by_place.items():
        chance = random.Random(SEED)
        for path, request, shape, at in chance.sample(known, min(2 + ROUNDS, len(known))):
            case = Case(place[0], path, "value", shape, place[2], at, False)
            old = functools.reduce(lambda inner, step: inner[step], path, request)
            if not isinstance(old, str) or documents.fitting(text_like(old, at), shape):
                case.make(request, path, at, chance, old)
                yield case


class BoundaryTest(unittest.TestCase):
    maxDiff = None

    def test_limits(self):
        scratch = pathlib.Path(os.environ["SCRATCH"])
        shutil.rmtree(scratch, ignore_errors=True)
        made = cases()
        mutate.write_files([case.mutant for case in made], scratch / "requests")
        options = ["--show", "info", *rules_off(scratch / "rules-off")]
        reports = mutate.reports_of(os.environ["CONNECT_LINT"], [case.mutant for case in made], scratch / "requests", options)
        wrong = 0
        for case, report in zip(made, reports):
            expected = [(IDS[case.shape.kind], "error", case.pointer, case.mark)] if case.beyond else []
            found = [(one["id"], one["severity"], one["pointer"], one["mark"]) for one in report["diagnostics"]]
            wrong += found != expected
            with self.subTest(case.name, file=str(case.mutant.path)):
                self.assertEqual(expected, found)
        beyond = sum(case.beyond for case in made)
        print(f"figure: seeds {SEED} to {SEED + ROUNDS - 1}: {len(made) - beyond} requests at a limit, {beyond} one beyond it: {wrong} with anything else than "
              "no finding, or one at that place")
        self.assertGreater(beyond, 100 * ROUNDS)

    def test_correct_requests(self):
        """With the rules."""
        scratch = pathlib.Path(os.environ["SCRATCH"])
        shutil.rmtree(scratch, ignore_errors=True)
        made = list(correct_cases())
        mutate.write_files([case.mutant for case in made], scratch / "requests")
        options = ["--severity", "name/flow-name-taken=off"]
        reports = mutate.reports_of(os.environ["CONNECT_LINT"], [case.mutant for case in made], scratch / "requests", options)
        met = set()
        for case, report in zip(made, reports):
            met.update(one["id"] for one in report["diagnostics"])
            with self.subTest(case.name, file=str(case.mutant.path)):
                self.assertEqual([], [(one["id"], one["pointer"], one["message"][:200]) for one in report["diagnostics"] if one["id"] not in TIGHTER])
        if ROUNDS >= 50 and SEED == ARGUMENTS.get_default("seed"):  # Nearly all of the requests; other ones may leave a rule out.
            self.assertLessEqual(set(TIGHTER), met, "TIGHTER lists a rule that says nothing")
        print(f"figure: {len(made)} correct requests with one value at a limit: nothing is found but by {len(TIGHTER)} rules that know more than the limit")


if __name__ == "__main__":
    unittest.main(argv=[sys.argv[0], *OTHERS])
