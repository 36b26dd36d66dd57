"""What the doctor looks at on the way to Google: is somebody signed in, and does each interface answer?"""

from __future__ import annotations

import os
from collections.abc import Iterator
from typing import TYPE_CHECKING

from okrsheets.edges import state
from okrsheets.edges.google.signing.credentials import VARIABLE
from okrsheets.edges.google.store.reference import is_google
from okrsheets.edges.google.wire.patience import Patience
from okrsheets.shell.desk import Desk
from okrsheets.words.diagnosis import Diagnosis
from okrsheets.words.errors import OkrsheetsError
from okrsheets.words.message import Message, say
from okrsheets.words.report import Severity

if TYPE_CHECKING:
    from okrsheets.edges.google.signing.connection import Connection

HASTE = 10.0
"""Seconds after which the doctor tries a call no more."""
TIMEOUTS = (5.0, 10.0)


def google(desk: Desk) -> Message | Diagnosis | None:
    """Whether there is a way to Google, tried with one call to each interface; None where nobody wants to go there."""
    try:
        if not is_wanted(desk):
            return None
        made = connected(desk)
        fault = next(faults(made), None)
    except OkrsheetsError as error:
        fault = error
    if fault is not None:
        return Diagnosis("google", Severity.ERROR, fault.message, fault.advice)
    return made.endpoint.notice or say("Google Sheets and Google Drive both answer.")


def is_wanted(desk: Desk) -> bool:
    """Whether a workbook is there, or somebody is signed in. Raises BadConfiguration."""
    from okrsheets.edges.google.signing.connection import tokens_in

    known = desk.configuration
    signed_in = os.environ.get(VARIABLE) or known.google.credentials or tokens_in(state.folder(os.environ)).there
    return bool(signed_in) or any(is_google(workbook.workbook) for workbook in known.workbooks)


def connected(desk: Desk) -> Connection:
    """Google as configured, for somebody who waits before the screen. Raises what signing in raises."""
    # What speaks to Google takes a while to load.
    from okrsheets.edges.google.signing.connection import connect

    own = desk.configuration.google
    patience = Patience(deadline=HASTE)
    folder = state.folder(os.environ)
    return connect(
        os.environ,
        folder,
        credentials=own.credentials,
        api_endpoint=own.api_endpoint,
        patience=patience,
        timeouts=TIMEOUTS,
    )


def faults(made: Connection) -> Iterator[OkrsheetsError]:
    """What is wrong with the one interface or the other."""
    from okrsheets.edges.google.signing.checkup import check_up

    found = check_up(made.api)
    yield from (fault for fault in (found.drive, found.sheets) if fault is not None)
