"""The timeline of a treaty: the days on which something changed, as a chart and as a list."""

from bisect import bisect_right
from collections.abc import Iterator
from datetime import date, timedelta
from itertools import pairwise

from depositary.web.public.days import changes_by_day, coming_events
from depositary.web.public.overview_pages import TimelinePage
from depositary.web.public.overview_parts import Chart, Curve, Tick
from depositary.web.view import View
from depositary.words.dates import month_in_words

WIDTH, HEIGHT = 1000, 300
CLOSEST = 7
"""How near to each other two labels of lines may be, in per cent of the height."""
MOST_YEARS, MOST_MONTHS = 6, 4
"""How many marks an axis has at most: a phone has room for four months in words."""


def timeline_page(view: View) -> TimelinePage:
    """The days on which something changed or will change, and the growth of the counters."""
    days = tuple(changes_by_day(view))
    return TimelinePage(
        frame=view.frame(view.treaty),
        treaty=view.treaty,
        chart=chart(view),
        past=tuple(one for one in reversed(days) if one.step.day <= view.on),
        ahead=tuple(one for one in days if one.step.day > view.on),
    )


def chart(view: View) -> Chart | None:
    """Signatures and instruments counted, from the first act to the last day known; None without an act.

    The curves end on the day asked about: what comes later by itself is a line across.
    """
    effects = view.effects
    signed = sorted(act.date for act in effects.history.signatures.values())
    acted = sorted({act.date for act in effects.case.acts} | set(signed))
    if not acted:
        return None
    first, now = acted[0], max(view.on, acted[-1])
    events = [event for event in coming_events(view) if event.kind in ("signature-closes", "entry_into_force")]
    last = max([now, *(event.day for event in events)])
    days = [day for day in acted if day <= now]
    counted = [(day, len(effects.instruments_counted(day))) for day in (*days, now)]
    signatures = [(day, bisect_right(signed, day)) for day in (*days, now)]
    entry = effects.clauses.entry_into_force
    required = entry.instruments if entry else 0
    top = max(1, required, *(number for _, number in (*counted, *signatures)))
    span = max(1, (last - first).days)

    def across(day: date) -> float:
        return round((day - first).days / span * 100, 1)

    def up(number: int) -> float:
        return round(100 - number / top * 100, 1)

    def drawn(points: list[tuple[date, int]]) -> str:
        """Steps: a number stands until the day on which it changes."""
        path = f"M0 {HEIGHT}"
        for day, number in points:
            path += f"H{round(across(day) / 100 * WIDTH)}V{round(up(number) / 100 * HEIGHT)}"
        return path

    in_force = effects.in_force_on
    numbers = {"required": required, "signatures": signatures[-1][1], "counted": counted[-1][1]}
    places = apart({name: up(number) for name, number in numbers.items()})
    return Chart(
        first,
        last,
        Curve(drawn(signatures), numbers["signatures"], places["signatures"]),
        Curve(drawn(counted), numbers["counted"], places["counted"]),
        Curve(f"M0 {round(up(required) / 100 * HEIGHT)}H{WIDTH}", required, places["required"]),
        tuple(Tick(across(day), words) for day, words in ticks(view, first, last)),
        tuple(Tick(up(number), str(number)) for number in steps(top)),
        in_force if in_force and first <= in_force <= last else None,
        across(in_force) if in_force and first <= in_force <= last else 0,
        across(now) if now < last else None,
        next((event.day for event in events if event.kind == "signature-closes"), None),
    )


def apart(places: dict[str, float]) -> dict[str, float]:
    """The places of labels, from the top, moved so that no two stand in each other's way."""
    in_order = sorted(places, key=lambda name: places[name], reverse=True)
    found = {name: min(places[name], 97) for name in in_order}
    for below, above in pairwise(in_order):
        found[above] = min(found[above], found[below] - CLOSEST)
    return found


def steps(top: int) -> Iterator[int]:
    """Round numbers up to the greatest, at most five."""
    step = next(unit * size for size in (1, 10, 100, 1000) for unit in (1, 2, 5) if top <= 5 * unit * size)
    yield from range(step, top + 1, step)


def ticks(view: View, first: date, last: date) -> Iterator[tuple[date, str]]:
    """Days of the axis with their words: first days of years, or of months where there are few years."""
    years = range(first.year + 1, last.year + 1)
    if len(years) >= 3:
        every = -(-len(years) // MOST_YEARS)
        yield from ((date(year, 1, 1), str(year)) for year in years if (year - first.year) % every == 0)
        return
    months = [day for day in (first + timedelta(days) for days in range(1, (last - first).days + 1)) if day.day == 1]
    every = -(-len(months) // MOST_MONTHS) or 1
    yield from ((day, month_in_words(day, view.words.code)) for day in months[::every])
