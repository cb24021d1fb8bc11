#!/usr/bin/python3
"""Thousands of requests that are nearly right, in connect-lint and in the validators of others.

    CONNECT_LINT=build/connect-lint ORACLES_VALIJSON=build/oracles-valijson SCRATCH=build/scratch tests/oracles/mutate.py
    ... tests/oracles/mutate.py --count 100000 --seed 7     more of them, and other ones

The requests: tests/valid, those that verdicts.json calls valid, those of seeds/, and random ones made from the schemas and from the service model
of Debian's botocore; of all nine operations. Most of them get something changed. Then, without rules, as they know more than any schema:

  - python3-jsonschema, ajv and stock valijson give the verdict that we give;
  - each place that jsonschema complains about has a finding of that kind, and each finding is at such a place;
  - each place that botocore's ParamValidator complains about has an error of that kind (it does not look at everything);
  - one change is one finding, but for changes that are several mistakes;

and with rules, where the request was correct before something of the wrong shape was put in: there is the same finding, and no other.

Differences that known_differences.json names and explains are none. What disagrees stays in SCRATCH.
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
import warnings

import documents
import mutations
import oracles
from differences import Differences, is_twice, shared
from rules_off import rules_off

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parents[1]
SCHEMAS = ROOT / "schemas"
BATCH = 4000  # Requests that are there as files at a time.
# Of so many requests, one is of the operation; the others have few members.
SHARES = {"PutIntegration": 5, "CreateIntegrationWorkflow": 3, "ListWorkflows": 2}


def load(path):
    return json.loads(path.read_text(encoding="utf-8"))


def operations():
    return load(SCHEMAS / "operations.json")["operations"]


# --- Requests -----------------------------------------------------------------------------------------------------------------


def correct_requests(operation_of):
    """Pairs of an operation and a request about which there is nothing to say."""
    for path in sorted((ROOT / "tests/valid").glob("*.json")):
        yield operation_of(path.name.removeprefix("passes-")), load(path)


def valid_requests(operation_of):
    """Pairs of an operation and a request that its schema takes; not all of them mean something."""
    for path in sorted((HERE / "seeds").glob("*.json")):
        yield operation_of(path.name), load(path)
    for row in load(ROOT / "tests/schemas/verdicts.json"):
        if row["valid"]:
            yield row["operation"], row["request"]


class Mutant:
    """A request as text."""

    def __init__(self, operation, text, kind, source, place=None, new=()):
        self.operation = operation
        self.text = text
        self.kind = kind  # Of the change; "none"
        self.source = source  # Where the request comes from: correct, valid, schema, model, example.
        self.place = place  # The path of the one value that was changed; None when there are two, or none.
        self.new = new  # The members or elements of that value that are new, or have another value.
        self.path = None  # The file.


def new_steps(old, new):
    """Members or elements that are not as they were."""
    if isinstance(new, dict):
        return [str(key) for key in new if not isinstance(old, dict) or isinstance(key, mutations.Again) or key not in old or new[key] is not old[key]]
    if isinstance(new, list):
        return [index for index, value in enumerate(new) if not isinstance(old, list) or index >= len(old) or value is not old[index]]
    return []


class Mutator:
    def __init__(self, seed):
        self.rng = random.Random(seed)
        self.schemas = {row["name"]: documents.schema(row["name"]) for row in operations()}
        for root in self.schemas.values():
            for schema in root["definitions"].values():  # Where objects() finds it without the root.
                if "propertyNames" in schema:
                    schema["names"] = mutations.resolve(root, schema["propertyNames"])
        self.times = [row["text"] for row in load(ROOT / "tests/schemas/timestamps.json")]
        self.times += [time + rest for time in ("2021-10-14", "1634244800", "2021-10-14T13:51:57Z") for rest in ("\0", " ", "é", "x")]
        self.times += ["000000000000", "0000000000000001", "2021-06-31", "1900-02-29", "2000-02-29", "0001-01-01T00:00:00+00:01"]
        by_command = sorted(((row["command"], row["name"]) for row in operations()), key=lambda pair: -len(pair[0]))
        self.known = {"correct": collections.defaultdict(list), "valid": collections.defaultdict(list)}
        for source, requests in (("correct", correct_requests), ("valid", valid_requests)):
            for operation, request in requests(lambda file: next(name for command, name in by_command if file.startswith(command))):
                self.known[source][operation].append(request)

    def base(self, operation):
        """A valid request, and where it comes from."""
        source = self.rng.choice(("correct", "correct", "valid", "schema", "schema", "model"))
        if source in self.known:
            return source, self.rng.choice(self.known[source][operation])
        shape = {"schema": documents.of_schema, "model": documents.of_model}[source](operation)
        return source, documents.make(shape, self.rng, everything=self.rng.random() < 0.05)

    def change(self, operation, request):
        """(kind, path, new value, what is new of it): of each kind of value about as many as of any other, and so of each kind of change."""
        root = self.schemas[operation]
        by_kind = collections.defaultdict(list)
        for path, value, schema in mutations.places(root, request, root):
            by_kind["names" in schema, schema.get("title") == "Timestamp", "enum" in schema, schema.get("type") == "string" or type(value).__name__].append(
                (path, value, schema))
        path, value, schema = self.rng.choice(by_kind[self.rng.choice(sorted(by_kind, key=repr))])
        by_kind = collections.defaultdict(list)
        for kind, new in mutations.changes(value, schema, self.times, self.rng):
            by_kind[kind].append(new)
        kind = self.rng.choice(sorted(by_kind))
        new = self.rng.choice(by_kind[kind])
        return kind, path, new, new_steps(value, new)

    def mutant(self, operation):
        """One in 20 is not changed, a fifth of the others is changed twice."""
        source, request = self.base(operation)
        if self.rng.random() < 0.05:
            return Mutant(operation, mutations.write(request, self.rng), "none", source)
        kind, place, new, steps = self.change(operation, request)
        changed = mutations.replaced(request, place, lambda _: new)
        text = mutations.write(changed, self.rng)
        # What would not be written as it is read is changed once.
        if self.rng.random() < 0.2 and isinstance(changed, dict) and "\\ud83d" not in text and "e400" not in text:
            kind_again, path, new, _ = self.change(operation, json.loads(text))
            changed = mutations.replaced(json.loads(text), path, lambda _: new)
            return Mutant(operation, mutations.write(changed, self.rng), f"{kind}, {kind_again}", source)
        return Mutant(operation, text, kind, source, place, steps)

    def mutants(self, count):
        turns = [name for name in self.schemas for _ in range(SHARES.get(name, 1))]
        seen = set()
        for number in range(count):
            for _ in range(1000):
                mutant = self.mutant(turns[number % len(turns)])
                key = hash((mutant.operation, mutant.text))
                if key not in seen:
                    break
            else:
                sys.exit(f"{mutant.operation} has no more requests than {number}")
            seen.add(key)
            yield mutant


# --- Reports ------------------------------------------------------------------------------------------------------------------


def reports_of(program, mutants, scratch, options):
    """For each mutant what `--format jsonl` prints of its file."""
    reports = {}
    for operation in sorted({mutant.operation for mutant in mutants}):
        command = [program, "check", "--quiet", "--no-config", "--format", "jsonl", *options, "--operation", operation, str(scratch / operation)]
        run = subprocess.run(command, capture_output=True, text=True, check=False)
        if run.returncode not in (0, 1) or run.stderr:
            sys.exit(f"{program} ended with {run.returncode}: {run.stderr}")
        for line in run.stdout.split("\n")[:-1]:  # splitlines() would cut at U+2028, too.
            report = json.loads(line)
            reports[report["file"]] = report
    return [reports[str(mutant.path)] for mutant in mutants]


def write_files(mutants, scratch):
    shutil.rmtree(scratch, ignore_errors=True)
    for number, mutant in enumerate(mutants):
        mutant.path = scratch / mutant.operation / f"{number:06}.json"
        mutant.path.parent.mkdir(parents=True, exist_ok=True)
        mutant.path.write_bytes(mutant.text.encode("utf-8"))


def errors_of(report):
    return [found for found in report["diagnostics"] if found["severity"] == "error"]


# --- Comparisons: each gives what is wrong with one request --------------------------------------------------------------------


def verdict_problems(oracle, verdict, mutant, report, differences):
    """Of the oracles that say yes or no."""
    errors = errors_of(report)
    if verdict == "long" or verdict == ("invalid" if errors else "valid"):
        return
    if verdict == "unreadable":  # One of ours says why.
        known = any(differences.of_finding(oracle, mutant.text, found, verdict) for found in report["diagnostics"])
    elif errors:
        known = all(differences.of_finding(oracle, mutant.text, found, findings=errors) for found in errors
                    if found["id"] == "document/duplicate-key" or not is_twice(found["pointer"], errors))
    else:
        known = differences.of_text(oracle, mutant.text)
    if not known:
        yield f"{oracle} says {verdict}"


def place_problems(oracle, complaints, mutant, request, report, differences, one_sided=False):
    """Of the oracles that say where."""
    errors = errors_of(report)
    for complaint in sorted(complaints):
        if is_twice(complaint.pointer, errors) or any(shared(complaint, found) for found in errors):
            continue
        if not differences.of_complaint(oracle, request, complaint, report["diagnostics"]) and not differences.of_text(oracle, mutant.text):
            yield f"{oracle} complains: {complaint}"
    for found in [] if one_sided else errors:
        twice = found["id"] != "document/duplicate-key" and is_twice(found["pointer"], errors)
        if twice or any(shared(complaint, found) for complaint in complaints):
            continue
        if not differences.of_finding(oracle, mutant.text, found, findings=errors):
            yield f"{oracle} does not complain: {found['id']} {found['pointer']}"


def botocore_problems(mutant, request, report, differences):
    complaints = oracles.botocore_complaints(mutant.operation, request)
    if complaints is not None:
        yield from place_problems("botocore", complaints, mutant, request, report, differences, one_sided=True)
    elif not errors_of(report):
        yield "botocore ends with an exception"


def count_problems(mutant, report, several):
    """One change, one finding, there."""
    errors = errors_of(report)
    place = oracles.pointer_of(mutant.place)
    new = tuple(place + oracles.pointer_of([step]) for step in mutant.new)
    for found in errors:
        # At the value, or in what is new of it.
        if found["pointer"] != place and not found["pointer"].startswith(new):
            yield f"{found['id']} at {found['pointer']}, but {place} was changed"
    if len(errors) > 1:
        name = next((name for name, (_, holds) in SEVERAL_MISTAKES.items() if holds(mutant, errors)), None)
        if name is None:
            yield f"{len(errors)} findings"
        else:
            several[name] += 1


# Changes after which there is more than one mistake: what it is called, why, and whether it is that.
SEVERAL_MISTAKES = {
    "a key twice": (
        "both of its values are looked at",
        lambda mutant, errors: mutant.kind == "again" and all(is_twice(found["pointer"], errors) for found in errors)),
    "an object of other members": (
        "each required member is missing, and each member is unknown",
        lambda mutant, errors: mutant.kind in ("type", "empty", "items", "more") and ids(errors) <= {"schema/required", "schema/unknown-member"}),
    "another name": (
        "it is too different to be the misspelt one that is missing, or that of another operation's member",
        lambda mutant, errors: mutant.kind == "rename" and ids(errors) in (
            {"schema/required", "schema/unknown-member"}, {"schema/required", "request/foreign-member"})),
    "a text of other characters": (
        "its length is one mistake, its characters are another",
        lambda mutant, errors: counts(errors, "schema/length", "schema/pattern") and one_place(errors)),
    "a key with its value": (
        "the key is one mistake, its value is another; that there are too many is a third",
        lambda mutant, errors: mutant.kind in ("more", "type") and one_pointer([found for found in errors if found["id"] != "schema/properties"])),
    "a map of other keys": (
        "each key is wrong, and there may be too many",
        lambda mutant, errors: mutant.kind == "properties" and ids(errors) <= {"schema/enum", "schema/properties"}),
}


def ids(errors):
    return {found["id"] for found in errors}


def counts(errors, *wanted):
    return sorted(found["id"] for found in errors) == sorted(wanted)


def one_pointer(errors):
    return len({found["pointer"] for found in errors}) == 1


def one_place(errors):
    return len({(found["pointer"], found["mark"]) for found in errors}) == 1


# Where rules find a mistake beside the one of shape, and why.
RULES_BESIDE = {
    "a key twice": (
        "one of its values means something wrong, or goes with nothing else",
        lambda mutant, errors, added: mutant.kind == "again" and "document/duplicate-key" in ids(errors)),
    "a member too many": (
        "that it is there is one mistake, what it is is another; which member has to go is for people to say",
        lambda mutant, errors, added: mutant.kind == "more" and all(found["pointer"].startswith(added[0]["pointer"]) for found in errors) and ids(added) <= {
            "connector/operator-extra", "connector/properties-extra", "schedule/incremental-config-unused"}),
    "a flow in an integration of events": (
        "the members for events go with no flow, and the flow is wrong in itself",
        lambda mutant, errors, added: mutant.kind == "more" and ids(errors) <= {"schema/required", "schema/type", "schema/null"} and ids(added) == {
            "integration/object-type-names-unused"}),
    "another name": (
        "it is too different to be the misspelt one that is missing",
        lambda mutant, errors, added: mutant.kind == "rename" and ids(added) == {"integration/source-missing"}),
    "an object of other members": (
        "what has to be there is missing, and each member is unknown",
        lambda mutant, errors, added: mutant.kind in ("type", "empty") and ids(errors) <= {"schema/required", "schema/unknown-member"} and ids(added) <= {
            "trigger/schedule-missing", "integration/source-missing"}),
    "a key of a map": (
        "the key means nothing, and its value has the wrong type",
        lambda mutant, errors, added: mutant.kind == "more" and one_pointer([*errors, *added]) and ids(added) == {"integration/event-name-unknown"}),
}


def rule_problems(mutant, report, with_rules, beside):
    """A rule is silent where what it looks at has the wrong shape, and where something else has."""
    errors = errors_of(report)
    before = {(found["pointer"], found["mark"]) for found in errors}
    after = {(found["pointer"], found["mark"]) for found in with_rules["diagnostics"]}
    for pointer, mark in sorted(before - after):
        yield f"with rules, nothing is found at the {mark} {pointer}"
    known = {(found["id"], found["pointer"], found["mark"]) for found in errors}
    added = [found for found in with_rules["diagnostics"] if (found["id"], found["pointer"], found["mark"]) not in known]
    if added and len(with_rules["diagnostics"]) > len(errors):
        name = next((name for name, (_, holds) in RULES_BESIDE.items() if holds(mutant, errors, added)), None)
        if name is None:
            yield f"with rules, there are {len(with_rules['diagnostics'])} findings: {[(found['id'], found['pointer']) for found in with_rules['diagnostics']]}"
        else:
            beside[name] += 1


# --- All of it ----------------------------------------------------------------------------------------------------------------


class Comparison:
    """Counts what was compared, and keeps what is wrong."""

    def __init__(self, program, scratch):
        self.program = program
        self.scratch = scratch
        self.differences = Differences()
        self.several = collections.Counter()
        self.beside = collections.Counter()
        self.counts = collections.Counter()
        self.operations = collections.Counter()
        self.kinds = set()
        self.problems = []

    def reports(self, mutants, *options):
        return reports_of(self.program, mutants, self.scratch / "requests", options)

    def compare(self, mutants):
        write_files(mutants, self.scratch / "requests")
        shape_reports = self.reports(mutants, "--show", "info", *rules_off(self.scratch / "rules-off"))
        # Many files have the same flow: that is not what this is about.
        rule_reports = self.reports(mutants, "--severity", "name/flow-name-taken=off")
        verdicts = {"ajv": oracles.ajv_verdicts(mutants), "valijson": oracles.valijson_verdicts(mutants)}
        found_wrong = False
        for index, (mutant, report, with_rules) in enumerate(zip(mutants, shape_reports, rule_reports)):
            words = {oracle: given[index] for oracle, given in verdicts.items()}
            for problem in self.problems_of(mutant, report, with_rules, words):
                found_wrong = True
                self.problems.append(f"{mutant.path} ({mutant.kind}, {mutant.source}): {problem}")
        if found_wrong:  # Kept, to be looked at.
            (self.scratch / "requests").rename(self.scratch / f"requests-{len(self.problems)}")

    def problems_of(self, mutant, report, with_rules, words):
        errors = errors_of(report)
        request = json.loads(mutant.text)
        self.operations[mutant.operation] += 1
        self.kinds.add(mutant.kind)
        self.counts["valid"] += not errors
        self.counts["findings"] += len(errors)
        for found in report["diagnostics"]:
            if found["id"].split("/")[0] not in ("document", "request", "schema"):
                yield f"a rule has run: {found['id']}"
        if report["status"] == "skipped" or (not errors and report["status"] != "checked"):
            yield f"status {report['status']}"
        for oracle, verdict in words.items():
            yield from verdict_problems(oracle, verdict, mutant, report, self.differences)
        complaints = oracles.jsonschema_complaints(mutant.operation, request)
        yield from place_problems("jsonschema", complaints, mutant, request, report, self.differences)
        yield from botocore_problems(mutant, request, report, self.differences)
        if mutant.kind == "none":
            self.counts["unchanged"] += 1
            wrong = [*report["diagnostics"], *(with_rules["diagnostics"] if mutant.source == "correct" else [])]
            self.counts["false alarms"] += len(wrong)
            yield from (f"a false alarm: {found['id']} {found['pointer']}" for found in wrong)
        if mutant.place is not None and errors:
            self.counts["one mistake"] += 1
            problems = list(count_problems(mutant, report, self.several))
            self.counts["elsewhere"] += len(problems)
            yield from problems
            if mutant.source == "correct":
                self.counts["with rules"] += 1
                problems = list(rule_problems(mutant, report, with_rules, self.beside))
                self.counts["strays"] += len(problems)
                yield from problems

    def finish(self, seed):
        """The number of problems, which are printed."""
        total = sum(self.operations.values())
        self.problems += [f"known_differences.json: nothing shows the difference {name!r}" for name, times in self.differences.met.items() if times == 0]
        if not total * 0.1 < self.counts["valid"] < total * 0.9:  # A test of verdicts wants both of them.
            self.problems.append("hardly any request of one verdict")
        for problem in self.problems[:60]:
            print(problem.encode("ascii", "backslashreplace").decode(), file=sys.stderr)
        wrong, counts = len(self.problems), self.counts
        figures = [
            f"seed {seed}: {total} requests: {listed(self.operations)}",
            f"{counts['valid']} of them valid, {counts['findings']} findings, {len(self.kinds)} kinds of changes: {wrong} unexplained disagreements with ajv, "
            "jsonschema and valijson (verdicts), jsonschema and botocore (places and kinds)",
            f"{sum(self.differences.met.values())} known differences: {listed(self.differences.met)}",
            f"{counts['unchanged']} valid requests as they were: {counts['false alarms']} false alarms",
            f"{counts['one mistake']} requests with one wrong change: {counts['elsewhere']} findings anywhere else or too many; "
            f"{sum(self.several.values())} changes are several mistakes: {listed(self.several)}",
            f"{counts['with rules']} correct requests with a wrong shape put in: {counts['strays']} stray findings of rules; "
            f"{sum(self.beside.values())} where meaning is wrong, too: {listed(self.beside)}",
        ]
        for figure in figures:
            print(f"figure: {figure}")
        return wrong


def listed(counter):
    return ", ".join(f"{name} {count}" for name, count in sorted(counter.items()))


def main():
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("--count", type=int, default=3000, help="how many requests (3000 unless given)")
    arguments.add_argument("--seed", type=int, default=20200815, help="other requests for another number")
    options = arguments.parse_args()
    scratch = pathlib.Path(os.environ["SCRATCH"])
    shutil.rmtree(scratch, ignore_errors=True)
    warnings.simplefilter("ignore")  # dateutil's, of names of time zones.

    comparison = Comparison(os.environ["CONNECT_LINT"], scratch)
    batch = [Mutant(entry["operation"], entry["example"], entry["name"], "example") for entry in comparison.differences.entries]
    for mutant in Mutator(options.seed).mutants(options.count):
        batch.append(mutant)
        if len(batch) >= BATCH:
            comparison.compare(batch)
            batch = []
    if batch:
        comparison.compare(batch)
    if comparison.finish(options.seed):
        return 1
    shutil.rmtree(scratch, ignore_errors=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
