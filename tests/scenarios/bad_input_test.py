#!/usr/bin/python3
"""Input that breaks programs: deep, long, wide, cut off, no text at all. Nothing may crash, hang or take all memory.

    CONNECT_LINT=build/release/connect-lint SCRATCH=scratch tests/scenarios/bad_input_test.py [--sanitized]

The files are made here; none is in the repository. Each run has a limit on its memory (not in sanitized builds, which reserve addresses
without end) and one on its time, which only guards against hanging.
"""

import json
import os
import pathlib
import random
import re
import resource
import shutil
import subprocess
import sys
import tempfile
import unittest

ROOT = pathlib.Path(__file__).resolve().parents[2]
SAMPLES = ROOT / "tests" / "samples"
YAML_SAMPLE = ROOT / "tests" / "golden" / "passes-put-integration.yaml"
SECONDS_MAX = 60
MEMORY_MAX = 1 << 30
MEGABYTE = 1 << 20
SANITIZED = "--sanitized" in sys.argv
FILES_PER_RUN = 500


def program():
    path = os.environ.get("CONNECT_LINT")
    if not path:
        sys.exit("bad_input_test.py: CONNECT_LINT has to name the program")
    return str(pathlib.Path(path).resolve())


PROGRAM = program()


def limit_memory():
    if not SANITIZED:
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY_MAX, MEMORY_MAX))


# The beginning of a request that is right but for what is written behind it.
HEAD_WITHOUT_NAME = '{"Uri": "s3://sales-exports", "ObjectTypeName": "Account"'
HEAD = HEAD_WITHOUT_NAME + ', "DomainName": "sales"'


def put(**members):
    source = {} if "FlowDefinition" in members else {"Uri": "s3://sales-exports"}
    return {"DomainName": "sales", "ObjectTypeName": "Account", **source, **members}


def maps(fields):
    """A task that chooses fields and one for each that writes it, as JSON without the brackets."""
    projection = '{"TaskType":"Filter","SourceFields":[' + ",".join(f'"{field}"' for field in fields) + '],"ConnectorOperator":{"S3":"PROJECTION"}}'
    each = '{"TaskType":"Map","SourceFields":["%s"],"DestinationField":"%s","ConnectorOperator":{"S3":"NO_OP"}}'
    return ",".join([projection, *(each % (field, field) for field in fields)])


def flow(**members):
    return {
        "FlowName": "accounts",
        "KmsArn": "arn:aws:kms:us-east-1:210987654321:key/8f3c2a1e-5b7d-4e90-a6c4-d1b2e3f40516",
        "SourceFlowConfig": {"ConnectorType": "S3", "SourceConnectorProperties": {"S3": {"BucketName": "sales-exports"}}},
        "Tasks": json.loads("[" + maps(["Id"]) + "]"),
        "TriggerConfig": {"TriggerType": "OnDemand"},
        **members,
    }


class Case(unittest.TestCase):
    maxDiff = 2000

    def setUp(self):
        scratch = os.environ.get("SCRATCH")
        if scratch:
            pathlib.Path(scratch).mkdir(parents=True, exist_ok=True)
        self.folder = pathlib.Path(tempfile.mkdtemp(dir=scratch))
        self.addCleanup(shutil.rmtree, self.folder)

    def check(self, *arguments):
        done = subprocess.run([PROGRAM, "check", *arguments], cwd=self.folder, stdin=subprocess.DEVNULL, capture_output=True,
                              preexec_fn=limit_memory, timeout=SECONDS_MAX, check=False)
        self.assertIn(done.returncode, (0, 1), done.stderr.decode("utf-8", "replace")[:2000])
        self.assertNotIn(b"out of memory", done.stderr)
        return done

    def check_text(self, text, *arguments, name="a.json"):
        (self.folder / name).write_bytes(text if isinstance(text, bytes) else text.encode())
        return self.check("--operation", "PutIntegration", "--format", "concise", *arguments, name)

    def finds(self, text, *parts, arguments=(), most=None, name="a.json"):
        """One finding at least; each part stands in the output, which stays short."""
        done = self.check_text(text, *arguments, name=name)
        output = done.stdout.decode()
        self.assertEqual(1, done.returncode)
        for part in parts:
            self.assertIn(part, output)
        if most:
            self.assertLessEqual(len(output.splitlines()), most, output[:2000])
        for line in output.splitlines():
            self.assertLess(len(line), 1000)
        return output


