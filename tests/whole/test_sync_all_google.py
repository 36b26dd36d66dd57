"""`okrsheets sync` of a whole configuration in Google Sheets: what did not change is not read."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from filelock import FileLock
from google_fake import ROBOT, GoogleFake, faults
from person import Person
from service_on_google import DAY, Sheets

from okrsheets.edges.autostart.running import LOCK

SHEETS = 6


class Coach:
    """Somebody with a few clients, all of their sheets up to date and the echo of that heard."""

    def __init__(self, person: Person, google: GoogleFake) -> None:
        self.person, self.google = person, google
        self.state = person.folder / "state"
        self.sheets = Sheets(google)
        self.ids = [self.sheets.first, *(self.sheets.copy() for _ in range(SHEETS - 1))]
        person.environment |= {
            "OKRSHEETS_STATE_DIR": str(self.state),
            "OKRSHEETS_GOOGLE_ENDPOINT": google.base_url,
            "OKRSHEETS_GOOGLE_CREDENTIALS": str(google.service_account_file(person.folder / "key.json", ROBOT)),
        }
        tables = (f"[[workbooks]]\nname = 'c{n}'\nworkbook = 'google:{id}'\n" for n, id in enumerate(self.ids))
        self.config = person.folder / "config.toml"
        self.config.write_text("timezone = 'Europe/Amsterdam'\n" + "".join(tables), encoding="utf-8")

    def sync(self, *more: object, day: object = DAY, code: int = 0) -> tuple[int, str]:
        """How many calls it took, and the first letters of what came of each."""
        self.google.log.clear()
        answer = self.person.json("sync", *more, "--today", day, "--config", self.config, code=code)
        return self.calls(), "".join(each["outcome"][0] for each in answer)

    def calls(self) -> int:
        return len(self.google.log) - self.google.log.count("token")


@pytest.fixture
def coach(person: Person) -> Iterator[Coach]:
    with GoogleFake() as google:
        found = Coach(person, google)
        assert found.sync() == (1 + 2 * SHEETS, "s" * SHEETS)
        assert found.sync() == (1 + SHEETS, "u" * SHEETS)
        yield found
        assert google.violations == []


def test_one_call_tells_what_changed(coach: Coach) -> None:
    """One for the feed, two for each that changed; the echo of the writes is read once; then one for all."""
    assert coach.sync() == (1, "u" * SHEETS)
    for id in coach.ids[:2]:
        coach.sheets.tick(id)
    assert coach.sync() == (1 + 2 * 2, "ssuuuu")
    assert coach.sync() == (1 + 2, "u" * SHEETS)
    assert coach.sync() == (1, "u" * SHEETS)


def test_who_names_a_sheet_wants_it_read(coach: Coach) -> None:
    """Google's feed runs some minutes behind; so do those who cannot wait, and those who want to know all."""
    assert coach.sync("c0") == (1, "u")
    assert coach.sync("--force") == (SHEETS, "u" * SHEETS)
    assert coach.sync("--strict") == (SHEETS, "u" * SHEETS)
    assert coach.sync("--dry-run") == (SHEETS, "d" * SHEETS)


def test_a_new_day_has_new_figures(coach: Coach) -> None:
    assert coach.sync(day="2026-10-02") == (1 + 2 * SHEETS, "s" * SHEETS)


def test_beside_a_service_nobody_asks_twice(coach: Coach) -> None:
    with FileLock(coach.state / LOCK):
        assert coach.sync() == (SHEETS, "u" * SHEETS)


def test_what_did_not_go_well_is_tried_again(coach: Coach) -> None:
    coach.sheets.tick(coach.ids[0])
    coach.google.unshare(coach.ids[0], ROBOT)
    assert coach.sync(code=3) == (2, "fuuuuu")
    assert coach.sync(code=3) == (2, "fuuuuu")
    coach.google.share(coach.ids[0], ROBOT)
    assert coach.sync()[1] == "suuuuu"


def test_a_feed_that_is_refused_leaves_the_sheets_to_be_read(coach: Coach) -> None:
    coach.google.fault(faults.Fault("odd", faults.drive_error(403, "domainPolicy", "No")), "drive", times=None)
    assert coach.sync() == (1 + SHEETS, "u" * SHEETS)


def test_a_memory_that_is_lost_costs_one_reading(coach: Coach) -> None:
    for file in coach.state.glob("history.*"):
        file.unlink()
    assert coach.sync() == (1 + SHEETS, "u" * SHEETS)
    assert coach.sync() == (1, "u" * SHEETS)


def test_one_sheet_is_simply_read(coach: Coach, tmp_path: Path) -> None:
    coach.config.write_text(f"[[workbooks]]\nname = 'c0'\nworkbook = 'google:{coach.ids[0]}'\n", encoding="utf-8")
    assert coach.sync() == (1, "u")
