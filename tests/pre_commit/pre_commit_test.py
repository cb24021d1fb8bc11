#!/usr/bin/python3
"""The hooks of .pre-commit-hooks.yaml in Debian's pre-commit, on repositories with good, bad and foreign files.

    CONNECT_LINT=build/release/connect-lint SCRATCH=scratch tests/pre_commit/pre_commit_test.py

The hooks come from a repository made of the files that are here now, committed or not. They find the program that is to be tested on
PATH: nothing is built. There is no network, and docker is played by a script.
"""

import json
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import unittest

import yaml

ROOT = pathlib.Path(__file__).resolve().parents[2]
PRE_COMMIT = "/usr/bin/pre-commit"
SECONDS_MAX = 120  # A guard against waiting for ever.

GOOD = '{"DomainName": "sales", "ObjectTypeName": "Account", "Uri": "arn:aws:appflow:us-east-1:210987654321:flow/accounts"}\n'
BAD = '{\n  "DomainName": "sales domain",\n  "ObjectTypeName": "Account",\n  "Uri": "s3://sales-exports"\n}\n'
GOOD_FILES = {
    "good.json": GOOD,
    "requests/good.yaml": "DomainName: sales\nObjectTypeName: Account\nUri: arn:aws:appflow:us-east-1:210987654321:flow/accounts\n",
}
# Among them what nobody can parse: a template, comments, several documents, nothing at all.
FOREIGN_FILES = {
    "package.json": '{"name": "left-pad", "version": "1.0.0"}\n',
    "tsconfig.json": '{\n  // settings\n  "compilerOptions": {\n',
    "chart/templates/service.yaml": "{{- if .Values.enabled }}\nkind: Service\n{{- end }}\n",
    "cluster.yaml": "kind: Service\n---\nkind: Deployment\n",
    "empty.json": "",
    "notes.txt": "sales domain\n",
}
BAD_FILES = {
    "bad.json": BAD,
    "requests/bad file.yaml": "ObjectTypeName: Account\nUri: s3://sales-exports\nDomainName: sales domain\n",
    "cut.json": '{"DomainName": "sales",\n',
}
BAD_PLACES = ["bad.json:2:17", "cut.json:1:24", "requests/bad file.yaml:3:13"]


def program():
    path = os.environ.get("CONNECT_LINT")
    if not path:
        sys.exit("pre_commit_test.py: CONNECT_LINT has to name the program")
    return pathlib.Path(path).resolve()


PROGRAM = program()


def write_script(path, text):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("#!/bin/bash -p\n" + text)
    path.chmod(0o755)


def write_files(folder, files):
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)


def places(output):
    """Where findings are, sorted."""
    return sorted(re.findall(r"^(\S.*?:\d+:\d+): (?:error|warning): ", output, flags=re.MULTILINE))


