"""Settings of the command line: KEY=VALUE changes one field of a plan before its workbook is made."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from datetime import date
from enum import Enum
from functools import reduce
from types import NoneType
from typing import Any, TypeAlias, TypeVar, cast, get_args, get_type_hints

from okrsheets.rules.typed.nearest import no_such
from okrsheets.rules.typed.numerals import NotANumber, read_number
from okrsheets.rules.typed.ranges import range_of
from okrsheets.words.errors import BadSetting
from okrsheets.words.message import Message, say
from okrsheets.words.plan import Action, KeyResult, Kpi, Objective, Plan, Stage, Theme

THEME = "theme"
FIXED = frozenset({(Theme, "days_off"), (Theme, "agreements"), (Objective, "key_results"), (Stage, "kpi")})
"""Fields that are no single value or that hold rows together, as every row's id does."""
REFERENCES = frozenset({"kpi", "numerator", "denominator", "feeds", "key_result"})
"""Fields that hold the id of another row."""

Row: TypeAlias = "Theme | Objective | KeyResult | Kpi | Stage | Action"
SomeRow = TypeVar("SomeRow", bound=Row)


class Unfit(Exception):
    """A value that its field cannot hold, and why."""

    def __init__(self, reason: Message) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True, slots=True)
class Place:
    """One field of one row."""

    row: Row
    field: str


LONGEST_TEXT = 32_000
"""A cell of a spreadsheet holds a little more."""


def apply(plan: Plan, settings: Sequence[str], locale: str) -> Plan:
    """The plan with settings such as `theme.price=1500`, `KR1.target=10` and `K1.plan_rate=30 %`, one after the other.

    Numbers are read in `locale`, days as ISO dates, choices by their English words; nothing behind the `=` empties a
    field that may be empty. A stage's fields go by the id of its KPI. Raises BadSetting for the first misfit.
    """
    return reduce(lambda so_far, setting: _applied(so_far, setting, locale), settings, plan)


def keys(plan: Plan) -> tuple[str, ...]:
    """Every key that can be set in this plan, in the order of the plan."""
    return tuple(_places(plan))


def _applied(plan: Plan, setting: str, locale: str) -> Plan:
    try:
        place, text = _parsed(plan, setting)
        value = _value(place, text, plan, locale)
    except Unfit as unfit:
        raise BadSetting(setting=setting, reason=unfit.reason) from None
    # The field is known by its name only; that the value is of its type is what `_value` sees to.
    return _with(plan, place.row, replace(place.row, **cast("Any", {place.field: value})))


def _parsed(plan: Plan, setting: str) -> tuple[Place, str]:
    """The place and the text of a setting. Raises Unfit where there is no such place."""
    key, equals, text = (part.strip() for part in setting.partition("="))
    if not equals:
        raise Unfit(say("there is no = in it"))
    places = _places(plan)
    if key not in places:
        raise Unfit(no_such(key, places))
    return places[key], text


def _places(plan: Plan) -> Mapping[str, Place]:
    """What can be set, by key. Where two rows have the same id, the topmost keeps it."""
    places: dict[str, Place] = {}
    for id, row in _rows(plan):
        for field in fields(row):
            if field.name != "id" and (type(row), field.name) not in FIXED:
                places.setdefault(f"{id}.{field.name}", Place(row, field.name))
    return places


def _rows(plan: Plan) -> Iterable[tuple[str, Row]]:
    yield THEME, plan.theme
    yield from ((objective.id, objective) for objective in plan.objectives)
    yield from ((result.id, result) for result in plan.key_results)
    yield from ((kpi.id, kpi) for kpi in plan.kpis)
    yield from ((stage.kpi, stage) for stage in plan.funnel)
    yield from ((action.id, action) for action in plan.actions)


def _with(plan: Plan, old: Row, new: Row) -> Plan:
    """The plan with one row for another."""

    def swapped(rows: tuple[SomeRow, ...]) -> tuple[SomeRow, ...]:
        return tuple(cast("SomeRow", new) if row is old else row for row in rows)

    return replace(
        plan,
        theme=swapped((plan.theme,))[0],
        objectives=tuple(
            replace(objective, key_results=swapped(objective.key_results)) for objective in swapped(plan.objectives)
        ),
        kpis=swapped(plan.kpis),
        funnel=swapped(plan.funnel),
        actions=swapped(plan.actions),
    )


def _value(place: Place, text: str, plan: Plan, locale: str) -> object:
    """The value that the text stands for in this place. Raises Unfit."""
    kind, may_be_empty = _kind(place)
    if not text and may_be_empty:
        return None
    if len(text) > LONGEST_TEXT:
        raise Unfit(say("its text is longer than a cell can hold"))
    if kind is str:
        return _reference(text, _ids(plan, place.field)) if place.field in REFERENCES else text
    if not text:
        raise Unfit(say("there is nothing after the ="))
    if issubclass(kind, Enum):
        return _choice(kind, text)
    if kind is date:
        return _day(text)
    number = _number(place.field, text, locale)
    return int(number) if kind is int else number


def _kind(place: Place) -> tuple[type, bool]:
    """The type of a field, and whether it may be empty."""
    hint = get_type_hints(type(place.row))[place.field]
    kinds = get_args(hint) or (hint,)
    return kinds[0], NoneType in kinds


def _choice(kind: type[Enum], text: str) -> Enum:
    words = {member.value: member for member in kind}
    if text not in words:
        raise Unfit(say("{value} is not one of {known}", value=text, known=tuple(words)))
    return words[text]


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise Unfit(say("{value} is not a day, such as {example}", value=text, example="2026-11-23")) from None


def _number(field: str, text: str, locale: str) -> float:
    number = read_number(text, locale)
    if isinstance(number, NotANumber):
        raise Unfit(_unclear(number))
    allowed = range_of(field)
    if number not in allowed:
        raise Unfit(say("{expected} is expected, not {value}", value=text, expected=allowed.expected))
    return number


def _unclear(number: NotANumber) -> Message:
    match number.meant:
        case (one, other):
            return say("{value} can be {one} or {other}", value=number.text, one=one, other=other)
        case (meant,):
            return say("{value} is not a number, {number} is", value=number.text, number=meant)
    return say("{value} is not a number, such as {example}", value=number.text, example=number.example)


def _ids(plan: Plan, field: str) -> tuple[str, ...]:
    return tuple(row.id for row in (plan.key_results if field == "key_result" else plan.kpis))


def _reference(text: str, known: Collection[str]) -> str:
    if text not in known:
        raise Unfit(no_such(text, known))
    return text
