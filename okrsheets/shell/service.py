"""`okrsheets service`: `okrsheets run` that starts by itself when you log in."""

from __future__ import annotations

import os
import sys
from typing import Annotated

import typer

from okrsheets.edges import state
from okrsheets.edges.autostart.job import Job, job
from okrsheets.edges.autostart.registry import Registry, check_user, starter
from okrsheets.edges.autostart.running import Running, running
from okrsheets.shell import options
from okrsheets.shell.desk import Desk
from okrsheets.shell.documents.values import Document, moment
from okrsheets.shell.faults import DONE
from okrsheets.words.errors import NobodyAgreed, UsageError
from okrsheets.words.message import Fact, Message, keep, say

WHAT = keep("install, status or uninstall.")
YES = keep("Do it without asking.")
PRINT = keep("Only show what would be done.")
AGREED = ("y", "yes", "j", "ja")


class UnknownService(UsageError):
    text = keep("okrsheets service cannot {what}.")
    remedy = keep("Use: okrsheets service install, status or uninstall.")


def service(
    what: Annotated[str, typer.Argument(metavar="[install|status|uninstall]", help=WHAT)] = "status",
    yes: Annotated[bool, typer.Option("--yes", "-y", help=YES)] = False,
    show: Annotated[bool, typer.Option("--print", "--dry-run", help=PRINT)] = False,
    json: options.Json = False,
    config: options.Config = None,
    verbose: options.Verbose = False,
    quiet: options.Quiet = False,
) -> int:
    """Installs it, says how it is, or takes it away."""
    desk = Desk(config, verbose=verbose, quiet=quiet or json)
    registry = Registry(starter(sys.platform, os.environ, user()))
    if what == "install":
        install(desk, registry, yes=yes, show=show)
    elif what == "uninstall":
        uninstall(desk, registry, yes=yes, show=show)
    elif what != "status":
        raise UnknownService(what=what)
    elif not json:
        tell(desk, registry)
        return DONE
    if json:
        planned = proposal(desk, registry) if what == "install" else {}
        desk.screen.document({**standing(desk, registry), **planned})
    return DONE


def user() -> int:
    """The number of the user; Windows has none."""
    return os.geteuid() if hasattr(os, "geteuid") else -1


def install(desk: Desk, registry: Registry, *, yes: bool, show: bool) -> None:
    """Shows the file, asks, installs. Raises BadConfiguration and NothingToDo: what cannot run is not installed."""
    desk.all_workbooks()
    wanted = job_of(desk)
    if not show and registry.is_up_to_date(wanted) and registry.registered():
        desk.screen.note(say("It is installed already, just as it should be."))
        return
    present(desk, registry, wanted)
    if show:
        return
    check_user(os.environ, user())
    if not agree(desk, say("Install it? [y/N]"), yes):
        return
    registry.install(wanted)
    desk.screen.note(say("Installed: okrsheets now runs by itself whenever you are logged in."))
    if registry.starter.name == "systemd":
        desk.screen.note(say("On a server, let it run while nobody is logged in: loginctl enable-linger"))


def uninstall(desk: Desk, registry: Registry, *, yes: bool, show: bool) -> None:
    """Stops it and takes the file away; your workbooks and their Summary stay as they are."""
    if registry.written is None:
        desk.screen.note(say("It is not installed, so there is nothing to take away."))
        return
    steps(desk, tuple(step.command for step in registry.starter.disable))
    desk.screen.note(say("Takes away {file}", file=str(registry.starter.file)))
    if show:
        return
    check_user(os.environ, user())
    if not agree(desk, say("Stop the service and take it away? [y/N]"), yes):
        return
    registry.uninstall()
    desk.screen.note(say("Taken away. Your workbooks stay as they are."))


def job_of(desk: Desk) -> Job:
    """What the service would run: okrsheets with the configuration that counts here."""
    return job(desk.file, os.environ)


def present(desk: Desk, registry: Registry, wanted: Job) -> None:
    """The file and the commands, before anything is done."""
    desk.screen.note(say("This file registers okrsheets with {name}:", name=registry.starter.name))
    if not desk.quiet:
        desk.screen.text(str(registry.starter.file), "bold")
        for line in registry.starter.text(wanted).splitlines():
            desk.screen.text(line, "dim", indent=2)
    steps(desk, tuple(step.command for step in registry.starter.enable))


def proposal(desk: Desk, registry: Registry) -> Document:
    """The same for programs, which may want to look at it too."""
    commands = [list(step.command) for step in registry.starter.enable]
    return {"text": registry.starter.text(job_of(desk)), "commands": commands}


def steps(desk: Desk, commands: tuple[tuple[str, ...], ...]) -> None:
    """Commands of the system that will be run."""
    desk.screen.note(say("These commands are run:"))
    if not desk.quiet:
        for command in commands:
            desk.screen.text(" ".join(command), "dim", indent=2)


def agree(desk: Desk, question: Message, yes: bool) -> bool:
    """Whether somebody agrees. Raises NobodyAgreed where nobody is there to."""
    if yes:
        return True
    if desk.quiet or not sys.stdin.isatty():
        raise NobodyAgreed
    desk.screen.line(question)
    if sys.stdin.readline().strip().lower() in AGREED:
        return True
    desk.screen.note(say("Nothing was done."))
    return False


def tell(desk: Desk, registry: Registry) -> None:
    """How it is, in a few lines."""
    note = desk.screen.note
    if registry.written is None:
        note(say("Not installed. Install it with: okrsheets service install"))
    else:
        note(say("Installed with {name}: {file}", name=registry.starter.name, file=str(registry.starter.file)))
        note_doubts(desk, registry)
    note(life(running(state.folder(os.environ))))


def note_doubts(desk: Desk, registry: Registry) -> None:
    """What is not as it should be about an installation."""
    if not registry.registered():
        desk.screen.warn(say("The system does not know of it. Install it again with: okrsheets service install"))
    elif not registry.is_up_to_date(job_of(desk)):
        desk.screen.warn(
            say("It is of another version, or for another configuration. Renew it with: okrsheets service install")
        )


def life(known: Running | None) -> Message:
    """Whether a service runs now, and since when."""
    if known is None:
        return say("Not running now.")
    if known.pid is None or known.since is None:
        return say("Running now.")
    here = known.since.astimezone()
    facts: dict[str, Fact] = {"day": here.date(), "time": f"{here:%H:%M}", "pid": str(known.pid)}
    return say("Running since {day} {time} (process {pid}).", **facts)


def standing(desk: Desk, registry: Registry) -> Document:
    """`service --json`."""
    known = running(state.folder(os.environ))
    return {
        "kind": registry.starter.name,
        "file": str(registry.starter.file),
        "installed": registry.written is not None,
        "registered": registry.registered(),
        "up_to_date": registry.is_up_to_date(job_of(desk)),
        "running": known is not None,
        "pid": known.pid if known else None,
        "since": moment(known.since) if known else None,
    }
