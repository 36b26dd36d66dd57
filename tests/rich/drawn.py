"""What a person draws into their workbook, as far as XlsxWriter can write it."""

from __future__ import annotations

import io
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from typing import Any

import xlsxwriter
from xlsxwriter import Workbook

from tests.rich.stubs import macro_project, picture

DAY, CLIENTS, PIVOT, CHART, NOTES = "Mijn dag", "Klanten", "Draaitabel", "Grafiekblad", "Spiekbrief"
LAST_RESULT = 987.5
"""What every formula of the person's is said to have given: nothing that it could give."""
FORMULAS = {
    "B2": "=Overzicht!E21*100",
    "B3": "=B2+1",
    "B4": '=COUNTIF(Overzicht!A19:A168,"row")',
    "B5": "=INDEX(okr_summary_lines,3,2)",
    "B6": "=SUM('Overzicht'!$AF$8:$AF$15)",
    "B7": "='KPI''s'!P5*2",
}
"""On the tab DAY, the formulas of the person's that use the Summary; the last one does not."""
OWN_FORMULA = "M5"
"""On the Summary, a formula of the person's: twice the first objective's progress."""
HEADINGS = ("Naam", "Kanaal", "Bedrag")
ROWS = (("Ada", "LinkedIn", 1500), ("Bo", "Podcast", 1200), ("Cas", "LinkedIn", 900), ("Dee", "Mail", 0))


@contextmanager
def drawn_into(*, macros: bool) -> Iterator[None]:
    """Inside, XlsxWriter draws the person's things into each workbook just before it is closed."""
    original = xlsxwriter.Workbook
    xlsxwriter.Workbook = partial(_opened, macros)
    try:
        yield
    finally:
        xlsxwriter.Workbook = original


def _opened(macros: bool, *arguments: Any) -> Any:
    book = Workbook(*arguments)
    close = book.close

    def draw_and_close() -> None:
        draw(book)
        if macros:
            book.add_vba_project(io.BytesIO(macro_project()), is_stream=True)
        close()

    book.close = draw_and_close
    return book


def draw(book: Any) -> None:
    """Everything: new tabs, and things of the person's on the tabs that okrsheets made."""
    day, clients = book.add_worksheet(DAY), book.add_worksheet(CLIENTS)
    book.add_worksheet(PIVOT)
    notes = book.add_worksheet(NOTES)
    notes.write_string("A1", "=1+1 is geen formule")
    notes.very_hidden()
    _day(book, day)
    _clients(book, clients)
    _on_the_summary(book, book.get_worksheet_by_name("Overzicht"))
    _on_the_actions(book.get_worksheet_by_name("Acties"))
    sheet = book.add_chartsheet(CHART)
    sheet.set_chart(_chart(book, "column", f"='{CLIENTS}'!$C$2:$C$5"))
    book.set_custom_property("Coach", "Bo")
    book.define_name(f"'{DAY}'!mijn_bereik", f"='{DAY}'!$A$1:$B$7")
    book.define_name("mijn_tarief", f"='{DAY}'!$B$2")


def _day(book: Any, sheet: Any) -> None:
    bold, red = book.add_format({"bold": True}), book.add_format({"font_color": "red"})
    sheet.write_rich_string("A1", "Mijn ", bold, "eigen", " ", red, "dag")
    for cell, formula in FORMULAS.items():
        sheet.write_formula(cell, formula, None, LAST_RESULT)
    sheet.write_dynamic_array_formula("D2:D5", f"=SORT('{CLIENTS}'!A2:A5)", None, LAST_RESULT)
    sheet.write_array_formula("E2:E4", "{=C2:C4*2}", None, LAST_RESULT)
    sheet.write_column("C2", (1, 2, 3))
    sheet.embed_image("G2", "blauw.png", {"image_data": io.BytesIO(picture(8, 8, (0, 0, 255)))})
    sheet.insert_image("G5", "groen.png", {"image_data": io.BytesIO(picture(20, 20, (0, 160, 0)))})
    sheet.insert_textbox("I2", "Adem in, adem uit", {"width": 120, "height": 60})
    sheet.insert_chart("I8", _chart(book, "doughnut", f"='{CLIENTS}'!$C$2:$C$5"))
    sheet.insert_checkbox("A9", True)
    sheet.add_sparkline("H2", {"range": "Overzicht!AB8:AB33"})
    sheet.write_comment("B2", "Komt van het Overzicht", {"author": "Ada"})
    sheet.insert_button("I20", {"macro": "doe_iets", "caption": "Doe iets"})
    sheet.set_header("&L&G", {"image_left": "kop.png", "image_data_left": io.BytesIO(picture(6, 6, (9, 9, 9)))})
    sheet.write_url("A12", "https://example.org/a?b=c&d", string="site")
    sheet.protect("geheim", {"sort": True})


def _clients(book: Any, sheet: Any) -> None:
    columns = [{"header": heading} for heading in HEADINGS]
    sheet.add_table("A1:C5", {"name": "Klanten", "data": [list(row) for row in ROWS], "columns": columns})
    sheet.conditional_format("C2:C5", {"type": "data_bar", "data_bar_2010": True, "bar_solid": True})
    sheet.conditional_format("C2:C5", {"type": "icon_set", "icon_style": "3_arrows"})
    sheet.conditional_format("A2:A5", {"type": "3_color_scale"})
    sheet.conditional_format("B2:B5", {"type": "text", "criteria": "containing", "value": "Mail", "format": None})
    sheet.data_validation("B2:B9", {"validate": "list", "source": ["LinkedIn", "Podcast", "Mail"]})
    sheet.ignore_errors({"number_stored_as_text": "A1:A9"})
    sheet.set_background(io.BytesIO(picture(4, 4, (250, 250, 240))))


def _on_the_summary(book: Any, sheet: Any) -> None:
    """Beside and over what okrsheets writes."""
    sheet.write_formula(OWN_FORMULA, "=E21*2", None, LAST_RESULT)
    sheet.write_comment("E21", "Dit is mijn cijfer", {"author": "Ada"})
    sheet.write_comment("M9", "Bespreken met Bo", {"author": "Ada"})
    sheet.conditional_format("E19:E60", {"type": "data_bar", "data_bar_2010": True, "bar_color": "#CC8800"})
    sheet.conditional_format("D19:D60", {"type": "cell", "criteria": ">", "value": 3, "format": None})
    sheet.data_validation("M20:M30", {"validate": "list", "source": f"='{CLIENTS}'!$B$2:$B$5"})
    sheet.write_url("M2", "https://example.org/okr", string="uitleg")
    sheet.write_url("M3", f"internal:'{DAY}'!A1", string="mijn dag")
    sheet.merge_range("M12:N13", "mijn vak")
    sheet.insert_image("M15", "rood.png", {"image_data": io.BytesIO(picture(24, 12, (200, 0, 0)))})
    sheet.insert_textbox("P2", "Van hier naar de droom")
    sheet.insert_chart("P10", _chart(book, "line", "=Overzicht!$AB$8:$AB$33"))
    sheet.add_sparkline("M4", {"range": "Overzicht!AB8:AB33"})
    sheet.write_rich_string("M7", "half ", book.add_format({"bold": True}), "vet")


def _on_the_actions(sheet: Any) -> None:
    sheet.write_comment("B8", "Eerst bellen", {"author": "Ada"})
    sheet.insert_image("DK3", "geel.png", {"image_data": io.BytesIO(picture(10, 10, (255, 220, 0)))})


def _chart(book: Any, kind: str, values: str) -> Any:
    chart = book.add_chart({"type": kind})
    chart.add_series({"values": values, "name": kind})
    return chart
