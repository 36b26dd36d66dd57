"""What a person, a broken program or an attacker may put into an attribute, a cell, a title."""

from __future__ import annotations

from random import Random

REFERENCES = (
    *("A0", "A1", "B7", "XFD1048576", "XFD1048577", "XFE1", "AAAA1", "A1048577", "$A$1", "A01", "a1", "1", "A", "AA"),
    *("A1:XFD1048576", "A1:XFD20000", "B7:A1", "A1:", ":", "A1 B2", "A1:B2:C3", "A-1", "Ａ１", "A٣", "R1C1", "#REF!"),
    *("Tab!A1", "'Tab'!A1", "A1:A1048576", "A:A", "1:1", "A1,B2"),
)
FORMULAS = (
    *("#REF!", "Overzicht!#REF!", "#REF!#REF!", "Overzicht!$A$1:$B", "'Overzicht!$A$1", "'It''s'!$A$1", "''!$A$1"),
    *("Nergens!$A$1", "Overzicht!$XFE$1", "[1]Sheet1!$A$1", "'C:\\[x.xlsx]S'!A1", "OFFSET(Overzicht!$A$1,0,0)", "1"),
    *('"text"', "Overzicht!$A$1,Acties!$A$1", "Overzicht!$A:$A", "Acties!$1:$1048576", "=Acties!$A$1", "{1,2}"),
    *("Acties!$A$1:$XFD$1048576", "okr_summary_title", "CMD|'/C calc'!A0", 'INDIRECT("A1")', "A" * 9000),
    *("'" * 4001 + "!A1", "(" * 5000, "$" * 5000, "Acties:Doelen!A1", "Acties!$A$1:$A$0"),
)
NUMBERS = (
    *("0", "-0", "1", "-1", "2", "0.5", "-0.5", "26", "27", "99", "1000000", "1e9", "1e15", "9007199254740993"),
    *("1e308", "1.7976931348623157e308", "-1e308", "1e-300", "1e-308", "5e-324", "2.2250738585072014e-308"),
    *(
        "1e999",
        "-1e999",
        "NaN",
        "INF",
        "-INF",
        "Infinity",
        "0x10",
        "1_000",
        "1,5",
        "1 000",
        "١٢",
        "１２",
        "1e",
        "e5",
        ".",
    ),
    *(
        "9" * 400,
        "9" * 5000,
        "0." + "0" * 400 + "1",
        "1e-99999",
        "1e99999999999",
        "+5",
        "--5",
        "1.5.5",
        " 7 ",
        "0" * 9000,
    ),
    *("46289", "46289.99999", "2958465", "2958466", "-693594", "60", "1e5", "4294967295", "18446744073709551616"),
)
DATES = (
    *("2026-02-30", "9999-12-31", "9999-12-27", "0001-01-01", "0000-00-00", "2026-11-09", "2026-11-09T12:00:00"),
    *("2026-11-09T24:00:00", "9999-12-31T23:59:59.999999", "12:00:00", "24:00", "-1-1-1", "2026-W42", "31-12-9999"),
    *("01/01/0001", "٢٠٢٦-١١-٠٩", "29-2-2026", "2026-11-09T12:00:00+14:00", "2026-11-09Z", "1-1-1", "99-99-9999"),
)
TEXTS = (
    *(
        "",
        " ",
        "\u00a0",
        "\u200b",
        "\u202eevil\u202c",
        "\u2066x\u2069",
        "\u2028",
        "\u0085",
        "\ufeff",
        "e" + "\u0301" * 200,
    ),
    *("_x0000_", "_x001B_[2J_x001B_[31mred", "_x0007_", "_xD800_", "_xDC00__xD800_", "_x005F_x0041_", "_xFFFF_", "_x"),
    *("=1+1", '=HYPERLINK("http://x","y")', "+1", "-1", "@SUM(A1)", "=cmd|'/C calc'!A0", "＝1+1", "\t=1"),
    *("{}", "{ref}", "{0}", "{title!r}", "{__class__.__mro__}", "%s%s%n", "%(ref)s", "${HOME}", "{{", "}", "{a.b[c]}"),
    *("../../../etc/passwd", "C:\\Windows\\x", "/dev/zero", "\\\\host\\share", "file:///etc/passwd", "CON", "a/b:c*?"),
    *("<b>x</b>", "]]>", "<!--", "&amp;", "'\"><script>", "[red]x[/red]", "[/]", ":smile:", "[link=file:///x]y[/link]"),
    *(
        "ja",
        "x",
        "✓",
        "TRUE",
        "waar",
        "-",
        "12 %",
        "1.250",
        "1.250,50",
        "€ 1.250",
        "1e5",
        "NaN",
        "inf",
        "1" * 400 + ",5",
    ),
    *(
        "x" * 40_000,
        "😀" * 17_000,
        "ﷺ" * 300,
        "A" * 255,
        "מתוך",
        "ا" * 50,
        "\U000e0041" * 20,
        "\ud7ff\ue000",
        "ß" * 300,
    ),
    *(
        "K1",
        "KR1",
        "O1",
        "A1",
        "~x",
        "K999",
        "okr_",
        "#REF!",
        "1",
        "-99",
        "9" * 5000,
        "1." * 2000,
        "1'" * 3000,
        "%" * 900,
    ),
    *(
        "1 " * 5000,
        "e" * 5000,
        "-" * 5000,
        "€" * 3000,
        "(" * 3000 + "1",
        "1.000." * 3000,
        "12" + " %" * 3000,
        "1 1" * 3000,
    ),
)
NAMES = (
    "r",
    "s",
    "t",
    "ref",
    "Id",
    "Target",
    "name",
    "min",
    "max",
    "x:r",
    "xmlns",
    "xml:space",
    "r:id",
    "count",
    "é",
    "_",
)
TYPES = ("n", "s", "b", "e", "d", "str", "inlineStr", "z", "", "N", "S", "x:s")


def silly(chance: Random) -> str:
    """A value of any of these sorts."""
    return chance.choice(chance.choice((REFERENCES, FORMULAS, NUMBERS, DATES, TEXTS, TYPES)))


def fitting(attribute: str, chance: Random) -> str:
    """A value for an attribute, mostly of the sort that it expects."""
    if chance.random() < 0.2:
        return silly(chance)
    if attribute in ("ref", "sqref", "r"):
        return chance.choice(REFERENCES)
    if attribute == "t":
        return chance.choice(TYPES)
    if attribute in ("Target", "location", "name", "Type", "ContentType", "PartName"):
        return chance.choice((*TEXTS, *TARGETS))
    return chance.choice(NUMBERS)


TARGETS = (
    *(
        "",
        "/",
        "..",
        "../../../../etc/passwd",
        "/xl/workbook.xml",
        "workbook.xml",
        "worksheets/sheet1.xml",
        "xl//a.xml",
    ),
    *("worksheets/sheet1.xml#A1", "worksheets/../workbook.xml", "WORKSHEETS/SHEET1.XML", "worksheets%2Fsheet1.xml"),
    *(
        "http://127.0.0.1:9/x.xml",
        "file:///etc/passwd",
        "\\worksheets\\sheet1.xml",
        "worksheets/sheet1.xml\u0000",
        "%00",
        ".",
    ),
    *(
        "sharedStrings.xml",
        "styles.xml",
        "theme/theme1.xml",
        "worksheets/sheet999.xml",
        "%ff%fe",
        "a/" * 5000,
        "../" * 3000,
    ),
)
