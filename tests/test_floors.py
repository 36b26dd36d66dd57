"""The floors of the house: imports go down only, only the shell speaks, the clock is read at one place."""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent / "okrsheets"
MODULES = sorted(path for path in ROOT.rglob("*.py"))

MAY_IMPORT = {
    "words": {"words"},
    "rules": {"words", "rules"},
    "edges": {"words", "rules", "edges"},
    "orders": {"words", "rules", "orders"},
    "shell": {"words", "rules", "edges", "orders", "shell", ""},
    "locales": set(),
    "": {"shell"},
}
PURE = ("words", "rules", "orders")
SEES_THE_WORLD = {
    *("asyncio", "io", "logging", "os", "pathlib", "random", "secrets", "shutil", "socket", "sqlite3"),
    *("subprocess", "sys", "tempfile", "threading", "time", "urllib", "uuid", "zoneinfo"),
}
SPEAKS = {"print", "input", "exit", "quit", "sys.exit", "os._exit", "SystemExit"}
READS_THE_CLOCK = {
    *("date.today", "datetime.now", "datetime.today", "datetime.utcnow", "datetime.date.today"),
    *("datetime.datetime.now", "datetime.datetime.utcnow", "time.time", "time.time_ns", "time.localtime"),
    *("time.gmtime", "time.strftime", "time.ctime"),
}
THE_CLOCK = ROOT / "shell" / "clock.py"


def floor(path: Path) -> str:
    """`rules` for okrsheets/rules/progress/pace.py, nothing for the package's own modules."""
    parts = path.relative_to(ROOT).parts
    return parts[0] if len(parts) > 1 else ""


def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def imported(path: Path) -> Iterator[str]:
    """The modules that a module imports, wherever in it, by their full names."""
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path} imports relatively"
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def called(path: Path) -> Iterator[str]:
    """What a module calls, as it is written: `date.today`."""
    return (ast.unparse(node.func) for node in ast.walk(tree(path)) if isinstance(node, ast.Call))


def named(path: Path) -> set[str]:
    """The names with dots in a module, called or handed on: `date.today`, also in `f(today=date.today)`."""
    return {ast.unparse(node) for node in ast.walk(tree(path)) if isinstance(node, ast.Attribute)}


def own_floors(path: Path) -> set[str]:
    """The floors of okrsheets that a module imports from; nothing for the package itself."""
    names = (name.split(".") for name in imported(path))
    return {parts[1] if (ROOT / parts[1]).is_dir() else "" for parts in names if parts[0] == "okrsheets"}


def tops(path: Path) -> set[str]:
    """The packages outside okrsheets that a module imports from."""
    return {name.partition(".")[0] for name in imported(path)} - {"okrsheets"}


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(ROOT)))
def test_a_module_imports_from_its_own_floor_and_those_below(path: Path) -> None:
    assert own_floors(path) <= MAY_IMPORT[floor(path)]


@pytest.mark.parametrize("path", [path for path in MODULES if floor(path) in PURE], ids=lambda path: path.name)
def test_words_rules_and_orders_need_the_standard_library_only_and_see_nothing_of_the_world(path: Path) -> None:
    assert tops(path) <= set(sys.stdlib_module_names)
    assert not tops(path) & SEES_THE_WORLD
    assert "open" not in set(called(path))


@pytest.mark.parametrize("path", [path for path in MODULES if floor(path) not in ("shell", "")], ids=lambda p: p.name)
def test_only_the_shell_speaks_and_exits(path: Path) -> None:
    assert not set(called(path)) & SPEAKS
    assert "rich" not in tops(path)
    assert "typer" not in tops(path)


@pytest.mark.parametrize("path", [path for path in MODULES if path != THE_CLOCK], ids=lambda path: path.name)
def test_the_clock_is_read_at_one_place(path: Path) -> None:
    assert not named(path) & READS_THE_CLOCK


def test_the_one_place_reads_it() -> None:
    assert named(THE_CLOCK) & READS_THE_CLOCK


@pytest.mark.parametrize("source", ["import random", "from os import environ", "import pydantic"])
def test_the_check_sees_what_it_looks_for(source: str, tmp_path: Path) -> None:
    """A check that finds nothing may be blind; this one finds what it forbids."""
    module = tmp_path / "module.py"
    module.write_text(f"def f():\n    {source}\n", encoding="utf-8")
    assert tops(module) & SEES_THE_WORLD or not tops(module) <= set(sys.stdlib_module_names)
