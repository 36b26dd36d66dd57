"""Where am I? Objectives and key results, each with progress, pace and status."""

from __future__ import annotations

from okrsheets.rules.progress.key_results import last_number
from okrsheets.rules.progress.kpi_values import weekly_values
from okrsheets.rules.summary.places import COUNT, HIGH, LOW, OF, PACE, PLAN, SHARE, SYMBOLS, TEXT, WORDS, Line
from okrsheets.rules.summary.sheet import SummaryLine, headings, section, sentences
from okrsheets.rules.units import is_money, is_share
from okrsheets.words.grid import Value
from okrsheets.words.message import Language, Message, Percent, keep, say
from okrsheets.words.plan import KeyResult, KeyResultType, Plan
from okrsheets.words.report import KeyResultReport, ObjectiveReport, Report, Status

STATUS_WORDS = {
    Status.ACHIEVED: keep("achieved"),
    Status.ON_TRACK: keep("on track"),
    Status.AT_RISK: keep("needs attention"),
    Status.OFF_TRACK: keep("behind"),
    Status.STALE: keep("not updated lately"),
    Status.NO_DATA: keep("no figures yet"),
    Status.MISSED: keep("not reached"),
}
ENDED_WORDS = {Status.ON_TRACK: keep("nearly reached"), Status.AT_RISK: keep("partly reached")}
EXPLAINED = (
    say("Pace needed: how many times the planned pace you need from now on; 1.0× is as planned."),
    say("Within a band, every good week counts. Actual: progress beyond 0% or 100%. Chance: if you go on like this."),
)
HEADINGS = {
    COUNT: keep("Now"),
    OF: keep("Target"),
    SHARE: keep("Progress"),
    PLAN: keep("Expected"),
    PACE: keep("Pace needed"),
    WORDS: keep("Status"),
    LOW: keep("Chance"),
    HIGH: keep("Actual"),
}


def objective_lines(report: Report, language: Language) -> tuple[SummaryLine, ...]:
    """The section of objectives and key results."""
    over = report.elapsed >= 1
    lines = [section(language, keep("Where am I?")), headings(language, HEADINGS)]
    for objective in report.objectives:
        lines.append(_objective(objective, over, language))
        lines += [_key_result(result, report, language) for result in objective.key_results]
    return *lines, *sentences(language, EXPLAINED, Line.NOTE)


def status_words(status: Status, over: bool = False) -> Message:
    """`◐ needs attention`: a symbol and words, never colour alone. When the period is over, what became of it."""
    words = ENDED_WORDS.get(status, STATUS_WORDS[status]) if over else STATUS_WORDS[status]
    return say("{symbol} {status}", symbol=SYMBOLS[status], status=Message(words))


def _objective(objective: ObjectiveReport, over: bool, language: Language) -> SummaryLine:
    values: dict[int, Value] = {
        TEXT: objective.title,
        SHARE: objective.progress if objective.reported else None,
        PLAN: objective.expected,
        PACE: objective.required_pace,
        WORDS: language.say(_how_known(objective, status_words(objective.status, over))),
    }
    return SummaryLine(Line.OBJECTIVE, values)


def _how_known(objective: ObjectiveReport, status: Message) -> Message:
    """The status, and of how many key results there is a value where that is not all."""
    if objective.reported == objective.of:
        return status
    return say("{status}, {reported} of {of} known", status=status, reported=objective.reported, of=objective.of)


def _key_result(result: KeyResultReport, report: Report, language: Language) -> SummaryLine:
    plan = report.snapshot.plan
    planned = next(known for known in plan.key_results if known.id == result.id)
    share = is_share(planned, plan)
    values: dict[int, Value] = {
        TEXT: result.title,
        COUNT: _amount(_now(result, planned, report), share, language),
        OF: _aim(planned, share, language),
        SHARE: result.score,
        PLAN: result.expected,
        PACE: result.required_pace,
        WORDS: language.say(_status(result, over=report.elapsed >= 1)),
        LOW: None if counts_money(planned, plan) or result.status is Status.STALE else result.chance,
        HIGH: result.raw if result.raw != result.score else None,
    }
    return SummaryLine(Line.ROW, values)


def _status(result: KeyResultReport, over: bool) -> Message:
    """The status; within a band also how often it held, below the start also that it went back."""
    words = status_words(result.status, over)
    if result.compliance is not None and result.status is not Status.STALE:
        return say("{status}, {share} in range", status=words, share=Percent(result.compliance))
    return say("{status}, below start", status=words) if result.regressed else words


def counts_money(result: KeyResult, plan: Plan) -> bool:
    """Whether its numbers are amounts. A chance counts single events (method.md §6); euros do not come one by one."""
    kpi = plan.kpi(result.kpi)
    return is_money(result.unit) or (kpi is not None and is_money(kpi.unit))


def _now(result: KeyResultReport, planned: KeyResult, report: Report) -> float | None:
    """What stands under Now: the value; of a band the last number, since the band is judged week by week."""
    week = last_number(report.snapshot, planned, report.today)
    if planned.type is not KeyResultType.WITHIN or planned.kpi is None or week is None:
        return result.current
    return weekly_values(report.snapshot, planned.kpi, report.today)[week]


def _amount(value: float | None, share: bool, language: Language) -> Value:
    return language.percent(value, 1) if share and value is not None else value


def _aim(result: KeyResult, share: bool, language: Language) -> Value:
    """The target, or the band: `≥ 5`, `40–45`."""
    if result.type is not KeyResultType.WITHIN:
        return _amount(result.target, share, language)

    def shown(value: float) -> str:
        return language.percent(value, 1) if share else language.number(value)

    if result.low is not None and result.high is not None:
        return f"{shown(result.low)}–{shown(result.high)}"
    if result.low is not None:
        return f"≥ {shown(result.low)}"
    return f"≤ {shown(result.high)}" if result.high is not None else None
