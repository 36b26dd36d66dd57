"""Few bytes that ask for very many cells, names or styles, and texts on which a careless pattern never ends."""

from __future__ import annotations

import re
from collections.abc import Callable
from random import Random

from okrsheets.words.grid import column_letters

from .bases import BOOK, STRINGS, Parts, sheets_of

EMPTY_CELL = re.compile(rb'(<c r="[A-Z]+\d+"(?: s="\d+")?)/>')


def _into_rows(parts: Parts, chance: Random, rows: bytes) -> None:
    name = chance.choice(sheets_of(parts))
    parts[name] = parts[name].replace(b"</sheetData>", rows + b"</sheetData>")


def _behind(parts: Parts, chance: Random, markup: bytes) -> None:
    name = chance.choice(sheets_of(parts))
    parts[name] = parts[name].replace(b"</sheetData>", b"</sheetData>" + markup)


def far_cell(parts: Parts, chance: Random) -> None:
    """One cell in the last corner."""
    row, cell = chance.choice(((1048576, b"XFD"), (5001, b"A"), (1048576, b"A"), (5000, b"XFD"), (6000, b"KO")))
    value = chance.choice((b"<v>1</v>", b"", b"<f>1</f>"))
    _into_rows(parts, chance, b'<row r="%d"><c r="%s%d">%s</c></row>' % (row, cell, row, value))


def many_rows(parts: Parts, chance: Random) -> None:
    """A million rows, empty or with a cell each."""
    count = chance.choice((100_000, 400_000, 1_000_000))
    cell = b'<c r="A%d"/>' if chance.random() < 0.3 else b""
    rows = (b'<row r="%d">%s</row>' % (n, cell % n if cell else b"") for n in range(500, 500 + count))
    _into_rows(parts, chance, b"".join(rows) if chance.random() < 0.5 else b"<row/>" * count)


def many_cells(parts: Parts, chance: Random) -> None:
    """Every column of many rows."""
    letters = [column_letters(n).encode() for n in range(1, chance.choice((290, 16_384)) + 1)]
    count = 290_000 // len(letters)
    cell = chance.choice((b'<c r="%s%d"/>', b'<c r="%s%d"><v>1</v></c>', b'<c r="%s%d" t="s"><v>0</v></c>'))
    rows = (b'<row r="%d">' % n + b"".join(cell % (c, n) for c in letters) + b"</row>" for n in range(500, 500 + count))
    _into_rows(parts, chance, b"".join(rows))


def odd_cells(parts: Parts, chance: Random) -> None:
    """Very many cells in a form that takes the slow way."""
    cell = chance.choice(
        (b"<c><v>1</v></c>", b'<c t="inlineStr"><is><r><t>x</t></r></is></c>', b"<c><f t='shared' si='0'/><v>1</v></c>")
    )
    rows = (b'<row r="%d">' % n + cell * 200 + b"</row>" for n in range(500, 500 + chance.choice((200, 900))))
    _into_rows(parts, chance, b"".join(rows))


def big_merge(parts: Parts, chance: Random) -> None:
    """A merged cell over the whole sheet, or tens of thousands that overlap."""
    one = b'<mergeCell ref="%s"/>' % chance.choice((b"A1:XFD20000", b"A1:XFD1048576", b"A1:ZZ2000", b"A1:B3"))
    _behind(parts, chance, b"<mergeCells>" + one * chance.choice((1, 1000, 60_000)) + b"</mergeCells>")


