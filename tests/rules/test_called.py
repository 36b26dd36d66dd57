"""What a period is called where people read it."""

from __future__ import annotations

from datetime import date

import pytest

from okrsheets.edges.languages import language
from okrsheets.rules.called import called
from okrsheets.words.period import Period, quarter


@pytest.mark.parametrize(
    ("period", "english", "dutch"),
    [
        (quarter(2026, 4), "2026-Q4", "2026-Q4"),
        (Period(date(2026, 10, 12), 13), "weeks 42 to 1", "week 42 t/m 1"),
        (Period(date(2026, 12, 28), 1), "week 53", "week 53"),
    ],
)
def test_a_quarter_by_its_name_any_other_period_by_its_weeks(period: Period, english: str, dutch: str) -> None:
    assert language("en").say(called(period)) == english
    assert language("nl").say(called(period)) == dutch
