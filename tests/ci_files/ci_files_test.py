#!/usr/bin/python3
"""What CI services read: action.yml, ci/gitlab.yml, ci/problem-matcher.json, the Dockerfile; and ci/job, which their jobs run.

    CONNECT_LINT=build/release/connect-lint SCRATCH=scratch tests/ci_files/ci_files_test.py

There is no CI service and no docker here. Steps of jobs are run by bash with the variables that a service sets, the instructions of the
Dockerfile's build one by one in a scratch folder. Nothing is built: the launcher finds the program that is to be tested in its build
directory, or gets it from a script that plays cmake.
"""

import fnmatch
import json
import os
import pathlib
import re
import shlex
import shutil
import subprocess
import sys
import tempfile
import unittest

import yaml

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT / "tests" / "pre_commit")]

from pre_commit_test import BAD, PROGRAM, write_script  # noqa: E402

SECONDS_MAX = 120  # A guard against waiting for ever.
WARNED = '{"DomainName": "sales", "ObjectTypeName": "Account", "Uri": "arn:aws:appflow:us-east-1:21098765432:flow/accounts"}\n'
TOLD = '{"DomainName": "sales", "ObjectTypeName": "Account", "Uri": "arn:aws:appflow:us-east-1:123456789012:flow/accounts"}\n'


def read_yaml(name):
    return yaml.safe_load((ROOT / name).read_text())


class Case(unittest.TestCase):
    maxDiff = None

    def setUp(self):
        scratch = os.environ.get("SCRATCH")
        if scratch:
            pathlib.Path(scratch).mkdir(parents=True, exist_ok=True)
        self.scratch = pathlib.Path(tempfile.mkdtemp(dir=scratch)).resolve()
        self.addCleanup(shutil.rmtree, self.scratch)
        self.work = self.scratch / "work"
        (self.work / "two words").mkdir(parents=True)
        (self.work / "bad.json").write_text(BAD)
        (self.work / "warned.json").write_text(WARNED)
        (self.work / "two words" / "told.json").write_text(TOLD)

    def checkout(self, launcher=f'exec "{PROGRAM}" "$@"\n'):
        """A folder with ci/, where something else plays the launcher."""
        folder = self.scratch / "check out"
        shutil.copytree(ROOT / "ci", folder / "ci")
        write_script(folder / "ci" / "connect-lint", launcher)
        return folder

    def run_in_work(self, *command, **environment):
        return subprocess.run(command, cwd=self.work, env={"PATH": "/usr/bin:/bin", "LC_ALL": "C.UTF-8", **environment}, stdin=subprocess.DEVNULL,
                              capture_output=True, timeout=SECONDS_MAX, text=True, check=False)


class JobTest(Case):
    """ci/job makes one call of the launcher of its variables."""

    def call(self, **variables):
        folder = self.checkout('printf "<%s>" "$@"\nexit 6\n')
        done = self.run_in_work(folder / "ci" / "job", **{f"CONNECT_LINT_{name.upper()}": value for name, value in variables.items()})
        shutil.rmtree(folder)
        self.assertEqual((6, ""), (done.returncode, done.stderr))
        return done.stdout

    def test_calls(self):
        for variables, expected in [
            ({}, "<check><--format><concise><--><.>"),
            ({"paths": "", "format": "", "arguments": ""}, "<check><--format><concise><--><.>"),
            ({"paths": "requests"}, "<check><--format><concise><--><requests>"),
            ({"paths": "a\n\n  two words \nb*\n-c\n"}, "<check><--format><concise><--><a><two words><b*><-c>"),
            ({"format": "json"}, "<check><--format><json><--><.>"),
            ({"format": "text  'sarif:of us.sarif'\n"}, "<check><--format><text><--format><sarif:of us.sarif><--><.>"),
            ({"arguments": " --fail-on  warning\n"}, "<check><--format><concise><--fail-on><warning><--><.>"),
            ({"arguments": "--placeholder '{{ x }}' --exclude \"*.old\""},
             "<check><--format><concise><--placeholder><{{ x }}><--exclude><*.old><--><.>"),
            ({"arguments": "--exclude $(touch x) ; touch y"}, "<check><--format><concise><--exclude><$(touch><x)><;><touch><y><--><.>"),
        ]:
            with self.subTest(variables):
                self.assertEqual(expected, self.call(**variables))

    def test_a_quote_that_is_not_closed(self):
        for name in ("ARGUMENTS", "FORMAT"):
            done = self.run_in_work(self.checkout() / "ci" / "job", **{f"CONNECT_LINT_{name}": "--exclude 'old"})
            shutil.rmtree(self.scratch / "check out")
            self.assertEqual((2, ""), (done.returncode, done.stdout))
            self.assertIn("ci/job: this cannot be cut into words: --exclude 'old\n", done.stderr)

    def test_the_launcher_knows_every_argument(self):
        done = self.run_in_work(self.checkout() / "ci" / "job", CONNECT_LINT_PATHS="bad.json\ntwo words\n")
        self.assertEqual(1, done.returncode)
        self.assertRegex(done.stdout, r"\Abad\.json:2:17: error: .* \[schema/pattern\]\n\Z")
        self.assertEqual("connect-lint: 2 files checked: 1 error\n", done.stderr)


