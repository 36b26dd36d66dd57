"""`okrsheets status`: how every configured workbook is, and whether the service runs."""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime

from okrsheets.edges import state
from okrsheets.orders.status import Mail, Status, by_need, mail, statuses
from okrsheets.shell import clock, options
from okrsheets.shell.desk import Desk
from okrsheets.shell.documents.values import Document, moment
from okrsheets.shell.faults import DONE
from okrsheets.words.history import Run

MOST_DEEDS = 5


def status(
    json: options.Json = False,
    config: options.Config = None,
    verbose: options.Verbose = False,
    quiet: options.Quiet = False,
) -> int:
    """Looks at what is remembered; reads no workbook. Raises BadConfiguration, NothingToDo, HistoryUnusable."""
    desk = Desk(config, verbose=verbose, quiet=quiet)
    desk.all_workbooks()
    now = clock.now()
    found = looked_up(desk, now)
    if json:
        desk.screen.document([document(one) for one in found])
        return DONE
    # rich takes a while to load, and JSON needs none of it.
    from okrsheets.edges.autostart.running import running
    from okrsheets.shell.status_page import show

    show(found, running(state.folder(os.environ)), desk, now)
    if verbose:
        from okrsheets.shell.status_deeds import show as show_deeds

        show_deeds(deeds(one.name for one in by_need(found)), desk, now)
    return DONE


def looked_up(desk: Desk, now: datetime) -> list[Status]:
    """Every configured workbook, in the order of the configuration."""
    from okrsheets.edges.history import SqliteHistory  # SQLite is only for what remembers
    from okrsheets.orders.rounds import Appointment
    from okrsheets.shell.keeping.letters import subscriptions

    known, history = desk.configuration, SqliteHistory(state.folder(os.environ))
    listed = [(Appointment(each.name, known.schedule(each)), each.workbook) for each in known.workbooks]
    letters = history.letters()
    post = {each.name: mail(each, letters.get(each.name), now, desk.zone) for each in subscriptions(desk)}
    found = statuses(listed, history.standings(), now, desk.zone)
    return [replace(one, mail=post.get(one.name)) for one in found]


def deeds(names: Iterable[str]) -> dict[str, Sequence[Run]]:
    """The last runs of each workbook in which something was done or went wrong, newest first."""
    from okrsheets.edges.history import SqliteHistory

    history = SqliteHistory(state.folder(os.environ))
    return {name: history.deeds(name, MOST_DEEDS) for name in names}


def document(one: Status) -> Document:
    """A workbook of `status --json` (contract.md §4)."""
    known = one.known
    return {
        "name": one.name,
        "workbook": one.place,
        "last_sync": moment(known.synced) if known else None,
        "outcome": known.outcome if known else None,
        "error": known.error if known else None,
        "next_due": moment(one.due),
        "last_try": moment(known.tried) if known else None,
        "failures": known.failures if known else 0,
        **letters(one.mail),
    }


def letters(known: Mail | None) -> Document:
    """The letters about a workbook; null where nobody wants them, or where they wait for a touch of the plan."""
    return {
        "last_letter": moment(known.last) if known else None,
        "next_letter": moment(known.due) if known and not known.silent else None,
        "letter_failed": moment(known.failed) if known else None,
    }
