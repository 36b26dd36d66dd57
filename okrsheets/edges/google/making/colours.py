"""Colours in the words of the interface."""

from __future__ import annotations

from okrsheets.edges.google.wire.call import Json
from okrsheets.words.workbook import Colour

CHANNELS = ("red", "green", "blue")


def style(colour: Colour) -> Json:
    """A ColorStyle; four digits tell all 256 steps of a channel apart."""
    return {"rgbColor": {name: round(step / 255, 4) for name, step in zip(CHANNELS, _steps(colour), strict=True)}}


def paler(colour: Colour, share: float) -> Colour:
    """A colour mixed with white, `share` (0 to 1) of itself left."""
    return "".join(f"{round(255 - share * (255 - step)):02X}" for step in _steps(colour))


def _steps(colour: Colour) -> tuple[int, int, int]:
    return int(colour[:2], 16), int(colour[2:4], 16), int(colour[4:], 16)
