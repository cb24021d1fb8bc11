"""Valid requests at random, made from our schemas and from the service model of Debian's python3-botocore.

    chance = random.Random(7)
    documents.make(documents.of_schema("PutIntegration"), chance)    {"DomainName": "q_8", "Uri": ...}

Valid is what the schema takes; what a request means is left to chance.
"""

import functools
import json
import pathlib
import re
import re._parser as parser  # The one that `re` uses, so that it reads patterns as `re` does.
import string

import botocore.loaders
import botocore.model

ROOT = pathlib.Path(__file__).resolve().parents[2]
SCHEMAS = ROOT / "schemas"
EXTRA_MAX = 12  # Repetitions beyond what a pattern asks for.
MEMBERS_MAX = 4  # Members of maps and elements of lists, unless more are asked for.
ANY = [*string.ascii_letters, *string.digits, " ", "-", "_", ".", "/", ":", "#", "é", "ß", "€", "\U0001f600"]
CLASSES = {parser.CATEGORY_WORD: string.ascii_letters + string.digits + "_", parser.CATEGORY_DIGIT: string.digits, parser.CATEGORY_SPACE: " \t\n"}


class Shape:
    """What schema and model have in common; unset is None. `limits` are of a length, a number, elements or members."""

    def __init__(self, name, kind, limits=(None, None), enum=None, pattern=None):
        self.name = name
        self.kind = kind  # structure, map, list, string, integer, boolean, timestamp
        self.limits = limits
        self.enum = enum
        self.pattern = pattern
        self.members = {}  # Of a structure,
        self.required = ()
        self.key = None  # of a map,
        self.value = None  # and of a list, too.


@functools.cache
def schema(operation):
    return json.loads((SCHEMAS / f"{operation}.json").read_text())


@functools.cache
def of_schema(operation):
    """The shape of an operation's request, as the schema has it."""
    root = schema(operation)

    def shape_of(part):
        if "$ref" in part:
            part = root["definitions"][part["$ref"].removeprefix("#/definitions/")]
        kind = {"object": "map" if part.get("additionalProperties") else "structure", "array": "list"}.get(str(part["type"]), part["type"])
        if part["title"] == "Timestamp":
            return Shape("Timestamp", "timestamp")
        ends = {"string": "Length", "list": "Items", "map": "Properties"}.get(kind, "imum")
        made = Shape(part["title"], kind, (part.get(f"min{ends}"), part.get(f"max{ends}")), part.get("enum"), part.get("pattern"))
        if "not" in part:
            made.pattern = f"^(?!{part['not']['pattern'].removeprefix('^')})" + part["pattern"].removeprefix("^")
        if kind == "structure":
            made.members = {name: shape_of(member) for name, member in part["properties"].items()}
            made.required = part.get("required", ())
        elif kind == "map":
            made.key, made.value = shape_of(part["propertyNames"]), shape_of(part["additionalProperties"])
        elif kind == "list":
            made.value = shape_of(part["items"])
        return made

    return shape_of(root)


@functools.cache
def model():
    return botocore.model.ServiceModel(botocore.loaders.Loader().load_service_model("customer-profiles", "service-2"), "customer-profiles")


@functools.cache
def of_model(operation):
    """The same from the service model."""
    def shape_of(part):
        kind = {"long": "integer"}.get(part.type_name, part.type_name)
        limits = (part.metadata.get("min"), part.metadata.get("max"))
        made = Shape(part.name, kind, limits, part.metadata.get("enum"), part.metadata.get("pattern"))
        if kind == "structure":
            made.members = {name: shape_of(member) for name, member in part.members.items()}
            made.required = part.required_members
        elif kind == "map":
            made.key, made.value = shape_of(part.key), shape_of(part.value)
        elif kind == "list":
            made.value = shape_of(part.member)
        return made

    return shape_of(model().operation_model(operation).input_shape)


# --- Texts of a pattern -------------------------------------------------------------------------------------------------------


def character_of(alternatives, chance):
    """One of [...]."""
    known, wanted = set(), True
    for what, value in alternatives:
        if what is parser.NEGATE:
            wanted = False
        elif what is parser.LITERAL:
            known.add(chr(value))
        elif what is parser.RANGE:
            known.update(map(chr, range(value[0], value[1] + 1)))
        elif value in CLASSES:
            known.update(CLASSES[value])
        else:  # \S is the only one without a list of its own.
            assert value is parser.CATEGORY_NOT_SPACE, value
            known.update(character for character in ANY if character != " ")
    return chance.choice(sorted(known) if wanted else [character for character in ANY if character not in known])


def text_of(parts, chance, extra_max):
    made = ""
    for what, value in parts:
        if what is parser.LITERAL:
            made += chr(value)
        elif what is parser.ANY:
            made += chance.choice(ANY)
        elif what is parser.IN:
            made += character_of(value, chance)
        elif what is parser.MAX_REPEAT:
            least, most, inner = value
            made += "".join(text_of(inner, chance, extra_max) for _ in range(least + chance.randint(0, min(int(most) - least, extra_max))))
        elif what is parser.SUBPATTERN:
            made += text_of(value[-1], chance, extra_max)
        elif what is parser.BRANCH:
            made += text_of(chance.choice(value[1]), chance, extra_max)
        else:
            assert what in (parser.AT, parser.ASSERT_NOT), what
    return made


def fitting(text, shape):
    least, most = shape.limits
    # `$` may stand before a line break in Python's patterns.
    return (least or 0) <= len(text) <= (most or len(text)) and (shape.pattern is None or re.search(shape.pattern.replace("$", r"\Z"), text, re.ASCII))


def text(shape, chance):
    if shape.enum:
        return chance.choice(shape.enum)
    parts = parser.parse(shape.pattern or ".*", re.ASCII)
    for attempt in range(200):
        made = text_of(parts, chance, EXTRA_MAX + attempt)
        if fitting(made, shape):
            return made
    raise ValueError(f"no text of {shape.pattern}")


# --- Requests -----------------------------------------------------------------------------------------------------------------


@functools.cache
def times():
    rows = json.loads((ROOT / "tests/schemas/timestamps.json").read_text())
    return [row["text"] for row in rows if row["matches"] and row["seconds"] is not None]


def make(shape, chance, everything=False):
    """A value of the shape. `everything`: with all members."""
    if shape.kind == "structure":
        often = chance.choice((0.2, 0.5, 0.9))
        return {name: make(member, chance, everything) for name, member in shape.members.items()
                if everything or name in shape.required or chance.random() < often}
    if shape.kind in ("map", "list"):
        least, most = shape.limits
        count = chance.randint(max(least or 0, int(everything)), min(most or MEMBERS_MAX, MEMBERS_MAX))
        if shape.kind == "list":
            return [make(shape.value, chance, everything) for _ in range(count)]
        return {text(shape.key, chance): make(shape.value, chance, everything) for _ in range(count)}
    if shape.kind == "string":
        return text(shape, chance)
    if shape.kind == "integer":
        least, most = shape.limits
        return chance.randint(least or 0, most if most is not None else 1000)
    if shape.kind == "boolean":
        return chance.random() < 0.5
    assert shape.kind == "timestamp", shape.kind
    return chance.choice([chance.choice(times()), chance.randrange(4_000_000_000), chance.randrange(4_000_000_000) + 0.5])
