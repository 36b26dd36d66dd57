"""The beta distribution against scipy, over the range that can occur: n to 100,000, k from 0 to n, q .0001 to .9999."""

from __future__ import annotations

from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import special, stats

from okrsheets.rules.numbers.special_functions import (
    incomplete_beta,
    inverse_incomplete_beta,
    log_beta,
)

SHARES = (1e-12, 1e-6, 0.0001, 0.001, 0.01, 0.1, 0.25, 0.3, 0.5, 0.75, 0.9, 0.99, 0.9999, 1 - 1e-9)


def shapes() -> list[tuple[float, float]]:
    """Posteriors as they occur: 4q + k, 4(1 − q) + n − k; with the corners, and at random."""
    random = Random(8)
    corners = [(n, k) for n in (0, 1, 20, 1000, 100_000) for k in sorted({0, min(1, n), n // 2, max(0, n - 1), n})]
    some = [(n, random.randint(0, n)) for n in (int(10 ** random.uniform(0, 5)) for _ in range(60))]
    plans = (0.0001, 0.25, 0.9999)
    return [(4 * q + k, 4 * (1 - q) + n - k) for n, k in corners + some for q in plans]


SHAPES = shapes()


@pytest.mark.parametrize("share", SHARES)
def test_the_incomplete_beta_function_is_scipys(share: float) -> None:
    for a, b in SHAPES:
        assert incomplete_beta(share, a, b) == pytest.approx(special.betainc(a, b, share), rel=1e-6, abs=1e-9), (a, b)


def test_close_to_the_mean_where_it_is_steep() -> None:
    for a, b in SHAPES:
        mean, spread = stats.beta.mean(a, b), stats.beta.std(a, b)
        for off in (-5, -2, -0.5, 0, 0.5, 2, 5):
            share = min(max(mean + off * spread, 1e-12), 1 - 1e-9)
            assert incomplete_beta(share, a, b) == pytest.approx(special.betainc(a, b, share), abs=1e-9), (a, b, off)


@pytest.mark.parametrize(
    ("share", "a", "b"),
    [(0.0001, 14.0004, 125.0), (0.0005, 200, 50_000), (0.001, 90, 9), (0.75, 5000, 500), (0.6, 900, 100)],
)
def test_far_tails_keep_their_digits(share: float, a: float, b: float) -> None:
    """Down to 1e-300, where a sum of plain products would long be 0."""
    expected = special.betainc(a, b, share)
    assert 0 < expected < 1e-10
    assert incomplete_beta(share, a, b) == pytest.approx(expected, rel=1e-8)


def test_what_is_smaller_than_any_number_is_zero() -> None:
    assert incomplete_beta(0.0001, 50_000, 50_000) == 0.0
    assert incomplete_beta(0.9999, 50_000, 50_000) == 1.0


@pytest.mark.parametrize(("share", "expected"), [(-1, 0), (0, 0), (1, 1), (2, 1)])
def test_outside_of_zero_and_one(share: float, expected: float) -> None:
    assert incomplete_beta(share, 2, 3) == expected


@pytest.mark.parametrize("chance", [1e-6, 0.1, 0.5, 0.9, 1 - 1e-6])
def test_the_quantile_is_scipys(chance: float) -> None:
    for a, b in SHAPES:
        if b > 0.01:  # else the quantile is 1 to the last digit, and so is its neighbour
            expected = special.betaincinv(a, b, chance)
            assert inverse_incomplete_beta(chance, a, b) == pytest.approx(expected, rel=1e-7, abs=1e-12), (a, b)


@pytest.mark.parametrize("chance", [0.1, 0.9])
def test_quantiles_close_to_one(chance: float) -> None:
    for a, b in SHAPES:
        assert inverse_incomplete_beta(chance, a, b) == pytest.approx(special.betaincinv(a, b, chance), abs=1e-9)


@given(st.integers(0, 100_000).flatmap(lambda n: st.tuples(st.just(n), st.integers(0, n))), st.sampled_from((0.1, 0.9)))
def test_the_ends_of_jeffreys_interval(counts: tuple[int, int], chance: float) -> None:
    n, k = counts
    a, b = k + 0.5, n - k + 0.5
    assert inverse_incomplete_beta(chance, a, b) == pytest.approx(special.betaincinv(a, b, chance), rel=1e-8)


@given(st.floats(1e-4, 1 - 1e-4), st.floats(0.5, 5000), st.floats(0.5, 5000))
def test_the_quantile_undoes_the_incomplete_beta_function(chance: float, a: float, b: float) -> None:
    assert incomplete_beta(inverse_incomplete_beta(chance, a, b), a, b) == pytest.approx(chance, abs=1e-8)


@pytest.mark.parametrize(("chance", "expected"), [(-0.1, 0), (0, 0), (1, 1), (1.1, 1)])
def test_quantiles_of_what_is_no_chance(chance: float, expected: float) -> None:
    assert inverse_incomplete_beta(chance, 2, 3) == expected


def test_a_quantile_too_small_to_write_down_is_zero() -> None:
    assert inverse_incomplete_beta(0.1, 0.0004, 100) == 0.0


def test_far_outside_of_the_range_it_ends_all_the_same() -> None:
    """Where the continued fraction would take some 300,000 turns, it gives up being exact."""
    assert 0 <= incomplete_beta(0.5, 1e11, 1e11) <= 1


def test_log_beta_is_scipys_and_symmetrical() -> None:
    for a, b in SHAPES:
        assert log_beta(a, b) == pytest.approx(special.betaln(a, b), rel=1e-9, abs=1e-8)
        assert log_beta(a, b) == log_beta(b, a)
