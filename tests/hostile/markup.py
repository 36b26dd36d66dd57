"""Spoiling the XML of one part: what a broken writer, a careless hand or an attacker leaves behind."""

from __future__ import annotations

import re
from collections.abc import Callable
from random import Random
from xml.sax.saxutils import escape

from .values import NAMES, fitting, silly

TOKEN = re.compile(rb"<[^>]*>|[^<]+")
ATTRIBUTE = re.compile(rb"""\s([^\s=<>"'/]+)=(?:"([^"]*)"|'([^']*)')""")
Tokens = list[bytes]
Spoiler = Callable[[Tokens, Random], None]

INSERTED = (
    *(
        b"<!-- -->",
        b"<!--x-->",
        b"<![CDATA[1]]>",
        b"<?php x?>",
        b"&#0;",
        b"&#xD800;",
        b"&#x1F600;",
        b"&nope;",
        b"&amp;",
    ),
    *(
        b"&lt;c&gt;",
        b"<c/>",
        b"<c",
        b"</c>",
        b"<row/>",
        b'<row r="1"/>',
        b'<row r="1048577"/>',
        b'<c r="ZZZ9"/>',
        b"<v/>",
    ),
    *(
        b"<f>1</f>",
        b"<f/>",
        b"<v>1</v>",
        b"<is><t>x</t></is>",
        b"<is/>",
        b"\0",
        b"\xff",
        b"\xed\xa0\x80",
        b"\x1b[2J",
        b"]]>",
    ),
    *(
        b'<f t="shared" si="0"/>',
        b'<f t="shared" si="0" ref="A1:B2">1</f>',
        b'<f t="array" ref="XFE1">1</f>',
        b"<sheetData/>",
    ),
    *(
        b"</sheetData>",
        b"<sheetData>",
        b"<extLst><ext/></extLst>",
        b'<x:c xmlns:x="urn:x"/>',
        b"<rPh><t>x</t></rPh>",
        b"\xc0\x80",
    ),
    *(b'<mergeCells><mergeCell ref="A1:A9"/></mergeCells>', b'<hyperlinks><hyperlink ref="A1"/></hyperlinks>', b"<"),
    *(
        b'<mc:AlternateContent xmlns:mc="urn:m"><mc:Choice/></mc:AlternateContent>',
        b"\xef\xbb\xbf",
        b"\xe2\x80\xae",
        b"\x85",
    ),
)


def _tags(tokens: Tokens) -> list[int]:
    return [n for n, token in enumerate(tokens) if token.startswith(b"<") and token[1:2] not in b"/?!"] or [0]


def _texts(tokens: Tokens) -> list[int]:
    return [n for n, token in enumerate(tokens) if not token.startswith(b"<")] or [0]


def drop(tokens: Tokens, chance: Random) -> None:
    """One tag or text less."""
    del tokens[chance.randrange(len(tokens))]


def double(tokens: Tokens, chance: Random) -> None:
    """One tag or text twice."""
    at = chance.randrange(len(tokens))
    tokens.insert(at, tokens[at])


def swap(tokens: Tokens, chance: Random) -> None:
    """Two tags or texts in each other's places."""
    a, b = chance.randrange(len(tokens)), chance.randrange(len(tokens))
    tokens[a], tokens[b] = tokens[b], tokens[a]


def cut(tokens: Tokens, chance: Random) -> None:
    """A whole element less."""
    start, end = element(tokens, chance.choice(_tags(tokens)))
    del tokens[start:end]


def repeat(tokens: Tokens, chance: Random) -> None:
    """A whole element several times."""
    start, end = element(tokens, chance.choice(_tags(tokens)))
    if end - start < 2_000:
        tokens[end:end] = tokens[start:end] * chance.choice((1, 1, 2, 50))


def move(tokens: Tokens, chance: Random) -> None:
    """A whole element elsewhere."""
    start, end = element(tokens, chance.choice(_tags(tokens)))
    taken = tokens[start:end]
    del tokens[start:end]
    at = chance.randrange(len(tokens) + 1)
    tokens[at:at] = taken


def put_in(tokens: Tokens, chance: Random) -> None:
    """Something that does not belong there."""
    tokens.insert(chance.randrange(len(tokens) + 1), chance.choice(INSERTED))


def nest(tokens: Tokens, chance: Random) -> None:
    """Elements in elements in elements."""
    depth = chance.choice((10, 1000, 100_000))
    at = chance.choice(_tags(tokens))
    tokens[at:at] = [b"<a>" * depth + b"</a>" * depth]


def crowd(tokens: Tokens, chance: Random) -> None:
    """A tag with very many attributes, or with a very long one."""
    at = chance.choice(_tags(tokens))
    many = b"".join(b' a%d=""' % n for n in range(chance.choice((5, 1000, 20_000))))
    long = b' a="%s"' % (b"x" * chance.choice((1000, 1_000_000)))
    head, close = (tokens[at][:-2], b"/>") if tokens[at].endswith(b"/>") else (tokens[at][:-1], b">")
    tokens[at] = head + chance.choice((many, long)) + close


