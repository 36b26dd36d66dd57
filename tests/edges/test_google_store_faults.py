"""Whole orders × every call of theirs × everything that can go wrong: done right, or one clear error and no mess."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from google_fake import PERSON, SHEET, GoogleFake, faults
from google_fake.faults import Fault
from google_plans import LANGUAGES, START, TITLES, TODAY, Sheet, made_in
from google_wire import Time, api_of

from okrsheets.edges import templates
from okrsheets.edges.google.store.store import GoogleStore
from okrsheets.edges.languages import language
from okrsheets.orders.new import new
from okrsheets.orders.report import report
from okrsheets.orders.sync import Outcome, sync
from okrsheets.words.errors import (
    AnswerLost,
    HalfMade,
    HalfMadeForNow,
    OkrsheetsError,
    RequestRefused,
    WriteUnproven,
)
from okrsheets.words.period import Period

PATIENCE = {"read": 2.0, "deadline": 4.0}
"""Seconds of silence that a hang takes, and how long to try: real seconds pass there, so few of them."""
PASSING = {
    "429": faults.too_many_requests(),
    "429 with Retry-After": faults.too_many_requests(retry_after=2),
    "403 rate": faults.rate_limited(),
    "500": faults.server_error(500),
    "502 page": faults.bad_gateway_page(),
    "503": faults.server_error(503),
    "503 applied": faults.unavailable_but_applied(),
    "reset": faults.reset(),
    "lost answer": faults.lost_answer(),
    "hang": faults.hang(30),
    "hang applied": faults.hang(30, applied=True),
    "truncated": faults.truncated(),
    "short body": faults.short_body(),
    "wrong type": faults.wrong_type(),
}
LASTING = {"401": faults.unauthorized(), "404": faults.missing(), "403 storage": faults.storage_full()}
CREATE, BATCH, GET = "drive.files.create", "sheets.spreadsheets.batchUpdate", "sheets.spreadsheets.get"


@pytest.fixture(scope="module")
def shared() -> Iterator[GoogleFake]:
    with GoogleFake() as fake:
        yield fake
        assert fake.violations == []


@pytest.fixture(scope="module")
def plan(shared: GoogleFake) -> Sheet:
    return made_in(shared)


@pytest.fixture
def google(shared: GoogleFake) -> Iterator[GoogleFake]:
    """A fake in which nothing is planned to go wrong yet, with the files there were before."""
    before = {file.id for file in shared.files()}
    shared.log.clear()
    yield shared
    shared.heal()
    for file in shared.files():
        if file.id not in before:
            shared.world.files.pop(file.id)
            shared.world.books.pop(file.id)


def patience(time: Time, request: pytest.FixtureRequest) -> dict[str, Any]:
    """The patience of a test: a short one where somebody hangs, a long one for a slow computer elsewhere."""
    fault = getattr(request.node, "callspec", None) and request.node.callspec.params.get("fault")
    read = PATIENCE["read"] if fault and fault.wire is faults.Wire.HANG else 60.0
    return {"read": read, "patience": time.patience(deadline=PATIENCE["deadline"])}


@dataclass
class Making:
    """The order `new`, and what is there afterwards."""

    google: GoogleFake
    time: Time
    before: frozenset[str]
    patience: dict[str, Any]

    def __call__(self) -> GoogleStore:
        api = api_of(self.google, self.time, token=self.google.token(PERSON), **self.patience)
        store = GoogleStore(api, None, TITLES)
        new(store, templates.load("blank").plan("nl"), Period(START, 1), language("nl"), LANGUAGES)
        return store

    @property
    def files(self) -> list[str]:
        """What was made and is still there, without what was thrown into the bin."""
        return [file.id for file in self.google.files(SHEET) if file.id not in self.before and not file.trashed]


@pytest.fixture
def making(google: GoogleFake, request: pytest.FixtureRequest) -> Making:
    time = Time()
    return Making(google, time, frozenset(file.id for file in google.files()), patience(time, request))


def is_whole(making: Making) -> bool:
    """Whether there is one new sheet, with the five tabs."""
    (id,) = making.files
    return len(making.google.book(id)["sheets"]) == 5


@pytest.mark.parametrize("call", [CREATE, BATCH])
@pytest.mark.parametrize("fault", PASSING.values(), ids=PASSING)
def test_what_passes_leaves_one_whole_new_sheet(call: str, fault: Fault, making: Making) -> None:
    making.google.fault(fault, call)
    store = making()
    assert is_whole(making)
    assert store.url
    assert making.files[0] in store.url


@pytest.mark.parametrize("call", [CREATE, BATCH])
@pytest.mark.parametrize("fault", PASSING.values(), ids=PASSING)
def test_what_does_not_pass_leaves_no_new_sheet_or_a_whole_one(call: str, fault: Fault, making: Making) -> None:
    making.google.fault(fault, call, times=None)
    if fault.applied:
        making()
        assert is_whole(making)
        return
    with pytest.raises(OkrsheetsError) as error:
        making()
    assert (error.value.exit_code, making.files) == (75, [])
    assert sum(making.time.slept) < 40


@pytest.mark.parametrize("call", [CREATE, BATCH])
@pytest.mark.parametrize("fault", LASTING.values(), ids=LASTING)
def test_a_refusal_leaves_no_new_sheet(call: str, fault: Fault, making: Making) -> None:
    making.google.fault(fault, call)
    with pytest.raises(OkrsheetsError) as error:
        making()
    assert (error.value.exit_code, making.files, making.time.slept) == (3, [], [])


def test_a_file_whose_id_was_not_told_is_found_again(making: Making) -> None:
    making.google.fault(Fault("no id", faults.Answer(200, {}), applied=True), CREATE)
    making()
    assert is_whole(making)
    assert making.google.log.by_method()[CREATE] == 1


def test_where_nobody_says_whether_a_file_was_made_the_person_is_told_to_look(making: Making) -> None:
    making.google.fault(faults.lost_answer(), "drive", times=None)
    with pytest.raises(AnswerLost) as error:
        making()
    assert (error.value.exit_code, len(making.files)) == (75, 1)


@pytest.mark.parametrize(
    ("fault", "kind", "code"),
    [(faults.server_error(503), HalfMadeForNow, 75), (faults.not_shared(), HalfMade, 3)],
)
def test_half_a_sheet_that_cannot_be_taken_away_is_named(
    fault: Fault, kind: type[OkrsheetsError], code: int, making: Making
) -> None:
    making.google.fault(fault, BATCH, times=None)
    making.google.fault(faults.server_error(500), "drive.files.delete", times=None)
    with pytest.raises(kind) as error:
        making()
    (id,) = making.files
    assert (error.value.exit_code, error.value.facts["id"]) == (code, id)
    assert id in str(error.value.facts["ref"])


def test_who_may_not_delete_throws_it_into_the_bin(making: Making) -> None:
    making.google.fault(faults.not_shared(), BATCH)
    making.google.fault(faults.not_shared(), "drive.files.delete")
    with pytest.raises(OkrsheetsError):
        making()
    assert making.files == []


def test_of_two_files_with_one_stamp_one_stays(making: Making, monkeypatch: pytest.MonkeyPatch) -> None:
    """Drive may tell late of a file whose answer was lost: then another one is made, and the first one goes."""
    listed = making.google.world.listed
    late = iter([False])
    monkeypatch.setattr(making.google.world, "listed", lambda *who: next(late, True) and listed(*who))
    making.google.fault(faults.lost_answer(), CREATE)
    making()
    assert is_whole(making)
    assert making.google.log.by_method()[CREATE] == 2


def test_a_locale_that_google_does_not_have_is_no_reason_to_give_up(making: Making) -> None:
    refusal = faults.sheets_error(400, "Invalid requests[0].updateSpreadsheetProperties: Unsupported locale: nl_NL")
    making.google.fault(Fault("locale", refusal), BATCH)
    making()
    assert is_whole(making)
    assert making.google.book(making.files[0])["properties"]["locale"] == "en_US"


def test_what_does_not_read_back_as_described_is_taken_away(making: Making) -> None:
    answer = {"updatedSpreadsheet": {"sheets": []}}
    making.google.fault(Fault("something else", faults.Answer(200, answer)), BATCH)
    with pytest.raises(WriteUnproven):
        making()
    assert making.files == []


@dataclass
class Syncing:
    """A sheet that has to be synced, and what stood there before."""

    sheet: Sheet
    store: GoogleStore
    before: dict[str, dict[str, object]]

    @property
    def others(self) -> dict[str, dict[str, object]]:
        """The owner's tabs by now."""
        return {title: cells for title, cells in self.sheet.values().items() if title != "Overzicht"}

    @property
    def summary(self) -> dict[str, object]:
        return dict(self.sheet.values()["Overzicht"])


