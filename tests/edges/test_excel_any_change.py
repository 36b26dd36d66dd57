"""Any changes of any Summary are made, and disturb nothing; openpyxl is the second reader."""

from __future__ import annotations

import io
import warnings
from typing import Any

import openpyxl
from excel_files import SUMMARY, changed_members, patch, plan_workbook
from hypothesis import given, settings
from hypothesis import strategies as st

from okrsheets.edges.excel.making.builder import build
from okrsheets.edges.excel.reading.texts import decoded
from okrsheets.words.grid import Spot, Value, a1
from okrsheets.words.workbook import Entry

Seen = dict[Spot, tuple[object, object, int]]
SPOTS = st.tuples(st.integers(1, 12), st.integers(1, 8))
TEXTS = st.text(st.characters(codec="utf-8"), max_size=20) | st.sampled_from(["=1", "_x0041_", " a ", "TRUE", "1,5"])
NUMBERS = st.floats(allow_nan=False, allow_infinity=False) | st.integers(-(10**12), 10**12).map(float)
VALUES: st.SearchStrategy[Value] = st.none() | st.booleans() | NUMBERS | TEXTS
PLACES = st.none() | st.sampled_from(["KPI's!A1", "Overzicht!B2", "A!B!C3"])
STEPS = st.lists(st.dictionaries(SPOTS, st.tuples(VALUES, PLACES), min_size=1, max_size=12), min_size=1, max_size=3)


def seen(data: bytes, title: str) -> Seen:
    """Values, links and styles of a tab."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        sheet = openpyxl.load_workbook(io.BytesIO(data))[title]
    return {(cell.row, cell.column): _seen(cell) for row in sheet.iter_rows() for cell in row}


def _seen(cell: Any) -> tuple[object, object, int]:
    """openpyxl leaves `_xHHHH_` as it is stored."""
    value = decoded(cell.value) if isinstance(cell.value, str) else cell.value
    return value, cell.hyperlink.location if cell.hyperlink else None, cell.style_id


def to_be_seen(value: Value, link: str | None) -> tuple[object, object]:
    """openpyxl shows the place of a link in a cell that holds nothing else."""
    place = None if link is None else "'{}'!{}".format(*link.replace("'", "''").rsplit("!", 1))
    return (place if value in (None, "") else value), place


@settings(max_examples=25, deadline=None)
@given(start=st.dictionaries(SPOTS, VALUES, max_size=20), steps=STEPS)
def test_any_changes_are_made_and_disturb_nothing(
    start: dict[Spot, Value], steps: list[dict[Spot, tuple[Value, str | None]]]
) -> None:
    data = build(plan_workbook(**{a1(spot): Entry(value) for spot, value in start.items()}))
    others, before = seen(data, "KPI's"), seen(data, "Overzicht")
    for step in steps:
        old, data = data, patch(data, *((spot, value, link) for spot, (value, link) in step.items()))
        assert changed_members(old, data) <= {SUMMARY}
        after = seen(data, "Overzicht")
        for spot, (value, link) in step.items():
            style = before.get(spot, (None, None, 0))[2]
            assert after.get(spot, (None, None, style)) == (*to_be_seen(value, link), style)
        for spot in (before.keys() | after.keys()) - step.keys():
            assert after.get(spot, (None, None, 0)) == before.get(spot, (None, None, 0))
        before = after
    assert seen(data, "KPI's") == others
