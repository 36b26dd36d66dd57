"""What the fake knows: files, spreadsheets, who may see them, and the feed of changes."""

from __future__ import annotations

import threading
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from random import Random
from typing import Any

from .answers import Json, Refused, drive_error, entity_not_found, file_not_found, no_permission, sheets_error
from .book import Book, new_book
from .clock import Clock

SHEET = "application/vnd.google-apps.spreadsheet"
FOLDER = "application/vnd.google-apps.folder"
ROBOT = "robot@example.iam.gserviceaccount.com"
PERSON = "anna@example.com"
SCOPE = "https://www.googleapis.com/auth/"
WIDE = {
    "sheets": {"spreadsheets", "drive"},
    "drive": {"drive", "drive.metadata", "drive.metadata.readonly", "drive.readonly"},
}
READING = {"sheets": {"spreadsheets.readonly", "drive.readonly"}, "drive": set()}
LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"


@dataclass(frozen=True, slots=True)
class Caller:
    """Who asks, through which application, with which scopes; `scopes` None may do all."""

    email: str = ROBOT
    scopes: frozenset[str] | None = None
    app: str = ""

    @property
    def is_service(self) -> bool:
        return self.email.endswith(".gserviceaccount.com")

    def has(self, *scopes: str) -> bool:
        """Whether it may use one of some scopes."""
        return self.scopes is None or any(SCOPE + scope in self.scopes for scope in scopes)


@dataclass(slots=True)
class File:
    """A file in Drive; a spreadsheet's cells are kept under the same id."""

    id: str
    name: str
    mime: str
    owner: str
    app: str
    created: datetime
    modified: datetime
    drive: str = ""
    version: int = 1
    trashed: bool = False
    parents: list[str] = field(default_factory=lambda: ["root"])
    app_properties: dict[str, str] = field(default_factory=dict)
    properties: dict[str, str] = field(default_factory=dict)
    permissions: list[Json] = field(default_factory=list)
    opened_with: set[str] = field(default_factory=set)
    told: list[tuple[datetime, datetime, int]] = field(default_factory=list)

    def as_told(self, now: datetime) -> tuple[datetime, int]:
        """When it was modified and its version, as far as Drive tells by now: it runs behind the edits."""
        known = [(modified, version) for seen_from, modified, version in self.told if seen_from <= now]
        return known[-1] if known else (self.created, 1)

    def role_of(self, caller: Caller) -> str:
        """What somebody may do with it: owner, writer, reader … or nothing."""
        roles = {p.get("emailAddress", "anyone" if p["type"] == "anyone" else ""): p["role"] for p in self.permissions}
        return str(roles.get(caller.email) or roles.get("anyone") or "")


@dataclass(frozen=True, slots=True)
class Change:
    """An entry of the feed: a file changed, and when the feed says so; `lost_by` names who sees it no longer."""

    file: str
    seen_from: datetime
    removed: bool = False
    lost_by: str = ""


class World:
    """All state of one fake. Whoever changes it holds the lock."""

    def __init__(self, clock: Clock, seed: int = 1) -> None:
        self.clock, self.chance, self.lock = clock, Random(seed), threading.RLock()
        self.files: dict[str, File] = {}
        self.books: dict[str, Book] = {}
        self.feed: list[Change] = []
        self.delay = 0.0
        self.service_accounts_have_storage = True
        self.disabled: set[str] = set()

    def new_id(self, length: int = 44) -> str:
        """An id such as Google draws them."""
        return "1" + "".join(self.chance.choice(LETTERS) for _ in range(length - 1))

    def add_file(self, name: str, caller: Caller, mime: str = SHEET, **fields: Any) -> File:
        """A new file of somebody."""
        now = self.clock.now()
        file = File(self.new_id(), name, mime, caller.email, caller.app, now, now, **fields)
        file.permissions.append(permission(self, caller.email, "owner"))
        self.files[file.id] = file
        self.changed(file)
        return file

    def add_book(self, file: File, **properties: Any) -> Book:
        """An empty spreadsheet, still without tabs, for a file."""
        book = new_book(file.id, file.name, file.owner, self.chance, self.clock.now().year, **properties)
        self.books[file.id] = book
        return book

    def touch(self, file: File) -> None:
        """Something in a file changed."""
        file.modified = self.clock.now()
        self.changed(file)

    def changed(self, file: File, removed: bool = False, lost_by: str = "") -> None:
        """Puts a file into the feed; its version rises, also when nothing in it changed."""
        file.version += 1
        seen_from = self.clock.now() + timedelta(seconds=self.delay)
        file.told.append((seen_from, file.modified, file.version))
        self.feed.append(Change(file.id, seen_from, removed, lost_by))

    def sees(self, caller: Caller, file: File) -> bool:
        """Whether a caller's narrow scope covers a file: made by the application, or opened with it."""
        return caller.scopes is None or file.app == caller.app or caller.app in file.opened_with

    def book_for(self, id: str, caller: Caller, writing: bool) -> Book:
        """A spreadsheet for somebody, or the refusal that Sheets gives."""
        wide = WIDE["sheets"] | (set() if writing else READING["sheets"])
        self.require_scope(caller, *wide, "drive.file")
        file = self.files.get(id)
        if file is None or id not in self.books:
            raise entity_not_found()
        if not caller.has(*wide) and not self.sees(caller, file):
            raise entity_not_found()
        role = file.role_of(caller)
        if not role or (writing and role in ("reader", "commenter")):
            raise no_permission()
        return self.books[id]

    def file_for(self, id: str, caller: Caller, needs: str = "") -> File:
        """A file for somebody, or the refusal that Drive gives."""
        self.require_scope(caller, *WIDE["drive"], "drive.file")
        file = self.files.get(id)
        if file is None or not self.listed(file, caller):
            raise file_not_found(id)
        if needs and file.role_of(caller) not in ("owner", "organizer", "fileOrganizer", needs):
            text = "The user does not have sufficient permissions for this file."
            raise Refused(drive_error(403, "insufficientFilePermissions", text))
        return file

    def listed(self, file: File, caller: Caller) -> bool:
        """Whether a file is there for somebody at all."""
        return bool(file.role_of(caller)) and (caller.has(*WIDE["drive"]) or self.sees(caller, file))

    def require_scope(self, caller: Caller, *scopes: str) -> None:
        """403 for a token that was never given any of the scopes."""
        if not caller.has(*scopes):
            info = {"reason": "ACCESS_TOKEN_SCOPE_INSUFFICIENT", "domain": "googleapis.com"}
            details = [{"@type": "type.googleapis.com/google.rpc.ErrorInfo", **info}]
            raise Refused(sheets_error(403, "Request had insufficient authentication scopes.", details=details))

    def may_own(self, caller: Caller, drive: str) -> bool:
        """A service account without storage owns files only in a shared drive."""
        return bool(drive) or not caller.is_service or self.service_accounts_have_storage


def permission(world: World, email: str, role: str, kind: str = "user") -> Json:
    """A permission as Drive keeps it."""
    own = {"emailAddress": email} if kind in ("user", "group") else {}
    return {
        "kind": "drive#permission",
        "id": str(world.chance.randrange(10**19, 10**20)),
        "type": kind,
        "role": role,
        **own,
    }