class LargeTest(Case):
    def test_nesting(self):
        for text in ("[" * 100_000, '{"a":' * 100_000, "[" * 100_000 + "]" * 100_000, '{"a":[' * 50_000, '{"Tags":' * 100_000):
            self.finds(text, "document/too-deep", most=3)
            done = self.check_text(text, "--max-depth", "10000")
            self.assertIn(b"more than 10000 arrays and objects", done.stdout)

    def test_nesting_at_the_limit(self):
        deep = '{"DomainName": "sales", "Deep": ' + "[" * 9_999 + "]" * 9_999 + "}"
        self.assertNotIn(b"too-deep", self.check_text(deep, "--max-depth", "10000").stdout)
        deeper = '{"DomainName": "sales", "Deep": ' + "[" * 10_000 + "]" * 10_000 + "}"
        self.assertIn(b"too-deep", self.check_text(deeper, "--max-depth", "10000").stdout)
        self.assertNotIn(b"too-deep", self.check_text('{"a":' * 128 + "1" + "}" * 128).stdout)
        self.assertIn(b"too-deep", self.check_text('{"a":' * 129 + "1" + "}" * 129).stdout)

    def test_ten_megabytes_on_one_line(self):
        tags = ", ".join(f'"key-{number}": "value {number}"' for number in range(400_000))
        text = '{"DomainName": "sales", "Tags": {' + tags + '}, "Uri": 5}'
        self.assertGreater(len(text), 10 * MEGABYTE)
        output = self.finds(text, "schema/properties", "400000 members", most=2)
        self.assertIn(f"a.json:1:{text.index(': 5}') + 3}: error: `Uri` is a number", output)
        text_output = self.check("--operation", "PutIntegration", "a.json").stdout.decode()
        self.assertTrue(all(len(line) < 1000 for line in text_output.splitlines()))

    def test_a_million_tasks(self):
        text = json.dumps(put(FlowDefinition=flow(Tasks=["here"]))).replace('"here"', maps([f"{number:x}" for number in range(1_000_000)]))
        more = ("--max-input-bytes", str(256 * MEGABYTE))
        done = self.check_text(text, *more)
        self.assertEqual((0, b"", b""), (done.returncode, done.stdout[:2000], done.stderr))
        # The last one is looked at like the first, by the schema check and by rules.
        start, end = text[: text.rindex('"Map"')], text[text.rindex('"Map"') + 5 :]
        self.finds(start + '"map"' + end, "`map` is no value of `TaskType`", arguments=more, most=1)
        lines = self.check_text(text.replace(',"DestinationField":"f423f"', ""), *more).stdout.decode().splitlines()
        self.assertEqual(["map/destination-missing"], [line.rpartition("[")[2].rstrip("]") for line in lines])

    def test_a_hundred_thousand_findings(self):
        for count in (99_999, 100_000, 100_001, 150_000):
            text = json.dumps(put(FlowDefinition=flow(Tasks=["here"]))).replace('"here"', ",".join([maps(["Id"])] + ['{"TaskType":"x","SourceFields":[]}'] * count))
            (self.folder / "a.json").write_text(text)
            done = self.check("--format", "concise", "a.json")
            lines = done.stdout.decode().splitlines()
            self.assertEqual(1001, len(lines))
            self.assertEqual(f"a.json: and {count - 1000} more", lines[-1])
            self.assertEqual(f"connect-lint: 1 file checked: {count} errors\n", done.stderr.decode())
        report = json.loads(self.check("--format", "json", "a.json").stdout)
        self.assertEqual(1000, len(report["files"][0]["diagnostics"]))
        self.assertEqual(149_000, report["files"][0]["left_out"])
        self.assertEqual(150_000, report["summary"]["errors"])

    def test_findings_of_the_reader_are_bounded_too(self):
        done = self.check_text(HEAD + ', "EventTriggerNames": [' + "+1," * 150_000 + '"a"]}')
        # One more for the length of the list.
        self.assertIn("connect-lint: 1 file checked: 150001 errors", done.stderr.decode())
        self.assertEqual(1001, len(done.stdout.decode().splitlines()))

    def test_many_unknown_and_repeated_members(self):
        same = HEAD + ', "Tags": {' + '"a": "b", ' * 100_000 + '"c": "d"}}'
        # All but the first; they count once, so that the map has two members.
        self.finds(same, "document/duplicate-key", "and 98999 more")
        unknown = HEAD + ", " + ", ".join(f'"Member{number}": 1' for number in range(100_000)) + "}"
        self.finds(unknown, "schema/unknown-member", "and 99000 more")


