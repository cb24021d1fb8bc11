#!/usr/bin/python3
"""The repository lints itself: include order, names, forbidden things, and examples that are what the program prints.

    CONNECT_LINT=build/release/connect-lint tests/repo/repo_test.py [--compiler g++]

Each check is a function from texts to complaints. CanFail feeds it wrong texts, so that none of them is always content.
"""

import argparse
import os
import pathlib
import re
import shlex
import subprocess
import sys
import tempfile
import unittest

ROOT = pathlib.Path(__file__).resolve().parents[2]
SOURCE_SUFFIXES = (".cc", ".h")
compiler = "c++"

# --- What the checks look at --------------------------------------------------


def files_below(*names):
    """The files of the repository below these folders as {path: text}; what is no text is left out."""
    files = {}
    for name in names:
        top = ROOT / name
        for path in [top] if top.is_file() else sorted(top.rglob("*")):
            if {"node_modules", "__pycache__"} & set(path.parts) or not path.is_file() or path.is_symlink():
                continue
            try:
                files[path.relative_to(ROOT).as_posix()] = path.read_bytes().decode()
            except UnicodeDecodeError:
                pass
    return files


def sources():
    return {path: text for path, text in files_below("src").items() if path.endswith(SOURCE_SUFFIXES)}


def without_comments(text):
    """C++ without comments; good enough for looking for words."""
    return re.sub(r"//[^\n]*|/\*.*?\*/", "", text, flags=re.DOTALL)


# --- Includes -----------------------------------------------------------------

# What each folder may include besides itself: what stands left of it. The doors and the two of `lint, report` do not know each
# other, and a report needs no more than a diagnostic and the text it points at.
LEFT_TO_RIGHT = ("connect_lint", "base", "source", "document", "request", "schema", "jsonpath", "rules", "lint")
ALLOWED = {folder: set(LEFT_TO_RIGHT[: index + 1]) for index, folder in enumerate(LEFT_TO_RIGHT)}
ALLOWED["report"] = {"connect_lint", "base", "source", "report"}
for door in ("cli", "c_api", "lsp"):
    ALLOWED[door] = set(LEFT_TO_RIGHT) | {"report", door}

INCLUDE = re.compile(r'^[ \t]*#[ \t]*include[ \t]*(?:"([^"]+)"|<([^>]+)>)', re.MULTILINE)


def included(text):
    """The included names, and whether they stand between quotes."""
    return [(ours or theirs, bool(ours)) for ours, theirs in INCLUDE.findall(text)]


def steps_to_the_right(files):
    complaints = []
    for path, text in files.items():
        folder = path.split("/")[1]
        if folder not in ALLOWED:
            complaints.append(f"{path}: the folder {folder} has no place in the include order")
            continue
        for name, quoted in included(text):
            target = name.split("/")[0]
            if "/" not in name or not (quoted or target in ALLOWED):
                if quoted:
                    complaints.append(f"{path}: \"{name}\" is not written from src/ on")
                continue
            if target not in ALLOWED[folder]:
                complaints.append(f"{path}: {folder} may not include {name}")
    return complaints


# Libraries that stay behind one file: what is included, and by whom.
CONFINED = {
    "regex": (),
    "valijson/": ("src/schema/lower.cc",),
    "re2/": ("src/base/pattern.cc",),
    "yaml.h": ("src/document/yaml_events.cc",),
    "CLI/": ("src/cli/arguments.cc",),
}


def strayed_libraries(files):
    return [
        f"{path}: includes <{name}>, which " + (f"is for {', '.join(allowed)}" if allowed else "is banned")
        for path, text in files.items()
        for name, _ in included(text)
        for library, allowed in CONFINED.items()
        if (name == library or (library.endswith("/") and name.startswith(library))) and path not in allowed
    ]


def standard_regexes(files):
    return [f"{path}: std::regex is banned: it crashes on long texts" for path, text in files.items() if re.search(r"\bstd::w?regex", without_comments(text))]


def public_header_includes(files):
    """Public headers include the standard library (that for C has the headers of C) and each other."""
    of_c = {"stddef.h", "stdint.h"}
    return [
        f"{path}: includes {name}"
        for path, text in files.items()
        if path.startswith("src/connect_lint/")
        for name, quoted in included(text)
        if not name.startswith("connect_lint/") and (quoted or "/" in name or "." in name)
        if quoted or path != "src/connect_lint/connect_lint.h" or name not in of_c
    ]


