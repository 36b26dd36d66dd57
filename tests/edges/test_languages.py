"""The languages: numbers, dates and sentences as people write them, and catalogues in step with the source."""

from __future__ import annotations

import ctypes
import importlib.util
import shutil
import string
from datetime import date
from pathlib import Path
from types import ModuleType, SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from okrsheets.edges.languages import Languages, Speech, known, language, language_of
from okrsheets.words.errors import BadLanguage, BadLocale
from okrsheets.words.message import Fact, Message, Percent, say, say_many

ROOT = Path(__file__).parent.parent.parent
LOCALES = ROOT / "okrsheets" / "locales"
NL, EN = language("nl"), language("en")
EN_IN_THE_NETHERLANDS, NL_IN_AMERICA = language("en", "nl_NL"), language("nl", "en_US")


def tool() -> ModuleType:
    """tools/catalogues.py, which is no part of any package."""
    spec = importlib.util.spec_from_file_location("catalogues", ROOT / "tools" / "catalogues.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


CATALOGUES = tool()
SOURCE = CATALOGUES.extracted()
FILES = sorted(LOCALES.glob("*/LC_MESSAGES/okrsheets.po"))
TRANSLATIONS = [(file.parts[-3], message) for file in FILES for message in CATALOGUES.read(file) if message.id]


# Numbers, shares, days


@pytest.mark.parametrize(
    ("value", "decimals", "dutch", "english"),
    [
        (0, 2, "0", "0"),
        (12.0, 2, "12", "12"),
        (1250.5, 2, "1.250,5", "1,250.5"),
        (0.1 + 0.2, 2, "0,3", "0.3"),
        (-0.001, 2, "0", "0"),
        (-5000, 2, "-5.000", "-5,000"),
        (2.5, 0, "3", "3"),
        (0.125, 2, "0,13", "0.13"),
        (1.005, 2, "1,01", "1.01"),
        (1e16, 2, "10.000.000.000.000.000", "10,000,000,000,000,000"),
        (5e-324, 2, "0", "0"),
    ],
)
def test_a_number_has_no_noise_and_the_marks_of_its_locale(
    value: float, decimals: int, dutch: str, english: str
) -> None:
    assert NL.number(value, decimals) == dutch
    assert EN.number(value, decimals) == english
    assert EN_IN_THE_NETHERLANDS.number(value, decimals) == dutch
    assert NL_IN_AMERICA.number(value, decimals) == english


@given(st.floats(min_value=-1e12, max_value=1e12), st.integers(0, 6))
def test_a_number_means_what_it_meant(value: float, decimals: int) -> None:
    read = float(NL.number(value, decimals).replace(".", "").replace(",", "."))
    assert abs(read - value) <= 0.5 * 10**-decimals * (1 + 1e-9) + abs(value) * 1e-15


@pytest.mark.parametrize(
    ("share", "decimals", "dutch", "english"),
    [
        (0.25, 0, "25%", "25%"),
        (0.25, 1, "25%", "25%"),
        (0.2531, 1, "25,3%", "25.3%"),
        (0.005, 0, "1%", "1%"),
        (0.004, 0, "0%", "0%"),
        (-0.2, 0, "-20%", "-20%"),
        (13.0, 0, "1.300%", "1,300%"),
    ],
)
def test_a_share_is_said_as_a_percentage(share: float, decimals: int, dutch: str, english: str) -> None:
    assert NL.percent(share, decimals) == dutch
    assert EN.percent(share, decimals) == english


@pytest.mark.parametrize(
    ("form", "dutch", "english"),
    [
        ("d MMM y", "3 nov 2026", "3 Nov 2026"),
        ("EEEE d MMMM", "dinsdag 3 november", "Tuesday 3 November"),
        ("EEEEEE", "di", "Tu"),
    ],
)
def test_a_day_has_the_names_of_the_language_wherever_it_is_read(form: str, dutch: str, english: str) -> None:
    day = date(2026, 11, 3)
    assert NL.day(day, form) == NL_IN_AMERICA.day(day, form) == dutch
    assert EN.day(day, form) == EN_IN_THE_NETHERLANDS.day(day, form) == english


def test_a_language_that_a_territory_does_not_know_is_spoken_as_anywhere() -> None:
    assert language("nl", "ja_JP").day(date(2026, 11, 3)) == "3 nov 2026"


# Sentences


@pytest.mark.parametrize(
    ("fact", "said"),
    [
        ("KPI's!J7", "KPI's!J7"),
        (12, "12"),
        (1500.0, "1.500"),
        (Percent(0.4), "40%"),
        (Percent(0.0865, 1), "8,7%"),
        (date(2026, 11, 3), "3 nov 2026"),
        (say("a number"), "een getal"),
        (("a", "b", "c"), "a, b en c"),
        ((say("a number"), 2.5), "een getal en 2,5"),
        (("a",), "a"),
        ((), ""),
        ("{braces} and 100%", "{braces} and 100%"),
    ],
)
def test_a_fact_stands_in_a_sentence_as_a_person_says_it(fact: Fact, said: str) -> None:
    assert NL.say(Message("{fact}!", {"fact": fact})) == f"{said}!"


@pytest.mark.parametrize(
    ("spoken", "said"),
    [(NL, "3 nov 2026"), (EN, "Nov 3, 2026"), (EN_IN_THE_NETHERLANDS, "3 Nov 2026"), (NL_IN_AMERICA, "3 nov 2026")],
)
def test_a_day_in_a_sentence_is_written_as_in_its_country(spoken: Speech, said: str) -> None:
    assert spoken.say(Message("{day}", {"day": date(2026, 11, 3)})) == said


def test_a_sentence_is_in_the_language_and_its_facts_where_that_language_puts_them() -> None:
    message = say("{given} is not a period.", given="2026-Q5")
    assert EN.say(message) == "2026-Q5 is not a period."
    assert NL.say(message) == "2026-Q5 is geen periode."


@pytest.mark.parametrize(
    ("count", "dutch", "english"),
    [
        (0, "0 vinkjes", "0 ticks"),
        (1, "1 vinkje", "1 tick"),
        (2, "2 vinkjes", "2 ticks"),
        (1200, "1.200 vinkjes", "1,200 ticks"),
    ],
)
def test_the_words_follow_the_number(count: int, dutch: str, english: str) -> None:
    message = say_many("{count} tick", "{count} ticks", count)
    assert (NL.say(message), EN.say(message)) == (dutch, english)


def test_nothing_to_say_is_said_as_nothing() -> None:
    """gettext keeps the catalogue's header under the empty text."""
    assert NL.say("") == NL.say(Message("")) == EN.say(Message("")) == ""


def test_a_text_without_places_is_never_taken_for_a_pattern() -> None:
    assert EN.say("100 {percent") == "100 {percent"


# Which languages and locales there are


def test_english_and_dutch_are_there_with_their_usual_locales() -> None:
    assert known() == ("en", "nl")
    assert [each.locale for each in Languages().all] == ["en_US", "nl_NL"]


@pytest.mark.parametrize("given_locale", ["nl_BE", "nl-BE", "nl-be", "nl_BE.UTF-8"])
def test_a_locale_may_be_written_as_people_write_it(given_locale: str) -> None:
    assert language("nl", given_locale).locale == "nl_BE"


@pytest.mark.parametrize("given_locale", ["klingon", "nl_XX", "!", "_", "12", "nl_NL_nl_NL_nl"])
def test_an_unknown_locale_is_refused(given_locale: str) -> None:
    with pytest.raises(BadLocale) as caught:
        language("nl", given_locale)
    assert caught.value.facts == {"given": given_locale}


def test_an_unknown_language_is_refused_with_those_that_are_known() -> None:
    with pytest.raises(BadLanguage) as caught:
        language("fr")
    assert caught.value.facts == {"given": "fr", "known": ("“en”", "“nl”")}
    assert language("nl").say(caught.value.advice) == "Kies uit “en” en “nl”."


@pytest.mark.parametrize(
    ("code", "locale", "spoken"),
    [
        ("nl", "nl_BE", ("nl", "nl_BE")),
        ("nl", "klingon", ("nl", "nl_NL")),
        ("xx", "nl_NL", ("en", "nl_NL")),
        ("", "", ("en", "en_US")),
    ],
)
def test_a_workbook_is_answered_whatever_stands_in_its_language_cells(
    code: str, locale: str, spoken: tuple[str, str]
) -> None:
    answer = Languages().of(code, locale)
    assert (answer.code, answer.locale) == spoken


@pytest.mark.parametrize(
    ("environment", "code"),
    [
        ({}, "en"),
        ({"LANG": "nl_NL.UTF-8"}, "nl"),
        ({"LANG": "C.UTF-8"}, "en"),
        ({"LANG": "nl_NL.UTF-8", "LC_ALL": "en_GB.UTF-8"}, "en"),
        ({"LANG": "en_US.UTF-8", "LC_MESSAGES": "nl_BE"}, "nl"),
        ({"LANG": "nl_NL", "LC_ALL": ""}, "nl"),
        ({"LANG": "fr_FR"}, "en"),
        ({"LANG": "nld"}, "en"),
    ],
)
def test_the_environment_says_the_language(environment: dict[str, str], code: str) -> None:
    assert language_of(environment) == code


@pytest.mark.parametrize(
    ("number", "code"), [(0x0413, "nl"), (0x0813, "nl"), (0x0409, "en"), (0x0407, "en"), (1, "en")]
)
def test_windows_says_it_where_the_environment_does_not(
    monkeypatch: pytest.MonkeyPatch, number: int, code: str
) -> None:
    """The numbers of Dutch in two countries, of English and German, and of nothing (Windows' language identifiers)."""
    windows = SimpleNamespace(kernel32=SimpleNamespace(GetUserDefaultUILanguage=lambda: number))
    monkeypatch.setattr(ctypes, "windll", windows, raising=False)
    assert language_of({}) == code
    assert language_of({"LANG": "C"}) == "en"


@pytest.mark.parametrize("code", ["NL", "Nl"])
def test_capitals_are_no_other_language(code: str) -> None:
    assert language(code, "nl_BE") is language("nl", "nl_BE")


# The catalogues


def test_there_is_something_to_look_at() -> None:
    assert len(TRANSLATIONS) > 300
    assert {code for code, _ in TRANSLATIONS} == set(known()) - {"en"}


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.parts[-3])
def test_a_catalogue_has_the_texts_of_the_source_and_no_others(file: Path) -> None:
    texts = {message.id for message in SOURCE if message.id}
    assert {message.id for message in CATALOGUES.read(file) if message.id} == texts


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.parts[-3])
def test_the_compiled_catalogue_says_what_the_written_one_says(file: Path) -> None:
    written = CATALOGUES.read(file)
    assert CATALOGUES.out_of_step(written, CATALOGUES.in_step(written, SOURCE), file) == []


