#!/usr/bin/python3
"""Thousands of valid requests, each with something changed: connect-lint, python3-jsonschema, ajv and stock valijson give the
same verdict, but for the differences that known_differences.json names. Connect-lint runs without rules: they know more than any schema.

    CONNECT_LINT=build/connect-lint ORACLES_VALIJSON=build/oracles-valijson SCRATCH=build/scratch tests/oracles/mutate.py
    ... tests/oracles/mutate.py --count 50000 --seed 7     more of them, and other ones

Requests are those that verdicts.json calls valid and those of seeds/. What disagrees stays in SCRATCH.
"""

import argparse
import copy
import json
import os
import pathlib
import random
import re
import shutil
import subprocess
import sys

import jsonschema

from rules_off import rules_off

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parents[1]
SCHEMAS = ROOT / "schemas"


def load(path):
    return json.loads(path.read_text())


# --- Requests ---------------------------------------------------------------------------------------------------------------


def operations():
    return load(SCHEMAS / "operations.json")["operations"]


def seeds():
    """Pairs of an operation and a valid request."""
    for row in load(ROOT / "tests/schemas/verdicts.json"):
        if row["valid"]:
            yield row["operation"], row["request"]
    by_command = sorted(((row["command"], row["name"]) for row in operations()), key=lambda pair: -len(pair[0]))
    for path in sorted((HERE / "seeds").glob("*.json")):
        operation = next(name for command, name in by_command if path.name.startswith(command))
        yield operation, load(path)


class Raw:
    """A value that stands in the text as it is written here: 5.0, 1e400."""

    def __init__(self, text):
        self.text = text


class Again(str):
    """A key that may be in an object beside itself."""

    __hash__ = object.__hash__

    def __eq__(self, other):
        return self is other


def write(value, rng):
    """JSON text, sometimes with everything beyond ASCII escaped."""
    ascii_only = rng.random() < 0.3

    def text(string):
        return json.dumps(str(string), ensure_ascii=ascii_only or re.search("[\ud800-\udfff]", string) is not None)

    def parts(value):
        if isinstance(value, Raw):
            return value.text
        if isinstance(value, str):
            return text(value)
        if isinstance(value, dict):
            return "{" + ",".join(text(key) + ":" + parts(inner) for key, inner in value.items()) + "}"
        if isinstance(value, list):
            return "[" + ",".join(map(parts, value)) + "]"
        return json.dumps(value)

    return parts(value)


# --- Places of a request, each with its schema ---------------------------------------------------------------------------------


def resolve(root, schema):
    while "$ref" in schema:
        schema = root["definitions"][schema["$ref"].removeprefix("#/definitions/")]
    return schema


def places(root, value, schema, path=()):
    """Every value with its path and schema."""
    schema = resolve(root, schema)
    yield path, value, schema
    if isinstance(value, dict):
        for key, inner in value.items():
            inner_schema = schema.get("properties", {}).get(key, schema.get("additionalProperties", {}))
            yield from places(root, inner, inner_schema or {}, path + (key,))
    elif isinstance(value, list):
        for index, inner in enumerate(value):
            yield from places(root, inner, schema.get("items", {}), path + (index,))


def replaced(request, path, change):
    """A copy of the request; `change` gets the value at the path and gives another."""
    if not path:
        return change(copy.deepcopy(request))
    result = copy.deepcopy(request)
    around = result
    for step in path[:-1]:
        around = around[step]
    around[path[-1]] = change(around[path[-1]])
    return result


# --- What may be changed: pairs of a kind and a new value ------------------------------------------------------------------------

STRANGE = [" ", "\n", "\r", "\t", "\v", "\f", "\0", "\x7f", "/", ":", "\"", "\\", "'", "é", "€", "\U0001d11e", "\u00a0", "\u2028",
           "\ufeff", "\ud83d", "-", "_", ".", "#", "%", "A", "0"]
NUMBERS = ["0", "-0", "1", "-1", "5.0", "1e1", "1E+2", "10.5", "0.5", "100.0", "1e-400", "9007199254740993", "9223372036854775807",
           "9223372036854775808", "18446744073709551616", "-9223372036854775809", "1e400", "-1e400"]
TIMES = ["0", "-1", "1634244800", "1634244800.435", "99999999999", "99999999999.5", "100000000000", "1e10", "1e11", "1634244800435",
         "-62135596800", "-62135596801", "-99999999999", "1e400", "-1e400", "0.5", "1.0"]
