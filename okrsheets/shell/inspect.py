"""`okrsheets inspect`: what okrsheets sees in a workbook."""

from __future__ import annotations

from okrsheets.orders.inspect import inspect as look
from okrsheets.shell import options
from okrsheets.shell.desk import Desk
from okrsheets.shell.documents.workbook import inspected
from okrsheets.shell.faults import DONE


def inspect(
    workbook: options.OneWorkbook,
    json: options.Json = False,
    config: options.Config = None,
    verbose: options.Verbose = False,
    quiet: options.Quiet = False,
) -> int:
    """Shows every item, its value and its cell."""
    desk = Desk(config, verbose=verbose, quiet=quiet)
    snapshot = look(desk.store(workbook), desk.languages)
    language = desk.language_of(snapshot.about)
    if json:
        desk.screen.document(inspected(snapshot, language))
    else:
        # rich takes a while to load, and JSON needs none of it.
        from okrsheets.shell.inventory import Inventory

        Inventory(snapshot.plan, desk.screen, language, snapshot).draw()
    return DONE
