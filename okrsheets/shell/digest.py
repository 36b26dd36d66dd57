"""`okrsheets digest`: the letter of the week, and the week's boxes for a calendar."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from okrsheets.edges.home import from_home
from okrsheets.edges.messages import Post
from okrsheets.edges.reach import is_there
from okrsheets.edges.refusals import reason_of
from okrsheets.edges.whereabouts import whereabouts
from okrsheets.orders.digest import Shown, send_trial, show
from okrsheets.rules.digest.calendar import PRODUCT, calendar
from okrsheets.rules.digest.letter import BOX
from okrsheets.shell import clock, options
from okrsheets.shell.desk import Desk
from okrsheets.shell.documents.digest import shown as document
from okrsheets.shell.faults import DONE
from okrsheets.shell.keeping.letters import subscriptions
from okrsheets.shell.misuse import Missing
from okrsheets.words.errors import AlreadyThere, NoLetters, UsageError
from okrsheets.words.message import keep, say
from okrsheets.words.period import Week

WORKBOOK = keep("A path, or the name of a workbook in the configuration.")
ICS = keep("Also write the week's open boxes into a calendar file, to import.")
SEND = keep("Send it now, as a trial, to where the configuration says; without WORKBOOK, about the first one.")
PLAIN_BOX = "-"


class CalendarNotWritten(UsageError):
    text = keep("{path} cannot be written: {reason}.")
    remedy = keep("Choose another place for the calendar file.")


def digest(
    workbook: Annotated[str | None, typer.Argument(metavar="WORKBOOK", help=WORKBOOK, show_default=False)] = None,
    ics: Annotated[str | None, typer.Option("--ics", metavar="FILE", help=ICS)] = None,
    send: Annotated[bool, typer.Option("--send", help=SEND)] = False,
    force: options.Force = False,
    today: options.Today = None,
    json: options.Json = False,
    config: options.Config = None,
    verbose: options.Verbose = False,
    quiet: options.Quiet = False,
) -> int:
    """Shows the letter, in the language of the workbook; writes nothing to it. A trial counts for nothing."""
    desk = Desk(config, verbose=verbose, quiet=quiet)
    day, now = desk.today(today), clock.now()
    about = workbook or whose(desk, send=send)
    post = post_about(desk, about, Week.of(day)) if send else None
    found, place = show(desk.store(about), day, desk.languages), whereabouts(desk.place(about))
    written = write_calendar(found, place, from_home(ics), now, force) if ics else None
    warnings = send_trial(found, place, now, post) if post else ()
    for warning in warnings:
        desk.screen.warn(warning)
    if json:
        desk.screen.document(document(found, written, post.to if post else None))
        return DONE
    tell(found, desk)
    if ics:
        note_calendar(desk, written)
    if post:
        desk.screen.text("")
        desk.screen.note(say("Sent as a trial to {to}.", to=post.to))
    return DONE


def whose(desk: Desk, *, send: bool) -> str:
    """The first workbook about which letters are sent, where nobody names one. Raises Missing, NoLetters."""
    if not send:
        raise Missing(name="WORKBOOK", command="okrsheets digest")
    names = [each.name for each in subscriptions(desk)] or desk.all_workbooks()
    return names[0]


def post_about(desk: Desk, workbook: str, week: Week) -> Post:
    """Who brings a letter about a workbook. Raises NoLetters, NoMessenger, BadAddress."""
    known = desk.configuration.workbook(workbook)
    table = desk.configuration.letters(known) if known else desk.configuration.digest
    if not (table.to or table.folder):
        raise NoLetters(name=workbook, file=str(desk.file))
    return Post(table.to, table.folder, known.name if known else Path(workbook).stem, str(week))


def write_calendar(found: Shown, place: str, file: Path, now: datetime, force: bool) -> str | None:
    """Writes the file; None where nothing is open. Raises AlreadyThere where a file stands there that is not ours."""
    text = calendar(found.digest, place, now, found.language)
    if text is None:
        return None
    try:
        if not force and is_there(file) and PRODUCT not in file.read_text(encoding="utf-8", errors="replace"):
            raise AlreadyThere(path=str(file))
        file.write_text(text, encoding="utf-8", newline="")
    except OSError as fault:
        raise CalendarNotWritten(path=str(file), reason=reason_of(fault)) from None
    return str(file)


def tell(found: Shown, desk: Desk) -> None:
    """The letter as it would be sent."""
    screen = desk.screen
    screen.paragraph(found.letter.subject, "bold")
    for lines in found.letter.paragraphs:
        screen.text("")
        for line in lines:
            screen.paragraph(line if screen.fancy else line.replace(BOX, PLAIN_BOX))


def note_calendar(desk: Desk, written: str | None) -> None:
    """That there is a calendar file, and what to do with it."""
    desk.screen.text("")
    if written is None:
        desk.screen.note(say("Nothing is open, so there is nothing for a calendar."))
    else:
        desk.screen.note(
            say("Import {file} into your calendar; importing it again brings it up to date.", file=written)
        )
