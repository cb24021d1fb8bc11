#!/usr/bin/python3
"""What a process meets: terminals, pipes that close, full disks, files that may not be read.

    CONNECT_LINT=build/release/connect-lint SCRATCH=scratch tests/scenarios/surroundings_test.py
"""

import json
import os
import pathlib
import pty
import re
import shutil
import subprocess
import sys
import tempfile
import unittest

ROOT = pathlib.Path(__file__).resolve().parents[2]
SAMPLES = ROOT / "tests" / "samples"
SECONDS_MAX = 60  # A guard against waiting for ever.
BAD = '{"DomainName": "sales domain", "ObjectTypeName": "Account", "Uri": ""}\n'
NOBODY = 65534


def program():
    path = os.environ.get("CONNECT_LINT")
    if not path:
        sys.exit("surroundings_test.py: CONNECT_LINT has to name the program")
    return str(pathlib.Path(path).resolve())


PROGRAM = program()
ENVIRONMENT = {"PATH": "/usr/bin:/bin", "LC_ALL": "C",
               **{name: value for name, value in os.environ.items() if name.startswith(("ASAN_", "UBSAN_", "LSAN_"))}}


class Case(unittest.TestCase):
    maxDiff = None

    def setUp(self):
        scratch = os.environ.get("SCRATCH")
        if scratch:
            pathlib.Path(scratch).mkdir(parents=True, exist_ok=True)
        self.folder = pathlib.Path(tempfile.mkdtemp(dir=scratch))
        self.addCleanup(shutil.rmtree, self.folder)
        (self.folder / "bad.json").write_text(BAD)

    def copies(self, count):
        """bad.json by other names."""
        names = [f"bad-{number}.json" for number in range(count)]
        for name in names:
            os.link(self.folder / "bad.json", self.folder / name)
        return names

    def run_program(self, *arguments, environment=None, **options):
        options = {"stdin": subprocess.DEVNULL, "stdout": subprocess.PIPE, "stderr": subprocess.PIPE, **options}
        return subprocess.run([PROGRAM, *arguments], cwd=self.folder, env={**ENVIRONMENT, **(environment or {})},
                              timeout=SECONDS_MAX, check=False, **options)


class TerminalTest(Case):
    """Colours: on a terminal, unless somebody objects."""

    def output_on_a_terminal(self, *arguments, **environment):
        output = self.on_a_terminal("check", "--quiet", *arguments, "bad.json", outputs=["stdout"], environment=environment)
        self.assertIn(b"bad.json", output)
        return output

    def on_a_terminal(self, *arguments, outputs, environment=None):
        """What these outputs are, one behind the other, when they are a terminal."""
        ours, theirs = pty.openpty()
        try:
            done = self.run_program(*arguments, environment={"TERM": "xterm", **(environment or {})}, **{name: theirs for name in outputs})
        finally:
            os.close(theirs)
        self.assertEqual(1, done.returncode)
        output = b""
        try:
            while piece := os.read(ours, 65536):
                output += piece
        except OSError:
            pass  # The other end is closed: that is how a terminal ends.
        os.close(ours)
        return output

    def test_colours_on_a_terminal(self):
        self.assertIn(b"\x1b[", self.output_on_a_terminal())
        self.assertIn(b"\x1b[", self.output_on_a_terminal("--color", "auto"))
        self.assertIn(b"\x1b[", self.output_on_a_terminal(NO_COLOR=""))
        self.assertIn(b"\x1b[", self.output_on_a_terminal("--color", "always", NO_COLOR="1"))

    def test_no_colours_on_a_terminal(self):
        self.assertNotIn(b"\x1b", self.output_on_a_terminal("--color", "never"))
        self.assertNotIn(b"\x1b", self.output_on_a_terminal(NO_COLOR="1"))
        self.assertNotIn(b"\x1b", self.output_on_a_terminal(TERM="dumb"))
        self.assertNotIn(b"\x1b", self.output_on_a_terminal("--format", "concise"))
        self.assertNotIn(b"\x1b", self.output_on_a_terminal("--format", "json"))

    def test_a_terminal_gets_what_a_pipe_gets(self):
        """But for how far it is, which is written over, and the order, since a terminal gets each finding at once."""
        (self.folder / "lines.ndjson").write_text(BAD * 2)  # As much as a terminal takes before it is read.
        for files in (["lines.ndjson"], self.copies(2)):
            for flags in ([], ["--quiet"], ["--verbose"], ["--format=json"], ["--verbose", "--format=concise"]):
                arguments = ["check", "--operation=PutIntegration", "--color=never", *flags, *files]
                done = self.run_program(*arguments)
                expected = sorted((done.stdout + done.stderr).splitlines())
                for outputs in (["stdout", "stderr"], ["stdout"], ["stderr"]):
                    with self.subTest((files[0], flags, outputs)):
                        shown = self.on_a_terminal(*arguments, outputs=outputs).replace(b"\r\n", b"\n")
                        lines = [line.rsplit(b"\r", 1)[-1] for line in shown.splitlines()]
                        others = {"stdout": done.stdout, "stderr": done.stderr}
                        rest = [line for name, text in others.items() if name not in outputs for line in text.splitlines()]
                        self.assertEqual(expected, sorted(lines + rest))

    def test_colours_change_nothing_else(self):
        coloured = self.run_program("check", "--color", "always", "bad.json").stdout
        self.assertEqual(self.run_program("check", "bad.json").stdout, re.sub(rb"\x1b\[[0-9;]*m", b"", coloured))


