"""`okrsheets sync`: one workbook, several, all; what is said, and which exit code counts."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import openpyxl
import pytest

from okrsheets.edges.languages import language
from okrsheets.orders.sync import Outcome, SyncResult
from okrsheets.shell.asked import as_typed
from okrsheets.shell.desk import Desk
from okrsheets.shell.faults import BUG, DONE, FAILED, NEEDS_A_PERSON, TEMPORARY, gravest, unexpected
from okrsheets.shell.sync import exit_code, kind_of
from okrsheets.shell.sync_in_words import all_together
from okrsheets.words.errors import BadLocale, Busy, NotFound, OkrsheetsError
from okrsheets.words.grid import Address, Change, Content

pytestmark = pytest.mark.filterwarnings("ignore::UserWarning:openpyxl")
TODAY = ("--today", "2026-11-23")


def slip(path: Path, where: str) -> None:
    """Words in a cell that asks for a number."""
    tab, _, spot = where.rpartition("!")
    book = openpyxl.load_workbook(path)
    book[tab][spot] = "ongeveer 12"
    book.save(path)


@pytest.fixture
def slipped(okr: Any, plan: Path) -> Path:
    slip(plan, okr("inspect", plan, "--json").json["kpis"][0]["cells"]["2026-W40"])
    return plan


def test_a_second_sync_writes_nothing_and_the_file_stays_as_it_is(okr: Any, plan: Path) -> None:
    first = okr("sync", plan, *TODAY)
    assert (first.code, first.err) == (0, "")
    assert first.out.startswith("plan.xlsx: ")
    assert first.out.endswith("cells of the Summary are up to date again.\n")
    before = plan.read_bytes()
    second = okr("sync", plan, *TODAY)
    assert (second.code, second.out) == (0, "plan.xlsx: nothing changed, nothing written.\n")
    assert plan.read_bytes() == before
    assert [path.name for path in Path().iterdir()] == ["plan.xlsx"]


def test_a_dry_run_shows_old_and_new_and_writes_nothing(okr: Any, plan: Path) -> None:
    before = plan.read_bytes()
    answer = okr("sync", plan, "--dry-run", *TODAY)
    first, *cells = answer.out.splitlines()
    assert first.startswith("plan.xlsx: ")
    assert first.endswith(" cells would change.")
    assert all(line.startswith("  Overzicht!") for line in cells)
    assert any(": empty → " in line for line in cells)
    assert len(cells) > 100
    assert plan.read_bytes() == before
    every = okr("sync", plan, "--dry-run", "--verbose", *TODAY).out.splitlines()
    assert len(every) == 1 + int(first.split()[1])


def test_a_quiet_sync_says_nothing_when_all_is_well(okr: Any, plan: Path) -> None:
    answer = okr("sync", plan, "--quiet", *TODAY)
    assert (answer.code, answer.out, answer.err) == (0, "", "")
    assert okr("sync", plan, "gone.xlsx", "-q", *TODAY).lines[0] == "Stopped: gone.xlsx is not there."


def test_a_verbose_sync_names_the_cells(okr: Any, plan: Path) -> None:
    answer = okr("sync", plan, "-v", *TODAY)
    assert sum(line.startswith("  Overzicht!") for line in answer.out.splitlines()) == int(answer.out.split()[1])


def test_cells_that_need_a_person_are_counted(okr: Any, slipped: Path) -> None:
    answer = okr("sync", slipped, *TODAY)
    assert answer.code == 0
    assert answer.out.splitlines()[1].startswith("  1 cell needs a look;")
    assert okr("sync", slipped, "--strict", *TODAY).code == NEEDS_A_PERSON
    assert okr("sync", slipped, "--strict", "--json", *TODAY).code == NEEDS_A_PERSON


def test_one_that_fails_stops_no_other(okr: Any, plan: Path) -> None:
    Path("text.xlsx").write_text("no workbook", encoding="utf-8")
    answer = okr("sync", "gone.xlsx", "text.xlsx", plan, "--json", *TODAY)
    assert answer.code == FAILED
    assert [each["outcome"] for each in answer.json] == ["failed", "failed", "synced"]
    assert [each["workbook"]["ref"] for each in answer.json] == ["gone.xlsx", "text.xlsx", "plan.xlsx"]
    assert answer.err == ""


def test_a_tab_that_was_emptied_by_accident_stops_and_force_goes_on(okr: Any, plan: Path) -> None:
    okr("sync", plan, *TODAY)
    book = openpyxl.load_workbook(plan)
    for row in book["KPI's"].iter_rows(min_row=5):
        for cell in row:
            cell.value = None
    book.save(plan)
    before = plan.read_bytes()
    answer = okr("sync", plan, *TODAY)
    assert (answer.code, answer.out) == (FAILED, "")
    assert answer.lines[0] == ("Stopped: plan.xlsx: KPI's: 4 rows at the last sync, now none. Nothing was written.")
    assert "--force" in answer.lines[1]
    (failed,) = okr("sync", plan, "--json", *TODAY).json
    assert (failed["outcome"], failed["written"], failed["error"].count("\n")) == ("failed", [], 0)
    assert plan.read_bytes() == before
    for command in ("report", "inspect", "check"):
        assert okr(command, plan).code == DONE
    assert okr("sync", plan, "--force", *TODAY).code == DONE
    assert okr("sync", plan, *TODAY).out.startswith("plan.xlsx: nothing changed, nothing written.\n")


def test_busy_is_told_apart_from_failed(okr: Any, plan: Path) -> None:
    Path("~$plan.xlsx").write_bytes(b"\x03Joy" + b"\0" * 160)
    answer = okr("sync", plan, "--json", *TODAY)
    assert (answer.code, answer.json[0]["outcome"]) == (TEMPORARY, "busy")
    assert okr("sync", plan, "gone.xlsx", "--json").code == FAILED


def test_all_workbooks_of_the_configuration_are_synced_in_their_order(okr: Any, home: Path) -> None:
    folder = Path("plans")
    folder.mkdir()
    for name in ("one", "two"):
        assert okr("new", "blank", folder / f"{name}.xlsx").code == 0
    Path("mine.toml").write_text(
        '[[workbooks]]\nname = "b"\nworkbook = "plans/two.xlsx"\n'
        '[[workbooks]]\nname = "a"\nworkbook = "plans/one.xlsx"\n'
        '[[workbooks]]\nname = "g"\nworkbook = "google:abc"\n',
        encoding="utf-8",
    )
    answer = okr("sync", "--config", "mine.toml", "--json")
    assert answer.code == FAILED
    assert [each["outcome"] for each in answer.json] == ["synced", "synced", "failed"]
    assert [Path(each["workbook"]["ref"]).name for each in answer.json[:2]] == ["two.xlsx", "one.xlsx"]
    assert answer.json[2]["workbook"]["kind"] == "google"
    assert "signed in to Google" in answer.json[2]["error"]
    assert okr("sync", "a", "--config", "mine.toml", "--json").json[0]["outcome"] == "unchanged"
    assert okr("report", "b", "--config", "mine.toml").code == 0


def test_the_environment_names_the_configuration(okr: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    okr("new", "blank", "one.xlsx")
    Path("mine.toml").write_text('[[workbooks]]\nname = "a"\nworkbook = "one.xlsx"\n', encoding="utf-8")
    monkeypatch.setenv("OKRSHEETS_CONFIG", "mine.toml")
    assert okr("sync", "--json").json[0]["outcome"] == "synced"


def test_a_path_wins_over_a_name_that_looks_like_one(okr: Any) -> None:
    okr("new", "blank", "one.xlsx")
    Path("mine.toml").write_text('[[workbooks]]\nname = "one.xlsx"\nworkbook = "gone.xlsx"\n', encoding="utf-8")
    assert okr("report", "one.xlsx", "--config", "mine.toml").code == 0


def test_the_day_is_that_of_the_time_zone(okr: Any, plan: Path) -> None:
    """Of the two ends of the world, one is always in another day."""
    days = set()
    for zone in ("Pacific/Kiritimati", "Etc/GMT+12"):
        Path("mine.toml").write_text(f'timezone = "{zone}"\n', encoding="utf-8")
        days.add(okr("report", plan, "--json", "--config", "mine.toml").json["today"])
    assert len(days) == 2


@pytest.mark.parametrize(
    ("codes", "code"),
    [
        ([], DONE),
        ([DONE], DONE),
        ([DONE, NEEDS_A_PERSON], NEEDS_A_PERSON),
        ([NEEDS_A_PERSON, TEMPORARY], TEMPORARY),
        ([TEMPORARY, FAILED, DONE], FAILED),
        ([FAILED, BUG], BUG),
    ],
)
def test_the_gravest_outcome_is_the_exit_code(codes: list[int], code: int) -> None:
    """contract.md §6: 1, 3, 75, 4, 0."""
    assert gravest(codes) == code


@pytest.mark.parametrize(
    ("fault", "code"),
    [
        (NotFound(ref="x"), 3),
        (BadLocale(given="x"), 3),
        (Busy(ref="x", holder="y"), 75),
        (unexpected(ValueError()), 1),
    ],
)
def test_a_workbook_that_was_stopped_has_the_exit_code_of_its_fault(fault: OkrsheetsError, code: int) -> None:
    assert exit_code(SyncResult("x", Outcome.FAILED, error=fault), strict=True) == code


def test_the_kind_is_known_even_where_nothing_was_read() -> None:
    assert [kind_of(ref) for ref in ("plan.xlsx", "google:abc", "https://docs.google.com/x")] == [
        "excel",
        "google",
        "google",
    ]


def test_a_new_workbook_of_nothing_more_is_counted_in_the_singular(okr: Any, plan: Path) -> None:
    okr("sync", plan, *TODAY)
    desk = Desk()
    assert desk.screen.language.code == "en"
    over = ("--today", "2027-02-01")
    okr("sync", plan, *over)
    assert okr("sync", plan, "--today", "2027-02-02").out == "plan.xlsx: nothing changed, nothing written.\n"


def test_many_end_with_how_they_are_all_together(okr: Any, plan: Path) -> None:
    Path("mine.toml").write_text('[[workbooks]]\nname = "klant"\nworkbook = "plan.xlsx"\n', encoding="utf-8")
    Path("stuk.xlsx").touch()
    answer = okr("sync", "klant", "plan.xlsx", "stuk.xlsx", "--config", "mine.toml", *TODAY)
    first, *_, last = answer.out.splitlines()
    assert first.startswith("klant: ")
    assert last == "3 workbooks: 1 up to date again, 1 unchanged, and 1 stopped (stuk.xlsx)."
    assert okr("sync", plan, plan, "-q").out == ""
    assert len(okr("sync", plan, plan, "--json").json) == 2


@pytest.mark.parametrize(
    ("changed", "same", "stopped", "dry", "said"),
    [
        (2, 0, 0, False, "2 workbooks: 2 up to date again."),
        (0, 3, 0, False, "3 workbooks: 3 unchanged."),
        (1, 1, 0, True, "2 workbooks: 1 would change and 1 unchanged."),
        (0, 0, 2, False, "2 workbooks: 2 stopped (s0 and s1)."),
        (1500, 0, 6, False, "1,506 workbooks: 1,500 up to date again and 6 stopped."),
    ],
)
def test_the_sum_of_many_names_what_there_is(changed: int, same: int, stopped: int, dry: bool, said: str) -> None:
    address = Address("Summary", 0, 0)
    outcome = Outcome.DRY_RUN if dry else Outcome.SYNCED
    results = [
        *[SyncResult("c", outcome, changes=(Change(address, Content(), Content(1)),))] * changed,
        *[SyncResult("u", Outcome.DRY_RUN if dry else Outcome.UNCHANGED)] * same,
        *[SyncResult("s", Outcome.FAILED, error=NotFound(ref="s"))] * stopped,
    ]
    names = [f"{result.ref}{n}" for n, result in enumerate(results)]
    assert language("en").say(all_together(names, results)) == said


@pytest.mark.parametrize(
    ("system", "name", "typed"),
    [
        ("posix", "plan.xlsx", "plan.xlsx"),
        ("posix", "Jan's plan.xlsx", "'Jan'\"'\"'s plan.xlsx'"),
        ("nt", "C:\\plans\\a.xlsx", "C:\\plans\\a.xlsx"),
        ("nt", "my plan.xlsx", '"my plan.xlsx"'),
    ],
)
def test_a_name_in_a_command_to_copy_is_in_quotes_where_it_must_be(
    monkeypatch: pytest.MonkeyPatch, system: str, name: str, typed: str
) -> None:
    monkeypatch.setattr("okrsheets.shell.asked.WINDOWS", system == "nt")
    assert as_typed(name) == typed


def test_a_tilde_is_the_home_for_every_command(okr: Any, plan: Path, home: Path) -> None:
    (home / "plan.xlsx").write_bytes(plan.read_bytes())
    config = home / "config.toml"
    config.write_text("[[workbooks]]\nname = 'mine'\nworkbook = 'plan.xlsx'\n", encoding="utf-8")
    for command in ("inspect", "doctor", "report", "sync"):
        assert okr(command, "~/plan.xlsx", "--config", config).code == 0
    (mine,) = okr("status", "--json", "--config", config).json
    assert mine["outcome"] == "synced"


def test_a_name_that_looks_like_a_path_is_a_name(okr: Any, plan: Path) -> None:
    """Where nobody typed it: wherever the command is given, and whatever lies there."""
    Path("plans").mkdir()
    placed = plan.rename("plans/2026.xlsx")
    decoy = Path("plan.xlsx")
    decoy.write_text("another", encoding="utf-8")
    Path("config.toml").write_text(
        "[[workbooks]]\nname = 'plan.xlsx'\nworkbook = 'plans/2026.xlsx'\n", encoding="utf-8"
    )
    config = ("--config", "config.toml")
    assert okr("sync", *config, *TODAY).code == DONE
    assert okr("status", "--json", *config).json[0]["outcome"] == "synced"
    assert okr("sync", placed, *TODAY).out.endswith("nothing written.\n")
    assert [each["name"] for each in okr("doctor", "--json", *config, *TODAY).json["workbooks"]] == ["plan.xlsx"]
    assert okr("doctor", *config, *TODAY).code == DONE
    assert okr("sync", decoy, *config, *TODAY).code == FAILED
    assert okr("status", "--json", *config).json[0]["outcome"] == "synced"
