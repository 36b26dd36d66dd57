"""The store in memory, beyond what every store promises: a person types into it."""

from __future__ import annotations

from datetime import date

import pytest
from excel_files import change, plan_workbook

from okrsheets.edges.described import as_kept
from okrsheets.edges.memory import MemoryStore
from okrsheets.words.errors import ChangedMeanwhile, NotFound
from okrsheets.words.grid import NOTHING, Address, Area, Cell, Kind
from okrsheets.words.workbook import Entry, Formula, Link, Written

PLACE = Address("KPI's", 2, 3)
TYPED: dict[str, tuple[Written, Cell]] = {
    "a tick": (True, Cell(Kind.BOOLEAN, True)),
    "a text": ("ongeveer 12", Cell(Kind.TEXT, "ongeveer 12")),
    "a number": (12, Cell(Kind.NUMBER, 12.0)),
    "a day": (date(2026, 10, 12), Cell(Kind.NUMBER, 46307.0, dated=True)),
    "nothing": (None, NOTHING),
    "a formula": (Formula("=1/3", 0.25), Cell(Kind.NUMBER, 0.25, "1/3")),
    "a link": (Link(Area("Overzicht", 1, 1, 1, 1), "there"), Cell(Kind.TEXT, "there", link="Overzicht!A1")),
}


@pytest.fixture
def store() -> MemoryStore:
    store = MemoryStore("plan")
    store.create(plan_workbook())
    return store


@pytest.mark.parametrize(("value", "cell"), TYPED.values(), ids=TYPED)
def test_what_a_person_types_is_read(store: MemoryStore, value: Written, cell: Cell) -> None:
    before = store.read()
    store.fill(PLACE, value)
    after = store.read()
    assert after.at(PLACE) == cell
    assert after.fingerprint != before.fingerprint
    assert {s: c for s, c in after.grids["KPI's"].cells.items() if s != PLACE.spot} == {
        s: c for s, c in before.grids["KPI's"].cells.items() if s != PLACE.spot
    }


def test_what_is_typed_after_the_reading_is_not_written_over(store: MemoryStore) -> None:
    reading = store.read()
    store.fill(PLACE, "mine")
    with pytest.raises(ChangedMeanwhile):
        store.write([change((1, 1), "ours")], reading)


def test_a_reading_stays_as_it_was(store: MemoryStore) -> None:
    reading = store.read()
    store.fill(PLACE, "later")
    assert reading.at(PLACE) == Cell(Kind.BOOLEAN, False)


def test_nothing_can_be_typed_where_there_is_nothing(store: MemoryStore) -> None:
    with pytest.raises(KeyError):
        store.fill(Address("Niets", 1, 1), 1)
    with pytest.raises(NotFound):
        MemoryStore().fill(PLACE, 1)
    with pytest.raises(NotFound):
        MemoryStore().write([change((1, 1), 1)], store.read())


def test_its_name() -> None:
    assert (MemoryStore().ref, MemoryStore("plan").ref) == ("memory", "plan")


def test_a_described_entry_may_be_bare() -> None:
    store = MemoryStore()
    store.create(plan_workbook(B3=Entry(), C3=Entry("")))
    assert store.read().grids["Overzicht"].at(3, 2) == NOTHING


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        (10 / 65, 0.153846153846154),
        (1e308 * 1.7976931348623151, 1.79769313486231e308),
        (-1.7976931348623151e308, -1.79769313486231e308),
    ],
)
def test_numbers_are_kept_in_fifteen_digits(given: float, kept: float) -> None:
    assert as_kept(given) == kept
