"""Areas over cells: counted as if every cell were held beside every area."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from okrsheets.edges.excel.patching.overlap import overlaps
from okrsheets.words.grid import Area

SPOT = st.tuples(st.integers(1, 12), st.integers(1, 9))
AREA = st.tuples(SPOT, SPOT).map(
    lambda corners: Area("Tab", *map(min, *corners), *map(max, *corners))  # type: ignore[arg-type]
)


@given(st.lists(AREA, max_size=30), st.sets(SPOT, max_size=40))
def test_overlaps_are_those_found_one_by_one(areas: list[Area], spots: set[tuple[int, int]]) -> None:
    counts = overlaps(areas, spots)
    assert {spot: counts[spot] for spot in spots} == {spot: sum(spot in area for area in areas) for spot in spots}
