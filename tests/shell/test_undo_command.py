"""`okrsheets undo`, and what else the disk has to say at the command line."""

from __future__ import annotations

import os
import stat
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from okrsheets.shell.faults import FAILED, TEMPORARY, USAGE

pytestmark = pytest.mark.filterwarnings("ignore::UserWarning:openpyxl")
TODAY = ("--today", "2026-11-23")


def type_into(path: Path) -> bytes:
    """A person's work after the sync."""
    book = openpyxl.load_workbook(path)
    book.worksheets[0]["C60"] = "my work"
    book.save(path)
    return path.read_bytes()


def test_undo_puts_back_the_file_from_before_the_last_sync(okr: Any, plan: Path) -> None:
    contents = [plan.read_bytes()]
    for day in ("2026-11-23", "2026-12-23"):
        assert okr("sync", plan, "--today", day).code == 0
        contents.append(plan.read_bytes())
    for before in reversed(contents[:-1]):
        answer = okr("undo", plan)
        assert (answer.code, answer.out, answer.err) == (0, "plan.xlsx is as it was before the last sync.\n", "")
        assert plan.read_bytes() == before
    answer = okr("undo", plan)
    assert answer.code == FAILED
    assert answer.lines[0] == "Stopped: plan.xlsx: there is nothing to undo."
    assert [path.name for path in Path().iterdir()] == ["plan.xlsx"]


def test_work_since_then_is_kept_when_it_is_forced(okr: Any, plan: Path) -> None:
    before = plan.read_bytes()
    okr("sync", plan, *TODAY)
    typed = type_into(plan)
    refused = okr("undo", plan)
    assert refused.code == FAILED
    assert "--force" in refused.lines[1]
    assert plan.read_bytes() == typed
    answer = okr("undo", plan, "--force")
    assert answer.code == 0
    kept = Path(answer.out.splitlines()[1].removeprefix("What stood there is kept as "))
    assert kept.read_bytes() == typed
    assert stat.S_IMODE(kept.stat().st_mode) == 0o600
    assert plan.read_bytes() == before


def test_undo_in_json(okr: Any, plan: Path) -> None:
    okr("sync", plan, *TODAY)
    typed = type_into(plan)
    assert set(okr("undo", plan, "--json").json) == {"error"}
    answer = okr("undo", plan, "--force", "--json").json
    assert answer["workbook"] == {"kind": "excel", "ref": "plan.xlsx"}
    assert Path(answer["kept"]).read_bytes() == typed
    assert answer["warnings"] == []


def test_an_open_workbook_is_not_undone(okr: Any, plan: Path) -> None:
    okr("sync", plan, *TODAY)
    after = plan.read_bytes()
    Path("~$plan.xlsx").touch()
    assert okr("undo", plan, "--force").code == TEMPORARY
    assert plan.read_bytes() == after


def test_a_workbook_that_is_not_there(okr: Any) -> None:
    assert okr("undo", "gone.xlsx").code == FAILED


def test_backups_are_where_the_environment_says(okr: Any, plan: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OKRSHEETS_STATE_DIR", "kept")
    before = plan.read_bytes()
    okr("sync", plan, *TODAY)
    assert [path.read_bytes() for path in Path("kept").glob("backups/*/*.xlsx")] == [before]
    monkeypatch.setenv("OKRSHEETS_STATE_DIR", str(plan.absolute()))
    answer = okr("sync", plan, "--today", "2026-12-23")
    assert answer.code == FAILED
    assert "OKRSHEETS_STATE_DIR" in answer.lines[1]


def test_what_a_new_workbook_replaced_can_be_had_back(okr: Any, plan: Path) -> None:
    before = plan.read_bytes()
    assert okr("new", "blank", plan, "--force").code == 0
    assert plan.read_bytes() != before
    assert okr("undo", plan).code == 0
    assert plan.read_bytes() == before


# Warnings


def test_conflict_copies_are_told_of(okr: Any, plan: Path) -> None:
    copy = Path("plan (Anna's conflicted copy 2026-11-23).xlsx")
    copy.touch()
    for way in ((), ("--dry-run",), ()):
        answer = okr("sync", plan, *TODAY, *way)
        assert answer.code == 0
        assert answer.lines[0].startswith(f"{copy} stands beside plan.xlsx:")
    answer = okr("sync", plan, "gone.xlsx", *TODAY, "--json")
    assert [len(each["warnings"]) for each in answer.json] == [1, 0]
    assert str(copy) in answer.json[0]["warnings"][0]
    assert answer.err == ""


# Settling


def test_a_file_that_was_just_saved_is_left_for_later(okr: Any, plan: Path) -> None:
    Path("mine.toml").write_text('settle = "10 minutes"\n', encoding="utf-8")
    answer = okr("sync", plan, "--config", "mine.toml", *TODAY)
    assert answer.code == TEMPORARY
    assert "600" in answer.lines[1]
    assert okr("report", plan, "--config", "mine.toml", *TODAY).code == 0
    os.utime(plan, (0, 0))
    assert okr("sync", plan, "--config", "mine.toml", *TODAY).code == 0


@pytest.mark.parametrize("text", ["10", "soon", "0 seconds", "1.5 hours"])
def test_a_settling_time_that_is_none(okr: Any, plan: Path, text: str) -> None:
    Path("mine.toml").write_text(f'settle = "{text}"\n', encoding="utf-8")
    answer = okr("undo", plan, "--config", "mine.toml")
    assert answer.code == USAGE
    assert f"settle: {text}" in answer.lines[0]
