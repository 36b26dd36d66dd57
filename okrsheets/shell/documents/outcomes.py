"""What an order did: `new`, `sync` and `check --json` (contract.md §4, §6)."""

from __future__ import annotations

from okrsheets.orders.check import Checked
from okrsheets.orders.languages import Languages
from okrsheets.orders.sync import SyncResult
from okrsheets.orders.undo import Undone
from okrsheets.shell.documents.figures import COMPUTED, reported
from okrsheets.shell.documents.values import Document, place
from okrsheets.shell.documents.workbook import about
from okrsheets.words.errors import OkrsheetsError
from okrsheets.words.message import Language
from okrsheets.words.report import Finding
from okrsheets.words.snapshot import Snapshot

NOT_READ = ("schema", "language", "locale", "period")


def synced(result: SyncResult, kind: str, languages: Languages, own: Language) -> Document:
    """One workbook's sync: sentences in the workbook's language, an error in the person's `own`."""
    ending = {
        "outcome": result.outcome.value,
        "written": [str(change.address) for change in result.changes],
        "error": error(result.error, own) if result.error else None,
        "warnings": [own.say(warning) for warning in result.warnings],
    }
    if result.report is None:
        unread: Document = {"kind": kind, "ref": result.ref} | dict.fromkeys(NOT_READ)
        return {"workbook": unread} | dict.fromkeys(COMPUTED) | ending
    known = result.report.snapshot.about
    return reported(result.report, languages.of(known.language, known.locale)) | ending


def error(fault: OkrsheetsError, language: Language) -> str:
    """One line: what happened and what to do."""
    return f"{language.say(fault.message)} {language.say(fault.advice)}".strip()


def undone(done: Undone, own: Language) -> Document:
    """A workbook that was put back."""
    warnings = [own.say(warning) for warning in done.warnings]
    return {"workbook": {"kind": "excel", "ref": done.ref}, "kept": done.kept, "warnings": warnings}


def made(checked: Checked, language: Language, url: str | None) -> Document:
    """A new workbook, and where it is opened if that is on the web."""
    return {
        "workbook": about(checked.snapshot.about),
        "url": url,
        "findings": findings(checked, language),
    }


def plan_checked(checked: Checked, language: Language) -> Document:
    """Whether a plan adds up."""
    outcome = checked.outcome
    return {
        "adds_up": outcome.adds_up,
        "findings": findings(checked, language),
        "expected_results": outcome.expected_results,
        "chance": outcome.chance,
        "needed": outcome.needed,
    }


def findings(checked: Checked, language: Language) -> list[Document]:
    """What the owner of a plan may want to change."""
    return [finding(each, checked.snapshot, language) for each in checked.outcome.findings]


def finding(found: Finding, snapshot: Snapshot, language: Language) -> Document:
    """One finding, with the cell that it is about where there is one."""
    where = snapshot.where(found.item or "", found.field or "title")
    return {
        "rule": found.rule,
        "severity": found.severity.value,
        "where": place(where),
        "sentence": language.say(found.sentence),
    }
