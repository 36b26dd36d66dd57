"""The options that commands share, declared once."""

from __future__ import annotations

from typing import Annotated

import typer

from okrsheets.words.message import keep

OneWorkbook = Annotated[
    str,
    typer.Argument(
        metavar="WORKBOOK", help=keep("A path, the URL of a Google Sheet, or a name from the configuration.")
    ),
]
Workbooks = Annotated[
    list[str] | None,
    typer.Argument(
        metavar="[WORKBOOK]...",
        help=keep("Paths, URLs of Google Sheets or names; none: all workbooks of the configuration."),
    ),
]
Today = Annotated[
    str | None, typer.Option("--today", metavar="DATE", help=keep("The day to compute as of, such as 2026-11-23."))
]
Lang = Annotated[str | None, typer.Option("--lang", metavar="nl|en", help=keep("The language of the workbook."))]
Json = Annotated[bool, typer.Option("--json", help=keep("Print one JSON document and nothing else."))]
Strict = Annotated[bool, typer.Option("--strict", help=keep("Exit with 4 where something needs a person."))]
Force = Annotated[bool, typer.Option("--force", help=keep("Replace a file that is already there."))]
Config = Annotated[
    str | None, typer.Option("--config", metavar="FILE", help=keep("The configuration; instead of your own one."))
]
Verbose = Annotated[bool, typer.Option("--verbose", "-v", help=keep("Say more, and show where a bug is."))]
Quiet = Annotated[bool, typer.Option("--quiet", "-q", help=keep("Say only what went wrong."))]