class LongTokenTest(Case):
    def test_flow_name(self):
        text = json.dumps(put(FlowDefinition=flow(FlowName="a" * 100_000)))
        self.finds(text, "`FlowName` has 100000 characters, at most 256 are allowed", most=1)
        self.finds(text.replace("aaa", "a a", 1), "`FlowName` has 100000 characters", most=2)

    def test_a_megabyte_of_one_token(self):
        long = "x" * MEGABYTE
        self.finds(json.dumps(put(Uri=long)), "`Uri` has 1048576 characters", most=1)
        self.finds(json.dumps(put(Uri="é" * MEGABYTE), ensure_ascii=False), "`Uri` has 1048576 characters", most=1)
        self.finds(json.dumps(put(Uri="\n" * MEGABYTE)), "`Uri` has 1048576 characters", most=1)
        self.finds(json.dumps(put(**{long: 1})), "xxx…` is no member of `PutIntegration`", most=1)
        self.finds(json.dumps(put(Tags={long: "x"})), "xxx…` has 1048576 characters", most=1)
        self.finds(json.dumps(put(FlowDefinition=flow(KmsArn="arn:aws:kms:" + ":" * MEGABYTE))), "`KmsArn` has 1048588 characters")
        self.finds('{"DomainName": "sales", "ObjectTypeName": "Account", "Uri": ' + "1" * MEGABYTE + "}", "is larger than any number", most=1)
        self.finds('{"DomainName": "sales", "ObjectTypeName": "Account", "Uri": 0.' + "1" * MEGABYTE + "}", "`Uri` is a number", most=1)
        self.finds('{"DomainName": "sales", "ObjectTypeName": "Account", "Uri": ' + "word" * MEGABYTE + "}", "needs double quotes", most=1)
        self.finds(HEAD + "}/* " + long + " */", "JSON has no comments", most=1)
        self.finds(HEAD + "}// " + long, "JSON has no comments", most=1)
        self.finds('{"DomainName": "sales", "ObjectTypeName": "Account", "Uri": "' + long, "the string is not closed", most=1)
        self.finds('{"DomainName": "sales", "ObjectTypeName": "Account", "Uri": "' + "\\" * MEGABYTE, "the string is not closed", most=1)
        self.finds(long, "is not expected here", most=1)

    def test_a_megabyte_of_white_space(self):
        done = self.check_text(" " * MEGABYTE + HEAD_WITHOUT_NAME + ',"DomainName":' + "\n" * MEGABYTE + '"sales"' + "\t" * MEGABYTE + "}" + "\r\n" * MEGABYTE)
        self.assertEqual((0, b""), (done.returncode, done.stdout))
        self.finds(" " * MEGABYTE, "the file is empty", most=1)
        self.finds("\n" * MEGABYTE + HEAD_WITHOUT_NAME + ', "DomainName": 5}', f"a.json:{MEGABYTE + 1}:{len(HEAD_WITHOUT_NAME) + 17}: error: `DomainName` is a number", most=1)