@pytest.fixture
def syncing(google: GoogleFake, plan: Sheet, request: pytest.FixtureRequest) -> Syncing:
    sheet = plan.copy()
    return Syncing(sheet, sheet.store(**patience(sheet.time, request)), dict(sheet.values()))


@pytest.mark.parametrize("call", [GET, BATCH])
@pytest.mark.parametrize("fault", PASSING.values(), ids=PASSING)
def test_a_sync_sees_through_what_passes(call: str, fault: Fault, syncing: Syncing, google: GoogleFake) -> None:
    google.fault(fault, call)
    assert sync(syncing.store, TODAY, LANGUAGES).error is None
    google.heal()
    assert sync(syncing.sheet.store(), TODAY, LANGUAGES).outcome is Outcome.UNCHANGED
    assert syncing.others == {title: cells for title, cells in syncing.before.items() if title != "Overzicht"}


@pytest.mark.parametrize("call", [GET, BATCH])
@pytest.mark.parametrize("fault", PASSING.values(), ids=PASSING)
def test_a_sync_that_has_to_give_up_leaves_what_it_found_or_the_summary(
    call: str, fault: Fault, syncing: Syncing, google: GoogleFake
) -> None:
    google.fault(fault, call, times=None)
    result = sync(syncing.store, TODAY, LANGUAGES)
    google.heal()
    assert (result.outcome, result.error and result.error.exit_code) == (Outcome.BUSY, 75)
    assert sum(syncing.sheet.time.slept) < 10
    assert syncing.others == {title: cells for title, cells in syncing.before.items() if title != "Overzicht"}
    if not (fault.applied and call == BATCH):
        assert syncing.summary == syncing.before["Overzicht"]
    assert sync(syncing.sheet.store(), TODAY, LANGUAGES).error is None


