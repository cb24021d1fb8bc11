"""What checks give: reports, findings, errors; the same as the program's."""

import ast
import copy
import dataclasses
import datetime
import doctest
import inspect
import json
import pathlib
import pickle
import pydoc
import subprocess
import sys
import tempfile
import typing
import unittest
import unittest.mock

import connect_lint
from connect_lint import _library
from known_requests import BAD, PROGRAM, ROOT, SCRATCH, good_requests, program_report

TEXT = """{"DomainName": "sales", "ObjecttypeName": "é", "FlowDefinition": {"FlowName": "f", "KmsArn": "arn:aws:kms:us-east-1:444455556666:key/0",
 "SourceFlowConfig": {"ConnectorType": "Salesforce", "SourceConnectorProperties": {"Salesforce": {"Object": "Account"}}},
 "Tasks": [{"TaskType": "Filter", "SourceFields": ["Id"], "ConnectorOperator": {"Marketo": "PROJECTION"}},
           {"TaskType": "Map", "SourceFields": ["Id"], "DestinationField": "Id", "ConnectorOperator": {"Salesforce": "NO_OP"}}],
 "TriggerConfig": {"TriggerType": "OnDemand"}}}
"""
TEMPLATE = """
Resources:
  Sales:
    Type: AWS::CustomerProfiles::Integration
    Properties: {DomainName: my sales, ObjectTypeName: Account, Uri: "s3://leads"}
"""
RULE = """
summary: a domain that is not ours
severity: warning
certainty: convention
on: PutIntegrationRequest
find: $[?key(@) == 'DomainName' && @ != 'sales']
message: "the domain is `{@}`, not `sales`"
why: |
  Ours is sales.
source: the team
examples:
  - passes: {DomainName: sales}
  - fails: {DomainName: other}
    reports: [/DomainName]
"""


def rule_folder(text, parent):
    folder = pathlib.Path(tempfile.mkdtemp(dir=parent)) / "rules"
    (folder / "house").mkdir(parents=True)
    (folder / "house" / "other-domain.yaml").write_text(text)
    return folder


def ids(report):
    return [found.id for found in report.findings]


