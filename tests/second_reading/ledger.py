"""What the second reading reads and answers: rows of acts, participants, the numbers of a treaty, an answer."""

import datetime as dt
from calendar import isleap
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import NamedTuple

DAY = timedelta(days=1)

REPEATED = ("ratification", "acceptance", "approval", "accession")
CONSENTS = (*REPEATED, "succession", "formal confirmation", "definitive signature")

WARNINGS = frozenset(
    {
        "objection-by-non-contracting",
        "objection-late",
        "reservation-premature",
        "reservation-not-provided-for",
        "reservation-late",
        "reservation-unconfirmed",
        "accession-by-signatory",
        "ratification-by-non-signatory",
        "weekend-date",
    }
)
"""The codes under which an act stands; under every other code it is refused."""


def same_day(day: date, years: int, otherwise: bool) -> date:
    """ "the same calendar date next year"; of 29 February "last day of February (28th)", otherwise "1 March"."""
    if day.month == 2 and day.day == 29 and not isleap(day.year + years):
        return date(day.year + years, 3, 1) if otherwise else date(day.year + years, 2, 28)
    return day.replace(year=day.year + years)


class Row(NamedTuple):
    """One act of a ledger, in the columns of `data/instruments.csv`; `number` is its line."""

    number: int
    treaty: str
    participant: str
    action: str
    date: dt.date
    subject: str = ""
    provision: str = ""
    text: str = ""
    place: str = ""
    addressee: str = ""
    effect: str = ""
    notified: dt.date | None = None
    effective: dt.date | None = None

    def __str__(self) -> str:
        columns = ("treaty", "subject", "provision", "text", "place", "addressee", "effect", "notified", "effective")
        said = [f"{name}={value}" for name in columns if (value := getattr(self, name))]
        return f"{self.number:>4}  {self.date} {self.participant or '-'} {self.action} {' '.join(said)}"


class Membership(NamedTuple):
    """A State's membership of an organization, from its first day to its last."""

    organization: str
    member: str
    since: date
    until: date = date.max


@dataclass(frozen=True)
class People:
    """Who there is: the first and last day of each code, which codes are organizations, and their members."""

    lives: Mapping[str, tuple[date, date]]
    organizations: frozenset[str] = frozenset()
    memberships: tuple[Membership, ...] = ()
    continued_by: Mapping[str, str] = field(default_factory=dict)
    """Of two codes that name one State, the ending code and the continuing code: SUN and RUS."""

    def exists(self, code: str, on: date) -> bool:
        first, last = self.lives[code]
        return first <= on <= last

    def members(self, organization: str, on: date) -> set[str]:
        """The States that are members on a day."""
        return {
            row.member
            for row in self.memberships
            if row.organization == organization and row.since <= on <= row.until and self.exists(row.member, on)
        }


class Period(NamedTuple):
    """A period open for signature, and the place where it is open; "" for any place."""

    place: str
    first: date
    last: date


HANOI_AND_NEW_YORK = (
    Period("Hanoi", date(2025, 10, 25), date(2025, 10, 26)),
    Period("New York", date(2025, 10, 27), date(2026, 12, 31)),
)


@dataclass(frozen=True)
class Rules:
    """The numbers of one treaty; everything else is the Convention's text."""

    treaty: str
    instruments: int
    parent: str = ""
    quorum: int = 60
    periods: tuple[Period, ...] = HANOI_AND_NEW_YORK
    among: tuple[int, frozenset[str]] | None = None
    """How many of the instruments must be those of a group of States, and the group."""

    def enough(self, codes: Collection[str]) -> bool:
        """Whether the instruments of these participants make up the number."""
        least, group = self.among or (0, frozenset())
        return len(codes) >= self.instruments and len(group.intersection(codes)) >= least


@dataclass(frozen=True)
class Ledger:
    """A ledger: the treaties (a convention before its protocols), who there is, and the acts."""

    treaties: tuple[Rules, ...]
    people: People
    rows: tuple[Row, ...]

    def until(self, day: date) -> "Ledger":
        """The ledger as it was on a day: "acts dated after `on` are not seen"."""
        return Ledger(self.treaties, self.people, tuple(row for row in self.rows if row.date <= day))

    def with_rows(self, rows: tuple[Row, ...]) -> "Ledger":
        return Ledger(self.treaties, self.people, rows)


class Participation(NamedTuple):
    """One participation of one participant, from its instrument to its end."""

    action: str
    deposited_on: date
    in_force_on: date | None
    ended_on: date | None
    withdrawn: bool
    denounced_on: date | None
    denunciation_effective_on: date | None
    bonds: tuple[tuple[str, date], ...]
    """The amendments that bind or will bind it, and from when."""


class Relation(NamedTuple):
    """Between two: since when they are bound to each other, None for not, and by what and but for what."""

    since: dt.date | None
    objected: frozenset[str] = frozenset()
    """The provisions objected to: that do not apply, or that keep the treaty from being in force between the two."""
    amendments: frozenset[str] = frozenset()
    reserved: frozenset[str] = frozenset()
    left_out: frozenset[str] = frozenset()


class Snapshot(NamedTuple):
    """What is so at the end of one day."""

    counted: int
    deposited: int
    parties: int
    contracting: int
    former_parties: int
    signatories: int
    standings: tuple[tuple[str, str], ...]
    in_force: Mapping[str, dt.date | None]
    """The parties, and since when."""
    bonds: Mapping[str, frozenset[str]]
    """The amendments that bind each."""
    reserved: Mapping[str, frozenset[str]]
    """The provisions to which each party's reservations stand."""
    left_out: Mapping[str, frozenset[str]]
    """The territories that each party leaves out."""
    objections: frozenset[tuple[str, str, str, bool]]
    """Objector, addressee, provision, and whether it keeps the treaty from being in force between the two."""

    def relation(self, code: str, other: str) -> Relation:
        """How two stand to each other."""
        if self.in_force.get(code) is None or self.in_force.get(other) is None:
            return Relation(None)
        mine = [each for each in self.objections if {each[0], each[1]} == {code, other}]
        if opposed := [provision for _, _, provision, precludes in mine if precludes]:
            return Relation(None, frozenset(opposed))
        since = max(day for bound, day in self.in_force.items() if day and bound in (code, other))
        return Relation(
            since,
            frozenset(provision for _, _, provision, _ in mine),
            self.bonds[code] & self.bonds[other],
            self.reserved[code] | self.reserved[other],
            self.left_out[code] | self.left_out[other],
        )


@dataclass(frozen=True)
class Answer:
    """What follows under one treaty."""

    in_force_on: date | None
    reached_on: date | None
    conference_by: date | None
    proposals_from: date | None
    quorum_on: date | None
    signatures: dict[str, date]
    participations: dict[str, tuple[Participation, ...]]
    reservations: dict[int, list[tuple[date, str]]]
    """By row: the states of a reservation, each with the day from which it is in it."""
    days: dict[date, Snapshot]
    """By the days on which something can happen; between them nothing changes."""

    def reservation(self, row: int, day: date) -> str | None:
        return next((state for since, state in reversed(self.reservations[row]) if since <= day), None)

    def on(self, day: date) -> Snapshot:
        visited = [each for each in self.days if each <= day]
        return self.days[max(visited)] if visited else Snapshot(0, 0, 0, 0, 0, 0, (), {}, {}, {}, {}, frozenset())
