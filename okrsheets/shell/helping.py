"""Help in a person's own language: one sentence, what to give, the options, an example.

Every text of the commands is a catalogue text; it is put into a language where it is shown. The language is the
context's object.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from typer.core import TyperCommand, TyperGroup

from okrsheets.rules.typed.nearest import nearest
from okrsheets.shell.misuse import TooMuch, UsageFault
from okrsheets.words.errors import UsageError
from okrsheets.words.message import keep

USAGE = keep("Usage: ")
ARGUMENTS = keep("What to give")
COMMANDS = keep("Commands")
OPTIONS = keep("Options")
EXAMPLE = keep("Example")
OPTIONS_PLACE = keep("[OPTIONS]")
COMMAND_PLACE = keep("COMMAND ...")
OF_TYPER = (
    keep("Show this message and exit."),
    keep("Install completion for the current shell."),
    keep("Show completion for the current shell, to copy it or customize the installation."),
)
"""Texts that typer itself puts into the help."""

Say = Callable[[str], str]


class UnknownCommand(UsageError):
    text = keep("There is no command {name}.")
    remedy = keep("Choose one of {known}.")


class UnknownCommandNearly(UnknownCommand):
    remedy = keep("Did you mean okrsheets {near}?")


class HelpfulCommand(TyperCommand):
    """A command with its help, and what was wrong with its call, in the person's language."""

    allow_extra_args = True

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """What was given, in its places. Raises TooMuch, and what typer raises with the command it is about."""
        try:
            super().parse_args(ctx, args)
        except UsageFault as fault:
            fault.ctx = getattr(fault, "ctx", None) or ctx  # type: ignore[attr-defined]
            raise
        if ctx.args and not ctx.resilient_parsing:
            raise TooMuch(command=ctx.command_path, given=tuple(ctx.args))
        return []

    def format_help(self, ctx: Any, formatter: Any) -> None:
        """The sentence, what to give, the options, the example."""
        write_opening(self, ctx, formatter)
        write_parameters(self, ctx, formatter)
        with formatter.section(ctx.obj.say(EXAMPLE)):
            formatter.write(f"  {self.epilog}\n")


class HelpfulGroup(TyperGroup):
    """A group of commands with its help in the person's language."""

    def format_help(self, ctx: Any, formatter: Any) -> None:
        """The sentence, the commands, the options."""
        write_opening(self, ctx, formatter)
        say = ctx.obj.say
        write_rows(formatter, say(COMMANDS), [(name, say(help_of(each))) for name, each in self.commands.items()])
        write_parameters(self, ctx, formatter)

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        """The command that was asked for. Raises UnknownCommand, with the nearest one where one is near."""
        name = args[0]
        if name in self.commands or name.startswith("-"):
            return super().resolve_command(ctx, args)
        near = nearest(name, self.commands)
        if near:
            raise UnknownCommandNearly(name=name, near=near)
        raise UnknownCommand(name=name, known=tuple(self.commands))


def write_opening(command: TyperCommand | TyperGroup, ctx: Any, formatter: Any) -> None:
    """How it is called, and what it does."""
    say: Say = ctx.obj.say
    given = [argument_name(each) for each in command.params if each.param_type_name == "argument"]
    pieces = [say(OPTIONS_PLACE), *given, *([say(COMMAND_PLACE)] if isinstance(command, TyperGroup) else [])]
    formatter.write_usage(ctx.command_path, " ".join(pieces), prefix=say(USAGE))
    formatter.write_paragraph()
    with formatter.indentation():
        formatter.write_text(say(help_of(command)))


def write_parameters(command: TyperCommand | TyperGroup, ctx: Any, formatter: Any) -> None:
    """What to give, and the options."""
    say: Say = ctx.obj.say
    params = command.get_params(ctx)
    for title, kind, named in ((ARGUMENTS, "argument", argument_name), (OPTIONS, "option", option_name)):
        rows = [(named(each), say(help_of(each))) for each in params if each.param_type_name == kind]
        write_rows(formatter, say(title), rows)


def help_of(thing: Any) -> str:
    """The catalogue text that says what a command or a parameter is for."""
    return getattr(thing, "help", None) or ""


def argument_name(param: Any) -> str:
    """`WORKBOOK`, as the usage line has it."""
    return str(param.metavar or param.name)


def option_name(param: Any) -> str:
    """`--lang nl|en`, or `-q, --quiet`."""
    names = ", ".join(sorted(param.opts, key=len))
    return f"{names} {param.metavar}" if param.metavar else names


def write_rows(formatter: Any, title: str, rows: list[tuple[str, str]]) -> None:
    """A titled list of two columns; nothing where there are no rows."""
    if rows:
        with formatter.section(title):
            formatter.write_dl(rows)
