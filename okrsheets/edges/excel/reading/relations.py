"""Which part of the archive leads to which: the `.rels` files."""

from __future__ import annotations

import posixpath
from typing import NamedTuple
from urllib.parse import unquote

from okrsheets.edges.excel.reading.archive import Archive
from okrsheets.edges.excel.reading.markup import elements


class Relation(NamedTuple):
    """A relation of a part: its id, the last word of its type (`worksheet`), and the part that it leads to."""

    id: str
    kind: str
    target: str


def relations(archive: Archive, part: str) -> tuple[Relation, ...]:
    """The relations of a part (`""`: of the whole package) to other parts; those that lead outside are left out."""
    folder, name = posixpath.split(part)
    file = posixpath.join(folder, "_rels", f"{name}.rels")
    if file not in archive:
        return ()
    return tuple(
        Relation(found["Id"], found["Type"].rpartition("/")[2], _resolved(folder, found["Target"]))
        for found in (element.attributes for element in elements(archive.read(file)) if element.name == "Relationship")
        if found.get("TargetMode") != "External"
    )


def _resolved(folder: str, target: str) -> str:
    """The part's name in the archive; a target is relative to the folder of its source, or starts with `/`."""
    return posixpath.normpath(posixpath.join("/", folder, unquote(target))).lstrip("/")
