"""What waits to be issued: computed once for each state of a treaty's register and each day."""

from collections.abc import Callable, Iterable
from datetime import date
from threading import Lock

from depositary import clock
from depositary.correspondence.notifications.archive import issued
from depositary.correspondence.notifications.comparison import Shown
from depositary.correspondence.notifications.event import Event
from depositary.correspondence.notifications.pending import pending
from depositary.desk.case import released_with
from depositary.register.entry import Entry
from depositary.register.store import Store
from depositary.treaties.collection import Collection
from depositary.web.known import Known

Entries = Callable[[str], list[Entry]]
State = tuple[date, tuple[int, ...]]
"""A day, and the last entry of each treaty that is needed: by them what is to be issued of a treaty is known."""


class Agenda:
    """The events that no notification has told of yet."""

    def __init__(self, collection: Collection, store: Store, known: Known) -> None:
        self._collection, self._store, self._known = collection, store, known
        self._all: tuple[tuple[int, date], list[Event]] | None = None
        self._found: dict[str, tuple[State, list[Event]]] = {}
        self._as_of: dict[str, tuple[tuple[int, ...], dict[Shown, list[Event]]]] = {}
        self._released: dict[int, Shown] = {}
        self._lock = Lock()

    def events(self, on: date) -> list[Event]:
        """What is to be issued on a day, in the order in which it is issued."""
        with self._lock:
            key = (self._store.size(), on)
            if self._all is None or self._all[0] != key:
                self._all = (key, self._read(on))
            return self._all[1]

    def event(self, anchor: int, kind: str, on: date) -> Event | None:
        """The event of a kind that is noted under an entry."""
        return next((event for event in self.events(on) if event.key == (anchor, kind)), None)

    def at_release(self, event: Event, on: date) -> tuple[Shown, Event] | None:
        """When an event was released, and how it was to be told then; None where nothing came since, or it was none."""
        last = max(event.causes, key=lambda entry: entry.number, default=None)
        if last is None:
            return None
        then, now = self._release_of(last), self._last_of(event.treaty)
        if then.on == on and max(now) <= then.size:
            return None
        with self._lock:
            state, found = self._as_of.get(event.treaty, ((), {}))
            if state != now:
                found = {}
                self._as_of[event.treaty] = (now, found)
            if then not in found:
                found[then] = self._pending(self._known.entries, (event.treaty,), then.on, then.size)
        return next(((then, each) for each in found[then] if each.key == event.key), None)

    def supposing(self, entries: Entries, treaties: tuple[str, ...], on: date) -> list[Event]:
        """What would be to be issued of some treaties with entries that are not recorded yet."""
        return self._pending(entries, treaties, on, None)

    def _read(self, on: date) -> list[Event]:
        """What is to be issued on a day; a treaty whose register has not grown is not asked again."""
        with self._known.held(self._store.entries):
            states = {treaty: (on, self._last_of(treaty)) for treaty in self._collection.in_order}
            grown = [treaty for treaty, state in states.items() if self._found.get(treaty, ("",))[0] != state]
            read = self._pending(self._known.entries, grown, on, None)
        for treaty in grown:
            self._found[treaty] = (states[treaty], [event for event in read if event.treaty == treaty])
        return sorted((event for _, found in self._found.values() for event in found), key=lambda event: event.place)

    def _last_of(self, treaty: str) -> tuple[int, ...]:
        """The last entry of each treaty from whose acts a treaty is derived."""
        return tuple(self._known.last((needed,)) for needed in self._collection.needed_by(treaty))

    def _release_of(self, entry: Entry) -> Shown:
        """The day on which an entry was released, and the last entry of that release."""
        if entry.number not in self._released:
            together = self._released_with(entry)
            shown = Shown(clock.day_of(entry.recorded_at), max(together))
            self._released |= dict.fromkeys(together, shown)
        return self._released[entry.number]

    def _released_with(self, entry: Entry) -> Iterable[int]:
        """The entries of one case; those recorded at one instant, where no case was released."""
        if entry.receipt and entry.receipt.case:
            with self._store.session() as session:
                return released_with(session, entry.number)
        entries = self._known.entries(entry.treaty)
        return [each.number for each in entries if each.recorded_at == entry.recorded_at]

    def _pending(self, entries: Entries, treaties: Iterable[str], on: date, size: int | None) -> list[Event]:
        with self._store.session() as session:
            there = issued(session)
        return pending(self._collection, entries, there, treaties, on, size)
