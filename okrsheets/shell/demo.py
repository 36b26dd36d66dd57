"""`okrsheets demo`: a workbook to look at, with no account and no configuration."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from okrsheets.edges import languages, templates
from okrsheets.edges.excel.disk.faults import in_words
from okrsheets.edges.home import from_home
from okrsheets.orders.demo import TEMPLATE
from okrsheets.orders.demo import demo as make
from okrsheets.orders.sync import SyncResult
from okrsheets.shell import options
from okrsheets.shell.desk import Desk
from okrsheets.shell.faults import DONE
from okrsheets.words.errors import NotAFolder
from okrsheets.words.message import Language, keep, say

FOLDER = keep("The folder to put it in; by default the one you are in.")
NAME = "okrsheets-demo.xlsx"
USUAL_LANGUAGE = "nl"


def demo(
    folder: Annotated[str, typer.Argument(metavar="[DIR]", help=FOLDER)] = ".",
    lang: options.Lang = USUAL_LANGUAGE,
    today: options.Today = None,
    force: options.Force = False,
    config: options.Config = None,
    verbose: options.Verbose = False,
    quiet: options.Quiet = False,
) -> int:
    """Makes the workbook and says which file to open."""
    desk = Desk(config, verbose=verbose, quiet=quiet)
    language = languages.language(lang or USUAL_LANGUAGE)
    store = desk.store(str(placed(from_home(folder))))
    plan = templates.load(TEMPLATE).plan(language.code)
    result = make(store, plan, language, desk.languages, desk.today(today), force=force)
    announce(result, language, desk)
    return DONE


def placed(folder: Path) -> Path:
    """Where the workbook is to be; its folder is made if need be. Raises NotAFolder, NotWritable."""
    with in_words(str(folder), writing=True):
        try:
            folder.mkdir(parents=True, exist_ok=True)
        except FileExistsError:
            raise NotAFolder(given=str(folder)) from None
    return folder / NAME


def announce(result: SyncResult, language: Language, desk: Desk) -> None:
    """What its Summary says, and which file to open."""
    if result.report and not desk.quiet:
        desk.screen.note(say("Week 7 of somebody's quarter, filled in and synced. Its Summary says:"))
        for sentence in result.report.headline:
            desk.screen.paragraph(language.say(sentence), indent=2)
    desk.screen.note(say("Open {ref}", ref=result.ref))
