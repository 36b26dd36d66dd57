"""The fake as tests hold it: started and stopped, looked into, and set up."""

from __future__ import annotations

import threading
from datetime import datetime
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from .accounts import Accounts, save_private
from .answers import Json
from .clock import Clock
from .dispatch import Dispatcher
from .faults import Fault
from .log import Log
from .person import Person
from .quotas import Quotas
from .server import Server
from .sheets_api import filled_book
from .showing import shown_book
from .values import write
from .world import FOLDER, PERSON, ROBOT, Caller, File, World, permission


class GoogleFake:
    """One Google with a world of its own; nothing of it outlives the `with` block.

    `any_token=False` lets only tokens pass that its own token endpoint gave.
    `now` stops the clock there; without it the clock is the real one until it is set.
    """

    def __init__(
        self,
        port: int = 0,
        *,
        any_token: bool = True,
        quotas: Quotas | None = None,
        now: datetime | None = None,
        seed: int = 1,
    ) -> None:
        self.clock, self.log = Clock(now), Log()
        self.world = World(self.clock, seed)
        self.accounts = Accounts(self.clock, self.world.chance, any_token)
        self._dispatcher = Dispatcher(self.world, self.accounts, quotas or Quotas())
        self._server = Server(port, self._dispatcher, self.log)
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.02,), daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._server.stopping.set()
        self._server.shutdown()
        self._server.server_close()

    @property
    def base_url(self) -> str:
        """`http://127.0.0.1:PORT`, for OKRSHEETS_GOOGLE_ENDPOINT."""
        return f"http://127.0.0.1:{self._server.server_port}"

    @property
    def violations(self) -> list[str]:
        """What Google's documents have against any request or answer so far."""
        return self._dispatcher.violations

    @property
    def faults_happened(self) -> dict[str, int]:
        """How often each planned fault met a call."""
        return dict(self._dispatcher.plan.happened)

    def fault(self, fault: Fault, call: str = "*", nth: int = 1, times: int | None = 1) -> None:
        """Plans a fault for the nth call of a kind from now on, `times` in a row, None for ever.

        Kinds are read, write and create of Sheets, sheets, drive, token, revoke, consent; or a method's own id.
        """
        with self.world.lock:
            self._dispatcher.plan.add(fault, call, nth, times)

    def heal(self) -> None:
        """No planned fault happens any more."""
        with self.world.lock:
            self._dispatcher.plan.clear()

    def disable(self, *interfaces: str) -> None:
        """Switches `sheets` or `drive` off in the project; without names all are on again."""
        self.world.disabled = set(interfaces)

    def seed_book(
        self, body: Json, owner: str = PERSON, app: str = "", shared_with: tuple[str, ...] = (ROBOT,), **file: Any
    ) -> str:
        """A spreadsheet that is already there, by the body of a create request; its id."""
        with self.world.lock:
            caller = Caller(owner, None, app)
            made = self.world.add_file(body.get("properties", {}).get("title", "Untitled"), caller, **file)
            made.permissions += [permission(self.world, email, "writer") for email in shared_with]
            filled_book(self.world.add_book(made), body)
            return made.id

    def seed_values(self, tabs: dict[str, list[list[Any]]], locale: str = "en_US", **more: Any) -> str:
        """A spreadsheet that is already there, by the plain values of its tabs; its id."""
        sheets = [{"properties": {"title": title}} for title in tabs]
        id = self.seed_book({"properties": {"title": "Seeded", "locale": locale}, "sheets": sheets}, **more)
        for title, rows in tabs.items():
            write(self.world.books[id], f"'{title}'!A1", {"values": rows}, {"valueInputOption": "RAW"})
        return id

    def upload_xlsx(self, path: Path, owner: str = PERSON, locale: str = "en_US", name: str = "") -> str:
        """An .xlsx that a person uploaded and opened as a Google Sheet; its id. Needs openpyxl."""
        from .workbook import as_create_request

        body = as_create_request(path, locale)
        body["properties"]["title"] = name or path.stem
        return self.seed_book(body, owner, shared_with=())

    def shared_drive(self, *members: str, name: str = "Team") -> str:
        """A shared drive with its members; its id is also its root folder's."""
        with self.world.lock:
            root = self.world.add_file(name, Caller(members[0] if members else self.accounts.person), FOLDER)
            root.drive = root.id
            root.permissions = [permission(self.world, member, "organizer") for member in members]
            return root.id

    def share(self, id: str, email: str, role: str = "writer") -> None:
        """Shares a file as its owner would in the browser."""
        with self.world.lock:
            file = self.world.files[id]
            kept = [item for item in file.permissions if item.get("emailAddress") != email]
            file.permissions = [*kept, permission(self.world, email, role)]
            self.world.changed(file)

    def unshare(self, id: str, email: str) -> None:
        """Takes somebody's access away."""
        with self.world.lock:
            file = self.world.files[id]
            file.permissions = [item for item in file.permissions if item.get("emailAddress") != email]
            self.world.changed(file, lost_by=email)

    def person(self, id: str) -> Person:
        """Somebody with the spreadsheet open in the browser."""
        return Person(self.world, id)

    def book(self, id: str, grid: bool = False) -> Json:
        """A spreadsheet as `spreadsheets.get` answers it, without a call."""
        with self.world.lock:
            return shown_book(self.world.books[id], None, grid)

    def file(self, id: str) -> File:
        """A file as Drive keeps it."""
        return self.world.files[id]

    def files(self, mime: str = "") -> list[File]:
        """All files, or those of one type."""
        return [file for file in self.world.files.values() if not mime or file.mime == mime]

    def delay_drive(self, seconds: float) -> None:
        """Drive tells of what happens from now on so much later: in the feed, modifiedTime and version."""
        self.world.delay = seconds

    def token(self, email: str = PERSON, *scopes: str, app: str = "") -> str:
        """A bearer token of somebody; without scopes it may do all."""
        return self.accounts.token_for(Caller(email, frozenset(scopes) or None, app))

    def service_account_file(self, path: Path, email: str = "robot@okrsheets-tests.iam.gserviceaccount.com") -> Path:
        """Writes a service account's key file, 0600. Needs cryptography."""
        return save_private(path, self.accounts.service_account(email, self.base_url))

    def client_file(self, path: Path) -> Path:
        """Writes an installed application's client file, 0600."""
        return save_private(path, self.accounts.client(self.base_url))
