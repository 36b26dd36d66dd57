"""Many spreadsheets, one call: the feed, the echo of own writes, the daily sweep."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta

import pytest
from google_fake import GoogleFake, faults
from google_fake.faults import Fault
from google_wire import Time, api_of

from okrsheets.edges.google.store.changes import Bookmark, Round, look
from okrsheets.edges.google.wire.api import GoogleApi
from okrsheets.words.errors import GoogleUnwell, RequestRefused

NOW = datetime(2026, 10, 1, 8, tzinfo=UTC)
DAY = date(2026, 10, 1)


@pytest.fixture
def google() -> Iterator[GoogleFake]:
    with GoogleFake(now=NOW) as fake:
        yield fake
        assert fake.violations == []


@pytest.fixture
def api(google: GoogleFake) -> GoogleApi:
    return api_of(google, Time())


@pytest.fixture
def ids(google: GoogleFake) -> list[str]:
    return [google.seed_values({"A": [[n]]}) for n in range(5)]


def test_at_first_and_on_another_day_everything_is_due(api: GoogleApi, ids: list[str]) -> None:
    first = look(api, ids, None, DAY)
    assert first.due == frozenset(ids)
    again = look(api, ids, first.done(), DAY)
    assert (again.due, again.gone) == (frozenset(), frozenset())
    assert look(api, ids, again.done(), DAY + timedelta(days=1)).due == frozenset(ids)


def test_only_what_changed_is_due_and_only_once(google: GoogleFake, api: GoogleApi, ids: list[str]) -> None:
    kept = look(api, ids, None, DAY).done()
    google.person(ids[2]).type("A!A1", "x")
    google.person(google.seed_values({"B": []})).type("B!A1", "of somebody else")
    told = look(api, ids, kept, DAY)
    assert told.due == {ids[2]}
    assert look(api, ids, told.done(), DAY).due == frozenset()


def test_a_round_that_was_cut_off_is_made_again(google: GoogleFake, api: GoogleApi, ids: list[str]) -> None:
    kept = look(api, ids, None, DAY).done()
    google.person(ids[0]).type("A!A1", "x")
    assert look(api, ids, kept, DAY).due == look(api, ids, kept, DAY).due == {ids[0]}


def test_what_was_busy_is_due_again(google: GoogleFake, api: GoogleApi, ids: list[str]) -> None:
    google.person(ids[0]).type("A!A1", "x")
    kept = look(api, ids, None, DAY).done(not_yet=[ids[3]])
    again = look(api, ids, kept, DAY)
    assert again.due == {ids[3]}
    assert look(api, ids, again.done(), DAY).due == frozenset()


def test_what_is_edited_while_everything_is_read_is_told_afterwards(
    google: GoogleFake, api: GoogleApi, ids: list[str]
) -> None:
    sweep = look(api, ids, None, DAY)
    google.person(ids[1]).type("A!A1", "meanwhile")
    assert look(api, ids, sweep.done(), DAY).due == {ids[1]}


def test_a_feed_that_runs_late_loses_nothing(google: GoogleFake, api: GoogleApi, ids: list[str]) -> None:
    kept = look(api, ids, None, DAY).done()
    google.delay_drive(180)
    google.person(ids[1]).type("A!A1", "x")
    early = look(api, ids, kept, DAY)
    google.clock.advance(200)
    assert (early.due, look(api, ids, early.done(), DAY).due) == (frozenset(), {ids[1]})


def test_a_sheet_that_is_gone_is_told(google: GoogleFake, api: GoogleApi, ids: list[str]) -> None:
    kept = look(api, ids, None, DAY).done(not_yet=[ids[4]])
    google.world.changed(google.file(ids[4]), removed=True)
    told = look(api, ids, kept, DAY)
    assert (told.due, told.gone) == (frozenset(), {ids[4]})


@pytest.mark.parametrize("status", [400, 404, 410])
def test_a_thread_that_google_lost_is_taken_up_again(
    status: int, google: GoogleFake, api: GoogleApi, ids: list[str]
) -> None:
    kept = look(api, ids, None, DAY).done()
    google.fault(Fault("forgotten", faults.drive_error(status, "invalid", "Invalid Value")), "drive.changes.list")
    assert look(api, ids, kept, DAY).due == frozenset(ids)


def test_other_refusals_and_trouble_are_told(google: GoogleFake, api: GoogleApi, ids: list[str]) -> None:
    kept = look(api, ids, None, DAY).done()
    google.fault(Fault("odd", faults.drive_error(403, "domainPolicy", "No")), "drive.changes.list")
    with pytest.raises(RequestRefused):
        look(api, ids, kept, DAY)
    google.fault(faults.server_error(503), "drive", times=None)
    with pytest.raises(GoogleUnwell):
        look(api, ids, kept, DAY)


def test_a_bookmark_is_plain() -> None:
    told = Round(frozenset("a"), frozenset(), Bookmark("7", DAY))
    assert told.done(["a"]) == Bookmark("7", DAY, frozenset("a"))
