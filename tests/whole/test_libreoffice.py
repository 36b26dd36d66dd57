"""A workbook that was opened, edited and saved in the real LibreOffice is read and synced the same."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from person import Person, address_of

from okrsheets.words.grid import a1, column_letters

pytestmark = pytest.mark.system

SCRIPT = Path(__file__).with_name("libreoffice_edit.py")
TODAY = "2026-11-29"
COMPUTED = ("objectives", "execution", "funnel", "needed", "weekly", "problems")


@pytest.fixture(scope="session")
def with_uno() -> str:
    """An interpreter that can talk to LibreOffice: Debian's python3 with python3-uno, or LibreOffice's own."""
    for python in (
        "/usr/bin/python3",
        "python3",
        "/Applications/LibreOffice.app/Contents/Resources/python",
        sys.executable,
    ):
        if _has_uno(python):
            return python
    if os.environ.get("OKRSHEETS_REQUIRE_ALL") == "1":
        pytest.fail("no interpreter has uno: install python3-uno")
    pytest.skip("no interpreter has uno: install python3-uno")


def _has_uno(python: str) -> bool:
    try:
        return subprocess.run([python, "-c", "import uno"], capture_output=True).returncode == 0
    except OSError:
        return False


class Editor:
    """LibreOffice in the hands of a person."""

    def __init__(self, soffice: str, python: str, folder: Path) -> None:
        self.command = [python, str(SCRIPT), soffice]
        self.folder = folder

    def save(self, source: str, target: str, *steps: list[object]) -> None:
        """Opens, edits and saves under another name."""
        files = [str(self.folder / source), str(self.folder / target)]
        subprocess.run([*self.command, *files, json.dumps(steps)], check=True, timeout=180, capture_output=True)


@pytest.fixture
def libreoffice(soffice: str, with_uno: str, person: Person) -> Editor:
    """LibreOffice, in the person's folder."""
    return Editor(soffice, with_uno, person.folder)


@pytest.fixture
def seen(person: Person) -> dict[str, Any]:
    """A filled-in demo workbook, as inspect sees it."""
    person.okr("demo", ".", "--lang", "nl", "--today", TODAY)
    (workbook,) = person.folder.glob("*.xlsx")
    workbook.rename(person.folder / "plan.xlsx")
    found: dict[str, Any] = person.json("inspect", "plan.xlsx")
    return found


def test_saved_without_a_change_it_is_the_same_plan(libreoffice: Editor, person: Person, seen: dict[str, Any]) -> None:
    libreoffice.save("plan.xlsx", "saved.xlsx")
    assert b"TRUE()" in b"".join(person.parts("saved.xlsx").values())
    again = person.json("inspect", "saved.xlsx")
    again["workbook"]["ref"] = seen["workbook"]["ref"]
    assert again == seen
    before, after = (person.json("report", name, "--today", TODAY) for name in ("plan.xlsx", "saved.xlsx"))
    assert {key: after[key] for key in COMPUTED} == {key: before[key] for key in COMPUTED}


def test_edited_in_libreoffice_it_syncs_the_same_as_edited_by_hand(
    libreoffice: Editor, person: Person, seen: dict[str, Any]
) -> None:
    box, kpi = _empty_box(seen), seen["kpis"][0]["cells"]["2026-W48"]
    second = address_of(next(iter(seen["actions"][1]["cells"].values())))
    steps: list[list[object]] = [
        ["type", address_of(box).tab, a1(address_of(box).spot), "=TRUE()"],
        ["type", address_of(kpi).tab, a1(address_of(kpi).spot), "17"],
        ["insert row", address_of(box).tab, second.row],
        ["rename", address_of(box).tab, "Mijn acties"],
    ]
    libreoffice.save("plan.xlsx", "saved.xlsx", *steps)
    person.type("plan.xlsx", {box: True, kpi: 17})
    (by_hand,) = person.json("sync", "plan.xlsx", "--today", TODAY)
    (by_office,) = person.json("sync", "saved.xlsx", "--today", TODAY)
    assert by_office["outcome"] == "synced"
    assert {key: by_office[key] for key in COMPUTED} == {key: by_hand[key] for key in COMPUTED}
    assert person.summary("saved.xlsx") == person.summary("plan.xlsx")
    (again,) = person.json("sync", "saved.xlsx", "--today", TODAY)
    assert again["outcome"] == "unchanged"


def test_only_the_summary_part_of_its_file_changes(libreoffice: Editor, person: Person, seen: dict[str, Any]) -> None:
    kpi = address_of(seen["kpis"][1]["cells"]["2026-W48"])
    libreoffice.save("plan.xlsx", "saved.xlsx", ["type", kpi.tab, a1(kpi.spot), "8"])
    before = person.parts("saved.xlsx")
    person.okr("sync", "saved.xlsx", "--today", TODAY)
    after = person.parts("saved.xlsx")
    changed = [part for part in before if after[part] != before[part]]
    assert len(changed) == 1
    assert re.fullmatch(r"xl/worksheets/sheet\d\.xml", changed[0])


