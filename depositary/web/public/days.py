"""The days on which something changes under a treaty, by an act or with no further act."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date

from depositary.law.dates import EARLIEST, LATEST
from depositary.law.examination import irregularities
from depositary.web.public.overview_parts import ActsDone, DayLink, DayOfChange, NeighbouringDays
from depositary.web.public.parts import ComingEvent
from depositary.web.view import View


def automatic_changes(view: View, since: date = date.min) -> Iterator[ComingEvent]:
    """Changes that need no further act, by day: dates of effect, and the first and last days for signature."""
    named: dict[tuple[date, str], list[str]] = defaultdict(list)
    pages: dict[tuple[date, str], set[str]] = defaultdict(set)
    for (concerns, code), day in view.effects.dates.items():
        if day is not None and day >= since:
            kind, _, of = concerns.partition(" ")[0].partition(":")
            key = day, f"{kind}-for" if code and kind == "entry_into_force" else kind
            named[key].append(view.name(code) if code else of)
            pages[key].add(view.addresses.reasons(concerns, code))
    for period in view.clauses.periods_for_signature:
        named[period.since, "signature-opens"].append(view.words.place(period.place))
        if period.until < LATEST:
            named[period.until, "signature-closes"].append(view.words.place(period.place))
    for (day, kind), names in sorted(one for one in named.items() if one[0][0] >= since):
        page = pages[day, kind]
        yield ComingEvent(day, kind, tuple(name for name in names if name), page.pop() if len(page) == 1 else "")


def coming_events(view: View) -> Iterator[ComingEvent]:
    """What happens after the day asked about; the last day for signature on that day too."""
    for event in automatic_changes(view, view.on):
        if event.day > view.on or (event.day == view.on and event.kind == "signature-closes"):
            yield event


def days_of_change(view: View) -> tuple[date, ...]:
    """Every day on which something changed or will: the days of acts, as they were known, and of their effects."""
    acts = {act.date for act in view.acts}
    days = sorted(acts | set(view.effects.boundaries))
    return tuple(day for day in days if EARLIEST <= day <= LATEST)


def neighbouring_days(view: View) -> NeighbouringDays:
    """The nearest days before and after the day asked about on which something changes."""
    days = days_of_change(view)
    before = next((day for day in reversed(days) if day < view.on), None)
    after = next((day for day in days if day > view.on), None)
    return NeighbouringDays(day_link(view, before), day_link(view, after))


def day_link(view: View, day: date | None) -> DayLink | None:
    """The page of the treaty as of another day."""
    return DayLink(day, view.addresses.on(day)) if day else None


def changes_by_day(view: View, since: date = date.min, until: date = date.max) -> Iterator[DayOfChange]:
    """The changes of each day after `since` and up to `until`, without refused acts."""
    refused = {id(one.act) for one in irregularities(view.effects) if one.severity == "refused"}
    done: dict[date, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for act in sorted(view.effects.case.acts, key=lambda act: act.order):
        if id(act) not in refused and since < act.date <= min(until, view.on):
            done[act.date][view.words.act(act)].append(view.name(act.participant) if act.participant else "")
    happened: dict[date, list[ComingEvent]] = defaultdict(list)
    for event in automatic_changes(view, since):
        if since < event.day <= until:
            happened[event.day].append(event)
    for day in sorted({*done, *happened}):
        acts = tuple(
            ActsDone(act_in_words, tuple(sorted(filter(None, names), key=view.words.sort_key)))
            for act_in_words, names in done[day].items()
        )
        yield DayOfChange(DayLink(day, view.addresses.on(day)), acts, tuple(happened[day]))


def events_of_participant(view: View, code: str) -> Iterator[ComingEvent]:
    """What will change for a participant after the day asked about, with no further act."""
    for (concerns, who), day in sorted(view.effects.dates.items(), key=lambda dated: dated[1] or date.max):
        if who == code and day is not None and day > view.on:
            kind, _, of = concerns.partition(" ")[0].partition(":")
            yield ComingEvent(
                day,
                f"{kind}-for" if kind == "entry_into_force" else kind,
                (of or view.name(code),),
                view.addresses.reasons(concerns, code),
            )
