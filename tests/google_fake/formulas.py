"""Formulas, as few as tests need: sums, comparisons, references and a handful of functions, with Google's errors."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache
from typing import Any

from .answers import Json
from .locales import Locale

TOKEN = (
    r"""\s*(?:(?P<number>\d+(?:DECIMAL\d+)?(?:E[+-]?\d+)?)|(?P<text>"(?:[^"]|"")*")"""
    r"""|(?P<cell>(?:(?:'[^']+'|\w+)!)?\$?[A-Z]{1,3}\$?\d+(?::\$?[A-Z]{1,3}\$?\d+)?)(?![\w(])"""
    r"""|(?P<name>[A-Z][A-Z.]*)(?=\s*\()|(?P<sign><>|<=|>=|[-+*/^&=<>();,%]))"""
)
TEXTS = {"DIVIDE_BY_ZERO": "#DIV/0!", "N_A": "#N/A", "NAME": "#NAME?", "VALUE": "#VALUE!", "REF": "#REF!"}
TEXTS |= {"ERROR": "#ERROR!", "NUM": "#NUM!", "LOADING": "Loading..."}

Look = Callable[[str], list[Any]]


class Fault(Exception):
    """An error value, named as the interface names its kind."""


def error_text(kind: str) -> str:
    """What a cell with an error shows."""
    return TEXTS[kind]


def evaluate(formula: str, locale: Locale, look: Look) -> Json:
    """The effective value of a formula; `look` gives the values of the cells that a reference names."""
    try:
        parser = Parser(tokens(formula[1:], locale), look)
        value = parser.comparison()
        if parser.rest:
            raise Fault("ERROR")
        return as_value(value)
    except Fault as fault:
        return {"errorValue": {"type": str(fault)}}


def as_value(value: Any) -> Json:
    """A Python value as the interface writes it."""
    if isinstance(value, list):
        value = value[0] if value else 0
    if isinstance(value, bool):
        return {"boolValue": value}
    if isinstance(value, str):
        return {"stringValue": value}
    number = float(value or 0)
    return {"numberValue": int(number) if number.is_integer() and abs(number) < 1e15 else number}


@cache
def token_pattern(decimal: str) -> re.Pattern[str]:
    """`1,5` is a number in Dutch; `1.5` is none there, and the formula does not parse."""
    return re.compile(TOKEN.replace("DECIMAL", re.escape(decimal)), re.IGNORECASE)


def tokens(text: str, locale: Locale) -> list[tuple[str, str]]:
    """Kind and text of each token, the last one first. Where the comma is the decimal point it separates nothing."""
    found: list[tuple[str, str]] = []
    at, pattern = 0, token_pattern(locale.decimal)
    while at < len(text.rstrip()):
        match = pattern.match(text, at)
        if match is None or (match["sign"] == "," and locale.decimal == ","):
            raise Fault("ERROR")
        kind = str(match.lastgroup)
        found.append((kind, match[kind].replace(",", ".") if kind == "number" else match[kind]))
        at = match.end()
    return list(reversed(found))


