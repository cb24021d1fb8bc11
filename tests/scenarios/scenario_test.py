#!/usr/bin/python3
"""Runs the scenarios: what the command line does, one story in each *.txt of this folder.

    # What the story is about.
    == file: requests/sales.json
    {"DomainName": "sales"}
    == run
    connect-lint requests/sales.json
    == status: 1
    == stdout
    ...
    == stderr
    ...

Lines before the first section are about the story. Files are made in an empty folder, where every command runs (in bash; all lines up to
the next section; standard input is empty). A file stays until the story ends. A command without a status exits with 0; without stdout or
stderr it prints nothing there. More commands may follow, with more files between them. In outputs, <version> stands for the version.
Commands find the repository in $ROOT.

    CONNECT_LINT=build/release/connect-lint SCRATCH=scratch tests/scenarios/scenario_test.py [--write | --check] [NAME...]

--write puts what the commands print into the stories (ci/golden does that), --check only lists those that differ.
"""

import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import unittest

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parents[1]
SECTION = re.compile(r"^== (file|run|status|stdout|stderr)(?:: (.*))?$")
SECONDS_MAX = 300  # A guard: nothing here takes a second.


class Broken(Exception):
    """The story itself is wrong."""


class Section:
    def __init__(self, kind, value, line):
        self.kind = kind
        self.value = value
        self.line = line
        self.text = ""


def parse(text):
    """The head of a story and its sections."""
    head, sections = "", []
    for number, line in enumerate(text.splitlines(keepends=True), 1):
        found = SECTION.match(line.rstrip("\n"))
        if found:
            sections.append(Section(found[1], found[2], number))
        elif line.startswith("== "):
            raise Broken(f"line {number}: no such section: {line.strip()}")
        elif sections:
            sections[-1].text += line
        else:
            head += line
    if not any(section.kind == "run" for section in sections):
        raise Broken("nothing is run")
    return head, sections


class Step:
    """Files to make, then a command with what is expected of it."""

    def __init__(self, sections):
        self.files = []
        self.run = None
        self.expected = {"status": "0", "stdout": "", "stderr": ""}
        for section in sections:
            if section.kind == "file":
                self.files.append((section.value, section.text))
            elif section.kind == "run":
                self.run = section
            else:
                self.expected[section.kind] = section.value if section.kind == "status" else section.text


def steps_of(sections):
    """Cuts the sections behind each command and its expectations."""
    steps, group = [], []
    for section in sections:
        if section.kind in ("file", "run") and any(one.kind == "run" for one in group):
            steps.append(Step(group))
            group = []
        group.append(section)
    if not any(one.kind == "run" for one in group):
        raise Broken(f"line {group[0].line}: files that no command uses")
    return [*steps, Step(group)]


def version():
    return re.search(r"project\(connect_lint VERSION (\S+)", (ROOT / "CMakeLists.txt").read_text())[1]


class Stage:
    """The empty folder of one story, and the program on the PATH."""

    def __init__(self, program):
        self.folder = pathlib.Path(tempfile.mkdtemp(dir=scratch()))
        (self.folder / "bin").mkdir()
        (self.folder / "here").mkdir()
        (self.folder / "bin" / "connect-lint").symlink_to(program)
        self.environment = {name: value for name, value in os.environ.items()
                            if name.startswith(("ASAN_", "UBSAN_", "LSAN_"))}
        self.environment.update(PATH=f"{self.folder}/bin:/usr/bin:/bin", ROOT=str(ROOT), LC_ALL="C")

    def play(self, step):
        for name, text in step.files:
            path = self.folder / "here" / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text)
        done = subprocess.run(["bash", "-c", step.run.text], cwd=self.folder / "here", stdin=subprocess.DEVNULL, capture_output=True,
                              env=self.environment, timeout=SECONDS_MAX, check=False)
        return {"status": str(done.returncode), "stdout": self.plain(done.stdout), "stderr": self.plain(done.stderr)}

    @staticmethod
    def plain(output):
        text = output.decode("utf-8", "backslashreplace")
        return re.sub(rf"(connect-lint |\"version\":\"){re.escape(version())}", r"\1<version>", text)

    def close(self):
        for path in self.folder.rglob("*"):
            if path.is_dir() and not path.is_symlink():
                path.chmod(0o700)
        shutil.rmtree(self.folder)


