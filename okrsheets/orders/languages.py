"""The port to the languages that okrsheets speaks."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from okrsheets.words.message import Language


class Languages(Protocol):
    """All languages: to understand a workbook in any of them, and to answer it in its own."""

    @property
    def all(self) -> Sequence[Language]:
        """Every language, each with its usual locale."""

    def of(self, code: str, locale: str) -> Language:
        """The language of a workbook; the nearest there is, where a person typed a code or a locale nobody knows."""
