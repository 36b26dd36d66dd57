"""The configuration: config.toml of the user, of the command line or of the environment (contract.md §5)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Annotated, Any
from zoneinfo import ZoneInfo, available_timezones

from platformdirs import user_config_path
from pydantic import AfterValidator, Field

from okrsheets.edges import languages, toml_files
from okrsheets.edges.toml_files import Faults, Table, at, fault
from okrsheets.rules.typed.nearest import no_such
from okrsheets.words.errors import BadConfiguration
from okrsheets.words.message import Message, say

VARIABLE = "OKRSHEETS_CONFIG"
ELSEWHERE = ("http://", "https://", "google:")
"""How a workbook that is no file begins."""


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


def _language(code: str) -> str:
    if code not in languages.known():
        raise fault(say("{value} is not one of {known}", value=code, known=languages.known()))
    return code


Words = Annotated[str, AfterValidator(_filled)]


class GoogleTable(Table):
    """`[google]`: how to reach Google Sheets. No endpoint: Google itself."""

    credentials: Words | None = None
    api_endpoint: str = ""


class WorkbookTable(Table):
    """`[[workbooks]]`: a workbook by its name, and when it is synced where that is not as usual."""

    name: Words
    workbook: Words
    every: Words | None = None


class Configuration(Table):
    """The whole file. Paths are absolute once it is loaded; None is: not said."""

    language: Annotated[Words, AfterValidator(_language)] | None = None
    timezone: Annotated[Words, AfterValidator(_time_zone)] | None = None
    every: Words | None = None
    settle: Words | None = None
    google: GoogleTable = GoogleTable()
    workbooks: Annotated[tuple[WorkbookTable, ...], Field(strict=False)] = ()

    def workbook(self, name: str) -> WorkbookTable | None:
        """The workbook of that name; None where there is none."""
        return next((workbook for workbook in self.workbooks if workbook.name == name), None)


def usual_file() -> Path:
    """Where the configuration is when nobody says otherwise. It need not be there."""
    return user_config_path("okrsheets", appauthor=False) / "config.toml"


def find(path: Path | None, environ: Mapping[str, str]) -> Path:
    """The configuration's file: the given one, else that of OKRSHEETS_CONFIG, else the usual one.

    Raises BadConfiguration where a file that was named is not there.
    """
    variable = environ.get(VARIABLE)
    named = path or (Path(variable).expanduser() if variable else None)
    if named and not named.exists():
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
    return BadConfiguration(file=str(path), faults=(say("it is not there"),))


def _loaded(path: Path) -> Configuration:
    raw = toml_files.read(path)
    checked = toml_files.check(raw, Configuration, tuple(_twice(raw)))
    folder = path.absolute().parent
    workbooks = tuple(
        workbook.model_copy(update={"workbook": _placed(folder, workbook.workbook)}) for workbook in checked.workbooks
    )
    credentials = checked.google.credentials and _placed(folder, checked.google.credentials)
    google = checked.google.model_copy(update={"credentials": credentials})
    return checked.model_copy(update={"google": google, "workbooks": workbooks})


def _placed(folder: Path, ref: str) -> str:
    """A path from the folder of the configuration; an address stays as it is."""
    return ref if ref.startswith(ELSEWHERE) else str(folder / Path(ref).expanduser())


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