class ActionTest(Case):
    """action.yml, run as GitHub runs it."""

    def setUp(self):
        super().setUp()
        self.summary = self.scratch / "summary.md"
        self.summary.touch()

    def run_action(self, folder, **given):
        action = read_yaml("action.yml")
        self.assertEqual("composite", action["runs"]["using"])
        self.assertLessEqual(set(given), set(action["inputs"]))
        inputs = {name: given.get(name, declared["default"]) for name, declared in action["inputs"].items()}
        (step,) = action["runs"]["steps"]
        used = set()

        def expand(found):
            used.add(found[1])
            return inputs[found[1]]

        environment = {name: re.sub(r"\$\{\{ inputs\.(\w+) \}\}", expand, value) for name, value in step["env"].items()}
        self.assertEqual(set(inputs), used)
        # An input in the text of a script would be run.
        self.assertNotIn("${{", step["run"] + "".join(environment.values()))
        self.assertEqual("bash", step["shell"])
        script = self.scratch / "step.sh"
        script.write_text(step["run"])
        # https://docs.github.com/en/actions/reference/workflow-syntax-for-github-actions: what `shell: bash` means
        return self.run_in_work("bash", "--noprofile", "--norc", "-e", "-o", "pipefail", script, GITHUB_ACTIONS="true", CI="true",
                                GITHUB_ACTION_PATH=str(folder), GITHUB_WORKSPACE=str(self.work), GITHUB_STEP_SUMMARY=str(self.summary), **environment)

    def test_inputs(self):
        self.assertEqual({"paths", "arguments", "format"}, set(read_yaml("action.yml")["inputs"]))

    def test_findings(self):
        folder = self.checkout()
        done = self.run_action(folder)
        self.assertEqual(1, done.returncode, done.stderr)
        lines = done.stdout.splitlines()
        self.assertEqual(f"::add-matcher::{folder}/ci/problem-matcher.json", lines[0])
        self.assertTrue((folder / "ci/problem-matcher.json").exists())
        self.assertEqual([f"::remove-matcher owner={matcher['owner']}::" for matcher in matchers()], lines[-2:])
        self.assertEqual(["./bad.json:2:17: error", "./warned.json:1:61: warning"], [": ".join(line.split(": ")[:2]) for line in lines[1:-2]])
        self.assertRegex(self.summary.read_text(), r"(?m)\A## connect-lint\n\n\|.*\n\|.*\n\| error \| \./bad\.json:2:17 \| ")

    def test_given_inputs(self):
        folder = self.checkout()
        done = self.run_action(folder, paths="two words\nwarned.json")
        self.assertEqual(0, done.returncode, done.stderr)
        done = self.run_action(folder, paths="warned.json", arguments="--fail-on warning", format="json")
        self.assertEqual(1, done.returncode, done.stderr)
        report = json.loads("\n".join(line for line in done.stdout.splitlines() if not line.startswith("::")))
        self.assertEqual(["warned.json"], [file["file"] for file in report["files"]])
        done = self.run_action(folder, format="github sarif:out.sarif")
        self.assertRegex(done.stdout, r"(?m)^::error file=\./bad\.json,line=2,")
        self.assertEqual("2.1.0", json.loads((self.work / "out.sarif").read_text())["version"])

    def test_not_built(self):
        done = self.run_action(self.checkout("echo cannot build >&2; exit 3\n"))
        self.assertEqual((3, "cannot build\n"), (done.returncode, done.stderr))

    def test_the_example_of_the_readme(self):
        blocks = re.findall(r"^```yaml\n(.*?)^```", (ROOT / "README.md").read_text(), flags=re.DOTALL | re.MULTILINE)
        (example,) = [yaml.safe_load(block) for block in blocks if "uses:" in block]
        (given,) = [step["with"] for step in example["jobs"]["connect-lint"]["steps"] if "/connect-lint@" in step["uses"]]
        (self.work / "requests").mkdir()
        shutil.move(self.work / "warned.json", self.work / "requests")
        self.assertEqual(1, self.run_action(self.checkout(), **given).returncode)


