"""The main job, end to end: new, fill in at the addresses that inspect names, sync, look at the Summary."""

from __future__ import annotations

from typing import Any

import pytest
from person import SUMMARIES, Person

from okrsheets.edges import templates
from okrsheets.words.grid import Value

TODAY = "2026-11-29"
"""The Sunday of the ninth week of 2026-Q4."""
WEEKS = tuple(f"2026-W{number}" for number in range(40, 49))

FILLED: dict[str, dict[str, dict[int, float]]] = {
    "high-ticket": {
        "K1": {0: 30, 7: 30, 8: 0},
        "K2": {0: 4, 2: 10, 6: 10, 8: 0},
        "K3": {4: 2, 8: 1},
        "K4": {4: 3000, 8: 1500},
    },
    "low-ticket": {"K1": {0: 50, 7: 50}, "K2": {0: 2, 1: 20}, "K3": {0: 1, 1: 1}},
    "social": {"K1": {0: 5}, "K2": {0: 600, 8: 750}, "K3": {0: 0.05, 8: 0.10}, "K4": {0: 10, 8: 5}},
    "blank": {"K1": {0: 2, 8: 1}},
}
SCORES = {
    # method.md §3: 3 of 9 reported weeks in the band, of 14 in the period; 3 of 10; 4,500 of 15,000.
    "high-ticket": {"KR1": 2 / 14, "KR2": 0.3, "KR3": 0.3},
    # method.md §2: weeks (1 of 2) and (1 of 20) make 2/22, not the mean of the rates.
    "low-ticket": {"KR1": (2 / 22) / 0.10, "KR2": 2 / 500},
    "social": {"KR1": 0.075 / 0.15, "KR2": 0.5, "KR3": 0.25},
    "blank": {"KR1": 0.25},
}
# method.md §8, row A, with its 80 % intervals: k, n, rate, plan, low, high.
STEPS_OF_A = {
    ("K1", "K2"): (24, 60, 0.4, 0.30, 0.3222, 0.4825),
    ("K2", "K3"): (3, 24, 0.125, 0.25, 0.0604, 0.2325),
}


@pytest.fixture(params=[(name, code) for name in templates.names() for code in ("nl", "en")], ids="-".join)
def made(request: pytest.FixtureRequest, person: Person) -> tuple[str, dict[str, Any]]:
    """A workbook of a template, filled in as far as `TODAY`: the template's name and what inspect saw before."""
    name, code = request.param
    person.okr("new", name, "plan.xlsx", "--quarter", "2026-Q4", "--lang", code)
    seen = person.json("inspect", "plan.xlsx")
    kpis = {kpi["id"]: kpi["cells"] for kpi in seen["kpis"]}
    typed: dict[str, Value] = {
        kpis[id][WEEKS[week]]: value for id, values in FILLED[name].items() for week, value in values.items()
    }
    boxes = seen["actions"][0]["cells"]
    typed |= {boxes[day]: True for day in ("2026-09-28", "2026-09-29", "2026-09-30")}
    typed[boxes["2026-10-01"]] = "-"
    person.type("plan.xlsx", typed)
    return name, seen


def test_the_summary_shows_the_figures_of_the_method(made: tuple[str, dict[str, Any]], person: Person) -> None:
    name, seen = made
    (synced,) = person.json("sync", "plan.xlsx", "--today", TODAY)
    assert (synced["outcome"], synced["problems"], synced["error"]) == ("synced", [], None)
    lines = person.summary("plan.xlsx")
    results = {result["id"]: result for objective in seen["objectives"] for result in objective["key_results"]}
    for id, score in SCORES[name].items():
        assert any(value == pytest.approx(score, abs=1e-4) for value in lines[results[id]["title"]]), id
    for objective in synced["objectives"]:
        assert any(value == pytest.approx(objective["progress"], abs=1e-4) for value in lines[objective["title"]])
    whole = synced["execution"]
    assert [whole["done"], whole["due"], pytest.approx(whole["score"], abs=1e-4)] in [
        line[:3] for line in lines.values()
    ]


def test_the_funnel_of_vector_a_stands_on_the_summary(person: Person) -> None:
    person.okr("new", "high-ticket", "plan.xlsx", "--quarter", "2026-Q4", "--lang", "en")
    seen = person.json("inspect", "plan.xlsx")
    names = {kpi["id"]: kpi["name"] for kpi in seen["kpis"]}
    cells = {kpi["id"]: kpi["cells"] for kpi in seen["kpis"]}
    filled = FILLED["high-ticket"]
    person.type("plan.xlsx", {cells[id][WEEKS[w]]: v for id, values in filled.items() for w, v in values.items()})
    person.okr("sync", "plan.xlsx", "--today", TODAY)
    lines = person.summary("plan.xlsx")
    for (source, target), figures in STEPS_OF_A.items():
        numbers = [v for v in lines[f"{names[source]} → {names[target]}"] if isinstance(v, (int, float))]
        assert numbers == pytest.approx(figures, abs=1e-4)


def test_a_second_sync_finds_nothing_to_do(made: tuple[str, dict[str, Any]], person: Person) -> None:
    person.okr("sync", "plan.xlsx", "--today", TODAY)
    before = (person.folder / "plan.xlsx").read_bytes()
    (again,) = person.json("sync", "plan.xlsx", "--today", TODAY)
    assert (again["outcome"], again["written"]) == ("unchanged", [])
    assert (person.folder / "plan.xlsx").read_bytes() == before


def test_only_the_summary_changes(made: tuple[str, dict[str, Any]], person: Person) -> None:
    parts, cells = person.parts("plan.xlsx"), person.cells("plan.xlsx")
    (planned,) = person.json("sync", "plan.xlsx", "--today", TODAY, "--dry-run")
    assert person.parts("plan.xlsx") == parts
    (synced,) = person.json("sync", "plan.xlsx", "--today", TODAY)
    assert synced["written"] == planned["written"] != []
    now = person.parts("plan.xlsx")
    assert [part for part in parts if now[part] != parts[part]] == ["xl/worksheets/sheet5.xml"]
    assert list(now) == list(parts)
    own = {tab: of_tab for tab, of_tab in person.cells("plan.xlsx").items() if tab not in SUMMARIES}
    assert own == {tab: of_tab for tab, of_tab in cells.items() if tab not in SUMMARIES}


def test_another_day_is_computed_anew(made: tuple[str, dict[str, Any]], person: Person) -> None:
    person.okr("sync", "plan.xlsx", "--today", TODAY)
    (later,) = person.json("sync", "plan.xlsx", "--today", "2026-12-06")
    assert (later["outcome"], later["week"]) == ("synced", 10)
