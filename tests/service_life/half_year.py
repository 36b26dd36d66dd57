"""A half year on a laptop, with real files and SQLite, and what is to be said of it in the end."""

from __future__ import annotations

import time
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import time_machine

from okrsheets.edges import templates
from okrsheets.edges.excel.store import ExcelStore
from okrsheets.edges.history import SqliteHistory
from okrsheets.edges.languages import Languages, language
from okrsheets.orders.sync import Outcome, sync
from okrsheets.rules.layout import describe
from okrsheets.rules.readback import known_titles, read_back
from okrsheets.words.grid import Address, Change, Content
from okrsheets.words.period import Period
from tests.service_life.laptop import AMSTERDAM, BEGIN, Laptop

LANGUAGES = Languages()
TITLES = known_titles(LANGUAGES.all)
MEANWHILE = 1.02
"""How much larger the memory may be after half a year than after the first few sessions."""


@dataclass(frozen=True)
class Figures:
    """What happened in the half year."""

    workbooks: int
    ticks: int
    kills: int
    edits: int
    written: int
    growth: float
    seconds: float


def half_year(folder: Path, plans: Mapping[str, str], seed: int = 3) -> Figures:
    """Lives through it with workbooks on these schedules, and raises AssertionError where something is not right.

    The caller has set OKRSHEETS_STATE_DIR to `state` in the folder.
    """
    began = time.process_time()
    cell = furnish(folder, plans)

    def type(name: str, figure: float) -> None:
        store = ExcelStore(folder / f"{name}.xlsx", TITLES)
        store.write([Change(cell, Content(), Content(figure))], store.read())

    with time_machine.travel(BEGIN, tick=False) as traveller:
        laptop = Laptop(traveller, folder, plans, type, seed)
        laptop.live()
    check_told(laptop)
    check_files(laptop)
    check_writes(laptop)
    seconds = time.process_time() - began
    written = sum(laptop.told["synced", name] for name in plans)
    growth = check_flat(laptop)
    return Figures(len(plans), laptop.ticks, laptop.kills, laptop.edits.total(), written, growth, seconds)


def furnish(folder: Path, plans: Mapping[str, str]) -> Address:
    """Puts the workbooks there, and the configuration; the cell into which figures are typed."""
    path = folder / "new.xlsx"
    store = ExcelStore(path, TITLES, state=folder / "state")
    store.create(describe(templates.load("blank").plan("en"), Period(BEGIN.date(), 26), language("en")))
    snapshot = read_back(store.read(), LANGUAGES.all)
    cell = snapshot.where(snapshot.plan.kpis[0].id, "2026-W40")
    assert cell is not None
    new = path.read_bytes()
    path.unlink()
    tables = []
    for name, every in plans.items():
        (folder / f"{name}.xlsx").write_bytes(new)
        tables.append(f"[[workbooks]]\nname = '{name}'\nworkbook = '{name}.xlsx'\nevery = '{every}'\n")
    text = "language = 'en'\ntimezone = 'Europe/Amsterdam'\n" + "".join(tables)
    (folder / "config.toml").write_text(text, encoding="utf-8")
    return cell


def check_told(laptop: Laptop) -> None:
    """Nothing went wrong that the service knows of, and what the laptop did was noticed."""
    events = {event for event, _ in laptop.told}
    assert not events & {"fault", "failed", "history"}, events
    assert laptop.told["clock", ""] > 20
    assert laptop.halfway > 0


def check_files(laptop: Laptop) -> None:
    """Every Summary is as of its last slot, with all that was typed: nothing is left to write."""
    history = SqliteHistory(laptop.folder / "state")
    for name in laptop.slots.plans:
        runs = history.runs(name)
        day = max(run.started for run in runs).astimezone(AMSTERDAM).date()
        result = sync(ExcelStore(laptop.folder / f"{name}.xlsx", TITLES), day, LANGUAGES, dry_run=True)
        assert (result.outcome, result.changes) == (Outcome.DRY_RUN, ()), name
        assert any(run.missed for run in runs) or name not in laptop.edits
    assert not list(laptop.folder.glob("*.tmp*"))


def check_writes(laptop: Laptop) -> None:
    """Each workbook was written once for each day or figure that its slots had to show, and not once more.

    Where the power failed behind a write, the next process need not know of it, and its slot may show another day.
    """
    for name in laptop.slots.plans:
        written, owed = laptop.told["synced", name], laptop.slots.owed[name]
        assert owed - laptop.halfway <= written <= owed + laptop.halfway, f"{name}: {written} instead of {owed}"


def check_flat(laptop: Laptop) -> float:
    """There are no more things in memory, and no more files open, than after ten sessions; the growth as a ratio."""
    assert len(laptop.sizes) > 5
    early, late = laptop.sizes[0], laptop.sizes[-1]
    assert late[0] < early[0] * MEANWHILE, f"{early[0]} things became {late[0]}"
    assert late[1] <= early[1]
    return late[0] / early[0]
