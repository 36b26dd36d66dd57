"""What a person does to whole tabs, and to the first one, where okrsheets keeps what it needs to know."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from desks import LANGUAGES, PLAN, Desk, deleted_tab, renamed_tab, with_cells, without

from okrsheets.edges.languages import language
from okrsheets.rules import tables
from okrsheets.rules.readback import read_back
from okrsheets.rules.summary import places
from okrsheets.words.errors import NotOurs, PlanDamaged
from okrsheets.words.grid import NOTHING, Address, Cell, Kind, Reading
from okrsheets.words.period import Period, quarter
from okrsheets.words.workbook import Written

TABS = ("Kwartaalthema", "Doelen", "Acties", "KPI's", "Overzicht")
ENGLISH_FIRST = tuple(reversed(LANGUAGES))


@pytest.mark.parametrize("tab", TABS)
@pytest.mark.parametrize("new", ["Mijn tab", "Actions", "It's!A1", "TAB (2)"])
def test_a_tab_may_be_renamed(tab: str, new: str) -> None:
    snapshot = read_back(renamed_tab(Desk().store.read(), tab, new), LANGUAGES)
    assert (snapshot.plan, snapshot.problems) == (PLAN, ())


def test_tabs_may_stand_in_any_order() -> None:
    reading = Desk().store.read()
    turned = replace(reading, titles=reading.titles[::-1], grids=dict(reversed(reading.grids.items())))
    assert read_back(turned, LANGUAGES).plan == PLAN


@pytest.mark.parametrize("tab", TABS)
def test_of_a_copied_tab_the_original_counts_and_the_copy_is_told(tab: str) -> None:
    reading = Desk().store.read()
    copy = f"{tab} (2)"
    copied = replace(reading, titles=(copy, *reading.titles), copies=(copy,))
    snapshot = read_back(copied, LANGUAGES)
    assert snapshot.plan == PLAN
    (problem,) = snapshot.problems
    assert problem.where == Address(copy, 1, 1)
    assert LANGUAGES[0].say(problem.hint)


def test_a_copy_that_took_the_place_of_the_original_is_no_copy() -> None:
    reading = renamed_tab(Desk().store.read(), "Acties", "Acties (2)")
    assert read_back(replace(reading, copies=("Acties (2)",)), LANGUAGES).problems == ()


@pytest.mark.parametrize("languages", [LANGUAGES, ENGLISH_FIRST])
@pytest.mark.parametrize("tab", TABS[:4])
def test_a_deleted_tab_is_named_as_the_workbook_names_it(tab: str, languages: tuple[object, ...]) -> None:
    """Whatever language the person speaks."""
    with pytest.raises(PlanDamaged) as raised:
        read_back(deleted_tab(Desk().store.read(), tab), languages)  # type: ignore[arg-type]
    assert LANGUAGES[1].say(raised.value.message) == f"plan.xlsx: the tab {tab} cannot be found."


@pytest.mark.parametrize("languages", [LANGUAGES, ENGLISH_FIRST])
def test_a_column_is_named_as_the_workbook_names_it(languages: tuple[object, ...]) -> None:
    desk = Desk()
    place = tables.OBJECTIVES.position("target")
    reading = with_cells(without(desk.store.read(), "okr_objectives_target"), "Doelen", {(4, place): NOTHING})
    (problem,) = read_back(reading, languages).problems  # type: ignore[arg-type]
    assert LANGUAGES[1].say(problem.expected) == "the column Streefwaarde of the tab Doelen"


def test_without_the_summary_everything_is_read() -> None:
    snapshot = read_back(deleted_tab(Desk().store.read(), "Overzicht"), LANGUAGES)
    assert (snapshot.plan, snapshot.summary) == (PLAN, {})


def typed(field: str, value: Written) -> Reading:
    desk = Desk()
    area = desk.store.read().names[tables.setting_name(field)]
    assert area
    desk.store.fill(area.first, value)
    return desk.store.read()


@pytest.mark.parametrize("value", ["28-9-2026", "2026-09-28", "28 sep 2026"])
def test_the_first_day_may_be_typed_as_text(value: str) -> None:
    assert read_back(typed("start", value), LANGUAGES).about.period == quarter(2026, 4)


WRONG = {
    "a start on a Tuesday": ("start", date(2026, 9, 29)),
    "a start that is no date": ("start", "september"),
    "no start": ("start", None),
    "too many weeks": ("weeks", 27),
    "no weeks": ("weeks", 0),
    "weeks in words": ("weeks", "dertien"),
    "half a week": ("weeks", "12,5"),
    "a locale in words": ("locale", "Nederlands"),
}


@pytest.mark.parametrize(("field", "value"), WRONG.values(), ids=WRONG)
def test_a_setting_that_cannot_be_is_told_and_made_up_for(field: str, value: Written) -> None:
    reading = typed(field, value)
    snapshot = read_back(reading, LANGUAGES)
    assert (snapshot.about.period, snapshot.about.locale) == (quarter(2026, 4), "nl_NL")
    area = reading.names[tables.setting_name(field)]
    assert area
    assert [problem.where for problem in snapshot.problems] == [area.first]


def test_a_shorter_period_leaves_the_weeks_behind_it_out() -> None:
    assert read_back(typed("weeks", 13), LANGUAGES).about.period == Period(date(2026, 9, 28), 13)


@pytest.mark.parametrize("value", ["Nederlands", "xx", None])
def test_a_language_that_nobody_speaks_is_told_by_the_tabs(value: Written) -> None:
    about = read_back(typed("language", value), LANGUAGES).about
    assert (about.language, about.locale) == ("nl", "nl_NL")


def test_a_workbook_of_a_newer_version_is_left_alone_also_without_names() -> None:
    with pytest.raises(NotOurs):
        read_back(replace(typed("schema", 2), names={}), LANGUAGES)


@pytest.mark.parametrize("code", ["nl", "en"])
@pytest.mark.parametrize("field", ["price", "days_off", "start", "locale"])
def test_a_field_without_name_and_label_is_told(field: str, code: str) -> None:
    desk = Desk(code=code)
    reading, label = desk.store.read(), language(code).say(tables.LABELS[field])
    tab = reading.titles[0]
    (place,) = [spot for spot, cell in reading.grids[tab].cells.items() if cell.value == label]
    name = tables.setting_name(field) if field in ("start", "locale") else tables.theme_name(field)
    bare = with_cells(without(reading, name), tab, {place: Cell(Kind.TEXT, "iets anders")})
    snapshot = read_back(bare, LANGUAGES)
    (problem,) = snapshot.problems
    assert problem.where == Address(tab, 1, 1)
    assert label in language(code).say(problem.expected)
    assert snapshot.about == desk.made.about


@pytest.mark.parametrize("code", ["nl", "en"])
@pytest.mark.parametrize("name", [*places.NAMES, None])
def test_a_summary_without_names_is_found_where_it_was_made(code: str, name: str | None) -> None:
    desk = Desk(code=code)
    reading = without(desk.store.read(), *([name] if name else places.NAMES))
    assert read_back(reading, LANGUAGES).summary == desk.made.summary
    mark, words = Cell(Kind.TEXT, places.Line.SECTION.value), Cell(Kind.TEXT, "Doelen")
    written = {(places.LINES, places.MARK): mark, (places.LINES, places.TEXT): words}
    assert read_back(with_cells(reading, desk.made.summary[places.HEAD_NAME].tab, written), LANGUAGES).summary


MOVED = {
    "the title": {(1, places.TEXT): NOTHING},
    "a heading beside the charts": {(places.SIDE_TOP - 1, places.WEEKLY[0]): NOTHING},
    "the lines": {(places.LINES - 1, places.MARK): Cell(Kind.TEXT, places.Line.SECTION.value)},
    "a note of the person's": {(places.LINES + 40, places.TEXT): Cell(Kind.TEXT, "Bel Jan!")},
}


@pytest.mark.parametrize("cells", MOVED.values(), ids=MOVED)
def test_a_summary_without_names_of_which_something_moved_is_not_guessed(cells: dict[tuple[int, int], Cell]) -> None:
    reading = without(Desk().store.read(), *places.NAMES)
    assert read_back(with_cells(reading, "Overzicht", cells), LANGUAGES).summary == {}


def test_a_summary_of_which_another_name_leads_elsewhere_is_not_guessed() -> None:
    reading = Desk().store.read()
    area = reading.names[places.HEAD_NAME]
    assert area
    names = {**reading.names, places.HEAD_NAME: replace(area, top=2), places.LINES_NAME: None}
    assert places.LINES_NAME not in read_back(replace(reading, names=names), LANGUAGES).summary


def test_a_summary_that_is_gone_with_its_names_has_no_place() -> None:
    reading = deleted_tab(Desk().store.read(), "Overzicht")
    assert read_back(without(reading, *places.NAMES), LANGUAGES).summary == {}


@pytest.mark.parametrize("tab", TABS)
def test_a_renamed_tab_is_found_by_what_stands_on_it_where_its_names_stayed_behind(tab: str) -> None:
    reading = renamed_tab(Desk().store.read(), tab, "Mijn tab")
    names = {name: None if area and area.tab == "Mijn tab" else area for name, area in reading.names.items()}
    snapshot = read_back(replace(reading, names=names), LANGUAGES)
    assert (snapshot.plan, snapshot.problems) == (PLAN, ())
    assert {area.tab for area in snapshot.summary.values()} == {"Mijn tab" if tab == "Overzicht" else "Overzicht"}
