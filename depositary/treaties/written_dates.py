"""Dates as people write them: what each may mean, and whether a whole file leaves one meaning."""

import re
from datetime import date

from depositary.errors import Sentence
from depositary.law.dates import EARLIEST, LATEST, parse_date
from depositary.treaties.digits import in_plain_digits
from depositary.treaties.vocabulary import folded, months

_ISO = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?:[T ]00:00(?::00(?:\.0+)?)?)?")
_CHINESE = re.compile(r"(\d{4})\s*年\s*(\d{1,2})\s*月\s*(\d{1,2})\s*日")
_NUMBERS = re.compile(r"(\d{1,2})([-/.])(\d{1,2})\2(\d{4})")
_DAY_FIRST = re.compile(r"(\d{1,2})(?:st|nd|rd|th|er)?\.?[ -]+(?:de )?([^\d ]+?)\.?,?[ -]+(?:de )?(\d{4})(?: г\.?)?")
_MONTH_FIRST = re.compile(r"([^\d ]+?)\.? +(\d{1,2})(?:st|nd|rd|th)?,? +(\d{4})")

Order = str
""""day" or "month": which stands first where a date is three numbers; "" while that is open."""


def meanings(text: str) -> dict[Order, date]:
    """The meanings of a written date: under "" where both readings give the same day; empty where it is no date.

    A date with points, 27.11.2026, has its day first.
    """
    text = in_plain_digits(text)
    if found := _ISO.fullmatch(text) or _CHINESE.fullmatch(text):
        return _only(int(found[1]), int(found[2]), int(found[3]))
    if found := _NUMBERS.fullmatch(text):
        first, second, year = int(found[1]), int(found[3]), int(found[4])
        if found[2] == "." or first == second:
            return _only(year, second, first)
        orders = {"day": _day(year, second, first), "month": _day(year, first, second)}
        return {order: day for order, day in orders.items() if day}
    plain = folded(text)
    if (found := _DAY_FIRST.fullmatch(plain)) and (month := months().get(found[2].rstrip("."))):
        return _only(int(found[3]), month, int(found[1]))
    if (found := _MONTH_FIRST.fullmatch(plain)) and (month := months().get(found[1].rstrip("."))):
        return _only(int(found[3]), month, int(found[2]))
    return {}


def one_meaning(text: str) -> date:
    """The day that a written date means. Raises ValueError with a sentence where it means none, or one of two."""
    if re.fullmatch(r"\d{4}-\d{2}-\d{2}", text, re.ASCII):
        return parse_date(text)
    found = sorted(set(meanings(text).values()))
    if not found:
        return parse_date(text)
    if len(found) > 1:
        first, other = (day.isoformat() for day in found)
        raise ValueError(
            Sentence("%(text)s may be %(first)s or %(other)s; write which", text=text, first=first, other=other)
        )
    return found[0]


def _only(year: int, month: int, day: int) -> dict[Order, date]:
    found = _day(year, month, day)
    return {"": found} if found else {}


def _day(year: int, month: int, day: int) -> date | None:
    try:
        found = date(year, month, day)
    except ValueError:
        return None
    return found if EARLIEST <= found <= LATEST else None
