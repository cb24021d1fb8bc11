#!/usr/bin/python3
"""Long streams and slow ones, and folders that change: memory, answers in time, everything told.

    CONNECT_LINT=build/release/connect-lint SCRATCH=scratch tests/scenarios/stream_test.py [--sanitized]
"""

import json
import os
import pathlib
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import unittest

ROOT = pathlib.Path(__file__).resolve().parents[2]
SANITIZED = "--sanitized" in sys.argv
SECONDS_MAX = 120  # A guard: nothing here takes long.
MEGABYTE = 1 << 20
MEMORY_MAX = 64 * MEGABYTE
REQUEST = json.dumps(json.loads((ROOT / "tests/samples/put-integration-salesforce.json").read_text())).encode() + b"\n"
BAD = b'{"DomainName": "sales domain", "ObjectTypeName": "Account", "Uri": "s3://sales-exports"}\n'
FOREIGN = b'{"name":"x"}\n'


def program():
    path = os.environ.get("CONNECT_LINT")
    if not path:
        sys.exit("stream_test.py: CONNECT_LINT has to name the program")
    return str(pathlib.Path(path).resolve())


PROGRAM = program()


class Case(unittest.TestCase):
    def setUp(self):
        scratch = os.environ.get("SCRATCH")
        if scratch:
            pathlib.Path(scratch).mkdir(parents=True, exist_ok=True)
        self.folder = pathlib.Path(tempfile.mkdtemp(dir=scratch))
        self.addCleanup(shutil.rmtree, self.folder)


