"""The page on templates and the format say the same."""

from __future__ import annotations

import re
from dataclasses import fields
from pathlib import Path

import pytest

from okrsheets.edges.template_format import (
    ActionTable,
    KeyResultTable,
    KpiTable,
    ObjectiveTable,
    StageTable,
    TemplateFile,
    ThemeTable,
)
from okrsheets.edges.templates import load
from okrsheets.edges.toml_files import Table
from okrsheets.words.plan import Action, KeyResult, Kpi, Objective, Stage, Theme

PAGE = (Path(__file__).parents[2] / "docs" / "templates.md").read_text("utf-8")
SECTIONS: dict[str, type[Table]] = {
    "The file": TemplateFile,
    "[theme]": ThemeTable,
    "[[objectives]]": ObjectiveTable,
    "[[objectives.key_results]]": KeyResultTable,
    "[[kpis]]": KpiTable,
    "[[funnel]]": StageTable,
    "[[actions]]": ActionTable,
}


def rows(section: str) -> dict[str, str]:
    """The fields of a section's table, each with what it is without."""
    text = PAGE.split(f"\n## {section}\n")[1].split("\n## ")[0]
    cells = (line.strip("| ").split(" | ") for line in text.splitlines() if line.startswith("| `"))
    return {first.strip("`"): last for first, *_, last in cells}


@pytest.mark.parametrize(("section", "table"), SECTIONS.items())
def test_the_page_has_every_field_and_no_other(section: str, table: type[Table]) -> None:
    assert list(rows(section)) == list(table.model_fields)


@pytest.mark.parametrize(("section", "table"), SECTIONS.items())
def test_the_page_says_which_fields_are_needed(section: str, table: type[Table]) -> None:
    needed = {field for field, without in rows(section).items() if without == "needed"}
    assert needed == {name for name, field in table.model_fields.items() if field.is_required()}


@pytest.mark.parametrize(
    ("table", "words"),
    [
        (ThemeTable, Theme),
        (ObjectiveTable, Objective),
        (KeyResultTable, KeyResult),
        (KpiTable, Kpi),
        (StageTable, Stage),
        (ActionTable, Action),
    ],
)
def test_the_format_has_every_field_of_the_plan(table: type[Table], words: type) -> None:
    assert set(table.model_fields) == {field.name for field in fields(words)} - {"days_off"}


def test_the_example_of_the_page_loads(tmp_path: Path) -> None:
    example = re.search(r"```toml\n(.*?)```", PAGE, re.DOTALL)
    assert example
    file = tmp_path / "my-template.toml"
    file.write_text(example[1], "utf-8")
    plan = load(str(file)).plan("en")
    assert [result.title for result in plan.key_results] == ["Workshops given", "Seats taken"]
    assert [stage.plan_rate for stage in plan.funnel] == [0.10, None]
