"""The lock files that Excel and LibreOffice lay beside a workbook while somebody has it open."""

from __future__ import annotations

from pathlib import Path

from okrsheets.edges.excel.disk.files import Files
from okrsheets.words.message import Message, say

EXCEL_WIDE_NAME = 55
"""Where Excel's lock file has the holder in UTF-16, behind the length; its start has the same in one byte each."""
LONGEST_NAME = 54


def holder(path: Path, files: Files) -> Message | None:
    """Who has the workbook open, None where nobody has. What a lock does not tell is left out, never guessed."""
    excel, libreoffice = path.with_name(f"~${path.name}"), path.with_name(f".~lock.{path.name}#")
    if _lies_there(excel, files):
        return _said(_excel_name(_content(excel, files)), "Excel")
    if _lies_there(libreoffice, files):
        return _said(_libreoffice_name(_content(libreoffice, files)), "LibreOffice")
    return None


def _lies_there(path: Path, files: Files) -> bool:
    """Whether there is a lock; a name too long for the system's taste is none."""
    try:
        return files.stat(path) is not None
    except OSError:
        return False


def _content(path: Path, files: Files) -> bytes:
    """What the lock says; nothing where its program does not let us read it."""
    try:
        return files.read(path)
    except OSError:
        return b""


def _said(name: str, program: str) -> Message:
    name = "".join(letter for letter in name if letter.isprintable()).strip()
    return say("{name}, in {program}", name=name, program=program) if name else say("in {program}", program=program)


def _excel_name(lock: bytes) -> str:
    length = int.from_bytes(lock[EXCEL_WIDE_NAME : EXCEL_WIDE_NAME + 2], "little")
    wide = lock[EXCEL_WIDE_NAME + 2 :][: 2 * length]
    if 0 < length <= LONGEST_NAME and len(wide) == 2 * length:
        return wide.decode("utf-16-le", "replace")
    return lock[1 : 1 + min(lock[0], LONGEST_NAME)].decode("cp1252", "replace") if lock else ""


def _libreoffice_name(lock: bytes) -> str:
    """The first of `name,system name,host,…` that is not empty."""
    fields = lock.decode("utf-8", "replace").split(",")[:2]
    return next((field for field in fields if field.strip()), "")