class Case(unittest.TestCase):
    maxDiff = None

    @classmethod
    def setUpClass(cls):
        scratch = os.environ.get("SCRATCH")
        if scratch:
            pathlib.Path(scratch).mkdir(parents=True, exist_ok=True)
        cls.scratch = pathlib.Path(tempfile.mkdtemp(dir=scratch)).resolve()
        cls.addClassCleanup(shutil.rmtree, cls.scratch)
        cls.calls = cls.scratch / "calls"
        cls.environment = {
            "PATH": f"{cls.scratch}/bin:/usr/bin:/bin",
            "HOME": str(cls.scratch / "home"),
            "PRE_COMMIT_HOME": str(cls.scratch / "pre-commit"),
            "LC_ALL": "C.UTF-8",
            "GIT_CONFIG_GLOBAL": "/dev/null",
            "GIT_CONFIG_NOSYSTEM": "1",
            **{f"GIT_{role}_{what}": f"somebody{'@example.com' * (what == 'EMAIL')}" for role in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")},
            # Whatever wants to build or to reach the network fails.
            "CONNECT_LINT_BUILD_DIR": "/dev/null/none",
            "http_proxy": "http://127.0.0.1:9",
            "https_proxy": "http://127.0.0.1:9",
        }
        write_script(cls.scratch / "bin" / "connect-lint",
                     f'[[ $1 == --version ]] || printf "%s\\n" "$#" >>"{cls.calls}"\nexec "{PROGRAM}" "$@"\n')

    def setUp(self):
        self.calls.unlink(missing_ok=True)

    @classmethod
    def run_in(cls, folder, *command, **environment):
        return subprocess.run(command, cwd=folder, env={**cls.environment, **environment}, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                              stderr=subprocess.STDOUT, timeout=SECONDS_MAX, text=True, check=False)

    @classmethod
    def git(cls, folder, *arguments):
        done = cls.run_in(folder, "git", *arguments)
        if done.returncode != 0:
            raise AssertionError(f"git {arguments}: {done.stdout}")
        return done.stdout.strip()

    @classmethod
    def make_repository(cls, files, base=None):
        folder = pathlib.Path(tempfile.mkdtemp(dir=cls.scratch))
        if base:
            shutil.copytree(base, folder, symlinks=True, dirs_exist_ok=True,
                            ignore=shutil.ignore_patterns(".git", "build", "node_modules", "__pycache__"))
        write_files(folder, files)
        cls.git(folder, "init", "--quiet", "--initial-branch", "main")
        cls.git(folder, "add", "--all")
        cls.git(folder, "commit", "--quiet", "--no-verify", "--message", "start")
        return folder


class HookTest(Case):
    """pre-commit runs the hooks."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.hooks = cls.make_repository({}, base=ROOT)
        cls.revision = cls.git(cls.hooks, "rev-parse", "HEAD")

    def configuration(self, hook, **keys):
        hooks = [{"id": hook, **keys}]
        return {".pre-commit-config.yaml": json.dumps({"repos": [{"repo": str(self.hooks), "rev": self.revision, "hooks": hooks}]})}

    def repository(self, hook, files, **keys):
        return self.make_repository({**files, **self.configuration(hook, **keys)})

    def run_hook(self, folder, *arguments, **environment):
        return self.run_in(folder, PRE_COMMIT, "run", "--color", "never", *arguments, **environment)

    def passes(self, done):
        """With one line: the hook's name and that it passed."""
        self.assertEqual(0, done.returncode, done.stdout)
        self.assertRegex(done.stdout, r"\A(?:\[INFO\].*\n)*connect-lint\.+Passed\n\Z")

    def fails_as_it_should(self, done):
        self.assertEqual(1, done.returncode, done.stdout)
        self.assertEqual(BAD_PLACES, places(done.stdout))
        self.assertRegex(done.stdout, r"(?m)^bad\.json:2:17: error: .* \[schema/pattern\]\n")
        for quiet in [*GOOD_FILES, *FOREIGN_FILES]:
            self.assertNotIn(quiet, done.stdout)
        self.assertNotIn("checked", done.stdout)  # No summary: each of several processes would have one.

    def finds_what_is_bad(self, hook, **environment):
        folder = self.repository(hook, {**GOOD_FILES, **FOREIGN_FILES, **BAD_FILES})
        self.fails_as_it_should(self.run_hook(folder, "--all-files", **environment))
        for name in BAD_FILES:
            (folder / name).unlink()
        self.git(folder, "add", "--all")
        self.passes(self.run_hook(folder, "--all-files", **environment))
        # Three requests and six foreign files of the types, then without the bad ones; the configuration is YAML, too.
        files = len(GOOD_FILES) + len(FOREIGN_FILES)
        self.assertEqual([files + len(BAD_FILES), files], [int(count) - len(["check", "--as-found", "--quiet"]) for count in self.calls.read_text().split()])

    def test_the_hook_that_corrects(self):
        wrong = '{"DomainName": "sales", "ObjectTypeName": "Account", "Uri": "arn:aws:s3:::b",}\n'
        folder = self.repository("connect-lint-fix", {"put-integration.json": wrong, "package.json": '{"name": "a",}\n'})
        done = self.run_hook(folder, "--all-files")
        self.assertEqual(1, done.returncode, done.stdout)  # What was changed has to be added again.
        self.assertIn("files were modified by this hook", done.stdout)
        self.assertEqual(wrong.replace(",}", "}"), (folder / "put-integration.json").read_text())
        self.assertEqual('{"name": "a",}\n', (folder / "package.json").read_text())
        self.git(folder, "add", "--all")
        done = self.run_hook(folder, "--all-files")
        self.assertEqual(0, done.returncode, done.stdout)

    def test_the_manifest(self):
        done = self.run_in(self.hooks, PRE_COMMIT, "validate-manifest", ".pre-commit-hooks.yaml")
        self.assertEqual((0, ""), (done.returncode, done.stdout))
        hooks = {hook["id"]: hook for hook in yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text())}
        self.assertEqual({"connect-lint": "script", "connect-lint-fix": "script", "connect-lint-system": "system", "connect-lint-docker": "docker"},
                         {name: hook["language"] for name, hook in hooks.items()})
        entries = {name: hook["entry"].split() for name, hook in hooks.items()}
        self.assertEqual([*entries["connect-lint"], "--fix"], entries["connect-lint-fix"])
        for name, hook in hooks.items():
            self.assertEqual(["json", "yaml"], hook["types_or"])
            self.assertEqual(entries["connect-lint"][1:], [word for word in entries[name][1:] if word != "--fix"])

    def test_script(self):
        self.finds_what_is_bad("connect-lint")

    def test_system(self):
        self.finds_what_is_bad("connect-lint-system")

    def test_docker(self):
        docker = self.scratch / "docker"
        said = self.scratch / "docker.said"
        # `docker run ... --entrypoint PROGRAM IMAGE ARGUMENT...` runs the program right here; pre-commit can do without `docker inspect`.
        write_script(docker / "docker", f"""
case $1 in
  build) [[ -r Dockerfile ]] && printf 'build %s\\n' "${{*: -1}}" >>"{said}" ;;
  run)
    while [[ $1 != --entrypoint ]]; do shift; done
    printf 'run %s\\n' "$2" >>"{said}"
    exec "$2" "${{@:4}}"
    ;;
  *) exit 1 ;;
esac
""")
        self.finds_what_is_bad("connect-lint-docker", PATH=f"{docker}:{self.environment['PATH']}")
        self.assertEqual({"build .", "run connect-lint"}, set(said.read_text().splitlines()))

    def test_try_repo(self):
        folder = self.make_repository({**GOOD_FILES, **FOREIGN_FILES, **BAD_FILES})
        done = self.run_in(folder, PRE_COMMIT, "try-repo", "--color", "never", str(self.hooks), "connect-lint", "--all-files")
        self.fails_as_it_should(done)

    def test_commits(self):
        folder = self.repository("connect-lint", GOOD_FILES)
        self.assertEqual(0, self.run_in(folder, PRE_COMMIT, "install").returncode)
        start = self.git(folder, "rev-parse", "HEAD")

        def commit(files):
            write_files(folder, files)
            self.git(folder, "add", "--", *files)
            return self.run_in(folder, "git", "commit", "--message", "more")

        done = commit({**BAD_FILES, "requests/more.json": GOOD})
        self.fails_as_it_should(done)
        self.assertEqual(start, self.git(folder, "rev-parse", "HEAD"))
        self.git(folder, "rm", "--quiet", "--cached", "--", *BAD_FILES)
        done = self.run_in(folder, "git", "commit", "--message", "more")
        self.assertEqual(0, done.returncode, done.stdout)
        done = commit({"notes.txt": "nothing of ours\n"})
        self.assertEqual(0, done.returncode, done.stdout)
        self.assertIn("Skipped", done.stdout)

    def test_arguments_and_configuration(self):
        warned = {"unusual.json": GOOD.replace("210987654321", "21098765432")}  # An account of eleven digits is a warning.
        self.passes(self.run_hook(self.repository("connect-lint", warned), "--all-files"))
        done = self.run_hook(self.repository("connect-lint", {**warned, **FOREIGN_FILES}, args=["--fail-on", "warning"]), "--all-files")
        self.assertEqual(1, done.returncode, done.stdout)
        self.assertEqual(["unusual.json"], [place.split(":")[0] for place in places(done.stdout)])
        excluded = {"old/bad.json": BAD, ".connect-lint.yaml": "exclude: [old/]\n"}
        self.passes(self.run_hook(self.repository("connect-lint", excluded), "--all-files"))

    def many(self, processes, **keys):
        bad = sorted(f"requests/{number:04}.json:2:17" for number in range(0, 2000, 50))
        files = {}
        for number in range(2000):
            name = f"requests/{number:04}.json"
            files[name] = BAD if f"{name}:2:17" in bad else GOOD if number % 3 else FOREIGN_FILES["tsconfig.json"]
        # pre-commit takes two processors there, whatever the machine has.
        done = self.run_hook(self.repository("connect-lint", files, **keys), "--all-files", TRAVIS="1")
        self.assertEqual(1, done.returncode, done.stdout)
        self.assertEqual(bad, places(done.stdout))
        self.assertEqual(set(bad), set(re.findall(r"requests/[\w.:]*\w", done.stdout)))
        self.assertEqual(processes, len(self.calls.read_text().split()))

    def test_many_files(self):
        self.many(1)

    def test_many_files_in_several_processes(self):
        self.many(2, require_serial=False)

    def test_the_example_of_the_readme(self):
        examples = [block for block in re.findall(r"^```yaml\n(.*?)^```", (ROOT / "README.md").read_text(), flags=re.DOTALL | re.MULTILINE) if "repos:" in block]
        self.assertEqual(1, len(examples))
        example = yaml.safe_load(examples[0])
        for repository in example["repos"]:
            repository.update(repo=str(self.hooks), rev=self.revision)
        files = {**GOOD_FILES, **FOREIGN_FILES, **BAD_FILES, ".pre-commit-config.yaml": json.dumps(example)}
        self.fails_as_it_should(self.run_hook(self.make_repository(files), "--all-files"))


