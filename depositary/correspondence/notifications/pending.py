"""What is still to be issued: the events that no notification has told of, and what corrects those that were issued."""

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date, datetime

from depositary.correspondence.notifications.archive import Issued
from depositary.correspondence.notifications.corrigenda import corrigenda, free
from depositary.correspondence.notifications.event import INSTRUMENTS, WITH_AN_INSTRUMENT, Event, kind_of
from depositary.correspondence.notifications.later_effects import later_effects
from depositary.correspondence.notifications.ledger import Ledger, ledger_of
from depositary.correspondence.notifications.references import Notified, references_in
from depositary.correspondence.notifications.tables import Kind
from depositary.correspondence.notifications.threads import Thread, threads_of
from depositary.register.entry import Entry, acts_of
from depositary.treaties.collection import Collection

_PUBLISHED = re.compile(r"C\.N\.\d|UNTC |https?://")


def pending(
    collection: Collection,
    entries: Callable[[str], Iterable[Entry]],
    issued: Sequence[Issued],
    treaties: Iterable[str],
    on: date,
    size: int | None = None,
) -> list[Event]:
    """What is to be issued of some treaties on a day, in the order in which it is issued.

    With a `size`, what was to be issued when the register had that many entries.
    """
    found = [event for treaty in treaties for event in events(ledger_of(collection, entries, issued, treaty, on, size))]
    return sorted(found, key=lambda event: event.place)


def events(ledger: Ledger) -> list[Event]:
    """What is to be issued of one treaty, in the order in which it is issued."""
    waiting = [entry for entry in ledger.own if entry.notice is None and not is_published(entry)]
    if not waiting and not ledger.issued:
        return []
    threads = threads_of(ledger)
    found = [
        *of_acts(ledger, threads),
        *of_others(ledger, threads),
        *entry_into_force(ledger, threads),
        *later_effects(ledger, threads),
        *corrigenda(ledger, threads),
    ]
    return sorted(found, key=lambda event: event.place)


def is_published(entry: Entry) -> bool:
    """Whether somebody else has notified an act already: its source is a publication (a C.N., the Treaty Collection,
    an address). An act that names a note verbale was not notified; an entry that puts one right was not either.
    """
    return entry.rectifies is None and entry.act is not None and bool(_PUBLISHED.search(entry.act.source))


def of_acts(ledger: Ledger, threads: Sequence[Thread]) -> Iterator[Event]:
    """The acts that no notification has told of, an instrument with what came with it."""
    told = told_by(threads)
    together: dict[tuple[str, str, date, int | datetime], list[Entry]] = defaultdict(list)
    for entry in ledger.standing:
        if entry.treaty != ledger.treaty or entry.act is None or is_published(entry):
            continue
        if {entry.number, *(one.number for one in ledger.replaced(entry))} & told or outside(ledger, entry):
            continue
        act = entry.act
        origin = ledger.origin(entry)
        case = origin.receipt.case if origin.receipt and origin.receipt.case else origin.recorded_at
        together[act.participant, act.subject, act.date, case].append(entry)
    for entries in together.values():
        for kind, group in grouped(ledger, entries):
            yield of(ledger, threads, kind, group)


def grouped(ledger: Ledger, entries: Iterable[Entry]) -> Iterator[tuple[Kind, list[Entry]]]:
    """The acts of one participant on one day as events: the instrument with what belongs to it, then the others."""
    kinds = [(kind_of(entry.act, ledger.now), entry) for entry in entries if entry.act]
    lead = min(
        ((INSTRUMENTS.index(kind), place) for place, (kind, _) in enumerate(kinds) if kind in INSTRUMENTS), default=None
    )
    others: dict[tuple[Kind, str], list[Entry]] = defaultdict(list)
    if lead is not None:
        kind, first = kinds.pop(lead[1])
        with_it = [entry for other, entry in kinds if other in WITH_AN_INSTRUMENT]
        yield kind, [first, *sorted(with_it, key=lambda entry: (kind_place(ledger, entry), entry.number))]
        kinds = [(other, entry) for other, entry in kinds if other not in WITH_AN_INSTRUMENT]
    for kind, entry in kinds:
        assert entry.act is not None
        unlike = entry.number if kind in INSTRUMENTS else 0
        others[kind, f"{entry.act.addressee} {unlike}"].append(entry)
    yield from ((kind, group) for (kind, _), group in others.items())


def kind_place(ledger: Ledger, entry: Entry) -> int:
    """The place of an act among those that are told with an instrument."""
    assert entry.act is not None
    return WITH_AN_INSTRUMENT.index(kind_of(entry.act, ledger.now))


