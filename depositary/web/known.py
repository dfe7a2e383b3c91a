"""The register as the site knows it: each entry of a treaty is read once, and what holds by it is derived once."""

from collections import defaultdict
from collections.abc import Callable
from datetime import date, datetime
from threading import Lock

from depositary.collection import Collection, Derived
from depositary.law.effects import Effects
from depositary.register import Entry, acts_of, as_known

Later = Callable[[int, str], list[Entry]]
"""Gives the entries under a treaty after a number, in the order of recording."""


class Known:
    """The entries of a register that grows, and what holds under each treaty by them.

    A treaty is read when it is asked about, with those it is derived from, and `later` is asked before every answer:
    how long the register of all other treaties is makes no difference.
    """

    def __init__(self, collection: Collection, later: Later) -> None:
        self.collection = collection
        self._later = later
        self._entries: dict[str, list[Entry]] = defaultdict(list)
        self._derived = Derived(collection)
        self._lock = Lock()

    def entries(self, treaty: str, at: datetime | None = None) -> list[Entry]:
        """The entries under a treaty recorded by an instant (None: all), in the order of recording."""
        with self._lock:
            self._read_on(treaty)
            return [entry for entry in self._entries[treaty] if at is None or entry.recorded_at <= at]

    def effects(self, treaty: str, on: date, at: datetime | None = None) -> Effects:
        """What holds under a treaty on a day, by what was known at an instant."""
        needed = self.collection.needed_by(treaty)
        if at is not None:
            entries = [entry for one in needed for entry in self.entries(one, at)]
            return self.collection.effects(acts_of(as_known(entries)), treaty, on)
        with self._lock:
            for one in needed:
                self._read_on(one)
            return self._derived.effects(treaty, on)

    def latest(self) -> datetime | None:
        """When the last entry of all was recorded; None while there is none."""
        last = (self.entries(treaty)[-1:] for treaty in self.collection.treaties)
        return max((entry.recorded_at for each in last for entry in each), default=None)

    def _read_on(self, treaty: str) -> None:
        known = self._entries[treaty]
        if new := self._later(known[-1].number if known else 0, treaty):
            known += new
            self._derived.put(treaty, acts_of(as_known(known)))