def uncompilable_headers(headers):
    """Headers that do not compile as the only include of a file."""
    complaints = []
    for header in headers:
        name = header.removeprefix("src/")
        done = subprocess.run(
            [compiler, "-std=c++20", "-fsyntax-only", "-Wall", "-Wextra", "-Wpedantic", "-Werror", "-I", str(ROOT / "src"), "-x", "c++", "-"],
            input=f"#include <{name}>\n", text=True, capture_output=True, check=False,
        )
        if done.returncode != 0:
            complaints.append(f"{header} does not compile alone:\n{done.stderr}")
    return complaints


# --- Names and form -----------------------------------------------------------


def guard_of(path):
    return "CONNECT_LINT_" + re.sub(r"[^A-Za-z0-9]", "_", path.removeprefix("src/")).upper() + "_"


def wrong_guards(files):
    complaints = []
    for path, text in files.items():
        if not path.endswith(".h"):
            continue
        guard = guard_of(path)
        if f"#ifndef {guard}\n#define {guard}\n" not in text or not text.endswith(f"\n#endif  // {guard}\n"):
            complaints.append(f"{path}: the guard is to be {guard}, closed by `#endif  // {guard}`")
    return complaints


def wrong_names(paths):
    form = re.compile(r"src/[a-z][a-z0-9_]*/[a-z][a-z0-9_]*\.(?:cc|h|h\.in|cc\.in)")
    return [f"{path}: sources are named src/folder/snake_case.{{h,cc}}" for path in paths if not form.fullmatch(path)]


def untidy_lines(files):
    complaints = []
    for path, text in files.items():
        if text and not text.endswith("\n"):
            complaints.append(f"{path}: the last line has no end")
        for number, line in enumerate(text.split("\n"), 1):
            if "\t" in line:
                complaints.append(f"{path}:{number}: a tab")
            if "\r" in line:
                complaints.append(f"{path}:{number}: a carriage return")
            elif line != line.rstrip():
                complaints.append(f"{path}:{number}: blanks at the end of the line")
    return complaints


def unlisted_sources(paths, cmake):
    listed = set(re.findall(r"src/[\w/]+\.cc", cmake))
    here = {path for path in paths if path.endswith(".cc")}
    return [f"CMakeLists.txt does not list {path}" for path in sorted(here - listed)] + [
        f"CMakeLists.txt lists {path}, which does not exist" for path in sorted(listed - here)
    ]


# What stands at the top: the project's own, and what others look for there. Hidden files are theirs, too.
OURS = {"CMakeLists.txt", "LICENSE", "README.md", "ci", "rules", "schemas", "src", "tests"}
THEIRS = {"CHANGELOG.md", "Dockerfile", "action.yml"}
NOT_KEPT = {"__pycache__", "build", "node_modules"}  # As .gitignore says.


def strayed_to_the_top(names):
    return [f"{name} has no place at the top of the repository" for name in sorted(set(names) - OURS - THEIRS - NOT_KEPT) if not name.startswith(".")]


# In pieces, so that this file does not name any.
MACHINE = re.compile("/" + "(?:work|root|home/[a-z_][a-z0-9_-]*|Users/[A-Za-z]+)/|[A-Z]:\\\\Users\\\\")


def machine_paths(files):
    return [
        f"{path}:{number}: names a path of one machine: {found.group()}"
        for path, text in files.items()
        for number, line in enumerate(text.split("\n"), 1)
        for found in [MACHINE.search(line)]
        if found
    ]


# --- What the program prints --------------------------------------------------


def program():
    path = os.environ.get("CONNECT_LINT")
    if not path:
        sys.exit("repo_test.py: CONNECT_LINT has to name the program")
    return str(pathlib.Path(path).resolve())


def output_of(*arguments):
    """What the program prints on standard output."""
    done = subprocess.run([program(), *arguments], cwd=ROOT, capture_output=True, check=False)
    return done.stdout.decode()


