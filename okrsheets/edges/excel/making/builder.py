"""Makes an .xlsx of a described workbook with XlsxWriter: native checkboxes, sparklines, bars and charts."""

from __future__ import annotations

import io
from datetime import UTC, date, datetime

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from okrsheets.edges.described import as_kept
from okrsheets.edges.excel.making import drawings, rules
from okrsheets.edges.excel.making.drawings import quoted, reference
from okrsheets.words.workbook import Columns, Entry, Formula, Link, Page, Style, Tab, Workbook

CREATED = datetime(2020, 1, 1, tzinfo=UTC)
"""A fixed stamp: the same plan gives the same bytes."""


def build(workbook: Workbook) -> bytes:
    """The bytes of the .xlsx. The same description gives the same bytes."""
    memory = io.BytesIO()
    book = xlsxwriter.Workbook(memory, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    book.set_properties({"title": workbook.title, "created": CREATED.replace(tzinfo=None), "comments": "okrsheets"})
    book.set_size(28800, 18000)
    looks = Looks(book)
    sheets = [(tab, book.add_worksheet(tab.title)) for tab in workbook.tabs]
    for tab, sheet in sheets:
        _fill(sheet, tab, looks)
        rules.add(book, sheet, tab)
        drawings.add(book, sheet, tab)
        _page(sheet, tab.page)
    for name, area in workbook.names.items():
        book.define_name(name, f"={reference(area)}")
    sheets[0][1].activate()
    book.close()
    return memory.getvalue()


class Looks:
    """One XlsxWriter format for each style, made when first asked for."""

    def __init__(self, book: xlsxwriter.Workbook) -> None:
        self.book = book
        self.made: dict[Style, Format] = {}

    def of(self, style: Style) -> Format:
        """The format of a style."""
        if style not in self.made:
            self.made[style] = self.book.add_format(_properties(style))
        return self.made[style]


def _properties(style: Style) -> dict[str, object]:
    properties: dict[str, object] = {
        "font_name": "Calibri",
        "font_size": style.size,
        "font_color": f"#{style.colour}",
        "valign": "top" if style.top else "vcenter",
    }
    flags = {"bold": style.bold, "italic": style.italic, "text_wrap": style.wrap, "shrink": style.shrink}
    flags |= {"checkbox": style.checkbox, "underline": style.underline}
    properties |= {key: 1 for key, on in flags.items() if on}
    if style.fill:
        properties |= {"bg_color": f"#{style.fill}", "pattern": 1}
    if style.align:
        properties["align"] = style.align.value
    if style.indent:
        properties["indent"] = style.indent
    if style.number:
        properties["num_format"] = style.number
    if style.box:
        properties |= {"border": 1, "border_color": f"#{style.box}"}
    elif style.line:
        properties |= {"bottom": 1, "bottom_color": f"#{style.line}"}
    return properties


def _fill(sheet: Worksheet, tab: Tab, looks: Looks) -> None:
    sheet.hide_gridlines(2)
    sheet.set_tab_color(f"#{tab.colour}")
    for columns in tab.columns:
        _columns(sheet, columns)
    for row, height in tab.heights.items():
        sheet.set_row(row - 1, height)
    if tab.frozen:
        sheet.freeze_panes(tab.frozen[0] - 1, tab.frozen[1] - 1)
    for merge in tab.merges:
        first = tab.entries[merge.area.top, merge.area.left]
        sheet.merge_range(merge.area.a1, "", looks.of(first.style))
    for (row, column), entry in sorted(tab.entries.items()):
        _write(sheet, row - 1, column - 1, entry, looks)
    sheet.set_selection(tab.selected[0] - 1, tab.selected[1] - 1, tab.selected[0] - 1, tab.selected[1] - 1)
    if tab.filter:
        sheet.autofilter(tab.filter.a1)


def _columns(sheet: Worksheet, columns: Columns) -> None:
    options: dict[str, object] = {"hidden": columns.hidden}
    if columns.group:
        options["level"] = 1
    sheet.set_column(columns.first - 1, columns.last - 1, columns.width, None, options)


def _write(sheet: Worksheet, row: int, column: int, entry: Entry, looks: Looks) -> None:
    """By type, never by guess: a text that looks like a formula or an address stays a text."""
    value, look = entry.value, looks.of(entry.style)
    if value is None or value == "":
        sheet.write_blank(row, column, None, look)
    elif isinstance(value, bool):
        sheet.write_boolean(row, column, value, look)
    elif isinstance(value, str):
        sheet.write_string(row, column, value, look)
    elif isinstance(value, Formula):
        sheet.write_formula(row, column, f"={value.text.removeprefix('=')}", look, value.value)
    elif isinstance(value, Link):
        target = f"internal:{quoted(value.to.tab)}!{value.to.a1}"
        sheet.write_url(row, column, target, look, value.text, value.tip or None)
    elif isinstance(value, date):
        sheet.write_datetime(row, column, datetime(value.year, value.month, value.day), look)  # noqa: DTZ001
    else:
        sheet.write_number(row, column, as_kept(value), look)


def _page(sheet: Worksheet, page: Page) -> None:
    sheet.set_paper(9)
    sheet.set_margins(left=0.4, right=0.4, top=0.45, bottom=0.5)
    sheet.set_footer("&L&8&A&R&8&P / &N")
    (sheet.set_landscape if page.landscape else sheet.set_portrait)()
    if page.breaks:
        sheet.set_print_scale(page.scale)
        sheet.set_v_pagebreaks([column - 1 for column in page.breaks])
    else:
        sheet.fit_to_pages(page.wide, page.tall)
    if page.area:
        sheet.print_area(page.area.a1)
    if page.repeat_columns:
        sheet.repeat_columns(page.repeat_columns[0] - 1, page.repeat_columns[1] - 1)
