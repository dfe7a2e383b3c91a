"""What stands under a convention and its protocols, and what every step of a day asks about it."""

import heapq
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from tests.second_reading.ledger import DAY, WARNINGS, Ledger, Row, Rules, Snapshot
from tests.second_reading.reservation_lives import Lives

Choices = Mapping[tuple[str, str], str]
"""The ruling that holds: by treaty and reading, `default` or `otherwise`."""

AMENDMENT = "amendment:"


@dataclass
class Stay:
    """One participation while the walk goes on; `in_force_on` is None until the day has come."""

    action: str
    deposited_on: date
    earliest_on: date
    """The thirtieth day after deposit; of a succession, the date of succession."""
    in_force_on: date | None = None
    ended_on: date | None = None
    withdrawn: bool = False
    denounced_on: date | None = None
    effective_on: date | None = None
    bonds: dict[str, date] = field(default_factory=dict)
    """By amendment: from when it binds."""
    left_out: set[str] = field(default_factory=set)
    """The territories to which it does not apply."""


@dataclass
class Book:
    """What stands under one treaty."""

    rules: Rules
    lives: Lives
    signed: dict[str, date] = field(default_factory=dict)
    standing: dict[str, Stay] = field(default_factory=dict)
    stays: dict[str, list[Stay]] = field(default_factory=lambda: defaultdict(list))
    denounced: set[str] = field(default_factory=set)
    """ "a denunciation of *any* of its participations has taken effect" """
    predecessors: dict[str, date] = field(default_factory=dict)
    """ "an instrument of a State that has ceased to exist stays in the count" """
    competence: set[str] = field(default_factory=set)
    proposed: set[str] = field(default_factory=set)
    adopted: dict[str, date] = field(default_factory=dict)
    consents: dict[tuple[str, str], date] = field(default_factory=dict)
    declined: set[tuple[str, str]] = field(default_factory=set)
    amended_on: dict[str, date] = field(default_factory=dict)
    unadopted: list[tuple[Row, str]] = field(default_factory=list)
    reached_on: date | None = None
    in_force_on: date | None = None
    quorum_on: date | None = None
    days: dict[date, Snapshot] = field(default_factory=dict)

    def is_party(self, code: str) -> bool:
        stay = self.standing.get(code)
        return stay is not None and stay.in_force_on is not None

    def was_party(self, code: str) -> bool:
        return any(stay.in_force_on is not None for stay in self.stays.get(code, ()))


class Standing:
    """The books of all treaties of a ledger, the days ahead, and all that is wrong."""

    def __init__(self, ledger: Ledger, choices: Choices) -> None:
        self.people = ledger.people
        self.choices = choices
        self.wrong: set[tuple[int, str]] = set()
        self.on_weekends: list[Row] = []
        self.named: set[tuple[str, str, date]] = set()
        """The treaties, participants and days of signatures on a day that 64(1) itself names, at its place."""
        self.books = {
            rules.treaty: Book(rules, Lives(not rules.parent, self._otherwise_of(rules.treaty), self.wrong))
            for rules in ledger.treaties
        }
        self.days: list[date] = []
        self.planned: set[date] = set()

    def _otherwise_of(self, treaty: str) -> Callable[[str], bool]:
        return lambda reading: self.choices.get((treaty, reading)) == "otherwise"

    def otherwise(self, book: Book, reading: str) -> bool:
        return self.choices.get((book.rules.treaty, reading)) == "otherwise"

    def plan(self, day: date) -> None:
        if day not in self.planned:
            self.planned.add(day)
            heapq.heappush(self.days, day)

    def plan_after(self, day: date) -> None:
        if day != date.max:
            self.plan(day + DAY)

    def verdict(self, row: Row, codes: Iterable[str] = ()) -> bool:
        """Writes down all that is wrong with an act; says whether the act stands."""
        every = set(codes)
        if row.participant and not self.may_act(row.participant, row.date):
            every.add("participant-does-not-exist")
        if not every <= WARNINGS:
            every -= WARNINGS  # "warning: the act stands in the register"
        if row.participant and row.date.isoweekday() > 5:
            self.on_weekends.append(row)
        self.wrong |= {(row.number, code) for code in every}
        return every <= WARNINGS

    def may_act(self, code: str, day: date) -> bool:
        """ "an act dated outside is refused"; "where two codes name one State on one day the continuing code acts" """
        continuing = self.people.continued_by.get(code)
        return self.people.exists(code, day) and not (continuing and self.people.exists(continuing, day))

    def end(self, book: Book, code: str, day: date) -> None:
        """Ends a participation. "Consent to an amendment, a reservation, a declaration of competence end with it." """
        stay = book.standing.pop(code)
        stay.ended_on = day
        stay.withdrawn = stay.in_force_on is None
        book.competence.discard(code)
        book.consents = {key: on for key, on in book.consents.items() if key[0] != code}
        book.declined = {key for key in book.declined if key[0] != code}
        book.lives.end(code, day)
