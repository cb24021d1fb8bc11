#!/usr/bin/python3
"""What the user sees, file by file.

    fails-NAME.json        a request with mistakes, which may be .yaml or .yml instead; beside it
    fails-NAME.json.out    everything that `connect-lint check fails-NAME.json` prints in this folder: findings, then the summary
    passes-NAME.json       a correct request: nothing is printed, exit code 0
    *.args                 more arguments, where a file needs them

    CONNECT_LINT=build/release/connect-lint tests/golden/golden_test.py [--write | --check] [TEST...]

--write makes the .out files anew (ci/golden does that), --check only lists those that differ.

The tests compare, and look behind what was recorded: every id that there is occurs, every place holds what the finding is about (by a
second count of lines and columns, and a second reading of the JSON), the other formats agree, the reports fit schemas/report.json, and the
examples of `explain` give the finding that they are for.
"""

import functools
import collections
import json
import os
import pathlib
import re
import subprocess
import sys
import unittest
import warnings

import jsonschema
from ruamel.yaml import YAML

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parents[1]
HEAD = re.compile(r"^(.+?)(?::(\d+):(\d+))?: (error|warning|info): (.*) \[([a-z/-]+)\]$")


def program():
    path = os.environ.get("CONNECT_LINT")
    if not path:
        sys.exit("golden_test.py: CONNECT_LINT has to name the program")
    return str(pathlib.Path(path).resolve())


PROGRAM = program()


def run(arguments, text=None):
    environment = {name: value for name, value in os.environ.items() if name not in ("NO_COLOR", "TERM")}
    return subprocess.run([PROGRAM, *arguments], cwd=HERE, input=text, stdin=None if text is not None else subprocess.DEVNULL,
                          capture_output=True, env=environment, check=False)


class Golden:
    """One request of this folder."""

    def __init__(self, path):
        self.path = path
        self.name = path.name
        self.fails = path.name.startswith("fails-")
        self.out = path.with_name(path.name + ".out")
        arguments = path.with_name(path.name + ".args")
        self.arguments = arguments.read_text().split() if arguments.exists() else []
        self.bytes = path.read_bytes()

    @functools.cached_property
    def printed(self):
        done = run(["check", *self.arguments, self.name])
        return done.returncode, done.stdout + done.stderr

    @functools.cached_property
    def report(self):
        return json.loads(run(["check", "--format", "json", *self.arguments, self.name]).stdout)

    def recorded(self):
        return self.out.read_bytes() if self.out.exists() else b""


def goldens():
    return [Golden(path) for path in sorted(HERE.iterdir()) if path.suffix in (".json", ".yaml", ".yml")]


GOLDENS = goldens()

# --- Places, counted a second time --------------------------------------------

MARK = "\ufeff"


def position_of(data, offset):
    """Line and column of a byte, 1-based; columns count characters, and a byte that is no part of one counts as one."""
    before = data[:offset]
    line = before.count(b"\n") + 1
    start = before.rfind(b"\n") + 1
    text = before[start:].decode("utf-8", "surrogateescape")
    return line, len(text.removeprefix(MARK) if start == 0 else text) + 1


def is_json(text, kind=object):
    try:
        return isinstance(json.loads(text), kind)
    except ValueError:
        return False


def is_utf8(data):
    try:
        data.decode()
    except UnicodeDecodeError:
        return False
    return True


# What the marked bytes of a finding are.
MARKED = {
    "document/byte-order-mark": lambda data: data == MARK.encode(),
    "document/comment": lambda data: re.match(rb"//|#|/\*", data),
    "document/control-character": lambda data: len(data) == 1 and data[0] < 0x20,
    "document/duplicate-key": lambda data: is_json(data, str),
    "document/empty": lambda data: data == b"",
    "document/encoding": lambda data: data and (not is_utf8(data) or b"\0" in data),
    "document/lone-surrogate": lambda data: re.fullmatch(rb"\\u[dD][89a-fA-F][0-9a-fA-F]{2}", data),
    "document/number-range": lambda data: is_json(data, float),
    "document/syntax": lambda data: b"\n" not in data,
    "document/too-deep": lambda data: data in (b"{", b"["),
    "document/trailing-comma": lambda data: data == b",",
}


