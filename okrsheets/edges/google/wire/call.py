"""One call of Google, before it is made."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum
from typing import Any, TypeAlias

Json: TypeAlias = dict[str, Any]
SHEET_ADDRESS = "https://docs.google.com/spreadsheets/d/{id}"


class Kind(Enum):
    """Whose quota a call counts for: Sheets counts reads and writes apart, Drive counts all alike."""

    READ = "read"
    WRITE = "write"
    DRIVE = "drive"


@dataclass(frozen=True, slots=True)
class Call:
    """What is asked. `repeatable`: made twice, it does no more than once. `file`: the id it is about, '' for none."""

    name: str
    kind: Kind
    verb: str
    url: str
    params: Mapping[str, Any] = field(default_factory=dict)
    body: Any = None
    repeatable: bool = True
    file: str = ""

    @property
    def ref(self) -> str:
        """The address of the sheet it is about, as a person knows it."""
        return SHEET_ADDRESS.format(id=self.file) if self.file else ""