class Check(unittest.TestCase):
    def test_a_clean_request(self):
        report = connect_lint.check("GetWorkflow", {"DomainName": "sales", "WorkflowId": "0123456789abcdef0123456789abcdef"})
        self.assertEqual(connect_lint.Report(status="checked", operation="GetWorkflow"), report)
        self.assertTrue(report.ok)
        self.assertEqual("", str(report))

    def test_a_finding(self):
        report = connect_lint.check("GetWorkflow", {"DomainName": "my sales", "WorkflowId": "0123456789abcdef0123456789abcdef"})
        self.assertEqual((1, 0, 0, 0, False, "checked", "GetWorkflow", ""),
                         (report.errors, report.warnings, report.infos, report.left_out, report.ok, report.status, report.operation, report.note))
        self.assertEqual(
            (connect_lint.Finding(id="schema/pattern", severity="error", certainty="model", message="`DomainName` cannot have a blank as character 3",
                                  pointer="/DomainName", path="$['DomainName']", mark="value", help="a name of letters, digits, `_` and `-`, at most 64 characters"),),
            report.findings)
        self.assertEqual("$['DomainName']: error: `DomainName` cannot have a blank as character 3 [schema/pattern]; "
                         "a name of letters, digits, `_` and `-`, at most 64 characters", str(report))

    def test_text_findings_have_all_that_the_program_says(self):
        told = json.loads(subprocess.run([PROGRAM, "check", "--no-config", "--show", "info", "--format", "json", "-"], input=TEXT, capture_output=True,
                                         text=True, encoding="utf-8", check=False).stdout)["files"][0]
        report = connect_lint.check_text(TEXT)
        self.assertEqual(len(told["diagnostics"]), len(report.findings))
        seen = set()
        for expected, found in zip(told["diagnostics"], report.findings):
            plain = dataclasses.asdict(found)
            place = plain.pop("place")
            self.assertEqual(expected.pop("span"), place)
            related = [{"span" if name == "place" else name: value for name, value in each.items()} for each in plain.pop("related")]
            self.assertEqual(expected.pop("related", []), related)
            fix = plain.pop("fix")
            if fix:
                fix["edits"] = list(fix["edits"])
            self.assertEqual(expected.pop("fix", None), fix)
            self.assertEqual({"help": "", "source": "", **expected}, plain)
            self.assertTrue(str(found).startswith(f"{found.place.line}:{found.place.column}: {found.severity}: {found.message} [{found.id}]"))
            seen |= {name for name, value in (("related", related), ("fix", fix), ("source", found.source), ("help", found.help)) if value}
        self.assertEqual({"related", "fix", "source", "help"}, seen)

    def test_edits_mend_the_text(self):
        text = TEXT.encode()
        found = next(each for each in connect_lint.check_text(text).findings if each.fix and each.fix.safe)
        for edit in reversed(found.fix.edits):
            text = text[: edit.begin] + edit.text.encode() + text[edit.end :]
        self.assertNotIn(found.id, ids(connect_lint.check_text(text)))
        self.assertEqual(connect_lint.check_text(TEXT), connect_lint.check_text(memoryview(bytearray(TEXT.encode()))))

    def test_severities(self):
        report = connect_lint.Report(status="checked", errors=1, warnings=2, infos=4)
        self.assertEqual([1, 3, 7], [report.count(each) for each in ("error", "warning", "info")])
        report = connect_lint.check("ListWorkflows", {**BAD["ListWorkflows"], "NextToken": "AAMA"})
        self.assertEqual({"error"}, {found.severity for found in report.at_least("error")})
        self.assertEqual(report.findings, report.at_least("info"))
        self.assertLess(len(report.at_least("warning")), len(report.findings))
        for method in (report.count, report.at_least):
            self.assertRaisesRegex(ValueError, "severity is 'worst'", method, "worst")

    def test_other_texts(self):
        for text, options, expected in (
            ("DomainName: my sales\n", {"operation": "ListIntegrations"}, ("checked", "ListIntegrations", "schema/pattern")),
            ('{"operation": "GetWorkflow", "input": {"DomainName": "a b", "WorkflowId": "0"}}', {}, ("checked", "GetWorkflow", "schema/pattern")),
            (TEMPLATE, {}, ("checked", "PutIntegration", "schema/pattern")),
            ('{"DomainName": "sales"}', {"file_name": "put-integration.json"}, ("checked", "PutIntegration", "integration/source-missing")),
            ('{"QueryStartDate": "2021-10-14T00:00:00Z"}', {"operation": "ListWorkflows", "dialect": "body"}, ("checked", "ListWorkflows", "schema/type")),
            ('{"DomainName"', {"operation": "GetWorkflow", "syntax": "json"}, ("unreadable", "GetWorkflow", "document/syntax")),
            (b"\xff", {}, ("unreadable", "", "document/encoding")),
            ("\ud800", {}, ("unreadable", "", "document/encoding")),
            ("{}", {"operation": "Nothing"}, ("unreadable", "", "request/operation-unknown")),
            ("{}", {"operation": "GetWorkflow\0"}, ("unreadable", "", "request/operation-unknown")),
        ):
            with self.subTest(text=text, options=options):
                report = connect_lint.check_text(text, **options)
                self.assertEqual(expected[:2], (report.status, report.operation))
                self.assertIn(expected[2], ids(report))

    def test_skipped_texts_say_why(self):
        report = connect_lint.check_text('{"name": "package"}')
        self.assertEqual(("skipped", "", ()), (report.status, report.operation, report.findings))
        self.assertEqual("skipped: its members are not those of a Customer Profiles request", str(report))

    def test_bodies(self):
        good = {"DomainName": "sales", "NextToken": "a b&c"}
        self.assertTrue(connect_lint.check_body("ListWorkflows", "", good).ok)
        self.assertTrue(connect_lint.check_body("ListWorkflows", b'{"Status": "COMPLETE", "QueryStartDate": 1634169600}', good).ok)
        report = connect_lint.check_body("ListWorkflows", '{"Status": "Complete"}', {"DomainName": "my sales"})
        self.assertEqual({"/DomainName": False, "/Status": True}, {found.pointer: found.place is not None for found in report.findings if found.severity == "error"})
        nul = connect_lint.check_body("GetWorkflow", "", {"DomainName": "sales\0x", "WorkflowId": "0123456789abcdef0123456789abcdef"})
        self.assertEqual(["/DomainName"], [found.pointer for found in nul.findings])

    def test_the_present_time(self):
        batch = {"StartTime": 1893456000, "EndTime": 1893542400}
        params = next(params for name, operation, params in good_requests() if operation == "CreateIntegrationWorkflow" and "Batches" in str(params))
        params["IntegrationConfig"]["AppflowIntegration"]["Batches"] = [batch]
        aware = datetime.datetime(2021, 10, 14, tzinfo=datetime.timezone(datetime.timedelta(hours=5)))
        for now in (1634151600, 1634151600.9, aware):
            with self.subTest(now=now):
                self.assertIn("batch/future", ids(connect_lint.check("CreateIntegrationWorkflow", params, now=now)))
                self.assertIn("batch/future", ids(connect_lint.check_text(json.dumps(params), now=now)))
        self.assertNotIn("batch/future", ids(connect_lint.check("CreateIntegrationWorkflow", params)))
        self.assertNotIn("batch/future", ids(connect_lint.check("CreateIntegrationWorkflow", params, now=1893542401)))
        self.assertRaisesRegex(ValueError, "now", connect_lint.check, "GetWorkflow", {}, now=2**63)

    def test_more_findings_than_are_described(self):
        params = {"DomainName": "sales", "Uri": "s3://leads", "ObjectTypeName": "Account", "Tags": {f"aws:{i}": "x" for i in range(1500)}}
        report = connect_lint.check("PutIntegration", params)
        self.assertEqual(1000, len(report.findings))
        self.assertEqual(report.errors + report.warnings + report.infos, report.left_out + 1000)
        self.assertGreater(report.errors, 1400)
        self.assertTrue(str(report).endswith(f"\n{report.left_out} more"))
        error = connect_lint.RequestError("PutIntegration", report)
        self.assertIn(f"was not sent, {report.errors} findings:\n", str(error))
        self.assertTrue(str(error).endswith(" more"))

    def test_wrong_arguments(self):
        for problem, call, text in (
            (TypeError, lambda: connect_lint.check(None, {}), "operation is of type `NoneType`"),
            (TypeError, lambda: connect_lint.check(b"GetWorkflow", {}), "operation is of type `bytes`"),
            (TypeError, lambda: connect_lint.check_text(None), "text is of type `NoneType`"),
            (TypeError, lambda: connect_lint.check_body("GetWorkflow", "", {"DomainName": 5}), "the member 'DomainName' is of type `int`"),
            (ValueError, lambda: connect_lint.check_text("{}", dialect="soap"), 'dialect is \'soap\', but has to be one of "input", "body", "cloudformation"'),
            (ValueError, lambda: connect_lint.check_text("{}", syntax="toml"), 'syntax is \'toml\', but has to be one of "json", "yaml"'),
            (ValueError, lambda: connect_lint.Linter(rules=["a\0b"]), "null character"),
        ):
            with self.subTest(text=text):
                with self.assertRaises(problem) as caught:
                    call()
                self.assertIn(text, str(caught.exception))

    def test_names(self):
        self.assertEqual(sorted(BAD), sorted(connect_lint.operations()))
        self.assertEqual(subprocess.run([PROGRAM, "--version"], capture_output=True, text=True, check=True).stdout.split()[1], connect_lint.version())
        self.assertEqual(connect_lint.version(), connect_lint.__version__)


