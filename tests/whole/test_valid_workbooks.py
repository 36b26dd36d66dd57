"""Microsoft's own judge of workbooks, the Open XML SDK, on what okrsheets makes and changes."""

from __future__ import annotations

import json
import os
import subprocess
from pathlib import Path

import pytest
from person import Person

from okrsheets.edges import templates

VALIDATOR = Path(__file__).parents[2] / "node_modules" / ".bin" / "ooxml-validator"

pytestmark = pytest.mark.system


@pytest.fixture
def faults() -> object:
    """The SDK's errors in a file. Installed by `make validator`."""
    if not VALIDATOR.exists() and os.environ.get("OKRSHEETS_REQUIRE_ALL") == "1":
        pytest.fail("the validator is not installed: make validator")
    if not VALIDATOR.exists():
        pytest.skip("the validator is not installed: make validator")

    def judge(workbook: Path) -> list[object]:
        told = subprocess.run([str(VALIDATOR), str(workbook)], capture_output=True, text=True, timeout=120)
        verdict = json.loads(told.stdout)
        assert isinstance(verdict["errors"], list)
        return list(verdict["errors"])

    return judge


@pytest.mark.parametrize("code", ["nl", "en"])
@pytest.mark.parametrize("name", templates.names())
def test_workbooks_are_valid_when_made_and_when_synced(name: str, code: str, person: Person, faults: object) -> None:
    assert callable(faults)
    person.okr("new", name, "plan.xlsx", "--quarter", "2026-Q4", "--lang", code)
    assert faults(person.folder / "plan.xlsx") == []
    person.okr("sync", "plan.xlsx", "--today", "2026-11-29")
    assert faults(person.folder / "plan.xlsx") == []


@pytest.mark.parametrize("code", ["nl", "en"])
def test_the_demo_is_valid(code: str, person: Person, faults: object) -> None:
    assert callable(faults)
    person.okr("demo", ".", "--lang", code)
    (workbook,) = person.folder.glob("*.xlsx")
    assert faults(workbook) == []
