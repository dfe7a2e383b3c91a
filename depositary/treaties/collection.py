"""The treaties of one data folder, with their participants, and the legal effects under each.

A protocol is derived with its convention, and a treaty that must wait for another treaty with the acts of both.
"""

from bisect import bisect_right, insort
from collections import OrderedDict, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from operator import attrgetter
from pathlib import Path

from depositary.errors import BadInput
from depositary.law.acts import Act
from depositary.law.clauses import CONVENTION, Clauses
from depositary.law.derivation import derive
from depositary.law.effects import Effects
from depositary.law.participants import Participants
from depositary.treaties.clause_files import load_clauses
from depositary.treaties.names import Gazetteer
from depositary.treaties.participants_csv import load_participants

BY_DATE = attrgetter("date")


@dataclass(frozen=True)
class Collection:
    """Participants, and the clauses of each treaty by its number. `folder` holds the data files."""

    participants: Participants
    treaties: dict[str, Clauses]
    folder: Path = field(default=Path())

    def clauses(self, treaty: str) -> Clauses:
        """The clauses of a treaty. Raises BadInput for a treaty that the folder does not have."""
        if treaty not in self.treaties:
            raise BadInput([f"{treaty}: no such treaty here; known: {', '.join(sorted(self.treaties))}"])
        return self.treaties[treaty]

    @cached_property
    def is_invented(self) -> bool:
        """Whether the folder says that its participants and acts are invented."""
        return (self.folder / "FICTION.txt").is_file()

    @cached_property
    def gazetteer(self) -> Gazetteer:
        """The names of the participants."""
        return Gazetteer(self.participants)

    @cached_property
    def in_order(self) -> tuple[str, ...]:
        """The numbers of the treaties as the UN Treaty Collection orders them: by chapter, then by number."""
        return tuple(sorted(self.treaties, key=place))

    @cached_property
    def leading(self) -> str:
        """The treaty with which the pages of the whole site begin; "" for a folder without treaties."""
        return CONVENTION if CONVENTION in self.treaties else next(iter(self.in_order), "")

    def needed_by(self, treaty: str) -> tuple[str, ...]:
        """The treaties from whose acts a treaty is derived: it, its convention, the treaty it waits for, and theirs."""
        found: list[str] = []
        ahead = [treaty]
        while ahead:
            needed = ahead.pop()
            if needed in self.treaties and needed not in found:
                found.append(needed)
                ahead += needs(self.treaties[needed])
        return tuple(found)

    def shown_with(self, treaty: str) -> set[str]:
        """The treaties whose acts a treaty's pages show: those it needs, its protocols, and theirs."""
        if treaty not in self.treaties:
            return set()
        near = (treaty, *(one.id for one in self.protocols(treaty)))
        return {each for one in near for each in self.needed_by(one)}

    @cached_property
    def needing(self) -> dict[str, tuple[str, ...]]:
        """For each treaty, the treaties that are derived from its acts; it is among them."""
        return {one: tuple(each for each in self.treaties if one in self.needed_by(each)) for one in self.treaties}

    def effects(self, acts: Iterable[Act], treaty: str, on: date | None = None) -> Effects:
        """The legal effects under a treaty of the acts of all treaties dated up to `on`."""
        return Derived(self, acts).effects(treaty, on)

    def protocols(self, treaty: str) -> tuple[Clauses, ...]:
        """The protocols to a treaty, by number."""
        return tuple(self.treaties[one] for one in self.in_order if self.treaties[one].parent == treaty)


def needs(clauses: Clauses) -> tuple[str, ...]:
    """The convention of a protocol, and the treaty that a treaty waits for."""
    entry = clauses.entry_into_force
    return tuple(filter(None, (clauses.parent, entry.not_before_treaty if entry else "")))


_ROMAN = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100}


def place(treaty: str) -> tuple[tuple[int, str], ...]:
    """The sort key of a treaty's number, as the UN Treaty Collection orders: XVIII-5, XVIII-12, XVIII-12-a, XXI-6."""
    chapter, *rest = treaty.split("-")
    return ((_from_roman(chapter), chapter), *((int(part) if part.isdigit() else 0, part) for part in rest))


def _from_roman(chapter: str) -> int:
    digits = [_ROMAN.get(letter, 0) for letter in chapter]
    following = [*digits[1:], 0]
    return sum(-digit if digit < after else digit for digit, after in zip(digits, following, strict=True))


REMEMBERED = 16
"""The number of days for which a treaty's effects are kept."""


Seen = tuple[tuple[str, int], ...]
"""The number of acts dated up to a day, for each needed treaty: effects depend on these numbers alone."""


