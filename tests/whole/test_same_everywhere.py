"""The figures are the plan's: whatever the language, whoever keeps the workbook, however its rows are sorted."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from random import Random
from typing import Any

import pytest
from google_fake import GoogleFake
from google_sheets import store_in
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from okrsheets.edges import templates
from okrsheets.edges.excel.store import ExcelStore
from okrsheets.edges.languages import Languages, language
from okrsheets.edges.memory import MemoryStore
from okrsheets.orders.report import report
from okrsheets.orders.sync import Outcome, sync
from okrsheets.rules.layout import describe
from okrsheets.rules.readback import known_titles
from okrsheets.rules.summary.places import HEAD_NAME
from okrsheets.shell.documents.figures import reported
from okrsheets.words.grid import a1
from okrsheets.words.period import Week, quarter
from okrsheets.words.plan import CheckIns, KpiKind, Plan, Pulse
from okrsheets.words.store import Store

LANGUAGES = Languages()
PERIOD = quarter(2026, 4)
IN_WORDS = frozenset({"workbook", "title", "name", "sentence", "headline", "found", "expected", "hint", "where"})
"""What a document says in the language of its workbook; all else is figures, ids, dates and fixed codes."""
KEPT: Mapping[str, Callable[[Path, GoogleFake], Store]] = {
    "memory": lambda folder, google: MemoryStore(),
    "excel": lambda folder, google: ExcelStore(folder / "plan.xlsx", known_titles(LANGUAGES.all)),
    "google": lambda folder, google: store_in(google),
}
AT_HAND = ("memory", "excel")
"""Where a workbook is made in no time; in the stand-in for Google it takes a second."""


@pytest.fixture(scope="module")
def google() -> Iterator[GoogleFake]:
    with GoogleFake() as fake:
        yield fake
        assert fake.violations == []


def figures(document: Any) -> Any:
    """A document without its words, and with its lists of rows in the order of their ids."""
    match document:
        case {}:
            return {key: figures(value) for key, value in document.items() if key not in IN_WORDS}
        case [{"id": _}, *_]:
            return sorted(map(figures, document), key=lambda row: row["id"])
        case [*items]:
            return [figures(item) for item in items]
        case float():
            return round(document, 9)  # sums of the same numbers in another order
    return document


def filled_in(plan: Plan, seed: int) -> CheckIns:
    """Numbers, ticks and skips of somebody who forgets some."""
    random = Random(seed)
    typed = {kpi.id: kpi.cadence for kpi in plan.kpis if kpi.kind is not KpiKind.RATIO}
    days = [PERIOD.start + timedelta(days=day) for day in range(7 * PERIOD.weeks)]
    marks = {action.id: random.choices("x-.", (5, 1, 4), k=len(days)) for action in plan.actions}
    return CheckIns(
        values={
            id: {week: float(random.randrange(30)) for week in weeks_of(cadence) if random.random() < 0.7}
            for id, cadence in typed.items()
        },
        ticks={id: frozenset(d for d, mark in zip(days, row, strict=True) if mark == "x") for id, row in marks.items()},
        skips={id: frozenset(d for d, mark in zip(days, row, strict=True) if mark == "-") for id, row in marks.items()},
    )


def weeks_of(cadence: Pulse) -> Sequence[Week]:
    """The weeks in which a KPI's number is entered."""
    return tuple(PERIOD) if cadence is Pulse.WEEK else PERIOD.month_weeks


def shuffled(plan: Plan, seed: int) -> Plan:
    """The plan with its rows in another order."""
    mixed = Random(seed).sample
    return replace(
        plan,
        objectives=tuple(mixed(plan.objectives, len(plan.objectives))),
        kpis=tuple(mixed(plan.kpis, len(plan.kpis))),
        actions=tuple(mixed(plan.actions, len(plan.actions))),
    )


def seen(store: Store, plan: Plan, check_ins: CheckIns, code: str, today: date) -> Any:
    """The figures of a workbook of the plan, by way of its cells."""
    store.create(describe(plan, PERIOD, language(code), check_ins), replace=True)
    found = report(store, today, LANGUAGES)
    assert found.snapshot.problems == ()
    return figures(reported(found, language(code)))


@pytest.mark.parametrize("name", templates.names())
@settings(max_examples=5, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(seed=st.integers(0, 2**32), week=st.integers(0, 15))
def test_language_store_and_order_of_rows_change_no_figure(
    name: str, seed: int, week: int, tmp_path: Path, google: GoogleFake
) -> None:
    today = PERIOD.start + timedelta(weeks=week, days=seed % 7)
    plans: Mapping[str, Plan] = {code: templates.load(name).plan(code) for code in ("nl", "en")}
    check_ins = filled_in(plans["nl"], seed)
    expected = seen(MemoryStore(), plans["nl"], check_ins, "nl", today)
    for code, plan in plans.items():
        for rows in (shuffled(plan, seed), plan):
            for kept in AT_HAND:
                assert seen(KEPT[kept](tmp_path, google), rows, check_ins, code, today) == expected
    code = ("nl", "en")[seed % 2]
    assert seen(KEPT["google"](tmp_path, google), shuffled(plans[code], seed), check_ins, code, today) == expected


@pytest.mark.parametrize("code", ["nl", "en"])
@pytest.mark.parametrize("name", templates.names())
def test_the_summary_and_the_report_are_the_same_wherever_it_is_kept(
    name: str, code: str, tmp_path: Path, google: GoogleFake
) -> None:
    plan, today = templates.load(name).plan(code), date(2026, 11, 25)
    described = describe(plan, PERIOD, language(code), filled_in(plan, 7))
    stores = {kept: make(tmp_path, google) for kept, make in KEPT.items()}
    outcomes = {}
    for kept, store in stores.items():
        store.create(described)
        assert sync(store, today, LANGUAGES).outcome is Outcome.SYNCED
        assert sync(store, today, LANGUAGES).outcome is Outcome.UNCHANGED
        document = reported(report(store, today, LANGUAGES), language(code))
        outcomes[kept] = ({**document, "workbook": None}, summary(store))
    assert outcomes["google"] == outcomes["excel"] == outcomes["memory"]


def summary(store: Store) -> dict[str, tuple[Any, ...]]:
    """What the cells of the Summary hold, links included."""
    grid = store.read().grids[summary_title(store)]
    cells = {a1(spot): cell for spot, cell in grid.cells.items() if cell.formula is None}
    return {where: (cell.kind, cell.value, cell.link) for where, cell in sorted(cells.items())}


def summary_title(store: Store) -> str:
    """The title of the Summary's tab."""
    area = store.read().names[HEAD_NAME]
    assert area is not None
    return area.tab
