"""`okrsheets sync`: brings the Summary of one workbook, several or all up to date."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Annotated

import typer

from okrsheets.edges.google.store.reference import is_google
from okrsheets.orders.sync import Outcome, SyncResult, stopped
from okrsheets.orders.sync import sync as bring_up_to_date
from okrsheets.shell import clock, options
from okrsheets.shell.desk import Desk
from okrsheets.shell.documents.outcomes import synced
from okrsheets.shell.faults import BUG, DONE, NEEDS_A_PERSON, code_of, complain, gravest, unexpected
from okrsheets.shell.following import Following, following
from okrsheets.shell.progress_bar import ProgressBar
from okrsheets.shell.remembering import Remembering
from okrsheets.shell.sync_in_words import all_together, attention, change_in_words, outcome_in_words
from okrsheets.words.errors import NoneConfigured, NothingToDo, OkrsheetsError
from okrsheets.words.message import keep

DRY_RUN = keep("Show the cells that would change, and write nothing.")
FORCE = keep("Go on although a tab was emptied or ids are gone.")


@dataclass(frozen=True, slots=True)
class Way:
    """How the workbooks are to be synced; with `followed`, Google is asked first which of its sheets changed."""

    today: date
    force: bool
    dry_run: bool
    followed: Following | None = None


def sync(
    workbooks: options.Workbooks = None,
    today: options.Today = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help=DRY_RUN)] = False,
    force: Annotated[bool, typer.Option("--force", help=FORCE)] = False,
    json: options.Json = False,
    strict: options.Strict = False,
    config: options.Config = None,
    verbose: options.Verbose = False,
    quiet: options.Quiet = False,
) -> int:
    """Syncs one workbook after the other; a fault of one stops no other."""
    desk = Desk(config, verbose=verbose, quiet=quiet)
    way = Way(desk.today(today), force, dry_run)
    references = workbooks or all_configured(desk)
    places = [(desk.place if workbooks else desk.configured_place)(each) for each in references]
    if not (workbooks or force or dry_run or strict):  # each of these asks for what only a look can tell
        way = replace(way, followed=following(desk, way.today))
    results = []
    for reference, result in each_synced(references, places, way, desk):
        results.append(result)
        if json:
            complain_of_bugs(result, desk)
        else:
            tell(reference, result, desk)
    if json:
        desk.screen.document([synced(each, kind_of(each.ref), desk.languages, desk.language) for each in results])
    elif len(results) > 1:
        desk.screen.note(all_together(references, results))
    return gravest(exit_code(each, strict) for each in results)


def all_configured(desk: Desk) -> list[str]:
    """The names of all configured workbooks. Raises NothingToDo where there are none: a path would have done."""
    try:
        return desk.all_workbooks()
    except NoneConfigured as fault:
        raise NothingToDo(**fault.facts) from fault


def each_synced(
    references: Sequence[str], places: Sequence[str], way: Way, desk: Desk
) -> Iterator[tuple[str, SyncResult]]:
    """Each workbook, as it was asked for, with its result as soon as it is there."""
    bar, remembering = ProgressBar(desk.screen, len(references)), Remembering(desk, way.followed)
    try:
        for reference, place in zip(references, places, strict=True):
            with bar.at(reference):
                result = one_synced(reference, place, way, desk)
            if not way.dry_run:
                remembering.note(reference, place, result, clock.now())
            yield reference, result
    finally:
        remembering.keep()


def one_synced(reference: str, place: str, way: Way, desk: Desk) -> SyncResult:
    """The result of one workbook; whatever goes wrong with it stops no other."""
    if way.followed and way.followed.follows(reference):
        return way.followed.synced(reference)
    try:
        store = desk.store(place)
        return bring_up_to_date(store, way.today, desk.languages, force=way.force, dry_run=way.dry_run)
    except OkrsheetsError as fault:
        return stopped(place, fault)
    except Exception as error:  # a bug that one workbook brings to light must not stop the others
        return SyncResult(place, Outcome.FAILED, error=unexpected(error))


def kind_of(ref: str) -> str:
    """`google` or `excel`, for a workbook that could not be read."""
    return "google" if is_google(ref) else "excel"


def exit_code(result: SyncResult, strict: bool) -> int:
    """The exit code of one workbook."""
    if result.error:
        return code_of(result.error)
    return NEEDS_A_PERSON if strict and result.report and result.report.problems else DONE


def complain_of_bugs(result: SyncResult, desk: Desk) -> None:
    """Says what nobody expected, where all else stands in the document."""
    if result.error and code_of(result.error) == BUG:
        complain(result.error, desk.screen)


def tell(name: str, result: SyncResult, desk: Desk) -> None:
    """What happened to the workbook that was asked for by this name, and what a person should know besides."""
    if result.error:
        complain(result.error, desk.screen)
    else:
        tell_changes(name, result, desk)
    for warning in result.warnings:
        desk.screen.warn(warning)


def tell_changes(name: str, result: SyncResult, desk: Desk) -> None:
    """What happened, in a line; the cells where somebody wants to see them; and what needs a person."""
    screen = desk.screen
    dry = result.outcome is Outcome.DRY_RUN
    if dry:
        screen.line(outcome_in_words(name, result))
    else:
        screen.note(outcome_in_words(name, result))
    if dry or desk.verbose:
        for change in result.changes:
            screen.line(change_in_words(change, screen), indent=2)
    if result.report and result.report.problems:
        screen.note(attention(name, len(result.report.problems)), indent=2)
