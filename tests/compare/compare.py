#!/usr/bin/python3
"""What connect-lint and tools of others find of the mistakes that mistakes.yaml names.

    CONNECT_LINT=build/release/connect-lint tests/compare/compare.py [--verbose]

Each tool gets a file with all its mistakes, and gets it again with those mended that it told, until it has nothing more to say. The
AWS CLI and botocore send to this process, on the loopback interface; there are no credentials and nothing else is reached.

AWS: the AWS CLI to run instead of Debian's. CFN_LINT: the cfn-lint to run instead of the one on PATH. CONNECT_LINT_COMPARE_MODULES: where npm
installed what package.json names, instead of build/compare-node/node_modules.
"""

import argparse
import contextlib
import dataclasses
import http.server
import importlib.metadata
import json
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import threading

import botocore.config
import botocore.exceptions
import botocore.session
import jsonschema
import yaml

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parents[1]
SECONDS_MAX = 120  # A guard against waiting for ever.
REGION = "us-east-1"
MODULES = pathlib.Path(os.environ.get("CONNECT_LINT_COMPARE_MODULES") or ROOT / "build/compare-node/node_modules").absolute()
OPERATIONS = {"put-integration.json": "PutIntegration", "create-integration-workflow.json": "CreateIntegrationWorkflow"}


class NotRun(Exception):
    """A tool that should have run did not, or said what nobody here can read."""


@dataclasses.dataclass(frozen=True)
class Complaint:
    pointer: str
    text: str
    in_line: bool = False  # The tool names the line.


# --- Files and mistakes -------------------------------------------------------


@dataclasses.dataclass(frozen=True)
class Mistake:
    at: str
    id: str
    what: str
    source: str
    wrong: str
    right: str
    or_at: tuple = ()

    def is_told_by(self, complaint):
        return complaint.pointer == self.at or complaint.pointer in self.or_at


@dataclasses.dataclass(frozen=True)
class Case:
    file: str
    heading: str
    mistakes: tuple

    def wrong_text(self):
        return (HERE / f"fails-{self.file}").read_text()

    def right_text(self):
        return (HERE / f"passes-{self.file}").read_text()


def cases():
    for case in yaml.safe_load((HERE / "mistakes.yaml").read_text()):
        mistakes = [Mistake(or_at=tuple(row.pop("or-at", ())), **row) for row in case["mistakes"]]
        yield Case(case["file"], case["heading"], tuple(mistakes))


def mended(text, mistakes):
    for mistake in mistakes:
        if text.count(mistake.wrong) != 1:
            raise NotRun(f"{mistake.at}: the wrong text is there {text.count(mistake.wrong)} times: {mistake.wrong}")
        text = text.replace(mistake.wrong, mistake.right)
    return text


def pointer_of(steps):
    return "".join("/" + str(step).replace("~", "~0").replace("/", "~1") for step in steps)


# --- The service, as far as clients need it -----------------------------------


class Service(http.server.BaseHTTPRequestHandler):
    def answer(self):
        self.rfile.read(int(self.headers.get("Content-Length", 0)))
        self.server.requests += 1
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", "2")
        self.end_headers()
        self.wfile.write(b"{}")

    do_PUT = do_POST = answer  # noqa: N815

    def log_message(self, *_):
        pass


@contextlib.contextmanager
def service():
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Service)
    server.requests = 0
    server.url = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield server
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def environment():
    """Nothing of whoever runs this: no settings, no credentials, no proxy."""
    ours = {name: value for name, value in os.environ.items() if not name.upper().startswith("AWS_") and not name.upper().endswith("_PROXY")}
    return ours | {
        "AWS_ACCESS_KEY_ID": "none", "AWS_SECRET_ACCESS_KEY": "none", "AWS_CONFIG_FILE": os.devnull, "AWS_SHARED_CREDENTIALS_FILE": os.devnull,
        "AWS_EC2_METADATA_DISABLED": "true", "AWS_MAX_ATTEMPTS": "1", "AWS_PAGER": "", "NO_PROXY": "*", "TZ": "UTC"}


def output_of(*command):
    """Exit code and both outputs. Nothing of the folder at hand counts, such as settings of a linter."""
    done = subprocess.run(
        command, capture_output=True, text=True, stdin=subprocess.DEVNULL, timeout=SECONDS_MAX, cwd=tempfile.gettempdir(), env=environment(), check=False)
    return done.returncode, done.stdout, done.stderr


def path_of(name, what):
    if not (found := shutil.which(name)):
        raise NotRun(f"{what}: there is no program `{name}`")
    return os.path.abspath(found)


# --- The tools ----------------------------------------------------------------
# Each has a name, says which files it takes, and gives its complaints about one.


class ConnectLint:
    name = "connect-lint"

    def __init__(self, program):
        self.program = program

    def takes(self, _):
        return True

    def complaints(self, path):
        status, out, err = output_of(self.program, "check", "--no-config", "--format", "jsonl", str(path))
        if status not in (0, 1) or not out:
            raise NotRun(f"connect-lint: exit code {status}\n{err}")
        for found in json.loads(out)["diagnostics"]:
            yield Complaint(found["pointer"], f"{found['message']} [{found['id']}]", "span" in found)


