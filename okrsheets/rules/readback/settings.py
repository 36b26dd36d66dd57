"""What okrsheets itself needs to know of a workbook: its language, its locale and its period."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from okrsheets.rules import tables
from okrsheets.rules.readback.days import Calendar
from okrsheets.rules.readback.fields import Fields, find_fields
from okrsheets.words.errors import NotOurs, PlanDamaged
from okrsheets.words.grid import SCHEMA, Reading
from okrsheets.words.message import Language, say
from okrsheets.words.period import LONGEST, Period

DIGITS = 9
"""A longer number is none that okrsheets wrote; Python itself refuses to read very long ones."""
LOCALE = re.compile(r"[A-Za-z]{2,3}(?:[_-][A-Za-z]{4})?(?:[_-](?:[A-Za-z]{2}|[0-9]{3}))?")


@dataclass(frozen=True, slots=True)
class Settings:
    """What stands on the Theme tab for okrsheets; `languages` are all there are, the workbook's own first.

    `start` and `weeks` are None where they are gone, or nothing that a period can have.
    """

    fields: Fields
    languages: Sequence[Language]
    locale: str
    epoch: date
    start: date | None
    weeks: int | None

    @property
    def language(self) -> Language:
        """The workbook's own."""
        return self.languages[0]

    @property
    def period(self) -> Period | None:
        """The period, where the tab tells it."""
        return Period(self.start, self.weeks) if self.start and self.weeks else None

    @property
    def calendar(self) -> Calendar:
        """How days are written in the workbook."""
        return Calendar(self.epoch, self.locale, self.languages, self.period)


def read_settings(reading: Reading, languages: Sequence[Language]) -> Settings:
    """The settings; a language that is gone is told by the titles of the tabs, a locale by the language.

    Raises NotOurs for a workbook of a newer okrsheets, PlanDamaged where the Theme tab is gone.
    """
    found = find_fields(reading, languages)
    fields = found or Fields("")
    schema = setting(reading, fields, "schema")
    if schema.isascii() and schema.isdigit() and (len(schema) > DIGITS or int(schema) > SCHEMA):
        raise NotOurs(ref=reading.ref, reason=say("it was made by a newer version of okrsheets"))
    own_first = _own_first(reading, fields, languages)
    if found is None:
        raise PlanDamaged(ref=reading.ref, what=say("the tab {tab}", tab=own_first[0].say(tables.THEME_TITLE)))
    locale = setting(reading, fields, "locale")
    locale = locale if LOCALE.fullmatch(locale) else own_first[0].locale
    start = _start(reading, fields, Calendar(reading.epoch, locale, own_first))
    return Settings(fields, own_first, locale, reading.epoch, start, _weeks(setting(reading, fields, "weeks")))


def setting(reading: Reading, fields: Fields, field: str) -> str:
    """The text of a setting; empty where it is gone."""
    address = fields.at(field)
    value = reading.at(address).value if address else None
    return str(int(value)) if isinstance(value, float) else str(value or "").strip()


def _own_first(reading: Reading, fields: Fields, languages: Sequence[Language]) -> Sequence[Language]:
    code = setting(reading, fields, "language").casefold()
    own = code if code in {language.code for language in languages} else _language_of_tabs(reading, languages)
    return sorted(languages, key=lambda language: language.code != own)


def _language_of_tabs(reading: Reading, languages: Sequence[Language]) -> str:
    """The language in which most tabs bear the titles that okrsheets gives them."""
    titles = {title.casefold() for title in reading.titles}

    def known(language: Language) -> int:
        return len(titles & {language.say(text).casefold() for text in tables.TITLES})

    return max(languages, key=known).code


def _start(reading: Reading, fields: Fields, calendar: Calendar) -> date | None:
    address = fields.at("start")
    day = calendar.day(reading.at(address)) if address else None
    return day if day and day.weekday() == 0 else None


def _weeks(text: str) -> int | None:
    is_number = text.isascii() and text.isdigit() and len(text) <= DIGITS
    return int(text) if is_number and 1 <= int(text) <= LONGEST else None