@pytest.mark.parametrize(("code", "message"), TRANSLATIONS, ids=lambda each: str(getattr(each, "id", each))[:40])
def test_a_text_is_translated_whole_with_the_same_places(code: str, message: object) -> None:
    ids, strings = CATALOGUES.forms(message.id), CATALOGUES.forms(message.string)  # type: ignore[attr-defined]
    assert all(strings), "not translated"
    assert not message.fuzzy  # type: ignore[attr-defined]
    assert len(strings) == len(ids), "a plural has as many forms in Dutch as in English"
    assert [places(form) for form in strings] == [places(id) for id in ids]


def places(text: str) -> set[str]:
    """The `{places}` of a text."""
    return {name for _, name, _, _ in string.Formatter().parse(text) if name is not None}


def test_the_tool_agrees(capsys: pytest.CaptureFixture[str]) -> None:
    assert CATALOGUES.main(["--check"]) == 0
    assert capsys.readouterr().out.endswith(" texts\n")


def test_running_the_tool_again_changes_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    copy = tmp_path / "locales"
    shutil.copytree(LOCALES, copy)
    monkeypatch.setattr(CATALOGUES, "LOCALES", copy)
    assert CATALOGUES.main([]) == 0
    for file in LOCALES.rglob("okrsheets.*"):
        assert (copy / file.relative_to(LOCALES)).read_bytes() == file.read_bytes()
    assert capsys.readouterr().out


def test_the_tool_tells_what_is_new_gone_and_forgotten(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    copy = tmp_path / "locales"
    shutil.copytree(LOCALES, copy)
    monkeypatch.setattr(CATALOGUES, "LOCALES", copy)
    po = copy / "nl" / "LC_MESSAGES" / "okrsheets.po"
    text = po.read_text(encoding="utf-8")
    text = text.replace('msgid "Quarter theme"', 'msgid "Season theme"').replace(
        'msgstr "Poolster"', 'msgstr "Noordster"'
    )
    po.write_text(text, encoding="utf-8")
    assert CATALOGUES.main(["--check"]) == 1
    told = capsys.readouterr().out
    assert all(text in told for text in ("Quarter theme", "Season theme", "North Star"))
    assert CATALOGUES.main([]) == 1, "a new text is still to be translated"
    assert "Season theme" not in po.read_text(encoding="utf-8")


def test_of_things_with_commas_of_their_own_each_is_seen() -> None:
    message = Message("{things}", {"things": ("no a, the nearest is b", "c")})
    assert language("nl").say(message) == "no a, the nearest is b; c"
    assert language("nl").say(Message("{things}", {"things": ("a", "b", "c")})) == "a, b en c"
