"""Which notifications are to be corrected: those that were untrue when they were issued, and those whose date moved.

A notification was untrue if it tells anything else than the register shows today of the acts that it rests on. What a
later act overtakes was true, and is told by the notification of that act.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date

from depositary.correspondence.notifications import later_effects
from depositary.correspondence.notifications.consequences import in_force_with, wrong_by_entry
from depositary.correspondence.notifications.event import LATER_EFFECTS, Event, kind_of
from depositary.correspondence.notifications.ledger import Ledger
from depositary.correspondence.notifications.tables import Kind
from depositary.correspondence.notifications.threads import Thread
from depositary.law.acts import CONSENTS, row_of
from depositary.law.effects import Effects
from depositary.register.entry import Entry


def corrigenda(ledger: Ledger, threads: Sequence[Thread]) -> Iterator[Event]:
    """What corrects, withdraws or follows a notification that was issued."""
    of_entry_into_force = [thread for thread in threads if thread.is_of_entry_into_force and not thread.withdrawn]
    for thread in threads:
        if thread.withdrawn:
            continue
        event = corrigendum(ledger, thread) if is_touched(ledger, thread) else None
        if event is None and of_entry_into_force[-1:] == [thread]:
            event = new_date(ledger, thread)
        if event is not None:
            yield event


def is_touched(ledger: Ledger, thread: Thread) -> bool:
    """Whether anything that the notification rests on was recorded since, or was not taken into account."""
    base = thread.base
    return any(
        entry.number > thread.known
        and (entry.rectifies is not None or (entry.act and (entry.number < base.note or entry.act.date < base.on)))
        for entry in ledger.entries
    )


def corrigendum(ledger: Ledger, thread: Thread) -> Event | None:
    """What corrects a notification that was untrue when it was issued; None for one that was true."""
    base = thread.base
    known, right = (ledger.as_told(base.note, base.on, last) for last in (thread.known, ledger.entries[-1].number))
    said, read = retold(ledger, thread, known), retold(ledger, thread, right)
    if said is None:
        return None
    if thread.is_of_entry_into_force:
        if (read.after if read else ledger.effects(right)).in_force_on != ledger.now.in_force_on:
            return None  # another act or a ruling has moved it since: that is another date
    elif read is not None and dates(read) != dates(now := replace(read, after=ledger.now)):
        read = now
    if read is not None and not differ(said, read):
        return None
    causes = causes_of(ledger, thread, said, read)
    kind: Kind = "withdrawn" if read is None else "corrigendum"
    told = {entry.number for number in thread.first.told for entry in ledger.course(number)}
    new = renewed(said, read)
    told -= {entry.number for entry in (read.told if read else ()) if entry.number not in new}
    own = causes[-1].number if causes[-1].number in told else thread.last.note
    anchor = free(ledger, own, kind, thread.last.note)
    return Event(
        kind,
        ledger.treaty,
        () if read is None else read.told,
        anchor,
        causes,
        undone(ledger, thread, causes),
        ledger.now,
        ledger.own,
        thread.told,
        said,
        read,
        renewed=new,
    )


def new_date(ledger: Ledger, thread: Thread) -> Event | None:
    """That the treaty's entry into force has another date than was notified, by a ruling or by a later act."""
    known = ledger.effects(ledger.as_told(thread.base.note, thread.base.on, thread.known))
    if known.in_force_on == ledger.now.in_force_on:
        return None
    causes = tuple(entry for entry in ledger.standing if entry.number > thread.known) or (ledger.own[-1],)
    rulings = tuple(entry for entry in causes if entry.act and entry.act.action == "ruling") or causes
    anchor = free(ledger, rulings[-1].number, "new date", thread.last.note)
    said = Event("entry into force", ledger.treaty, (), 0, (), known, known, [])
    before = ledger.without(rulings)
    return Event("new date", ledger.treaty, (), anchor, rulings, before, ledger.now, ledger.own, thread.told, said)


def undone(ledger: Ledger, thread: Thread, causes: Sequence[Entry]) -> Effects:
    """What would hold now without what made a notification untrue."""
    taken, restored = {entry.number for entry in causes}, dict[int, Entry]()
    for cause in causes:
        earlier = next((entry for entry in ledger.replaced(cause) if entry.number <= thread.known), None)
        if earlier is not None and earlier.act is not None:
            restored[earlier.number] = earlier
    standing = [*(entry for entry in ledger.standing if entry.number not in taken), *restored.values()]
    return ledger.effects(sorted(standing, key=lambda entry: entry.number))


