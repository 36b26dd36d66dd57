from __future__ import annotations

from dataclasses import fields, replace
from datetime import date

import pytest

from okrsheets.rules.typed.settings import apply, keys
from okrsheets.words.errors import BadSetting
from okrsheets.words.message import Message, Percent, say
from okrsheets.words.plan import (
    Action,
    Ambition,
    Cadence,
    KeyResult,
    KeyResultType,
    Kpi,
    KpiKind,
    Objective,
    Plan,
    Pulse,
    Stage,
    Theme,
)

PLAN = Plan(
    theme=Theme("Ten clients", revenue_goal=15000, price=1500, agreements=("Actions first",)),
    objectives=(
        Objective("O1", "Sell", key_results=(KeyResult("KR1", "Sold", target=10, kpi="K2"), KeyResult("KR2", "Calls"))),
        Objective("O2", "Grow"),
    ),
    kpis=(Kpi("K1", "Invitations"), Kpi("K2", "Sales")),
    funnel=(Stage("K1", 0.3), Stage("K2")),
    actions=(Action("A1", "Invite", feeds="K1"), Action("A2", "Call")),
)


def changed(setting: str, locale: str = "nl_NL") -> Plan:
    return apply(PLAN, [setting], locale)


@pytest.mark.parametrize(
    ("setting", "field", "value"),
    [
        ("theme.title=Twaalf = veel", "title", "Twaalf = veel"),
        ("theme.north_star=Vrij werk", "north_star", "Vrij werk"),
        ("theme.why=", "why", ""),
        ("theme.revenue_goal=€ 20.000,-", "revenue_goal", 20000),
        ("theme.price = 1250,50", "price", 1250.5),
        ("theme.capacity_per_week=15", "capacity_per_week", 15),
        ("theme.price=", "price", None),
    ],
)
def test_a_setting_changes_the_theme_and_nothing_else(setting: str, field: str, value: object) -> None:
    assert changed(setting) == replace(PLAN, theme=replace(PLAN.theme, **{field: value}))


@pytest.mark.parametrize(
    ("setting", "field", "value"),
    [
        ("KR1.target=12", "target", 12),
        ("KR1.baseline=-5000", "baseline", -5000),
        ("KR1.target=15 %", "target", 0.15),
        ("KR1.type=within", "type", KeyResultType.WITHIN),
        ("KR1.ambition=aspirational", "ambition", Ambition.ASPIRATIONAL),
        ("KR1.kpi=K1", "kpi", "K1"),
        ("KR1.kpi=", "kpi", None),
        ("KR1.weight=2", "weight", 2),
        ("KR1.note=ja", "note", "ja"),
    ],
)
def test_a_setting_changes_a_key_result(setting: str, field: str, value: object) -> None:
    plan = changed(setting)
    first, second = PLAN.key_results
    assert plan.key_results == (replace(first, **{field: value}), second)
    assert replace(plan, objectives=PLAN.objectives) == PLAN


@pytest.mark.parametrize(
    ("setting", "rows"),
    [
        ("O1.weight=2", {"objectives": (replace(PLAN.objectives[0], weight=2), PLAN.objectives[1])}),
        ("K1.target=166", {"kpis": (replace(PLAN.kpis[0], target=166), PLAN.kpis[1])}),
        ("K2.kind=stock", {"kpis": (PLAN.kpis[0], replace(PLAN.kpis[1], kind=KpiKind.STOCK))}),
        ("K1.cadence=month", {"kpis": (replace(PLAN.kpis[0], cadence=Pulse.MONTH), PLAN.kpis[1])}),
        ("K1.plan_rate=25 %", {"funnel": (replace(PLAN.funnel[0], plan_rate=0.25), PLAN.funnel[1])}),
        ("K1.plan_rate=0.25", {"funnel": (replace(PLAN.funnel[0], plan_rate=0.25), PLAN.funnel[1])}),
        ("K1.lag_weeks=2", {"funnel": (replace(PLAN.funnel[0], lag_weeks=2), PLAN.funnel[1])}),
        ("K1.in_flight=4", {"funnel": (replace(PLAN.funnel[0], in_flight=4), PLAN.funnel[1])}),
        ("K1.planned_per_week=13", {"funnel": (replace(PLAN.funnel[0], planned_per_week=13), PLAN.funnel[1])}),
        ("A2.per_week=3", {"actions": (PLAN.actions[0], replace(PLAN.actions[1], per_week=3))}),
        ("A2.cadence=once", {"actions": (PLAN.actions[0], replace(PLAN.actions[1], cadence=Cadence.ONCE))}),
        ("A2.due=2026-12-18", {"actions": (PLAN.actions[0], replace(PLAN.actions[1], due=date(2026, 12, 18)))}),
        ("A2.key_result=KR2", {"actions": (PLAN.actions[0], replace(PLAN.actions[1], key_result="KR2"))}),
        ("A1.feeds=K2", {"actions": (replace(PLAN.actions[0], feeds="K2"), PLAN.actions[1])}),
    ],
)
def test_a_setting_changes_its_row_and_nothing_else(setting: str, rows: dict[str, object]) -> None:
    assert changed(setting) == replace(PLAN, **rows)


