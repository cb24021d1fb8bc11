"""Requests whose verdict is known from elsewhere, and the program's opinion of others."""

import json
import os
import pathlib
import subprocess

ROOT = pathlib.Path(__file__).resolve().parents[2]
PROGRAM = pathlib.Path(os.environ["CONNECT_LINT"]).resolve()
SCRATCH = pathlib.Path(os.environ["SCRATCH"]).resolve()

COMMANDS = {row["command"]: row["name"] for row in json.loads((ROOT / "schemas/operations.json").read_text())["operations"]}

# One that each operation's clients send and the service refuses.
BAD = {
    "CreateIntegrationWorkflow": {
        "DomainName": "my sales", "WorkflowType": "APPFLOW_INTEGRATION", "ObjectTypeName": "Account", "RoleArn": "arn:aws:iam::444455556666:role/sync",
        "IntegrationConfig": {},
    },
    "DeleteWorkflow": {"DomainName": "sales", "WorkflowId": ".."},
    "GetIntegration": {"DomainName": "my sales", "Uri": "s3://leads"},
    "GetWorkflow": {"DomainName": "sales", "WorkflowId": "A"},
    "GetWorkflowSteps": {"DomainName": "sales", "WorkflowId": "0123456789abcdef0123456789abcdef", "MaxResults": 101},
    "ListAccountIntegrations": {"Uri": "s3://leads", "MaxResults": 101},
    "ListIntegrations": {"DomainName": "sales", "MaxResults": 101},
    "ListWorkflows": {"DomainName": "sales", "Status": "Complete"},
    "PutIntegration": {"DomainName": "sales", "ObjectTypeName": "Account"},
}


def good_requests():
    """The right requests of tests/valid: (name, operation, params)."""
    for path in sorted((ROOT / "tests/valid").glob("passes-*.json")):
        name = path.stem[len("passes-") :]
        command = max((each for each in COMMANDS if name == each or name.startswith(each + "-")), key=len)
        yield path.stem, COMMANDS[command], json.loads(path.read_text(encoding="utf-8"))


def program_report(params, operation):
    """What the program says of these parameters in a file: one element of `files`."""
    command = [PROGRAM, "check", "--no-config", "--show", "info", "--operation", operation, "--dialect", "input", "--format", "json", "-"]
    done = subprocess.run(command, input=json.dumps(params), capture_output=True, text=True, encoding="utf-8", check=False)
    return json.loads(done.stdout)["files"][0]
