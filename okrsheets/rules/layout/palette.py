"""The look of a workbook: a few colours and the styles made of them, named for what they are for."""

from __future__ import annotations

from dataclasses import replace

from okrsheets.words.workbook import Align, Style

INK = "22313F"
QUIET = "7A858F"
TEAL = "1F6F6B"
TEAL_SOFT = "DCEBE8"
TEAL_MIST = "F1F7F6"
SAND = "FBF8F1"
CLAY = "C8643F"
CLAY_SOFT = "F8E4DA"
AMBER = "8A6100"
AMBER_SOFT = "FBEFC9"
GREEN = "2C6E49"
GREEN_SOFT = "DDEFE3"
GREY_SOFT = "EEF0F1"
LINE = "D5DBDF"
WHITE = "FFFFFF"

TICK = '"☑";"☑";"☐";@'
"""LibreOffice shows a tick by this number format; Excel draws its own checkbox and ignores it."""

COUNT = "[>=1000]#,##0;General"
PERCENT = "0%"
SHARE = "0.0%"
PACE = "0.0×"
DAY, SHORT_DAY = "d mmm yyyy", "d mmm"
MONTHS_IN = {"nl": "[$-413]", "en": "[$-809]"}
"""Before a date format: whose names of the months, whatever the program speaks."""

TITLE = Style(bold=True, size=20, colour=WHITE, fill=TEAL, indent=1)
TITLE_SIDE = Style(size=11, colour=WHITE, fill=TEAL, align=Align.RIGHT, indent=1)
BAND = Style(colour=WHITE, fill=TEAL)
HINT = Style(italic=True, colour=QUIET, indent=1)
HINT_WRAPPED = Style(italic=True, colour=QUIET, wrap=True)
NUMBERING = Style(colour=QUIET, align=Align.RIGHT, indent=1)
SECTION = Style(bold=True, size=12, colour=TEAL, line=TEAL)
LABEL = Style(bold=True, colour=INK)
LINK = Style(colour=TEAL, underline=True, align=Align.CENTRE, fill=TEAL_MIST, box=LINE)
WAY = replace(LINK, align=Align.LEFT, indent=1, fill=None, box=None)
NAVIGATION = Style(colour=TEAL, underline=True, fill=TEAL_SOFT, align=Align.CENTRE, box=TEAL)

HEADING = Style(bold=True, colour=WHITE, fill=INK, wrap=True, top=True, box=INK, align=Align.CENTRE)
HEADING_LEFT = replace(HEADING, align=Align.LEFT, indent=1)
FINE_HEADING = replace(HEADING, fill=QUIET, box=QUIET)

FIELD = Style(box=LINE, fill=WHITE)
FIELD_TEXT = replace(FIELD, wrap=True, indent=1)
FIELD_BIG = replace(FIELD_TEXT, bold=True, size=14, colour=TEAL)
FIELD_COUNT = replace(FIELD, number=COUNT, align=Align.RIGHT, indent=1)
FIELD_NUMBER = replace(FIELD, align=Align.RIGHT, indent=1)
"""Without a number format: `1-5`, of which a program makes the first of May, then shows as a date, and is reported."""
FIELD_PERCENT = replace(FIELD_COUNT, number=SHARE)
FIELD_WHOLE = replace(FIELD, number="0", align=Align.CENTRE)
FIELD_CODE = replace(FIELD, align=Align.CENTRE)
FIELD_DAY = replace(FIELD, number=DAY, align=Align.CENTRE)
FIELD_CLOSED = Style(box=LINE, fill=GREY_SOFT)
CODE = Style(colour=QUIET, align=Align.CENTRE, box=LINE, fill=SAND)
HIDDEN_ID = Style(colour=QUIET, size=8)
SETTING = Style(colour=QUIET, size=9)
SETTING_VALUE = Style(colour=QUIET, size=9, align=Align.LEFT)
SETTING_DAY = replace(SETTING_VALUE, number=DAY)

OBJECTIVE = Style(bold=True, size=11, fill=TEAL_SOFT, box=LINE, indent=1, wrap=True)
OBJECTIVE_COUNT = replace(OBJECTIVE, number=COUNT, align=Align.RIGHT)
OBJECTIVE_CODE = replace(OBJECTIVE, indent=0, size=10, bold=False, colour=QUIET, align=Align.CENTRE)
KEY_RESULT = replace(FIELD_TEXT, indent=2)

# Excel before 2024 writes the word FALSE: shrunk into its narrow cell that is a fleck, not a shout.
BOX = Style(box=LINE, fill=WHITE, number=TICK, checkbox=True, align=Align.CENTRE, size=11, colour=TEAL, shrink=True)
BOX_WEEKEND = replace(BOX, fill=SAND)
NO_BOX = Style(box=GREY_SOFT, fill=GREY_SOFT, number=TICK, align=Align.CENTRE, colour=TEAL)
WEEK_COUNT = Style(colour=QUIET, fill=TEAL_MIST, align=Align.CENTRE, number="0;;", box=LINE, size=9)
WEEKDAY = Style(size=8, colour=QUIET, align=Align.CENTRE, fill=TEAL_MIST)
WEEK_LABEL = Style(bold=True, size=9, colour=TEAL, fill=TEAL_MIST)
DAY_HEADING = replace(HEADING, number="d", wrap=False, top=False)
WEEK_HEADING = replace(HEADING, number=SHORT_DAY, wrap=False, size=9)
HERE = replace(NAVIGATION, underline=False, bold=True, fill=WHITE)
BAND_NOTE = replace(BAND, italic=True, indent=1)
WEEK_ABOVE = replace(WEEK_LABEL, align=Align.CENTRE, bold=False)
ELAPSED = replace(BAND, align=Align.RIGHT, number=PERCENT, indent=1)
HEADLINE = Style(size=12, wrap=True, indent=1, colour=INK, fill=SAND, line=LINE)
BAR = "A9D3CC"
SIDE_HEADING = Style(bold=True, size=9, colour=QUIET, line=LINE)
SIDE = Style(size=9, colour=QUIET)
SIDE_SHARE = replace(SIDE, number=PERCENT)


def in_language(style: Style, code: str) -> Style:
    """A style of a date, its month named in the language of the workbook."""
    return replace(style, number=f"{MONTHS_IN.get(code, '')}{style.number}")
