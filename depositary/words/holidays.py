"""The public holidays in New York, by their names in each language. They move no date."""

import datetime as dt
from functools import lru_cache

from depositary.words.labels import N_
from depositary.words.languages import Language

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


def holidays(words: Language, day: dt.date) -> str:
    """The public holidays in New York on a day, in a language; "" for none."""
    named = []
    for name in holidays_on(day):
        said = words.gettext(name.removesuffix(OBSERVED))
        named.append(words.gettext("%(name)s (observed)", name=said) if name.endswith(OBSERVED) else said)
    return words.listed(named)


@lru_cache(maxsize=64)
def _holidays_of_year(year: int) -> dict[dt.date, list[str]]:
    from holidays import country_holidays

    return {day: str(names).split("; ") for day, names in country_holidays("US", subdiv="NY", years=year).items()}
