"""Hostile templates of CloudFormation."""

from inputs import TEMPLATE, Input, joined, numbered

LONG = "at most"
LONGER = "too long altogether"  # Than functions of a template may make.


def yaml(make, answer=None, findings=None, size=100_000, small=500, **more):
    return Input(make, answer, findings, small, size, "t.yaml", **more)


def domain(value):
    """A template whose DomainName is that."""
    return TEMPLATE.replace("NAME", value)


def conditions(text):
    return "Conditions:\n" + text + domain("sales")


def resource(name, properties="DomainName: sales, ObjectTypeName: Account, Uri: 's3://sales-exports'"):
    return f"  {name}:\n    Type: AWS::CustomerProfiles::Integration\n    Properties: {{{properties}}}\n"


ONE_TOKEN = {
    "a default": yaml(lambda n: domain("!Ref P").replace("Default: sales", "Default: " + "x" * n), LONG, 1, 250_000),
    "a longer default": yaml(lambda n: domain("!Ref P").replace("Default: sales", "Default: " + "x" * n), LONGER, 1, 10_000_000, 300_000),
    "a default that is used often": yaml(lambda n: domain("!Sub '" + "${P}" * n + "'").replace("Default: sales", "Default: " + "x" * n), "", None),
    "a text to put into": yaml(lambda n: domain("!Sub '" + "x" * n + "${P}'"), LONG, 1, 250_000),
    "a longer text to put into": yaml(lambda n: domain("!Sub '" + "x" * n + "${P}'"), LONGER, 1, 10_000_000, 300_000),
    "a text of things to put in": yaml(lambda n: domain("!Sub '" + "${P}" * n + "'"), "", None, 1_000_000),
    "a text of things that are not closed": yaml(lambda n: domain("!Sub '" + "${" * n + "'"), "", None, 1_000_000),
    "a text of things as written": yaml(lambda n: domain("!Sub '" + "${!P}" * n + "'"), "", None, 1_000_000),
    "a name to put in": yaml(lambda n: domain("!Sub '${" + "x" * n + "}'"), None, None, 10_000_000),
    "a name of a parameter": yaml(lambda n: domain("!Ref " + "x" * n), None, None, 10_000_000),
    "an attribute": yaml(lambda n: domain("!GetAtt a." + "x" * n), None, None, 10_000_000),
    "a function nobody knows": yaml(lambda n: domain("!" + "x" * n + " a"), "", None, 10_000_000),
    "a function nobody knows, by name": yaml(lambda n: domain("{'Fn::" + "x" * min(n, 1_000) + "': a}"), "", None, 1_000),
    "a pattern of a parameter": yaml(lambda n: domain("!Ref P").replace("Type: String", "Type: String, AllowedPattern: '(a+)+$" + "x" * n + "'"), "", None, 1_000_000),
    "a description": yaml(lambda n: "Description: " + "x" * n + "\n" + domain("sales"), None, None, 10_000_000),
    "a name of a resource": yaml(lambda n: "Resources:\n" + resource("? " + "x" * n + "\n  ").replace("? ", "? ", 1).replace("\n  :", "\n  :"), "", None, 1_000_000),
    "a text to decode": yaml(lambda n: domain("{'Fn::Base64': " + "x" * n + "}"), None, None, 10_000_000),
    "a text to split": yaml(lambda n: domain("!Select [0, !Split [',', '" + "x," * n + "']]"), "", None, 1_000_000),
    "a text to split by nothing": yaml(lambda n: domain("!Select [0, !Split ['', '" + "x," * n + "']]"), "", None, 1_000_000),
    "an index": yaml(lambda n: domain("!Select [" + "1" * n + ", [a, b]]"), "", None, 1_000_000),
}

