"""The funnel's verdict in words: always with its counts, and saying so where there is too little to go by."""

from __future__ import annotations

from collections.abc import Sequence

from okrsheets.rules.funnel.bottleneck import ACTIVITY, Judgement
from okrsheets.rules.wording import name_of, percentage, tidy
from okrsheets.words.message import Fact, Message, say
from okrsheets.words.plan import Plan
from okrsheets.words.report import Activity, Step, Verdict


def bottleneck_sentence(plan: Plan, steps: Sequence[Step], activity: Activity | None, judgement: Judgement) -> Message:
    """One sentence for the Summary and the headline, for every verdict."""
    match judgement.verdict:
        case Verdict.CLEAR | Verdict.LIKELY | Verdict.EITHER:
            named = [_candidate(plan, steps, activity, number) for number in judgement.named]
            return _bottleneck(judgement.verdict, named)
        case Verdict.NONE:
            first = name_of(plan, plan.funnel[0].kpi)
            return say("No bottleneck: every step goes about as planned; more of “{kpi}” helps most now.", kpi=first)
        case Verdict.NO_REFERENCE:
            step = steps[judgement.named[0]]
            return say(
                "Bottleneck: fill in the plan rate from “{source}” to “{target}” to compare with; so "
                "far {converted} of {entered}.",
                **_facts(plan, step),
            )
        case Verdict.INCONSISTENT:
            step = steps[judgement.named[0]]
            return say(
                "Please check from “{source}” to “{target}”: {converted} of {entered} cannot be "
                "right; is a number missing, or does this step take fewer weeks than its lag says?",
                **_facts(plan, step),
            )
        case Verdict.NOT_ENOUGH_DATA:
            return _too_little(plan, steps)
    return say("This plan has no funnel, so there is no bottleneck to look for.")


def _bottleneck(verdict: Verdict, named: Sequence[Message]) -> Message:
    if verdict is Verdict.CLEAR:
        return say("Bottleneck: {where}, very likely.", where=named[0])
    if verdict is Verdict.LIKELY:
        return say("Bottleneck: {where}, likely.", where=named[0])
    return say("Bottleneck: {first}, or {second}; time will tell which of the two.", first=named[0], second=named[1])


def _candidate(plan: Plan, steps: Sequence[Step], activity: Activity | None, number: int) -> Message:
    if number == ACTIVITY and activity is not None:
        return say(
            "the volume of “{kpi}”, {done} of {planned} planned",
            kpi=name_of(plan, plan.funnel[0].kpi),
            done=tidy(activity.done),
            planned=tidy(activity.planned),
        )
    return say("from “{source}” to “{target}”, {converted} of {entered} (plan {plan})", **_facts(plan, steps[number]))


def _too_little(plan: Plan, steps: Sequence[Step]) -> Message:
    """With the step that has the fewest contacts: the weakest link of what can be known."""
    step = min(steps, key=lambda step: step.entered)
    if not any(each.entered or each.converted for each in steps):
        return say("Bottleneck: no step can be seen yet; it takes the first weeks of numbers.")
    return say(
        "Bottleneck: too little data yet, {converted} of {entered} from “{source}” to “{target}”.", **_facts(plan, step)
    )


def _facts(plan: Plan, step: Step) -> dict[str, Fact]:
    facts: dict[str, Fact] = {
        "source": name_of(plan, step.source),
        "target": name_of(plan, step.target),
        "converted": tidy(step.converted),
        "entered": tidy(step.entered),
    }
    return facts if step.plan_rate is None else {**facts, "plan": percentage(step.plan_rate)}
