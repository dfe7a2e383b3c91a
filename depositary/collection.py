"""The treaties at hand, and what holds under each: clause files, participants and memberships of one folder.

A protocol is read with its convention, and a treaty that must wait for another with that other's acts.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from depositary.acts import Act
from depositary.clauses import Clauses, load_clauses
from depositary.errors import BadInput
from depositary.law.derivation import derive
from depositary.law.effects import Effects
from depositary.participants import Participants
from depositary.participants_csv import load_participants


@dataclass(frozen=True)
class Collection:
    """Participants, and the clauses of each treaty by its number. `folder` holds the data files."""

    participants: Participants
    treaties: dict[str, Clauses]
    folder: Path = field(default=Path())

    def clauses(self, treaty: str) -> Clauses:
        """The clauses of a treaty. Raises BadInput for one that is not at hand."""
        if treaty not in self.treaties:
            raise BadInput([f"{treaty}: no such treaty here; known: {', '.join(sorted(self.treaties))}"])
        return self.treaties[treaty]

    def effects(self, acts: Iterable[Act], treaty: str, on: date | None = None) -> Effects:
        """What holds under a treaty by the acts of all treaties dated not after `on`; later ones are not seen."""
        seen = [act for act in acts if on is None or act.date <= on]
        return self._derive(seen, treaty, ())

    def _derive(self, acts: Sequence[Act], treaty: str, waiting: tuple[str, ...]) -> Effects:
        clauses = self.clauses(treaty)
        others = {act.treaty for act in acts}
        convention = None
        if clauses.parent in others and clauses.parent in self.treaties:
            convention = self._derive(acts, clauses.parent, (*waiting, treaty))
        elsewhere: dict[str, date | None] = {}
        other = clauses.entry_into_force.not_before_treaty if clauses.entry_into_force else ""
        if other and other in others and other in self.treaties and other not in waiting:
            elsewhere[other] = self._derive(acts, other, (*waiting, treaty)).in_force_on
        own = [act for act in acts if act.treaty == treaty]
        return derive(own, self.participants, clauses, convention=convention, elsewhere=elsewhere)

    def protocols(self, treaty: str) -> tuple[Clauses, ...]:
        """The protocols to a treaty, by number."""
        return tuple(one for _, one in sorted(self.treaties.items()) if one.parent == treaty)


def load_collection(folder: Path, participants: Path | None = None, memberships: Path | None = None) -> Collection:
    """The treaties and participants of a data folder; a file named takes the place of the folder's.

    Raises BadInput with every fault of every file.
    """
    faults: list[str] = []
    treaties = {}
    for path in sorted((folder / "treaties").glob("*.toml")):
        try:
            clauses = load_clauses(path)
        except BadInput as fault:
            faults += fault.faults
        else:
            treaties[clauses.id] = clauses
    try:
        known = load_participants(
            participants or folder / "participants.csv", memberships or folder / "memberships.csv"
        )
    except BadInput as fault:
        faults += fault.faults
    if faults:
        raise BadInput(faults)
    return Collection(known, treaties, folder)
