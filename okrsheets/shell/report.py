"""`okrsheets report`: where a plan stands, without writing anything."""

from __future__ import annotations

from okrsheets.orders.report import report as compute
from okrsheets.shell import options
from okrsheets.shell.desk import Desk
from okrsheets.shell.documents.figures import reported
from okrsheets.shell.faults import DONE


def report(
    workbook: options.OneWorkbook,
    today: options.Today = None,
    json: options.Json = False,
    config: options.Config = None,
    verbose: options.Verbose = False,
    quiet: options.Quiet = False,
) -> int:
    """Shows the figures in the language of the workbook."""
    desk = Desk(config, verbose=verbose, quiet=quiet)
    figures = compute(desk.store(workbook), desk.today(today), desk.languages)
    language = desk.language_of(figures.snapshot.about)
    if json:
        desk.screen.document(reported(figures, language))
    else:
        # rich takes a while to load, and JSON needs none of it.
        from okrsheets.shell.pictures import Picture

        Picture(figures, desk.screen, language).draw()
    return DONE
