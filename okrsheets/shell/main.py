"""The door: runs a command and ends with its exit code. Nobody sees a traceback who did not ask for one."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from typing import Any, NoReturn

from okrsheets import __version__

LOST = 3
"""The exit code where the output could not be written."""


def main(argv: Sequence[str] | None = None) -> NoReturn:
    """Runs the command line of the process, or the given one, and exits."""
    open_streams()
    sys.exit(told(run(argv)))


def open_streams() -> None:
    """Gives words somewhere to go where the process has no output, as a service without a window or after `>&-`."""
    for name in ("stdout", "stderr"):
        if getattr(sys, name) is None:
            setattr(sys, name, open(os.devnull, "w", encoding="utf-8"))  # noqa: PTH123, SIM115 (open as long as it runs)


def told(code: int) -> int:
    """The exit code once the last words are out; that of a lost output where all else went well."""
    try:
        sys.stdout.flush()
    except OSError as fault:
        from okrsheets.shell.screen import forget

        forget(sys.stdout)
        return code if isinstance(fault, BrokenPipeError) else code or LOST
    return code


def run(argv: Sequence[str] | None = None) -> int:
    """The exit code of a command (contract.md §2)."""
    given = list(sys.argv[1:] if argv is None else argv)
    try:
        if given == ["--version"]:
            # The question of scripts and bug reports, answered before anything is loaded.
            sys.stdout.write(f"okrsheets {__version__}\n")
            return 0
        return run_command(argv, given)
    except KeyboardInterrupt:
        return 130
    except Exception as error:
        # Only what goes wrong before there are words: a library that is missing, an installation that is torn.
        if "--verbose" in given:
            raise
        sys.stderr.write(f"okrsheets cannot go on: {error}\n")
        return 1


def run_command(argv: Sequence[str] | None, given: Sequence[str]) -> int:
    """Runs it with whatever may go wrong told in the person's own language."""
    from typer.main import get_command

    from okrsheets.shell.app import build
    from okrsheets.shell.faults import OutputLost, complain, fault_of
    from okrsheets.shell.screen import Screen, forget, soften

    soften()
    screen = Screen(own_language(given), verbose=bool({"--verbose", "-v"} & set(given)))
    try:
        code: Any = get_command(build())(args=argv, prog_name="okrsheets", standalone_mode=False, obj=screen.language)
        return code or 0
    except Exception as error:
        fault = fault_of(error)
    complain(fault, screen)
    if isinstance(fault, OutputLost):
        forget(sys.stdout)
    elif "--json" in given:
        screen.refuse(fault.message, fault.advice)
    return fault.exit_code


def own_language(given: Sequence[str]) -> Any:
    """The person's language before the command is known: as configured if the configuration is good."""
    import os

    from okrsheets.edges import languages
    from okrsheets.shell.desk import Desk
    from okrsheets.words.errors import OkrsheetsError

    try:
        return Desk(config_of(given)).language
    except OkrsheetsError:
        return languages.language(languages.language_of(os.environ))


def config_of(given: Sequence[str]) -> str | None:
    """The file of `--config FILE` or `--config=FILE`."""
    for n, option in enumerate(given):
        if option == "--config":
            return "".join(given[n + 1 : n + 2]) or None
        if option.startswith("--config="):
            return option.partition("=")[2]
    return None
