"""Faults in words and exit codes: what happened in one line, what to do in another, never a traceback."""

from __future__ import annotations

import traceback
from collections.abc import Iterable
from typing import Any

import typer

from okrsheets.shell.screen import Screen
from okrsheets.words.errors import OkrsheetsError, TemporaryError, UsageError
from okrsheets.words.message import keep

DONE, BUG, USAGE, FAILED, NEEDS_A_PERSON, TEMPORARY, INTERRUPTED = 0, 1, 2, 3, 4, 75, 130
UsageFault: type[Exception] = typer.BadParameter.__bases__[0]
"""What typer raises where the command line itself is wrong; it has no public name."""

GRAVITY = (BUG, FAILED, TEMPORARY, NEEDS_A_PERSON, DONE)
"""Of several workbooks, the gravest comes first (contract.md §6)."""


class Bug(OkrsheetsError):
    """Something that nobody expected. Its exit code says so."""

    text = keep("Something went wrong in okrsheets itself ({what}).")
    remedy = keep("Please report it as an issue; with --verbose you see where it happened.")
    exit_code = BUG


class UnknownOption(UsageError):
    text = keep("There is no option {name}.")
    remedy = keep("See: {command} --help")


class Missing(UsageError):
    text = keep("{name} is missing.")
    remedy = keep("See: {command} --help")


class NotUnderstood(UsageError):
    text = keep("That cannot be understood: {reason}")
    remedy = keep("See: {command} --help")


def unusable(fault: Any) -> UsageError:
    """What typer found wrong with the command line, in our words where they are few."""
    command = fault.ctx.command_path if fault.ctx else "okrsheets"
    if hasattr(fault, "option_name") and hasattr(fault, "possibilities"):
        return UnknownOption(name=fault.option_name, command=command)
    if type(fault).__name__ == "MissingParameter" and fault.param:
        return Missing(name=str(fault.param.metavar or fault.param.name), command=command)
    return NotUnderstood(reason=fault.format_message(), command=command)


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
