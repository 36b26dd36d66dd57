"""The search language of `files.list`: names, types, parents, properties, and / or / not."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import datetime

from .answers import Refused, drive_error
from .world import File

Test = Callable[[File], bool]

TOKEN = re.compile(
    r"""\s*(?:(?P<text>'(?:\\.|[^'\\])*'|"(?:\\.|[^"\\])*")|(?P<sign>!=|<=|>=|[=<>(){}])|(?P<word>[\w.]+))"""
)
KNOWN = (
    "name",
    "mimeType",
    "trashed",
    "modifiedTime",
    "createdTime",
    "appProperties",
    "properties",
    "sharedWithMe",
    "fullText",
)


def compiled(query: str) -> Test:
    """A query as a test of files; 400 for what is no query."""
    rest, at = [], 0
    while at < len(query.rstrip()):
        match = TOKEN.match(query, at)
        if match is None:
            raise bad_query()
        rest.append(match[str(match.lastgroup)])
        at = match.end()
    rest.reverse()
    if not rest:
        return lambda file: True
    test = either(rest)
    if rest:
        raise bad_query()
    return test


def bad_query() -> Refused:
    """What Drive answers to a query that it does not read."""
    return Refused(drive_error(400, "invalid", "Invalid Value", locationType="parameter", location="q"))


def take(rest: list[str], *allowed: str) -> str:
    """The next token; refused if it is none of those allowed."""
    if not rest or (allowed and rest[-1] not in allowed):
        raise bad_query()
    return rest.pop()


def text(token: str) -> str:
    """A text without its quotes."""
    if token[:1] not in ("'", '"'):
        raise bad_query()
    return re.sub(r"\\(.)", r"\1", token[1:-1])


def either(rest: list[str]) -> Test:
    """`a or b`."""
    tests = [both(rest)]
    while rest and rest[-1] == "or":
        rest.pop()
        tests.append(both(rest))
    return lambda file: any(test(file) for test in tests)


def both(rest: list[str]) -> Test:
    """`a and b`."""
    tests = [one(rest)]
    while rest and rest[-1] == "and":
        rest.pop()
        tests.append(one(rest))
    return lambda file: all(test(file) for test in tests)


def one(rest: list[str]) -> Test:
    """A comparison, brackets or a negation."""
    token = take(rest)
    if token == "(":
        inner = either(rest)
        take(rest, ")")
        return inner
    if token == "not":
        negated = one(rest)
        return lambda file: not negated(file)
    if token[0] in "'\"":
        return membership(rest, text(token))
    if token not in KNOWN:
        raise bad_query()
    if token == "sharedWithMe":
        return lambda file: False
    return property_test(rest, token) if token.endswith("roperties") else comparison(rest, token)


def membership(rest: list[str], value: str) -> Test:
    """`'id' in parents`, `'me' in owners`."""
    take(rest, "in")
    field = take(rest, "parents", "owners", "writers", "readers")
    if field == "parents":
        return lambda file: value in file.parents
    return lambda file: value == "me" or any(p.get("emailAddress") == value for p in file.permissions)


def property_test(rest: list[str], field: str) -> Test:
    """`appProperties has { key='k' and value='v' }`."""
    for token in ("has", "{", "key", "="):
        take(rest, token)
    key = text(take(rest))
    for token in ("and", "value", "="):
        take(rest, token)
    value = text(take(rest))
    take(rest, "}")
    return lambda file: (file.app_properties if field == "appProperties" else file.properties).get(key) == value


def comparison(rest: list[str], field: str) -> Test:
    """`name = 'x'`, `name contains 'x'`, `trashed = false`, `modifiedTime > '2026-…'`."""
    sign, token = take(rest, "=", "!=", "<", ">", "<=", ">=", "contains"), take(rest)
    if field == "trashed":
        return lambda file: (file.trashed == (token == "true")) == (sign == "=")
    value = text(token)
    if field.endswith("Time"):
        return time_test(field, sign, value)
    own: Callable[[File], str] = (lambda file: file.mime) if field == "mimeType" else (lambda file: file.name)
    if sign == "contains":
        return lambda file: value.casefold() in own(file).casefold()
    return lambda file: (own(file).casefold() == value.casefold()) == (sign == "=")


def time_test(field: str, sign: str, value: str) -> Test:
    """A comparison of times."""
    try:
        limit = datetime.fromisoformat(value).astimezone()
    except ValueError:
        raise bad_query() from None

    def test(file: File) -> bool:
        at = file.modified if field == "modifiedTime" else file.created
        return {
            "<": at < limit,
            ">": at > limit,
            "<=": at <= limit,
            ">=": at >= limit,
            "=": at == limit,
            "!=": at != limit,
        }[sign]

    return test
