"""Rulings: an officer's decision on a reading, itself an act in the register.

A ruling cannot move what has come: States have relied on it (VCLT 55, 67). So the first date that comes under a reading
settles it for everybody.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from depositary.law.acts import Act
from depositary.law.effects import Case, Effects


@dataclass(frozen=True, slots=True)
class Rulings:
    """The rulings of a register: the latest accepted on each reading, and those refused, each with its code."""

    accepted: Mapping[str, Act] = field(default_factory=dict)
    refused: tuple[tuple[Act, str], ...] = ()

    @property
    def otherwise(self) -> frozenset[str]:
        """The readings that stand the other way."""
        return frozenset(name for name, ruling in self.accepted.items() if ruling.text == "otherwise")


NONE = Rulings()


def judge(case: Case, made: Iterable[Act], read: Callable[[Case, frozenset[str], Rulings], Effects]) -> Rulings:
    """Which rulings have effect.

    Those of one day are each tried alone upon those of earlier days: where a date of effect that has come by the day
    stands in one answer and not in the other, the ruling comes too late. Two of one day on one reading that differ, or
    several that pass alone and together move what has come, have no effect.
    """
    by_day: dict[date, dict[str, list[Act]]] = defaultdict(lambda: defaultdict(list))
    for act in made:
        by_day[act.date][act.subject].append(act)
    ruled = NONE
    for day, today in sorted(by_day.items()):
        seen = replace(
            case,
            acts=tuple(act for act in case.acts if act.date <= day),
            apart=tuple(act for act in case.apart if act.date <= day),
        )

        def come(tried: Mapping[str, Act], seen: Case = seen, earlier: Rulings = ruled, day: date = day) -> object:
            choices = Rulings({**earlier.accepted, **tried})
            return read(seen, choices.otherwise, choices).come_by(day)

        before, passing, refused = come({}), dict[str, Act](), list[tuple[Act, str]]()
        for name, acts in today.items():
            differ = len({act.text for act in acts}) > 1
            late = [act for act in acts if come({name: act}) != before]
            refused += [(act, "ruling-too-late") for act in late]
            refused += [(act, "conflicting-rulings") for act in acts if differ]
            if not differ and not late:
                passing[name] = min(acts, key=lambda act: act.number)
        if len(passing) > 1 and come(passing) != before:
            refused += [(act, "conflicting-rulings") for name in passing for act in today[name]]
            passing = {}
        ruled = Rulings({**ruled.accepted, **passing}, (*ruled.refused, *refused))
    return ruled
