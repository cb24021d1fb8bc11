#!/usr/bin/python3
"""What the YAML reader makes of texts, compared with what the AWS CLI's loader makes of them.

    tests/yaml/ruamel_test.py PROGRAM        PROGRAM: yaml_values of this folder

The loader is YAML(typ="safe", pure=True) of ruamel.yaml, as awscli/customizations/cliinput.py has it. Every text is to be
accepted by both with the same value, or refused by both. DIFFERENCES holds the exceptions with their reasons, and each of
them has to be one.
"""

import datetime
import json
import math
import random
import re
import subprocess
import sys
import unittest
import warnings

from ruamel.yaml import YAML

PROGRAM = sys.argv.pop(1) if len(sys.argv) > 1 else sys.exit(__doc__)
REFUSED = ("refused",)

# --- Texts --------------------------------------------------------------------

WORDS = """true True TRUE tRUE false False FALSE yes Yes no NO on Off y Y n N ~ null Null NULL nULL None nil inf nan .inf -.inf +.Inf .INF .iNF .nan .NaN .NAN
-.nan 0 00 -0 +0 1 -1 +1 12 012 -012 +012 08 09 0777 0o14 -0o14 0o8 0O14 0x1F 0X1F 0xfF -0x1f +0x1F 0xG 0x 0b11 -0b1 0b2 0b 1_000 1__0 10_ _1 +_1 -1_ 0x_f 0b_1 0o_7 1. 1.5
-1.5 +1.5 .5 -.5 +.5 5. 1e3 1E3 1e+3 1e-3 1.e3 1.5e3 .5e3 .5e+3 .5e-3 1e 1e+ e3 1e3.5 1.2.3 1..2 . .. ... -. +. 1_0.5_0 1_0e3 1.5e1_0 007.5 0.5 0e0 1e400 -1e400 1e-400
9007199254740993 18446744073709551616 123456789012345678901234567890 0xffffffffffffffffffff 0b111111111111111111111111111111111111111111111111111111111111111111111
190:20:30 1:20 1:60 01:20 1:2:3.5 12:30:45 2022-01-01 2022-1-1 2022-01-01T00:00:00Z 2022-01-01t01:02:03.5-08:00 2001-12-14T21:59:43.10-05:00 a ab a-b a.b a/b a_b <<x == =a
arn:aws:iam::1:role/x a:b :a a: ?a -a --a a? 12a a12 1,2 1-2 +a -e3 0xy 0.0.0.0 1/2 50% #a a#b {} [] é 日本 😀 <<< ~a a~ !a &a *a @a `a %a |a >a 'a' "a" 'it''s' "\\x41\\u00e9\\n" "\\/" "a" '' "" '1' "true" '~' "a
 b" 'a

 b'""".split(" ")

