"""`okrsheets doctor`: in ten seconds a person knows whether all is well, and else why and what to do."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import openpyxl
import pytest
from okr import Okr

from okrsheets.edges.languages import language
from okrsheets.rules.doctor import Agreement
from okrsheets.shell.checkup.diagnoses import agreed

pytestmark = pytest.mark.filterwarnings("ignore::UserWarning:openpyxl")
TODAY = ("--today", "2026-11-23")


def typed(path: Path, **cells: Any) -> Path:
    """The workbook after a person typed into cells: `T5=12` on the tab of the KPIs."""
    book = openpyxl.load_workbook(path)
    for spot, value in cells.items():
        book["KPI's"][spot] = value
    book.save(path)
    return path


@pytest.fixture
def configured(home: Path, demo: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A configuration of the demo, a copy in which all is well, and a workbook that is gone."""
    well = demo.with_name("well.xlsx")
    well.write_bytes(demo.read_bytes())
    typed(well, T5=20)
    file = home / "config.toml"
    here = Path.cwd()
    file.write_text(
        'timezone = "Europe/Amsterdam"\n'
        f"[[workbooks]]\nname = 'demo'\nworkbook = '{here / demo}'\n"
        f"[[workbooks]]\nname = 'well'\nworkbook = '{here / well}'\n"
        f"[[workbooks]]\nname = 'gone'\nworkbook = '{here / 'gone.xlsx'}'\n",
        encoding="utf-8",
    )
    monkeypatch.setenv("OKRSHEETS_CONFIG", str(file))
    monkeypatch.setenv("OKRSHEETS_STATE_DIR", str(home / "state"))
    return file


def test_a_new_workbook_is_well_in_two_lines(okr: Okr, plan: Path) -> None:
    answer = okr("doctor", plan, *TODAY)
    assert (answer.code, answer.err) == (0, "")
    lines = answer.out.splitlines()
    assert len(lines) == 2
    assert lines[0].startswith("plan.xlsx: ")


def test_a_number_that_is_not_seen_is_told_with_what_to_do(okr: Okr, demo: Path) -> None:
    typed(demo, AC5=9)
    answer = okr("doctor", demo, *TODAY, "--json")
    assert answer.code == 0
    assert answer.json["agree"] == answer.json["cells"] > 500
    assert answer.json["reader"].startswith("openpyxl ")
    assert answer.json["error"] is None
    assert answer.json["workbook"]["carries"]["macros"] is False
    found = {(one["where"], one["rule"], one["severity"]) for one in answer.json["findings"]}
    assert found == {("KPI's!T5", "not_understood", "warning"), ("KPI's!AC5", "no_date", "warning")}
    assert all(one["sentence"] and one["hint"] for one in answer.json["findings"])
    shown = okr("doctor", demo, *TODAY).out
    assert all(one["hint"].split()[0] in shown for one in answer.json["findings"])
    assert "KPI's!AC5" in shown


def test_strict_tells_a_script_that_a_person_is_needed(okr: Okr, demo: Path) -> None:
    assert okr("doctor", demo, *TODAY, "--strict").code == 4
    typed(demo, T5=20, AA5=9)
    answer = okr("doctor", demo, *TODAY, "--strict", "--json")
    assert [one["rule"] for one in answer.json["findings"]] == ["still_to_come"]
    assert answer.code == 0, "a remark needs nobody"


def test_a_workbook_that_cannot_be_read_ends_with_3(okr: Okr) -> None:
    Path("plan.xlsx").write_bytes(b"no workbook")
    answer = okr("doctor", "plan.xlsx", "--json")
    assert answer.code == 3
    assert list(answer.json) == ["error"]
    assert okr("doctor", "gone.xlsx").code == 3


def test_the_condition_of_the_file_belongs_to_it(okr: Okr, plan: Path) -> None:
    Path(".~lock.plan.xlsx#").write_text(",anna,host,23.11.2026 07:30,file:///tmp;", encoding="utf-8")
    answer = okr("doctor", plan, *TODAY, "--json")
    assert [one["rule"] for one in answer.json["findings"]] == ["open_elsewhere"]
    assert "anna" in answer.json["findings"][0]["sentence"]


@pytest.mark.parametrize("width", ["120", "60", "40"])
def test_every_line_fits_the_screen(okr: Okr, demo: Path, width: str, monkeypatch: pytest.MonkeyPatch) -> None:
    typed(demo, AC5=9, AA5=4, P8="1500")
    monkeypatch.setenv("COLUMNS", width)
    lines = okr("doctor", demo, *TODAY).out.splitlines()
    assert max(map(len, lines)) <= int(width)
    assert any("AC5" in line for line in lines)


def test_very_many_remarks_are_counted(okr: Okr, demo: Path) -> None:
    typed(demo, **{f"{column}5": "about 12" for column in ("P", "Q", "R", "S", "U")})
    typed(demo, **{f"{column}{row}": "some" for column in ("P", "Q", "R", "S") for row in (6, 7, 8)})
    found = okr("doctor", demo, *TODAY, "--json").json["findings"]
    out = okr("doctor", demo, *TODAY).out
    assert len(found) == 18
    assert out.count("KPI's!") == 12
    assert "6" in out.splitlines()[-1]


def test_what_else_is_in_the_workbook_is_named(okr: Okr, demo: Path) -> None:
    book = openpyxl.load_workbook(demo)
    book.create_sheet("Notes of my own")
    book.save(demo)
    assert "Notes of my own" in okr("doctor", demo, *TODAY).out
    assert "Notes of my own" in okr("inspect", demo).out
    carries = okr("inspect", demo, "--json").json["workbook"]["carries"]
    assert carries == {"macros": False, "external_links": [], "connections": [], "other_tabs": ["Notes of my own"]}


