"""The letter of the week: `digest --json`."""

from __future__ import annotations

from okrsheets.orders.digest import Shown
from okrsheets.shell.documents.figures import this_week
from okrsheets.shell.documents.values import Document, plain
from okrsheets.shell.documents.workbook import about
from okrsheets.words.digest import Brought, OpenBoxes
from okrsheets.words.period import Week


def shown(found: Shown, calendar: str | None, sent: tuple[str, ...] | None = None) -> Document:
    """The letter, what is in it, where the calendar file is, if one was written, and where a trial went, if asked."""
    digest = found.digest
    return {
        "workbook": about(digest.report.snapshot.about),
        "today": digest.report.today.isoformat(),
        "subject": found.letter.subject,
        "text": found.letter.body,
        "behind": week(digest.behind),
        "ahead": week(digest.ahead),
        "done": this_week(digest.done),
        "best": digest.best.id if digest.best else None,
        "kpis": list(map(kpi, digest.brought)),
        "boxes": list(map(boxes, digest.boxes)),
        "ics": calendar,
        "sent": list(sent) if sent is not None else None,
    }


def week(known: Week | None) -> str | None:
    """`2026-W47`; null outside the period."""
    return str(known) if known else None


def kpi(brought: Brought) -> Document:
    """A KPI of the week that is over."""
    return {"id": brought.kpi.id, "value": plain(brought.value), "plan": plain(brought.plan)}


def boxes(found: OpenBoxes) -> Document:
    """An action of the week that comes, with a proposal for its days."""
    return {"id": found.action.id, "left": found.left, "days": [day.isoformat() for day in found.days]}
