"""One linter for many threads, processes, and calls."""

import json
import os
import pathlib
import resource
import subprocess
import sys
import threading
import unittest

import connect_lint
from known_requests import BAD, good_requests
from loopback import Loopback

THREADS = 8


def in_threads(work):
    """Runs work(number) in threads at once; gives what they raised."""
    problems = []
    together = threading.Barrier(THREADS)

    def run(number):
        try:
            together.wait(60)
            work(number)
        except BaseException as problem:
            problems.append(problem)

    threads = [threading.Thread(target=run, args=(number,)) for number in range(THREADS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return problems


def cases():
    return list(BAD.items()) + [(operation, params) for _, operation, params in good_requests()]


class Threads(unittest.TestCase):
    def test_one_linter(self):
        for linter in (connect_lint, connect_lint.Linter()):
            expected = [linter.check(operation, params) for operation, params in cases()]

            def work(number, linter=linter, expected=expected):
                for _ in range(5):
                    for index, (operation, params) in enumerate(cases()):
                        report = linter.check(operation, params)
                        if report != expected[index]:
                            raise AssertionError(f"thread {number}: {report} instead of {expected[index]}")

            self.assertEqual([], in_threads(work))

    def test_one_guarded_client(self):
        loopback = Loopback()
        self.addCleanup(loopback.close)
        client = loopback.client()
        connect_lint.guard(client)

        def work(number):
            for each in range(10):
                client.list_integrations(DomainName=f"sales-{number}-{each}")
                try:
                    client.list_integrations(DomainName=f"sales {number} {each}")
                except connect_lint.RequestError:
                    continue
                raise AssertionError(f"thread {number}: a bad request was sent")

        self.assertEqual([], in_threads(work))
        self.assertEqual(sorted(f"/domains/sales-{number}-{each}/integrations" for number in range(THREADS) for each in range(10)),
                         sorted(path for _, path, _, _ in loopback.taken()))

    def test_linters_come_and_go(self):
        def work(_):
            for _ in range(20):
                if connect_lint.Linter().check("PutIntegration", BAD["PutIntegration"]).ok:
                    raise AssertionError("nothing found")

        self.assertEqual([], in_threads(work))


class Processes(unittest.TestCase):
    def test_forks(self):
        expected = [connect_lint.check(operation, params) for operation, params in cases()]
        for _ in range(4):
            child = os.fork()
            if child == 0:
                status = 1
                try:
                    again = [connect_lint.check(operation, params) for operation, params in cases()]
                    own = [connect_lint.Linter().check(operation, params) for operation, params in BAD.items()]
                    status = 0 if again == expected and own == expected[: len(own)] else 2
                finally:
                    os._exit(status)
            self.assertEqual(0, os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]))
        self.assertEqual(expected[0], connect_lint.check(*cases()[0]))

    def test_the_end_of_the_interpreter(self):
        script = ("import connect_lint, sys; sys.kept = connect_lint.Linter(); kept = connect_lint.Linter(); connect_lint.kept = kept\n"
                  "class Late:\n"
                  "    def __del__(self): print(connect_lint.check('GetWorkflow', {}).errors)\n"
                  "late = Late(); late.itself = late")
        done = subprocess.run([sys.executable, "-X", "dev", "-c", script], capture_output=True, text=True, check=False)
        self.assertEqual((0, "2\n", ""), (done.returncode, done.stdout, done.stderr))

    def test_a_linter_that_could_not_be_made(self):
        script = ("import connect_lint\nfor _ in range(3):\n    try: connect_lint.Linter(rules=['nothing'])\n    except ValueError: print('none')\n"
                  "connect_lint.Linter.__new__(connect_lint.Linter)")
        done = subprocess.run([sys.executable, "-X", "dev", "-c", script], capture_output=True, text=True, check=False)
        self.assertEqual((0, "none\nnone\nnone\n", ""), (done.returncode, done.stdout, done.stderr))


class Memory(unittest.TestCase):
    def test_it_does_not_grow(self):
        # In a process of its own: what the other tests took and gave back would hide it.
        script = "import json, sys; sys.path.insert(0, sys.argv[1]); import sharing_cases; print(json.dumps(sharing_cases.growth()))"
        done = subprocess.run([sys.executable, "-c", script, os.path.dirname(__file__)], capture_output=True, text=True, check=False)
        self.assertEqual((0, ""), (done.returncode, done.stderr))
        for what, kilobytes in json.loads(done.stdout).items():
            self.assertLess(kilobytes, 4096, what)  # A hundred bytes lost by each `check` would be twice that.


def resident():
    """The kilobytes that the process has in memory. getrusage() will not do: after exec, its peak is still that of the parent."""
    return int(pathlib.Path("/proc/self/statm").read_text().split()[1]) * resource.getpagesize() // 1024


def growth():
    """By how many kilobytes the process grew during the last calls of many, by what was called."""
    params = BAD["ListWorkflows"]
    text = json.dumps(params)

    def unsendable():
        try:
            connect_lint.check("ListWorkflows", {"DomainName": {1}})
        except TypeError:
            pass

    def unmade():
        try:
            connect_lint.Linter(rules=["nothing"])
        except ValueError:
            pass

    grown = {}
    for name, call, times in (
        ("check", lambda: connect_lint.check("ListWorkflows", params), 100_000),
        ("check_text", lambda: connect_lint.check_text(text, operation="ListWorkflows"), 20_000),
        ("check_body", lambda: connect_lint.check_body("ListWorkflows", '{"Status": "Complete"}', {"DomainName": "sales"}), 20_000),
        ("a value that cannot be sent", unsendable, 20_000),
        ("a linter", connect_lint.Linter, 50_000),
        ("no linter", unmade, 20_000),
    ):
        for _ in range(times // 20):
            call()
        before = resident()
        for _ in range(times):
            call()
        grown[name] = resident() - before
    return grown
