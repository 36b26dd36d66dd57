"""A headless Chromium, driven over a pipe by its own protocol: pages, clicks and pictures, and nothing to install.

The protocol: https://chromedevtools.github.io/devtools-protocol/
"""

from __future__ import annotations

import base64
import fcntl
import json
import os
import select
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

NAMES = ("chromium", "chromium-browser", "google-chrome", "chrome")
FLAGS = (
    "--headless=new",
    "--remote-debugging-pipe",
    "--no-first-run",
    "--no-proxy-server",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--hide-scrollbars",
)
SIZE = (980, 720)
PATIENCE = 30.0
READ, WRITE = 3, 4
"""The pipes' numbers for Chromium."""
ABOVE = 10


def found() -> str | None:
    """The browser's program, None where there is none."""
    return next(filter(None, map(shutil.which, NAMES)), None)


@contextmanager
def chromium(program: str) -> Iterator[Page]:
    """A browser with one page, as long as the block lasts."""
    to_browser, from_browser = os.pipe(), os.pipe()
    ends = [fcntl.fcntl(end, fcntl.F_DUPFD, ABOVE) for end in (to_browser[0], from_browser[1])]

    def in_place() -> None:
        for number, end in zip((READ, WRITE), ends, strict=True):
            os.dup2(end, number)

    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as profile:
        sandbox = ("--no-sandbox",) if os.geteuid() == 0 else ()
        line = [program, *FLAGS, *sandbox, f"--user-data-dir={profile}", f"--window-size={SIZE[0]},{SIZE[1]}"]
        process = subprocess.Popen(
            line, preexec_fn=in_place, pass_fds=(READ, WRITE), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        for end in (*ends, to_browser[0], from_browser[1]):
            os.close(end)
        try:
            yield Page(to_browser[1], from_browser[0])
        finally:
            os.close(to_browser[1])
            os.close(from_browser[0])
            process.terminate()
            process.wait(PATIENCE)


class Page:
    """The one page. What it is asked for it does before it returns."""

    def __init__(self, write: int, read: int) -> None:
        self._write, self._read, self._rest, self._count = write, read, b"", 0
        self._session: str | None = None
        self._events: list[str] = []
        target = self.ask("Target.createTarget", url="about:blank")["targetId"]
        self._session = self.ask("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
        self.ask("Page.enable")

    def open(self, url: str) -> None:
        """Goes to an address, and waits until it is there."""
        self._events.clear()
        self.ask("Page.navigate", url=url)
        self.loaded()

    def show(self, html: str) -> None:
        """Shows a page of our own."""
        self.open("data:text/html;charset=utf-8;base64," + base64.b64encode(html.encode()).decode())

    def script(self, source: str) -> Any:
        """What a piece of JavaScript comes to."""
        told = self.ask("Runtime.evaluate", expression=source, returnByValue=True)
        return told["result"].get("value")

    def click(self, selector: str, *, leads_on: bool = False) -> None:
        """Clicks the middle of an element with the mouse, and waits for the next page where it leads to one."""
        where = f"(r => [r.x + r.width / 2, r.y + r.height / 2])(document.querySelector({json.dumps(selector)})"
        x, y = self.script(f"{where}.getBoundingClientRect())")
        self._events.clear()
        for kind in ("mousePressed", "mouseReleased"):
            self.ask("Input.dispatchMouseEvent", type=kind, x=x, y=y, button="left", clickCount=1)
        if leads_on:
            self.loaded()

    def picture(self, path: Path) -> None:
        """Saves what is to be seen as a PNG."""
        shot = self.ask("Page.captureScreenshot", format="png", captureBeyondViewport=True)
        path.write_bytes(base64.b64decode(shot["data"]))

    def loaded(self) -> None:
        """Waits until a page has been loaded."""
        until = time.monotonic() + PATIENCE
        while "Page.loadEventFired" not in self._events:
            self._take(until)

    def ask(self, method: str, **params: Any) -> dict[str, Any]:
        """Asks the browser, and waits for the answer."""
        self._count += 1
        session = {"sessionId": self._session} if self._session else {}
        asked = {"id": self._count, "method": method, "params": params, **session}
        os.write(self._write, json.dumps(asked).encode() + b"\0")
        until = time.monotonic() + PATIENCE
        while True:
            told = self._take(until)
            if told.get("id") == self._count:
                if "error" in told:
                    raise RuntimeError(f"{method}: {told['error']}")
                return dict(told["result"])

    def _take(self, until: float) -> dict[str, Any]:
        """The next message, whatever it is about; events are kept by their names."""
        while b"\0" not in self._rest:
            if not select.select([self._read], [], [], max(0.0, until - time.monotonic()))[0]:
                raise TimeoutError("the browser says nothing")
            more = os.read(self._read, 1 << 20)
            if not more:
                raise ConnectionError("the browser is gone")
            self._rest += more
        line, _, self._rest = self._rest.partition(b"\0")
        told: dict[str, Any] = json.loads(line)
        if "method" in told:
            self._events.append(told["method"])
        return told
