"""A report as a person reads it in a terminal: the same words and symbols as on the Summary tab."""

from __future__ import annotations

from collections.abc import Iterator

from rich.console import RenderableType
from rich.table import Table
from rich.text import Text

from okrsheets.rules.called import called
from okrsheets.rules.summary.attention import problem_words
from okrsheets.rules.summary.objectives import STATUS_WORDS
from okrsheets.rules.summary.places import SYMBOLS
from okrsheets.shell.lists import ROOMY, figure, headed, indented, rows, show_section
from okrsheets.shell.screen import Screen, clean
from okrsheets.words.message import Language, Message, keep, say
from okrsheets.words.report import KeyResultReport, ObjectiveReport, Report, Status, Step, Tally

COLOURS = {
    Status.ACHIEVED: "bold green",
    Status.ON_TRACK: "green",
    Status.AT_RISK: "yellow",
    Status.OFF_TRACK: "red",
    Status.STALE: "yellow",
    Status.NO_DATA: "dim",
    Status.MISSED: "red",
}
UNKNOWN = "–"


def known_progress(objective: ObjectiveReport) -> float | None:
    """The progress as it is shown: none where nothing is known yet, though it counts as 0 (method.md §3)."""
    return objective.progress if objective.reported else None


class Picture:
    """Draws a report on a screen, in the language of its workbook."""

    def __init__(self, report: Report, screen: Screen, language: Language) -> None:
        self.report = report
        self.screen = screen
        self.language = language
        self.roomy = screen.out.width >= ROOMY

    def draw(self) -> None:
        """All sections, in the order of the Summary."""
        self.head()
        show_section(self.screen, self.words(keep("Where am I?")), self.objectives())
        show_section(self.screen, self.words(keep("Am I doing what I planned?")), self.execution())
        show_section(self.screen, self.words(keep("Where does my funnel leak?")), self.funnel())
        self.unless_said(self.report.funnel.bottleneck.sentence)
        if self.report.needed:
            self.unless_said(self.report.needed.sentence)
        show_section(self.screen, self.words(keep("Needs your attention")), self.problems())

    def head(self) -> None:
        """Which plan this is, as of when, and the sentences that matter most."""
        about = self.report.snapshot.about
        when = say(
            "{period}, week {week} of {weeks}, as of {day}",
            period=called(about.period),
            week=self.report.week,
            weeks=about.period.weeks,
            day=self.report.today,
        )
        title = self.report.snapshot.plan.theme.title or about.ref
        self.screen.show(Text(clean(title), "bold"), Text(self.words(when), "dim"))
        for sentence in self.report.headline:
            self.screen.show("", indented(Text(self.words(sentence))))

    def unless_said(self, sentence: Message) -> None:
        """A sentence below the funnel, unless it stands in the headline already."""
        if sentence.text and self.report.funnel.steps and sentence not in self.report.headline:
            self.screen.show("", indented(Text(self.words(sentence))))

    def objectives(self) -> Table:
        """Objectives and their key results: how far, how far was expected, and how that stands."""
        headings = ["", keep("Progress"), keep("Expected"), keep("Status")] if self.roomy else [keep("Progress"), ""]
        table = self.headed(*headings)
        table.columns[-1].justify = "left"
        for objective in self.report.objectives:
            table.add_row(*self.standing(objective, known_progress(objective), "bold", 0))
            for result in objective.key_results:
                table.add_row(*self.standing(result, result.score, "", 2))
        return table

    def standing(
        self, item: ObjectiveReport | KeyResultReport, share: float | None, style: str, indent: int
    ) -> Iterator[RenderableType]:
        """A row: title, bar, share, what was expected, status."""
        colour = COLOURS[item.status]
        symbol = f"{SYMBOLS[item.status]} " if self.screen.fancy else ""
        yield indented(Text(clean(item.title or item.id), style), indent)
        if self.roomy:
            yield Text(self.screen.bar(share), colour)
        yield figure(self.share(share), style)
        if self.roomy:
            yield figure(self.share(item.expected), "dim")
        yield Text(symbol + self.words(STATUS_WORDS[item.status]), colour)

    def execution(self) -> Table:
        """Each action, and all together: so far and this week; counts, and the share beside them."""
        execution = self.report.execution
        table = self.headed(keep("So far"), keep("This week"), *([keep("Execution")] if self.roomy else []))
        for action in execution.actions:
            table.add_row(*self.done(action.title or action.id, action.so_far, action.this_week, ""))
        if len(execution.actions) > 1:
            table.add_row(*self.done(self.words(keep("All actions")), execution.so_far, execution.this_week, "bold"))
        return table

    def done(self, title: str, so_far: Tally, this_week: Tally, style: str) -> Iterator[Text]:
        """A row: title, so far, this week, and the share of what was due so far."""
        yield Text(clean(title), style)
        yield figure(self.counts(so_far.done, so_far.due), style)
        yield figure(self.counts(this_week.done, this_week.due), style)
        if self.roomy:
            yield figure(self.share(so_far.score), style)

    def funnel(self) -> Table:
        """Each step: how many of how many, the rate with its interval, and the plan's."""
        interval = [keep("Range from"), keep("Range to")] if self.roomy else []
        table = self.headed(keep("Went on"), keep("Rate"), *interval, keep("Plan"))
        for step in self.report.funnel.steps:
            table.add_row(*self.step(step))
        return table

    def step(self, step: Step) -> Iterator[Text]:
        """A row: from and to, how many of how many, the rate with its interval, and the plan's rate."""
        source, target = (clean(self.report.names.get(id, id)) for id in (step.source, step.target))
        yield Text(f"{source} {'→' if self.screen.fancy else '>'} {target}")
        yield figure(self.counts(step.converted, step.entered))
        yield figure(self.share(step.rate), "bold")
        for share in (step.low, step.high, step.plan_rate) if self.roomy else (step.plan_rate,):
            yield figure(self.share(share), "dim")

    def headed(self, *headings: str) -> Table:
        """A list of titles, with headings over the figures beside them."""
        return headed("", *map(self.words, headings))

    def counts(self, part: float, of: float) -> str:
        """`3 of 5`; nothing where there is nothing to count."""
        return self.words(say("{part} of {of}", part=part, of=of)) if of else ""

    def problems(self) -> Table:
        """Each cell that needs a person: where, what stands there, what to type."""
        table = rows(0, columns=1)
        for problem in self.report.problems:
            table.add_row(Text(self.words(problem_words(problem)), "yellow"))
        return table

    def words(self, message: Message | str) -> str:
        """A sentence, safe to show."""
        return clean(self.language.say(message))

    def share(self, share: float | None) -> str:
        """A percentage, a dash where nothing is known."""
        return UNKNOWN if share is None else self.language.percent(share)
