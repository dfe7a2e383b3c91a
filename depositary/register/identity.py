"""The identity of acts: finds the entry that a row of a file repeats, and the columns in which the two differ.

An act is known by its treaty, participant, action, date, subject, provision and addressee, and by its text where there
are several. A participant signs once, and consents once while it has not left: there another date differs as well.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import sqlalchemy as sa

from depositary.errors import Sentence
from depositary.law.acts import COLUMNS, CONSENTS, Act, row_of
from depositary.register.canonical import act_digest, entry_of

ENDINGS = ("denunciation", "withdrawal of instrument")
"""The acts after which a participant may consent anew."""

SAME = sa.text(
    """SELECT one.act, one.number, later.number AS later FROM entry AS one
    LEFT JOIN entry AS later ON later.rectifies = one.number
    WHERE one.act IN :acts AND one.number <= :size ORDER BY later.number IS NOT NULL, one.number"""
).bindparams(sa.bindparam("acts", expanding=True))

LATER = sa.text("SELECT number, act FROM entry WHERE rectifies = :number")

STANDING = sa.text(
    """SELECT number, content FROM entry AS one WHERE treaty = :treaty AND number <= :size AND act <> ''
    AND NOT EXISTS (SELECT 1 FROM entry AS later WHERE later.rectifies = one.number) ORDER BY number"""
)

REPLACED = sa.text(
    """SELECT content FROM entry AS one WHERE treaty = :treaty AND number <= :size AND act <> ''
    AND EXISTS (SELECT 1 FROM entry AS later WHERE later.rectifies = one.number)"""
)

CONTENT = sa.text("SELECT content FROM entry WHERE number = :number")

ONCE = {"signature": "signature"} | dict.fromkeys(CONSENTS, "consent")
"""The actions that a participant does once."""

Identity = tuple[object, ...]


@dataclass(frozen=True, slots=True)
class Difference:
    """A row of a file that repeats an entry with other words.

    `act` is the row, with its line as number. `entry` is the entry, and `standing` its act: None where the entry
    struck the act out.
    """

    act: Act
    entry: int
    standing: Act | None

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns in which they differ."""
        if self.standing is None:
            return ()
        ours, theirs = row_of(self.act), row_of(self.standing)
        return tuple(column for column in COLUMNS if ours[column] != theirs[column])

    @property
    def said(self) -> Sentence:
        """The difference in a sentence."""
        if self.standing is None:
            return Sentence("was struck out by entry %(number)d", number=self.entry)
        return Sentence(
            "differs from entry %(number)d in: %(columns)s", number=self.entry, columns=", ".join(self.columns)
        )