# What botocore says of parameters, alone and in the AWS CLI.
PARAMETER = re.compile(r'^(?:(?:Missing required|Unknown) parameter in (?P<around>.+?): "(?P<name>[^"]+)"|Invalid [a-z ]+ for parameter (?P<path>.+?), value: ).*$')


def parameter_complaints(text):
    for line in text.splitlines():
        if not line or line.startswith("Parameter validation failed"):
            continue
        found = PARAMETER.match(line)
        if not found:
            raise NotRun(f"a message of a client that nobody here can read: {line}\n{text}")
        path = found["path"] or ("" if found["around"] == "input" else found["around"])
        steps = [index or name for index, name in re.findall(r"\[(\d+)\]|([^.\[\]]+)", path)]
        yield Complaint(pointer_of(steps + ([found["name"]] if found["name"] else [])), line)


class AwsCli:
    def __init__(self, program, server):
        self.program, self.server = program, server
        self.name = "AWS CLI " + re.match(r"aws-cli/(\S+)", "".join(output_of(program, "--version")[1:]))[1]

    def takes(self, case):
        return case.file in OPERATIONS

    def complaints(self, path):
        before = self.server.requests
        status, _, err = output_of(self.program, "customer-profiles", path.stem, "--cli-input-json", f"file://{path}", "--endpoint-url", self.server.url, "--region", REGION)
        sent = self.server.requests - before
        if (status == 0) != (sent == 1):
            raise NotRun(f"{self.name}: exit code {status}, {sent} requests\n{err}")
        return [] if status == 0 else list(parameter_complaints(err))


class Botocore:
    def __init__(self, server):
        self.server = server
        self.name = f"botocore {importlib.metadata.version('botocore')} (boto3)"
        self.client = botocore.session.get_session().create_client(
            "customer-profiles", region_name=REGION, endpoint_url=server.url, config=botocore.config.Config(retries={"total_max_attempts": 1}, proxies={}))

    def takes(self, case):
        return case.file in OPERATIONS

    def complaints(self, path):
        try:
            getattr(self.client, path.stem.replace("-", "_"))(**json.loads(path.read_text()))
        except botocore.exceptions.ParamValidationError as error:
            return list(parameter_complaints(str(error)))
        return []


class SchemaAlone:
    def __init__(self):
        self.name = f"our schemas in jsonschema {importlib.metadata.version('jsonschema')}"

    def takes(self, case):
        return case.file in OPERATIONS

    def complaints(self, path):
        schema = json.loads((ROOT / "schemas" / f"{OPERATIONS[path.name]}.json").read_text())
        for error in jsonschema.Draft7Validator(schema).iter_errors(json.loads(path.read_text())):
            steps = list(error.absolute_path)
            names = [None]
            if error.validator == "additionalProperties":
                names = sorted(set(error.instance) - set(error.schema["properties"]))
            elif error.validator == "required":
                names = [re.match("'(.*)' is a required property$", error.message)[1]]
            elif "propertyNames" in error.absolute_schema_path:
                names = [error.instance]
            for name in names:
                yield Complaint(pointer_of(steps + ([name] if name else [])), error.message)


class CfnLint:
    def __init__(self, program):
        self.program = program
        self.name = output_of(program, "--version")[1].strip()

    def takes(self, case):
        return case.file not in OPERATIONS

    def complaints(self, path):
        status, out, err = output_of(self.program, "--format", "json", "--", str(path))
        if status not in (0, 2, 4, 6, 8, 10, 12, 14):  # A sum of 2 (errors), 4 (warnings) and 8 (notes).
            raise NotRun(f"{self.name}: exit code {status}\n{out}{err}")
        for found in json.loads(out):
            yield Complaint(pointer_of(found["Location"]["Path"] or ()), f"{found['Message']} [{found['Rule']['Id']}]", True)


class CloudformationValidate:
    """AWS's own, of which the newest is in the CDK, where it looks at what is synthesised."""

    package = MODULES / "aws-cdk-lib/node_modules/@aws/cloudformation-validate"

    def __init__(self, node):
        self.node = node
        _, version, _ = self.run()
        self.name = f"cloudformation-validate {version.strip()} (CDK)"

    def run(self, *arguments):
        status, out, err = output_of(self.node, str(HERE / "validate_template.cjs"), str(self.package), *arguments)
        if status != 0:
            raise NotRun(f"cloudformation-validate: exit code {status}\n{err}")
        return status, out, err

    def takes(self, case):
        return case.file not in OPERATIONS

    def complaints(self, path):
        for found in json.loads(self.run(str(path))[1]):
            yield Complaint(pointer_of(found["path"]), found["message"], "line" in found)