@pytest.mark.parametrize("call", [GET, BATCH])
@pytest.mark.parametrize("fault", LASTING.values(), ids=LASTING)
def test_a_sync_that_is_refused_writes_nothing(call: str, fault: Fault, syncing: Syncing, google: GoogleFake) -> None:
    google.fault(fault, call)
    result = sync(syncing.store, TODAY, LANGUAGES)
    assert (result.outcome, result.error and result.error.exit_code) == (Outcome.FAILED, 3)
    assert syncing.sheet.values() == syncing.before


@pytest.mark.parametrize("fault", [*PASSING.values(), *LASTING.values()], ids=[*PASSING, *LASTING])
def test_a_report_is_right_or_one_error(fault: Fault, syncing: Syncing, google: GoogleFake) -> None:
    wanted = report(syncing.sheet.store(), TODAY, LANGUAGES)
    google.fault(fault, GET)
    if fault in LASTING.values():
        with pytest.raises(OkrsheetsError) as error:
            report(syncing.store, TODAY, LANGUAGES)
        assert error.value.exit_code == 3
    else:
        assert report(syncing.store, TODAY, LANGUAGES) == wanted
    assert syncing.sheet.values() == syncing.before


def test_a_batch_that_google_finds_wrong_is_no_passing_trouble(syncing: Syncing, google: GoogleFake) -> None:
    google.fault(Fault("wrong", faults.sheets_error(400, "Invalid requests[0].updateCells: no")), BATCH, times=None)
    result = sync(syncing.store, TODAY, LANGUAGES)
    assert isinstance(result.error, RequestRefused)


def test_what_was_done_late_is_found_out(making: Making) -> None:
    """No answer in time, and it was carried out a moment after somebody looked."""
    making.google.fault(faults.lost_answer(), BATCH)
    making.google.fault(Fault("not yet", faults.Answer(200, {"sheets": []})), GET)
    making()
    assert is_whole(making)
