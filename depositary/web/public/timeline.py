"""The timeline of a treaty: the days on which something changed, as a chart and as a list."""

from bisect import bisect_right
from datetime import date

from depositary.web.public.days import changes_by_day
from depositary.web.public.overview_pages import TimelinePage
from depositary.web.public.overview_parts import Chart, Curve
from depositary.web.view import View

WIDTH, HEIGHT = 1000, 300


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
    """Signatures and instruments counted from the first act to the day asked about; None without an act."""
    effects = view.effects
    signed = sorted(act.date for act in effects.history.signatures.values())
    consented = sorted({act.date for act in effects.case.acts if act.date not in signed} | set(signed))
    if not consented:
        return None
    first, last = consented[0], max(view.on, consented[-1])
    counted = [(day, len(effects.instruments_counted(day))) for day in (*consented, last)]
    signatures = [(day, bisect_right(signed, day)) for day in (*consented, last)]
    entry = effects.clauses.entry_into_force
    required = entry.instruments if entry else 0
    top = max(1, required, *(number for _, number in (*counted, *signatures)))
    span = max(1, (last - first).days)

    def across(day: date) -> int:
        return round((day - first).days / span * WIDTH)

    def up(number: int) -> int:
        return round(HEIGHT - number / top * HEIGHT)

    def curve(points: list[tuple[date, int]]) -> Curve:
        """Steps: a number stands until the day on which it changes."""
        drawn = f"M0 {HEIGHT}"
        for day, number in points:
            drawn += f"H{across(day)}V{up(number)}"
        return Curve(drawn, points[-1][1])

    in_force = effects.in_force_on
    return Chart(
        first,
        last,
        curve(signatures),
        curve(counted),
        required,
        up(required),
        in_force if in_force and in_force <= last else None,
        across(in_force) if in_force and first <= in_force <= last else 0,
    )
