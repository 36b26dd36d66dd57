"""Does the way to Google work? One call to each interface says it."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass

from okrsheets.edges.google.wire.api import GoogleApi
from okrsheets.words.errors import ApiDisabled, MayNotEdit, NotSeen, NotSharedWith, OkrsheetsError, RequestRefused

NOWHERE = "okrsheets-asks-whether-this-interface-answers"
"""An id that no spreadsheet has. An interface that is switched on says so; one that is not says that."""


@dataclass(frozen=True, slots=True)
class Checkup:
    """Who Google says we are ('' where it does not), and what is wrong with each interface; None: nothing."""

    who: str
    drive: OkrsheetsError | None
    sheets: OkrsheetsError | None

    @property
    def fault(self) -> OkrsheetsError | None:
        """What is to be done first, None where all works."""
        return self.drive or self.sheets


def check_up(api: GoogleApi) -> Checkup:
    """Calls each interface once, the second one only where the first did not fail for both."""
    try:
        who = api.account()
    except (ApiDisabled, RequestRefused) as error:
        return Checkup("", error, sheets_fault(api))
    except OkrsheetsError as error:
        return Checkup("", error, error)
    return Checkup(who, None, sheets_fault(api))


def sheets_fault(api: GoogleApi) -> OkrsheetsError | None:
    """What is wrong with the interface of Sheets."""
    try:
        with suppress(MayNotEdit, NotSeen, NotSharedWith):
            api.get_spreadsheet(NOWHERE, fields="spreadsheetId")
    except OkrsheetsError as error:
        return error
    return None
