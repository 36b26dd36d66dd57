"""What is in a plan, kind by kind."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from okr import Okr

from okrsheets.edges.languages import language
from okrsheets.orders.inspect import Inspected
from okrsheets.shell.inventory import Inventory, show_left_alone
from okrsheets.shell.screen import Screen
from okrsheets.words.grid import Carries
from okrsheets.words.period import quarter
from okrsheets.words.plan import Action, Cadence, KeyResult, KeyResultType, Kpi, KpiKind, Objective, Plan, Stage, Theme
from okrsheets.words.snapshot import About, Snapshot

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
        (
            Action("A1", "Write", Cadence.WEEKLY, 2),
            Action("A2", "Look back", Cadence.MONTHLY, 1),
            Action("A3", "Launch", Cadence.ONCE, 1, due=date(2026, 11, 2)),
            Action("A4", "Celebrate", Cadence.ONCE, 1),
        ),
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
        "A2 Look back monthly",
        "A3 Launch once, by Nov 2, 2026",
        "A4 Celebrate once",
        "KPIs",
        "K1 Invitations adds up, every week",
        "K2 Rate average, every week",
        "Funnel",
        "K1 Invitations 12.5% go on, after 1 week",
        "K9 K9",
    ]


@pytest.mark.parametrize("width", [120, 76, 60, 50, 30])
def test_the_inventory_fits_the_screen_and_breaks_no_word(
    okr: Okr, demo: Path, width: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", str(width))
    out = okr("inspect", demo).out
    assert max(map(len, out.splitlines())) <= width
    assert "Strategiegesprekken" in out
    assert out.index("uitnodigingen") < out.index("Acties!B9")


def test_what_is_known_of_an_item_stands_below_it_where_there_is_little_room(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "40")
    plan = Plan(kpis=(Kpi("K1", "Invitations to a first talk about what could be"),))
    assert shown(plan, capsys).splitlines()[-4:] == [
        "KPIs",
        "  K1  Invitations to a first talk about",
        "      what could be",
        "      adds up, every week",
    ]


def test_what_a_workbook_carries_besides_is_listed(capsys: pytest.CaptureFixture[str]) -> None:
    english = language("en")
    about = About("excel", "plan.xlsx", "en", "en_US", quarter(2026, 4))
    known = Inspected(Snapshot(about, Plan()), Carries(True, ("a.xlsx", "b.xlsx"), ("Sales",)), ("Notes\x1b[31m",))
    show_left_alone(known, Screen(english), english)
    assert [" ".join(line.split()) for line in capsys.readouterr().out.splitlines() if line] == [
        "Also in this workbook, and left alone",
        "macros",
        "links to other files a.xlsx, b.xlsx",
        "data connections Sales",
        "other tabs Notes [31m",
    ]
