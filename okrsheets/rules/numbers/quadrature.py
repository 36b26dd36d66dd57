"""Gauss's quadrature: integrals over a panel, sums over a run of whole numbers, and running integrals on the way."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from math import cos, pi
from operator import mul

POINTS = 12
"""Of the one rule for integrals."""


@dataclass(frozen=True, slots=True)
class Rule:
    """Nodes and weights on [−1, 1]; the weights add up to 2."""

    nodes: tuple[float, ...]
    weights: tuple[float, ...]


@cache
def gauss(points: int = POINTS, run: int = 0) -> Rule:
    """The rule that is exact for polynomials up to degree 2·points − 1: for the integral over [−1, 1], or, with
    `run`, for (2 / run) times the sum over so many equal steps, at the middle of each (DLMF 3.5(v), 18.19)."""
    nodes = tuple(_root(points, k, run) for k in range(points))
    return Rule(nodes, tuple(_weight(points, x, run) for x in nodes))


@cache
def running(points: int = POINTS) -> tuple[tuple[float, ...], ...]:
    """Row i holds the weights of the integral from −1 to node i: each Legendre polynomial P_k integrates to
    (P_{k+1} − P_{k−1}) / (2k + 1), and P_0 to x + 1."""
    rule = gauss(points)
    heights = [_legendre(points, x) for x in rule.nodes]
    return tuple(tuple(map(mul, rule.weights, _until(row, heights))) for row in heights)


def weighted(weights: Sequence[float], heights: Sequence[float]) -> float:
    """Σ weight · height."""
    total: float = sum(map(mul, weights, heights))
    return total


def _until(row: Sequence[float], heights: Sequence[Sequence[float]]) -> list[float]:
    grown = [row[0] + row[1], *((row[k + 1] - row[k - 1]) / (2 * k + 1) for k in range(1, len(row) - 1))]
    return [sum((k + 0.5) * height[k] * grown[k] for k in range(len(grown))) for height in heights]


def _legendre(degree: int, x: float) -> list[float]:
    """P_0(x) to P_degree(x)."""
    row = [1.0, x]
    for k in range(1, degree):
        row.append(((2 * k + 1) * x * row[k] - k * row[k - 1]) / (k + 1))
    return row


def _orthogonal(degree: int, x: float, run: int) -> tuple[list[float], float]:
    """The orthogonal polynomials at x, leading coefficient 1, and the slope of the last: Legendre's, or for a run
    of whole numbers Gram's. They obey p_{k+1} = x p_k − β_k p_{k−1}."""
    row, before, slope = [1.0, x], 0.0, 1.0
    for k in range(1, degree):
        beta = _beta(k, run)
        before, slope = slope, row[k] + x * slope - beta * before
        row.append(x * row[k] - beta * row[k - 1])
    return row, slope


def _beta(k: int, run: int) -> float:
    return k * k * (1 - (k / run) ** 2 if run else 1) / (4 * k * k - 1)


def _root(degree: int, k: int, run: int) -> float:
    """The k-th root of the last polynomial, from the left, by Newton's method from Tricomi's guess."""
    x = -cos(pi * (k + 0.75) / (degree + 0.5))
    for _ in range(8):
        row, slope = _orthogonal(degree, x, run)
        x -= row[-1] / slope
    return x


def _weight(degree: int, x: float, run: int) -> float:
    """Christoffel's: 1 over the sum of the squares of the normed polynomials."""
    row, _ = _orthogonal(degree, x, run)
    norm, total = 2.0, 0.0
    for k in range(degree):
        norm *= _beta(k, run) if k else 1
        total += row[k] ** 2 / norm
    return 1 / total
