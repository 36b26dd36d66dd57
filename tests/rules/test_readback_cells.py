"""What a person types into single cells: dates for numbers, numbers as text, ticks in many ways."""

from __future__ import annotations

from datetime import date

import pytest
from desks import LANGUAGES, Q4, Desk, with_cells

from okrsheets.rules.readback import read_back
from okrsheets.rules.typed.letters import plain
from okrsheets.words.grid import Cell, Kind, Value
from okrsheets.words.period import Week
from okrsheets.words.snapshot import Snapshot

WEEK_40 = Week.parse("2026-W40")


def filled(item: str, field: str, cell: Cell, code: str = "nl") -> Snapshot:
    desk = Desk(code=code)
    place = desk.where(item, field)
    return read_back(with_cells(desk.store.read(), place.tab, {place.spot: cell}), LANGUAGES)


def number(value: float, dated: bool = True, formula: str | None = None) -> Cell:
    return Cell(Kind.NUMBER, value, formula, dated=dated)


MAY = 46143.0
"""1 May 2026: what a spreadsheet makes of `1-5`."""
SHOWN = {
    MAY: "1 mei 2026",
    MAY + 0.5: "1 mei 2026",
    0.3125: "7:30",
    1.25: "30:00",
    0.99999: "24:00",
    166.0: "14 jun 1900",
    -1.0: "-1",
    3e6: "3e+06",
}


@pytest.mark.parametrize(("value", "shown"), SHOWN.items())
@pytest.mark.parametrize(
    ("item", "field"),
    [("K1", "2026-W40"), ("K1", "target"), ("KR4", "current"), ("theme", "price"), ("K1", "lag_weeks")],
)
def test_a_date_where_a_number_belongs_is_told_and_does_not_count(
    item: str, field: str, value: float, shown: str
) -> None:
    snapshot = filled(item, field, number(value))
    (problem,) = snapshot.problems
    assert (problem.where, problem.found) == (Desk().where(item, field), shown)
    assert "datum" in LANGUAGES[0].say(problem.hint) or "date" in LANGUAGES[0].say(problem.hint)
    assert snapshot.check_ins.values["K1"] == {}


def test_a_date_is_told_in_the_language_of_the_workbook() -> None:
    assert [problem.found for problem in filled("K1", "2026-W40", number(MAY), "en").problems] == ["1 May 2026"]


def test_a_formula_that_shows_a_date_is_no_number_either() -> None:
    assert len(filled("K1", "2026-W40", number(MAY, formula="TODAY()-1")).problems) == 1


def test_the_same_number_shown_as_a_number_counts() -> None:
    assert filled("K1", "2026-W40", number(MAY, dated=False)).check_ins.values["K1"] == {WEEK_40: MAY}


@pytest.mark.parametrize("value", [MAY, 1.0, 0.5])
def test_a_date_in_a_box_is_told_and_no_tick(value: float) -> None:
    snapshot = filled("A1", "2026-09-28", number(value))
    assert snapshot.check_ins.ticks["A1"] == frozenset()
    assert len(snapshot.problems) == 1


def test_dates_are_dates_where_they_belong_also_without_their_format() -> None:
    for dated in (True, False):
        assert filled("theme", "days_off", number(46314.0, dated)).plan.theme.days_off == (date(2026, 10, 19),)
        assert filled("A4", "due", number(46314.0, dated)).plan.actions[3].due == date(2026, 10, 19)


@pytest.mark.parametrize("words", ["19 okt", "19-10", "ma 19 oktober 2026", "19-10-26"])
def test_a_day_off_may_be_typed_as_people_write_it(words: str) -> None:
    assert filled("theme", "days_off", Cell(Kind.TEXT, words)).plan.theme.days_off == (date(2026, 10, 19),)


def test_a_title_that_became_a_date_is_shown_as_one() -> None:
    assert filled("A1", "title", number(MAY)).plan.actions[0].title == "1 mei 2026"