def test_everything_in_a_line_each(okr: Okr, configured: Path) -> None:
    answer = okr("doctor", *TODAY)
    assert answer.code == 3, "a workbook is gone"
    shown = answer.out
    assert f"{configured} names 3 workbooks" in " ".join(shown.split())
    assert "Europe/Amsterdam" in shown
    assert "✓  well: both readers see the same" in shown
    assert "!  demo: both readers see the same" in shown
    assert "okrsheets doctor demo" in shown
    assert "✗  gone: " in shown


def test_everything_as_a_document(okr: Okr, configured: Path) -> None:
    answer = okr("doctor", "--json", *TODAY)
    assert answer.code == 3
    assert [one["rule"] for one in answer.json["checks"]] == ["versions", "configuration", "time_zone", "state_folder"]
    assert all(one["severity"] is None and one["hint"] is None for one in answer.json["checks"])
    demo, well, gone = answer.json["workbooks"]
    assert [one["name"] for one in (demo, well, gone)] == ["demo", "well", "gone"]
    assert (len(demo["findings"]), well["findings"], gone["findings"]) == (1, [], [])
    assert gone["error"].startswith(gone["workbook"]["ref"])
    assert gone["workbook"]["kind"] == "excel"
    assert set(gone) == set(well)
    assert set(gone["workbook"]) == set(well["workbook"])


def test_strict_counts_over_everything(okr: Okr, configured: Path) -> None:
    text = configured.read_text(encoding="utf-8")
    configured.write_text(text[: text.rindex("[[workbooks]]")], encoding="utf-8")
    assert okr("doctor", *TODAY).code == 0
    assert okr("doctor", *TODAY, "--strict").code == 4


def test_an_installation_without_a_configuration_is_well(okr: Okr) -> None:
    answer = okr("doctor")
    assert (answer.code, answer.err) == (0, "")
    assert "No configuration yet" in answer.out


def test_a_bad_configuration_is_a_finding_with_its_remedy(okr: Okr, configured: Path) -> None:
    configured.write_text("langage = 'nl'\n", encoding="utf-8")
    answer = okr("doctor", "--json")
    assert answer.code == 2
    found = {one["rule"]: one for one in answer.json["checks"]}
    assert found["configuration"]["severity"] == "error"
    assert "language" in found["configuration"]["sentence"]
    assert found["configuration"]["hint"]
    assert answer.json["workbooks"] == []


def test_a_state_folder_that_cannot_be_is_a_finding(okr: Okr, home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (home / "file").write_text("no folder", encoding="utf-8")
    monkeypatch.setenv("OKRSHEETS_STATE_DIR", str(home / "file" / "state"))
    answer = okr("doctor", "--json", "--strict")
    (one,) = [one for one in answer.json["checks"] if one["severity"]]
    assert (one["rule"], one["severity"], answer.code) == ("state_folder", "error", 4)
    assert "OKRSHEETS_STATE_DIR" in one["hint"]


def test_a_full_disk_is_a_finding(okr: Okr, home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import shutil

    room = shutil.disk_usage(home)
    monkeypatch.setattr(shutil, "disk_usage", lambda path: room._replace(free=5 * 1024 * 1024))
    (one,) = [one for one in okr("doctor", "--json").json["checks"] if one["severity"]]
    assert (one["rule"], one["severity"]) == ("state_folder", "warning")
    assert "5 MB" in one["sentence"]


def test_a_system_without_time_zones_is_a_finding(okr: Okr, monkeypatch: pytest.MonkeyPatch) -> None:
    import zoneinfo

    from okrsheets.shell.checkup import installation

    def nowhere(name: str) -> zoneinfo.ZoneInfo:
        raise zoneinfo.ZoneInfoNotFoundError(name)

    monkeypatch.setattr(installation, "ZoneInfo", nowhere)
    (one,) = [one for one in okr("doctor", "--json").json["checks"] if one["severity"]]
    assert (one["rule"], one["severity"]) == ("time_zone", "error")
    assert "tzdata" in one["hint"]


def test_a_google_workbook_in_the_configuration_is_told(okr: Okr, configured: Path) -> None:
    configured.write_text("[[workbooks]]\nname = 'cloud'\nworkbook = 'google:abc'\n", encoding="utf-8")
    answer = okr("doctor", "--json")
    assert answer.code == 3
    assert answer.json["workbooks"][0]["workbook"]["kind"] == "google"


def test_the_file_is_left_as_it_was(okr: Okr, demo: Path) -> None:
    before = (demo.read_bytes(), demo.stat().st_mtime_ns, sorted(Path().iterdir()))
    okr("doctor", demo, *TODAY)
    assert (demo.read_bytes(), demo.stat().st_mtime_ns, sorted(Path().iterdir())) == before


def test_readers_that_differ_are_counted() -> None:
    english = language("en")
    assert english.say(agreed("a.xlsx", Agreement("x", 3, 5))) == "a.xlsx: both readers see the same in 3 of 5 cells."
    assert english.say(agreed("a.xlsx", None)) == "a.xlsx was read by one reader only."


def test_a_bug_that_one_workbook_brings_to_light_stops_no_other(
    okr: Okr, configured: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*anything: object) -> None:
        raise RuntimeError("a bug")

    monkeypatch.setattr("okrsheets.shell.doctor.examine", broken)
    answer = okr("doctor", "--json", *TODAY)
    assert answer.code == 1
    assert ["a bug" in one["error"] for one in answer.json["workbooks"]] == [True, True, True]
