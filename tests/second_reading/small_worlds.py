"""Small worlds, all of them: a treaty of two instruments, three States and an organization.

From each situation every further set of up to three acts follows, out of all kinds, on days around a boundary.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import combinations, permutations
from random import Random

from tests.second_reading.kinds import (
    AMENDMENT,
    PROTOCOL,
    STATES,
    TREATY,
    Kinds,
    act,
    amending,
    communicating,
    joining,
    objecting,
    reserving,
    ruling,
    signing,
    together,
    under_protocol,
)
from tests.second_reading.ledger import Ledger, Membership, People, Row, Rules

LIVES = dict.fromkeys((*STATES, "O"), (date.min, date.max))
FOREVER = date.max

FIRST = date(2026, 3, 2)
"""The day of the second instrument where a situation has one."""
IN_FORCE = date(2026, 5, 31)
AMENDABLE = date(2031, 6, 1)


def people(b_until: date = FOREVER, c_since: date | None = None) -> People:
    """A and B are members of the organization, B until a day, C never or since a day."""
    memberships = [Membership("O", "A", date(2000, 1, 1)), Membership("O", "B", date(2000, 1, 1), b_until)]
    if c_since:
        memberships.append(Membership("O", "C", c_since))
    return People(LIVES, frozenset({"O"}), tuple(memberships))


TWO_MEMBERS = people()


@dataclass(frozen=True)
class Situation:
    """Where small worlds begin: acts that were done, and the days and kinds of the acts that may follow."""

    name: str
    done: tuple[Row, ...]
    days: tuple[date, ...]
    kinds: Kinds
    people: People = TWO_MEMBERS
    treaties: tuple[Rules, ...] = (Rules(TREATY, 2, quorum=3),)

    def further(self) -> tuple[Row, ...]:
        """Every act that may follow."""
        return tuple(row for day in self.days for row in self.kinds(day))

    def ledger(self, rows: tuple[Row, ...]) -> Ledger:
        numbered = tuple(row._replace(number=number) for number, row in enumerate((*self.done, *rows), 2))
        return Ledger(self.treaties, self.people, numbered)

    def symmetries(self) -> tuple[dict[str, str], ...]:
        """The exchanges of States under which the situation is the same."""
        found = []
        for order in permutations(STATES):
            other = dict(zip(STATES, order, strict=True))
            done = {exchanged(row, other) for row in self.done}
            members = {(row.organization, other[row.member], *row[2:]) for row in self.people.memberships}
            groups = [rules.among[1] for rules in self.treaties if rules.among]
            if (
                done == set(self.done)
                and members == {tuple(row) for row in self.people.memberships}
                and all(group == {other.get(code, code) for code in group} for group in groups)
            ):
                found.append(other)
        return tuple(found)

    def some(self, chance: Random, number: int, largest: int = 3) -> Iterator[Ledger]:
        """Worlds drawn by chance: with every number of further acts, most of them with the largest."""
        further = self.further()
        for _ in range(number):
            yield self.ledger(tuple(chance.sample(further, chance.choice((*range(1, largest + 1), largest)))))

    def worlds(self, largest: int = 3) -> Iterator[Ledger]:
        """Every world, symmetric ones once."""
        further = self.further()
        place = {row: number for number, row in enumerate(further)}
        images = [
            [place[exchanged(row, other)] for row in further]
            for other in self.symmetries()
            if any(code != same for code, same in other.items())
            and all(exchanged(row, other) in place for row in further)
        ]
        for size in range(largest + 1):
            for chosen in combinations(range(len(further)), size):
                if all(chosen <= tuple(sorted(image[number] for number in chosen)) for image in images):
                    yield self.ledger(tuple(further[number] for number in chosen))


def exchanged(row: Row, other: dict[str, str]) -> Row:
    return row._replace(
        participant=other.get(row.participant, row.participant), addressee=other.get(row.addressee, row.addressee)
    )


# ---- The situations


def around(day: date, *offsets: int) -> tuple[date, ...]:
    return tuple(day + timedelta(offset) for offset in offsets)


def joined(*codes: str, on: date = FIRST) -> tuple[Row, ...]:
    return tuple(act(code, "accession", on) for code in codes)


ORGANIZATION = (
    act("O", "declaration", date(2026, 3, 3), provision="64(4)"),
    act("O", "accession", date(2026, 3, 3)),
)
LEFT = date(2027, 7, 1)
DENOUNCED = act("A", "denunciation", date(2026, 7, 1))
ADOPTED = act("", "amendment adoption", AMENDABLE, subject=AMENDMENT)
THRESHOLD = ruling("withdrawal-after-threshold", "denunciation-before-party", "reio-never-counted")
MEMBERS = ruling("reio-ceases-with-its-members", "done-likewise", "party-before-entry-into-force")
AMENDING = ruling("joining-after-amendment", "amendment-consent-before-party", "five-years-expire")
LEAP = ruling("anniversary-of-29-february", "sixty-parties")
AMONG = (Rules(TREATY, 2, quorum=3, among=(1, frozenset({"C"}))),)
"""Two instruments, that of C among them."""
BOTH = (Rules(TREATY, 2, quorum=3), Rules(PROTOCOL, 2, parent=TREATY, periods=()))

SITUATIONS = (
    Situation("nothing done", (), around(FIRST, 0, 1, 31), together(joining, MEMBERS)),
    Situation("the last days for signature", (), around(date(2026, 12, 31), 0, 1), together(joining, MEMBERS)),
    Situation("one short of the number", joined("A"), around(FIRST, 0, 1, 90), together(joining, THRESHOLD)),
    Situation("just reached", joined("A", "C"), around(FIRST, 0, 1, 89), together(joining, THRESHOLD)),
    Situation("in force tomorrow, or today", joined("A", "B"), around(IN_FORCE, -1, 0), together(joining, THRESHOLD)),
    Situation("one more than the number", joined("A", "B", "C"), around(FIRST, 5, 89), together(joining, THRESHOLD)),
    Situation("one denounced", (*joined("A", "B"), DENOUNCED), around(LEFT, -1, 0), together(joining, LEAP)),
    Situation("one has left", (*joined("A", "B"), DENOUNCED), around(LEFT, 0, 30), joining),
    Situation(
        "one has returned",
        (*joined("A", "B"), DENOUNCED, *joined("A", on=LEFT)),
        around(LEFT, 29, 30, 365),
        joining,
    ),
    Situation(
        "the organization in, its member leaving",
        (*joined("A", "C"), *ORGANIZATION, DENOUNCED),
        around(LEFT, -1, 0, 1),
        together(joining, MEMBERS),
    ),
    Situation(
        "the organization in, a membership ending",
        (*joined("A", "B"), *ORGANIZATION, DENOUNCED),
        around(LEFT, 29, 30, 31),
        together(joining, MEMBERS),
        people(b_until=LEFT + timedelta(30)),
    ),
    Situation(
        "the organization has ceased, a membership beginning",
        (*joined("A", "C"), *ORGANIZATION, DENOUNCED),
        around(LEFT, 9, 10, 40),
        joining,
        people(c_since=LEFT + timedelta(10)),
    ),
    Situation("on 29 February", joined("A", "B", "C"), (date(2028, 2, 29), date(2029, 2, 28)), together(joining, LEAP)),
    Situation(
        "an amendment may be proposed",
        joined("A", "B"),
        around(AMENDABLE, -1, 0, 1),
        together(amending, AMENDING),
    ),
    Situation(
        "an amendment adopted",
        (*joined("A", "B"), ADOPTED),
        around(AMENDABLE, 0, 89, 90),
        together(amending, AMENDING),
    ),
    Situation(
        "an amendment in force for one",
        (*joined("A", "B"), ADOPTED, act("A", "ratification", AMENDABLE, subject=AMENDMENT)),
        around(AMENDABLE, 60, 61, 90),
        together(amending, AMENDING),
    ),
    Situation(
        "an amendment, and one that left",
        (
            *joined("A", "B"),
            ADOPTED,
            act("A", "ratification", AMENDABLE, subject=AMENDMENT),
            act("A", "denunciation", AMENDABLE - timedelta(276)),
        ),
        around(AMENDABLE, 59, 89, 120),
        together(amending, AMENDING),
    ),
    Situation("nobody has joined", (), around(FIRST, 0, 1, 30), signing),
    Situation(
        "signed with reservations",
        (
            *(act(code, "signature", FIRST, place="New York") for code in ("A", "B")),
            *(act("A", "reservation", FIRST, provision=provision) for provision in ("63(3)", "6(1)", "7(2)")),
            act("O", "signature", FIRST, place="New York"),
        ),
        around(FIRST, 1, 30),
        signing,
    ),
    Situation(
        "signed and joined",
        (
            *(act(code, "signature", date(2026, 1, 5), place="New York") for code in ("A", "B")),
            act("A", "reservation", date(2026, 1, 5), provision="63(3)"),
            *joined("A", "B"),
            act("A", "reservation", FIRST, provision="63(3)"),
        ),
        around(FIRST, 1, 89, 90),
        signing,
    ),
    Situation(
        "signed, joined, and one denounced",
        (act("A", "signature", date(2026, 1, 5), place="New York"), *joined("A", "B"), DENOUNCED),
        around(LEFT, -1, 0),
        signing,
    ),
    Situation(
        "a territory left out",
        (
            *joined("A", "B", "C"),
            act("A", "reservation", FIRST, provision="6(1)"),
            act("A", "territorial application", FIRST, text="Isle", effect="excludes"),
            DENOUNCED,
        ),
        around(LEFT, -1, 0),
        communicating,
    ),
    Situation("signed with a reservation", (), around(FIRST, 0, 1, 400), reserving),
    Situation(
        "a reservation made with the instrument",
        (
            *joined("A", "B"),
            act("A", "reservation", FIRST, provision="63(3)")._replace(notified=date(2026, 3, 10)),
        ),
        (date(2026, 3, 10), date(2027, 3, 10), date(2027, 3, 11)),
        reserving,
    ),
    Situation(
        "a reservation that may be objected to",
        (*joined("A", "B"), act("A", "reservation", FIRST, provision="6(1)")._replace(notified=date(2026, 3, 10))),
        (date(2026, 3, 10), date(2026, 6, 1), date(2027, 3, 11)),
        objecting,
    ),
    Situation(
        "a reservation made at signature, objected to",
        (
            *joined("B"),
            act("A", "signature", FIRST, place="New York"),
            act("A", "reservation", FIRST, provision="6(1)")._replace(notified=date(2026, 3, 10)),
            act("B", "objection", date(2026, 4, 1), provision="6(1)", addressee="A"),
        ),
        (date(2026, 4, 1), date(2026, 4, 2), date(2026, 8, 1)),
        objecting,
    ),
    Situation("the number, none of the group", joined("A", "B"), around(FIRST, 1, 89), together(joining, THRESHOLD),
              treaties=AMONG),
    Situation("the number, one of the group", joined("B", "C"), around(FIRST, 1, 89), together(joining, THRESHOLD),
              treaties=AMONG),
    Situation("a protocol one short", (*joined("A", "B", "C"), act("A", "accession", FIRST, treaty=PROTOCOL)),
              around(FIRST, 0, 89, 90), under_protocol, treaties=BOTH),
    Situation(
        "a protocol in force",
        (*joined("A", "B"), *(act(code, "accession", FIRST, treaty=PROTOCOL) for code in ("A", "B")), DENOUNCED),
        around(LEFT, -1, 0),
        under_protocol,
        treaties=BOTH,
    ),
)  # fmt: skip
