"""The figures are the plan's: whatever the language, whoever keeps the workbook, however its rows are sorted."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from random import Random
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from okrsheets.edges import templates
from okrsheets.edges.excel.store import ExcelStore
from okrsheets.edges.languages import Languages, language
from okrsheets.edges.memory import MemoryStore
from okrsheets.orders.report import report
from okrsheets.rules.layout import describe
from okrsheets.rules.readback import known_titles
from okrsheets.shell.documents.figures import reported
from okrsheets.words.period import Week, quarter
from okrsheets.words.plan import CheckIns, KpiKind, Plan, Pulse
from okrsheets.words.store import Store

LANGUAGES = Languages()
PERIOD = quarter(2026, 4)
IN_WORDS = frozenset({"workbook", "title", "name", "sentence", "headline", "found", "expected", "hint", "where"})
"""What a document says in the language of its workbook; all else is figures, ids, dates and fixed codes."""
KEPT: Mapping[str, Callable[[Path], Store]] = {
    "memory": lambda folder: MemoryStore(),
    "excel": lambda folder: ExcelStore(folder / "plan.xlsx", known_titles(LANGUAGES.all)),
}


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
def test_language_store_and_order_of_rows_change_no_figure(name: str, seed: int, week: int, tmp_path: Path) -> None:
    today = PERIOD.start + timedelta(weeks=week, days=seed % 7)
    plans: Mapping[str, Plan] = {code: templates.load(name).plan(code) for code in ("nl", "en")}
    check_ins = filled_in(plans["nl"], seed)
    expected = seen(MemoryStore(), plans["nl"], check_ins, "nl", today)
    for code, plan in plans.items():
        for make in KEPT.values():
            assert seen(make(tmp_path), plan, check_ins, code, today) == expected
            assert seen(make(tmp_path), shuffled(plan, seed), check_ins, code, today) == expected