def spoil_attribute(tokens: Tokens, chance: Random) -> None:
    """An attribute with another value, without one, twice, or under another name."""
    tagged = [n for n in _tags(tokens) if ATTRIBUTE.search(tokens[n])]
    if not tagged:
        return
    at = chance.choice(tagged)
    found = chance.choice(list(ATTRIBUTE.finditer(tokens[at])))
    name = found[1].decode("utf-8", "replace")
    match chance.randrange(8):
        case 0:
            new = b""
        case 1:
            new = found[0] * 2
        case 2:
            new = b' %s="%s"' % (chance.choice(NAMES).encode(), found[2] or b"")
        case 3:
            new = found[0].replace(b'"', b"'")
        case _:
            new = b' %s="%s"' % (found[1], in_xml(fitting(name, chance)))
    tokens[at] = tokens[at][: found.start()] + new + tokens[at][found.end() :]


def spoil_text(tokens: Tokens, chance: Random) -> None:
    """Another text between two tags."""
    tokens[chance.choice(_texts(tokens))] = in_xml(silly(chance))


def in_xml(text: str) -> bytes:
    """The text for an attribute or between tags."""
    return escape(text, {'"': "&quot;"}).encode("utf-8", "surrogatepass")


def element(tokens: Tokens, start: int) -> tuple[int, int]:
    """Where the element that starts at a token begins and ends; the tag alone where it has no end."""
    depth = 0
    for n in range(start, len(tokens)):
        token = tokens[n]
        if token.startswith(b"</"):
            depth -= 1
        elif token.startswith(b"<") and token[1:2] not in b"?!" and not token.endswith(b"/>"):
            depth += 1
        if depth <= 0:
            return start, n + 1
    return start, start + 1


SPOILERS: tuple[Spoiler, ...] = (
    *(drop, double, swap, cut, cut, repeat, move, put_in, put_in, nest, crowd),
    *(spoil_attribute,) * 8,
    *(spoil_text,) * 5,
)


def spoiled(content: bytes, chance: Random) -> bytes:
    """The part after one to four of these."""
    tokens = TOKEN.findall(content)
    for _ in range(chance.choice((1, 1, 1, 2, 4))):
        if tokens:
            chance.choice(SPOILERS)(tokens, chance)
    return b"".join(tokens)


# The whole part at once


def damaged(content: bytes, chance: Random) -> bytes:
    """Bytes lost, changed, doubled or strewn in, or all that follows lost."""
    at, length = chance.randrange(len(content) + 1), chance.choice([1, 1, 2, 8, 64, 512])
    before, there, after = content[:at], content[at : at + length], content[at + length :]
    return chance.choice(
        (before, before + after, before + there * 2 + after, before + chance.randbytes(length) + after)
    )


def recoded(content: bytes, chance: Random) -> bytes:
    """In another encoding than the one that is declared, or declared as another one."""
    text = content.decode("utf-8", "replace")
    encoding = chance.choice(("utf-16", "utf-16-le", "utf-16-be", "latin-1", "utf-32", "cp037", "utf-7", "utf-8-sig"))
    if chance.random() < 0.5:
        text = text.replace("UTF-8", chance.choice(("UTF-16", "ISO-8859-1", "US-ASCII", "utf8", "x-none", "UTF-7", "")))
    return text.encode(encoding, "replace") if chance.random() < 0.7 else text.encode("utf-8")


ENTITIES = (
    b'<!DOCTYPE a [<!ENTITY a "aaaaaaaaaa">%s]>'
    % b"".join(b'<!ENTITY %c "%s">' % (98 + n, b"&%c;" % (97 + n) * 10) for n in range(9)),
    b'<!DOCTYPE a [<!ENTITY a SYSTEM "file:///etc/passwd">]>',
    b'<!DOCTYPE a SYSTEM "http://127.0.0.1:9/x.dtd">',
    b'<!DOCTYPE a [<!ENTITY % p SYSTEM "file:///etc/passwd"> %p;]>',
    b'<!DOCTYPE a [<!ENTITY a "%s">]>' % (b"a" * 50_000),
    b"<!DOCTYPE worksheet>",
    b'<!DOCTYPE a [<!ATTLIST c t CDATA "b">]>',
)


def declared(content: bytes, chance: Random) -> bytes:
    """With a document type: entity bombs, files from outside, attributes by default."""
    head, sign, rest = content.partition(b"?>")
    uses = rest.replace(b"</v>", b"&a;</v>", 3).replace(b"</t>", b"&a;</t>", 3) if chance.random() < 0.5 else rest
    return head + sign + chance.choice(ENTITIES) + uses


WHOLE: tuple[Callable[[bytes, Random], bytes], ...] = (damaged, damaged, recoded, declared)
