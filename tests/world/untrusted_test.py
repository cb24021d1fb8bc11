#!/usr/bin/python3
"""Rules and configurations of somebody else: no network, nothing written, nothing outside of their folder, bounded size, count and work.

    CONNECT_LINT=build/release/connect-lint SCRATCH=scratch tests/world/untrusted_test.py [--rules N] [--objects FOLDER]

Each hostile file is refused with a message and exit code 2, or checked with, and either way within limits of memory and of processor time, which
the kernel holds. --rules N: as many rule files where there are too many. --objects FOLDER: the build, whose own objects must not ask for the network.
"""

import ctypes
import os
import pathlib
import resource
import signal
import subprocess
import sys
import unittest

import support
from support import ENVIRONMENT, GOOD, KILL, NUMBERS, PROGRAM, SAMPLES, Case, Fault

RULES = support.option("--rules", 2001)
OBJECTS = None
if "--objects" in sys.argv:
    OBJECTS = pathlib.Path(sys.argv[sys.argv.index("--objects") + 1])
    del sys.argv[sys.argv.index("--objects") : sys.argv.index("--objects") + 2]
MEGABYTE = 1 << 20
MEMORY_MAX = 640 * MEGABYTE
SECONDS_OF_PROCESSOR_MAX = 20
RULE = """summary: no sales
severity: error
certainty: convention
on: PutIntegrationRequest
find: FIND
message: "`{@}` begins with s"
why: because
source: us
examples:
  - passes: {DomainName: x}
  - fails: {DomainName: s}
    reports: [/DomainName]
"""
SIMPLE = "$[?match(@, 's.*')]"

# What asks the network for something, what starts other programs, what loads code.
NETWORK = ("socket", "connect", "accept", "sendto", "recvfrom", "sendmsg", "recvmsg", "bind", "listen", "socketpair", "accept4", "recvmmsg", "sendmmsg")
PROGRAMS = ("execveat", "fork", "vfork", "ptrace", "io_uring_setup")
SYMBOLS = NETWORK + ("getaddrinfo", "gethostbyname", "gethostbyaddr", "getnameinfo", "res_query", "inet_pton", "fork", "vfork", "execve", "execv", "execvp",
                     "posix_spawn", "posix_spawnp", "system", "popen", "dlopen", "dlsym", "ptrace")


def laughs(levels):
    """Aliases of aliases: a few lines that stand for ten to the power of that many values."""
    return "a0: &a0 [x,x,x,x,x,x,x,x,x,x]\n" + "".join(f"a{i}: &a{i} [{','.join([f'*a{i - 1}'] * 10)}]\n" for i in range(1, levels))


