"""TOML files that people write: read, checked against a model, and every fault said with its path in the file."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping, Sequence
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any, TypeVar, get_args

from pydantic import BaseModel, ConfigDict, ValidationError, ValidationInfo, field_validator
from pydantic_core import ErrorDetails, PydanticCustomError

from okrsheets.rules.typed.nearest import nearest
from okrsheets.rules.typed.ranges import range_of
from okrsheets.words.message import Message, keep, say

REASONS: Mapping[str, str] = {
    "missing": keep("it is missing"),
    "string_type": keep("a text is expected"),
    "string_too_short": keep("it is empty"),
    "int_type": keep("a whole number is expected"),
    "int_from_float": keep("a whole number is expected"),
    "float_type": keep("a number is expected"),
    "finite_number": keep("a number is expected"),
    "tuple_type": keep("a list is expected"),
    "model_type": keep("a table of keys is expected"),
    "date_type": keep("a day is expected, such as 2026-11-23, without quotes"),
}
"""What is wrong, by pydantic's name for it."""


BACKSLASH = re.compile(r"Unescaped|Invalid hex|Escaped character")
"""What tomllib says of a path of Windows in double quotes."""


class Faults(Exception):
    """Everything that is wrong with a file, in the order of the file as far as it goes."""

    def __init__(self, faults: Sequence[Message]) -> None:
        super().__init__(faults)
        self.faults = tuple(faults)


class Table(BaseModel):
    """A table of a file: keys it does not know are faults, a number is no text, and ranges are those of the plan."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True, allow_inf_nan=False)

    @field_validator("*")
    @classmethod
    def within_range(cls, value: Any, info: ValidationInfo) -> Any:
        """The value, where its field may hold it."""
        allowed = range_of(info.field_name or "")
        if isinstance(value, int | float) and value not in allowed:
            raise fault(say("{expected} is expected, not {value}", value=value, expected=allowed.expected))
        return value


SomeTable = TypeVar("SomeTable", bound=Table)


def fault(reason: Message) -> PydanticCustomError:
    """What a validator raises: the reason, to be found again by `check`."""
    return PydanticCustomError("fault", "fault", {"reason": reason})


def at(path: str, reason: Message) -> Message:
    """A fault with the path of the key that has it."""
    return say("{path}: {reason}", path=path, reason=reason) if path else reason


def read(file: Path | Traversable) -> dict[str, Any]:
    """The tables of a file. Raises Faults where it cannot be read or is not TOML, FileNotFoundError where it is not."""
    try:
        text = file.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError:
        raise Faults([say("it is not saved as UTF-8 text")]) from None
    except FileNotFoundError:
        raise
    except OSError:
        raise Faults([say("it cannot be read")]) from None
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise Faults([_not_toml(str(error))]) from None


def check(
    raw: Mapping[str, Any],
    model: type[SomeTable],
    also: Sequence[Message] = (),
    context: Mapping[str, Any] | None = None,
) -> SomeTable:
    """The file as its model. Raises Faults with all that is wrong with it, `also` included."""
    try:
        checked = model.model_validate(raw, context=context)
    except ValidationError as error:
        raise Faults([*(_fault_of(detail, model) for detail in error.errors()), *also]) from None
    if also:
        raise Faults(also)
    return checked


def path_of(place: Sequence[str | int]) -> str:
    """`objectives[0].title` for ("objectives", 0, "title")."""
    return "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in place).removeprefix(".")


def _not_toml(error: str) -> Message:
    """tomllib says where in English only, in its text."""
    line = re.search(r"at line (\d+)", error)
    twice = "twice" in error or "overwrite" in error
    if not line:
        return say("the last key is there twice") if twice else say("the last line is not finished")
    if BACKSLASH.match(error):
        return say(
            "line {line}: in double quotes \\ does not stand for itself; write / or use single quotes", line=line[1]
        )
    if twice:
        return say("line {line}: this is there already", line=line[1])
    return say("line {line}: this is not TOML; look for a missing quote, bracket or =", line=line[1])


def _fault_of(detail: ErrorDetails, model: type[BaseModel]) -> Message:
    return at(path_of(detail["loc"]), _reason(detail, model))


def _reason(detail: ErrorDetails, model: type[BaseModel]) -> Message:
    match detail["type"]:
        case "fault":
            reason: Message = detail["ctx"]["reason"]
            return reason
        case "extra_forbidden":
            return _unknown_key(detail["loc"], model)
        case "enum":
            known = tuple(re.findall("'([^']*)'", detail["ctx"]["expected"]))
            return say("{value} is not one of {known}", value=str(detail["input"]), known=known)
        case "tuple_type" if isinstance(detail["input"], dict):
            return say("a list is expected; write [[{key}]], with two brackets", key=path_of(detail["loc"]))
        case type:
            return Message(REASONS.get(type, detail["msg"]))


def _unknown_key(place: Sequence[str | int], model: type[BaseModel]) -> Message:
    """The model is followed down the path to the table that has the key."""
    for step in place[:-1]:
        if isinstance(step, str):
            kind = model.model_fields[step].annotation
            model = next(
                part for part in (*get_args(kind), kind) if isinstance(part, type) and issubclass(part, BaseModel)
            )
    close = nearest(str(place[-1]), model.model_fields)
    if close:
        return say("this key is not known, the nearest is {nearest}", nearest=close)
    return say("this key is not known; there are {known}", known=tuple(model.model_fields))
