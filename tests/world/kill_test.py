#!/usr/bin/python3
"""Files that are written while the process is killed: each is the old or the new one.

    CONNECT_LINT=build/release/connect-lint SCRATCH=scratch tests/world/kill_test.py [--kills N]

N kills at random moments, over what writes files and over both ways of writing them: a file without a name that gets one (O_TMPFILE), and a copy
with a temporary name where the system has no such files. Then one kill at every call of the system that writing consists of.
"""

import errno
import json
import os
import random
import signal
import stat
import subprocess
import time
import unittest

import support
from support import BAD, ENVIRONMENT, KILL, MENDABLE, MENDED, NAMELESS, PROGRAM, Case, Fault

KILLS = support.option("--kills", 60)
SEED = 7
NO_NAMELESS = Fault("openat", errno.EOPNOTSUPP, flags=NAMELESS)
NO_WAITING = Fault("fsync", errno.EINVAL)
TAGS = ", ".join(f'"t{number}": {number}' for number in range(1000)).encode()
LARGE = b'{"DomainName": "sales", "ObjectTypeName": "Account", "Uri": "arn:aws:s3:::b", "Tags": {' + TAGS + b"}}\n"

# What is run, and the file that it writes.
JOBS = {
    "--fix": (["--unsafe-fixes", "link.json"], "target.json"),
    "--write-baseline": (["--write-baseline", "link.baseline", "bad.json"], "target.baseline"),
    "--format sarif:FILE": (["--format", "sarif:link.sarif", "bad.json", "target.json"], "target.sarif"),
}


class Writing(Case):
    def setUp(self):
        super().setUp()
        self.write("bad.json", BAD)
        self.old = {"target.json": LARGE, "target.baseline": b"old\n", "target.sarif": b"old\n"}
        for name in self.old:
            (self.folder / name.replace("target", "link")).symlink_to(name)
        self.put_back()
        self.new = {}
        for what, (_, name) in JOBS.items():
            self.command(what).wait(timeout=support.SECONDS_MAX)
            self.new[name] = (self.folder / name).read_bytes()
            self.assertNotEqual(self.old[name], self.new[name], what)
            self.put_back()
        self.expected = self.names()

    def put_back(self):
        for name, content in self.old.items():
            (self.folder / name).write_bytes(content)
            (self.folder / name).chmod(0o640)

    def command(self, what, **options):
        return subprocess.Popen([PROGRAM, "check", "--no-config", *JOBS[what][0]], cwd=self.folder, env=ENVIRONMENT, stdin=subprocess.DEVNULL,
                                stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, **options)

    def look(self, what):
        """Whether the file is the new one, and the names of what was left beside it."""
        name = JOBS[what][1]
        path = self.folder / name
        content = path.read_bytes()
        self.assertTrue(content in (self.old[name], self.new[name]), f"{what}: {len(content)} bytes, neither the old nor the new ones")
        self.assertEqual(0o640, stat.S_IMODE(path.stat().st_mode), what)
        for other in self.old:
            self.assertTrue((self.folder / other.replace("target", "link")).is_symlink())
            if other != name:
                self.assertTrue(self.old[other] == (self.folder / other).read_bytes(), f"{what}: {other}")
        left = [found for found in self.names() if found not in self.expected]
        for found in left:
            (self.folder / found).unlink()
        path.write_bytes(self.old[name])
        return content == self.new[name], left


