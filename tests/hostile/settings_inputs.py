"""Hostile settings: configurations, rules, baselines, globs, arguments; and what is asked for by query."""

import json

from inputs import FLOW, FLOW_END, HEAD, LINE, PUT, RULE, Input, config, flow, joined, json_with, laughs, numbered, rule

MISTAKES = lambda n: json_with('"EventTriggerNames":[' + joined("1", n) + "]", "}")
CONFIG = ("--config", "c.yaml")


def configured(text, answer=None, findings=None, size=50_000, small=500, other=LINE, **more):
    make = lambda n: {"c.yaml": text(n), "put-integration.json": other(n) if callable(other) else other}
    return Input(make, answer, findings, small, size, "put-integration.json", arguments=CONFIG, **more)


CONFIGURATION = {
    "overrides": configured(lambda n: "overrides:\n" + "- {files: '*.json', show: error}\n" * n),
    "severities": configured(lambda n: "overrides:\n" + numbered("- {files: '*.json', at: /A#, severity: {schema: warning}}\n", n // 2), "", lambda n: n + 1, other=MISTAKES),
    "severities of the same": configured(lambda n: "overrides:\n" + "- {files: '*.json', severity: {schema: warning}}\n" * (n // 2), "", lambda n: n + 1, other=MISTAKES),
    "severities of ids": configured(lambda n: "severity:\n" + numbered("  schema/enum: off\n", n), "is here again", code=2),
    "entries that ignore, of mistakes": configured(lambda n: "ignore:\n" + numbered("- {files: '*.json', id: schema, at: /A#, reason: x}\n", n // 2), "", lambda n: n + 1, other=MISTAKES),
    "entries that ignore the same, of mistakes": configured(lambda n: "ignore:\n" + "- {files: '*.json', id: schema, reason: x}\n" * (n // 2), other=MISTAKES),
    "entries that ignore nothing": configured(lambda n: "ignore:\n" + numbered("- {files: '*.json', id: schema, at: /A#, reason: x}\n", n // 2)),
    "entries of other files": configured(lambda n: "ignore:\n" + numbered("- {files: a#, id: schema, reason: x}\n", n)),
    "placeholders": configured(lambda n: "placeholders:\n" + numbered('- "<#...>"\n', n), "more than 100 placeholders", code=2),
    "placeholders that begin alike": configured(lambda n: "placeholders:\n" + numbered('- "{#...>"\n', min(n, 100)), "`a` has", 1, other=lambda n: HEAD + ',"Tags":{"a":"' + "{" * n + '"}}'),
    "a placeholder that does not end": configured(lambda n: 'placeholders: ["${...}"]\n', answer="`a` has", findings=1, other=lambda n: HEAD + ',"Tags":{"a":"' + "${" * n + '"}}'),
    "globs": configured(lambda n: "exclude:\n" + numbered('- "*#*a*b*c*"\n', n)),
    "globs of stars": configured(lambda n: "exclude:\n" + ('- "' + "*a" * 500 + '"\n') * (n // 100), other=LINE),
    "globs of two stars": configured(lambda n: "exclude:\n" + ('- "' + "**/" * 300 + 'x"\n') * (n // 100), other=LINE),
    "keys that nobody knows": configured(lambda n: numbered("k#: 1\n", n), "there are more mistakes than these 100", code=2),
    "deep": configured(lambda n: "a: " + "[" * n, "more than 128", code=2),
    "laughs": configured(lambda n: laughs(11) + "exclude: *a10\n", "stand for more than 100000 values", code=2, size=1, small=1),
    "a long reason": configured(lambda n: "ignore:\n- {files: '*.json', id: schema, reason: " + "x" * n + "}\n", size=1_000_000, small=16_000),
    "a long key": configured(lambda n: "? " + "x" * n + "\n: 1\n", "", size=1_000_000, small=16_000, code=2),
    "a long id": configured(lambda n: "severity:\n  ? " + "x" * n + "\n  : off\n", "", size=1_000_000, small=16_000, code=2),
    "a long glob": configured(lambda n: "exclude: ['" + "*a" * n + "']\n", "", size=500_000, small=8_000),
    "a long pointer": configured(lambda n: "overrides:\n- {files: '*', at: '" + "/a" * n + "', severity: {schema: off}}\n", "", size=500_000, small=8_000),
    "directives": configured(lambda n: numbered("%TAG !t#! tag:x,2000:\n", n) + "---\nshow: error\n", "more than 16", size=10_000, code=2),
}


def ruled(query, answer=None, findings=None, size=10_000, small=50, other=LINE, **more):
    make = lambda n: {"rules/mine/sales.yaml": RULE.replace("FIND", query(n).replace("\n", "\n  ")), "put-integration.json": other(n) if callable(other) else other}
    return Input(make, answer, findings, small, size, "put-integration.json", arguments=("--rules", "rules"), **more)


def tags(n):
    return HEAD + ',"Tags":{' + joined('"k#":"' + "a" * 200 + '!"', n) + "}}"


def long_tag(n):
    return HEAD + ',"Tags":{"k":"' + "a" * n + '!"}}'


PATTERNS = ("(a+)+$", "(a|a)*$", "(a|aa)+$", "(.*)*$", "(a*)*b", "(.*a){12}", "(x+x+)+y", "((a+)+)+$", "a*a*a*a*a*a*a*a*b", "([a-z]+)*[0-9]", "(a?){50}a{50}", "^(([a-z])+.)+[A-Z]([a-z])+$")
RULES = {
    **{f"the pattern {pattern}": ruled(lambda n, pattern=pattern: f"$.Tags[?match(@, '{pattern.strip('^$')}')]", "", None, 1_000_000, 10_000, long_tag) for pattern in PATTERNS},
    **{f"a search for {pattern}": ruled(lambda n, pattern=pattern: f"$.Tags[?search(@, '{pattern.strip('^$')}')]", "", None, 1_000_000, 10_000, long_tag) for pattern in PATTERNS[:7]},
    "a pattern from the request": ruled(lambda n: "$.Tags[?match(@, $.Tags.p)]", "", None, 1_000_000, 10_000, lambda n: HEAD + ',"Tags":{"p":"(a+)+b","k":"' + "a" * n + '"}}'),
    "a long pattern from the request": ruled(lambda n: "$.Tags[?match(@, $.Tags.p)]", "", None, 1_000_000, 10_000, lambda n: HEAD + ',"Tags":{"p":"' + "(a" * n + '","k":"a"}}'),
    "many patterns from the request": ruled(lambda n: "$.Tags[?count($.Tags[?match(@, 'x')]) > 0 || match('aaaaaaaaaaaaaaaa', @)]", "", None, 10_000, 100, lambda n: HEAD + ',"Tags":{' + joined('"k#":"(a{500}|#){2}"', n) + "}}"),
    "repetition in repetition": ruled(lambda n: "$.Tags[?match(@, '" + "(" * n + "a" + "{9})" * n + "')]", "", None, 5_000, 100, code=2),
    "alternatives": ruled(lambda n: "$.Tags[?match(@, '" + joined("a#", n, "|") + "')]", "", None, 8_000, 500, long_tag),
    "brackets": ruled(lambda n: "$" + "[?@" * n + "]" * n, "inside each other", None, 10_000, 200, code=2),
    "parentheses": ruled(lambda n: "$[?" + "(" * n + "@" + ")" * n + "]", "", None, 10_000, 200, code=2),
    "not": ruled(lambda n: "$[?" + "!" * n + "@]", "", None, 10_000, 200, code=2),
    "not with parentheses": ruled(lambda n: "$[?" + "!(" * n + "@" + ")" * n + "]", "", None, 10_000, 200, code=2),
    "functions": ruled(lambda n: "$[?" + "length(" * n + "@" + ")" * n + " > 1]", "", None, 5_000, 200, code=2),
    "or": ruled(lambda n: "$[?" + joined("@.a#", n, " || ") + "]", None, None, 499, 120),
    "and": ruled(lambda n: "$[?" + joined("@.a#", n, " && ") + "]", None, None, 499, 120),
    "names": ruled(lambda n: "$[" + joined("'a#'", n) + "]", None, None, 5_000, 200),
    "segments": ruled(lambda n: "$" + ".a" * n, "segments", None, 10_000, 501, code=2),
    "a long name": ruled(lambda n: "$." + "a" * n, "", None, 1_000_000, 70_000, code=2),
    "a long text": ruled(lambda n: "$[?@ == '" + "a" * n + "']", "", None, 1_000_000, 70_000, code=2),
    "a long number": ruled(lambda n: "$[?@ == " + "1" * n + "]", "", None, 60_000, 5_000),
    "a long index": ruled(lambda n: "$[" + "1" * n + "]", "", None, 60_000, 5_000, code=2),
    "white space": ruled(lambda n: "$[" + " " * n + "'a']", None, None, 60_000, 5_000),
    "every descendant of every descendant": ruled(lambda n: "$" + "..*" * 40, "", 1, 10_000, 100, tags),
    "descendants that are compared": ruled(lambda n: "$..[?count($..[?count($..*) > 1]) > 1]", "", None, 10_000, 200, tags),
    "texts that are compared": ruled(lambda n: "$.Tags[?@ == $.Tags.*]", "", None, 10_000, 200, tags, code=2),
    "long texts that are compared": ruled(lambda n: "$.Tags[?count($.Tags[?@ == $.Tags.k]) > 0 ]", "", None, 20_000, 200, lambda n: HEAD + ',"Tags":{"k":"' + "a" * 10 * n + '",' + joined('"k#":"a"', n // 100) + "}}"),
    "long texts that are compared with themselves": ruled(lambda n: "$.Tags[?count($.Tags[?@ == $.Tags.k]) > 1 ]", "", None, 3_000, 100, lambda n: HEAD + ',"Tags":{"k":"' + "a" * 100 * n + '",' + joined('"k#":"' + "a" * 1000 + '"', n) + "}}"),
}

INPUTS = {"settings": {"configuration": CONFIGURATION, "rules": RULES}}
