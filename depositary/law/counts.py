"""The count by hand behind a finding: each day, month or year of its period, so that anybody can check it."""

from dataclasses import dataclass
from datetime import date
from typing import Literal, cast

from depositary.law.dates import FirstOfMonth, Period
from depositary.law.findings import Finding

Unit = Literal["days", "months", "years"]
UNITS: tuple[Unit, ...] = ("days", "months", "years")


@dataclass(frozen=True, slots=True)
class Count:
    """A period run from a day. `steps`: each number with its day, the day it begins being zero; the last has run."""

    finding: Finding
    unit: Unit
    steps: tuple[tuple[int, date], ...]

    @property
    def since(self) -> date:
        return self.steps[0][1]

    @property
    def until(self) -> date:
        return self.steps[-1][1]


def counts(finding: Finding, *, leap_day_to_march: bool = False) -> tuple[Count, ...]:
    """The counts a finding and its reasons rest on, each once."""
    found: dict[tuple[str, date], Count] = {}
    for step in finding:
        begun = next((step.facts[each] for each in ("since", "deposited", "received") if step.facts.get(each)), None)
        unit = next((each for each in UNITS if step.facts.get(each)), None)
        if unit is None or not isinstance(begun, date):
            continue
        period = Period(**{unit: step.facts[unit]}, on=cast(FirstOfMonth, step.facts.get("on") or ""))  # type: ignore[arg-type]
        steps = tuple(period.steps(begun, leap_day_to_march=leap_day_to_march))
        found.setdefault((step.about, begun), Count(step, unit, steps))
    return tuple(found.values())
