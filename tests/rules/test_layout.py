"""The description of the workbook: what a person finds when it is opened for the first time."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from itertools import pairwise

import pytest
from desks import PLAN, Q4

from okrsheets.edges import templates
from okrsheets.edges.languages import language
from okrsheets.rules import tables
from okrsheets.rules.actions.boxes import box_days
from okrsheets.rules.layout import describe
from okrsheets.rules.layout.actions import day_column
from okrsheets.rules.summary import places
from okrsheets.rules.units import is_share
from okrsheets.words.grid import Area
from okrsheets.words.period import Period, quarter
from okrsheets.words.plan import Action, Cadence, KeyResult, Kpi, KpiKind, Plan, Theme
from okrsheets.words.workbook import Choice, Link, NumberHint, Tab, Workbook

TITLES = {
    "nl": ("Kwartaalthema", "Doelen", "Acties", "KPI's", "Overzicht"),
    "en": ("Theme", "Objectives", "Actions", "KPIs", "Summary"),
}


def made(name: str = "high-ticket", code: str = "nl", period: Period = Q4) -> Workbook:
    return describe(templates.load(name).plan(code), period, language(code))


@pytest.mark.parametrize("code", ["nl", "en"])
def test_there_are_five_tabs_in_the_language_of_the_workbook(code: str) -> None:
    assert tuple(tab.title for tab in made(code=code).tabs) == TITLES[code]


@pytest.mark.parametrize("code", ["nl", "en"])
def test_every_name_points_into_its_own_tab(code: str) -> None:
    workbook = made(code=code)
    for name, area in workbook.names.items():
        assert area.tab in TITLES[code], name
        assert area.top <= area.bottom, name
        assert area.left <= area.right, name


def test_every_tab_leads_to_every_other() -> None:
    for tab in made().tabs:
        links = {entry.value.to.tab for entry in tab.entries.values() if isinstance(entry.value, Link)}
        assert links - {tab.title} == set(TITLES["nl"]) - {tab.title}


@pytest.mark.parametrize("period", [Q4, quarter(2027, 1), Period(date(2026, 9, 14), 26), Period(date(2026, 9, 14), 1)])
def test_every_week_is_one_click_away_and_above_the_boxes(period: Period) -> None:
    tab = made(period=period).tabs[2]
    own = [e.value for e in tab.entries.values() if isinstance(e.value, Link) and e.value.to.tab == tab.title]
    weeks = [link for link in own if link.text.startswith("W")]
    assert [link.text for link in weeks] == [f"W{week.number:02d}" for week in period]
    assert tab.frozen
    assert all(spot[0] < tab.frozen[0] for spot, e in tab.entries.items() if isinstance(e.value, Link))
    for link, week in zip(weeks, period, strict=True):
        days = [tab.entries[link.to.top, column].value for column in range(link.to.left, link.to.right + 1)]
        assert tuple(days) == week.days


def test_boxes_are_native_and_open() -> None:
    workbook = made()
    boxes = [entry for entry in workbook.tabs[2].entries.values() if entry.style.checkbox]
    assert len(boxes) == 14 * (7 + 7 + 2 + 1)
    assert all(entry.value is False for entry in boxes)


@pytest.mark.parametrize(
    ("action", "boxes"),
    [
        (Action("A1", "", Cadence.DAILY, 5), 14 * 7),
        (Action("A1", "", Cadence.WEEKLY, 1), 14),
        (Action("A1", "", Cadence.WEEKLY, 3), 14 * 3),
        (Action("A1", "", Cadence.WEEKLY, 7), 14 * 7),
        (Action("A1", "", Cadence.WEEKLY, 0), 14 * 7),
        (Action("A1", "", Cadence.MONTHLY, 1), 3),
        (Action("A1", "", Cadence.ONCE, 1), 1),
    ],
)
def test_there_is_a_box_each_time(action: Action, boxes: int) -> None:
    assert len(box_days(action, Q4)) == boxes


def test_a_single_action_s_box_is_at_its_due_date_else_at_the_end() -> None:
    once = Action("A1", "", Cadence.ONCE, 1)
    assert box_days(once, Q4) == {date(2027, 1, 1)}
    assert box_days(replace(once, due=date(2026, 10, 7)), Q4) == {date(2026, 10, 7)}
    assert box_days(replace(once, due=date(2027, 10, 7)), Q4) == {date(2027, 1, 1)}


def test_a_month_s_box_is_in_the_month_s_week() -> None:
    days = box_days(Action("A1", "", Cadence.MONTHLY, 1), Q4)
    assert days == {date(2026, 10, 30), date(2026, 11, 27), date(2027, 1, 1)}


def test_days_off_that_are_known_stand_on_the_theme_tab() -> None:
    days = tuple(date(2026, 10, day) for day in (19, 20, 21, 22, 23))
    tab = describe(replace(PLAN, theme=Theme(days_off=days)), Q4, language("nl")).tabs[0]
    assert tuple(entry.value for entry in tab.entries.values() if entry.value in days) == days


def test_texts_that_look_like_formulas_stay_texts() -> None:
    plan = replace(PLAN, theme=Theme(title="=1+1"), actions=(Action("A1", '=HYPERLINK("x")'),))
    workbook = describe(plan, Q4, language("en"))
    values = [entry.value for tab in workbook.tabs for entry in tab.entries.values()]
    assert "=1+1" in values
    assert '=HYPERLINK("x")' in values
    assert workbook.title == "=1+1"


def test_an_empty_plan_still_makes_a_workbook() -> None:
    workbook = describe(Plan(), quarter(2027, 1), language("en"))
    assert workbook.title == "2027-Q1"
    assert len(workbook.tabs) == 5


def test_shares_are_shown_as_percentages() -> None:
    ratio = Plan(kpis=(Kpi("K1", "Rate", KpiKind.RATIO), Kpi("K2", "Typed", unit="%"), Kpi("K3", "Count")))
    shares = [is_share(KeyResult("KR1", "", kpi=kpi), ratio) for kpi in ("K1", "K2", "K3", None)]
    assert shares == [True, True, False, False]
    assert is_share(KeyResult("KR1", "", unit="%"), ratio)


@pytest.mark.parametrize("code", ["nl", "en"])
@pytest.mark.parametrize("name", templates.names())
def test_excel_s_own_limits_are_kept(name: str, code: str) -> None:
    for tab in made(name, code).tabs:
        assert len(tab.title) <= 31
        for help in (*tab.choices, *tab.hints):
            assert len(help.title) <= 32
            assert len(help.hint) <= 255
        for choice in tab.choices:
            assert len(",".join(choice.options)) <= 255
            assert not any("," in option for option in choice.options)


def test_no_two_rules_for_typing_share_a_cell() -> None:
    for tab in made("social").tabs:
        areas = sorted((rule.area for rule in _rules(tab)), key=lambda area: (area.left, area.top))
        for one, other in pairwise(areas):
            assert not _overlap(one, other), f"{tab.title}: {one.a1} and {other.a1}"


def test_the_columns_of_a_table_stand_where_the_names_say() -> None:
    workbook = made()
    for table in tables.TABLES:
        for column in table.columns:
            assert workbook.names[table.name(column.key)].left == table.position(column.key)


def _rules(tab: Tab) -> tuple[Choice | NumberHint, ...]:
    return (*tab.choices, *tab.hints)


def _overlap(one: Area, other: Area) -> bool:
    across = one.left <= other.right and other.left <= one.right
    return across and one.top <= other.bottom and other.top <= one.bottom


@pytest.mark.parametrize(("name", "charts"), [("high-ticket", 2), ("low-ticket", 2), ("social", 1), ("blank", 1)])
def test_there_is_no_empty_box_for_a_funnel_that_the_plan_does_not_have(name: str, charts: int) -> None:
    shown = made(name).tabs[4].charts
    assert len(shown) == charts
    assert max(chart.over.right for chart in shown) == places.HIGH


@pytest.mark.parametrize("period", [Q4, quarter(2027, 1), Period(date(2026, 9, 14), 26), Period(date(2026, 9, 14), 1)])
def test_on_paper_no_week_of_actions_is_cut_in_two(period: Period) -> None:
    tab = made(period=period).tabs[2]
    mondays = {day_column(period, week.monday) for week in period}
    assert set(tab.page.breaks) < mondays
    assert all(after - before <= 4 * 8 for before, after in pairwise((min(mondays), *tab.page.breaks)))


def test_what_okrsheets_keeps_for_itself_is_not_printed() -> None:
    workbook = made()
    printed = workbook.tabs[0].page.area
    assert printed
    assert workbook.names[tables.theme_name("agreements")].bottom < printed.bottom
    assert all(workbook.names[tables.setting_name(field)].top > printed.bottom for field in ("start", "filled"))