class OutputTest(Case):
    """Output that is lost: exit code 3 and a message."""

    def lost(self, done, why):
        self.assertEqual(3, done.returncode)
        self.assertIn(f"connect-lint: cannot write to standard output: {why}\n", done.stderr.decode())

    def test_closed_pipe(self):
        for line in ("check bad.json", "check --format json bad.json", "schema PutIntegration", "explain", "--help", "--version"):
            arguments = line.split()
            with self.subTest(line):
                reader, writer = os.pipe()
                os.close(reader)
                try:
                    self.lost(self.run_program(*arguments, stdout=writer), "the reader closed the pipe")
                finally:
                    os.close(writer)

    def test_pipe_that_closes_in_between(self):
        """More than fits into a pipe, and a reader that takes one line."""
        names = self.copies(2000)
        reader, writer = os.pipe()
        with subprocess.Popen([PROGRAM, "check", *names], cwd=self.folder, env=ENVIRONMENT, stdin=subprocess.DEVNULL, stdout=writer,
                              stderr=subprocess.PIPE) as process:
            os.close(writer)
            os.read(reader, 10)
            os.close(reader)
            error = process.communicate(timeout=SECONDS_MAX)[1]
        self.assertEqual(3, process.returncode)
        self.assertIn(b"the reader closed the pipe", error)

    def test_full_disk(self):
        with open("/dev/full", "wb") as full:
            self.lost(self.run_program("check", "bad.json", stdout=full), "no space left on the device")
            done = self.run_program("check", "bad.json", stderr=full)
            self.assertEqual(3, done.returncode)

    def test_closed_output(self):
        done = self.run_program("check", "bad.json", preexec_fn=lambda: os.close(1), stdout=None)
        self.lost(done, "it is closed")

    def test_many_lines_arrive(self):
        done = self.run_program("check", "--format", "concise", *self.copies(3000))
        self.assertEqual(6000, done.stdout.count(b"\n"))


