"""What else a workbook carries: macros, links to other files, connections. Seen and told, never followed."""

from __future__ import annotations

import posixpath
from collections.abc import Callable, Iterator
from typing import TypeAlias

from okrsheets.edges.excel.disk.faults import LIBRARY_FAULTS, Unreadable
from okrsheets.edges.excel.reading.markup import elements
from okrsheets.edges.excel.reading.parts import Book
from okrsheets.edges.excel.reading.relations import relations
from okrsheets.words.grid import Carries

MACROS = {"vbaProject", "xlMacrosheet", "xlIntlMacrosheet"}
"""The kinds of parts that hold code: Visual Basic, and the macro tabs of before."""
FAULTS = (Unreadable, *LIBRARY_FAULTS)
Teller: TypeAlias = "Callable[[Book, str], Iterator[str]]"


def carried(book: Book) -> Carries:
    """What hangs on the workbook besides its tabs. A part that cannot be read is called by its name."""
    hanging = relations(book.archive, book.part)
    return Carries(
        macros=any(relation.kind in MACROS for relation in hanging),
        external_links=_told(book, [r.target for r in hanging if r.kind == "externalLink"], _link_targets),
        connections=_told(book, [r.target for r in hanging if r.kind == "connections"], _connection_names),
    )


def _told(book: Book, parts: list[str], tell: Teller) -> tuple[str, ...]:
    """What the parts say, each thing once; a damaged part must not stand in the way of a good plan."""
    found: dict[str, None] = {}
    for part in parts:
        try:
            names = tuple(tell(book, part))
        except FAULTS:
            names = ()
        found |= dict.fromkeys(names or (posixpath.basename(part),))
    return tuple(found)


def _link_targets(book: Book, part: str) -> Iterator[str]:
    """The files that a link leads to; for a link to a running program (DDE) its service and topic."""
    folder, name = posixpath.split(part)
    led = posixpath.join(folder, "_rels", f"{name}.rels")
    if led in book.archive:
        for element in elements(book.archive.read(led)):
            if element.name == "Relationship" and element.attributes.get("TargetMode") == "External":
                yield element.attributes["Target"]
        return
    for element in elements(book.archive.read(part)):
        if element.name == "ddeLink":
            yield f"{element.attributes['ddeService']}|{element.attributes['ddeTopic']}"


def _connection_names(book: Book, part: str) -> Iterator[str]:
    """The names of the connections; what they connect to may hold a password, and stays unsaid."""
    for element in elements(book.archive.read(part)):
        if element.name == "connection":
            yield element.attributes["name"]
