"""A word to a monitor on the web, in the manner of healthchecks.io: a round starts, went well, or failed.

The address is as good as a password: it is in no message and no log.
"""

from __future__ import annotations

from contextlib import suppress
from queue import Full, Queue
from threading import Thread
from urllib.parse import urlsplit, urlunsplit
from urllib.request import Request, urlopen

TIMEOUT = 10.0
MOST_WAITING = 8
"""Of a monitor that is out of reach, words are dropped rather than kept."""
FAREWELL = 3.0
"""Seconds that the last words may take when the service ends."""
MOST_BYTES = 10_000


class Ping:
    """Sends from a thread of its own and never keeps anybody waiting; what does not arrive is let go."""

    def __init__(self, address: str) -> None:
        self._address = address
        self._waiting: Queue[tuple[str, bytes] | None] = Queue(MOST_WAITING)
        self._thread = Thread(target=self._send_all, name="ping", daemon=True)
        self._thread.start()

    def start(self) -> None:
        """A round begins."""
        self._tell("start")

    def success(self) -> None:
        """All went well."""
        self._tell("")

    def fail(self, text: str) -> None:
        """Something needs a hand; the text says what."""
        self._tell("fail", text.encode()[:MOST_BYTES])

    def close(self) -> None:
        """Lets the last words go, for a short while."""
        with suppress(Full):
            self._waiting.put_nowait(None)
            self._thread.join(FAREWELL)

    def _tell(self, what: str, body: bytes = b"") -> None:
        with suppress(Full):
            self._waiting.put_nowait((what, body))

    def _send_all(self) -> None:
        while (waiting := self._waiting.get()) is not None:
            what, body = waiting
            with suppress(Exception):  # whatever the web has in store, it is no matter of the service
                request = Request(
                    address_of(self._address, what), data=body or None, headers={"User-Agent": "okrsheets"}
                )
                with urlopen(request, timeout=TIMEOUT) as answer:
                    answer.read(MOST_BYTES)


def address_of(address: str, what: str) -> str:
    """The address with `/start` or `/fail` behind its path; what follows a `?` stays at the end."""
    parts = urlsplit(address)
    path = f"{parts.path.rstrip('/')}/{what}" if what else parts.path
    return urlunsplit(parts._replace(path=path))
