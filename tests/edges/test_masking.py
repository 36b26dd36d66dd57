"""Secrets are hidden, and nothing that only looks a little like one."""

from __future__ import annotations

import pytest

from okrsheets.edges.masking import masked


@pytest.mark.parametrize("secret", ["ya29.a0-b", "1//0canary", "4/0AX4canary", "GOCSPX-x", "eyJh.eyJi.c", "Bearer abc"])
def test_a_secret_is_hidden(secret: str) -> None:
    assert masked(f"no {secret} here") == "no … here"
    assert masked(f"code={secret}") == "code=…"


@pytest.mark.parametrize(
    "path", ["plans/2024/kwartaalplan.xlsx", "/home/anna/4/kwartaalplan.xlsx", "C:/week1//quarter.xlsx"]
)
def test_a_path_is_no_secret(path: str) -> None:
    assert masked(path) == path


def test_of_an_address_only_name_and_password_are_hidden() -> None:
    assert masked("https://anna:pass@example.org/a") == "https://…@example.org/a"
