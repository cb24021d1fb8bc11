#!/usr/bin/python3
"""Every format of one run agrees on the findings, their ids, severities and places; and each is what its readers expect.

    CONNECT_LINT=build/release/connect-lint SCRATCH=scratch NODE=node tests/formats/formats_test.py

The places that formats give are compared with those of the JSON report. SARIF is compiled by TypeScript against the types that are made from its schema.
"""

import html
import html.parser
import json
import os
import pathlib
import re
import subprocess
import unittest
import xml.etree.ElementTree as ET
from urllib.parse import unquote

ROOT = pathlib.Path(__file__).resolve().parents[2]
PROGRAM = pathlib.Path(os.environ["CONNECT_LINT"]).resolve()
SCRATCH = pathlib.Path(os.environ["SCRATCH"]).resolve()
NODE_MODULES = pathlib.Path(os.environ.get("CONNECT_LINT_NODE_MODULES", ROOT / "build/oracles/node_modules"))
FORMATS = ["checkstyle", "concise", "github", "gitlab", "html", "json", "jsonl", "junit", "markdown", "rdjson", "sarif", "text"]
LINE = re.compile(r"^(.+?)(?::(\d+):(\d+))?: (error|warning|info): (.*) \[([a-z-]+/[a-z-]+)\]$")
# A request whose names, texts and places are hard to write in every format.
AWKWARD = """{
  "DomainName": "<b>&amp; \\"x\\" 'y' | *z* 100%, a:b",
  "Ürì😀": "]]>",
\t"ObjectTypeName": "%0A::error::",
  "Uri": "\\u0001", "Uri": "é😀",
  "WorkflowType": 5
}
"""


def run(*arguments, **more):
    return subprocess.run([PROGRAM, "check", "--no-config", *arguments], capture_output=True, stdin=subprocess.DEVNULL, check=False, **more)


def github_unescaped(text):
    return text.replace("%3A", ":").replace("%2C", ",").replace("%0D", "\r").replace("%0A", "\n").replace("%25", "%")


def read_json(text):
    for file in json.loads(text)["files"]:
        for found in file["diagnostics"]:
            span = found.get("span", {})
            yield file["file"], span.get("line"), span.get("column"), found["severity"], found["id"]


def read_jsonl(text):
    yield from read_json(json.dumps({"files": [json.loads(line) for line in text.splitlines()]}))


def read_lines(text):
    for line in text.splitlines():
        if found := LINE.match(line):
            yield found[1], found[2] and int(found[2]), found[3] and int(found[3]), found[4], found[6]


def read_checkstyle(text):
    for file in ET.fromstring(text).iter("file"):
        for error in file:
            line, column = error.get("line"), error.get("column")
            yield file.get("name"), line and int(line), column and int(column), error.get("severity"), error.get("source").removeprefix("connect-lint.")


def read_junit(text):
    for suite in ET.fromstring(text).iter("testsuite"):
        failures = list(suite.iter("failure"))
        assert len(failures) == int(suite.get("failures")) and len(list(suite.iter("testcase"))) == int(suite.get("tests"))
        for failure in failures:
            yield from read_lines(failure.text.replace("\n", " "))


def read_github(text):
    for line in text.splitlines():
        command, properties, message = re.match(r"^::(\w+) (.*?)::(.*)$", line).groups()
        assert message
        values = dict(part.split("=", 1) for part in properties.split(","))
        severity = "info" if command == "notice" else command
        yield (github_unescaped(values["file"]), int(values["line"]) if "line" in values else None, int(values["col"]) if "col" in values else None, severity,
               github_unescaped(values["title"]))


def read_gitlab(text):
    issues = json.loads(text)
    assert len({issue["fingerprint"] for issue in issues}) == len(issues)
    for issue in issues:
        begin = issue["location"]["positions"]["begin"]
        severity = {"info": "info", "minor": "warning", "major": "error"}[issue["severity"]]
        yield issue["location"]["path"], begin["line"], begin["column"], severity, issue["check_name"]


def read_sarif(text):
    (only,) = json.loads(text)["runs"]
    rules = only["tool"]["driver"]["rules"]
    assert len({rule["id"] for rule in rules}) == len(rules)
    for rule in rules:
        assert rule["shortDescription"]["text"] and rule["help"]["text"], rule
    for result in only["results"]:
        assert rules[result["ruleIndex"]]["id"] == result["ruleId"]
        where = result["locations"][0]["physicalLocation"]
        region = where.get("region", {})
        severity = {"note": "info"}.get(result["level"], result["level"])
        assert where["artifactLocation"]["uriBaseId"] == "SRCROOT"
        yield unquote(where["artifactLocation"]["uri"]), region.get("startLine"), region.get("startColumn"), severity, result["ruleId"]


