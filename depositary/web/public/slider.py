"""The slider of a status page, from the first day of the treaty to the last day to come."""

import re
from datetime import date, timedelta

from starlette.requests import Request

from depositary import clock
from depositary.law.dates import EARLIEST, LATEST
from depositary.web.public.overview_parts import Slider
from depositary.web.query import Unanswerable, parameter
from depositary.web.view import View

EPOCH = date(1970, 1, 1)

AHEAD = timedelta(days=3653)
"""How far a slider goes after today: a day in thirty years would leave the other days no room."""

_NUMBER = re.compile(r"-?[0-9]{1,6}")


def slider(view: View) -> Slider | None:
    """The slider of a treaty; None if there is only one day.

    Its first and last day do not depend on the day asked about, unless that day lies outside.
    """
    clauses, today = view.clauses, clock.today()
    opened = [period.since for period in clauses.periods_for_signature]
    acted = [act.date for act in view.acts]
    begun = [day for day in (clauses.adopted, *opened, *acted) if day is not None and day > EARLIEST]
    ahead = view.site.known.effects(clauses.id, today, view.asked.known_at).boundaries
    first = min([view.on, *begun])
    last = max([today, view.on, *(day for day in ahead if day <= today + AHEAD)])
    assets = view.site.assets
    scripts = assets.script, assets.slider
    if first >= last:
        return None
    return Slider(day_number(first), day_number(last), day_number(view.on), first, last, scripts)


def slider_day(request: Request) -> date | None:
    """The day a slider was left at; None where none was. Raises Unanswerable."""
    number = parameter(request, "day")
    if not number:
        return None
    if parameter(request, "on"):
        raise Unanswerable(422, "asked-twice", "on")
    day = EPOCH + timedelta(days=int(number)) if _NUMBER.fullmatch(number) else None
    if day is None or not EARLIEST <= day <= LATEST:
        raise Unanswerable(422, "bad-day-number", number[:40])
    return day


def day_number(day: date) -> int:
    """The number of days from 1 January 1970 to a day."""
    return (day - EPOCH).days
