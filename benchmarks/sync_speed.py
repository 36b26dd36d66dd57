"""How long a sync takes, beside openpyxl loading and saving the same file: `python -m benchmarks.sync_speed`.

Medians of alternating runs in one process, so that the ratios mean something on any machine.
"""

from __future__ import annotations

import statistics
import tempfile
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path

import openpyxl

from okrsheets.edges import templates
from okrsheets.edges.excel.store import ExcelStore
from okrsheets.edges.languages import Languages, language
from okrsheets.orders.demo import demo
from okrsheets.rules.differences import differences
from okrsheets.rules.readback import read_back
from okrsheets.rules.report import compute
from okrsheets.rules.summary import summarise

TODAY = date(2026, 11, 25)
RUNS = 15


def main() -> None:
    """Prints medians in milliseconds, each also as a share of openpyxl's; with lock, proof and backup."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "demo.xlsx"
        languages, store = Languages(), ExcelStore(path, state=Path(folder) / "state")
        demo(store, templates.load("high-ticket").plan("nl"), language("nl"), languages, TODAY)
        print(f"demo workbook, {path.stat().st_size / 1000:.0f} kB, medians of {RUNS} alternating runs")
        show(side_by_side(work(store, languages, path)))


def work(store: ExcelStore, languages: Languages, path: Path) -> dict[str, Callable[[], object]]:
    """What is measured, by name."""
    empty = {address: type(old)() for address, old in contents(store, languages).items()}

    def read() -> object:
        return store.read()

    def read_and_write() -> None:
        """Every Summary cell is taken out or put back: more than any real sync writes."""
        reading = store.read()
        wanted = summary if (changes := differences(reading, summary)) else empty
        store.write(changes or differences(reading, wanted), reading)

    def whole_sync() -> None:
        reading = store.read()
        report = compute(read_back(reading, languages.all), TODAY)
        wanted = summarise(report, language("nl"))
        store.write(differences(reading, wanted) or differences(reading, empty), reading)

    def openpyxl_load_and_save() -> None:
        openpyxl.load_workbook(path).save(path.with_name("copy.xlsx"))

    summary = contents(store, languages)
    return {f.__name__: f for f in (openpyxl_load_and_save, read, read_and_write, whole_sync)}


def contents(store: ExcelStore, languages: Languages) -> dict[object, object]:
    """The Summary of the workbook as it is."""
    return dict(summarise(compute(read_back(store.read(), languages.all), TODAY), language("nl")))


def side_by_side(tasks: dict[str, Callable[[], object]]) -> dict[str, float]:
    """Median milliseconds by task; each round runs every task once."""
    times: dict[str, list[float]] = {name: [] for name in tasks}
    for _ in range(RUNS):
        for name, task in tasks.items():
            start = time.perf_counter()
            task()
            times[name].append(1000 * (time.perf_counter() - start))
    return {name: statistics.median(taken) for name, taken in times.items()}


def show(medians: dict[str, float]) -> None:
    """A line for each task."""
    base = next(iter(medians.values()))
    for name, median in medians.items():
        print(f"{name.replace('_', ' '):28} {median:8.1f} ms   {median / base:5.2f} x")


if __name__ == "__main__":
    main()
