"""`okrsheets digest`: the letter of the week, and the week's boxes for a calendar."""

from __future__ import annotations

from pathlib import Path

import icalendar
import pytest
from okr import Okr

SUNDAY, MONDAY = ("--today", "2026-11-22"), ("--today", "2026-11-23")


def test_the_letter_fits_a_phone_and_is_in_the_workbook_s_language(okr: Okr, demo: Path) -> None:
    answer = okr("digest", demo, *MONDAY)
    assert (answer.code, answer.err) == (0, "")
    lines = answer.out.splitlines()
    assert lines[0].endswith("week 7 van 13") or lines[0].endswith("week 7 of 13")
    assert sum(line.startswith("☐ ") for line in lines) == 4
    assert len(lines) <= 30, "on a screen of 100 columns a long sentence takes two lines"


def test_the_file_is_left_as_it_was(okr: Okr, demo: Path) -> None:
    before = (demo.read_bytes(), demo.stat().st_mtime_ns, sorted(Path().iterdir()))
    okr("digest", demo, *MONDAY)
    assert (demo.read_bytes(), demo.stat().st_mtime_ns, sorted(Path().iterdir())) == before


def test_the_letter_as_a_document(okr: Okr, demo: Path) -> None:
    found = okr("digest", demo, *SUNDAY, "--json").json
    assert (found["behind"], found["ahead"]) == ("2026-W47", "2026-W48")
    assert found["done"] == {"done": 12, "due": 13}
    assert found["best"] == "A1"
    assert [each["id"] for each in found["kpis"]] == ["K1", "K2", "K3", "K4"]
    assert found["kpis"][0] == {"id": "K1", "value": 23, "plan": 17}
    assert found["boxes"][2] == {"id": "A3", "left": 2, "days": ["2026-11-24", "2026-11-26"]}
    assert found["text"].count("☐") == 4
    assert found["ics"] is None
    assert okr("digest", demo, "--today", "2027-03-01", "--json").json["ahead"] is None


def test_a_calendar_file_to_import(okr: Okr, demo: Path) -> None:
    answer = okr("digest", demo, *SUNDAY, "--ics", "week.ics")
    assert answer.code == 0
    assert "week.ics" in answer.out.splitlines()[-1]
    events = icalendar.Calendar.from_ical(Path("week.ics").read_bytes()).walk("VEVENT")
    assert len(events) == 11
    names = {str(event["UID"]) for event in events}
    found = okr("digest", str(demo.resolve()), *SUNDAY, "--ics", "week.ics", "--json").json
    assert found["ics"] == "week.ics"
    again = icalendar.Calendar.from_ical(Path("week.ics").read_bytes()).walk("VEVENT")
    assert {str(event["UID"]) for event in again} == names, "however the workbook is called"


def test_a_file_that_is_no_calendar_of_ours_is_left(okr: Okr, demo: Path) -> None:
    Path("week.ics").write_text("BEGIN:VCALENDAR of somebody else", encoding="utf-8")
    answer = okr("digest", demo, *SUNDAY, "--ics", "week.ics")
    assert answer.code == 2
    assert "--force" in answer.err
    assert Path("week.ics").read_text(encoding="utf-8").endswith("somebody else")
    assert okr("digest", demo, *SUNDAY, "--ics", "week.ics", "--force").code == 0


def test_a_calendar_in_no_folder_is_told(okr: Okr, demo: Path) -> None:
    answer = okr("digest", demo, *SUNDAY, "--ics", "nowhere/week.ics")
    assert answer.code == 2
    assert "nowhere" in answer.lines[0]


def test_nothing_open_makes_no_calendar(okr: Okr, demo: Path) -> None:
    answer = okr("digest", demo, "--today", "2027-03-01", "--ics", "week.ics")
    assert (answer.code, Path("week.ics").exists()) == (0, False)
    assert answer.out.splitlines()[-1]


def test_a_workbook_that_is_gone_ends_with_3(okr: Okr) -> None:
    assert okr("digest", "gone.xlsx").code == 3


def test_a_console_that_knows_only_letters_gets_dashes(okr: Okr, demo: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("okrsheets.shell.screen.shows", lambda stream, text: False)
    out = okr("digest", demo, *MONDAY).out
    assert "☐" not in out
    assert "\n- " in out


def test_a_configured_name_will_do(okr: Okr, demo: Path, home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = home / "config.toml"
    file.write_text(f"[[workbooks]]\nname = 'demo'\nworkbook = '{demo.resolve()}'\n", encoding="utf-8")
    monkeypatch.setenv("OKRSHEETS_CONFIG", str(file))
    assert okr("digest", "demo", *MONDAY).code == 0
