"""The fence: accidents stop, decisions and everything that is added pass."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest
from desks import LANGUAGES, PLAN, Q4, Desk
from hypothesis import given, settings
from hypothesis import strategies as st

from okrsheets.rules.differences import differences
from okrsheets.rules.fence import fence
from okrsheets.rules.fence.losses import counted, is_lost
from okrsheets.rules.fence.memory import memory
from okrsheets.rules.fence.seen import Measure, see
from okrsheets.rules.readback import read_back
from okrsheets.rules.tables import ACTIONS, KPIS, OBJECTIVES, TABLES, Table
from okrsheets.words.errors import Emptied, Vanished, VanishedOnline
from okrsheets.words.grid import Address
from okrsheets.words.period import Period, Week, quarter
from okrsheets.words.plan import Action, CheckIns, Kpi, KpiKind, Pulse
from okrsheets.words.workbook import Written

EN = LANGUAGES[1]
DAYS = [date(2026, 10, day) for day in (5, 6, 7, 8)]
WEEKS = [Week.parse(f"2026-W{number}") for number in (41, 42, 43)]
FILLED = CheckIns(
    values={"K1": dict(zip(WEEKS, (13.0, 12.0, 9.0), strict=True)), "K2": {WEEKS[0]: 2.0}},
    ticks={"A1": frozenset(DAYS[:3]), "A2": frozenset(DAYS[3:])},
)


def remember(desk: Desk) -> None:
    """What a sync leaves for the next one."""
    reading = desk.store.read()
    desk.store.write(differences(reading, memory(desk.read(), reading)), reading)


def synced(check_ins: CheckIns = FILLED) -> Desk:
    """A workbook that was filled in and synced."""
    desk = Desk(check_ins=check_ins)
    remember(desk)
    return desk


def pass_fence(desk: Desk) -> None:
    fence(desk.read(), desk.store.read())


def stopped(desk: Desk) -> str:
    """What the fence says."""
    with pytest.raises(Vanished) as raised:
        pass_fence(desk)
    return EN.say(raised.value.facts["what"])  # type: ignore[arg-type]


def rows_of(desk: Desk, table: Table) -> list[int]:
    """The rows of a table when the workbook was made."""
    field = table.columns[1].key
    items = {OBJECTIVES: PLAN.objectives + PLAN.key_results, ACTIONS: PLAN.actions, KPIS: PLAN.kpis}[table]
    return sorted(desk.where(item.id, field).row for item in items)


def clear(desk: Desk, table: Table, rows: list[int], columns: range = range(1, 400)) -> None:
    """Selects cells and presses Delete."""
    area = desk.store.read().names[table.name("id")]
    assert area
    for row, column in list(desk.store.read().grids[area.tab].cells):
        if row in rows and column in columns:
            desk.store.fill(Address(area.tab, row, column), None)


# Accidents


@pytest.mark.parametrize(
    ("table", "kept", "told"),
    [
        (OBJECTIVES, 2, "Doelen: 6 rows at the last sync, now 2"),
        (OBJECTIVES, 0, "Doelen: 6 rows at the last sync, now none"),
        (ACTIONS, 1, "Acties: 4 rows at the last sync, now 1"),
        (ACTIONS, 0, "Acties: 4 rows at the last sync, now none"),
        (KPIS, 2, "KPI's: 5 rows at the last sync, now 2"),
    ],
)
def test_a_truncated_tab_is_told_in_rows(table: Table, kept: int, told: str) -> None:
    desk = synced()
    clear(desk, table, rows_of(desk, table)[kept:])
    assert stopped(desk) == told


@pytest.mark.parametrize(("table", "kept"), [(OBJECTIVES, 3), (ACTIONS, 2), (KPIS, 3)])
def test_half_of_the_rows_may_go(table: Table, kept: int) -> None:
    desk = synced()
    clear(desk, table, rows_of(desk, table)[kept:])
    pass_fence(desk)


def test_a_column_of_titles_that_was_cleared_is_told_apart_from_lost_rows() -> None:
    desk = synced()
    clear(desk, KPIS, rows_of(desk, KPIS), range(2, 3))
    assert stopped(desk) == "KPI's: 5 titles at the last sync, now none"


def test_ids_that_are_gone_from_rows_that_are_there_are_told_as_such() -> None:
    desk = synced()
    clear(desk, ACTIONS, rows_of(desk, ACTIONS), range(1, 2))
    told = "Acties: 4 ids in the hidden first column at the last sync, now none, though the rows are there"
    assert stopped(desk) == told


def test_other_ids_are_not_those_that_were_seen() -> None:
    desk = synced()
    for n, row in enumerate(rows_of(desk, ACTIONS)[1:]):
        desk.store.fill(Address("Acties", row, 1), f"X{n}")
    assert "now 1, though the rows" in stopped(desk)


def test_all_ticks_gone_stops_and_one_that_is_left_does_not() -> None:
    desk = synced()
    for day in DAYS[:3]:
        desk.type("A1", day.isoformat(), False)
    pass_fence(desk)
    desk.type("A2", DAYS[3].isoformat(), None)
    assert stopped(desk) == "Acties: 4 ticks at the last sync, now none"


def test_ticks_that_became_something_else_are_gone_too() -> None:
    desk = synced()
    for item, day in [*(("A1", day) for day in DAYS[:3]), ("A2", DAYS[3])]:
        desk.type(item, day.isoformat(), "VERDADERO")
    assert stopped(desk) == "Acties: 4 ticks at the last sync, now none"


def test_all_numbers_gone_stops() -> None:
    desk = synced()
    for week in WEEKS:
        desk.type("K1", str(week), None)
    pass_fence(desk)
    desk.type("K2", str(WEEKS[0]), None)
    assert stopped(desk) == "KPI's: 4 numbers at the last sync, now none"


@pytest.mark.parametrize(
    ("table", "item", "told"),
    [
        (ACTIONS, "A1", "Acties: 98 columns with a day at the last sync, now 14"),
        (KPIS, "K1", "KPI's: 14 columns with a week at the last sync, now 2"),
    ],
)
def test_a_tab_that_was_cut_off_at_a_column_is_told_in_columns(table: Table, item: str, told: str) -> None:
    desk = synced()
    third = WEEKS[1].monday.isoformat() if table is ACTIONS else str(WEEKS[1])
    heading = rows_of(desk, table)[0] - 1
    clear(desk, table, [heading, *rows_of(desk, table)], range(desk.where(item, third).column, 400))
    assert stopped(desk) == told


def test_a_period_that_leaves_all_ticks_and_numbers_outside_is_told_as_such() -> None:
    desk = synced()
    start = desk.store.read().names["okr_start"]
    assert start
    desk.store.fill(start.first, quarter(2027, 4).start)
    assert stopped(desk) == (
        "Acties: 4 ticks at the last sync, now none, since the period was 2026-Q4 and is 2027-W40/2028-W01; "
        "KPI's: 4 numbers at the last sync, now none, since the period was 2026-Q4 and is 2027-W40/2028-W01"
    )


def test_a_theme_tab_of_which_everything_was_deleted_stops() -> None:
    desk = synced()
    clear_theme(desk)
    with pytest.raises(Emptied) as raised:
        pass_fence(desk)
    assert raised.value.facts["tab"] == "Kwartaalthema"


def test_names_that_are_gone_empty_no_tab() -> None:
    """The headings and labels lead to all that is there: the fence sees what everybody sees."""
    desk = synced()
    for names in ({}, dict.fromkeys(desk.store.read().names)):
        reading = replace(desk.store.read(), names=names)
        fence(read_back(reading, LANGUAGES), reading)


def clear_theme(desk: Desk) -> None:
    for row, column in list(desk.store.read().grids["Kwartaalthema"].cells):
        desk.store.fill(Address("Kwartaalthema", row, column), None)


def test_the_error_says_where_what_and_what_to_do() -> None:
    desk = synced()
    clear(desk, ACTIONS, rows_of(desk, ACTIONS)[1:])
    with pytest.raises(Vanished) as raised:
        pass_fence(desk)
    told = EN.say(raised.value.message)
    assert told == "plan.xlsx: Acties: 4 rows at the last sync, now 1. Nothing was written."
    assert "--force" in EN.say(raised.value.advice)


def test_in_google_sheets_another_way_leads_back() -> None:
    desk = synced()
    clear(desk, ACTIONS, rows_of(desk, ACTIONS)[1:])
    with pytest.raises(VanishedOnline) as raised:
        fence(desk.read(), replace(desk.store.read(), kind="google"))
    assert "Version history" in EN.say(raised.value.advice)
    assert "undo" not in EN.say(raised.value.advice)


def test_a_tab_that_has_lost_its_name_is_called_by_its_title() -> None:
    desk = synced()
    clear(desk, ACTIONS, rows_of(desk, ACTIONS)[1:])
    reading = desk.store.read()
    reading = replace(reading, names={**reading.names, "okr_actions_id": None})
    with pytest.raises(Vanished) as raised:
        fence(desk.read(), reading)
    assert "Actions: 4 rows" in EN.say(raised.value.message)


# Decisions


def test_another_period_that_holds_the_ticks_passes() -> None:
    """Fewer weeks are fewer columns that count: a decision, not a tab that was cut off."""
    desk = synced()
    weeks = desk.store.read().names["okr_weeks"]
    assert weeks
    desk.store.fill(weeks.first, 4)
    assert desk.read().about.period == Period(Q4.start, 4)
    pass_fence(desk)


def test_kpis_that_are_all_counted_by_the_month_tell_nothing_about_the_weeks() -> None:
    desk = synced(CheckIns())
    for item in ("K1", "K2", "K3"):
        address = replace(desk.where(item, "name"), column=KPIS.position("cadence"))
        desk.store.fill(address, "maand")
    assert {kpi.cadence for kpi in desk.read().plan.kpis if kpi.kind is not KpiKind.RATIO} == {Pulse.MONTH}
    pass_fence(desk)


def test_what_was_accepted_once_passes_from_then_on() -> None:
    desk = synced()
    for table in (ACTIONS, KPIS, OBJECTIVES):
        clear(desk, table, rows_of(desk, table))
    clear_theme(desk)
    with pytest.raises(Vanished):
        pass_fence(desk)
    remember(desk)
    pass_fence(desk)


def test_a_single_row_that_was_the_last_is_an_emptied_tab() -> None:
    desk = synced(CheckIns())
    clear(desk, ACTIONS, rows_of(desk, ACTIONS)[1:])
    remember(desk)
    clear(desk, ACTIONS, rows_of(desk, ACTIONS))
    with pytest.raises(Emptied) as raised:
        pass_fence(desk)
    assert raised.value.facts["tab"] == "Acties"


@pytest.mark.parametrize(
    ("measure", "old", "new", "lost"),
    [
        (Measure.ROWS, 2, 0, False),
        (Measure.ROWS, 3, 1, True),
        (Measure.ROWS, 4, 2, False),
        (Measure.ROWS, 5, 2, True),
        (Measure.TICKS, 2, 0, False),
        (Measure.TICKS, 3, 0, True),
        (Measure.TICKS, 400, 1, False),
        (Measure.NUMBERS, 3, 0, True),
    ],
)
def test_how_many_are_a_loss(measure: Measure, old: int, new: int, lost: bool) -> None:
    assert is_lost(measure, old, new) is lost


def test_every_measure_has_words_for_one_and_for_more() -> None:
    said = {EN.say(counted(measure, count)) for measure in Measure for count in (1, 2)}
    assert len(said) == 2 * len(Measure)


def test_key_results_above_which_no_objective_stands_make_no_row_more() -> None:
    desk = synced()
    clear(desk, OBJECTIVES, [desk.where("O1", "title").row, desk.where("O2", "title").row])
    seen = see(desk.read(), desk.store.read()).table(OBJECTIVES.key)
    assert (seen.count(Measure.ROWS), sorted(seen.ids)) == (4, ["KR1", "KR2", "KR3", "KR4"])


# Whatever is added or changed passes

Edit = Callable[[Desk], None]
TEXTS = st.text(st.characters(codec="utf-8", exclude_categories=("Cs", "Cc")), min_size=1, max_size=12).map("x".__add__)
TITLED = (("O1", "title"), ("KR2", "title"), ("A1", "title"), ("A3", "title"), ("K2", "name"), ("theme", "title"))


def typing(item: str, field: str, value: Written) -> Edit:
    return lambda desk: desk.store.fill(desk.where(item, field), value)


def ticking() -> st.SearchStrategy[Edit]:
    days = st.dates(Q4.start, Q4.end).map(date.isoformat)
    return st.builds(typing, st.sampled_from(("A1", "A2", "A3", "A4")), days, st.sampled_from([True, "x", "ja", 1]))


def counting() -> st.SearchStrategy[Edit]:
    weeks = st.sampled_from(list(Q4)).map(str)
    return st.builds(typing, st.sampled_from(("K1", "K2", "K3")), weeks, st.floats(0, 1e6))


def retitling() -> st.SearchStrategy[Edit]:
    return st.builds(lambda at, text: typing(at[0], at[1], text), st.sampled_from(TITLED), TEXTS)


def adding() -> st.SearchStrategy[Edit]:
    def add(table: Table, place: int, title: str, id: str | None) -> Edit:
        def edit(desk: Desk) -> None:
            area = desk.store.read().names[table.name("id")]
            assert area
            desk.store.fill(Address(area.tab, rows_of(desk, table)[-1] + place, 2), title)
            desk.store.fill(Address(area.tab, rows_of(desk, table)[-1] + place, 1), id)

        return edit

    ids = st.none() | st.sampled_from(["A1", "K1", "KR1", "Z9", "my id", "~", "é;,="])
    return st.builds(add, st.sampled_from(TABLES), st.integers(1, 6), TEXTS, ids)


def forgetting() -> st.SearchStrategy[Edit]:
    return st.just(remember)


@settings(deadline=None, max_examples=60)
@given(
    st.sampled_from([CheckIns(), FILLED]),
    st.lists(st.one_of(ticking(), counting(), retitling(), adding(), forgetting()), max_size=12),
)
def test_no_addition_and_no_edit_is_ever_stopped(check_ins: CheckIns, edits: list[Edit]) -> None:
    desk = synced(check_ins)
    for edit in edits:
        edit(desk)
        pass_fence(desk)


def test_a_plan_of_the_widest_tables_is_remembered() -> None:
    wide = replace(
        PLAN,
        actions=tuple(Action(f"A{n}", f"Action {n}") for n in range(1, 300)),
        kpis=(*PLAN.kpis, *(Kpi(f"K{n}", f"KPI {n}") for n in range(6, 300))),
    )
    desk = Desk(wide)
    reading = desk.store.read()
    (content,) = memory(desk.made, reading).values()
    assert isinstance(content.value, str)
    assert len(content.value) < 32_767
    remember(desk)
    pass_fence(desk)
    clear(desk, ACTIONS, list(range(desk.where("A140", "title").row, desk.where("A299", "title").row + 1)))
    assert stopped(desk).startswith("Acties: 299 rows at the last sync, now 139")
