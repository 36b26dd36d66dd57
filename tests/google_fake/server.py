"""HTTP on the loopback: takes requests in, lets faults happen, sends answers out, keeps the log."""

from __future__ import annotations

import socket
import struct
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from .answers import JSON_TYPE, Answer
from .dispatch import Dispatcher, Incoming
from .faults import Fault, Wire, cut
from .log import Entry, Log

RESET_AT_ONCE = struct.pack("ii", 1, 0)
DRIP = 40


class Server(ThreadingHTTPServer):
    """A server that can be stopped while it hangs."""

    daemon_threads = True
    request_queue_size = 64

    def __init__(self, port: int, dispatcher: Dispatcher, log: Log) -> None:
        super().__init__(("127.0.0.1", port), Handler)
        self.dispatcher, self.log, self.stopping = dispatcher, log, threading.Event()

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A client that hangs up is no error of the fake; anything else is."""
        import sys

        if not isinstance(sys.exception(), ConnectionError | TimeoutError):
            super().handle_error(request, client_address)


class Handler(BaseHTTPRequestHandler):
    """One connection."""

    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    server: Server

    def handle_any(self) -> None:
        """Takes one request in and answers it."""
        length = int(self.headers.get("Content-Length") or 0)
        authorization = self.headers.get("Authorization") or ""
        kind = self.headers.get("Content-Type") or ""
        incoming = Incoming(self.command, self.path, self.rfile.read(length), authorization, kind)
        fault, answer = self.decided(incoming)
        if fault is None or fault.wire is Wire.WHOLE:
            self.send_whole(answer)
        else:
            self.send_badly(answer, fault)

    do_GET = do_POST = do_PUT = do_PATCH = do_DELETE = handle_any  # noqa: N815 - http.server's names

    def decided(self, incoming: Incoming) -> tuple[Fault | None, Answer]:
        """The fault that meets a request and the answer to it, both kept in the log."""
        dispatcher = self.server.dispatcher
        with dispatcher.world.lock:
            dispatcher.recognise(incoming)
            fault = dispatcher.plan.next_for(incoming.kinds)
            carried_out = fault is None or fault.applied
            answer = dispatcher.answer(incoming) if carried_out else Answer(200, {})
            if fault is not None and fault.answer is not None:
                answer = fault.answer
            self.keep(incoming, answer, fault, carried_out)
        return fault, answer

    def keep(self, incoming: Incoming, answer: Answer, fault: Fault | None, carried_out: bool) -> None:
        """Writes one line of the log."""
        body = {"_raw": answer.body} if isinstance(answer.body, str) else answer.body
        name = fault.name if fault is not None else ""
        line = (incoming.kinds, incoming.verb, incoming.url, incoming.parsed, answer.status, body)
        self.server.log.add(Entry(*line, name, carried_out))

    def head(self, answer: Answer, length: int) -> bytes:
        """Status line and headers."""
        lines = [f"HTTP/1.1 {answer.status} {self.responses.get(answer.status, ('',))[0]}"]
        headers = {"Content-Type": answer.content_type or JSON_TYPE, **answer.headers}
        if answer.status != 204:
            headers["Content-Length"] = str(length)
        headers["Date"] = self.date_time_string(self.server.dispatcher.world.clock.now().timestamp())
        lines += [f"{name}: {text}" for name, text in headers.items()]
        return ("\r\n".join(lines) + "\r\n\r\n").encode("latin-1")

    def send_whole(self, answer: Answer) -> None:
        """An answer as it should be."""
        raw = answer.raw()
        self.wfile.write(self.head(answer, len(raw)) + raw)

    def send_badly(self, answer: Answer, fault: Fault) -> None:
        """An answer that does not arrive as it should."""
        raw = answer.raw()
        self.close_connection = True
        if fault.wire is Wire.CUT:
            self.send_part(answer, cut(raw), len(cut(raw)))
        elif fault.wire is Wire.SHORT:
            self.send_part(answer, cut(raw), len(raw) + 1)
        elif fault.wire is Wire.DRIP:
            self.drip(answer, raw, fault.seconds)
        else:
            if fault.wire is Wire.HANG:
                self.server.stopping.wait(fault.seconds)
            self.break_off()

    def send_part(self, answer: Answer, raw: bytes, announced: int) -> None:
        """Some bytes, with a length that may be another."""
        self.wfile.write(self.head(answer, announced) + raw)

    def drip(self, answer: Answer, raw: bytes, seconds: float) -> None:
        """All bytes, a few at a time."""
        self.wfile.write(self.head(answer, len(raw)))
        step = max(1, len(raw) // DRIP)
        for at in range(0, len(raw), step):
            if self.server.stopping.is_set():
                return
            self.wfile.write(raw[at : at + step])
            time.sleep(seconds)

    def break_off(self) -> None:
        """Resets the connection."""
        self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, RESET_AT_ONCE)
        self.connection.close()

    def log_message(self, format: str, *args: Any) -> None:
        """The log is kept elsewhere."""
