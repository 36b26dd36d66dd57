"""The JSON documents: every field of the contract is there, null where nothing is known, numbers plain."""

from __future__ import annotations

import json
import re
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from okrsheets.edges import templates
from okrsheets.shell.documents.values import by_day, by_week, plain
from okrsheets.words.grid import Address

pytestmark = pytest.mark.filterwarnings("ignore::UserWarning:openpyxl")
TODAY = "2026-11-23"
WORKBOOK = {"kind", "ref", "schema", "language", "locale", "period"}
PERIOD = {"label", "start", "end", "weeks"}
THEME = {"title", "north_star", "revenue_goal", "price", "capacity_per_week", "days_off", "cells"}
OBJECTIVE = {"id", "title", "weight", "cell", "key_results"}
KEY_RESULT = {
    *("id", "title", "type", "ambition", "baseline", "target", "low", "high", "tolerance", "unit", "weight", "kpi"),
    *("confidence", "current", "cells"),
}
KPI = {"id", "name", "kind", "cadence", "numerator", "denominator", "target", "cells", "values"}
STAGE = {"kpi", "plan_rate", "lag_weeks", "in_flight", "planned_per_week", "cells"}
STEP_CELLS = {"plan_rate", "lag_weeks", "in_flight", "planned_per_week"}
ACTION = {"id", "title", "cadence", "per_week", "key_result", "feeds", "amount", "due", "cells", "ticks", "skips"}
PROBLEM = {"where", "found", "expected", "hint"}
INSPECTED = {"workbook", "theme", "objectives", "kpis", "funnel", "actions", "problems"}

COMPUTED = {"today", "week", "weeks", "elapsed", "objectives", "execution", "funnel", "needed", "weekly", "problems"}
OBJECTIVE_REPORT = {"id", "title", "progress", "expected", "required_pace", "status", "reported", "of", "key_results"}
KEY_RESULT_REPORT = {
    *("id", "title", "current", "raw", "score", "expected", "required_pace", "status", "in_band", "compliance"),
    *("chance", "regressed"),
}
STEP = {"from", "to", "entered", "converted", "rate", "plan_rate", "low", "high", "probability", "gain"}
NEEDED = {
    *("sales", "n50", "n80", "per_week", "basis", "usable_weeks", "capacity", "feasible", "chance_at_capacity"),
    "sentence",
}
ADDRESS = re.compile(r".+![A-Z]{1,3}[1-9][0-9]*")


def fill(path: Path, values: dict[str, Any]) -> None:
    """Types into cells, by address."""
    book = openpyxl.load_workbook(path)
    for where, value in values.items():
        tab, _, spot = where.rpartition("!")
        book[tab][spot] = value
    book.save(path)


def fields(document: dict[str, Any], wanted: set[str]) -> None:
    assert wanted <= set(document), wanted - set(document)


@pytest.mark.parametrize("code", ["nl", "en"])
@pytest.mark.parametrize("name", templates.names())
def test_inspect_has_every_field_for_every_template(okr: Any, made: Any, name: str, code: str) -> None:
    seen = okr("inspect", made(name, code), "--json").json
    fields(seen, INSPECTED)
    fields(seen["workbook"], WORKBOOK)
    assert seen["workbook"]["period"] == {
        "label": "2026-Q4",
        "start": "2026-09-28",
        "end": "2027-01-03",
        "weeks": 14,
    }
    fields(seen["theme"], THEME)
    fields(seen["theme"]["cells"], {"revenue_goal", "price", "capacity_per_week", "days_off"})
    for objective in seen["objectives"]:
        fields(objective, OBJECTIVE)
        for result in objective["key_results"]:
            fields(result, KEY_RESULT)
            fields(result["cells"], {"current", "target", "baseline", "done"})
            assert result["kpi"] is None or result["cells"]["current"] is None
    for kpi in seen["kpis"]:
        fields(kpi, KPI)
        weeks = {"week": 14, "month": 3}[kpi["cadence"]] if kpi["kind"] != "ratio" else 0
        assert len(kpi["cells"]) == weeks
    for stage in seen["funnel"]:
        fields(stage, STAGE)
        fields(stage["cells"], STEP_CELLS)
    for action in seen["actions"]:
        fields(action, ACTION)
        assert action["cells"]
    assert seen["problems"] == []


