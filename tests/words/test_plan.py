"""The plan, the snapshot and the report: what can be asked of them."""

from __future__ import annotations

from dataclasses import FrozenInstanceError, is_dataclass
from importlib import import_module
from inspect import getmembers, isclass
from pkgutil import iter_modules

import pytest

import okrsheets.words
from okrsheets.words.grid import Address
from okrsheets.words.message import say
from okrsheets.words.period import quarter
from okrsheets.words.plan import Ambition, KeyResult, Kpi, Objective, Plan
from okrsheets.words.problem import Problem
from okrsheets.words.report import Bottleneck, Execution, FunnelReport, Report, Step, Tally, Verdict
from okrsheets.words.snapshot import About, Snapshot

ABOUT = About("memory", "plan", "en", "en_US", quarter(2026, 4))


def test_goals():
    """method.md §5: 1 for committed, .7 for aspirational."""
    assert (Ambition.COMMITTED.goal, Ambition.ASPIRATIONAL.goal) == (1, 0.7)


def test_key_results_of_all_objectives_in_order():
    first, second, third = (KeyResult(id, id) for id in ("KR2", "KR1", "KR3"))
    plan = Plan(
        objectives=(Objective("O1", "", key_results=(first, second)), Objective("O2", "", key_results=(third,)))
    )
    assert plan.key_results == (first, second, third)
    assert Plan().key_results == ()


@pytest.mark.parametrize(("id", "found"), [("K1", True), ("K2", False), (None, False)])
def test_a_kpi_by_its_id(id, found):
    kpi = Kpi("K1", "Invitations")
    assert Plan(kpis=(kpi,)).kpi(id) == (kpi if found else None)


def test_where_a_field_stands():
    address = Address("Objectives", 6, 7)
    snapshot = Snapshot(ABOUT, Plan(), cells={"KR1": {"target": address}})
    assert snapshot.where("KR1", "target") == address
    assert snapshot.where("KR1", "baseline") is None
    assert snapshot.where("KR9", "target") is None


WORDS = [
    word
    for module in iter_modules(okrsheets.words.__path__, "okrsheets.words.")
    for _, word in getmembers(import_module(module.name), isclass)
    if is_dataclass(word) and word.__module__ == module.name
]


@pytest.mark.parametrize("word", WORDS, ids=lambda word: word.__name__)
def test_every_word_is_frozen_and_takes_no_other_fields(word):
    assert word.__dataclass_params__.frozen
    assert "__slots__" in vars(word)


def test_nobody_changes_what_was_read():
    with pytest.raises(FrozenInstanceError):
        Snapshot(ABOUT, Plan()).plan = Plan()  # type: ignore[misc]


@pytest.mark.parametrize(
    ("tally", "score"), [(Tally(3, 4), 0.75), (Tally(0, 4), 0), (Tally(), None), (Tally(1, 0), None)]
)
def test_a_tally_has_a_score_where_something_was_due(tally, score):
    assert tally.score == score


def test_tallies_add_up():
    assert Tally(1, 2) + Tally(3, 4) == Tally(4, 6)


def test_a_step_is_called_by_its_ends():
    """contract.md §4: `"K1->K2"`."""
    assert Step("K1", "K2", 0, 0, None, None, None, None).key == "K1->K2"


def test_the_problems_of_a_report_are_those_of_its_snapshot():
    problem = Problem(None, "about 12", say("a number"), say("Type a number."))
    funnel = FunnelReport((), None, None, Bottleneck(Verdict.NO_FUNNEL))
    snapshot = Snapshot(ABOUT, Plan(), problems=(problem,))
    nothing_done = Execution((), Tally(), Tally())
    report = Report(snapshot, ABOUT.period.start, 0.0, 1, (), nothing_done, funnel, None, (), (), {})
    assert report.problems == (problem,)
