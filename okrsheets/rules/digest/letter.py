"""The weekly letter in words, as a short and warm coach would write it: no more than a phone shows at once.

Plain text: every messenger and every mail program shows it as it is, and no letter in somebody's title can be taken
for markup.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from datetime import date

from okrsheets.rules.units import counts_shares, is_money
from okrsheets.rules.wording import percentage, tidy
from okrsheets.words.digest import Brought, Digest, Letter, OpenBoxes
from okrsheets.words.message import Fact, Language, Message, say, say_many
from okrsheets.words.period import Week
from okrsheets.words.plan import Cadence, Kpi
from okrsheets.words.report import ActionReport, Report

MOST_KPIS, MOST_BOXES = 5, 6
LONGEST_TITLE, LONGEST_LINE = 60, 300
"""Characters; what is longer ends in `…`."""
NAMED_DAYS = 3
"""So many days are named, more are counted."""
BOX = "☐"
Paragraph = tuple[str, ...]


def letter(digest: Digest, language: Language) -> Letter:
    """The letter of the week, in the language of the workbook."""
    pen = Pen(language)
    return pen.letter(
        digest,
        pen.lines(*what_was_done(digest, pen.spoken)),
        pen.brought(digest),
        pen.lines(*digest.matters),
        pen.boxes(digest),
        pen.lines(*farewell(digest)),
    )


def reminder(digest: Digest, number: int, since: date, language: Language) -> Letter:
    """The first, second or third reminder to a plan that was last touched on the day `since`.

    Each is gentler than the one before: all boxes of the week, one of them, none.
    """
    pen = Pen(language)
    offered = replace(digest, boxes=digest.boxes[: (MOST_BOXES, 1, 0)[number - 1]])
    return pen.letter(digest, pen.lines(*gentle_words(number, pen.spoken(since))), pen.boxes(offered))


def trial(letter: Letter, language: Language) -> Letter:
    """A letter that somebody asked for, to see that it arrives."""
    pen = Pen(language)
    note = pen.lines(say("This is a trial. The letter of the week comes on its day all the same."))
    title = pen.line(say("Trial: {subject}", subject=letter.subject))
    return replace(letter, subject=title, paragraphs=(note, *letter.paragraphs))


def subject(report: Report) -> Message:
    """Which plan, and how far its period is."""
    snapshot = report.snapshot
    title = short(snapshot.plan.theme.title) or snapshot.about.period.label
    if report.today > snapshot.about.period.end:
        return say("{title}: a look back", title=title)
    return say("{title}: week {week} of {weeks}", title=title, week=report.week, weeks=snapshot.about.period.weeks)


def short(text: str, most: int = LONGEST_TITLE) -> str:
    """The text on one line, without control characters, and no longer than it should be."""
    line = " ".join("".join(letter if letter.isprintable() else " " for letter in text).split())
    return line if len(line) <= most else line[: most - 1].rstrip() + "…"


class Pen:
    """Writes the parts of a letter in one language; a part without lines is left out."""

    def __init__(self, language: Language) -> None:
        self.language = language

    def letter(self, digest: Digest, *paragraphs: Paragraph) -> Letter:
        """The letter that these paragraphs make."""
        return Letter(self.line(subject(digest.report)), tuple(filter(None, paragraphs)))

    def spoken(self, day: date) -> str:
        """A day as people say it: `Monday 23 November`."""
        return self.language.day(day, "EEEE d MMMM")

    def line(self, message: Message) -> str:
        """A sentence on one line."""
        return short(self.language.say(message), LONGEST_LINE)

    def lines(self, *messages: Message) -> Paragraph:
        """Sentences, a line each."""
        return tuple(map(self.line, messages))

    def brought(self, digest: Digest) -> Paragraph:
        """The KPIs of the week, under their heading."""
        if digest.behind is None or not digest.brought:
            return ()
        heading = say("What week {week} brought:", week=number_of(digest.report, digest.behind))
        return self.lines(heading, *map(kpi_line, digest.brought[:MOST_KPIS]))

    def boxes(self, digest: Digest) -> Paragraph:
        """The open boxes of the week that comes, under their heading; those that are too many are counted."""
        if digest.ahead is None or not digest.boxes:
            return ()
        first = max(digest.ahead.monday, digest.report.today)
        heading = say("Your boxes from {day} on:", day=self.spoken(first))
        shown = tuple(f"{BOX} {self.box(boxes)}" for boxes in digest.boxes[:MOST_BOXES])
        return (self.line(heading), *shown, *self.lines(*and_more(len(digest.boxes) - MOST_BOXES)))

    def box(self, boxes: OpenBoxes) -> str:
        """An action with its days, or with how often it is asked for."""
        title = short(boxes.action.title) or boxes.action.id
        days = tuple(self.language.day(day, "EEE") for day in boxes.days)
        if boxes.action.cadence is Cadence.DAILY or not days or len(days) > NAMED_DAYS:
            return self.line(say_many("{title}: once", "{title}: {count} times", boxes.left, title=title))
        return self.line(say("{title}: {days}", title=title, days=days))


def what_was_done(digest: Digest, spoken: Callable[[date], str]) -> Iterator[Message]:
    """Done of due in the week behind us, counted and never held against anybody; at the end, of the whole period."""
    if digest.behind is not None:
        yield _done_in(digest, digest.behind)
    elif digest.ahead is not None:
        yield _before(digest.ahead, digest.report.today, spoken)
    if digest.ahead is None and digest.report.execution.so_far.done:
        yield say_many(
            "Altogether you ticked {count} box in this period.",
            "Altogether you ticked {count} boxes in this period.",
            digest.report.execution.so_far.done,
        )


def _before(first: Week, today: date, spoken: Callable[[date], str]) -> Message:
    if today < first.monday:
        return say("Your plan is ready; the first week begins on {day}.", day=spoken(first.monday))
    return say("Your plan is ready, and its first week has begun.")


def _done_in(digest: Digest, behind: Week) -> Message:
    tally, week = digest.done, number_of(digest.report, behind)
    if not tally.due:
        return say("Week {week} was free: nothing was planned.", week=week)
    if digest.best is None:
        return _nothing_ticked(digest, behind, week)
    facts: dict[str, Fact] = {"done": tally.done, "due": tally.due, "week": week}
    if tally.done == tally.due:
        return say("You did all that you planned in week {week}: {done} of {due}. Well done!", **facts)
    if len(digest.report.snapshot.plan.actions) == 1:
        return say("You did {done} of {due} planned actions in week {week}.", **facts)
    return _with_the_best(digest.best, facts)


def _nothing_ticked(digest: Digest, behind: Week, week: int) -> Message:
    if digest.report.today < behind.sunday:
        return say("No boxes ticked in week {week} yet, and there is still time.", week=week)
    if digest.ahead is None:
        return say("No boxes ticked in week {week}; what counts is the whole period.", week=week)
    return say("No boxes ticked in week {week}. Some weeks go like that; the next one is new.", week=week)


def _with_the_best(best: ActionReport, facts: Mapping[str, Fact]) -> Message:
    return say(
        "You did {done} of {due} planned actions in week {week}; “{best}” went best, {best_done} of {best_due}.",
        **facts,
        best=short(best.title) or best.id,
        best_done=best.this_week.done,
        best_due=best.this_week.due,
    )


def gentle_words(number: int, since: str) -> tuple[Message, ...]:
    """What the first, second or third reminder says; `since` is a day as people say it."""
    if number == 1:
        return (
            say("It has been quiet around your plan since {day}.", day=since),
            say("One tick or one number is enough to pick it up again."),
        )
    if number == 2:
        return (
            say("Your plan is still here, just as you left it."),
            say("Is it a busy time? One small box counts too."),
        )
    return (
        say("This is the last note for now; your plan waits for you."),
        say("When you tick something, your weekly letter comes back by itself."),
    )


def kpi_line(brought: Brought) -> Message:
    """A KPI of the week: what it brought, and what was planned where that says something about one week.

    Beside nothing, and beside what does not come every week, a plan would be a reproach.
    """
    name = short(brought.kpi.name) or brought.kpi.id
    value = amount(brought.kpi, brought.value)
    rare = not counts_shares(brought.kpi) and (brought.plan or 0) < 1
    if brought.plan is None or rare or not brought.value:
        return say("- {kpi}: {value}", kpi=name, value=value)
    return say("- {kpi}: {value} (plan {plan})", kpi=name, value=value, plan=amount(brought.kpi, brought.plan))


def amount(kpi: Kpi, value: float) -> Fact:
    """A value as people say it: a share as a percentage, money with its unit, counts whole or with one decimal."""
    if counts_shares(kpi):
        return percentage(value)
    if is_money(kpi.unit):
        return say("{unit} {value}", unit=kpi.unit, value=round(value))
    return tidy(value)


def and_more(count: int) -> Iterator[Message]:
    """How many actions are not in the list."""
    if count > 0:
        yield say_many("… and {count} more action", "… and {count} more actions", count)


def farewell(digest: Digest) -> Iterator[Message]:
    """What asks for a look, and a wish."""
    problems = len(digest.report.problems)
    if problems:
        yield say_many(
            "{count} cell could not be read; the Summary tells you which.",
            "{count} cells could not be read; the Summary tells you which.",
            problems,
        )
    yield wish(digest)


def wish(digest: Digest) -> Message:
    """The last line."""
    if digest.report.today > digest.report.snapshot.about.period.end or (digest.behind and not digest.ahead):
        return say("Take a moment to look back, and to be content with what is there.")
    if digest.ahead and not digest.boxes:
        return say("No open boxes in the week that comes: enjoy the room.")
    return say("Have a good week!")


def number_of(report: Report, week: Week) -> int:
    """The number of a week within the period."""
    return report.snapshot.about.period.week(week.monday)
