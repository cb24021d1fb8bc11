#!/usr/bin/python3
"""The seeded mistakes are what mistakes.yaml says, connect-lint finds each once, and README.md has the table that ci/compare prints.

    CONNECT_LINT=build/release/connect-lint tests/compare/compare_test.py

The rows of what Debian does not have count where README.md's version of it is there: cfn-lint on PATH, and what ci/compare installs with npm.
"""

import json
import os
import pathlib
import re
import subprocess
import tempfile
import unittest

import compare

README = (compare.ROOT / "README.md").read_text()
EVERY_CASE = list(compare.cases())
PROGRAM = os.path.abspath(os.environ["CONNECT_LINT"])


def findings(case, text):
    """Pairs of a pointer and an id."""
    with tempfile.TemporaryDirectory() as folder:
        path = pathlib.Path(folder, case.file)
        path.write_text(text)
        _, out, _ = compare.output_of(PROGRAM, "check", "--no-config", "--format", "jsonl", str(path))
    return sorted((found["pointer"], found["id"]) for found in json.loads(out)["diagnostics"])


def readme_rows(text):
    """The rows of the table of ci/compare, by tool."""
    rows = re.findall(r"^\| (.+?) \|.*$", text[text.index("| tool | "):].split("\n\n")[0], flags=re.MULTILINE)
    return dict(zip(rows, text[text.index("| tool | "):].splitlines()))


class Seeds(unittest.TestCase):
    def test_mended_it_is_the_right_file(self):
        for case in EVERY_CASE:
            with self.subTest(case.file):
                self.assertEqual(case.right_text(), compare.mended(case.wrong_text(), case.mistakes))
                self.assertEqual([], [mistake.at for mistake in case.mistakes if mistake.wrong in case.right_text()])

    def test_each_has_a_place_of_its_own(self):
        for case in EVERY_CASE:
            places = [place for mistake in case.mistakes for place in (mistake.at, *mistake.or_at)]
            self.assertEqual(sorted(set(places)), sorted(places))

    def test_there_are_as_many_as_the_table_says(self):
        self.assertEqual([13, 8, 9], [len(case.mistakes) for case in EVERY_CASE])


class Ours(unittest.TestCase):
    def test_all_at_once(self):
        for case in EVERY_CASE:
            with self.subTest(case.file):
                self.assertEqual(sorted((mistake.at, mistake.id) for mistake in case.mistakes), findings(case, case.wrong_text()))

    def test_one_alone(self):
        for case in EVERY_CASE:
            for mistake in case.mistakes:
                with self.subTest(case.file, at=mistake.at):
                    others = [other for other in case.mistakes if other is not mistake]
                    self.assertEqual([(mistake.at, mistake.id)], findings(case, compare.mended(case.wrong_text(), others)))

    def test_the_right_file(self):
        for case in EVERY_CASE:
            self.assertEqual([], findings(case, case.right_text()))


class Table(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.measured = compare.measure_all(EVERY_CASE)

    def test_nothing_is_wrong_with_ours(self):
        self.assertEqual([], list(compare.lacks_of_ours(EVERY_CASE, self.measured)))

    def test_readme(self):
        rows = readme_rows(README)
        head, _, *lines = compare.table(EVERY_CASE, self.measured)
        self.assertEqual(head, rows["tool"])
        for line in lines:
            name = line.split(" | ")[0].removeprefix("| ")
            with self.subTest(name):
                if name.startswith(("cfn-lint", "cloudformation-validate")) and name not in rows:
                    continue  # None, or another version.
                self.assertEqual(line, rows.get(name), "run ci/compare and put its table into README.md")

    def test_the_figures_are_not_empty(self):
        self.assertLessEqual({"connect-lint", "AWS CLI", "botocore", "our schemas"}, {re.split(r" \d| in ", name)[0] for name in self.measured})
        for name, by_file in self.measured.items():
            self.assertTrue(any(result.found for result in by_file.values()), name)

    def test_details_name_every_mistake(self):
        text = "\n".join(compare.details(EVERY_CASE, self.measured))
        for case in EVERY_CASE:
            for mistake in case.mistakes:
                self.assertIn(f"{mistake.at or 'the whole'}: {mistake.what} ({mistake.source})\n    connect-lint: ", text)


class Script(unittest.TestCase):
    def test_arguments(self):
        for arguments, status in (["--help"], 0), (["--verbos"], 2), (["--verbose", "more"], 2):
            done = subprocess.run([compare.ROOT / "ci/compare", *arguments], capture_output=True, text=True, check=False)
            self.assertEqual((status, "usage: ci/compare [--verbose]\n"), (done.returncode, done.stdout + done.stderr))


class Fake:
    """A tool that tells what `say` makes of the text."""

    name = "connect-lint"

    def __init__(self, say):
        self.say = say

    def complaints(self, path):
        return self.say(path.read_text())


class CanFail(unittest.TestCase):
    """The measuring, on tools whose figures are known."""

    case = EVERY_CASE[0]

    def measured(self, say):
        with tempfile.TemporaryDirectory() as folder:
            return compare.measure(Fake(say), self.case, pathlib.Path(folder))

    def told(self, text):
        return [compare.Complaint(mistake.at, mistake.what) for mistake in self.case.mistakes if mistake.wrong in text]

    def test_one_at_a_time(self):
        result = self.measured(lambda text: self.told(text)[:1])
        self.assertEqual((len(self.case.mistakes), len(self.case.mistakes), []), (len(result.found), result.runs, result.besides))

    def test_twice(self):
        result = self.measured(lambda text: self.told(text) * 2)
        lacks = list(compare.lacks_of_ours([self.case], {"connect-lint": {self.case.file: result}}))
        self.assertEqual([f"{self.case.file}: 13 mistakes in 26 messages and 1 runs"], lacks)

    def test_missed(self):
        result = self.measured(lambda text: self.told(text)[1:] if len(self.told(text)) > 1 else [])
        self.assertEqual(list(self.case.mistakes[1:]), result.found)
        lacks = list(compare.lacks_of_ours([self.case], {"connect-lint": {self.case.file: result}}))
        self.assertEqual([f"{self.case.file}: not found: {self.case.mistakes[0].at}: {self.case.mistakes[0].what}"], lacks)

    def test_false_alarms(self):
        result = self.measured(lambda text: [*self.told(text), compare.Complaint("/Tags", "so few")])
        self.assertEqual(["so few"] * 2, [complaint.text for complaint in result.besides])  # In the wrong file and in the right one.

    def test_nothing_to_say(self):
        result = self.measured(lambda text: [])
        self.assertEqual(([], 0, [], []), (result.found, result.runs, result.told, result.besides))

    def test_messages_of_clients(self):
        text = ('\nParameter validation failed:\nMissing required parameter in input: "RoleArn"\nUnknown parameter in A.B[1]: "c", must be one of: d\n'
                "Invalid type for parameter A.T.x/y, value: 1, type: <class 'int'>, valid types: <class 'str'>\n")
        self.assertEqual(["/RoleArn", "/A/B/1/c", "/A/T/x~1y"], [complaint.pointer for complaint in compare.parameter_complaints(text)])
        with self.assertRaises(compare.NotRun):
            list(compare.parameter_complaints("An error occurred (403)\n"))

    def test_rows_of_a_readme(self):
        self.assertEqual({"tool": "| tool | a |", "---": "| --- | --- |", "x 1": "| x 1 | 2 |"}, readme_rows("Text.\n\n| tool | a |\n| --- | --- |\n| x 1 | 2 |\n\n| y | 3 |\n"))


if __name__ == "__main__":
    unittest.main()