def matchers():
    return json.loads((ROOT / "ci" / "problem-matcher.json").read_text())["problemMatcher"]


def match(line):
    """What GitHub's runner makes of a line: the matchers are asked in turn."""
    for matcher in matchers():
        (pattern,) = matcher["pattern"]
        found = re.search(pattern["regexp"], line, flags=re.ASCII)
        if found:
            issue = {name: found[pattern[name]] for name in ("file", "line", "column", "message", "code")}
            return {**issue, "severity": found[pattern["severity"]] if "severity" in pattern else matcher["severity"]}
    return None


class ProblemMatcherTest(Case):
    """Each finding of the real output becomes one issue, and nothing else does."""

    SEVERITIES = {"error": "error", "warning": "warning", "info": "notice"}  # The words that GitHub's runner knows.

    def findings(self, *paths):
        done = self.run_in_work(PROGRAM, "check", "--show", "info", "--format", "json", *paths)
        return [
            {"file": file["file"], **{name: str(found["span"][name]) if "span" in found else None for name in ("line", "column")},
             "message": found["message"], "code": found["id"], "severity": self.SEVERITIES[found["severity"]]}
            for file in json.loads(done.stdout)["files"] for found in file["diagnostics"]
        ]

    def issues(self, form, *paths):
        done = self.run_in_work(PROGRAM, "check", "--show", "info", "--format", form, *paths)
        return [issue for line in (done.stdout + done.stderr).splitlines() for issue in [match(line)] if issue]

    def compare(self, expected, *paths):
        for form in ("concise", "text"):
            with self.subTest(form):
                self.assertEqual(expected, self.issues(form, *paths))

    def test_owners(self):
        owners = [matcher["owner"] for matcher in matchers()]
        self.assertEqual(len(owners), len(set(owners)))
        self.assertIn("printf '::remove-matcher owner=%s::\\n' " + " ".join(owners) + "\n", (ROOT / "ci" / "job").read_text())

    def test_every_severity(self):
        expected = self.findings("bad.json", "warned.json", "two words/told.json")
        self.assertLessEqual({("bad.json", "error"), ("warned.json", "warning"), ("two words/told.json", "notice")},
                             {(issue["file"], issue["severity"]) for issue in expected})
        self.compare(expected, "bad.json", "warned.json", "two words/told.json")

    def test_recorded_requests(self):
        names = [path for path in sorted((ROOT / "tests" / "golden").glob("fails-*.json"))]
        expected = self.findings(*names)
        self.assertGreater(len(expected), 150)
        self.assertEqual(set(self.SEVERITIES.values()), {issue["severity"] for issue in expected})
        self.compare(expected, *names)

    def test_odd_names(self):
        for name in ("a: b.json", "a:1:2.json", "[x].json", "é (1).json"):
            with self.subTest(name):
                (self.work / name).write_text(BAD)
                self.compare(self.findings(name), name)

    def test_findings_without_a_place(self):
        self.assertEqual({"file": "x.json", "line": None, "column": None, "message": "cannot read `x.json`: permission denied", "code": "document/unreadable",
                          "severity": "error"}, match("x.json: error: cannot read `x.json`: permission denied [document/unreadable]"))

    def test_other_lines(self):
        for line in ("", "connect-lint: 1 file checked: 2 errors", "a.json: and 1 more", "   = note: a.json:1:2: the other one", "  = help: write `x`",
                     "src/a.cc:1:2: error: expected [-Wx]", "a.json:1:2: fatal: x [a/b]"):
            self.assertIsNone(match(line), line)


