"""What a file of acts has and the register has not, and the reverse.

Two acts agree that have one treaty, participant, action, date, subject, provision and addressee; texts, places and
sources are not compared. Of those left over, a participant's one signature or consent differs in its date or kind.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from depositary.law.acts import Act
from depositary.register.identity import Identity, identity


@dataclass(frozen=True, slots=True)
class Discrepancy:
    """An act of the file, an act of the register, or both where they differ. The numbers are of row and entry."""

    in_file: Act | None
    in_register: Act | None

    @property
    def act(self) -> Act:
        found = self.in_register or self.in_file
        assert found is not None
        return found


def discrepancies(in_file: Iterable[Act], in_register: Iterable[Act]) -> list[Discrepancy]:
    """The differences between the acts of a file and those of the register, by treaty, participant and day."""
    theirs, ours = _unmatched(in_file, in_register)
    found = []
    by_identity = _grouped(ours, identity)
    rest = []
    for act in theirs:
        if same := by_identity[identity(act)]:
            found.append(Discrepancy(act, same.pop(0)))
        else:
            rest.append(act)
    found += [Discrepancy(act, None) for act in rest]
    found += [Discrepancy(None, act) for acts in by_identity.values() for act in acts]
    return sorted(found, key=_place)


def _place(found: Discrepancy) -> Identity:
    return found.act.treaty, found.act.participant, found.act.date, found.act.action


def _facts(act: Act) -> Identity:
    return act.treaty, act.participant, act.action, act.date, act.subject, act.provision, act.addressee


def _unmatched(theirs: Iterable[Act], ours: Iterable[Act]) -> tuple[list[Act], list[Act]]:
    """The acts of either side that no act of the other has; of equal acts as many are left as one side has more."""
    standing = _grouped(ours, _facts)
    left = []
    for act in theirs:
        same = standing[_facts(act)]
        if same:
            same.pop(0)
        else:
            left.append(act)
    return left, [act for acts in standing.values() for act in acts]


def _grouped(acts: Iterable[Act], key: Callable[[Act], Identity]) -> dict[Identity, list[Act]]:
    found: dict[Identity, list[Act]] = defaultdict(list)
    for act in acts:
        found[key(act)].append(act)
    return found
