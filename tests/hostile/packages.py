"""Spoiling how the parts hang together: relations, tabs, names, shared strings, content types."""

from __future__ import annotations

import re
from collections.abc import Callable
from random import Random

from .bases import BOOK, BOOK_RELATIONS, NO_RELATIONS, STRINGS, Parts, sheets_of
from .markup import in_xml
from .values import FORMULAS, TARGETS, TEXTS

RELATION = re.compile(rb"<Relationship [^>]*/>")
SHEET = re.compile(rb"<(?:x:)?sheet [^>]*/>")
NAME = re.compile(rb"(<(?:x:)?definedName[^>]*>)([^<]*)(</)")


def _relations_file(parts: Parts, chance: Random) -> str:
    return chance.choice(sorted(name for name in parts if name.endswith(".rels")))


def lost_part(parts: Parts, chance: Random) -> None:
    """A part that is mentioned and not there."""
    del parts[chance.choice(sorted(parts))]


def empty_part(parts: Parts, chance: Random) -> None:
    """A part without content, or with that of another."""
    parts[chance.choice(sorted(parts))] = chance.choice((b"", b" ", parts[chance.choice(sorted(parts))]))


def strayed_relation(parts: Parts, chance: Random) -> None:
    """A relation that leads to nowhere, outside, in a circle, or to what it is not."""
    name = _relations_file(parts, chance)
    target = b' Target="%s"' % in_xml(chance.choice(TARGETS))
    found = chance.choice(RELATION.findall(parts[name]) or [b""])
    new = re.sub(rb' Target="[^"]*"', lambda _: target, found)
    if chance.random() < 0.2:
        new = new.replace(b"/>", b' TargetMode="External"/>')
    parts[name] = parts[name].replace(found, new, 1)


def doubled_relation(parts: Parts, chance: Random) -> None:
    """A relation twice, or two with one id, or one that is of another kind."""
    name = _relations_file(parts, chance)
    found = RELATION.findall(parts[name])
    if not found:
        return
    one, other = chance.choice(found), chance.choice(found)
    id = re.search(rb' Id="[^"]*"', one)
    added = chance.choice((one, re.sub(rb' Id="[^"]*"', id[0] if id else b"", other), b""))
    changed = other.replace(b"worksheet", b"chartsheet") if chance.random() < 0.3 else other
    parts[name] = parts[name].replace(other, changed + added, 1)


def many_relations(parts: Parts, chance: Random) -> None:
    """Thousands of relations."""
    entry = b'<Relationship Id="m%d" Type="urn:x/worksheet" Target="worksheets/sheet%d.xml"/>'
    many = b"".join(entry % (n, n) for n in range(chance.choice((100, 50_000))))
    name = _relations_file(parts, chance)
    parts[name] = parts[name].replace(b"</Relationships>", many + b"</Relationships>")


def shared_sheet(parts: Parts, chance: Random) -> None:
    """Two tabs that are the same part."""
    relations = parts[BOOK_RELATIONS]
    targets = re.findall(rb'Target="(worksheets/[^"]*)"', relations)
    parts[BOOK_RELATIONS] = relations.replace(chance.choice(targets), chance.choice(targets))


def odd_tab(parts: Parts, chance: Random) -> None:
    """A tab with another title, the same one as another, without a part, hidden, or twice."""
    tabs = SHEET.findall(parts[BOOK])
    one, other = chance.choice(tabs), chance.choice(tabs)
    title = re.search(rb' name="[^"]*"', other)
    new = chance.choice(
        (
            re.sub(rb' name="[^"]*"', lambda _: b' name="%s"' % in_xml(chance.choice(TEXTS)), one),
            re.sub(rb' name="[^"]*"', lambda _: title[0] if title else b"", one),
            re.sub(rb' r:id="[^"]*"', lambda _: chance.choice((b' r:id="rId999"', b"", b' r:id=""')), one),
            one.replace(b"/>", b' state="veryHidden"/>'),
            one * 2,
            b"",
        )
    )
    parts[BOOK] = parts[BOOK].replace(one, new, 1)


def odd_names(parts: Parts, chance: Random) -> None:
    """Defined names of every odd form."""
    share = chance.choice((0.02, 0.1, 1))

    def other(found: re.Match[bytes]) -> bytes:
        return found[1] + in_xml(chance.choice(FORMULAS)) + found[3] if chance.random() < share else found[0]

    parts[BOOK] = NAME.sub(other, parts[BOOK])


