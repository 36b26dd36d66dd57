"""What a person sees: whole titles, no noise, on wide and narrow screens, with and without colours and symbols."""

from __future__ import annotations

import io
import os
import re
import sys
from pathlib import Path
from typing import Any

import pytest

from okrsheets.edges.languages import language
from okrsheets.shell import screen as screen_module
from okrsheets.shell.main import main
from okrsheets.shell.screen import Screen, clean, console, is_utf8, shows, soften
from okrsheets.shell.sync_in_words import value_in_words
from okrsheets.words.grid import Content, Value

TODAY = ("--today", "2026-11-23")


def test_the_demo_ends_with_the_file_to_open(okr: Any) -> None:
    answer = okr("demo", "somewhere/new", *TODAY)
    assert (answer.code, answer.err) == (0, "")
    assert answer.out.splitlines()[-1] == f"Open {Path('somewhere/new/okrsheets-demo.xlsx')}"
    assert Path("somewhere/new/okrsheets-demo.xlsx").stat().st_size > 10_000
    assert okr("inspect", "somewhere/new/okrsheets-demo.xlsx", "--json").json["workbook"]["language"] == "nl"


def test_the_demo_speaks_the_language_that_was_asked_for(okr: Any) -> None:
    assert okr("demo", "--lang", "en", "--quiet").out == ""
    assert okr("report", "okrsheets-demo.xlsx", "--json").json["workbook"]["language"] == "en"
    assert okr("demo", "--lang", "fr", "--force").code == 2


def test_a_demo_is_synced_already(okr: Any, demo: Path) -> None:
    assert okr("sync", demo, *TODAY).out.splitlines()[0] == f"{demo}: nothing changed, nothing written."


def test_a_report_says_everything_in_the_words_of_the_workbook(okr: Any, demo: Path) -> None:
    shown = okr("report", demo, *TODAY).out
    seen = okr("report", demo, *TODAY, "--json").json
    flat = " ".join(shown.split())
    for objective in seen["objectives"]:
        assert objective["title"].split()[0] in flat
        assert f"{round(objective['progress'] * 100)}%" in flat
    for heading in ("Waar sta ik?", "Doe ik wat ik gepland had?", "Waar lekt mijn funnel?"):
        assert heading in shown
    assert "week 7 van 13" in shown
    for problem in seen["problems"]:
        assert problem["where"] in flat
    for sentence in seen["headline"]:
        assert " ".join(sentence.split()) in flat
    assert all(line == line.rstrip() for line in shown.splitlines())


@pytest.mark.parametrize("width", [24, 40, 60, 76, 100, 200])
def test_a_report_fits_the_screen(okr: Any, demo: Path, monkeypatch: pytest.MonkeyPatch, width: int) -> None:
    monkeypatch.setenv("COLUMNS", str(width))
    for command in (("report", demo, *TODAY), ("inspect", demo), ("check", demo)):
        answer = okr(*command)
        assert answer.code == 0
        assert max(map(len, answer.out.splitlines())) <= max(width, 60)


