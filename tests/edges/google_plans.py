"""Plans in spreadsheets of the stand-in for Google, as small as they come, and people who work in them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from google_calls import Calls
from google_fake import PERSON, GoogleFake, Person
from google_wire import Time, api_of

from okrsheets.edges import templates
from okrsheets.edges.google.store.store import GoogleStore
from okrsheets.edges.languages import Languages, language
from okrsheets.rules.layout import describe
from okrsheets.rules.readback import known_titles, read_back
from okrsheets.words.grid import Address, a1
from okrsheets.words.period import Period
from okrsheets.words.plan import CheckIns
from okrsheets.words.snapshot import Snapshot
from okrsheets.words.workbook import Workbook

LANGUAGES = Languages()
TITLES = known_titles(LANGUAGES.all)
START = date(2026, 9, 28)
TODAY = date(2026, 10, 1)


def described(
    name: str = "blank", code: str = "nl", weeks: int = 2, locale: str | None = None, check_ins: CheckIns | None = None
) -> Workbook:
    """The workbook of a template, for some weeks from START."""
    plan = templates.load(name).plan(code)
    return describe(plan, Period(START, weeks), language(code, locale), check_ins or CheckIns())


@dataclass
class Sheet:
    """One spreadsheet with a plan: okrsheets on one side, its owner in the browser on the other."""

    google: GoogleFake
    id: str
    time: Time = field(default_factory=Time)

    def store(self, **more: Any) -> GoogleStore:
        """The store, which has read nothing yet."""
        api = api_of(self.google, self.time, token=self.google.token(PERSON), **more)
        return GoogleStore(api, self.id, TITLES)

    @property
    def owner(self) -> Person:
        return self.google.person(self.id)

    def snapshot(self) -> Snapshot:
        return read_back(self.store().read(), LANGUAGES.all)

    def copy(self) -> Sheet:
        """Another one just like it."""
        made = Calls(self.google, self.google.token(PERSON)).ask("POST", f"/drive/v3/files/{self.id}/copy", {})
        return Sheet(self.google, str(made["id"]))

    def values(self) -> dict[str, dict[str, Any]]:
        """All values by tab and place."""
        sheets = self.google.book(self.id, grid=True)["sheets"]
        return {sheet["properties"]["title"]: dict(values_in(sheet)) for sheet in sheets}


def values_in(sheet: dict[str, Any]) -> Iterator[tuple[str, Any]]:
    """What the cells of a tab are worth, by place."""
    for row, told in enumerate(sheet["data"][0].get("rowData", ()), 1):
        for column, cell in enumerate(told.get("values", ()), 1):
            if value := cell.get("effectiveValue"):
                yield a1((row, column)), next(iter(value.values()))


def made_in(google: GoogleFake, workbook: Workbook | None = None) -> Sheet:
    """A new spreadsheet of a person's."""
    store = GoogleStore(api_of(google, Time(), token=google.token(PERSON)), None, TITLES)
    store.create(workbook or described())
    return Sheet(google, store.id)


def place(address: Address | None) -> str:
    """An address as the browser takes it."""
    assert address is not None
    return "'" + address.tab.replace("'", "''") + "'!" + a1(address.spot)