class RandomKillTest(Writing):
    def kills(self, count):
        """Kills while running, files that were old and new, and names left."""
        chance = random.Random(SEED)
        whole = {}
        for what in JOBS:
            times = []
            for _ in range(5):
                begin = time.monotonic()
                self.command(what).wait(timeout=support.SECONDS_MAX)
                times.append(time.monotonic() - begin)
                self.look(what)
            whole[what] = sorted(times)[2]
        killed, old, new, left_behind = 0, 0, 0, 0
        names = list(JOBS)
        for number in range(count):
            what = names[number % len(names)]
            moment = time.monotonic() + chance.uniform(0, whole[what] * 1.1)
            process = self.command(what)
            while time.monotonic() < moment:
                pass
            process.kill()
            killed += process.wait(timeout=support.SECONDS_MAX) == -signal.SIGKILL
            is_new, left = self.look(what)
            new += is_new
            old += not is_new
            left_behind += len(left)
        return killed, old, new, left_behind

    def kills_under(self, count, *wanted):
        """The same where calls of the system fail. The filter holds for a process of its own and all that it starts."""
        if not support.CAN_FAULT:
            return self.kills(count)
        reader, writer = os.pipe()
        child = os.fork()
        if child == 0:
            status = 1
            try:
                support.faults(*wanted)
                os.write(writer, json.dumps(self.kills(count)).encode())
                status = 0
            except BaseException as error:  # pylint: disable=broad-except
                os.write(writer, repr(error).encode()[:4000])
            os._exit(status)
        os.close(writer)
        with open(reader, "rb") as answer:
            text = answer.read().decode()
        self.assertEqual(0, os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), text)
        return json.loads(text)

    def tell(self, way, count, killed, old, new, left):
        self.assertGreater(killed, 0)
        support.figure(f"{count} kills -9 ({way}) over {', '.join(JOBS)}: {killed} while running, {old} old and {new} new files, 0 torn, {left} names left")

    # Waiting for the disk takes most of the time, and nobody is killed meanwhile: so nobody waits.
    def test_files_without_a_name(self):
        count = KILLS - KILLS // 2
        killed, old, new, left = self.kills_under(count, NO_WAITING)
        self.tell("O_TMPFILE", count, killed, old, new, left)
        self.assertLessEqual(left, len(JOBS) + count // 50)  # Between two calls of the system: the next run takes it away.

    @unittest.skipUnless(support.CAN_FAULT, "the kernel takes no filter of calls")
    def test_copies_with_a_temporary_name(self):
        """A kill while the copy is made leaves it."""
        self.tell("no O_TMPFILE", KILLS // 2, *self.kills_under(KILLS // 2, NO_WAITING, NO_NAMELESS))


@unittest.skipUnless(support.CAN_FAULT, "the kernel takes no filter of calls")
class EveryCallTest(Writing):
    """The process ends, or the call fails, at each call of the system that writing consists of."""

    CALLS = ("openat", "fchown", "write", "fsync", "fchmod", "linkat", "rename")

    def fault(self, call, error):
        if call == "openat":
            return Fault(call, error, flags=NAMELESS)
        return Fault(call, error, descriptors_from=3 if call == "write" else 0)

    def test_a_kill_at_every_call(self):
        runs = 0
        for what in JOBS:
            for others in ([], [NO_NAMELESS]):
                for call in self.CALLS:
                    if others and call in ("openat", "linkat"):
                        continue  # Not called then.
                    with self.subTest((what, call, bool(others))):
                        process = self.command(what, preexec_fn=lambda: support.faults(*others, self.fault(call, KILL)))
                        self.assertEqual(-signal.SIGSYS, process.wait(timeout=support.SECONDS_MAX))
                        is_new, left = self.look(what)
                        self.assertFalse(is_new)
                        # A file replaces another by a name: it has one when the process ends just before, and a copy has one from the start.
                        self.assertEqual(1 if call == "rename" or (others and call == "fsync") else 0, len(left))
                        self.assertTrue(all(name.startswith(".connect-lint-") for name in left), left)
                        runs += 1
        support.figure(f"{runs} kills, one at each call of the system that writing consists of: every file the old one")

    def test_what_a_kill_left_is_taken_away(self):
        """By the next run that writes the file."""
        for what in JOBS:
            self.command(what, preexec_fn=lambda: support.faults(self.fault("rename", KILL))).wait(timeout=support.SECONDS_MAX)
            self.assertEqual(1, len(self.names()) - len(self.expected))
            self.assertIn(self.command(what).wait(timeout=support.SECONDS_MAX), (0, 1))
            self.assertEqual((True, []), self.look(what))

    def test_a_failure_of_every_call(self):
        """Exit code 3 and a message, the old file, nothing beside it."""
        words = {"write": "No space left on device|no space left on the device", "fsync": "Input/output error", "fchmod": "Operation not permitted",
                 "linkat": "No space left on device", "rename": "Permission denied"}
        errors = {"write": errno.ENOSPC, "fsync": errno.EIO, "fchmod": errno.EPERM, "linkat": errno.ENOSPC, "rename": errno.EACCES}
        for what, (arguments, name) in JOBS.items():
            for others in ([], [NO_NAMELESS]):
                for call, error in errors.items():
                    if others and call == "linkat":
                        continue
                    with self.subTest((what, call, bool(others))):
                        done = self.run_program("check", "--no-config", *arguments, preexec_fn=lambda: support.faults(*others, self.fault(call, error)))
                        self.assertEqual(3, done.returncode, done)
                        self.assertRegex(done.stderr.decode(), f"cannot write `{name.replace('target', 'link')}`: ({words[call]})\n")
                        self.assertEqual((False, []), self.look(what))

    def test_whose_a_file_is_does_not_matter(self):
        """What only root may do is tried, not needed."""
        for what in JOBS:
            process = self.command(what, preexec_fn=lambda: support.faults(Fault("fchown", errno.EPERM)))
            self.assertIn(process.wait(timeout=support.SECONDS_MAX), (0, 1))
            self.assertEqual((True, []), self.look(what))

    def test_no_nameless_files(self):
        for what in JOBS:
            process = self.command(what, preexec_fn=lambda: support.faults(NO_NAMELESS))
            self.assertIn(process.wait(timeout=support.SECONDS_MAX), (0, 1))
            self.assertEqual((True, []), self.look(what))


class PlaceTest(Case):
    """Where files are written to."""

    def test_owner_and_mode_stay(self):
        if os.geteuid() != 0:
            self.skipTest("only root can give files away")
        path = self.write("put.json", MENDABLE)
        os.chown(path, 1234, 2345)
        path.chmod(0o604)
        self.assertEqual(0, self.run_program("check", "--fix", "put.json").returncode)
        self.assertEqual((MENDED, 1234, 2345, 0o604), (path.read_bytes(), path.stat().st_uid, path.stat().st_gid, stat.S_IMODE(path.stat().st_mode)))

    def test_a_new_file_has_the_mode_that_the_mask_leaves(self):
        self.write("bad.json", BAD)
        for mask, mode in ((0o022, 0o644), (0o077, 0o600), (0o000, 0o666), (0o777, 0o000)):
            done = self.run_program("check", "--format", "sarif:new.sarif", "bad.json", preexec_fn=lambda mask=mask: os.umask(mask))
            self.assertEqual(1, done.returncode, done)
            self.assertEqual(mode, stat.S_IMODE((self.folder / "new.sarif").stat().st_mode))
            (self.folder / "new.sarif").unlink()

    def test_links(self):
        """To what is there, to what is not there yet, through others, and around in a circle."""
        (self.folder / "below").mkdir()
        self.write("bad.json", BAD)
        for name, to in (("new.sarif", "below/new.sarif"), ("chain.sarif", "below/chain.sarif"), ("below/chain.sarif", "end.sarif"),
                         ("round.sarif", "below/round.sarif"), ("below/round.sarif", "../round.sarif")):
            (self.folder / name).symlink_to(to)
        for name, end in (("new.sarif", "below/new.sarif"), ("chain.sarif", "below/end.sarif")):
            self.assertEqual(1, self.run_program("check", "--format", f"sarif:{name}", "bad.json").returncode)
            self.assertTrue((self.folder / name).is_symlink())
            self.assertIn(b'"version"', (self.folder / end).read_bytes())
        done = self.run_program("check", "--format", "sarif:round.sarif", "bad.json")
        self.assertEqual((3, b"connect-lint: cannot write `round.sarif`: Too many levels of symbolic links\n"), (done.returncode, done.stderr))
        self.assertTrue((self.folder / "round.sarif").is_symlink())

    def test_long_names(self):
        """A name may have 255 bytes: a temporary one has to be shorter."""
        name = "n" * 250 + ".json"
        path = self.write(name, MENDABLE)
        self.assertEqual(0, self.run_program("check", "--fix", name).returncode)
        self.assertEqual(MENDED, path.read_bytes())
        self.assertEqual([name], self.names())

    def test_what_is_no_file(self):
        self.write("bad.json", BAD)
        (self.folder / "folder").mkdir()
        os.mkfifo(self.folder / "pipe")
        for target, words in (("folder", "it is no regular file"), ("pipe", "it is no regular file"), ("/dev/full", "it is no regular file"),
                              ("absent/x", "No such file or directory"), ("bad.json/x", "Not a directory")):
            for arguments in (["--format", f"sarif:{target}"], ["--write-baseline", target]):
                with self.subTest((target, arguments)):
                    done = self.run_program("check", *arguments, "bad.json")
                    self.assertEqual(3, done.returncode)
                    self.assertIn(f"connect-lint: cannot write `{target}`: {words}\n".encode(), done.stderr)


if __name__ == "__main__":
    unittest.main()
