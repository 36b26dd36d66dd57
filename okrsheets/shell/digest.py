"""`okrsheets digest`: the letter of the week, and the week's boxes for a calendar."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from okrsheets.orders.digest import Shown, show
from okrsheets.rules.digest.calendar import PRODUCT, calendar
from okrsheets.rules.digest.letter import BOX
from okrsheets.shell import clock, options
from okrsheets.shell.desk import Desk
from okrsheets.shell.documents.digest import shown as document
from okrsheets.shell.faults import DONE
from okrsheets.words.errors import AlreadyThere, UsageError
from okrsheets.words.message import keep, say

ICS = keep("Also write the week's open boxes into a calendar file, to import.")
PLAIN_BOX = "-"


class CalendarNotWritten(UsageError):
    text = keep("{path} cannot be written: {reason}.")
    remedy = keep("Choose another place for the calendar file.")


def digest(
    workbook: options.OneWorkbook,
    ics: Annotated[str | None, typer.Option("--ics", metavar="FILE", help=ICS)] = None,
    force: options.Force = False,
    today: options.Today = None,
    json: options.Json = False,
    config: options.Config = None,
    verbose: options.Verbose = False,
    quiet: options.Quiet = False,
) -> int:
    """Shows the letter, in the language of the workbook; writes nothing to it and sends nothing."""
    desk = Desk(config, verbose=verbose, quiet=quiet)
    found = show(desk.store(workbook), desk.today(today), desk.languages)
    written = write_calendar(found, place_of(desk, workbook), Path(ics).expanduser(), force) if ics else None
    if json:
        desk.screen.document(document(found, written))
        return DONE
    tell(found, desk)
    if ics:
        note_calendar(desk, written)
    return DONE


def place_of(desk: Desk, workbook: str) -> str:
    """Where the workbook is, in full: the same from every folder, so that its events keep their names."""
    place = desk.place(workbook)
    return str(Path(place).resolve()) if Path(place).exists() else place


def write_calendar(found: Shown, place: str, file: Path, force: bool) -> str | None:
    """Writes the file; None where nothing is open. Raises AlreadyThere where a file stands there that is not ours."""
    text = calendar(found.digest, place, datetime.fromtimestamp(clock.seconds(), UTC), found.language)
    if text is None:
        return None
    try:
        if not force and file.exists() and PRODUCT not in file.read_text(encoding="utf-8", errors="replace"):
            raise AlreadyThere(path=str(file))
        file.write_text(text, encoding="utf-8", newline="")
    except OSError as fault:
        raise CalendarNotWritten(path=str(file), reason=fault.strerror or type(fault).__name__) from None
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