class YamlTest(Case):
    """What is hard to read as YAML, in the two ways that there are to read it."""

    NAME = "a.yaml"
    START = "DomainName: sales\nObjectTypeName: Account\n"

    def yaml(self, text, *parts, most=1):
        return self.finds(text, *parts, most=most, name=self.NAME)

    def is_clean(self, text):
        done = self.check_text(text, name=self.NAME)
        self.assertEqual((0, b""), (done.returncode, done.stdout[:2000]))

    def test_nesting(self):
        for text in ("[" * 100_000, "{a: " * 100_000, "- " * 100_000, "[" * 100_000 + "]" * 100_000, "? " * 100_000, '{"a":[' * 50_000):
            self.yaml(text, "document/too-deep", "more than 128 arrays and objects")
        lines = "".join(f"{' ' * depth}a:\n" for depth in range(1000))
        self.yaml(lines, "document/too-deep")
        self.assertNotIn(b"too-deep", self.check_text("- " * 128 + "a", name=self.NAME).stdout)
        self.assertIn(b"too-deep", self.check_text("- " * 129 + "a", name=self.NAME).stdout)

    def test_a_megabyte_of_one_token(self):
        long = "x" * MEGABYTE
        uri = self.START + "Uri: "
        for text in (long, f'"{long}"', f"'{long}'", f"&a {long}"):
            self.yaml(uri + text, "`Uri` has 1048576 characters")
        for text in ("|\n " + long, ">-\n " + long, "x\n " * (MEGABYTE // 2) + "x", '"' + "\\t" * MEGABYTE + '"', "é" * MEGABYTE):
            self.yaml(uri + text, "`Uri` has 10485", "characters")
        self.yaml(uri + "1" * MEGABYTE, "is larger than any number")
        self.yaml(uri + "0x" + "f" * MEGABYTE, "is larger than any number")
        self.yaml(uri + "0." + "1" * MEGABYTE, "which YAML reads as a number")
        self.yaml(uri + '"' + long, "the quoted text is not closed")
        self.yaml(uri + "*" + long, "no anchor")
        self.yaml(uri + "!" + long + " a", "document/syntax")
        self.yaml(uri + "s3://sales-exports\n" + long, "a colon is missing")
        self.yaml(self.START + "Uri: s3://sales-exports\n? " + long + "\n: 1\n", "xxx…` is no member of `PutIntegration`")
        self.yaml(long, "PutIntegration", most=2)
        self.is_clean(uri + "s3://sales-exports  # " + long)
        self.is_clean("#" + long + "\n" + uri + "s3://sales-exports")

    def test_a_megabyte_of_white_space(self):
        self.is_clean("\n" * MEGABYTE + self.START + "Uri:" + " " * MEGABYTE + "s3://sales-exports" + " " * MEGABYTE + "\r\n" * MEGABYTE)
        self.yaml(" " * MEGABYTE, "the file is empty")
        self.yaml("\t" * MEGABYTE + self.START, "document/syntax", most=3)
        self.yaml("\n" * MEGABYTE + self.START + "Uri: 5\n", f"a.yaml:{MEGABYTE + 3}:6: error: `Uri` is `5`, which YAML reads as a number")

    def test_directives_and_anchors(self):
        self.yaml("".join(f"%TAG !t{number}! tag:x,2000:\n" for number in range(10_000)) + "---\n" + self.START, "more than 16 directives")
        self.yaml("%TAG !t! tag:" + "x" * 2000 + "\n---\n" + self.START, "a directive of more than 1024 bytes")
        bomb = "a: &a [x,x,x,x,x,x,x,x,x]\n"
        for before, name in zip("abcdefgh", "bcdefghi"):
            bomb += f"{name}: &{name} [*{before}" + f",*{before}" * 8 + "]\n"
        self.yaml(self.START + bomb, "aliases", most=20)
        self.yaml(self.START + "Uri: &a [*a]\n", "document/syntax", most=3)
        tags = "".join(f"  k{number}: v\n" for number in range(100_000))
        self.yaml(self.START + "Uri: s3://sales-exports\nTags:\n" + tags, "has 100000 members")
        self.yaml(self.START + "Uri: s3://sales-exports\nTags:\n" + "  k: v\n" * 100_000, "document/duplicate-key", most=1001)

    def test_other_encodings(self):
        for encoding in ("utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-32-le", "utf-32-be"):
            with self.subTest(encoding):
                self.yaml(self.START.encode(encoding), "the file is UTF-")
        self.yaml(self.START.encode() + b"Uri: " + b"\xff" * MEGABYTE, "is not UTF-8")
        self.yaml(self.START.encode() + "Uri: sch\u00f6n".encode("latin-1"), "is not UTF-8")
        self.yaml(b"\0" * MEGABYTE)
        for seed in range(5):
            self.yaml(random.Random(seed).randbytes(MEGABYTE))

    def test_yaml_like_noise(self):
        pieces = [*"{}[],:\"'\n 1-#&*!|>%@`?~\t\u201c", "\n  ", "\n- ", ": ", "true", "---\n", "...\n", "DomainName: ", "Tags:\n  ", "<<: ", "&a ", "*a", "!Ref "]
        names = []
        for seed in range(400):
            choose = random.Random(seed)
            names.append(f"noise-{seed}.yaml")
            (self.folder / names[-1]).write_text("".join(choose.choice(pieces) for _ in range(200)))
        done = self.check("--operation", "PutIntegration", "--format", "jsonl", *names)
        for line in done.stdout.splitlines():
            report = json.loads(line)
            self.assertTrue(report["diagnostics"], report["file"])


class NoTextTest(Case):
    def test_random_bytes(self):
        for seed in range(5):
            self.finds(random.Random(seed).randbytes(MEGABYTE))
        for seed in range(5):
            self.finds(b'{"DomainName": "' + random.Random(seed).randbytes(MEGABYTE) + b'"}')

    def test_json_like_noise(self):
        pieces = [*'{}[],:"\\\n 1-e\'\u201c\x00', "true", "null", '"DomainName"', '"Tags"', "/*", "*/", "//"]
        names = []
        for seed in range(400):
            choose = random.Random(seed)
            name = f"noise-{seed}.json"
            (self.folder / name).write_text("".join(choose.choice(pieces) for _ in range(200)))
            names.append(name)
        done = self.check("--operation", "PutIntegration", "--format", "jsonl", *names)
        for line in done.stdout.splitlines():
            report = json.loads(line)
            self.assertTrue(report["diagnostics"], report["file"])

    def test_other_encodings(self):
        text = '{"DomainName": "sales"}\n'
        for encoding in ("utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-32-le", "utf-32-be"):
            with self.subTest(encoding):
                self.finds(text.encode(encoding), "document/")
        self.finds(text.encode("utf-16"), "the file is UTF-16", most=1)
        self.finds(b"\0" * MEGABYTE)
        self.finds(b"\xff" * MEGABYTE, most=3)
        self.finds(HEAD_WITHOUT_NAME.encode() + b', "DomainName": "' + b"\xff" * MEGABYTE + b'"}', "is not UTF-8", most=1)


class CutOffTest(Case):
    """A file that ends too early is never taken for a whole one."""

    def cut_off(self, sample):
        whole = sample.read_bytes().rstrip()
        names = []
        for length in range(len(whole)):
            names.append(f"{length}.json")
            (self.folder / names[-1]).write_bytes(whole[:length])
        for start in range(0, len(names), FILES_PER_RUN):
            group = names[start : start + FILES_PER_RUN]
            done = self.check("--operation", "PutIntegration", "--format", "jsonl", *group)
            self.assertEqual(1, done.returncode)
            reports = [json.loads(line) for line in done.stdout.splitlines()]
            self.assertEqual(group, [report["file"] for report in reports])
            for report in reports:
                # A cut between two tokens is a matter for the reader, whatever else is wrong.
                self.assertTrue(any(finding["id"].startswith("document/") for finding in report["diagnostics"]), report["file"])
        for name in names:
            (self.folder / name).unlink()

    def test_samples_at_every_byte(self):
        """Through the program; tests/fuzz/truncation_test.cc does it with all samples, without a file for each byte."""
        for name in ("get-workflow.json", "envelope/list-workflows-failed.json", "put-integration.json"):
            with self.subTest(name):
                self.cut_off(SAMPLES / name)

    def keeps_to_the_text(self, names, operation):
        """No crash, and places stay in the text. Gives the reports."""
        result = []
        for start in range(0, len(names), FILES_PER_RUN):
            group = names[start : start + FILES_PER_RUN]
            done = self.check("--operation", operation, "--format", "jsonl", *group)
            reports = [json.loads(line) for line in done.stdout.splitlines()]
            self.assertEqual(group, [report["file"] for report in reports])
            result += reports
            for report in reports:
                size = (self.folder / report["file"]).stat().st_size
                for finding in report["diagnostics"]:
                    if "span" not in finding:  # Taken for UTF-16, which has no places.
                        self.assertEqual("document/encoding", finding["id"])
                        continue
                    self.assertLessEqual(finding["span"]["begin"], finding["span"]["end"])
                    self.assertLessEqual(finding["span"]["end"], size)
        return result

    def broken(self, whole, bytes_put, ending):
        """Files with one byte of a text replaced."""
        names = []
        for position in range(len(whole)):
            for byte in bytes_put:
                names.append(f"{position}-{byte}.{ending}")
                (self.folder / names[-1]).write_bytes(whole[:position] + bytes([byte]) + whole[position + 1 :])
        return names

    def test_every_byte_broken(self):
        whole = (SAMPLES / "list-workflows-failed.json").read_bytes()
        self.keeps_to_the_text(self.broken(whole, b'\0"\\{}[],:\xff', "json"), "ListWorkflows")

    def test_every_byte_of_yaml_broken(self):
        whole = YAML_SAMPLE.read_bytes()[:400]
        self.keeps_to_the_text(self.broken(whole, b"\0\n\t :-#'\"{]*&!|\xff", "yaml"), "PutIntegration")

    def test_yaml_at_every_byte(self):
        """What is cut between two lines may be a whole file, but then it lacks members."""
        whole = YAML_SAMPLE.read_bytes()
        names = []
        for length in range(len(whole)):
            names.append(f"{length}.yaml")
            (self.folder / names[-1]).write_bytes(whole[:length])
        reports = self.keeps_to_the_text(names, "PutIntegration")
        for report in reports[: whole.index(b"FlowDefinition")]:
            self.assertTrue(any(finding["severity"] == "error" for finding in report["diagnostics"]), report["file"])


class GuardTest(Case):
    def test_the_limit_on_memory_holds(self):
        """A limit that nobody feels would prove nothing."""
        if SANITIZED:
            self.skipTest("no limit in sanitized builds")
        done = subprocess.run([sys.executable, "-c", f"bytearray({2 * MEMORY_MAX})"], capture_output=True, preexec_fn=limit_memory, check=False)
        self.assertNotEqual(0, done.returncode)

    def test_a_hidden_member_is_seen_in_each_kind_of_line(self):
        """`finds` does look."""
        with self.assertRaises(AssertionError):
            self.finds(HEAD + "}")
        self.assertTrue(re.match(r"a\.json:1:%d: error: " % (len(HEAD_WITHOUT_NAME) + 17), self.finds(HEAD_WITHOUT_NAME + ', "DomainName": 5}')))


if __name__ == "__main__":
    unittest.main(argv=[argument for argument in sys.argv if argument != "--sanitized"])
