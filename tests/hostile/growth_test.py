#!/usr/bin/python3
"""Four times the hostile input takes at most GROWTH_MAX times the instructions: nothing is quadratic.

    HOSTILE_COUNT=build/tests/hostile/hostile-count SCRATCH=scratch tests/hostile/growth_test.py [--scale K]

valgrind counts; a count is the same on every machine, whatever else it does. --scale K: inputs K times as large as in `ci/test`.
"""

import os
import pathlib
import subprocess
import sys
import unittest

sys.path.append(str(pathlib.Path(__file__).resolve().parents[1] / "world"))

from rows import ROWS, arguments_of, write_files  # pylint: disable=wrong-import-position
import support  # pylint: disable=wrong-import-position

SCALE = support.option("--scale", 1)
TIMES = 4
# Linear is 4, sorting a thousand of something 4.8, quadratic 16.
GROWTH_MAX = 5.5
# What a run takes that is about something else: a growth of so few instructions is none.
INSTRUCTIONS_AT_LEAST = 200_000
# A run on nearly nothing, by the word that chooses the command: what is only the start of it.
STARTS = {"check": ["check", "--no-config", "--operation", "PutIntegration", "a.json"], "query": ["query", "$", "a.json"]}


class GrowthTest(support.Case):
    def commands(self):
        """A command for each start, and for each row and size."""
        write_files(next(iter(ROWS.values())), 1, self.folder)
        for name, start in STARTS.items():
            yield name, 0, self.folder, start
        for number, (name, row) in enumerate(ROWS.items()):
            sizes = (row.small * SCALE, min(row.full, row.small * SCALE * TIMES))
            by_nature = row.command and row.output is None
            if by_nature or row.work or sizes[1] != TIMES * sizes[0]:  # Or it is bounded otherwise, or as large as it can be.
                continue
            for size in sizes:
                folder = self.folder / f"{number}-{size}"
                folder.mkdir()
                write_files(row, size, folder)
                yield name, size, folder, arguments_of(row, size)

    def count(self, commands):
        """Instructions by name and size."""
        lines = [f"{folder}\t" + "\t".join(arguments) for _, _, folder, arguments in commands]
        (self.folder / "commands").write_text("\n".join(lines[: len(STARTS)] + lines) + "\n")  # The starts are run twice: what is made once is there then.
        out = self.folder / "counts"
        done = subprocess.run(["valgrind", "--quiet", "--tool=callgrind", f"--callgrind-out-file={out}", os.environ["HOSTILE_COUNT"], self.folder / "commands"],
                              env={**support.ENVIRONMENT}, stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False)
        self.assertEqual(0, done.returncode, done.stderr[-2000:])
        counted = {}
        for number, (name, size, _, _) in enumerate(commands, start=len(STARTS) + 1):
            with open(f"{out}.{number}", encoding="utf-8", errors="replace") as file:
                counted[name, size] = next(int(line.split()[1]) for line in file if line.startswith(("totals:", "summary:")))
        return counted

    def test_growth(self):
        commands = list(self.commands())
        counted = self.count(commands)
        starts = {name: counted.pop((name, 0)) for name in STARTS}
        words = {name: arguments[0] for name, _, _, arguments in commands}
        worst = (0.0, "")
        names = list(dict.fromkeys(name for name, _ in counted))
        for name in names:
            few, many = (max(count - starts[words[name]], 0) for (other, _), count in sorted(counted.items()) if other == name)
            growth = many / max(few, INSTRUCTIONS_AT_LEAST / TIMES)
            worst = max(worst, (growth, name))
            with self.subTest(name):
                self.assertLess(growth, GROWTH_MAX, f"{few} instructions, and {many} for {TIMES} times as much")
        support.figure(f"{len(names)} hostile inputs and {TIMES} times as much of each: at most {worst[0]:.1f} times the instructions ({worst[1]})")


if __name__ == "__main__":
    unittest.main()
