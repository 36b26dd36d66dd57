"""Letters that look alike: what a person copies from a web page or a phone, in the letters of a keyboard."""

from __future__ import annotations

WIDE = {0xFF01 + n: 0x21 + n for n in range(94)}
"""The full-width letters, figures and marks of East Asian keyboards."""
SPACES = dict.fromkeys((0xA0, *range(0x2000, 0x200B), 0x202F, 0x205F, 0x3000), " ")
UNSEEN = dict.fromkeys(
    (0xAD, *range(0x200B, 0x2010), *range(0x202A, 0x202F), *range(0x2060, 0x2065), 0xFE0E, 0xFE0F, 0xFEFF)
)
"""Joiners, marks of direction, and the request to draw a sign as text or as a picture."""
ALIKE = WIDE | SPACES | UNSEEN | {0x2212: "-", 0x2018: "'", 0x2019: "'", 0x2032: "'", 0xFFE5: "¥", 0xFFE1: "£"}


def plain(text: str) -> str:
    """The text with a letter of a keyboard for each that looks like it, and nothing for what nobody sees."""
    return text.translate(ALIKE).strip()