# A configuration and files beside it, and words of the message; none where it is all right.
CONFIGURATIONS = {
    "as large as allowed": ("#" + "x" * (2 * MEGABYTE - 1), None),
    "larger than allowed": ("#" + "x" * (2 * MEGABYTE), "larger than 2097152 bytes"),
    "100 mistakes": ("".join(f"k{i}: 1\n" for i in range(100)), "100 problems in the configuration"),
    "101 mistakes": ("".join(f"k{i}: 1\n" for i in range(101)), "c.yaml:101:1: error: there are more mistakes than these 100"),
    "unknown keys": ("".join(f"k{i}: 1\n" for i in range(150_000)), "there are more mistakes than these 100"),
    "keys that are no texts": ("".join(f"{i}: 1\n" for i in range(150_000)), "there are more mistakes than these 100"),
    "the same key": ("show: error\n" * 150_000, "there are more mistakes than these 100"),
    "empty entries": ("ignore:\n" + "  - {}\n" * 150_000, "there are more mistakes than these 100"),
    "unknown ids": ("severity:\n" + "".join(f"  schema/enu{i}: off\n" for i in range(80_000)), "100 problems in the configuration"),
    "deep lists": ("a: " + "[" * 100_000, "more than 128 arrays and objects inside of each other"),
    "deep maps": ("".join(" " * i + "a:\n" for i in range(1_000)), "more than 128 arrays and objects inside of each other"),
    "a billion laughs": (laughs(11) + "exclude: *a10\n", "stand for more than 100000 values"),
    "a merge of many": ("a: &a {show: error}\n<<: [" + ",".join(["*a"] * 200_000) + "]\n", "stand for more than 100000 values"),
    "many anchors": ("".join(f"k{i}: &a{i} 1\n" for i in range(100_000)), "there are more mistakes than these 100"),
    "many placeholders": ("placeholders:\n" + "".join(f'  - "<{i}...>"\n' for i in range(100)), None),
    "too many placeholders": ("placeholders:\n" + "".join(f'  - "<{i}...>"\n' for i in range(100_000)), "there are more than 100 placeholders"),
    "many globs": ("exclude:\n" + '  - "' + "**/*a*a*a*a*b/" * 60 + '"\n' + "".join(f'  - "*{i}*a*b*c*"\n' for i in range(80_000)), None),
    "many overrides": ("overrides:\n" + '  - {files: "*.json", show: error}\n' * 50_000, None),
    "one that extends another often": ("extends: [" + ",".join(["base.yaml"] * 100_000) + "]\n", "extends more than 16 configurations"),
    "one that extends itself": ("extends: [c.yaml]\n", "`c.yaml` is extended by itself"),
    "a pipe": ("extends: pipe\n", "there is no file `pipe`"),
    "a pipe as a baseline": ("baseline: pipe\n", "it is no regular file"),
    "a baseline as deep as allowed": ("baseline: flat.json\n", None),
    "a deep baseline": ("baseline: deep.json\n", "it has values inside each other that no baseline has"),
    "a folder of rules many times": ("rules: [" + ",".join(["rules"] * 5_000) + "]\n", "more than 2000 rules"),
}

# The query of a rule, and words of the message; none where it is all right.
QUERIES = {
    "a megabyte": ("$[?@ == '" + "x" * MEGABYTE + "']", "at most 65536 are allowed"),
    "deep parentheses": ("$[?" + "(" * 5_000 + "@" + ")" * 5_000 + "]", "find: $"),
    "filters inside filters": ("$[?" + "@[?" * 200 + "@" + "]" * 200 + "]", "inside each other"),
    "many segments": ("$" + "..*" * 2_000, "segments"),
    "every descendant of every descendant": ("$" + "..*" * 400, None),
    "a pattern of a million": ("$[?match(@, '(a{1000}){1000}')]", "the pattern matches nothing: cannot compile the pattern"),
    "a pattern of many letters": ("$[?search(@, '\\\\p{L}{500}x\\\\p{L}{500}')]", "pattern too large"),
    "a pattern with many ways": ("$[?match(@, '(.*a.*){900}')]", None),
    "64 patterns": ("$[?" + "||".join(f"match(@, 'x{i}')" for i in range(64)) + "]", None),
    "65 patterns": ("$[?" + "||".join(f"match(@, 'x{i}')" for i in range(65)) + "]", "more than 64 patterns in one query"),
    "many patterns": ("$[?" + "||".join(f"match(@, '.*a{{50}}b{{50}}c{i}')" for i in range(1_500)) + "]", "more than 64 patterns in one query"),
    "many patterns that are too large": ("$[?" + "||".join(f"match(@, '(a{{100}}){{10}}{i}')" for i in range(1_500)) + "]", "more than 64 patterns in one query"),
}


