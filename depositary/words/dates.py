"""Dates in words, as each language writes them."""

import datetime as dt
from functools import lru_cache

DAY = {"en": "d MMMM y", "fr": "d MMMM y", "es": "d 'de' MMMM 'de' y", "ru": "d MMMM y 'года'", "zh": "y年M月d日"}
SHORT_DAY = {"en": "d MMM y", "fr": "d MMM y", "es": "d MMM y", "ru": "d MMM y", "zh": "y年M月d日"}

ARABIC_MONTHS = (
    *("كانون الثاني/يناير", "شباط/فبراير", "آذار/مارس", "نيسان/أبريل", "أيار/مايو", "حزيران/يونيه"),
    *("تموز/يوليه", "آب/أغسطس", "أيلول/سبتمبر", "تشرين الأول/أكتوبر", "تشرين الثاني/نوفمبر", "كانون الأول/ديسمبر"),
)
"""The months as the United Nations writes them: by both of their names."""


@lru_cache(maxsize=4096)
def in_words(day: dt.date, code: str, *, short: bool = False) -> str:
    """A date as a language writes it, the year and day in Latin digits; the same few are asked for on every page."""
    if code == "ar":
        month = ARABIC_MONTHS[day.month - 1]
        return f"{day.day} {month.rpartition('/')[2] if short else month} {day.year}"
    from babel.dates import format_date  # only where a date is said in words

    said = format_date(day, (SHORT_DAY if short else DAY)[code], locale=code)
    return f"1er{said[1:]}" if code == "fr" and day.day == 1 else said


def month_in_words(day: dt.date, code: str) -> str:
    """A month with its year, as the axis of a chart names it: `Mar 2027`."""
    if code == "ar":
        return f"{ARABIC_MONTHS[day.month - 1].rpartition('/')[2]} {day.year}"
    from babel.dates import format_skeleton

    return format_skeleton("yMMM", day, locale=code)


def forms_of_days(code: str) -> list[str]:
    """How a language writes the days of each month, and then the first of each: `{day} March {year}`."""
    filled = [in_words(dt.date(2033, month, day), code) for day in (28, 1) for month in range(1, 13)]
    return [said.replace("28", "{day}").replace("2033", "{year}") for said in filled]
