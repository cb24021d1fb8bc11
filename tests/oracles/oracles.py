"""What other validators say of requests: verdicts, and complaints with their places."""

import collections
import functools
import json
import os
import pathlib
import subprocess
import sys
import time

import botocore.validate

import documents

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parents[1]
SCHEMAS = ROOT / "schemas"
sys.path.insert(0, str(ROOT / "tests/schemas"))

import jsonschema_test  # noqa: E402  Its patterns are ECMAScript's.

os.environ["TZ"] = "UTC"  # botocore reads times without a zone as of the machine's.
time.tzset()

# Our findings for what fails, by JSON Schema's keyword.
IDS = {
    "type": {"schema/type", "schema/null", "request/not-an-object"},
    "enum": {"schema/enum"},
    "pattern": {"schema/pattern", "schema/time-form", "schema/time-as-digits", "schema/time-zone-name", "schema/time-impossible",
                "schema/time-in-milliseconds"},
    "not": {"schema/pattern"},
    "length": {"schema/length"},
    "range": {"schema/range", "schema/time-in-milliseconds", "schema/time-impossible"},
    "items": {"schema/items"},
    "properties": {"schema/properties"},
    "required": {"schema/required"},
    "unknown": {"schema/unknown-member", "request/foreign-member", "request/response-member"},
    "time": {"schema/type", "schema/null", "schema/time-form", "schema/time-as-digits", "schema/time-zone-name", "schema/time-impossible",
             "schema/time-in-milliseconds"},  # botocore calls all of them a wrong type.
}
KINDS = {"minLength": "length", "maxLength": "length", "minimum": "range", "maximum": "range", "exclusiveMaximum": "range", "minItems": "items",
         "maxItems": "items", "minProperties": "properties", "maxProperties": "properties"}


# What fails, at which pointer, there in the key or in the value; of a missing member, its name.
Complaint = collections.namedtuple("Complaint", "kind pointer mark name", defaults=("",))


def pointer_of(path):
    return "".join("/" + str(step).replace("~", "~0").replace("/", "~1") for step in path)


# --- python3-jsonschema -------------------------------------------------------------------------------------------------------


@functools.cache
def validator(operation):
    return jsonschema_test.Validator(documents.schema(operation))


def jsonschema_complaints(operation, request):
    """A set of complaints."""
    complaints = set()
    for error in validator(operation).iter_errors(request):
        path = pointer_of(error.absolute_path)
        kind = KINDS.get(error.validator, error.validator)
        if "propertyNames" in error.absolute_schema_path:
            complaints.add(Complaint(kind, path + pointer_of([error.instance]), "key"))
        elif kind == "additionalProperties":
            complaints.update(Complaint("unknown", path + pointer_of([name]), "key") for name in error.instance if name not in error.schema["properties"])
        elif kind == "required":
            complaints.update(Complaint(kind, path, "value", name) for name in error.validator_value if name not in error.instance)
        else:
            complaints.add(Complaint(kind, path, "value"))
    return complaints


# --- botocore -----------------------------------------------------------------------------------------------------------------


def botocore_places(value, name="", path=()):
    """Pairs of what botocore calls each value, or each key, and (path, mark)."""
    yield name, (path, "value")
    if isinstance(value, dict):
        for key, inner in value.items():
            yield f"{name} (key: {key})", ((*path, key), "key")
            yield from botocore_places(inner, f"{name}.{key}", (*path, key))
    elif isinstance(value, list):
        for index, inner in enumerate(value):
            yield from botocore_places(inner, f"{name}[{index}]", (*path, index))


def botocore_complaints(operation, request):
    """The same; None where botocore ends with an exception: the client gets no further, either."""
    try:
        report = botocore.validate.ParamValidator().validate(request, documents.model().operation_model(operation).input_shape)
    except (OverflowError, RuntimeError, ValueError):
        return None
    if not report.has_errors():
        return set()
    places = dict(botocore_places(request))
    complaints = set()
    for reason, name, more in report._errors:  # pylint: disable=protected-access
        path, mark = places[name]
        if reason == "unknown field":
            complaints.add(Complaint("unknown", pointer_of((*path, more["unknown_param"])), "key"))
        elif reason == "missing required field":
            complaints.add(Complaint("required", pointer_of(path), mark, more["required_name"]))
        elif reason == "invalid length":
            value = functools.reduce(lambda inner, step: inner[step], path, request) if mark == "value" else ""
            complaints.add(Complaint({list: "items", dict: "properties"}.get(type(value), "length"), pointer_of(path), mark))
        elif reason == "invalid range":
            complaints.add(Complaint("range", pointer_of(path), mark))
        else:
            assert reason == "invalid type", reason
            complaints.add(Complaint("time" if "timestamp-string" in more["valid_types"] else "type", pointer_of(path), mark))
    return complaints


# --- Those that are programs --------------------------------------------------------------------------------------------------


def verdicts_of(command, mutants):
    lines = "".join(json.dumps({"operation": mutant.operation, "text": mutant.text}) + "\n" for mutant in mutants)
    words = subprocess.run(command, input=lines, capture_output=True, text=True, check=False)
    if words.returncode != 0:
        sys.exit(f"{command[0]} ended with {words.returncode}: {words.stderr}")
    verdicts = words.stdout.split()
    if len(verdicts) != len(mutants):
        sys.exit(f"{command[0]} gave {len(verdicts)} verdicts of {len(mutants)}")
    return verdicts


def ajv_verdicts(mutants):
    return verdicts_of([os.environ.get("NODE", "node"), str(HERE / "ajv_verdicts.mjs"), str(SCHEMAS)], mutants)


def valijson_verdicts(mutants):
    return verdicts_of([os.environ["ORACLES_VALIJSON"], str(SCHEMAS)], mutants)
