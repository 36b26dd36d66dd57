"""The machine: what a person, a system and several syncs may do to a workbook, in any order.

After every step the tabs of the person are, byte by byte, those of their last save; after every sync that says that it
is done, the Summary is what the same typing gives in a workbook in memory.
"""

from __future__ import annotations

import shutil
import tempfile
from contextlib import suppress
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from xml.etree import ElementTree

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from okrsheets.edges.excel.store import ExcelStore
from okrsheets.edges.languages import Languages, language
from okrsheets.edges.memory import MemoryStore
from okrsheets.orders.sync import Outcome, SyncResult, sync
from okrsheets.orders.undo import undo
from okrsheets.rules.layout import describe
from okrsheets.rules.readback import known_titles, read_back
from okrsheets.rules.summary import stamps
from okrsheets.words.errors import OkrsheetsError
from okrsheets.words.grid import Address, Spot, Value
from okrsheets.words.period import Period
from okrsheets.words.plan import Action, Cadence, KeyResult, KeyResultType, Kpi, Objective, Plan, Theme
from okrsheets.words.snapshot import Snapshot
from okrsheets.words.store import Store
from okrsheets.words.workbook import Workbook
from tests.promise.hands import Typed, owners_parts, part_of, with_typed
from tests.promise.world import Killed, World

LANGUAGES = Languages()
TITLES = known_titles(LANGUAGES.all)
START = date(2026, 9, 28)
SUMMARY = "Summary"
PARTS = {
    title: f"xl/worksheets/sheet{n}.xml"
    for n, title in enumerate(("Theme", "Objectives", "Actions", "KPIs", SUMMARY), 1)
}
OPERATIONS = st.integers(0, 60)
"""When, counted in operations on the disk, something comes in between."""
ERRORS = st.sampled_from(("ENOSPC", "EIO", "EACCES", "EMFILE"))
DAYS = st.integers(0, 16).map(lambda days: START + timedelta(days=days))
TICKS: st.SearchStrategy[Typed] = st.sampled_from((True, False, None, "x", "-", "ja", "perhaps", 1.0))
NUMBERS: st.SearchStrategy[Typed] = (
    st.none() | st.integers(0, 40).map(float) | st.sampled_from(("12,5", "about 12", "1.250"))
)
TEXTS: st.SearchStrategy[Typed] = st.sampled_from(("Call <five> people", "=1+1", "Rust & aandacht", "'", "x" * 300))


@cache
def plan_workbook() -> Workbook:
    """Two weeks, small, since it is read thousands of times; the figures have tests of their own."""
    results = (KeyResult("KR1", "Calls", target=10, kpi="K1"), KeyResult("KR2", "Page", KeyResultType.DONE))
    plan = Plan(
        Theme("Ten programmes", why="It is time"),
        (Objective("O1", "Sell", key_results=results),),
        (Kpi("K1", "Calls", target=10), Kpi("K2", "Invitations")),
        actions=(Action("A1", "Invite", per_week=5, feeds="K2", amount=2), Action("A2", "Call", Cadence.WEEKLY, 2)),
    )
    return describe(plan, Period(START, 2), language("en"))


@cache
def made() -> tuple[bytes, Snapshot]:
    """The new workbook, and what stands where in it."""
    folder = Path(tempfile.mkdtemp())
    store = ExcelStore(folder / "plan.xlsx", TITLES)
    store.create(plan_workbook())
    snapshot = read_back(store.read(), LANGUAGES.all)
    data = (folder / "plan.xlsx").read_bytes()
    shutil.rmtree(folder)
    return data, snapshot


@cache
def places(kind: str) -> tuple[Address, ...]:
    """The cells of one kind that the person fills."""
    _, snapshot = made()
    plan = snapshot.plan
    items = {
        "ticks": [(action.id, None) for action in plan.actions],
        "numbers": [(kpi.id, None) for kpi in plan.kpis],
        "texts": [("theme", "title"), ("theme", "why")],
    }[kind]
    fields = [(item, field) for item, one in items for field in ([one] if one else snapshot.cells[item])]
    return tuple(snapshot.cells[item][field] for item, field in fields if field[:2] in ("20", "ti", "wh"))


def typing(kind: str, values: st.SearchStrategy[Typed]) -> st.SearchStrategy[tuple[Address, Typed]]:
    """A cell of that kind, and what the person types there."""
    return st.deferred(lambda: st.tuples(st.sampled_from(places(kind)), values))


CELLS = st.one_of(typing("ticks", TICKS), typing("numbers", NUMBERS), typing("texts", TEXTS))


