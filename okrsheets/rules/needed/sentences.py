"""What is needed from here, in words: the load for a good chance, or why there is none to name."""

from __future__ import annotations

from okrsheets.rules.funnel.attainment import plan_of
from okrsheets.rules.needed.goal import pays_by_price
from okrsheets.rules.needed.volume import GOOD
from okrsheets.rules.wording import name_of, percentage, tidy
from okrsheets.words.message import Fact, Message, Percent, say
from okrsheets.words.plan import Plan
from okrsheets.words.report import Needed

GOOD_CHANCE = Percent(GOOD)


def needed_sentence(plan: Plan, needed: Needed, goal: float, reached: float, *, over: bool) -> Message:
    """One sentence for the Summary and the headline; with the chance and the levers where the load is too much."""
    facts: dict[str, Fact] = {
        "kpi": name_of(plan, plan.funnel[0].kpi),
        "result": name_of(plan, plan.funnel[-1].kpi),
        "sales": needed.sales,
    }
    if needed.sales == 0:
        return say("The goal is reached: {done} of {goal} ({result}).", **facts, done=tidy(reached), goal=tidy(goal))
    if over:
        return say("The period is over: {done} of {goal} ({result}).", **facts, done=tidy(reached), goal=tidy(goal))
    if needed.n80 == 0:
        return say("Needed: what is on its way already gives an {good} chance of the goal.", good=GOOD_CHANCE)
    if needed.usable_weeks == 0:
        return _too_late(plan, needed, facts)
    if needed.n80 is None:
        return _out_of_reach(plan, facts)
    return _load(plan, needed, facts)


def _too_late(plan: Plan, needed: Needed, facts: dict[str, Fact]) -> Message:
    """With a chance only where something is on its way."""
    if not needed.chance_at_capacity:
        return say(
            "What you start now ({kpi}) pays off after the period; {sales} to go ({result}), and {levers} would help.",
            **facts,
            levers=_levers(plan),
        )
    return say(
        "What you start now ({kpi}) pays off after the period; what is on its way gives a chance of "
        "{chance} for the {sales} to go ({result}), and {levers} would help.",
        **facts,
        chance=percentage(needed.chance_at_capacity),
        levers=_levers(plan),
    )


def _out_of_reach(plan: Plan, facts: dict[str, Fact]) -> Message:
    if any(plan_of(stage.plan_rate) is None for stage in plan.funnel[:-1]):
        return say("What is needed follows from the plan rates: fill in one for every step of the funnel.")
    return say(
        "At these rates no number of units ({kpi}) gives an {good} chance of {sales} more "
        "({result}): a better rate helps most.",
        **facts,
        good=GOOD_CHANCE,
    )


def _load(plan: Plan, needed: Needed, facts: dict[str, Fact]) -> Message:
    facts = {**facts, "per_week": needed.per_week or 0, "good": GOOD_CHANCE}
    if needed.basis == "plan":
        load = say(
            "Needed for an {good} chance of your goal: {per_week} a week ({kpi}), if your plan rates hold", **facts
        )
    else:
        load = say("Needed for an {good} chance of your goal: {per_week} a week ({kpi})", **facts)
    if needed.chance_at_capacity is None:
        return say("{load}.", load=load)
    return say(
        "{load}; at your most, {capacity} a week, the chance is {chance}, and {levers} would help.",
        load=load,
        capacity=tidy(needed.capacity or 0),
        chance=percentage(needed.chance_at_capacity),
        levers=_levers(plan),
    )


def _levers(plan: Plan) -> Message:
    """What would change the answer (method.md §9)."""
    if pays_by_price(plan):
        return say("more time, a better rate or a higher price")
    return say("more time or a better rate")