def scratch():
    """A place for files; everybody may look into it."""
    if "SCRATCH" not in os.environ:
        return None
    folder = pathlib.Path(os.environ["SCRATCH"])
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def program():
    path = os.environ.get("CONNECT_LINT")
    if not path:
        sys.exit("CONNECT_LINT has to name the program")
    return pathlib.Path(path).resolve()


def stories():
    """Those that are named; all without names."""
    wanted = [name for name in sys.argv[1:] if not name.startswith("-")]
    return sorted(path for path in HERE.glob("*.txt") if path.name != "CMakeLists.txt" and (not wanted or path.stem in wanted))


def text_of(story):
    return story.read_bytes().decode()  # As it is: a line may end in CRLF.


def play(story):
    """Pairs of steps and what they gave."""
    _, sections = parse(text_of(story))
    stage = Stage(program())
    try:
        return [(step, stage.play(step)) for step in steps_of(sections)]
    finally:
        stage.close()


def ending(text):
    return text if text.endswith("\n") or not text else text + "\n"


def rewritten(story):
    """The text of a story with what its commands really give."""
    head, sections = parse(text_of(story))
    text = head
    results = {step.run.line: given for step, given in play(story)}
    for section in sections:
        if section.kind == "file":
            text += f"== file: {section.value}\n{section.text}"
        elif section.kind == "run":
            text += f"== run\n{section.text}"
            given = results[section.line]
            if given["status"] != "0":
                text += f"== status: {given['status']}\n"
            for kind in ("stdout", "stderr"):
                if given[kind]:
                    text += f"== {kind}\n{ending(given[kind])}"
    return text


class ScenarioTest(unittest.TestCase):
    maxDiff = None

    def test_scenarios(self):
        self.assertTrue(stories())
        for story in stories():
            with self.subTest(story.stem):
                for step, given in play(story):
                    self.assertEqual({**step.expected, "at": f"{story.name}:{step.run.line}"},
                                     {**given, "stdout": ending(given["stdout"]), "stderr": ending(given["stderr"]),
                                      "at": f"{story.name}:{step.run.line}"})


class RunnerTest(unittest.TestCase):
    """A runner that is always content is worth nothing."""

    def test_parsing(self):
        head, sections = parse("About.\n== file: a/b\n{}\n== run\nx\ny\n== status: 2\n== stderr\nno\n== run\nz\n")
        self.assertEqual("About.\n", head)
        first, second = steps_of(sections)
        self.assertEqual([("a/b", "{}\n")], first.files)
        self.assertEqual("x\ny\n", first.run.text)
        self.assertEqual({"status": "2", "stdout": "", "stderr": "no\n"}, first.expected)
        self.assertEqual({"status": "0", "stdout": "", "stderr": ""}, second.expected)
        for wrong in ("== file: a\n", "== stdin\n== run\nx\n", "words\n"):
            with self.assertRaises(Broken):
                steps_of(parse(wrong)[1])
        with self.assertRaises(Broken):
            steps_of(parse("== run\nx\n== file: a\n")[1])

    def test_outputs_are_seen(self):
        stage = Stage(program())
        try:
            _, sections = parse("== file: a/b\nhello\n== run\ncat a/b; echo no >&2; exit 5\n")
            self.assertEqual({"status": "5", "stdout": "hello\n", "stderr": "no\n"}, stage.play(steps_of(sections)[0]))
        finally:
            stage.close()


if __name__ == "__main__":
    if "--write" in sys.argv or "--check" in sys.argv:
        changed = {one: text for one in stories() if (text := rewritten(one)) != text_of(one)}
        for one, text in changed.items():
            print(one.name)
            if "--write" in sys.argv:
                one.write_text(text, newline="")
        sys.exit(1 if changed and "--check" in sys.argv else 0)
    else:
        unittest.main(argv=sys.argv[:1])
