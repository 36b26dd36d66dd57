"""What a round of the service costs with a thousand Excel workbooks: `python -m benchmarks.service_rounds`.

Processor time of one process, so that the ratios mean something on any machine: the rounds and the single syncs
beside them alternate. The clock of the service is turned by hand; files, history and configuration are real.
"""

from __future__ import annotations

import io
import os
import statistics
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from okrsheets.edges import templates
from okrsheets.edges.excel.store import ExcelStore
from okrsheets.edges.history import SqliteHistory
from okrsheets.edges.languages import Languages, language
from okrsheets.orders.demo import demo
from okrsheets.orders.sync import Outcome, sync
from okrsheets.rules.readback import read_back
from okrsheets.shell.desk import Desk
from okrsheets.shell.keeping.keeper import Keeper
from okrsheets.shell.keeping.log import LogFormat, ServiceLog
from okrsheets.shell.keeping.ticker import Clockwork
from okrsheets.words.grid import Change, Content
from okrsheets.words.history import Run, Standing

DAY = date(2026, 11, 25)
WORKBOOKS, CHANGED, ROUNDS, IDLE = 1000, 10, 5, 5
QUARTER = timedelta(minutes=15)
LANGUAGES = Languages()


class CountedHistory(SqliteHistory):
    """A history that counts how often it is written."""

    writes = 0

    def keep(self, standings: list[Standing], runs: list[Run], bookmark: str | None = None) -> None:  # type: ignore[override]
        self.writes += 1
        super().keep(standings, runs, bookmark)


class Bench:
    """A service in a folder, which has brought all its workbooks up to date once."""

    def __init__(self, folder: Path) -> None:
        os.environ["OKRSHEETS_STATE_DIR"] = str(folder / "state")
        self.folder = folder
        self.names = [f"plan-{n}.xlsx" for n in range(WORKBOOKS)]
        self.current, self.edited = made(folder)
        for name in self.names:
            (folder / name).write_bytes(self.current)
        tables = "".join(f"[[workbooks]]\nname = '{name}'\nworkbook = '{name}'\n" for name in self.names)
        (folder / "config.toml").write_text(f"timezone = 'Europe/Amsterdam'\nlanguage = 'en'\n{tables}")
        self.now = self.quarter = datetime.combine(DAY, datetime.min.time(), UTC) + timedelta(hours=7, minutes=1)
        desk = Desk(str(folder / "config.toml"), hasty=True)
        clockwork = Clockwork(lambda: self.now, lambda: self.now.timestamp(), lambda _: None)
        log = ServiceLog(desk.language, desk.zone, clockwork.now, LogFormat.JSON, stream=io.StringIO())
        self.history = CountedHistory(folder / "state")
        self.keeper = Keeper(desk, self.history, clockwork, log)
        self.keeper.tick()

    def edit(self) -> None:
        """Somebody saves ten of the workbooks, and ten others that nobody configured; minutes pass."""
        for name in self.names[:CHANGED]:
            (self.folder / name).write_bytes(self.edited)
            (self.folder / f"other-{name}").write_bytes(self.edited)

    def round_of_ten(self) -> None:
        self.idle_round()

    def idle_round(self) -> None:
        self.now = self.quarter = self.quarter + QUARTER
        self.keeper.tick()

    def tick_in_between(self) -> None:
        self.now += timedelta(minutes=2)
        self.keeper.tick()

    def single_syncs(self) -> None:
        for name in self.names[:CHANGED]:
            store = ExcelStore(self.folder / f"other-{name}", state=self.folder / "state")
            assert sync(store, DAY, LANGUAGES).outcome is Outcome.SYNCED


def made(folder: Path) -> tuple[bytes, bytes]:
    """The demo's workbook, up to date; and the same after somebody typed a number for a KPI."""
    store = ExcelStore(path := folder / "demo.xlsx", state=folder / "state")
    demo(store, templates.load("high-ticket").plan("nl"), language("nl"), LANGUAGES, DAY)
    current, reading = path.read_bytes(), store.read()
    kpi = read_back(reading, LANGUAGES.all).plan.kpis[0]
    cell = read_back(reading, LANGUAGES.all).where(kpi.id, "2026-W48")
    assert cell is not None
    editor = ExcelStore(path, {cell.tab}, state=folder / "state")
    editor.write([Change(cell, Content(), Content(77.0))], editor.read())
    return current, path.read_bytes()


def cost(job: Callable[[], None]) -> float:
    """Milliseconds of processor time."""
    start = time.process_time()
    job()
    return 1000 * (time.process_time() - start)


def main() -> None:
    """Prints medians, side by side."""
    with tempfile.TemporaryDirectory() as folder:
        bench = Bench(Path(folder))
        taken, writes = measured(bench)
    medians = {name: statistics.median(times) for name, times in taken.items()}
    single = medians[bench.single_syncs.__name__]
    print(f"{WORKBOOKS:,} Excel workbooks, medians of {ROUNDS} runs, milliseconds of processor time")
    for name, median in medians.items():
        print(f"{name.replace('_', ' '):24} {median:8.1f} ms   {median / single:6.3f} x")
    print(f"writes to the history in an idle round: {writes}, in a tick in between: 0")


def measured(bench: Bench) -> tuple[dict[str, list[float]], int]:
    """The cost of each kind of round, several times; and how often an idle one writes, at most."""
    jobs = (bench.single_syncs, bench.round_of_ten, bench.idle_round, bench.tick_in_between)
    taken: dict[str, list[float]] = {job.__name__: [] for job in jobs}
    writes = 0
    for _ in range(ROUNDS):
        bench.edit()
        for job in (bench.single_syncs, bench.round_of_ten):
            taken[job.__name__].append(cost(job))
        bench.idle_round()  # reads once more what was written, as somebody may have saved right behind
        for _ in range(IDLE):
            before = bench.history.writes
            taken[bench.idle_round.__name__].append(cost(bench.idle_round))
            writes = max(writes, bench.history.writes - before)
            taken[bench.tick_in_between.__name__].append(cost(bench.tick_in_between))
            assert bench.history.writes - before == writes
    return taken, writes


if __name__ == "__main__":
    main()
