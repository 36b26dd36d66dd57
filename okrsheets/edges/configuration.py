"""The configuration: config.toml of the user, of the command line or of the environment (contract.md §5)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Annotated, Any
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, available_timezones

from platformdirs import user_config_path
from pydantic import AfterValidator, Field

from okrsheets.edges import languages, toml_files
from okrsheets.edges.home import from_home
from okrsheets.edges.reach import is_there
from okrsheets.edges.toml_files import Faults, Table, at, fault
from okrsheets.edges.whereabouts import place
from okrsheets.rules.due import NotASchedule, read_interval, read_schedule
from okrsheets.rules.typed.nearest import no_such
from okrsheets.words.errors import BadConfiguration, NoSuchConfiguration
from okrsheets.words.message import Message, say
from okrsheets.words.schedule import At, Schedule

VARIABLE = "OKRSHEETS_CONFIG"
CONTROLS = re.compile(r"[\x00-\x1f\x7f]")
USUAL = "15 minutes"
"""When a workbook is synced where nothing is said about it."""
USUAL_DAY = "sunday at 18:00"
"""When the letter of the week is sent where nothing is said about it."""


def _time_zone(name: str) -> str:
    try:
        ZoneInfo(name)
    except (OSError, ValueError, KeyError):
        raise fault(no_such(name, available_timezones())) from None
    return name


def _filled(text: str) -> str:
    if not text.strip():
        raise fault(say("it is empty"))
    return text


def _path(text: str) -> str:
    """As a path of Windows in double quotes, where `\\t` of `C:\\temp` became a tab."""
    if CONTROLS.search(text):
        raise fault(say("a character in it cannot be part of a path; write / instead of \\, or use single quotes"))
    return text


def _language(code: str) -> str:
    if code not in languages.known():
        raise fault(say("{value} is not one of {known}", value=code, known=languages.known()))
    return code


def _schedule(text: str) -> str:
    try:
        read_schedule(text)
    except NotASchedule as wrong:
        raise fault(wrong.reason) from None
    return text


def _interval(text: str) -> str:
    try:
        read_interval(text)
    except NotASchedule as wrong:
        raise fault(wrong.reason) from None
    return text


def _day(text: str) -> str:
    schedule = read_schedule(_schedule(text))
    if not isinstance(schedule, At) or len(schedule.weekdays) > 1:
        raise fault(
            say("{value} is not a day of the week and a time, such as {example}", value=text, example=USUAL_DAY)
        )
    return text


def _address(text: str) -> str:
    try:
        parts = urlsplit(text)
        good = parts.scheme in ("http", "https") and bool(parts.hostname) and not set(text) & set(" \t\r\n")
    except ValueError:
        good = False
    if not good:
        raise fault(say("it is not an address that begins with https://"))
    return text


Words = Annotated[str, AfterValidator(_filled)]
Place = Annotated[Words, AfterValidator(_path)]
When = Annotated[Words, AfterValidator(_schedule)]
Wait = Annotated[Words, AfterValidator(_interval)]
Day = Annotated[Words, AfterValidator(_day)]
Address = Annotated[Words, AfterValidator(_address)]


class DigestTable(Table):
    """`[digest]`: the letter of the week, to whom and when. With neither `to` nor `folder` there is none.

    A workbook may have one of its own: what it says wins, and `off` there means no letter about it.
    """

    to: Annotated[tuple[Words, ...], Field(strict=False)] = ()
    folder: Place | None = None
    day: Day | None = None
    off: bool = False

    @property
    def wanted(self) -> bool:
        """Whether there is somewhere for letters to go, and nobody said off."""
        return not self.off and bool(self.to or self.folder)

    @property
    def schedule(self) -> At:
        """When letters are sent."""
        schedule = read_schedule(self.day or USUAL_DAY)
        assert isinstance(schedule, At)
        return schedule


class GoogleTable(Table):
    """`[google]`: how to reach Google Sheets. No endpoint: Google itself."""

    credentials: Place | None = None
    api_endpoint: str = ""


class WorkbookTable(Table):
    """`[[workbooks]]`: a workbook by its name, and when it is synced where that is not as usual."""

    name: Words
    workbook: Place
    every: When | None = None
    digest: DigestTable = DigestTable()


class Configuration(Table):
    """The whole file. Paths are absolute once it is loaded; None is: not said."""

    language: Annotated[Words, AfterValidator(_language)] | None = None
    timezone: Annotated[Words, AfterValidator(_time_zone)] | None = None
    every: When | None = None
    settle: Wait | None = None
    ping: Address | None = None
    google: GoogleTable = GoogleTable()
    digest: DigestTable = DigestTable()
    workbooks: Annotated[tuple[WorkbookTable, ...], Field(strict=False)] = ()

    def workbook(self, name: str) -> WorkbookTable | None:
        """The workbook of that name; None where there is none."""
        return next((workbook for workbook in self.workbooks if workbook.name == name), None)

    def schedule(self, workbook: WorkbookTable) -> Schedule:
        """When a workbook is synced: as it says itself, else as is said for all."""
        return read_schedule(workbook.every or self.every or USUAL)

    def letters(self, workbook: WorkbookTable) -> DigestTable:
        """To whom and when the letter about a workbook goes: as it says itself, else as is said for all."""
        own = workbook.digest
        return self.digest.model_copy(update={name: getattr(own, name) for name in own.model_fields_set})


def usual_file() -> Path:
    """Where the configuration is when nobody says otherwise. It need not be there."""
    return user_config_path("okrsheets", appauthor=False) / "config.toml"


def find(path: Path | None, environ: Mapping[str, str]) -> Path:
    """The configuration's file: the given one, else that of OKRSHEETS_CONFIG, else the usual one.

    Raises BadConfiguration where a file that was named is not there.
    """
    variable = environ.get(VARIABLE)
    named = path or (from_home(variable) if variable else None)
    if named and not is_there(named):
        raise _not_there(named)
    return named or usual_file()


def load(path: Path) -> Configuration:
    """The configuration in a file; an empty one where the usual file is not there.

    Raises BadConfiguration with everything that is wrong with the file, or where another file is not there.
    """
    try:
        return _loaded(path)
    except Faults as wrong:
        raise BadConfiguration(file=str(path), faults=wrong.faults) from None
    except FileNotFoundError:
        if path == usual_file():
            return Configuration()
        raise _not_there(path) from None


def _not_there(path: Path) -> BadConfiguration:
    return NoSuchConfiguration(file=str(path), faults=(say("it is not there"),))


def _loaded(path: Path) -> Configuration:
    raw = toml_files.read(path)
    checked = toml_files.check(raw, Configuration, tuple(_twice(raw)))
    folder = path.absolute().parent
    workbooks = tuple(
        workbook.model_copy(
            update={"workbook": place(workbook.workbook, folder), "digest": _posted(folder, workbook.digest)}
        )
        for workbook in checked.workbooks
    )
    credentials = checked.google.credentials and str(folder / from_home(checked.google.credentials))
    google = checked.google.model_copy(update={"credentials": credentials})
    digest = _posted(folder, checked.digest)
    return checked.model_copy(update={"google": google, "digest": digest, "workbooks": workbooks})


def _posted(folder: Path, table: DigestTable) -> DigestTable:
    return table.model_copy(update={"folder": str(folder / from_home(table.folder))}) if table.folder else table


def _twice(raw: Mapping[str, Any]) -> Iterator[Message]:
    """Names that more than one workbook has, looked for in the file as it stands."""
    seen: set[str] = set()
    workbooks = raw.get("workbooks")
    for n, workbook in enumerate(workbooks if isinstance(workbooks, list) else ()):
        name = workbook.get("name") if isinstance(workbook, dict) else None
        if isinstance(name, str) and name in seen:
            yield at(f"workbooks[{n}].name", say("{id} is there more than once", id=name))
        elif isinstance(name, str):
            seen.add(name)
