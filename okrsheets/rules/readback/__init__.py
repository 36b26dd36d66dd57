"""Reading a workbook back: from cells to a plan, its check-ins and what could not be read."""

from __future__ import annotations

from collections.abc import Sequence, Set
from dataclasses import dataclass, replace

from okrsheets.rules import tables
from okrsheets.rules.readback.actions import Actions, read_actions
from okrsheets.rules.readback.cells import Cells
from okrsheets.rules.readback.kpis import Kpis, read_kpis
from okrsheets.rules.readback.locate import Located, locate, lost_days
from okrsheets.rules.readback.objectives import Objectives, read_objectives
from okrsheets.rules.readback.overlooked import report_copies, report_overlooked
from okrsheets.rules.readback.rows import Directory, read_rows
from okrsheets.rules.readback.settings import read_settings
from okrsheets.rules.readback.summary import find_summary
from okrsheets.rules.readback.theme import own_cells, period_of, read_theme
from okrsheets.words.errors import NotOurs
from okrsheets.words.grid import Reading
from okrsheets.words.message import Language, say
from okrsheets.words.period import Period
from okrsheets.words.plan import CheckIns, Plan
from okrsheets.words.snapshot import About, Snapshot


@dataclass(frozen=True, slots=True)
class Tabs:
    """Where the tables of a plan stand."""

    objectives: Located
    actions: Located
    kpis: Located

    @property
    def all(self) -> tuple[Located, ...]:
        """In the order of their tabs."""
        return self.objectives, self.actions, self.kpis


def read_back(reading: Reading, languages: Sequence[Language]) -> Snapshot:
    """What a reading means. Headings, drop-downs and tab titles are understood in any of the `languages`.

    Raises NotOurs for a workbook without an okrsheets plan, PlanDamaged where something is gone without which
    nothing can be computed. A cell that cannot be read is a problem in the snapshot.
    """
    if not reading.names and not known_titles(languages) & set(reading.titles):
        raise NotOurs(ref=reading.ref, reason=say("it has none of the tabs that okrsheets makes"))
    settings = read_settings(reading, languages)
    tabs = Tabs(*(locate(reading, table, settings.languages, settings.calendar) for table in tables.TABLES))
    period = period_of(reading, settings, tabs.kpis)
    cells = Cells(reading, replace(settings.calendar, period=period))
    _report_lost(cells, tabs)
    theme, theme_cells = read_theme(cells, settings)
    objectives, actions, kpis = _read_tables(cells, tabs, period)
    summary = find_summary(reading, settings.languages)
    _report_unused(cells, tabs, period, {settings.fields.tab, *(area.tab for area in summary.values())})
    return Snapshot(
        about=About(reading.kind, reading.ref, settings.language.code, settings.locale, period),
        plan=Plan(theme, objectives.objectives, kpis.kpis, kpis.funnel, actions.actions),
        check_ins=CheckIns(kpis.values, objectives.current, objectives.done, actions.ticks, actions.skips),
        cells={"theme": theme_cells, **objectives.cells, **kpis.cells, **actions.cells},
        problems=tuple(cells.problems),
        summary=summary,
        settings=own_cells(settings.fields),
    )


def _read_tables(cells: Cells, tabs: Tabs, period: Period) -> tuple[Objectives, Actions, Kpis]:
    """The rows of all three; those of the later ones name those of the earlier."""
    kpi_rows = read_rows(cells, tabs.kpis, "name")
    objective_rows = read_rows(cells, tabs.objectives, "title", kpi_rows)
    known_kpis = Directory.of(kpi_rows)
    kpis = read_kpis(cells, kpi_rows, period)
    objectives = read_objectives(cells, objective_rows, known_kpis)
    action_rows = read_rows(cells, tabs.actions, "title", (*kpi_rows, *objective_rows))
    return objectives, read_actions(cells, action_rows, Directory.of(objective_rows), known_kpis, period), kpis


def _report_lost(cells: Cells, tabs: Tabs) -> None:
    """The columns that are gone, and the days of the period among them."""
    for table in tabs.all:
        cells.problems.extend(table.problems)
    weeks = tuple(cells.calendar.period or ())
    cells.problems.extend(lost_days(tabs.kpis, [week.monday for week in weeks]))
    cells.problems.extend(lost_days(tabs.actions, [day for week in weeks for day in week.days]))


def _report_unused(cells: Cells, tabs: Tabs, period: Period, others: Set[str]) -> None:
    """What a person filled in where nothing is read, and tabs that look like copies of those in use."""
    for table in tabs.all:
        report_overlooked(cells, table, period, weekly=table is tabs.kpis)
    report_copies(cells, {*others, *(table.tab for table in tabs.all)})


def known_titles(languages: Sequence[Language]) -> frozenset[str]:
    """The titles that okrsheets gives its tabs, in all the languages."""
    return frozenset(language.say(text) for language in languages for text in tables.TITLES)
