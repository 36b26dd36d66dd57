"""The beta distribution, in double precision: log-beta, density, regularised incomplete beta and its inverse.

Good for shapes from 1e-6 to 1e6; the tests hold it against scipy. scipy itself would cost half a second of import.
"""

from __future__ import annotations

from math import exp, inf, lgamma, log, log1p

TINY = 1e-300
ENOUGH = 3e-16
CLOSE = 1e-13
LARGEST = 745.0
"""exp(−745) is the smallest number above 0 that can be written down."""

MOST_TERMS = 20_000
MOST_GUESSES = 200


def log_beta(a: float, b: float) -> float:
    """ln B(a, b) for shapes above 0."""
    small, large = (a, b) if a < b else (b, a)
    return lgamma(small) + (lgamma(large) - lgamma(a + b))


def incomplete_beta(x: float, a: float, b: float) -> float:
    """I_x(a, b): the chance that a share from Beta(a, b) is at most x. 0 below 0, 1 above 1."""
    if x <= 0:
        return 0.0
    if x >= 1:
        return 1.0
    log_front = a * log(x) + b * log1p(-x) - log_beta(a, b)
    if x <= (a + 1) / (a + b + 2):
        return _tail(x, a, b, log_front)
    return 1.0 - _tail(1 - x, b, a, log_front)


def inverse_incomplete_beta(chance: float, a: float, b: float) -> float:
    """The share x with I_x(a, b) = chance: the quantile of Beta(a, b). 0 where it is too small to be written down.

    Newton's steps on the log of the odds, each kept within what is known already, else the middle.
    """
    if chance <= 0:
        return 0.0
    if chance >= 1:
        return 1.0
    below, above, guess, before = -LARGEST, LARGEST, min(max(log(a / b), -30.0), 30.0), inf
    guesses = 0
    while abs(guess - before) > CLOSE * max(1.0, abs(guess)) and guesses < MOST_GUESSES:
        miss = incomplete_beta(_share(guess), a, b) - chance
        below, above = (guess, above) if miss < 0 else (below, guess)
        newton = guess - _newton_step(guess, miss, a, b)
        before, guess = guess, newton if below < newton < above else (below + above) / 2
        guesses += 1
    return _share(guess) if guess > 1 - LARGEST else 0.0


def _newton_step(log_odds: float, miss: float, a: float, b: float) -> float:
    """`miss` over the density in the log of the odds."""
    slope = -a * _log_one_plus_exp(-log_odds) - b * _log_one_plus_exp(log_odds) - log_beta(a, b)
    return miss * exp(-slope) if -700 < slope < 700 else inf


def _share(log_odds: float) -> float:
    return 1 / (1 + exp(-log_odds)) if log_odds > 0 else exp(log_odds) / (1 + exp(log_odds))


def _log_one_plus_exp(x: float) -> float:
    return x + log1p(exp(-x)) if x > 0 else log1p(exp(x))


def _tail(x: float, a: float, b: float, log_front: float) -> float:
    """x^a (1 − x)^b / (a B(a, b)) times the continued fraction (DLMF 8.17.22), by the method of Lentz."""
    if log_front - log(a) < -LARGEST:
        return 0.0
    return min(1.0, exp(log_front - log(a)) / _continued_fraction(x, a, b))


def _continued_fraction(x: float, a: float, b: float) -> float:
    """1 + d₁/(1 + d₂/(1 + …)), two terms a turn; it takes about √(a + b) turns."""
    up, down, total, m = 1.0, 0.0, 1.0, 0
    while m == 0 or (abs(up * down - 1) > ENOUGH and m < MOST_TERMS):
        odd = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1))
        even = (m + 1) * (b - m - 1) * x / ((a + 2 * m + 1) * (a + 2 * m + 2))
        down = 1 / (1 + odd * down or TINY)
        up = 1 + odd / up or TINY
        total *= up * down
        down = 1 / (1 + even * down or TINY)
        up = 1 + even / up or TINY
        total *= up * down
        m += 1
    return total