class Promise(RuleBasedStateMachine):
    """One workbook, its owner, and whatever comes along."""

    steps = 0

    def __init__(self) -> None:
        super().__init__()
        self.world = World(Path(tempfile.mkdtemp(prefix="promise-")))
        self.memory = MemoryStore()
        self.opened = self.known = b""

    @initialize()
    def begin(self) -> None:
        data, _ = made()
        self.memory.create(plan_workbook())
        self.world.path.write_bytes(data)
        self.opened = data
        self.owned = owners_parts(data, PARTS, SUMMARY)

    def teardown(self) -> None:
        shutil.rmtree(self.world.folder)

    def engine(self, files: object | None = None) -> Store:
        """The store under test, looking at the file anew."""
        return ExcelStore(self.world.path, TITLES, **self.world.means(files))

    # The person

    @rule(cells=st.lists(CELLS, min_size=1, max_size=3), fresh=st.booleans(), in_place=st.booleans())
    def saves(self, cells: list[tuple[Address, Typed]], fresh: bool, in_place: bool) -> None:
        """Types, and saves what was opened just now or some time ago."""
        if fresh:
            self.opens()
        self.save(cells, in_place)

    @rule()
    def opens(self) -> None:
        self.opened = self.world.path.read_bytes()

    @rule(there=st.booleans())
    def locks(self, there: bool) -> None:
        """Opens it in Excel, or closes it."""
        lock = self.world.path.with_name("~$plan.xlsx")
        if there:
            lock.write_bytes(b"\x04Anna")
        else:
            lock.unlink(missing_ok=True)

    def save(self, cells: list[tuple[Address, Typed]], in_place: bool) -> None:
        for where, value in cells:
            self.memory.fill(where, value)
        self.opened = with_typed(self.opened, PARTS, dict(cells))
        self.owned = owners_parts(self.opened, PARTS, SUMMARY)
        self.world.saves(self.opened, in_place=in_place)

    # Syncs

    @rule(today=DAYS)
    def syncs(self, today: date) -> None:
        self.judge(self.synced(today))

    @rule(today=DAYS, at=OPERATIONS, error=ERRORS, lasting=st.booleans())
    def syncs_with_a_fault(self, today: date, at: int, error: str, lasting: bool) -> None:
        self.judge(self.synced(today, self.world.faulty(at, error, lasting=lasting)))

    @rule(today=DAYS, at=OPERATIONS)
    def syncs_and_is_killed(self, today: date, at: int) -> None:
        with suppress(Killed):
            self.judge(self.synced(today, self.world.killing(at)))

    @rule(today=DAYS, at=OPERATIONS, cells=st.lists(CELLS, min_size=1, max_size=2), in_place=st.booleans())
    def syncs_while_the_person_saves(
        self, today: date, at: int, cells: list[tuple[Address, Typed]], in_place: bool
    ) -> None:
        """A save by rename or in place, at any moment between two operations of the sync."""
        came = self.world.meanwhile(at, lambda: self.save(cells, in_place))
        result = self.synced(today, came)
        if not came.happened:
            self.judge(result)

    @rule(today=DAYS, at=OPERATIONS, other=DAYS)
    def syncs_twice_at_once(self, today: date, at: int, other: date) -> None:
        self.synced(today, self.world.meanwhile(at, lambda: self.synced(other)))

    @rule(at=OPERATIONS)
    def undoes(self, at: int) -> None:
        """Puts back what stood there before the last sync, killed on the way or not; refused once they typed since."""
        with suppress(Killed, OkrsheetsError):
            undo(self.engine(self.world.killing(at)))

    def synced(self, today: date, files: object | None = None) -> SyncResult:
        return sync(self.engine(files), today, LANGUAGES, force=True)

    def judge(self, result: SyncResult) -> None:
        """Done is done: the Summary in the file is that of the same typing in memory."""
        if result.outcome not in (Outcome.SYNCED, Outcome.UNCHANGED):
            assert result.error is not None
            return
        assert result.report is not None
        sync(self.memory, result.report.today, LANGUAGES, force=True)
        stamped = {where.spot for where in stamps(result.report)}
        assert summary_of(self.engine(), stamped) == summary_of(self.memory, stamped)

    # What holds at every moment

    @invariant()
    def the_workbook_is_whole_and_the_persons_tabs_are_theirs(self) -> None:
        type(self).steps += 1
        data = self.world.path.read_bytes()
        if data != self.known:
            assert owners_parts(data, PARTS, SUMMARY) == self.owned
            ElementTree.fromstring(part_of(data, PARTS[SUMMARY]))
            self.known = data


def summary_of(store: Store, stamped: set[Spot]) -> dict[Spot, tuple[Value, str | None]]:
    """What the Summary holds, but for the day it is as of."""
    cells = store.read().grids[SUMMARY].cells
    return {spot: (cell.value, cell.link) for spot, cell in cells.items() if spot not in stamped}
