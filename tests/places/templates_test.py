#!/usr/bin/python3
"""A request says the same as a resource of a CloudFormation template, and it stands there.

    CONNECT_LINT=build/connect-lint SCRATCH=build/scratch tests/places/templates_test.py [--documents N] [--seed N]

The requests of places_test.py become resources of templates, a few in each, among others: maps become lists of pairs, `Servicenow` is `ServiceNow`, some texts
come from parameters, Fn::Sub and Fn::Join. They are written as JSON and YAML in as many ways as there. What CloudFormation converts is converted in the plain
request, too (here, a second time). Then the findings of the resource are those of the plain request: ids, severities, messages and related places, each at the
place that the request's path has in the template, to the byte. Rules that are for one of the two only are left out.
"""

import collections
import difflib
import random
import re
import sys
import unittest

import places_test
import writers
from places_test import DOCUMENTS, EXPLAINED, OTHERS, ROOT, SEED, USED, File, path_of, plain_json
from writers import twins

import documents  # Of tests/oracles, which places_test has found.

SHAPE = documents.of_schema("PutIntegration")
ENTRY = {"TaskPropertiesMap": ("OperatorPropertyKey", "Property")}  # Of a list that stands for a map; of others:
TAG = ("Key", "Value")
NOT_KNOWN = {"yes", "no", "on", "off", "y", "n"}  # What YAML 1.1 takes for a boolean.
RESOURCE = "AWS::CustomerProfiles::Integration"
WORDS = {"`Servicenow`": "`ServiceNow`", "`PutIntegration`": f"`{RESOURCE}`", "which clients refuse": "which templates do not take",
         "keys that this map takes": "keys that this list takes", "has to be a time": "has to be a number of seconds since 1970 in a template"}
OWN_WORDS = {"schema/properties", "request/response-member"}
MAPS = {"Tags", "ObjectTypeNames", "TaskProperties"}
NUMBER = re.compile(r"-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?")


def rules_of_one_dialect():
    """Their ids, and which findings each absorbs."""
    for path in (ROOT / "rules").glob("*/*.yaml"):
        text = path.read_text(encoding="utf-8")
        if re.search("^dialects:", text, re.MULTILINE):
            absorbs = re.search(r"^absorbs:.*(?:\n +- .*)*", text, re.MULTILINE)
            yield f"{path.parent.name}/{path.stem}", set(re.findall(r"[a-z-]+/[a-z-]+", absorbs[0])) if absorbs else set()


LEFT_OUT = dict(rules_of_one_dialect())


class NoTwin(Exception):
    """The request has no resource that says the same."""


def is_text(value):
    return isinstance(value, str) and not isinstance(value, twins.Number)


def converted(value, shape):
    """What CloudFormation makes of it."""
    if shape.kind == "string" and isinstance(value, bool):
        return "true" if value else "false"
    if shape.kind == "string":
        return str(value) if isinstance(value, twins.Number) else value
    if not is_text(value):
        return value
    if shape.kind == "boolean":
        if value.lower() in NOT_KNOWN:
            raise NoTwin("whether it is one is not known")
        return {"true": True, "false": False}.get(value.lower(), value)
    if shape.kind in ("integer", "timestamp") and NUMBER.fullmatch(value):
        return twins.Number(value)
    if shape.kind == "timestamp":
        raise NoTwin("a template has no texts for times")
    return value


def member_shape(shape, name):
    """Also of one that is misspelt only in case."""
    return shape.members.get(name) or next((member for known, member in shape.members.items() if known.lower() == name.lower()), None)