class GitlabTest(Case):
    def test_the_job(self):
        template = read_yaml("ci/gitlab.yml")
        self.assertEqual({"variables", "connect-lint"}, set(template))
        job = template["connect-lint"]
        # A clone of what is here stands where the job clones it to; packages are there.
        opt = self.checkout()
        write_script(self.scratch / "fakes" / "apt-get", "exit 0\n")
        write_script(self.scratch / "fakes" / "git", f'printf "<%s>" "$@" >"{self.scratch}/cloned"\n')
        commands = [line.replace("/opt/connect-lint", shlex.quote(str(opt))) for line in [*job["before_script"], *job["script"]]]
        environment = {**template["variables"], "CONNECT_LINT_REPOSITORY": "https://git.example.com/tools/connect-lint.git",
                       "PATH": f"{self.scratch}/fakes:/usr/bin:/bin"}
        for shell in ("bash", "sh"):
            with self.subTest(shell):
                done = self.run_in_work(shell, "-e", "-c", "\n".join(commands), **environment)
                self.assertEqual(1, done.returncode, done.stderr)
                self.assertRegex(done.stdout, r"(?m)\A\./bad\.json:2:17: error: .*\n\./warned\.json:1:61: warning: .*\n\Z")
                report = self.work / job["artifacts"]["reports"]["codequality"]
                self.assertEqual(["bad.json", "warned.json"], [issue["location"]["path"] for issue in json.loads(report.read_text())])
                report.unlink()
                self.assertEqual(f"<clone><--quiet><--depth><1><--branch><main><https://git.example.com/tools/connect-lint.git><{opt}>",
                                 (self.scratch / "cloned").read_text())
                del environment["CONNECT_LINT_REPOSITORY"]
                done = self.run_in_work(shell, "-e", "-c", "\n".join(commands), **environment)
                self.assertNotEqual(0, done.returncode)
                self.assertIn("CONNECT_LINT_REPOSITORY: is to say where connect-lint is cloned from", done.stderr)
                environment["CONNECT_LINT_REPOSITORY"] = "https://git.example.com/tools/connect-lint.git"

    def test_what_it_keeps(self):
        job = read_yaml("ci/gitlab.yml")["connect-lint"]
        # A hidden folder: it is not looked at when the job checks the project.
        self.assertEqual(["$CI_PROJECT_DIR/" + path.rstrip("/") for path in job["cache"]["paths"]], [job["variables"]["CONNECT_LINT_BUILD_DIR"]])
        self.assertTrue(all(path.startswith(".") for path in job["cache"]["paths"]))


def instructions():
    text = re.sub(r"^#.*\n", "", (ROOT / "Dockerfile").read_text(), flags=re.MULTILINE)
    return [line.split(None, 1) for line in text.splitlines() if line]


def stages():
    result = []
    for word, rest in instructions():
        if word == "FROM":
            result.append([])
        result[-1].append((word, rest))
    return result


