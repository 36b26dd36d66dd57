"""method.md §1: the period is whole ISO weeks."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from okrsheets.words.period import Period, Week, quarter, quarter_of

days = st.dates(date(1990, 1, 1), date(2199, 12, 31))
weeks = days.map(Week.of)


@pytest.mark.parametrize(
    ("year", "number", "start", "end", "count"),
    [
        # method.md §1
        (2026, 2, date(2026, 3, 30), date(2026, 6, 28), 13),
        (2026, 4, date(2026, 9, 28), date(2027, 1, 3), 14),
        (2027, 1, date(2027, 1, 4), date(2027, 4, 4), 13),
        # by ISO 8601: W01 of 2026 starts in December, 2020 has 53 weeks
        (2026, 1, date(2025, 12, 29), date(2026, 3, 29), 13),
        (2026, 3, date(2026, 6, 29), date(2026, 9, 27), 13),
        (2020, 4, date(2020, 9, 28), date(2021, 1, 3), 14),
        (2025, 4, date(2025, 9, 29), date(2025, 12, 28), 13),
    ],
)
def test_quarters(year, number, start, end, count):
    period = quarter(year, number)
    assert (period.start, period.end, period.weeks) == (start, end, count)
    assert period.label == f"{year}-Q{number}"
    assert len(list(period)) == count


@pytest.mark.parametrize(
    ("day", "elapsed"),
    [  # method.md §1, 2026-Q2
        (date(2026, 3, 29), 0),
        (date(2026, 3, 30), 0.010989),
        (date(2026, 4, 19), 0.230769),
        (date(2026, 5, 15), 0.516484),
        (date(2026, 6, 28), 1),
        (date(2026, 7, 3), 1),
    ],
)
def test_elapsed(day, elapsed):
    assert quarter(2026, 2).elapsed(day) == pytest.approx(elapsed, abs=1e-6)


def test_elapsed_in_a_quarter_of_fourteen_weeks():
    """method.md §1."""
    assert quarter(2026, 4).elapsed(date(2026, 11, 23)) == pytest.approx(0.581633, abs=1e-6)


@pytest.mark.parametrize(
    ("day", "week"),
    [
        (date(2026, 11, 23), 9),  # contract.md §4
        (date(2026, 9, 28), 1),
        (date(2026, 10, 4), 1),
        (date(2026, 10, 5), 2),
        (date(2027, 1, 3), 14),
        (date(2026, 9, 27), 1),
        (date(2025, 1, 1), 1),
        (date(2027, 1, 4), 14),
        (date(2028, 1, 1), 14),
    ],
)
def test_the_week_is_clamped_to_the_period(day, week):
    assert quarter(2026, 4).week(day) == week


@pytest.mark.parametrize(
    ("period", "months"),
    [  # method.md §1
        (quarter(2026, 4), ["2026-W44", "2026-W48", "2026-W53"]),
        (quarter(2027, 1), ["2027-W04", "2027-W08", "2027-W12"]),
        # a month whose last Thursday lies outside the period has no week
        (Period(date(2026, 9, 28), 4), []),
    ],
)
def test_the_week_of_a_month_is_that_of_its_last_thursday(period, months):
    assert [str(week) for week in period.month_weeks] == months


@pytest.mark.parametrize(("start", "count"), [(date(2026, 9, 29), 13), (date(2026, 9, 28), 0), (date(2026, 9, 28), 27)])
def test_what_is_not_a_period(start, count):
    with pytest.raises(ValueError, match="a period"):
        Period(start, count)


@pytest.mark.parametrize("number", [0, 5, -1])
def test_a_year_has_four_quarters(number):
    with pytest.raises(ValueError, match="quarters 1 to 4"):
        quarter(2026, number)


@pytest.mark.parametrize(
    ("period", "label"),
    [
        (Period(date(2026, 9, 14), 13), "2026-W38/2026-W50"),
        (Period(date(2026, 9, 28), 13), "2026-W40/2026-W52"),  # one week short of the quarter
        (Period(date(2026, 12, 28), 1), "2026-W53/2026-W53"),
        (Period(date(2026, 12, 28), 13), "2026-W53/2027-W12"),
        (Period(date(2026, 3, 30), 26), "2026-W14/2026-W39"),
    ],
)
def test_a_period_that_is_no_quarter_is_called_by_its_weeks(period, label):
    assert period.label == label


@pytest.mark.parametrize("text", ["2026-W54", "2027-W53", "2026-W00", "2026-W4", "2026-10", "W42", "", "2026-W42-1"])
def test_what_is_not_a_week(text):
    with pytest.raises(ValueError, match=r"."):
        Week.parse(text)


@given(days)
def test_a_day_belongs_to_one_week_and_one_quarter(day):
    week, period = Week.of(day), quarter_of(day)
    assert day in week.days
    assert week.monday <= day <= week.sunday
    assert day in period
    assert sum(day in quarter(year, n) for year in (day.year - 1, day.year, day.year + 1) for n in (1, 2, 3, 4)) == 1


@given(weeks)
def test_a_week_is_known_by_its_label(week):
    assert Week.parse(str(week)) == week
    assert str(week).endswith(f"W{week.number:02d}")
    assert len(week.days) == 7


@given(weeks, weeks)
def test_labels_sort_as_weeks_do(one, other):
    assert (one < other) == (str(one) < str(other))


@given(weeks)
def test_every_month_closes_once(week):
    """Of the weeks that belong to a month exactly one closes it, the last."""
    around = [Week(week.monday + timedelta(days=7 * n)) for n in range(-6, 7)]
    of_month = [one for one in around if one.month == week.month]
    assert [one for one in of_month if one.closes_month] == of_month[-1:]


@given(st.integers(1990, 2190))
def test_four_quarters_make_a_year_without_gap(year):
    quarters = [quarter(year, number) for number in (1, 2, 3, 4)]
    ahead = [*quarters[1:], quarter(year + 1, 1)]
    assert all(one.end + timedelta(days=1) == following.start for one, following in zip(quarters, ahead, strict=True))


@given(weeks, st.integers(1, 26), st.integers(-50, 250))
def test_a_day_more_is_never_less_elapsed(week, count, offset):
    period = Period(week.monday, count)
    day = period.start + timedelta(days=offset)
    here, tomorrow = period.elapsed(day), period.elapsed(day + timedelta(days=1))
    assert 0 <= here <= tomorrow <= 1
    assert (here == 1) == (day >= period.end)
    assert (here == 0) == (day < period.start)
    assert 1 <= period.week(day) <= count
    assert (day in period) == any(day in one.days for one in period)
