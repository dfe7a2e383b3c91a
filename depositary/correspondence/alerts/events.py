"""The events between two instants of which a subscriber hears: acts were entered, or a day has come."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime

from depositary.clock import day_of
from depositary.correspondence.alerts.store import Subscription
from depositary.register.entry import Entry, acts_of, as_known
from depositary.treaties.collection import Collection
from depositary.words import Language


@dataclass(frozen=True)
class Event:
    """An event: a line that says what happened, and the address of the page that shows it."""

    said: str
    path: str


@dataclass(frozen=True)
class Registered:
    """The collection and the entries of the register."""

    collection: Collection
    entries: Callable[[str], list[Entry]]
    """The entries under a treaty."""


def events(here: Registered, asked: Subscription, words: Language, since: datetime, until: datetime) -> list[Event]:
    """The events after the first instant and up to the second."""
    treaties = [asked.treaty] if asked.treaty else here.collection.in_order
    return [one for treaty in treaties for one in _under(here, treaty, asked.participant, words, since, until)]


def _under(
    here: Registered, treaty: str, participant: str, words: Language, since: datetime, until: datetime
) -> Iterator[Event]:
    clauses, participants = here.collection.treaties[treaty], here.collection.participants
    recorded = {one: here.entries(one) for one in here.collection.needed_by(treaty)}
    home = f"/{words.code}/treaties/{treaty}/"
    by_number = {entry.number: entry for entry in recorded[treaty]}
    for entry in recorded[treaty]:
        struck = by_number.get(entry.rectifies or 0)
        concerned = entry.act or (struck.act if struck else None)
        if not since < entry.recorded_at <= until or entry.notice is not None or concerned is None:
            continue
        if participant and participant != concerned.participant:
            continue
        name = words.name(participants, concerned.participant, concerned.date) if concerned.participant else ""
        line = words.act_line(entry.act, name) if entry.act else words.strikes_out(entry.rectifies)
        yield Event(f"{words.treaty(clauses)}: {line}", f"{home}register/{entry.number}")
    first, last = day_of(since), day_of(until)
    for day in _days(here, treaty, recorded, first, last):
        yield from _coming(here, treaty, participant, words, recorded, day, home)


def _days(here: Registered, treaty: str, recorded: dict[str, list[Entry]], first: date, last: date) -> Iterable[date]:
    """The days after the first and up to the last on which the law changes something without a new act."""
    if first == last:
        return []
    acts = acts_of(as_known(entry for each in recorded.values() for entry in each))
    effects = here.collection.effects(acts, treaty, last)
    return sorted({day for day in effects.dates.values() if day is not None and first < day <= last})


def _coming(
    here: Registered,
    treaty: str,
    participant: str,
    words: Language,
    recorded: dict[str, list[Entry]],
    day: date,
    home: str,
) -> Iterator[Event]:
    acts = acts_of(as_known(entry for each in recorded.values() for entry in each))
    effects = here.collection.effects(acts, treaty, day)
    name = words.treaty(here.collection.treaties[treaty])
    for (concerns, code), at in effects.dates.items():
        if at == day and (not participant or code in ("", participant)):
            whose = f" · {words.name(effects.participants, code, day)}" if code else ""
            page = f"{home}participants/{code}" if code else home
            yield Event(f"{words.date(day)}, {name}{whose}: {words.concerns(concerns)}", page)