class Standing:
    """The acts of the first `size` entries, with which the rows of a file are compared."""

    def __init__(self, connection: sa.Connection, size: int) -> None:
        self._connection, self._size = connection, size
        self._used: set[int] = set()
        self._numbers: dict[str, dict[int, list[int]]] = {}
        self._keys: dict[str, set[int]] = {}
        self._left: set[tuple[str, str]] = set()
        self._doubtful: dict[Identity, list[Act]] = defaultdict(list)

    def new(self, acts: Sequence[Act], differing: list[Difference]) -> list[tuple[Act, str]]:
        """The acts among some that no entry has; `settled` gives the doubtful ones at the end.

        Each comes with its digest, "" where none was needed to tell that it is new: no entry has anything like it. An
        act that was rectified or struck out goes to `differing`.
        """
        self._left |= {(act.treaty, act.participant) for act in acts if act.action in ENDINGS}
        keys = [identity(act) for act in acts]
        known = {treaty: self._known(treaty) for treaty in {act.treaty for act in acts}}
        digests = [
            act_digest(act) if hash(key) in known[act.treaty] else "" for act, key in zip(acts, keys, strict=True)
        ]
        if not any(digests):
            return list(zip(acts, digests, strict=True))
        same: dict[str, list[sa.Row[tuple[str, int, int | None]]]] = defaultdict(list)
        for row in self._connection.execute(SAME, {"acts": [*filter(None, digests)], "size": self._size}):
            same[row.act].append(row)
        found = []
        for act, digest, key in zip(acts, digests, keys, strict=True):
            entry = next((row for row in same.get(digest, ()) if row.number not in self._used), None)
            if entry is not None:
                self._used.add(entry.number)
                if entry.later is not None:
                    differing.append(self._replaced(act, entry.later))
            elif digest and hash(key) in self._of(act.treaty):
                self._doubtful[key].append(act)
            else:
                found.append((act, digest))
        return found

    def settled(self, differing: list[Difference]) -> Iterator[tuple[Act, str]]:
        """The doubtful acts that are new, with their digests; those that repeat an entry go to `differing`."""
        for key, acts in self._doubtful.items():
            numbers = self._of(acts[0].treaty)[hash(key)]
            standing = {number: found for number in numbers if identity(found := self._act(number)) == key}
            rest = self._paired(acts, standing, differing)
            yield from ((act, act_digest(act)) for act in rest)
        self._doubtful.clear()

    def _paired(self, acts: list[Act], standing: dict[int, Act], differing: list[Difference]) -> list[Act]:
        """The acts without a partner among those standing. Equal texts are partners first."""
        one_each = len(acts) == len([number for number in standing if number not in self._used])
        for rank in range(3):
            rest = []
            for act in acts:
                found = (number for number, other in standing.items() if number not in self._used)
                partner = next((n for n in found if self._match(act, standing[n], rank, one_each)), 0)
                if partner:
                    self._used.add(partner)
                    differing.append(Difference(act, partner, standing[partner]))
                else:
                    rest.append(act)
            acts = rest
        return acts

    def _match(self, act: Act, other: Act, rank: int, one_each: bool) -> bool:
        same_act = (act.action, act.date, act.provision) == (other.action, other.date, other.provision)
        if rank < 2:
            return same_act and (act.text == other.text or (rank == 1 and one_each))
        return not same_act and one_each and (act.treaty, act.participant) not in self._left

    def _replaced(self, act: Act, later: int) -> Difference:
        """The difference from the entry that stands at the end of a chain of rectifications."""
        while following := self._connection.execute(LATER, {"number": later}).first():
            later = following.number
        return Difference(act, later, entry_of(self._content(later)).act)

    def _of(self, treaty: str) -> dict[int, list[int]]:
        """The numbers of the standing entries under a treaty, by what identifies their acts."""
        if treaty not in self._numbers:
            found = self._numbers[treaty] = defaultdict(list)
            for number, content in self._connection.execute(STANDING, {"treaty": treaty, "size": self._size}):
                act = entry_of(content).act
                assert act is not None, number
                found[hash(identity(act))].append(number)
                if act.action in ENDINGS:
                    self._left.add((treaty, act.participant))
        return self._numbers[treaty]

    def _known(self, treaty: str) -> set[int]:
        """What identifies the acts of all entries under a treaty, those that were rectified or struck out as well."""
        if not self._size:
            return set()
        if treaty not in self._keys:
            found = self._connection.execute(REPLACED, {"treaty": treaty, "size": self._size}).scalars()
            acts = (entry_of(content).act for content in found)
            self._keys[treaty] = {hash(identity(act)) for act in acts if act is not None} | self._of(treaty).keys()
        return self._keys[treaty]

    def _act(self, number: int) -> Act:
        act = entry_of(self._content(number)).act
        assert act is not None, number
        return act

    def _content(self, number: int) -> str:
        return str(self._connection.execute(CONTENT, {"number": number}).scalar_one())


def identity(act: Act) -> Identity:
    """The fields in which two rows about a single act agree; for a signature or a consent, neither date nor kind."""
    if once := ONCE.get(act.action):
        return act.treaty, act.participant, once, act.subject
    return act.treaty, act.participant, act.action, act.subject, act.date, act.provision, act.addressee
