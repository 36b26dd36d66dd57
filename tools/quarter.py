"""Simulates a quarter week by week and shows what the Summary says: `python tools/quarter.py [--seed 7] [--draw DIR]`.

Somebody who sells programmes does most of what was planned; calls become clients half as often as planned. Headlines
are printed for weeks 1, 4, 9 and 13; with `--draw` their Summaries are drawn too, by LibreOffice.
"""

from __future__ import annotations

import argparse
import subprocess
import tempfile
from datetime import timedelta
from pathlib import Path
from random import Random

from picture import printed

from okrsheets.edges import templates
from okrsheets.edges.excel.store import ExcelStore
from okrsheets.edges.languages import Languages, language
from okrsheets.orders.sync import sync
from okrsheets.rules.layout import describe
from okrsheets.words.period import Week, quarter
from okrsheets.words.plan import Action, CheckIns, Plan

PERIOD = quarter(2027, 1)
SHOWN = (1, 4, 9, 13)
INVITED, TO_CALL, TO_CLIENT, PRICE = 17, 0.30, 0.125, 1500
DOES = 0.85


def main() -> None:
    """Prints, and draws where asked, what the Summary says in some weeks of one quarter."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--lang", default="nl")
    parser.add_argument("--draw", type=Path)
    asked = parser.parse_args()
    plan = templates.load("high-ticket").plan(asked.lang)
    filled = lived(plan, Random(asked.seed))
    print(f"seed {asked.seed}")
    with tempfile.TemporaryDirectory() as folder:
        for week in SHOWN:
            path = Path(folder) / f"week-{week:02d}.xlsx"
            print(f"\nweek {week}", *said(path, plan, until(filled, week), week, asked.lang), sep="\n  ")
            if asked.draw:
                draw(path, asked.draw)


def lived(plan: Plan, chance: Random) -> CheckIns:
    """A whole quarter: calls follow an invitation by a week, clients a call by two."""
    invited = [sum(chance.random() < DOES for _ in range(INVITED)) for _ in PERIOD]
    calls = [0, *(taken(chance, entered, TO_CALL) for entered in invited[:-1])]
    clients = [0, 0, *(taken(chance, entered, TO_CLIENT) for entered in calls[:-2])]
    columns = {"K1": invited, "K2": calls, "K3": clients, "K4": [PRICE * sold for sold in clients]}
    values = {kpi: dict(zip(PERIOD, map(float, column), strict=True)) for kpi, column in columns.items()}
    ticks = {action.id: frozenset(ticked(action, chance)) for action in plan.actions}
    return CheckIns(values=values, ticks=ticks)


def taken(chance: Random, entered: int, rate: float) -> int:
    """How many of those who entered go on."""
    return sum(chance.random() < rate for _ in range(entered))


def ticked(action: Action, chance: Random) -> list[object]:
    """Days on which an action was done: most of its quota, Monday first."""
    return [day for week in PERIOD for day in week.days[: action.per_week] if chance.random() < DOES]


def until(filled: CheckIns, week: int) -> CheckIns:
    """What is filled in by the end of a week."""
    weeks = set(list(PERIOD)[:week])
    values = {kpi: {w: v for w, v in column.items() if w in weeks} for kpi, column in filled.values.items()}
    ticks = {id: frozenset(day for day in days if Week.of(day) in weeks) for id, days in filled.ticks.items()}
    return CheckIns(values=values, ticks=ticks)


def said(path: Path, plan: Plan, filled: CheckIns, week: int, code: str) -> list[str]:
    """Makes and syncs the workbook as of that week's Sunday; its headline."""
    store, words = ExcelStore(path), language(code)
    store.create(describe(plan, PERIOD, words, filled))
    result = sync(store, PERIOD.start + timedelta(days=7 * week - 1), Languages())
    assert result.report is not None, result.error
    return [words.say(message) for message in result.report.headline]


def draw(path: Path, folder: Path) -> None:
    """The last page of the workbook, its Summary, as a PNG."""
    folder.mkdir(parents=True, exist_ok=True)
    pages = printed(path)
    told = subprocess.run(["pdfinfo", str(pages)], check=True, capture_output=True, text=True).stdout
    last = next(line.split()[1] for line in told.splitlines() if line.startswith("Pages:"))
    target = folder / path.stem
    subprocess.run(["pdftoppm", "-png", "-r", "90", "-f", last, "-singlefile", str(pages), str(target)], check=True)


if __name__ == "__main__":
    main()