def many_links(parts: Parts, chance: Random) -> None:
    """Hundreds of thousands of links."""
    count, to = (
        chance.choice((1000, 60_000, 200_000)),
        chance.choice((b' location="Tab!A1"', b"", b' location="\'x!y"')),
    )
    entries = (
        b'<hyperlink ref="%s%d"%s/>' % (column_letters(1 + n % 290).encode(), 1 + n // 290, to) for n in range(count)
    )
    _behind(parts, chance, b"<hyperlinks>" + b"".join(entries) + b"</hyperlinks>")


def many_names(parts: Parts, chance: Random) -> None:
    """A hundred thousand defined names, some of them ours, some that lead to each other."""
    pattern = chance.choice((b"okr_%d", b"n%d", b"OKR_X%d"))
    target = chance.choice((b"Overzicht!$A$1", b"Overzicht!$A$1", b"n%d", b"#REF!", b"Summary!$B$2"))
    count = chance.choice((1000, 20_000, 100_000))
    entries = (
        b'<definedName name="%s">%s</definedName>' % (pattern % n, target % (n + 1) if b"%d" in target else target)
        for n in range(count)
    )
    parts[BOOK] = parts[BOOK].replace(b"</definedNames>", b"".join(entries) + b"</definedNames>")


def many_tabs(parts: Parts, chance: Random) -> None:
    """Tens of thousands of tabs."""
    tabs = b"".join(b'<sheet name="T%d" sheetId="9" r:id="rId1"/>' % n for n in range(chance.choice((500, 60_000))))
    parts[BOOK] = parts[BOOK].replace(b"</sheets>", tabs + b"</sheets>")


def many_styles(parts: Parts, chance: Random) -> None:
    """More styles than there may be, and absurd columns."""
    styles = parts["xl/styles.xml"]
    parts["xl/styles.xml"] = styles.replace(b"</cellXfs>", b"<xf/>" * chance.choice((64_001, 200_000)) + b"</cellXfs>")


def many_columns(parts: Parts, chance: Random) -> None:
    """Column definitions without end or sense."""
    name = chance.choice(sheets_of(parts))
    absurd = (
        b'<col min="1" max="16384" style="1"/>',
        b'<col min="-5" max="0" style="x"/>',
        b'<col min="9" max="1" style="1"/>',
    )
    cols = chance.choice((*absurd, b'<col min="1" max="99999999999999999999" style="1"/>')) * chance.choice(
        (1, 1000, 70_000)
    )
    parts[name] = parts[name].replace(b"<sheetData>", b"<cols>" + cols + b"</cols><sheetData>", 1)


def many_conditions(parts: Parts, chance: Random) -> None:
    """A hundred thousand conditional formats or validations."""
    one = chance.choice(
        (b'<conditionalFormatting sqref="A1"/>', b'<dataValidations><dataValidation sqref="A1"/></dataValidations>')
    )
    _behind(parts, chance, one * chance.choice((1000, 100_000)))


def spaces(parts: Parts, chance: Random) -> None:
    """Megabytes of white space where a pattern may go back and forth."""
    blank = chance.choice((b" ", b"\n", b"\t", b" \n\t\r"))
    run = blank * (chance.choice((100_000, 3_000_000, 20_000_000)) // len(blank))
    name = chance.choice([*sheets_of(parts), BOOK])
    where = chance.choice((b"<sheetData>", b"</sheetData>", b"<row ", b"<c ", b"<sheets>", b"</row>"))
    at = parts[name].find(where)
    if at >= 0:
        into = chance.choice((at, at + len(where)))
        parts[name] = parts[name][:into] + run + parts[name][into:]


def backtracking(parts: Parts, chance: Random) -> None:
    """Markup made for patterns that try every way: of attributes, of rows, of shared strings, of formulas."""
    size = chance.choice((1000, 50_000, 400_000))
    tries = (
        b'<row r="900"' + b' a="x"' * 0 + b" " * size + b'><c r="A900"' + b" " * size + b"><v>1</v></c></row>",
        b'<row r="900"><c r="A900"' + b"".join(b' a%d=""' % n for n in range(size // 50)) + b"/></row>",
        b'<row r="900">' + b"<c><v>1</v>" + b"<is>" * (size // 50) + b"</is>" * (size // 50) + b"</c></row>",
        b'<row r="900"><c r="A900"><f>' + b"'" * size + b"</f><v>1</v></c></row>",
        b'<row r="900"><c r="A900"><f>' + b"'a:" * (size // 3) + b"</f><v>1</v></c></row>",
        b'<row r="900"><c r="A900"><f>' + b"a.b:" * (size // 4) + b"</f><v>1</v></c></row>",
        b'<row r="900"><c r="A900"><f>' + b"x" * size + b"</f><v>1</v></c></row>",
        b'<row r="900"><c r="A900"><f>' + b"a:b!" * (size // 4) + b"</f></c></row>",
        b'<row r="900"><c r="A900" t="str"><v>' + b"1 " * (size // 2) + b"</v></c></row>",
        b'<row r="900"><c r="A900" ' + b"\n" * size + b"a=''/></row>",
        b'<row r="900">' + b"<c\n/>" * min(250, size // 6) + b"</row>",
    )
    _into_rows(parts, chance, chance.choice(tries))


def long_names(parts: Parts, chance: Random) -> None:
    """Names, tabs and places with texts that a pattern may read in very many ways."""
    size = chance.choice((1000, 100_000, 1_000_000))
    texts = (
        b"'" * size,
        b"''" * size + b"!A1",
        b"a!" * size,
        b"$" * size,
        b"A1:" * size,
        b"'" + b"''" * size,
        b"(" * size,
        b"a.b:" * size,
    )
    found = chance.choice(texts)
    change = chance.choice((b'name="okr_x">', b'name="x">'))
    entry = b"<definedName " + change + found + b"</definedName>"
    parts[BOOK] = parts[BOOK].replace(b"</definedNames>", entry + b"</definedNames>")


def linked_nowhere(parts: Parts, chance: Random) -> None:
    """Links with places that a pattern may read in very many ways."""
    size = chance.choice((1000, 100_000, 1_000_000))
    place = chance.choice((b"'" * size, b"#" * size, b"a!" * size, b"''" * size + b"!A1", b"x" * size))
    _behind(parts, chance, b'<hyperlinks><hyperlink ref="B2" location="%s"/></hyperlinks>' % place)


def endless_words(parts: Parts, chance: Random) -> None:
    """A prefix, or the title of a tab, of megabytes."""
    word = b"p" * chance.choice((101, 10_000, 800_000))
    if chance.random() < 0.5:
        parts[BOOK] = re.sub(rb'name="(Overzicht|Summary)"', b'name="%s"' % word, parts[BOOK])
        return
    name = chance.choice(sheets_of(parts))
    parts[name] = re.sub(
        rb"<(/?)(worksheet|sheetData|row|c|v|f|is|t)(?=[ />])", rb"<\1%s:\2" % word[:2000], parts[name]
    )
    parts[name] = parts[name].replace(b" xmlns=", b" xmlns:%s=" % word[:2000])


def shared_by_all(parts: Parts, chance: Random) -> None:
    """One text of megabytes, or one formula, in every empty cell of a tab."""
    name, long = chance.choice(sheets_of(parts)), chance.randbytes(chance.choice((1000, 1_000_000, 8_000_000))).hex()
    if STRINGS not in parts or chance.random() < 0.5:
        instead = b' t="str"><f t="shared" si="7">%s</f><v>1</v></c>'
        parts[name] = EMPTY_CELL.sub(rb"\1" + instead % long.encode(), parts[name], count=1)
        parts[name] = EMPTY_CELL.sub(rb"\1" + instead % b"", parts[name])
        return
    strings = parts[STRINGS]
    parts[name] = EMPTY_CELL.sub(rb'\1 t="s"><v>%d</v></c>' % len(re.findall(rb"<si[ />]", strings)), parts[name])
    parts[STRINGS] = strings.replace(b"</sst>", b"<si><t>%s</t></si></sst>" % long.encode())


def flooded_elsewhere(parts: Parts, chance: Random) -> None:
    """A tab of the person's own, which is only searched for formulas, made for patterns that never end."""
    size, odd = chance.choice((1000, 50_000, 1_000_000)), "xl/worksheets/sheet77.xml"
    floods = (
        b"<sheetData>",
        b"</sheetData",
        b"<f>",
        b"<f ",
        b"<f a>",
        b"<f>1",
        b"<x:f>",
        b"</f>",
        b"'a:",
        b"<",
        b"<a:",
        b"INDIRECT",
        b"&amp;",
    )
    before, inside, after = (chance.choice((b"", chance.choice(floods) * size)) for _ in range(3))
    rows = b"<sheetData><row><c><f>" + inside + b"</f></c></row></sheetData>"
    parts[odd] = chance.choice((before + rows + after, b"<sheetData>" + inside, inside))


BOMBS: tuple[Callable[[Parts, Random], None], ...] = (
    *(
        far_cell,
        many_rows,
        many_cells,
        odd_cells,
        big_merge,
        many_links,
        many_names,
        many_tabs,
        many_styles,
        many_columns,
    ),
    *(
        many_conditions,
        spaces,
        backtracking,
        backtracking,
        long_names,
        linked_nowhere,
        flooded_elsewhere,
        endless_words,
        shared_by_all,
    ),
)
