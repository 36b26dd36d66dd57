"""What okrsheets computed: `report --json` (contract.md §4)."""

from __future__ import annotations

from okrsheets.shell.documents.values import Document, plain, problem, sentence
from okrsheets.shell.documents.workbook import about
from okrsheets.words.message import Language
from okrsheets.words.report import (
    Activity,
    Execution,
    FunnelReport,
    KeyResultReport,
    Needed,
    ObjectiveReport,
    Report,
    Step,
    Tally,
)

COMPUTED = (
    "today",
    "week",
    "weeks",
    "elapsed",
    "headline",
    "objectives",
    "execution",
    "funnel",
    "needed",
    "weekly",
    "problems",
)
"""The fields that are null where nothing was computed."""


def reported(report: Report, language: Language) -> Document:
    """Every figure of a report."""
    return {
        "workbook": about(report.snapshot.about),
        "today": report.today.isoformat(),
        "week": report.week,
        "weeks": report.snapshot.about.period.weeks,
        "elapsed": report.elapsed,
        "headline": [language.say(each) for each in report.headline],
        "objectives": [objective(each) for each in report.objectives],
        "execution": execution(report.execution),
        "funnel": funnel(report.funnel, language),
        "needed": needed(report.needed, language) if report.needed else None,
        "weekly": [
            {"week": str(each.week), "progress": each.progress, "expected": each.expected} for each in report.weekly
        ],
        "problems": [problem(each, language) for each in report.problems],
    }


def objective(known: ObjectiveReport) -> Document:
    """An objective and its key results."""
    return {
        "id": known.id,
        "title": known.title,
        "progress": known.progress,
        "expected": known.expected,
        "required_pace": known.required_pace,
        "status": known.status.value,
        "reported": known.reported,
        "of": known.of,
        "key_results": [key_result(each) for each in known.key_results],
    }


def key_result(known: KeyResultReport) -> Document:
    """A key result."""
    return {
        "id": known.id,
        "title": known.title,
        "current": plain(known.current),
        "raw": known.raw,
        "score": known.score,
        "expected": known.expected,
        "required_pace": known.required_pace,
        "status": known.status.value,
        "in_band": known.in_band,
        "compliance": known.compliance,
        "chance": known.chance,
        "regressed": known.regressed,
    }


def execution(known: Execution) -> Document:
    """What was done of what was due."""
    actions = [{"id": each.id, **tally(each.so_far), "this_week": this_week(each.this_week)} for each in known.actions]
    return {**tally(known.so_far), "this_week": this_week(known.this_week), "actions": actions}


def tally(known: Tally) -> Document:
    """Done, due and their quotient."""
    return {"score": known.score, "done": known.done, "due": known.due}


def this_week(known: Tally) -> Document:
    """Done and due in the running week."""
    return {"done": known.done, "due": known.due}


def funnel(known: FunnelReport, language: Language) -> Document:
    """The funnel and its weakest place."""
    weakest = known.bottleneck
    return {
        "steps": [step(each) for each in known.steps],
        "activity": activity(known.activity) if known.activity else None,
        "none": known.none,
        "bottleneck": {
            "verdict": weakest.verdict.value,
            "step": weakest.step,
            "also": weakest.also,
            "sentence": sentence(weakest.sentence, language),
        },
    }


def step(known: Step) -> Document:
    """One step, from stage to stage."""
    return {
        "from": known.source,
        "to": known.target,
        "entered": plain(known.entered),
        "converted": plain(known.converted),
        "rate": known.rate,
        "plan_rate": known.plan_rate,
        "low": known.low,
        "high": known.high,
        "probability": known.probability,
        "gain": known.gain,
    }


def activity(known: Activity) -> Document:
    """The volume of the first stage against plan."""
    return {
        "done": plain(known.done),
        "planned": plain(known.planned),
        "attainment": known.attainment,
        "probability": known.probability,
    }


def needed(known: Needed, language: Language) -> Document:
    """What the goal still asks for."""
    return {
        "sales": known.sales,
        "n50": known.n50,
        "n80": known.n80,
        "per_week": known.per_week,
        "basis": known.basis,
        "usable_weeks": known.usable_weeks,
        "capacity": plain(known.capacity),
        "feasible": known.feasible,
        "chance_at_capacity": known.chance_at_capacity,
        "sentence": sentence(known.sentence, language),
    }