class Twin:
    """A plain request, and the properties of a resource."""

    def __init__(self, request, name, chance):
        self.name = name
        self.chance = chance
        self.places = {}  # From (path, mark) in the request to those in the properties.
        self.parameters = {}
        self.functions = chance.choice([0, 0, 0.1, 0.5])
        self.plain, self.properties = self.both(request, SHAPE, (), ())

    def both(self, value, shape, path, to):
        """(plain, written); `to` is where it is written."""
        self.places[path, "value"] = (to, "value")
        if isinstance(value, dict) and (len(value) == 1 and next(iter(value)).startswith(("Ref", "Fn::")) or any(key.startswith("Fn::") for key in value)):
            raise NoTwin("a function")
        if shape is None and isinstance(value, (dict, list)):
            raise NoTwin("the checks guess what is meant")
        if shape is None or value is None:
            return value, value
        if isinstance(value, dict) and shape.kind == "structure":
            return self.members(value, shape, path, to)
        if isinstance(value, dict) and shape.kind == "map":
            return self.pairs(value, shape, path, to)
        if isinstance(value, list):
            if shape.kind == "map":
                raise NoTwin("a list is what a template has there")
            if shape.kind != "list":
                return value, value
            both = [self.both(one, shape.value, (*path, index), (*to, index)) for index, one in enumerate(value)]
            return [one for one, _ in both], [one for _, one in both]
        if isinstance(value, dict):
            return value, value
        plain = converted(value, shape)
        if shape.name == "SourceConnectorType":
            if plain == "ServiceNow":
                raise NoTwin("the spelling of templates")
            if plain == "Servicenow":
                return plain, "ServiceNow"
        return plain, self.function(value) if shape.kind == "string" else value

    def members(self, value, shape, path, to):
        plain, written = {}, {}
        for name, inner in value.items():
            if not path and name.lower() == "rolearn":
                continue  # Templates have none,
            if not path and difflib.get_close_matches(name.lower(), ["rolearn"]):
                raise NoTwin("and do not ask whether it is meant")
            member = member_shape(shape, name)
            if inner == {} and member is not None and member.kind == "map":
                written[name] = []  # As if it were not there.
                continue
            if member is None and is_text(inner) and any(other.kind == "timestamp" for other in shape.members.values()):
                raise NoTwin("it may be a time")
            self.places[(*path, name), "key"] = ((*to, name), "key")
            plain[name], written[name] = self.both(inner, member, (*path, name), (*to, name))
        return plain, written

    def pairs(self, value, shape, path, to):
        names = ENTRY.get(shape.name, TAG)
        plain, written = {}, []
        for index, (key, inner) in enumerate(value.items()):
            self.places[(*path, key), "key"] = ((*to, index, names[0]), "value")
            plain[key], entry = self.both(inner, shape.value, (*path, key), (*to, index, names[1]))
            pair = [(names[0], self.function(key)), (names[1], entry)]
            self.chance.shuffle(pair)
            written.append(dict(pair))
        return plain, written

    def function(self, text):
        """The text, or something that gives it."""
        if not is_text(text) or "${" in text or "{{" in text or not text or self.chance.random() >= self.functions:
            return text
        at = self.chance.randint(1, len(text))  # A parameter whose default is empty is to be given, so it is not known.
        name = f"{self.name}Text{len(self.parameters)}"
        made = self.chance.choice(("Ref", "Fn::Sub", "Fn::Join", "both"))
        if made == "Fn::Sub":
            return {"Fn::Sub": text}
        if made == "Fn::Join":
            return {"Fn::Join": ["", [text[:at], text[at:]]]}
        self.parameters[name] = {"Type": "String", "Default": text if made == "Ref" else text[:at]}
        return {"Ref": name} if made == "Ref" else {"Fn::Sub": "${" + name + "}" + text[at:]}

    def place_of(self, path, mark):
        to, mark = self.places[path, mark]
        return ("Resources", self.name, "Properties", *to), mark


def twins_of(count, seed):
    """Pairs of a plain file and the twin that is in it."""
    chance = random.Random(seed)
    number = 0
    for stem, request in places_test.documents(20 * count, seed):
        if not stem.startswith("put-integration") or not isinstance(request, dict):
            continue
        try:
            twin = Twin(request, f"Sales{number}", chance)
        except NoTwin:
            continue
        yield File(stem, twin.plain, plain_json(twin.plain), "json"), twin
        number += 1
        if number == count:
            return


def shuffled(members, chance):
    members = list(members.items())
    chance.shuffle(members)
    return dict(members)


