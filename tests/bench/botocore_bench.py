#!/usr/bin/python3
"""Times of botocore's ParamValidator and of our Python package on the same parameters, in microseconds a call, as JSON. measure.py runs it.

Of a folder: the mean of all that is in it.

    PYTHONPATH=src/python LD_LIBRARY_PATH=build/bench tests/bench/botocore_bench.py FILE-OR-FOLDER OPERATION ROUNDS
"""

import json
import pathlib
import sys
import time

import botocore.session
import botocore.validate
import connect_lint

CALLS = 50  # In a round, at least; each of the requests has its turn as often as the others.
WARM_UP_CALLS = 100


def rounds_of(count, call, requests):
    turns = requests * -(-CALLS // len(requests))
    for _ in range(-(-WARM_UP_CALLS // len(turns))):
        for params in turns:
            call(params)
    times = []
    for _ in range(count):
        begin = time.perf_counter()
        for params in turns:
            call(params)
        times.append((time.perf_counter() - begin) / len(turns) * 1e6)
    return times


def main():
    path, operation, rounds = pathlib.Path(sys.argv[1]), sys.argv[2], int(sys.argv[3])
    files = sorted(path.iterdir()) if path.is_dir() else [path]
    requests = [json.loads(file.read_text(encoding="utf-8")) for file in files]
    shape = botocore.session.get_session().get_service_model("customer-profiles").operation_model(operation).input_shape
    validator = botocore.validate.ParamValidator()

    def validate(params):
        if validator.validate(params, shape).has_errors():
            raise ValueError("botocore finds a mistake")

    def check(params):
        if not connect_lint.check(operation, params).ok:
            raise ValueError("connect-lint finds a mistake")

    json.dump({"validate": rounds_of(rounds, validate, requests), "check": rounds_of(rounds, check, requests)}, sys.stdout)


if __name__ == "__main__":
    main()
