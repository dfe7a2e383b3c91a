"""Statistics of the acts that stand: how many of each kind, by year, treaty and region, as in an annual report."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from depositary.law.acts import ACTIONS, NOBODYS, Act, Action
from depositary.treaties.regions import region_of

ORGANIZATIONS = "organizations"
"""Where the acts of organizations are counted, which are of no region."""


@dataclass(frozen=True, order=True)
class Group:
    """What acts are counted by."""

    year: int
    treaty: str
    region: str
    action: Action


def counts(acts: Iterable[Act], regions: Mapping[str, str], organizations: Collection[str]) -> Counter[Group]:
    """The number of acts in each group. The Conference's acts and rulings are nobody's and are not counted.

    The region of a State that the file of regions does not have is "".
    """
    return Counter(
        Group(
            act.date.year,
            act.treaty,
            ORGANIZATIONS if act.participant in organizations else region_of(regions, act.participant),
            act.action,
        )
        for act in acts
        if act.action not in NOBODYS
    )


def table(counted: Mapping[Group, int], by: str) -> tuple[tuple[Action, ...], list[tuple[str, tuple[int, ...]]]]:
    """A table by `year`, `treaty` or `region`: the kinds of act that occur, and a row of numbers for each value."""
    actions = tuple(action for action in ACTIONS if any(group.action == action for group in counted))
    rows: dict[str, Counter[Action]] = {}
    for group, number in counted.items():
        rows.setdefault(str(getattr(group, by)), Counter())[group.action] += number
    return actions, [(value, tuple(rows[value][action] for action in actions)) for value in sorted(rows)]
