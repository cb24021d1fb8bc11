#!/usr/bin/python3
"""One mistake, one finding.

    CONNECT_LINT=build/release/connect-lint SCRATCH=build/scratch tests/cascade/cascade_test.py [--clusters] [--keep] [--kind KIND] [--member NAME]

Takes the valid requests of tests/valid and tests/samples and makes one mistake in each of thousands of copies: every member deleted,
misspelt, null, empty, of another type; every choice replaced; ARNs cut; times that nobody can read; tasks doubled and removed. Then

  - a request that botocore or its schema refuses has an error, and
  - no mistake has more than one finding (errors and warnings), but for those that SEVERAL_MISTAKES lists and explains, and
  - each finding is at what was changed, or a related place is, but for those of ELSEWHERE.

Findings are shown in clusters: how many requests, kind of mistake, member, ids. --clusters shows those of one finding or none, too;
--kind and --member choose; --keep leaves the requests in SCRATCH, and names one of each cluster.
"""

import argparse
import collections
import concurrent.futures
import functools
import json
import os
import pathlib
import shutil
import sys
import time

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parents[1]
sys.path[:0] = [str(ROOT / "tests/schemas"), str(ROOT / "tests/valid")]

import botocore.model  # noqa: E402
import botocore.validate  # noqa: E402

import jsonschema_test  # noqa: E402
import model_test  # noqa: E402
import valid_test  # noqa: E402

EACH_MEMBER = "each required member is missing, and has to be given"

# Mistakes that are several at once: (kind, member) to ids that may come together, and why they are not one.
SEVERAL_MISTAKES = {
    ("choice-other", "DataPullMode"): (
        {"schedule/incremental-config-unused", "schedule/offset-unused"},
        "two members are for incremental pulls only, at two places; when `Complete` is meant, both have to go",
    ),
    ("other-name", "DATA_TYPE"): (
        {"filter/data-type-missing", "filter/value-and-values"},
        "where `DATA_TYPE` becomes the other one of `VALUE` and `VALUES`, one is missing and one is too many",
    ),
    ("empty", ""): ({"schema/required", "integration/source-missing"}, EACH_MEMBER),
    ("empty", "Batches[]"): ({"schema/required"}, EACH_MEMBER),
    ("empty", "FlowDefinition"): ({"schema/required"}, EACH_MEMBER),
    ("empty", "SourceFlowConfig"): ({"schema/required"}, EACH_MEMBER),
    ("empty", "Tasks[]"): ({"schema/required"}, EACH_MEMBER),
}

NEEDED = "at the operator or the type of the task that needs what is missing"
LACKING = "at the object around that lacks something"

# Findings that are not at what was changed, and where they are.
ELSEWHERE = {
    "arithmetic/order-missing": NEEDED,
    "filter/bounds-missing": NEEDED,
    "filter/value-missing": NEEDED,
    "integration/object-type-missing": LACKING,
    "map/destination-missing": LACKING,
    "map/several-source-fields": "at the field that the task of another type does not take",
    "mask/length-missing": NEEDED,
    "merge/format-missing": NEEDED,
    "schedule/incremental-config-empty": LACKING,
    "task/no-op-missing": NEEDED,
    "task/operator-missing": NEEDED,
    "trigger/schedule-missing": LACKING,
    "truncate/length-missing": NEEDED,
    "validate/action-missing": NEEDED,
}

# Names and texts that are choices although the schema takes any.
NAMES = {
    "ObjectTypeNames": ["SegmentIdentify", "ShopifyCreateCustomers", "ShopifyUpdateCustomers", "ShopifyCreateDraftOrders",
                        "ShopifyUpdateDraftOrders", "ShopifyCreateOrders", "ShopifyUpdatedOrders"],
}
CHOICES = {
    "ScheduleExpression": ["rate(5minutes)", "rate(15minutes)", "rate(1hours)", "rate(1days)"],
    "Timezone": ["Europe/Berlin", "America/New_York", "UTC"],
    "VALIDATION_ACTION": ["DropRecord", "DropDataset"],
}
OUTSIDE = {"ScheduleExpression": ["rate(10minutes)", "cron(0 6 * * ? *)"], "Timezone": ["Middle/Earth"]}
OTHER_TYPES = {
    "string": 7,
    "array": "text",
    "object": ["text"],
    "integer": "soon",
    "boolean": "yes",
    "time": True,
}
UNREADABLE_TIMES = ["soon", "31.12.2026", "2027-02-30T00:00:00Z"]
SHAPE_MISTAKES = ("misspell", "recase", "null", "retype", "extra", "choice-recase", "choice-misspell", "choice-outside")
CHUNK = 1500  # Files of one run of the program; two of them run at once.

