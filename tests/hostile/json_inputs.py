"""Hostile JSON."""

from inputs import FLOW, FLOW_END, HEAD, PUT, START, Input, flow, joined, json_with, map_task, numbered

UNKNOWN = "is no member of `PutIntegration`"
LONG = "at most 255 are allowed"


def long(text, answer, findings=1, size=10_000_000, **more):
    """One token: `#` in the text stands for it, or a function of its length makes the text."""
    make = text if callable(text) else lambda n: text.replace("#", "x" * n)
    return Input(make, answer, findings, 16 << 10, size, arguments=PUT, **more)


def deep(text, answer="more than 128 arrays and objects inside of each other", findings=1, **more):
    return Input(text, answer, findings, 2_000, 100_000, arguments=PUT, **more)


def many(text, answer, findings=1, size=100_000, small=1_000, arguments=PUT, **more):
    return Input(text, answer, findings, small, size, arguments=arguments, **more)


ONE_TOKEN = {
    "a text": long(START + '"Uri":"#"}', LONG),
    "a text of escapes": long(lambda n: START + '"Uri":"' + "\\u0041" * (n // 6) + '"}', LONG),
    "a text of surrogates": long(lambda n: START + '"Uri":"' + "\\ud83d\\ude00" * (n // 12) + '"}', LONG),
    "a text of halves of surrogates": long(lambda n: START + '"Uri":"' + "\\ud83d" * (n // 6) + '"}', "surrogate", lambda n: n // 6),
    "a text of wrong escapes": long(lambda n: START + '"Uri":"' + "\\x" * (n // 2) + '"}', "is no escape", lambda n: n // 2),
    "a text of line feeds, escaped": long(lambda n: START + '"Uri":"' + "\\n" * (n // 2) + '"}', LONG),
    "a text of line feeds": long(lambda n: START + '"Uri":"' + "\n" * n + '"}', "is not closed on its line"),
    "a text of NULs": long(lambda n: START + '"Uri":"' + "\0" * n + '"}', "control character", lambda n: n),
    "a text of backslashes that is not closed": long(lambda n: START + '"Uri":"' + "\\" * n, "is not closed"),
    "a text that is not closed": long(START + '"Uri":"#', "is not closed"),
    "a text of two bytes a character": long(lambda n: START + '"Uri":"' + "é" * (n // 2) + '"}', LONG),
    "a text of three bytes a character": long(lambda n: START + '"Uri":"' + "語" * (n // 3) + '"}', LONG),
    "a text of four bytes a character": long(lambda n: START + '"Uri":"' + "😀" * (n // 4) + '"}', LONG),
    "a text of marks that combine": long(lambda n: START + '"Uri":"e' + "\u0301" * (n // 2) + '"}', LONG),
    "a text of colons for an ARN": long(lambda n: FLOW.replace("arn:aws:kms:us-east-1:210987654321:key/8f3c2a1e-5b7d-4e90-a6c4-d1b2e3f40516", ":" * n) + FLOW_END, "`KmsArn` has", 3),
    "a text of digits for a time": long(lambda n: '{"Input":' + START + '"Uri":"' + "1" * n + '"}', ""),
    "a key": long(HEAD + ',"#":1}', UNKNOWN),
    "a key of escapes": long(lambda n: HEAD + ',"' + "\\u0041" * (n // 6) + '":1}', UNKNOWN),
    "a key of a map": long(HEAD + ',"Tags":{"#":"x"}}', "at most 128 are allowed"),
    "a key nearly right": long(lambda n: HEAD + ',"DomainNam' + "e" * n + '":1}', UNKNOWN),
    "a number": long(lambda n: START + '"Uri":' + "1" * n + "}", "is larger than any number"),
    "a number of zeros": long(lambda n: START + '"Uri":0.' + "0" * n + "1}", "`Uri` is a number"),
    "a number with a fraction": long(lambda n: START + '"Uri":0.' + "1" * n + "}", "`Uri` is a number"),
    "a number with an exponent": long(lambda n: START + '"Uri":1e' + "1" * n + "}", "is larger than any number"),
    "a number with a small exponent": long(lambda n: START + '"Uri":1e-' + "1" * n + "}", "`Uri` is a number"),
    "a number with leading zeros": long(lambda n: START + '"Uri":' + "0" * n + "1}", "zero"),
    "a word": long(START + '"Uri":#}', "needs double quotes"),
    "a name without quotes": long(HEAD + ",#:1}", "needs double quotes", 2),
    "one word and nothing else": long("#", "is not expected here"),
    "a comment": long(HEAD + "}/*#*/", "JSON has no comments"),
    "a comment of stars": long(lambda n: HEAD + "}/*" + "*" * n + "/", "JSON has no comments"),
    "a comment that is not closed": long(HEAD + "}/*#", "document/syntax"),
    "a comment to the end of the line": long(HEAD + "}//#", "JSON has no comments"),
    "white space": long(lambda n: " " * (n // 4) + START + '"Uri":' + "\n" * (n // 4) + '"s3://sales-exports"' + "\t" * (n // 4) + "}" + "\r\n" * (n // 8), None),
    "white space and nothing else": long(lambda n: " \n" * (n // 2), "the file is empty"),
    "lines of CRLF alone": long(lambda n: "\r\n" * (n // 2), "the file is empty", size=200_000),
    "lines of CR alone": long(lambda n: HEAD + "\r" * n + ',"A":1}', UNKNOWN),
    "byte order marks": long(lambda n: "\ufeff" * (n // 3), "byte order mark", 2, 1_000_000),
    "byte order marks before a request": long(lambda n: "\ufeff" * (n // 3) + HEAD + "}", "byte order mark", 2, 1_000_000),
    "NULs": long(lambda n: "\0" * n, "", size=1_000_000),
    "single quotes": long(START + "'Uri':'#'}", "double quotes", 3),
    "typographic quotes": long(START + "\u201cUri\u201d:\u201c#\u201d}", "typographic quotes", 3),
    "bytes that are not UTF-8": long(lambda n: (START + '"Uri":"').encode() + b"\xff" * n + b'"}', "is not UTF-8"),
    "characters cut off": long(lambda n: (START + '"Uri":"').encode() + b"\xe2\x82 " * (n // 3) + b'"}', "is not UTF-8", lambda n: n // 3),
    "bytes that are not UTF-8, everywhere": long(lambda n: b"\xfe{\xff}\xc0:\x80" * (n // 8), "is not UTF-8"),
    "UTF-16": long(lambda n: (START + '"Uri":"' + "x" * (n // 2) + '"}').encode("utf-16"), "UTF-16"),
}

NESTING = {
    "arrays": deep(lambda n: "[" * n),
    "arrays, closed": deep(lambda n: HEAD + ',"A":' + "[" * n + "]" * n + "}"),
    "arrays with a neighbour each": deep(lambda n: HEAD + ',"A":' + "[1," * n + "1" + "]" * n + "}"),
    "objects": deep(lambda n: '{"a":' * n),
    "objects, closed": deep(lambda n: HEAD + ',"Tags":' + '{"a":' * n + "1" + "}" * n + "}"),
    "objects and arrays": deep(lambda n: '{"a":[' * n),
    "envelopes": deep(lambda n: '{"operation":"PutIntegration","input":' * n + "{}" + "}" * n),
    "closing brackets": deep(lambda n: HEAD + "}" + "]" * n, "closes nothing"),
    "brackets that do not fit": deep(lambda n: "[{" * (n // 2) + "]}" * (n // 2), "is not expected here"),
    "as deep as may be asked for": deep(lambda n: HEAD + ',"A":' + "[" * min(n, 9_990) + "]" * min(n, 9_990) + "}", UNKNOWN)._replace(arguments=(*PUT, "--max-depth", "10000")),
    "a mistake at each level, as deep as may be asked for": deep(lambda n: HEAD + ',"A":' + '{"a":1,"a":' * min(n, 9_990) + "1" + "}" * min(n, 9_990) + "}", "is here again", lambda n: min(n, 9_990) + 1)._replace(
        small=1_000, arguments=(*PUT, "--max-depth", "10000")),
}

MANY = {
    "tasks": many(flow, None, size=1_000_000, small=200, arguments=(*PUT, "--max-input-bytes", "268435456")),
    "tasks that are wrong": many(lambda n: flow(n, lambda i: map_task(i).replace("Map", "Mop")), "`Mop` is no value of `TaskType`", lambda n: n),
    "tasks of one field": many(lambda n: flow(n, lambda i: map_task(0)), "", None),
    "tasks that are empty": many(lambda n: FLOW + ",".join(["{}"] * n) + FLOW_END, "", None),
    "tasks without a destination": many(lambda n: flow(n, lambda i: map_task(i).replace(f'"DestinationField":"f{i}",', "")), "", lambda n: n),
    "members of the same name": many(lambda n: HEAD + ',"Tags":{' + joined('"a":"b"', n) + "}}", "is here again", lambda n: n - 1),
    "unknown members of the same name": many(lambda n: HEAD + "," + joined('"Member":1', n) + "}", "is here again", lambda n: 2 * n - 1),
    "known members of the same name": many(lambda n: HEAD + "," + joined('"Uri":"s3://sales-exports"', n) + "}", "is here again", lambda n: n),
    "members of other names": many(lambda n: HEAD + ',"Tags":{' + joined('"k#":"b"', n) + "}}", "takes 1 to 50 members", 1),
    "unknown members": many(lambda n: HEAD + "," + joined('"Member#":1', n) + "}", UNKNOWN, lambda n: n),
    "misspelt members": many(lambda n: HEAD + "," + joined('"DomainNam#":1', n) + "}", UNKNOWN, lambda n: n),
    "misspelt members of each task": many(lambda n: flow(n, lambda i: map_task(i).replace("SourceFields", "SourceFeilds")), "SourceFeilds", None),
    "empty objects": many(lambda n: HEAD + ',"EventTriggerNames":[' + joined("{}", n) + "]}", "", lambda n: n + 1),
    "numbers for texts": many(lambda n: HEAD + ',"EventTriggerNames":[' + joined("1", n) + "]}", "", lambda n: n + 1),
    "texts that are too short": many(lambda n: HEAD + ',"EventTriggerNames":[' + joined('""', n) + "]}", "", lambda n: n + 1),
    "texts that are the same": many(lambda n: HEAD + ',"EventTriggerNames":[' + joined('"a"', n) + "]}", "", 1),
    "plus signs": many(lambda n: HEAD + ',"EventTriggerNames":[' + joined("+1", n) + "]}", "", lambda n: n + 1),
    "commas": many(lambda n: HEAD + ',"EventTriggerNames":[' + "," * n + "]}", "", None),
    "commas that are missing": many(lambda n: HEAD + ',"EventTriggerNames":[' + '"a"' * n + "]}", "", None),
    "colons": many(lambda n: HEAD + ',"A"' + ":" * n + "1}", "", None),
    "quotes": many(lambda n: '"' * n, "", None),
    "comments": many(lambda n: HEAD + "/**/" * n + "}", "JSON has no comments", lambda n: n),
    "comments on lines of their own": many(lambda n: HEAD + "//x\n" * n + "}", "JSON has no comments", lambda n: n),
    "words": many(lambda n: HEAD + ',"EventTriggerNames":[' + joined("True", n) + "]}", "", None),
    "words that nobody knows": many(lambda n: HEAD + ',"EventTriggerNames":[' + joined("Word#", n) + "]}", "", None),
    "escapes that are wrong, each in a text": many(lambda n: HEAD + ',"EventTriggerNames":[' + joined(r'"\x"', n) + "]}", "", lambda n: n + 1),
    "requests one after another": many(lambda n: (HEAD + "}\n") * n, "", 1),
    "keys of a megabyte, with mistakes below": many(lambda n: HEAD + ',"' + "k" * (10 * n) + '":{' + joined('"a":1', n) + "}}", "is here again", lambda n: n),
    "tags below a long name": many(lambda n: FLOW + '{"' + "k" * (10 * n) + '":[' + joined('{"a":1,"a":1}', n) + "]}" + FLOW_END, "", None),
}

INPUTS = {"json": {"one token": ONE_TOKEN, "nesting": NESTING, "many": MANY}}
