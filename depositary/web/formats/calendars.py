"""Calendars of the dates of effect and the deadlines: to subscribe to, or as an answer of the calculator.

The identifier of an event says what the date is of, so a date that moves also moves in the reader's calendar. A date
that followed before an act was undone or corrected, and no longer follows, is a cancelled event. An event has as its
stamp and its sequence when, and with which entry, what it is derived from last grew.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from functools import partial
from uuid import UUID, uuid5

from icalendar import Calendar, Event

from depositary.law import reasons
from depositary.law.dates import LATEST
from depositary.treaties.supposition import Supposition
from depositary.web.known import NEVER
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
    as_of: str
    """The sentence that later acts may be missing; "" where none may."""
    stamp: datetime
    sequence: int
    is_cancelled: bool = False


@dataclass(frozen=True)
class Dated:
    """A date that follows: the key by which its event is known, the day, and the event with its words."""

    key: str
    day: date
    event: Callable[[], CalendarEvent]


UNDOING = (
    "withdrawal of instrument",
    "withdrawal of signature",
    "revocation of denunciation",
    "ruling",
)
"""The acts after which a date may no longer follow; so it may after an entry that rectifies another."""

UNDONE = 20
"""The number of latest instants, before something was undone, whose dates may be cancelled."""


def treaty_calendar(view: View) -> bytes:
    """The dates of a treaty: its own, its participants', and the last days of signature."""
    return as_calendar(view.words.treaty(view.clauses), with_cancelled(view, lambda there: [*dates(there)]))


def participant_calendar(views: Iterable[View], code: str) -> bytes:
    """The dates of one participant under every treaty, with the treaties' own where it takes part."""

    def of_participant(there: View) -> list[Dated]:
        found = [*treaty_dates(there), *participant_dates(there, code)] if code in there.effects.codes else []
        acted = code in there.effects.history.signatures or code in there.effects.since
        return found if acted else [*found, *signature_dates(there)]

    views = list(views)
    return as_calendar(views[0].name(code), [event for view in views for event in with_cancelled(view, of_participant)])


def with_cancelled(view: View, dates_of: Callable[[View], list[Dated]]) -> list[CalendarEvent]:
    """The events of a view, and as cancelled those that were there before an act was undone or corrected."""
    found, gone = dates_of(view), dict[str, Dated]()
    keys = {dated.key for dated in found}
    for instant in instants_before_undoing(view):
        there = replace(view, asked=replace(view.asked, known_at=instant))
        gone |= {dated.key: dated for dated in dates_of(there) if dated.key not in keys}
    says = view.words.gettext("This date no longer follows from the acts.")
    stamp, sequence = grown(view)
    return [
        *(dated.event() for dated in found),
        *(
            replace(dated.event(), is_cancelled=True, description=says, stamp=stamp, sequence=sequence)
            for dated in gone.values()
        ),
    ]


def instants_before_undoing(view: View) -> list[datetime]:
    """The latest instants just before an act was undone or corrected under the treaty or under those it needs."""
    known = view.site.known
    treaties = view.site.collection.needed_by(view.clauses.id)
    undone = {
        entry.recorded_at - timedelta(microseconds=1)
        for treaty in treaties
        for entry in known.entries(treaty, view.asked.known_at)
        if entry.recorded_at != NEVER and (entry.rectifies or (entry.act and entry.act.action in UNDOING))
    }
    return sorted(undone)[-UNDONE:]


def grown(view: View) -> tuple[datetime, int]:
    """When, and with which entry, the acts from which a treaty is derived last grew."""
    needed, known = view.site.collection.needed_by(view.clauses.id), view.site.known
    return (
        known.recorded_last(needed, view.asked.known_at) or BEFORE_ALL,
        known.last(needed, view.asked.known_at),
    )


def supposed_calendar(there: View, supposed: Supposition) -> bytes:
    """The dates that the supposed acts would change."""
    own = {act.participant for act in supposed.acts} - {*supposed.others}
    events = [
        replace(
            event,
            key=f"supposed {event.key}",
            summary=there.words.gettext("Hypothetical: %(what)s", what=event.summary),
            url="",
        )
        for (concerns, code), day in supposed.after.dates.items()
        if day is not None and supposed.before.dates.get((concerns, code)) != day and (not code or code in own)
        for event in [event_of(there, concerns, code, day)]
    ]
    return as_calendar(there.words.treaty(there.clauses), events)