MISTAKES_OF_ITS_OWN = "put-integration.json"  # The one sample with intended mistakes.

# Mistakes after which a file is no request of ours any more, and why.
UNRECOGNISED = {
    ("misspell", "DomainName"): "the only member of ListIntegrations and ListWorkflows: no name that is ours is left",
    ("misspell", "Uri"): "the only member of ListAccountIntegrations that is needed",
}


# --- Places of a request ------------------------------------------------------


class Place:
    """A value of a request: its path, the members around it, and what schema and service model say about both."""

    def __init__(self, path, value, member, root, schema, shape, around=None):
        self.path = path
        self.value = value
        self.member = member  # The name; for an element of a list, the list's with [].
        self.root = root  # The operation's schema;
        self.schema = schema  # the one of the value.
        self.shape = shape  # Of botocore; None without a model.
        self.around = around  # The place of the object or list that it is in.

    def inner(self, step):
        """The place of a member or an element."""
        if isinstance(self.value, list):
            member, reference = self.member + "[]", self.schema["items"]
            shape = self.shape and self.shape.member
        else:
            member, reference = step, self.schema.get("properties", {}).get(step) or self.schema["additionalProperties"]
            shape = self.shape and (self.shape.members[step] if self.shape.type_name == "structure" else self.shape.value)
        return Place(self.path + (step,), self.value[step], member, self.root, self.definition(reference), shape, self)

    def definition(self, reference):
        return self.root["definitions"][reference["$ref"].removeprefix("#/definitions/")]

    @property
    def names(self):
        """The names that members can have; None where any will do."""
        if "properties" in self.schema:
            return list(self.schema["properties"])
        return self.definition(self.schema["propertyNames"]).get("enum") or NAMES.get(self.schema["title"])

    @property
    def kind(self):
        if self.schema["title"] == "Timestamp":
            return "time"
        return self.schema["type"]


def places(place):
    """The place and all below it."""
    yield place
    if isinstance(place.value, (dict, list)):
        for step in place.value if isinstance(place.value, dict) else range(len(place.value)):
            yield from places(place.inner(step))


def replaced(value, path, change):
    """A copy of a value with a change at a path; what is beside the path is shared."""
    if not path:
        return change(value)
    result = dict(value) if isinstance(value, dict) else list(value)
    result[path[0]] = replaced(value[path[0]], path[1:], change)
    return result


# --- Mistakes -----------------------------------------------------------------


def misspelt(text, known):
    """The text without a letter of its middle, or with another one there; nothing that is known."""
    middle = len(text) // 2
    for at in [*range(middle, len(text)), *range(middle)]:
        for spelling in (text[:at] + text[at + 1:], text[:at] + "x" + text[at + 1:]):
            if text[at].isalpha() and spelling and spelling not in known:
                return spelling
    return None


def recased(text):
    return next((other for other in (text[:1].lower() + text[1:], text.lower(), text.upper()) if other != text), text)


def renamed(value, old, new):
    return {new if key == old else key: inner for key, inner in value.items()}


