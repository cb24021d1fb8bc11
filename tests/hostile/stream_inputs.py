"""Hostile streams, baselines, reports and queries."""

import json

from inputs import FLOW, FLOW_END, HEAD, LINE, PUT, YAML_HEAD, Input, flow, joined, json_with, map_task, numbered

FORMATS = ("checkstyle", "concise", "github", "gitlab", "html", "json", "jsonl", "junit", "markdown", "rdjson", "sarif", "text")


def stream(make, answer="", findings=None, size=100_000, small=500, **more):
    return Input(make, answer, findings, small, size, "a.ndjson", **{"output": 60, **more})


def wrong_tasks(n):
    return flow(n, lambda i: map_task(i).replace("Map", "Mop"))


def mistakes(n):
    return json_with('"EventTriggerNames":[' + joined("1", n) + "]", "}")


def fixable(n):
    return flow(n, lambda i: map_task(i).replace("Map", "map"))


def related(n):
    return flow(n, lambda i: map_task(i % (n // 2)))


STREAMS = {
    "empty lines": stream(lambda n: "\n" * n, size=1_000_000),
    "empty lines of CRLF": stream(lambda n: "\r\n" * n, size=100_000),
    "empty objects": stream(lambda n: "{}\n" * n, size=1_000_000),
    "requests": stream(lambda n: LINE * n),
    "mistakes": stream(lambda n: (HEAD + ',"A":1}\n') * n),
    "lines that cannot be read": stream(lambda n: "[[[\n" * n),
    "a line": stream(lambda n: HEAD + ',"A":"' + "x" * n + '"}\n', size=10_000_000, small=16_000),
    "a line that is not closed": stream(lambda n: "[" * n, size=10_000_000, small=16_000),
    "a line of mistakes": stream(lambda n: mistakes(n) + "\n"),
    "a line of mistakes below a long name": stream(lambda n: HEAD + ',"' + "k" * (10 * n) + '":{' + joined('"a":1', n) + "}}\n"),
    "bytes that are not UTF-8": stream(lambda n: b"\xff\n" * n),
    "NULs": stream(lambda n: "\0\n" * n),
}

REPORTS = {
    **{f"{format}, all findings": Input(wrong_tasks, "", lambda n: n, 100, 100_000, arguments=("--format", format, "--max-findings", "100000", *PUT), output=20, memory=60) for format in FORMATS},
    **{f"{format}, as many as usual": Input(wrong_tasks, "", lambda n: n, 100, 100_000, arguments=("--format", format, *PUT), output=20) for format in FORMATS},
    "all, redacted": Input(wrong_tasks, "", lambda n: n, 100, 100_000, arguments=("--redact", "--max-findings", "100000", *PUT), output=20, memory=60),
    "text of lines": Input(lambda n: wrong_tasks(n).replace("},", "},\n"), "", lambda n: n, 100, 100_000, arguments=("--format", "text", "--max-findings", "100000", *PUT), output=20, memory=60),
    "fixed": Input(fixable, "", None, 100, 100_000, arguments=("--fix", *PUT), memory=60),
    "fixed, in lines": Input(lambda n: fixable(n).replace("},", "},\n"), "", None, 100, 100_000, arguments=("--fix", *PUT), memory=60),
    "a patch": Input(lambda n: fixable(n).replace("},", "},\n"), "", None, 100, 100_000, arguments=("--diff", *PUT), output=20, memory=60),
    "a patch of one line": Input(fixable, "", None, 100, 100_000, arguments=("--diff", *PUT), output=20, memory=60),
    "unsafe": Input(lambda n: flow(n, lambda i: map_task(i).replace(f'"DestinationField":"f{i}",', "")), "", None, 100, 100_000, arguments=("--unsafe-fixes", *PUT), memory=60),
    "commas": Input(lambda n: flow(n).replace("]", ",]"), "", None, 100, 100_000, arguments=("--fix", *PUT), memory=60),
    "comments": Input(lambda n: HEAD + "/**/" * n + "}", "", None, 100, 100_000, arguments=("--fix", *PUT), memory=60),
    "a baseline is written": Input(mistakes, "", None, 100, 100_000, arguments=("--write-baseline", "b.json", *PUT), memory=200),
    "a baseline of different ones is written": Input(wrong_tasks, "", None, 100, 100_000, arguments=("--write-baseline", "b.json", *PUT)),
    "a baseline below a long name": Input(lambda n: HEAD + ',"Tags":{"' + "k" * (10 * n) + '":{' + joined('"a":1', n) + "}}}", "", None, 1_000, 100_000, arguments=("--write-baseline", "b.json", *PUT)),
    "a baseline of long values": Input(lambda n: HEAD + ',"' + '":{"'.join("k%d" % i for i in range(100)) + '":"' + "x" * n + '"' + "}" * 99 + "}", "", None, 10_000, 10_000_000, arguments=("--write-baseline", "b.json", *PUT)),
    "related": Input(related, "", None, 100, 100_000, arguments=("--max-findings", "100000", "--format", "json", "--show", "info", *PUT), output=20, memory=60),
    "values in each other that are wrong": Input(lambda n: HEAD + ',"EventTriggerNames":' + "".join('[{"a":"' + "x" * n + '"},' for _ in range(100)) + "1" + "]" * 100 + "}", "", None, 100, 100_000, arguments=("--write-baseline", "b.json", *PUT)),
}

BASELINES = {
    "entries": Input(lambda n: {"a.json": mistakes(n), "b.json": '{"format":"connect-lint-baseline/1","findings":[' + joined('{"file":"a.json","id":"schema/type","pointer":"/EventTriggerNames/#","content":"x","count":1}', n) + "]}"}, "", None, 500, 70_000, arguments=("--baseline", "b.json", *PUT)),
    "a long name": Input(lambda n: {"a.json": LINE, "b.json": '{"format":"connect-lint-baseline/1","findings":[{"file":"' + "a" * n + '","id":"schema/type","pointer":"/E","content":"x","count":1}]}'}, "", None, 16_000, 8_000_000, arguments=("--baseline", "b.json", *PUT)),
    "a key nobody knows": Input(lambda n: {"a.json": LINE, "b.json": '{"' + "a" * n + '":1,"format":"connect-lint-baseline/1","findings":[]}'}, "", None, 16_000, 8_000_000, arguments=("--baseline", "b.json", *PUT)),
    "deep": Input(lambda n: {"a.json": LINE, "b.json": '{"format":"connect-lint-baseline/1","findings":' + "[" * n}, "", None, 1_000, 100_000, arguments=("--baseline", "b.json", *PUT), code=2),
    "no baseline": Input(lambda n: {"a.json": LINE, "b.json": "x" * n}, "", None, 16_000, 8_000_000, arguments=("--baseline", "b.json", *PUT), code=2),
}


def query(expression, text, size=100_000, small=500, code=None, work=None, answer="", output=10):
    return Input(text if callable(text) else lambda n: text, answer, None, small, size, code=code, work=work, output=output, memory=60, command=lambda n: ["query", expression(n) if callable(expression) else expression, "a.json"])


def objects(n):
    return "[" + joined('{"a":#,"b":[#]}', n) + "]"


QUERIES = {
    "all descendants": query("$..*", objects),
    "all descendants of a deep one": query("$..*", lambda n: "[" * 120 + joined("1", n) + "]" * 120, 10_000, output=None),
    "all descendants below a long name": query("$..*", lambda n: '{"' + "k" * n + '":[' + joined("1", n) + "]}", 10_000, output=None),
    "all twice": query("$[*,*]", objects),
    "all pairs": query("$[?count($[?@.a > 0]) > 1]", objects, work=50_000_000),
    "descendants of descendants": query("$..[?count($..*) > 1]", objects, work=50_000_000),
    "slices from behind": query("$[::-1]", objects),
    "a large step": query("$[::9007199254740991]", objects),
    "brackets": query(lambda n: "$" + "[?@" * n + "]" * n, "[1]", 16_000, code=2, answer="inside each other"),
    "parentheses": query(lambda n: "$[?" + "(" * n + "@" + ")" * n + "]", "[1]", 32_000, code=2, answer="inside each other"),
    "segments": query(lambda n: "$" + "[0]" * n, "[1]", 499, 120),
    "a long name": query(lambda n: "$." + "a" * n, "[1]", 65_000),
    "a pattern": query("$[?match(@, '(a+)+')]", lambda n: '["' + "a" * n + '!"]', 10_000_000),
    "a pattern that is searched": query("$[?search(@, '(a+)+b')]", lambda n: '["' + "a" * n + '!"]', 10_000_000),
    "a pattern of the document": query("$[?search(@, $[0])]", lambda n: '["(a+)+b","' + "a" * n + '!"]', 10_000_000),
    "many patterns of the document": query("$[?search('aaa', @)]", lambda n: "[" + joined('"(a{500}|#){2}"', n) + "]", 3_000, 100),
    "lengths": query("$[?length(@) > 3]", lambda n: '["' + "é" * n + '"]', 5_000_000),
    "lengths again and again": query("$[?count($[?length($[0]) > 3]) > 1]", lambda n: '["' + "é" * (n * 100) + '",' + joined("1", n) + "]", 3_000, 50, work=50_000_000),
    "texts that are equal": query("$[?@ == $[0]]", lambda n: "[" + joined('"' + "a" * (n) + '"', n) + "]", 3_000, 50, work=50_000_000),
    "lists that are equal": query("$[?@ == $[0]]", lambda n: "[" + joined("[" + joined("1", n) + "]", n) + "]", 1_000, 50, work=50_000_000),
    "objects that are equal": query("$[?@ == $[0]]", lambda n: "[" + joined("{" + joined('"k#":1', n).replace("#", "") + "}", 4) + "]", 20_000, 500),
    "objects that are equal, the other way": query("$[?@ == $[0]]", lambda n: "[{" + joined('"k#":1', n) + "},{" + ",".join(f'"k{i}":1' for i in reversed(range(n))) + "}]", 20_000, 500),
    "objects in objects that are equal": query("$[?@ == $[0]]", lambda n: "[" + joined('{"a":' * 100 + "{" + joined('"k":1', n) + "}" + "}" * 100, 2) + "]", 10_000, 500),
}
INPUTS = {"other": {"streams": STREAMS, "reports": REPORTS, "baselines": BASELINES, "queries": QUERIES}}
