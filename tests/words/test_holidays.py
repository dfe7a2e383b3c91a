"""Public holidays in New York have their names in each language."""

from datetime import date, timedelta

import pytest

from depositary.words import AVAILABLE, language
from depositary.words.holidays import HOLIDAYS, OBSERVED, holidays, holidays_on


@pytest.mark.parametrize("code", AVAILABLE[1:])
def test_every_holiday_has_its_name_in_each_language(code: str) -> None:
    """For a long time to come: no English name stands in a sentence of another language."""
    days = [date(2024, 1, 1) + timedelta(days=number) for number in range(366 * 12)]
    english = {name for day in days for name in holidays_on(day)}
    assert {name.removesuffix(OBSERVED) for name in english} == set(HOLIDAYS)
    for day in days:
        said = holidays(language(code), day)
        assert bool(said) == bool(holidays_on(day))
        assert not any(name in said for name in HOLIDAYS), said
