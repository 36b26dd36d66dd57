"""What every command has at hand: the configuration, the language, the screen, the day, the workbooks."""

from __future__ import annotations

import os
from datetime import date
from functools import cached_property
from pathlib import Path

from okrsheets.edges import configuration, languages
from okrsheets.edges.configuration import Configuration
from okrsheets.edges.excel.store import ExcelStore
from okrsheets.edges.languages import Languages
from okrsheets.rules.readback import known_titles
from okrsheets.shell import asked, clock
from okrsheets.shell.screen import Screen
from okrsheets.words.errors import NothingToDo, UsageError
from okrsheets.words.message import Language, keep
from okrsheets.words.snapshot import About
from okrsheets.words.store import Store

GOOGLE = ("google:", "https://docs.google.com/", "http://docs.google.com/")
SUFFIXES = (".xlsx", ".xlsm")


class NotYetGoogle(UsageError):
    text = keep("{given}: this version does not do Google Sheets yet.")
    remedy = keep("Give the path of an Excel workbook (.xlsx).")


class Desk:
    """Opened by a command with the options that all of them have."""

    def __init__(self, config: str | None = None, *, verbose: bool = False, quiet: bool = False) -> None:
        self.config = config
        self.verbose = verbose
        self.quiet = quiet

    @cached_property
    def file(self) -> Path:
        """The configuration's file. Raises BadConfiguration where one that was named is not there."""
        return configuration.find(Path(self.config).expanduser() if self.config else None, os.environ)

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

    def place(self, reference: str) -> str:
        """Where the workbook is that is meant: as configured for a name, else what was given."""
        named = None if reference.lower().endswith(SUFFIXES) else self.configuration.workbook(reference)
        return named.workbook if named else reference

    def store(self, reference: str) -> Store:
        """The workbook that is meant: a path, or the name of a configured one. Raises NotYetGoogle."""
        place = self.place(reference)
        if place.startswith(GOOGLE):
            raise NotYetGoogle(given=place)
        return ExcelStore(Path(place), known_titles(self.languages.all))

    def all_workbooks(self) -> list[str]:
        """The names of all configured workbooks. Raises NothingToDo where there are none."""
        names = [workbook.name for workbook in self.configuration.workbooks]
        if not names:
            raise NothingToDo(file=str(self.file))
        return names