def test_every_address_leads_to_a_cell_of_its_own(okr: Any, plan: Path) -> None:
    seen = okr("inspect", plan, "--json").json
    items = [*seen["kpis"], *seen["actions"], *seen["funnel"], seen["theme"]]
    items += [result for objective in seen["objectives"] for result in objective["key_results"]]
    cells = [cell for item in items for cell in item["cells"].values() if isinstance(cell, str)]
    cells += seen["theme"]["cells"]["days_off"]
    assert len(cells) == len(set(cells)) > 200
    assert all(ADDRESS.fullmatch(cell) for cell in cells)


def test_what_a_person_fills_in_comes_back_as_plain_values(okr: Any, plan: Path) -> None:
    seen = okr("inspect", plan, "--json").json
    kpi, action, theme = seen["kpis"][0], seen["actions"][0], seen["theme"]
    step = seen["funnel"][0]
    fill(
        plan,
        {
            kpi["cells"]["2026-W40"]: 12,
            kpi["cells"]["2026-W41"]: 12.5,
            action["cells"]["2026-09-28"]: True,
            action["cells"]["2026-09-29"]: "-",
            action["cells"]["2026-09-30"]: "x",
            theme["cells"]["capacity_per_week"]: "1.250,5",
            theme["cells"]["days_off"][0]: date(2026, 10, 19),
            step["cells"]["in_flight"]: 6,
            kpi["cells"]["2026-W42"]: "veel",
        },
    )
    answer = okr("inspect", plan, "--json")
    seen = answer.json
    assert seen["kpis"][0]["values"] == {"2026-W40": 12, "2026-W41": 12.5}
    assert seen["actions"][0]["ticks"] == ["2026-09-28", "2026-09-30"]
    assert seen["actions"][0]["skips"] == ["2026-09-29"]
    assert seen["theme"]["capacity_per_week"] == 1250.5
    assert seen["theme"]["days_off"] == ["2026-10-19"]
    assert (seen["funnel"][0]["in_flight"], seen["funnel"][0]["plan_rate"]) == (6, 0.3)
    (problem,) = seen["problems"]
    fields(problem, PROBLEM)
    assert (problem["where"], problem["found"], problem["expected"]) == (kpi["cells"]["2026-W42"], "veel", "een getal")
    assert '"2026-W40": 12,' in answer.out, "a whole number is written as one"


def test_a_key_result_that_is_done_or_not_has_a_box(okr: Any, plan: Path) -> None:
    book = openpyxl.load_workbook(plan)
    book["Doelen"]["D8"] = "gedaan"
    book["Doelen"]["E8"] = None
    book["Doelen"]["H8"] = True
    book.save(plan)
    seen = okr("inspect", plan, "--json").json["objectives"][0]["key_results"]
    assert [(each["type"], each["done"], each["cells"]["done"] is not None) for each in seen] == [
        ("within", None, False),
        ("reach", None, False),
        ("done", True, True),
    ]


@pytest.mark.parametrize("code", ["nl", "en"])
@pytest.mark.parametrize("name", templates.names())
def test_report_has_every_field_for_every_template(okr: Any, made: Any, name: str, code: str) -> None:
    seen = okr("report", made(name, code), "--json", "--today", TODAY).json
    fields(seen, {"workbook", *COMPUTED})
    assert (seen["today"], seen["week"], seen["weeks"]) == (TODAY, 9, 14)
    assert seen["elapsed"] == pytest.approx(0.581633, abs=1e-4)
    for objective in seen["objectives"]:
        fields(objective, OBJECTIVE_REPORT)
        for result in objective["key_results"]:
            fields(result, KEY_RESULT_REPORT)
    fields(seen["execution"], {"score", "done", "due", "this_week", "actions"})
    for action in seen["execution"]["actions"]:
        fields(action, {"id", "done", "due", "score", "this_week"})
        fields(action["this_week"], {"done", "due"})
    fields(seen["funnel"], {"steps", "activity", "none", "bottleneck"})
    fields(seen["funnel"]["bottleneck"], {"verdict", "step", "also", "sentence"})
    for step in seen["funnel"]["steps"]:
        fields(step, STEP)
    if seen["needed"] is not None:
        fields(seen["needed"], NEEDED)
    assert [each["week"] for each in seen["weekly"]] == [f"2026-W{number}" for number in range(40, 49)]
    assert {"outcome", "written", "error"}.isdisjoint(seen)