def test_whole_numbers_stay_whole() -> None:
    assert repr(changed("A2.per_week=3").actions[1].per_week) == "3"


def test_settings_build_on_each_other_and_the_last_one_wins() -> None:
    plan = apply(PLAN, ["KR1.target=11", "O1.title=New", "KR1.target=12", "KR2.target=5"], "en_US")
    assert [result.target for result in plan.key_results] == [12, 5]
    assert plan.objectives[0].title == "New"


def test_no_settings_leave_the_plan() -> None:
    assert apply(PLAN, [], "nl_NL") == PLAN


def test_the_topmost_row_of_an_id_is_meant() -> None:
    twice = replace(PLAN, actions=(Action("A1", "First"), Action("A1", "Second")))
    assert [action.per_week for action in apply(twice, ["A1.per_week=2"], "nl").actions] == [2, 5]


def test_every_field_of_the_plan_can_be_set_but_ids_and_lists() -> None:
    rows = (Theme, Objective, KeyResult, Kpi, Stage, Action)
    known = {field.name for row in rows for field in fields(row)}
    assert {key.split(".")[1] for key in keys(PLAN)} == known - {"id", "key_results", "days_off", "agreements"}
    assert not {"O1.id", "O1.key_results", "theme.days_off", "theme.agreements", "K1.kpi"} & set(keys(PLAN))


@pytest.mark.parametrize(
    ("setting", "reason"),
    [
        ("KR1.target", say("there is no = in it")),
        ("KR1.targt=3", say("there is no {name}, the nearest is {nearest}", name="KR1.targt", nearest="KR1.target")),
        ("theme.pric=3", say("there is no {name}, the nearest is {nearest}", name="theme.pric", nearest="theme.price")),
        ("id=3", say("there is no {name}", name="id")),
        ("theme.price=1.500", say("{value} can be {one} or {other}", value="1.500", one="1500", other="1,5")),
        ("KR1.target=12 stuks", say("{value} is not a number, {number} is", value="12 stuks", number="12")),
        ("KR1.target=veel", say("{value} is not a number, such as {example}", value="veel", example="12,5")),
        ("KR1.weight=", say("there is nothing after the =")),
        ("KR1.type=", say("there is nothing after the =")),
        (
            "K1.plan_rate=30",
            say(
                "{expected} is expected, not {value}",
                value="30",
                expected=say("a percentage from {low} to {high}", low=Percent(0), high=Percent(1)),
            ),
        ),
        (
            "A1.per_week=1,5",
            say(
                "{expected} is expected, not {value}",
                value="1,5",
                expected=say("a whole number from {low} to {high}", low=1, high=7),
            ),
        ),
        (
            "K1.lag_weeks=-1",
            say(
                "{expected} is expected, not {value}",
                value="-1",
                expected=say("a whole number from {low} to {high}", low=0, high=26),
            ),
        ),
        (
            "KR1.weight=-1",
            say("{expected} is expected, not {value}", value="-1", expected=say("a number of {low} or more", low=0)),
        ),
        ("K1.cadence=weekly", say("{value} is not one of {known}", value="weekly", known=("week", "month"))),
        ("A1.due=18-12-2026", say("{value} is not a day, such as {example}", value="18-12-2026", example="2026-11-23")),
        ("A1.feeds=K9", say("there is no {name}, only {known}", name="K9", known=("K1", "K2"))),
        ("A1.key_result=KR9", say("there is no {name}, the nearest is {nearest}", name="KR9", nearest="KR2")),
    ],
)
def test_a_setting_that_does_not_fit_is_said_with_what_would(setting: str, reason: Message) -> None:
    with pytest.raises(BadSetting) as caught:
        changed(setting)
    assert caught.value.facts == {"setting": setting, "reason": reason}
