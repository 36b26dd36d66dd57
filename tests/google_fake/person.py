"""Somebody in the browser: types, ticks, pastes, inserts rows, renames tabs. No call of any interface is made."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from . import moving
from .answers import Json
from .batch import carry_out
from .book import Book, Tab
from .ranges import Area, from_a1, quoted, to_grid
from .typed import read_typed
from .values import clear, enter, read_entered, type_in
from .values_of import effective, number_format, rendered, shown_text
from .world import World

ALLOWED_BESIDE_LISTS = ("ONE_OF_LIST", "BOOLEAN")


class Refusal(Exception):
    """The browser does not take what was typed: the cell's validation is strict."""


class Person:
    """Edits one spreadsheet as a person does; places are in A1 notation, `Actions!D3`, or names of ranges."""

    def __init__(self, world: World, id: str) -> None:
        self.world, self.id = world, id

    @property
    def _book(self) -> Book:
        return self.world.books[self.id]

    @contextmanager
    def _editing(self) -> Iterator[Book]:
        with self.world.lock:
            yield self._book
            self.world.files[self.id].name = self._book.properties["title"]
            self.world.touch(self.world.files[self.id])

    def _place(self, place: str) -> tuple[Tab, Area]:
        area = from_a1(self._book, place)
        tab = self._book.tab(area.sheet)
        return tab, area.within(tab)

    def _tab(self, title: str) -> Tab:
        return self._book.tab_called(title)

    def _ask(self, **requests: Json) -> None:
        with self._editing():
            book, _ = carry_out(self._book, [{kind: asked} for kind, asked in requests.items()])
            self.world.books[self.id] = book

    def type(self, place: str, text: str) -> None:
        """Types into one cell; the sheet's locale reads it, and strict validation may refuse it."""
        tab, area = self._place(place)
        cell = tab.cell(area.top, area.left)
        typed = read_entered(self._book, cell, self._as_percent(cell, text))
        if not fits(cell.get("dataValidation", {}), typed.value):
            raise Refusal(place)
        with self._editing() as book:
            type_in(book, tab, area.top, area.left, typed)

    def _as_percent(self, cell: Json, text: str) -> str:
        """Typing 45 into a cell that shows percentages means 45 %; the editor adds the sign."""
        number = "numberValue" in read_typed(text, self._book.locale, self._book.year).value
        percent = number_format(cell).get("type") == "PERCENT"
        return f"{text}%" if percent and number and text.strip()[-1:].isdigit() else text

    def paste(self, place: str, *rows: list[str]) -> None:
        """Pastes text from elsewhere: the locale reads it, no validation stands in the way."""
        tab, area = self._place(place)
        with self._editing() as book:
            for down, row in enumerate(rows):
                for along, text in enumerate(row):
                    at = (area.top + down, area.left + along)
                    type_in(book, tab, *at, read_entered(book, tab.cell(*at), text))

    def put(self, place: str, value: Any) -> None:
        """Puts a value into a cell as it is, unread: text stays text."""
        tab, area = self._place(place)
        with self._editing() as book:
            enter(book, tab, area.top, area.left, value, "RAW")

    def tick(self, place: str, done: bool = True) -> None:
        """Ticks a box, or takes the tick away."""
        self.put(place, done)

    def clear(self, place: str) -> None:
        """Empties cells."""
        with self._editing() as book:
            clear(book, *self._place(place))

    def format(self, place: str, kind: str, pattern: str = "") -> None:
        """Gives cells a number format: NUMBER, PERCENT, CURRENCY, DATE, TEXT …"""
        number = {"type": kind, **({"pattern": pattern} if pattern else {})}
        cell = {"userEnteredFormat": {"numberFormat": number}}
        grid = to_grid(self._place(place)[1])
        self._ask(repeatCell={"range": grid, "cell": cell, "fields": "userEnteredFormat.numberFormat"})

    def insert_rows(self, title: str, before: int, count: int = 1) -> None:
        """Inserts rows above a row; `before` is the row's number as people see it, from 1."""
        self._insert(title, "ROWS", before - 1, count)

    def insert_columns(self, title: str, before: int, count: int = 1) -> None:
        """Inserts columns to the left of a column; A is 1."""
        self._insert(title, "COLUMNS", before - 1, count)

    def _insert(self, title: str, dimension: str, at: int, count: int) -> None:
        with self._editing() as book:
            moving.insert(book, self._tab(title), dimension, at, count, at - 1 if at else at)

    def delete_rows(self, title: str, first: int, count: int = 1) -> None:
        """Deletes rows, from a row's number on."""
        with self._editing() as book:
            moving.delete(book, self._tab(title), "ROWS", first - 1, first - 1 + count)

    def delete_columns(self, title: str, first: int, count: int = 1) -> None:
        """Deletes columns; A is 1."""
        with self._editing() as book:
            moving.delete(book, self._tab(title), "COLUMNS", first - 1, first - 1 + count)

    def sort(self, place: str, column: int, down: bool = False) -> None:
        """Sorts rows by one of the range's columns; its first is 1."""
        area = self._place(place)[1]
        order = "DESCENDING" if down else "ASCENDING"
        spec = {"dimensionIndex": area.left + column - 1, "sortOrder": order}
        self._ask(sortRange={"range": to_grid(area), "sortSpecs": [spec]})

    def cut_and_paste(self, place: str, to: str) -> None:
        """Cuts cells and pastes them elsewhere."""
        target = self._place(to)[1]
        corner = {"sheetId": target.sheet, "rowIndex": target.top, "columnIndex": target.left}
        asked = {"source": to_grid(self._place(place)[1]), "destination": corner, "pasteType": "PASTE_NORMAL"}
        self._ask(cutPaste=asked)

    def rename_tab(self, title: str, new: str) -> None:
        """Gives a tab another name."""
        properties = {"sheetId": self._tab(title).id, "title": new}
        self._ask(updateSheetProperties={"properties": properties, "fields": "title"})

    def delete_tab(self, title: str) -> None:
        """Deletes a tab."""
        self._ask(deleteSheet={"sheetId": self._tab(title).id})

    def add_tab(self, title: str) -> None:
        """Adds an empty tab."""
        self._ask(addSheet={"properties": {"title": title}})

    def copy_tab(self, title: str, new: str) -> None:
        """Makes a copy of a tab, as the last one."""
        asked = {"sourceSheetId": self._tab(title).id, "newSheetName": new, "insertSheetIndex": len(self._book.tabs)}
        self._ask(duplicateSheet=asked)

    def delete_name(self, name: str) -> None:
        """Takes a named range away."""
        named = self._book.named(name)
        assert named is not None, f"no range is called {name}"
        self._ask(deleteNamedRange={"namedRangeId": named["namedRangeId"]})

    def set_locale(self, name: str) -> None:
        """Changes the locale in the spreadsheet's settings."""
        self._ask(updateSpreadsheetProperties={"properties": {"locale": name}, "fields": "locale"})

    def rename_file(self, title: str) -> None:
        """Gives the spreadsheet another title."""
        self._ask(updateSpreadsheetProperties={"properties": {"title": title}, "fields": "title"})

    def shown(self, place: str) -> str:
        """What a cell shows."""
        tab, area = self._place(place)
        value = effective(self._book, tab, area.top, area.left)
        return shown_text(self._book, tab.cell(area.top, area.left), value)

    def value(self, place: str) -> Any:
        """What a cell is worth: a number, a truth value, a text; '' for an empty one."""
        tab, area = self._place(place)
        return rendered(self._book, tab, area.top, area.left, "UNFORMATTED_VALUE", "SERIAL_NUMBER")

    def values(self, title: str) -> dict[str, Any]:
        """All values of a tab by their places."""
        tab = self._tab(title)
        places = (f"{quoted(title)}!{name_of(at)}" for at in sorted(tab.cells))
        return {place.rpartition("!")[2]: found for place in places if (found := self.value(place)) != ""}


def name_of(at: tuple[int, int]) -> str:
    """`A1` for 0, 0."""
    from .ranges import cell_name

    return cell_name(*at)


def fits(rule: Json, value: Json) -> bool:
    """Whether a strict validation takes a value; kinds that the fake does not know take all."""
    condition = rule.get("condition", {})
    if not rule.get("strict") or not value or condition.get("type") not in ALLOWED_BESIDE_LISTS:
        return True
    wanted = [item.get("userEnteredValue") for item in condition.get("values", [])]
    inner = next(iter(value.values()))
    if condition["type"] == "BOOLEAN" and not wanted:
        return isinstance(inner, bool)
    return str(inner) in wanted
