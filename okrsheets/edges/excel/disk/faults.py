"""The one place where a fault of a file, an archive or its XML becomes an error in words."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import ClassVar
from xml.parsers import expat

from okrsheets.edges.excel.disk.beside import nearest_beside
from okrsheets.edges.refusals import FOLDER, NO_FOLDER, reason_of
from okrsheets.words.errors import (
    Encrypted,
    IsAFolder,
    NoFolder,
    NoRoomForSummary,
    NotAWorkbook,
    NotFound,
    NotFoundNearly,
    NotReadable,
    NotWritable,
    OkrsheetsError,
    Shared,
    Signed,
    WriteUnproven,
)
from okrsheets.words.grid import Address
from okrsheets.words.message import Message, say

DAMAGED = say("it is incomplete or damaged")
STRANGE = say("its archive is of a kind that Excel does not write")

LIBRARY_FAULTS = (
    expat.ExpatError,
    zlib.error,
    struct.error,
    LookupError,
    ValueError,
    OverflowError,
    EOFError,
    RecursionError,
    MemoryError,
)
"""What the standard library raises on bytes that are no good workbook."""


class Refusal(Exception):
    """Something in the file stands in the way; `reason` says what, as a part of a sentence."""

    error: ClassVar[type[OkrsheetsError]]

    def __init__(self, reason: Message) -> None:
        super().__init__(reason)
        self.reason = reason

    def in_words(self, ref: str) -> OkrsheetsError:
        """The error for a person, about the workbook that is called `ref`."""
        return self.error(ref=ref, reason=self.reason)


class Unreadable(Refusal):
    """These bytes are not a workbook that can be read."""

    error: ClassVar[type[OkrsheetsError]] = NotAWorkbook


class UnderPassword(Unreadable):
    """Only who knows the password can read these bytes."""

    error = Encrypted

    def __init__(self) -> None:
        super().__init__(say("it is protected with a password"))


class FolderInstead(Unreadable):
    """It is no file at all."""

    error = IsAFolder

    def __init__(self) -> None:
        super().__init__(FOLDER)


class Unwritable(Refusal):
    """The workbook can be read, but must not be changed."""

    error: ClassVar[type[OkrsheetsError]] = NotWritable


class FolderMissing(Unwritable):
    """There is no folder to write it into."""

    error = NoFolder

    def __init__(self) -> None:
        super().__init__(NO_FOLDER)


class UnderSignature(Unwritable):
    """A change would break a digital signature."""

    error = Signed

    def __init__(self) -> None:
        super().__init__(say("it carries a digital signature that a change would break"))


class UnderRevision(Unwritable):
    """The workbook keeps the changes of everybody who shares it."""

    error = Shared

    def __init__(self) -> None:
        super().__init__(say("it is a shared workbook that keeps its changes"))


class Unproven(Refusal):
    """The new bytes are not what they were meant to be."""

    error = WriteUnproven


class NoRoom(Refusal):
    """A cell of the Summary that must not be written over."""

    error = NoRoomForSummary

    def __init__(self, where: Address, reason: Message) -> None:
        super().__init__(reason)
        self.where = where

    def in_words(self, ref: str) -> OkrsheetsError:
        """The error, with the cell."""
        return self.error(ref=ref, where=str(self.where), reason=self.reason)


@contextmanager
def in_words(ref: str, *, writing: bool = False) -> Iterator[None]:
    """Turns every fault inside into an error of okrsheets.words.errors about `ref`."""
    try:
        yield
    except Refusal as fault:
        raise fault.in_words(ref) from fault
    except FileNotFoundError as fault:
        raise (NoFolder(ref=ref, reason=NO_FOLDER) if writing else missing(ref)) from fault
    except OSError as fault:
        raise (NotWritable if writing else NotReadable)(ref=ref, reason=reason_of(fault)) from fault
    except LIBRARY_FAULTS as fault:
        if writing:  # what was read whole is no bad file; whatever goes wrong with it from here on is ours
            raise WriteUnproven(ref=ref, reason=f"{type(fault).__name__}: {fault}") from fault
        raise NotAWorkbook(ref=ref, reason=DAMAGED) from fault


def missing(ref: str) -> NotFound:
    """That a workbook is not there, with the one beside it that may have been meant."""
    near = nearest_beside(Path(ref))
    return NotFoundNearly(ref=ref, near=str(near)) if near else NotFound(ref=ref)
