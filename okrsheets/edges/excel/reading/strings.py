"""The shared strings of a workbook."""

from __future__ import annotations

from okrsheets.edges.excel.disk.faults import DAMAGED, Unreadable
from okrsheets.edges.excel.reading.markup import prefix_at, root_of, start_tag
from okrsheets.edges.excel.reading.sheet import Span
from okrsheets.edges.excel.reading.texts import decoded
from okrsheets.edges.excel.reading.tokens import each, tokens
from okrsheets.edges.excel.reading.unusual import UnusualCells

STRING = rb"""
    \s*(?:<Psi><Pt(?:\ xml:space="preserve")?>([^<&]*)</Pt></Psi>
      | (<PsiATTRIBUTES\s*(?:/>|>.*?</Psi\s*>)))"""


def shared_strings(data: bytes) -> list[str]:
    """The texts in their order: the runs of a rich text joined, the phonetic guides of Japanese left out."""
    root = root_of(data)
    prefix, inside = prefix_at(data, root), root + len(start_tag(data, root))
    texts, end, unusual = [], inside, UnusualCells(prefix)
    for token in each(tokens(STRING, prefix, data, Span(inside, len(data)))):
        plain, rich = token.groups()
        text = plain.decode() if rich is None else "".join(unusual.cell(rich).value or ())
        texts.append(decoded(text))
        end = token.end()
    if data.find(f"<{prefix}si".encode(), end) >= 0:
        raise Unreadable(DAMAGED)
    return texts
