"""Cells, their addresses and areas."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from okrsheets.words.grid import NOTHING, Address, Area, Cell, Grid, Kind, Reading, a1, column_letters, column_number


@pytest.mark.parametrize(
    ("number", "letters"), [(1, "A"), (26, "Z"), (27, "AA"), (52, "AZ"), (702, "ZZ"), (703, "AAA"), (16384, "XFD")]
)
def test_columns_have_letters(number, letters):
    assert column_letters(number) == letters
    assert column_number(letters) == column_number(letters.lower()) == number


@given(st.integers(1, 20_000))
def test_letters_and_numbers_name_the_same_column(number):
    assert column_number(column_letters(number)) == number


def test_an_address_is_the_tab_and_the_cell_unquoted():
    """contract.md §6: the tab's name ends at the last `!`."""
    address = Address("KPI's!2", 7, 28)
    assert str(address) == "KPI's!2!AB7"
    assert address.spot == (7, 28)
    assert a1(address.spot) == "AB7"


def test_addresses_sort_by_tab_row_and_column():
    tied = [Address("B", 1, 1), Address("A", 10, 1), Address("A", 2, 9), Address("A", 2, 1)]
    assert sorted(tied) == [Address("A", 2, 1), Address("A", 2, 9), Address("A", 10, 1), Address("B", 1, 1)]


@pytest.mark.parametrize(
    ("spot", "inside"),
    [((2, 2), True), ((9, 3), True), ((5, 2), True), ((1, 2), False), ((2, 4), False), ((10, 2), False)],
)
def test_an_area_holds_its_corners(spot, inside):
    assert (spot in Area("Theme", 2, 2, 9, 3)) is inside


@pytest.mark.parametrize(("area", "text"), [(Area("T", 2, 2, 9, 3), "B2:C9"), (Area("T", 2, 2, 2, 2), "B2")])
def test_an_area_as_text(area, text):
    assert area.a1 == text
    assert area.first == Address("T", 2, 2)


def test_what_was_not_read_is_nothing():
    ticked = Cell(Kind.BOOLEAN, True)
    reading = Reading("memory", "plan", ("Actions", "Notes"), {"Actions": Grid("Actions", {(1, 2): ticked})}, {}, "1")
    assert reading.at(Address("Actions", 1, 2)) is ticked
    assert reading.at(Address("Actions", 2, 2)) is NOTHING
    assert reading.at(Address("Notes", 1, 2)) is NOTHING
    assert Cell(Kind.EMPTY, None) == NOTHING
