#!/usr/bin/python3
"""Counts the instructions of a call of the library with valgrind, and compares with the baseline. ci/bench runs it.

    tests/bench/count_instructions.py [--update] BUILD_DIRECTORY
"""

import argparse
import json
import pathlib
import subprocess
import sys

BASELINE = pathlib.Path(__file__).with_name("instructions.json")
RISE_MAX = 0.10
# What the second has more than the first is calls alone, of a warm Linter.
CALLS = (100, 1100)
OPERATION = "CreateIntegrationWorkflow"
CASES = {
    "small, operation named": ("small.json", OPERATION),
    "small, recognised": ("small.json", ""),
    "small-indented, operation named": ("small-indented.json", OPERATION),
    "medium, operation named": ("medium.json", OPERATION),
    "small YAML, operation named": ("small.yaml", OPERATION),
}


def count(build, file, operation, calls):
    """The instructions of a whole process."""
    counts = build / "callgrind.out"
    command = ["valgrind", "--quiet", "--tool=callgrind", f"--callgrind-out-file={counts}"]
    command += [build / "tests/bench/connect_lint_instruction_bench", build / "requests", file, operation, str(calls)]
    done = subprocess.run(command, stdin=subprocess.DEVNULL, check=False)
    if done.returncode != 0:
        sys.exit(f"cannot count the instructions of {file}")
    for line in counts.read_text(encoding="utf-8", errors="replace").splitlines():
        if line.startswith("totals:"):
            return int(line.split()[1])
    sys.exit(f"{counts} has no totals")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--update", action="store_true", help="make what is counted the baseline")
    parser.add_argument("build", metavar="BUILD_DIRECTORY", type=pathlib.Path, help="with the release build and requests/")
    arguments = parser.parse_args()
    baseline = json.loads(BASELINE.read_text(encoding="utf-8")) if BASELINE.exists() else {}
    counted = {}
    risen = False
    print(f"{'instructions a call':34}{'counted':>10}{'baseline':>10}{'change':>9}")
    for name, (file, operation) in CASES.items():
        few, many = (count(arguments.build, file, operation, calls) for calls in CALLS)
        counted[name] = round((many - few) / (CALLS[1] - CALLS[0]))
        before = baseline.get(name)
        change = (counted[name] - before) / before if before else 0.0
        rose = change > RISE_MAX
        risen |= rose
        line = f"{name:34}{counted[name]:10}{before or '-':>10}{change:+9.1%}{'  ROSE' if rose else ''}"
        print(line, flush=True)
    if arguments.update:
        BASELINE.write_text(json.dumps(counted, indent=2) + "\n", encoding="utf-8")
        print(f"wrote {BASELINE.name}")
    elif risen:
        print(f"more than {RISE_MAX:.0%} above the baseline: give the reason in the commit, with the output of --update")
        sys.exit(1)


if __name__ == "__main__":
    main()