def resolve(value, pointer):
    for step in pointer.split("/")[1:]:
        step = step.replace("~1", "/").replace("~0", "~")
        value = value[int(step)] if isinstance(value, list) else value[step]
    return value


def last_step(pointer):
    return pointer.rsplit("/", 1)[-1].replace("~1", "/").replace("~0", "~")


def load_yaml(text):
    """As the AWS CLI does; nothing where it refuses the text."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return [YAML(typ="safe", pure=True).load(text)]
    except Exception:  # Of many kinds.
        return []


def misplaced_in_yaml(golden, finding, marked):
    """The same for YAML: what is marked, read alone, is what the pointer holds; an alias may stand for it."""
    if marked.startswith((b"*", b"<<")):
        related = finding.get("related", [])
        return None if finding["id"].startswith("document/") or related else "an alias without the place of its anchor"
    if finding["id"].startswith("document/"):
        return None if b"\n" not in marked else f"{marked!r} is more than a line"
    if finding["id"].startswith("suppression/"):
        return None if re.fullmatch(rb"# connect-lint: .*\S", marked) else f"{marked!r} is no comment of ours"
    if finding["mark"] == "key":
        return None if load_yaml(marked.decode()) == [last_step(finding["pointer"])] else f"{marked!r} is not the key of {finding['pointer']}"
    whole = load_yaml(golden.bytes.decode())
    line_end = "\n" if marked.startswith((b"|", b">")) else ""  # Of a block scalar; what is marked ends before it.
    alone = load_yaml(" " * (finding["span"]["column"] - 1) + marked.decode() + line_end)
    if not whole:
        return None if alone else f"{marked!r} is no value"
    if b"*" in marked or b"<<" in marked:
        return None  # It needs its anchors to be read.
    return None if alone == [resolve(whole[0], finding["pointer"])] else f"{marked!r} is not what {finding['pointer']} holds"


def misplaced(golden, finding):
    """What is wrong with the place of a finding; nothing when it fits."""
    span = finding["span"]
    if position_of(golden.bytes, span["begin"]) != (span["line"], span["column"]):
        return f"byte {span['begin']} is line {position_of(golden.bytes, span['begin'])}"
    if position_of(golden.bytes, span["end"]) != (span["end_line"], span["end_column"]):
        return f"byte {span['end']} is line {position_of(golden.bytes, span['end'])}"
    marked = golden.bytes[span["begin"] : span["end"]]
    if golden.path.suffix != ".json":
        return misplaced_in_yaml(golden, finding, marked)
    if finding["id"] in MARKED:
        return None if MARKED[finding["id"]](marked) else f"{marked!r} is not what it is about"
    try:
        whole = json.loads(golden.bytes)
    except ValueError:
        whole = None  # Another finding says why. A key is still a key.
    if finding["mark"] == "key":
        text = json.loads(marked) if is_json(marked, str) else marked.decode().strip("'\u201c\u201d")
        return None if text == last_step(finding["pointer"]) else f"{marked!r} is not the key of {finding['pointer']}"
    if whole is None:
        return None if marked else "nothing is marked"
    wanted = resolve(whole, finding["pointer"])
    return None if json.loads(marked) == wanted else f"{marked!r} is not what {finding['pointer']} holds"


# --- Texts as a terminal shows them -------------------------------------------


def heads(printed):
    """(line, column, severity, message, id) of each finding of a text report."""
    found = []
    for line in printed.decode().split("\n"):
        head = HEAD.match(line)
        if head and not line.startswith(" "):
            _, number, column, severity, message, finding = head.groups()
            found.append((int(number) if number else None, int(column) if column else None, severity, message, finding))
    return found


def of_json(finding):
    span = finding.get("span", {})
    return (span.get("line"), span.get("column"), finding["severity"], finding["message"], finding["id"])


PLAIN_LINE = re.compile(r"[ -~]{1,100}")  # Shown as it stands in the file.


def place_of(name, span):
    return f"{name}:{span['line']}:{span['column']}" if span else name


def lines_of(golden, file, finding):
    """What a text report has to say of a finding, line by line. None stands for an excerpt whose characters are shown otherwise."""
    span = finding.get("span")
    yield f"{place_of(file['file'], span)}: {finding['severity']}: {finding['message']} [{finding['id']}]"
    gutter = " "
    if span and golden.bytes:
        number = str(span["line"])
        gutter = " " * len(number)
        line = golden.bytes.decode("utf-8", "replace").removeprefix(MARK).split("\n")[span["line"] - 1].removesuffix("\r")
        yield f"{gutter} |"
        if PLAIN_LINE.fullmatch(line):
            yield f"{number} | {line}".rstrip(" ")
            end = span["end_column"] if span["end_line"] == span["line"] else 0  # Of several lines, the first character is marked.
            yield f"{gutter} | {' ' * (span['column'] - 1)}{'^' * max(end - span['column'], 1)}"
        else:
            yield None
            yield None
    if span or finding["path"] != "$":
        yield f"{gutter} = at {finding['path']}" if finding["path"].isascii() else None
    for related in finding.get("related", ()):
        yield f"{gutter} = note: {place_of(related.get('file', file['file']), related.get('span'))}: {related['message']}"
    if "help" in finding:
        fix = finding.get("fix")
        yield f"{gutter} = help: {finding['help']}" + ("" if fix is None else " (--fix)" if fix["safe"] else " (--unsafe-fixes)")
    yield ""


def strays(golden, printed):
    """Lines of a text report that belong to no finding, and findings that are not in it."""
    expected = [line for file in golden.report["files"] for finding in file["diagnostics"] for line in lines_of(golden, file, finding)]
    said = printed.decode().split("\n")
    for left_out in [file["left_out"] for file in golden.report["files"] if "left_out" in file]:
        expected += [f"{golden.name}: and {left_out} more (--max-findings shows more)", ""]
    if len(expected) + 2 != len(said) or not said[-2].startswith("connect-lint: ") or said[-1]:
        return [f"{len(said)} lines instead of {len(expected) + 2}"]
    return [(wanted, line) for wanted, line in zip(expected, said) if wanted is not None and wanted != line]


# --- Examples of `explain` ----------------------------------------------------

LIST_WORKFLOWS = ("--operation", "ListWorkflows")
EXAMPLE_ARGUMENTS = {
    "document/number-range": LIST_WORKFLOWS,
    "request/operation-ambiguous": (),
    "request/operation-unknown": (),
    "request/response": ("--operation", "ListIntegrations"),
    "request/uri-member": ("--operation", "PutIntegration", "--dialect", "body"),
    "request/wrapped": (),
    "schema/enum": LIST_WORKFLOWS,
    "schema/null": LIST_WORKFLOWS,
    "schema/range": LIST_WORKFLOWS,
    "schema/required": ("--operation", "GetIntegration"),
    "schema/time-as-digits": LIST_WORKFLOWS,
    "schema/time-form": LIST_WORKFLOWS,
    "schema/time-impossible": LIST_WORKFLOWS,
    "schema/time-in-milliseconds": LIST_WORKFLOWS,
    "schema/time-zone-name": LIST_WORKFLOWS,
    "schema/type": LIST_WORKFLOWS,
    "template/connector-spelling": (),
    "template/entry-form": (),
    "template/entry-twice": (),
    "template/list-expected": (),
}
# Findings that no text shows: about a file's size, its rights, or that there is none.
WITHOUT_EXAMPLE = {"baseline/stale", "suppression/expired", "suppression/malformed", "suppression/unknown-id", "suppression/unused", "document/empty", "document/too-large", "document/unreadable", "rule/too-much-work", "template/text-limit"}


def explained(finding):
    """The examples of an id: {"wrong": text, "right": text}, without those that only sketch a text."""
    text = run(["explain", finding]).stdout.decode()
    examples = dict(re.findall(r"^(wrong|right):\n    (.*)$", text, flags=re.MULTILINE))
    return {verdict: example for verdict, example in examples.items() if not re.search(r"<.*>| \.\.\. ", example)}


def rule_ids():
    return [rule["id"] for rule in json.loads(run(["rules", "--format", "json"]).stdout)]


def known_ids():
    """Of all findings but those of rules."""
    rules = set(rule_ids())
    ids = [line.split()[0] for line in run(["explain"]).stdout.decode().splitlines()]
    return [finding for finding in ids if finding not in rules]


# --- What `explain` says of each rule: its words, and its findings as they are printed ---


def rule_golden(rule):
    return HERE / "rules" / f"{rule}.out"


def explain_rule(rule):
    return run(["explain", rule]).stdout


# --- The tests ----------------------------------------------------------------


class GoldenTest(unittest.TestCase):
    maxDiff = None

    def test_there_are_goldens_of_both_kinds(self):
        self.assertGreater(sum(golden.fails for golden in GOLDENS), 60)
        self.assertGreater(sum(not golden.fails for golden in GOLDENS), 10)
        for golden in GOLDENS:
            self.assertTrue(golden.fails or golden.name.startswith("passes-"), f"{golden.name}: fails-... or passes-...")

    def test_nothing_is_left_over(self):
        names = {golden.name for golden in GOLDENS}
        for path in HERE.iterdir():
            if path.suffix in (".out", ".args"):
                self.assertIn(path.name.removesuffix(path.suffix), names)

    def test_output(self):
        for golden in GOLDENS:
            with self.subTest(golden.name):
                code, printed = golden.printed
                self.assertEqual(golden.recorded().decode("utf-8", "backslashreplace"), printed.decode("utf-8", "backslashreplace"))
                self.assertEqual(1 if golden.fails else 0, code)
                self.assertEqual(golden.fails, bool(printed))

    def test_output_is_printable(self):
        """No control character, whatever the file holds, and nothing that is no UTF-8."""
        for golden in GOLDENS:
            for character in golden.printed[1].decode():
                self.assertFalse(ord(character) < 0x20 and character != "\n" or character in "\u202e\u2066\u200b\x7f", golden.name)

    def test_every_id_occurs_and_no_other(self):
        recorded = {head[4] for golden in GOLDENS for head in heads(golden.recorded())}
        # These take a second file, such as a rule of one's own: tests/scenarios has them.
        self.assertLessEqual(set(known_ids()) - {"rule/too-much-work", "baseline/stale", "suppression/expired"}, recorded)
        self.assertLessEqual(recorded, set(known_ids()) | set(rule_ids()))

    def test_places_hold_what_findings_are_about(self):
        checked = 0
        for golden in GOLDENS:
            for finding in golden.report["files"][-1]["diagnostics"]:
                if "span" not in finding:
                    continue
                with self.subTest(golden.name, line=finding["span"]["line"], id=finding["id"]):
                    self.assertIsNone(misplaced(golden, finding))
                    checked += 1
        self.assertGreater(checked, 150)

    def test_the_excerpt_shows_the_marked_bytes(self):
        """Under the carets stands the beginning of what is marked."""
        for golden in GOLDENS:
            blocks = golden.printed[1].decode().split("\n\n")
            findings = [one for file in golden.report["files"] for one in file["diagnostics"]]
            for block, finding in zip(blocks, findings):
                lines = block.split("\n")
                if "span" not in finding or len(lines) < 4 or not lines[3].strip(" |^") == "":
                    continue
                marked = golden.bytes[finding["span"]["begin"] : finding["span"]["end"]]
                if not re.fullmatch(rb"[ -~]+", marked) or not re.fullmatch(r"[ -~]*", lines[2]):
                    continue  # Wide and invisible characters: their outputs are recorded.
                with self.subTest(golden.name, line=finding["span"]["line"]):
                    begin, end = lines[3].index("^"), lines[3].rindex("^") + 1
                    self.assertTrue(marked.decode().startswith(lines[2][begin:end]), block)

    def test_each_line_belongs_to_a_finding_and_each_finding_has_its_lines(self):
        lines = 0
        for golden in GOLDENS:
            if golden.fails:
                with self.subTest(golden.name):
                    self.assertEqual([], strays(golden, golden.recorded()))
                    lines += golden.recorded().count(b"\n")
        self.assertGreater(lines, 2000)
        print(f"figure: {lines} lines of {sum(golden.fails for golden in GOLDENS)} recorded outputs: each belongs to a finding on that line, and each finding has its lines")

    def test_findings_are_in_the_order_of_the_text(self):
        for golden in GOLDENS:
            begins = [finding["span"]["begin"] for finding in golden.report["files"][-1]["diagnostics"] if "span" in finding]
            self.assertEqual(sorted(begins), begins, golden.name)

    def test_no_finding_is_there_twice(self):
        for golden in GOLDENS:
            lines = heads(golden.recorded())
            self.assertEqual(len(set(lines)), len(lines), golden.name)

    def test_text_and_json_agree(self):
        for golden in GOLDENS:
            with self.subTest(golden.name):
                self.assertEqual([of_json(finding) for file in golden.report["files"] for finding in file["diagnostics"]],
                                 heads(golden.printed[1]))

    def test_each_fix_mends_its_finding_and_breaks_nothing(self):
        fixed = 0
        rules = set(rule_ids())
        for golden in GOLDENS:
            before = golden.report["files"][0]["diagnostics"]
            arguments = [argument for argument in golden.arguments if not argument.startswith("/")]
            for finding in before:
                if "fix" not in finding or "left_out" in golden.report["files"][0]:
                    continue
                text = golden.bytes
                for edit in reversed(finding["fix"]["edits"]):
                    text = text[: edit["begin"]] + edit["text"].encode() + text[edit["end"] :]
                done = run(["check", "--format", "json", *arguments, "--stdin-filename", golden.name, "-"], text=text)
                after = collections.Counter(one["id"] for one in json.loads(done.stdout)["files"][0]["diagnostics"])
                others = collections.Counter(one["id"] for one in before if one is not finding)
                with self.subTest(golden.name, message=finding["message"]):
                    self.assertEqual({}, dict(others - after), "what has nothing to do with it stays")
                    # Rules see a value only once its shape is right; a fix to be looked at may show what it hid.
                    if finding["fix"]["safe"]:
                        self.assertLessEqual(set(after - others), rules)
                    self.assertLessEqual(after[finding["id"]], others[finding["id"]], "the finding is gone")
                    fixed += 1
        self.assertGreater(fixed, 30)

    def test_messages_keep_the_house_style(self):
        for golden in GOLDENS:
            for _, _, _, message, finding in heads(golden.printed[1]):
                with self.subTest(golden.name, message=message):
                    self.assertRegex(message, r"^(?:[a-z`]|JSON )")
                    self.assertNotRegex(message, r"\.$|[Ii]llegal|must be valid|please")
                    self.assertEqual(0, message.count("`") % 2)


class ReportTest(unittest.TestCase):
    """schemas/report.json describes every report."""

    def setUp(self):
        self.schema = json.loads((ROOT / "schemas" / "report.json").read_text())
        self.validator = jsonschema.Draft7Validator(self.schema)

    def line_validator(self):
        return jsonschema.Draft7Validator({"$ref": "#/definitions/file", "definitions": self.schema["definitions"]})

    def test_the_schema_is_one(self):
        jsonschema.Draft7Validator.check_schema(self.schema)

    def test_reports(self):
        for golden in GOLDENS:
            with self.subTest(golden.name):
                self.assertEqual([], [error.message for error in self.validator.iter_errors(golden.report)])

    def test_lines(self):
        validator = self.line_validator()
        # Whatever a file needs: arguments are for single files.
        lines = run(["check", "--format", "jsonl", *(golden.name for golden in GOLDENS)]).stdout.splitlines()
        self.assertEqual(len(GOLDENS), len(lines))
        seen = set()
        for line in lines:
            value = json.loads(line)
            seen.add(value["status"])
            self.assertEqual([], [error.message for error in validator.iter_errors(value)], value["file"])
        self.assertEqual({"checked", "skipped", "unreadable"}, seen)

    def test_fixes_and_related_places_occur(self):
        """The parts that are optional are among what is tested."""
        findings = [finding for golden in GOLDENS for file in golden.report["files"] for finding in file["diagnostics"]]
        for part in ("related", "fix", "help", "span"):
            self.assertTrue(any(part in finding for finding in findings), part)
            self.assertTrue(any(part not in finding for finding in findings), part)

    def test_a_wrong_report_is_refused(self):
        good = next(golden for golden in GOLDENS if golden.name == "fails-enum.json").report
        self.assertTrue(self.validator.is_valid(good))

        def refuses(change):
            report = json.loads(json.dumps(good))
            change(report)
            self.assertFalse(self.validator.is_valid(report))

        refuses(lambda report: report.update(extra=1))
        refuses(lambda report: report.pop("summary"))
        refuses(lambda report: report.update(format="connect-lint-report/2"))
        refuses(lambda report: report["files"][0].update(extra=1))
        refuses(lambda report: report["files"][0].update(status="fine"))
        refuses(lambda report: report["files"][0]["requests"][0].update(operation=5))
        refuses(lambda report: report["files"][0]["diagnostics"][0].update(severity="fatal"))
        refuses(lambda report: report["files"][0]["diagnostics"][0].update(id="Enum"))
        refuses(lambda report: report["files"][0]["diagnostics"][0]["span"].update(line=0))
        refuses(lambda report: report["files"][0]["diagnostics"][0]["span"].pop("end"))
        refuses(lambda report: report["files"][0]["diagnostics"][0]["fix"].update(edits=[{"begin": 0}]))
        refuses(lambda report: report["summary"].update(errors=-1))
        self.assertFalse(self.line_validator().is_valid(good))


class SampleTest(unittest.TestCase):
    """tests/samples: clean, but for the one with typical mistakes."""

    def check(self, *arguments):
        done = subprocess.run([PROGRAM, "check", *arguments], cwd=ROOT / "tests" / "samples", capture_output=True, check=False)
        return done.returncode, done.stdout.decode(), done.stderr.decode()

    def test_clean_samples(self):
        samples = ROOT / "tests" / "samples"
        files = [path.name for path in sorted(samples.glob("*.json")) if path.name != "put-integration.json"]
        operations = json.loads((ROOT / "schemas" / "operations.json").read_text())["operations"]
        for row in operations:
            self.assertGreaterEqual(sum(name.startswith(row["command"]) for name in files), 2, row["name"])
        self.assertEqual((0, "", ""), self.check(*files))
        self.assertEqual((0, "", ""), self.check("envelope"))
        self.assertEqual((0, "", ""), self.check("body", "--dialect", "body"))

    def test_samples_are_taken_for_what_they_are(self):
        operations = json.loads((ROOT / "schemas" / "operations.json").read_text())["operations"]
        for folder, arguments, dialect in ((".", [], "input"), ("envelope", [], "input"), ("body", ["--dialect", "body"], "body")):
            report = json.loads(self.check("--format", "json", folder, *arguments)[1])
            for file in report["files"]:
                name = pathlib.Path(file["file"]).name
                row = max((row for row in operations if name.startswith(row["command"])), key=lambda row: len(row["command"]))
                if file["file"].startswith("./body/"):
                    continue
                request = file["requests"][0]
                self.assertEqual((row["name"], dialect), (request["operation"], request["dialect"]), file["file"])

    def test_every_typical_mistake_is_found(self):
        code, out, _ = self.check("put-integration.json", "--format", "concise")
        self.assertEqual(1, code)
        self.assertEqual(["schema/enum", "schema/unknown-member", "schema/time-in-milliseconds"],
                         [HEAD.match(line).group(6) for line in out.splitlines()])


class RuleTest(unittest.TestCase):
    """tests/golden/rules: a file for each rule."""

    maxDiff = None

    def test_output(self):
        self.assertGreater(len(rule_ids()), 130)
        for rule in rule_ids():
            with self.subTest(rule):
                printed = explain_rule(rule).decode()
                self.assertEqual(rule_golden(rule).read_text(encoding="utf-8"), printed)
                self.assertIn(f" [{rule}]\n", printed, "its first wrong example shows its finding")

    def test_nothing_is_left_over(self):
        self.assertEqual(sorted(map(rule_golden, rule_ids())), sorted((HERE / "rules").glob("*/*.out")))


class ExplainTest(unittest.TestCase):
    def found(self, finding, text):
        arguments = EXAMPLE_ARGUMENTS.get(finding, ("--operation", "PutIntegration"))
        done = run(["check", "--format", "json", *arguments, "-"], text=text.encode())
        return [one["id"] for file in json.loads(done.stdout)["files"] for one in file["diagnostics"]]

    def test_wrong_examples_are_wrong_and_right_ones_are_not(self):
        self.assertLessEqual(set(EXAMPLE_ARGUMENTS), set(known_ids()))
        wrong = 0
        for finding in known_ids():
            examples = explained(finding)
            with self.subTest(finding):
                if "wrong" in examples:
                    wrong += 1
                    self.assertIn(finding, self.found(finding, examples["wrong"]), examples["wrong"])
                if "right" in examples:
                    self.assertNotIn(finding, self.found(finding, examples["right"]), examples["right"])
                self.assertTrue("right" in examples or finding in WITHOUT_EXAMPLE, "no right example")
        self.assertGreater(wrong, 25)


class CanFail(unittest.TestCase):
    """The checks above do complain."""

    def test_misplaced(self):
        golden = next(golden for golden in GOLDENS if golden.name == "fails-enum.json")
        finding = golden.report["files"][0]["diagnostics"][0]
        self.assertIsNone(misplaced(golden, finding))
        for change in ({"begin": finding["span"]["begin"] + 1}, {"column": 1}, {"line": 1}, {"end_column": 1},
                       {"begin": finding["span"]["begin"] + 1, "column": finding["span"]["column"] + 1}):
            try:
                complaint = misplaced(golden, {**finding, "span": {**finding["span"], **change}})
            except ValueError:  # The marked bytes are no JSON value.
                continue
            self.assertIsNotNone(complaint, change)
        self.assertIsNotNone(misplaced(golden, {**finding, "pointer": "/DomainName"}))

    def test_strays(self):
        golden = next(golden for golden in GOLDENS if golden.name == "fails-enum.json")
        self.assertEqual([], strays(golden, golden.recorded()))
        lines = golden.recorded().split(b"\n")
        for number in range(len(lines) - 2):
            self.assertTrue(strays(golden, b"\n".join([*lines[:number], *lines[number + 1:]])), lines[number])
            if lines[number]:
                self.assertTrue(strays(golden, b"\n".join([*lines[:number], lines[number] + b"^", *lines[number + 1:]])), lines[number])

    def test_position_of(self):
        data = "\ufeffé\n\U0001f600x".encode()
        self.assertEqual((1, 1), position_of(data, 3))
        self.assertEqual((1, 2), position_of(data, 5))
        self.assertEqual((2, 2), position_of(data, 10))


def differing():
    """Writes nothing: the goldens whose output is not what was recorded."""
    return [golden for golden in GOLDENS if golden.recorded() != golden.printed[1]]


def differing_rules():
    return [rule for rule in rule_ids() if not rule_golden(rule).exists() or rule_golden(rule).read_bytes() != explain_rule(rule)]


def write_rules():
    for rule in differing_rules():
        print(f"rules/{rule}.out")
        rule_golden(rule).parent.mkdir(parents=True, exist_ok=True)
        rule_golden(rule).write_bytes(explain_rule(rule))
    for path in sorted(set((HERE / "rules").glob("*/*.out")) - set(map(rule_golden, rule_ids()))):
        print(f"{path.relative_to(HERE)} (removed)")
        path.unlink()


def write():
    for golden in differing():
        print(golden.out.name)
        if golden.printed[1]:
            golden.out.write_bytes(golden.printed[1])
        else:
            golden.out.unlink()
    for path in HERE.glob("*.json.out"):
        if not path.with_suffix("").exists():
            print(f"{path.name} (removed)")
            path.unlink()


if __name__ == "__main__":
    if "--write" in sys.argv:
        write()
        write_rules()
    elif "--check" in sys.argv:
        changed = differing()
        for golden_file in changed:
            print(golden_file.out.name)
        changed_rules = differing_rules()
        for changed_rule in changed_rules:
            print(f"rules/{changed_rule}.out")
        sys.exit(1 if changed or changed_rules else 0)
    else:
        unittest.main()
