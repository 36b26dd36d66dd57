"""`okrsheets undo`: the workbook as it was before the last sync."""

from __future__ import annotations

from typing import Annotated

import typer

from okrsheets.orders.undo import Undone
from okrsheets.orders.undo import undo as put_back
from okrsheets.shell import options
from okrsheets.shell.desk import Desk
from okrsheets.shell.documents.outcomes import undone
from okrsheets.shell.faults import DONE
from okrsheets.words.message import keep, say

FORCE = keep("Go on although it was changed after the last sync; what stands there now is kept as a backup.")


def undo(
    workbook: options.OneWorkbook,
    force: Annotated[bool, typer.Option("--force", help=FORCE)] = False,
    json: options.Json = False,
    config: options.Config = None,
    verbose: options.Verbose = False,
    quiet: options.Quiet = False,
) -> int:
    """Puts the file back, and says where a person's later work is kept."""
    desk = Desk(config, verbose=verbose, quiet=quiet)
    done = put_back(desk.store(workbook), force=force)
    if json:
        desk.screen.document(undone(done, desk.language))
    else:
        tell(done, desk)
    return DONE


def tell(done: Undone, desk: Desk) -> None:
    """That it is done, and what to know about it."""
    desk.screen.note(say("{ref} is as it was before the last sync.", ref=done.ref))
    if done.kept:
        desk.screen.note(say("What stood there is kept as {kept}", kept=done.kept))
    for warning in done.warnings:
        desk.screen.warn(warning)
