#!/usr/bin/python3
"""The page of `--format html` in a browser: what it shows, what the filter hides, and that nothing is loaded and nothing of a file runs.

    CONNECT_LINT=build/release/connect-lint SCRATCH=scratch tests/html/html_test.py

Leaves screenshots in SCRATCH, to be looked at. That the page has the findings of all other formats is tested in tests/formats.
"""

import http.server
import json
import os
import pathlib
import re
import shutil
import subprocess
import tempfile
import threading
import unittest

from chromium import Chromium

ROOT = pathlib.Path(__file__).resolve().parents[2]
PROGRAM = pathlib.Path(os.environ["CONNECT_LINT"]).resolve()
SCRATCH = pathlib.Path(os.environ["SCRATCH"]).resolve()
EVIL = "<script>document.title='evil'</script><img src=x onerror=\"document.title='evil'\">"
# Two findings with related places and fixes, one with what could be markup, and names that are hard to show.
FILES = {
    "flows/put-integration.json": (ROOT / "tests/samples/put-integration.json").read_bytes(),
    "put-integration.json": b'{"DomainName": "a b", "ObjectTypeName": "x"}',
    "domain/put-integration.yaml": b"DomainName: a b\nObjectTypeName: x\nTags:\n  a: 5\n",
    f"{EVIL.replace('/', '')}.json": json.dumps({"DomainName": EVIL, "ObjectTypeName": "x", "Uri": "</code></pre>\u202eb", EVIL: 1, "Tags": {"</style>": 5}}).encode(),
    "put-integration\udcff\u202e \"'&.json": b'{"DomainName": "a\xff b", "ObjectTypeName": "x", "Uri": 5}',
    "broken-put-integration.json": b'{"DomainName": ',
    "other.json": b'{"name": "no request"}',
}
VISIBLE = "(e) => e.offsetParent !== null"
SHOWN = f"[...document.querySelectorAll('article')].filter({VISIBLE})"


class HtmlTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        SCRATCH.mkdir(parents=True, exist_ok=True)
        cls.folder = pathlib.Path(tempfile.mkdtemp(dir=SCRATCH))
        cls.addClassCleanup(shutil.rmtree, cls.folder, ignore_errors=True)  # Helpers of a browser may outlive it for a moment.
        cls.browser = cls.enterClassContext(Chromium(cls.folder / "chromium"))
        for name, data in FILES.items():
            path = cls.folder / name
            path.parent.mkdir(exist_ok=True)
            path.write_bytes(data)
        cls.report = cls.check("--format", "html:report.html", "--format", "json:report.json", "--show", "info", *FILES)
        cls.rows = [(file["file"], found) for file in json.loads((cls.folder / "report.json").read_text())["files"] for found in file["diagnostics"]]

    @classmethod
    def check(cls, *arguments):
        """The name of the report, as an address."""
        done = subprocess.run([PROGRAM, "check", "--no-config", "--quiet", *arguments], cwd=cls.folder, stdin=subprocess.DEVNULL, capture_output=True, check=False)
        assert done.returncode in (0, 1) and not done.stderr, done
        return (cls.folder / "report.html").as_uri()

    def open(self, fragment="", **how):
        return self.browser.page(self.report + fragment, **how)

    def ids_shown(self, page):
        return page.value(f"{SHOWN}.map((e) => e.dataset.id)")

    def assert_quiet(self, page):
        self.assertEqual([], page.messages())
        self.assertEqual([self.report], [re.sub("#.*", "", url) for url in page.requests()])

    def test_everything_is_shown(self):
        page = self.open()
        self.assertGreater(len(self.rows), 15)
        self.assertEqual([found["id"] for _, found in self.rows], self.ids_shown(page))
        for number, (_, found) in enumerate(self.rows):
            text = page.value(f"document.querySelectorAll('article')[{number}].textContent")
            self.assertIn(found["severity"] + " " + found["message"].replace("`", ""), text)
            for part in [found["path"] if found.get("span") else "", found.get("help", "").replace("`", ""), *(related["message"].replace("`", "") for related in found.get("related", []))]:
                self.assertIn(part, text)
            self.assertEqual("fix" in found and ("--fix" if found["fix"]["safe"] else "--unsafe-fixes"), "mends it" in text and re.search("--(unsafe-)?fix(es)?(?= mends)", text)[0])
        self.assertEqual("why 1 was skipped", page.value("document.querySelector('.skipped summary').textContent"))
        self.assertIn("other.json", page.value("document.querySelector('.skipped li').textContent"))
        self.assert_quiet(page)

    def test_the_mark_is_on_what_is_wrong(self):
        page = self.open("#file=domain/put-integration.yaml")
        marks = page.value(f"{SHOWN}.map((e) => [e.dataset.id, e.querySelector('pre').dataset.line, e.querySelector('mark').textContent])")
        self.assertIn(["schema/type", "4", "5"], marks)

    def test_totals(self):
        page = self.open()
        charts = page.value("[...document.querySelectorAll('figure')].map((f) => [...f.querySelectorAll('.bar')].map((b) => [b.querySelector('span').textContent, +b.querySelector('b').textContent]))")
        self.assertEqual(3, len(charts))
        for chart, key in zip(charts, (lambda file, found: found["severity"], lambda file, found: found["id"].split("/")[0], None)):
            self.assertEqual(len(self.rows), sum(count for _, count in chart))
            if key:
                values = [key(*row) for row in self.rows]
                self.assertEqual({value: values.count(value) for value in values}, dict(map(tuple, chart)))
        # A bar is as long as its number says.
        lengths = page.value("[...document.querySelectorAll('figure')[1].querySelectorAll('.bar')].map((b) => [+b.querySelector('b').textContent,"
                             " [...b.querySelectorAll('rect')].reduce((sum, r) => sum + parseFloat(r.getAttribute('width')), 0)])")
        for count, percent in lengths:
            self.assertAlmostEqual(100 * count / lengths[0][0], percent, delta=0.1)

    def test_filter_of_the_address(self):
        for fragment, wanted in [
            ("#id=schema", lambda file, found: found["id"].startswith("schema/")),
            ("#id=schema/type", lambda file, found: found["id"] == "schema/type"),
            ("#severity=error", lambda file, found: found["severity"] == "error"),
            ("#file=put-integration.json", lambda file, found: file == "put-integration.json"),
            ("#file=put-int", lambda file, found: "put-int" in file),
            ("#severity=error&id=schema&file=domain", lambda file, found: found["severity"] == "error" and found["id"].startswith("schema/") and "domain" in file),
            ("#id=no/such", lambda file, found: False),
        ]:
            with self.subTest(fragment):
                page = self.open(fragment)
                expected = [found["id"] for file, found in self.rows if wanted(file, found)]
                self.assertLess(len(expected), len(self.rows))
                self.assertEqual(expected, self.ids_shown(page))
                self.assertEqual(f"{len(expected)} of {len(self.rows)} findings", page.value("document.querySelector('output').textContent"))
                files = {file for file, found in self.rows if wanted(file, found)}
                self.assertEqual(len(files), page.value(f"[...document.querySelectorAll('section[data-file]')].filter({VISIBLE}).length"))
                self.assert_quiet(page)

    def test_every_bar_filters(self):
        page = self.open()
        page.value("document.querySelectorAll('details').forEach((e) => { e.open = true; })")
        for number in range(page.value("document.querySelectorAll('.bar').length")):
            count = page.value(f"(() => {{ const b = document.querySelectorAll('.bar')[{number}]; b.id = 'bar'; return +b.querySelector('b').textContent; }})()")
            page.click("#bar")
            self.assertEqual(count, len(self.ids_shown(page)), number)
            self.assertEqual("true", page.value("document.querySelector('#bar').getAttribute('aria-current')"))
            page.click("#bar")
            self.assertEqual(len(self.rows), len(self.ids_shown(page)))
            page.value("document.querySelector('#bar').removeAttribute('id')")
        self.assert_quiet(page)

    def test_form_and_keyboard(self):
        page = self.open()
        page.type("input[name=file]", "DOMAIN")
        self.assertEqual([], self.ids_shown(page))
        page.value("document.querySelector('input[name=file]').select()")
        page.type("input[name=file]", "domain")
        expected = [found["id"] for file, found in self.rows if "domain" in file]
        self.assertEqual(expected, self.ids_shown(page))
        self.assertTrue(page.value("location.hash").endswith("#file=domain"))
        # From the field to the button, and all is there again.
        page.key("Tab", 9)
        page.key("Enter", 13, "\r")
        self.assertEqual(len(self.rows), len(self.ids_shown(page)))
        # A list by its own event, and a bar by the keyboard.
        page.value("(() => { const s = document.querySelector('select[name=severity]'); s.value = 'error'; s.dispatchEvent(new Event('input', {bubbles: true})); })()")
        errors = sum(found["severity"] == "error" for _, found in self.rows)
        self.assertEqual(errors, len(self.ids_shown(page)))
        page.value("document.querySelector('.bar').focus()")
        page.key("Enter", 13, "\r")
        self.assertEqual(len(self.rows), len(self.ids_shown(page)))
        # A place in the page is no filter.
        page.value("document.querySelector('.skip').focus()")
        page.key("Enter", 13, "\r")
        self.assertEqual(["#findings", len(self.rows)], page.value(f"[location.hash, {SHOWN}.length]"))
        self.assertEqual([], page.value("[...document.querySelectorAll('select, input')].filter((e) => !e.labels.length).map((e) => e.name)"))
        self.assert_quiet(page)

    def test_an_explanation_is_one_click_away(self):
        page = self.open("#severity=error")
        page.click("a.id[href='#schema/type']")
        summary = next(line.split(None, 1)[1] for line in subprocess.run([PROGRAM, "explain"], capture_output=True, text=True, check=True).stdout.splitlines() if line.startswith("schema/type "))
        self.assertEqual(["schema/type", summary, True], page.value("[document.querySelector('dialog[open] h2').textContent, document.querySelector('dialog p').textContent.trim(),"
                                                                    " document.querySelector('dialog').textContent.includes('connect-lint explain schema/type')]"))
        self.assertEqual([], page.messages())
        page.key("Escape", 27)
        self.assertEqual(0, page.value("document.querySelectorAll('dialog[open]').length"))
        self.assertLess(len(self.ids_shown(page)), len(self.rows))
        # It is the text of `explain`, which breaks its lines.
        explained = subprocess.run([PROGRAM, "explain", "schema/type"], capture_output=True, text=True, check=True).stdout
        paragraph = explained.split("\n\n")[2]
        self.assertIn(" ".join(paragraph.replace("`", "").split()), page.value("document.getElementById('schema/type').textContent.replace(/\\s+/g, ' ')"))

    def test_without_script(self):
        page = self.open("#id=schema", script=False)
        document = page.call("DOM.getDocument", depth=-1)["root"]
        count = len(page.call("DOM.querySelectorAll", nodeId=document["nodeId"], selector="article")["nodeIds"])
        self.assertEqual(len(self.rows), count)
        self.assertEqual(1, len(page.call("DOM.querySelectorAll", nodeId=document["nodeId"], selector="#filter[hidden]")["nodeIds"]))
        # The totals stand first for the eye, although they are written last.
        top = [page.call("DOM.getBoxModel", nodeId=page.call("DOM.querySelector", nodeId=document["nodeId"], selector=selector)["nodeId"])["model"]["border"][1] for selector in ("#totals", "#explanations")]
        self.assertLess(*top)
        page.screenshot(SCRATCH / "no-script.png")

    def test_nothing_of_a_file_runs(self):
        page = self.open()
        self.assertEqual(["connect-lint report", 0, 1], page.value("[document.title, document.images.length, document.scripts.length]"))
        text = page.value("document.body.innerText")
        self.assertIn(EVIL.replace("/", ""), text)
        self.assertIn("\\u{202E}", text)
        self.assertNotIn("\u202e", (self.folder / "report.html").read_text(encoding="utf-8"))
        self.assert_quiet(page)

    def test_the_policy_holds(self):
        """What a mistake in escaping would let in stays without effect; and without the policy this test would see it."""
        asked = []

        class Listener(http.server.BaseHTTPRequestHandler):
            def do_GET(self):
                asked.append(self.path)
                self.send_error(404)

            def log_message(self, *_):
                pass

        with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Listener) as server:
            threading.Thread(target=server.serve_forever, daemon=True).start()
            address = f"http://127.0.0.1:{server.server_port}"
            page = (self.folder / "report.html").read_text(encoding="utf-8")
            slipped = f"<img src='{address}/image' onerror='document.title += 1'><script>document.title += 2</script><link rel=stylesheet href='{address}/style'><script src='{address}/script'></script>"
            bad = page.replace("<main", slipped + "<main", 1)
            (self.folder / "slipped.html").write_text(bad, encoding="utf-8")
            (self.folder / "open.html").write_text(re.sub("<meta http-equiv[^>]*>", "", bad), encoding="utf-8")
            guarded = self.browser.page((self.folder / "slipped.html").as_uri())
            self.assertEqual("connect-lint report", guarded.value("document.title"))
            self.assertEqual(len(self.rows), len(self.ids_shown(guarded)))
            self.assertEqual([], asked)
            unguarded = self.browser.page((self.folder / "open.html").as_uri())
            self.assertIn("2", unguarded.value("document.title"))
            self.assertEqual({"/image", "/style", "/script"}, set(asked))
            server.shutdown()

    def test_many_findings(self):
        """A file of many is cut into sections, of which a browser lays out those in sight."""
        lines = [{"operation": "PutIntegration", "input": {"DomainName": "sales", "ObjectTypeName": "x", "Uri": "u", "Tags": {f"key{tag}": 5 for tag in range(20)}}}] * 100
        (self.folder / "many.ndjson").write_text("".join(json.dumps(line) + "\n" for line in lines))
        (self.folder / "many.json").write_text(json.dumps(lines[0]))
        done = subprocess.run([PROGRAM, "check", "--no-config", "--max-findings=15", "--format=html:many.html", "many.json", "many.ndjson"], cwd=self.folder, stdin=subprocess.DEVNULL,
                              capture_output=True, check=False)
        self.assertEqual(1, done.returncode, done)
        page = self.browser.page((self.folder / "many.html").as_uri())
        self.assertEqual(101 * 15, len(self.ids_shown(page)))
        self.assertEqual([15, *[100] * 15], page.value("[...document.querySelectorAll('section[data-file]')].map((e) => e.querySelectorAll('article').length)"))
        page.screenshot(SCRATCH / "many.png")
        self.assertEqual([True, False], page.value("[...document.querySelectorAll('article')].map((e) => e.checkVisibility({contentVisibilityAuto: true})).filter((e, i, all) => i === 0 || i === all.length - 1)"))
        # Those of the command line's limit are told, each where it was reached and all of them.
        left_out = page.value("[...document.querySelectorAll('.more')].map((e) => parseInt(e.textContent))")
        self.assertEqual([left_out[0]] * 101, left_out)
        self.assertIn(f"{sum(left_out)} more findings are not shown", page.value("document.querySelector('#totals').textContent"))
        whole = subprocess.run([PROGRAM, "check", "--no-config", "--format=concise", "many.json"], cwd=self.folder, stdin=subprocess.DEVNULL, capture_output=True, check=False).stdout
        self.assertEqual(len(whole.splitlines()), 15 + left_out[0])
        page = self.browser.page((self.folder / "many.html").as_uri() + "#file=many.json")
        self.assertEqual(15, len(self.ids_shown(page)))
        self.assertEqual([], page.messages())

    def test_long_lists_are_cut(self):
        """The skipped that are named are at most 1000, and the bars of a chart 200; the counts are of all."""
        (self.folder / "skipped.ndjson").write_text("{}\n" * 1003)
        names = [f"long/{number:03}-put-integration.json" for number in range(203)]
        (self.folder / "long").mkdir()
        for name in names:
            (self.folder / name).write_text("{")
        done = subprocess.run([PROGRAM, "check", "--no-config", "--format=html:long.html", "skipped.ndjson", *names], cwd=self.folder, stdin=subprocess.DEVNULL, capture_output=True,
                              check=False)
        self.assertEqual(1, done.returncode, done)
        page = self.browser.page((self.folder / "long.html").as_uri())
        self.assertEqual([1001, "and 3 more"], page.value("(() => { const all = document.querySelectorAll('.skipped li'); return [all.length, all[1000].textContent]; })()"))
        self.assertEqual("why 1003 were skipped", page.value("document.querySelector('.skipped summary').textContent"))
        self.assertEqual([200, "197 more files", "and 3 files with no more findings than these"],
                         page.value("(() => { const all = document.querySelectorAll('figure')[2];"
                                    " return [all.querySelectorAll('.bar').length, all.querySelector('summary').textContent, all.querySelector('p').textContent]; })()"))
        self.assertIn("203 unreadable; findings in 203 files", page.value("document.querySelector('#totals').textContent"))

    def test_looks(self):
        """For people; here it is only seen that nothing is wider than the screen."""
        for width in (1280, 760, 400):
            for dark in (False, True):
                page = self.open(width=width, dark=dark)
                self.assertEqual(width, page.value("document.documentElement.scrollWidth"))
                self.assertEqual(dark, page.value("getComputedStyle(document.documentElement).backgroundColor") == "rgb(20, 23, 26)")
                page.screenshot(SCRATCH / f"{width}{'-dark' if dark else ''}.png")

    def test_no_findings(self):
        for files, words in [(["other.json"], "Nothing was checked"), (["clean.json", "other.json"], "No findings")]:
            (self.folder / "clean.json").write_text('{"operation": "ListIntegrations", "input": {"DomainName": "sales"}}')
            done = subprocess.run([PROGRAM, "check", "--no-config", "--format", "html:clean.html", *files], cwd=self.folder, stdin=subprocess.DEVNULL, capture_output=True, check=False)
            self.assertEqual(0, done.returncode, done)
            page = self.browser.page((self.folder / "clean.html").as_uri())
            self.assertEqual(words, page.value("document.querySelector('main .none').textContent"))
            self.assertIn("1 skipped", page.value("document.querySelector('#totals').textContent"))
            self.assertEqual([], page.messages())
            page.screenshot(SCRATCH / "no-findings.png")


if __name__ == "__main__":
    unittest.main()
