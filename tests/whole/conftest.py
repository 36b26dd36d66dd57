"""What the tests of the whole product share."""

from __future__ import annotations

from pathlib import Path

import pytest
from person import Person


@pytest.fixture
def person(tmp_path: Path) -> Person:
    """Somebody who has just installed okrsheets."""
    return Person(tmp_path)