def left_out_of_the_context(path):
    """Whether .dockerignore leaves a file out: of its lines, the last one that fits decides."""
    out = False
    for line in (ROOT / ".dockerignore").read_text().splitlines():
        pattern = line.removeprefix("!")
        parts = path.split("/")
        begins = ["/".join(parts[:count]) for count in range(1, len(parts) + 1)]
        if pattern.startswith("**/"):
            fits = pattern[3:] in parts
        else:
            fits = any(fnmatch.fnmatchcase(begin, pattern) and begin.count("/") == pattern.count("/") for begin in begins)
        if fits:
            out = not line.startswith("!")
    return out


class DockerfileTest(Case):
    def test_stages(self):
        build, image = stages()
        self.assertEqual(("FROM", "debian:12-slim AS build"), build[0])
        self.assertEqual(("FROM", "scratch"), image[0])
        self.assertEqual({"FROM", "COPY", "ENV", "WORKDIR", "ENTRYPOINT"}, {word for word, _ in image})

    def test_the_context(self):
        for path in ("build/release/connect-lint", ".git/config", "tests/CMakeLists.txt", "README.md", "ci/__pycache__/a.pyc"):
            self.assertTrue(left_out_of_the_context(path), path)
        inputs = re.search(r"exec find -L (.*?) \"\$@\"", (ROOT / "ci" / "connect-lint").read_text())[1].split()
        copied = {source for word, rest in stages()[0] if word == "COPY" for source in rest.split()[:-1]}
        self.assertEqual(set(inputs), copied - {"ci/packages"})
        for path in [*copied, "ci/packages", "src/cli/main.cc", "rules/README.md"]:
            self.assertTrue((ROOT / path).exists(), path)
            self.assertFalse(left_out_of_the_context(path), path)

    def test_the_build(self):
        """Its steps, where cmake is a script that puts the program into the build directory."""
        fakes = self.scratch / "fakes"
        write_script(fakes / "cmake", f"""
while [[ $# -gt 0 ]]; do
  [[ $1 != -B ]] || mkdir --parents "$2"
  [[ $1 != --build ]] || cp "{PROGRAM}" "$2"
  shift
done
""")
        write_script(fakes / "dpkg-query", 'for name; do [[ $name == --* ]] || printf "%s installed\\n" "$name"; done\n')
        build, image = stages()
        folder = self.scratch / "image"
        here = folder
        printed = ""
        for word, rest in build[1:]:
            if word == "WORKDIR":
                here = folder / rest.lstrip("/")
                here.mkdir(parents=True)
            elif word == "COPY":
                *sources, target = rest.split()
                for source in sources:
                    if (ROOT / source).is_dir():
                        shutil.copytree(ROOT / source, here / target, dirs_exist_ok=True, ignore=shutil.ignore_patterns("__pycache__"))
                    else:
                        (here / target).mkdir(exist_ok=True)
                        shutil.copy(ROOT / source, here / target)
            else:
                self.assertEqual("RUN", word)
                done = subprocess.run(["/bin/sh", "-c", rest], cwd=here, env={"PATH": f"{fakes}:/usr/bin:/bin"}, stdin=subprocess.DEVNULL,
                                      capture_output=True, timeout=SECONDS_MAX, text=True, check=False)
                self.assertEqual(0, done.returncode, done.stderr)
                printed += done.stdout
        self.assertRegex(printed, r"\Aconnect-lint [0-9.]+ .*\n\Z")

        ((source, target),) = [rest.removeprefix("--from=build ").split() for word, rest in image if word == "COPY"]
        self.assertEqual(PROGRAM.read_bytes(), (folder / source.lstrip("/")).read_bytes())
        settings = dict(image)
        self.assertEqual([target + PROGRAM.name], json.loads(settings["ENTRYPOINT"]))
        # Hooks and people name the program without its folder.
        self.assertEqual("PATH=" + target.rstrip("/"), settings["ENV"])

    def test_the_program_needs_no_libraries(self):
        done = self.run_in_work("readelf", "--wide", "--program-headers", "--dynamic", PROGRAM)
        self.assertEqual(0, done.returncode, done.stderr)
        self.assertNotIn("INTERP", done.stdout)
        self.assertNotIn("NEEDED", done.stdout)


if __name__ == "__main__":
    unittest.main()