DOCUMENTS = [
    # Blocks.
    "a: 1\nb: 2\n", "a:\n  b: 1\n  c:\n    - 1\n    - 2\n", "a:\n- 1\n- 2\nb: 3\n", "- 1\n- - 2\n  - 3\n-\n  - 4\n", "- a: 1\n  b: 2\n- c: 3\n", "a:\n  - b: 1\n    c: 2\n  - d\n", "a:\nb:\n", "a: \n\n\nb: c\n",
    "? a\n: b\n", "? a\n? b\n", "? |\n  x\n: y\n", "?\n: a\n", "a : 1\n", "\"a\": 1\n", "'a b' : 1\n", "a b c: d e f\n", "a:\n   b: 1\n   c: 2\n", "a: b\n\n# c\n  # d\ne: f # g\n", "a: b#c\n", "a: 'b'#c\n",
    # Flow.
    "{a: 1, b: [1, 2, {c: d}]}", "[a, b, c,]", "{a: 1,}", "[]", "{}", "[[], {}]", "{a, b: 1}", "{a: , b: }", "[a: 1, b: 2]", "[? a : b]", "{\"a\":1,'b':2}", "{a:1}", "{a:  1}", "[a\n, b]", "{a: 1\n, b: 2}", "a: [\n  b,\n  c\n  ]\n",
    "[,]", "[a,,b]", "{,}", "{a: 1,,}", "[a", "{a: 1", "[a]]", "{a}}", "[a}", "{a]", "[a b]", "[\"a\" \"b\"]", "{a: b: c}", "[- a]", "{- a: b}", "{\"DomainName\": \"x\", \"Tags\": {\"a\": null}, \"n\": [1, 2.5, true]}",
    # Texts.
    "a: |\n  x\n  y\n", "a: |-\n  x\n", "a: |+\n  x\n\n\n", "a: >\n  x\n  y\n\n  z\n", "a: >-\n  x\n   y\n  z\n", "a: |2\n    x\n", "a: |2-\n    x\n\nb: c\n", "a: | # c\n  x\n", "a: |\n", "a: |\nb: c\n", "- |\n a\n- >\n b\n", "|\n a", ">\n a\n\n b\n",
    "a: x\n  y\n\n  z\n", "a: \"x\n  y\n\n  z\"\n", "a: 'x\n  y'\n", "a: \"x\\\n  y\"\n", "a: \"x \\\n  \\ y\"\n", "a: \"\\t\\r\\0\\a\\b\\e\\f\\v\\N\\_\\L\\P\\\"\\\\\\/\\ \\x7f\\u263a\\U0001f600\"\n", "a: 'x\\ny'\n", "a: \"\t\"\n", "a: x\ty\n", "a:\tx\n", "a: x\t\n",
    "a: \"x", "a: 'x", "a: \"\\q\"", "a: \"\\x4\"", "a: \"\\u12\"", "a: |x\n  y", "a: |0\n  y", "a: >10\n  y", "a: 'it's'", "a: \"b\"c", "a: \"b\" c", "a: b\n c: d",
    # Indentation and tabs.
    "a: 1\n b: 2\n", "a:\n  b: 1\n c: 2\n", "a:\n b: 1\n  c: 2\n", "a: 1\n- b\n", "- a\nb: 1\n", "a: - b\n", "a: b: c\n", "a\nb: 1\n", "a:\n\tb: 1\n", "\ta: 1\n", "a:\n  b: 1\n\tc: 2\n", "a: 1\n\n\t\nb: 2\n", "- a\n - b\n", "- a\n-b\n", " a: 1\n b: 2\n", " a: 1\nb: 2\n",
    "a: 1\nfoo\n", "a: 1\nfoo\nb: 2\n", "a: ]\n", "a: }\n", "a: ,\n", "a: ? b\n", "a: : b\n", "a: -\n", "a: ?\n",
    # Documents and directives.
    "", "\n", "# c\n", "---\n", "--- a\n", "---\na: 1\n...\n", "--- |\n a\n", "--- {a: 1}\n", "a\n...\n", "a\n---\nb\n", "---\n---\n", "a\n...\nb\n", "--- a\n... # c\n", "a: 1\n--- # c\n", "---a\n", "%YAML 1.2\n---\na: 1\n", "%YAML 1.1\n--- yes\n",
    "%YAML 1.1\n---\n[yes, no, on, off, y, n, Y, N, 012, -012, 0o14, 08, 09, 0x1F, 0b1, 1:20, -1:20, 1:60, 190:20:30, 190:20:30.15, 1:20., 1.5e3, .5, .5e+3, +.5, 1_000, 7_0, 0_7, ~, .inf, 2001-01-01, 0, 00, 1e3]\n", "%YAML 2.0\n---\na\n",
    "%YAML 1.2\n%YAML 1.2\n---\na\n", "%YAML 1.2\na: 1\n", "%TAG !y! tag:yaml.org,2002:\n---\n[!y!str 1, !y!int \"2\"]\n", "%TAG ! tag:yaml.org,2002:\n--- !str 1\n", "%TAG !a! x\n%TAG !a! y\n--- a\n", "\ufeffa: 1\n", "a: \ufeffb\n",
    # Tags.
    "!!str 1", "!!int \"1\"", "!!int 0x10", "!!int 1_0", "!!int x", "!!int \"\"", "!!float 1", "!!float 1.5", "!!float \"1e3\"", "!!float .5e3", "!!float x", "!!bool yes", "!!bool \"true\"", "!!bool x", "!!null x", "!!null", "!!str", "!!map {a: 1}", "!!seq [a]", "!!map [a]",
    "!!seq {a: 1}", "!!str [a]", "!!str {a: 1}", "!!int [1]", "! 1", "! \"1\"", "! a", "! [a]", "!", "!foo a", "!foo [a]", "!Ref a", "a: !GetAtt b.c\n", "!<tag:yaml.org,2002:str> 1", "!<x> 1", "!e!x a", "a: !!str\nb: !!null\n", "!!map\na: 1\n", "a: !!seq\n- 1\n", "!!str a: 1\n", "{!!int \"1\": x}",
    # Anchors and merges.
    "[&a x, *a]", "a: &x {b: 1}\nc: *x\n", "a: &x\n  - 1\nb: [*x, *x]\n", "&a a: *a\n", "[&a 1, &a 2, *a]", "*a", "[*a, &a 1]", "a: &x\nb: *x\n", "[&a x, {*a : 1}]", "&a [1]", "a: *\n", "a: &\n", "a: &x &y 1\n", "a: &x *x\n", "- &a !!str 1\n- *a\n", "- !!int &a \"1\"\n- *a\n",
    "a: &x {b: 1, c: 2}\nd:\n  <<: *x\n  c: 3\n", "c: 3\n<<: {b: 1, c: 2}\n", "<<: [{a: 1}, {a: 2, b: 3}]\n", "- &x {a: 1}\n- &y {<<: *x, b: 2, a: 3}\n- {<<: *y, c: 4}\n- {<<: [*y, *x]}\n- {<<: [*x, *y]}\n", "<<: 1\n", "<<: [1]\n", "<<: [{a: 1}, 2]\n", "<<:\n", "<<: []\n", "<<: {}\n",
    "<<: {<<: {a: 1}, b: 2}\n", "\"<<\": {a: 1}\n", "'<<': 1\n<<: {a: 1}\n", "a: <<\n", "a: =\n", "=: 1\n", "<<: {a: 1}\n<<: {b: 2}\n", "- {<<: {a: 1, b: &x {c: 1}}}\n- *x\n",
    # Keys.
    "a: 1\na: 2\n", "{a: 1, a: 1}", "{a: 1, \"a\": 2}", "a:\n  b: 1\nb:\n  b: 1\n", "1: a\n2: b\n", "true: 1\n", "null: 1\n", "~: 1\n", "1.5: a\n", "{? a}", "{a: 1, b}", "é: 1\n", "\"a\\nb\": 1\n", "? {a: 1}\n: b\n", "{{a: 1}: b}", "12: a\n\"12\": b\n",
    # Line ends and characters.
    "a: 1\r\nb: 2\r\n", "a: 1\rb: 2\r", "a: |\r\n  x\r\n  y\r\n", "a: x\u0085b: y", "a: \u00a0x", "a: x\u2028y", "a: \"x\u2028y\"", "a: 😀\n", "a: \u0007", "a: \u007f", "a: \u0080", "a: \ufffe", "a: \ud7ff\ue000\ufffd\U0010ffff",
]