def dates(view: View) -> Iterator[Dated]:
    """All dates of a treaty."""
    yield from treaty_dates(view)
    yield from participants_dates(view)
    yield from signature_dates(view)


def treaty_dates(view: View) -> Iterator[Dated]:
    """The treaty's own dates."""
    yield from participant_dates(view, "")


def participant_dates(view: View, code: str) -> Iterator[Dated]:
    """The dates of one participant; of the treaty itself for no code."""
    for (concerns, whose), day in view.effects.dates.items():
        if day is not None and whose == code:
            yield dated_of(view, concerns, code, day)


def participants_dates(view: View) -> Iterator[Dated]:
    """The dates of all participants. Those for whom the treaty enters into force on its own day are one event."""
    first, begins = [], view.effects.in_force_on
    for (concerns, code), day in view.effects.dates.items():
        if day is not None and code and concerns == "entry_into_force" and day == begins:
            first.append(code)
        elif day is not None and code:
            yield dated_of(view, concerns, code, day)
    if first and begins:
        key = f"{view.clauses.id} entry_into_force with the treaty"
        yield Dated(key, begins, partial(with_the_treaty, view, key, begins, first))


def with_the_treaty(view: View, key: str, day: date, codes: list[str]) -> CalendarEvent:
    """The entry into force for all whose instruments were there when the number was reached."""
    names = view.words.listed(sorted(map(view.name, codes), key=view.words.sort_key))
    summary = f"{view.words.treaty(view.clauses)}: {view.words.concerns('entry_into_force')} ({len(codes)})"
    return made(view, key, day, summary, names, view.addresses.status)


def dated_of(view: View, concerns: str, code: str, day: date) -> Dated:
    """A date of effect."""
    return Dated(f"{view.clauses.id} {concerns} {code}", day, partial(event_of, view, concerns, code, day))


def made(view: View, key: str, day: date, summary: str, description: str, address: str) -> CalendarEvent:
    """An event under a treaty."""
    url = outside_address(view, address)
    return CalendarEvent(key, day, summary, description, url, view.as_of_sentence, *grown(view))


def signature_dates(view: View) -> Iterator[Dated]:
    """The last days of the periods for signature."""
    for period in view.clauses.periods_for_signature:
        if period.until < LATEST:
            summary = view.words.last_day_of_signature(period.place)
            key = f"{view.clauses.id} signature {period.place} {period.since}"
            said = f"{view.words.treaty(view.clauses)}: {summary}"
            event = partial(made, view, key, period.until, said, view.title, view.addresses.status)
            yield Dated(key, period.until, event)


def event_of(view: View, concerns: str, code: str, day: date) -> CalendarEvent:
    """A date of effect as an event."""
    whose = f" · {view.name(code)}" if code else ""
    summary = f"{view.words.treaty(view.clauses)}{whose}: {view.words.concerns(concerns)}"
    sentence = view.sentence(reasons.of_date(view.effects, concerns, code))
    key = f"{view.clauses.id} {concerns} {code}"
    return made(view, key, day, summary, sentence, view.addresses.reasons(concerns, code))


def outside_address(view: View, address: str) -> str:
    """An address with the base URL before it; "" if no base URL is set."""
    return view.site.base_url + address if view.site.base_url else ""


def as_calendar(name: str, events: Iterable[CalendarEvent]) -> bytes:
    """Events as a calendar, by day."""
    calendar = Calendar()
    calendar.add("prodid", "-//Depositary//Depositary//EN")
    calendar.add("version", "2.0")
    calendar.add("name", name)
    calendar.add("x-wr-calname", name)
    for dated in sorted(events, key=lambda event: (event.day, event.key)):
        event = Event()
        event.add("uid", str(uuid5(NAMESPACE, dated.key)))
        event.add("dtstamp", dated.stamp.astimezone(UTC))
        event.add("last-modified", dated.stamp.astimezone(UTC))
        event.add("sequence", dated.sequence)
        event.add("status", "CANCELLED" if dated.is_cancelled else "CONFIRMED")
        event.add("dtstart", dated.day)
        event.add("summary", dated.summary)
        event.add("description", " ".join(filter(None, (dated.description, dated.as_of))))
        event.add("transp", "TRANSPARENT")
        if dated.url:
            event.add("url", dated.url)
        calendar.add_component(event)
    return bytes(calendar.to_ical())
