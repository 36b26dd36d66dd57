"""A service that keeps Google Sheets: one call says which of a thousand changed."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from google_fake import ROBOT, GoogleFake, faults
from google_fake.faults import Fault
from google_sheets import api_of
from person import Person
from service_on_google import DAY, MORNING, Service, Sheets

from okrsheets import __version__
from okrsheets.edges.google.store.changes import Bookmark
from okrsheets.edges.google.store.feed import text_of
from okrsheets.edges.history import SqliteHistory
from okrsheets.words.history import Standing

SOON = timedelta(minutes=1)


@pytest.fixture
def google() -> Iterator[GoogleFake]:
    with GoogleFake() as fake:
        yield fake
        assert fake.violations == []


@pytest.fixture
def service(google: GoogleFake, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Service:
    return Service(google, tmp_path, monkeypatch)


@pytest.fixture
def sheets(google: GoogleFake) -> Sheets:
    return Sheets(google)


@pytest.fixture
def three(service: Service, sheets: Sheets) -> list[str]:
    """Three sheets that were brought up to date this morning, echo included."""
    ids = [sheets.first, sheets.copy(), sheets.copy()]
    service.configure((f"plan {n}", f"google:{id}") for n, id in enumerate(ids))
    service.start()
    assert (service.round(), service.round(), service.round()) == (7, 4, 1)
    return ids


def test_a_thousand_sheets_of_which_ten_changed(service: Service, sheets: Sheets, google: GoogleFake) -> None:
    """21 calls, then 11 for the echo of its own writes, then 1, and none where nothing is due."""
    ids = [sheets.first, *(sheets.copy() for _ in range(9)), *(google.seed_values({"A": []}) for _ in range(990))]
    places = {f"plan {n}": id for n, id in enumerate(ids)}
    service.configure((name, f"google:{id}") for name, id in places.items())
    leave_all_read(service, places, api_of(google).start_page_token())
    service.start()
    assert service.round() == 1
    for id in ids[:10]:
        sheets.tick(id)
    assert (service.round(), len(service.told("synced"))) == (21, 10)
    assert (service.round(), len(service.told("unchanged"))) == (11, 10)
    assert [service.round(), service.round(SOON), service.round()] == [1, 0, 1]
    assert not service.told("busy") + service.told("failed")


def leave_all_read(service: Service, places: dict[str, str], token: str) -> None:
    """What a service leaves that read all sheets this morning, when the feed was at this token."""
    known = [
        Standing(name, MORNING, "unchanged", MORNING, None, f"{DAY} {__version__} {id} {token}", 0, MORNING)
        for name, id in places.items()
    ]
    SqliteHistory(service.folder / "state").keep(known, [], text_of(Bookmark(token, DAY)))


def test_a_new_process_goes_on_where_the_last_one_ended(service: Service, sheets: Sheets, three: list[str]) -> None:
    service.keeper.close()
    sheets.tick(three[1])
    service.start()
    assert (service.round(), [line["workbook"] for line in service.told("synced")]) == (3, ["plan 1"])


def test_a_process_that_was_killed_loses_no_change(service: Service, sheets: Sheets, three: list[str]) -> None:
    service.keeper.close()
    sheets.tick(three[1])
    service.start()
    assert service.round() == 3
    service.start()
    assert (service.round(SOON), service.told("synced")) == (1, [])
    assert (service.round(), service.told("synced")) == (2, [])
    assert service.round() == 1


def test_on_another_day_every_sheet_is_read(service: Service, three: list[str]) -> None:
    assert service.round(timedelta(days=1)) == 1 + 2 * len(three)
    assert len(service.told("synced")) == len(three)


def test_a_sheet_that_is_gone_is_told_and_tried_until_it_is_back(
    service: Service, three: list[str], google: GoogleFake
) -> None:
    google.unshare(three[0], ROBOT)
    assert service.round() == 2
    (line,) = service.told("failed")
    assert (line["workbook"], "as Editor" in line["error"]) == ("plan 0", True)
    assert service.round(timedelta(hours=2)) == 2
    google.share(three[0], ROBOT)
    assert service.round() == 2
    assert service.history.standings()["plan 0"].error is None


def test_a_feed_that_fails_costs_one_line_and_keeps_no_file_waiting(
    service: Service, sheets: Sheets, three: list[str], google: GoogleFake
) -> None:
    sheets.tick(three[2])
    google.fault(faults.server_error(503), times=None)
    assert service.round() == 1
    (line,) = service.told("google")
    assert line["level"] == "warning"
    assert [line["level"] for line in service.told("busy")] == ["debug"] * 3
    assert service.round(timedelta(seconds=30)) == 0
    assert service.round() == 1
    assert service.told("google") == []
    standings = service.history.standings()
    assert {standing.outcome for standing in standings.values()} == {"busy"}
    google.heal()
    assert service.round() == 3
    assert [line["level"] for line in service.told("google")] == ["info"]
    assert [line["workbook"] for line in service.told("synced")] == ["plan 2"]


def test_where_only_the_feed_is_refused_each_sheet_is_read(
    service: Service, sheets: Sheets, three: list[str], google: GoogleFake
) -> None:
    sheets.tick(three[0])
    google.fault(Fault("odd", faults.drive_error(403, "domainPolicy", "No")), "drive", times=None)
    assert service.round() == 1 + 3 + 1
    assert "each is read" in service.told("google")[0]["message"]
    assert [line["workbook"] for line in service.told("synced")] == ["plan 0"]


def test_a_quota_that_is_used_up_lets_all_sheets_wait(
    service: Service, sheets: Sheets, three: list[str], google: GoogleFake
) -> None:
    for id in three:
        sheets.tick(id)
    google.fault(faults.too_many_requests(), "read", times=None)
    assert service.round() == 2
    assert len(service.told("busy")) == 3
    google.heal()
    assert service.round(timedelta(minutes=6)) == 1 + 6
    assert len(service.told("synced")) == 3


def test_a_sheet_with_a_schedule_of_its_own_is_read_when_its_time_comes(service: Service, sheets: Sheets) -> None:
    """The feed tells once; what is not due then is remembered, through a restart too."""
    rare = sheets.copy()
    (service.folder / "config.toml").write_text(
        f"""language = "en"
        workbooks = [
          {{name = "often", workbook = "google:{sheets.first}"}},
          {{name = "rare", workbook = "google:{rare}", every = "day at 12:00"}},
        ]""",
        encoding="utf-8",
    )
    service.start()
    assert [service.round() for _ in range(3)] == [5, 2, 1]
    sheets.tick(rare)
    assert service.round() == 1
    service.keeper.close()
    service.start()
    assert service.round() == 1
    service.round(timedelta(hours=6))
    assert [line["workbook"] for line in service.told("synced")] == ["rare"]


def test_excel_files_are_synced_where_nobody_signed_in(
    service: Service, monkeypatch: pytest.MonkeyPatch, person: Person
) -> None:
    monkeypatch.setenv("OKRSHEETS_GOOGLE_CREDENTIALS", str(service.folder / "nothing.json"))
    service.configure([("sheet", "google:1abc"), ("odd", "google:?"), ("file", "plan.xlsx")])
    person.okr("new", "blank", "plan.xlsx", "--start", "2026-09-28", "--weeks", "1")
    service.start()
    service.round()
    assert [line["workbook"] for line in service.told("synced") + service.told("unchanged")] == ["file"]
    assert {line["workbook"] for line in service.told("failed")} == {"sheet", "odd"}
    assert len(service.told("google")) == 1
