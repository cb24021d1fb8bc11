#!/usr/bin/python3
"""The same bytes out, whatever the number of threads, the order of what is given, the locale, the time zone, the mask of modes, the home and the place.

    CONNECT_LINT=build/release/connect-lint SCRATCH=scratch tests/world/same_bytes_test.py [--rounds N]
"""

import os
import random
import shutil
import subprocess
import unittest

import support
from support import ENVIRONMENT, PROGRAM, ROOT, Case

ROUNDS = support.option("--rounds", 1)
SEED = 11
FOLDERS = ("samples", "golden", "valid", "cloudformation") if ROUNDS > 1 else ("valid", "cloudformation")
FORMATS = ("text", "concise", "json", "jsonl", "sarif", "github", "gitlab", "junit", "checkstyle", "markdown", "rdjson")[: None if ROUNDS > 1 else 5]
NOW = "--now=2026-01-31T12:00:00Z"
SURROUNDINGS = {
    "LC_ALL=C": {"LC_ALL": "C"},
    "LC_ALL=tr_TR.UTF-8": {"LC_ALL": "tr_TR.UTF-8"},
    "LC_ALL=de_DE.UTF-8": {"LC_ALL": "de_DE.UTF-8", "LANG": "de_DE.UTF-8", "LANGUAGE": "de"},
    "LC_ALL invalid": {"LC_ALL": "no such locale\x01"},
    "LC_ALL unset": {"LC_ALL": None},
    "TZ=Pacific/Kiritimati": {"TZ": "Pacific/Kiritimati"},
    "TZ=America/St_Johns": {"TZ": "America/St_Johns"},
    "TZ invalid": {"TZ": ":/dev/zero"},
    "HOME unset": {"HOME": None},
    "HOME not there": {"HOME": "/nonexistent", "XDG_CONFIG_HOME": "/nonexistent", "TMPDIR": "/nonexistent"},
    "nothing at all": None,
}


def environment(changes):
    if changes is None:
        return {}
    merged = {**ENVIRONMENT, "HOME": "/root", **changes}
    return {name: value for name, value in merged.items() if value is not None}


