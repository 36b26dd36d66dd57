"""`okrsheets doctor`: is all well with a workbook, or with everything?"""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from okrsheets.edges import languages
from okrsheets.edges.excel.condition import condition
from okrsheets.edges.excel.second_reader import SecondReader
from okrsheets.edges.google.store.reference import is_google, sheet
from okrsheets.orders.doctor import Examined, examine
from okrsheets.rules.doctor import gravest_first
from okrsheets.shell import options
from okrsheets.shell.desk import Desk
from okrsheets.shell.documents import doctor as documents
from okrsheets.shell.faults import DONE, NEEDS_A_PERSON, USAGE, code_of, gravest, unexpected
from okrsheets.shell.screen import Screen
from okrsheets.shell.sync import kind_of
from okrsheets.words.diagnosis import Diagnosis
from okrsheets.words.errors import OkrsheetsError
from okrsheets.words.message import Language, Message, keep
from okrsheets.words.report import Severity
from okrsheets.words.store import Store

WORKBOOK = keep("A path, or the name of a workbook in the configuration; none: the installation and all workbooks.")
LIVE = keep("Ask Google, beside this sheet, what only a real account can confirm; shows a report for an issue.")
YES = keep("Do it without asking.")
Answers = Sequence[tuple[str, Message | Diagnosis]]


@dataclass(frozen=True, slots=True)
class Visit:
    """A configured workbook: what the doctor found, or the fault that kept the doctor out."""

    name: str
    ref: str
    examined: Examined | None = None
    fault: OkrsheetsError | None = None


def doctor(
    workbook: Annotated[str | None, typer.Argument(metavar="[WORKBOOK]", help=WORKBOOK)] = None,
    today: options.Today = None,
    live: Annotated[str | None, typer.Option("--live", metavar="URL", help=LIVE)] = None,
    yes: Annotated[bool, typer.Option("--yes", "-y", help=YES)] = False,
    json: options.Json = False,
    strict: options.Strict = False,
    config: options.Config = None,
    verbose: options.Verbose = False,
    quiet: options.Quiet = False,
) -> int:
    """A second opinion on one workbook, or a look at everything."""
    desk = Desk(config, verbose=verbose, quiet=quiet)
    if live is not None:
        # Nothing else needs what asks Google.
        from okrsheets.shell.checkup.live import live as ask_google

        return ask_google(desk, live, json=json, strict=strict, yes=yes)
    if workbook is None:
        return look_at_everything(desk, today, json=json, strict=strict)
    found = examined(desk, workbook, desk.today(today))
    language = desk.language_of(found.inspected.snapshot.about)
    if json:
        desk.screen.document(documents.examined(found, language))
    else:
        # rich takes a while to load, and JSON needs none of it.
        from okrsheets.shell.checkup.diagnoses import Spoken

        Spoken(desk.screen, language).about(found)
    return exit_code(found.diagnoses, strict)


def look_at_everything(desk: Desk, today: str | None, *, json: bool, strict: bool) -> int:
    """The installation, and each configured workbook in a line."""
    # What is looked at here needs more libraries than one workbook does.
    from okrsheets.shell.checkup import installation

    screen = Screen(own_language(desk), quiet=desk.quiet, verbose=desk.verbose)
    answers = tuple(installation.checked(desk))
    usable = not any(one for _, one in answers if isinstance(one, Diagnosis) and one.rule == "configuration")
    visits = tuple(visited(desk, desk.today(today))) if usable else ()
    if json:
        screen.document(everything(answers, visits, desk, screen.language))
    else:
        from okrsheets.shell.checkup.diagnoses import Spoken

        Spoken(screen, screen.language).about_everything(answers, visits)
    return gravest_of(answers, visits, strict) if usable else USAGE


def examined(desk: Desk, reference: str, today: date) -> Examined:
    """One workbook, with the condition of its file before what is in it. Raises what reading raises."""
    store, place = desk.store(reference), desk.place(reference)
    if is_google(place):
        return examined_on_the_web(desk, store, sheet(place), today)
    path = Path(place)
    found = examine(store, SecondReader(path), today, desk.languages)
    return replace(found, diagnoses=(*condition(path), *found.diagnoses))


def examined_on_the_web(desk: Desk, store: Store, id: str, today: date) -> Examined:
    """A Google Sheet, which nobody else reads for a second opinion; instead Google is asked about the sheet itself."""
    from okrsheets.edges.google.store.condition import condition as condition_of

    found = examine(store, None, today, desk.languages)
    known = found.inspected.snapshot
    more = condition_of(desk.api, id, known.about.locale, {area.tab for area in known.summary.values()})
    return replace(found, diagnoses=gravest_first((*more, *found.diagnoses)))


def visited(desk: Desk, today: date) -> Iterator[Visit]:
    """Each configured workbook; what is wrong with one keeps the doctor from no other."""
    for known in desk.configuration.workbooks:
        try:
            yield Visit(known.name, known.workbook, examined=examined(desk, known.workbook, today))
        except OkrsheetsError as fault:
            yield Visit(known.name, known.workbook, fault=fault)
        except Exception as error:  # a bug that one workbook brings to light must not stop the others
            yield Visit(known.name, known.workbook, fault=unexpected(error))


def own_language(desk: Desk) -> Language:
    """The language of the person, also where the configuration cannot be read."""
    try:
        return desk.language
    except OkrsheetsError:
        return languages.language(languages.language_of(os.environ))


def everything(answers: Answers, visits: Sequence[Visit], desk: Desk, language: Language) -> dict[str, object]:
    """The JSON document of a look at everything."""
    return {
        "checks": documents.checks(answers, language),
        "workbooks": [{"name": visit.name} | document(visit, desk, language) for visit in visits],
    }


def document(visit: Visit, desk: Desk, language: Language) -> dict[str, object]:
    """The JSON of one workbook: in its own language, an error in the person's."""
    if visit.examined:
        about = visit.examined.inspected.snapshot.about
        return documents.examined(visit.examined, desk.language_of(about))
    assert visit.fault is not None
    return documents.not_examined(visit.ref, kind_of(visit.ref), visit.fault, language)


def gravest_of(answers: Answers, visits: Sequence[Visit], strict: bool) -> int:
    """The exit code of a look at everything."""
    wrong = [answer for _, answer in answers if isinstance(answer, Diagnosis)]
    codes = [code_of(visit.fault) if visit.fault else DONE for visit in visits]
    codes += [exit_code(visit.examined.diagnoses, strict) for visit in visits if visit.examined]
    return gravest([*codes, exit_code(wrong, strict)])


def exit_code(diagnoses: Sequence[Diagnosis], strict: bool) -> int:
    """4 with `--strict`, where something needs a person."""
    needs_a_person = any(one.severity is not Severity.HINT for one in diagnoses)
    return NEEDS_A_PERSON if strict and needs_a_person else DONE