# Accepted or refused by one of the two only, or with another value.
DIFFERENCES = {
    # libyaml has the grammar of YAML 1.1; YAML 1.2 takes these.
    ": b": "a block that begins with an empty key",
    "[:a, x]": "a plain text that begins with a colon, in brackets",
    "[a:, x]": "a plain text that ends with a colon, in brackets",
    "a: x\u2028y": "U+2028 ended a line in YAML 1.1",
    "a: x\u0085b: y": "U+0085 ended a line in YAML 1.1",
    "%FOO x\n--- a": "a directive of another name is to be ignored; no request has one",
    # ruamel refuses tabs that both versions of YAML take.
    "a: x\ty\n": "a tab inside of a plain text",
    "a:\tx\n": "a tab before a value",
    "a: x\t\n": "a tab behind a value",
    # Ours on purpose.
    "12: a\n\"12\": b\n": "keys are texts here, and become texts in the request",
    "1: a\n01: b\n": "likewise: ruamel finds the same number twice",
    "? [a]\n: 1\n": "ruamel makes a tuple of the key, which no request can have",
    "&a [*a]": "ruamel loads a list that holds itself, at which botocore fails",
    "a: \"\\ud83d\\ude00\"\n": "libyaml refuses the halves of a surrogate pair, which ruamel keeps apart",
    "!!timestamp 2001-01-01": "no request can have what such tags make: a time without quotes is text",
    "!!binary aGk=": "likewise",
    "!!set {a}": "likewise",
    "!!omap [a: 1]": "likewise",
    "!!float inf": "Python's own spelling of a number that JSON cannot have",
    "2022-13-45": "ruamel fails on a date that is none; the schema tells more",
    "-_": "ruamel's expression takes it for a number, at which it fails",
    "0x_": "likewise",
    "._": "likewise",
    "<<: {}\n<<: {a: 1}\n": "ruamel does not see the first merge, as it is empty",
}


def generated():
    """Words in every place where a scalar can stand, and random blocks."""
    for word in WORDS:
        yield word
        yield f"a: {word}\n"
        yield f"[{word}, x]"
    pick = random.Random(4)
    words = ["a", "1", "0x1F", "true", "~", "1.50", "'x y'", '"z\\n"', "&n b", "!!str 5", "x y", "é", "", "yes", "012", "1e3"]

    def value(depth, indent):
        kind = pick.randrange(6) if depth < 4 else 0
        pad = " " * indent
        if kind in (1, 2):
            step = indent + pick.choice((1, 2, 4))
            return "\n" + "".join(f"{' ' * step}k{i}:{value(depth + 1, step)}" for i in range(pick.randrange(1, 4)))
        if kind == 3:
            step = indent + pick.choice((0, 2)) if depth else indent
            return "\n" + "".join(f"{' ' * step}-{value(depth + 1, step + 1)}" for _ in range(pick.randrange(1, 4)))
        if kind == 4:
            return " [" + ", ".join(pick.choice(words[:10]) for _ in range(pick.randrange(4))) + "]" + pick.choice(("", "  # c")) + "\n"
        if kind == 5:
            return f" {pick.choice(('|', '>', '|-', '>+'))}\n" + "".join(f"{pad}     {line}\n" for line in pick.sample(["x", "y z", " w", "# v"], 2))
        return f" {pick.choice(words)}\n"

    for _ in range(300):
        yield "".join(f"k{i}:{value(0, 0)}" for i in range(pick.randrange(1, 4)))


