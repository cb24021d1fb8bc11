#!/usr/bin/python3
"""Full disks, closed outputs, files that are none or change while they are read, interrupts: a message and the right exit code.

    CONNECT_LINT=build/release/connect-lint SCRATCH=scratch tests/world/surroundings_test.py [--changes N]

tests/scenarios/surroundings_test.py has what needs a terminal or another user.
"""

import errno
import fcntl
import os
import resource
import signal
import subprocess
import threading
import time
import unittest

import support
from support import BAD, ENVIRONMENT, GOOD, MENDABLE, MENDED, PROGRAM, Case, Fault

CHANGES = support.option("--changes", 10)
NOTHING = b""

# Everything that prints, with an output longer and shorter than what is written at once.
PRINTING = ["check bad.json", "check --format json bad.json", "check --diff mend.json", "completions bash", "explain", "explain schema/enum", "functions",
            "generate PutIntegration", "manual", "query $ bad.json", "rules", "schema PutIntegration", "why connector/operator-mismatch bad.json", "--help",
            "check --help", "--version", "check --stream lines.ndjson", "check --print-config bad.json"]


class Files(Case):
    def setUp(self):
        super().setUp()
        self.write("bad.json", BAD)
        self.write("good.json", GOOD)
        self.write("mend.json", MENDABLE)
        self.write("lines.ndjson", BAD * 100)

    def copies(self, count):
        """bad.json by other names."""
        names = [f"copies/bad-{number}.json" for number in range(count)]
        (self.folder / "copies").mkdir()
        for name in names:
            os.link(self.folder / "bad.json", self.folder / name)
        return names


class LostOutputTest(Files):
    """Never 0 when something was lost."""

    def test_every_command(self):
        runs = 0
        for line in PRINTING:
            arguments = line.split()
            right = self.run_program(*arguments)
            self.assertNotEqual(NOTHING, right.stdout, line)
            reader, closed_pipe = os.pipe()
            os.close(reader)
            with open("/dev/full", "wb") as full, open(closed_pipe, "wb") as pipe, open("/dev/null", "rb") as read_only:
                ways = {"no space left on the device": {"stdout": full}, "the reader closed the pipe": {"stdout": pipe},
                        "it is closed": {"stdout": read_only}}
                for words, way in ways.items():
                    with self.subTest((line, words)):
                        done = self.run_program(*arguments, **way)
                        self.assertEqual(3, done.returncode, done)
                        self.assertTrue(done.stderr.decode().endswith(f"connect-lint: cannot write to standard output: {words}\n"), done)
                        runs += 1
                if right.stderr:
                    self.assertEqual(3, self.run_program(*arguments, stderr=full).returncode)
            with self.subTest((line, "closed")):
                done = self.run_program(*arguments, stdout=None, preexec_fn=lambda: os.close(1))
                self.assertEqual(3, done.returncode, done)
                self.assertIn(b"cannot write to standard output: it is closed\n", done.stderr)
                runs += 1
        support.figure(f"{runs} runs of {len(PRINTING)} commands whose output is lost: all end with 3 and a message")

    def test_a_limit_of_file_size(self):
        """The signal for it must not end the process without a word."""
        limit = {"preexec_fn": lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (100, 100))}
        with open(self.folder / "out", "wb") as out:
            done = self.run_program("check", "bad.json", stdout=out, **limit)
        self.assertEqual(3, done.returncode, done)
        self.assertIn(b"cannot write to standard output: the file would be larger than it may be\n", done.stderr)
        (self.folder / "out").unlink()
        before = self.names()
        self.write("many.json", MENDABLE.replace(b'"sales"', b'"' + b"s" * 200 + b'"'))
        for arguments in (["--format", "sarif:x.sarif", "bad.json"], ["--write-baseline", "x.baseline", "bad.json"], ["--fix", "many.json"]):
            done = self.run_program("check", *arguments, **limit)
            self.assertEqual(3, done.returncode, done)
            self.assertRegex(done.stderr.decode(), "cannot write `.*`: (File too large|the file would be larger than it may be)\n")
            self.assertEqual(sorted([*before, "many.json"]), self.names())

    def test_a_disk_that_is_full(self):
        """One of 64 KiB, where we may mount such: the old file stays, and nothing beside it."""
        script = 'mount -t tmpfs -o size=64k none "$1" && cd "$1" && printf old >report && "$2" check --format sarif:report "$3"/many/*.json; status=$?; cat report; ls -A; exit $status'
        (self.folder / "disk").mkdir()
        for number in range(200):
            self.write(f"many/{number:03}.json", BAD)
        done = subprocess.run(["unshare", "--mount", "/bin/sh", "-c", script, "sh", self.folder / "disk", PROGRAM, self.folder], capture_output=True, check=False,
                              stdin=subprocess.DEVNULL, timeout=support.SECONDS_MAX)
        if b"unshare:" in done.stderr or b"mount:" in done.stderr:
            self.skipTest("no rights to mount")
        self.assertEqual((3, b"oldreport\n", b"connect-lint: cannot write `report`: no space left on the device\n"), (done.returncode, done.stdout, done.stderr))

    def test_numbers_of_closed_outputs_are_not_used_for_files(self):
        """Otherwise what is printed would go into a report, or into a file that is mended."""
        names = self.copies(1000)  # More than is kept before it is written.
        self.assertEqual(1, self.run_program("check", "--format", "sarif:right.sarif", *names).returncode)
        for number in (0, 1, 2):
            done = self.run_program("check", "--format", "text", "--format", "sarif:x.sarif", *names, stdin=None, stdout=None if number == 1 else subprocess.PIPE,
                                    stderr=None if number == 2 else subprocess.PIPE, preexec_fn=lambda number=number: os.close(number))
            self.assertEqual(1 if number == 0 else 3, done.returncode)
            if number == 1:  # The rest was not checked.
                self.assertFalse((self.folder / "x.sarif").exists())
                continue
            self.assertTrue((self.folder / "right.sarif").read_bytes() == (self.folder / "x.sarif").read_bytes(), number)
            (self.folder / "x.sarif").unlink()
        done = self.run_program("check", "-", stdin=None, preexec_fn=lambda: os.close(0))
        self.assertEqual(1, done.returncode)
        self.assertIn(b"cannot read standard input: it is closed", done.stdout)

    def test_a_part_is_no_report(self):
        """When the reader goes away the rest is not checked; a report or a baseline of a part would look whole."""
        names = self.copies(2000)
        for arguments, name in ((["--format", "text", "--format", "sarif:x"], "x"), (["--format", "json", "--write-baseline", "x"], "x"),
                                (["--jobs=4", "--format", "json", "--write-baseline", "x"], "x")):
            with self.subTest(arguments):
                reader, writer = os.pipe()
                with subprocess.Popen([PROGRAM, "check", *arguments, *names], cwd=self.folder, env=ENVIRONMENT, stdin=subprocess.DEVNULL, stdout=writer,
                                      stderr=subprocess.PIPE) as process:
                    os.close(writer)
                    os.read(reader, 10)
                    os.close(reader)
                    error = process.communicate(timeout=support.SECONDS_MAX)[1]
                self.assertEqual(3, process.returncode)
                self.assertIn(b"the reader closed the pipe", error)
                self.assertFalse((self.folder / name).exists())


