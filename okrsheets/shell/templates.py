"""`okrsheets templates`: what there is to begin with."""

from __future__ import annotations

from typing import Annotated

import typer

from okrsheets.edges import templates as shelf
from okrsheets.edges.templates import Template
from okrsheets.rules.typed.settings import keys
from okrsheets.shell import options
from okrsheets.shell.desk import Desk
from okrsheets.shell.documents.values import Document
from okrsheets.shell.faults import DONE
from okrsheets.words.errors import UsageError
from okrsheets.words.message import Language, keep, say

WHAT = keep("list, or show with the name of a template.")
NAME = keep("A template's name, or the path of a template file.")


class WhichTemplate(UsageError):
    text = keep("Which template?")
    remedy = keep("Choose one of {known}, or give the path of a template file.")


class ListOrShow(UsageError):
    text = keep("okrsheets templates cannot {what}.")
    remedy = keep("Use: okrsheets templates list, or: okrsheets templates show NAME")


def templates(
    what: Annotated[str, typer.Argument(metavar="[list|show]", help=WHAT)] = "list",
    name: Annotated[str | None, typer.Argument(metavar="[NAME]", help=NAME)] = None,
    json: options.Json = False,
    config: options.Config = None,
    verbose: options.Verbose = False,
    quiet: options.Quiet = False,
) -> int:
    """Lists them, or shows one."""
    desk = Desk(config, verbose=verbose, quiet=quiet)
    if what == "show":
        if not name:
            raise WhichTemplate(known=shelf.names())
        show(shelf.load(name), desk, json)
    elif what == "list" and not name:
        list_all([shelf.load(known) for known in shelf.names()], desk, json)
    else:
        raise ListOrShow(what=f"{what} {name or ''}".strip())
    return DONE


def list_all(known: list[Template], desk: Desk, json: bool) -> None:
    """Every template that okrsheets brings."""
    if json:
        desk.screen.document([entry(template, desk.language) for template in known])
        return
    width = max(len(template.name) for template in known)
    for template in known:
        title = template.title(language_of(template, desk.language))
        desk.screen.text(f"{template.name.ljust(width)}  {title}")


def show(template: Template, desk: Desk, json: bool) -> None:
    """What is in one template."""
    if json:
        desk.screen.document(contents(template, desk.language))
        return
    # rich takes a while to load, and JSON needs none of it.
    from okrsheets.shell.inventory import Inventory

    code = language_of(template, desk.language)
    desk.screen.paragraph(template.title(code), "bold")
    desk.screen.paragraph(template.description(code))
    Inventory(template.plan(code), desk.screen, desk.language).draw()
    desk.screen.note(say("Begin with: okrsheets new {name} plan.xlsx", name=template.name))


def language_of(template: Template, language: Language) -> str:
    """The person's language where the template has it, else the template's first."""
    return language.code if language.code in template.languages else template.languages[0]


def entry(template: Template, language: Language) -> Document:
    """A line of `templates list --json`."""
    title = template.title(language_of(template, language))
    return {"name": template.name, "title": title, "languages": list(template.languages)}


def contents(template: Template, language: Language) -> Document:
    """`templates show --json`: what it is for, and every key that `--set` knows in it."""
    code = language_of(template, language)
    return entry(template, language) | {
        "description": template.description(code),
        "settings": list(keys(template.plan(code))),
    }
