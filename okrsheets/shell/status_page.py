"""What `okrsheets status` says to a person: what needs a hand first, then every workbook in a line."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta, tzinfo

from rich.table import Table
from rich.text import Text

from okrsheets.edges.autostart.running import Running
from okrsheets.orders.status import Condition, Mail, Status, by_need
from okrsheets.orders.sync import Outcome
from okrsheets.shell.desk import Desk
from okrsheets.shell.lists import headed
from okrsheets.shell.screen import clean
from okrsheets.words.message import Language, Message, keep, say, say_many

SIGNS = {Condition.NEEDS_A_HAND: "✗", Condition.WAITS: "…", Condition.NEW: "·", Condition.WELL: "✓"}
PLAIN_SIGNS = {Condition.NEEDS_A_HAND: "!!", Condition.WAITS: "..", Condition.NEW: "-", Condition.WELL: "ok"}
COLOURS = {Condition.NEEDS_A_HAND: "red", Condition.WAITS: "yellow", Condition.NEW: "dim", Condition.WELL: "green"}
OUTCOMES = {
    Outcome.SYNCED.value: keep("brought up to date"),
    Outcome.UNCHANGED.value: keep("nothing changed"),
    Outcome.BUSY.value: keep("waits"),
    Outcome.FAILED.value: keep("needs a hand"),
}
HOUR = timedelta(hours=1)
MINUTE = timedelta(minutes=1)


def show(found: Sequence[Status], service: Running | None, desk: Desk, now: datetime) -> None:
    """The whole page, in at most 80 columns where names are short enough for that."""
    screen = desk.screen
    ordered = by_need(found)
    for one in ordered:
        if one.known and one.known.error:
            screen.paragraph(desk.language.say(say("{name}: {what}", name=one.name, what=one.known.error)))
            screen.text("")
    signs = SIGNS if screen.fancy else PLAIN_SIGNS
    say_it = desk.language.say
    table = headed(*map(say_it, (say("Workbook"), say("Last sync"), say("Outcome"), say("Next"))))
    for one in ordered:
        colour = COLOURS[one.condition]
        known = one.known
        table.add_row(
            Text.assemble((f"{signs[one.condition]} ", colour), clean(one.name)),
            say_it(passed(known.synced, now, desk.zone, desk.language)) if known and known.synced else "–",
            Text(say_it(OUTCOMES[known.outcome]) if known else "–", colour),
            say_it(coming(one.due, now, desk.zone, desk.language)),
        )
    screen.show(table)
    screen.text("")
    if any(one.mail for one in found):
        screen.show(letters(found, desk, now))
        screen.text("")
    screen.line(life(service))


def letters(found: Sequence[Status], desk: Desk, now: datetime) -> Table:
    """When the last letter about each workbook went, and when the next one is due."""
    say_it, zone, language = desk.language.say, desk.zone, desk.language
    table = headed(*map(say_it, (say("Letter about"), say("Last letter"), say("Next"))))
    for one in found:
        if one.mail:
            last = say_it(passed(one.mail.last, now, zone, language)) if one.mail.last else "–"
            table.add_row(clean(one.name), last, say_it(next_letter(one.mail, now, zone, language)))
    return table


def next_letter(known: Mail, now: datetime, zone: tzinfo, language: Language) -> Message:
    """When; what it waits for; or that it could not be delivered and is tried again."""
    if known.silent:
        return say("once the plan is touched")
    when = coming(known.due, now, zone, language)
    return say("not delivered, again {when}", when=when) if known.failed else when


def life(service: Running | None) -> Message:
    """Whether anybody keeps the workbooks up to date."""
    if service is None:
        return say("The service is not running. Start it with: okrsheets run")
    if service.pid is None:
        return say("The service is running.")
    return say("The service is running (process {pid}).", pid=str(service.pid))


def passed(then: datetime, now: datetime, zone: tzinfo, language: Language) -> Message:
    """How long ago, within the hour; the time of today; else the day and the time."""
    if timedelta() <= now - then < MINUTE:
        return say("just now")
    if timedelta() <= now - then < HOUR:
        return say_many("{count} minute ago", "{count} minutes ago", (now - then) // MINUTE)
    return at_a_time(then, now, zone, language)


def coming(then: datetime, now: datetime, zone: tzinfo, language: Language) -> Message:
    """In how long, within the hour; the time of today; else the day and the time."""
    if then - now < MINUTE:
        return say("now")
    if then - now < HOUR:
        return say_many("in {count} minute", "in {count} minutes", (then - now) // MINUTE)
    return at_a_time(then, now, zone, language)


def at_a_time(then: datetime, now: datetime, zone: tzinfo, language: Language) -> Message:
    """`07:30` of today, `Mon 23 Nov 07:30` of another day."""
    here, today = then.astimezone(zone), now.astimezone(zone).date()
    if here.date() == today:
        return say("today {time}", time=f"{here:%H:%M}")
    return say("{day} {time}", day=language.day(here.date(), "EEE d MMM"), time=f"{here:%H:%M}")
