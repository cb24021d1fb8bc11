#!/usr/bin/python3
"""Sends a PutIntegration request, unless there is something to say against it.

    tests/python/example_refuse.py ENDPOINT_URL PARAMS.json

Needs connect_lint and boto3. Exit codes: 0 sent, 1 refused.
"""

import json
import sys

import boto3
import connect_lint


def main(endpoint_url, file_name):
    with open(file_name, encoding="utf-8") as file:
        params = json.load(file)
    client = boto3.client("customer-profiles", region_name="us-east-1", endpoint_url=endpoint_url)
    connect_lint.guard(client, fail_on="warning")
    try:
        client.put_integration(**params)
    except connect_lint.RequestError as problem:
        for finding in problem.report.at_least("warning"):
            print(finding)
        return 1
    print("sent")
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
