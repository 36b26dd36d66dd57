"""Every call of Google × everything that can go wrong: the right result or one clear error, and never a long wait."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

import pytest
from google_fake import SHEET, GoogleFake, faults
from google_fake.faults import Fault
from google_wire import Time, api_of

from okrsheets.edges.google.wire.api import Changes, GoogleApi
from okrsheets.edges.google.wire.patience import DEADLINE
from okrsheets.words.errors import (
    AnswerLost,
    DriveFull,
    GoogleBusy,
    GoogleUnwell,
    MayNotEdit,
    OkrsheetsError,
    RequestRefused,
    SignInRefused,
)

NOW = datetime(2026, 11, 23, 8, tzinfo=UTC)
ANNA, BO = "anna@example.com", "bo@example.com"
CANARY = "ya29.canary-0123456789"


@dataclass
class World:
    """A fake with one sheet of Anna's, and her calls."""

    google: GoogleFake
    time: Time = field(default_factory=Time)
    id: str = ""
    token: str = ""

    def __post_init__(self) -> None:
        self.id = self.google.seed_values({"A": [["old"]]}, owner=ANNA)
        self.token = self.api().start_page_token()
        self.google.person(self.id).type("A!A2", "x")
        self.google.log.clear()

    def api(self, read: float = 20.0) -> GoogleApi:
        return api_of(self.google, self.time, token=self.google.token(ANNA), read=read)

    def cell(self) -> str:
        sheet = self.google.book(self.id, grid=True)["sheets"][0]
        return str(sheet["data"][0]["rowData"][0]["values"][0]["effectiveValue"]["stringValue"])

    def roles(self) -> dict[str, str]:
        return {item["emailAddress"]: item["role"] for item in self.google.file(self.id).permissions}


def body(world: World) -> dict[str, Any]:
    """A write of one cell."""
    sheet = world.google.book(world.id)["sheets"][0]["properties"]["sheetId"]
    cells = {"rows": [{"values": [{"userEnteredValue": {"stringValue": "new"}}]}], "fields": "userEnteredValue"}
    return {"requests": [{"updateCells": {**cells, "start": {"sheetId": sheet, "rowIndex": 0, "columnIndex": 0}}}]}


@dataclass(frozen=True)
class Case:
    """A call, what proves that it was carried out well, and whether it may be made twice."""

    make: Callable[[GoogleApi, World], Any]
    good: Callable[[Any, World], bool]
    repeatable: bool = True


FILE = {"name": "Plan", "mimeType": SHEET, "appProperties": {"okrsheets": "u1"}}
CASES = {
    "get_spreadsheet": Case(
        lambda api, world: api.get_spreadsheet(world.id, fields="spreadsheetId"),
        lambda found, world: found == {"spreadsheetId": world.id},
    ),
    "batch_update": Case(
        lambda api, world: api.batch_update(world.id, body(world)),
        lambda answer, world: (answer["spreadsheetId"], world.cell()) == (world.id, "new"),
    ),
    "batch_update_once": Case(
        lambda api, world: api.batch_update(world.id, body(world), repeatable=False),
        lambda answer, world: (answer["spreadsheetId"], world.cell()) == (world.id, "new"),
        repeatable=False,
    ),
    "file": Case(
        lambda api, world: api.file(world.id, "id"),
        lambda found, world: found == {"id": world.id},
    ),
    "find_files": Case(
        lambda api, world: api.find_files("name = 'Seeded'", "id"),
        lambda found, world: found == [{"id": world.id}],
    ),
    "create_file": Case(
        lambda api, world: api.create_file(FILE),
        lambda made, world: [file.id for file in world.google.files() if file.name == "Plan"] == [made["id"]],
        repeatable=False,
    ),
    "update_file": Case(
        lambda api, world: api.update_file(world.id, {"name": "Plan 2"}),
        lambda _, world: world.google.file(world.id).name == "Plan 2",
    ),
    "delete_file": Case(
        lambda api, world: api.delete_file(world.id),
        lambda _, world: world.google.files() == [],
    ),
    "share": Case(
        lambda api, world: api.share(world.id, BO),
        lambda _, world: world.roles()[BO] == "writer" and len(world.roles()) == 3,
    ),
    "account": Case(lambda api, world: api.account(), lambda who, world: who == ANNA),
    "start_page_token": Case(lambda api, world: api.start_page_token(), lambda token, world: int(token) > 1),
    "changes": Case(
        lambda api, world: api.changes(world.token),
        lambda told, world: told == Changes((world.id,), (), told.next_token),
    ),
}

ASKED_TO_WAIT = {
    "429": faults.too_many_requests(),
    "429 with Retry-After": faults.too_many_requests(retry_after=7),
    "403 rate": faults.rate_limited(),
    "403 rate of the project": faults.rate_limited("rateLimitExceeded"),
}
UNSURE = {
    "500": faults.server_error(500),
    "502 page": faults.bad_gateway_page(),
    "503": faults.server_error(503),
    "504": faults.server_error(504),
    "reset": faults.reset(),
    "hang": faults.hang(),
    "truncated": faults.truncated(),
    "short body": faults.short_body(),
    "page instead of JSON": faults.wrong_type(),
    "answer lost": faults.lost_answer(),
    "hang, but carried out": faults.hang(applied=True),
    "503, but carried out": faults.unavailable_but_applied(),
}
LASTING: dict[str, tuple[Fault, type[OkrsheetsError]]] = {
    "401": (faults.unauthorized(), SignInRefused),
    "403 storage": (faults.storage_full(), DriveFull),
}
TORN = ("truncated", "short body")


@pytest.fixture
def world() -> Iterator[World]:
    with GoogleFake(now=NOW) as google:
        yield World(google)
        assert google.violations == []


