"""The register as the site knows it: each entry is read once, and what holds by it is derived once."""

from collections import defaultdict
from collections.abc import Callable
from datetime import date, datetime
from threading import Lock

from depositary.collection import Collection, Derived
from depositary.law.effects import Effects
from depositary.register import Entry, acts_of, as_known


class Known:
    """The entries of a register that grows, and what holds under each treaty by them.

    `later` gives the entries after a number, in the order of recording; it is asked before every answer. A new
    entry leaves every treaty but its own as it was derived.
    """

    def __init__(self, collection: Collection, later: Callable[[int], list[Entry]]) -> None:
        self.collection = collection
        self._later = later
        self._entries: list[Entry] = []
        self._of: dict[str, list[Entry]] = defaultdict(list)
        self._replaced: set[int] = set()
        self._derived = Derived(collection)
        self._lock = Lock()

    def entries(self, at: datetime | None = None) -> list[Entry]:
        """The entries recorded by an instant (None: all), in the order of recording."""
        with self._lock:
            self._read_on()
            return [entry for entry in self._entries if at is None or entry.recorded_at <= at]

    def effects(self, treaty: str, on: date, at: datetime | None = None) -> Effects:
        """What holds under a treaty on a day, by what was known at an instant."""
        if at is not None:
            return self.collection.effects(acts_of(as_known(self.entries(at))), treaty, on)
        with self._lock:
            self._read_on()
            return self._derived.effects(treaty, on)

    def _read_on(self) -> None:
        touched = set()
        for entry in self._later(self._entries[-1].number if self._entries else 0):
            self._entries.append(entry)
            if entry.rectifies is not None:
                self._replaced.add(entry.rectifies)
                replaced = self._entries[entry.rectifies - 1].act
                touched |= {replaced.treaty} if replaced else set()
            if entry.act is not None:
                self._of[entry.act.treaty].append(entry)
                touched.add(entry.act.treaty)
        for treaty in touched:
            standing = [entry for entry in self._of[treaty] if entry.number not in self._replaced]
            self._derived.put(treaty, acts_of(standing))
