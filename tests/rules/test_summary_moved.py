"""Rows and columns that a person puts into the Summary, or takes out of it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from desks import LANGUAGES, PLAN, Desk

from okrsheets.rules.report import compute
from okrsheets.rules.summary import places, stamps, summarise
from okrsheets.words.errors import SummaryReshaped
from okrsheets.words.grid import Address, Area, Content
from okrsheets.words.report import Report

EN = LANGUAGES[1]
TODAY = date(2026, 11, 29)


def report(name: str = "", rows: int = 0, columns: int = 0) -> Report:
    """A report on a workbook in which one place of the Summary has so many rows and columns more."""
    made = compute(Desk(PLAN, "en").made, TODAY)
    areas = dict(made.snapshot.summary)
    if name:
        area = areas[name]
        assert area
        areas[name] = replace(area, bottom=area.bottom + rows, right=area.right + columns)
    return replace(made, snapshot=replace(made.snapshot, summary=areas))


def head(of: Report) -> Area:
    area = of.snapshot.summary[places.HEAD_NAME]
    assert area
    return area


def test_words_that_a_new_row_pushed_down_are_taken_away() -> None:
    """Whichever row of the head it was: what stood in a row below is written in its row or gone."""
    grown = report(places.HEAD_NAME, rows=2)
    contents, area = summarise(grown, EN), head(grown)
    assert {**contents, **summarise(report(), EN)} == contents
    for row in range(places.HEADLINES, 8):
        for column in (places.OF, places.WORDS):
            assert contents[Address(area.tab, row, column)] == Content()
    for row in (6, 7):
        assert contents[Address(area.tab, row, places.TEXT)] == Content()


@pytest.mark.parametrize("name", places.NAMES)
@pytest.mark.parametrize("columns", [-1, 1, 2])
def test_a_column_more_or_less_is_told(name: str, columns: int) -> None:
    of = report(name, columns=columns)
    with pytest.raises(SummaryReshaped) as refused:
        summarise(of, EN)
    area = of.snapshot.summary[name]
    assert area
    assert refused.value.facts["where"] == f"{area.tab}!{area.a1}"


def test_a_head_that_lost_a_row_is_told() -> None:
    of = report(places.HEAD_NAME, rows=-1)
    with pytest.raises(SummaryReshaped):
        summarise(of, EN)
    with pytest.raises(SummaryReshaped):
        stamps(of)


@pytest.mark.parametrize("name", [places.LINES_NAME, places.WEEKLY_NAME, places.STAGES_NAME])
@pytest.mark.parametrize("rows", [-1, 3])
def test_elsewhere_rows_may_come_and_go(name: str, rows: int) -> None:
    of = report(name, rows=rows)
    area = of.snapshot.summary[name]
    assert area
    written = {address for address in summarise(of, EN) if address.spot in area}
    assert len(written) == (area.bottom - area.top + 1) * (area.right - area.left + 1)
