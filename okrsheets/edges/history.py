"""The history in SQLite: one file in the state directory, safe to kill and safe to lose."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Mapping, Sequence
from contextlib import closing
from dataclasses import fields
from datetime import UTC, date, datetime, timedelta
from operator import attrgetter
from pathlib import Path
from typing import Any, TypeVar

from okrsheets.edges import state
from okrsheets.edges.history_trouble import is_at_rest, is_new, trouble
from okrsheets.words.digest import Correspondence
from okrsheets.words.errors import HistoryUnusable
from okrsheets.words.history import Run, Standing

FILE = "history.sqlite3"
VERSION = 2
REMEMBERED = timedelta(days=400)
"""A little more than a year, so that a quarter can be compared with last year's."""
EARLIEST = datetime(1970, 1, 1, tzinfo=UTC) + REMEMBERED
PATIENCE = 10.0
"""Seconds to wait for another process that is writing."""

TABLES = """
create table if not exists standings (
  name text primary key, slot text not null, outcome text not null, synced text, error text,
  token text not null, failures integer not null, tried text
) strict;
create table if not exists runs (
  name text not null, slot text not null, started text not null, seconds real not null, outcome text not null,
  error text, missed integer not null, primary key (name, slot)
) strict, without rowid;
create index if not exists runs_by_time on runs (started);
create table if not exists letters (
  name text primary key, slot text not null, sent text, mark text not null, touched text,
  reminders integer not null, tried text
) strict;
create table if not exists bookmarks (name text primary key, bookmark text not null) strict;
"""
UPGRADES = {1: "update standings set token = '' where outcome not in ('synced', 'unchanged');"}
"""What a history of an older version needs besides the tables that it has not. In 1, a token was that of a failure."""
STANDING = tuple(field.name for field in fields(Standing))
RUN = tuple(field.name for field in fields(Run))
LETTERS = tuple(field.name for field in fields(Correspondence))
MOMENTS = {"slot", "started", "synced", "tried", "sent"}
KEEP_STANDING = f"""
insert into standings values ({", ".join("?" * len(STANDING))}) on conflict (name) do update set
  {", ".join(f"{name} = excluded.{name}" for name in STANDING[1:])}
"""
"""Half the work of `insert or replace`, which takes the row out of the index and puts it in again."""
KEEP_LETTERS = f"insert or replace into letters values ({', '.join('?' * len(LETTERS))})"
KEEP_RUN = f"""
insert into runs values ({", ".join("?" * len(RUN))}) on conflict (name, slot) do update set started = excluded.started,
  seconds = excluded.seconds, outcome = excluded.outcome, error = excluded.error, missed = max(missed, excluded.missed)
"""
"""Another attempt in the same slot takes the place of the one before; what was made up stays made up."""
KEEP_BOOKMARK = "insert or replace into bookmarks values ('workbooks', ?)"
Found = TypeVar("Found")


