"""Formulas that use the Summary are computed anew, and only then does anything but the Summary change."""

from __future__ import annotations

from collections.abc import Mapping

import pytest
from excel_files import MAIN, SUMMARY, changed_members, part, patch, relationships, summary_workbook, worksheet

WORKBOOK = "xl/workbook.xml"
CALC = '<calcPr calcId="191029"/>'
FULL = '<calcPr calcId="191029" fullCalcOnLoad="1"/>'
NONE: Mapping[str, str] = {}


def acting(formula: str) -> str:
    """The tab of actions, with a formula."""
    return worksheet(f'<row r="1"><c r="A1"><f>{formula}</f><v>1</v></c></row>')


USING = {
    "its title": ("Overzicht!A1*2", NONE),
    "its title in other letters": ("OVERZICHT!A1*2", NONE),
    "its title, quoted": ("'Overzicht'!A1*2", NONE),
    "its title and another": ("SUM(Overzicht:Acties!A1)", NONE),
    "another and its title": ("SUM('Acties:Overzicht'!A1)", NONE),
    "tabs around it": ("SUM(Eerste:Laatste!A1)", NONE),
    "tabs around it, quoted": ("SUM('Eerste tab:Laatste tab'!A1)", NONE),
    "a name that leads there": ("okr_summary+1", {"okr_summary": "Overzicht!$A$1"}),
    "a name that leads to such a name": ("x.y+1", {"n1": "Overzicht!$A$1", "x.y": "n1*2"}),
    "a text that may name it": ("INDIRECT(A1)", NONE),
    "its title in CDATA": ('<![CDATA[Overzicht!A1&"x"]]>', NONE),
    "its title behind a comment": ("<!-- why -->Overzicht!A1", NONE),
    "names that lead to names without end": (
        "1+1",
        {f"n{n}": f"n{n + 1}" for n in range(20)} | {"n20": "Overzicht!$A$1"},
    ),
}
NOT_USING = {
    "its own tab": ("A2*2", NONE),
    "another tab": ("Acties!A2*2", NONE),
    "a tab of a longer name": ("MijnOverzicht!A1", NONE),
    "a name that leads elsewhere": ("okr_ticks+1", {"okr_ticks": "Acties!$A$1"}),
    "a longer name": ("okr_summary_2", {"okr_summary": "Overzicht!$A$1"}),
    "a function of such a name": ("okr_summary(1)", {"okr_summary": "Overzicht!$A$1"}),
    "an area of two corners": ("SUM(Acties!A1:Acties!B2)", NONE),
    "its title as a text": ("&quot;Overzicht&quot;", NONE),
}


@pytest.mark.parametrize(("formula", "names"), USING.values(), ids=USING)
def test_a_formula_that_may_use_the_summary_is_computed_anew(formula: str, names: Mapping[str, str]) -> None:
    old = summary_workbook(actions=acting(formula), names=names, rest=CALC)
    new = patch(old, ((1, 1), 1))
    assert changed_members(old, new) == {SUMMARY, WORKBOOK}
    assert part(new, WORKBOOK) == part(old, WORKBOOK).replace(CALC, FULL)


@pytest.mark.parametrize(("formula", "names"), NOT_USING.values(), ids=NOT_USING)
def test_for_other_formulas_only_the_summary_changes(formula: str, names: Mapping[str, str]) -> None:
    old = summary_workbook(actions=acting(formula), names=names, rest=CALC)
    assert changed_members(old, patch(old, ((1, 1), 1))) == {SUMMARY}


def test_a_title_with_an_apostrophe_is_found() -> None:
    from excel_files import ACTIONS, change, parts_of, zipped

    from okrsheets.edges.excel.patching.patch import patched
    from okrsheets.edges.excel.reading.parts import Book

    def changed(formula: str) -> bool:
        sheets = {"Acties": acting(formula), "KPI's & co": worksheet(""), "s": ACTIONS}
        old = zipped(parts_of(sheets, rest=CALC))
        new = patched(Book(old), [change((1, 1), 1, tab="KPI's & co")])
        return FULL in part(new, WORKBOOK)

    assert changed("'KPI''s &amp; co'!A1")
    assert not changed("'KPI''s co'!A1")


