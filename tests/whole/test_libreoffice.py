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

from okrsheets.words.grid import a1

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


def _empty_box(seen: dict[str, Any]) -> str:
    """The box of a day that is neither ticked nor skipped."""
    action = seen["actions"][0]
    taken = {*action["ticks"], *action["skips"]}
    return next(str(where) for day, where in action["cells"].items() if day not in taken and day.startswith("2026-1"))