NUMBERS: dict[str, float] = {
    "1.250,50": 1250.5,
    "€ 1.250": 1250,
    "€ 1.250,00": 1250,
    "€\u00a01.250,-": 1250,
    "12 %": 0.12,
    "12%": 0.12,
    "1\u00a0250": 1250,
    "1\u2009250,5": 1250.5,
    "1\u202f250": 1250,
    "1'250": 1250,
    "１２,５": 12.5,
    "１２％": 0.12,
    "\u200e12\u200f": 12,
    "\u202d12\u202c": 12,
    "\ufeff12": 12,
    "−3": -3,
    "－3": -3,
    "12,0": 12,
    " 12 ": 12,
    "'12"[1:]: 12,
}


@pytest.mark.parametrize(("text", "value"), NUMBERS.items(), ids=map(ascii, NUMBERS))
def test_a_number_as_text_is_read(text: str, value: float) -> None:
    snapshot = filled("K1", "2026-W40", Cell(Kind.TEXT, text))
    assert (snapshot.check_ins.values["K1"], snapshot.problems) == ({WEEK_40: value}, ())


UNCLEAR = ("1.250", "12 stuks", "ca. 12", "12 of 13", "12?", "m²", "5²", "½", "1-5", "12:30", "-", "x", "٣")


@pytest.mark.parametrize("text", UNCLEAR, ids=map(ascii, UNCLEAR))
def test_a_text_that_is_not_clearly_one_number_is_told(text: str) -> None:
    snapshot = filled("K1", "2026-W40", Cell(Kind.TEXT, text))
    assert snapshot.check_ins.values["K1"] == {}
    (problem,) = snapshot.problems
    assert (problem.where, problem.found) == (Desk().where("K1", "2026-W40"), text)
    assert LANGUAGES[0].say(problem.hint)


TICKS: tuple[tuple[Kind, Value], ...] = (
    (Kind.BOOLEAN, True),
    (Kind.NUMBER, 1.0),
    *((Kind.TEXT, text) for text in ("x", "X", " x ", "v", "V", "✓", "✔", "✔️", "☑", "☑️", "ja", "JA", "yes", "WAAR")),
    *((Kind.TEXT, text) for text in ("TRUE", "1", "ｘ", "x\u200b", "\u00a0x")),
)


@pytest.mark.parametrize(("kind", "value"), TICKS, ids=lambda part: ascii(part))
@pytest.mark.parametrize("formula", [None, "1=1"])
def test_a_tick(kind: Kind, value: Value, formula: str | None) -> None:
    snapshot = filled("A1", "2026-09-28", Cell(kind, value, formula))
    assert (snapshot.check_ins.ticks["A1"], snapshot.problems) == ({Q4.start}, ())


@pytest.mark.parametrize("text", ["ONWAAR", "onwaar", "false", "0", "☐", "nee", "No", " ", "\u00a0", "\ufeff"])
def test_an_open_box(text: str) -> None:
    snapshot = filled("A1", "2026-09-28", Cell(Kind.TEXT, text))
    assert (snapshot.check_ins.ticks["A1"], snapshot.problems) == (frozenset(), ())


@pytest.mark.parametrize("text", ["-", "–", "—", "−", "－", " - "])
def test_a_skip(text: str) -> None:
    snapshot = filled("A1", "2026-09-28", Cell(Kind.TEXT, text))
    assert (snapshot.check_ins.skips["A1"], snapshot.problems) == ({Q4.start}, ())


STRANGE: tuple[tuple[Kind, Value], ...] = (
    *((Kind.NUMBER, number) for number in (2.0, -1.0, 0.5)),
    *((Kind.TEXT, text) for text in ("xx", "ok", "✗", "☒", "❌", "half", "1-5", "ziek", "?", "--")),
    (Kind.ERROR, "#REF!"),
    (Kind.UNCALCULATED, None),
)


@pytest.mark.parametrize(("kind", "value"), STRANGE, ids=lambda part: ascii(part))
def test_anything_else_in_a_box_is_told(kind: Kind, value: Value) -> None:
    snapshot = filled("A1", "2026-09-28", Cell(kind, value, "1=1" if kind is Kind.UNCALCULATED else None))
    assert snapshot.check_ins.ticks["A1"] == frozenset()
    assert [problem.where for problem in snapshot.problems] == [Desk().where("A1", "2026-09-28")]


def test_letters_that_look_alike_are_one() -> None:
    assert plain("\u202fＡ\u200bｂ－１\ufe0f\u3000") == "Ab-1"
    assert plain("é ñ 東 ☑") == "é ñ 東 ☑"