# --- Values -------------------------------------------------------------------


def of_key(text):
    """What Python has for the text of a key, if it is no string."""
    kind, *content = load(text)
    return content[0] if kind in ("null", "boolean", "integer", "float") else text


def of_ruamel(value):
    """A loaded value as yaml_values prints it, but with keys and numbers as they are to Python."""
    if value is None:
        return ("null", None)
    if isinstance(value, bool):
        return ("boolean", value)
    if isinstance(value, (int, float)):
        return ("integer" if isinstance(value, int) else "float", value)
    if isinstance(value, str):
        return ("string", value)
    if isinstance(value, (datetime.date, datetime.datetime)):
        return ("time",)
    if isinstance(value, list):
        return ("array", [of_ruamel(element) for element in value])
    if isinstance(value, dict):
        return ("object", {key: of_ruamel(member) for key, member in value.items()})
    return ("other", repr(value))


def load(text):
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            value = YAML(typ="safe", pure=True).load(text)
        except Exception as error:  # Of many kinds: ValueError, KeyError, IndexError besides its own.
            return (*REFUSED, type(error).__name__)
    try:
        return of_ruamel(value)
    except RecursionError:
        return ("endless",)


# Findings about a text that was read all the same: numbers and keys that a request cannot have.
TOLERATED = ("document/number-range",)
TOLERATED_WORDS = re.compile(r"that no request can hold$|^the key .* is read as |^there is no key in front")


def of_ours(result):
    if not result["complete"] or any(name not in TOLERATED and not TOLERATED_WORDS.search(message) for name, message in result["findings"]):
        if [name for name, _ in result["findings"] if name not in TOLERATED] == ["document/empty"]:
            return ("null", None)  # ruamel makes None of nothing; the CLI refuses that.
        return (*REFUSED, "; ".join(message for _, message in result["findings"]))
    return result["value"]


def same_number(kind, digits, number):
    if kind == "float":
        lower = digits.lower()
        ours = float(lower.replace("_", "").replace(".inf", "inf").replace(".nan", "nan"))
        return ours == number or (math.isnan(ours) and math.isnan(number))
    return digits in (str(number), f"-{number}" if number == 0 else None)


def same(ours, theirs):
    if ours[0] in REFUSED or theirs[0] in REFUSED:
        return ours[0] == theirs[0]
    if theirs[0] == "time":
        return ours[0] == "string"  # Whether it is a time is the schema's business here.
    if ours[0] != theirs[0]:
        return False
    if ours[0] in ("integer", "float"):
        return same_number(ours[0], ours[1], theirs[1])
    if ours[0] == "array":
        return len(ours[1]) == len(theirs[1]) and all(same(a, b) for a, b in zip(ours[1], theirs[1]))
    if ours[0] == "object":
        # Keys are texts here; what Python has in their place is loaded from that text.
        members = dict(theirs[1])
        for key, member in ours[1]:
            known = key if key in members else of_key(key)
            if known not in members or not same(member, members.pop(known)):
                return False
        return not members
    return ours[1] == theirs[1]


class Ruamel(unittest.TestCase):
    maxDiff = None

    @classmethod
    def setUpClass(cls):
        cls.texts = list(dict.fromkeys([*DOCUMENTS, *generated(), *DIFFERENCES]))
        done = subprocess.run([PROGRAM], input=json.dumps(cls.texts), capture_output=True, text=True, check=True)
        cls.results = [of_ours(result) for result in json.loads(done.stdout)]

    def test_there_are_texts_of_both_sorts(self):
        refused = sum(1 for result in self.results if result[0] in REFUSED)
        self.assertGreater(len(self.texts), 900)
        self.assertGreater(refused, 80)
        self.assertGreater(len(self.texts) - refused, 500)

    def test_both_read_the_same(self):
        different = []
        for text, ours in zip(self.texts, self.results):
            theirs = load(text)
            if same(ours, theirs) == (text in DIFFERENCES):
                different.append(f"{text!r}\n  ours:   {ours}\n  theirs: {theirs}\n  listed: {DIFFERENCES.get(text)}")
        self.assertEqual("", "\n".join(different))


if __name__ == "__main__":
    unittest.main()
