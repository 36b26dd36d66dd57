"""What is in a plan, kind by kind."""

from __future__ import annotations

import pytest

from okrsheets.edges.languages import language
from okrsheets.shell.inventory import Inventory
from okrsheets.shell.screen import Screen
from okrsheets.words.plan import Action, Cadence, KeyResult, KeyResultType, Kpi, KpiKind, Objective, Plan, Stage, Theme

WITHIN, MILESTONE, DONE = KeyResultType.WITHIN, KeyResultType.MILESTONE, KeyResultType.DONE


def shown(plan: Plan, capsys: pytest.CaptureFixture[str]) -> str:
    english = language("en")
    Inventory(plan, Screen(english), english).draw()
    return capsys.readouterr().out


@pytest.mark.parametrize(
    ("result", "aim"),
    [
        (KeyResult("KR1", "A", baseline=0, target=10), "from 0 to 10"),
        (KeyResult("KR1", "A", baseline=0.05, target=0.125, unit="%"), "from 5% to 12.5%"),
        (KeyResult("KR1", "A"), "from open to open"),
        (KeyResult("KR1", "A", WITHIN, low=5), "at least 5"),
        (KeyResult("KR1", "A", WITHIN, high=7.5), "at most 7.5"),
        (KeyResult("KR1", "A", WITHIN, low=5, high=1250), "5 to 1,250"),
        (KeyResult("KR1", "A", MILESTONE), "milestones"),
        (KeyResult("KR1", "A", DONE), "done"),
    ],
)
def test_a_key_result_says_what_it_is_to_become(
    result: KeyResult, aim: str, capsys: pytest.CaptureFixture[str]
) -> None:
    plan = Plan(objectives=(Objective("O1", "Objective", 1, (result,)),))
    assert f"  KR1  A          {aim}\n" in shown(plan, capsys)


def test_a_plan_is_listed_in_the_order_of_the_tabs(capsys: pytest.CaptureFixture[str]) -> None:
    plan = Plan(
        Theme("My theme", "My star", revenue_goal=15000),
        (Objective("O1", "Objective"),),
        (Kpi("K1", "Invitations"), Kpi("K2", "Rate", KpiKind.AVERAGE)),
        (Stage("K1", 0.125, 1), Stage("K9")),
        (Action("A1", "Write", Cadence.WEEKLY, 2),),
    )
    lines = [" ".join(line.split()) for line in shown(plan, capsys).splitlines() if line]
    assert lines == [
        "Theme",
        "My theme",
        "My star",
        "Revenue goal 15,000",
        "Objectives",
        "O1 Objective",
        "Actions",
        "A1 Write weekly, 2 a week",
        "KPIs",
        "K1 Invitations adds up, every week",
        "K2 Rate average, every week",
        "Funnel",
        "K1 Invitations 12.5% go on, after 1 week",
        "K9 K9",
    ]