def test_rows_and_columns_may_go_anywhere(libreoffice: Editor, person: Person, seen: dict[str, Any]) -> None:
    """Sorted, hidden, inserted and moved as a person does; every figure stays what it was."""
    rows, kpis = ([_row(item) for item in seen[kind]] for kind in ("actions", "kpis"))
    top, bottom = min(rows), max(rows)
    last = column_letters(max(address_of(cell).column for cell in seen["actions"][0]["cells"].values()))
    steps: list[list[object]] = [
        ["sort", "Acties", f"A{top}:{last}{bottom}", 1, False],
        ["hide rows", "Acties", top, top + 1],
        ["insert row", "Acties", top + 1],
        ["insert row", "Acties", 2],
        ["insert column", "Acties", 3],
        ["insert column", "Acties", 30],
        ["hide columns", "Acties", "J1:P1"],
        ["sort", "KPI's", f"A{min(kpis)}:AB{max(kpis)}", 1, False],
        ["insert column", "KPI's", 17],
        ["insert row", "Kwartaalthema", 5],
        ["insert row", "Kwartaalthema", 12],
        ["move tab", "KPI's", 0],
        ["rename", "Kwartaalthema", "Mijn thema"],
    ]
    libreoffice.save("plan.xlsx", "saved.xlsx", *steps)
    before, after = (person.json("inspect", name) for name in ("plan.xlsx", "saved.xlsx"))
    assert [action["id"] for action in after["actions"]] != [action["id"] for action in before["actions"]]
    assert _filled_in(after) == _filled_in(before)
    assert [stage["kpi"] for stage in after["funnel"]] == [stage["kpi"] for stage in before["funnel"]]
    (synced,) = person.json("sync", "saved.xlsx", "--today", TODAY)
    (by_hand,) = person.json("sync", "plan.xlsx", "--today", TODAY)
    assert synced["outcome"] == "synced"
    assert (synced["funnel"], synced["needed"]) == (by_hand["funnel"], by_hand["needed"])
    assert [synced["execution"][key] for key in ("done", "due")] == [by_hand["execution"][k] for k in ("done", "due")]


def test_what_cannot_count_is_told_with_its_cell(libreoffice: Editor, person: Person, seen: dict[str, Any]) -> None:
    """A copied tab, copied rows, a date for a number, merged boxes, a tick without a row, a week removed."""
    action, kpi = seen["actions"][2], seen["kpis"][1]
    box = address_of(action["cells"]["2026-12-14"])
    first = address_of(seen["kpis"][0]["cells"]["2026-W48"])
    lost = address_of(kpi["cells"]["2026-W46"])
    boxes = f"{a1(box.spot)}:{a1((box.row, box.column + 4))}"
    last = _row(seen["actions"][-1])
    steps: list[list[object]] = [
        ["copy tab", "Acties", "Acties_2"],
        ["type", "Acties_2", a1(box.spot), "x"],
        ["type", "Acties", a1(box.spot), "x"],
        ["merge", "Acties", boxes],
        ["copy rows", "Acties", f"A{last}:D{last}", f"A{last + 1}"],
        ["type", "Acties", a1((last + 3, box.column)), "x"],
        ["show as number", "KPI's", a1(first.spot)],
        ["enter", "KPI's", a1(first.spot), "2026-05-01"],
        ["delete column", "KPI's", lost.column],
    ]
    libreoffice.save("plan.xlsx", "saved.xlsx", *steps)
    known = {problem["where"] for problem in seen["problems"]}
    after = person.json("inspect", "saved.xlsx")
    told = {problem["where"]: problem for problem in after["problems"] if problem["where"] not in known}
    moved = f"KPI's!{a1((first.row, first.column - 1))}"
    places = ["Acties_2!A1", str(box), f"Acties!A{last + 1}", f"Acties!{a1((last + 3, box.column))}", moved, "KPI's!A4"]
    assert sorted(told) == sorted(places)
    assert told[moved]["found"] == "1 mei 2026"
    assert all(problem["expected"] and problem["hint"] for problem in told.values())
    assert after["actions"][2]["ticks"] == sorted({*action["ticks"], "2026-12-14"})
    assert "2026-W46" not in after["kpis"][1]["values"]


def test_a_deleted_tab_is_missed_by_its_own_name(libreoffice: Editor, person: Person, seen: dict[str, Any]) -> None:
    libreoffice.save("plan.xlsx", "saved.xlsx", ["delete tab", "Acties"])
    (refused,) = person.json("sync", "saved.xlsx", "--today", TODAY, code=3)
    assert "Acties" in refused["error"]


def _row(item: dict[str, Any]) -> int:
    return address_of(next(iter(item["cells"].values()))).row


def _filled_in(seen: dict[str, Any]) -> dict[str, Any]:
    """Everything that was filled in, by item."""
    ticks = {action["id"]: (action["ticks"], action["skips"]) for action in seen["actions"]}
    values = {kpi["id"]: (kpi["values"], kpi["target"]) for kpi in seen["kpis"]}
    theme = {key: value for key, value in seen["theme"].items() if key != "cells"}
    found = sorted(problem["found"] for problem in seen["problems"])
    return {"ticks": ticks, "values": values, "theme": theme, "problems": found}


def _empty_box(seen: dict[str, Any]) -> str:
    """The box of a day that is neither ticked nor skipped."""
    action = seen["actions"][0]
    taken = {*action["ticks"], *action["skips"]}
    return next(str(where) for day, where in action["cells"].items() if day not in taken and day.startswith("2026-1"))
