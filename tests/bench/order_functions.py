#!/usr/bin/python3
"""Writes src/cli/start_order.ld: the functions that checking one small file runs, for the linker to put together.

    tests/bench/order_functions.py BUILD_DIRECTORY

The program is far larger than what one check runs, and the kernel brings it in by pages: functions that stand together
cost a few page faults instead of dozens. Names that the linker does not find (another compiler, a renamed function) do
no harm. `ci/bench --order` runs this; do so after changes that move much.
"""

import argparse
import bisect
import pathlib
import re
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parents[2]
ORDER = ROOT / "src/cli/start_order.ld"
HEADER = """/* The functions that checking one small file runs, put together so that few pages of the program are brought in.
   Made by `ci/bench --order` with valgrind; names that are not found do no harm. */
SECTIONS {
  .text.start : {
"""
FOOTER = """  }
}
INSERT BEFORE .text;
"""


def functions_run(build, program, arguments):
    """The mangled names of the functions that a run enters, in the order of its profile."""
    profile = build / "callgrind.out"
    command = ["valgrind", "--quiet", "--tool=callgrind", "--demangle=no", "--compress-strings=no", f"--callgrind-out-file={profile}"]
    done = subprocess.run([*command, program, *arguments], stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, check=False)
    if done.returncode not in (0, 1):
        sys.exit(f"cannot profile {program} {' '.join(map(str, arguments))}")
    # A recursive function is written with its depth: name'2.
    return [line[3:].split("'")[0] for line in profile.read_text(encoding="utf-8", errors="replace").splitlines() if line.startswith("fn=")]


def sections_of(link_map):
    """(address, size, section, object) of all code, by address, from the linker's map."""
    sections = []
    name = None
    for line in link_map.read_text(encoding="utf-8").partition("Linker script and memory map")[2].splitlines():
        if start := re.match(r" (\.text\S*)$", line):
            name = start[1]
        elif whole := re.match(r" (?:(\.text\S*))?\s+0x([0-9a-f]+)\s+0x([0-9a-f]+) (\S.*)$", line):
            if whole[1] or name:
                sections.append((int(whole[2], 16), int(whole[3], 16), whole[1] or name, whole[4]))
            name = None
        else:
            name = None
    return sorted(sections)


def addresses_of(program):
    addresses = {}
    for line in subprocess.run(["nm", program], capture_output=True, text=True, check=True).stdout.splitlines():
        fields = line.split()
        if len(fields) == 3 and fields[1] in "tTwWi":
            addresses.setdefault(fields[2], []).append(int(fields[0], 16))
    return addresses


def pattern_of(section, object_file):
    """How a linker script names one section. Names of functions are enough, but where an archive has no sections for them."""
    archive = re.search(r"([^/]+\.a)\(([^)]+)\)$", object_file)
    if archive and (section == ".text" or archive[1] == "libc.a"):
        return f"*{archive[1]}:{archive[2]}({section})"
    return None if section == ".text" else f"*({section})"


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("build", metavar="BUILD_DIRECTORY", type=pathlib.Path, help="with the release build, its map and requests/")
    build = parser.parse_args().build
    program = build / "connect-lint"
    request = (build / "requests/small.json").read_text(encoding="utf-8")
    wrong = build / "requests/wrong.json"
    wrong.write_text(request.replace("{", '{"DomaiName": "x", ', 1), encoding="utf-8")
    runs = [["check", build / "requests/small.json"], ["check", build / "requests/small.yaml"], ["check", wrong]]

    sections = sections_of(build / "connect-lint.map")
    starts = [section[0] for section in sections]
    addresses = addresses_of(program)
    patterns = {}  # In order, each once.
    for arguments in runs:
        for name in functions_run(build, program, arguments):
            for address in addresses.get(name, []):
                start, size, section, object_file = sections[bisect.bisect_right(starts, address) - 1]
                if start <= address < start + size and (pattern := pattern_of(section, object_file)):
                    patterns[pattern] = size
    ORDER.write_text(HEADER + "".join(f"    {pattern}\n" for pattern in patterns) + FOOTER, encoding="utf-8")
    print(f"{ORDER.relative_to(ROOT)}: {len(patterns)} sections, {sum(patterns.values()) / 1024:.0f} KB")


if __name__ == "__main__":
    main()