NESTING = {
    "joins": yaml(lambda n: domain("{'Fn::Join': ['', [" * n + "x" + "]]}" * n), "more than 128", 1),
    "joins as deep as allowed": yaml(lambda n: domain("{'Fn::Join': ['', [" * min(n, 38) + "x" + "]]}" * min(n, 38)), None, None, 38),
    "conditions of values": yaml(lambda n: domain("{'Fn::If': [C, " * n + "x" + ", y]}" * n), "more than 128", 1),
    "conditions": yaml(lambda n: conditions("  C: " + "{'Fn::Not': [" * n + "{'Fn::Equals': [a, b]}" + "]}" * n + "\n"), "more than 128", 1),
    "conditions, wide": yaml(lambda n: conditions("  C: {'Fn::Or': [" + joined("{'Fn::Equals': [a, b]}", n) + "]}\n"), None, None),
    "conditions by name": yaml(lambda n: "Conditions:\n  C0: {'Fn::Equals': [a, b]}\n" + "".join(f"  C{i}: {{'Fn::And': [{{Condition: C{i - 1}}}, {{Condition: C{i - 1}}}]}}\n" for i in range(1, n)) + domain(f"!If [C{n - 1}, a, b]"), None, None),
    "conditions of themselves": yaml(lambda n: conditions(numbered("  C#: {Condition: C#}\n", n)), None, None),
    "rules": yaml(lambda n: "Rules:\n" + numbered("  R#: {Assertions: [{Assert: {'Fn::Contains': [[a], !Ref P]}}]}\n", n) + domain("!Ref P"), None, None),
    "rules inside of each other": yaml(lambda n: "Rules:\n  R: {Assertions: [{Assert: " + "{'Fn::Or': [" * n + "a" + "]}" * n + "}]}\n" + domain("!Ref P"), "more than 128", 1),
    "mappings": yaml(lambda n: "Mappings:\n  M:\n" + numbered("    k#: {a: b}\n", n) + domain("!FindInMap [M, k1, a]"), None, None),
    "lookups of lookups": yaml(lambda n: "Mappings:\n  M: {a: {a: a}}\n" + domain("!FindInMap [M, a, " * n + "a" + "]" * n), "more than 128", 1),
    "loops": yaml(lambda n: domain("{'Fn::ForEach::x': [i, [a, b], {'${i}': " * n + "x" + "}]}" * n), "more than 128", 1),
}

MANY = {
    "parameters": yaml(lambda n: domain("!Ref P").replace("Parameters:\n", "Parameters:\n" + numbered("  P#: {Type: String, Default: a}\n", n)), None, None),
    "allowed values": yaml(lambda n: domain("!Ref P").replace("Type: String", "Type: String, AllowedValues: [" + joined("v#", n) + "]"), "", None),
    "resources": yaml(lambda n: "Resources:\n" + "".join(resource(f"R{i}") for i in range(n)), None, None),
    "resources that are wrong": yaml(lambda n: "Resources:\n" + "".join(resource(f"R{i}", "DomainName: sales, Uri: 's3://sales-exports'") for i in range(n)), "", lambda n: n),
    "resources of another type": yaml(lambda n: domain("sales") + numbered("  S#: {Type: AWS::S3::Bucket}\n", n), None, None),
    "resources of the same name": yaml(lambda n: "Resources:\n" + resource("R") * n, "", lambda n: n - 1),
    "references": yaml(lambda n: "Parameters:\n  P: {Type: String, Default: sales}\nResources:\n" + "".join(resource(f"R{i}", "DomainName: !Ref P, ObjectTypeName: a, Uri: 's3://sales-exports'") for i in range(n)), "", None),
    "references to one wrong value": yaml(lambda n: "Parameters:\n  P: {Type: String, Default: 'sa les'}\nResources:\n" + "".join(resource(f"R{i}", "DomainName: !Ref P, ObjectTypeName: Account, Uri: 's3://sales-exports'") for i in range(n)), "", None),
    "tags": yaml(lambda n: domain("sales").replace("Uri:", "Tags: [" + joined("{Key: k#, Value: v}", n) + "], Uri:"), "", None),
    "tags of the same name": yaml(lambda n: domain("sales").replace("Uri:", "Tags: [" + joined("{Key: k, Value: v}", n) + "], Uri:"), "", None),
    "names of types": yaml(lambda n: "A: [" + joined("AWS::CustomerProfiles::Integration", n) + "]\n" + domain("sales"), None, None),
    "mistakes below a long name": yaml(lambda n: "Resources:\n  ? " + "x" * (10 * n) + "\n  : Type: AWS::CustomerProfiles::Integration\n    Properties:\n      DomainName: sales\n      ObjectTypeName: Account\n      Uri: s3://sales-exports\n" + numbered("      M#: 1\n", n), "", lambda n: n),
    "joins of many": yaml(lambda n: domain("!Join [',', [" + joined("a", n) + "]]"), "", None),
    "joins of many that are long": yaml(lambda n: domain("!Join ['" + "x" * n + "', [" + joined("a", n) + "]]"), "", None),
}
INPUTS = {"template": {"one token": ONE_TOKEN, "nesting": NESTING, "many": MANY}}
