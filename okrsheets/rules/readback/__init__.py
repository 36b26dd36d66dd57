"""Reading a workbook back: from cells to a plan, its check-ins and what could not be read."""

from __future__ import annotations

from collections.abc import Sequence

from okrsheets.rules import tables
from okrsheets.rules.readback.actions import read_actions
from okrsheets.rules.readback.cells import Cells
from okrsheets.rules.readback.kpis import read_kpis
from okrsheets.rules.readback.locate import locate, lost_days
from okrsheets.rules.readback.objectives import read_objectives
from okrsheets.rules.readback.rows import Directory, read_rows
from okrsheets.rules.readback.theme import read_about, read_theme
from okrsheets.rules.summary.places import NAMES
from okrsheets.words.errors import NotOurs
from okrsheets.words.grid import Reading
from okrsheets.words.message import Language, say
from okrsheets.words.plan import CheckIns, Plan
from okrsheets.words.snapshot import Snapshot


def read_back(reading: Reading, languages: Sequence[Language]) -> Snapshot:
    """What a reading means. Headings, drop-downs and tab titles are understood in any of the `languages`.

    Raises NotOurs for a workbook without an okrsheets plan, PlanDamaged where something is gone without which
    nothing can be computed. A cell that cannot be read is a problem in the snapshot.
    """
    if not any(reading.names.values()) and not known_titles(languages) & set(reading.titles):
        raise NotOurs(ref=reading.ref, reason=say("it has none of the tabs that okrsheets makes"))
    objectives, actions, kpis = (locate(reading, table, languages) for table in tables.TABLES)
    about = read_about(reading, languages, kpis)
    own_first = sorted(languages, key=lambda language: language.code != about.language)
    cells = Cells(reading, about.locale, own_first)
    for table in (objectives, actions, kpis):
        cells.problems.extend(table.problems)
    weeks = [week.monday for week in about.period]
    cells.problems.extend(lost_days(kpis, weeks))
    cells.problems.extend(lost_days(actions, [day for week in about.period for day in week.days]))
    theme, theme_cells = read_theme(cells)
    kpi_rows, objective_rows = read_rows(cells, kpis, "name"), read_rows(cells, objectives, "title")
    found_kpis = read_kpis(cells, kpi_rows, about.period)
    found_objectives = read_objectives(cells, objective_rows, Directory.of(kpi_rows))
    found_actions = read_actions(
        cells, read_rows(cells, actions, "title"), Directory.of(objective_rows), Directory.of(kpi_rows), about.period
    )
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
        summary={name: area for name in NAMES if (area := reading.names.get(name))},
    )


def known_titles(languages: Sequence[Language]) -> frozenset[str]:
    """The titles that okrsheets gives its tabs, in all the languages."""
    return frozenset(language.say(text) for language in languages for text in tables.TITLES)
