"""Gauss's quadrature: integrals, running integrals and sums over whole numbers."""

from __future__ import annotations

from math import exp

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from okrsheets.rules.numbers.quadrature import POINTS, gauss, running, weighted


@pytest.mark.parametrize("points", [2, 7, 12])
def test_the_rule_is_gauss_legendres(points: int) -> None:
    nodes, weights = np.polynomial.legendre.leggauss(points)
    assert gauss(points).nodes == pytest.approx(nodes, abs=1e-15)
    assert gauss(points).weights == pytest.approx(weights, abs=1e-14)


@given(st.lists(st.floats(-3, 3), min_size=1, max_size=2 * POINTS))
def test_it_integrates_polynomials_exactly(coefficients: list[float]) -> None:
    rule = gauss()
    expected = sum(c * (1 - (-1) ** (k + 1)) / (k + 1) for k, c in enumerate(coefficients))
    heights = [sum(c * x**k for k, c in enumerate(coefficients)) for x in rule.nodes]
    assert weighted(rule.weights, heights) == pytest.approx(expected, abs=1e-12)


def test_running_integrals_of_the_exponential() -> None:
    nodes = gauss().nodes
    heights = [exp(x) for x in nodes]
    for x, row in zip(nodes, running(), strict=True):
        assert weighted(row, heights) == pytest.approx(exp(x) - exp(-1), abs=1e-12)


@pytest.mark.parametrize("run", [16, 20, 40, 640, 100_000])
@pytest.mark.parametrize("degree", range(14))
def test_it_sums_polynomials_over_whole_numbers_exactly(run: int, degree: int) -> None:
    rule = gauss(7, run)
    middles = (np.arange(run) + 0.5) * 2 / run - 1
    by_hand = float(np.sum(middles**degree)) * 2 / run
    assert weighted(rule.weights, [x**degree for x in rule.nodes]) == pytest.approx(by_hand, abs=1e-13)


def test_its_nodes_stand_in_order_inside_the_run() -> None:
    for run in (10, 20, 1000):
        nodes = gauss(7, run).nodes
        assert list(nodes) == sorted(nodes)
        assert -1 < nodes[0] < nodes[-1] < 1
