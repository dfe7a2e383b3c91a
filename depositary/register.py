"""The register: entries, and what was known of them at a moment. Pure; where they are kept is `store`'s.

An entry is an act and when and by whom it was recorded. No entry is ever changed: one that was wrong is
rectified by a later entry that stands alone and names it, or struck out by one that has no act of its own.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime

from depositary.acts import Act


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the register. `number` counts from 1 in the order of recording.

    `rectifies` is the number of the entry it takes the place of, None for an entry of its own; without an `act`
    it strikes that entry out. `reason` says why, where there is something to say.
    """

    number: int
    act: Act | None
    recorded_at: datetime
    recorded_by: str
    rectifies: int | None = None
    reason: str = ""


def as_known(entries: Iterable[Entry], at: datetime | None = None) -> list[Entry]:
    """The entries that stood at an instant (None: by now): recorded by then, not rectified or struck out by then."""
    recorded = [entry for entry in entries if at is None or entry.recorded_at <= at]
    replaced = {entry.rectifies for entry in recorded if entry.rectifies is not None}
    return [entry for entry in recorded if entry.act is not None and entry.number not in replaced]


def acts_of(entries: Iterable[Entry]) -> list[Act]:
    """The acts of entries, each with its entry's number."""
    acts = [(entry.act, entry.number) for entry in entries if entry.act is not None]
    return [act if act.number == number else replace(act, number=number) for act, number in acts]
