"""The tables of the workbook: which columns there are. Written by the layout and found again by the reader,
so that the two cannot drift."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from okrsheets.words.message import keep

SPARE_ROWS = 6
"""Prepared rows below a table, for what a person adds."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table: its key, its heading (a catalogue text), its width in characters."""

    key: str
    heading: str
    width: float
    hidden: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """A table with a hidden id column first; where `dated`, columns follow whose headings are days."""

    key: str
    title: str
    columns: tuple[Column, ...]
    dated: bool = False

    def name(self, column: str) -> str:
        """The defined name that anchors a column: `okr_actions_title`."""
        return f"okr_{self.key}_{column}"

    @property
    def heading_name(self) -> str:
        """The defined name of the row of headings."""
        return f"okr_{self.key}_headings"

    def position(self, column: str) -> int:
        """The column's place when the workbook is made, counted from 1."""
        return next(n for n, known in enumerate(self.columns, 1) if known.key == column)


ID = Column("id", keep("id"), 6, hidden=True)
NUMBER = Column("number", keep("No."), 5.5)

THEME_TITLE = keep("Theme")
SUMMARY_TITLE = keep("Summary")

OBJECTIVES = Table(
    "objectives",
    keep("Objectives"),
    (
        ID,
        Column("title", keep("Objective and its key results"), 46),
        NUMBER,
        Column("type", keep("Type"), 16),
        Column("kpi", keep("Measured by"), 13),
        Column("baseline", keep("Baseline"), 10),
        Column("target", keep("Target"), 14),
        Column("current", keep("Now"), 10),
        Column("low", keep("At least"), 11),
        Column("high", keep("At most"), 12),
        Column("unit", keep("Unit"), 11),
        Column("confidence", keep("Confidence"), 13),
        Column("note", keep("Note"), 34),
        Column("tolerance", keep("Tolerance"), 10),
        Column("ambition", keep("Ambition"), 13),
        Column("weight", keep("Weight"), 9),
        Column("objective", keep("Belongs to"), 11),
    ),
)

KPIS = Table(
    "kpis",
    keep("KPIs"),
    (
        ID,
        Column("name", keep("KPI"), 30),
        NUMBER,
        Column("trend", keep("Trend"), 13),
        Column("target", keep("Target"), 14),
        Column("stage", keep("Funnel stage"), 10),
        Column("plan_rate", keep("Plan rate"), 11),
        Column("lag_weeks", keep("Lag (weeks)"), 9),
        Column("in_flight", keep("In flight"), 10),
        Column("planned_per_week", keep("Planned a week"), 9),
        Column("kind", keep("Counting"), 13),
        Column("cadence", keep("Every"), 8),
        Column("numerator", keep("Part"), 8),
        Column("denominator", keep("Of"), 8),
        Column("unit", keep("Unit"), 9),
    ),
    dated=True,
)

ACTIONS = Table(
    "actions",
    keep("Actions"),
    (
        ID,
        Column("title", keep("Action"), 34),
        NUMBER,
        Column("key_result", keep("For"), 7),
        Column("cadence", keep("Rhythm"), 12),
        Column("per_week", keep("A week"), 9),
        Column("feeds", keep("Counts for"), 10),
        Column("amount", keep("Per tick"), 9),
        Column("due", keep("Due"), 12),
    ),
    dated=True,
)

TABLES = (OBJECTIVES, ACTIONS, KPIS)
"""In the order of their tabs."""

TITLES = (THEME_TITLE, OBJECTIVES.title, ACTIONS.title, KPIS.title, SUMMARY_TITLE)
"""The titles of the five tabs, as catalogue texts, in their order."""

THEME_FIELDS = (
    "title",
    "north_star",
    "why",
    "revenue_goal",
    "price",
    "capacity_per_week",
    "days_off",
    "agreements",
)
PERIOD_FIELDS = ("start", "weeks")
SETTING_FIELDS = ("language", "locale", "schema", "filled")

LABELS: Mapping[str, str] = {
    "title": keep("My theme"),
    "north_star": keep("North Star"),
    "why": keep("Why it matters"),
    "revenue_goal": keep("Revenue goal"),
    "price": keep("Price of one sale"),
    "capacity_per_week": keep("Most you can do a week"),
    "days_off": keep("Days off"),
    "agreements": keep("What I agree with myself"),
    "start": keep("First day"),
    "weeks": keep("Number of weeks"),
    "language": keep("Language"),
    "locale": keep("Numbers as in"),
    "schema": keep("Workbook version"),
    "filled": keep("Tabs in use"),
}
"""What stands before a field of the Theme tab."""
BLOCKS: Mapping[str, tuple[int, int]] = {"days_off": (4, 4), "agreements": (6, 1)}
"""The fields that are several cells, rows by columns: they begin below their label, a column to its right."""


def theme_name(field: str) -> str:
    """The defined name of a field of the Theme tab."""
    return f"okr_theme_{field}"


def setting_name(field: str) -> str:
    """The defined name of the period's, the language's and the schema's cells."""
    return f"okr_{field}"
