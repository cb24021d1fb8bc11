"""What parameters may hold: times as boto3 takes them, and values that make no sense."""

import collections
import datetime
import decimal
import enum
import fractions
import json
import os
import time
import types
import unittest

import botocore.config
import botocore.exceptions
import connect_lint
from connect_lint import _values
from known_requests import good_requests
from loopback import Loopback, shared_session

UTC = datetime.timezone.utc


class Colour(str, enum.Enum):
    COMPLETE = "COMPLETE"


class Number(enum.IntEnum):
    FIVE = 5
    MANY = 101


class Text(str):
    def __str__(self):
        return "other"

    __repr__ = __str__


class Whole(int):
    def __repr__(self):
        return "other"

    __str__ = __repr__


class Parameters(dict):
    """As programs make them."""


class Unspeakable:
    def __repr__(self):
        raise RuntimeError

    class Number:
        def __float__(self):
            raise ValueError

        def __repr__(self):
            raise RuntimeError


class NoZone(datetime.tzinfo):
    """Knows no offset: botocore takes the machine's."""

    def utcoffset(self, _):
        return None

    dst = tzname = utcoffset


def zone(hours, minutes=0):
    return datetime.timezone(datetime.timedelta(hours=hours, minutes=minutes))


def checked(value):
    """The number that the linter is given for a time."""
    return json.loads(_values.json_text({"time": value}))["time"]


def nested(depth):
    """That many dicts and lists in each other."""
    value = {}
    for index in range(depth - 1):
        value = [value] if index % 2 else {"a": value}
    return value if isinstance(value, dict) else {"a": value}


def shared(times):
    """Few lists that would be many in a text."""
    value = []
    for _ in range(times):
        value = [value, value]
    return {"Tags": value}


def inside_of_itself():
    value = {"Tags": []}
    value["Tags"].append(value)
    return value


def list_inside_of_itself():
    value = []
    value += [value, value]
    return {"Tags": value}