class Bounded(Case):
    """Runs within limits that the kernel holds."""

    worst = {"memory": (0, ""), "time": (0.0, "")}
    runs = 0

    @staticmethod
    def limits():
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY_MAX, MEMORY_MAX))
        resource.setrlimit(resource.RLIMIT_CPU, (SECONDS_OF_PROCESSOR_MAX, SECONDS_OF_PROCESSOR_MAX))

    def bounded(self, what, *arguments):
        """The exit code and what was printed."""
        with subprocess.Popen([PROGRAM, *arguments], cwd=self.folder, env=ENVIRONMENT, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
                              preexec_fn=self.limits) as process:
            out = process.stdout.read()
            _, status, usage = os.wait4(process.pid, 0)
            process.returncode = os.waitstatus_to_exitcode(status)
        Bounded.runs += 1
        Bounded.worst["memory"] = max(Bounded.worst["memory"], (usage.ru_maxrss // 1024, what))
        Bounded.worst["time"] = max(Bounded.worst["time"], (round(usage.ru_utime + usage.ru_stime, 1), what))
        self.assertIn(process.returncode, (0, 1, 2), out[-300:])
        self.assertLess(len(out), MEGABYTE)
        return process.returncode, out.decode("utf-8", "replace")

    def expect(self, what, words, *arguments):
        with self.subTest(what):
            code, out = self.bounded(what, *arguments)
            if words is None:
                self.assertIn(code, (0, 1), out[:300])
                return
            self.assertEqual(2, code, out[:300])
            self.assertIn(words, out)


class HostileTest(Bounded):
    def setUp(self):
        super().setUp()
        self.write("good.json", GOOD)

    @classmethod
    def tearDownClass(cls):
        if Bounded.runs:
            memory, time = Bounded.worst["memory"], Bounded.worst["time"]
            support.figure(f"{Bounded.runs} hostile rules and configurations: all refused with 2 or checked; at most {memory[0]} MiB ({memory[1]}) and {time[0]} s of processor ({time[1]})")

    def test_configurations(self):
        self.write("base.yaml", "show: error\n")
        os.mkfifo(self.folder / "pipe")
        self.write("flat.json", '{"format": "connect-lint-baseline/1", "findings": [{"file": "a", "id": "b", "pointer": "", "content": "0", "more": {"a": 1}}]}')
        self.write("deep.json", '{"format": ' + "[" * 8_000_000)
        self.write("rules/mine/sales.yaml", RULE.replace("FIND", SIMPLE))
        for what, (text, words) in CONFIGURATIONS.items():
            self.write("c.yaml", text)
            self.expect(what, words, "check", "--config", "c.yaml", "good.json")

    def test_queries(self):
        for what, (query, words) in QUERIES.items():
            self.write("rules/mine/sales.yaml", RULE.replace("FIND", query))
            self.expect(what, words, "check", "--no-config", "--rules", "rules", "good.json")

    def test_rule_files(self):
        simple = RULE.replace("FIND", SIMPLE)
        rows = {
            "a rule file as large as allowed": (simple + "#" + "x" * (8 * MEGABYTE - len(simple) - 1), None),
            "a rule file larger than allowed": (simple + "#" + "x" * (8 * MEGABYTE), "it is larger than 8388608 bytes"),
            "a rule with many examples": (simple + "".join(f"  - passes: {{DomainName: x{i}}}\n" for i in range(100_000)), None),
            "a rule with many places": (simple + "related:\n" + "  - {at: $.A, message: x}\n" * 100_000, None),
            "a rule with unknown keys": (simple + "".join(f"k{i}: 1\n" for i in range(400_000)), "there are more mistakes than these 100"),
            "a rule with aliases": (laughs(11) + simple, "stand for more than 100000 values"),
        }
        for what, (text, words) in rows.items():
            self.write("rules/mine/sales.yaml", text)
            self.expect(what, words, "check", "--no-config", "--rules", "rules", "good.json")
        # Two that are too large together only.
        for name in ("one", "two"):
            self.write(f"rules/mine/{name}.yaml", simple + "#" + "x" * (5 * MEGABYTE))
        self.write("rules/mine/sales.yaml", simple)
        self.expect("rules that are too large together", "the rules are larger than 8388608 bytes together", "check", "--no-config", "--rules", "rules", "good.json")

    def test_many_rules(self):
        simple = RULE.replace("FIND", SIMPLE)
        for number in range(2_000):
            self.write(f"rules/f{number % 50}/r{number}.yaml", simple)
        self.expect("2000 rules", None, "check", "--no-config", "--rules", "rules", "--show", "error", "good.json")
        for number in range(2_000, RULES):
            self.write(f"rules/f{number % 50}/r{number}.yaml", simple)
        self.expect(f"{RULES} rules", "more than 2000 rules", "check", "--no-config", "--rules", "rules", "good.json")

    def test_the_work_of_a_rule(self):
        """On a large request: the rule is given up with a finding, the others run."""
        tags = ",".join(f'"t{i}":"{i}"' for i in range(20_000))
        self.write("large.json", GOOD.decode().replace("}", ', "Tags": {' + tags + "}}"))
        self.write("rules/mine/sales.yaml", RULE.replace("FIND", "$" + "..*" * 20))
        self.expect("a rule that looks at everything again and again", None, "check", "--no-config", "--rules", "rules", "large.json")
        self.write("rules/mine/sales.yaml", RULE.replace("FIND", "$..[?count($..[?count($..*) > 1]) > 1]"))
        self.expect("a rule that counts everything for everything", None, "check", "--no-config", "--rules", "rules", "large.json")


class Opened:
    """What is opened in folders, as the kernel reports it (inotify)."""

    def __init__(self, *folders):
        self.libc = ctypes.CDLL(None, use_errno=True)
        self.descriptor = self.libc.inotify_init1(os.O_NONBLOCK | os.O_CLOEXEC)
        for folder in folders:
            if self.libc.inotify_add_watch(self.descriptor, os.fsencode(folder), 0x20) < 0:  # IN_OPEN
                raise OSError(ctypes.get_errno(), f"cannot watch {folder}")

    def take(self):
        """Whether there was anything since the last time."""
        try:
            return len(os.read(self.descriptor, MEGABYTE)) > 0
        except BlockingIOError:
            return False

    def close(self):
        os.close(self.descriptor)


class ConfinedTest(Case):
    """Ways out of the configuration's folder: refused, and nothing of what is outside is opened or said, not even whether it is there."""

    SECRET = "SECRET=hunter2"

    def setUp(self):
        super().setUp()
        for name in ("secret", "a/secret.yaml"):
            self.write(f"outside/{name}", self.SECRET)
        os.mkfifo(self.folder / "outside/pipe")
        self.write("own/good.json", GOOD)
        self.write("own/here/x", "")
        self.own = self.folder / "own"
        self.opened = Opened(self.folder / "outside", self.folder / "outside/a")
        self.addCleanup(self.opened.close)

    def link(self, name, target):
        path = self.own / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.symlink_to(target)
        return name

    def check(self, *arguments):
        return self.run_program("check", *arguments, cwd=self.own, stderr=subprocess.STDOUT)

    def refused(self, *arguments):
        done = self.check(*arguments, "good.json")
        self.assertEqual(2, done.returncode, done.stdout)
        self.assertNotIn(b"hunter2", done.stdout)
        self.assertIn(b"--config-root DIR allows what is in DIR", done.stdout)
        self.assertFalse(self.opened.take(), "something outside was opened")
        return done.stdout

    def ways(self):
        """Names of files and folders outside: pairs of one that is there and one that is not."""
        outside = self.folder / "outside"
        for number, (there, nothing) in enumerate((("secret", "nothing"), ("pipe", "pipes"), ("a", "b"), ("a/secret.yaml", "a/nothing"))):
            yield f"../outside/{there}", f"../outside/{nothing}"
            yield f"here/../../outside/{there}", f"here/../../outside/{nothing}"
            yield f"{outside}/{there}", f"{outside}/{nothing}"
            yield tuple(self.link(f"to-{kind}-{number}", outside / name) for kind, name in (("file", there), ("none", nothing)))
            yield tuple(self.link(f"here/to-{kind}-{number}", f"../to-{kind}-{number}") for kind in ("file", "none"))
            folder = self.link(f"to-folder-{number}", "../outside")
            yield f"{folder}/{there}", f"{folder}/{nothing}"
        yield "/dev/zero", "/dev/nothing"
        yield "/etc/passwd", "/etc/nothing"
        yield self.link("zero", "/dev/zero"), self.link("no-zero", "/dev/nothing")

    def test_what_a_configuration_names(self):
        ways = list(self.ways())
        for key in ("extends", "rules", "baseline"):
            for there, nothing in ways:
                with self.subTest(f"{key}: {there}"):
                    said = []
                    for name in (there, nothing):
                        self.write("own/.connect-lint.yaml", f"{key}: {name}\n")
                        said.append(self.refused().replace(name.encode(), b"NAME").replace(b"^" * len(name), b"MARK"))
                    self.assertEqual(*said)
                    self.refused("--print-config", "good.json")
        support.figure(f"{6 * len(ways)} names of `extends`, `rules` and `baseline` that lead out of the configuration's folder: all refused with 2, nothing outside opened or quoted")

    def test_a_configuration_that_is_a_link(self):
        self.link(".connect-lint.yaml", "../outside/secret")
        self.refused()
        self.refused("--config", ".connect-lint.yaml")
        self.refused("--config-root", "here")

    def test_one_that_is_extended(self):
        """The folder is that of the first."""
        self.write("own/.connect-lint.yaml", "extends: here/base.yaml\n")
        self.write("own/here/base.yaml", "baseline: ../../outside/secret\n")
        self.refused()
        self.write("own/here/base.yaml", "extends: ../other.yaml\n")
        self.write("own/other.yaml", "show: error\n")
        self.assertEqual(0, self.check("good.json").returncode)
        self.assertEqual(0, self.check("--config", "../own/.connect-lint.yaml", "good.json").returncode)

    def test_links_in_folders_of_requests(self):
        """A pull request may have them; those that stay in the working directory are checked, and one that is named."""
        self.write("outside/request.json", '{"DomainName": "SECRET=hunter2", "Uri": ')
        self.write("own/below/good.json", GOOD)
        self.write("own/beside.json", GOOD.replace(b"DomainName", b"DomainNames"))
        for name, target in (("absolute.json", self.folder / "outside/request.json"), ("relative.json", "../../outside/request.json"), ("chain.json", "relative.json")):
            self.link(f"below/{name}", target)
        self.opened.take()  # By the lines above.
        for arguments in ((), ("--fix",), ("--verbose",)):
            done = self.check("--no-config", *arguments, "below")
            self.assertEqual(0, done.returncode, done.stdout)
            self.assertNotIn(b"hunter2", done.stdout)
            self.assertFalse(self.opened.take(), "something outside was opened")
        self.link("below/beside.json", "../beside.json")
        self.assertIn(b"DomainNames", self.check("--no-config", "below").stdout)
        self.assertIn(b"hunter2", self.check("--no-config", "--operation", "PutIntegration", "below/relative.json").stdout)

    def test_links_in_folders_of_rules(self):
        self.link("rules/a/secret.yaml", "../../../outside/a/secret.yaml")
        self.write("own/.connect-lint.yaml", "rules: rules\n")
        self.refused()
        self.refused("--no-config", "--rules", "rules")
        for command in (("test", "rules"), ("why", "a/secret", "good.json", "--rules", "rules"), ("rules", "--rules", "rules"), ("explain", "--rules", "rules")):
            done = self.run_program(*command, cwd=self.own, stderr=subprocess.STDOUT)
            self.assertEqual(2, done.returncode, done.stdout)
            self.assertIn(b"is outside of the folder of rules `rules`", done.stdout)
            self.assertFalse(self.opened.take())

    def test_baselines_are_written_where_the_command_line_says(self):
        self.write("own/.connect-lint.yaml", "baseline: ../outside/secret\n")
        done = self.check("--write-baseline", "known.json", "good.json")
        self.assertEqual(0, done.returncode, done.stdout)
        self.assertFalse(self.opened.take())
        self.assertEqual(self.SECRET, (self.folder / "outside/secret").read_text())

    def test_what_is_allowed(self):
        """Then it is opened: what is tested above could fail."""
        self.write("own/.connect-lint.yaml", "extends: ../outside/secret\n")
        done = self.check("--config-root", "..", "good.json")
        self.assertEqual(2, done.returncode)
        self.assertIn(b"hunter2", done.stdout)
        self.assertTrue(self.opened.take())
        self.link("rules", "../outside")
        self.write("own/.connect-lint.yaml", "rules: rules\n")
        self.assertIn(b"hunter2", self.check("--config-root", "..", "good.json").stdout)
        self.assertTrue(self.opened.take())


class NetworkTest(Case):
    @unittest.skipUnless(support.CAN_FAULT, "the kernel takes no filter of calls")
    def test_no_call_of_the_network(self):
        """The kernel ends the process at the first one; and at a call that starts another program or looks into one."""
        self.write("rules/mine/sales.yaml", RULE.replace("FIND", SIMPLE))
        self.write(".connect-lint.yaml", "rules: [rules]\nplaceholders: ['${...}']\n")
        self.write("put.json", GOOD)
        self.write("uri.json", GOOD.replace(b"arn:aws:s3:::b", b"https://example.com/x"))
        self.write("lines.ndjson", GOOD * 50)
        forbidden = [Fault(call, KILL) for call in NETWORK + PROGRAMS if call in NUMBERS]
        runs = 0
        for line in ("check .", "check --jobs 4 --format json . " + str(SAMPLES), "check --fix uri.json", "check --stream --jobs 2 lines.ndjson", "check --now .",
                     "check --write-baseline known.json .", "check --format sarif:x.sarif put.json", "check --print-config put.json", "rules", "test rules",
                     "why mine/sales put.json", "explain", "functions", "generate PutIntegration", "schema PutIntegration", "query $..* put.json", "manual",
                     "completions bash", "--version", "init"):
            done = self.run_program(*line.split(), preexec_fn=lambda: support.faults(*forbidden))
            self.assertIn(done.returncode, (0, 1, 2), (line, done.stderr[-300:]))
            runs += 1
        with self.assertRaises(subprocess.SubprocessError):  # The filter does its work.
            child = subprocess.run(["/usr/bin/python3", "-c", "import socket; socket.socket()"], preexec_fn=lambda: support.faults(*forbidden), check=False)
            if child.returncode == -signal.SIGSYS:
                raise subprocess.SubprocessError
        support.figure(f"{runs} commands under a filter that ends the process at any of {len(forbidden)} calls (network, other programs): none was ended")

    @unittest.skipUnless(OBJECTS, "no build given")
    def test_no_symbol_of_the_network(self):
        """What our objects leave to others to define. The static program has such symbols from the C library, which nothing of ours calls."""
        files = list(OBJECTS.glob("CMakeFiles/*.dir/**/*.o"))
        self.assertGreater(len(files), 20)
        asked = set()
        for file in files:
            lines = subprocess.run(["nm", "--undefined-only", file], capture_output=True, text=True, check=True).stdout.splitlines()
            asked.update(line.split()[-1] for line in lines if " U " in line)
        self.assertIn("read", asked)
        self.assertEqual(set(), asked & set(SYMBOLS))
        support.figure(f"{len(files)} objects of ours ask for {len([name for name in asked if not name.startswith('_Z')])} functions of C, none of the {len(SYMBOLS)} for network, processes and loading")


if __name__ == "__main__":
    unittest.main()