def catalogue_complaints(listing, explain):
    """`listing`: what `explain` prints without an id; `explain`: from an id to its text."""
    rows = [line.split(None, 1) for line in listing.splitlines()]
    ids = [row[0] for row in rows]
    complaints = [] if len(ids) >= 30 else ["`explain` lists hardly any ids"]
    if ids != sorted(set(ids)):
        complaints.append("the ids are not sorted, or not unique")
    for row in rows:
        if not re.fullmatch(r"[a-z0-9]+(?:-[a-z0-9]+)*/[a-z0-9]+(?:-[a-z0-9]+)*", row[0]):
            complaints.append(f"{row[0]} is not of the form family/bad-thing")
        if len(row) < 2:
            complaints.append(f"{row[0]} has no summary")
            continue
        text = explain(row[0])
        # id, summary, blank, severity, certainty, blank, explanation
        head = f"{row[0]}\n{row[1]}\n\nseverity   "
        explanation = text.split("\n\n")[2] if text.count("\n\n") >= 2 else ""
        if not text.startswith(head) or len(explanation.split()) < 6:
            complaints.append(f"`explain {row[0]}` explains nothing")
    return complaints


CALL = re.compile(r"(?:\./)?(?:ci/)?connect-lint(?= |$)")


def fenced_blocks(markdown):
    """Blocks that begin with a command of ours, as lists of (command, expected output)."""
    blocks = []
    for block in re.findall(r"^```[^\n]*\n(.*?)^```", markdown, flags=re.DOTALL | re.MULTILINE):
        if not block.startswith("$ "):
            continue
        calls = []
        for piece in re.split(r"^\$ ", block, flags=re.MULTILINE)[1:]:
            command, _, output = piece.partition("\n")
            calls.append((command, output))
        if all(CALL.match(command) for command, _ in calls):
            blocks.append(calls)
    return blocks


def wrong_examples(markdown):
    """Blocks of a README that are not what the program prints, on both outputs, in the root of the repository."""
    complaints = []
    for calls in fenced_blocks(markdown):
        for command, expected in calls:
            # Pipes and redirections are the reader's shell.
            shell = CALL.sub(lambda _: shlex.quote(program()), command, count=1)
            done = subprocess.run(["bash", "-c", shell], cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=False)
            printed = done.stdout.decode()
            if printed.rstrip("\n") != expected.rstrip("\n"):
                complaints.append(f"$ {command}\nREADME says:\n{expected}\nit prints:\n{printed}")
    return complaints


# --- The tests ----------------------------------------------------------------


class Repository(unittest.TestCase):
    """The checks, on what is here."""

    maxDiff = None

    def content(self, complaints):
        self.assertEqual("", "\n".join(complaints))

    def test_there_are_sources(self):
        self.assertGreater(len(sources()), 30)

    def test_includes_point_left(self):
        self.content(steps_to_the_right(sources()))

    def test_libraries_stay_where_they_are(self):
        self.content(strayed_libraries(sources()) + standard_regexes(sources()))

    def test_public_headers_include_the_standard_library_only(self):
        self.content(public_header_includes(sources()))

    def test_public_headers_compile_alone(self):
        headers = [path for path in sources() if path.startswith("src/connect_lint/") and path.endswith(".h")]
        self.assertTrue(headers)
        self.content(uncompilable_headers(headers))

    def test_guards(self):
        self.content(wrong_guards(sources()))

    def test_file_names(self):
        self.content(wrong_names(sources()))

    def test_lines_are_tidy(self):
        scripts = {path: text for path, text in files_below("ci", "tests").items() if text.startswith("#!") or path.endswith((".cc", ".h", ".py", ".txt.in"))}
        cmake = {path: text for path, text in files_below("CMakeLists.txt", "tests").items() if path.endswith("CMakeLists.txt")}
        self.assertGreater(len(scripts), 5)
        self.content(untidy_lines({**sources(), **scripts, **cmake}))

    def test_sources_are_listed(self):
        self.content(unlisted_sources(sources(), (ROOT / "CMakeLists.txt").read_text()))

    def test_the_top_is_short(self):
        names = [path.name for path in ROOT.iterdir()]
        self.assertLessEqual(OURS | THEIRS | {".pre-commit-hooks.yaml"}, set(names))
        self.content(strayed_to_the_top(names))

    def test_no_paths_of_one_machine(self):
        names = [path.name for path in ROOT.iterdir() if path.name not in (".git", "build")]
        files = files_below(*names)
        self.assertGreater(len(files), 60)
        self.content(machine_paths(files))

    def test_the_catalogue(self):
        self.content(catalogue_complaints(output_of("explain"), lambda finding: output_of("explain", finding)))

    def test_the_list_of_rules(self):
        done = subprocess.run([ROOT / "ci" / "rules-readme", "--check"], capture_output=True, text=True, check=False)
        self.assertEqual((0, "", ""), (done.returncode, done.stdout, done.stderr))

    def test_a_new_rule(self):
        with tempfile.TemporaryDirectory() as folder:
            script = [ROOT / "ci" / "new-rule", "--dir", folder]
            subprocess.run([*script, "shop/bad-thing"], capture_output=True, check=True)
            done = subprocess.run([program(), "test", folder], capture_output=True, text=True, check=False)
            self.assertEqual((0, ""), (done.returncode, done.stdout), done.stderr)
            for refused in ("shop/bad-thing", "shop", "shop/Bad", "shop/bad_thing", "shop/bad/thing", "../bad", "schema/bad-thing", ""):
                done = subprocess.run([*script, refused], capture_output=True, text=True, check=False)
                self.assertEqual((2, ""), (done.returncode, done.stdout), refused)
            self.assertEqual(["shop/bad-thing.yaml"], [path.relative_to(folder).as_posix() for path in pathlib.Path(folder).rglob("*.yaml")])

    def test_examples_are_what_the_program_prints(self):
        for readme in ROOT.rglob("README.md"):
            if not {"build", "node_modules", ".git"} & set(readme.relative_to(ROOT).parts):
                with self.subTest(readme=readme.relative_to(ROOT).as_posix()):
                    self.content(wrong_examples(readme.read_text()))


