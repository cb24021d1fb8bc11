"""Guarded clients: the bad request never arrives, the good one does as without a guard."""

import json
import logging
import os
import pickle
import re
import subprocess
import sys
import types
import unittest

import boto3
import botocore.exceptions
import connect_lint
from check_cases import RULE, rule_folder
from known_requests import BAD, ROOT, SCRATCH, good_requests
from loopback import KEYS, Loopback, botocore_session, shared_session

GOOD = {"DomainName": "sales", "Uri": "s3://leads", "ObjectTypeName": "Account"}
WARNED = {**GOOD, "ObjectTypeNames": {"SegmentIdentify": "Account"}}  # Both names: no error.


def method_of(operation):
    return re.sub("(?<!^)([A-Z])", r"_\1", operation).lower()


def known(params, shape):
    """The parameters without the members that a model, which may be older, does not have."""
    if isinstance(params, list):
        return [known(each, shape.member) for each in params]
    if not isinstance(params, dict) or shape.type_name == "map":
        return params
    return {name: known(value, shape.members[name]) for name, value in params.items() if name in shape.members}


class Guarded(unittest.TestCase):
    def setUp(self):
        self.loopback = Loopback()
        self.addCleanup(self.loopback.close)

    def call(self, client, operation, params):
        """What arrives."""
        getattr(client, method_of(operation))(**params)
        return self.loopback.taken()

    def refused(self, client, operation, params):
        with self.assertRaises(connect_lint.RequestError) as caught:
            self.call(client, operation, params)
        self.assertEqual([], self.loopback.taken())
        return caught.exception


class Sent(Guarded):
    def test_right_requests_arrive_unchanged(self):
        plain, guarded = self.loopback.client(), self.loopback.client()
        connect_lint.guard(guarded, fail_on="warning")
        operations, bodies = set(), 0
        for name, operation, params in good_requests():
            params = known(params, plain.meta.service_model.operation_model(operation).input_shape)
            with self.subTest(name):
                before = json.dumps(params)
                expected, arrived = self.call(plain, operation, params), self.call(guarded, operation, params)
                self.assertEqual(1, len(expected))
                self.assertEqual(expected, arrived)
                self.assertEqual(before, json.dumps(params))
                operations.add(operation)
                bodies += bool(arrived[0][2])
        self.assertEqual(set(connect_lint.operations()), operations)
        self.assertGreater(bodies, 30)

    def test_wrong_requests_do_not_arrive(self):
        plain, guarded = self.loopback.client(), self.loopback.client()
        connect_lint.guard(guarded)
        for operation, params in BAD.items():
            with self.subTest(operation):
                self.assertEqual(1, len(self.call(plain, operation, params)))  # It is ours alone to refuse.
                error = self.refused(guarded, operation, params)
                self.assertEqual((operation, connect_lint.check(operation, params)), (error.operation, error.report))

    def test_what_botocore_would_refuse_gets_all_findings_at_once(self):
        client = self.loopback.client()
        connect_lint.guard(client)
        error = self.refused(client, "ListWorkflows", {"DomainName": 5, "Satus": "x", "MaxResults": 101})
        self.assertLessEqual({"/DomainName", "/Satus", "/MaxResults"}, {found.pointer for found in error.report.findings})

    def test_the_error(self):
        client = self.loopback.client()
        connect_lint.guard(client)
        error = self.refused(client, "ListWorkflows", BAD["ListWorkflows"])
        self.assertEqual("ListWorkflows was not sent, 1 finding:\n$['Status']: error: `Complete` is no value of `Status` [schema/enum]; write `COMPLETE`", str(error))
        self.assertIsInstance(error, ValueError)
        again = pickle.loads(pickle.dumps(error))
        self.assertEqual((str(error), error.operation, error.report, error.fail_on), (str(again), again.operation, again.report, again.fail_on))


