"""Counting days."""

from datetime import date

import pendulum
import pytest
from hypothesis import given
from hypothesis import strategies as st

from depositary.law.dates import EARLIEST, LATEST, Period, add_months, add_years, is_leap_day, parse_date

DAYS = st.dates(EARLIEST, LATEST)


@pytest.mark.parametrize(
    ("day", "period", "expected"),
    [
        ("2026-12-31", Period(days=90), "2027-03-31"),
        ("2027-12-01", Period(days=90), "2028-02-29"),
        ("2003-07-01", Period(days=90), "2003-09-29"),
        ("2027-03-01", Period(days=0), "2027-03-01"),
        ("2001-11-12", Period(months=3), "2002-02-12"),
        ("2025-11-30", Period(months=3), "2026-02-28"),
        ("2027-11-30", Period(months=3), "2028-02-29"),
        ("1993-11-16", Period(months=12), "1994-11-16"),
        ("2028-02-29", Period(years=1), "2029-02-28"),
        ("2028-02-29", Period(years=4), "2032-02-29"),
        ("2002-04-11", Period(days=60, on="first of month following"), "2002-07-01"),
        ("2002-04-02", Period(days=60, on="first of month following"), "2002-07-01"),
        ("2002-04-01", Period(days=60, on="first of month following"), "2002-06-01"),
        ("1998-09-16", Period(months=6, on="first of month"), "1999-03-01"),
        ("1998-09-01", Period(months=6, on="first of month"), "1999-03-01"),
        ("1998-09-30", Period(months=6, on="first of month"), "1999-03-01"),
        ("1998-09-16", Period(months=6, on="first of month following"), "1999-04-01"),
        ("1998-08-31", Period(months=6, on="first of month following"), "1999-03-01"),
    ],
)
def test_a_period_runs_from_day_zero(day: str, period: Period, expected: str) -> None:
    assert period.after(date.fromisoformat(day)) == date.fromisoformat(expected)


def test_the_other_reading_of_29_february() -> None:
    assert add_years(date(2028, 2, 29), 1, leap_day_to_march=True) == date(2029, 3, 1)
    assert add_years(date(2028, 2, 29), 4, leap_day_to_march=True) == date(2032, 2, 29)
    assert add_years(date(2027, 2, 28), 1, leap_day_to_march=True) == date(2028, 2, 28)
    assert Period(years=5).after(date(2028, 2, 29), leap_day_to_march=True) == date(2033, 3, 1)


@given(DAYS, st.integers(0, 1200))
def test_months_are_counted_as_pendulum_counts_them(day: date, months: int) -> None:
    assert add_months(day, months) == pendulum.date(day.year, day.month, day.day).add(months=months)


@given(DAYS)
def test_a_date_reads_back(day: date) -> None:
    assert parse_date(day.isoformat()) == day


@pytest.mark.parametrize(
    "text",
    [
        "",
        "2026-2-01",
        "2026-02-30",
        "2023-02-29",
        "2100-02-29",
        "20260201",
        "01/02/2026",
        "2026-W05-1",
        "2026-02-01T00:00:00",
        " 2026-02-01",
        "٢٠٢٦-٠٢-٠١",
        "0001-01-01",
        "9999-12-31",
        "1772323200",
        "now",
    ],
)
def test_nothing_but_a_plain_date_is_a_date(text: str) -> None:
    with pytest.raises(ValueError, match=r"YYYY-MM-DD|calendar|must lie between"):
        parse_date(text)


@pytest.mark.parametrize(
    ("day", "leap"), [("2028-02-29", True), ("2028-02-28", False), ("2028-03-29", False), ("2028-03-01", False)]
)
def test_a_leap_day_is_the_29_of_february(day: str, leap: bool) -> None:
    assert is_leap_day(date.fromisoformat(day)) is leap


def test_the_anniversary_of_29_february_is_the_28th_unless_said_otherwise() -> None:
    day, later = date(2028, 2, 29), date(2029, 2, 28)
    assert add_years(day, 1) == Period(years=1).counting()(day) == Period(years=1).after(day) == later
    assert [*Period(years=1).steps(day)] == [(0, day), (1, later)]
    march = [day for _, day in Period(years=2).steps(day, leap_day_to_march=True)]
    assert march == [day, date(2029, 3, 1), date(2030, 3, 1)]


@pytest.mark.parametrize(
    ("period", "days"),
    [
        (Period(months=3), "2027-02-15 2027-03-15 2027-04-15"),
        (Period(months=3, on="first of month"), "2027-02-01 2027-03-01 2027-04-01"),
        (Period(months=3, on="first of month following"), "2027-02-15 2027-03-15 2027-04-15 2027-05-01"),
        (Period(days=2, on="first of month following"), "2027-01-16 2027-01-17 2027-02-01"),
    ],
)
def test_each_step_of_a_count_has_its_day(period: Period, days: str) -> None:
    assert [day.isoformat() for _, day in period.steps(date(2027, 1, 15))] == ["2027-01-15", *days.split()]
