"""Opened and saved by another program, a workbook says the same: its report, its cells, what a sync then writes."""

from __future__ import annotations

import os
import shutil
import subprocess
import warnings
from collections.abc import Callable, Collection, Sequence
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from google_export import as_google_exports

from okrsheets.edges import templates
from okrsheets.edges.excel.store import ExcelStore
from okrsheets.edges.languages import Languages, language
from okrsheets.edges.memory import MemoryStore
from okrsheets.orders.report import report
from okrsheets.orders.sync import Outcome, sync
from okrsheets.rules.layout import describe
from okrsheets.rules.readback import known_titles, read_back
from okrsheets.shell.documents.figures import reported
from okrsheets.words.grid import Address, Spot
from okrsheets.words.message import Language
from okrsheets.words.period import Week, quarter
from okrsheets.words.plan import CheckIns, KpiKind
from okrsheets.words.snapshot import Snapshot
from okrsheets.words.store import Store
from okrsheets.words.workbook import Formula, Tab, Workbook, Written

REPOSITORY = Path(__file__).parents[2]
JAVASCRIPT = Path(__file__).parent / "js"
LANGUAGES = Languages()
PERIOD, TODAY = quarter(2026, 4), date(2026, 11, 29)
WORKBOOKS = [f"{name}-{code}" for name in templates.names() for code in ("nl", "en")]

Save = Callable[[Sequence[Path], Path], None]


def store_of(path: Path) -> ExcelStore:
    return ExcelStore(path, known_titles(LANGUAGES.all))


def seen(store: Store) -> tuple[Snapshot, dict[str, Any]]:
    """All that is read, and what `report --json` says of it; without the name of the file."""
    figures = report(store, TODAY, LANGUAGES)
    about = figures.snapshot.about
    document = reported(figures, LANGUAGES.of(about.language, about.locale))
    return nameless(figures.snapshot), {**document, "workbook": {**document["workbook"], "ref": ""}}


def nameless(snapshot: Snapshot) -> Snapshot:
    """What was read, of whatever file."""
    return replace(snapshot, about=replace(snapshot.about, ref=""))


def described(workbook: str) -> Workbook:
    """A template's workbook as its owner left it after nine weeks: numbers, ticks, skips, texts and slips."""
    name, _, code = workbook.rpartition("-")
    plan, own = templates.load(name).plan(code), language(code)
    weeks = [week for week in PERIOD if week.monday < TODAY]
    days = [PERIOD.start + timedelta(days=n) for n in range(60)]
    plan = replace(plan, theme=replace(plan.theme, days_off=(date(2026, 10, 19), date(2026, 12, 25))))
    check_ins = CheckIns(
        values={
            kpi.id: {week: n * 1.25 for n, week in enumerate(weeks) if n % 4}
            for kpi in plan.kpis
            if kpi.kind is not KpiKind.RATIO
        },
        ticks={action.id: frozenset(days[n::3]) for n, action in enumerate(plan.actions)},
        skips={action.id: frozenset(days[n + 1 :: 9]) for n, action in enumerate(plan.actions)},
    )
    return with_slips(describe(plan, PERIOD, own, check_ins), own)


def with_slips(workbook: Workbook, own: Language) -> Workbook:
    """What people type: numbers as text, formulas, dates where a number belongs, ticks in words, a row of their own."""
    store = MemoryStore()
    store.create(workbook)
    snapshot = read_back(store.read(), LANGUAGES.all)
    kpi, action = snapshot.cells["K1"], snapshot.cells["A1"]
    below = snapshot.cells[snapshot.plan.actions[-1].id]
    typed: dict[Address | None, Written] = {
        kpi[str(Week.parse("2026-W40"))]: "1.250,50" if own.code == "nl" else "1,250.50",
        kpi[str(Week.parse("2026-W41"))]: "1.250" if own.code == "nl" else "1,250",
        kpi[str(Week.parse("2026-W42"))]: "about 12",
        kpi[str(Week.parse("2026-W43"))]: Formula("=3*4", 12),
        kpi[str(Week.parse("2026-W44"))]: "12 %",
        action["2026-09-28"]: "x",
        action["2026-09-29"]: "ja",
        action["2026-09-30"]: "✓",
        action["2026-10-01"]: Formula("=1=1", True),  # type: ignore[arg-type]
        action["2026-10-02"]: 1,
        action["2026-10-05"]: "perhaps",
        replace(below["title"], row=below["title"].row + 1): "Mine, without an id",
        replace(below["2026-10-06"], row=below["title"].row + 1): "v",
        replace(below["2026-10-07"], row=below["title"].row + 2): "x",
    }
    return typed_into(workbook, {(at.tab, at.spot): value for at, value in typed.items() if at})


def typed_into(workbook: Workbook, typed: dict[tuple[str, Spot], Written]) -> Workbook:
    """The workbook with other values in some cells, which keep their looks."""

    def tab_of(tab: Tab) -> Tab:
        own = {spot: value for (title, spot), value in typed.items() if title == tab.title}
        entries = {spot: replace(tab.entries[spot], value=value) for spot, value in own.items()}
        return replace(tab, entries={**tab.entries, **entries})

    return replace(workbook, tabs=tuple(map(tab_of, workbook.tabs)))


