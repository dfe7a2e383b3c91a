"""What day and what instant it is: the only place that asks.

The depositary's day is New York's, so a legal boundary falls on New York's midnight wherever the program runs.
The day alone is asked of the standard library: to bring pendulum in takes a tenth of what a short command takes.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

NEW_YORK = "America/New_York"
_ZONE = ZoneInfo(NEW_YORK)

_STOPPED: ContextVar[datetime | None] = ContextVar("stopped", default=None)


def now() -> datetime:
    """The present instant, with New York's offset, to the second."""
    import pendulum

    return _STOPPED.get() or pendulum.now(NEW_YORK).replace(microsecond=0)


def exactly() -> datetime:
    """The present instant, with New York's offset, to the microsecond: for what must differ within one second."""
    import pendulum

    return _STOPPED.get() or pendulum.now(NEW_YORK)


def today() -> date:
    """The present calendar date in New York."""
    return day_of(_STOPPED.get() or datetime.now(_ZONE))


@contextmanager
def stopped(instant: datetime) -> Iterator[None]:
    """Within it, it is that instant: a page of tomorrow is made today, and the same page is made twice alike."""
    import pendulum

    token = _STOPPED.set(pendulum.instance(instant).in_timezone(NEW_YORK).replace(microsecond=0))
    try:
        yield
    finally:
        _STOPPED.reset(token)


def midnight(day: date) -> datetime:
    """The instant at which a calendar date begins in New York."""
    import pendulum

    return pendulum.datetime(day.year, day.month, day.day, tz=NEW_YORK)


def day_after(day: date) -> date:
    """The calendar date that follows."""
    return day + timedelta(days=1)


def day_of(instant: datetime) -> date:
    """The calendar date in New York at an instant, which has an offset."""
    moment = instant.astimezone(_ZONE)
    return date(moment.year, moment.month, moment.day)


def parse_instant(text: str) -> datetime:
    """An instant written in ISO 8601 with its offset, as `2027-03-01T09:30:00-05:00`.

    Raises ValueError with a sentence that says what is allowed.
    """
    try:
        instant = datetime.fromisoformat(text)
    except ValueError:
        instant = None
    if instant is None or instant.tzinfo is None:
        raise ValueError("write the instant with its offset, as 2027-03-01T09:30:00-05:00")
    return instant