class CanFail(unittest.TestCase):
    """Every check complains about what it is for, and only about that."""

    def complains(self, complaints, *parts):
        self.assertEqual(len(parts), len(complaints), complaints)
        for part, complaint in zip(parts, complaints):
            self.assertIn(part, complaint)

    def test_includes(self):
        right = {"src/lint/a.cc": '#include <vector>\n#include <connect_lint/lint.h>\n#include "schema/b.h"\n#include "lint/c.h"\n'}
        self.complains(steps_to_the_right(right))
        self.complains(steps_to_the_right({"src/base/a.h": '#include "source/b.h"\n'}), "base may not include source/b.h")
        self.complains(steps_to_the_right({"src/connect_lint/a.h": '  #  include "base/b.h"\n'}), "may not include base/b.h")
        self.complains(steps_to_the_right({"src/base/a.h": "#include <lint/b.h>\n"}), "base may not include lint/b.h")
        self.complains(steps_to_the_right({"src/lint/a.h": '#include "report/b.h"\n'}), "lint may not")
        self.complains(steps_to_the_right({"src/report/a.h": '#include "lint/b.h"\n#include "document/c.h"\n'}), "report may not", "report may not")
        self.complains(steps_to_the_right({"src/lsp/a.h": '#include "cli/b.h"\n'}), "lsp may not")
        self.complains(steps_to_the_right({"src/base/a.cc": '#include "b.h"\n'}), "not written from src/ on")
        self.complains(steps_to_the_right({"src/new/a.h": ""}), "no place")

    def test_libraries(self):
        self.complains(strayed_libraries({"src/base/pattern.cc": "#include <re2/re2.h>\n#include <string>\n"}))
        self.complains(strayed_libraries({"src/base/a.cc": "#include <re2/re2.h>\n"}), "is for src/base/pattern.cc")
        self.complains(strayed_libraries({"src/base/a.cc": "#include <regex>\n"}), "is banned")
        self.complains(strayed_libraries({"src/base/a.cc": "#include <valijson/schema.hpp>\n"}), "lower.cc")
        self.complains(standard_regexes({"src/base/a.cc": "// not std::regex\n"}))
        self.complains(standard_regexes({"src/base/a.cc": "const std::regex a;\n"}), "banned")

    def test_public_headers(self):
        right = {"src/connect_lint/a.h": "#include <connect_lint/b.h>\n#include <string_view>\n", "src/base/a.h": '#include "base/b.h"\n'}
        self.complains(public_header_includes(right))
        for name in ('"base/a.h"', "<nlohmann/json.hpp>", "<json.hpp>"):
            self.complains(public_header_includes({"src/connect_lint/a.h": f"#include {name}\n"}), name[1:-1])
        self.complains(uncompilable_headers(["src/connect_lint/no_such_header.h"]), "no_such_header.h")

    def test_guards(self):
        self.assertEqual("CONNECT_LINT_BASE_A_B_H_", guard_of("src/base/a_b.h"))
        self.assertEqual("CONNECT_LINT_CONNECT_LINT_X_H_", guard_of("src/connect_lint/x.h"))
        text = "#ifndef {0}\n#define {0}\n\n#endif  // {0}\n"
        self.complains(wrong_guards({"src/base/a.h": "// A.\n" + text.format("CONNECT_LINT_BASE_A_H_"), "src/base/b.cc": ""}))
        self.complains(wrong_guards({"src/base/a.h": text.format("CONNECT_LINT_A_H_")}), "is to be CONNECT_LINT_BASE_A_H_")
        self.complains(wrong_guards({"src/base/a.h": "#pragma once\n"}), "guard")

    def test_names(self):
        self.complains(wrong_names(["src/base/a_b2.cc", "src/c_api/c.h"]))
        self.complains(wrong_names(["src/base/A.cc", "src/base/a-b.h", "src/a.cc"]), "A.cc", "a-b.h", "src/a.cc")

    def test_lines(self):
        self.complains(untidy_lines({"a.cc": "int a;\n\nint b;\n"}))
        self.complains(untidy_lines({"a.cc": "int a;\t\nb \nc\r\nd"}), "no end", "tab", "blanks", "blanks", "carriage return")

    def test_listing(self):
        self.complains(unlisted_sources(["src/a/b.cc", "src/a/b.h"], "add(\n  src/a/b.cc)\n"))
        self.complains(unlisted_sources(["src/a/b.cc"], "add(src/a/c.cc)\n"), "does not list src/a/b.cc", "lists src/a/c.cc")

    def test_top(self):
        self.complains(strayed_to_the_top(["src", "README.md", "Dockerfile", ".gitignore", "build"]))
        self.complains(strayed_to_the_top(["src", "notes.md", "examples"]), "examples", "notes.md")

    def test_machine_paths(self):
        self.complains(machine_paths({"a": "/usr/bin/python3 /dev/null homework/ /homes/ $root/ci\n"}))
        self.complains(machine_paths({"a": "x\ncat /" + "work/a\n"}), "a:2:")
        self.complains(machine_paths({"a": "/" + "home/me/a\n", "b": "/" + "root/a"}), "home/me", "root")

    def test_catalogue(self):
        ids = [f"a/b{'b' * number}" for number in range(30)]
        listing = "".join(f"{name}  a summary\n" for name in ids)
        text = "{0}\na summary\n\nseverity   error\ncertainty  model\n\nThis is long enough to explain it.\n\nwrong:\n    1\n"
        self.complains(catalogue_complaints(listing, text.format))
        self.complains(catalogue_complaints(listing, lambda name: text.format(name) if name != ids[3] else f"{name}\n"), ids[3])
        self.complains(catalogue_complaints(listing + ids[0] + "  a summary\n", text.format), "not sorted")
        self.complains(catalogue_complaints(listing + "b/rfc-822  a summary\n", text.format))
        self.complains(catalogue_complaints(listing + "b/C  a summary\n", text.format), "not of the form")
        self.complains(catalogue_complaints(listing + "b/c\n", text.format), "no summary")
        self.complains(catalogue_complaints("", text.format), "hardly any")

    def test_examples(self):
        version = output_of("--version")
        fence = "```"
        right = (f"Words.\n\n{fence}console\n$ ci/connect-lint --version\n{version}{fence}\n\n"
                 f"{fence}\n$ ci/test\nnever run\n{fence}\n{fence}\nconnect-lint\n{fence}\n")
        self.assertEqual(1, len(fenced_blocks(right)))
        self.complains(wrong_examples(right))
        self.complains(wrong_examples(right.replace(version, "connect-lint 99\n")), "README says")
        both = f"{fence}\n$ connect-lint --version\n{version}$ connect-lint --version\nsomething else\n{fence}\n"
        self.complains(wrong_examples(both), "something else")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--compiler", default=compiler, help="the C++ compiler for the public headers")
    options, rest = parser.parse_known_args()
    compiler = options.compiler
    unittest.main(argv=[sys.argv[0], *rest])
