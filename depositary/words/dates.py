"""Dates in words, as each language writes them."""

import datetime as dt
from functools import lru_cache

from depositary.words.labels import N_

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


HOLIDAYS = (
    *(N_("New Year's Day"), N_("Martin Luther King Jr. Day"), N_("Lincoln's Birthday"), N_("Susan B. Anthony Day")),
    *(N_("Washington's Birthday"), N_("Memorial Day"), N_("Juneteenth National Independence Day")),
    *(N_("Independence Day"), N_("Labor Day"), N_("Columbus Day"), N_("Election Day"), N_("Veterans Day")),
    *(N_("Thanksgiving Day"), N_("Christmas Day")),
)
"""The public holidays in New York."""

OBSERVED = " (observed)"
"""What stands after the name of a holiday on the day on which it is kept, where it falls on a weekend."""


def holidays_on(day: dt.date) -> list[str]:
    """The public holidays in New York on a day, in English; one that is kept on that day ends with `OBSERVED`."""
    return _holidays_of_year(day.year).get(day, [])


@lru_cache(maxsize=64)
def _holidays_of_year(year: int) -> dict[dt.date, list[str]]:
    from holidays import country_holidays

    return {day: str(names).split("; ") for day, names in country_holidays("US", subdiv="NY", years=year).items()}