class Parser:
    """A formula from left to right; each method is one level of binding."""

    def __init__(self, rest: list[tuple[str, str]], look: Look) -> None:
        self.rest, self.look = rest, look

    def next_is(self, *signs: str) -> str | None:
        """Takes a sign off, if it is the next."""
        if self.rest and self.rest[-1][0] == "sign" and self.rest[-1][1] in signs:
            return self.rest.pop()[1]
        return None

    def comparison(self) -> Any:
        """`a = b`, `a < b` …"""
        left = self.sum()
        while sign := self.next_is("=", "<>", "<", ">", "<=", ">="):
            left = compared(sign, left, self.sum())
        return left

    def sum(self) -> Any:
        """`a + b`, `a - b`, `a & b`."""
        left = self.product()
        while sign := self.next_is("+", "-", "&"):
            right = self.product()
            left = (
                text_of(left) + text_of(right)
                if sign == "&"
                else number_of(left) + number_of(right) * (1 if sign == "+" else -1)
            )
        return left

    def product(self) -> Any:
        """`a * b`, `a / b`."""
        left = self.power()
        while sign := self.next_is("*", "/"):
            right = number_of(self.power())
            if sign == "/" and right == 0:
                raise Fault("DIVIDE_BY_ZERO")
            left = number_of(left) * right if sign == "*" else number_of(left) / right
        return left

    def power(self) -> Any:
        """`-a`, `a ^ b`, `a%`."""
        if self.next_is("-"):
            return -number_of(self.power())
        left = self.atom()
        while self.next_is("%"):
            left = number_of(left) / 100
        return number_of(left) ** number_of(self.power()) if self.next_is("^") else left

    def atom(self) -> Any:
        """A number, a text, a reference, brackets or a function."""
        if self.next_is("("):
            value = self.comparison()
            self.close()
            return value
        if not self.rest:
            raise Fault("ERROR")
        kind, token = self.rest.pop()
        if kind == "number":
            return float(token)
        if kind == "text":
            return token[1:-1].replace('""', '"')
        if kind == "cell":
            return self.look(token)
        if kind == "name":
            return self.function(token.upper())
        raise Fault("ERROR")

    def close(self) -> None:
        """A bracket that has to be there."""
        if not self.next_is(")"):
            raise Fault("ERROR")

    def function(self, name: str) -> Any:
        """A function with its arguments."""
        self.next_is("(")
        arguments = []
        while not self.next_is(")"):
            arguments.append(self.comparison())
            if not self.next_is(";", ",") and not (self.rest and self.rest[-1] == ("sign", ")")):
                raise Fault("ERROR")
        if name not in FUNCTIONS:
            raise Fault("NAME")
        return FUNCTIONS[name](arguments)


def compared(sign: str, left: Any, right: Any) -> bool:
    """Two values compared as Sheets does: text without regard to case."""
    left, right = single(left), single(right)
    if isinstance(left, str) and isinstance(right, str):
        left, right = left.lower(), right.lower()
    if sign in ("=", "<>"):
        return bool((left == right) == (sign == "="))
    left, right = number_of(left), number_of(right)
    return bool({"<": left < right, ">": left > right, "<=": left <= right, ">=": left >= right}[sign])


def single(value: Any) -> Any:
    """One value of a reference."""
    return (value[0] if value else None) if isinstance(value, list) else value


def number_of(value: Any) -> float:
    """A value as a number; an empty cell is 0, text is an error."""
    value = single(value)
    if isinstance(value, str):
        raise Fault("VALUE")
    return float(value or 0)


def text_of(value: Any) -> str:
    """A value as text."""
    value = single(value)
    return "" if value is None else f"{value:g}" if isinstance(value, float) else str(value)


def numbers(arguments: list[Any]) -> list[float]:
    """All numbers among the arguments; text and truth in cells do not count."""
    flat = [v for argument in arguments for v in (argument if isinstance(argument, list) else [argument])]
    return [float(v) for v in flat if isinstance(v, int | float) and not isinstance(v, bool)]


def average(arguments: list[Any]) -> float:
    """The mean, or an error where there is nothing."""
    found = numbers(arguments)
    if not found:
        raise Fault("DIVIDE_BY_ZERO")
    return sum(found) / len(found)


def not_available(arguments: list[Any]) -> Any:
    """NA()"""
    raise Fault("N_A")


FUNCTIONS: dict[str, Callable[[list[Any]], Any]] = {
    "SUM": lambda arguments: sum(numbers(arguments)),
    "AVERAGE": average,
    "COUNT": lambda arguments: len(numbers(arguments)),
    "MAX": lambda arguments: max(numbers(arguments), default=0),
    "MIN": lambda arguments: min(numbers(arguments), default=0),
    "TRUE": lambda arguments: True,
    "FALSE": lambda arguments: False,
    "NA": not_available,
    "IF": lambda arguments: arguments[1] if single(arguments[0]) else (arguments[2] if len(arguments) > 2 else False),
}
