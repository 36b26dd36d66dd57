"""Colours: the service answers each twice, as a colour and as a style, in single precision and without zeros."""

from __future__ import annotations

from math import ceil
from typing import Any

from .answers import Json

CHANNELS = ("red", "green", "blue", "alpha")
WHITE = {"red": 1, "green": 1, "blue": 1}


def rgb(red: float, green: float, blue: float) -> Json:
    """A colour as the service writes it."""
    return rounded({"red": red, "green": green, "blue": blue})


def rounded(colour: Json) -> Json:
    """A colour in steps of 1/255 and single precision (0.5 comes back as 0.49803922); a channel at 0 is not written."""
    steps = {name: ceil(colour[name] * 255 - 0.5) for name in CHANNELS if colour.get(name)}
    channels = {name: float(f"{step / 255:.8g}") for name, step in steps.items() if step}
    return {name: int(value) if value.is_integer() else value for name, value in channels.items()}


THEME = {
    "TEXT": {},
    "BACKGROUND": WHITE,
    "ACCENT1": rgb(66 / 255, 133 / 255, 244 / 255),
    "ACCENT2": rgb(234 / 255, 67 / 255, 53 / 255),
    "ACCENT3": rgb(251 / 255, 188 / 255, 4 / 255),
    "ACCENT4": rgb(52 / 255, 168 / 255, 83 / 255),
    "ACCENT5": rgb(1, 109 / 255, 1 / 255),
    "ACCENT6": rgb(70 / 255, 189 / 255, 198 / 255),
    "LINK": rgb(17 / 255, 85 / 255, 204 / 255),
}


def is_colour(name: str) -> bool:
    """Whether a field holds a colour, by its name."""
    return name == "color" or name.endswith("Color")


def both(value: Any) -> Any:
    """A value with every colour in it under both its names. A style wins over the colour beside it."""
    if isinstance(value, list):
        return [both(item) for item in value]
    if not isinstance(value, dict):
        return value
    out: Json = {}
    for name, inner in value.items():
        if is_colour(name.removesuffix("Style")) and isinstance(inner, dict):
            bare = name.removesuffix("Style")
            out |= named_twice(bare, value.get(bare), value.get(bare + "Style"))
        else:
            out[name] = both(inner)
    return out


def named_twice(name: str, colour: Json | None, style: Json | None) -> Json:
    """`tabColor` and `tabColorStyle` for one of them."""
    if style is not None and "themeColor" in style:
        return {name: THEME[style["themeColor"]], name + "Style": style}
    plain = style.get("rgbColor") if style is not None else colour
    if plain is None:
        return {}
    colour = rounded(plain)
    return {name: colour, name + "Style": {"rgbColor": dict(colour)}}
