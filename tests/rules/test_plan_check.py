"""Does the plan add up, and everything else that its owner may want to change (method.md §7)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats
from worlds import AUTUMN, SPRING, daily, done, english, flow, milestone, monthly, once, ratio, reach, weekly, within

from okrsheets.rules.numbers.special_functions import inverse_incomplete_beta
from okrsheets.rules.plan_check.arithmetic import chance_of_reaching, overall_rate, planned_volume
from okrsheets.rules.plan_check.check import check
from okrsheets.words.period import Period
from okrsheets.words.plan import Action, KeyResult, Kpi, Objective, Plan, Stage, Theme
from okrsheets.words.report import Finding, PlanCheck, Severity


def one_step(rate: float | None, goal: float | None, *, per_week: float | None = None, lag: int = 0) -> Plan:
    return Plan(
        kpis=(Kpi("K1", "Mails"), Kpi("K2", "Copies", target=goal)),
        funnel=(Stage("K1", rate, lag, planned_per_week=per_week), Stage("K2")),
    )


def rules(plan: Plan, period: Period = SPRING) -> list[str]:
    return [finding.rule for finding in check(plan, period).findings]


def found(plan: Plan, rule: str, period: Period = SPRING) -> list[Finding]:
    return [finding for finding in check(plan, period).findings if finding.rule == rule]


def only(plan: Plan, rule: str, period: Period = SPRING) -> Finding:
    (finding,) = found(plan, rule, period)
    return finding


def test_a_rate_of_nothing_brings_nothing() -> None:
    outcome = check(one_step(0, 10, per_week=5), SPRING)
    assert (outcome.adds_up, outcome.expected_results, outcome.chance, outcome.needed) == (False, 0, 0, None)
    assert english(only(one_step(0, 10, per_week=5), "does_not_add_up").sentence) == (
        "Your plan does not add up: 65 (Mails) give about 0 (Copies), not 10. A better rate helps most."
    )


@pytest.mark.parametrize(("rate", "chance"), [(10 / 65, 0.5526), (0.25, 0.9783), (0.1873, 0.7999)])
def test_65_calls_for_10_deals(rate: float, chance: float) -> None:
    """A rate of 10/65 is what most would plan, and little more than a coin flip."""
    outcome = check(one_step(rate, 10, per_week=5), SPRING)
    assert outcome.chance == pytest.approx(chance, abs=1e-4)
    assert outcome.expected_results == pytest.approx(65 * rate)
    assert outcome.adds_up


def test_the_rate_that_65_calls_need() -> None:
    """P(X ≥ 10) = I_p(10, 56), so p is its quantile."""
    assert inverse_incomplete_beta(0.8, 10, 56) == pytest.approx(0.1873, abs=1e-4)


def test_500_copies_at_10_percent() -> None:
    assert check(one_step(0.10, 500), SPRING).needed == 5178
    assert chance_of_reaching(4996, 0.10, 500) < 0.5 <= chance_of_reaching(4997, 0.10, 500)


def test_20_mails_a_day_do_not_give_500_copies() -> None:
    outcome = check(one_step(0.10, 500, per_week=100), SPRING)
    assert not outcome.adds_up
    assert outcome.expected_results == pytest.approx(130)
    assert outcome.chance == pytest.approx(0, abs=1e-9)
    finding = only(one_step(0.10, 500, per_week=100), "does_not_add_up")
    assert (finding.severity, finding.item, finding.field) == (Severity.ERROR, "K1", "planned_per_week")
    assert english(finding.sentence) == (
        "Your plan does not add up: 1300 (Mails) give about 130 (Copies), not 500. "
        "For an 80% chance it takes 5178, or a better rate."
    )


def test_the_volume_may_stand_with_the_actions() -> None:
    """20 mails a day, 5 days a week; the first stage itself has no planned volume."""
    plan = replace(one_step(0.10, 500), actions=(weekly("A0"), daily("A1", feeds="K1", amount=20)))
    assert check(plan, SPRING).expected_results == pytest.approx(130)
    finding = only(plan, "does_not_add_up")
    assert (finding.item, finding.field) == ("A1", "per_week")


@pytest.mark.parametrize(
    ("actions", "volume"),
    [
        ((daily("A1", feeds="K1", amount=4),), 4 * 5 * 13),
        ((daily("A1", 3, feeds="K1", amount=4), weekly("A2", 2, feeds="K1")), 12 * 13 + 2 * 13),
        ((replace(monthly("A1"), feeds="K1", amount=10),), 30),
        ((once("A1", feeds="K1", amount=50),), 50),
        ((daily("A1", feeds="K2"),), None),
        ((daily("A1", feeds="K1", amount=-1),), None),
        ((), None),
    ],
)
def test_what_the_actions_feed(actions: tuple[Action, ...], volume: float | None) -> None:
    assert planned_volume(replace(one_step(0.1, 5), actions=actions), SPRING) == volume


def test_a_planned_volume_comes_before_the_actions() -> None:
    plan = replace(one_step(0.1, 5, per_week=7), actions=(daily("A1", feeds="K1"),))
    assert planned_volume(plan, SPRING) == 7 * 13
    assert planned_volume(plan, AUTUMN) == 7 * 14


@pytest.mark.parametrize(
    ("plan", "expected", "chance", "needed"),
    [
        (Plan(), None, None, None),
        (Plan(funnel=(Stage("K1", planned_per_week=5),)), None, None, None),
        (one_step(0.1, None, per_week=10), 13, None, None),
        (one_step(0.1, 500), None, None, 5178),
        (one_step(None, 500, per_week=10), None, None, None),
        (one_step(1.5, 500, per_week=10), None, None, None),
    ],
)
def test_what_is_unknown_is_not_said_to_fail(
    plan: Plan, expected: float | None, chance: float | None, needed: int | None
) -> None:
    outcome = check(plan, SPRING)
    assert (outcome.expected_results, outcome.chance, outcome.needed) == (expected, chance, needed)
    assert outcome.adds_up
    assert "does_not_add_up" not in rules(plan)


def test_a_funnel_whose_every_unit_goes_on() -> None:
    outcome = check(one_step(1.0, 26, per_week=2), SPRING)
    assert (outcome.expected_results, outcome.chance, outcome.needed) == (26, 1, 26)
    assert check(one_step(1.0, 27, per_week=2), SPRING).chance == 0


def test_out_of_all_reach_the_rate_is_the_lever() -> None:
    plan = one_step(1e-7, 10, per_week=10)
    assert check(plan, SPRING).needed is None
    assert "A better rate helps most." in english(only(plan, "does_not_add_up").sentence)


@given(st.integers(0, 3000), st.floats(0.001, 0.999), st.integers(1, 500))
def test_the_chance_is_scipys_binomial(volume: int, rate: float, goal: int) -> None:
    assert chance_of_reaching(volume, rate, goal) == pytest.approx(stats.binom.sf(goal - 1, volume, rate), abs=1e-9)


@pytest.mark.parametrize(("volume", "goal", "same"), [(64.99, 9.2, (64, 10)), (64.9999999999, 10.0000000001, (65, 10))])
def test_whole_units_and_whole_results(volume: float, goal: float, same: tuple[int, int]) -> None:
    assert chance_of_reaching(volume, 0.2, goal) == chance_of_reaching(same[0], 0.2, same[1])


def test_the_rates_of_all_steps_multiply() -> None:
    funnel = (Stage("K1", 0.5), Stage("K2", 0.4), Stage("K3"))
    assert overall_rate(Plan(funnel=funnel)) == pytest.approx(0.2)
    assert overall_rate(Plan(funnel=(*funnel[:1], Stage("K2"), Stage("K3")))) is None
    assert overall_rate(Plan()) is None


@pytest.mark.parametrize(
    ("lag", "per_week", "severity", "words"),
    [
        (
            3,
            5,
            Severity.HINT,
            "What you plan for the last 3 weeks (15 of 65, Mails) pays off only after the period.",
        ),
        (1, 5, Severity.HINT, "What you plan for the last week (5 of 65, Mails) pays off only after the period."),
        (
            9,
            5,
            Severity.WARNING,
            "What you plan for the last 9 weeks (45 of 65, Mails) pays off only after the period.",
        ),
        (13, 5, Severity.WARNING, "All that you plan (65, Mails) pays off only after the period."),
        (20, 5, Severity.WARNING, "All that you plan (65, Mails) pays off only after the period."),
    ],
)
def test_lead_time(lag: int, per_week: float, severity: Severity, words: str) -> None:
    """10 of 65 at 25 %: the chance is good, unless most of them come too late."""
    finding = only(one_step(0.25, 10, per_week=per_week, lag=lag), "lead_time")
    assert (finding.severity, finding.item, finding.field) == (severity, "K1", "lag_weeks")
    assert english(finding.sentence) == words


def test_no_lead_time_without_lag_or_volume() -> None:
    assert found(one_step(0.25, 10, per_week=5), "lead_time") == []
    assert found(one_step(0.25, 10, lag=3), "lead_time") == []


def test_lead_time_without_a_goal_is_a_hint() -> None:
    assert only(one_step(0.25, None, per_week=5, lag=9), "lead_time").severity is Severity.HINT


def plan_with(
    key_results: Sequence[KeyResult] = (), *, kpis: Sequence[Kpi] = (), actions: Sequence[Action] = ()
) -> Plan:
    return Plan(
        objectives=(Objective("O1", "Grow", key_results=tuple(key_results)),), kpis=tuple(kpis), actions=tuple(actions)
    )


def served(*key_results: KeyResult) -> list[Action]:
    return [replace(weekly(f"A{n}"), key_result=result.id) for n, result in enumerate(key_results, 1)]


@pytest.mark.parametrize(
    ("title", "themes"),
    [
        ("Ten new clients", 1),
        ("", 1),
        ("Clients; and my book", 2),
        ("Clients\nMy book\nHealth", 3),
        ("Clients | book", 2),
        ("Clients;", 1),
        ("Grow and rest", 1),
    ],
)
def test_one_theme_a_quarter(title: str, themes: int) -> None:
    findings = found(Plan(theme=Theme(title=title)), "more_than_one_theme")
    assert [(f.item, f.field, f.sentence.facts) for f in findings] == (
        [("theme", "title", {"count": themes})] if themes > 1 else []
    )


def test_at_most_three_objectives() -> None:
    objectives = tuple(Objective(f"O{n}", f"Goal {n}") for n in range(1, 5))
    assert found(Plan(objectives=objectives[:3]), "too_many_objectives") == []
    finding = only(Plan(objectives=objectives), "too_many_objectives")
    assert (finding.item, finding.field, finding.severity) == ("O4", "title", Severity.WARNING)
    assert english(finding.sentence) == "You have 4 objectives; with at most 3 each gets the attention it needs."


def test_at_most_five_key_results_an_objective() -> None:
    results = [reach(f"KR{n}", 0, 10) for n in range(1, 7)]
    assert found(plan_with(results[:5]), "too_many_key_results") == []
    finding = only(plan_with(results), "too_many_key_results")
    assert (finding.item, finding.field) == ("KR6", "title")
    assert english(finding.sentence) == "“Grow” has 6 key results; with at most 5 you keep the overview."


def test_at_most_seven_kpis() -> None:
    kpis = [flow(f"K{n}") for n in range(1, 9)]
    assert found(plan_with(kpis=kpis[:7]), "too_many_kpis") == []
    finding = only(plan_with(kpis=kpis), "too_many_kpis")
    assert (finding.item, finding.field) == ("K8", "name")
    assert english(finding.sentence) == "You follow 8 KPIs; measure in moderation, 7 are plenty."


def test_an_objective_needs_key_results() -> None:
    none = only(plan_with(), "objective_without_key_results")
    assert (none.item, none.field, none.severity) == ("O1", "title", Severity.WARNING)
    one = only(plan_with([reach("KR1", 0, 10)]), "one_key_result")
    assert (one.item, one.field, one.severity) == ("O1", "title", Severity.HINT)
    assert english(one.sentence) == "“Grow” hangs on one key result; a second one makes it surer."
    assert "one_key_result" not in rules(plan_with([reach("KR1", 0, 10), reach("KR2", 0, 10)]))


def test_key_results_without_an_objective_are_no_objective_to_improve() -> None:
    plan = Plan(
        objectives=(Objective("~", "", key_results=(reach("KR1", 0, 10),)),), actions=tuple(served(reach("KR1", 0, 10)))
    )
    assert rules(plan) == []


K1 = flow("K1")


@pytest.mark.parametrize(
    ("result", "field", "words"),
    [
        (reach("KR1", 0, None, "K1"), "target", "“Reach KR1” cannot be measured yet: fill in its target."),
        (reach("KR1", None, None), "target", "“Reach KR1” cannot be measured yet: fill in its target."),
        (reach("KR1", 0, 10, "K9"), "title", "“Reach KR1” cannot be measured yet: its KPI is not in the list."),
        (
            within("KR1", None, None, "K1"),
            "low",
            "“Keep KR1” cannot be measured yet: fill in its lowest or highest value.",
        ),
        (within("KR1", 1, 2), "title", "“Keep KR1” cannot be measured yet: choose the KPI that shows it."),
        (within("KR1", 1, 2, "K9"), "title", "“Keep KR1” cannot be measured yet: its KPI is not in the list."),
        (milestone("KR1"), "title", "“Steps of KR1” needs its milestones: actions “once” that serve it."),
        (KeyResult("KR1", ""), "target", "“KR1” cannot be measured yet: fill in its target."),
    ],
)
def test_a_key_result_that_cannot_be_measured(result: KeyResult, field: str, words: str) -> None:
    finding = only(plan_with([result], kpis=[K1]), "key_result_not_measurable")
    assert (finding.item, finding.field, finding.severity) == ("KR1", field, Severity.ERROR)
    assert english(finding.sentence) == words


@pytest.mark.parametrize(
    "result",
    [
        reach("KR1", 0, 10),
        reach("KR1", 48, 24, "K1"),
        reach("KR1", -5, 0),
        within("KR1", 1, None, "K1"),
        within("KR1", None, 2, "K1"),
        milestone("KR1"),
        done("KR1"),
    ],
)
def test_a_key_result_that_can_be_measured(result: KeyResult) -> None:
    plan = plan_with([result], kpis=[K1], actions=[once("A1", date(2026, 5, 1), key_result="KR1")])
    assert not {"key_result_not_measurable", "baseline_is_target", "key_result_without_action"} & set(rules(plan))


@pytest.mark.parametrize("result", [reach("KR1", 5, 5), reach("KR1", None, 0), reach("KR1", 0, 0, "K1")])
def test_a_baseline_at_its_target(result: KeyResult) -> None:
    finding = only(plan_with([result], kpis=[K1]), "baseline_is_target")
    assert (finding.item, finding.field, finding.severity) == ("KR1", "target", Severity.ERROR)
    assert english(finding.sentence) == "“Reach KR1” begins at its target. To stay there, choose the type “within”."


@pytest.mark.parametrize(
    ("doing", "words"),
    [
        (daily("A1", 0), "“Daily A1” cannot be ticked 0 times a week: choose 1 to 7."),
        (daily("A1", 8), "“Daily A1” cannot be ticked 8 times a week: choose 1 to 7."),
        (weekly("A1", 0), "“Weekly A1” cannot be ticked 0 times a week: choose 1 to 7."),
        (monthly("A1"), "“Monthly A1” is monthly, but no month ends in this period."),
    ],
)
def test_an_action_that_cannot_be_ticked(doing: Action, words: str) -> None:
    two_weeks = Period(date(2026, 4, 6), 2)
    finding = only(plan_with(actions=[doing]), "action_cannot_be_ticked", two_weeks)
    assert (finding.item, finding.field, finding.severity) == ("A1", "per_week", Severity.ERROR)
    assert english(finding.sentence) == words


@pytest.mark.parametrize("doing", [daily("A1", 7), daily("A1", 1), weekly("A1", 3), monthly("A1"), once("A1")])
def test_an_action_that_can_be_ticked(doing: Action) -> None:
    assert found(plan_with(actions=[doing]), "action_cannot_be_ticked") == []


@pytest.mark.parametrize(
    ("doing", "is_served"),
    [
        (replace(weekly("A1"), key_result="KR1"), True),
        (weekly("A1", feeds="K3"), True),
        (weekly("A1", feeds="K1"), True),
        (weekly("A1", feeds="K4"), False),
        (replace(weekly("A1"), key_result="KR2"), False),
        (weekly("A1"), False),
    ],
)
def test_a_key_result_that_no_action_serves(doing: Action, is_served: bool) -> None:
    """An action serves it by its name, or by what it feeds: its KPI, or a stage on the way to it."""
    plan = plan_with([reach("KR1", 0, 10, "K3")], kpis=[flow(f"K{n}") for n in range(1, 5)], actions=[doing])
    plan = replace(plan, funnel=tuple(Stage(f"K{n}") for n in range(1, 5)))
    findings = found(plan, "key_result_without_action")
    assert [(f.item, f.field, f.severity) for f in findings] == (
        [] if is_served else [("KR1", "title", Severity.WARNING)]
    )


def test_a_key_result_outside_of_the_funnel_is_served_by_what_feeds_it() -> None:
    plan = plan_with([reach("KR1", 0, 10, "K1"), reach("KR2", 0, 10)], kpis=[K1], actions=[weekly("A1", feeds="K1")])
    assert [f.item for f in found(plan, "key_result_without_action")] == ["KR2"]
    assert english(only(plan, "key_result_without_action").sentence) == (
        "No action serves “Reach KR2” yet; what could you tick for it?"
    )


def test_an_action_that_serves_nothing() -> None:
    result = reach("KR1", 0, 10, "K1")
    actions = [weekly("A1"), replace(weekly("A2"), key_result="KR9"), weekly("A3", feeds="K1"), *served(result)]
    findings = found(plan_with([result], kpis=[K1], actions=actions[:3] + served(result)), "action_without_purpose")
    assert [(f.item, f.field, f.severity) for f in findings[:2]] == [
        ("A1", "title", Severity.HINT),
        ("A2", "title", Severity.HINT),
    ]
    assert len(findings) == 2
    assert english(findings[0].sentence) == "“Weekly A1” serves no key result; link it, or let it go."


def test_a_kpi_that_nothing_uses() -> None:
    kpis = [*(flow(f"K{n}") for n in range(1, 8)), ratio("K8", "K5", "K6")]
    plan = plan_with([reach("KR1", 0, 10, "K1")], kpis=kpis, actions=[weekly("A1", feeds="K2")])
    plan = replace(plan, funnel=(Stage("K3"), Stage("K4")))
    findings = found(plan, "unused_kpi")
    assert [(f.item, f.field, f.severity) for f in findings] == [
        ("K7", "name", Severity.HINT),
        ("K8", "name", Severity.HINT),
    ]
    assert english(findings[0].sentence) == "Nothing uses the KPI “KPI K7”; you may let it go."


def test_the_gravest_comes_first() -> None:
    plan = replace(
        one_step(0.10, 500, per_week=100, lag=1),
        objectives=(Objective("O1", "Grow"),),
        actions=(weekly("A1"), daily("A2", 0)),
    )
    weights = [finding.severity for finding in check(plan, SPRING).findings]
    order = [Severity.ERROR, Severity.WARNING, Severity.HINT]
    assert weights == sorted(weights, key=order.index)
    assert set(weights) == set(order)
    assert rules(plan)[0] == "does_not_add_up"


def test_a_sound_plan_has_no_findings() -> None:
    results = (reach("KR1", 0, 10, "K2"), done("KR2"))
    plan = replace(
        one_step(0.25, 10, per_week=5),
        theme=Theme(title="Ten clients"),
        objectives=(Objective("O1", "Grow", key_results=results),),
        actions=tuple(served(*results)),
    )
    assert check(plan, SPRING) == PlanCheck(True, (), 16.25, pytest.approx(0.9783, abs=1e-4), needed=49)
