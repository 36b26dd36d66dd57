"""Numbers as people type them × the locales of spreadsheets: read right or reported, never guessed."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

import pytest
from google_fake import GoogleFake, Person
from google_plans import LANGUAGES, Sheet, described, made_in, place

from okrsheets.rules.readback import read_back
from okrsheets.words.message import say
from okrsheets.words.snapshot import Snapshot

Enter = Callable[[Person, str, str], None]
NOTHING, PROBLEM = "nothing", "a problem"


def typed(person: Person, where: str, text: str) -> None:
    person.type(where, text)


def pasted(person: Person, where: str, text: str) -> None:
    person.paste(where, [text])


def as_text(person: Person, where: str, text: str) -> None:
    """Text that Google did not read: from a cell with the format of a text, or from another program."""
    person.put(where, text)


def as_it_is(value: Any) -> Enter:
    return lambda person, where, _: person.put(where, value)


# What the number is called in each locale: typed, large, share, currency, day.
WORDS: Mapping[str, Mapping[str, str]] = {
    "en_US": {"broken": "12.5", "large": "1,234.50", "share": "45%", "currency": "$1,250.00", "day": "11/23/2026"},
    "nl_NL": {"broken": "12,5", "large": "1.234,50", "share": "45%", "currency": "€ 1.250,00", "day": "23-11-2026"},
    "de_DE": {"broken": "12,5", "large": "1.234,50", "share": "45%", "currency": "1.250,00 €", "day": "23.11.2026"},
    "fr_FR": {
        "broken": "12,5",
        "large": "1\u202f234,50",
        "share": "45\u00a0%",
        "currency": "1\u202f250,00 €",
        "day": "23/11/2026",
    },
}
CASES: Mapping[str, tuple[Enter, str, float | str]] = {
    "typed": (typed, "broken", 12.5),
    "pasted": (pasted, "broken", 12.5),
    "as text": (as_text, "broken", 12.5),
    "large, typed": (typed, "large", 1234.5),
    "large, as text": (as_text, "large", 1234.5),
    "share, typed": (typed, "share", 0.45),
    "share, as text": (as_text, "share", 0.45),
    "currency, typed": (typed, "currency", 1250.0),
    "currency, pasted": (pasted, "currency", 1250.0),
    "a day": (typed, "day", PROBLEM),
    "an error": (lambda person, where, _: person.type(where, "=1/0"), "", PROBLEM),
    "a formula": (lambda person, where, _: person.type(where, "=6*7"), "", 42.0),
    "nothing": (lambda person, where, _: person.clear(where), "", NOTHING),
    "a truth": (as_it_is(True), "", PROBLEM),
    "words": (lambda person, where, _: person.type(where, "about 12"), "", PROBLEM),
    "a dash": (as_it_is("-"), "", PROBLEM),
}
BOXES: Mapping[str, tuple[Enter, str]] = {
    "ticked": (as_it_is(True), "ticked"),
    "not ticked": (as_it_is(False), "open"),
    "WAAR as text": (as_it_is("WAAR"), "ticked"),
    "TRUE as text": (as_it_is("TRUE"), "ticked"),
    "x pasted": (lambda person, where, _: person.paste(where, ["x"]), "ticked"),
    "ja pasted": (lambda person, where, _: person.paste(where, ["ja"]), "ticked"),
    "skipped": (lambda person, where, _: person.paste(where, ["-"]), "skipped"),
    "cleared": (lambda person, where, _: person.clear(where), "open"),
    "an error": (as_it_is("vrijwel"), PROBLEM),
}


@pytest.fixture(scope="module")
def google() -> Iterator[GoogleFake]:
    with GoogleFake() as fake:
        yield fake
        assert fake.violations == []


@pytest.fixture(scope="module", params=WORDS)
def filled(request: pytest.FixtureRequest, google: GoogleFake) -> tuple[str, Sheet, Snapshot]:
    """A sheet in which somebody tried everything, one way a week and one box a day."""
    locale = request.param
    sheet = made_in(google, described("high-ticket", "nl" if locale == "nl_NL" else "en", 16, locale))
    empty = sheet.snapshot()
    assert google.book(sheet.id)["properties"]["locale"] == locale
    for week, (enter, word, _) in zip(empty.about.period, CASES.values(), strict=True):
        enter(sheet.owner, place(empty.where("K1", str(week))), WORDS[locale].get(word, ""))
    for day, (enter, _) in zip(days(empty), BOXES.values(), strict=False):
        enter(sheet.owner, place(empty.where("A1", day)), "")
    return locale, sheet, sheet.snapshot()


def days(snapshot: Snapshot) -> list[str]:
    return sorted(field for field in snapshot.cells["A1"] if field.startswith("20"))


@pytest.mark.parametrize("case", CASES)
def test_a_number_is_read_right_or_reported(case: str, filled: tuple[str, Sheet, Snapshot]) -> None:
    _, _, snapshot = filled
    week = list(snapshot.about.period)[list(CASES).index(case)]
    value = snapshot.check_ins.values.get("K1", {}).get(week)
    wanted = CASES[case][2]
    problems = [problem for problem in snapshot.problems if problem.where == snapshot.where("K1", str(week))]
    assert value == (wanted if isinstance(wanted, float) else None)
    assert len(problems) == (wanted == PROBLEM)


@pytest.mark.parametrize("box", BOXES)
def test_a_box_is_read_right_or_reported(box: str, filled: tuple[str, Sheet, Snapshot]) -> None:
    _, _, snapshot = filled
    day = days(snapshot)[list(BOXES).index(box)]
    ticked = day in {str(each) for each in snapshot.check_ins.ticks.get("A1", ())}
    skipped = day in {str(each) for each in snapshot.check_ins.skips.get("A1", ())}
    problems = [problem for problem in snapshot.problems if problem.where == snapshot.where("A1", day)]
    wanted = BOXES[box][1]
    assert (ticked, skipped, len(problems)) == (wanted == "ticked", wanted == "skipped", wanted == PROBLEM)


def test_truth_in_the_words_of_the_locale_is_a_tick(filled: tuple[str, Sheet, Snapshot]) -> None:
    locale, sheet, snapshot = filled
    word = {"en_US": "TRUE", "nl_NL": "WAAR", "de_DE": "WAHR", "fr_FR": "VRAI"}[locale]
    day = days(snapshot)[-1]
    sheet.owner.type(place(snapshot.where("A1", day)), word)
    assert day in {str(each) for each in sheet.snapshot().check_ins.ticks["A1"]}


MIXED = {"12,5": 12.5, "1.234,50": 1234.5, "12.5": 12.5, "1,234": 1234.0}
"""What a Dutch plan reads where the spreadsheet's own settings are American. The last two Google takes for numbers."""


@pytest.mark.parametrize("text", MIXED)
def test_a_dutch_plan_in_an_american_spreadsheet(text: str, google: GoogleFake) -> None:
    sheet = made_in(google, described("blank", "nl", 2))
    sheet.owner.set_locale("en_US")
    empty = sheet.snapshot()
    week = next(iter(empty.about.period))
    sheet.owner.type(place(empty.where("K1", str(week))), text)
    assert sheet.snapshot().check_ins.values["K1"] == {week: MIXED[text]}


@pytest.mark.parametrize("text", ["12.5", "3-4"])
def test_what_google_takes_for_a_day_is_told(text: str, google: GoogleFake) -> None:
    sheet = made_in(google, described("blank", "nl", 2))
    empty = sheet.snapshot()
    where = empty.where("K1", str(next(iter(empty.about.period))))
    sheet.owner.type(place(where), text)
    (problem,) = read_back(sheet.store().read(), LANGUAGES.all).problems
    assert (problem.where, problem.expected) == (where, say("a number"))