def cuts(arn):
    """Beginnings of an ARN: up to each colon, with the last one, and half of the resource."""
    ends = [at for at, character in enumerate(arn) if character == ":"][1:]
    return [arn[:end] for end in ends] + [arn[:ends[-1] + 1], arn[:(ends[-1] + len(arn)) // 2]]


def name_mistakes(place):
    """Pairs of a kind and what the object around becomes."""
    around, name, known = place.around.value, place.path[-1], place.around.names
    yield "delete", {key: inner for key, inner in around.items() if key != name}
    if known is None:
        return
    yield "misspell", renamed(around, name, misspelt(name, known))
    yield "recase", renamed(around, name, recased(name))
    if place.around.schema["title"] in ("ConnectorOperator", "SourceConnectorProperties", "TaskPropertiesMap"):
        yield from (("other-name", renamed(around, name, other)) for other in known if other not in around)


def value_mistakes(place):
    """Pairs of a kind and another value."""
    value, schema, kind = place.value, place.schema, place.kind
    if place.path:  # Without any object, a file is no request at all, and not ours to judge.
        yield "null", None
        yield "retype", OTHER_TYPES[kind]
    if isinstance(value, dict):
        yield "extra", {**value, "Comment": "checked-by-sales"}
        if value:
            yield "empty", {}
    elif isinstance(value, list):
        if value:
            yield "empty", []
        if place.member in ("Tasks", "Batches"):
            one = place.member[:-1].removesuffix("e").lower()
            for index, element in enumerate(value):
                yield f"remove-{one}", value[:index] + value[index + 1:]
                yield f"duplicate-{one}", value[:index + 1] + [element] + value[index + 1:]
    elif isinstance(value, str):
        if value:
            yield "empty", ""
        if value.startswith("arn:"):
            yield from (("cut-arn", text) for text in cuts(value))
    if kind == "time":
        yield from (("unreadable-time", text) for text in UNREADABLE_TIMES)
    choices = schema.get("enum") or CHOICES.get(place.member)
    if choices:
        yield "choice-recase", recased(value)
        yield "choice-misspell", misspelt(value, choices)
        yield from (("choice-outside", text) for text in OUTSIDE.get(place.member, ["Nonsense"]))
        yield from (("choice-other", other) for other in choices if other != value)


def task_of(request, place):
    """The task that a place is in; None outside of tasks."""
    if "Tasks" not in place.path or place.path[-1] == "Tasks":
        return None
    return functools.reduce(lambda value, step: value[step], place.path[:place.path.index("Tasks") + 2], request)


def kind_of_task(task):
    return (task["TaskType"], *task["ConnectorOperator"].values(), *task.get("TaskProperties", ()), any("," in field for field in task["SourceFields"]))


def context_of(request, place, flow, kind):
    """What makes the same mistake another one. Each is made once in each context."""
    if flow is None or "FlowDefinition" not in place.path:
        return tuple(request)
    if place.member in ("FlowName", "KmsArn", "Description"):
        return ()
    task = task_of(request, place)
    if task is not None:  # A task says by itself which connector it is for, where that matters.
        if kind in SHAPE_MISTAKES:
            return (task["TaskType"],)
        return kind_of_task(task)[:2] if kind == "choice-other" else kind_of_task(task)
    # What has the wrong shape is wrong with every connector.
    connector = None if kind in SHAPE_MISTAKES else flow["SourceFlowConfig"]["ConnectorType"]
    scheduled = flow["TriggerConfig"].get("TriggerProperties", {}).get("Scheduled", {})
    return (flow["TriggerConfig"]["TriggerType"], *scheduled, scheduled.get("DataPullMode"), connector, *flow["SourceFlowConfig"])


def flow_of(request):
    return request.get("FlowDefinition") or request.get("IntegrationConfig", {}).get("AppflowIntegration", {}).get("FlowDefinition")


class Mutant:
    """A request with one mistake."""

    def __init__(self, operation, kind, place, changed, value, request):
        self.operation = operation
        self.kind = kind
        self.place = place
        self.member = place.member
        self.changed = changed  # The place whose value changed, which is `place` or the object around it,
        self.value = value  # and what it is now.
        text = json.dumps(replaced(request, changed.path, lambda _: value))
        self.text = text if flow_of(request) is None else text.replace(json.dumps(flow_of(request)["FlowName"]), '"%s"')
        self.path = None
        self.status = None
        self.diagnostics = None

    def write(self, path):
        """Each flow has a name of its own: another flow's name would be a mistake, too."""
        self.path = path
        path.write_text(self.text.replace('"%s"', f'"{path.stem}"'))

    @property
    def is_unrecognised(self):
        return (self.kind, self.member) in UNRECOGNISED and len(self.changed.value) <= 2 and self.status == "skipped"

    @property
    def ids(self):
        return tuple(sorted(found["id"] for found in self.diagnostics))


class Requests:
    """The valid requests, and what is known about their operations."""

    def __init__(self):
        self.schemas = {row["name"]: valid_test.load(ROOT / f"schemas/{row['name']}.json") for row in valid_test.operations()}
        self.commands = {row["name"]: row["command"] for row in valid_test.operations()}
        self.validators = {}
        path = model_test.newest_model_path()
        self.service = None if path is None else botocore.model.ServiceModel(valid_test.load(path), "customer-profiles")
        # Short ones first: of requests with the same context, the first is taken.
        paths = sorted([*valid_test.files(), *valid_test.SAMPLES.glob("*.json")], key=lambda path: (path.stat().st_size, path.name))
        report = valid_test.check(*paths)
        silent = {file["file"] for file in report["files"] if file["status"] == "checked" and not file["diagnostics"]}
        self.paths = [path for path in paths if str(path) in silent]
        self.noisy = [path for path in paths if str(path) not in silent]

    def mutants(self):
        """Every mistake, once in each context."""
        made = set()
        for path in self.paths:
            operation, request = valid_test.operation_of(path), valid_test.load(path)
            schema, flow = self.schemas[operation], flow_of(request)
            shape = None if self.service is None else self.service.operation_model(operation).input_shape
            for place in places(Place((), request, "", schema, schema, shape)):
                shown = tuple("*" if isinstance(step, int) else step for step in place.path)
                changes = [(kind, place, value) for kind, value in value_mistakes(place)]
                if place.path and isinstance(place.path[-1], str):
                    changes += [(kind, place.around, value) for kind, value in name_mistakes(place)]
                ordinals = collections.Counter()
                for kind, changed, value in changes:
                    which = ordinals[kind]
                    ordinals[kind] += 1
                    if kind in ("remove-task", "duplicate-task"):
                        which = kind_of_task(place.value[which])
                    key = (operation, shown, kind, context_of(request, place, flow, kind), which)
                    if key in made or type(value) is type(changed.value) and value == changed.value:
                        continue
                    made.add(key)
                    yield Mutant(operation, kind, place, changed, value, request)

    def refused_by(self, mutant):
        """Who refuses a mutant; None when nobody does. Only what changed is looked at: the rest is a part of a valid request."""
        name = mutant.changed.schema["title"]
        key = (mutant.operation, name)
        if key not in self.validators:
            schema = self.schemas[mutant.operation]
            if name != schema["title"]:
                schema = {"$ref": f"#/definitions/{name}", "definitions": schema["definitions"]}
            self.validators[key] = jsonschema_test.Validator(schema)
        if not self.validators[key].is_valid(mutant.value):
            return "the schema"
        if mutant.changed.shape is None:
            return None
        try:
            refused = botocore.validate.ParamValidator().validate(mutant.value, mutant.changed.shape).has_errors()
        except (OverflowError, RuntimeError, ValueError):  # The client does not get further, either.
            refused = True
        return "botocore" if refused else None


# --- Findings -----------------------------------------------------------------


def check(mutants, commands, scratch):
    """Gives each mutant its findings."""
    shutil.rmtree(scratch, ignore_errors=True)
    by_path = {}
    with concurrent.futures.ThreadPoolExecutor(max_workers=2) as executor:
        runs = []
        for start in range(0, len(mutants), CHUNK):
            folder = scratch / str(start // CHUNK)
            folder.mkdir(parents=True)
            for number, mutant in enumerate(mutants[start:start + CHUNK], start):
                mutant.write(folder / f"{commands[mutant.operation]}-{number}.json")
                by_path[str(mutant.path)] = mutant
            runs.append(executor.submit(valid_test.check, folder))
    for run in runs:
        for file in run.result()["files"]:
            mutant = by_path[file["file"]]
            mutant.status, mutant.diagnostics = file["status"], file["diagnostics"]


def excused(mutant):
    together, _ = SEVERAL_MISTAKES.get((mutant.kind, mutant.member), ((), ""))
    return len(mutant.diagnostics) <= 1 or set(mutant.ids) <= set(together)


def pointer_of(path):
    return "".join("/" + str(step).replace("~", "~0").replace("/", "~1") for step in path)


def is_at_change(mutant, pointer):
    """Whether a pointer names what was changed, something in it, or the object of which a member is gone or has another name."""
    place, changed = pointer_of(mutant.place.path), pointer_of(mutant.changed.path)
    return pointer in (place, changed) or pointer.startswith(place + "/") or pointer.rpartition("/")[0] == changed


def elsewhere(mutant):
    """The findings that are not at what was changed."""
    return [found for found in mutant.diagnostics
            if not any(is_at_change(mutant, place["pointer"]) for place in (found, *found.get("related", ())))]


def clusters(mutants):
    """Lists of mutants of the same kind, member and findings."""
    groups = collections.defaultdict(list)
    for mutant in mutants:
        groups[mutant.kind, mutant.member, mutant.ids].append(mutant)
    return [groups[key] for key in sorted(groups)]


def show(cluster, keep):
    one = cluster[0]
    ids = " + ".join(f"{id} x{count}" if count > 1 else id for id, count in collections.Counter(one.ids).items())
    where = f"  {one.path}" if keep else ""
    print(f"{len(cluster):6}  {one.kind:16} {one.member or '(request)':24} {ids or 'nothing'}{where}")


def summary(mutants):
    """How many findings the mistakes of each kind have."""
    most = 3
    print(f"{'findings:':18}{'0':>8}{'1':>8}{'2':>8}{'more':>8}")
    for kind in sorted({mutant.kind for mutant in mutants}):
        counts = collections.Counter(min(len(mutant.diagnostics), most) for mutant in mutants if mutant.kind == kind)
        print(f"{kind:18}" + "".join(f"{counts[number]:8}" for number in range(most + 1)))


def complaints_about_itself():
    """The ways of making and counting mistakes do what they say."""
    checks = {
        "misspelt": misspelt("VALUES", {"VALUE"}) not in ("VALUE", "VALUES") and misspelt("S3", {"S3"}) == "3",
        "recased": (recased("Tasks"), recased("DATA_TYPE"), recased("rate(1days)")) == ("tasks", "dATA_TYPE", "RATE(1DAYS)"),
        "cuts": cuts("arn:aws:s3:eu:1:key/ab") == ["arn:aws", "arn:aws:s3", "arn:aws:s3:eu", "arn:aws:s3:eu:1", "arn:aws:s3:eu:1:", "arn:aws:s3:eu:1:ke"],
        "replaced": replaced({"a": [1, {"b": 2}]}, ("a", 1, "b"), lambda old: old + 1) == {"a": [1, {"b": 3}]},
        "renamed": list(renamed({"a": 1, "b": 2}, "a", "c")) == ["c", "b"],
    }
    return [f"{name} is wrong" for name, right in checks.items() if not right]


def main():
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("--clusters", action="store_true", help="show all clusters")
    arguments.add_argument("--keep", action="store_true", help="keep the requests, and name one of each cluster")
    arguments.add_argument("--kind", help="only mistakes of this kind")
    arguments.add_argument("--member", help="only mistakes of this member")
    options = arguments.parse_args()
    scratch = pathlib.Path(os.environ["SCRATCH"])
    began = time.monotonic()

    requests = Requests()
    mutants = [mutant for mutant in requests.mutants()
               if options.kind in (None, mutant.kind) and options.member in (None, mutant.member)]
    check(mutants, requests.commands, scratch)

    problems = complaints_about_itself()
    missed = 0
    for mutant in mutants:
        refused = requests.refused_by(mutant)
        if refused and not any(found["severity"] == "error" for found in mutant.diagnostics) and not mutant.is_unrecognised:
            problems.append(f"{mutant.path}: {mutant.kind} {mutant.member}: {refused} refuses it, but there is no error")
            missed += 1
    cascades = [mutant for mutant in mutants if not excused(mutant)]
    for cluster in clusters(mutants if options.clusters else cascades):
        show(cluster, options.keep)
    summary(mutants)
    misplaced = [(mutant, found) for mutant in mutants for found in elsewhere(mutant)]
    problems += [f"{mutant.path}: {mutant.kind} {mutant.member}: {found['id']} is at {found['pointer']}" for mutant, found in misplaced if found["id"] not in ELSEWHERE]
    met = {(mutant.kind, mutant.member) for mutant in mutants if len(mutant.diagnostics) > 1}
    stale = set(SEVERAL_MISTAKES) - met if options.kind is None and options.member is None else set()
    problems += [f"SEVERAL_MISTAKES lists {kind} {member}, which has one finding" for kind, member in sorted(stale)]
    stale = set(ELSEWHERE) - {found["id"] for _, found in misplaced} if options.kind is None and options.member is None else set()
    problems += [f"ELSEWHERE lists {name}, which is where it belongs" for name in sorted(stale)]
    # A test of mistakes wants many, and requests to make them in.
    if options.kind is None and options.member is None and (len(mutants) < 3000 or len(requests.paths) < 60):
        problems.append(f"only {len(mutants)} mistakes in {len(requests.paths)} requests")
    problems += [f"{path.relative_to(ROOT)} has findings of its own" for path in requests.noisy if path.name != MISTAKES_OF_ITS_OWN]
    for problem in problems[:60]:
        print(problem)
    print(f"cascade: {len(mutants)} mistakes in {len(requests.paths)} requests, {missed} missed, {len(cascades)} with more than one finding, "
          f"{len(problems) - missed} other problems, {time.monotonic() - began:.1f} s")
    total = sum(len(mutant.diagnostics) for mutant in mutants)
    print(f"figure: {len(mutants)} correct requests with one mistake: {missed} missed, {len(cascades)} with several findings that are not explained; "
          f"{total - len(misplaced)} of {total} findings at what was changed (or a related place is), {len(misplaced)} at what needs it, by {len(ELSEWHERE)} rules")
    if not options.keep:
        shutil.rmtree(scratch, ignore_errors=True)
    return 1 if problems or cascades else 0


if __name__ == "__main__":
    sys.exit(main())