@pytest.fixture(scope="module")
def originals(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with all workbooks."""
    folder = tmp_path_factory.mktemp("originals")
    for workbook in WORKBOOKS:
        store_of(folder / f"{workbook}.xlsx").create(described(workbook))
    return folder


def by_openpyxl(files: Sequence[Path], folder: Path) -> None:
    os.environ["OPENPYXL_LXML"] = "False"
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        for file in files:
            openpyxl.load_workbook(file).save(folder / file.name)


def by_node(script: str, *options: str) -> Save:
    def save(files: Sequence[Path], folder: Path) -> None:
        command = [node(), str(JAVASCRIPT / script), *options, str(folder), *map(str, files)]
        subprocess.run(command, check=True, capture_output=True, timeout=300)

    return save


def by_libreoffice(files: Sequence[Path], folder: Path) -> None:
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    kind = ["--convert-to", "xlsx:Calc MS Excel 2007 XML", "--outdir", str(folder)]
    command = [program("soffice"), profile, "--headless", "--norestore", *kind, *map(str, files)]
    subprocess.run(command, check=True, capture_output=True, timeout=300)


def by_google(files: Sequence[Path], folder: Path) -> None:
    for file in files:
        (folder / file.name).write_bytes(as_google_exports(described(file.stem)))


def program(name: str) -> str:
    path = shutil.which(name)
    if path is None and os.environ.get("OKRSHEETS_REQUIRE_ALL") == "1":
        pytest.fail(f"{name} is not installed, and OKRSHEETS_REQUIRE_ALL=1 forbids to skip what needs it")
    return path or pytest.skip(f"{name} is not installed")


def node() -> str:
    """Node with the packages that `make validator` installs."""
    for package in ("exceljs", "xlsx"):
        if not (REPOSITORY / "node_modules" / package).exists():
            if os.environ.get("OKRSHEETS_REQUIRE_ALL") == "1":
                pytest.fail(f"{package} is not installed: make validator")
            pytest.skip(f"{package} is not installed: make validator")
    return program("node")


PROGRAMS: dict[str, Save] = {
    "openpyxl": by_openpyxl,
    "ExcelJS": by_node("exceljs.js"),
    "SheetJS": by_node("sheetjs.js", '{"cellNF": true, "cellStyles": true}'),
    "SheetJS with its defaults": by_node("sheetjs.js", "{}"),
    "SheetJS with dates": by_node("sheetjs.js", '{"cellDates": true}'),
    "LibreOffice": by_libreoffice,
    "Google": by_google,
}
NEEDS_A_PROGRAM = [name for name in PROGRAMS if name not in ("openpyxl", "Google")]


@pytest.fixture(
    scope="module",
    params=[pytest.param(name, marks=pytest.mark.system if name in NEEDS_A_PROGRAM else ()) for name in PROGRAMS],
)
def saved(request: pytest.FixtureRequest, originals: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with all workbooks as one program saves them."""
    folder = tmp_path_factory.mktemp(f"{request.param}-saved")
    PROGRAMS[request.param](sorted(originals.glob("*.xlsx")), folder)
    return folder


@pytest.mark.parametrize("workbook", WORKBOOKS)
def test_a_saved_workbook_says_the_same_or_names_the_cells_that_lost_their_value(
    workbook: str, originals: Path, saved: Path
) -> None:
    before, after = (seen(store_of(folder / f"{workbook}.xlsx")) for folder in (originals, saved))
    assert len(before[1]["problems"]) == 4
    lost = {problem.where for problem in after[0].problems} - {problem.where for problem in before[0].problems}
    if lost:
        assert saved.name.startswith("openpyxl")
        cells = before[0].cells
        assert lost == {cells["K1"]["2026-W43"], cells["A1"]["2026-10-01"]}
        emptied = with_empty(store_of(originals / f"{workbook}.xlsx"), lost)
        before, after = (replace(known, problems=()) for known in (emptied, after[0]))  # type: ignore[assignment]
    assert after == before


def with_empty(store: Store, places: Collection[Address | None]) -> Snapshot:
    """The workbook without what stands in some cells."""
    reading = store.read()
    grids = {
        title: replace(
            grid, cells={spot: cell for spot, cell in grid.cells.items() if Address(title, *spot) not in places}
        )
        for title, grid in reading.grids.items()
    }
    return nameless(read_back(replace(reading, grids=grids), LANGUAGES.all))


@pytest.mark.parametrize("workbook", WORKBOOKS)
def test_a_saved_workbook_is_synced_once_and_then_says_the_same(workbook: str, saved: Path) -> None:
    path = saved / f"{workbook}.xlsx"
    before = seen(store_of(path))
    first = sync(store_of(path), TODAY, LANGUAGES)
    assert (first.outcome, first.error) == (Outcome.SYNCED, None)
    assert sync(store_of(path), TODAY, LANGUAGES).outcome is Outcome.UNCHANGED
    assert seen(store_of(path)) == before
