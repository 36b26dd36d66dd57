"""Keeps the catalogues in step with the source: `python tools/catalogues.py`, or `make words`.

It finds every `say`, `say_many` and `keep` in okrsheets/, adds new texts to each language's .po file, drops those that
nobody says any more, and compiles the .mo files. New texts are empty until somebody translates them: they are listed,
and the exit code is 1. With `--check` nothing is changed, and what is not in step is listed too.
"""

from __future__ import annotations

import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import read_mo, write_mo
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).resolve().parent.parent
SOURCE = ROOT / "okrsheets"
LOCALES = SOURCE / "locales"
NAMES = {"say": (1,), "say_many": (1, 2), "keep": (1,)}
"""Which arguments of which functions are catalogue texts."""

HEADER: dict[str, Any] = {
    "project": "okrsheets",
    "charset": "utf-8",
    "msgid_bugs_address": "the issues of the project",
    "last_translator": "the makers of okrsheets",
    # Fixed, so that only a change of words changes the files.
    "creation_date": datetime(2026, 11, 23, tzinfo=UTC),
    "revision_date": datetime(2026, 11, 23, tzinfo=UTC),
}


def extracted() -> Catalog:
    """Every text in the source, with the files that say it."""
    found = Catalog()
    texts = extract_from_dir(SOURCE, [("**.py", "python")], keywords=NAMES, comment_tags=("Translators:",))
    for file, _line, text, comments, _context in sorted(texts, key=lambda each: (each[0], each[1])):
        found.add(text, None, [(f"okrsheets/{file}", 0)], auto_comments=comments)
    return found


def read(file: Path) -> Catalog:
    """A language's catalogue."""
    with file.open("rb") as lines:
        return read_po(lines, locale=file.parts[-3])


def in_step(old: Catalog, source: Catalog) -> Catalog:
    """The catalogue with exactly the texts of the source; what was translated stays, nothing is guessed."""
    new = Catalog(locale=old.locale, header_comment=old.header_comment, fuzzy=False, **HEADER)
    for message in source:
        if message.id:
            known = old.get(message.id)
            new.add(message.id, known.string if known else None, message.locations, auto_comments=message.auto_comments)
    return new


def missing(catalogue: Catalog) -> list[str]:
    """The texts without a translation, and plurals that lack a form."""
    return [str(each.id) for each in catalogue if each.id and not all(forms(each.string))]


def forms(string: str | tuple[str, ...] | list[str] | None) -> tuple[str, ...]:
    """The forms of a translation, one where there is no plural; an empty one where there is none at all."""
    return tuple(string) if isinstance(string, list | tuple) else (string or "",)


def write(catalogue: Catalog, file: Path) -> None:
    """Writes the .po file and, beside it, the .mo file."""
    with file.open("wb") as lines:
        write_po(lines, catalogue, width=120, include_lineno=False, omit_header=False)
    with file.with_suffix(".mo").open("wb") as compiled:
        write_mo(compiled, catalogue)


def main(arguments: list[str]) -> int:
    """Brings every language into step and says what is still to be translated; with `--check` only says it."""
    source, to_do = extracted(), []
    for file in sorted(LOCALES.glob("*/LC_MESSAGES/okrsheets.po")):
        old = read(file)
        catalogue = in_step(old, source)
        if "--check" in arguments:
            to_do += [f"{file.parts[-3]}: {text!r} is not in step" for text in out_of_step(old, catalogue, file)]
        else:
            write(catalogue, file)
        to_do += [f"{file.parts[-3]}: {text!r} is not translated" for text in missing(catalogue)]
    sys.stdout.write("\n".join([f"{len(source)} texts", *to_do, ""]))
    return min(len(to_do), 1)


def out_of_step(old: Catalog, new: Catalog, file: Path) -> list[str]:
    """Texts that the .po file lacks or has in vain, and those of which the .mo file says something else."""
    texts, known = ({key(each): forms(each.string) for each in catalogue if each.id} for catalogue in (new, old))
    with file.with_suffix(".mo").open("rb") as compiled:
        spoken = {key(each): forms(each.string) for each in read_mo(compiled) if each.id}
    silent = {id for id, string in known.items() if any(string) and spoken.get(id) != string}
    return sorted(str(id) for id in {*texts} ^ {*known} | silent)


def key(message: Message) -> tuple[str, ...]:
    """The English of a message: one text, or one and its plural."""
    return forms(message.id)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
