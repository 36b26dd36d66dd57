"""`okrsheets run`: the service that syncs every configured workbook on its schedule."""

from __future__ import annotations

from typing import Annotated

import typer

from okrsheets.shell import options
from okrsheets.shell.desk import Desk
from okrsheets.shell.faults import DONE
from okrsheets.shell.keeping.log import LogFormat
from okrsheets.words.message import keep

FORMAT = keep("How the log is written: text for people, json for programs (one object a line).")


def run(
    log_format: Annotated[LogFormat, typer.Option("--log-format", metavar="text|json", help=FORMAT)] = LogFormat.TEXT,
    config: options.Config = None,
    verbose: options.Verbose = False,
    quiet: options.Quiet = False,
) -> int:
    """Syncs until somebody ends it. Raises BadConfiguration, NothingToDo, AlreadyRunning, HistoryUnusable."""
    # What a service needs takes a while to load, and no other command needs it.
    from okrsheets.shell.keeping.serving import serve

    serve(Desk(config, verbose=verbose, quiet=quiet, hasty=True), log_format)
    return DONE
