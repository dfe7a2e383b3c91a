"""Counting days: the only date arithmetic of the project.

A legal date is a calendar date at United Nations Headquarters in New York, here a plain `datetime.date`:
the clock and its zone live in `clock`, never here. The law counts thousands of dates at a time, and the date itself
counts fifty times faster than pendulum, which the tests hold it to.
"""

import re
from calendar import monthrange
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import lru_cache, partial
from operator import add
from typing import Literal

from depositary.errors import Sentence

EARLIEST = date(1800, 1, 1)
LATEST = date(2999, 12, 31)

ONE_DAY = timedelta(days=1)

_ISO = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")

FirstOfMonth = Literal["", "first of month following", "first of month"]


@lru_cache(50_000)
def parse_date(text: str) -> date:
    """The calendar date written as YYYY-MM-DD, in ASCII digits and nothing else.

    Raises ValueError with a sentence that says what is allowed.
    """
    if not _ISO.fullmatch(text):
        raise ValueError(Sentence("write the date as YYYY-MM-DD"))
    try:
        day = date.fromisoformat(text)
    except ValueError:
        raise ValueError(Sentence("%(text)s is not a day of the calendar", text=text)) from None
    if not EARLIEST <= day <= LATEST:
        raise ValueError(
            Sentence("the date must lie between %(earliest)s and %(latest)s", earliest=EARLIEST, latest=LATEST)
        )
    return day


def add_months(day: date, months: int) -> date:
    """The same day of the month, `months` later; the month's last day where it has no such day."""
    years, month = divmod(day.month - 1 + months, 12)
    year, month = day.year + years, month + 1
    return date(year, month, min(day.day, monthrange(year, month)[1]))


def is_leap_day(day: date) -> bool:
    """Whether it is a 29 February."""
    return day.month == 2 and day.day == 29


def add_years(day: date, years: int, *, leap_day_to_march: bool = False) -> date:
    """The same calendar date, `years` later.

    29 February has no anniversary in a common year: it falls on the 28th, or, with `leap_day_to_march`,
    on 1 March (the reading "anniversary-of-29-february").
    """
    if not is_leap_day(day):
        return day.replace(year=day.year + years)
    later = add_months(day, 12 * years)
    return later + ONE_DAY if leap_day_to_march and later.day != day.day else later


def first_of_month(day: date, months: int) -> date:
    """The first day of the month that lies `months` after the month of `day`."""
    return add_months(day.replace(day=1), months)


@dataclass(frozen=True, slots=True)
class Period:
    """A period of a final clause: exactly one of days, months and years, and how it ends.

    `on` is "" (the day itself), "first of month following" (the first day of the month after the period
    has run) or "first of month" (with months: the first day of the Nth month after the month it began in).
    The day it is counted from is day zero.
    """

    days: int | None = None
    months: int | None = None
    years: int | None = None
    on: FirstOfMonth = ""

    @property
    def only_days(self) -> timedelta | None:
        """The days that are added and nothing else; None for any other period."""
        return timedelta(days=self.days) if self.days is not None and not self.on else None

    def counting(self, *, leap_day_to_march: bool = False) -> Callable[[date], date]:
        """The function from the day a period begins to the day it has run."""
        if self.days is not None:
            run: Callable[[date], date] = partial(add, timedelta(days=self.days))
        elif self.months is not None and self.on == "first of month":
            return partial(first_of_month, months=self.months)
        elif self.months is not None:
            run = partial(add_months, months=self.months)
        else:
            assert self.years is not None
            run = partial(add_years, years=self.years, leap_day_to_march=leap_day_to_march)
        if self.on:
            return lambda day: first_of_month(run(day), 1)
        return run

    def after(self, day: date, *, leap_day_to_march: bool = False) -> date:
        """The day on which the period, begun on `day`, has run."""
        return self.counting(leap_day_to_march=leap_day_to_march)(day)

    def steps(self, day: date, *, leap_day_to_march: bool = False) -> Iterator[tuple[int, date]]:
        """The count by hand: zero on `day`, then each day, month or year of the period, and the day it has run on."""
        unit = next(each for each in ("days", "months", "years") if getattr(self, each) is not None)
        last: int = getattr(self, unit)
        on = self.on if self.on == "first of month" else ""
        yield 0, day
        for number in range(1, last):
            yield number, replace(self, **{unit: number}, on=on).after(day, leap_day_to_march=leap_day_to_march)
        if self.on == "first of month following" and last:
            yield last, replace(self, on="").after(day)
        if last or self.on:
            yield last, self.after(day, leap_day_to_march=leap_day_to_march)