class Times(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.loopback = Loopback()
        cls.client = cls.loopback.client()
        connect_lint.guard(cls.client, action="raise")

    @classmethod
    def tearDownClass(cls):
        cls.loopback.close()

    def sent(self, value):
        """The number that arrives for a time."""
        self.client.list_workflows(DomainName="sales", QueryStartDate=value)
        ((_, _, body, _),) = self.loopback.taken()
        return json.loads(body)["QueryStartDate"]

    def test_what_is_checked_is_what_is_sent(self):
        kept = os.environ.get("TZ")
        try:
            for place in ("UTC", "America/New_York", "Asia/Kolkata"):
                os.environ["TZ"] = place
                time.tzset()
                for value, number in (
                    (datetime.datetime(2021, 10, 14, 20, 40), 1634244000),
                    (datetime.datetime(2021, 10, 14, 20, 40, tzinfo=UTC), 1634244000),
                    (datetime.datetime(2021, 10, 14, 16, 40, tzinfo=zone(-4)), 1634244000),
                    (datetime.datetime(2021, 10, 15, 2, 25, tzinfo=zone(5, 45)), 1634244000),
                    (datetime.datetime(2021, 10, 14, 20, 40, 0, 999999), 1634244000),
                    (datetime.datetime(2021, 10, 14, 20, 40, 0, 999999, tzinfo=zone(0, 1)), 1634243940),
                    (datetime.datetime(2021, 3, 14, 2, 30), 1615689000),  # A time that New York does not have.
                    (decimal.Decimal("1634244000"), 1634244000),
                    (fractions.Fraction(1634244000), 1634244000),
                    (1634244000, 1634244000),
                    (Whole(1634244000), 1634244000),
                    (1634244000.0, 1634244000),
                ):
                    with self.subTest(place=place, value=value):
                        self.assertEqual((number, number), (checked(value), self.sent(value)))
                unknown = datetime.datetime(2021, 10, 14, 20, 40, tzinfo=NoZone())
                self.assertEqual(self.sent(unknown), checked(unknown))
                # Texts are checked as they are; the linter reads them, and knows that they are in UTC.
                self.assertEqual(1634244000, self.sent("2021-10-14T20:40:00"))
                self.assertEqual("2021-10-14T20:40:00", checked("2021-10-14T20:40:00"))
        finally:
            os.environ.pop("TZ") if kept is None else os.environ.update(TZ=kept)
            time.tzset()

    def test_all_members_that_are_times(self):
        def as_datetime(value, form):
            if isinstance(value, dict):
                return {key: as_datetime(each, form) for key, each in value.items()}
            if isinstance(value, list):
                return [as_datetime(each, form) for each in value]
            try:
                return form(datetime.datetime.fromisoformat(value.replace("Z", "+00:00"))) if isinstance(value, str) and "T" in value[4:] else value
            except ValueError:
                return value

        converted = 0
        for form in (lambda moment: moment, lambda moment: moment.astimezone(zone(-7)), lambda moment: decimal.Decimal(int(moment.timestamp()))):
            for name, operation, params in good_requests():
                times = as_datetime(params, form)
                converted += times != params
                with self.subTest(name):
                    self.assertEqual((), connect_lint.check(operation, times).at_least("warning"))
        self.assertGreater(converted, 30)

    def test_times_are_checked(self):
        start, end = datetime.datetime(2021, 10, 14, 12, tzinfo=zone(-4)), datetime.datetime(2021, 10, 14, 15)
        for first, second, expected in ((start, end, True), (end, start, False)):
            report = connect_lint.check("ListWorkflows", {"DomainName": "sales", "QueryStartDate": first, "QueryEndDate": second})
            self.assertEqual(expected, bool(report.at_least("warning")), report)

    def test_what_is_no_time(self):
        for value in (datetime.date(2021, 10, 14), datetime.time(12), datetime.timedelta(1), time.gmtime(0).__class__,
                      datetime.datetime.max.replace(tzinfo=zone(-5)), datetime.datetime.min.replace(tzinfo=zone(5))):
            with self.subTest(value=value):
                with self.assertRaisesRegex(TypeError, r"the value at \$\['QueryStartDate'\] is .*, which no client can send"):
                    connect_lint.check("ListWorkflows", {"DomainName": "sales", "QueryStartDate": value})
                with self.assertRaises((botocore.exceptions.ParamValidationError, OverflowError)):
                    self.sent(value)
                self.assertEqual([], self.loopback.taken())


class Values(unittest.TestCase):
    def found(self, name, value, operation="ListWorkflows"):
        return {(each.id, each.pointer) for each in connect_lint.check(operation, {"DomainName": "sales", name: value}).at_least("warning")}

    def test_values_that_are_as_good_as_others(self):
        for name, value in (("Status", Colour.COMPLETE), ("Status", Text("COMPLETE")), ("MaxResults", Number.FIVE), ("MaxResults", Whole(5))):
            self.assertEqual(set(), self.found(name, value), name)
        params = {Text("DomainName"): "sales", "Uri": "s3://leads", "ObjectTypeName": "Account"}
        for form in (Parameters, collections.OrderedDict, lambda pairs: collections.defaultdict(list, pairs)):
            self.assertEqual(connect_lint.check("PutIntegration", dict(params)), connect_lint.check("PutIntegration", form(params)))
        self.assertTrue(connect_lint.check("PutIntegration", params).ok)
        for tasks in ([1, 2], (1, 2)):
            report = connect_lint.check("PutIntegration", {**params, "EventTriggerNames": tasks})
            self.assertIn("/EventTriggerNames/1", [each.pointer for each in report.findings])

    def test_values_that_are_found(self):
        for name, value, finding in (
            ("MaxResults", Number.MANY, ("schema/range", "/MaxResults")),
            ("MaxResults", True, ("schema/type", "/MaxResults")),
            ("MaxResults", decimal.Decimal("5.5"), ("schema/type", "/MaxResults")),
            ("MaxResults", 10**4000, ("document/number-range", "/MaxResults")),
            ("MaxResults", "5", ("schema/type", "/MaxResults")),
            ("MaxResults", 1e300, ("schema/type", "/MaxResults")),
            ("Status", None, ("schema/null", "/Status")),
            ("Status", "\ud800", ("document/lone-surrogate", "/Status")),
            ("Sta\ud800tus", "COMPLETE", ("document/lone-surrogate", "")),
            ("Status", "x" * 2_000_000, ("schema/enum", "/Status")),
            ("Status", "COMPLETE\0", ("schema/enum", "/Status")),
            ("Status", {}, ("schema/type", "/Status")),
            ("Status", datetime.datetime(2021, 10, 14), ("schema/type", "/Status")),
            ("x" * 4000, 1, ("schema/unknown-member", "/" + "x" * 4000)),
            ("x" * 2_000_000, 1, ("schema/unknown-member", "")),  # Longer than a path may be.
        ):
            with self.subTest(name=name[:20], value=str(value)[:20] if type(value) is not int else "int"):
                self.assertIn(finding, self.found(name, value))
        self.assertEqual(["schema/required"], [each.id for each in connect_lint.check("ListIntegrations", {}).at_least("error")])

    def test_two_halves_of_a_character_are_one(self):
        params = {"DomainName": "sales", "Uri": "s3://leads", "ObjectTypeName": "Account", "Tags": {"mood": "\ud83d\ude00"}}
        self.assertEqual(connect_lint.check("PutIntegration", {**params, "Tags": {"mood": "\U0001f600"}}), connect_lint.check("PutIntegration", params))

    def test_values_that_no_client_can_send(self):
        for value, text in (
            ({1}, "is of type `set`"),
            (frozenset(), "is of type `frozenset`"),
            (b"text", "is of type `bytes`"),
            (bytearray(b"text"), "is of type `bytearray`"),
            (object(), "is of type `object`"),
            (1j, "is of type `complex`"),
            (print, "is of type `builtin_function_or_method`"),
            (iter([]), "is of type `list_iterator`"),
            (types.MappingProxyType({}), "is of type `mappingproxy`"),
            (collections.UserDict(), "is of type `UserDict`"),
            (float("nan"), "is `nan`"),
            (float("-inf"), "is `-inf`"),
            (decimal.Decimal("NaN"), "is `Decimal('NaN')`"),
            (decimal.Decimal("sNaN"), "is `Decimal('sNaN')`"),
            (decimal.Decimal("1e999"), "is `Decimal('1E+999')`"),
            (fractions.Fraction(10**400), "is `Fraction(1" + "0" * 50 + "..." + "0" * 13 + ", 1)`"),
            (10**5000, "has too many digits"),
            (-(10**5000), "has too many digits"),
        ):
            with self.subTest(text=text):
                for params, path in (({"MaxResults": value}, "$['MaxResults']"), ({"Tags": {"a": [1, (2, value)]}}, "$['Tags']['a'][1][1]")):
                    with self.assertRaises(TypeError) as caught:
                        connect_lint.check("ListWorkflows", params)
                    self.assertEqual(f"the value at {path} {text}, which no client can send", str(caught.exception))
        for key in (5, None, 1.5, True, (1,), b"key"):
            with self.subTest(key=key):
                for params, path in (({key: "x"}, "$"), ({"Tags": [{"a": 1, key: 1}]}, "$['Tags'][0]")):
                    with self.assertRaises(TypeError) as caught:
                        connect_lint.check("ListWorkflows", params)
                    self.assertEqual(f"a key at {path} is `{key!r}`, but has to be a str", str(caught.exception))
        for params, text in (({10**5000: 1}, "a key at $ is `<int>`, but has to be a str"),
                             ({"x" * 2_000_000: {1}}, "x" * 59 + "..." + "x" * 16 + "'] is of type `set`"),
                             ({Unspeakable(): 1}, "a key at $ is `<Unspeakable>`"), ({"a": Unspeakable()}, "the value at $['a'] is of type `Unspeakable`"),
                             ({"a": Unspeakable.Number()}, "the value at $['a'] is `<Unspeakable.Number>`, which")):
            with self.assertRaises(TypeError) as caught:
                connect_lint.check("ListWorkflows", params)
            self.assertIn(text, str(caught.exception))

    def test_parameters_are_a_dict(self):
        for params in (None, [], (), "{}", 5, {1}, [("DomainName", "sales")]):
            with self.subTest(params=params), self.assertRaisesRegex(TypeError, "^the parameters are of type `.*`, but have to be a dict$"):
                connect_lint.check("ListWorkflows", params)

    def test_depth(self):
        self.assertEqual(["schema/unknown-member"], [each.id for each in connect_lint.check("ListAccountIntegrations", nested(128)).findings if each.pointer == "/a"])
        for params in (nested(129), nested(10_000), nested(200_000), inside_of_itself(), list_inside_of_itself()):
            with self.assertRaisesRegex(TypeError, "nested more than 128 deep, or inside of themselves|some inside of themselves"):
                connect_lint.check("ListWorkflows", params)
        with self.assertRaisesRegex(TypeError, "more than 5,000,000 dicts and lists"):
            connect_lint.check("ListWorkflows", shared(60))

    def test_long_texts(self):
        good = {"DomainName": "sales", "Uri": "s3://leads", "ObjectTypeName": "Account"}
        for length in (2_000_000, 70_000_000):  # The second one is longer than what is read.
            report = connect_lint.check("PutIntegration", {**good, "RoleArn": "x" * length})
            self.assertFalse(report.ok)
            self.assertLess(len(str(report)), 3000)


class LeftToBotocore(unittest.TestCase):
    """What botocore refuses, it refuses in its own words, with a guard as without."""

    def test_values_that_no_client_can_send(self):
        loopback = Loopback()
        self.addCleanup(loopback.close)
        plain, guarded = loopback.client(), loopback.client()
        connect_lint.guard(guarded, fail_on="info")
        for name, value in (("Status", {1}), ("Status", b"x"), ("MaxResults", float("nan")), ("MaxResults", datetime.date(2021, 10, 14)),
                            ("Status", object()), ("Status", nested(300)), ("Status", list_inside_of_itself()["Tags"])):
            with self.subTest(name=name, value=str(value)[:50]):
                words = []
                for client in (plain, guarded):
                    with self.assertRaises(botocore.exceptions.ParamValidationError) as caught:
                        client.list_workflows(DomainName="sales", **{name: value})
                    words.append(str(caught.exception))
                self.assertEqual(*words)
        with self.assertRaises(botocore.exceptions.ParamValidationError):
            guarded.put_integration(DomainName="sales", Uri="s3://leads", ObjectTypeName="Account", Tags={5: "x"})
        self.assertEqual([], loopback.taken())

    def test_clients_that_do_not_check(self):
        loopback = Loopback()
        self.addCleanup(loopback.close)
        options = loopback.options()
        options["config"] = options["config"].merge(botocore.config.Config(parameter_validation=False))
        client = shared_session().client("customer-profiles", **options)
        good = {"DomainName": "sales", "Uri": "s3://leads", "ObjectTypeName": "Account"}
        client.put_integration(**good, Tags={5: "x"})
        self.assertIn(b'{"5": "x"}', loopback.taken()[0][2])
        connect_lint.guard(client)
        with self.assertRaises(botocore.exceptions.ParamValidationError):
            client.put_integration(**good, Tags={5: "x"})
        # Bytes are texts to botocore where a time stands.
        client.list_workflows(DomainName="sales", QueryStartDate=b"1634244000")
        self.assertEqual(1, len(loopback.taken()))
        with self.assertRaisesRegex(connect_lint.RequestError, "MaxResults"):
            client.list_workflows(DomainName="sales", QueryStartDate=b"1634244000", MaxResults=500)
        self.assertEqual([], loopback.taken())
        connect_lint.guard(client, action="log")
        client.list_workflows(DomainName="sales", QueryStartDate=b"1634244000")
        self.assertEqual(1, len(loopback.taken()))
