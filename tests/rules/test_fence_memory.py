"""What the last sync saw, in a cell of the Summary: written and read back, and whatever became of it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from desks import LANGUAGES, PLAN, Q4, Desk
from hypothesis import example, given
from hypothesis import strategies as st

from okrsheets.rules.differences import differences
from okrsheets.rules.fence import fence
from okrsheets.rules.fence.memory import as_text, from_text, memory, remembered
from okrsheets.rules.fence.seen import MOST_IDS, Measure, Seen, SeenTable, see
from okrsheets.rules.layout import describe
from okrsheets.rules.report import compute
from okrsheets.rules.summary import summarise
from okrsheets.rules.summary.places import HEAD_NAME, MARK, SEEN_ROW
from okrsheets.rules.tables import TABLES
from okrsheets.words.grid import Address
from okrsheets.words.period import LONGEST, Period
from okrsheets.words.plan import Action

PLACE = Address("Overzicht", SEEN_ROW, MARK)
TEXT = (
    "theme settings=1 start=2026-09-28 weeks=14; objectives rows=6 titles=6 ids=KR1,KR2,KR3,KR4,O1,O2; "
    "actions rows=4 titles=4 days=98 ticks=0 ids=A1,A2,A3,A4; "
    "kpis rows=5 titles=5 weeks=14 numbers=0 ids=K1,K2,K3,K4,K5"
)

counts = st.dictionaries(
    st.sampled_from([each for each in Measure if each is not Measure.IDS]), st.integers(0, 999_999)
)
ids = st.frozensets(st.from_regex(r"[A-Za-z0-9_.-]{1,20}", fullmatch=True), max_size=MOST_IDS)
mondays = st.integers(0, 400_000).map(lambda week: date.fromordinal(1 + 7 * week))
sights = st.builds(
    Seen,
    st.dictionaries(st.sampled_from([table.key for table in TABLES]), st.builds(SeenTable, counts, ids)),
    st.none() | st.builds(Period, mondays, st.integers(1, LONGEST)),
    st.none() | st.booleans(),
)


def test_what_is_seen_is_a_plain_text_in_the_hidden_column() -> None:
    desk = Desk()
    ((place, content),) = memory(desk.made, desk.store.read()).items()
    assert (place, content.value, content.link) == (PLACE, TEXT, None)
    summary = describe(PLAN, Q4, LANGUAGES[0]).tabs[-1]
    assert summary.title == place.tab
    assert [columns.hidden for columns in summary.columns if columns.first == MARK] == [True]


def test_its_cell_is_no_cell_of_the_summary_that_a_person_sees() -> None:
    desk = Desk()
    assert PLACE not in summarise(compute(desk.made, date(2026, 11, 23)), LANGUAGES[0])


@given(sights)
def test_what_was_written_is_read_back(seen: Seen) -> None:
    assert from_text(as_text(seen)) == seen


def test_rows_in_another_order_are_nothing_new() -> None:
    turned = Desk(replace(PLAN, actions=PLAN.actions[::-1], kpis=PLAN.kpis[::-1]))
    assert as_text(see(turned.made, turned.store.read())) == TEXT


def test_ids_made_from_titles_are_no_anchors() -> None:
    desk = Desk(replace(PLAN, actions=(Action("A1", "One"), Action("", "Two"), Action("my id", "Three"))))
    seen = see(desk.made, desk.store.read()).table("actions")
    assert (sorted(seen.ids), seen.count(Measure.ROWS)) == (["A1"], 3)


@pytest.mark.parametrize(
    "text", ["", "0", "theme", ";;;", "actions", "=;=,=", "actions rows=²", "theme start=x weeks=y"]
)
def test_an_odd_text_says_nothing(text: str) -> None:
    desk = Desk()
    desk.store.fill(PLACE, text)
    seen = remembered(desk.made, desk.store.read())
    assert (seen.period, seen.settings) == (None, None)
    assert all(not table.counts and not table.ids for table in seen.tables.values())
    fence(desk.made, desk.store.read())


def test_a_part_that_makes_sense_is_kept() -> None:
    seen = from_text("actions rows=a lot ticks=41 ids=A1,?,A2; theme start=2026-09-29 weeks=14 settings=0")
    assert seen == Seen({"actions": SeenTable({Measure.TICKS: 41}, frozenset(("A1", "A2")))}, None, False)


@given(st.text() | st.text(st.sampled_from("theme;actions rows=0123456789,startids-weeks=14²")))
@example("theme start=9999-12-27 weeks=26")
@example("theme start=0001-01-01 weeks=0")
@example("theme start=2026-09-28 weeks=" + "9" * 9000)
@example(TEXT.replace("=", "=="))
@example(TEXT[: len(TEXT) // 2])
def test_whatever_somebody_makes_of_it_is_read(text: str) -> None:
    seen = from_text(text)
    assert from_text(as_text(seen)) == seen


@pytest.mark.parametrize("value", [41, True, None])
def test_another_value_than_a_text_says_nothing(value: float | bool | None) -> None:
    desk = Desk()
    desk.store.fill(PLACE, value)
    assert remembered(desk.made, desk.store.read()) == Seen()


def test_without_its_place_nothing_is_remembered() -> None:
    desk = Desk()
    reading = desk.store.read()
    lost = replace(desk.made, summary={name: area for name, area in desk.made.summary.items() if name != HEAD_NAME})
    assert (memory(lost, reading), remembered(lost, reading)) == ({}, Seen())


def test_the_memory_is_the_same_for_the_same_cells() -> None:
    desk = Desk()
    reading = desk.store.read()
    desk.store.write(differences(reading, memory(desk.made, reading)), reading)
    again = desk.store.read()
    assert differences(again, memory(desk.read(), again)) == ()
