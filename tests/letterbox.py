"""Somebody who really gets letters, on loopback: by HTTP as `json://` posts them, and by SMTP."""

from __future__ import annotations

import json
import socketserver
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, TypeVar

SECRET = "s3cr3tk3y"


class Inbox(ThreadingHTTPServer):
    """Takes what is posted; answers with `status`, or with 500 under /broken, after `before_answer`."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Reader)
        self.status = 200
        self.got: list[dict[str, Any]] = []
        self.before_answer: Callable[[], object] = lambda: None

    def address(self, path: str = "", query: str = "") -> str:
        return f"json://anna:{SECRET}@127.0.0.1:{self.server_port}/{path}{query}"

    @property
    def titles(self) -> list[str]:
        return [letter["title"] for letter in self.got]


class Reader(BaseHTTPRequestHandler):
    def do_POST(self) -> None:
        inbox = self.server
        assert isinstance(inbox, Inbox)
        inbox.got.append(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))
        inbox.before_answer()
        self.send_response(500 if self.path.startswith("/broken") else inbox.status)
        self.end_headers()

    def log_message(self, format: str, *arguments: object) -> None:
        pass


@dataclass
class Manners:
    """How a mail server behaves: whom it refuses, whether it lets anybody in, whether it says that it took a mail."""

    refuses: tuple[str, ...] = ()
    lets_in: bool = True
    confirms: bool = True
    got: list[tuple[list[str], EmailMessage]] = field(default_factory=list)


class MailServer(socketserver.ThreadingTCPServer):
    """As much of SMTP as it takes to get a letter."""

    daemon_threads = True
    allow_reuse_address = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Conversation)
        self.manners = Manners()

    def address(self, *to: str) -> str:
        port = self.server_address[1]
        return f"mailto://anna:{SECRET}@127.0.0.1:{port}?mode=insecure&from=a@example.org&to={','.join(to)}&cto=1"


class Conversation(socketserver.StreamRequestHandler):
    def handle(self) -> None:
        server = self.server
        assert isinstance(server, MailServer)
        self.manners, self.to = server.manners, list[str]()
        self.say("220 ready")
        while line := self.rfile.readline().decode().strip():
            if not self.answer(line.upper().partition(" ")[0], line):
                return

    def answer(self, verb: str, line: str) -> bool:
        if verb == "EHLO":
            self.say("250-hello\r\n250 AUTH PLAIN")
        elif verb == "AUTH":
            self.say("235 welcome" if self.manners.lets_in else "535 not you")
        elif verb == "RCPT":
            refused = any(name in line for name in self.manners.refuses)
            if not refused:
                self.to.append(line.partition(":")[2].strip("<>"))
            self.say("550 nobody of that name" if refused else "250 fine")
        elif verb == "DATA":
            return self.take()
        elif verb == "QUIT":
            self.say("221 bye")
            return False
        else:
            self.say("250 fine")
        return True

    def take(self) -> bool:
        self.say("354 go ahead")
        lines = []
        while (line := self.rfile.readline()) not in (b".\r\n", b""):
            lines.append(line.removeprefix(b"."))
        mail = message_from_bytes(b"".join(lines), policy=policy.default)
        assert isinstance(mail, EmailMessage)
        self.manners.got.append((self.to, mail))
        self.to = []
        if self.manners.confirms:
            self.say("250 taken")
        return self.manners.confirms

    def say(self, line: str) -> None:
        self.wfile.write(f"{line}\r\n".encode())


Server = TypeVar("Server", bound=socketserver.BaseServer)


@contextmanager
def listening(server: Server) -> Iterator[Server]:
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield server
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