OTHER_TYPES = [None, True, False, 0, 7, "", "text", [], {}, ["text"], {"a": "b"}, "true", "5"]


def changed_names(name):
    yield name[:1].lower() + name[1:]
    yield name.upper()
    yield name + "s"
    yield name[:-1]
    yield name[1:] + "x"
    yield re.sub(r"(?<=.)([A-Z])", r"_\1", name).lower()
    yield "X" + name + "Y"


def strings(value, schema, rng):
    for choice in schema.get("enum", []):
        yield "enum", choice
    if "enum" in schema:
        for name in changed_names(value):
            yield "enum", name
    filling = value[:1] if value[:1].isalnum() else "a"
    for limit in (schema.get("minLength"), schema.get("maxLength"), 20, 3000):
        if limit is None:
            continue
        for length in (limit - 1, limit, limit + 1):
            if length >= 0:
                yield "length", value[:length] + filling * (length - len(value))
                yield "length", "é" * length
                yield "length", "\U0001d11e" * length
    for _ in range(12):
        at = rng.randrange(len(value) + 1)
        strange = rng.choice(STRANGE)
        yield "character", value[:at] + strange + value[at:]
        yield "character", value[:at] + strange + value[at + 1:]
        yield "character", value[:at] + value[at + 1:]
    yield "empty", ""
    yield "case", value.swapcase()


def objects(value, schema, rng):
    for key in value:
        yield "drop", {name: inner for name, inner in value.items() if name != key}
        yield "again", {**value, Again(key): value[key]}
        yield "again", {**value, Again(key): rng.choice(OTHER_TYPES)}
        for name in changed_names(key):
            yield "rename", {name if old == key else old: inner for old, inner in value.items()}
        names = resolve_names(schema)
        if names is not None:
            for kind, name in strings(key, names, rng):
                yield "key " + kind, {name if old == key else old: inner for old, inner in value.items()}
    for name in ("password", "Items", "CreatedAt", "Name", "", "é", "\0"):
        yield "more", {**value, name: rng.choice(OTHER_TYPES)}
    for name, inner in schema.get("properties", {}).items():
        if name not in value:
            yield "more", {**value, name: rng.choice(OTHER_TYPES)}
    if "additionalProperties" in schema and schema["additionalProperties"]:
        for limit in (schema.get("minProperties", 1), schema.get("maxProperties", 3)):
            for count in (limit - 1, limit, limit + 1):
                yield "properties", {"a" * (i + 1): next(iter(value.values()), "x") for i in range(count)}
    yield "empty", {}


def resolve_names(schema):
    return schema.get("names")


def lists(value, schema, rng):
    for limit in (schema.get("minItems", 1), schema.get("maxItems", 3)):
        for count in (limit - 1, limit, limit + 1):
            yield "items", (value * (count + 1))[:max(count, 0)]
    for index in range(len(value)):
        yield "items", value[:index] + [rng.choice(OTHER_TYPES)] + value[index + 1:]
    yield "empty", []


def changes(value, schema, times, rng):
    for other in OTHER_TYPES:
        yield "type", other
    if isinstance(value, dict):
        yield from objects(value, schema, rng)
    elif isinstance(value, list):
        yield from lists(value, schema, rng)
        yield "type", value[0] if value else "x"
    elif isinstance(value, str) and schema.get("title") != "Timestamp":
        yield from strings(value, schema, rng)
        yield "type", [value]
    elif isinstance(value, (int, float)) and not isinstance(value, bool):
        for limit in (schema.get("minimum"), schema.get("maximum")):
            for step in (-1, 0, 1):
                if limit is not None:
                    yield "range", limit + step
        for number in NUMBERS:
            yield "number", Raw(number)
    if schema.get("title") == "Timestamp":
        for text in times:
            yield "time", text
        for number in TIMES:
            yield "time", Raw(number)


