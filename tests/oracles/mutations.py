"""Requests that are nearly right: a value of a valid one gets another value."""

import copy
import json
import re


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


# Keys that fit into a path, whose bytes are bounded.
LONG_KEY = 900


def strings(value, schema, rng, long=3000):
    for choice in schema.get("enum", []):
        yield "enum", choice
    if "enum" in schema:
        for name in changed_names(value):
            yield "enum", name
    filling = value[:1] if value[:1].isalnum() else "a"
    for limit in (schema.get("minLength"), schema.get("maxLength"), 20, long):
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
        if "names" in schema:
            for kind, name in strings(key, schema["names"], rng, LONG_KEY):
                yield "key " + kind, {name if old == key else old: inner for old, inner in value.items()}
    for name in ("password", "Items", "CreatedAt", "Name", "", "é", "\0"):
        yield "more", {**value, name: rng.choice(OTHER_TYPES)}
    for name in schema.get("properties", {}):
        if name not in value:
            yield "more", {**value, name: rng.choice(OTHER_TYPES)}
    if "additionalProperties" in schema and schema["additionalProperties"]:
        for limit in (schema.get("minProperties", 1), schema.get("maxProperties", 3)):
            for count in (limit - 1, limit, limit + 1):
                yield "properties", {"a" * (i + 1): next(iter(value.values()), "x") for i in range(count)}
    yield "empty", {}


def lists(value, schema, rng):
    for limit in (schema.get("minItems", 1), schema.get("maxItems", 3)):
        for count in (limit - 1, limit, limit + 1):
            yield "items", (value * (count + 1))[:max(count, 0)]
    for index in range(len(value)):
        yield "items", value[:index] + [rng.choice(OTHER_TYPES)] + value[index + 1:]
    yield "empty", []


def changes(value, schema, times, rng):
    """All that may become of a value. `schema` has a map's `propertyNames` as `names`, without reference."""
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
