#!/usr/bin/python3
"""Times of PyYAML's C loader on one file, in microseconds a call, as JSON. measure.py runs it.

    tests/bench/yaml_bench.py FILE ROUNDS
"""

import json
import sys
import time

import yaml

CALLS = 50  # In a round.
WARM_UP_CALLS = 100


def load(text, calls):
    for _ in range(calls):
        yaml.load(text, Loader=yaml.CSafeLoader)


def main():
    file, rounds = sys.argv[1], int(sys.argv[2])
    with open(file, encoding="utf-8") as opened:
        text = opened.read()
    load(text, WARM_UP_CALLS)
    times = []
    for _ in range(rounds):
        begin = time.perf_counter()
        load(text, CALLS)
        times.append((time.perf_counter() - begin) / CALLS * 1e6)
    json.dump({"load": times}, sys.stdout)


if __name__ == "__main__":
    main()
