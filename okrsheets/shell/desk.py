"""What every command has at hand: the configuration, the language, the screen, the day, the workbooks."""

from __future__ import annotations

import os
from datetime import date, tzinfo
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from okrsheets.edges import configuration, languages, state, whereabouts
from okrsheets.edges.configuration import Configuration
from okrsheets.edges.excel.disk.files import Files
from okrsheets.edges.excel.store import ExcelStore
from okrsheets.edges.google.store import reference as google
from okrsheets.edges.home import from_home
from okrsheets.edges.languages import Languages
from okrsheets.edges.local_zone import LocalZone
from okrsheets.rules.due import read_interval
from okrsheets.rules.readback import known_titles
from okrsheets.rules.typed.nearest import nearest
from okrsheets.shell import asked, clock
from okrsheets.shell.overheard import overhear
from okrsheets.shell.screen import Screen
from okrsheets.words.errors import NoneConfigured, NotFetched, NotFoundNearly
from okrsheets.words.message import Language
from okrsheets.words.snapshot import About
from okrsheets.words.store import Store

if TYPE_CHECKING:
    from okrsheets.edges.google.store.store import GoogleStore
    from okrsheets.edges.google.wire.api import GoogleApi

SUFFIXES = (".xlsx", ".xlsm")
HASTE = 5.0
"""Seconds after which a service tries a call of Google's no more: others wait, and it comes back to it anyway."""
HASTY_TIMEOUTS = (5.0, 20.0)


class Desk:
    """Opened by a command with the options that all of them have; `hasty`: by one that comes back again and again."""

    def __init__(
        self, config: str | None = None, *, verbose: bool = False, quiet: bool = False, hasty: bool = False
    ) -> None:
        self.config = config
        self.verbose = verbose
        self.quiet = quiet
        self.hasty = hasty

    @cached_property
    def file(self) -> Path:
        """The configuration's file. Raises BadConfiguration where one that was named is not there."""
        return configuration.find(from_home(self.config) if self.config else None, os.environ)

    @cached_property
    def configuration(self) -> Configuration:
        """What the user configured; nothing where there is no file. Raises BadConfiguration."""
        return configuration.load(self.file)

    @cached_property
    def language(self) -> Language:
        """The language of the person at the command line: as configured, else as the environment says."""
        return languages.language(self.configuration.language or languages.language_of(os.environ))

    @property
    def languages(self) -> Languages:
        """All languages."""
        return Languages()

    def language_of(self, about: About) -> Language:
        """The language of a workbook."""
        return self.languages.of(about.language, about.locale)

    @cached_property
    def screen(self) -> Screen:
        """Where words go."""
        return Screen(self.language, verbose=self.verbose, quiet=self.quiet)

    def today(self, given: str | None) -> date:
        """The day that was given, else the one it is in the configured time zone. Raises BadDay."""
        return asked.day(given) if given is not None else clock.today(self.configuration.timezone)

    @property
    def zone(self) -> tzinfo:
        """The configured time zone, else that of the computer."""
        name = self.configuration.timezone
        return ZoneInfo(name) if name else LocalZone()

    def place(self, reference: str) -> str:
        """Where the workbook is that is meant: as configured for a name, else what was given."""
        named = None if reference.lower().endswith(SUFFIXES) else self.configuration.workbook(reference)
        return named.workbook if named else whereabouts.place(reference)

    def configured_place(self, name: str) -> str:
        """Where the configured workbook of that name is, also where the name looks like a path."""
        named = self.configuration.workbook(name)
        return named.workbook if named else self.place(name)

    def store(self, reference: str) -> Store:
        """The workbook that is meant: a path, a Google Sheet, or the name of a configured one.

        Raises BadConfiguration, NoGoogleSheet, NotFetched, NotFoundNearly, and what signing in raises.
        """
        place = self.place(reference)
        if google.is_google(place):
            return self._google_store(google.sheet(place), ref=place)
        if "://" in place:
            raise NotFetched(given=place)
        path = Path(place)
        self._check_name(reference, path)
        kept = state.folder(os.environ)
        return ExcelStore(path, self._titles, Files(clock.seconds), state=kept, settle=self.settle)

    def _check_name(self, reference: str, path: Path) -> None:
        """Raises NotFoundNearly for what is neither a file nor a name, but almost the name of a workbook."""
        names = [workbook.name for workbook in self.configuration.workbooks]
        near = None if path.suffix or len(path.parts) != 1 or reference in names else nearest(reference, names)
        if near and not os.path.lexists(path):
            raise NotFoundNearly(ref=reference, near=near)

    def new_sheet(self, out: str) -> GoogleStore:
        """A place for a new Google Sheet: one's own Drive, or a folder. Raises NoGoogleFolder, and as signing in."""
        return self._google_store(folder=google.folder(out))

    @cached_property
    def api(self) -> GoogleApi:
        """Google, for whoever is signed in; the same for all workbooks of a run. Raises what signing in raises."""
        # What speaks to Google takes a while to load, and an Excel file needs none of it.
        from okrsheets.edges.google.signing.connection import connect
        from okrsheets.edges.google.wire.patience import Patience

        table = self.configuration.google
        made = connect(
            os.environ,
            state.folder(os.environ),
            credentials=table.credentials,
            api_endpoint=table.api_endpoint,
            patience=Patience(deadline=HASTE) if self.hasty else None,
            timeouts=HASTY_TIMEOUTS if self.hasty else None,
        )
        if made.endpoint.notice and not self.quiet:
            self.screen.warn(made.endpoint.notice)
        if self.verbose:
            overhear(self.screen.details)
        return made.api

    def _google_store(self, id: str | None = None, *, ref: str | None = None, folder: str | None = None) -> GoogleStore:
        from okrsheets.edges.google.store.store import GoogleStore

        zone = self.configuration.timezone
        return GoogleStore(self.api, id, self._titles, ref=ref, folder=folder, time_zone=zone)

    @property
    def _titles(self) -> frozenset[str]:
        return known_titles(self.languages.all)

    @cached_property
    def settle(self) -> float:
        """For how many seconds a file has to be left alone before it is written."""
        text = self.configuration.settle
        return read_interval(text).total_seconds() if text else 0

    def all_workbooks(self) -> list[str]:
        """The names of all configured workbooks. Raises NoneConfigured where there are none."""
        names = [workbook.name for workbook in self.configuration.workbooks]
        if not names:
            raise NoneConfigured(file=str(self.file))
        return names