class MemoryTest(Case):
    """The peak of the memory of a process that is fed through a pipe; what it prints is counted, not kept."""

    def feed(self, pieces, *arguments):
        process = subprocess.Popen([PROGRAM, "check", "--stream", *arguments], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE)

        def write():
            with process.stdin:
                for piece in pieces:
                    process.stdin.write(piece)

        writer = threading.Thread(target=write)
        writer.start()
        lines, last = 0, b""
        while block := process.stdout.read(MEGABYTE):
            lines += block.count(b"\n")
            last = (last + block)[-3000:]
        error = process.stderr.read().decode()
        writer.join()
        process.stdout.close()
        process.stderr.close()
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        if not SANITIZED:  # AddressSanitizer has a memory of its own.
            self.assertLess(usage.ru_maxrss * 1024, MEMORY_MAX)
        return process.returncode, lines, last.decode(), error

    def test_a_million_lines(self):
        count = 1_000_000 if not SANITIZED else 100_000
        block = FOREIGN * 999 + REQUEST
        code, lines, last, error = self.feed((block for _ in range(count // 1000)), "--jobs", "4")
        self.assertEqual((0, count), (code, lines))
        self.assertEqual({"line": count, "status": "checked"}, {key: json.loads(last.splitlines()[-1])[key] for key in ("line", "status")})
        self.assertEqual("", error)

    def test_findings_in_every_line(self):
        """What is printed is much longer than what is read."""
        count = 20_000 if not SANITIZED else 2_000
        code, lines, last, error = self.feed((BAD * 100 for _ in range(count // 100)), "--jobs", "4", "--format", "concise")
        self.assertEqual((1, count), (code, lines))
        self.assertTrue(last.splitlines()[-1].startswith(f"<stdin>:{count}:16: error: "))
        self.assertEqual(f"connect-lint: {count} lines checked: {count} errors\n", error)

    def test_a_line_without_end(self):
        megabytes = 300 if not SANITIZED else 20
        pieces = [BAD, *[b"x" * MEGABYTE] * megabytes, b"\n", BAD]
        code, lines, last, _ = self.feed(pieces, "--max-input-bytes", "1000000", "--format", "concise")
        self.assertEqual((1, 3), (code, lines))
        self.assertIn("<stdin>:2:1: error: the line is larger than 1000000 bytes [document/too-large]\n<stdin>:3:16: error", last)


class SlowTest(Case):
    def test_answers_do_not_wait_for_more_input(self):
        for jobs in ("1", "4"):
            with subprocess.Popen([PROGRAM, "check", "--stream", "--jobs", jobs], stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                                  stderr=subprocess.DEVNULL) as process:
                guard = threading.Timer(SECONDS_MAX, process.kill)
                guard.start()
                for number in range(1, 8):
                    process.stdin.write(BAD)
                    process.stdin.flush()
                    self.assertEqual(number, json.loads(process.stdout.readline())["line"])
                process.stdin.write(BAD[:20])
                process.stdin.flush()
                process.stdin.write(BAD[20:])
                process.stdin.flush()
                self.assertEqual(8, json.loads(process.stdout.readline())["line"])
                process.stdin.close()
                self.assertEqual(1, process.wait(timeout=SECONDS_MAX))
                guard.cancel()

    def test_a_reader_that_goes_away(self):
        """The rest is not read: it may have no end."""
        reader, writer = os.pipe()
        with subprocess.Popen([PROGRAM, "check", "--stream", "--jobs", "2"], stdin=subprocess.PIPE, stdout=writer, stderr=subprocess.PIPE) as process:
            os.close(writer)
            process.stdin.write(BAD * 1000)
            process.stdin.flush()
            os.read(reader, 100)
            os.close(reader)
            try:
                for _ in range(1000):
                    process.stdin.write(BAD * 1000)
                process.stdin.flush()
            except BrokenPipeError:
                pass
            error = process.stderr.read()
            try:
                process.stdin.close()
            except BrokenPipeError:
                pass
            self.assertEqual(3, process.wait(timeout=SECONDS_MAX))
        self.assertIn(b"the reader closed the pipe", error)

    def test_an_interrupt_ends_it(self):
        with subprocess.Popen([PROGRAM, "check", "--stream", "--jobs", "2"], stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
            process.stdin.write(BAD)
            process.stdin.flush()
            process.stdout.readline()
            process.send_signal(signal.SIGINT)
            self.assertEqual(-signal.SIGINT, process.wait(timeout=SECONDS_MAX))
            process.stdin.close()


class FolderTest(Case):
    def test_files_that_are_gone_or_no_files(self):
        """Among many, by several threads: each is told, the others are checked."""
        for number in range(60):
            path = self.folder / f"{number:02}.json"
            if number % 20 == 3:
                path.symlink_to("nowhere")  # As one that was removed after it was listed.
            elif number % 20 == 5:
                os.mkfifo(path)
            elif number % 20 == 7:
                path.symlink_to("/dev/zero")
            elif number % 20 == 9:
                path.symlink_to(path.name)
            else:
                path.write_bytes(REQUEST)
        outputs = []
        for jobs in ("1", "4"):
            done = subprocess.run([PROGRAM, "check", "--format", "concise", "--jobs", jobs, "."], cwd=self.folder, stdin=subprocess.DEVNULL,
                                  capture_output=True, text=True, timeout=SECONDS_MAX, check=False)
            outputs.append((done.returncode, done.stdout, done.stderr))
        self.assertEqual(outputs[0], outputs[1])
        code, out, error = outputs[0]
        self.assertEqual(1, code)
        self.assertEqual("connect-lint: 48 files checked, 12 unreadable: 12 errors\n", error)
        words = {3: "no such file", 5: "it is no regular file", 7: "it is no regular file", 9: "too many symbolic links"}
        expected = [f"./{number:02}.json: error: cannot read `./{number:02}.json`: {words[number % 20]} [document/unreadable]"
                    for number in range(60) if number % 20 in words]
        self.assertEqual(expected, out.splitlines())

    def test_files_that_change_while_they_are_read(self):
        """Whatever is read of them, nothing crashes or hangs."""
        paths = [self.folder / f"{number:02}.json" for number in range(40)]
        for path in paths:
            path.write_bytes(REQUEST)
        stop = threading.Event()

        def change():
            number = 0
            while not stop.is_set():
                path = paths[number % len(paths)]
                if number % 3 == 0:
                    path.unlink(missing_ok=True)
                elif number % 3 == 1:
                    path.write_bytes(REQUEST * (number % 50))
                else:
                    path.write_bytes(REQUEST[: number % len(REQUEST)])
                number += 7

        changer = threading.Thread(target=change)
        changer.start()
        try:
            for _ in range(20):
                done = subprocess.run([PROGRAM, "check", "--jobs", "4", *paths], stdin=subprocess.DEVNULL, capture_output=True,
                                      timeout=SECONDS_MAX, check=False)
                self.assertIn(done.returncode, (0, 1, 2), done.stderr)
        finally:
            stop.set()
            changer.join()


if __name__ == "__main__":
    unittest.main(argv=[argument for argument in sys.argv if argument != "--sanitized"])