class ProgramTest(Case):
    """ci/pre-commit chooses between an installed program and the launcher."""

    def setUp(self):
        super().setUp()
        self.tree = pathlib.Path(tempfile.mkdtemp(dir=self.scratch))
        (self.tree / "ci").mkdir()
        shutil.copy(ROOT / "ci" / "pre-commit", self.tree / "ci")
        shutil.copy(ROOT / "CMakeLists.txt", self.tree)
        self.version = re.search(r"^project\(.* VERSION ([0-9.]+)", (ROOT / "CMakeLists.txt").read_text(), flags=re.MULTILINE)[1]
        write_script(self.tree / "ci" / "connect-lint", 'printf "launcher:"\nprintf " <%s>" "$@"\nexit 7\n')
        self.tools = self.tree / "tools"
        self.tools.mkdir()
        (self.tools / "readlink").symlink_to(shutil.which("readlink"))

    def hook(self, said, script="ci/pre-commit", cwd=None):
        """What is run when an installed program says this to --version."""
        if said is not None:
            write_script(self.tools / "connect-lint", f'[[ $1 != --version ]] || {{ {said}; exit; }}\nprintf "installed:"\nprintf " <%s>" "$@"\nexit 5\n')
        done = self.run_in(cwd or self.tree, self.tree / script, "check", "a b.json", PATH=str(self.tools))
        self.assertEqual({"launcher": 7, "installed": 5}[done.stdout.split(":")[0]], done.returncode)
        program_run, arguments = done.stdout.split(": ")
        self.assertEqual("<check> <a b.json>", arguments)
        return program_run

    def test_nothing_installed(self):
        self.assertEqual("launcher", self.hook(None))

    def test_installed(self):
        for said, expected in [
            (f"echo connect-lint {self.version}", "installed"),
            (f"echo 'connect-lint {self.version} (service model 2020-08-15)'", "installed"),
            (f"echo connect-lint {self.version}.1", "launcher"),
            (f"echo connect-lint {self.version}-beta", "launcher"),
            ("echo connect-lint 99.0.0", "launcher"),
            ("echo connect-lint", "launcher"),
            (f"echo another-lint {self.version}", "launcher"),
            (f"echo {self.version}", "launcher"),
            ("true", "launcher"),
            ("echo cannot run >&2; false", "launcher"),
        ]:
            with self.subTest(said):
                self.assertEqual(expected, self.hook(said))

    def test_what_this_program_says(self):
        self.assertEqual("installed", self.hook(f'"{PROGRAM}" --version'))

    def test_from_elsewhere(self):
        (self.tree / "elsewhere").mkdir()
        (self.tree / "elsewhere" / "hook").symlink_to("../ci/pre-commit")
        self.assertEqual("launcher", self.hook(None, script="elsewhere/hook", cwd="/"))


if __name__ == "__main__":
    unittest.main()