def retold(ledger: Ledger, thread: Thread, standing: Sequence[Entry]) -> Event | None:
    """The event of a notification as some entries show it; None where they show none."""
    effects = ledger.effects(standing)
    if thread.is_of_entry_into_force:
        if effects.in_force_on is None:
            return None
        return Event("entry into force", ledger.treaty, (), 0, (), effects, effects, [])
    if thread.first.kind in LATER_EFFECTS:
        return later_effects.retold(ledger, thread, standing, effects)
    by_number = {entry.number: entry for entry in standing}
    told = tuple(
        by_number[entry.number]
        for number in thread.first.told
        for entry in ledger.course(number)
        if entry.number in by_number
    )
    if not told or told[0].act is None:
        return None
    numbers = {entry.number for entry in told}
    before = ledger.effects([entry for entry in standing if entry.number not in numbers])
    runs_from = {entry.number: day for entry in told if (day := ledger.noted_on.get(entry.number))}
    return Event(kind_of(told[0].act, effects), ledger.treaty, told, 0, told, before, effects, [], runs_from=runs_from)


def causes_of(ledger: Ledger, thread: Thread, said: Event, read: Event | None) -> tuple[Entry, ...]:
    """The entries by which a notification is untrue: those in whose place others stand, or what was recorded since."""
    told = {entry.number for each in thread.first.told for entry in ledger.course(each)}
    since = [
        entry
        for entry in ledger.entries
        if entry.number > thread.known
        and entry.notice is None
        and (entry.rectifies is not None or (entry.act is not None and entry.act.date < thread.base.on))
    ]
    since = since or [entry for entry in ledger.entries if entry.number > thread.known and entry.act is not None]
    own = [
        entry for entry in since if entry.number in told or (thread.is_of_entry_into_force and counts(ledger, entry))
    ]
    return tuple(own or since)


def counts(ledger: Ledger, entry: Entry) -> bool:
    """Whether an entry, or one that it replaces, has an instrument or its withdrawal, which move the count."""
    acts = [each.act for each in (entry, *ledger.replaced(entry)) if each.act]
    return any(act.action in (*CONSENTS, "withdrawal of instrument") and not act.amendment for act in acts)


def free(ledger: Ledger, anchor: int, kind: str, otherwise: int) -> int:
    """The entry under which a notification is noted: `anchor`, unless one of that kind is noted under it already."""
    return otherwise if any((each.concerns, each.kind) == (anchor, kind) for each in ledger.issued) else anchor


def differ(said: Event, read: Event) -> bool:
    """Whether two events are told differently."""
    if said.kind == "entry into force":
        days = (said.after.in_force_on, read.after.in_force_on)
        return days[0] != days[1] or in_force_with(said.after) != in_force_with(read.after)
    if said.subject and read.subject:
        return told_of_effect(said) != told_of_effect(read)
    if facts(said) != facts(read):
        return True
    # Where the treaty's own date is another, its notification says what that moves.
    return said.after.in_force_on == read.after.in_force_on and dates(said) != dates(read)


def told_of_effect(event: Event) -> tuple[object, ...]:
    """What is told of an effect that came later: its day, and what became of the reservation."""
    assert event.subject is not None
    assert event.subject.act is not None
    act, effects = event.subject.act, event.after
    day = later_effects.effect_on(effects, event.kind, event.subject, date.max)
    states = [
        each.state(day) for each in effects.reservations(act.participant) if day and each.act.number == act.number
    ]
    return (act.participant, act.text, day, *states)


def renewed(said: Event, read: Event | None) -> frozenset[int]:
    """The entries of which something else is to be read than was said."""
    if read is None:
        return frozenset()
    before = facts(said)
    told = [entry for entry in read.told if entry.act]
    return frozenset(entry.number for entry, now in zip(told, facts(read), strict=True) if now not in before)


def facts(event: Event) -> list[tuple[object, ...]]:
    """The acts that a notification tells of, each with the irregularities that were found of it."""
    wrong = wrong_by_entry(event.after)
    return [
        (
            *(value for column, value in row_of(entry.act).items() if column not in ("source", "notified")),
            *sorted(each.code for each in wrong.get(entry.number, ())),
        )
        for entry in event.told
        if entry.act
    ]


def dates(event: Event) -> set[date]:
    """The dates of effect that follow from the acts of a notification, without the treaty's own entry into force."""
    effects, found = event.after, set[date]()
    numbers = {entry.number for entry in event.told}
    for entry in event.told:
        assert entry.act is not None
        for episode in effects.episodes(entry.act.participant):
            if episode.consent.number in numbers and episode.since is not None:
                found |= {episode.since} - {effects.in_force_on}
            if episode.denounced is not None and episode.denounced.act.number in numbers:
                found.add(episode.denounced.effective)
        adopted = effects.history.amendments.get(entry.act.amendment)
        if adopted is not None and any(consent.number in numbers for consent in adopted.consents.values()):
            bound = effects.amendment_binds_from(entry.act.amendment, entry.act.participant)
            found |= {bound} if bound else set()
    return found