def shifted_names(parts: Parts, chance: Random) -> None:
    """Our names lead to other cells, other tabs, or to areas of millions of cells."""
    tabs = re.findall(rb"<(?:x:)?sheet name=\"([^\"]*)\"", parts[BOOK]) or [b"x"]
    share, tab = chance.choice((0.05, 0.5)), chance.choice(tabs).replace(b"'", b"''")
    areas = (
        b"$A$1",
        b"$A$1:$XFD$1048576",
        b"$C$3:$C$9",
        b"$XFD$1048576",
        b"$A$1048576:$XFD$1",
        b"$B$2:$ZZ$9000",
        b"$J$8:$DH$17",
    )

    def other(found: re.Match[bytes]) -> bytes:
        return found[1] + b"'%s'!%s" % (tab, chance.choice(areas)) + found[3] if chance.random() < share else found[0]

    parts[BOOK] = NAME.sub(other, parts[BOOK])


def renamed_names(parts: Parts, chance: Random) -> None:
    """Names doubled, local, without their beginning, in capitals."""
    share = chance.choice((0.05, 0.5))
    old, new = chance.choice(
        (
            (b'name="okr_', b'localSheetId="1" name="okr_'),
            (b'name="okr_', b'name="OKR_'),
            (b'name="okr_', b'name="'),
            (b' name="', b' nam="'),
            (b'localSheetId="', b'localSheetId="-'),
        )
    )

    def other(found: re.Match[bytes]) -> bytes:
        return found[0].replace(old, new) if chance.random() < share else found[0]

    parts[BOOK] = NAME.sub(other, parts[BOOK])


def lost_strings(parts: Parts, chance: Random) -> None:
    """Fewer shared strings than cells ask for, more than there should be, or strings of every odd form."""
    strings = parts.get(STRINGS, b"<sst/>")
    items = re.findall(rb"<(?:x:)?si>.*?</(?:x:)?si>", strings, re.DOTALL) or [b""]
    some = chance.sample(items, len(items) // 2)
    odd = (
        b"<si/>",
        b"<si><t/></si>",
        b"<si><r><t>a</t></r><r><rPr/><t>b</t></r><rPh sb='0' eb='1'><t>c</t></rPh></si>",
        b"<si><x/></si>",
    )
    new = chance.choice(
        (b"".join(some), b"", b"".join(items) * 20, b"".join(items) + chance.choice(odd), chance.choice(odd) * 50_000)
    )
    parts[STRINGS] = strings.replace(b"".join(items), new) if b"".join(items) in strings else strings


def odd_indices(parts: Parts, chance: Random) -> None:
    """Indices of shared strings that are not there."""
    name = chance.choice(sheets_of(parts))
    index = in_xml(
        chance.choice(("-1", "999999", "1.0", "1e2", " 3 ", "٣", "９", "9" * 5000, "0" * 5000 + "1", "", "1_0", "+1"))
    )
    count = chance.choice((1, 5))
    parts[name] = re.sub(
        rb't="s"><((?:x:)?)v>\d+<', lambda found: b't="s"><%sv>%s<' % (found[1], index), parts[name], count=count
    )


def odd_types(parts: Parts, chance: Random) -> None:
    """Content types that are missing, wrong or doubled; nobody should need them."""
    types = parts["[Content_Types].xml"]
    words = re.findall(rb'ContentType="([^"]*)"', types) or [b"xml"]
    parts["[Content_Types].xml"] = chance.choice(
        (
            b"<Types/>",
            types.replace(chance.choice(words), chance.choice(words)),
            types.replace(b"xml", b"bin"),
            b"no xml",
        )
    )


def extras(parts: Parts, chance: Random) -> None:
    """Parts that make a workbook something else: binary, signed, shared, macros, external links, OpenDocument."""
    names = (
        "xl/workbook.bin",
        "_xmlsignatures/sig1.xml",
        "xl/revisions/revisionHeaders.xml",
        "xl/vbaProject.bin",
        "mimetype",
    )
    more = (
        "xl/externalLinks/externalLink1.xml",
        "EncryptedPackage",
        "xl/activeX/activeX1.bin",
        "xl/embeddings/o.bin",
        "x" * 200,
    )
    content = (b"", b"\0" * 100, b"application/vnd.oasis.opendocument.spreadsheet", b"<a/>", b"MZ")
    parts[chance.choice((*names, *more))] = chance.choice(content)


def other_root(parts: Parts, chance: Random) -> None:
    """The package begins elsewhere."""
    targets = (
        b"xl/worksheets/sheet1.xml",
        b"/xl/workbook.xml",
        b"xl/../xl/workbook.xml",
        b"",
        b"xl/workbook.xml?x",
        b"word/d.xml",
    )
    target = chance.choice(targets)
    parts["_rels/.rels"] = chance.choice(
        (parts["_rels/.rels"].replace(b"xl/workbook.xml", target), NO_RELATIONS, b"<a/>")
    )


CHANGES: tuple[Callable[[Parts, Random], None], ...] = (
    *(
        lost_part,
        empty_part,
        strayed_relation,
        strayed_relation,
        doubled_relation,
        many_relations,
        shared_sheet,
        odd_tab,
    ),
    *(odd_tab, odd_names, odd_names, shifted_names, shifted_names, renamed_names, lost_strings, odd_indices, odd_types),
    *(extras, other_root),
)
