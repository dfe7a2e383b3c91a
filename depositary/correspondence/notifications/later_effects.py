"""Effects that come on a day of their own, with no act on that day: what is told of them, once the day has come.

67(2): an organization ceases to be a party when its members have denounced; a participation in a protocol ends with
that in its convention. A late reservation is accepted, or not, a year after its notification.
"""

from collections.abc import Iterator, Sequence
from datetime import date

from depositary.correspondence.notifications.archive import Issued
from depositary.correspondence.notifications.event import LATER_EFFECTS, Event
from depositary.correspondence.notifications.ledger import Ledger
from depositary.correspondence.notifications.references import references_in
from depositary.correspondence.notifications.tables import Kind
from depositary.correspondence.notifications.threads import Thread
from depositary.law.effects import Effects
from depositary.law.history import Episode
from depositary.register.entry import Entry


def later_effects(ledger: Ledger, threads: Sequence[Thread]) -> Iterator[Event]:
    """The effects whose day has come, which no notification has told of."""
    there = {(thread.first.kind, subject_of(ledger, thread.first)) for thread in threads if not thread.withdrawn}
    for entry in ledger.standing:
        if entry.treaty != ledger.treaty or entry.act is None:
            continue
        for kind in LATER_EFFECTS:
            if (kind, entry.number) in there or effect_on(ledger.now, kind, entry, ledger.on) is None:
                continue
            causes = causes_of(ledger, kind, entry)
            anchor = note_of(ledger, entry) or (entry.number if kind == "end of participation" else 0)
            if anchor and causes:
                yield told(ledger, kind, entry, anchor, causes)


def retold(ledger: Ledger, thread: Thread, standing: Sequence[Entry], effects: Effects) -> Event | None:
    """The effect that a notification told of as some entries show it; None where they show none."""
    number, kind = subject_of(ledger, thread.first), thread.first.kind
    entry = next((each for each in standing if each.number == number), None)
    if entry is None or effect_on(effects, kind, entry, thread.first.on) is None:
        return None
    return Event(kind, ledger.treaty, (), 0, (entry,), effects, effects, [], subject=entry)


def told(ledger: Ledger, kind: Kind, entry: Entry, anchor: int, causes: tuple[Entry, ...]) -> Event:
    """The event of an effect upon an act."""
    return Event(kind, ledger.treaty, (), anchor, causes, ledger.now, ledger.now, ledger.own, subject=entry)


def effect_on(effects: Effects, kind: Kind, entry: Entry, on: date) -> date | None:
    """The day of an effect upon the act of an entry; None where there is none by a day."""
    assert entry.act is not None
    if kind == "end of participation":
        episode = ended(effects, entry)
        return episode.until if episode and episode.until and episode.until <= on else None
    for reservation in effects.reservations(entry.act.participant) if entry.act.action == "reservation" else ():
        if reservation.act.number == entry.number and (day := reservation.accepted_on) and day < on:
            return day if reservation.state(day) in ("standing", "not accepted") else None
    return None


def ended(effects: Effects, entry: Entry) -> Episode | None:
    """The participation of an instrument, where it ends with no act of the participant under this treaty."""
    assert entry.act is not None
    return next(
        (
            episode
            for episode in effects.episodes(entry.act.participant)
            if episode.consent.number == entry.number and episode.cause in ("members", "convention")
        ),
        None,
    )


def causes_of(ledger: Ledger, kind: Kind, entry: Entry) -> tuple[Entry, ...]:
    """The entries by which an effect came about; () where another house notified all of them.

    An end comes about by the denunciations of the members, or of the convention; a reservation stands by itself.
    """
    if kind != "end of participation":
        return (entry,)
    assert entry.act is not None
    episode = ended(ledger.now, entry)
    assert episode is not None
    assert episode.until is not None
    ending = episode.ended_by.number if episode.ended_by else 0
    members = ledger.now.participants.members(entry.act.participant, episode.until)
    found = [
        each
        for each in ledger.standing
        if each.act
        and (
            each.number == ending
            or (episode.cause == "members" and each.act.action == "denunciation" and each.act.participant in members)
        )
    ]
    elsewhere = all(each.act and references_in(each.act.source) for each in found)
    return () if elsewhere else tuple(found)


def note_of(ledger: Ledger, entry: Entry) -> int:
    """The last entry that notes a notification of an act; 0 for an act that this house did not notify."""
    numbers = {entry.number, *(each.number for each in ledger.replaced(entry))}
    notes = [each.number for each in ledger.own if each.notice and each.notice.concerns in numbers]
    return max(notes, default=0)


def subject_of(ledger: Ledger, issued: Issued) -> int:
    """The entry upon which an effect came that a notification told of, as it stands now."""
    noted = ledger.by_number.get(issued.concerns)
    number = noted.notice.concerns if noted and noted.notice else issued.concerns
    return [*ledger.course(number)][-1].number if number in ledger.by_number else 0