class Mutator:
    def __init__(self, seed):
        self.rng = random.Random(seed)
        self.schemas = {row["name"]: load(SCHEMAS / f"{row['name']}.json") for row in operations()}
        for root in self.schemas.values():
            for schema in root["definitions"].values():  # Where objects() finds it without the root.
                if "propertyNames" in schema:
                    schema["names"] = resolve(root, schema["propertyNames"])
        self.times = [row["text"] for row in load(ROOT / "tests/schemas/timestamps.json")]
        self.times += [time + rest for time in ("2021-10-14", "1634244800", "2021-10-14T13:51:57Z") for rest in ("\0", " ", "é", "x")]
        self.times += ["000000000000", "0000000000000001", "2021-06-31", "1900-02-29", "2000-02-29", "0001-01-01T00:00:00+00:01"]

    def mutations(self, operation, request):
        """(kind, path, new value) of every single change."""
        root = self.schemas[operation]
        for path, value, schema in places(root, request, root):
            for kind, new in changes(value, schema, self.times, self.rng):
                yield kind, path, new

    def mutants(self, count):
        """Each kind of change about as often as any other; a fifth of the requests is changed twice."""
        by_kind = {}
        for operation, request in seeds():
            for kind, path, new in self.mutations(operation, request):
                by_kind.setdefault(kind, []).append((operation, request, path, new))
        kinds = sorted(by_kind)
        for kind in kinds:
            self.rng.shuffle(by_kind[kind])
        seen = set()
        while len(seen) < count and any(by_kind.values()):
            for kind in kinds:
                if not by_kind[kind] or len(seen) >= count:
                    continue
                operation, request, path, new = by_kind[kind].pop()
                mutant = replaced(request, path, lambda _: new)
                if self.rng.random() < 0.2 and isinstance(mutant, dict):
                    mutant = self.change_again(operation, mutant)
                text = write(mutant, self.rng)
                if (operation, text) not in seen:
                    seen.add((operation, text))
                    yield {"operation": operation, "kind": kind, "text": text}

    def change_again(self, operation, mutant):
        text = write(mutant, self.rng)
        if "\\ud83d" in text or "e400" in text:  # Would not be written as it is read.
            return mutant
        plain = json.loads(text)
        root = self.schemas[operation]
        path, value, schema = self.rng.choice(list(places(root, plain, root)))
        _, new = self.rng.choice(list(changes(value, schema, self.times, self.rng)))
        return replaced(plain, path, lambda _: new)


# --- Verdicts -----------------------------------------------------------------------------------------------------------------


def jsonschema_verdicts(mutants):
    sys.path.insert(0, str(ROOT / "tests/schemas"))
    import jsonschema_test  # Its patterns are ECMAScript's.

    validators = {row["name"]: jsonschema_test.Validator(load(SCHEMAS / f"{row['name']}.json")) for row in operations()}
    return ["valid" if validators[mutant["operation"]].is_valid(json.loads(mutant["text"])) else "invalid" for mutant in mutants]


def verdicts_of(command, mutants):
    lines = "".join(json.dumps({"operation": mutant["operation"], "text": mutant["text"]}) + "\n" for mutant in mutants)
    words = subprocess.run(command, input=lines, capture_output=True, text=True, check=False)
    if words.returncode != 0:
        sys.exit(f"{command[0]} ended with {words.returncode}: {words.stderr}")
    return words.stdout.split()


def connect_lint_reports(program, mutants, scratch):
    """For each mutant what `--format jsonl` prints of its file."""
    shutil.rmtree(scratch, ignore_errors=True)
    schemas_only = rules_off(scratch / "rules-off")
    for number, mutant in enumerate(mutants):
        mutant["path"] = scratch / mutant["operation"] / f"{number:06}.json"
        mutant["path"].parent.mkdir(parents=True, exist_ok=True)
        mutant["path"].write_bytes(mutant["text"].encode("utf-8"))
    reports = {}
    for operation in sorted({mutant["operation"] for mutant in mutants}):
        run = subprocess.run([program, "check", "--quiet", "--format", "jsonl", "--show", "info", *schemas_only, "--operation", operation, str(scratch / operation)],
                             capture_output=True, text=True, check=False)
        if run.returncode not in (0, 1) or run.stderr:
            sys.exit(f"{program} ended with {run.returncode}: {run.stderr}")
        for line in run.stdout.split("\n")[:-1]:  # splitlines() would cut at U+2028, too.
            report = json.loads(line)
            reports[report["file"]] = report
    return [reports[str(mutant["path"])] for mutant in mutants]


# --- Known differences -----------------------------------------------------------------------------------------------------------


