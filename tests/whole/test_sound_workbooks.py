"""The own checker: it finds planted faults, and none in what okrsheets makes and changes."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Mapping
from datetime import date
from functools import cache
from pathlib import Path

import pytest

from okrsheets.edges import templates
from okrsheets.edges.excel.making.builder import build
from okrsheets.edges.excel.store import ExcelStore
from okrsheets.edges.languages import Languages, language
from okrsheets.orders.sync import brought_up_to_date
from okrsheets.rules.layout import describe
from okrsheets.words.period import quarter
from tests.rich.checker import faults
from tests.rich.survival import unpacked_members
from tests.rich.workbook import rich_workbook

SUMMARY, DAY, CLIENTS = (f"xl/worksheets/sheet{n}.xml" for n in (5, 6, 7))
BOOK, TABLE, STYLES = "xl/workbook.xml", "xl/tables/table1.xml", "xl/styles.xml"
LONG = "x" * 32_768
FAULTS = {
    "cells out of order": (DAY, r'(<c r="B2".*?</c>)(<c r="C2".*?</c>)', r"\2\1", "behind column"),
    "rows out of order": (DAY, r'(<row r="3".*?</row>)(<row r="4".*?</row>)', r"\2\1", "behind row"),
    "a cell there twice": (DAY, r'(<c r="B3".*?</c>)', r"\1\1", "behind column"),
    "a row there twice": (DAY, r'(<row r="3".*?</row>)', r"\1\1", "behind row"),
    "a cell of another row": (DAY, r'<c r="B3"', '<c r="B4"', "a cell of row 4 in row 3"),
    "a row too many": (DAY, r'<row r="13"', '<row r="1048577"', "there is no row"),
    "a shared text too far": (DAY, r't="s"><v>\d+', 't="s"><v>99999', "a shared text that is not there"),
    "a shared text that is no number": (DAY, r't="s"><v>\d+', 't="s"><v>-1', "a shared text that is not there"),
    "a style too far": (SUMMARY, r' s="\d+"', ' s="9999"', "a style that is not there"),
    "a decimal comma": (DAY, r"<v>987.5</v>", "<v>0,42</v>", "is no number"),
    "no number": (DAY, r"<v>987.5</v>", "<v>NaN</v>", "is no number"),
    "a number too large": (DAY, r"<v>987.5</v>", "<v>1e999</v>", "is no number"),
    "no boolean": (DAY, r'( t="b"[^>]*><v>)1', r"\g<1>ja", "is no boolean"),
    "an unknown type": (DAY, r' t="b"', ' t="bool"', "is no type"),
    "a long text": (DAY, r' t="b"[^>]*><v>1</v>', f' t="inlineStr"><is><t>{LONG}</t></is>', "a text too long"),
    "an equals sign too many": (DAY, r"<f>", "<f>=", "is no formula"),
    "an open bracket": (DAY, r"<f>B2\+1", "<f>SUM(B2+1", "is no formula"),
    "an open quote": (DAY, r"<f>B2\+1", '<f>B2&amp;"x', "is no formula"),
    "merged twice": (
        SUMMARY,
        r'<mergeCell ref="M12:N13"/>',
        r'\g<0><mergeCell ref="N13:O14"/>',
        "merged cells overlap",
    ),
    "arrays that overlap": (DAY, r'ref="E2:E4"', 'ref="D4:E4"', "arrays overlap"),
    "another heading": (TABLE, r'name="Bedrag"', 'name="Prijs"', "is not in its cell"),
    "a heading twice": (TABLE, r'name="Bedrag"', 'name="naam"', "a column of a table is there twice"),
    "a name twice": (BOOK, r"<definedName name=\"okr_weeks\".*?</definedName>", r"\g<0>\g<0>", "a name is there twice"),
    "a name of no tab": (BOOK, r'localSheetId="\d"', 'localSheetId="77"', "belongs to no tab"),
    "a title twice": (BOOK, r'name="Doelen"', 'name="acties"', "a tab's title is there twice"),
    "a title too long": (BOOK, r'name="Doelen"', f'name="{"d" * 32}"', "is no title"),
    "a title with a slash": (BOOK, r'name="Doelen"', 'name="a/b"', "is no title"),
    "looks that are not there": (CLIENTS, r'(<cfRule type="containsText")', r'\1 dxfId="999"', "without looks"),
    "a long list": (CLIENTS, r'"LinkedIn,', '"' + "LinkedIn," * 40, "a list to choose from that is too long"),
    "a link to nowhere": (SUMMARY, r' r:id="rId\d+"( display="uitleg")?/>', "/>", "leads nowhere"),
    "a relation to nowhere": ("xl/worksheets/_rels/sheet7.xml.rels", "table1", "table9", "is not there"),
    "broken XML": (DAY, "</sheetData>", "", "is not well-formed"),
}


@cache
def parts() -> Mapping[str, bytes]:
    return unpacked_members(rich_workbook())


def packed(contents: Mapping[str, bytes], *more: tuple[str, bytes]) -> bytes:
    memory = io.BytesIO()
    with zipfile.ZipFile(memory, "w") as archive:
        for name, content in [*contents.items(), *more]:
            archive.writestr(name, content)
    return memory.getvalue()


@pytest.mark.parametrize(("name", "old", "new", "found"), FAULTS.values(), ids=FAULTS)
def test_a_planted_fault_is_found(name: str, old: str, new: str, found: str) -> None:
    before = parts()[name].decode()
    after = re.sub(old, new, before, count=1, flags=re.DOTALL)
    assert after != before
    assert [fault for fault in faults(packed({**parts(), name: after.encode()})) if found in fault]


def test_a_part_there_twice_is_found() -> None:
    with pytest.warns(UserWarning, match="Duplicate name"):
        data = packed(parts(), (DAY, parts()[DAY]))
    assert faults(data) == [f"{DAY} is there twice"]


def test_a_chain_of_no_formulas_is_found() -> None:
    chain = b'<calcChain><c r="B2" i="6"/><c r="C2"/></calcChain>'
    assert faults(packed(parts(), ("xl/calcChain.xml", chain))) == ["calcChain names C2, which is no formula"]


def test_the_unharmed_workbook_is_sound() -> None:
    assert faults(rich_workbook()) == []
    assert faults(rich_workbook(macros=True)) == []


@pytest.mark.parametrize("code", ["nl", "en"])
@pytest.mark.parametrize("name", templates.names())
def test_what_is_made_and_synced_is_sound(name: str, code: str, tmp_path: Path) -> None:
    path = tmp_path / "plan.xlsx"
    path.write_bytes(build(describe(templates.load(name).plan(code), quarter(2026, 4), language(code))))
    assert faults(path.read_bytes()) == []
    made = path.read_bytes()
    brought_up_to_date(ExcelStore(path), date(2026, 11, 29), Languages())
    assert path.read_bytes() != made
    assert faults(path.read_bytes()) == []
