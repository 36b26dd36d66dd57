"""The weekly letter: shown when asked for, and sent once a week to whoever wants it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime, tzinfo

from okrsheets.orders.languages import Languages
from okrsheets.orders.report import report
from okrsheets.rules.digest.digest import digest
from okrsheets.rules.digest.letter import letter, reminder
from okrsheets.rules.digest.reminders import Turn, noted, quiet_since, turn, worth_writing
from okrsheets.rules.due import due, jitter, standing
from okrsheets.words.digest import Correspondence, Digest, Letter, Letters, Postman
from okrsheets.words.errors import NotDelivered
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


def show(store: Store, today: date, languages: Languages) -> Shown:
    """The letter of a day, whatever was sent before. Raises what reading raises, NotOurs, PlanDamaged."""
    figures = report(store, today, languages)
    language = language_of(figures, languages)
    contents = digest(figures, today)
    return Shown(contents, letter(contents, language), language)


def begun(name: str, now: datetime) -> Correspondence:
    """What is remembered of a workbook that is seen for the first time: its first letter comes at the next slot."""
    return Correspondence(name, now)


def slot_of(known: Correspondence, day: At, now: datetime, zone: tzinfo) -> Due | None:
    """The slot that asks for a letter now; None where there is none, and nothing needs to be read."""
    offset = jitter(known.name, day)
    last = standing(day, known.slot, now, zone, offset)
    slot = due(day, last, now, zone, offset)
    return slot if worth_writing(slot, known, now) else None


def post(report: Report, known: Correspondence, slot: Due, now: datetime, zone: tzinfo, languages: Languages) -> Post:
    """The letter for a slot: the digest, a reminder, or none. A late letter is about the week it was meant for."""
    day = slot.slot.astimezone(zone).date()
    after = replace(noted(report.snapshot, known, day), slot=slot.slot, tried=None)
    kind = turn(report.snapshot, known, day)
    if kind is Turn.SILENCE:
        return Post(None, after)
    contents, language = digest(report, day), language_of(report, languages)
    if kind is Turn.DIGEST:
        return Post(letter(contents, language), replace(after, sent=now, reminders=0))
    number, since = after.reminders + 1, quiet_since(report.snapshot, known, day)
    return Post(reminder(contents, number, since, language), replace(after, sent=now, reminders=number))


def deliver(
    post: Post, known: Correspondence, now: datetime, letters: Letters, postman: Postman
) -> tuple[Message, ...]:
    """Sends the letter of a slot and remembers it; returns what a person should know of places not reached.

    It is remembered first: whoever is killed in between loses a letter, and sends none twice.
    Raises NotDelivered where it reached nobody; then it is tried again an hour later.
    """
    letters.keep_letters(post.after)
    if post.letter is None:
        return ()
    try:
        return postman.bring(post.letter)
    except NotDelivered:
        letters.keep_letters(replace(known, tried=now))
        raise


def language_of(report: Report, languages: Languages) -> Language:
    """The language of the workbook, in which letters about it are written."""
    about = report.snapshot.about
    return languages.of(about.language, about.locale)
