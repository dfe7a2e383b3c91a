"""Dates and times as people type them in a form, in the form that the desk has for them."""

import re
from collections.abc import Mapping
from contextlib import suppress
from datetime import date, datetime

from depositary import clock
from depositary.desk.codes import plain_code
from depositary.errors import Sentence
from depositary.treaties.written_dates import one_meaning

DATES = frozenset({"date", "effective", "on_instrument", "received_on", "notified", "powers_until"})


_TIME = re.compile(r"(\d{1,2})[:.h](\d{2})")


def typed_day(text: str) -> date | None:
    """The day that is typed in a field; None for an empty field. Raises ValueError with a sentence."""
    return one_meaning(text.strip()) if text.strip() else None


def typed_instant(text: str) -> datetime | None:
    """The instant that is typed in a field; None for an empty field. Raises ValueError with a sentence."""
    try:
        return clock.parse_instant(text) if text else None
    except ValueError:
        raise ValueError(Sentence("write the instant with its offset, as 2027-03-01T09:30:00-05:00")) from None


def understood(fields: Mapping[str, str]) -> dict[str, str]:
    """The dates and the time of a form that are written in another form than its own, in its own form.

    A text that means nothing, or one of two days, is left out.
    """
    found = {}
    for name in DATES:
        text = fields.get(name, "").strip()
        with suppress(ValueError):
            if text and (said := one_meaning(text).isoformat()) != text:
                found[name] = said
    time_of_day = _TIME.fullmatch(plain_code(fields.get("received_time", "")))
    if (
        time_of_day
        and (said := f"{int(time_of_day[1]):02}:{time_of_day[2]}") != fields.get("received_time", "").strip()
    ):
        found["received_time"] = said
    return found
