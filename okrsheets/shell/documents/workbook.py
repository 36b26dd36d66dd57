"""What okrsheets sees in a workbook: `inspect --json` (contract.md §3)."""

from __future__ import annotations

from okrsheets.orders.inspect import Inspected
from okrsheets.shell.documents.values import Document, by_day, by_week, place, places, plain, problem
from okrsheets.words.message import Language
from okrsheets.words.period import Period
from okrsheets.words.plan import Action, KeyResult, Kpi, Objective, Stage
from okrsheets.words.snapshot import About, Snapshot


def inspected(found: Inspected, language: Language) -> Document:
    """The whole workbook: every item, its value and its cell; and what else it carries."""
    snapshot, plan = found.snapshot, found.snapshot.plan
    return {
        "workbook": about(snapshot.about) | {"carries": carried(found)},
        "theme": theme(snapshot),
        "objectives": [objective(each, snapshot) for each in plan.objectives],
        "kpis": [kpi(each, snapshot) for each in plan.kpis],
        "funnel": [stage(each, snapshot) for each in plan.funnel],
        "actions": [action(each, snapshot) for each in plan.actions],
        "problems": [problem(each, language) for each in snapshot.problems],
    }


def about(known: About) -> Document:
    """The workbook itself."""
    return {
        "kind": known.kind,
        "ref": known.ref,
        "schema": known.schema,
        "language": known.language,
        "locale": known.locale,
        "period": period(known.period),
    }


def carried(found: Inspected) -> Document:
    """What is in the workbook besides, and is never touched."""
    return {
        "macros": found.carries.macros,
        "external_links": list(found.carries.external_links),
        "connections": list(found.carries.connections),
        "other_tabs": list(found.other_tabs),
    }


def period(known: Period) -> Document:
    """First and last day, and how many weeks."""
    return {
        "label": known.label,
        "start": known.start.isoformat(),
        "end": known.end.isoformat(),
        "weeks": known.weeks,
    }


def theme(snapshot: Snapshot) -> Document:
    """The theme and its numbers."""
    known = snapshot.plan.theme
    cells = snapshot.cells.get("theme", {})
    days_off = [str(cells[field]) for field in cells if field.partition(".")[0] == "days_off"]
    return {
        "title": known.title,
        "north_star": known.north_star,
        "why": known.why,
        "revenue_goal": plain(known.revenue_goal),
        "price": plain(known.price),
        "capacity_per_week": plain(known.capacity_per_week),
        "days_off": [day.isoformat() for day in known.days_off],
        "cells": places(snapshot, "theme", "title", "north_star", "why", "revenue_goal", "price", "capacity_per_week")
        | {"days_off": days_off},
    }


def objective(known: Objective, snapshot: Snapshot) -> Document:
    """An objective with its key results."""
    return {
        "id": known.id,
        "title": known.title,
        "weight": plain(known.weight),
        "cell": place(snapshot.where(known.id, "title")),
        "key_results": [key_result(each, snapshot) for each in known.key_results],
    }


def key_result(known: KeyResult, snapshot: Snapshot) -> Document:
    """A key result; its value is here only where it is typed here, else its KPI has it."""
    filled = snapshot.check_ins
    return {
        "id": known.id,
        "title": known.title,
        "type": known.type.value,
        "ambition": known.ambition.value,
        "baseline": plain(known.baseline),
        "target": plain(known.target),
        "low": plain(known.low),
        "high": plain(known.high),
        "tolerance": plain(known.tolerance),
        "unit": known.unit,
        "weight": plain(known.weight),
        "kpi": known.kpi,
        "confidence": plain(known.confidence),
        "current": plain(filled.current.get(known.id)),
        "done": filled.done.get(known.id),
        "note": known.note,
        "cells": places(
            snapshot, known.id, "current", "target", "baseline", "done", "low", "high", "tolerance", "confidence"
        ),
    }


def kpi(known: Kpi, snapshot: Snapshot) -> Document:
    """A KPI with the typed values, by week."""
    values = snapshot.check_ins.values.get(known.id, {})
    return {
        "id": known.id,
        "name": known.name,
        "kind": known.kind.value,
        "cadence": known.cadence.value,
        "numerator": known.numerator,
        "denominator": known.denominator,
        "target": plain(known.target),
        "unit": known.unit,
        "cells": by_week(snapshot.cells.get(known.id, {})),
        "values": {str(week): plain(values[week]) for week in sorted(values)},
    }


def stage(known: Stage, snapshot: Snapshot) -> Document:
    """A stage of the funnel, with the rate, the lag and the units in flight of the step that leaves from it."""
    return {
        "kpi": known.kpi,
        "plan_rate": known.plan_rate,
        "lag_weeks": known.lag_weeks,
        "in_flight": plain(known.in_flight),
        "planned_per_week": plain(known.planned_per_week),
        "cells": places(snapshot, known.kpi, "plan_rate", "lag_weeks", "in_flight", "planned_per_week"),
    }


def action(known: Action, snapshot: Snapshot) -> Document:
    """An action with its ticks and skips."""
    filled = snapshot.check_ins
    return {
        "id": known.id,
        "title": known.title,
        "cadence": known.cadence.value,
        "per_week": known.per_week,
        "key_result": known.key_result,
        "feeds": known.feeds,
        "amount": plain(known.amount),
        "due": known.due.isoformat() if known.due else None,
        "cells": by_day(snapshot.cells.get(known.id, {})),
        "ticks": [day.isoformat() for day in sorted(filled.ticks.get(known.id, ()))],
        "skips": [day.isoformat() for day in sorted(filled.skips.get(known.id, ()))],
    }