class Doors(Guarded):
    def test_clients_and_sessions(self):
        options = self.loopback.options()

        def boto3_session():
            session = boto3.Session(**KEYS)
            connect_lint.guard(session)
            return session.client("customer-profiles", **options)

        def boto3_client():
            client = boto3.Session(**KEYS).client("customer-profiles", **options)
            connect_lint.guard(client)
            return client

        def botocores_session():
            session = botocore_session()
            connect_lint.guard(session)
            return session.create_client("customer-profiles", **options)

        def botocores_client():
            client = botocore_session().create_client("customer-profiles", **options)
            connect_lint.guard(client)
            return client

        def below_boto3():
            session = botocore_session()
            connect_lint.guard(session)
            return boto3.Session(botocore_session=session).client("customer-profiles", **options)

        for door in (boto3_session, boto3_client, botocores_session, botocores_client, below_boto3):
            with self.subTest(door.__name__):
                client = door()
                self.refused(client, "PutIntegration", BAD["PutIntegration"])
                self.assertEqual(1, len(self.call(client, "PutIntegration", GOOD)))

    def test_other_things_are_no_clients(self):
        for thing in (None, "client", object(), boto3, connect_lint):
            with self.subTest(thing=thing), self.assertRaisesRegex(TypeError, "is no client and no session of boto3 or botocore"):
                connect_lint.guard(thing)

    def test_a_guard_of_a_client_is_its_own(self):
        session = boto3.Session(**KEYS)
        before = self.loopback.client(session=session)
        connect_lint.guard(session)
        after, other = self.loopback.client(session=session), self.loopback.client()
        self.refused(after, "PutIntegration", BAD["PutIntegration"])
        for client in (before, other):
            self.assertEqual(1, len(self.call(client, "PutIntegration", BAD["PutIntegration"])))
        # The client's own takes the place of the session's; other clients keep theirs.
        connect_lint.guard(after, action="log", fail_on="info", linter=connect_lint.Linter())
        with self.assertLogs("connect_lint"):
            self.assertEqual(1, len(self.call(after, "PutIntegration", BAD["PutIntegration"])))
        self.refused(self.loopback.client(session=session), "PutIntegration", BAD["PutIntegration"])

    def test_other_services_and_operations(self):
        session = boto3.Session(**KEYS)
        connect_lint.guard(session, fail_on="info", action=lambda *_: self.fail("it is not ours"))
        s3, sts, glue, client = (self.loopback.client(service, session) for service in ("s3", "sts", "glue", "customer-profiles"))
        s3.put_object(Bucket="my-bucket", Key="DomainName", Body=b"my sales")
        self.assertEqual([0], [page["KeyCount"] for page in s3.get_paginator("list_objects_v2").paginate(Bucket="my-bucket")])
        self.assertEqual("1", sts.get_caller_identity()["Account"])
        glue.get_workflow(Name="my workflow")  # Of the same name as one of ours.
        client.create_domain(DomainName="my sales", DefaultExpirationDays=5)
        client.list_domains(MaxResults=1000)
        self.assertEqual(["/my-bucket/DomainName", "/my-bucket?list-type=2&encoding-type=url", "/", "/", "/domains/my%20sales", "/domains?max-results=1000"],
                         [path for _, path, _, _ in self.loopback.taken()])
        with self.assertRaises(botocore.exceptions.ParamValidationError):
            client.list_domains(MaxResults="many")

    def test_pages(self):
        # Debian's model pages none of our operations; a newer one may.
        folder = SCRATCH / "models" / "customer-profiles" / "2020-08-15"
        folder.mkdir(parents=True)
        pages = {"input_token": "NextToken", "limit_key": "MaxResults", "output_token": "NextToken", "result_key": "Items"}
        (folder / "paginators-1.json").write_text(json.dumps({"pagination": {"ListWorkflows": pages}}))
        session = botocore_session()
        session.get_component("data_loader").search_paths.insert(0, str(folder.parents[1]))
        connect_lint.guard(session, fail_on="warning")
        paginator = session.create_client("customer-profiles", **self.loopback.options()).get_paginator("list_workflows")
        self.loopback.answers += [b'{"Items": [], "NextToken": "AAMA"}', b"{}"]
        list(paginator.paginate(DomainName="sales"))
        self.assertEqual(["/domains/sales/workflows", "/domains/sales/workflows?next-token=AAMA"], [path for _, path, _, _ in self.loopback.taken()])
        with self.assertRaises(connect_lint.RequestError):
            list(paginator.paginate(DomainName="sales", PaginationConfig={"PageSize": 101}))
        self.assertEqual([], self.loopback.taken())

    def test_no_address_for_a_wrong_request(self):
        client = self.loopback.client()
        connect_lint.guard(client)
        self.assertIn("/domains/sales/integrations", client.generate_presigned_url("list_integrations", {"DomainName": "sales"}))

    def test_other_handlers_come_first(self):
        client = self.loopback.client()
        connect_lint.guard(client)

        def rename(params, **_):
            params["DomainName"] = params["DomainName"].replace(" ", "-")

        client.meta.events.register("before-parameter-build.customer-profiles.ListIntegrations", rename)
        self.assertEqual("/domains/my-sales/integrations", self.call(client, "ListIntegrations", {"DomainName": "my sales"})[0][1])

    def test_what_others_make_of_it_is_checked(self):
        for event in ("provide-client-params", "provide-client-params.customer-profiles.ListIntegrations", "before-parameter-build",
                      "before-parameter-build.*.ListIntegrations", "before-parameter-build.customer-profiles.ListIntegrations"):
            with self.subTest(event):
                client = self.loopback.client()
                connect_lint.guard(client)
                client.meta.events.register(event, lambda params, **_: params.update(DomainName="my sales"))
                self.refused(client, "ListIntegrations", {"DomainName": "sales"})


