"""Hostile YAML, and YAML that stands for more than it is."""

from inputs import PUT, YAML, YAML_HEAD, Input, joined, laughs, numbered

LONG = "at most 255 are allowed"
UNKNOWN = "is no member of `PutIntegration`"


def long(text, answer, findings=1, size=10_000_000, **more):
    make = text if callable(text) else lambda n: text.replace("#", "x" * n)
    return Input(make, answer, findings, 16 << 10, size, "a.yaml", arguments=PUT, **more)


def many(text, answer, findings=1, size=100_000, small=1_000, arguments=PUT, **more):
    return Input(text, answer, findings, small, size, "a.yaml", arguments=arguments, **more)


def deep(text, answer="more than 128 arrays and objects inside of each other", findings=1, size=100_000):
    return Input(text, answer, findings, 1_000, size, "a.yaml", arguments=PUT)


ONE_TOKEN = {
    "a plain text": long(YAML + "Uri: #\n", LONG),
    "a plain text of several lines": long(lambda n: YAML + "Uri: x" + "\n  x" * (n // 4) + "\n", LONG),
    "a plain text of words": long(lambda n: YAML + "Uri: x" + " x" * (n // 2) + "\n", LONG),
    "a plain text with colons": long(lambda n: YAML + "Uri: x" + ":x" * (n // 2) + "\n", LONG),
    "a text in single quotes": long(YAML + "Uri: '#'\n", LONG),
    "a text of single quotes": long(lambda n: YAML + "Uri: '" + "''" * (n // 2) + "'\n", LONG),
    "a text in double quotes": long(YAML + 'Uri: "#"\n', LONG),
    "a text of escapes": long(lambda n: YAML + 'Uri: "' + "\\u0041" * (n // 6) + '"\n', LONG),
    "a text of long escapes": long(lambda n: YAML + 'Uri: "' + "\\U0001F600" * (n // 10) + '"\n', LONG),
    "a text of lines folded": long(lambda n: YAML + 'Uri: "' + "x\\\n  " * (n // 5) + '"\n', LONG),
    "a text of empty lines": long(lambda n: YAML + 'Uri: "' + "\n" * n + '"\n', LONG),
    "a literal block": long(YAML + "Uri: |\n  #\n", LONG),
    "a literal block of lines": long(lambda n: YAML + "Uri: |\n" + "  x\n" * (n // 4), LONG),
    "a literal block of empty lines": long(lambda n: YAML + "Uri: |\n" + "\n" * n + "  x\n", LONG),
    "a folded block": long(lambda n: YAML + "Uri: >\n" + "  x\n" * (n // 4), LONG),
    "a folded block that is indented": long(lambda n: YAML + "Uri: >\n" + "  x\n   y\n" * (n // 9), LONG),
    "a block with an indentation": long(lambda n: YAML + "Uri: |\n" + " " * n + "x\n", None),
    "empty lines in front of a block": long(lambda n: YAML + "Uri: |\n" + " " * (n // 2) + "\n" + " x\n" * (n // 6), "", None),
    "a text of two bytes a character": long(lambda n: YAML + "Uri: " + "é" * (n // 2) + "\n", LONG),
    "a text of four bytes a character": long(lambda n: YAML + "Uri: '" + "😀" * (n // 4) + "'\n", LONG),
    "a text of line separators": long(lambda n: YAML + "Uri: 'x" + "\u2028" * (n // 3) + "'\n", ""),
    "a text of next lines": long(lambda n: YAML + "Uri: x" + "\u0085" * (n // 2) + "\n", None),
    "a key": long(YAML_HEAD + "? #\n: 1\n", UNKNOWN),
    "a key that is too long for one": long(YAML_HEAD + "#: 1\n", ""),
    "a key in quotes that is too long for one": long(YAML_HEAD + '"#": 1\n', ""),
    "a key of several lines": long(lambda n: YAML_HEAD + "? |\n" + "  x\n" * (n // 4) + ": 1\n", UNKNOWN),
    "a number": long(lambda n: YAML + "Uri: " + "1" * n + "\n", "is larger than any number"),
    "a number in base 16": long(lambda n: YAML + "Uri: 0x" + "f" * n + "\n", "is larger than any number"),
    "a number in base 2": long(lambda n: YAML + "Uri: 0b" + "1" * n + "\n", "is larger than any number"),
    "a number in base 8": long(lambda n: YAML + "Uri: 0" + "7" * n + "\n", "is larger than any number"),
    "a number in base 60": long(lambda n: YAML + "Uri: 1" + ":59" * (n // 3) + "\n", LONG),
    "a fraction in base 60": long(lambda n: YAML + "Uri: 1" + ":59" * (n // 3) + ".5\n", ""),
    "a number of underscores": long(lambda n: YAML + "Uri: 1" + "_" * n + "\n", "schema/"),
    "a fraction": long(lambda n: YAML + "Uri: 0." + "1" * n + "\n", "which YAML reads as a number"),
    "a date with a fraction": long(lambda n: YAML + "Uri: 2021-10-14 10:00:00." + "1" * n + "\n", ""),
    "an anchor": long(lambda n: YAML + "Uri: &" + "a" * n + " s3://sales-exports\n", None),
    "an alias": long(YAML + "Uri: *#\n", "no anchor"),
    "an anchor and its alias": long(lambda n: "DomainName: &" + "a" * n + " sales\nObjectTypeName: *" + "a" * n + "\nUri: s3://sales-exports\n", None),
    "a tag": long(YAML + "Uri: !# s3://sales-exports\n", "tag"),
    "a tag of percent signs": long(lambda n: YAML + "Uri: !" + "%41" * (n // 3) + " s3://sales-exports\n", "tag"),
    "a tag as written": long(YAML + "Uri: !<#> s3://sales-exports\n", "tag"),
    "a tag that is not closed": long(YAML + "Uri: !<#\n", ""),
    "a handle of a tag": long(YAML + "Uri: !#!x s3://sales-exports\n", ""),
    "a directive": long("%# x\n---\n" + YAML_HEAD, ""),
    "a version": long(lambda n: "%YAML " + "1" * n + ".1\n---\n" + YAML_HEAD, ""),
    "a directive of tags": long(lambda n: "%TAG !a! tag:" + "x" * n + "\n---\n" + YAML_HEAD, "a directive of more than 1024 bytes"),
    "a prefix that tags repeat": long(lambda n: "%TAG !a! tag:" + "x" * (n // 2) + "\n---\n" + YAML_HEAD + "A: [" + joined("!a!b c", n // 100) + "]\n", "a directive of more than 1024 bytes"),
    "a comment": long(lambda n: YAML_HEAD + "# " + "x" * n + "\n", None),
    "a comment of hashes": long(lambda n: YAML_HEAD + "#" * n + "\n", None),
    "a comment in front": long(lambda n: "#" + "x" * n + "\n" + YAML_HEAD, None),
    "a comment that ignores": long(lambda n: YAML_HEAD + "# connect-lint: ignore " + "x" * n + ": because\n", ""),
    "a comment that ignores for a reason": long(lambda n: YAML_HEAD + "# connect-lint: ignore schema: " + "x" * n + "\n", ""),
    "a comment that ignores many": long(lambda n: YAML_HEAD + "# connect-lint: ignore " + joined("schema/enum", n // 12, " ") + ": x\n", "", None),
    "white space": long(lambda n: "\n" * (n // 4) + YAML + "Uri:" + " " * (n // 4) + "s3://sales-exports" + " " * (n // 4) + "\r\n" * (n // 8), None),
    "spaces and nothing else": long(lambda n: " " * n, "the file is empty"),
    "tabs": long(lambda n: "\t" * n + YAML_HEAD, "", 1),
    "lines of CRLF alone": long(lambda n: "\r\n" * (n // 2), "the file is empty", size=200_000),
    "byte order marks": long(lambda n: "\ufeff" * (n // 3), "request/not-an-object", size=1_000_000),
    "byte order marks before a request": long(lambda n: "\ufeff" * (n // 3) + YAML_HEAD, "document/syntax", 2, 1_000_000),
    "NULs": long(lambda n: "\0" * n, "", size=1_000_000),
    "bytes that are not UTF-8": long(lambda n: (YAML + "Uri: ").encode() + b"\xff" * n, "is not UTF-8"),
    "characters cut off": long(lambda n: (YAML + "Uri: ").encode() + b"\xe2\x82 " * (n // 3), "is not UTF-8"),
    "a quoted text that is not closed": long(YAML + 'Uri: "#', "the quoted text is not closed"),
    "a quote in each line": long(lambda n: YAML_HEAD + '"\n' * (n // 2), ""),
}

NESTING = {
    "flow sequences": deep(lambda n: "[" * n),
    "flow sequences, closed": deep(lambda n: "a: " + "[" * n + "]" * n + "\n"),
    "flow mappings": deep(lambda n: "{a: " * n),
    "flow mappings without values": deep(lambda n: "{" * n + "}" * n),
    "flow pairs": deep(lambda n: "[a: " * n),
    "JSON": deep(lambda n: '{"a":[' * n),
    "block sequences on a line": deep(lambda n: "- " * n),
    "block sequences on lines": deep(lambda n: "".join(" " * level + "-\n" for level in range(n)), size=3_000),
    "block mappings": deep(lambda n: "".join(" " * level + "a:\n" for level in range(n)), size=3_000),
    "question marks": deep(lambda n: "? " * n),
    "question marks and colons": deep(lambda n: "? : " * n, ""),
    "dashes and question marks": deep(lambda n: "- ? " * n),
    "anchors": deep(lambda n: "a: " + joined("&a#", n, " ") + " b\n", ""),
    "tags": deep(lambda n: "a: " + "!!str " * n + "b\n", ""),
    "brackets that do not fit": deep(lambda n: "[{" * (n // 2) + "]}" * (n // 2)),
    "closing brackets": deep(lambda n: "a: " + "]" * n, ""),
    "a bracket closed in the line below": deep(lambda n: "[\n" * n),
}

BOMBS = {
    "a billion laughs": many(lambda n: YAML_HEAD + laughs(min(n, 30)), "stand for more than", size=30, small=8),
    "wide laughs": many(lambda n: YAML_HEAD + laughs(6, n), "stand for more than", size=1_000, small=50),
    "a chain of aliases": many(lambda n: YAML_HEAD + "a0: &a0 x\n" + "".join(f"a{i}: &a{i} [*a{i - 1}]\n" for i in range(1, n)), "", None),
    "a chain of aliases in maps": many(lambda n: YAML_HEAD + "a0: &a0 x\n" + "".join(f"a{i}: &a{i} {{x: *a{i - 1}}}\n" for i in range(1, n)), "", None),
    "an alias of itself": many(lambda n: YAML_HEAD + "A: &a [" + joined("*a", n) + "]\n", "", None),
    "a merge of itself": many(lambda n: YAML_HEAD + "A: &a\n  <<: *a\n", "", None, size=1, small=1),
    "aliases of a text": many(lambda n: YAML_HEAD + "A: &a x\nB: [" + joined("*a", n) + "]\n", "", None),
    "aliases of a long text": many(lambda n: YAML_HEAD + "A: &a " + "x" * (10 * n) + "\nTags: {" + joined("k#: *a", n) + "}\n", "", None),
    "aliases of a long text, escaped": many(lambda n: YAML_HEAD + "A: &a \"\\x41" + "x" * (10 * n) + "\"\nTags: {" + joined("k#: *a", n) + "}\n", "", None),
    "aliases of a mistake": many(lambda n: YAML_HEAD + "EventTriggerNames: [&a {}," + joined("*a", n) + "]\n", "", None),
    "aliases as keys": many(lambda n: YAML_HEAD + "A: &a x\nTags:\n" + numbered("  *a : 1\n", n), "", None),
    "aliases of a long key": many(lambda n: YAML_HEAD + "A: &a " + "x" * (10 * n) + "\nTags: [" + joined("{*a : {a: 1, a: 2}}", n) + "]\n", "", None),
    "aliases of nothing": many(lambda n: YAML_HEAD + "A: [" + joined("*x#", n) + "]\n", "no anchor", None),
    "anchors": many(lambda n: YAML_HEAD + "A: [" + joined("&a# x", n) + "]\n", "", 1),
    "anchors of the same name": many(lambda n: YAML_HEAD + "A: [" + joined("&a x", n) + "]\n", "", 1),
    "anchors and aliases": many(lambda n: YAML_HEAD + "A: [" + joined("&a# x", n) + "," + joined("*a#", n) + "]\n", "", 1),
    "merges in each other": many(lambda n: YAML_HEAD + "a0: &a0 {x: 1}\n" + "".join(f"a{i}: &a{i} {{<<: *a{i - 1}, x{i}: 1}}\n" for i in range(1, n)), "stand for more than", None, size=10_000),
    "a merge of many": many(lambda n: YAML_HEAD + "A: &a {show: error}\nB:\n  <<: [" + joined("*a", n) + "]\n", "", None),
    "a merge of many members, many times": many(lambda n: YAML_HEAD + "A: &a {" + joined("k#: 1", n) + "}\nB: [" + joined("{<<: *a}", n) + "]\n", "stand for more than", None),
    "merges of no map": many(lambda n: YAML_HEAD + "A: [" + joined("{<<: 1}", n) + "]\n", "", None),
    "merge keys in one map": many(lambda n: YAML_HEAD + "A: &a {x: 1}\nB:\n" + numbered("  <<: *a\n", n), "", None),
}

MANY = {
    "directives": many(lambda n: numbered("%TAG !t#! tag:x,2000:\n", n) + "---\n" + YAML_HEAD, "more than 16 directives", size=10_000),
    "directives that nobody knows": many(lambda n: numbered("%x#\n", n) + "---\n" + YAML_HEAD, "more than 16 directives", size=10_000),
    "directives in each document": many(lambda n: numbered("%TAG !t! tag:x,2000:\n---\na: 1\n...\n", n), "", None, size=10_000),
    "lines like directives": many(lambda n: YAML_HEAD + "A: |\n" + numbered("  %TAG\n", n) + "", UNKNOWN, size=10_000),
    "lines like directives in quotes": many(lambda n: YAML_HEAD + 'A: "\n' + "%TAG\n" * n + '"\n', "", None, size=10_000),
    "empty documents": many(lambda n: "---\n" * n, "", None, size=1_000_000),
    "empty documents behind a request": many(lambda n: YAML_HEAD + "---\n" * n, "", None, size=1_000_000),
    "ends of documents": many(lambda n: "...\n" * n, "", None, size=1_000_000),
    "ends behind a request": many(lambda n: YAML_HEAD + "...\n" * n, "", None, size=1_000_000),
    "documents": many(lambda n: ("---\n" + YAML_HEAD) * n, "", None),
    "members of the same name": many(lambda n: YAML_HEAD + "Tags:\n" + "  a: b\n" * n, "", lambda n: n - 1),
    "members of other names": many(lambda n: YAML_HEAD + "Tags:\n" + numbered("  k#: b\n", n), "takes 1 to 50 members", 1),
    "unknown members": many(lambda n: YAML_HEAD + numbered("Member#: 1\n", n), UNKNOWN, lambda n: n),
    "keys that are no texts": many(lambda n: YAML_HEAD + "Tags:\n" + numbered("  #: b\n", n), "", None),
    "keys that are lists": many(lambda n: YAML_HEAD + "Tags:\n" + numbered("  ? [a]\n  : b\n", n), "", None),
    "values that are missing": many(lambda n: YAML_HEAD + "Tags:\n" + numbered("  k#:\n", n), "", None),
    "numbers for texts": many(lambda n: YAML_HEAD + "EventTriggerNames:\n" + "- 1\n" * n, "", None),
    "dates for texts": many(lambda n: YAML_HEAD + "EventTriggerNames:\n" + "- 2021-10-14\n" * n, "", None),
    "tags": many(lambda n: YAML_HEAD + "EventTriggerNames:\n" + "- !x a\n" * n, "", None),
    "tabs in front of lines": many(lambda n: YAML_HEAD + "Tags:\n" + "\ta: b\n" * n, "", None),
    "comments": many(lambda n: YAML_HEAD + "# x\n" * n, None),
    "comments that ignore": many(lambda n: YAML_HEAD + "# connect-lint: ignore schema/enum: x\n" * n, "", None, memory=40),
    "comments that ignore mistakes": many(lambda n: YAML_HEAD + "EventTriggerNames:\n" + "- 1 # connect-lint: ignore schema: x\n" * n, "", None),
    "comments that ignore mistakes, on one line": many(lambda n: YAML_HEAD + "EventTriggerNames: [" + "1," * n + "] # connect-lint: ignore schema: x\n", "", None),
    "block texts": many(lambda n: YAML_HEAD + "EventTriggerNames:\n" + "- |\n  a\n" * n, "", None),
    "functions": many(lambda n: YAML_HEAD + "EventTriggerNames:\n" + "- !Ref a\n" * n, "", None),
    "colons in a flow sequence": many(lambda n: YAML_HEAD + "A: [" + "a: b, " * n + "]\n", UNKNOWN),
    "colons": many(lambda n: YAML_HEAD + "A: " + ": " * n + "\n", "", None),
    "commas": many(lambda n: YAML_HEAD + "A: [" + "," * n + "]\n", "", None),
    "lines that are indented less and less": many(lambda n: "".join(" " * (n - i) + f"a{i}: 1\n" for i in range(n)), "", None, size=3_000),
    "keys on the left of a long flow": many(lambda n: YAML_HEAD + "A: {" + joined("? a#", n) + "}\n", "", None),
    "possible keys": many(lambda n: YAML_HEAD + "A: [" + joined("'a'", n, ", ") + "]\n", UNKNOWN),
    "possible keys inside of each other": many(lambda n: YAML_HEAD + "A: " + "['a', " * min(n, 100) + "b" + "]" * min(n, 100) + "\n", UNKNOWN),
}

INPUTS = {"yaml": {"one token": ONE_TOKEN, "nesting": NESTING, "bombs": BOMBS, "many": MANY}}
