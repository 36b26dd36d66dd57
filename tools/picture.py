"""Draws a tab of the demo workbook as a PNG: `python tools/picture.py docs/summary.png [--tab 5] [--lang nl]`.

LibreOffice prints the workbook, pdftoppm turns the page into a picture. The day is fixed, so that the picture changes
only when the product does.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
from pathlib import Path

DAY = "2026-11-25"
TABS = 5


def main() -> None:
    """Makes the demo in a folder of its own and draws the tab that was asked for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("out", type=Path)
    parser.add_argument("--tab", type=int, default=TABS, help="1 to 5; the tabs are printed in their order")
    parser.add_argument("--lang", default="nl")
    parser.add_argument("--dpi", type=int, default=110)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        pages = printed(demo(Path(folder), asked.lang))
        page = page_of(pages, asked.tab)
        asked.out.parent.mkdir(parents=True, exist_ok=True)
        draw = ["pdftoppm", "-png", "-r", str(asked.dpi), "-f", str(page), "-singlefile", str(pages)]
        subprocess.run([*draw, str(asked.out.with_suffix(""))], check=True)


def demo(folder: Path, language: str) -> Path:
    """The demo workbook."""
    command = [sys.executable, "-m", "okrsheets", "demo", str(folder), "--lang", language, "--today", DAY, "--quiet"]
    subprocess.run(command, check=True)
    return next(folder.glob("*.xlsx"))


def printed(workbook: Path) -> Path:
    """The workbook as LibreOffice prints it, in a folder of its own: it trips over its own old locks."""
    folder = workbook.parent / "printed"
    profile = f"-env:UserInstallation={(workbook.parent / 'profile').as_uri()}"
    command = ["soffice", profile, "--headless", "--convert-to", "pdf", "--outdir", str(folder), str(workbook)]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    return folder / workbook.with_suffix(".pdf").name


def page_of(pages: Path, tab: int) -> int:
    """The first page of a tab: the first two tabs and the last two have one page each, Actions has what is left."""
    told = subprocess.run(["pdfinfo", str(pages)], check=True, capture_output=True, text=True).stdout
    count = next(int(line.split()[1]) for line in told.splitlines() if line.startswith("Pages:"))
    return tab if tab <= 3 else count - TABS + tab


if __name__ == "__main__":
    main()