def test_a_console_without_symbols_gets_letters(okr: Any, demo: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(screen_module, "shows", lambda *_: False)
    shown = okr("report", demo, *TODAY).out
    assert "#" in shown
    assert not set("█░▲▼●→") & set(shown.partition("Waar sta ik?")[2].partition("Doe ik")[0])
    assert "->" in okr("sync", demo, "--dry-run", "--today", "2026-12-24").out


def test_inspect_lists_items_values_and_cells(okr: Any, plan: Path) -> None:
    shown = okr("inspect", plan).out
    for text in ("Kwartaalthema", "Doelen", "Acties", "KPI's", "Funnel", "KR1", "A1", "K1", "Doelen!", "Acties!"):
        assert text in shown
    assert "open" in shown, "the capacity is still to be filled in"


def test_inspect_tells_what_could_not_be_read(okr: Any, demo: Path) -> None:
    shown = okr("inspect", demo).out
    assert "“ongeveer 12”" in shown
    assert "overgeslagen" in shown


@pytest.mark.parametrize("name", ["high-ticket", "low-ticket", "social", "blank"])
def test_a_template_is_shown_in_the_language_of_the_person(
    okr: Any, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    english = okr("templates", "show", name)
    monkeypatch.setenv("LANG", "nl_NL.UTF-8")
    dutch = okr("templates", "show", name)
    assert english.code == dutch.code == 0
    assert english.out.splitlines()[-1] == f"Begin with: okrsheets new {name} plan.xlsx"
    assert dutch.out.splitlines()[-1] == f"Begin met: okrsheets new {name} plan.xlsx"
    assert "Doelen" in dutch.out
    assert "Objectives" in english.out


def test_the_list_of_templates_is_one_line_each(okr: Any) -> None:
    lines = okr("templates").out.splitlines()
    assert [line.split()[0] for line in lines] == ["high-ticket", "low-ticket", "social", "blank"]


def test_a_new_workbook_in_the_language_and_locale_asked_for(okr: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    okr("new", "blank", "a.xlsx", "--lang", "nl", "--locale", "nl-be", "--quarter", "2026Q3")
    about = okr("inspect", "a.xlsx", "--json").json["workbook"]
    assert (about["language"], about["locale"], about["period"]["label"]) == ("nl", "nl_BE", "2026-Q3")
    monkeypatch.setenv("LANG", "nl_NL.UTF-8")
    okr("new", "blank", "b.xlsx", "--start", "2026-11-02", "--weeks", "3")
    about = okr("inspect", "b.xlsx", "--json").json["workbook"]
    assert (about["language"], about["period"]["weeks"]) == ("nl", 3)
    okr("new", "blank", "c.xlsx", "--start", "2026-11-02")
    assert okr("inspect", "c.xlsx", "--json").json["workbook"]["period"]["weeks"] == 13


def test_a_template_that_lacks_the_persons_language_gives_its_own(okr: Any) -> None:
    source = Path(__file__).parents[2] / "templates" / "blank.toml"
    dutch = re.sub(r', en = "[^"]*"|^en = .*$', "", source.read_text(encoding="utf-8"), flags=re.MULTILINE)
    Path("mine.toml").write_text(dutch, encoding="utf-8")
    assert okr("new", "mine.toml", "plan.xlsx").code == 0
    assert okr("inspect", "plan.xlsx", "--json").json["workbook"]["language"] == "nl"
    assert okr("new", "mine.toml", "other.xlsx", "--lang", "en").lines[0] == "Stopped: okrsheets does not speak en yet."
    assert okr("templates", "show", "mine.toml").code == 0


def test_the_values_that_were_set_are_in_the_workbook(okr: Any) -> None:
    values = ("theme.price=2500", "theme.revenue_goal=25000", "KR2.target=12", "K1.plan_rate=35 %")
    okr("new", "high-ticket", "plan.xlsx", "--lang", "nl", *(part for value in values for part in ("--set", value)))
    seen = okr("inspect", "plan.xlsx", "--json").json
    assert (seen["theme"]["price"], seen["theme"]["revenue_goal"]) == (2500, 25000)
    assert seen["objectives"][0]["key_results"][1]["target"] == 12
    assert seen["funnel"][0]["plan_rate"] == 0.35


def test_colours_are_for_terminals_only(okr: Any, demo: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert "\x1b[" not in okr("report", demo).out
    monkeypatch.setenv("FORCE_COLOR", "1")
    assert "\x1b[" in okr("report", demo).out
    monkeypatch.setenv("NO_COLOR", "1")
    assert "\x1b[3" not in okr("report", demo).out


def test_control_characters_are_blanks() -> None:
    assert clean("a\x1b[2Jb\nc\x9bd\x7f") == "a [2Jb c d "


def stream(encoding: str) -> io.TextIOWrapper:
    return io.TextIOWrapper(io.BytesIO(), encoding=encoding)


def test_it_is_known_what_a_console_can_show() -> None:
    assert shows(stream("utf-8"), "█→")
    assert not shows(stream("cp1252"), "█→")
    assert shows(stream("cp1252"), "é€")
    assert [is_utf8(stream(name)) for name in ("utf-8", "utf_8", "UTF8", "cp1252")] == [True, False, True, False]


def test_what_a_console_cannot_show_becomes_a_question_mark(monkeypatch: pytest.MonkeyPatch) -> None:
    out, err = stream("cp1252"), stream("cp1252")
    monkeypatch.setattr(sys, "stdout", out)
    monkeypatch.setattr(sys, "stderr", err)
    soften()
    Screen(language("en")).line("a → b")
    Screen(language("en")).fault("c → d", "e")
    out.flush()
    err.flush()
    assert out.buffer.getvalue() == b"a ? b\n"  # type: ignore[attr-defined]
    assert err.buffer.getvalue() == b"Stopped: c ? d\n  e\n"  # type: ignore[attr-defined]


def test_a_fault_without_advice_is_one_line(capsys: pytest.CaptureFixture[str]) -> None:
    Screen(language("en")).fault("It is so.")
    assert capsys.readouterr().err == "Stopped: It is so.\n"


def test_a_stream_that_cannot_be_softened_is_left_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdout", io.StringIO())
    soften()
    Screen(language("en")).line("a → b")
    assert sys.stdout.getvalue() == "a → b\n"  # type: ignore[attr-defined]


def test_a_bar_is_full_at_the_goal_and_not_beyond() -> None:
    bars = Screen(language("en"))
    assert [len(set(bars.bar(share))) for share in (0, 1, 1.3, -0.2, None)] == [1, 1, 1, 1, 1]
    assert bars.bar(1) == bars.bar(1.3) != bars.bar(0) == bars.bar(-1) == bars.bar(None)
    assert len(bars.bar(0.45, 20)) == 20


def test_a_console_shows_markup_as_it_is() -> None:
    out = io.StringIO()
    console(out).print("[bold]x[/bold] :smile:")
    assert out.getvalue() == "[bold]x[/bold] :smile:\n"


def test_check_says_whether_the_plan_adds_up_and_what_to_look_at(okr: Any, made: Any) -> None:
    """Vectors of method.md §7: the low-ticket plan does not add up, the high-ticket plan does."""
    good = okr("check", made("high-ticket", "en")).out
    assert good.startswith("The plan adds up: as planned, the chance of reaching the goal is 9")
    bad = okr("check", made("low-ticket", "en"))
    assert bad.code == 0
    assert bad.out.startswith("The plan does not add up: as planned, the chance of reaching the goal is 0%.\n!!")
    assert "KPIs!" in bad.out
    assert okr("check", made("low-ticket", "en"), "--strict").code == 4


def test_a_plan_without_a_sum_has_its_findings_counted(okr: Any, made: Any) -> None:
    (finding,) = okr("check", made("blank", "en"), "--json").json["findings"]
    assert okr("check", made("blank", "en")).out.startswith("1 thing to look at:\n-  ")
    assert finding["severity"] == "hint"
    social = okr("check", made("social", "en"), "--strict")
    assert (social.code, social.out) == (0, "Nothing to point out: the plan holds together.\n")


def test_a_quiet_new_says_nothing(okr: Any) -> None:
    answer = okr("new", "low-ticket", "plan.xlsx", "--quiet")
    assert (answer.code, answer.out, answer.err) == (0, "", "")


@pytest.mark.skipif(os.name == "nt", reason="pipes of POSIX")
def test_a_reader_that_left_is_written_to_no_more(monkeypatch: pytest.MonkeyPatch, home: Path) -> None:
    for arguments in (["templates", "--json"], ["templates"], ["--version"]):
        reader, writer = os.pipe()
        os.close(reader)
        with os.fdopen(writer, "w", encoding="utf-8") as pipe:
            monkeypatch.setattr(sys, "stdout", pipe)
            with pytest.raises(SystemExit) as left:
                main(arguments)
            assert left.value.code == 0
            monkeypatch.undo()


@pytest.mark.parametrize(
    ("value", "said"),
    [
        *((None, "empty"), ("", "empty"), (True, "TRUE"), (False, "FALSE"), (12.5, "12.5"), ("x", "x")),
        *((0.4482758620689655, "0.4483"), (1250.0, "1,250"), (0.1 + 0.2, "0.3")),
    ],
)
def test_a_cell_that_changes_is_told_by_its_value(value: Value, said: str) -> None:
    english = language("en")
    assert english.fact(value_in_words(Content(value), english)) == said
