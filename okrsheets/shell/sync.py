"""`okrsheets sync`: brings the Summary of one workbook, several or all up to date."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Annotated

import typer

from okrsheets.edges.google.store.reference import is_google
from okrsheets.orders.sync import Outcome, SyncResult
from okrsheets.orders.sync import sync as bring_up_to_date
from okrsheets.shell import options
from okrsheets.shell.desk import Desk
from okrsheets.shell.documents.outcomes import synced
from okrsheets.shell.faults import DONE, NEEDS_A_PERSON, code_of, complain, gravest, unexpected
from okrsheets.words.errors import OkrsheetsError
from okrsheets.words.grid import Change, Content
from okrsheets.words.message import Language, Message, keep, say, say_many

DRY_RUN = keep("Show the cells that would change, and write nothing.")
FORCE = keep("Go on although a tab was emptied or ids are gone.")
DECIMALS = 4
"""Of a number that would change, so that a change of a share is seen."""


@dataclass(frozen=True, slots=True)
class Way:
    """How the workbooks are to be synced."""

    today: date
    force: bool
    dry_run: bool


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
    results = []
    for result in each_synced(workbooks or desk.all_workbooks(), way, desk):
        results.append(result)
        if result.error and (not json or result.error.exit_code == 1):
            complain(result.error, desk.screen)
        elif not json:
            tell(result, desk)
        for warning in () if json else result.warnings:
            desk.screen.warn(warning)
    if json:
        desk.screen.document([synced(each, kind_of(each.ref), desk.languages, desk.language) for each in results])
    return gravest(exit_code(each, strict) for each in results)


def each_synced(references: Sequence[str], way: Way, desk: Desk) -> Iterator[SyncResult]:
    """The result of each workbook in the order asked for, as soon as it is there."""
    for reference in references:
        try:
            store = desk.store(reference)
            yield bring_up_to_date(store, way.today, desk.languages, force=way.force, dry_run=way.dry_run)
        except OkrsheetsError as fault:
            yield SyncResult(desk.place(reference), Outcome.FAILED, error=fault)
        except Exception as error:  # a bug that one workbook brings to light must not stop the others
            yield SyncResult(desk.place(reference), Outcome.FAILED, error=unexpected(error))


def kind_of(ref: str) -> str:
    """`google` or `excel`, for a workbook that could not be read."""
    return "google" if is_google(ref) else "excel"


def exit_code(result: SyncResult, strict: bool) -> int:
    """The exit code of one workbook."""
    if result.error:
        return code_of(result.error)
    return NEEDS_A_PERSON if strict and result.report and result.report.problems else DONE


def tell(result: SyncResult, desk: Desk) -> None:
    """What happened, in a line; the cells where somebody wants to see them; and what needs a person."""
    screen = desk.screen
    dry = result.outcome is Outcome.DRY_RUN
    if dry:
        screen.line(outcome_in_words(result))
    else:
        screen.note(outcome_in_words(result))
    if dry or desk.verbose:
        for change in result.changes:
            screen.line(change_in_words(change, desk), indent=2)
    if result.report and result.report.problems:
        screen.note(attention(result.ref, len(result.report.problems)), indent=2)


def outcome_in_words(result: SyncResult) -> Message:
    """`plan.xlsx: 12 cells of the Summary were brought up to date.`"""
    written = len(result.changes)
    if result.outcome is Outcome.UNCHANGED or not written:
        return say("{ref}: nothing changed, nothing written.", ref=result.ref)
    if result.outcome is Outcome.DRY_RUN:
        return say_many(
            "{ref}: {count} cell would change.", "{ref}: {count} cells would change.", written, ref=result.ref
        )
    return say_many(
        "{ref}: {count} cell of the Summary is up to date again.",
        "{ref}: {count} cells of the Summary are up to date again.",
        written,
        ref=result.ref,
    )


def attention(ref: str, count: int) -> Message:
    """That cells could not be read, and where to look."""
    return say_many(
        "{count} cell needs a look; see the end of the Summary, or: okrsheets report {ref}",
        "{count} cells need a look; see the end of the Summary, or: okrsheets report {ref}",
        count,
        ref=ref,
    )


def change_in_words(change: Change, desk: Desk) -> Message:
    """`Overzicht!C5: 12 → 14`."""
    arrow = "→" if desk.screen.fancy else "->"
    return say(
        "{where}: {old} {arrow} {new}",
        where=str(change.address),
        old=value_in_words(change.old, desk.language),
        new=value_in_words(change.new, desk.language),
        arrow=arrow,
    )


def value_in_words(content: Content, language: Language) -> str | Message:
    """The value of a cell in a sentence; of a share so many decimals that a change is seen."""
    match content.value:
        case None | "":
            return say("empty")
        case bool(value):
            return str(value).upper()
        case str(value):
            return value
        case value:
            return language.number(value, DECIMALS)
