#!/usr/bin/python3
"""Times of botocore's ParamValidator and of our Python package on the same parameters, in microseconds a call, as JSON. measure.py runs it.

    PYTHONPATH=src/python LD_LIBRARY_PATH=build/bench tests/bench/botocore_bench.py FILE OPERATION ROUNDS
"""

import json
import sys
import time

import botocore.session
import botocore.validate
import connect_lint

CALLS = 50  # In a round.
WARM_UP_CALLS = 100


def rounds_of(count, call):
    for _ in range(WARM_UP_CALLS):
        call()
    times = []
    for _ in range(count):
        begin = time.perf_counter()
        for _ in range(CALLS):
            call()
        times.append((time.perf_counter() - begin) / CALLS * 1e6)
    return times


def main():
    file, operation, rounds = sys.argv[1], sys.argv[2], int(sys.argv[3])
    with open(file, encoding="utf-8") as opened:
        params = json.load(opened)
    shape = botocore.session.get_session().get_service_model("customer-profiles").operation_model(operation).input_shape
    validator = botocore.validate.ParamValidator()

    def validate():
        if validator.validate(params, shape).has_errors():
            raise ValueError("botocore finds a mistake")

    def check():
        if not connect_lint.check(operation, params).ok:
            raise ValueError("connect-lint finds a mistake")

    json.dump({"validate": rounds_of(rounds, validate), "check": rounds_of(rounds, check)}, sys.stdout)


if __name__ == "__main__":
    main()