def test_sync_adds_the_outcome_and_the_cells_written(okr: Any, plan: Path) -> None:
    reported = okr("report", plan, "--json", "--today", TODAY).json
    tried = okr("sync", plan, "--json", "--today", TODAY, "--dry-run").json[0]
    (done,) = okr("sync", plan, "--json", "--today", TODAY).json
    (again,) = okr("sync", plan, "--json", "--today", TODAY).json
    assert reported.items() <= done.items()
    assert (tried["outcome"], done["outcome"], again["outcome"]) == ("dry_run", "synced", "unchanged")
    assert tried["written"] == done["written"]
    assert done["written"]
    assert all(cell.startswith("Overzicht!") for cell in done["written"])
    assert (again["written"], again["error"]) == ([], None)


def test_a_sync_that_failed_has_null_for_what_was_not_computed(okr: Any) -> None:
    answer = okr("sync", "gone.xlsx", "--json")
    (result,) = answer.json
    assert answer.code == 3
    assert {field for field, value in result.items() if value is None} >= COMPUTED
    assert (result["outcome"], result["written"]) == ("failed", [])
    assert result["workbook"]["ref"] == "gone.xlsx"
    fields(result["workbook"], WORKBOOK)
    assert result["error"].startswith("gone.xlsx is not there. Check the path")
    assert "\n" not in result["error"]


def test_new_says_what_was_made(okr: Any) -> None:
    made = okr("new", "high-ticket", "plan.xlsx", "--quarter", "2027-Q1", "--lang", "en", "--json").json
    fields(made, {"workbook", "url", "findings"})
    assert made["url"] is None
    assert made["workbook"]["language"] == "en"
    assert made["workbook"]["locale"] == "en_US"
    assert made["workbook"]["period"]["start"] == "2027-01-04"
    assert made["findings"] == okr("check", "plan.xlsx", "--json").json["findings"]


def test_check_has_every_field(okr: Any, plan: Path) -> None:
    seen = okr("check", plan, "--json").json
    fields(seen, {"adds_up", "findings", "expected_results", "chance", "needed"})
    for finding in seen["findings"]:
        assert set(finding) == {"rule", "severity", "where", "sentence"}
        assert finding["severity"] in {"error", "warning", "hint"}
        assert finding["where"] is None or ADDRESS.fullmatch(finding["where"])


def test_templates_are_listed_with_their_languages(okr: Any) -> None:
    listed = okr("templates", "--json").json
    assert listed == okr("templates", "list", "--json").json
    assert [each["name"] for each in listed] == ["high-ticket", "low-ticket", "social", "blank"]
    assert all(each["languages"] == ["nl", "en"] and each["title"] for each in listed)


def test_a_template_is_shown_with_the_keys_that_can_be_set(okr: Any) -> None:
    shown = okr("templates", "show", "high-ticket", "--json").json
    assert {"theme.price", "KR2.target", "K1.plan_rate", "K1.planned_per_week", "A2.per_week"} <= set(shown["settings"])


def test_sentences_are_in_the_language_of_the_workbook(okr: Any, plan: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An English environment, a Dutch workbook."""
    seen = okr("report", plan, "--json", "--today", TODAY).json
    assert any(word in " ".join(seen["headline"]) for word in ("Je ", "Er ", "staat"))


def test_on_a_console_without_unicode_the_document_is_the_same(
    okr: Any, plan: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("okrsheets.shell.screen.is_utf8", lambda _: False)
    narrow = okr("inspect", plan, "--json")
    assert narrow.out.isascii()
    monkeypatch.undo()
    assert json.loads(narrow.out)["objectives"]


@pytest.mark.parametrize(
    ("number", "shown"),
    [(12.0, "12"), (0.45, "0.45"), (None, "null"), (-3.0, "-3"), (0.0, "0"), (1e300, "1e+300"), (2.5, "2.5")],
)
def test_a_number_is_plain(number: float | None, shown: str) -> None:
    assert json.dumps(plain(number)) == shown


def test_weeks_and_days_are_told_apart() -> None:
    start = date(2026, 9, 28)
    days = {(start + timedelta(days=n)).isoformat(): Address("A", 1, n + 1) for n in range(3)}
    others = {"title": Address("A", 9, 9), "20260928": Address("A", 9, 8), "2026-W4": Address("A", 9, 7)}
    weeks = {"2026-W40": Address("K", 1, 1), "2026-W41": Address("K", 1, 2)}
    assert by_week(days | weeks | others) == {"2026-W40": "K!A1", "2026-W41": "K!B1"}
    assert list(by_day(days | weeks | others)) == ["2026-09-28", "2026-09-29", "2026-09-30"]
