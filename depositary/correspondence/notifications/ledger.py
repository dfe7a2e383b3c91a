"""The register of one treaty as it stands on a day, with the notifications that were issued, and as it stood before."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from depositary.correspondence.notifications.archive import Issued
from depositary.law.effects import Effects
from depositary.register.entry import Entry, acts_of, as_known
from depositary.treaties.collection import Collection


@dataclass
class Ledger:
    """The entries from which a treaty is derived, in the order of recording, and its notifications, the first first.

    Acts that are dated after the day are not seen.
    """

    collection: Collection
    treaty: str
    on: date
    entries: list[Entry]
    issued: list[Issued]
    _derived: dict[tuple[tuple[int, date | None], ...], Effects] = field(default_factory=dict)

    @cached_property
    def own(self) -> list[Entry]:
        """The entries under the treaty itself."""
        return [entry for entry in self.entries if entry.treaty == self.treaty]

    @cached_property
    def by_number(self) -> dict[int, Entry]:
        return {entry.number: entry for entry in self.entries}

    @cached_property
    def replacing(self) -> dict[int, int]:
        """By the number of an entry: that of the entry that rectifies it or strikes it out."""
        return {entry.rectifies: entry.number for entry in self.entries if entry.rectifies is not None}

    @cached_property
    def noted_on(self) -> dict[int, date]:
        """By the number of an entry: the day of the last notification from which a period runs for it."""
        noted = (entry.notice for entry in self.entries if entry.notice is not None)
        days = {notice.concerns: notice.notified_on for notice in noted if notice.notified_on is not None}
        return days | {
            entry.number: entry.act.notified for entry in as_known(self.entries) if entry.act and entry.act.notified
        }

    @cached_property
    def standing(self) -> list[Entry]:
        """The entries that stand, with an act whose day has come."""
        return [entry for entry in as_known(self.entries) if entry.act and entry.act.date <= self.on]

    @cached_property
    def now(self) -> Effects:
        """What holds."""
        return self.effects(self.standing)

    def without(self, entries: Iterable[Entry]) -> Effects:
        """What holds without some entries."""
        numbers = {entry.number for entry in entries}
        return self.effects([entry for entry in self.standing if entry.number not in numbers])

    def effects(self, standing: Sequence[Entry]) -> Effects:
        """What follows from some entries that stand."""
        key = tuple((entry.number, entry.act.notified) for entry in standing if entry.act)
        if key not in self._derived:
            self._derived[key] = self.collection.effects(acts_of(standing), self.treaty, self.on)
        return self._derived[key]

    def course(self, number: int) -> Iterator[Entry]:
        """An entry, and those that took its place one after the other."""
        following: int | None = number
        while following is not None and following in self.by_number:
            yield self.by_number[following]
            following = self.replacing.get(following)

    def origin(self, entry: Entry) -> Entry:
        """The entry of which this one is the last rectification; itself where it is none."""
        while entry.rectifies is not None and entry.rectifies in self.by_number:
            entry = self.by_number[entry.rectifies]
        return entry

    def replaced(self, entry: Entry) -> Iterator[Entry]:
        """The entries whose place this one takes, the latest first."""
        while entry.rectifies is not None and entry.rectifies in self.by_number:
            entry = self.by_number[entry.rectifies]
            yield entry

    def as_told(self, number: int, on: date, known: int) -> list[Entry]:
        """The entries that a notification rests on: what it was to tell of, as rectified by what is `known`.

        These are the acts that had been recorded when it was noted as entry `number`, or whose day had come before its
        day of issue. What was done later is told by its own notification.
        """
        recorded = [
            entry for entry in self.entries if entry.number <= known and (entry.notice is None or entry.number < number)
        ]
        return [
            entry
            for entry in as_known(recorded)
            if entry.act and entry.act.date <= self.on and (self.origin(entry).number < number or entry.act.date < on)
        ]


def ledger_of(
    collection: Collection,
    entries: Callable[[str], Iterable[Entry]],
    issued: Iterable[Issued],
    treaty: str,
    on: date,
    size: int | None = None,
) -> Ledger:
    """The ledger of a treaty; with a `size`, as it was when the register had that many entries."""
    needed = [
        entry for one in collection.needed_by(treaty) for entry in entries(one) if size is None or entry.number <= size
    ]
    own = [each for each in issued if each.treaty == treaty and (size is None or each.note <= size)]
    return Ledger(
        collection,
        treaty,
        on,
        sorted(needed, key=lambda entry: entry.number),
        sorted(own, key=lambda each: each.note),
    )