def test_the_name_of_a_table_on_the_summary_counts() -> None:
    table = f'<table xmlns="{MAIN}" id="1" displayName="Scores" ref="B5:C9"/>'
    relations = relationships(("r1", "table", "../tables/table1.xml"))
    more = {"xl/worksheets/_rels/sheet2.xml.rels": relations, "xl/tables/table1.xml": table}
    old = summary_workbook(actions=acting("SUM(Scores[Score])"), rest=CALC, more=more)
    assert FULL in part(patch(old, ((1, 1), 1)), WORKBOOK)


PROPERTIES = {
    CALC: FULL,
    '<calcPr calcId="1" fullCalcOnLoad="0"/>': '<calcPr calcId="1" fullCalcOnLoad="1"/>',
    "<calcPr fullCalcOnLoad='false' calcId='1' ></calcPr>": "<calcPr calcId='1' fullCalcOnLoad=\"1\"></calcPr>",
    "<calcPr/>": '<calcPr fullCalcOnLoad="1"/>',
    FULL: FULL,
    '<calcPr fullCalcOnLoad="true"/>': '<calcPr fullCalcOnLoad="true"/>',
    "": "",
}


@pytest.mark.parametrize(("old", "new"), PROPERTIES.items())
def test_only_an_attribute_of_existing_properties_changes(old: str, new: str) -> None:
    before = summary_workbook(actions=acting("Overzicht!A1"), rest=f"{old}<extLst/>")
    after = patch(before, ((1, 1), 1))
    assert part(after, WORKBOOK) == part(before, WORKBOOK).replace(f"{old}<extLst/>", f"{new}<extLst/>")
    assert changed_members(before, after) == ({SUMMARY} if old == new else {SUMMARY, WORKBOOK})


def test_last_results_on_the_summary_are_dropped() -> None:
    constant = '<row r="2"><c r="A2" t="b"><f aca="false">TRUE()</f><v>1</v></c></row>'
    computed = '<c r="A1" s="3" t="str"><f>B1&amp;"%"</f><v>9%</v></c>'
    array = (
        '<row r="3"><c r="A3"><f t="array" ref="A3:A4">X()</f><v>1</v></c></row><row r="4"><c r="A4"><v>2</v></c></row>'
    )
    old = summary_workbook(f'<row r="1">{computed}<c r="B1"><v>9</v></c></row>{constant}{array}', rest=CALC)
    new = patch(old, ((1, 2), 8))
    assert part(new, SUMMARY) == part(old, SUMMARY).replace(computed, '<c r="A1" s="3"><f>B1&amp;"%"</f></c>').replace(
        "<v>9</v>", "<v>8</v>"
    ).replace("X()</f><v>1</v>", "X()</f>")
    assert FULL in part(new, WORKBOOK)
    again = patch(new, ((1, 2), 7))
    assert part(again, SUMMARY) == part(new, SUMMARY).replace("<v>8</v>", "<v>7</v>")
    assert changed_members(new, again) == {SUMMARY}


def test_sparklines_and_formats_that_use_the_summary_need_nothing() -> None:
    extension = "<extLst><ext><x14:f xmlns:x14='urn:x'>Overzicht!A1:A5</x14:f></ext></extLst>"
    rule = '<conditionalFormatting sqref="A1"><cfRule><formula>Overzicht!A1</formula></cfRule></conditionalFormatting>'
    old = summary_workbook("", f"{rule}{extension}", actions=worksheet("", f"{rule}{extension}"), rest=CALC)
    assert changed_members(old, patch(old, ((1, 1), 1))) == {SUMMARY}
