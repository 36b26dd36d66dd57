"""Where a workbook is, however somebody writes it."""

from __future__ import annotations

from pathlib import Path

import pytest

from okrsheets.edges.whereabouts import on_the_web, place, whereabouts

ADDRESS = "https://docs.google.com/spreadsheets/d/abc"


@pytest.mark.parametrize(
    "text", ["google:abc", ADDRESS, f"{ADDRESS}/edit#gid=0", "HTTPS://docs.google.com/a", "ftp://a"]
)
def test_an_address_is_no_path(text: str, tmp_path: Path) -> None:
    assert on_the_web(text)
    assert place(text, tmp_path) == text


def test_a_path_begins_at_its_folder_and_a_tilde_at_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", "/home/anna")
    assert place("plans/a.xlsx", tmp_path) == str(tmp_path / "plans" / "a.xlsx")
    assert place("~/a.xlsx", tmp_path) == place("~/a.xlsx") == str(Path("/home/anna/a.xlsx"))
    assert place("a.xlsx") == "a.xlsx"


@pytest.mark.parametrize("text", ["google:abc", ADDRESS, f"{ADDRESS}/edit#gid=0"])
def test_a_sheet_is_known_by_any_of_its_addresses(text: str) -> None:
    assert whereabouts(text) == ADDRESS


def test_an_address_that_is_none_stays_as_it_is() -> None:
    assert whereabouts("google:no sheet") == "google:no sheet"


def test_a_file_is_known_from_every_folder_and_by_every_link(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    book, link = tmp_path / "a.xlsx", tmp_path / "b.xlsx"
    book.touch()
    link.symlink_to(book)
    assert {whereabouts(text) for text in ("a.xlsx", str(book), str(link))} == {str(book.resolve())}
