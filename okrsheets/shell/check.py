"""`okrsheets check`: does the plan of a workbook add up?"""

from __future__ import annotations

from okrsheets.orders.check import Checked
from okrsheets.orders.check import check as check_plan
from okrsheets.shell import options
from okrsheets.shell.desk import Desk
from okrsheets.shell.documents.outcomes import plan_checked
from okrsheets.shell.faults import DONE, NEEDS_A_PERSON
from okrsheets.words.message import Message, Percent, say, say_many


def check(
    workbook: options.OneWorkbook,
    json: options.Json = False,
    strict: options.Strict = False,
    config: options.Config = None,
    verbose: options.Verbose = False,
    quiet: options.Quiet = False,
) -> int:
    """Shows what was found about the plan."""
    desk = Desk(config, verbose=verbose, quiet=quiet)
    checked = check_plan(desk.store(workbook), desk.languages)
    if json:
        desk.screen.document(plan_checked(checked, desk.language_of(checked.snapshot.about)))
    else:
        # rich takes a while to load, and JSON needs none of it.
        from okrsheets.shell.findings import show_findings

        desk.screen.show(desk.language.say(verdict(checked)))
        show_findings(checked, desk)
    return NEEDS_A_PERSON if strict and checked.outcome.findings else DONE


def verdict(checked: Checked) -> Message:
    """Whether the plan adds up, with the chance of its goal where that is known."""
    outcome = checked.outcome
    if outcome.chance is not None:
        chance = Percent(outcome.chance)
        if outcome.adds_up:
            return say("The plan adds up: as planned, the chance of reaching the goal is {chance}.", chance=chance)
        return say("The plan does not add up: as planned, the chance of reaching the goal is {chance}.", chance=chance)
    found = len(outcome.findings)
    if not found:
        return say("Nothing to point out: the plan holds together.")
    return say_many("{count} thing to look at:", "{count} things to look at:", found)
