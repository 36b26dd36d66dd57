"""Where does my funnel leak, and how much of its first step do I need from here?"""

from __future__ import annotations

from okrsheets.rules.funnel.funnel import ACTIVITY_KEY
from okrsheets.rules.summary.places import COUNT, HIGH, LOW, OF, PLAN, SHARE, TEXT, WORDS, Line
from okrsheets.rules.summary.sheet import SummaryLine, headings, section, sentences
from okrsheets.words.grid import Value
from okrsheets.words.message import Language, Message, keep, say, say_many
from okrsheets.words.report import Activity, Needed, Report, Step, Verdict

HEADINGS = {
    COUNT: keep("Moved on"),
    OF: keep("Of"),
    SHARE: keep("Rate"),
    PLAN: keep("Plan"),
    WORDS: keep("Bottleneck?"),
    LOW: keep("Range from"),
    HIGH: keep("Range to"),
}
RANGE = say("Range: between these two your true rate lies, with 80% certainty.")
LIKELIHOODS = (
    (0.9, keep("very likely")),
    (0.8, keep("likely")),
    (0.5, keep("possible")),
    (0.2, keep("less likely")),
    (0.0, keep("unlikely")),
)


def funnel_lines(report: Report, language: Language) -> tuple[SummaryLine, ...]:
    """The section of the funnel: the verdict in words, then k of n for every step."""
    funnel = report.funnel
    title = section(language, keep("Where does my funnel leak?"))
    verdict = sentences(language, [funnel.bottleneck.sentence])
    if funnel.bottleneck.verdict is Verdict.NO_FUNNEL:
        return title, *verdict
    steps = (_step(step, report, language) for step in funnel.steps)
    activity = (_activity(funnel.activity, report, language),) if funnel.activity else ()
    notes = sentences(language, (*_gain(report), RANGE), Line.NOTE)
    return title, *verdict, headings(language, HEADINGS), *activity, *steps, *notes


def needed_lines(report: Report, language: Language) -> tuple[SummaryLine, ...]:
    """The section of what is needed: the sentence, then its figures.

    Empty where there is no goal or no funnel, and when the period is over.
    """
    needed = report.needed
    if needed is None or report.elapsed >= 1:
        return ()
    title = section(language, keep("What do I need from here?"))
    return title, *sentences(language, [needed.sentence]), *_figures(needed, report, language)


def likelihood(probability: float) -> str:
    """A probability in words, as a catalogue text."""
    return next(text for floor, text in LIKELIHOODS if probability >= floor or not floor)


def _step(step: Step, report: Report, language: Language) -> SummaryLine:
    title = say("{source} → {target}", source=report.names[step.source], target=report.names[step.target])
    values: dict[int, Value] = {
        TEXT: language.say(title),
        COUNT: step.converted,
        OF: step.entered,
        SHARE: step.rate,
        PLAN: step.plan_rate,
        WORDS: _words(step.key, step.probability, report, language),
        LOW: step.low,
        HIGH: step.high,
    }
    return SummaryLine(Line.ROW, values)


def _activity(activity: Activity, report: Report, language: Language) -> SummaryLine:
    first = report.snapshot.plan.funnel[0].kpi
    values: dict[int, Value] = {
        TEXT: language.say(say("{first}: as planned?", first=report.names[first])),
        COUNT: activity.done,
        OF: activity.planned,
        SHARE: activity.attainment,
        WORDS: _words(ACTIVITY_KEY, activity.probability, report, language),
    }
    return SummaryLine(Line.ROW, values)


def _words(key: str, probability: float | None, report: Report, language: Language) -> str | None:
    """How likely it is the weakest: of the step that the verdict names, as sure as the verdict is and no surer."""
    bottleneck = report.funnel.bottleneck
    if bottleneck.verdict is Verdict.LIKELY and key == bottleneck.step:
        return language.say(keep("likely"))
    return None if probability is None else language.say(likelihood(probability))


def _gain(report: Report) -> list[Message]:
    """What the bottleneck costs, where there is one and it is a step."""
    named = {report.funnel.bottleneck.step, report.funnel.bottleneck.also}
    return [
        say(
            "At the planned rate, {source} → {target} would bring {gain} more for every 100 at the start.",
            source=report.names[step.source],
            target=report.names[step.target],
            gain=round(step.gain, 1),
        )
        for step in report.funnel.steps
        if step.key in named and step.gain is not None
    ]


def _figures(needed: Needed, report: Report, language: Language) -> tuple[SummaryLine, ...]:
    first, last = (report.names[report.snapshot.plan.funnel[place].kpi] for place in (0, -1))
    usable = say_many(
        "Per week, in {count} week that counts", "Per week, in {count} weeks that count", needed.usable_weeks
    )
    rows: tuple[tuple[Message, Value, Value], ...] = (
        (say("{result}: still to go", result=last), needed.sales, None),
        (say("{first}: for a 50% chance", first=first), needed.n50, None),
        (say("{first}: for an 80% chance", first=first), needed.n80, None),
        (usable, needed.per_week, None),
        (say("At the most you can do a week: the chance"), needed.capacity, needed.chance_at_capacity),
    )
    return tuple(
        SummaryLine(Line.ROW, {TEXT: language.say(text), COUNT: count, SHARE: share})
        for text, count, share in rows
        if count is not None
    )
