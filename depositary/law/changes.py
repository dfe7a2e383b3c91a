"""What differs between two states of a treaty: every derived date, every standing, the count."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from depositary.law.effects import Effects
from depositary.law.findings import Value


@dataclass(frozen=True)
class Change:
    """One thing that differs: what (`entry_into_force`, `standing`, `counted` …), whose ("" for the treaty's)."""

    concerns: str
    participant: str
    before: Value
    after: Value


def changes(before: Effects, after: Effects, on: date) -> Iterator[Change]:
    """All that differs, as seen on a day."""
    old, new = before.dates, after.dates
    for key in old | new:
        if old.get(key) != new.get(key):
            yield Change(*key, old.get(key), new.get(key))
    for code in sorted({*before.codes, *after.codes}):
        standings = before.standing(code, on), after.standing(code, on)
        if standings[0] != standings[1]:
            yield Change("standing", code, *standings)
    if before.counted != after.counted:
        yield Change("counted", "", before.counted, after.counted)
