"""What would change: the cells whose value or link is not what it is to be."""

from __future__ import annotations

from collections.abc import Mapping

from okrsheets.words.grid import Address, Cell, Change, Content, Reading


def differences(reading: Reading, contents: Mapping[Address, Content]) -> tuple[Change, ...]:
    """The changes that turn what was read into `contents`, in the order of the cells."""
    changes = (Change(address, found(reading.at(address)), new) for address, new in sorted(contents.items()))
    return tuple(change for change in changes if not same(change.old, change.new))


def found(cell: Cell) -> Content:
    """What a cell holds, in the form of what it is to hold; an empty text is nothing."""
    return Content(cell.value if cell.value != "" else None, cell.link)


def same(old: Content, new: Content) -> bool:
    """Equal in type as well as in value: 1 is not TRUE."""
    alike = isinstance(old.value, bool) == isinstance(new.value, bool)
    return alike and old.value == new.value and old.link == new.link
