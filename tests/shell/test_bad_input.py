"""What people do wrong: one clear line, what to do, the right exit code, and nothing lost."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from okrsheets.edges.excel.store import ExcelStore

pytestmark = pytest.mark.filterwarnings("ignore::UserWarning:openpyxl")
WORKBOOK = Path("plan.xlsx")


def somebody_elses(path: Path) -> None:
    """A workbook that has nothing to do with okrsheets."""
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet["A1"] = "Budget"
    book.save(path)


def edited(path: Path, edit: Callable[[openpyxl.Workbook], None]) -> None:
    """A workbook after somebody changed it in another program."""
    book = openpyxl.load_workbook(path)
    edit(book)
    book.save(path)


def remove_tab(title: str) -> Callable[[openpyxl.Workbook], None]:
    return lambda book: book.remove(book[title])


def empty_tab(title: str) -> Callable[[openpyxl.Workbook], None]:
    def edit(book: openpyxl.Workbook) -> None:
        for row in book[title].iter_rows():
            for cell in row:
                if type(cell).__name__ == "Cell":
                    cell.value = None

    return edit


NOT_WORKBOOKS: dict[str, Callable[[Path], object]] = {
    "a text": lambda path: path.write_text("Acties;vinkjes\n", encoding="utf-8"),
    "nothing": lambda path: path.touch(),
    "half a zip": lambda path: path.write_bytes(b"PK\x03\x04" + b"\0" * 40),
    "a picture": lambda path: path.write_bytes(b"\x89PNG\r\n\x1a\n" + b"\0" * 40),
    "an old workbook": lambda path: path.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600),
}


def here() -> list[str]:
    """What stands in the folder."""
    return sorted(path.name for path in Path().iterdir())


def refused(answer: Any, code: int, what: str) -> None:
    """One line that says what, one that says what to do, and the exit code."""
    assert (answer.code, answer.out) == (code, "")
    assert len(answer.lines) == 2, answer.err
    assert answer.lines[0].startswith(("Stopped: ", "Gestopt: "))
    assert what in answer.lines[0]
    assert answer.lines[1].startswith("  ")
    assert answer.lines[1].strip()
    assert "Traceback" not in answer.err


@pytest.mark.parametrize("command", ["sync", "report", "inspect", "check"])
@pytest.mark.parametrize("kind", NOT_WORKBOOKS)
def test_what_is_no_workbook_is_refused_and_left_alone(okr: Any, kind: str, command: str) -> None:
    NOT_WORKBOOKS[kind](WORKBOOK)
    before = WORKBOOK.read_bytes()
    refused(okr(command, WORKBOOK), 3, "plan.xlsx is not a workbook that okrsheets can read: ")
    assert WORKBOOK.read_bytes() == before
    assert here() == ["plan.xlsx"]


@pytest.mark.parametrize("command", ["sync", "report", "inspect", "check"])
def test_a_workbook_of_somebody_else_is_refused_and_left_alone(okr: Any, command: str) -> None:
    somebody_elses(WORKBOOK)
    before = WORKBOOK.read_bytes()
    refused(okr(command, WORKBOOK), 3, "plan.xlsx is a workbook, but not one with an okrsheets plan")
    refused(okr(command, WORKBOOK, "--force") if command == "sync" else okr(command, WORKBOOK), 3, "okrsheets plan")
    assert WORKBOOK.read_bytes() == before


@pytest.mark.parametrize("command", ["sync", "report", "inspect", "check"])
def test_what_is_not_there_is_said(okr: Any, command: str) -> None:
    refused(okr(command, "gone.xlsx"), 3, "gone.xlsx is not there.")
    refused(okr(command, "no/such/folder/gone.xlsx"), 3, "gone.xlsx is not there.")
    assert not here()


@pytest.mark.parametrize("title", ["Doelen", "Acties", "KPI's", "Kwartaalthema"])
def test_an_emptied_tab_stops_the_sync(okr: Any, plan: Path, title: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LANG", "nl_NL.UTF-8")
    edited(plan, empty_tab(title))
    before = plan.read_bytes()
    refused(okr("sync", plan), 3, title)
    assert plan.read_bytes() == before


@pytest.mark.parametrize("title", ["Doelen", "Acties", "KPI's", "Overzicht"])
def test_a_tab_that_is_gone_stops_the_sync(okr: Any, plan: Path, title: str) -> None:
    edited(plan, remove_tab(title))
    before = plan.read_bytes()
    refused(okr("sync", plan), 3, "plan.xlsx: ")
    assert plan.read_bytes() == before


def remove_column(tab: str, heading: str, name: str) -> Callable[[openpyxl.Workbook], None]:
    """What deleting a column leaves: no heading, no cells, and a name that leads nowhere."""

    def edit(book: openpyxl.Workbook) -> None:
        (found,) = [cell for row in book[tab].iter_rows() for cell in row if cell.value == heading]
        for (cell,) in book[tab].iter_rows(min_row=found.row, min_col=found.column, max_col=found.column):
            cell.value = None
        book.defined_names[name].value = "#REF!"

    return edit


def test_a_vanished_column_counts_as_empty_and_is_reported(okr: Any, plan: Path) -> None:
    edited(plan, remove_column("Doelen", "Vertrouwen", "okr_objectives_confidence"))
    answer = okr("sync", plan, "--json", "--today", "2026-11-23")
    assert answer.code == 0
    (problem,) = answer.json[0]["problems"]
    assert "Vertrouwen" in problem["expected"]
    assert "Doelen" in problem["expected"]
    assert problem["hint"]


@pytest.mark.parametrize(
    ("tab", "heading", "name"),
    [
        ("Doelen", "Doel en belangrijkste resultaten", "okr_objectives_title"),
        ("Acties", "Actie", "okr_actions_title"),
        ("KPI's", "KPI", "okr_kpis_name"),
    ],
)
def test_without_the_column_of_titles_nothing_can_be_computed(
    okr: Any, plan: Path, tab: str, heading: str, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LANG", "nl_NL.UTF-8")
    edited(plan, remove_column(tab, heading, name))
    before = plan.read_bytes()
    answer = okr("sync", plan)
    refused(answer, 3, f"plan.xlsx: de kolom {heading} van het tabblad {tab} is niet te vinden.")
    assert plan.read_bytes() == before


@pytest.mark.parametrize("text", ["ongeveer 12", "twaalf", "12 of 13", "1.2.3", "#N/A!"])
def test_text_in_a_number_cell_is_reported_and_the_rest_counts(okr: Any, plan: Path, text: str) -> None:
    cells = okr("inspect", plan, "--json").json["kpis"][0]["cells"]
    tab, _, spot = cells["2026-W40"].rpartition("!")

    def edit(book: openpyxl.Workbook) -> None:
        book[tab][spot] = text

    edited(plan, edit)
    answer = okr("sync", plan, "--json", "--today", "2026-11-23")
    assert answer.code == 0
    (problem,) = answer.json[0]["problems"]
    assert (problem["where"], problem["found"]) == (cells["2026-W40"], text)
    assert problem["expected"]
    assert problem["hint"]
    assert okr("sync", plan, "--strict", "--today", "2026-11-23").code == 4


@pytest.mark.parametrize(
    ("arguments", "what"),
    [
        (("high-tickets", "a.xlsx"), "There is no template called high-tickets."),
        (("../etc/passwd", "a.xlsx"), "There is no template called ../etc/passwd."),
        (("mine.toml", "a.xlsx"), "There is no template called mine.toml."),
        (("broken.toml", "a.xlsx"), "broken.toml is not a good template: "),
        (("blank", "a.xlsx", "--set", "theme.prize=1500"), "--set theme.prize=1500 cannot be used: "),
        (("blank", "a.xlsx", "--set", "theme.price=a lot"), "--set theme.price=a lot cannot be used: "),
        (("blank", "a.xlsx", "--set", "theme.price"), "--set theme.price cannot be used: "),
        (("blank", "a.xlsx", "--set", "KR99.target=1"), "--set KR99.target=1 cannot be used: "),
        (("blank", "a.xlsx", "--quarter", "2026-Q5"), "2026-Q5 is not a period."),
        (("blank", "a.xlsx", "--quarter", "Q4"), "Q4 is not a period."),
        (("blank", "a.xlsx", "--quarter", "0000-Q1"), "0000-Q1 is not a period."),
        (("blank", "a.xlsx", "--quarter", "9999-Q4"), "9999-Q4 is not a period."),
        (
            ("blank", "a.xlsx", "--start", "2026-09-29", "--weeks", "13"),
            "Sep 29, 2026 is not a Monday, and a period begins on one.",
        ),
        (("blank", "a.xlsx", "--start", "2026-09-28", "--weeks", "27"), "A period has 1 to 26 weeks, not 27."),
        (("blank", "a.xlsx", "--start", "2026-09-28", "--weeks", "0"), "A period has 1 to 26 weeks, not 0."),
        (("blank", "a.xlsx", "--start", "9999-12-27", "--weeks", "13"), "9999-12-27 is not a day."),
        (("blank", "a.xlsx", "--start", "monday"), "monday is not a day."),
        (("blank", "a.xlsx", "--weeks", "13"), "--weeks does not say from when."),
        (("blank", "a.xlsx", "--quarter", "2026-Q4", "--weeks", "13"), "A quarter and a start are two periods."),
        (("blank", "a.xlsx", "--lang", "fr"), "okrsheets does not speak fr yet."),
        (("blank", "a.xlsx", "--locale", "klingon"), "klingon is not a locale that okrsheets knows."),
        (("blank", "a.xls"), "a.xls is not a place for a workbook."),
        (("blank", "a"), "a is not a place for a workbook."),
        (("blank", ""), " is not a place for a workbook."),
        (("blank", "folder.xlsx"), "folder.xlsx is not a place for a workbook."),
        (("blank", "google:"), "google: is not a place for a Google Sheet."),
        (("blank", "google:a/b"), "google:a/b is not a place for a Google Sheet."),
    ],
)
def test_a_workbook_that_cannot_be_made_is_not_begun(okr: Any, arguments: tuple[str, ...], what: str) -> None:
    Path("folder.xlsx").mkdir()
    Path("broken.toml").write_text("title = 3\n", encoding="utf-8")
    refused(okr("new", *arguments), 2, what)
    assert here() == ["broken.toml", "folder.xlsx"]


def test_an_existing_file_is_left_alone_without_force(okr: Any) -> None:
    WORKBOOK.write_text("my only copy", encoding="utf-8")
    refused(okr("new", "blank", WORKBOOK), 2, "plan.xlsx is already there, and was left as it is.")
    assert WORKBOOK.read_text(encoding="utf-8") == "my only copy"
    assert okr("new", "blank", WORKBOOK, "--force").code == 0
    assert okr("inspect", WORKBOOK).code == 0


def test_the_demo_leaves_an_existing_file_alone_without_force(okr: Any) -> None:
    Path("okrsheets-demo.xlsx").write_text("my only copy", encoding="utf-8")
    refused(okr("demo"), 2, "okrsheets-demo.xlsx is already there, and was left as it is.")
    assert Path("okrsheets-demo.xlsx").read_text(encoding="utf-8") == "my only copy"
    assert okr("demo", "--force").code == 0


def test_a_folder_that_is_not_there_is_said(okr: Any) -> None:
    refused(okr("new", "blank", "no/plan.xlsx"), 3, "plan.xlsx cannot be written: its folder is not there.")


def test_the_demo_cannot_be_put_into_a_file(okr: Any) -> None:
    Path("taken").touch()
    refused(okr("demo", "taken"), 2, "taken is a file, not a folder.")
    refused(okr("demo", "taken/below"), 3, "taken/below cannot be written: its folder is not there.")


def test_a_name_that_is_almost_right_is_asked_about(okr: Any, plan: Path) -> None:
    Path("mine.toml").write_text('[[workbooks]]\nname = "klanten"\nworkbook = "plan.xlsx"\n', encoding="utf-8")
    for command in ("sync", "report", "undo"):
        assert okr(command, "plam.xlsx").lines[1] == "  Did you mean plan.xlsx?"
        assert okr(command, "plan").lines[1] == "  Did you mean plan.xlsx?"
        assert okr(command, "Klant", "--config", "mine.toml").lines[1] == "  Did you mean klanten?"
    assert okr("report", "klanten", "--config", "mine.toml").code == 0
    assert okr("report", "zzz.xlsx").lines[1].startswith("  Check the path")


def test_neither_a_lock_nor_a_link_that_leads_nowhere_is_asked_about(okr: Any) -> None:
    Path("~$goal.xlsx").touch()
    Path("link.xlsx").symlink_to("gone.xlsx")
    for name in ("goal.xlsx", "link.xlsx"):
        assert okr("sync", name).lines[1].startswith("  Check the path")


def test_an_address_that_is_not_googles_is_not_taken_for_a_path(okr: Any) -> None:
    refused(okr("sync", "https://example.com/plan.xlsx"), 3, "https://example.com/plan.xlsx is not a file")


def test_a_home_that_nobody_has_is_part_of_a_name(okr: Any, home: Path, plan: Path) -> None:
    (home / "plan.xlsx").write_bytes(plan.read_bytes())
    assert okr("report", "~/plan.xlsx").code == 0
    for arguments in (("new", "blank", "~nobody-here/a.xlsx"), ("sync", "~nobody-here/a.xlsx")):
        assert okr(*arguments).code == 3
    refused(okr("new", "~nobody-here/a.toml", "a.xlsx"), 2, "There is no template called ~nobody-here/a.toml.")
    refused(okr("status", "--config", "~nobody-here/a.toml"), 2, "~nobody-here/a.toml cannot be used: it is not there.")


def test_a_name_too_long_for_the_disk_is_no_bug(okr: Any) -> None:
    refused(okr("new", "blank", "a" * 300 + ".xlsx"), 3, "its name is too long")


@pytest.mark.skipif(not Path("/sys/kernel").is_dir(), reason="a folder that not even root can write to")
@pytest.mark.parametrize("folder", ["/sys/kernel", "/proc"])
def test_an_unwritable_folder_is_said(okr: Any, folder: str) -> None:
    refused(okr("new", "blank", f"{folder}/plan.xlsx"), 3, f"{folder}/plan.xlsx cannot be written: ")
    refused(okr("demo", folder), 3, f"{folder}/okrsheets-demo.xlsx cannot be written: ")
    refused(okr("demo", f"{folder}/deeper"), 3, f"{folder}/deeper cannot be written: ")


def test_a_read_only_workbook_can_be_reported_but_not_synced(okr: Any, plan: Path) -> None:
    plan.chmod(0o444)
    before = plan.read_bytes()
    refused(okr("sync", plan), 3, "plan.xlsx cannot be written: it is read-only")
    assert plan.read_bytes() == before
    assert okr("report", plan).code == 0


def test_an_open_workbook_is_busy(okr: Any, plan: Path) -> None:
    Path("~$plan.xlsx").write_bytes(b"\x03Joy" + b"\0" * 160)
    before = plan.read_bytes()
    refused(okr("sync", plan), 75, "plan.xlsx is open in another program")
    refused(okr("sync", plan, "--force"), 75, "plan.xlsx is open in another program")
    assert plan.read_bytes() == before


@pytest.mark.parametrize("reference", ["google:abc", "https://docs.google.com/spreadsheets/d/abc/edit"])
@pytest.mark.parametrize("command", ["report", "inspect", "check", "doctor", "undo"])
def test_a_google_sheet_needs_a_sign_in(okr: Any, command: str, reference: str) -> None:
    answer = okr(command, reference)
    refused(answer, 3, "Nobody is signed in to Google yet.")
    assert "okrsheets auth login" in answer.lines[1]


@pytest.mark.parametrize("reference", ["google", "google:", "https://docs.google.com/document/d/abc/edit"])
def test_what_is_no_google_sheet_is_told(okr: Any, reference: str) -> None:
    refused(okr("report", reference), 2, f"{reference} is not the address of a Google Sheet.")


def test_nothing_to_sync_is_said_with_the_file_that_could_say_it(okr: Any, home: Path) -> None:
    answer = okr("sync")
    refused(answer, 2, "No workbook was given, and no configuration names one.")
    refused(okr("status"), 2, "The configuration names no workbook yet.")
    assert str(home) in answer.lines[1]


def test_a_title_may_look_like_anything(okr: Any) -> None:
    """Markup of rich, escape codes, formulas and paths are text."""
    odd = "[bold]=1+1[/bold] {x} \\n ../etc %s"
    assert okr("new", "blank", "plan.xlsx", "--set", f"theme.title={odd}").code == 0
    answer = okr("report", "plan.xlsx")
    assert answer.out.splitlines()[0] == odd
    assert okr("inspect", "plan.xlsx", "--json").json["theme"]["title"] == odd


def test_escape_codes_of_a_workbook_do_not_reach_the_terminal(okr: Any, plan: Path) -> None:
    def edit(book: openpyxl.Workbook) -> None:
        book["Doelen"]["B5"] = "calm_x001B_[2J_x001B_]0;owned_x0007_"

    edited(plan, edit)
    for command in ("report", "inspect", "sync"):
        answer = okr(command, plan)
        assert answer.code == 0
        assert "\x1b" not in answer.out + answer.err


def test_the_store_is_the_one_of_the_path(okr: Any, plan: Path) -> None:
    assert ExcelStore(plan).read().ref == okr("inspect", plan, "--json").json["workbook"]["ref"] == "plan.xlsx"


@pytest.mark.parametrize("today", ["9999-12-31", "1850-01-01", ""])
def test_a_day_outside_the_calendar_is_refused(okr, plan: Path, today: str) -> None:
    before = plan.read_bytes()
    answer = okr("sync", plan, "--today", today)
    assert (answer.code, plan.read_bytes()) == (2, before)


@pytest.mark.parametrize("period", [("--quarter", "1850-Q1"), ("--start", "1899-12-25", "--weeks", "3")])
def test_a_period_before_the_days_of_spreadsheets_is_refused(okr, period: tuple[str, ...]) -> None:
    assert okr("new", "social", "old.xlsx", *period).code == 2
    assert not Path("old.xlsx").exists()


def test_a_text_that_no_cell_can_hold_is_refused(okr) -> None:
    assert okr("new", "social", "long.xlsx", "--set", f"O1.title={'a' * 40_000}").code == 2


def test_the_longest_period_and_the_longest_numbers_are_made_and_synced(okr) -> None:
    long = ("--start", "2026-03-30", "--weeks", "26", "--set", "K1.plan_rate=0.15384615384615385")
    assert okr("new", "high-ticket", "long.xlsx", *long).code == 0
    assert okr("sync", "long.xlsx", "--today", "2026-06-01").code == 0


def test_a_long_title_is_shortened_on_the_summary_and_nowhere_else(okr) -> None:
    assert okr("new", "social", "long.xlsx", "--set", f"O1.title={'a' * 30_000}").code == 0
    assert okr("sync", "long.xlsx").code == 0
    assert len(okr("inspect", "long.xlsx", "--json").json["objectives"][0]["title"]) == 30_000
