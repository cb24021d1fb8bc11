#!/usr/bin/python3
"""A request means the same in JSON and in YAML.

    CONNECT_LINT=build/release/connect-lint SCRATCH=build/scratch tests/yaml/twin_test.py

Every request of tests/valid and tests/samples, and some of the thousands with one mistake that tests/cascade makes, are written as YAML
in several styles: the findings have the same ids, pointers, marks and messages. Only what is said of a value of the wrong type differs,
as YAML explains what the value was read as. Each fix mends its finding.
"""

import collections
import json
import os
import pathlib
import shutil
import subprocess
import sys
import unittest

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parents[1]
sys.path[:0] = [str(HERE), str(ROOT / "tests/cascade")]

import cascade_test  # noqa: E402
import twins  # noqa: E402

EACH = 25  # Of so many mutants, one.
EXPLAINED = {"schema/type", "schema/null"}


def check(folder):
    done = subprocess.run([os.environ["CONNECT_LINT"], "check", "--show", "info", "--format", "json", str(folder)], capture_output=True, check=False)
    return json.loads(done.stdout)["files"]


def reports(folder):
    """The requests and findings of each file, by the file's stem."""
    found = {}
    for file in check(folder):
        findings = [
            (one["id"], one["severity"], one["pointer"], one["path"], one["mark"], None if one["id"] in EXPLAINED else one["message"],
             [(related["pointer"], related["message"]) for related in one.get("related", [])])
            for one in file["diagnostics"]
        ]
        found[pathlib.Path(file["file"]).stem] = (file["status"], file["requests"], sorted(findings, key=repr))  # A block begins where its first key does.
    return found


class Twins(unittest.TestCase):
    maxDiff = None

    def compare(self, name, texts):
        scratch = pathlib.Path(os.environ["SCRATCH"]) / name
        shutil.rmtree(scratch, ignore_errors=True)
        (scratch / "json").mkdir(parents=True)
        for stem, text in texts.items():
            (scratch / "json" / f"{stem}.json").write_bytes(text.encode())
        of_json = reports(scratch / "json")
        self.assertEqual(set(texts), set(of_json))
        for style, write in twins.STYLES.items():
            (scratch / style).mkdir()
            for stem, text in texts.items():
                (scratch / style / f"{stem}.yaml").write_bytes(write(twins.load(text)).encode())
            of_yaml = reports(scratch / style)
            for stem in texts:
                with self.subTest(style, file=stem):
                    self.assertEqual(of_json[stem], of_yaml[stem])
        return of_json

    def mend(self, folder):
        """Each fix mends its finding, and what it leaves is YAML. Gives how many there were."""
        mended = folder.with_name(folder.name + "-mended")
        mended.mkdir()
        before = {}
        for file in check(folder):
            path = pathlib.Path(file["file"])
            ids = collections.Counter(finding["id"] for finding in file["diagnostics"])
            for number, finding in enumerate(file["diagnostics"]):
                text = path.read_bytes()
                for edit in reversed(finding.get("fix", {}).get("edits", [])):
                    text = text[: edit["begin"]] + edit["text"].encode() + text[edit["end"] :]
                if "fix" in finding:
                    stem = f"{path.stem}-{number}"
                    (mended / f"{stem}.yaml").write_bytes(text)
                    before[stem] = (finding["id"], ids)
        for file in check(mended):
            finding, ids = before[pathlib.Path(file["file"]).stem]
            after = collections.Counter(one["id"] for one in file["diagnostics"])
            with self.subTest(file=file["file"], finding=finding):
                self.assertLess(after[finding], ids[finding])
                self.assertEqual([], [name for name in after if name.startswith("document/")])
        return len(before)

    def test_correct_requests(self):
        paths = [*(ROOT / "tests/valid").glob("*.json"), *(ROOT / "tests/samples").rglob("*.json")]
        found = self.compare("correct", {f"{path.stem}-{path.parent.name}": path.read_text() for path in paths})
        self.assertGreater(len(found), 100)

    def test_requests_with_a_mistake(self):
        texts = {}
        requests = cascade_test.Requests()
        for number, mutant in enumerate(requests.mutants()):
            if number % EACH == 0:
                stem = f"{requests.commands[mutant.operation]}-{number}"
                texts[stem] = mutant.text.replace('"%s"', f'"{stem}"')
        found = self.compare("mistakes", texts)
        self.assertGreater(len(found), 200)
        self.assertGreater(sum(1 for _, _, findings in found.values() if findings), 200)
        for style in twins.STYLES:
            self.assertGreater(self.mend(pathlib.Path(os.environ["SCRATCH"]) / "mistakes" / style), 30)


if __name__ == "__main__":
    unittest.main()