class SameBytesTest(Case):
    @classmethod
    def setUpClass(cls):
        cls.runs = 0

    def setUp(self):
        super().setUp()
        for name in FOLDERS:
            shutil.copytree(ROOT / "tests" / name, self.folder / name)
        self.write("put.json", support.BAD)
        self.write("lines.ndjson", b"".join(path.read_bytes().replace(b"\n", b" ") + b"\n" for path in sorted((ROOT / "tests/samples").glob("*.json"))) * 20)

    def result(self, *arguments, **options):
        type(self).runs += 1
        done = self.run_program("check", NOW, "--show", "info", *arguments, **options)
        self.assertIn(done.returncode, (0, 1), done.stderr[-2000:])
        return done.returncode, done.stdout, done.stderr

    def same(self, expected, got, what):
        # Megabytes: the difference would fill the screen.
        self.assertTrue(expected == got, f"{what}: {[len(part) for part in expected[1:]]} bytes, then {[len(part) for part in got[1:]]}")

    def test_threads(self):
        for format_ in FORMATS:
            expected = self.result("--format", format_, "--jobs", "1", ".")
            self.assertGreater(len(expected[1]), 10_000)
            for _ in range(ROUNDS):
                for jobs in range(2, 9):
                    self.same(expected, self.result("--format", format_, "--jobs", str(jobs), "."), (format_, jobs))
        expected = self.result("--stream", "--jobs", "1", "lines.ndjson")
        for _ in range(ROUNDS):
            for jobs in range(2, 9):
                self.same(expected, self.result("--stream", "--jobs", str(jobs), "lines.ndjson"), ("--stream", jobs))
        support.figure(f"--jobs 1 to 8, {len(FORMATS)} formats and a stream, {ROUNDS} times each: the same bytes")

    def test_threads_that_write(self):
        """What is mended, and what goes into a baseline and into reports."""
        def outcome(jobs):
            folder = self.folder / f"jobs-{jobs}"
            folder.mkdir()
            for name in FOLDERS:
                shutil.copytree(ROOT / "tests" / name, folder / name)
            outputs = [self.result("--jobs", jobs, "--format", "json", "--format", "sarif:x.sarif", "--unsafe-fixes", ".", cwd=folder),
                       self.result("--jobs", jobs, "--write-baseline", "x.baseline", ".", cwd=folder)]
            return outputs, {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}

        expected = outcome("1")
        self.assertTrue(expected[1]["x.sarif"] and expected[1]["x.baseline"])
        for jobs in ("2", "5", "8"):
            self.assertTrue(expected == outcome(jobs), jobs)

    def test_surroundings(self):
        expected = self.result("--format", "json", ".")
        text = self.result(".")
        for what, changes in SURROUNDINGS.items():
            self.same(expected, self.result("--format", "json", ".", env=environment(changes)), what)
            self.same(text, self.result(".", env=environment(changes)), what)
        for mask in (0o000, 0o077, 0o777):
            self.same(text, self.result(".", preexec_fn=lambda mask=mask: os.umask(mask)), oct(mask))
        support.figure(f"{len(SURROUNDINGS)} environments (locale, time zone, home, none) and 3 masks: the same bytes")

    def test_other_commands(self):
        for command in (["rules"], ["explain"], ["functions"], ["manual"], ["schema", "PutIntegration"], ["generate", "PutIntegration"], ["--help"], ["check", "--help"],
                        ["completions", "zsh"], ["query", "$..*", "put.json"], ["rules", "--format", "json"]):
            expected = self.run_program(*command)
            for what, changes in SURROUNDINGS.items():
                done = self.run_program(*command, env=environment(changes))
                self.assertTrue((expected.returncode, expected.stdout, expected.stderr) == (done.returncode, done.stdout, done.stderr), (command, what))

    def test_the_place(self):
        """From other folders, through links, and from one that is gone: the same but for the names."""
        name = str(self.write("below/put.json", support.BAD))
        expected = self.result(name)
        (self.folder / "link").symlink_to("below")
        for folder in ("/", "/proc", str(self.folder / "link"), str(ROOT)):
            self.same(expected, self.result(name, cwd=folder), folder)
        gone = self.folder / "gone"
        gone.mkdir()
        script = 'cd "$1" && rmdir "$1" && shift && exec "$@"'
        done = subprocess.run(["/bin/sh", "-c", script, "sh", str(gone), PROGRAM, "check", NOW, "--show", "info", name], env=ENVIRONMENT, capture_output=True,
                              stdin=subprocess.DEVNULL, timeout=support.SECONDS_MAX, check=False)
        self.same(expected, (done.returncode, done.stdout, done.stderr), "a folder that is gone")

    def test_the_order_of_what_is_given(self):
        """Each file's findings do not depend on the others; the order of the output is that of the arguments."""
        names = sorted(str(path.relative_to(self.folder)) for path in (self.folder / FOLDERS[-2]).glob("*.json"))
        alone = ["--format", "jsonl", "--severity", "name/flow-name-taken=off"]  # That one looks at other files.
        single = {name: self.result(*alone, name)[1] for name in names}
        chance = random.Random(SEED)
        for round_ in range(3 * ROUNDS):
            chance.shuffle(names)
            out = self.result(*alone, "--jobs", str(1 + round_ % 8), *names)[1]
            self.assertTrue(out == b"".join(single[name] for name in names), f"order {round_}")
        support.figure(f"{3 * ROUNDS} orders of {len(names)} files: each file's answer is the same, in the order given")

    def test_the_order_of_a_folder(self):
        """That in which the file system lists names does not matter."""
        names = [f"{number:03}.json" for number in range(60)]
        outputs = set()
        for seed in range(3):
            folder = self.folder / "listed"
            folder.mkdir()
            chance = random.Random(seed)
            chance.shuffle(names)
            for name in names:
                (folder / name).write_bytes(support.BAD)
            outputs.add(self.result("listed"))
            shutil.rmtree(folder)
        self.assertEqual(1, len(outputs))


if __name__ == "__main__":
    unittest.main()
