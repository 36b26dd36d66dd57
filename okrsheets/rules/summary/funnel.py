"""Where does my funnel leak, and how much of its first step do I need from here?"""

from __future__ import annotations

from okrsheets.rules.summary.places import COUNT, HIGH, LOW, OF, PLAN, SHARE, TEXT, WORDS, Line
from okrsheets.rules.summary.sheet import SummaryLine, headings, section, sentences
from okrsheets.words.grid import Value
from okrsheets.words.message import Language, Message, keep, say, say_many
from okrsheets.words.report import Activity, Needed, Report, Step, Verdict

HEADINGS = {
    COUNT: keep("Went on"),
    OF: keep("Of"),
    SHARE: keep("Rate"),
    PLAN: keep("Plan"),
    WORDS: keep("Weakest step?"),
    LOW: keep("80% from"),
    HIGH: keep("80% to"),
}
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
    gain = sentences(language, _gain(report), Line.NOTE)
    return title, *verdict, headings(language, HEADINGS), *activity, *steps, *gain


def needed_lines(report: Report, language: Language) -> tuple[SummaryLine, ...]:
    """The section of what is needed: the sentence, then its figures. Empty where there is no goal or no funnel."""
    needed = report.needed
    if needed is None:
        return ()
    title = section(language, keep("What do I need from here?"))
    return title, *sentences(language, [needed.sentence]), *_figures(needed, language)


def likelihood(probability: float) -> str:
    """A probability in words, as a catalogue text."""
    return next(text for floor, text in LIKELIHOODS if probability >= floor)


def _step(step: Step, report: Report, language: Language) -> SummaryLine:
    title = say("{source} → {target}", source=report.names[step.source], target=report.names[step.target])
    values: dict[int, Value] = {
        TEXT: language.say(title),
        COUNT: step.converted,
        OF: step.entered,
        SHARE: step.rate,
        PLAN: step.plan_rate,
        WORDS: _words(step.probability, language),
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
        WORDS: _words(activity.probability, language),
    }
    return SummaryLine(Line.ROW, values)


def _words(probability: float | None, language: Language) -> str | None:
    return None if probability is None else language.say(likelihood(probability))


def _gain(report: Report) -> list[Message]:
    """What the bottleneck costs, where there is one and it is a step."""
    named = {report.funnel.bottleneck.step, report.funnel.bottleneck.also}
    return [
        say(
            "At plan, {source} → {target} would bring {gain} more per 100 at the start.",
            source=report.names[step.source],
            target=report.names[step.target],
            gain=round(step.gain, 1),
        )
        for step in report.funnel.steps
        if step.key in named and step.gain is not None
    ]


def _figures(needed: Needed, language: Language) -> tuple[SummaryLine, ...]:
    usable = say_many("a week, in {count} usable week", "a week, in {count} usable weeks", needed.usable_weeks)
    rows: tuple[tuple[Message, Value, Value], ...] = (
        (say("results still to reach"), needed.sales, None),
        (say("first steps for a 50% chance"), needed.n50, None),
        (say("first steps for an 80% chance"), needed.n80, None),
        (usable, needed.per_week, None),
        (say("chance at what you can do"), needed.capacity, needed.chance_at_capacity),
    )
    return tuple(
        SummaryLine(Line.ROW, {TEXT: language.say(text), COUNT: count, SHARE: share})
        for text, count, share in rows
        if count is not None
    )
