"""What the doctor looks at about letters: can they go where the configuration wants them, and do secrets stay secret?

Each check answers that all is well, what is not, or None where nobody wants letters.
"""

from __future__ import annotations

from pathlib import Path

from okrsheets.edges.configuration import DigestTable
from okrsheets.edges.messengers import Messenger
from okrsheets.edges.reach import can_be_written, open_to_others
from okrsheets.shell.desk import Desk
from okrsheets.words.diagnosis import Diagnosis
from okrsheets.words.errors import NoMessenger, OkrsheetsError
from okrsheets.words.message import Message, say, say_many
from okrsheets.words.report import Severity

Finding = Message | Diagnosis | None


def addresses(desk: Desk) -> Finding:
    """Whether apprise is there, reads every address, and nobody else does."""
    wanted = sorted({address for table in tables(desk) for address in table.to})
    if not wanted:
        return None
    try:
        for address in wanted:
            Messenger(address)
    except OkrsheetsError as fault:
        rule = "extra_missing" if isinstance(fault, NoMessenger) else "letters"
        return Diagnosis(rule, Severity.ERROR, fault.message, fault.advice)
    if open_to_others(desk.file):
        return Diagnosis(
            "secrets_open",
            Severity.WARNING,
            say("Others on this computer can read {file}, which holds addresses with secrets.", file=str(desk.file)),
            say("Keep it to yourself with: chmod 600 {path}", path=str(desk.file)),
        )
    return say_many("Letters go to {count} address.", "Letters go to {count} addresses.", len(wanted))


def folders(desk: Desk) -> Finding:
    """Whether every folder for letters can be written, or made."""
    wanted = sorted({Path(table.folder) for table in tables(desk) if table.folder})
    file = str(desk.file) if wanted else ""
    for folder in wanted:
        if not can_be_written(folder):
            return Diagnosis(
                "letters_folder",
                Severity.ERROR,
                say("The folder {folder} for letters cannot be written.", folder=str(folder)),
                say(
                    "Give yourself permission to write there, or name another `folder` under [digest] in {file}.",
                    file=file,
                ),
            )
    return say("Letters have their place in {folders}", folders=tuple(map(str, wanted))) if wanted else None


def tables(desk: Desk) -> list[DigestTable]:
    """What is configured about letters: for all, and for each workbook. Nothing where another check tells why."""
    try:
        known = desk.configuration
    except OkrsheetsError:
        return []
    listed = [known.digest, *map(known.letters, known.workbooks)]
    return [table for table in listed if table.wanted]
