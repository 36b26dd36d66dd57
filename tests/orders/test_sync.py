"""Sync, report, inspect, check and new, on a workbook in memory."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from okrsheets.edges import templates
from okrsheets.edges.languages import Languages, language
from okrsheets.edges.memory import MemoryStore
from okrsheets.orders.check import check
from okrsheets.orders.inspect import inspect
from okrsheets.orders.new import new
from okrsheets.orders.report import report
from okrsheets.orders.sync import Outcome, SyncResult, sync
from okrsheets.words.errors import AlreadyThere, ChangedMeanwhile, Emptied, NotFound, NotOurs, PlanDamaged
from okrsheets.words.grid import Address, Reading
from okrsheets.words.period import quarter
from okrsheets.words.plan import Plan
from okrsheets.words.workbook import Workbook

Q4 = quarter(2026, 4)
TODAY = date(2026, 11, 23)
LANGUAGES = Languages()


class BusyStore(MemoryStore):
    """A workbook that somebody saves between our reading and our writing."""

    def read(self) -> Reading:
        reading = super().read()
        self.fill(Address(reading.titles[0], 60, 2), "typed just now")
        return reading


def made(name: str = "high-ticket", code: str = "nl", store: MemoryStore | None = None) -> MemoryStore:
    """A new workbook of a template."""
    store = store or MemoryStore("plan.xlsx")
    new(store, templates.load(name).plan(code), Q4, language(code), LANGUAGES)
    return store


def synced(store: MemoryStore, today: date = TODAY, *, force: bool = False, dry_run: bool = False) -> SyncResult:
    return sync(store, today, LANGUAGES, force=force, dry_run=dry_run)


def cell(store: MemoryStore, item: str, field: str) -> Address:
    where = inspect(store, LANGUAGES).where(item, field)
    assert where is not None
    return where


def empty(store: MemoryStore, tab: str) -> None:
    """A tab of which a person selected everything and pressed Delete."""
    for row, column in dict(store.read().grids[tab].cells):
        store.fill(Address(tab, row, column), None)


# New


def test_a_new_workbook_holds_the_plan_it_was_made_of() -> None:
    plan = templates.load("high-ticket").plan("en")
    checked = new(MemoryStore(), plan, Q4, language("en"), LANGUAGES)
    found = checked.snapshot
    assert found.plan.theme.title == plan.theme.title
    assert [each.id for each in found.plan.key_results] == [each.id for each in plan.key_results]
    assert (found.about.period, found.about.language, found.about.locale) == (Q4, "en", "en_US")
    assert found.problems == ()


def test_a_new_workbook_replaces_another_only_when_it_may() -> None:
    store, plan = made(), templates.load("blank").plan("nl")
    before = store.read()
    with pytest.raises(AlreadyThere):
        new(store, plan, Q4, language("nl"), LANGUAGES)
    assert store.read() == before
    replaced = new(store, plan, Q4, language("nl"), LANGUAGES, force=True)
    assert replaced.snapshot.plan.theme.title == plan.theme.title


@pytest.mark.parametrize(("name", "title"), [("Trajecten", "Trajecten"), (None, "My theme")])
def test_a_new_workbook_is_called_as_was_asked_else_as_its_theme(name: str | None, title: str) -> None:
    class Remembering(MemoryStore):
        title = ""

        def create(self, workbook: Workbook, *, replace: bool = False) -> None:
            self.title = workbook.title
            super().create(workbook, replace=replace)

    plan = templates.load("blank").plan("en")
    store = Remembering()
    new(store, replace(plan, theme=replace(plan.theme, title="My theme")), Q4, language("en"), LANGUAGES, name=name)
    assert store.title == title


def test_what_is_checked_is_the_plan_of_the_workbook() -> None:
    store = made()
    assert check(store, LANGUAGES).snapshot == inspect(store, LANGUAGES)


# Sync


@pytest.mark.parametrize("code", ["nl", "en"])
@pytest.mark.parametrize("name", templates.names())
def test_a_second_sync_finds_nothing_to_do(name: str, code: str) -> None:
    store = made(name, code)
    first = synced(store)
    assert first.outcome is Outcome.SYNCED
    assert first.changes
    before = store.read()
    second = synced(store)
    assert (second.outcome, second.changes, second.error) == (Outcome.UNCHANGED, (), None)
    assert second.report == first.report
    assert store.read() == before


def test_sync_writes_the_summary_and_nothing_else() -> None:
    store = made()
    before = store.read()
    result = synced(store)
    after = store.read()
    summary = language("nl").say("Summary")
    assert {change.address.tab for change in result.changes} == {summary}
    assert all(after.grids[tab] == before.grids[tab] for tab in before.titles if tab != summary)
    assert all(after.at(change.address).value == change.new.value for change in result.changes)


def test_a_dry_run_names_the_cells_that_a_sync_would_write_and_writes_none() -> None:
    store = made()
    before = store.read()
    tried = synced(store, dry_run=True)
    assert tried.outcome is Outcome.DRY_RUN
    assert store.read() == before
    assert synced(store).changes == tried.changes
    assert synced(store, dry_run=True).changes == ()


def test_a_new_number_is_on_the_summary_after_the_next_sync() -> None:
    store = made()
    synced(store)
    store.fill(cell(store, "K3", "2026-W46"), 4)
    result = synced(store)
    assert result.outcome is Outcome.SYNCED
    assert result.report is not None
    sold = next(each for each in result.report.objectives[0].key_results if each.id == "KR2")
    assert (sold.current, sold.score) == (4, 0.4)
    assert 4 in {change.new.value for change in result.changes}


def test_another_day_is_computed_anew() -> None:
    store = made()
    synced(store)
    assert synced(store, TODAY + timedelta(days=1)).outcome is Outcome.SYNCED


def test_the_day_it_is_as_of_is_no_change_of_its_own() -> None:
    store = made()
    over = Q4.end + timedelta(days=60)
    synced(store, over)
    before = store.read()
    assert synced(store, over + timedelta(days=1)).outcome is Outcome.UNCHANGED
    assert synced(store, over + timedelta(days=1), dry_run=True).changes == ()
    assert store.read() == before


@pytest.mark.parametrize("title", ["Theme", "Objectives", "Actions", "KPIs"])
def test_a_tab_of_which_everything_was_deleted_before_the_first_sync_stops_it(title: str) -> None:
    store = made()
    empty(store, language("nl").say(title))
    before = store.read()
    stopped = synced(store)
    assert stopped.outcome is Outcome.FAILED
    assert isinstance(stopped.error, Emptied | PlanDamaged)
    assert (stopped.report, stopped.changes) == (None, ())
    assert store.read() == before


def test_a_save_meanwhile_makes_it_busy_and_nothing_is_lost() -> None:
    store = made(store=BusyStore("plan.xlsx"))
    result = synced(store)
    assert result.outcome is Outcome.BUSY
    assert isinstance(result.error, ChangedMeanwhile)
    assert result.ref == "plan.xlsx"


def test_what_is_not_there_fails_by_name() -> None:
    result = synced(MemoryStore("gone.xlsx"))
    assert (result.ref, result.outcome, result.report) == ("gone.xlsx", Outcome.FAILED, None)
    assert isinstance(result.error, NotFound)


def test_a_workbook_of_somebody_else_is_refused() -> None:
    store = MemoryStore("budget.xlsx")
    store.create(Workbook("Budget", (), {}))
    assert isinstance(synced(store).error, NotOurs)
    with pytest.raises(NotOurs):
        report(store, TODAY, LANGUAGES)


def test_a_plan_that_began_empty_can_be_summarised() -> None:
    store = MemoryStore()
    new(store, Plan(), Q4, language("en"), LANGUAGES)
    assert synced(store).outcome is Outcome.SYNCED


def test_a_report_is_what_a_sync_computes() -> None:
    store = made()
    assert report(store, TODAY, LANGUAGES) == synced(store, dry_run=True).report


def test_a_locale_that_somebody_mistyped_stops_nothing() -> None:
    store = made()
    reading = store.read()
    area = reading.names["okr_locale"]
    assert area is not None
    store.fill(area.first, "klingon")
    assert synced(store).outcome is Outcome.SYNCED
