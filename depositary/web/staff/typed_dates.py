"""Dates and times as people type them in a form, in the form that the desk has for them."""

import re
from collections.abc import Mapping
from contextlib import suppress

from depositary.desk.codes import plain_code
from depositary.treaties.written_dates import one_meaning

DATES = frozenset({"date", "effective", "on_instrument", "received_on", "notified", "powers_until"})

_TIME = re.compile(r"(\d{1,2})[:.h](\d{2})")


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
