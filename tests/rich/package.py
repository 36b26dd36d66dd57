"""A workbook as a bag of parts, into which more parts are put by hand: what no library writes, Excel does."""

from __future__ import annotations

import io
import posixpath
import zipfile

HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
TYPES = "[Content_Types].xml"
STORED = (".png", ".bin")
"""What is packed already, or as good as, is kept as it is by most programs."""


class Package:
    """The parts by name, in their order."""

    def __init__(self, workbook: bytes) -> None:
        with zipfile.ZipFile(io.BytesIO(workbook)) as archive:
            self.parts = {name: archive.read(name) for name in archive.namelist()}

    def add(self, name: str, content: str | bytes, content_type: str) -> None:
        """One more part."""
        assert name not in self.parts
        self.parts[name] = content if isinstance(content, bytes) else (HEAD + content).encode()
        self._put_in(TYPES, "</Types>", f'<Override PartName="/{name}" ContentType="{content_type}"/>')

    def relate(self, source: str, kind: str, target: str) -> str:
        """Has one part (`""`: the whole package) lead to another. Returns the id of the relation."""
        folder, name = posixpath.split(source)
        rels = posixpath.join(folder, "_rels", f"{name}.rels")
        if rels not in self.parts:
            empty = f'<Relationships xmlns="{PACKAGE}/relationships"></Relationships>'
            self.parts[rels] = (HEAD + empty).encode()
        id = f"rIdMine{self.parts[rels].count(b'<Relationship ')}"
        mode = ' TargetMode="External"' if "://" in target else ""
        where = target if mode else f"/{target}"
        line = f'<Relationship Id="{id}" Type="{kind}" Target="{where}"{mode}/>'
        self._put_in(rels, "</Relationships>", line)
        return id

    def put_before(self, name: str, marks: tuple[str, ...], markup: str) -> None:
        """Markup before the first of the marks that the part has."""
        mark = next(mark for mark in marks if mark.encode() in self.parts[name])
        self._put_in(name, mark, markup)

    def extend(self, name: str, markup: str) -> None:
        """An `<ext>` at the end of a part's extensions, whether or not it has some."""
        end = "</worksheet>" if b"</worksheet>" in self.parts[name] else "</workbook>"
        if b"</extLst>" in self.parts[name]:
            before, _, after = self.parts[name].rpartition(b"</extLst>")
            self.parts[name] = before + markup.encode() + b"</extLst>" + after
        else:
            self._put_in(name, end, f"<extLst>{markup}</extLst>")

    def replace(self, name: str, old: str, new: str) -> None:
        """Another text for one that stands there once."""
        assert self.parts[name].count(old.encode()) == 1, f"{old} in {name}"
        self.parts[name] = self.parts[name].replace(old.encode(), new.encode())

    def sheet(self, title: str) -> str:
        """The part of a tab, counted as XlsxWriter counts: chart sheets apart."""
        text = self.parts["xl/workbook.xml"].decode()
        id = text.split(f'<sheet name="{title}"')[1].split('r:id="')[1].split('"')[0]
        rels = self.parts["xl/_rels/workbook.xml.rels"].decode()
        return "xl/" + rels.split(f'Id="{id}"')[1].split('Target="')[1].split('"')[0]

    def related(self, source: str, kind: str) -> str:
        """The first part of a kind that another leads to."""
        folder, name = posixpath.split(source)
        rels = self.parts[posixpath.join(folder, "_rels", f"{name}.rels")].decode()
        target = rels.split(f'/{kind}" Target="')[1].split('"')[0]
        return posixpath.normpath(posixpath.join(folder, target))

    def packed(self) -> bytes:
        """The archive, every member with a date of its own."""
        memory = io.BytesIO()
        with zipfile.ZipFile(memory, "w") as archive:
            for n, (name, content) in enumerate(self.parts.items()):
                info = zipfile.ZipInfo(name, (2026, 10, 1 + n % 28, n % 24, n % 60, 2 * (n % 30)))
                info.compress_type = zipfile.ZIP_STORED if name.endswith(STORED) else zipfile.ZIP_DEFLATED
                archive.writestr(info, content)
        return memory.getvalue()

    def _put_in(self, name: str, mark: str, markup: str) -> None:
        before, found, after = self.parts[name].partition(mark.encode())
        assert found, f"{mark} in {name}"
        self.parts[name] = before + markup.encode() + found + after