class Differences:
    """known_differences.json. Each entry is a finding of ours (`finding`, marking something like `bytes`) that the oracles do not
    share; or, without `finding`, a text like `bytes` that we take and they refuse. `verdict`: what they say instead. An
    `example` shows it, whatever the seed."""

    def __init__(self):
        self.entries = load(HERE / "known_differences.json")
        self.met = {entry["name"]: 0 for entry in self.entries}

    def examples(self):
        return [{"operation": entry["operation"], "kind": entry["name"], "text": entry["example"]} for entry in self.entries]

    def explain(self, oracle, verdict, mutant, report):
        """True when every finding that the oracle does not share is known."""
        errors = [found for found in report["diagnostics"] if found["severity"] == "error"]
        if verdict == "unreadable":  # One of ours says why.
            names = [self.name_of(oracle, verdict, mutant, found) for found in report["diagnostics"]]
            names = [name for name in names if name is not None][:1] or [None]
        elif errors:
            # Of a key that is there twice, they see the last value only.
            twice = tuple(found["pointer"] + "/" for found in errors if found["id"] == "document/duplicate-key")
            errors = [found for found in errors if found["id"] == "document/duplicate-key" or not (found["pointer"] + "/").startswith(twice)]
            names = [self.name_of(oracle, verdict, mutant, found) for found in errors]
        else:
            names = [self.name_of(oracle, verdict, mutant, None)]
        if None in names:
            return False
        for name in names:
            self.met[name] += 1
        return True

    def name_of(self, oracle, verdict, mutant, found):
        text = mutant["text"].encode("utf-8")
        for entry in self.entries:
            if oracle not in entry["oracles"] or entry.get("verdict", "valid" if found else "invalid") != verdict:
                continue
            if entry.get("finding") != (found["id"] if found else None):
                continue
            part = text[found["span"]["begin"]:found["span"]["end"]] if found else text
            if "bytes" not in entry or re.search(entry["bytes"], part.decode("utf-8", "replace")):
                return entry["name"]
        return None


def main():
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("--count", type=int, default=4000, help="how many requests (4000 unless given)")
    arguments.add_argument("--seed", type=int, default=20200815, help="other requests for another number")
    options = arguments.parse_args()
    program, valijson = os.environ["CONNECT_LINT"], os.environ["ORACLES_VALIJSON"]
    scratch = pathlib.Path(os.environ["SCRATCH"])

    differences = Differences()
    mutants = list(Mutator(options.seed).mutants(options.count))
    if len(mutants) < options.count:
        sys.exit(f"only {len(mutants)} different requests")
    mutants += differences.examples()
    reports = connect_lint_reports(program, mutants, scratch)
    oracles = {
        "jsonschema": jsonschema_verdicts(mutants),
        "ajv": verdicts_of([os.environ.get("NODE", "node"), str(HERE / "ajv_verdicts.mjs"), str(SCHEMAS)], mutants),
        "valijson": verdicts_of([valijson, str(SCHEMAS)], mutants),
    }
    for oracle, verdicts in oracles.items():
        if len(verdicts) != len(mutants):
            sys.exit(f"{oracle} gave {len(verdicts)} verdicts of {len(mutants)}")

    families = {found["id"].split("/")[0] for report in reports for found in report["diagnostics"]}
    problems, valid = [f"a rule has run: {family}" for family in sorted(families - {"document", "request", "schema"})], 0
    for index, (mutant, report) in enumerate(zip(mutants, reports)):
        ours = "invalid" if any(found["severity"] == "error" for found in report["diagnostics"]) else "valid"
        valid += ours == "valid"
        if report["status"] == "skipped" or (ours == "valid" and report["status"] != "checked"):
            problems.append(f"{mutant['path']}: status {report['status']}")
        for oracle, verdicts in oracles.items():
            theirs = verdicts[index]
            if theirs in (ours, "long") or differences.explain(oracle, theirs, mutant, report):
                continue
            ids = [f"{found['id']} {found['pointer']}" for found in report["diagnostics"]]
            problems.append(f"{mutant['path']} ({mutant['kind']}): ours {ours} {ids}, {oracle} {theirs}")

    unmet = [name for name, times in differences.met.items() if times == 0]
    problems += [f"known_differences.json: nothing shows the difference {name!r}" for name in unmet]
    for problem in problems[:60]:
        print(problem, file=sys.stderr)
    # A test of verdicts wants both of them, of every kind.
    if not len(mutants) * 0.1 < valid < len(mutants) * 0.9:
        problems.append("hardly any request of one verdict")
    print(f"oracles: {len(mutants)} requests ({valid} valid), {len({mutant['kind'] for mutant in mutants})} kinds of changes, "
          f"{sum(differences.met.values())} known differences, {len(problems)} problems")
    if not problems:
        shutil.rmtree(scratch, ignore_errors=True)
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
