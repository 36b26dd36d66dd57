"""The way back from Google's page: a server on this computer that waits for one visit."""

from __future__ import annotations

import hmac
import queue
import threading
from collections.abc import Callable
from dataclasses import dataclass
from html import escape
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from typing import Any, Self
from urllib.parse import parse_qs, urlsplit

from okrsheets.edges.refusals import reason_of
from okrsheets.words.errors import PortTaken
from okrsheets.words.message import Message, say

HOST = "127.0.0.1"
PAGE = """<!DOCTYPE html><html><head><meta charset="utf-8"><title>okrsheets</title>
<meta name="viewport" content="width=device-width"><link rel="icon" href="data:,">
<style>
:root{{color-scheme:light dark;--ink:#22313f;--paper:#f1f7f6;--card:#fff;--quiet:#7a858f;--sign:{colour}}}
@media(prefers-color-scheme:dark){{:root{{--ink:#e8eeed;--paper:#16201f;--card:#1f2b2a;--quiet:#9aa7a6}}}}
body{{margin:0;min-height:100vh;display:grid;place-items:center;background:var(--paper);color:var(--ink);
font:18px/1.5 system-ui,sans-serif}}
main{{background:var(--card);border-top:6px solid var(--sign);border-radius:12px;padding:2.5em 3em;margin:1em;
max-width:26em;box-shadow:0 8px 30px #0002}}
.sign{{font-size:2.6em;line-height:1;color:var(--sign)}}h1{{font-size:1.5em;margin:.6em 0 .3em}}p{{margin:0}}
footer{{margin-top:2em;color:var(--quiet);font-size:.8em}}
</style></head><body><main><div class="sign" aria-hidden="true">{sign}</div><h1>{head}</h1><p>{text}</p>
<footer>okrsheets</footer></main><script>history.replaceState(null,"","/")</script></body></html>"""
"""For a person; the address of the visit, which holds the code, leaves the browser's address bar."""
WELL, ILL = ("✓", "#1f6f6b"), ("✕", "#c8643f")
HEADERS = {
    "Content-Type": "text/html; charset=utf-8",
    "Cache-Control": "no-store",
    "Referrer-Policy": "no-referrer",
    "Connection": "close",
}
IDLE = 10
"""Seconds after which a visitor who says nothing is let go; browsers open connections that they never use."""


@dataclass(frozen=True, slots=True)
class Return:
    """What came back: a code or an error."""

    code: str = ""
    error: str = ""

    def __repr__(self) -> str:
        return f"Return(error={self.error!r})"


class Loopback:
    """Waits on the loopback for the visit that carries our state; `say` puts the page into a language.

    Raises PortTaken where it cannot listen.
    """

    def __init__(self, state: str, say: Callable[[Message], str], port: int = 0) -> None:
        self.state, self.say = state, say
        self.returned: queue.Queue[Return] = queue.Queue()
        try:
            self._server = ThreadingHTTPServer((HOST, port), visitor(self))
        except OSError as error:
            raise PortTaken(port=port, reason=reason_of(error)) from None
        self._server.daemon_threads = True

    def __enter__(self) -> Self:
        threading.Thread(target=self._server.serve_forever, args=(0.05,), daemon=True).start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._server.shutdown()
        self._server.server_close()

    @property
    def port(self) -> int:
        """Where it listens."""
        return self._server.server_port

    @property
    def address(self) -> str:
        """Where Google is to send the browser."""
        return f"http://{HOST}:{self.port}/"

    def wait(self, seconds: float) -> Return | None:
        """What came back; None where nobody did in that time."""
        try:
            return self.returned.get(timeout=seconds)
        except queue.Empty:
            return None

    def answer(self, path: str) -> tuple[int, str]:
        """Status and page for a visit. Only one with our state is taken; any other may be anybody's."""
        asked = {name: texts[0] for name, texts in parse_qs(urlsplit(path).query).items()}
        if not hmac.compare_digest(asked.get("state", "").encode(), self.state.encode()):
            return 404, self.page(ILL, say("There is nothing here"), say("You can close this window."))
        if not asked.get("code"):
            self.returned.put(Return(error=asked.get("error", "error")))
            more = say("You can close this window; okrsheets tells you more, where you started it.")
            return 200, self.page(ILL, say("You are not signed in"), more)
        self.returned.put(Return(code=asked["code"]))
        more = say("You can close this window; okrsheets goes on by itself, where you started it.")
        return 200, self.page(WELL, say("Thank you"), more)

    def page(self, mark: tuple[str, str], head: Message, text: Message) -> str:
        """A page for a person, with a sign and its colour."""
        sign, colour = mark
        return PAGE.format(sign=sign, colour=colour, head=escape(self.say(head)), text=escape(self.say(text)))


def visitor(loopback: Loopback) -> type[BaseHTTPRequestHandler]:
    """The handler of one visit."""

    class Visitor(BaseHTTPRequestHandler):
        timeout = IDLE

        def do_GET(self) -> None:
            status, page = loopback.answer(self.path)
            raw = page.encode()
            self.send_response(status)
            for name, text in {**HEADERS, "Content-Length": str(len(raw))}.items():
                self.send_header(name, text)
            self.end_headers()
            self.wfile.write(raw)

        def log_message(self, format: str, *args: Any) -> None:
            """The address of the visit holds the code; nobody is told."""

    return Visitor
