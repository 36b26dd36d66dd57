"""What is wrong with a template: everything at once, each with its path in the file."""

from __future__ import annotations

from pathlib import Path

import pytest

from okrsheets.edges.languages import language
from okrsheets.edges.templates import load
from okrsheets.words.errors import BadTemplate

HEAD = 'title = { nl = "Een", en = "One" }\ndescription = "x"\n'
KPIS = """
[[kpis]]
id = "K1"
name = "a"
[[kpis]]
id = "K2"
name = "b"
kind = "stock"
[[kpis]]
id = "K3"
name = "c"
kind = "ratio"
numerator = "K1"
denominator = "K2"
"""
RESULT = '[[objectives]]\nid = "O1"\ntitle = "a"\n[[objectives.key_results]]\nid = "KR1"\ntitle = "b"\n'
ACTION = '[[actions]]\nid = "A1"\ntitle = "a"\n'
LANGUAGE_HINT = '{ nl = "…", en = "…" }'


def faults(folder: Path, text: str | bytes) -> list[str]:
    """What is wrong with a template, in English."""
    file = folder / "own.toml"
    file.write_bytes(text if isinstance(text, bytes) else text.encode())
    with pytest.raises(BadTemplate) as caught:
        load(str(file))
    assert caught.value.facts["file"] == str(file)
    found = caught.value.facts["faults"]
    assert isinstance(found, tuple)
    return [language("en").fact(fault) for fault in found]


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("", "title: it is missing"),
        ('title = "x"\ndescription = "y"', f"title: it is needed by language, such as {LANGUAGE_HINT}"),
        ('title = { Dutch = "x" }\ndescription = "y"', f"title: it is needed by language, such as {LANGUAGE_HINT}"),
        ('title = { nl = " " }\ndescription = "y"', "title: it is empty"),
        (HEAD.replace('"x"', '{ nl = "x" }'), "description: it is missing in en"),
        (
            HEAD.replace('"x"', '{ nl = "x", en = "y", de = "z" }'),
            "description: the title of the template is missing in de",
        ),
        (HEAD.replace('"x"', "3"), "description: a text is expected, or a table with one for each language"),
        (HEAD + "thema = 1", "thema: this key is not known, the nearest is theme"),
        (
            HEAD + "xyz = 1",
            "xyz: this key is not known; there are title, description, theme, objectives, kpis, funnel, and actions",
        ),
        (HEAD + "theme = 3", "theme: a table of keys is expected"),
        (HEAD + "objectives = 3", "objectives: a list is expected"),
        (HEAD + "objectives = [3]", "objectives[0]: a table of keys is expected"),
        (HEAD + '[theme]\nprice = "10"', "theme.price: a number is expected"),
        (HEAD + "[theme]\nprice = true", "theme.price: a number is expected"),
        (HEAD + "[theme]\nprice = inf", "theme.price: a number is expected"),
        (HEAD + "[theme]\nprice = -1", "theme.price: a number of 0 or more is expected, not -1"),
        (
            HEAD + "[theme]\nagreements = [1]",
            "theme.agreements[0]: a text is expected, or a table with one for each language",
        ),
        (
            HEAD + RESULT + "targt = 3",
            "objectives[0].key_results[0].targt: this key is not known, the nearest is target",
        ),
        (HEAD + RESULT + 'target = "3"', "objectives[0].key_results[0].target: a number is expected"),
        (
            HEAD + RESULT + 'type = "reech"',
            "objectives[0].key_results[0].type: reech is not one of reach, within, milestone, and done",
        ),
        (
            HEAD + RESULT + "confidence = 11",
            "objectives[0].key_results[0].confidence: a number from 0 to 10 is expected, not 11",
        ),
        (HEAD + RESULT + "low = 5\nhigh = 3", "objectives[0].key_results[0].low: it is above high"),
        (HEAD + RESULT + 'kpi = "K1"', "objectives[0].key_results[0].kpi: there is no K1"),
        (HEAD + RESULT + "kpi = 1", "objectives[0].key_results[0].kpi: a text is expected"),
        (
            HEAD + RESULT.replace("KR1", "kr-1"),
            "objectives[0].key_results[0].id: kr-1 is no id; write capitals and a number, such as KR1",
        ),
        (HEAD + RESULT.replace("KR1", "O1"), "objectives[0].key_results[0].id: O1 is there more than once"),
        (HEAD + KPIS.replace("K2", "K1"), "kpis[1].id: K1 is there more than once"),
        (HEAD + KPIS.replace('numerator = "K1"\n', ""), "kpis[2].numerator: a ratio needs it"),
        (
            HEAD + KPIS.replace('numerator = "K1"', 'numerator = "K3"'),
            "kpis[2].numerator: K3 is a KPI of kind ratio, which does not serve here",
        ),
        (HEAD + KPIS.replace('kind = "stock"', 'numerator = "K1"'), "kpis[1].numerator: only a ratio has it"),
        (HEAD + KPIS + '[[funnel]]\nkpi = "K9"', "funnel[0].kpi: there is no K9, only K1, K2, and K3"),
        (HEAD + KPIS + '[[funnel]]\nkpi = "K2"', "funnel[0].kpi: K2 is a KPI of kind stock, which does not serve here"),
        (HEAD + KPIS + '[[funnel]]\nkpi = "K1"\n[[funnel]]\nkpi = "K1"', "funnel[1].kpi: K1 is there more than once"),
        (
            HEAD + KPIS + '[[funnel]]\nkpi = "K1"\nplan_rate = 30',
            "funnel[0].plan_rate: a percentage from 0% to 100% is expected, not 30",
        ),
        (HEAD + KPIS + '[[funnel]]\nkpi = "K1"\nlag_weeks = 1.5', "funnel[0].lag_weeks: a whole number is expected"),
        (
            HEAD + KPIS + '[[funnel]]\nkpi = "K1"\nlag_weeks = 27',
            "funnel[0].lag_weeks: a whole number from 0 to 26 is expected, not 27",
        ),
        (HEAD + ACTION + "per_week = 8", "actions[0].per_week: a whole number from 1 to 7 is expected, not 8"),
        (HEAD + ACTION + 'due = "2026-12-18"', "actions[0].due: a day is expected, such as 2026-11-23, without quotes"),
        (HEAD + ACTION + 'key_result = "KR1"', "actions[0].key_result: there is no KR1"),
        (
            HEAD + KPIS + ACTION + 'feeds = "K3"',
            "actions[0].feeds: K3 is a KPI of kind ratio, which does not serve here",
        ),
        (HEAD + ACTION.replace("A1", ""), "actions[0].id: it is empty"),
        (HEAD + ACTION.replace('title = "a"', 'title = ""'), "actions[0].title: it is empty"),
        (HEAD + "x = [1,\n[", "the last line is not finished"),
        (HEAD + 'title = { nl = "x" }\n[a]', "line 3: this is there already"),
        ("[a]\nb = 1\n[a]\nc = 1", "line 3: this is there already"),
        ("a = 1\na = 2", "the last key is there twice"),
        (HEAD + "price: 3\n", "line 3: this is not TOML; look for a missing quote, bracket or ="),
        (HEAD.encode("utf-16"), "it is not saved as UTF-8 text"),
        (HEAD.replace("Een", "Eén").encode("latin-1"), "it is not saved as UTF-8 text"),
    ],
)
def test_a_fault_is_said_with_its_path(tmp_path: Path, text: str | bytes, fault: str) -> None:
    assert fault in faults(tmp_path, text)


def test_all_faults_are_said_at_once(tmp_path: Path) -> None:
    text = HEAD + RESULT + 'target = "ten"\nkpi = "K9"\n' + KPIS + ACTION + 'per_week = 9\nfeeds = "K2"\ntitel = "b"\n'
    assert faults(tmp_path, text) == [
        "objectives[0].key_results[0].target: a number is expected",
        "actions[0].per_week: a whole number from 1 to 7 is expected, not 9",
        "actions[0].titel: this key is not known, the nearest is title",
        "objectives[0].key_results[0].kpi: there is no K9, only K1, K2, and K3",
        "actions[0].feeds: K2 is a KPI of kind stock, which does not serve here",
    ]


def test_a_good_template_with_every_kind_of_link_loads(tmp_path: Path) -> None:
    file = tmp_path / "own.toml"
    links = 'kpi = "K3"\nlow = 1\nhigh = 2\n' + KPIS + '[[funnel]]\nkpi = "K1"\n'
    file.write_text(HEAD + RESULT + links + ACTION + 'key_result = "KR1"\nfeeds = "K1"\n', "utf-8")
    assert load(str(file)).plan("nl").actions[0].feeds == "K1"
