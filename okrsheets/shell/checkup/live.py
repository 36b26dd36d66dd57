"""`okrsheets doctor --live URL`: what only a real account can confirm, asked on scratch sheets that go away again."""

from __future__ import annotations

import signal
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType
from typing import TYPE_CHECKING
from uuid import uuid4

from okrsheets.edges import languages, templates
from okrsheets.edges.excel.disk.files import Files
from okrsheets.edges.excel.store import ExcelStore
from okrsheets.edges.google.store.reference import address, sheet
from okrsheets.rules.layout import describe
from okrsheets.shell import asked, clock
from okrsheets.shell.auth import connected
from okrsheets.shell.desk import Desk
from okrsheets.shell.documents import live as documents
from okrsheets.shell.faults import DONE, FAILED, NEEDS_A_PERSON
from okrsheets.shell.service import AGREED
from okrsheets.words.errors import NobodyAgreed
from okrsheets.words.message import keep, say
from okrsheets.words.workbook import Workbook

if TYPE_CHECKING:
    from okrsheets.edges.google.live.bench import Bench, Named
    from okrsheets.edges.google.live.questions import Question
    from okrsheets.edges.google.live.scratch import Scratch
    from okrsheets.edges.google.live.verdicts import Finding
    from okrsheets.edges.google.signing.connection import Connection

TEMPLATE, LANGUAGE = "high-ticket", "nl"
"""What the whole workbook of the questions is made of."""


class NobodyAgreedToAsk(NobodyAgreed):
    remedy = keep("Agree beforehand with --yes.")


def live(desk: Desk, reference: str, *, json: bool, strict: bool, yes: bool) -> int:
    """Says what it does, asks, and shows a report to paste into an issue; whatever was made is taken away again."""
    from okrsheets.edges.google.live.bench import looked_at
    from okrsheets.edges.google.live.scratch import Scratch

    id = sheet(desk.place(reference))
    connection = connected(desk)
    if not agreed(desk, address(id), yes):
        return DONE
    named = looked_at(connection.api, id)
    scratch = Scratch(connection.api, uuid4().hex[:12], named.folder)
    with tempfile.TemporaryDirectory() as folder, tidied(scratch):
        findings = answers(bench_of(connection, named, scratch, Path(folder)), desk)
    show(desk, connection, findings, (id, *scratch.known), json=json)
    return code_of(desk, findings, scratch, strict=strict)


def agreed(desk: Desk, url: str, yes: bool) -> bool:
    """Whether somebody agrees to what is said first. Raises NobodyAgreedToAsk where nobody is there to."""
    warn = desk.screen.warn
    warn(say("This makes a few sheets called “okrsheets live check” in Google Drive, and takes them away again."))
    warn(say("{url} is only looked at; nothing in it is changed.", url=url))
    warn(say("It takes about two minutes, and uses up what Google lets you read in one."))
    if yes:
        return True
    if not sys.stdin.isatty():
        raise NobodyAgreedToAsk
    warn(say("Go on? [y/N]"))
    if sys.stdin.readline().strip().lower() in AGREED:
        return True
    warn(say("Nothing was done."))
    return False


@contextmanager
def tidied(scratch: Scratch) -> Iterator[None]:
    """Takes the scratch sheets away at the end: also after Ctrl-C, and none that comes meanwhile is heard."""
    before = signal.signal(signal.SIGTERM, interrupted)
    try:
        scratch.remove()
        yield
    finally:
        heard = signal.signal(signal.SIGINT, signal.SIG_IGN)
        signal.signal(signal.SIGTERM, signal.SIG_IGN)
        try:
            scratch.remove()
        finally:
            signal.signal(signal.SIGINT, heard)
            signal.signal(signal.SIGTERM, before)


def interrupted(number: int, frame: FrameType | None) -> None:
    """Being asked to end is as good as Ctrl-C."""
    raise KeyboardInterrupt


def bench_of(connection: Connection, named: Named, scratch: Scratch, folder: Path) -> Bench:
    """All that the questions need."""
    from okrsheets.edges.google.live.asking import Asker
    from okrsheets.edges.google.live.bench import Bench
    from okrsheets.edges.google.signing.connection import narrowed, session_of

    workbook = described()

    def xlsx() -> bytes:
        path, titles = folder / "plan.xlsx", frozenset(tab.title for tab in workbook.tabs)
        ExcelStore(path, titles, Files(clock.seconds), state=folder / "state").create(workbook)
        return path.read_bytes()

    asker = Asker(session_of(connection.sign_in), connection.endpoint)
    return Bench(connection.api, asker, scratch, named, workbook, xlsx, narrowed(connection))


def described() -> Workbook:
    """A Dutch plan of this quarter."""
    language = languages.language(LANGUAGE)
    plan = templates.load(TEMPLATE).plan(LANGUAGE)
    return describe(plan, asked.period(None, None, None, clock.today()), language)


def answers(bench: Bench, desk: Desk) -> list[Finding]:
    """What came of all questions; a person sees which one is asked."""
    from okrsheets.edges.google.live.questions import QUESTIONS, interview

    def tell(question: Question) -> None:
        place = QUESTIONS.index(question) + 1
        if not desk.quiet:
            desk.screen.warn(say("{n} of {all}: {question}", n=place, all=len(QUESTIONS), question=say(question.text)))

    return list(interview(bench, tell))


def show(desk: Desk, connection: Connection, findings: list[Finding], private: tuple[str, ...], *, json: bool) -> None:
    """The report: in English, since those who read it may have any language."""
    who = connection.sign_in.identity
    report = documents.Report(who.way.value, who.scopes, findings, (who.who, *private))
    english = languages.language("en")
    if json:
        desk.screen.document(report.document(english))
        return
    for line in report.markdown(english):
        desk.screen.text(line)


def code_of(desk: Desk, findings: list[Finding], scratch: Scratch, *, strict: bool) -> int:
    """3 where a scratch sheet stays, which is named; with `--strict` 4 where something is different."""
    from okrsheets.edges.google.live.verdicts import Verdict

    for id in scratch.ids:
        fault = say("The scratch sheet {ref} could not be taken away.", ref=address(id))
        desk.screen.fault(fault, say("Delete it in Google Drive; nothing of yours is in it."))
    if scratch.ids:
        return FAILED
    different = any(finding.verdict is Verdict.DIFFERENT for finding in findings)
    return NEEDS_A_PERSON if strict and different else DONE
