"""Templates by name, as okrsheets brings them, or by path, as somebody wrote them."""

from __future__ import annotations

import os
from dataclasses import dataclass
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path

from okrsheets.edges import toml_files
from okrsheets.edges.home import from_home
from okrsheets.edges.template_format import LANGUAGES, TemplateFile, languages_of
from okrsheets.edges.template_links import link_faults
from okrsheets.words.errors import BadLanguage, BadTemplate, UnknownTemplate
from okrsheets.words.plan import Plan

SHELF = "okrsheets.templates"
SUFFIX = ".toml"
LAST = "blank"
"""Comes after the worked examples."""


@dataclass(frozen=True, slots=True)
class Template:
    """A plan to begin with, in one or more languages."""

    name: str
    file: TemplateFile

    @property
    def languages(self) -> tuple[str, ...]:
        """The codes of its languages, in the order of the file."""
        return tuple(self.file.title)

    def title(self, language: str) -> str:
        """What it is called. Raises BadLanguage."""
        return self.file.title[self._known(language)]

    def description(self, language: str) -> str:
        """What it is for, in a sentence or two. Raises BadLanguage."""
        return self.file.description[self._known(language)]

    def plan(self, language: str) -> Plan:
        """The plan in one of its languages. Raises BadLanguage."""
        return self.file.plan(self._known(language))

    def _known(self, language: str) -> str:
        if language not in self.languages:
            raise BadLanguage(given=language, known=tuple(f"“{each}”" for each in self.languages))
        return language


def names() -> tuple[str, ...]:
    """The names of the templates that okrsheets brings, the blank one last."""
    found = (entry.name.removesuffix(SUFFIX) for entry in files(SHELF).iterdir() if entry.name.endswith(SUFFIX))
    return tuple(sorted(found, key=lambda name: (name == LAST, name)))


def load(name_or_path: str) -> Template:
    """The template of that name, or of the file at that path: what has a separator or ends in `.toml`.

    Raises UnknownTemplate where there is none, BadTemplate with everything that is wrong with the file.
    """
    if is_path(name_or_path):
        path = from_home(name_or_path)
        return _loaded(path.stem, path, name_or_path)
    if name_or_path not in names():
        raise UnknownTemplate(name=name_or_path, known=names())
    file = f"{name_or_path}{SUFFIX}"
    return _loaded(name_or_path, files(SHELF) / file, file)


def is_path(name_or_path: str) -> bool:
    """Whether it is the path of a template rather than a name."""
    separators = {"/", os.sep, os.altsep or os.sep}
    return name_or_path.endswith(SUFFIX) or any(mark in name_or_path for mark in separators)


def _loaded(name: str, file: Path | Traversable, ref: str) -> Template:
    try:
        raw = toml_files.read(file)
        context = {LANGUAGES: languages_of(raw)}
        return Template(name, toml_files.check(raw, TemplateFile, link_faults(raw), context))
    except FileNotFoundError:
        raise UnknownTemplate(name=ref, known=names()) from None
    except toml_files.Faults as wrong:
        raise BadTemplate(file=ref, faults=wrong.faults) from None
