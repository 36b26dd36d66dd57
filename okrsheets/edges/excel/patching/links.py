"""The links of a sheet's cells: `<hyperlink>` elements outside of its rows, changed one by one."""

from __future__ import annotations

from collections.abc import Mapping

from okrsheets.edges.excel.patching.splice import Edit
from okrsheets.edges.excel.reading.refs import quoted
from okrsheets.edges.excel.reading.sheet import HyperlinkPlace, Sheet, Span
from okrsheets.edges.excel.reading.texts import in_xml
from okrsheets.words.grid import NOTHING, Spot, a1


def link_edits(sheet: Sheet, links: Mapping[Spot, str | None]) -> list[Edit]:
    """The edits after which these cells lead where they should. A person's link to the web goes only for a new one."""
    edits: list[Edit] = []
    added: list[str] = []
    removed, known = 0, own_links(sheet)
    for spot, to in sorted(changed_links(sheet, links).items()):
        own = [place for place in known.get(spot, ()) if to or place.to]
        if to and own:
            edits.append(Edit(own[0].span, _markup(sheet, own[0].area.a1, to)))
        elif to:
            added.append(_markup(sheet, a1(spot), to).decode())
        unneeded = own[1:] if to else own
        edits += [Edit(place.span, b"") for place in unneeded]
        removed += len(unneeded)
    if removed and removed == len(sheet.hyperlinks) and not added:
        return [Edit(sheet.links, b"")]
    return edits + _added(sheet, "".join(added))


def changed_links(sheet: Sheet, links: Mapping[Spot, str | None]) -> dict[Spot, str | None]:
    """Those links that are not yet as they should be."""
    return {spot: to for spot, to in links.items() if sheet.cells.get(spot, NOTHING).link != to}


def own_links(sheet: Sheet) -> dict[Spot, list[HyperlinkPlace]]:
    """By cell, the links on just that cell, or on the merged cell that begins there."""
    merges, own = set(sheet.merges), dict[Spot, list[HyperlinkPlace]]()
    for place in sheet.hyperlinks:
        area = place.area
        if (area.top, area.left) == (area.bottom, area.right) or area in merges:
            own.setdefault((area.top, area.left), []).append(place)
    return own


def _markup(sheet: Sheet, reference: str, to: str) -> bytes:
    return f'<{sheet.prefix}hyperlink ref="{reference}" location="{in_xml(quoted(to))}"/>'.encode()


def _added(sheet: Sheet, markup: str) -> list[Edit]:
    if not markup:
        return []
    if sheet.hyperlinks:
        at = sheet.data.rindex(b"</", sheet.links.start, sheet.links.end)
        return [Edit(Span(at, at), markup.encode())]
    prefix = sheet.prefix
    return [Edit(sheet.links, f"<{prefix}hyperlinks>{markup}</{prefix}hyperlinks>".encode())]