class Rules(unittest.TestCase):
    def test_rules_of_ones_own(self):
        folder = rule_folder(RULE, SCRATCH)
        params = {"DomainName": "other", "Uri": "s3://leads", "ObjectTypeName": "Account"}
        for rules in ([folder], [str(folder)], folder, str(folder), (each for each in [folder])):
            linter = connect_lint.Linter(rules=rules)
            self.assertEqual(["house/other-domain"], [found.id for found in linter.check("PutIntegration", params).at_least("warning")])
        self.assertNotIn("house/other-domain", ids(connect_lint.check("PutIntegration", params)))
        for again in (copy.copy(linter), copy.deepcopy(linter), pickle.loads(pickle.dumps(linter))):
            self.assertEqual(linter.check("PutIntegration", params), again.check("PutIntegration", params))
        self.assertEqual(linter.check_text(json.dumps(params)).warnings, 1)
        check = pickle.loads(pickle.dumps(connect_lint.check))  # As pools of processes do.
        self.assertEqual(connect_lint.check("PutIntegration", params), check("PutIntegration", params))

    def test_broken_rules_say_what_is_broken(self):
        folder = rule_folder(RULE.replace("find: $[?", "find: $[?("), SCRATCH)
        with self.assertRaisesRegex(ValueError, r"other-domain\.yaml:\d+"):
            connect_lint.Linter(rules=[folder])
        for options in ({"rules": [folder / "nothing"]}, {"data_dir": folder / "nothing"}):
            with self.assertRaisesRegex(ValueError, "nothing"):
                connect_lint.Linter(**options)

    def test_a_checkout(self):
        linter = connect_lint.Linter(data_dir=ROOT)
        for operation, params in BAD.items():
            self.assertEqual(connect_lint.check(operation, params), linter.check(operation, params))


