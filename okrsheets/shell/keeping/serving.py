"""The life of a service: one at a time in a state directory, from its start until somebody asks for its end."""

from __future__ import annotations

import os

from okrsheets import __version__
from okrsheets.edges import state
from okrsheets.edges.history import SqliteHistory
from okrsheets.edges.one_service import Hold, one_service
from okrsheets.shell import clock
from okrsheets.shell.desk import Desk
from okrsheets.shell.keeping.edited import Edited
from okrsheets.shell.keeping.keeper import Keeper
from okrsheets.shell.keeping.log import LogFormat, ServiceLog
from okrsheets.shell.keeping.signals import Signals
from okrsheets.shell.keeping.ticker import Clockwork, Ticker
from okrsheets.words.message import say, say_many


def serve(desk: Desk, form: LogFormat) -> None:
    """Until a signal asks for the end."""
    with Signals() as signals:
        live(desk, form, Clockwork(clock.now, clock.monotonic, signals.wait), signals)


def live(desk: Desk, form: LogFormat, clockwork: Clockwork, signals: Signals) -> None:
    """The whole life of a service, by any clock. Raises as okrsheets.shell.run.run does."""
    names = desk.all_workbooks()
    folder = state.folder(os.environ)
    log = ServiceLog(desk.language, desk.zone, clockwork.now, form, quiet=desk.quiet, verbose=desk.verbose)
    with one_service(folder, clockwork.now()) as hold:
        keeper = Keeper(desk, SqliteHistory(folder), clockwork, log, lambda: signals.ended)
        log.tell(
            "started",
            say_many(
                "okrsheets {version} keeps {count} workbook up to date.",
                "okrsheets {version} keeps {count} workbooks up to date.",
                len(names),
                version=__version__,
            ),
            workbooks=len(names),
            version=__version__,
            pid=os.getpid(),
        )
        try:
            edited = Edited(desk.file, lambda: clockwork.now().timestamp())
            tick_along(keeper, clockwork, signals, edited, hold)
        finally:
            keeper.close()
            log.tell("stopped", say("Stopped; everything under way was finished."))


def tick_along(keeper: Keeper, clockwork: Clockwork, signals: Signals, edited: Edited, hold: Hold) -> None:
    """Ticks until the end is asked for, and reads the configuration again when it was edited or somebody wants that."""

    def going() -> bool:
        hold.keep()
        if signals.reload_asked() or edited():
            edited.noted()
            keeper.reload()
            ticker.every(keeper.seconds_between)
        return not signals.ended

    ticker = Ticker(keeper.tick, clockwork)
    ticker.every(keeper.seconds_between)
    ticker.run(going)