class Actions(Guarded):
    def guarded(self, **options):
        client = self.loopback.client()
        connect_lint.guard(client, **options)
        return client

    def test_fail_on(self):
        warned = connect_lint.check("PutIntegration", WARNED)
        self.assertEqual((0, True), (warned.errors, warned.warnings > 0))
        self.assertEqual(1, len(self.call(self.guarded(), "PutIntegration", WARNED)))
        self.assertEqual(warned.at_least("warning"), self.refused(self.guarded(fail_on="warning"), "PutIntegration", WARNED).report.at_least("warning"))
        informed = {"DomainName": "sales"}
        self.assertEqual((0, 0, True), (lambda report: (report.errors, report.warnings, report.infos > 0))(connect_lint.check("ListIntegrations", informed)))
        self.assertEqual(1, len(self.call(self.guarded(fail_on="warning"), "ListIntegrations", informed)))
        self.assertIn("info: ", str(self.refused(self.guarded(fail_on="info"), "ListIntegrations", informed)))

    def test_log(self):
        client = self.guarded(action="log", fail_on="warning")
        params = {"DomainName": "my sales", "MaxResults": 50, "NextToken": "AAMA"}
        report = connect_lint.check("ListIntegrations", params)
        self.assertGreater(report.infos, 0)
        with self.assertLogs("connect_lint", "DEBUG") as logged:
            self.assertEqual(1, len(self.call(client, "ListIntegrations", params)))
            self.call(client, "PutIntegration", WARNED)
        warnings = connect_lint.check("PutIntegration", WARNED).at_least("warning")
        self.assertEqual([(logging.ERROR, f"ListIntegrations: {found}") for found in report.at_least("warning")]
                         + [(logging.WARNING, f"PutIntegration: {found}") for found in warnings],
                         [(record.levelno, record.getMessage()) for record in logged.records])

    def test_a_function(self):
        calls = []
        client = self.guarded(action=lambda operation, report: calls.append((operation, report)))
        self.assertEqual(1, len(self.call(client, "PutIntegration", BAD["PutIntegration"])))
        self.call(client, "PutIntegration", GOOD)
        self.assertEqual([("PutIntegration", connect_lint.check("PutIntegration", BAD["PutIntegration"]))], calls)

        def stop(operation, _):
            raise LookupError(operation)

        connect_lint.guard(client, action=stop)
        with self.assertRaisesRegex(LookupError, "PutIntegration"):
            self.call(client, "PutIntegration", BAD["PutIntegration"])
        self.assertEqual(([], 1), (self.loopback.taken(), len(calls)))

    def test_a_linter_with_rules_of_ones_own(self):
        linter = connect_lint.Linter(rules=rule_folder(RULE, SCRATCH))
        client = self.guarded(fail_on="warning", linter=linter)
        error = self.refused(client, "PutIntegration", {**GOOD, "DomainName": "other"})
        self.assertEqual(["house/other-domain"], [found.id for found in error.report.at_least("warning")])
        self.assertEqual(1, len(self.call(client, "PutIntegration", GOOD)))
        connect_lint.guard(client, fail_on="warning")
        self.assertEqual(1, len(self.call(client, "PutIntegration", {**GOOD, "DomainName": "other"})))

    def test_wrong_arguments(self):
        client = shared_session().client("customer-profiles", **self.loopback.options())
        for options, text in (({"action": "print"}, "action is 'print'"), ({"action": None}, "action is None"), ({"fail_on": "never"}, "fail_on is 'never'")):
            with self.assertRaisesRegex(ValueError, text):
                connect_lint.guard(client, **options)


class Example(Guarded):
    def test_what_is_in_the_documents(self):
        blocks = re.findall(r"```python\n(.*?)```", (ROOT / "README.md").read_text(encoding="utf-8"), re.DOTALL)
        (readme,) = (block for block in blocks if "connect_lint.guard(" in block)
        module = "\n".join(line.strip() for line in connect_lint.__doc__.split("In front of")[1].splitlines() if line.startswith("    "))
        for text in (readme, module):
            maker = types.SimpleNamespace(client=self.loopback.client)
            with self.assertRaises(connect_lint.RequestError) as caught:
                exec(text, {"boto3": maker, "connect_lint": connect_lint})
            self.assertIn("/ObjectTypeName", [found.pointer for found in caught.exception.report.findings])
            self.assertEqual([], self.loopback.taken())

    def test_it_refuses_and_sends(self):
        environment = {**os.environ, "AWS_ACCESS_KEY_ID": "AKIDEXAMPLE", "AWS_SECRET_ACCESS_KEY": "secret"}
        for params, status, out, arrived in (
            (BAD["PutIntegration"], 1, r"^\$: error: .* \[integration/source-missing\]; .*\n$", []),
            (GOOD, 0, "^sent\n$", ["/domains/sales/integrations"]),
        ):
            file = SCRATCH / f"example-{status}.json"
            file.write_text(json.dumps(params))
            command = [sys.executable, ROOT / "tests/python/example_refuse.py", self.loopback.url, file]
            done = subprocess.run(command, capture_output=True, text=True, check=False, env=environment)
            self.assertEqual((status, ""), (done.returncode, done.stderr))
            self.assertRegex(done.stdout, out)
            self.assertEqual(arrived, [path for _, path, _, _ in self.loopback.taken()])
