"""Reading a workbook back: from cells to a plan, its check-ins and what could not be read."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from okrsheets.rules import tables
from okrsheets.rules.readback.actions import read_actions
from okrsheets.rules.readback.cells import Cells
from okrsheets.rules.readback.kpis import read_kpis
from okrsheets.rules.readback.locate import Located, locate, lost_days
from okrsheets.rules.readback.objectives import read_objectives
from okrsheets.rules.readback.overlooked import report_copies, report_overlooked
from okrsheets.rules.readback.rows import Directory, read_rows
from okrsheets.rules.readback.settings import read_settings
from okrsheets.rules.readback.theme import period_of, read_theme
from okrsheets.rules.summary.places import NAMES
from okrsheets.words.errors import NotOurs
from okrsheets.words.grid import Reading
from okrsheets.words.message import Language, say
from okrsheets.words.plan import CheckIns, Plan
from okrsheets.words.snapshot import About, Snapshot


def read_back(reading: Reading, languages: Sequence[Language]) -> Snapshot:
    """What a reading means. Headings, drop-downs and tab titles are understood in any of the `languages`.

    Raises NotOurs for a workbook without an okrsheets plan, PlanDamaged where something is gone without which
    nothing can be computed. A cell that cannot be read is a problem in the snapshot.
    """
    if not any(reading.names.values()) and not known_titles(languages) & set(reading.titles):
        raise NotOurs(ref=reading.ref, reason=say("it has none of the tabs that okrsheets makes"))
    settings = read_settings(reading, languages)
    objectives, actions, kpis = (
        locate(reading, table, settings.languages, settings.calendar) for table in tables.TABLES
    )
    period = period_of(reading, settings, kpis)
    about = About(reading.kind, reading.ref, settings.language.code, settings.locale, period)
    cells = Cells(reading, replace(settings.calendar, period=period))
    _report_lost(cells, objectives, actions, kpis)
    theme, theme_cells = read_theme(cells, settings)
    kpi_rows, objective_rows = read_rows(cells, kpis, "name"), read_rows(cells, objectives, "title")
    found_kpis = read_kpis(cells, kpi_rows, period)
    found_objectives = read_objectives(cells, objective_rows, Directory.of(kpi_rows))
    found_actions = read_actions(
        cells, read_rows(cells, actions, "title"), Directory.of(objective_rows), Directory.of(kpi_rows), period
    )
    for table in (objectives, actions, kpis):
        report_overlooked(cells, table, period, weekly=table is kpis)
    summary = {name: area for name in NAMES if (area := reading.names.get(name))}
    used = {settings.fields.tab, objectives.tab, actions.tab, kpis.tab} | {area.tab for area in summary.values()}
    report_copies(cells, used)
    return Snapshot(
        about=about,
        plan=Plan(theme, found_objectives.objectives, found_kpis.kpis, found_kpis.funnel, found_actions.actions),
        check_ins=CheckIns(
            values=found_kpis.values,
            current=found_objectives.current,
            done=found_objectives.done,
            ticks=found_actions.ticks,
            skips=found_actions.skips,
        ),
        cells={"theme": theme_cells, **found_objectives.cells, **found_kpis.cells, **found_actions.cells},
        problems=tuple(cells.problems),
        summary=summary,
    )


def _report_lost(cells: Cells, objectives: Located, actions: Located, kpis: Located) -> None:
    """The columns that are gone, and the days of the period among them."""
    for table in (objectives, actions, kpis):
        cells.problems.extend(table.problems)
    weeks = tuple(cells.calendar.period or ())
    cells.problems.extend(lost_days(kpis, [week.monday for week in weeks]))
    cells.problems.extend(lost_days(actions, [day for week in weeks for day in week.days]))


def known_titles(languages: Sequence[Language]) -> frozenset[str]:
    """The titles that okrsheets gives its tabs, in all the languages."""
    return frozenset(language.say(text) for language in languages for text in tables.TITLES)
