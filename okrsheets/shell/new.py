"""`okrsheets new`: a workbook from a template."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated

import typer

from okrsheets.edges import languages, templates
from okrsheets.edges.google.store.reference import is_google
from okrsheets.edges.templates import Template
from okrsheets.orders.check import Checked
from okrsheets.orders.new import new as make
from okrsheets.rules.called import called
from okrsheets.rules.typed import settings
from okrsheets.shell import asked, options
from okrsheets.shell.desk import Desk
from okrsheets.shell.documents.outcomes import made
from okrsheets.shell.faults import DONE
from okrsheets.words.errors import OkrsheetsError
from okrsheets.words.message import Fact, Language, Message, keep, say
from okrsheets.words.store import OnTheWeb, Store

TEMPLATE = keep("high-ticket, low-ticket, social, blank, or the path of a template file.")
OUT = keep("The workbook to make: a path that ends in .xlsx, or google, or google: and the id of a folder.")
QUARTER = keep("The quarter, such as 2026-Q4; by default the current one.")
START = keep("The first Monday, instead of a quarter.")
WEEKS = keep("How many weeks from there, 1 to 26; by default 13.")
LOCALE = keep("Whose numbers and dates: nl_NL, en_US, nl_BE and so on.")
NAME = keep("What the workbook is called.")
SHARE = keep("Somebody who may edit the new Google Sheet, by e-mail address; as often as you like.")
SET = keep("A value of the plan: theme.price=1500, KR1.target=10 and so on; as often as you like.")


def new(
    template: Annotated[str, typer.Argument(metavar="TEMPLATE", help=TEMPLATE)],
    out: Annotated[str, typer.Argument(metavar="OUT", help=OUT)],
    quarter: Annotated[str | None, typer.Option("--quarter", metavar="QUARTER", help=QUARTER)] = None,
    start: Annotated[str | None, typer.Option("--start", metavar="DATE", help=START)] = None,
    weeks: Annotated[int | None, typer.Option("--weeks", metavar="N", help=WEEKS)] = None,
    lang: options.Lang = None,
    locale: Annotated[str | None, typer.Option("--locale", metavar="LOCALE", help=LOCALE)] = None,
    name: Annotated[str | None, typer.Option("--name", metavar="TEXT", help=NAME)] = None,
    values: Annotated[list[str] | None, typer.Option("--set", metavar="KEY=VALUE", help=SET)] = None,
    share: Annotated[list[str] | None, typer.Option("--share", metavar="EMAIL", help=SHARE)] = None,
    force: options.Force = False,
    json: options.Json = False,
    config: options.Config = None,
    verbose: options.Verbose = False,
    quiet: options.Quiet = False,
) -> int:
    """Makes the workbook and says what to do next."""
    desk = Desk(config, verbose=verbose, quiet=quiet)
    guests = asked.guests(share or [], out)
    store = place_of(out, desk)
    chosen = templates.load(template)
    language = language_of(chosen, lang, locale, desk)
    plan = settings.apply(chosen.plan(language.code), values or [], language.locale)
    period = asked.period(quarter, start, weeks, desk.today(None))
    checked = make(store, plan, period, language, desk.languages, name=name, force=force)
    url = store.url if isinstance(store, OnTheWeb) else None
    if isinstance(store, OnTheWeb):
        let_in(store, guests)
    if json:
        desk.screen.document(made(checked, language, url))
    else:
        announce(checked, desk, url, guests)
    return DONE


def place_of(out: str, desk: Desk) -> Store:
    """Where the workbook goes: a file, or Google. Raises BadOutput, NoGoogleFolder, and what signing in raises."""
    return desk.new_sheet(out) if is_google(out) else desk.store(str(asked.output(out)))


def let_in(store: OnTheWeb, guests: Sequence[str]) -> None:
    """Shares a new sheet with all of them. Raises the first refusal, which names the sheet, when all were tried."""
    refusals = []
    for guest in guests:
        try:
            store.share(guest)
        except OkrsheetsError as refusal:
            refusals.append(refusal)
    if refusals:
        raise refusals[0]


def language_of(template: Template, lang: str | None, locale: str | None, desk: Desk) -> Language:
    """The language that was asked for, else the person's own where the template has it, else the template's first.

    Raises BadLanguage and BadLocale.
    """
    own = desk.language.code
    code = lang or (own if own in template.languages else template.languages[0])
    return languages.language(code, locale)


def announce(checked: Checked, desk: Desk, url: str | None, guests: Sequence[str]) -> None:
    """What was made, who may edit it, what may be better about it, what to do now."""
    about = checked.snapshot.about
    desk.screen.note(made_in_words(checked, url))
    if url:
        desk.screen.note(url, indent=2)
    if guests:
        desk.screen.note(say("{who} may edit it now. Google sends no mail: send them the address.", who=tuple(guests)))
    if not desk.quiet:
        # rich takes a while to load, and JSON needs none of it.
        from okrsheets.shell.findings import show_findings

        show_findings(checked, desk)
    desk.screen.note(say("Open it, tick off and fill in; then: okrsheets sync {ref}", ref=asked.as_typed(about.ref)))


def made_in_words(checked: Checked, url: str | None) -> Message:
    """What was made. An address of the web follows by itself, so that it can be clicked."""
    about = checked.snapshot.about
    facts: dict[str, Fact] = {
        "title": checked.snapshot.plan.theme.title or about.period.label,
        "period": called(about.period),
        "start": about.period.start,
        "end": about.period.end,
    }
    if url:
        return say("Made {title}, {period}, from {start} to {end}:", **facts)
    return say("Made {ref}: {title}, {period}, from {start} to {end}.", ref=about.ref, **facts)
