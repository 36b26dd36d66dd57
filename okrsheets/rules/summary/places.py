"""Where things stand on the Summary: shared by the layout that draws it and the lines that fill it."""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum

from okrsheets.words.grid import Area
from okrsheets.words.message import keep
from okrsheets.words.report import Status

MARK, TEXT, COUNT, OF, SHARE, PLAN, PACE, WORDS, LOW, HIGH = range(1, 11)
"""The columns. MARK is hidden and says what kind of line it is."""

HEADLINES, HEADLINE_ROWS = 3, 3
SEEN_ROW = 3
"""Beside the first headline, in the hidden column: what the last sync saw, for the fence."""
CHARTS, CHART_ROWS = 7, 11
LINES, LINE_ROWS = 19, 150
PRINTED = 78
"""The last row on the A4: what comes below is for the screen."""

SIDE = 27
WEEKLY = (27, 28, 29)
FUNNEL = (31, 32)
SIDE_TOP = 8
WEEKS, STAGES = 26, 20
"""The longest period, and the most stages of a funnel that are read."""

SIDE_HEADINGS = {
    **dict(zip(WEEKLY, (keep("Week"), keep("Progress"), keep("Expected")), strict=True)),
    **dict(zip(FUNNEL, (keep("Funnel stage"), keep("So far")), strict=True)),
}
"""What stands over the columns beside the charts, in the row above SIDE_TOP."""

HEAD_NAME = "okr_summary_head"
LINES_NAME = "okr_summary_lines"
WEEKLY_NAME = "okr_summary_weekly"
STAGES_NAME = "okr_summary_stages"
SHAPES = {
    HEAD_NAME: (HEADLINES + HEADLINE_ROWS - 1, HIGH),
    LINES_NAME: (1, HIGH),
    WEEKLY_NAME: (1, len(WEEKLY)),
    STAGES_NAME: (1, len(FUNNEL)),
}
"""How many rows each place has at least, and how many columns."""
NAMES = tuple(SHAPES)


def as_made(tab: str) -> Mapping[str, Area]:
    """Where the places are when the workbook is made, by name."""
    return {
        HEAD_NAME: Area(tab, 1, MARK, HEADLINES + HEADLINE_ROWS - 1, HIGH),
        LINES_NAME: Area(tab, LINES, MARK, LINES + LINE_ROWS - 1, HIGH),
        WEEKLY_NAME: Area(tab, SIDE_TOP, WEEKLY[0], SIDE_TOP + WEEKS - 1, WEEKLY[-1]),
        STAGES_NAME: Area(tab, SIDE_TOP, FUNNEL[0], SIDE_TOP + STAGES - 1, FUNNEL[-1]),
    }


class Line(Enum):
    """What a line of the Summary is; the layout's colours depend on it."""

    SECTION = "section"
    HEADING = "heading"
    OBJECTIVE = "objective"
    ROW = "row"
    TOTAL = "total"
    SENTENCE = "sentence"
    PROBLEM = "problem"
    NOTE = "note"


SYMBOLS = {
    Status.ACHIEVED: "★",
    Status.ON_TRACK: "●",
    Status.AT_RISK: "◐",
    Status.OFF_TRACK: "▼",
    Status.STALE: "◆",
    Status.NO_DATA: "○",
    Status.MISSED: "■",
}
"""A status is never told by colour alone."""
