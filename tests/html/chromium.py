"""A headless Chromium, driven through two pipes (the Chrome DevTools protocol) with nothing but Python.

    with Chromium(folder) as browser:
        page = browser.page("file:///report.html")
        page.value("document.title")

Nothing waits for a time to pass: every step waits for the browser's own word that it is done.
"""

import base64
import contextlib
import json
import os
import pathlib
import select
import subprocess

SECONDS_MAX = 240  # A guard against waiting for ever.
FLAGS = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--disable-dev-shm-usage", "--no-first-run", "--no-default-browser-check", "--disable-background-networking",
         "--disable-component-update", "--disable-default-apps", "--disable-extensions", "--disable-sync", "--hide-scrollbars", "--remote-debugging-pipe"]


class Chromium:
    def __init__(self, folder):
        """`folder` is made, and holds the profile: no two browsers at a time share one."""
        self.folder = pathlib.Path(folder)

    def __enter__(self):
        self.folder.mkdir(parents=True)
        to_browser, self.writes = os.pipe()
        self.reads, from_browser = os.pipe()
        self.log = (self.folder / "chromium.log").open("wb")
        # It reads from descriptor 3 and writes to 4.
        self.process = subprocess.Popen(["bash", "-c", f'exec chromium "$@" 3<&{to_browser} 4>&{from_browser}', "chromium", *FLAGS, f"--user-data-dir={self.folder / 'profile'}", "about:blank"],
                                        pass_fds=(to_browser, from_browser), stdin=subprocess.DEVNULL, stdout=self.log, stderr=self.log,
                                        env={**os.environ, "HOME": str(self.folder), "XDG_CONFIG_HOME": str(self.folder), "XDG_CACHE_HOME": str(self.folder), "TZ": "UTC"})
        os.close(to_browser)
        os.close(from_browser)
        self.last = 0
        self.buffer = b""
        self.events = []
        return self

    def __exit__(self, *_):
        with contextlib.suppress(OSError, AssertionError):
            self.call("Browser.close")
        for descriptor in (self.writes, self.reads):
            os.close(descriptor)
        try:
            self.process.wait(SECONDS_MAX)
        finally:
            self.process.kill()
            self.log.close()

    def read(self):
        """The next message."""
        while b"\0" not in self.buffer:
            ready, _, _ = select.select([self.reads], [], [], SECONDS_MAX)
            piece = os.read(self.reads, 1 << 20) if ready else b""
            assert piece, "chromium says nothing more:\n" + (self.folder / "chromium.log").read_text(errors="replace")
            self.buffer += piece
        message, self.buffer = self.buffer.split(b"\0", 1)
        return json.loads(message)

    def call(self, method, session=None, **parameters):
        self.last += 1
        number = self.last
        message = {"id": number, "method": method, "params": parameters, **({"sessionId": session} if session else {})}
        data = json.dumps(message).encode() + b"\0"
        while data:
            data = data[os.write(self.writes, data):]
        while True:
            answer = self.read()
            if answer.get("id") == number:
                assert "error" not in answer, (method, answer["error"])
                return answer["result"]
            self.events.append(answer)

    def wait_for(self, event, session):
        while True:
            for index, message in enumerate(self.events):
                if message.get("method") == event and message.get("sessionId") == session:
                    del self.events[index]
                    return message["params"]
            self.events.append(self.read())

    def page(self, url, width=1280, height=900, dark=False, script=True):
        return Page(self, url, width, height, dark, script)


class Page:
    """A tab, loaded."""

    def __init__(self, browser, url, width, height, dark, script):
        self.browser = browser
        self.script = script
        target = browser.call("Target.createTarget", url="about:blank")["targetId"]
        self.session = browser.call("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
        for domain in ("Page", "Runtime", "Log", "Network"):
            self.call(f"{domain}.enable")
        self.call("Emulation.setDeviceMetricsOverride", width=width, height=height, deviceScaleFactor=1, mobile=False)
        self.call("Emulation.setEmulatedMedia", features=[{"name": "prefers-color-scheme", "value": "dark" if dark else "light"}])
        self.call("Emulation.setScriptExecutionDisabled", value=not script)
        self.open(url)

    def call(self, method, **parameters):
        return self.browser.call(method, self.session, **parameters)

    def open(self, url):
        self.call("Page.navigate", url=url)
        self.browser.wait_for("Page.loadEventFired", self.session)

    def value(self, expression):
        result = self.call("Runtime.evaluate", expression=expression, returnByValue=True, awaitPromise=True)
        assert "exceptionDetails" not in result, (expression, result["exceptionDetails"])
        return result["result"].get("value")

    def click(self, selector):
        """With the mouse, in the middle of the first that fits."""
        x, y = self.value(f"(() => {{ const e = document.querySelector({json.dumps(selector)}); e.scrollIntoView({{block: 'center'}}); const r = e.getBoundingClientRect();"
                          " return [r.x + r.width / 2, r.y + r.height / 2]; })()")
        for kind in ("mousePressed", "mouseReleased"):
            self.call("Input.dispatchMouseEvent", type=kind, x=x, y=y, button="left", clickCount=1)

    def key(self, name, code=0, text=""):
        self.call("Input.dispatchKeyEvent", type="keyDown", key=name, windowsVirtualKeyCode=code, text=text)
        self.call("Input.dispatchKeyEvent", type="keyUp", key=name, windowsVirtualKeyCode=code)

    def type(self, selector, text):
        self.value(f"document.querySelector({json.dumps(selector)}).focus()")
        self.call("Input.insertText", text=text)

    def screenshot(self, path):
        if self.script:  # What has come into sight is drawn in the frame behind the next.
            self.value("new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))")
        pathlib.Path(path).write_bytes(base64.b64decode(self.call("Page.captureScreenshot", format="png")["data"]))

    def messages(self):
        """What the page said to the console, or did wrong."""
        self.value("0")  # What was said before has arrived.
        texts = []
        for event in self.mine():
            if event["method"] == "Runtime.exceptionThrown":
                texts.append(event["params"]["exceptionDetails"]["text"])
            elif event["method"] == "Runtime.consoleAPICalled":
                texts.append(str(event["params"]["args"]))
            elif event["method"] == "Log.entryAdded":
                texts.append(event["params"]["entry"]["text"])
        return texts

    def requests(self):
        """The addresses that were asked for."""
        self.value("0")
        return [event["params"]["request"]["url"] for event in self.mine() if event["method"] == "Network.requestWillBeSent"]

    def mine(self):
        return [event for event in self.browser.events if event.get("sessionId") == self.session]
