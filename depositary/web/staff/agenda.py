"""What waits to be issued: computed once for each state of the register and each day."""

from collections.abc import Callable
from datetime import date
from threading import Lock

from depositary.correspondence.notifications.archive import issued
from depositary.correspondence.notifications.event import Event
from depositary.correspondence.notifications.pending import pending
from depositary.register.entry import Entry
from depositary.register.store import Store
from depositary.treaties.collection import Collection

Entries = Callable[[str], list[Entry]]


class Agenda:
    """The events that no notification has told of yet."""

    def __init__(self, collection: Collection, store: Store, entries: Entries) -> None:
        self._collection, self._store, self._entries = collection, store, entries
        self._found: tuple[tuple[int, date], list[Event]] | None = None
        self._as_of: tuple[int, dict[tuple[str, date, int], list[Event]]] = (0, {})
        self._lock = Lock()

    def events(self, on: date) -> list[Event]:
        """What is to be issued on a day, in the order in which it is issued."""
        with self._lock:
            key = (self._store.size(), on)
            if self._found is None or self._found[0] != key:
                self._found = (key, self._pending(self._entries, self._collection.in_order, on, None))
            return self._found[1]

    def event(self, anchor: int, kind: str, on: date) -> Event | None:
        """The event of a kind that is noted under an entry."""
        return next((event for event in self.events(on) if event.key == (anchor, kind)), None)

    def as_of(self, event: Event, on: date, size: int) -> Event | None:
        """This event as it was to be told on a day, when the register had a given number of entries."""
        with self._lock:
            now, key = self._store.size(), (event.treaty, on, size)
            if self._as_of[0] != now:
                self._as_of = (now, {})
            if key not in self._as_of[1]:
                self._as_of[1][key] = self._pending(self._entries, (event.treaty,), on, size)
            found = self._as_of[1][key]
        return next((each for each in found if each.key == event.key), None)

    def supposing(self, entries: Entries, treaties: tuple[str, ...], on: date) -> list[Event]:
        """What would be to be issued of some treaties with entries that are not recorded yet."""
        return self._pending(entries, treaties, on, None)

    def _pending(self, entries: Entries, treaties: tuple[str, ...], on: date, size: int | None) -> list[Event]:
        with self._store.session() as session:
            there = issued(session)
        return pending(self._collection, entries, there, treaties, on, size)
