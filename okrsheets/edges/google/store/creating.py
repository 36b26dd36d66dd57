"""Making a spreadsheet, once: two calls, and whatever gets lost on the way, never two files or half a one."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import TypeVar
from uuid import uuid4

from okrsheets.edges.described import described_cells
from okrsheets.edges.google.making.builder import EMPTY_SHEET, one_batch
from okrsheets.edges.google.store.reading import FIELDS, seen
from okrsheets.edges.google.store.reference import address
from okrsheets.edges.google.wire.api import GoogleApi
from okrsheets.edges.google.wire.call import Json
from okrsheets.words.errors import (
    AnswerLost,
    FolderClosed,
    GoogleError,
    GoogleUnwell,
    HalfMade,
    HalfMadeForNow,
    OkrsheetsError,
    RequestRefused,
    TemporaryError,
    WriteUnproven,
)
from okrsheets.words.message import say
from okrsheets.words.workbook import Workbook

SPREADSHEET = "application/vnd.google-apps.spreadsheet"
STAMP = "okrsheets"
"""The property of a file by which it is found again when nobody said whether it was made."""
TRIES = 3
"""How often something is begun anew that was certainly not carried out."""
SCRATCH_SHEET = 999
AFTER = f"updatedSpreadsheet({FIELDS})"
UNKNOWN_LOCALE = 400
OUT_OF_REACH = (403, 404)

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Made:
    """A new spreadsheet: its id, and Google's answer about what stands in it."""

    id: str
    answer: Json


def make(api: GoogleApi, workbook: Workbook, *, folder: str | None = None, time_zone: str | None = None) -> Made:
    """Makes a spreadsheet of the workbook, in a folder or in one's own Drive. What fails halfway is taken away again.

    Raises a GoogleError or a TemporaryError; HalfMade or HalfMadeForNow, which name it, where it could not be.
    """
    stamp = str(uuid4())
    id = _file(api, workbook.title, stamp, folder)
    try:
        answer = fill(api, id, one_batch(workbook, time_zone), workbook)
    except OkrsheetsError as fault:
        _take_away(api, id, fault)
        raise GoogleUnwell(**fault.facts) if isinstance(fault, AnswerLost) else fault from None
    except BaseException:
        with suppress(OkrsheetsError):
            _delete(api, id)
        raise
    return Made(id, answer)


def fill(api: GoogleApi, id: str, requests: Sequence[Json], workbook: Workbook) -> Json:
    """Makes the spreadsheet hold the workbook, by requests that must not be carried out twice; what is there then.

    Raises WriteUnproven where the answer is not what was described.
    """
    try:
        answer = _filled(api, id, requests, workbook)
    except RequestRefused as refusal:
        if not _is_about_locale(refusal):
            raise
        answer = _filled(api, id, without_locale(requests), workbook)
    fault = _difference(answer, workbook)
    if fault:
        raise WriteUnproven(ref=address(id), reason=say("the tab {tab} does not read back as described", tab=fault))
    return answer


def replacing(requests: Sequence[Json], tabs: Sequence[int]) -> list[Json]:
    """The requests, for a spreadsheet that has these tabs instead of the one of a new one."""
    scratch = next(id for id in range(SCRATCH_SHEET, 0, -1) if id not in tabs)
    aside = {"addSheet": {"properties": {"sheetId": scratch, "title": str(uuid4())}}}
    away: list[Json] = [{"deleteSheet": {"sheetId": id}} for id in tabs]
    empty, emptied = {"deleteSheet": {"sheetId": EMPTY_SHEET}}, {"deleteSheet": {"sheetId": scratch}}
    return [aside, *away, *(emptied if request == empty else request for request in requests)]


def without_locale(requests: Sequence[Json]) -> list[Json]:
    """The requests for a locale that Google Sheets does not have: numbers are then typed as in one's own."""
    kept = []
    for request in requests:
        asked = request.get("updateSpreadsheetProperties")
        if asked:
            properties = {name: value for name, value in asked["properties"].items() if name != "locale"}
            request = {"updateSpreadsheetProperties": {"properties": properties, "fields": ",".join(properties)}}
        kept.append(request)
    return kept


