"""What a Summary cell will hold once it is stored: the form in which it is written, and read back."""

from __future__ import annotations

from okrsheets.edges.excel.reading.texts import encoded, in_xml, storable
from okrsheets.words.grid import Spot, Value, a1

LARGEST_EXACT = 2**53


def stored(value: Value) -> Value:
    """The value as it will be read back: numbers are floats, an empty text is no content."""
    if isinstance(value, str):
        return storable(value) or None
    return value if value is None or isinstance(value, bool) else float(value)


def cell_markup(prefix: str, spot: Spot, style: bytes | None, value: Value) -> str:
    """The `<c>` of a value, with the prefix of the part's own namespace (`x:` or none)."""
    start = f'<{prefix}c r="{a1(spot)}"' + (f' s="{in_xml(style.decode())}"' if style else "")
    value = stored(value)
    if value is None:
        return f"{start}/>"
    if isinstance(value, str):
        text = f'<{prefix}is><{prefix}t xml:space="preserve">{in_xml(encoded(value))}</{prefix}t></{prefix}is>'
        return f'{start} t="inlineStr">{text}</{prefix}c>'
    if isinstance(value, bool):
        return f'{start} t="b"><{prefix}v>{int(value)}</{prefix}v></{prefix}c>'
    return f"{start}><{prefix}v>{_digits(value)}</{prefix}v></{prefix}c>"


def _digits(number: float) -> str:
    """The shortest digits that read back as the same number, a whole one without `.0`."""
    return str(int(number)) if number.is_integer() and abs(number) < LARGEST_EXACT else repr(number)