class Requests(unittest.TestCase):
    def test_right_requests(self):
        operations = set()
        for name, operation, params in good_requests():
            with self.subTest(name):
                report = connect_lint.check(operation, params)
                self.assertEqual(("checked", operation, ()), (report.status, report.operation, report.at_least("warning")))
                operations.add(operation)
        self.assertEqual(set(connect_lint.operations()), operations)

    def test_findings_are_those_of_the_program(self):
        compared = 0
        given = []
        for path in sorted((ROOT / "tests/golden").glob("*.json")):
            report = connect_lint.check_text(path.read_bytes(), file_name=path.name)
            arguments = path.with_name(path.name + ".args")
            words = arguments.read_text().split() if arguments.exists() else []
            operation = words[words.index("--operation") + 1] if "--operation" in words[:-1] else report.operation
            try:
                params = json.loads(path.read_bytes())
                json.dumps(params, allow_nan=False)
            except ValueError:
                continue  # Broken on purpose, or a number that Python takes for infinite.
            given.append((path.name, operation, params))
        given += [(operation, operation, params) for operation, params in BAD.items()]
        for name, operation, params in given:
            if operation not in connect_lint.operations() or not isinstance(params, dict):
                continue
            with self.subTest(name):
                told = program_report(params, operation)
                report = connect_lint.check(operation, params)
                self.assertEqual([(each["id"], each["pointer"], each["severity"], each["message"], each["mark"], each.get("help", ""),
                                   [(one["pointer"], one["message"]) for one in each.get("related", [])]) for each in told["diagnostics"]],
                                 [(each.id, each.pointer, each.severity, each.message, each.mark, each.help,
                                   [(one.pointer, one.message) for one in each.related]) for each in report.findings])
                self.assertTrue(all(each.place is None and each.fix is None for each in report.findings))
                compared += len(report.findings)
        self.assertGreater(compared, 300)


class Documentation(unittest.TestCase):
    def test_types(self):
        self.assertEqual({"safe": bool, "edits": tuple[connect_lint.Edit, ...]}, typing.get_type_hints(connect_lint.Fix))
        self.assertEqual(connect_lint.Report, typing.get_type_hints(connect_lint.check)["return"])

    def test_the_example_of_the_module(self):
        done = doctest.testmod(connect_lint)
        self.assertEqual((0, True), (done.failed, done.attempted >= 3))

    def test_every_public_name_says_what_it_is(self):
        for name in connect_lint.__all__:
            thing = getattr(connect_lint, name)
            with self.subTest(name):
                self.assertTrue(inspect.getdoc(thing))
                for field in dataclasses.fields(thing) if dataclasses.is_dataclass(thing) else ():
                    self.assertRegex(inspect.getdoc(thing), rf"\b{field.name}\b")
                self.assertEqual("connect_lint", thing.__module__ if inspect.isclass(thing) else "connect_lint")
                if callable(thing) and not inspect.isclass(thing):
                    signature = inspect.signature(thing)
                    self.assertIsNot(inspect.Signature.empty, signature.return_annotation)
                    untyped = [each for each, parameter in signature.parameters.items() if parameter.annotation is inspect.Parameter.empty]
                    self.assertEqual([], untyped)
        page = pydoc.plaintext.document(connect_lint)
        for words in ("check(operation:", "guard(client_or_session", "class Linter", "class RequestError"):
            self.assertIn(words, page)

    def test_syntax_of_python_3_9(self):
        package = pathlib.Path(connect_lint.__file__).parent
        self.assertTrue((package / "py.typed").exists())
        for path in package.glob("*.py"):
            with self.subTest(path.name):
                text = path.read_text()
                ast.parse(text, feature_version=(3, 9))
                if " | " in text:  # Only read, never run.
                    self.assertIn("from __future__ import annotations", text)

    def test_a_library_that_is_missing_or_another_one(self):
        for library, text in (("libnothing.so.7", r"^connect_lint needs libnothing\.so\.7, which is installed with it: .*libnothing\.so\.7: cannot open"),
                              ("libc.so.6", r"^libc\.so\.6 is not the library that this package is made for: .*undefined symbol: connect_lint_abi$")):
            with unittest.mock.patch.object(_library, "NAME", library), self.assertRaisesRegex(ImportError, text):
                _library._Library()
        with unittest.mock.patch.object(_library, "ABI", 7), self.assertRaisesRegex(ImportError, "has the interface 1, but this package is made for 7$"):
            _library._Library()

    def test_importing_it_does_little(self):
        done = subprocess.run([sys.executable, "-X", "importtime", "-c", "import connect_lint"], capture_output=True, text=True, check=True)
        self.assertEqual("", done.stdout)
        self.assertNotIn("botocore", done.stderr)
