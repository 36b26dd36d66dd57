"""A half year end to end: a real service with files and SQLite, on a laptop whose clock, lid and power are made up.

Two workbooks; fifty by night: `python -m tests.service_life`.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from pathlib import Path

import pytest

from tests.service_life.half_year import half_year
from tests.service_life.laptop import AMSTERDAM
from tests.service_life.slots import first_minute, newest_slot

PLANS = {"sundays": "sunday at 02:30", "often": "20 hours"}
"""The nights in which the clock changes; and now and then two slots of a day, of which the second has nothing to do."""


def test_a_half_year_on_a_laptop(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OKRSHEETS_STATE_DIR", str(tmp_path / "state"))
    known = half_year(tmp_path, PLANS)
    assert (known.kills > 20, known.edits > 20, known.written > 100) == (True, True, True)


@pytest.mark.parametrize(
    ("day", "first"),
    [
        (date(2026, 10, 24), datetime(2026, 10, 24, 0, 30, tzinfo=UTC)),
        (date(2026, 10, 25), datetime(2026, 10, 25, 0, 30, tzinfo=UTC)),
        (date(2026, 10, 26), datetime(2026, 10, 26, 1, 30, tzinfo=UTC)),
        (date(2027, 3, 28), datetime(2027, 3, 28, 1, 0, tzinfo=UTC)),
        (date(2027, 3, 29), datetime(2027, 3, 29, 0, 30, tzinfo=UTC)),
    ],
)
def test_who_counts_knows_both_changes_of_the_clock(day: date, first: datetime) -> None:
    assert first_minute(day, time(2, 30), AMSTERDAM) == first
    assert newest_slot("day at 02:30", first, AMSTERDAM) == first
