#!/usr/bin/python3
"""What the program answers to hostile inputs: the right exit code, a clear message, one finding for one mistake, little output, little memory.

    CONNECT_LINT=build/release/connect-lint SCRATCH=scratch tests/hostile/answers_test.py [--full 1]

--full 1: inputs as large as they come (10 MB, a million tasks), and a figure for each group of them. Without, small ones. Times are printed, and only
guarded against running for ever; growth_test.py counts instructions.
"""

import collections
import os
import pathlib
import re
import sys

sys.path.append(str(pathlib.Path(__file__).resolve().parents[1] / "world"))

# Before anything large is in memory.
from bounded import Runner  # pylint: disable=wrong-import-position

RUNNER = Runner()

from rows import ROWS, arguments_of, write_files  # pylint: disable=wrong-import-position
import support  # pylint: disable=wrong-import-position
import unittest  # pylint: disable=wrong-import-position

FULL = support.option("--full", 0)
MEBIBYTE = 1 << 20
# A row may say otherwise in `memory`.
BYTES_FOR_EACH = 12
BYTES_AT_LEAST = 80 * MEBIBYTE
SECONDS_MAX = 60
LINE_BYTES_MAX = 1_000
OUTPUT_BYTES_MAX = MEBIBYTE


class AnswersTest(support.Case):
    def check(self, name, row):
        size = row.full if FULL else row.small
        folder = self.folder / str(len(list(self.folder.iterdir())))
        folder.mkdir()
        given = write_files(row, size, folder)
        memory = BYTES_AT_LEAST + given * (row.memory or BYTES_FOR_EACH)
        done = RUNNER.run(command=[support.PROGRAM, *arguments_of(row, size)], environment={**support.ENVIRONMENT}, folder=str(folder), out=str(folder / "out"),
                          err=str(folder / "err"), memory=memory, seconds=SECONDS_MAX)
        out = (folder / "out").read_bytes()
        err = (folder / "err").read_bytes()
        said = (out[:MEBIBYTE] + err[:MEBIBYTE]).decode("utf-8", "replace")
        codes = (0, 1) if row.code is None else (row.code,)
        self.assertIn(done["code"], codes, said[-500:])
        if row.answer:
            self.assertIn(row.answer, said[:100_000])
        elif row.answer is None and row.code is None:
            self.assertEqual((0, b""), (done["code"], out))
        if row.findings is not None and row.answer is not None and row.code is None:
            wanted = row.findings(size) if callable(row.findings) else row.findings
            counted = sum(int(number) for number in re.findall(rb"(\d+) (?:error|warning)s?\b", err))
            self.assertEqual(wanted, counted, said[:1000])
        if not row.command and row.output is None:
            self.assertLess(len(out), OUTPUT_BYTES_MAX)
            self.assertLess(max(map(len, out.split(b"\n"))), LINE_BYTES_MAX)
        elif row.output:
            self.assertLess(len(out), row.output * given + OUTPUT_BYTES_MAX)
        self.assertLess(len(err), 100_000)
        return given, done

    def test_all(self):
        worst = collections.defaultdict(lambda: [0, 0, (0.0, ""), (0, "")])
        for name, row in ROWS.items():
            with self.subTest(name):
                given, done = self.check(name, row)
                group = worst[name.split(":")[0]]
                group[0] += 1
                group[1] = max(group[1], given)
                group[2] = max(group[2], (done["seconds"], name.split(": ", 1)[1]))
                group[3] = max(group[3], (done["bytes"], name.split(": ", 1)[1]))
        for group, (count, given, seconds, memory) in worst.items():
            support.figure(f"{group}: {count} inputs of up to {given / 1e6:.1f} MB: at most {seconds[0]:.1f} s of processor ({seconds[1]}) and {memory[0] // MEBIBYTE} MiB ({memory[1]})")


if __name__ == "__main__":
    unittest.main()