def of(ledger: Ledger, threads: Sequence[Thread], kind: Kind, told: Sequence[Entry]) -> Event:
    """The event of some acts."""
    numbers = {one.number for entry in told for one in (entry, *ledger.replaced(entry))}
    before = [thread.issued[-1].note for thread in threads if numbers & told_by([thread], withdrawn=True)]
    anchor = free(ledger, told[0].number, kind, before[-1]) if before else told[0].number
    return Event(kind, ledger.treaty, tuple(told), anchor, tuple(told), ledger.without(told), ledger.now, ledger.own)


def told_by(threads: Iterable[Thread], *, withdrawn: bool = False) -> set[int]:
    """The entries that notifications told of; those of notifications that were withdrawn are not, unless asked for."""
    return {
        number
        for thread in threads
        if withdrawn or not thread.withdrawn
        for issued in thread.issued
        if issued.kind not in ("new date",)
        for number in issued.told
    }


def outside(ledger: Ledger, entry: Entry) -> tuple[Notified, ...]:
    """The notifications, not of this house, of the entries whose place an entry takes."""
    return tuple(
        Notified(reference)
        for replaced in ledger.replaced(entry)
        if replaced.act
        for reference in references_in(replaced.act.source)
    )


def of_others(ledger: Ledger, threads: Sequence[Thread]) -> Iterator[Event]:
    """What corrects notifications that were issued elsewhere, of which the references are at hand."""
    told, concerned = told_by(threads, withdrawn=True), {each.concerns for each in ledger.issued}
    for entry in ledger.own:
        if entry.rectifies is None or entry.number in ledger.replacing or entry.number in concerned:
            continue
        replaced = [*ledger.replaced(entry)]
        references = outside(ledger, entry)
        if not references or {entry.number, *(one.number for one in replaced)} & told:
            continue
        standing = [one for one in ledger.standing if one.number != entry.number]
        kind: Kind = "corrigendum" if entry.act else "struck out"
        yield Event(
            kind,
            ledger.treaty,
            (entry,) if entry.act else (),
            entry.number,
            (entry, *replaced),
            ledger.effects(sorted([*standing, replaced[0]], key=lambda each: each.number)),
            ledger.now,
            ledger.own,
            outside=references,
        )


def entry_into_force(ledger: Ledger, threads: Sequence[Thread]) -> Iterator[Event]:
    """The treaty's own entry into force, where neither this house nor another has notified it."""
    own = [thread for thread in threads if thread.is_of_entry_into_force]
    if any(not thread.withdrawn for thread in own):
        return
    origins = {ledger.origin(entry).number: ledger.origin(entry) for entry in ledger.standing}
    elsewhere = ledger.effects([one for one in origins.values() if one.treaty != ledger.treaty or is_published(one)])
    day = ledger.now.in_force_on
    if day == elsewhere.in_force_on or day is None:
        return
    causes = bringing(ledger)
    kind: Kind = "new date" if elsewhere.in_force_on else "entry into force"
    anchor = causes[-1].number
    if own:
        anchor = free(ledger, anchor, kind, own[-1].issued[-1].note)
    before = elsewhere if elsewhere.in_force_on else ledger.without(causes)
    other = frozenset(counted_elsewhere(ledger))
    yield Event(kind, ledger.treaty, (), anchor, causes, before, ledger.now, ledger.own, counted_elsewhere=other)


def counted_elsewhere(ledger: Ledger) -> Iterator[int]:
    """The instruments of the treaty for which this one waits, where this one enters into force on the day of that."""
    clause = ledger.now.clauses.entry_into_force
    if clause is None or clause.not_before_treaty not in ledger.collection.treaties:
        return
    other = ledger.collection.effects(acts_of(ledger.standing), clause.not_before_treaty, ledger.on)
    if other.threshold_on and other.in_force_on == ledger.now.in_force_on:
        yield from (act.number for act in other.instruments_counted(other.threshold_on))


def bringing(ledger: Ledger) -> tuple[Entry, ...]:
    """The entries of the instruments deposited on the day on which their number was reached."""
    day = ledger.now.threshold_on
    counted = {act.number for act in ledger.now.instruments_counted(day) if act.date == day} if day else set()
    found = tuple(entry for entry in ledger.standing if entry.number in counted and entry.treaty == ledger.treaty)
    return found or tuple(entry for entry in ledger.standing if entry.treaty == ledger.treaty)[-1:]
