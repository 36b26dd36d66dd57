"""`okrsheets inspect`: what okrsheets sees in a workbook."""

from __future__ import annotations

from okrsheets.orders.inspect import inspect_all
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
    found = inspect_all(desk.store(workbook), desk.languages)
    language = desk.language_of(found.snapshot.about)
    if json:
        desk.screen.document(inspected(found, language))
    else:
        # rich takes a while to load, and JSON needs none of it.
        from okrsheets.shell.inventory import Inventory, show_left_alone

        Inventory(found.snapshot.plan, desk.screen, language, found.snapshot).draw()
        show_left_alone(found, desk.screen, language)
    return DONE