class Derived:
    """The legal effects under every treaty of a collection, by the acts of one register.

    A treaty is derived when it is asked about, and again only when an act was added to it or to one it needs.
    Two days between which no act lies have the same effects.
    """

    def __init__(self, collection: Collection, acts: Iterable[Act] = ()) -> None:
        self.collection = collection
        self._acts: dict[str, list[Act]] = defaultdict(list)
        self._found: dict[str, OrderedDict[Seen, Effects]] = defaultdict(OrderedDict)
        for act in sorted(acts, key=BY_DATE):
            self._acts[act.treaty].append(act)

    def copy(self) -> "Derived":
        """A copy with these acts, and the effects that were derived already."""
        other = Derived(self.collection)
        other._acts = defaultdict(list, {treaty: [*acts] for treaty, acts in self._acts.items()})
        other._found = defaultdict(OrderedDict, {treaty: OrderedDict(found) for treaty, found in self._found.items()})
        return other

    def add(self, act: Act) -> None:
        """Adds an act of the register."""
        insort(self._acts[act.treaty], act, key=BY_DATE)
        self._forget(act.treaty)

    def acts(self, treaty: str) -> tuple[Act, ...]:
        """The acts of a treaty by date."""
        return tuple(self._acts[treaty])

    def put(self, treaty: str, acts: Iterable[Act]) -> None:
        """Puts these acts in the place of all acts of a treaty."""
        self._acts[treaty] = sorted(acts, key=BY_DATE)
        self._forget(treaty)

    def effects(self, treaty: str, on: date | None = None) -> Effects:
        """The legal effects under a treaty of the acts dated up to `on`. Raises BadInput for an unknown treaty."""
        self.collection.clauses(treaty)
        return self._effects(treaty, on, ())

    def _effects(self, treaty: str, on: date | None, waiting: tuple[str, ...]) -> Effects:
        seen = tuple([(one, self._seen(one, on)) for one in self.collection.needed_by(treaty)])
        kept = self._found[treaty]
        if seen in kept:
            kept.move_to_end(seen)
            return kept[seen]
        clauses, at_hand = self.collection.treaties[treaty], {one for one, number in seen if number} - {*waiting}
        convention = None
        if clauses.parent in at_hand and clauses.consent.needs_convention != "":
            convention = self._effects(clauses.parent, on, (*waiting, treaty))
        other = clauses.entry_into_force.not_before_treaty if clauses.entry_into_force else ""
        elsewhere = {}
        if other in at_hand - {treaty}:
            elsewhere[other] = self._effects(other, on, (*waiting, treaty)).in_force_on
        acts = self._acts[treaty][: seen[0][1]]
        found = derive(acts, self.collection.participants, clauses, convention=convention, elsewhere=elsewhere)
        if not {one for one, _ in seen} & {*waiting}:
            kept[seen] = found
            if len(kept) > REMEMBERED:
                kept.popitem(last=False)
        return found

    def _seen(self, treaty: str, on: date | None) -> int:
        acts = self._acts.get(treaty, [])
        return len(acts) if on is None else bisect_right(acts, on, key=BY_DATE)

    def _forget(self, treaty: str) -> None:
        for derived in self.collection.needing.get(treaty, ()):
            self._found[derived].clear()


def load_collection(
    folder: Path,
    participants: Path | None = None,
    memberships: Path | None = None,
    only: Iterable[str] | None = None,
) -> Collection:
    """The treaties and participants of a data folder; a file named takes the place of the folder's.

    With `only`, no other treaties are read than these and those that they need. Raises BadInput with every fault of
    every file that is read.
    """
    faults: list[str] = []
    treaties: dict[str, Clauses] = {}
    files = {path.stem: path for path in sorted((folder / "treaties").glob("*.toml"))}
    ahead = [*(files if only is None else only)]
    while ahead:
        name = ahead.pop(0)
        if name not in files:
            continue
        try:
            clauses = load_clauses(files.pop(name))
        except BadInput as fault:
            faults += fault.faults
        else:
            treaties[clauses.id] = clauses
            ahead += needs(clauses)
    try:
        known = load_participants(
            participants or folder / "participants.csv", memberships or folder / "memberships.csv"
        )
    except BadInput as fault:
        faults += fault.faults
    if faults or (faults := list(unknown_states(treaties.values(), known))):
        raise BadInput(faults)
    return Collection(known, treaties, folder)


def unknown_states(treaties: Iterable[Clauses], known: Participants) -> Iterator[str]:
    """A fault for each State of a group in a clause file that is no participant."""
    for clauses in treaties:
        entry = clauses.entry_into_force
        for code in entry.among.states if entry and entry.among else ():
            if code not in known:
                yield f"{clauses.id}.toml: entry_into_force.among.states: {code} is not a known code"
