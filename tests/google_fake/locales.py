"""How four locales write numbers, dates and truth, as far as spreadsheets show it."""

from __future__ import annotations

from dataclasses import dataclass

NARROW_SPACE = "\u202f"


@dataclass(frozen=True, slots=True)
class Locale:
    """Signs and words of one locale; `dates` are patterns for typing, the first one is for showing."""

    name: str
    decimal: str
    group: str
    currency: str
    currency_pattern: str
    percent_gap: str
    dates: tuple[str, ...]
    true: str
    false: str
    months: tuple[str, ...]


LOCALES = {
    locale.name: locale
    for locale in (
        Locale(
            *("en_US", ".", ",", "$", "$#,##0.00", ""),
            ("m/d/yyyy", "m-d-yyyy", "m/d", "m-d"),
            *("TRUE", "FALSE"),
            ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"),
        ),
        Locale(
            *("nl_NL", ",", ".", "€", "€ #,##0.00", ""),
            ("d-m-yyyy", "d/m/yyyy", "d.m.yyyy", "d-m", "d/m", "d.m"),
            *("WAAR", "ONWAAR"),
            ("jan", "feb", "mrt", "apr", "mei", "jun", "jul", "aug", "sep", "okt", "nov", "dec"),
        ),
        Locale(
            *("de_DE", ",", ".", "€", "#,##0.00 €", ""),
            ("d.m.yyyy", "d/m/yyyy", "d-m-yyyy", "d.m", "d/m"),
            *("WAHR", "FALSCH"),
            ("jan", "feb", "mär", "apr", "mai", "jun", "jul", "aug", "sep", "okt", "nov", "dez"),
        ),
        Locale(
            *("fr_FR", ",", NARROW_SPACE, "€", "#,##0.00 €", "\u00a0"),
            ("d/m/yyyy", "d-m-yyyy", "d.m.yyyy", "d/m", "d-m"),
            *("VRAI", "FAUX"),
            ("janv", "févr", "mars", "avr", "mai", "juin", "juil", "août", "sept", "oct", "nov", "déc"),
        ),
    )
}


def locale(name: str) -> Locale:
    """The locale of a spreadsheet; one with the same language, or en_US, where it is not among the four."""
    same_language = (found for key, found in LOCALES.items() if key[:2] == name[:2])
    return LOCALES.get(name) or next(same_language, LOCALES["en_US"])
