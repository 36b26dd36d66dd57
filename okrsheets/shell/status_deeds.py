"""What `okrsheets status --verbose` tells besides: what the service did last, workbook by workbook."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from rich.text import Text

from okrsheets.orders.sync import Outcome
from okrsheets.shell.desk import Desk
from okrsheets.shell.lists import figure, rows, show_section
from okrsheets.shell.screen import clean
from okrsheets.shell.status_page import passed
from okrsheets.words.history import Run
from okrsheets.words.message import keep, say, say_many

OUTCOMES = {
    Outcome.SYNCED.value: keep("brought up to date"),
    Outcome.BUSY.value: keep("waited"),
    Outcome.FAILED.value: keep("needed a hand"),
}
COLOURS = {Outcome.FAILED.value: "red", Outcome.BUSY.value: "yellow"}


def show(deeds: Mapping[str, Sequence[Run]], desk: Desk, now: datetime) -> None:
    """A list under the name of each workbook for which something was done; newest first."""
    for name, runs in deeds.items():
        table = rows(3, columns=4)
        for run in runs:
            table.add_row(*cells(run, desk, now))
        show_section(desk.screen, clean(name), table)


def cells(run: Run, desk: Desk, now: datetime) -> tuple[Text, ...]:
    """When it was, what came of it, how long it took, and why or for what else."""
    language = desk.language
    took = say("{seconds} s", seconds=round(run.seconds, 1 if run.seconds >= 1 else 2))
    return (
        figure(language.say(passed(run.started, now, desk.zone, language))),
        Text(language.say(OUTCOMES[run.outcome]), COLOURS.get(run.outcome, "green")),
        figure(language.say(took), "dim"),
        Text(remark(run, desk), "dim"),
    )


def remark(run: Run, desk: Desk) -> str:
    """What went wrong; else how many earlier times it made up for; else nothing."""
    if run.error:
        return clean(run.error)
    if not run.missed:
        return ""
    return desk.language.say(say_many("for {count} earlier time too", "for {count} earlier times too", run.missed))
