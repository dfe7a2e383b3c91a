"""The register as the site knows it: each entry is read once, and the effects of a treaty are derived once."""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, date, datetime
from heapq import merge
from itertools import islice
from operator import attrgetter
from threading import Lock
from typing import Protocol

from depositary.law.acts import Act
from depositary.law.effects import Effects
from depositary.register.entry import Entry, acts_of, as_known
from depositary.treaties.collection import Collection, Derived

Later = Callable[[int, str], list[Entry]]
"""Gives the entries under a treaty that have a higher number than the given one, in the order of recording."""


class AsOf(Protocol):
    """A day, and the instant by which the register is read."""

    @property
    def on(self) -> date: ...

    @property
    def known_at(self) -> datetime | None: ...


NUMBER = attrgetter("number")

NEVER = datetime.max.replace(tzinfo=UTC)
"""The instant of recording of a supposed act."""


class Known:
    """The entries of a register that grows, and the effects that follow from them under each treaty.

    A treaty is read when a page asks about it, together with the treaties from which it is derived. `later` is called
    before each answer. So an answer takes no longer when the register has more entries of other treaties.
    """

    def __init__(self, collection: Collection, later: Later) -> None:
        self.collection = collection
        self._later = later
        self._entries: dict[str, list[Entry]] = defaultdict(list)
        self._derived = Derived(collection)
        self._lock = Lock()
        self._read_to = 0
        self._is_held = ContextVar("is_held", default=False)

    @contextmanager
    def held(self, later: Callable[..., list[Entry]]) -> Iterator[None]:
        """Within it the register was asked once: a page about all treaties is of one moment.

        `later` takes a number and treaties, and gives their entries after that number, in the order of recording.
        """
        if self._is_held.get():
            yield
            return
        with self._lock:
            new: dict[str, list[Entry]] = defaultdict(list)
            for entry in later(self._read_to, *self.collection.treaties):
                new[entry.treaty].append(entry)
                self._read_to = entry.number
            for treaty, entries in new.items():
                known = self._entries[treaty]
                last = known[-1].number if known else 0
                self._add(treaty, [entry for entry in entries if entry.number > last])
        before = self._is_held.set(True)
        try:
            yield
        finally:
            self._is_held.reset(before)

    def entries(self, treaty: str, at: datetime | None = None) -> list[Entry]:
        """The entries under a treaty recorded by an instant (None: all), in the order of recording."""
        with self._lock:
            self._read_on(treaty)
            return [entry for entry in self._entries[treaty] if at is None or entry.recorded_at <= at]

    def after(self, treaties: Iterable[str], number: int, most: int, at: datetime | None = None) -> list[Entry]:
        """The first entries after a number under these treaties, `most` at most, in the order of recording.

        It takes no longer when the register has more entries before and after them.
        """
        with self._lock:
            found = []
            for treaty in treaties:
                self._read_on(treaty)
                entries = self._entries[treaty]
                begin = bisect_right(entries, number, key=NUMBER)
                found.append([one for one in entries[begin : begin + most] if at is None or one.recorded_at <= at])
            return list(islice(merge(*found, key=NUMBER), most))

    def effects(self, treaty: str, on: date, at: datetime | None = None) -> Effects:
        """The effects under a treaty on a day, from the entries known at an instant."""
        needed = self.collection.needed_by(treaty)
        if at is not None:
            entries = [entry for one in needed for entry in self.entries(one, at)]
            return self.collection.effects(acts_of(as_known(entries)), treaty, on)
        with self._lock:
            for name in needed:
                self._read_on(name)
            return self._derived.effects(treaty, on)

    def acts(self, treaty: str, asked: AsOf) -> list[Act]:
        """The acts up to a day from which a treaty is derived, as they were known."""
        needed = self.collection.needed_by(treaty)
        known = acts_of(as_known(entry for one in needed for entry in self.entries(one, asked.known_at)))
        return [act for act in known if act.date <= asked.on]

    def with_acts(self, collection: Collection, treaty: str, acts: Iterable[Act], asked: "AsOf") -> "Known":
        """The register up to a day with supposed acts added. `collection` may have more participants."""
        entries = {
            name: [
                entry
                for entry in as_known(self.entries(name, asked.known_at))
                if entry.act and entry.act.date <= asked.on
            ]
            for name in self.collection.needed_by(treaty)
        }
        for act in acts:
            entries.setdefault(act.treaty, []).append(Entry(0, act, NEVER, "", treaty=act.treaty))
        return Known(collection, lambda after, treaty: entries.pop(treaty, []))

    def latest_of(self, treaty: str, at: datetime | None = None) -> datetime | None:
        """When the last entry under a treaty known at an instant was recorded; supposed acts do not count."""
        return max((one.recorded_at for one in self.entries(treaty, at) if one.recorded_at != NEVER), default=None)

    def latest(self) -> datetime | None:
        """When the last entry of all was recorded; None while there is none."""
        return self.recorded_last(self.collection.treaties)

    def recorded_last(self, treaties: Iterable[str], at: datetime | None = None) -> datetime | None:
        """When the last entry under these treaties known at an instant was recorded; None if there is none."""
        return max((entry.recorded_at for one in treaties if (entry := self._last_of(one, at))), default=None)

    def last(self, treaties: Iterable[str], at: datetime | None = None) -> int:
        """The number of the last entry under these treaties known at an instant; 0 if there is none."""
        return max((entry.number for one in treaties if (entry := self._last_of(one, at))), default=0)

    def _last_of(self, treaty: str, at: datetime | None) -> Entry | None:
        with self._lock:
            self._read_on(treaty)
            known = reversed(self._entries[treaty])
            made = (entry for entry in known if entry.recorded_at != NEVER)
            return next((entry for entry in made if at is None or entry.recorded_at <= at), None)

    def grown(self, later: Later) -> "Known":
        """This register with the entries that `later` gives now. It keeps what was already read and derived."""
        with self._lock:
            other = Known(self.collection, later)
            other._entries = defaultdict(list, {treaty: [*known] for treaty, known in self._entries.items()})
            other._derived = self._derived.copy()
            return other

    def _read_on(self, treaty: str) -> None:
        if self._is_held.get():
            return
        known = self._entries[treaty]
        self._add(treaty, self._later(known[-1].number if known else 0, treaty))

    def _add(self, treaty: str, new: list[Entry]) -> None:
        if new:
            self._entries[treaty] += new
            self._derived.put(treaty, acts_of(as_known(self._entries[treaty])))
