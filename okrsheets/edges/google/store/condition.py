"""The condition of a spreadsheet: what would keep a sync from writing it, or a person from typing what they mean."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from okrsheets.edges.google.store.reference import address
from okrsheets.edges.google.wire.api import GoogleApi
from okrsheets.edges.google.wire.call import Json
from okrsheets.rules.typed.numerals import decimal_mark
from okrsheets.words.diagnosis import Diagnosis
from okrsheets.words.errors import GoogleError
from okrsheets.words.message import Message, say
from okrsheets.words.report import Severity

FILE = "trashed,capabilities(canEdit)"
SHEET = "properties/locale,sheets(properties/title,protectedRanges(warningOnly,requestingUserCanEdit))"


def condition(api: GoogleApi, id: str, locale: str, summaries: Collection[str]) -> tuple[Diagnosis, ...]:
    """What stands in the way of a plan in this `locale`, besides what is in its cells; two calls.

    `summaries` are the titles of the tabs that a sync writes. Raises what Google refuses, but for what Drive does not
    tell everybody.
    """
    told = api.get_spreadsheet(id, fields=SHEET)
    return (
        *_file(_of_drive(api, id), id, api.identity.who),
        *_locks(told, summaries),
        *_locale(str(told.get("properties", {}).get("locale", "")), locale),
    )


def _of_drive(api: GoogleApi, id: str) -> Json:
    """What Drive tells of the file; {} where the sign-in reaches no further than Sheets."""
    try:
        return api.file(id, FILE)
    except GoogleError:
        return {}


def _file(file: Json, id: str, who: str) -> Iterator[Diagnosis]:
    if file.get("trashed"):
        yield _remark(
            "in_the_bin",
            Severity.WARNING,
            say("It lies in the bin of Google Drive, which is emptied after 30 days."),
            say("Put it back there: Bin, Restore."),
        )
    if file.get("capabilities", {}).get("canEdit") is False:
        whoever = who or say("the account that okrsheets auth status shows")
        yield _remark(
            "view_only",
            Severity.ERROR,
            say("okrsheets may read it, but not edit it, so its Summary cannot be brought up to date."),
            say("Share {ref} as Editor with {who}.", ref=address(id), who=whoever),
        )


def _locks(told: Json, ours: Collection[str]) -> Iterator[Diagnosis]:
    """A Summary, or a part of it, that its owner locked for whoever signs okrsheets in."""
    for sheet in told.get("sheets", ()):
        title = str(sheet.get("properties", {}).get("title", ""))
        locked = any(
            not one.get("warningOnly") and not one.get("requestingUserCanEdit")
            for one in sheet.get("protectedRanges", ())
        )
        if locked and title in ours:
            yield _remark(
                "locked_summary",
                Severity.ERROR,
                say("The tab “{tab}” is locked for others, so the Summary cannot be brought up to date.", tab=title),
                say("Unlock it: Data, Protected sheets and ranges. A warning in place of the lock is in nobody's way."),
            )


def _locale(sheet: str, plan: str) -> Iterator[Diagnosis]:
    """Where the sheet and the plan set another sign before decimals, `1.250` typed is not what it looks like."""
    if sheet and decimal_mark(sheet) != decimal_mark(plan):
        yield _remark(
            "another_locale",
            Severity.WARNING,
            say("Google reads numbers that you type as in {sheet}, and the plan is in {plan}.", sheet=sheet, plan=plan),
            say("Set both alike: File, Settings, Locale in the sheet; or “Numbers as in” on its first tab."),
        )


def _remark(rule: str, severity: Severity, sentence: Message, remedy: Message) -> Diagnosis:
    return Diagnosis(rule, severity, sentence, remedy)