class SqliteHistory:
    """As okrsheets.words.history.History and okrsheets.words.digest.Letters ask.

    A damaged file is put aside and a new one begun. Every method raises HistoryUnusable where that is no help.
    """

    def __init__(self, folder: Path) -> None:
        self.file = folder / FILE

    def standings(self) -> Mapping[str, Standing]:
        """What is known of each workbook, by its name."""
        found = self._all("select * from standings", STANDING)
        return {row["name"]: Standing(**row) for row in found}

    def runs(self, name: str) -> Sequence[Run]:
        """What came of each slot of a workbook that is remembered, oldest first."""
        found = self._all("select * from runs where name = ? order by started, slot", RUN, name)
        return tuple(Run(**row) for row in found)

    def deeds(self, name: str, most: int) -> Sequence[Run]:
        """The last runs of a workbook in which there was something to do or to tell; newest first, at most so many."""
        last = "select * from runs where name = ? and outcome <> 'unchanged' order by slot desc limit ?"
        return tuple(Run(**row) for row in self._all(last, RUN, name, most))

    def letters(self) -> Mapping[str, Correspondence]:
        """What is known of the letters about each workbook, by its name."""
        found = self._all("select * from letters", LETTERS)
        return {row["name"]: Correspondence(**row) for row in found}

    def bookmark(self) -> str:
        """Up to where changes were followed, as it was last kept; '' at first."""
        found = self._all("select bookmark from bookmarks", ("bookmark",))
        return str(found[0]["bookmark"]) if found else ""

    def keep(self, standings: Sequence[Standing], runs: Sequence[Run], bookmark: str | None = None) -> None:
        """Remembers one round in one transaction, and forgets runs of long ago."""
        old = _text(max((run.started for run in runs), default=EARLIEST) - REMEMBERED)

        def round(base: sqlite3.Connection) -> None:
            base.executemany(KEEP_STANDING, [_row(STANDING, each) for each in standings])
            base.executemany(KEEP_RUN, [_row(RUN, each) for each in runs])
            base.execute("delete from runs where started < ?", (old,))
            if bookmark is not None:
                base.execute(KEEP_BOOKMARK, (bookmark,))

        self._done(round)

    def keep_letters(self, *known: Correspondence) -> None:
        """Remembers what was sent about each workbook, on the disk when this returns."""
        rows = [_row(LETTERS, each) for each in known]
        self._done(lambda base: base.executemany(KEEP_LETTERS, rows))

    def _all(self, query: str, names: Sequence[str], *values: str | int) -> list[dict[str, Any]]:
        if is_new(self.file):
            return []

        def read(base: sqlite3.Connection) -> list[tuple[Any, ...]]:
            return base.execute(query, values).fetchall()

        try:
            rows = self._done(read)
        except HistoryUnusable:
            if not is_at_rest(self.file):
                raise
            rows = self._as_it_stands(read)
        return [{name: _read(name, value) for name, value in zip(names, row, strict=True)} for row in rows]

    def _done(self, work: Callable[[sqlite3.Connection], Found]) -> Found:
        """One transaction. A file that is no good history is put aside once; what then fails is told."""
        try:
            try:
                return self._tried(work)
            except sqlite3.DatabaseError as fault:
                if not _is_damage(fault):
                    raise
            self._put_aside()
            return self._tried(work)
        except (sqlite3.Error, OSError) as fault:
            raise trouble(self.file, fault) from fault

    def _as_it_stands(self, work: Callable[[sqlite3.Connection], Found]) -> Found:
        """A look that writes nothing, on a disk that is full or cannot be written."""
        try:
            with closing(sqlite3.connect(f"{self.file.absolute().as_uri()}?immutable=1", uri=True)) as base:
                return work(base)
        except sqlite3.Error as fault:
            raise trouble(self.file, fault) from fault

    def _tried(self, work: Callable[[sqlite3.Connection], Found]) -> Found:
        state.make(self.file.parent)
        with closing(sqlite3.connect(self.file, timeout=PATIENCE)) as base, base:
            base.execute("pragma journal_mode = wal")
            base.execute("pragma synchronous = full")
            self._prepare(base)
            return work(base)

    def _prepare(self, base: sqlite3.Connection) -> None:
        """The tables, also where another process makes them now. Raises DatabaseError for a version of later."""
        (version,) = base.execute("pragma user_version").fetchone()
        if version == VERSION:
            return
        empty = base.execute("select count(*) from sqlite_master").fetchone() == (0,)
        if version not in UPGRADES and not (version == 0 and empty):
            raise sqlite3.DatabaseError(f"version {version}")
        steps = f"{TABLES} {UPGRADES.get(version, '')} pragma user_version = {VERSION};"
        base.executescript(f"begin immediate; {steps} commit;")

    def _put_aside(self) -> None:
        """Kept for whoever wants to look; its journal would otherwise be taken for that of the new file."""
        number = 1
        while (aside := self.file.with_name(f"{FILE}.damaged-{number}")).exists():
            number += 1
        self.file.rename(aside)
        for suffix in ("-wal", "-shm"):
            self.file.with_name(FILE + suffix).unlink(missing_ok=True)


def _is_damage(fault: sqlite3.DatabaseError) -> bool:
    """Whether the file is no history at all, or one whose tables are not there. All else is no fault of the file."""
    return type(fault) is sqlite3.DatabaseError or str(fault).startswith("no such table")


def _row(names: Sequence[str], thing: object) -> list[object]:
    return [_stored(value) for value in attrgetter(*names)(thing)]


def _stored(value: object) -> object:
    if isinstance(value, datetime):
        return _text(value)
    return value.isoformat() if isinstance(value, date) else value


def _text(moment: datetime) -> str:
    """In UTC and always as long, so that texts sort as moments do."""
    return moment.astimezone(UTC).isoformat(timespec="microseconds")


def _read(name: str, value: Any) -> Any:
    if name in MOMENTS and value:
        return datetime.fromisoformat(value)
    return date.fromisoformat(value) if name == "touched" and value else value