class PipeTest(Files):
    """Pipes of others who do not want to wait."""

    def test_input_that_does_not_wait(self):
        for arguments in (["check", "--format", "concise", "-"], ["check", "--stream", "--format", "concise", "-"], ["query", "$", "-"]):
            right = self.run_program(*arguments, stdin=None, input=BAD)
            reader, writer = os.pipe()
            fcntl.fcntl(reader, fcntl.F_SETFL, os.O_NONBLOCK)
            with subprocess.Popen([PROGRAM, *arguments], cwd=self.folder, env=ENVIRONMENT, stdin=reader, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
                os.close(reader)
                for piece in (BAD[:20], BAD[20:]):
                    time.sleep(0.05)
                    os.write(writer, piece)
                os.close(writer)
                self.assertEqual((right.stdout, right.stderr), process.communicate(timeout=support.SECONDS_MAX))
            self.assertEqual(right.returncode, process.returncode)

    def test_output_that_does_not_wait(self):
        names = self.copies(3000)
        right = self.run_program("check", "--format", "concise", *names).stdout
        reader, writer = os.pipe()
        fcntl.fcntl(writer, fcntl.F_SETFL, os.O_NONBLOCK)
        with subprocess.Popen([PROGRAM, "check", "--format", "concise", *names], cwd=self.folder, env=ENVIRONMENT, stdin=subprocess.DEVNULL, stdout=writer,
                              stderr=subprocess.DEVNULL) as process:
            os.close(writer)
            time.sleep(0.1)  # The pipe is full by then.
            with open(reader, "rb") as pipe:
                self.assertEqual(right, pipe.read())
            self.assertEqual(1, process.wait(timeout=support.SECONDS_MAX))


class InputTest(Files):
    """What is named like a file and is none, or does not stay as it is."""

    def test_what_is_no_file(self):
        (self.folder / "folder.json").mkdir()
        (self.folder / "loop.json").symlink_to("loop.json")
        (self.folder / "zero.json").symlink_to("/dev/zero")
        (self.folder / "gone.json").symlink_to("absent")
        os.mkfifo(self.folder / "fifo.json")
        rows = {"loop.json": "too many symbolic links", "zero.json": "it is no regular file", "fifo.json": "it is no regular file"}
        for name, words in rows.items():
            for command, code in ((["check", "--format", "concise"], 1), (["query", "$"], 1), (["check", "--fix", "--format", "concise"], 1),
                                  (["check", "--stream", "--format", "concise"], 1)):
                if name == "fifo.json" and "--stream" in command:
                    continue  # There it is waited for: `--stream <(zcat requests.gz)`.
                with self.subTest((name, command)):
                    done = self.run_program(*command, name)
                    self.assertIn(f"cannot read `{name}`: {words}", (done.stdout + done.stderr).decode())
                    self.assertIn(done.returncode, (code, 2))
        # The same as a configuration, a baseline and a folder of rules: nothing is checked.
        for name, words in {**rows, "folder.json": "it is a directory"}.items():
            for arguments in (["--config", name], ["--baseline", name]):
                with self.subTest((name, arguments)):
                    done = self.run_program("check", "--config-root", "/", *arguments, "good.json")
                    self.assertEqual((2, NOTHING), (done.returncode, done.stdout))
                    self.assertEqual(f"connect-lint: cannot read `{name}`: {words}\n", done.stderr.decode())
            if name != "folder.json":
                (self.folder / "rules/family").mkdir(parents=True, exist_ok=True)
                (self.folder / "rules/family/thing.yaml").unlink(missing_ok=True)
                (self.folder / "rules/family/thing.yaml").symlink_to(f"../../{name}")
                done = self.run_program("check", "--config-root", "/", "--rules", "rules", "good.json")
                self.assertEqual((2, NOTHING), (done.returncode, done.stdout))
                self.assertEqual(f"connect-lint: cannot read `rules/family/thing.yaml`: {words}\n", done.stderr.decode())

    @unittest.skipUnless(support.CAN_FAULT, "the kernel takes no filter of calls")
    def test_files_that_cannot_be_opened(self):
        for error, words in ((errno.EMFILE, "too many open files"), (errno.ENFILE, "too many open files"), (errno.EACCES, "permission denied"),
                             (errno.EIO, "input/output error"), (errno.ENOMEM, "out of memory"), (errno.ENOTDIR, "a part of the path is no directory"),
                             (errno.EPERM, "error 1")):
            done = self.run_program("check", "--no-config", "--format", "concise", "good.json", preexec_fn=lambda error=error: support.faults(Fault("openat", error)))
            self.assertEqual((1, f"good.json: error: cannot read `good.json`: {words} [document/unreadable]\n"), (done.returncode, done.stdout.decode()))

    @unittest.skipUnless(support.CAN_FAULT, "the kernel takes no filter of calls")
    def test_folders_that_cannot_be_listed(self):
        """Each is a finding; what is named beside it is checked, and nothing is written that would look whole."""
        self.write("folder/good.json", GOOD)
        for error, words in ((errno.EACCES, "permission denied"), (errno.EIO, "input/output error")):
            done = self.run_program("check", "--no-config", "--format", "concise", "folder", "bad.json",
                                    preexec_fn=lambda error=error: support.faults(Fault("openat", error, flags=os.O_DIRECTORY)))
            lines = done.stdout.decode().splitlines()
            self.assertEqual((1, f"folder: error: cannot list the folder `folder`: {words} [document/unreadable]"), (done.returncode, lines[0]))
            self.assertEqual(2, sum(line.startswith("bad.json:") for line in lines))

    @unittest.skipUnless(support.CAN_FAULT, "the kernel takes no filter of calls")
    def test_reports_that_cannot_be_written(self):
        for error, words in ((errno.EDQUOT, "the quota of the disk is used up"), (errno.EIO, "input/output error"), (errno.EROFS, "error 30")):
            before = self.names()
            done = self.run_program("check", "--no-config", "--format", "sarif:x", "bad.json", preexec_fn=lambda error=error: support.faults(Fault("write", error, descriptors_from=3)))
            self.assertEqual((3, f"connect-lint: cannot write `x`: {words}"), (done.returncode, done.stderr.decode().splitlines()[0]))
            self.assertEqual(before, self.names())
        # The first that fails is told, and what can be written is.
        done = self.run_program("check", "--no-config", "--format", "sarif:x", "--format", "json:y", "bad.json",
                                preexec_fn=lambda: support.faults(Fault("fsync", errno.EIO)))
        self.assertEqual((3, b"connect-lint: cannot write `x`: Input/output error\n"), (done.returncode, done.stderr))
        done = self.run_program("init", preexec_fn=lambda: support.faults(Fault("fsync", errno.EIO)))
        self.assertEqual((3, b"connect-lint: cannot write `.connect-lint.yaml`: Input/output error\n"), (done.returncode, done.stderr))
        self.assertEqual(before, self.names())

    def test_files_that_change_while_they_are_read(self):
        """Grown, cut, exchanged, gone: an answer about some state of it, no crash, no hang."""
        long = b'{"DomainName": "sales", "ObjectTypeName": "Account", "Uri": "arn:aws:s3:::b", "Tags": {' + b", ".join(b'"t%d": "v"' % i for i in range(40)) + b"}"
        stop = threading.Event()
        paths = [self.folder / f"{number:02}.json" for number in range(40)]

        def change():
            number = 0
            while not stop.is_set():
                path = paths[number % len(paths)]
                try:
                    if number % 5 == 0:
                        path.unlink(missing_ok=True)
                    elif number % 5 == 1:
                        with open(path, "ab") as file:
                            file.write(b" " * (number % 70000))
                    elif number % 5 == 2:
                        os.truncate(path, number % 100)
                    elif number % 5 == 3:
                        path.write_bytes(long + b"}")
                    else:
                        other = path.with_suffix(".new")
                        other.write_bytes(long + b",}")
                        other.rename(path)
                except FileNotFoundError:
                    pass
                number += 7

        for path in paths:
            path.write_bytes(long + b"}")
        changer = threading.Thread(target=change)
        changer.start()
        codes = {}
        try:
            for round_ in range(CHANGES):
                fix = ["--fix"] if round_ % 2 else []
                done = self.run_program("check", "--no-config", "--jobs", "4", *fix, ".")
                # 3: somebody else changed what was to be mended.
                self.assertIn(done.returncode, (0, 1, 3), done.stderr[-2000:])
                if done.returncode == 3:
                    self.assertRegex(done.stderr.decode(), r"connect-lint: cannot fix `\./\d\d.json`: it was changed meanwhile")
                codes[done.returncode] = codes.get(done.returncode, 0) + 1
        finally:
            stop.set()
            changer.join()
        self.assertEqual([], [name for name in self.names() if name.startswith(".connect-lint-")])
        support.figure(f"{CHANGES} runs over 40 files that grow, shrink, are exchanged and vanish meanwhile: exit codes {dict(sorted(codes.items()))}")

    def test_a_file_that_never_ends_to_grow(self):
        """It is read as far as files may be large, no further."""
        path = self.write("log.json", b" " * 1000)
        stop = threading.Event()

        def grow():
            with open(path, "ab", buffering=0) as file:
                while not stop.is_set() and file.tell() < 1 << 28:
                    file.write(b" " * 65536)

        writer = threading.Thread(target=grow)
        writer.start()
        try:
            done = self.run_program("check", "--max-input-bytes", "100000", "--format", "concise", "log.json")
        finally:
            stop.set()
            writer.join()
        self.assertEqual(1, done.returncode)
        self.assertRegex(done.stdout, rb"document/(too-large|empty)")


class InterruptTest(Files):
    """Ctrl-C and its relatives end a run at once; what was to be written keeps what it held."""

    def test_reports(self):
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            for arguments, name in ((["--format", "text", "--format", "sarif:x"], "x"), (["--write-baseline", "x"], "x")):
                self.write(name, b"old\n")
                before = self.names()
                with subprocess.Popen([PROGRAM, "check", *arguments, "--stream", "-"], cwd=self.folder, env=ENVIRONMENT, stdin=subprocess.PIPE,
                                      stdout=subprocess.PIPE, stderr=subprocess.DEVNULL) as process:
                    process.stdin.write(BAD)
                    process.stdin.flush()
                    process.stdout.read(1)  # It is at work.
                    process.send_signal(number)
                    self.assertEqual(-number, process.wait(timeout=support.SECONDS_MAX))
                    process.stdin.close()
                self.assertEqual((b"old\n", before), ((self.folder / name).read_bytes(), self.names()))


if __name__ == "__main__":
    unittest.main()
