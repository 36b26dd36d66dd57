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

from okrsheets.words.errors import PortTaken
from okrsheets.words.message import Message, say

HOST = "127.0.0.1"
PAGE = """<!DOCTYPE html><html><meta charset="utf-8"><title>okrsheets</title>
<style>body{{font:18px sans-serif;max-width:30em;margin:4em auto;padding:0 1em}}</style><p>{text}</p></html>"""
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
            raise PortTaken(port=port, reason=error.strerror or type(error).__name__) from None
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
            return 404, self.page(say("There is nothing here."))
        if not asked.get("code"):
            self.returned.put(Return(error=asked.get("error", "error")))
            return 200, self.page(say("You are not signed in. You can close this page; okrsheets tells you more."))
        self.returned.put(Return(code=asked["code"]))
        return 200, self.page(say("Thank you. You can close this page and go back to okrsheets."))

    def page(self, text: Message) -> str:
        """A page for a person."""
        return PAGE.format(text=escape(self.say(text)))


def visitor(loopback: Loopback) -> type[BaseHTTPRequestHandler]:
    """The handler of one visit."""

    class Visitor(BaseHTTPRequestHandler):
        timeout = IDLE

        def do_GET(self) -> None:
            status, page = loopback.answer(self.path)
            raw = page.encode()
            self.send_response(status)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.send_header("Content-Length", str(len(raw)))
            self.send_header("Connection", "close")
            self.end_headers()
            self.wfile.write(raw)

        def log_message(self, format: str, *args: Any) -> None:
            """The address of the visit holds the code; nobody is told."""

    return Visitor