def read_rdjson(text):
    for found in json.loads(text)["diagnostics"]:
        start = found["location"].get("range", {}).get("start", {})
        path = found["location"]["path"]
        column = start.get("column")
        if column:  # Of bytes.
            line = (SCRATCH / path).read_bytes().split(b"\n")[start["line"] - 1]
            column = len(line[: column - 1].decode("utf-8-sig", errors="replace")) + 1
        yield path, start.get("line"), column, found["severity"].lower(), found["code"]["value"]


class PageReader(html.parser.HTMLParser):
    """The findings of a page, and the ids that it explains. Tags have to be closed in the order of their opening."""

    VOID = {"meta", "input"}

    def __init__(self):
        super().__init__()
        self.open, self.rows, self.explained, self.ids = [], [], set(), []

    def handle_starttag(self, tag, attributes):
        values = dict(attributes)
        self.ids += [values["id"]] if "id" in values else []
        if tag not in self.VOID and not (tag == "rect"):
            self.open.append((tag, values))
        if tag == "section" and "data-file" in values:
            self.file = values["data-file"]
        elif tag == "article":
            self.rows.append([self.file, None, None, values["class"], values["data-id"]])
        elif tag == "div" and "id" in values:
            self.explained.add(values["id"])

    def handle_endtag(self, tag):
        if tag != "rect":
            assert self.open and self.open[-1][0] == tag, (tag, self.open)
            self.open.pop()

    def handle_data(self, data):
        if len(self.open) > 1 and self.open[-1][0] == "span" and self.open[-2][1].get("class") == "at" and data.startswith(self.file):
            place = data[len(self.file):].split(":")
            self.rows[-1][1:3] = [int(number) for number in place[1:]] or [None, None]


def read_html(text):
    reader = PageReader()
    reader.feed(text)
    reader.close()
    assert not reader.open and len(set(reader.ids)) == len(reader.ids), reader.open
    assert reader.explained == {row[4] for row in reader.rows}
    for row in reader.rows:
        yield tuple(row)


def read_markdown(text):
    for line in text.splitlines():
        cells = re.split(r"(?<!\\)\|", line)
        if len(cells) == 6 and (place := re.match(r"^ (.*?)(?::(\d+):(\d+))? $", cells[2])) and cells[1].strip() in ("error", "warning", "info"):
            name = html.unescape(re.sub(r"\\(.)", r"\1", place[1]))
            yield name, place[2] and int(place[2]), place[3] and int(place[3]), cells[1].strip(), cells[4].strip(" `")


READERS = {"checkstyle": read_checkstyle, "concise": read_lines, "github": read_github, "gitlab": read_gitlab, "html": read_html, "json": read_json, "jsonl": read_jsonl, "junit": read_junit,
           "markdown": read_markdown, "rdjson": read_rdjson, "sarif": read_sarif, "text": read_lines}


class FormatsTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        SCRATCH.mkdir(parents=True, exist_ok=True)
        cls.files = []
        for golden in sorted((ROOT / "tests/golden").glob("fails-*.*")):
            if golden.suffix in (".json", ".yaml"):
                (SCRATCH / golden.name).write_bytes(golden.read_bytes())
                cls.files.append(golden.name)
        awkward = SCRATCH / "create integration-workflow,a%b&.json"
        awkward.write_text(AWKWARD)
        cls.files.append(awkward.name)
        for sample in sorted((ROOT / "tests/samples").glob("*.json"))[:3]:
            (SCRATCH / sample.name).write_bytes(sample.read_bytes())
            cls.files.append(sample.name)

    def reports(self, *options):
        formats = [f"--format={name}:report.{name}" for name in FORMATS]
        done = run(*formats, "--show=info", *options, *self.files, cwd=SCRATCH)
        self.assertEqual((1, b""), (done.returncode, done.stdout))
        return {name: (SCRATCH / f"report.{name}").read_text(encoding="utf-8") for name in FORMATS}

    def assert_parity(self, reports):
        expected = list(read_json(reports["json"]))
        self.assertGreater(len(expected), 100)
        for name, reader in READERS.items():
            with self.subTest(name):
                # GitLab wants a place for all of them.
                rows = [(file, line or 1, column or 1, severity, id_) for file, line, column, severity, id_ in expected] if name == "gitlab" else expected
                self.assertEqual(rows, list(reader(reports[name])))

    def test_all_formats_say_the_same(self):
        self.assert_parity(self.reports())

    def test_one_format_to_standard_output_is_what_it_is_in_a_file(self):
        reports = self.reports()
        for name in FORMATS:
            with self.subTest(name):
                self.assertEqual(reports[name], run("--format", name, "--show=info", *self.files, cwd=SCRATCH).stdout.decode())

    def test_lines_of_a_stream(self):
        lines = ['{"operation": "PutIntegration", "input": {"DomainName": "a b"}}', "{", '{"operation": "PutIntegration", "input": {"DomainName": "é b", "Uri": 5}}']
        (SCRATCH / "lines.ndjson").write_text("\n".join(lines) + "\n")
        formats = [f"--format={name}:stream.{name}" for name in FORMATS]
        self.assertEqual(1, run(*formats, "lines.ndjson", cwd=SCRATCH).returncode)
        expected = list(read_json((SCRATCH / "stream.json").read_text()))
        self.assertEqual({1, 2, 3}, {row[1] for row in expected})
        for name, reader in READERS.items():
            with self.subTest(name):
                self.assertEqual(expected, list(reader((SCRATCH / f"stream.{name}").read_text(encoding="utf-8"))))

    def test_a_clean_run(self):
        clean = self.files[-3:]
        for name in FORMATS:
            with self.subTest(name):
                done = run("--format", name, *clean, cwd=SCRATCH)
                self.assertEqual((0, []), (done.returncode, list(READERS[name](done.stdout.decode()))))

    def test_fingerprints_stay_when_lines_move(self):
        def fingerprints(text):
            (SCRATCH / "put-integration.json").write_text(text)
            done = run("--format=sarif", "--format=gitlab:moved.gitlab", "put-integration.json", cwd=SCRATCH)
            sarif = [result["partialFingerprints"]["connectLint/v1"] for result in json.loads(done.stdout)["runs"][0]["results"]]
            return sarif, [issue["fingerprint"] for issue in json.loads((SCRATCH / "moved.gitlab").read_text())]

        before = fingerprints('{"DomainName": "a b", "Tags": {"a": 5, "b": 5}, "ObjectTypeName": "x"}')
        self.assertEqual(4, len(set(before[0])))
        self.assertEqual(before, fingerprints('\n\n{\n  "DomainName": "a b",\n  "Tags": {"a": 5,\n "b": 5},\n "ObjectTypeName": "x"}'))
        self.assertNotEqual(before, fingerprints('{"DomainName": "a c", "Tags": {"a": 5, "b": 5}, "ObjectTypeName": "x"}'))

    def test_sarif_has_the_types_of_its_schema(self):
        for name, options in {"whole": [], "cut": ["--max-findings=1"]}.items():
            with self.subTest(name):
                log = SCRATCH / f"{name}.ts"
                log.write_text('import type { Log } from "sarif";\nexport const log: Log = ' + self.reports(*options)["sarif"])
                self.assertEqual((0, ""), self.compile(log))
        log.write_text(log.read_text().replace('"level":"error"', '"level":"erorr"', 1))
        self.assertIn("erorr", self.compile(log)[1])

    @staticmethod
    def compile(file):
        done = subprocess.run([os.environ["NODE"], NODE_MODULES / "typescript/bin/tsc", "--noEmit", "--strict", "--typeRoots", NODE_MODULES / "@types", "--types", "sarif", file],
                              capture_output=True, text=True, check=False)
        return done.returncode, done.stdout

    def test_redacted(self):
        secrets = ["210987654321", "8f3c2a1e-5b7d-4e90-a6c4-d1b2e3f40516", "AKIAIOSFODNN7EXAMPLE", "mrk-0123456789abcdef0123456789abcdef", "secret-role"]
        text = json.dumps({"DomainName": "a b 210987654321", "ObjectTypeName": "x y AKIAIOSFODNN7EXAMPLE", "Uri": "arn:aws:s3:::8f3c2a1e-5b7d-4e90-a6c4-d1b2e3f40516",
                           "RoleArn": "arn:aws:iam::210987654321:role/secret-role é", "Tags": {"210987654321": 5, "mrk-0123456789abcdef0123456789abcdef": 6, "1634244800435": 7}}, ensure_ascii=False)
        (SCRATCH / "put-integration.json").write_text(text)
        plain = {name: f"plain.{name}" for name in FORMATS}
        run(*[f"--format={name}:{file}" for name, file in plain.items()], "put-integration.json", cwd=SCRATCH)
        run(*[f"--format={name}:masked.{name}" for name in FORMATS], "--redact", "put-integration.json", cwd=SCRATCH)
        for name, file in plain.items():
            with self.subTest(name):
                masked = (SCRATCH / f"masked.{name}").read_text()
                shown = [secret for secret in secrets if secret in (SCRATCH / file).read_text()]
                self.assertTrue(shown)
                self.assertEqual([], [secret for secret in secrets if secret in masked])
                self.assertEqual(list(READERS[name]((SCRATCH / file).read_text())), list(READERS[name](masked)))
        self.assertIn("1634244800435", (SCRATCH / "masked.json").read_text())
        (SCRATCH / "lines.ndjson").write_text(text + "\n")
        for name in ("jsonl", "text", "concise"):
            self.assertNotIn(b"210987654321", run("--stream", "--redact", "--format", name, "lines.ndjson", cwd=SCRATCH).stdout)

    def test_a_report_that_cannot_be_written(self):
        done = run("--format", "sarif:no/such/folder.sarif", self.files[0], cwd=SCRATCH)
        self.assertEqual((3, b""), (done.returncode, done.stdout))
        self.assertEqual(b"connect-lint: cannot write `no/such/folder.sarif`: No such file or directory\n", done.stderr)
        self.assertEqual([], list(SCRATCH.glob("*.??????.??????")))


if __name__ == "__main__":
    unittest.main()