def template(pairs, chance):
    resources = {}
    for _, twin in pairs:
        resources[twin.name] = shuffled({"Type": RESOURCE, "Properties": twin.properties, **chance.choice(({}, {"DependsOn": "Domain"}, {"DeletionPolicy": "Retain"}))}, chance)
    for other in range(chance.choice((0, 0, 1, 2))):
        resources[f"Domain{other}"] = {"Type": "AWS::CustomerProfiles::Domain", "Properties": {"DomainName": "sales", "DefaultExpirationDays": twins.Number("30")}}
    made = {"Resources": shuffled(resources, chance)}
    parameters = {name: parameter for _, twin in pairs for name, parameter in twin.parameters.items()}
    if parameters:
        made["Parameters"] = parameters
    made.update(chance.choice(({}, {"AWSTemplateFormatVersion": "2010-09-09"}, {"Description": "Integrations", "Outputs": {"A": {"Value": "b"}}})))
    return shuffled(made, chance)


class TemplatesTest(places_test.PlacesTest):
    test_places = None  # That is a test of its own.

    def said(self, file, explained, messages, place_of=lambda path, mark: (path, mark)):
        """What is said of a file, and of related places; those of what is written once and used several times are findings."""
        found = collections.Counter()
        for one in file.report["diagnostics"]:
            if one["id"] in LEFT_OUT or one["id"] == "document/byte-order-mark":
                continue
            message = one["message"] if messages and one["id"] not in OWN_WORDS and (explained or one["id"] not in EXPLAINED) else ""
            for old, new in WORDS.items():
                message = message.replace(old, new)
            if one["pointer"].rpartition("/")[2] in MAPS:
                message = message.replace("has to be an object", "has to be a list")
            pointers = [one["pointer"], *(related["pointer"] for related in one.get("related", ()) if related["message"] == USED)]
            for pointer in pointers:
                found[one["id"], one["severity"], *place_of(path_of(file.value, pointer), one["mark"]), message] = 1
        return sorted(found, key=repr)

    def test_templates(self):
        chance = random.Random(SEED)
        everything = list(twins_of(DOCUMENTS, SEED))
        self.assertEqual(DOCUMENTS, len(everything))
        for begin in range(0, DOCUMENTS, places_test.BATCH):
            self.templates(everything[begin : begin + places_test.BATCH], chance)
        counts = self.counts
        print(f"figure: seed {SEED}: {DOCUMENTS} requests as resources of templates, in 2 JSON and 2 YAML forms: {counts['findings']} findings are those of the plain "
              f"request, at the place of the template, to the byte; so are {counts['related places']} related places; {counts['differing']} templates say something else")
        self.assertGreater(counts["findings"], 3 * DOCUMENTS)

    def templates(self, pairs, chance):
        self.check([plain for plain, _ in pairs], "--operation", "PutIntegration")
        groups = []
        while pairs:
            size = chance.choice((1, 1, 2, 3))
            groups.append(pairs[:size])
            pairs = pairs[size:]
        values = [template(group, chance) for group in groups]
        for suffix in ("json", "json", "yaml", "yaml"):
            write = writers.write_json if suffix == "json" else writers.write_yaml
            made = [File(f"template-{number}", value, write(value, chance), suffix) for number, value in enumerate(values)]
            self.check(made)
            for file, group in zip(made, groups):
                how = {"explained": suffix == "json", "messages": not file.written.aliased}
                absorbed = [(path_of(file.value, one["pointer"]), LEFT_OUT.get(one["id"], ())) for one in file.report["diagnostics"]]
                expected = sorted((one for plain, twin in group for one in self.said(plain, place_of=twin.place_of, **how)
                                   if not any(one[0] in ids and one[2][: len(path)] == path for path, ids in absorbed)), key=repr)
                found = self.said(file, **how)
                self.counts["differing"] += expected != found
                with self.subTest(file.name):
                    missing, added = ([str(one) for one in these if one not in those] for these, those in ((expected, found), (found, expected)))
                    self.assertEqual(([], []), (missing, added), file.written.bytes.decode()[:3000])
                self.look_at_all(file)


if __name__ == "__main__":
    unittest.main(argv=[sys.argv[0], *OTHERS])