def tools(server):
    """Those of Debian, and of the others those that are there."""
    yield ConnectLint(path_of(os.environ.get("CONNECT_LINT", ""), "CONNECT_LINT"))
    yield AwsCli(path_of(os.environ.get("AWS") or "/usr/bin/aws", "the AWS CLI"), server)
    yield Botocore(server)
    yield SchemaAlone()
    if os.environ.get("CFN_LINT") or shutil.which("cfn-lint"):
        cfn_lint = CfnLint(path_of(os.environ.get("CFN_LINT") or "cfn-lint", "CFN_LINT"))
        if cfn_lint.name.startswith("cfn-lint "):  # There is another of that name in npm, which does not know the type of resource.
            yield cfn_lint
    if CloudformationValidate.package.exists():
        yield CloudformationValidate(path_of("node", "node"))


# --- Measuring ----------------------------------------------------------------


@dataclasses.dataclass
class Measured:
    """What one tool says of one case."""

    found: list  # Mistakes, in the order in which they are told.
    runs: int  # Those that told a mistake.
    told: list  # Complaints about mistakes.
    besides: list  # Complaints about anything else, in the right file, too.


def measure(tool, case, folder):
    path = folder / case.file
    path.write_text(case.right_text())
    result = Measured([], 0, [], list(tool.complaints(path)))
    text, left = case.wrong_text(), list(case.mistakes)
    while left:
        path.write_text(text)
        complaints = list(tool.complaints(path))
        now = [mistake for mistake in left if any(map(mistake.is_told_by, complaints))]
        told = [complaint for complaint in complaints if any(mistake.is_told_by(complaint) for mistake in now)]
        result.told += told
        if not now:
            result.besides += complaints
            break
        if result.runs == 0:
            result.besides += [complaint for complaint in complaints if complaint not in told]
        result.runs += 1
        result.found += now
        text = mended(text, now)
        left = [mistake for mistake in left if mistake not in now]
    return result


def measure_all(every_case):
    """From the name of a tool to {file: Measured}."""
    clean = environment()
    os.environ.clear()  # botocore is called in this process.
    os.environ.update(clean)
    with tempfile.TemporaryDirectory(prefix="connect-lint-compare-") as folder, service() as server:
        return {tool.name: {case.file: measure(tool, case, pathlib.Path(folder)) for case in every_case if tool.takes(case)} for tool in tools(server)}


def lacks_of_ours(every_case, measured):
    """What is wrong with connect-lint: it finds all, in one run, each once, and nothing else."""
    for case in every_case:
        ours = measured["connect-lint"][case.file]
        yield from (f"{case.file}: not found: {mistake.at}: {mistake.what}" for mistake in case.mistakes if mistake not in ours.found)
        yield from (f"{case.file}: {complaint.pointer}: {complaint.text}: no mistake" for complaint in ours.besides)
        if len(ours.told) != len(ours.found) or ours.runs != 1:
            yield f"{case.file}: {len(ours.found)} mistakes in {len(ours.told)} messages and {ours.runs} runs"


# --- Showing ------------------------------------------------------------------


def row(cells):
    return "| " + " | ".join(map(str, cells)) + " |"


def table(every_case, measured):
    lines = [row(["tool", *(case.heading for case in every_case), "messages", "runs", "place", "false alarms"]), row(["---"] * (len(every_case) + 5))]
    for name, by_file in measured.items():
        found = [f"{len(by_file[case.file].found)} of {len(case.mistakes)}" if case.file in by_file else "-" for case in every_case]
        told = [complaint for result in by_file.values() for complaint in result.told]
        place = "none" if not told else "line and path" if all(complaint.in_line for complaint in told) else "path"
        lines.append(row([name, *found, len(told), max(result.runs for result in by_file.values()), place, sum(len(result.besides) for result in by_file.values())]))
    for name in ("cfn-lint", "cloudformation-validate"):
        if not any(there.startswith(name) for there in measured):
            lines.append(row([name, *("-" for _ in every_case), "not run", "", "", ""]))
    return lines


def details(every_case, measured):
    for case in every_case:
        here = {name: by_file[case.file] for name, by_file in measured.items() if case.file in by_file}
        yield f"\ntests/compare/fails-{case.file}"
        for mistake in case.mistakes:
            yield f"\n  {mistake.at or 'the whole'}: {mistake.what} ({mistake.source})"
            for name, result in here.items():
                yield from (f"    {name}: {complaint.text}" for complaint in result.told if mistake.is_told_by(complaint))
        for name, result in here.items():
            yield from (f"\n  no mistake of ours, from {name}: {complaint.pointer}: {complaint.text}" for complaint in result.besides)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--verbose", action="store_true", help="also list the mistakes, with what each tool says")
    options = parser.parse_args()
    every_case = list(cases())
    try:
        measured = measure_all(every_case)
    except (NotRun, OSError, subprocess.TimeoutExpired) as error:
        print(f"ci/compare: {error}", file=sys.stderr)
        return 3
    print("\n".join(table(every_case, measured)))
    if options.verbose:
        print("\n".join(details(every_case, measured)))
    lacks = list(lacks_of_ours(every_case, measured))
    for lack in lacks:
        print(f"ci/compare: {lack}", file=sys.stderr)
    return 1 if lacks else 0


if __name__ == "__main__":
    sys.exit(main())