def harmless(name: str, fault: str) -> bool:
    """A body that is not there cannot be torn."""
    return name == "delete_file" and fault in TORN


@pytest.mark.parametrize("fault", ASKED_TO_WAIT)
@pytest.mark.parametrize("name", CASES)
def test_asked_to_wait_once_it_waits_once(world: World, name: str, fault: str) -> None:
    world.google.fault(ASKED_TO_WAIT[fault])
    assert CASES[name].good(CASES[name].make(world.api(), world), world)
    assert world.time.slept == [7.0 if "Retry-After" in fault else 1.5]


@pytest.mark.parametrize("fault", ASKED_TO_WAIT)
@pytest.mark.parametrize("name", CASES)
def test_asked_to_wait_for_ever_it_says_later(world: World, name: str, fault: str) -> None:
    world.google.fault(ASKED_TO_WAIT[fault], times=None)
    with pytest.raises(GoogleBusy):
        CASES[name].make(world.api(), world)
    assert sum(world.time.slept) <= DEADLINE
    assert world.time.slept == ([7.0, 7.0, 7.0, 8.5, 16.5] if "Retry-After" in fault else [1.5, 2.5, 4.5, 8.5, 16.5])
    assert len(world.google.files()) == 1


@pytest.mark.parametrize("fault", UNSURE)
@pytest.mark.parametrize("name", [name for name in CASES if CASES[name].repeatable])
def test_trouble_that_passes_is_not_noticed(world: World, name: str, fault: str) -> None:
    world.google.fault(UNSURE[fault])
    assert CASES[name].good(CASES[name].make(world.api(read=0.3), world), world)
    assert world.time.slept[:1] == ([] if harmless(name, fault) else [1.5])


@pytest.mark.parametrize("fault", UNSURE)
@pytest.mark.parametrize("name", [name for name in CASES if CASES[name].repeatable])
def test_trouble_that_lasts_is_told_once_and_soon(world: World, name: str, fault: str) -> None:
    world.google.fault(UNSURE[fault], times=None)
    if harmless(name, fault):
        CASES[name].make(world.api(read=0.05), world)
        return
    with pytest.raises(GoogleUnwell) as told:
        CASES[name].make(world.api(read=0.05), world)
    assert told.value.exit_code == 75
    assert not isinstance(told.value, AnswerLost)
    assert world.time.slept == [1.5, 2.5, 4.5, 8.5, 16.5]


@pytest.mark.parametrize("fault", UNSURE)
@pytest.mark.parametrize("name", [name for name in CASES if not CASES[name].repeatable])
def test_what_must_not_be_done_twice_is_not_tried_twice(world: World, name: str, fault: str) -> None:
    world.google.fault(UNSURE[fault], times=None)
    with pytest.raises(AnswerLost) as told:
        CASES[name].make(world.api(read=0.2), world)
    assert told.value.exit_code == 75
    assert world.time.slept == []
    assert len(world.google.log) == 1


@pytest.mark.parametrize("fault", LASTING)
@pytest.mark.parametrize("name", CASES)
def test_what_lasts_is_told_at_once(world: World, name: str, fault: str) -> None:
    planned, error = LASTING[fault]
    world.google.fault(planned)
    with pytest.raises(error) as told:
        CASES[name].make(world.api(), world)
    assert told.value.exit_code == 3
    assert world.time.slept == []
    assert len(world.google.files()) == 1


@pytest.mark.parametrize("fault", [faults.not_shared(), faults.missing()])
@pytest.mark.parametrize("name", CASES)
def test_out_of_reach(world: World, name: str, fault: Fault) -> None:
    world.google.fault(fault)
    about_a_file = name in ("get_spreadsheet", "batch_update", "batch_update_once", "file", "update_file", "share")
    if name == "delete_file" and fault.name == "404":
        CASES[name].make(world.api(), world)
        return
    with pytest.raises(MayNotEdit if about_a_file or name == "delete_file" else RequestRefused) as told:
        CASES[name].make(world.api(), world)
    assert told.value.exit_code == 3


def test_no_connection_is_told_without_having_sent_anything(world: World) -> None:
    world.google.__exit__(None, None, None)
    with pytest.raises(GoogleUnwell) as told:
        world.api().create_file(FILE)
    assert not isinstance(told.value, AnswerLost)
    assert told.value.facts["reason"].text == "there is no connection to {host}"  # type: ignore[union-attr]
    assert len(world.time.slept) == 5


def test_a_long_pause_is_left_to_whoever_comes_back(world: World) -> None:
    world.google.fault(faults.too_many_requests(retry_after=3600))
    with pytest.raises(GoogleBusy):
        world.api().account()
    assert world.time.slept == []


def test_a_bad_request_keeps_its_status_for_whoever_knows_better(world: World) -> None:
    with pytest.raises(RequestRefused) as told:
        world.api().get_spreadsheet(world.id, fields="spreadsheetId", ranges=["Gone!A1"])
    assert told.value.facts["status"] == 400


@pytest.mark.parametrize("fault", [*ASKED_TO_WAIT.values(), *UNSURE.values(), *(one for one, _ in LASTING.values())])
def test_no_token_in_the_log_or_the_error(fault: Fault, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    time = Time()
    with GoogleFake(now=NOW) as google:
        google.fault(fault, times=None)
        api = api_of(google, time, token=CANARY, read=0.05)
        with pytest.raises(OkrsheetsError) as told:
            api.account()
    seen = [*(record.getMessage() + repr(record.__dict__) for record in caplog.records), repr(api)]
    error: BaseException | None = told.value
    while error is not None:
        seen += [str(error), repr(error), repr(vars(error))]
        error = error.__cause__ or error.__context__
    assert len(caplog.records) > 1
    assert not [text for text in seen if "canary" in text]
