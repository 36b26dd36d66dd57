"""Faults in words and exit codes: what happened in one line, what to do in another, never a traceback."""

from __future__ import annotations

import errno
import traceback
from collections.abc import Iterable

from okrsheets.shell.misuse import UsageFault, unusable
from okrsheets.shell.screen import Screen
from okrsheets.words.errors import OkrsheetsError, TemporaryError
from okrsheets.words.message import keep, say

DONE, BUG, USAGE, FAILED, NEEDS_A_PERSON, TEMPORARY = 0, 1, 2, 3, 4, 75

GRAVITY = (BUG, FAILED, TEMPORARY, NEEDS_A_PERSON, DONE)
"""Of several workbooks, the gravest comes first (contract.md §6)."""


class Bug(OkrsheetsError):
    """Something that nobody expected. Its exit code says so."""

    text = keep("Something went wrong in okrsheets itself ({what}).")
    remedy = keep("Please report it as an issue; with --verbose you see where it happened.")
    exit_code = BUG


class OutputLost(OkrsheetsError):
    """What was to be said could not be written where it was sent to."""

    text = keep("What okrsheets has to say cannot be written: {reason}.")
    remedy = keep("Make room, or send it elsewhere. What was done to your workbooks stands.")
    exit_code = FAILED


NO_ROOM = {
    errno.ENOSPC: say("the disk is full"),
    errno.EDQUOT: say("the disk is full"),
    errno.EFBIG: say("the file would be too large"),
    errno.EIO: say("the disk or the terminal is gone"),
}
"""Of what goes wrong with a stream that has no name: that is the output, all else is a file that has one."""


def fault_of(error: Exception) -> OkrsheetsError:
    """What went wrong, as a fault that can be told; what nobody expected is a bug."""
    if isinstance(error, OkrsheetsError):
        return error
    if isinstance(error, UsageFault):
        return unusable(error)
    if isinstance(error, OSError) and error.filename is None and error.errno in NO_ROOM:
        return OutputLost(reason=NO_ROOM[error.errno])
    return unexpected(error)


def unexpected(error: Exception) -> Bug:
    """A bug, told as a fault."""
    what = str(error) or type(error).__name__
    bug = Bug(what=what.splitlines()[0])
    bug.__cause__ = error
    return bug


def gravest(codes: Iterable[int]) -> int:
    """The exit code that counts."""
    return min(codes, key=GRAVITY.index, default=DONE)


def code_of(fault: OkrsheetsError) -> int:
    """The exit code of a workbook that a fault stopped."""
    if isinstance(fault, Bug | TemporaryError):
        return fault.exit_code
    return FAILED


def complain(fault: OkrsheetsError, screen: Screen) -> None:
    """Says it, and for a bug where it happened, if a person wants to know."""
    screen.fault(fault.message, fault.advice)
    if screen.verbose and fault.__cause__:
        screen.details("".join(traceback.format_exception(fault.__cause__)))
