"""The format of a template file, table by table. docs/templates.md describes every field for people."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from typing import Annotated, Any, TypeVar

from pydantic import AfterValidator, Field, PlainValidator, ValidationInfo

from okrsheets.edges.toml_files import Table, fault
from okrsheets.words.message import say
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

LANGUAGES = "languages"
"""The key of a validation's context under which the languages of the template are."""
Made = TypeVar("Made", Theme, Objective, KeyResult, Kpi, Stage, Action)


def languages_of(raw: Mapping[str, Any]) -> tuple[str, ...]:
    """The languages of a template: those in which it gives its title."""
    title = raw.get("title")
    return tuple(title) if isinstance(title, dict) else ()


def _by_language(value: object, info: ValidationInfo) -> dict[str, str]:
    """A text in every language of the template; one that is no table is the same in all."""
    languages = (info.context or {})[LANGUAGES]
    if isinstance(value, str):
        return dict.fromkeys(languages, value)
    if not isinstance(value, dict) or not all(isinstance(text, str) for text in value.values()):
        raise fault(say("a text is expected, or a table with one for each language"))
    if missing := tuple(language for language in languages if language not in value):
        raise fault(say("it is missing in {languages}", languages=missing))
    if others := tuple(language for language in value if language not in languages):
        raise fault(say("the title of the template is missing in {languages}", languages=others))
    return value


def _filled(texts: dict[str, str]) -> dict[str, str]:
    if not all(text.strip() for text in texts.values()):
        raise fault(say("it is empty"))
    return texts


def _title(texts: dict[str, str], info: ValidationInfo) -> dict[str, str]:
    """The template's own title says which languages there are, so it names each one by its code."""
    if not texts or not all(re.fullmatch("[a-z]{2,3}", code) for code in texts):
        raise fault(say("it is needed by language, such as {example}", example='{ nl = "…", en = "…" }'))
    return _filled(texts)


def _id(text: str) -> str:
    if not text:
        raise fault(say("it is empty"))
    if not re.fullmatch("[A-Z]+[0-9]+", text):
        raise fault(say("{value} is no id; write capitals and a number, such as {example}", value=text, example="KR1"))
    return text


NO_TEXT: dict[str, str] = {}

Item = TypeVar("Item")
Rows = Annotated[tuple[Item, ...], Field(strict=False)]
"""A list of the file."""

Text = Annotated[dict[str, str], PlainValidator(_by_language)]
"""One text a language."""
Title = Annotated[Text, AfterValidator(_filled)]
Id = Annotated[str, AfterValidator(_id)]


class ThemeTable(Table):
    """`[theme]`: what the quarter is about."""

    title: Text = NO_TEXT
    north_star: Text = NO_TEXT
    why: Text = NO_TEXT
    revenue_goal: float | None = None
    price: float | None = None
    capacity_per_week: float | None = None
    agreements: Rows[Text] = ()


class KeyResultTable(Table):
    """`[[objectives.key_results]]`: a measurable result of the objective above it."""

    id: Id
    title: Title
    type: Annotated[KeyResultType, Field(strict=False)] = KeyResultType.REACH
    ambition: Annotated[Ambition, Field(strict=False)] = Ambition.COMMITTED
    baseline: float | None = None
    target: float | None = None
    low: float | None = None
    high: float | None = None
    tolerance: float | None = None
    unit: Text = NO_TEXT
    weight: float = 1
    kpi: str | None = None
    confidence: float | None = None
    note: Text = NO_TEXT


class ObjectiveTable(Table):
    """`[[objectives]]`: what is to be reached."""

    id: Id
    title: Title
    weight: float = 1
    key_results: Rows[KeyResultTable] = ()


class KpiTable(Table):
    """`[[kpis]]`: a number a week or a month."""

    id: Id
    name: Title
    kind: Annotated[KpiKind, Field(strict=False)] = KpiKind.FLOW
    cadence: Annotated[Pulse, Field(strict=False)] = Pulse.WEEK
    numerator: str | None = None
    denominator: str | None = None
    target: float | None = None
    unit: Text = NO_TEXT


class StageTable(Table):
    """`[[funnel]]`: a KPI as a stage of the funnel, first to last."""

    kpi: str
    plan_rate: float | None = None
    lag_weeks: int = 1
    in_flight: float | None = None
    planned_per_week: float | None = None


class ActionTable(Table):
    """`[[actions]]`: something that can be ticked off."""

    id: Id
    title: Title
    cadence: Annotated[Cadence, Field(strict=False)] = Cadence.DAILY
    per_week: int | None = None
    key_result: str | None = None
    feeds: str | None = None
    amount: float = 1
    due: date | None = None

    @property
    def quota(self) -> int:
        """Ticks a week: as given, else what is usual."""
        return self.per_week or self.cadence.quota


class TemplateFile(Table):
    """The whole file."""

    title: Annotated[Text, AfterValidator(_title)]
    description: Text
    theme: ThemeTable = ThemeTable()
    objectives: Rows[ObjectiveTable] = ()
    kpis: Rows[KpiTable] = ()
    funnel: Rows[StageTable] = ()
    actions: Rows[ActionTable] = ()

    def plan(self, language: str) -> Plan:
        """The plan in one of the template's languages."""
        theme = {"agreements": tuple(text[language] for text in self.theme.agreements)}
        return Plan(
            theme=_made(Theme, self.theme, language, theme),
            objectives=tuple(_objective(table, language) for table in self.objectives),
            kpis=tuple(_made(Kpi, table, language) for table in self.kpis),
            funnel=tuple(_made(Stage, table, language) for table in self.funnel),
            actions=tuple(_made(Action, table, language, {"per_week": table.quota}) for table in self.actions),
        )


def _objective(table: ObjectiveTable, language: str) -> Objective:
    key_results = tuple(_made(KeyResult, result, language) for result in table.key_results)
    return _made(Objective, table, language, {"key_results": key_results})


def _made(kind: type[Made], table: Table, language: str, instead: Mapping[str, object] | None = None) -> Made:
    """The words' own kind of a table: the same fields, each text in one language, some with something else instead."""
    given: dict[str, Any] = {name: _in(language, value) for name, value in table}
    return kind(**{**given, **(instead or {})})


def _in(language: str, value: object) -> object:
    return value.get(language, "") if isinstance(value, dict) else value
