"""The weekly letter: shown when asked for, and sent once a week to whoever wants it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta, tzinfo

from okrsheets.orders.languages import Languages
from okrsheets.orders.sync import understood
from okrsheets.rules.digest.calendar import calendar
from okrsheets.rules.digest.digest import digest
from okrsheets.rules.digest.letter import letter, reminder, trial
from okrsheets.rules.digest.reminders import Turn, noted, quiet_since, turn, worth_writing
from okrsheets.rules.due import due, standing
from okrsheets.words.digest import Correspondence, Digest, Letter, Postman
from okrsheets.words.message import Language, Message
from okrsheets.words.report import Report
from okrsheets.words.schedule import At, Due
from okrsheets.words.store import Store


@dataclass(frozen=True, slots=True)
class Shown:
    """A letter to look at: what is in it, how it reads, in which language."""

    digest: Digest
    letter: Letter
    language: Language


@dataclass(frozen=True, slots=True)
class Post:
    """What to do about one slot: the letter to send, if any, and what to remember once it is."""

    letter: Letter | None
    after: Correspondence


def figures(store: Store, today: date, languages: Languages) -> Report:
    """What a letter is about. Raises what reading raises, NotOurs, PlanDamaged, Emptied, Vanished."""
    return understood(store.read(), today, languages, force=False)


def show(store: Store, today: date, languages: Languages) -> Shown:
    """The letter of a day, whatever was sent before. Raises as `figures` does."""
    report = figures(store, today, languages)
    language = language_of(report, languages)
    contents = digest(report, today)
    return Shown(contents, letter(contents, language), language)


def send_trial(shown: Shown, place: str, now: datetime, postman: Postman) -> tuple[Message, ...]:
    """Sends a letter that says it is a trial, and remembers nothing. Raises NotDelivered, PerhapsDelivered."""
    made = enclosed(shown.letter, shown.digest, place, now, shown.language)
    return postman.bring(trial(made, shown.language))


def begun(name: str, now: datetime) -> Correspondence:
    """What is remembered of a workbook that is seen for the first time: its first letter comes at the next slot."""
    return Correspondence(name, now)


def slot_of(known: Correspondence, day: At, offset: timedelta, now: datetime, zone: tzinfo) -> Due | None:
    """The slot that asks for a letter now; None where there is none, and nothing needs to be read."""
    last = standing(day, known.slot, now, zone, offset)
    slot = due(day, last, now, zone, offset)
    return slot if worth_writing(slot, known, now) else None


def post(
    report: Report, known: Correspondence, slot: Due, now: datetime, zone: tzinfo, languages: Languages, place: str
) -> Post:
    """The letter for a slot: the digest with its calendar, a reminder, or none. `place` is where the workbook is.

    A late letter is about the week it was meant for.
    """
    day = slot.slot.astimezone(zone).date()
    after = replace(noted(report.snapshot, known, day), slot=slot.slot, tried=None)
    kind = turn(report.snapshot, known, day)
    if kind is Turn.SILENCE:
        return Post(None, after)
    contents, language = digest(report, day), language_of(report, languages)
    if kind is Turn.DIGEST:
        made = enclosed(letter(contents, language), contents, place, now, language)
        return Post(made, replace(after, sent=now, reminders=0))
    number, since = after.reminders + 1, quiet_since(report.snapshot, known, day)
    return Post(reminder(contents, number, since, language), replace(after, sent=now, reminders=number))


def enclosed(letter: Letter, contents: Digest, place: str, now: datetime, language: Language) -> Letter:
    """The letter with the open boxes of the week for a calendar."""
    file = calendar(contents, place, now, language)
    return replace(letter, calendar=file, calendar_name=f"okrsheets-{contents.ahead}.ics") if file else letter


def deliver(post: Post, remember: Callable[[Correspondence], None], postman: Postman | None) -> tuple[Message, ...]:
    """Sends the letter of a slot and remembers it; returns what a person should know of places not reached.

    It is remembered first: whoever is killed in between loses a letter, and sends none twice.
    Raises what remembering raises before anything is sent, and what bringing raises.
    """
    remember(post.after)
    return postman.bring(post.letter) if post.letter and postman else ()


def language_of(report: Report, languages: Languages) -> Language:
    """The language of the workbook, in which letters about it are written."""
    about = report.snapshot.about
    return languages.of(about.language, about.locale)