def _file(api: GoogleApi, name: str, stamp: str, folder: str | None) -> str:
    """The id of a new and empty spreadsheet. It bears the stamp from the first moment."""
    body: Json = {"name": name, "mimeType": SPREADSHEET, "appProperties": {STAMP: stamp}}
    if folder:
        body["parents"] = [folder]
    try:
        id, doubtful = _once(lambda: _named(api.create_file(body)), lambda: _stamped(api, stamp))
    except RequestRefused as refusal:
        if folder and refusal.facts.get("status") in OUT_OF_REACH:
            raise FolderClosed(ref=folder) from None
        raise
    for other in _all_stamped(api, stamp) if doubtful else ():
        if other != id:
            api.delete_file(other)
    return id


def _named(answer: Json) -> str:
    """The id of a new file. Raises AnswerLost where it was made and nobody said how it is called."""
    if not answer.get("id"):
        raise AnswerLost(reason=say("its answer is not complete"))
    return str(answer["id"])


def _filled(api: GoogleApi, id: str, requests: Sequence[Json], workbook: Workbook) -> Json:
    """What is there after the requests."""
    body: Json = {"requests": list(requests), "includeSpreadsheetInResponse": True, "responseIncludeGridData": True}

    def changed() -> Json:
        return dict(api.batch_update(id, body, repeatable=False, fields=AFTER).get("updatedSpreadsheet", {}))

    def there() -> Json | None:
        answer = api.get_spreadsheet(id, fields=FIELDS)
        return None if _difference(answer, workbook) else answer

    return _once(changed, there)[0]


def _once(do: Callable[[], T], outcome: Callable[[], T | None]) -> tuple[T, bool]:
    """Does what must not be done twice; where nobody said whether it was, `outcome` looks. Whether there was doubt.

    Raises AnswerLost where that cannot be told either, or it was never done.
    """
    lost: AnswerLost | None = None
    for _ in range(TRIES):
        try:
            return do(), lost is not None
        except AnswerLost as error:
            lost = error
        except RequestRefused:
            # What was asked before may have been done late: then it is refused the second time.
            if lost is None or (found := _told(outcome, lost)) is None:
                raise
            return found, True
        if (found := _told(outcome, lost)) is not None:
            return found, True
    assert lost is not None
    raise lost


def _told(outcome: Callable[[], T | None], lost: AnswerLost) -> T | None:
    """What came of it. Raises the same AnswerLost where Google does not say that either."""
    try:
        return outcome()
    except TemporaryError:
        raise lost from None


def _stamped(api: GoogleApi, stamp: str) -> str | None:
    return next(iter(_all_stamped(api, stamp)), None)


def _all_stamped(api: GoogleApi, stamp: str) -> list[str]:
    """The files with a stamp, the same one first whoever asks."""
    query = f"appProperties has {{ key='{STAMP}' and value='{stamp}' }} and trashed = false"
    return sorted(str(file["id"]) for file in api.find_files(query, "id"))


def _take_away(api: GoogleApi, id: str, why: OkrsheetsError) -> None:
    """Takes a half-made spreadsheet away. Raises HalfMade or HalfMadeForNow where that does not work either."""
    try:
        _delete(api, id)
    except OkrsheetsError:
        error = HalfMadeForNow if isinstance(why, TemporaryError) else HalfMade
        raise error(ref=address(id), id=id, reason=why.message) from why


def _delete(api: GoogleApi, id: str) -> None:
    """Deletes it; in a shared drive only its managers may, and others throw it into the bin."""
    try:
        api.delete_file(id)
    except GoogleError:
        api.update_file(id, {"trashed": True})


def _is_about_locale(refusal: RequestRefused) -> bool:
    return refusal.facts.get("status") == UNKNOWN_LOCALE and "locale" in str(refusal.facts.get("reason", "")).lower()


def _difference(answer: Json, workbook: Workbook) -> str | None:
    """The title of the first tab that does not hold what was described; what formulas come to is Google's affair."""
    reading = seen(answer, "", {tab.title for tab in workbook.tabs}).reading
    if reading.names != dict(workbook.names):
        return workbook.title
    for tab in workbook.tabs:
        grid = reading.grids.get(tab.title)
        described = {s: (c.kind, c.value) for s, c in described_cells(tab).items() if c.formula is None}
        if grid is None or any((grid.at(*s).kind, grid.at(*s).value) != meant for s, meant in described.items()):
            return tab.title
    return None
