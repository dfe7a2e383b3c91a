"""Entries of the register, and what was known at an instant. The module is pure; `store` keeps the entries.

An entry is an act and when and by whom it was recorded. No entry is ever changed: one that was wrong is
rectified by a later entry that stands alone and names it, or struck out by one that has no act of its own. What
happens to an entry afterwards (its notification, its publication) is told by a later entry as well.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime

from depositary.law.acts import NOTIFIED, Act


@dataclass(frozen=True, slots=True)
class Receipt:
    """The receipt of an act by the depositary. The date as determined is the act's own.

    `on_instrument` is the date the instrument itself bears; `received_at` when it arrived, with the offset of the
    clock that was read; `determined_by` and `grounds` say who determined the date of the act, and why. `case` is the
    number of the desk's case in which it was examined and released, None for an entry that no case recorded.
    """

    on_instrument: date | None = None
    received_at: datetime | None = None
    determined_by: str = ""
    grounds: str = ""
    case: int | None = field(default=None, repr=False)  # a request under a key is known by the repr of the rest


@dataclass(frozen=True, slots=True)
class Notice:
    """A notice that an earlier entry was notified (`reference` and `notified_on` of the C.N.) or published."""

    concerns: int
    reference: str = ""
    notified_on: date | None = None
    published_on: date | None = None


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the register. `number` counts from 1 in the order of recording.

    `rectifies` is the number of the entry it takes the place of, None for an entry of its own; without an `act`
    it strikes that entry out. `reason` says why, where there is something to say. `treaty` is the treaty's number,
    which an entry without an act has as well. `documents` are scans, by the SHA-256 of their content.
    """

    number: int
    act: Act | None
    recorded_at: datetime
    recorded_by: str
    rectifies: int | None = None
    reason: str = ""
    treaty: str = ""
    receipt: Receipt | None = None
    notice: Notice | None = None
    documents: tuple[str, ...] = ()


def as_known(entries: Iterable[Entry], at: datetime | None = None) -> list[Entry]:
    """The entries that stood at an instant (None: by now): recorded by then, not rectified or struck out by then.

    An act from whose notification a period runs has the date of issue of its C.N., where it was notified by then. An
    entry that rectifies nothing of what was notified keeps that date.
    """
    recorded = [entry for entry in entries if at is None or entry.recorded_at <= at]
    replaced = {entry.rectifies for entry in recorded if entry.rectifies is not None}
    issued = {
        entry.notice.concerns: entry.notice.notified_on
        for entry in recorded
        if entry.notice is not None and entry.notice.notified_on is not None
    }
    if issued:
        _keep_dates(issued, recorded)
    return [
        notified(entry, issued) if entry.number in issued else entry
        for entry in recorded
        if entry.act is not None and entry.number not in replaced
    ]


def notified(entry: Entry, issued: Mapping[int, date]) -> Entry:
    """An entry with the date of issue of its C.N., if a period runs for its act from that date."""
    if entry.act is None or entry.act.action not in NOTIFIED:
        return entry
    return replace(entry, act=replace(entry.act, notified=issued[entry.number]))


def _keep_dates(issued: dict[int, date], recorded: Iterable[Entry]) -> None:
    """Adds the date of a notified entry to the entry that took its place and says all the same but for its source."""
    acts: dict[int, Act] = {}
    for entry in recorded:
        if entry.act is None or entry.act.action not in NOTIFIED:
            continue
        acts[entry.number] = act = replace(entry.act, source="", notified=None, number=0)
        if entry.rectifies in issued and entry.number not in issued and acts.get(entry.rectifies) == act:
            issued[entry.number] = issued[entry.rectifies]


def acts_of(entries: Iterable[Entry]) -> list[Act]:
    """The acts of entries, each with its entry's number."""
    acts = [(entry.act, entry.number) for entry in entries if entry.act is not None]
    return [act if act.number == number else replace(act, number=number) for act, number in acts]


def history_of(entries: Iterable[Entry], number: int) -> list[Entry]:
    """An entry, what it rectified, what rectified it, and the notices of each, in the order of recording."""
    every = {entry.number: entry for entry in entries}
    found = {number}
    for entry in sorted(every.values(), key=lambda entry: -entry.number):
        if entry.number in found and entry.rectifies is not None:
            found.add(entry.rectifies)
    for entry in sorted(every.values(), key=lambda entry: entry.number):
        if entry.rectifies in found or (entry.notice is not None and entry.notice.concerns in found):
            found.add(entry.number)
    return [every[one] for one in sorted(found & every.keys())]
