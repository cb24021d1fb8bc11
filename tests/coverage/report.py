#!/usr/bin/python3
"""Which branches of src/ the tests take, by folder, as gcov counted them.

    tests/coverage/report.py BUILD_DIRECTORY

`ci/trust coverage` builds for it, runs the tests and calls it. Needs gcovr. Left out are branches that only an exception takes out of a call, and code that the compiler made; what a call goes on with still counts.
BUILD_DIRECTORY/coverage/index.html shows each line. Exit codes: 0 enough is taken, 1 it is not.
"""

import collections
import json
import pathlib
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
WANTED = 95.0  # Per cent of all branches.
FILES_SHOWN = 20


def gcovr(build):
    """What gcovr says of each file."""
    pages = build / "coverage"
    pages.mkdir(exist_ok=True)
    summary = pages / "summary.json"
    command = ["gcovr", "--root", ROOT, "--filter", f"{ROOT}/src/", "--object-directory", build, "-j", "2"]
    command += ["--exclude-throw-branches", "--exclude-unreachable-branches"]
    command += ["--json-summary", summary, "--html-details", pages / "index.html", build]
    subprocess.run([str(word) for word in command], check=True, stdin=subprocess.DEVNULL)
    return json.loads(summary.read_text(encoding="utf-8"))["files"]


class Sum:
    def __init__(self):
        self.branches = self.taken = self.lines = self.run = 0

    def add(self, file):
        self.branches += file["branch_total"]
        self.taken += file["branch_covered"]
        self.lines += file["line_total"]
        self.run += file["line_covered"]

    @property
    def percent(self):
        return 100 * self.taken / self.branches if self.branches else 100.0

    def row(self, name):
        lines = 100 * self.run / self.lines if self.lines else 100.0
        return f"{name:14} {self.taken:6,} of {self.branches:6,} branches {self.percent:6.1f} %, {lines:5.1f} % of the lines"


def main():
    build = pathlib.Path(sys.argv[1]).resolve()
    files = gcovr(build)
    folders = collections.defaultdict(Sum)
    whole = Sum()
    for file in files:
        folders[pathlib.PurePath(file["filename"]).parts[1]].add(file)
        whole.add(file)
    for name in sorted(folders):
        print("figure: " + folders[name].row(f"src/{name}"))
    print("figure: " + whole.row("src"))
    files.sort(key=lambda file: file["branch_covered"] - file["branch_total"])
    for file in files[:FILES_SHOWN]:
        missed = file["branch_total"] - file["branch_covered"]
        print(f"{missed:5} of {file['branch_total']:5} branches are never taken in {file['filename']}")
    if whole.percent < WANTED:
        sys.exit(f"less than {WANTED} % of the branches are taken")


if __name__ == "__main__":
    main()
