"""`okrsheets doctor` where a workbook is a Google Sheet: what keeps a sync out, and what a person types in vain."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from google_fake import PERSON, SHEET, GoogleFake, faults
from okr import Answer, Okr

ROBOT = "robot@okrsheets-tests.iam.gserviceaccount.com"
TODAY = ("--today", "2026-11-23")


@pytest.fixture
def google(home: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[GoogleFake]:
    """Google, and a key for it."""
    with GoogleFake(any_token=False) as fake:
        monkeypatch.setenv("OKRSHEETS_GOOGLE_ENDPOINT", fake.base_url)
        monkeypatch.setenv("OKRSHEETS_GOOGLE_CREDENTIALS", str(fake.service_account_file(Path("key.json"), ROBOT)))
        monkeypatch.setenv("NO_PROXY", "127.0.0.1")
        monkeypatch.setenv("OKRSHEETS_STATE_DIR", str(home / "state"))
        yield fake
        assert fake.violations == []


@pytest.fixture
def id(google: GoogleFake, okr: Okr) -> str:
    """A new Dutch sheet."""
    assert okr("new", "high-ticket", "google", "--quarter", "2026-Q4", "--lang", "nl").code == 0
    (file,) = google.files(SHEET)
    google.log.clear()
    return file.id


def rules(answer: Answer) -> dict[str, tuple[str, str]]:
    """The severity and the advice of each finding, by its rule."""
    return {one["rule"]: (one["severity"], one["hint"]) for one in answer.json["findings"]}


def summary(google: GoogleFake, id: str) -> Any:
    return next(tab for tab in google.world.books[id].tabs if tab.title == "Overzicht")


def test_a_new_sheet_is_well_in_two_lines(google: GoogleFake, okr: Okr, id: str) -> None:
    answer = okr("doctor", f"google:{id}", *TODAY)
    assert answer.code == 0
    lines = answer.out.splitlines()
    assert (len(lines), lines[0].startswith(f"google:{id} ")) == (2, True)
    assert [entry.id for entry in google.log if "token" not in entry.kinds] == [
        "sheets.spreadsheets.get",
        "sheets.spreadsheets.get",
        "drive.files.get",
    ]


def test_a_sheet_that_may_only_be_looked_at(google: GoogleFake, okr: Okr, id: str) -> None:
    google.world.files[id].permissions = []
    google.share(id, ROBOT, "reader")
    answer = okr("doctor", f"google:{id}", *TODAY, "--json", "--strict")
    severity, hint = rules(answer)["view_only"]
    assert (answer.code, severity) == (4, "error")
    assert f"https://docs.google.com/spreadsheets/d/{id}" in hint
    assert ROBOT in hint


def test_a_sheet_in_the_bin(google: GoogleFake, okr: Okr, id: str) -> None:
    google.world.files[id].trashed = True
    assert rules(okr("doctor", f"google:{id}", *TODAY, "--json"))["in_the_bin"][0] == "warning"


LOCKS = [(False, False, True), (True, False, False), (False, True, False)]


@pytest.mark.parametrize(("may", "warning", "found"), LOCKS)
def test_a_summary_that_is_locked(google: GoogleFake, okr: Okr, id: str, may: bool, warning: bool, found: bool) -> None:
    lock = {"protectedRangeId": 7, "requestingUserCanEdit": may, "warningOnly": warning, "range": {"sheetId": 1005}}
    summary(google, id).parts["protectedRanges"] = [lock]
    assert ("locked_summary" in rules(okr("doctor", f"google:{id}", *TODAY, "--json"))) is found


@pytest.mark.parametrize(("locale", "found"), [("en_US", True), ("nl_BE", False), ("de_DE", False)])
def test_a_locale_that_is_not_the_plans(google: GoogleFake, okr: Okr, id: str, locale: str, found: bool) -> None:
    google.person(id).set_locale(locale)
    answer = okr("doctor", f"google:{id}", *TODAY, "--json")
    assert ("another_locale" in rules(answer)) is found
    assert all(locale in one["sentence"] for one in answer.json["findings"])


def test_names_that_are_gone(google: GoogleFake, okr: Okr, id: str) -> None:
    google.person(id).delete_name("okr_actions_title")
    answer = okr("doctor", f"google:{id}", *TODAY, "--json")
    assert rules(answer)["names_gone"][0] == "hint"
    assert "okr_actions_title" in answer.json["findings"][0]["sentence"]
    google.person(id).delete_name("okr_summary_lines")
    google.person(id).insert_rows("Overzicht", before=1)
    answer = okr("doctor", f"google:{id}", *TODAY, "--json")
    assert list(rules(answer)) == ["summary_names_gone", "names_gone"]
    assert rules(answer)["summary_names_gone"][0] == "error"


def test_nothing_is_to_be_opened_in_excel(google: GoogleFake, okr: Okr, id: str) -> None:
    """A formula that Google itself still waits for."""
    kpi = okr("inspect", f"google:{id}", "--json").json["kpis"][0]["cells"]["2026-W40"]
    tab, _, cell = kpi.rpartition("!")
    place = "'" + tab.replace("'", "''") + "'!" + cell
    google.person(id).type(place, '=IMPORTRANGE("x";"A1")')
    book = google.world.books[id]
    at = next(
        at for one in book.tabs for at, held in one.cells.items() if "IMPORTRANGE" in str(held.get("userEnteredValue"))
    )
    next(one for one in book.tabs if one.title == tab).change(*at, imported={"errorValue": {"type": "LOADING"}})
    answer = okr("doctor", f"google:{id}", *TODAY, "--json")
    severity, hint = rules(answer)["not_understood"]
    assert severity == "warning"
    assert "Excel" not in hint
    assert "Google" in hint


def test_where_drive_tells_nothing_the_rest_is_looked_at(google: GoogleFake, okr: Okr, id: str) -> None:
    google.disable("drive")
    google.person(id).set_locale("en_US")
    assert list(rules(okr("doctor", f"google:{id}", *TODAY, "--json"))) == ["another_locale"]


def check(answer: Answer) -> Any:
    """What the look at everything says of Google; None where it says nothing."""
    return next((one for one in answer.json["checks"] if one["rule"] == "google"), None)


def test_without_a_workbook_each_interface_is_asked_once(google: GoogleFake, okr: Okr) -> None:
    assert check(okr("doctor", "--json"))["severity"] is None
    assert [entry.id for entry in google.log if "token" not in entry.kinds] == [
        "drive.about.get",
        "sheets.spreadsheets.get",
    ]


@pytest.mark.parametrize(("interface", "named"), [("sheets", "Google Sheets API"), ("drive", "Google Drive API")])
def test_an_interface_that_is_switched_off_is_named(google: GoogleFake, okr: Okr, interface: str, named: str) -> None:
    google.disable(interface)
    found = check(okr("doctor", "--json"))
    assert found["severity"] == "error"
    assert named in found["sentence"]
    assert "https://console.developers.google.com/" in found["hint"]


def test_a_key_that_is_refused_is_a_finding(google: GoogleFake, okr: Okr) -> None:
    google.fault(faults.token_refused(), "token", times=None)
    assert ROBOT in check(okr("doctor", "--json"))["sentence"]


def test_who_wants_nothing_of_google_is_not_asked(
    google: GoogleFake, okr: Okr, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("OKRSHEETS_GOOGLE_CREDENTIALS")
    answer = okr("doctor", "--json")
    assert check(answer) is None
    assert len(google.log) == 0


def test_a_sheet_of_the_configuration_in_a_line(google: GoogleFake, okr: Okr, id: str) -> None:
    Path("config.toml").write_text(f'[[workbooks]]\nname = "cloud"\nworkbook = "google:{id}"\n', encoding="utf-8")
    answer = okr("doctor", "--config", "config.toml", *TODAY)
    assert "cloud was reached and read." in " ".join(answer.out.split())
    assert PERSON not in answer.out
