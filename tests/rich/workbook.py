"""The rich workbook: a plan as okrsheets makes it, in which a person has lived for seven weeks."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from okrsheets.edges import templates
from okrsheets.edges.excel.making.builder import build
from okrsheets.edges.excel.reading.parts import Book
from okrsheets.edges.languages import Languages, language
from okrsheets.orders.demo import TEMPLATE, filled_in, period_around, with_slip
from okrsheets.rules.layout import describe
from okrsheets.rules.readback import read_back
from okrsheets.rules.report import compute
from okrsheets.rules.summary import summarise
from okrsheets.words.grid import Address, Content, Grid, Reading
from okrsheets.words.workbook import Workbook
from tests.rich.drawn import drawn_into
from tests.rich.handwritten import written_in
from tests.rich.package import Package

BEFORE, TODAY = date(2026, 11, 22), date(2026, 11, 29)
"""When the workbook was synced last, and when it is to be synced."""


def rich_workbook(*, macros: bool = False) -> bytes:
    """The bytes of the .xlsx, or of the .xlsm with macros."""
    described = plan()
    with drawn_into(macros=macros):
        package = Package(build(described))
    written_in(package)
    return package.packed()


def plan() -> Workbook:
    """The demo's plan, filled in up to TODAY, its Summary as of BEFORE in shared strings, as Excel saves it."""
    period, dutch = period_around(TODAY), language("nl")
    known = templates.load(TEMPLATE).plan("nl")
    workbook = with_slip(describe(known, period, dutch, filled_in(period, TODAY)), known, dutch)
    return _with_values(workbook, _summary(build(workbook)))


def _summary(made: bytes) -> dict[Address, Content]:
    book, languages = Book(made), Languages()
    grids: dict[str, Grid] = {title: book.sheet(title).grid for title in book.titles}
    reading = Reading("excel", "plan.xlsx", book.titles, grids, book.names, "", book.epoch)
    return dict(summarise(compute(read_back(reading, languages.all), BEFORE), language("nl")))


def _with_values(workbook: Workbook, contents: dict[Address, Content]) -> Workbook:
    *tabs, summary = workbook.tabs
    entries = dict(summary.entries)
    for address, content in contents.items():
        entries[address.spot] = replace(entries[address.spot], value=content.value)
    return replace(workbook, tabs=(*tabs, replace(summary, entries=entries)))