class FileTest(Case):
    def as_somebody(self, *arguments):
        """As a user whom permissions hold for."""
        if os.geteuid() != 0:
            return self.run_program(*arguments)
        os.chmod(self.folder, 0o755)
        path = self.folder
        while path != path.parent:  # The way to the files, too.
            if path.stat().st_mode & 0o001 == 0:
                self.skipTest(f"{path} may not be entered by others")
            path = path.parent
        if not os.access(PROGRAM, os.X_OK) or any(parent.stat().st_mode & 0o001 == 0 for parent in pathlib.Path(PROGRAM).parents):
            self.skipTest("the program may not be run by others")
        return self.run_program(*arguments, user=NOBODY, group=NOBODY, extra_groups=[])

    def test_file_without_permission(self):
        secret = self.folder / "secret.json"
        secret.write_text(BAD)
        secret.chmod(0)
        done = self.as_somebody("check", "--format", "concise", "secret.json")
        self.assertEqual(1, done.returncode)
        self.assertIn("secret.json: error: ", done.stdout.decode())
        self.assertIn("permission denied [document/unreadable]", done.stdout.decode())

    def test_folder_without_permission(self):
        secret = self.folder / "secret"
        secret.mkdir()
        (secret / "a.json").write_text(BAD)
        secret.chmod(0)
        try:
            done = self.as_somebody("check", "--format", "concise", "secret", "bad.json")
        finally:
            secret.chmod(0o755)
        self.assertEqual(1, done.returncode)
        self.assertIn("permission denied [document/unreadable]", done.stdout.decode())
        self.assertIn("bad.json:1:16: error", done.stdout.decode())

    def test_pipe_with_content(self):
        """A FIFO somebody writes to is refused as well: nobody waits."""
        os.mkfifo(self.folder / "fifo.json")
        holder = os.open(self.folder / "fifo.json", os.O_RDWR)
        try:
            done = self.run_program("check", "--format", "concise", "fifo.json")
        finally:
            os.close(holder)
        self.assertEqual(1, done.returncode)
        self.assertIn("no regular file", done.stdout.decode())

    def test_slow_standard_input(self):
        """Standard input arrives in pieces."""
        with subprocess.Popen([PROGRAM, "check", "--format", "concise", "-"], cwd=self.folder, env=ENVIRONMENT, stdin=subprocess.PIPE,
                              stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
            for byte in BAD.encode():
                process.stdin.write(bytes([byte]))
                process.stdin.flush()
            output = process.communicate(timeout=SECONDS_MAX)[0].decode()
        self.assertEqual(self.run_program("check", "--format", "concise", "bad.json").stdout.decode().replace("bad.json", "<stdin>"), output)

    def test_the_place_does_not_matter(self):
        """Neither the working directory nor the environment changes a finding."""
        sample = str(SAMPLES / "put-integration.json")
        here = self.run_program("check", sample)
        for environment in ({"LC_ALL": "tr_TR.UTF-8"}, {"LC_ALL": "de_DE.UTF-8"}, {"TZ": "America/New_York"}, {"HOME": "/nonexistent"}):
            there = subprocess.run([PROGRAM, "check", sample], cwd="/", env={**ENVIRONMENT, **environment}, capture_output=True,
                                   timeout=SECONDS_MAX, check=False)
            self.assertEqual((here.returncode, here.stdout, here.stderr), (there.returncode, there.stdout, there.stderr), environment)


class ParityTest(Case):
    """Every format tells the same: how many findings, which, and where."""

    def test_formats_agree(self):
        samples = [str(SAMPLES / name) for name in ("put-integration.json", "get-workflow.json")]
        files = [*samples, "bad.json", "foreign.json", "warning.json", "broken.json", "empty.json"]
        (self.folder / "foreign.json").write_text('{"name": "left-pad"}\n')
        (self.folder / "warning.json").write_text('{"DomainName": "sales", "Uri": "accounts"}\n')
        (self.folder / "broken.json").write_text('{"DomainName": "sales", "Uri": }\n["x"]')
        (self.folder / "empty.json").write_text("")
        for level in ("error", "warning", "info"):
            for most in ("1000", "1"):
                done = {name: self.run_program("check", "--show", level, "--max-findings", most, "--format", name, *files)
                        for name in ("text", "concise", "json", "jsonl")}
                self.assertEqual({1}, {one.returncode for one in done.values()})
                self.assertEqual(1, len({one.stderr for one in done.values()}))
                report = json.loads(done["json"].stdout)
                self.assertEqual(report["files"], [json.loads(line) for line in done["jsonl"].stdout.splitlines()])
                self.assertEqual(len(files), report["summary"]["files"])
                expected = [self.line(file, finding) for file in report["files"] for finding in file["diagnostics"]]
                self.assertGreater(len(expected), 2)
                for name in ("text", "concise"):
                    lines = [line for line in done[name].stdout.decode().splitlines() if re.search(r" \[[a-z/-]+\]$", line) and not line.startswith(" ")]
                    self.assertEqual(expected, lines)
                left_out = sum(file.get("left_out", 0) for file in report["files"])
                for name in ("text", "concise"):
                    more = re.findall(r": and (\d+) more", done[name].stdout.decode())
                    self.assertEqual(left_out, sum(map(int, more)))

    @staticmethod
    def line(file, finding):
        span = finding.get("span")
        place = f"{file['file']}:{span['line']}:{span['column']}" if span else file["file"]
        return f"{place}: {finding['severity']}: {finding['message']} [{finding['id']}]"


if __name__ == "__main__":
    unittest.main()
