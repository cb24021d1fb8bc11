#!/usr/bin/python3
"""A rule that finds nothing any more does not go unnoticed.

    CONNECT_LINT=build/release/connect-lint SCRATCH=build/scratch tests/golden/disabled_rules_test.py [--conditions]

Of each rule there is a copy whose `when` never holds. Its examples and its recorded output (tests/golden/rules) have to complain, as they do not about a
copy as it is. `--conditions`: the same for copies in which one `&&` is `||`, one `||` is `&&`, or one part of a condition is left out; it lists those that
the examples take.
"""

import os
import pathlib
import re
import shutil
import subprocess
import sys
import unittest

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parents[1]
CONDITIONS = "--conditions" in sys.argv
MEMBER = re.compile(r"^(when|find):(?:.*\n(?: .*\n|\n)*)", re.MULTILINE)


def rules():
    """Pairs of an id and the text of the rule."""
    for path in sorted((ROOT / "rules").glob("*/*.yaml")):
        yield f"{path.parent.name}/{path.stem}", path.read_text(encoding="utf-8")


def disabled(text):
    """The rule with a condition that never holds."""
    without = re.sub(r"^when:.*\n(?: .*\n)*", "", text, flags=re.MULTILINE)
    return without.replace("message:", "when: 1 == 2\nmessage:", 1)


def operators(text):
    """Where `&&` and `||` stand in the conditions of a rule, outside of quotes."""
    for member in MEMBER.finditer(text):
        quote = None
        for at in range(member.start(), member.end()):
            character = text[at]
            if character in "'\"" and quote in (None, character):
                quote = None if quote else character
            elif quote is None and text[at : at + 2] in ("&&", "||"):
                yield at


def with_other_operators(text):
    """The rule with one of its operators changed, each in turn."""
    for at in operators(text):
        yield text[:at] + {"&&": "||", "||": "&&"}[text[at : at + 2]] + text[at + 2 :]


class Rule:
    """A folder of data with one rule."""

    def __init__(self, folder, name, text):
        self.folder = folder
        self.name = name
        path = folder / "rules" / f"{name}.yaml"
        path.parent.mkdir(parents=True)
        path.write_text(text, encoding="utf-8")
        (folder / "schemas").symlink_to(ROOT / "schemas")

    def run(self, *arguments):
        command = [os.path.abspath(os.environ["CONNECT_LINT"]), *arguments]
        return subprocess.run(command, cwd=self.folder, stdin=subprocess.DEVNULL, capture_output=True, check=False)

    def examples_complain(self):
        done = self.run("test", "rules")
        if done.returncode not in (0, 1):
            raise ValueError(done.stderr.decode())
        return done.returncode == 1

    def output_differs(self):
        return self.run("explain", self.name, "--data-dir", ".").stdout != (HERE / "rules" / f"{self.name}.out").read_bytes()


class DisabledRulesTest(unittest.TestCase):
    def setUp(self):
        self.scratch = pathlib.Path(os.environ["SCRATCH"]).absolute()
        shutil.rmtree(self.scratch, ignore_errors=True)

    def test_each_rule(self):
        count = 0
        for number, (name, text) in enumerate(rules()):
            with self.subTest(name):
                rule = Rule(self.scratch / f"{number}-as-it-is", name, text)
                self.assertFalse(rule.examples_complain())
                self.assertFalse(rule.output_differs())
                rule = Rule(self.scratch / f"{number}-disabled", name, disabled(text))
                self.assertTrue(rule.examples_complain())
                self.assertTrue(rule.output_differs())
                count += 1
        self.assertGreater(count, 100)
        print(f"figure: {count} rules disabled, one at a time: its examples and its recorded output notice each")

    @unittest.skipUnless(CONDITIONS, "--conditions asks for it")
    def test_conditions(self):
        made, taken = 0, []
        for number, (name, text) in enumerate(rules()):
            for variant, changed in enumerate(with_other_operators(text)):
                made += 1
                rule = Rule(self.scratch / f"{number}-{variant}", name, changed)
                try:
                    noticed = rule.examples_complain()
                except ValueError:
                    noticed = True  # No query any more.
                if not noticed:
                    taken.append(f"{name}, operator {variant + 1}")
        print("\n".join(taken))
        print(f"figure: {made} operators of rules' conditions exchanged, one at a time: the examples notice {made - len(taken)}")


if __name__ == "__main__":
    unittest.main(argv=[argument for argument in sys.argv if argument != "--conditions"])
