"""Calendars of the dates of effect and the deadlines: to subscribe to, or as an answer of the calculator.

The identifier of an event says what the date is of, so a date that moves also moves in the reader's calendar. The
event is stamped with the instant at which the register last grew.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from uuid import UUID, uuid5

from icalendar import Calendar, Event

from depositary.law import reasons
from depositary.law.dates import LATEST
from depositary.treaties.supposition import Supposition
from depositary.web.view import View

ICALENDAR = "text/calendar; charset=utf-8"

NAMESPACE = UUID("6a4b1f7e-9a3c-5d0e-8f41-16c0b7e2d940")
"""The namespace of the identifiers of events and of the entries of feeds."""

BEFORE_ALL = datetime(2024, 12, 24, tzinfo=UTC)
"""The stamp of a calendar while the register is empty."""


@dataclass(frozen=True)
class CalendarEvent:
    """An event: its key, its day, its words, and the page that gives the reasons."""

    key: str
    day: date
    summary: str
    description: str
    url: str
    as_of: str = ""
    """The sentence that later acts may be missing; "" where none may."""


def treaty_calendar(view: View) -> bytes:
    """The dates of a treaty: its own, its participants' (those of one day together), and the last days of signature."""
    return as_calendar(
        view, view.words.treaty(view.clauses), [*treaty_events(view), *grouped_events(view), *signature_events(view)]
    )


def participant_calendar(views: Iterable[View], code: str) -> bytes:
    """The dates of one participant under every treaty, with the treaties' own where it takes part."""
    views = list(views)
    events = []
    for view in views:
        if code in view.effects.codes:
            events += [*treaty_events(view), *participant_events(view, code)]
        if code not in view.effects.history.signatures and code not in view.effects.since:
            events += signature_events(view)
    return as_calendar(views[0], views[0].name(code), events)


def supposed_calendar(there: View, supposed: Supposition) -> bytes:
    """The dates that the supposed acts would change."""
    own = {act.participant for act in supposed.acts} - {*supposed.others}
    events = [
        CalendarEvent(
            f"supposed {event.key}",
            event.day,
            there.words.gettext("Hypothetical: %(what)s", what=event.summary),
            event.description,
            "",
            event.as_of,
        )
        for (concerns, code), day in supposed.after.dates.items()
        if day is not None and supposed.before.dates.get((concerns, code)) != day and (not code or code in own)
        for event in [event_of(there, concerns, code, day)]
    ]
    return as_calendar(there, there.words.treaty(there.clauses), events)


def treaty_events(view: View) -> Iterator[CalendarEvent]:
    """The treaty's own dates."""
    for (concerns, code), day in view.effects.dates.items():
        if day is not None and not code:
            yield event_of(view, concerns, "", day)


def participant_events(view: View, code: str) -> Iterator[CalendarEvent]:
    """The dates of one participant."""
    for (concerns, whose), day in view.effects.dates.items():
        if day is not None and whose == code:
            yield event_of(view, concerns, code, day)


def grouped_events(view: View) -> Iterator[CalendarEvent]:
    """The dates of all participants. Dates of one kind and one day are one event."""
    together: dict[tuple[date, str], list[tuple[str, str]]] = defaultdict(list)
    for (concerns, code), day in view.effects.dates.items():
        if day is not None and code:
            together[day, concerns.partition(" ")[0]].append((concerns, code))
    for (day, kind), dates in sorted(together.items()):
        if len(dates) == 1:
            yield event_of(view, *dates[0], day)
            continue
        names = view.words.listed(sorted((view.name(code) for _, code in dates), key=view.words.sort_key))
        summary = f"{view.words.treaty(view.clauses)}: {view.words.concerns(kind)} ({len(dates)})"
        yield CalendarEvent(
            f"{view.clauses.id} {kind} {day}",
            day,
            summary,
            names,
            outside_address(view, view.addresses.status),
            view.as_of_sentence,
        )


def signature_events(view: View) -> Iterator[CalendarEvent]:
    """The last days of the periods for signature."""
    for period in view.clauses.signature.periods if view.clauses.signature else ():
        if period.until < LATEST:
            summary = (
                view.words.gettext("Last day of signature in %(place)s", place=period.place)
                if period.place
                else view.words.gettext("Last day of signature")
            )
            key = f"{view.clauses.id} signature {period.place} {period.since}"
            yield CalendarEvent(
                key,
                period.until,
                f"{view.words.treaty(view.clauses)}: {summary}",
                view.title,
                outside_address(view, view.addresses.status),
                view.as_of_sentence,
            )


def event_of(view: View, concerns: str, code: str, day: date) -> CalendarEvent:
    """A date of effect as an event."""
    whose = f" · {view.name(code)}" if code else ""
    summary = f"{view.words.treaty(view.clauses)}{whose}: {view.words.concerns(concerns)}"
    sentence = view.sentence(reasons.of_date(view.effects, concerns, code))
    return CalendarEvent(
        f"{view.clauses.id} {concerns} {code}",
        day,
        summary,
        sentence,
        outside_address(view, view.addresses.reasons(concerns, code)),
        view.as_of_sentence,
    )


def outside_address(view: View, address: str) -> str:
    """An address with the base URL before it; "" if no base URL is set."""
    return view.site.base_url + address if view.site.base_url else ""


def as_calendar(view: View, name: str, events: Iterable[CalendarEvent]) -> bytes:
    """Events as a calendar, by day."""
    made = Calendar()
    made.add("prodid", "-//Depositary//Depositary//EN")
    made.add("version", "2.0")
    made.add("name", name)
    made.add("x-wr-calname", name)
    stamp = view.site.known.latest_of(view.clauses.id, view.asked.known_at) or BEFORE_ALL
    for dated in sorted(events, key=lambda event: (event.day, event.key)):
        event = Event()
        event.add("uid", str(uuid5(NAMESPACE, dated.key)))
        event.add("dtstamp", stamp.astimezone(UTC))
        event.add("dtstart", dated.day)
        event.add("summary", dated.summary)
        event.add("description", " ".join(filter(None, (dated.description, dated.as_of))))
        event.add("transp", "TRANSPARENT")
        if dated.url:
            event.add("url", dated.url)
        made.add_component(event)
    return bytes(made.to_ical())
