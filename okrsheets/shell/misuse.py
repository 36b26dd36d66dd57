"""A command line that cannot be understood: what typer found wrong with it, in our words."""

from __future__ import annotations

import re
from typing import Any

import typer

from okrsheets.words.errors import UsageError
from okrsheets.words.message import keep

UsageFault: type[Exception] = typer.BadParameter.__bases__[0]
"""What typer raises where the command line itself is wrong; it has no public name."""


class UnknownOption(UsageError):
    text = keep("There is no option {name}.")
    remedy = keep("See: {command} --help")


class UnknownOptionNearly(UnknownOption):
    remedy = keep("Did you mean {near}?")


class OptionTooEarly(UnknownOption):
    text = keep("{name} stands before the command.")
    remedy = keep("Give it after the command: okrsheets COMMAND {name}")


class Missing(UsageError):
    text = keep("{name} is missing.")
    remedy = keep("See: {command} --help")


class ValueMissing(Missing):
    text = keep("{name} needs a value.")


class NoValueWanted(Missing):
    text = keep("{name} takes no value.")


class TooMuch(UsageError):
    text = keep("{command} does not know what to do with {given}.")
    remedy = keep("See: {command} --help")


class NoWholeNumber(Missing):
    text = keep("{name} needs a whole number.")


class NotAmongThem(UsageError):
    text = keep("{name} cannot be that.")
    remedy = keep("Choose one of {known}.")


class NotUnderstood(UsageError):
    text = keep("That cannot be understood: {reason}")
    remedy = keep("See: {command} --help")


def unusable(fault: Any) -> UsageError:
    """What typer found wrong with the command line, in our words."""
    command = fault.ctx.command_path if fault.ctx else "okrsheets"
    if hasattr(fault, "option_name"):
        return bad_option(fault, command)
    name = name_of(fault.param) if getattr(fault, "param", None) else ""
    if type(fault).__name__ == "MissingParameter" and name:
        return Missing(name=name, command=command)
    return bad_value(fault.format_message(), name, command)


def bad_option(fault: Any, command: str) -> UsageError:
    """An option that there is not, that lacks its value, or that takes none."""
    name = fault.option_name
    if "requires" in fault.message:
        return ValueMissing(name=name, command=command)
    if "does not take" in fault.message:
        return NoValueWanted(name=name, command=command)
    if fault.possibilities:
        return UnknownOptionNearly(name=name, near=fault.possibilities[0])
    if name in options_of_commands(fault.ctx):
        return OptionTooEarly(name=name)
    return UnknownOption(name=name, command=command)


def options_of_commands(ctx: Any) -> set[str]:
    """The options that stand after a command, where none was given yet."""
    commands = getattr(ctx.command, "commands", {}) if ctx else {}
    return {option for command in commands.values() for param in command.params for option in param.opts}


def bad_value(reason: str, name: str, command: str) -> UsageError:
    """A value that its option cannot have. Typer gives no facts, only its sentence."""
    if name and "valid integer" in reason:
        return NoWholeNumber(name=name, command=command)
    known = re.findall(r"'([^']*)'", reason.partition("one of")[2])
    if name and known:
        return NotAmongThem(name=name, known=tuple(known))
    return NotUnderstood(reason=reason, command=command)


def name_of(param: Any) -> str:
    """`--weeks`, or `WORKBOOK`."""
    if param.param_type_name == "option":
        return str(max(param.opts, key=len))
    return str(param.metavar or param.name)
