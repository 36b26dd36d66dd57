"""XML of an .xlsx part, read by expat with its byte offsets; nothing is ever written back from a parsed tree."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NoReturn
from xml.parsers import expat

from okrsheets.edges.excel.disk.faults import DAMAGED, Unreadable
from okrsheets.words.message import Message, say

MAIN = (
    "http://schemas.openxmlformats.org/spreadsheetml/2006/main",
    "http://purl.oclc.org/ooxml/spreadsheetml/main",
)
"""The namespace of sheets and workbooks: transitional, then strict."""
RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
RELATION_IDS = (
    "http://schemas.openxmlformats.org/officeDocument/2006/relationships}id",
    "http://purl.oclc.org/ooxml/officeDocument/relationships}id",
)
MOST_ELEMENTS = 50_000
"""Of a part that is read as a list: workbook, relations, tables."""

Attributes = Mapping[str, str]
START_TAG = re.compile(rb"""<[^>"']*(?:"[^"]*"[^>"']*|'[^']*'[^>"']*)*>""")
PREFIX = re.compile(rb"<([^\s:<>/]+:)")
LONGEST_PREFIX = 100
"""Each becomes part of patterns, and a pattern of megabytes takes minutes to make."""
UTF16_SIGNS = (b"\xff\xfe", b"\xfe\xff")


@dataclass(slots=True)
class Element:
    """A start tag, its text, and where the tag begins in bytes.

    `name` is bare for elements of sheets, workbooks and relations, else `namespace}name`.
    """

    name: str
    attributes: Attributes
    at: int
    pieces: list[str] = field(default_factory=list)

    @property
    def text(self) -> str:
        """The text directly inside, without that of inner elements."""
        return "".join(self.pieces)


def new_parser() -> expat.XMLParserType:
    """An expat parser that joins namespaces to names (`namespace}name`) and refuses a DOCTYPE."""
    parser = expat.ParserCreate(namespace_separator="}")
    parser.buffer_text = True
    parser.StartDoctypeDeclHandler = _refuse_doctype
    parser.XmlDeclHandler = _check_encoding
    return parser


def run(parser: expat.XMLParserType, data: bytes) -> None:
    """Parses one part. Raises Unreadable, or ExpatError where the XML is not well-formed."""
    check_encoded(data)
    parser.Parse(data, True)


def check_encoded(data: bytes) -> None:
    """Raises Unreadable for a part whose letters are two bytes each; a declared encoding is checked by the parser."""
    if data.startswith(UTF16_SIGNS) or b"\0" in data[:4]:
        raise Unreadable(_encoded_as("UTF-16"))


def elements(data: bytes) -> list[Element]:
    """All elements of a small part, in document order."""
    parser, found, open_ones = new_parser(), list[Element](), list[Element]()

    def start(name: str, attributes: Attributes) -> None:
        if len(found) == MOST_ELEMENTS:
            raise Unreadable(say("it lists more than {limit} tabs, names or relations", limit=MOST_ELEMENTS))
        element = Element(bare(name), attributes, parser.CurrentByteIndex)
        found.append(element)
        open_ones.append(element)

    parser.StartElementHandler = start
    parser.EndElementHandler = lambda name: open_ones.pop()
    parser.CharacterDataHandler = lambda letters: open_ones[-1].pieces.append(letters)
    run(parser, data)
    return found


def root_of(data: bytes) -> int:
    """Where the outermost element starts. The whole part is checked to be well-formed."""
    parser, found = new_parser(), list[int]()

    def start(name: str, attributes: Attributes) -> None:
        found.append(parser.CurrentByteIndex)
        parser.StartElementHandler = None

    parser.StartElementHandler = start
    run(parser, data)
    return found[0]


def bare(name: str) -> str:
    """`sheet` for `namespace}sheet` of a namespace that we know; any other name stays as it is."""
    namespace, _, local = name.rpartition("}")
    return local if namespace in MAIN or namespace == RELATIONS else name


def relation_id(attributes: Attributes) -> str | None:
    """The `r:id` of an element, in either edition of the format."""
    return next((attributes[name] for name in RELATION_IDS if name in attributes), None)


def start_tag(data: bytes, at: int) -> bytes:
    """The start tag that begins at `at`, up to and with its `>`."""
    match = START_TAG.match(data, at)
    if match is None:
        raise Unreadable(DAMAGED)
    return match[0]


def prefix_at(data: bytes, at: int) -> str:
    """`x:` where the element that starts at `at` is written `<x:sheetData>`, else nothing. Raises Unreadable."""
    match = PREFIX.match(data, at)
    if match and len(match[1]) > LONGEST_PREFIX:
        raise Unreadable(DAMAGED)
    return match[1].decode() if match else ""


def element_end(data: bytes, start: int, finish: int) -> int:
    """The byte after an element that starts at `start`; `finish` is where expat saw its end.

    For `<c/>` expat's place is behind the tag already, for `<c>…</c>` it is before the end tag.
    """
    return finish if start_tag(data, start).endswith(b"/>") else data.index(b">", finish) + 1


def _refuse_doctype(*_: object) -> NoReturn:
    raise Unreadable(say("it holds a document type declaration, which no workbook needs"))


def _check_encoding(version: str, encoding: str | None, standalone: int) -> None:
    if encoding is not None and encoding.upper() != "UTF-8":
        raise Unreadable(_encoded_as(encoding))


def _encoded_as(encoding: str) -> Message:
    return say("its parts are written in {encoding} instead of UTF-8", encoding=encoding)
