"""The commands of `okrsheets`, each with its sentence and its example."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated

import typer

from okrsheets import __version__
from okrsheets.shell.auth import auth
from okrsheets.shell.check import check
from okrsheets.shell.demo import demo
from okrsheets.shell.digest import digest
from okrsheets.shell.doctor import doctor
from okrsheets.shell.helping import HelpfulCommand, HelpfulGroup
from okrsheets.shell.inspect import inspect
from okrsheets.shell.new import new
from okrsheets.shell.report import report
from okrsheets.shell.run import run
from okrsheets.shell.service import service
from okrsheets.shell.status import status
from okrsheets.shell.sync import sync
from okrsheets.shell.templates import templates
from okrsheets.shell.undo import undo
from okrsheets.words.message import keep

HELP = keep("A quarterly plan that does the sums: from dream to daily ticks, in your own workbook.")
VERSION = keep("Show the version and exit.")
COMMANDS: tuple[tuple[Callable[..., int], str, str], ...] = (
    (
        demo,
        keep("Makes a workbook, fills it in as a person would and syncs it: to see what it is like."),
        "okrsheets demo",
    ),
    (
        new,
        keep("Makes a workbook from a template."),
        "okrsheets new high-ticket plan.xlsx --quarter 2026-Q4 --set theme.price=1500",
    ),
    (
        sync,
        keep("Reads a workbook, computes, and writes its Summary tab; no other tab is ever touched."),
        "okrsheets sync plan.xlsx",
    ),
    (report, keep("Shows where a plan stands; writes nothing."), "okrsheets report plan.xlsx"),
    (
        digest,
        keep("Shows the letter of the week: what was done, what it brought, and the boxes that come."),
        "okrsheets digest plan.xlsx --ics week.ics\n  okrsheets digest --send",
    ),
    (undo, keep("Puts back the file as it was before the last sync."), "okrsheets undo plan.xlsx"),
    (
        inspect,
        keep("Shows what okrsheets sees in a workbook: every item, its value and its cell."),
        "okrsheets inspect plan.xlsx",
    ),
    (check, keep("Checks the plan itself: does it add up?"), "okrsheets check plan.xlsx"),
    (
        doctor,
        keep("A second opinion: why is a number or a tick not seen? Without a workbook: is all well on this computer?"),
        "okrsheets doctor plan.xlsx",
    ),
    (
        run,
        keep("The service: syncs every workbook of the configuration on its schedule, until you stop it."),
        "okrsheets run --log-format json",
    ),
    (
        status,
        keep("Shows how every workbook of the configuration is: last sync, outcome, next due."),
        "okrsheets status",
    ),
    (
        service,
        keep("Lets the service start by itself when you log in; says how it is; takes it away."),
        "okrsheets service install",
    ),
    (auth, keep("Signs in to Google, says who is signed in, or signs out."), "okrsheets auth login"),
    (templates, keep("Lists the templates, or shows what is in one."), "okrsheets templates show high-ticket"),
)


def build() -> typer.Typer:
    """The whole command line."""
    app = typer.Typer(
        name="okrsheets",
        help=HELP,
        cls=HelpfulGroup,
        rich_markup_mode=None,
        pretty_exceptions_enable=False,
        invoke_without_command=True,
    )
    app.callback()(without_command)
    for command, sentence, example in COMMANDS:
        app.command(help=sentence, epilog=example, cls=HelpfulCommand)(command)
    return app


def without_command(
    context: typer.Context,
    version: Annotated[bool, typer.Option("--version", help=VERSION)] = False,
) -> int:
    """The version, or the help where no command was given."""
    if version:
        typer.echo(f"okrsheets {__version__}")
        raise typer.Exit
    if context.invoked_subcommand is None:
        typer.echo(context.get_help())
    return 0
