"""The world, walked day by day: what stands under a convention and its protocols at the end of each day.

The text is the Convention's; the sentences quoted beside the lines are those of its readings and of the order within
a day. The walk keeps sets and dicts of what stands, looks at nothing that is to come, and never goes back.
"""

import heapq
from calendar import isleap
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

from tests.second_reading.ledger import (
    CONSENTS,
    DAY,
    REPEATED,
    WARNINGS,
    Answer,
    Ledger,
    Participation,
    Row,
    Rules,
    Snapshot,
)
from tests.second_reading.reservation_lives import Lives, provision_of

Choices = Mapping[tuple[str, str], str]
"""The ruling that holds: by treaty and reading, `default` or `otherwise`."""

AMENDMENT = "amendment:"
UNDOING = ("withdrawal of instrument", "revocation of denunciation", "withdrawal of reservation")
_RANK = {action: place for place, action in enumerate(REPEATED)}


def same_day(day: date, years: int, otherwise: bool) -> date:
    """ "the same calendar date next year"; of 29 February "last day of February (28th)", otherwise "1 March"."""
    if day.month == 2 and day.day == 29 and not isleap(day.year + years):
        return date(day.year + years, 3, 1) if otherwise else date(day.year + years, 2, 28)
    return day.replace(year=day.year + years)


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


class World:
    """The walk over one ledger under one set of choices."""

    def __init__(self, ledger: Ledger, choices: Choices) -> None:
        self.people = ledger.people
        self.choices = choices
        self.wrong: set[tuple[int, str]] = set()
        self.books = {
            rules.treaty: Book(rules, Lives(self._otherwise_of(rules.treaty), self.wrong)) for rules in ledger.treaties
        }
        self.rows: dict[date, list[Row]] = defaultdict(list)
        for row in ledger.rows:
            if row.action != "ruling":
                self.rows[row.date].append(row)
        self.days: list[date] = []
        self.planned: set[date] = set()
        for day in self.rows:
            self.plan(day)
        for membership in self.people.memberships:
            self.plan(membership.since)
            self.plan_after(membership.until)
        for code in {row.participant for row in ledger.rows if row.participant}:
            self.plan_after(self.people.lives[code][1])
        while self.days:
            self.live_through(heapq.heappop(self.days))
        for book in self.books.values():
            for row, amendment in book.unadopted:
                known = amendment in book.proposed or amendment in book.adopted
                self.wrong.add((row.number, "amendment-not-yet-adopted" if known else "amendment-unknown"))

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

    # ---- One day: "the acts of all participants are read in these steps"

    def live_through(self, day: date) -> None:
        self.comes_by_itself(day)  # (0)
        rows = sorted(
            self.rows.get(day, ()),
            key=lambda row: (row.participant, _RANK.get(row.action, 9), row.action, provision_of(row), row.text, row),
        )
        first = [row for row in rows if row.action in UNDOING and self.stood(row)]
        # "(1) withdrawals and revocations whose object stood at the beginning of the day"
        for row in first:
            self.undo(row)
        # "(2) amendment proposals, then adoptions"
        self.each(rows, self.propose, "amendment proposal")
        self.each(rows, self.adopt, "amendment adoption")
        # "(3) signatures, States before organizations"
        self.each(self.states_first(rows), self.sign, "signature")
        # "(4) declarations of competence"
        self.each(rows, self.declare_competence, "declaration")
        # "(5) instruments, the Convention's before a protocol's, States before organizations"
        for book in self.books.values():
            of_treaty = [row for row in rows if row.treaty == book.rules.treaty and not row.subject]
            self.each(self.states_first(of_treaty), self.deposit, *CONSENTS)
            self.fall_with_convention(day)
        # "(6) reservations, declarations, notifications, territories, then objections"
        self.each(rows, self.reserve, "reservation", "declaration", "notification")
        for book in self.books.values():
            book.lives.confirm(day, book.standing)
        self.each(rows, self.object, "objection")
        # "(7) consents to amendments"
        self.each([row for row in rows if row.subject], self.consent_to_amendment, *CONSENTS)
        # "(8) denunciations"
        self.each(rows, self.denounce, "denunciation")
        # "(9) withdrawals and revocations that found nothing in step 1"
        for row in rows:
            if row.action in UNDOING and row not in first:
                self.undo(row)
        # "(10) 67(2) again; the count is taken at the end of the day"
        for book in self.books.values():
            self.cease_with_members(book, day)
            self.fall_with_convention(day)
        for book in self.books.values():
            self.bind(book, day)
            self.count(book, day)
            self.look(book, day)

    def each(self, rows: Iterable[Row], step: Callable[[Book, Row], None], *actions: str) -> None:
        for row in rows:
            if row.action in actions:
                step(self.books[row.treaty], row)

    def states_first(self, rows: list[Row]) -> list[Row]:
        return sorted(rows, key=lambda row: row.participant in self.people.organizations)

    def verdict(self, row: Row, codes: Iterable[str] = ()) -> bool:
        """Writes down all that is wrong with an act; says whether the act stands."""
        every = set(codes)
        if row.participant and not self.acts(row.participant, row.date):
            every.add("participant-does-not-exist")
        if not every <= WARNINGS:
            every -= WARNINGS  # "warning: the act stands in the register"
        if row.participant and row.date.isoweekday() > 5:
            every.add("weekend-date")
        self.wrong |= {(row.number, code) for code in every}
        return every <= WARNINGS

    def acts(self, code: str, day: date) -> bool:
        """ "an act dated outside is refused"; "where two codes name one State on one day the continuing code acts" """
        continuing = self.people.continued_by.get(code)
        return self.people.exists(code, day) and not (continuing and self.people.exists(continuing, day))

    # ---- (0) "what comes by itself: memberships, entries into force, denunciations taking effect, 67(2)"

    def comes_by_itself(self, day: date) -> None:
        for book in self.books.values():
            self.fall_with_convention(day)
            self.enter_into_force(book, day)
            for code, stay in list(book.standing.items()):
                # 67(1): "effective one year after the date of receipt"
                if stay.effective_on and stay.effective_on <= day:
                    book.denounced.add(code)
                    self.end(book, code, day)
                # "predecessor-instruments": the State is gone, its instrument stays in the count.
                elif self.people.lives[code][1] < day:
                    if stay.action != "succession":
                        book.predecessors[code] = stay.deposited_on
                    self.end(book, code, day)
            self.cease_with_members(book, day)

    def enter_into_force(self, book: Book, day: date) -> None:
        # 65(1): "T40 + 90 calendar days"
        parent = self.books.get(book.rules.parent)
        waits = parent is not None and parent.in_force_on is None
        if book.in_force_on is None and book.reached_on and day >= book.reached_on + timedelta(90) and not waits:
            book.in_force_on = day
        if book.in_force_on is None:
            return
        for code, stay in book.standing.items():
            # 65(2): "max(deposit + 30, entry into force of the Convention)"; 61(2): "must also be a Party".
            if stay.in_force_on is None and day >= stay.earliest_on and (parent is None or parent.is_party(code)):
                stay.in_force_on = day

    def cease_with_members(self, book: Book, day: date) -> None:
        """67(2), the reading `reio-ceases-with-its-members`."""
        for organization in self.people.organizations & book.standing.keys():
            members = self.people.members(organization, day)
            left = members & book.denounced
            holding = members & book.standing.keys()
            if self.otherwise(book, "reio-ceases-with-its-members"):
                gone = bool(members) and left == members and not holding  # "all members without exception"
            else:
                gone = bool(left) and not holding  # "at least one has denounced with effect and none holds any more"
            if gone:
                # "before the organization's own entry into force, its instrument lapses that day as if withdrawn"
                self.end(book, organization, day)

    def fall_with_convention(self, day: date) -> None:
        """ "A protocol's instrument falls on the day its depositor's participation in the convention ends".

        "An instrument of the convention replaced within one day does not end it": what comes by itself makes a
        protocol's instrument fall at once, a withdrawal only after the day's instruments of the convention.
        """
        for book in self.books.values():
            if parent := self.books.get(book.rules.parent):
                for code in book.standing.keys() - parent.standing.keys():
                    if book.is_party(code) and code in parent.denounced:
                        book.denounced.add(code)  # 67(3)
                    self.end(book, code, day)

    def end(self, book: Book, code: str, day: date) -> None:
        """Ends a participation. "Consent to an amendment, a reservation, a declaration of competence end with it." """
        stay = book.standing.pop(code)
        stay.ended_on = day
        stay.withdrawn = stay.in_force_on is None
        book.competence.discard(code)
        book.consents = {key: on for key, on in book.consents.items() if key[0] != code}
        book.declined = {key for key in book.declined if key[0] != code}
        book.lives.end(code)

    # ---- (1) and (9): withdrawals and revocations

    def stood(self, row: Row) -> bool:
        """Whether what an act withdraws or revokes stands now."""
        book = self.books[row.treaty]
        stay = book.standing.get(row.participant)
        if row.action == "withdrawal of reservation":
            return book.lives.finds(row)
        if row.action == "revocation of denunciation":
            return stay is not None and stay.denounced_on is not None
        if row.subject:
            return (row.participant, row.subject.removeprefix(AMENDMENT)) in book.consents
        return stay is not None

    def undo(self, row: Row) -> None:
        book = self.books[row.treaty]
        if row.action == "withdrawal of reservation":
            if self.verdict(row, () if book.lives.finds(row) else ("withdrawal-of-no-reservation",)):
                book.lives.withdraw(row)
        elif row.action == "revocation of denunciation":
            self.revoke(book, row)
        elif row.subject:
            self.withdraw_consent(book, row)
        else:
            self.withdraw(book, row)

    def withdraw(self, book: Book, row: Row) -> None:
        stay = book.standing.get(row.participant)
        codes = []
        if stay is None:
            codes.append("withdrawal-without-instrument")
        elif stay.in_force_on:
            codes.append("withdrawal-after-entry-into-force")
        if self.verdict(row, codes):
            self.end(book, row.participant, row.date)

    def revoke(self, book: Book, row: Row) -> None:
        # VCLT 68: "effective if received before the day of effect; on the day or later: refused".
        stay = book.standing.get(row.participant)
        if stay is not None and stay.denounced_on:
            if self.verdict(row):
                stay.denounced_on = stay.effective_on = None
            return
        came = any(past.denounced_on for past in book.stays.get(row.participant, ()))
        self.verdict(row, ["revocation-too-late" if came else "revocation-without-denunciation"])

    def withdraw_consent(self, book: Book, row: Row) -> None:
        """ "effective before the day on which it would bind; from that day `withdrawal-after-entry-into-force`" """
        key = (row.participant, row.subject.removeprefix(AMENDMENT))
        codes = []
        if key not in book.consents:
            codes.append("withdrawal-without-instrument")
        elif (binds_on := self.binding_day(book, key)) and binds_on <= row.date:
            codes.append("withdrawal-after-entry-into-force")
        if self.verdict(row, codes):
            del book.consents[key]

    # ---- (2) amendments

    def proposals_from(self, book: Book) -> date | None:
        # 66(1), five-years-expire: "first day is five years **and one day** after"; otherwise "five years after".
        if book.in_force_on is None:
            return None
        five = same_day(book.in_force_on, 5, self.otherwise(book, "anniversary-of-29-february"))
        return five if self.otherwise(book, "five-years-expire") else five + DAY

    def too_early(self, book: Book, row: Row) -> bool:
        since = self.proposals_from(book)
        return since is None or row.date < since

    def propose(self, book: Book, row: Row) -> None:
        amendment = row.subject.removeprefix(AMENDMENT)
        codes = []
        if self.too_early(book, row):
            codes.append("amendment-proposed-too-early")
        if not book.is_party(row.participant):
            codes.append("amendment-proposal-by-non-party")
        if amendment in book.proposed or amendment in book.adopted:
            codes.append("duplicate-amendment")
        if self.verdict(row, codes):
            book.proposed.add(amendment)

    def adopt(self, book: Book, row: Row) -> None:
        amendment = row.subject.removeprefix(AMENDMENT)
        codes = []
        if self.too_early(book, row):
            codes.append("amendment-adopted-too-early")
        if amendment in book.adopted:
            codes.append("duplicate-amendment")
        if self.verdict(row, codes):
            book.adopted[amendment] = row.date

    # ---- (3) signatures

    def sign(self, book: Book, row: Row) -> None:
        codes = []
        # 64(1): "in Hanoi on 25 and 26 October 2025, then in New York until 31 December 2026 inclusive"
        period = next((each for each in book.rules.periods if each.first <= row.date <= each.last), None)
        if period is None:
            codes.append("signature-outside-period")
        elif row.place and period.place and row.place != period.place:
            codes.append("signature-at-wrong-place")
        # "One that only deposited and withdrew may still sign".
        if row.participant in book.standing or book.was_party(row.participant):
            codes.append("signature-after-consent")
        if row.participant in book.signed:
            codes.append("duplicate-signature")
        # 64(2): "if at least one member State has signed (same day is enough)"
        if row.participant in self.people.organizations and not (
            self.people.members(row.participant, row.date) & book.signed.keys()
        ):
            codes.append("reio-signature-without-member")
        if self.verdict(row, codes):
            book.signed[row.participant] = row.date

    # ---- (4) and (5) instruments

    def declare_competence(self, book: Book, row: Row) -> None:
        """ "made after the end of the previous participation; … while an instrument stands is a modification" """
        if (
            row.participant in self.people.organizations
            and not row.subject
            and provision_of(row) in ("64(3)", "64(4)")
            and self.acts(row.participant, row.date)
            and row.participant not in book.standing
        ):
            book.competence.add(row.participant)

    def deposit(self, book: Book, row: Row) -> None:
        code = row.participant
        codes = []
        if row.action in ("formal confirmation", "definitive signature"):
            codes.append("action-not-provided-for")
        if code in book.standing:
            codes.append("duplicate-consent")
        if code in self.people.organizations:
            if code not in book.competence:
                codes.append("reio-competence-not-declared")
            if not self.member_lets_in(book, row):
                codes.append("reio-instrument-without-member")
        parent = self.books.get(book.rules.parent)
        if parent is not None and code not in parent.standing:
            codes.append("protocol-party-not-convention-party")  # 61(2): "same-day deposits of both are fine"
        if book.rules.periods:  # "never under a treaty that nobody signs"
            # "not when it has been a party and left: accession is then the right act"
            if row.action == "accession" and code in book.signed and not book.was_party(code):
                codes.append("accession-by-signatory")
            if row.action in ("ratification", "acceptance", "approval") and code not in book.signed:
                codes.append("ratification-by-non-signatory")
        if self.verdict(row, codes):
            succeeds = row.action == "succession"
            earliest_on = (row.effective or row.date) if succeeds else row.date + timedelta(30)
            stay = book.standing[code] = Stay(row.action, row.date, earliest_on)
            book.stays[code].append(stay)
            if earliest_on > row.date:
                self.plan(earliest_on)
            elif book.in_force_on:
                stay.in_force_on = max(earliest_on, book.in_force_on)

    def member_lets_in(self, book: Book, row: Row) -> bool:
        members = self.people.members(row.participant, row.date) & book.standing.keys()
        if row.action == "accession":
            # 64(4): "a member's deposit is enough"; otherwise "once the member is a party in the strict sense"
            if self.otherwise(book, "party-before-entry-into-force"):
                return any(book.is_party(member) for member in members)
        elif self.otherwise(book, "done-likewise"):
            # 64(3): "any instrument of a member"; otherwise "only ratification, acceptance, approval"
            return any(book.standing[member].action in ("ratification", "acceptance", "approval") for member in members)
        return bool(members)

    # ---- (6) reservations, declarations, notifications, objections

    def reserve(self, book: Book, row: Row) -> None:
        code, amendment = row.participant, row.subject.removeprefix(AMENDMENT)
        if row.subject:
            stay = book.standing.get(code)
            # VCLT 40(5): "with provision `40(5)`, made from the end of the previous participation to the day it
            # becomes a party"
            early = stay is None or stay.in_force_on is None or stay.in_force_on == row.date
            if self.verdict(row) and row.action != "reservation" and provision_of(row) == "40(5)" and early:
                book.declined.add((code, amendment))
            return
        codes = book.lives.examine(row, signed_on=book.signed.get(code), stay=book.standing.get(code))
        if self.verdict(row, codes):
            book.lives.make(row, signed_on=book.signed.get(code), stay=book.standing.get(code))

    def object(self, book: Book, row: Row) -> None:
        if row.subject:
            self.verdict(row)
            return
        self.verdict(row, book.lives.examine_objection(row, book.standing.get(row.participant), same_day))

    # ---- (7) consents to amendments

    def consent_to_amendment(self, book: Book, row: Row) -> None:
        code, amendment = row.participant, row.subject.removeprefix(AMENDMENT)
        codes = []
        if row.action == "accession":
            codes.append("amendment-accession")
        elif row.action not in ("ratification", "acceptance", "approval"):
            codes.append("action-not-provided-for")
        if amendment not in book.adopted:
            book.unadopted.append((row, amendment))
        # amendment-consent-before-party: "of one whose instrument under the Convention stands is accepted";
        # otherwise "refused until it is a party"
        if code not in book.standing or (
            self.otherwise(book, "amendment-consent-before-party") and not book.is_party(code)
        ):
            codes.append("amendment-consent-by-non-party")
        if (code, amendment) in book.consents:
            codes.append("duplicate-consent")
        if self.verdict(row, codes) and amendment in book.adopted:
            book.consents[code, amendment] = row.date
            self.plan(row.date + timedelta(90))

    def binding_day(self, book: Book, key: tuple[str, str]) -> date | None:
        """ "the later of its own ninetieth day and the day the Convention enters into force for it" """
        in_force_on = book.standing[key[0]].in_force_on
        return max(book.consents[key] + timedelta(90), in_force_on) if in_force_on else None

    def bind(self, book: Book, day: date) -> None:
        for key in book.consents:
            binds_on = self.binding_day(book, key)
            if binds_on and binds_on <= day:
                book.standing[key[0]].bonds.setdefault(key[1], day)  # "the earlier of the two days"
                book.amended_on.setdefault(key[1], day)  # "once it has for one party, also if that one has left since"
        if self.otherwise(book, "joining-after-amendment"):
            return
        for code, stay in book.standing.items():
            if stay.in_force_on == day:
                for amendment, since in book.amended_on.items():
                    # "a newcomer becomes a party *after* that day, not on it"
                    if since < day and (code, amendment) not in book.declined:
                        stay.bonds.setdefault(amendment, day)

    # ---- (8) denunciations

    def denounce(self, book: Book, row: Row) -> None:
        stay = book.standing.get(row.participant)
        withdraws = stay is not None and not stay.in_force_on and self.otherwise(book, "denunciation-before-party")
        codes = []
        if not book.is_party(row.participant) and not withdraws:
            codes.append("denunciation-by-non-party")
        if stay is not None and stay.denounced_on:
            codes.append("duplicate-denunciation")
        if self.verdict(row, codes):
            if withdraws:
                self.end(book, row.participant, row.date)
            elif stay is not None:
                stay.denounced_on = row.date
                stay.effective_on = same_day(row.date, 1, self.otherwise(book, "anniversary-of-29-february"))
                self.plan(stay.effective_on)

    # ---- (10) the count, and what is so at the end of the day

    def deposits(self, book: Book) -> dict[str, date]:
        """The instruments that count towards the number, with their days."""
        organizations = self.people.organizations
        return book.predecessors | {
            code: stay.deposited_on
            for code, stay in book.standing.items()
            if code not in organizations and stay.action != "succession"  # "its successors add nothing"
        }

    def lone_organizations(self, book: Book, day: date) -> dict[str, date]:
        """reio-never-counted, otherwise: "counts while no member has deposited"."""
        if not self.otherwise(book, "reio-never-counted"):
            return {}
        held = book.standing.keys() | {code for code in book.stays if book.was_party(code)}
        return {
            code: [stay for stay in book.stays[code] if not stay.withdrawn][-1].deposited_on
            for code in held & self.people.organizations
            if not self.people.members(code, day) & held
        }

    def count(self, book: Book, day: date) -> None:
        days = sorted((self.deposits(book) | self.lone_organizations(book, day)).values())
        number = book.rules.instruments
        if book.in_force_on is None:
            if self.otherwise(book, "withdrawal-after-threshold"):
                # "the day on which the fortieth *of those* [still standing] was deposited"
                book.reached_on = days[number - 1] if len(days) >= number else None
            elif book.reached_on is None and len(days) >= number:
                book.reached_on = day  # "T40 is a historical fact, the date stands"
            if book.reached_on:
                self.plan(max(book.reached_on + timedelta(90), day))
        # 62(1), sixty-parties: "REIOs do not count towards 60"; otherwise "they do".
        parties = {code for code in book.standing if book.is_party(code)}
        if not self.otherwise(book, "sixty-parties"):
            parties -= self.people.organizations
        if book.quorum_on is None and len(parties) >= book.rules.quorum:
            book.quorum_on = day

    def look(self, book: Book, day: date) -> None:
        standings = {}
        for code in book.signed.keys() | book.stays.keys():
            if code in book.standing:
                standings[code] = "party" if book.is_party(code) else "contracting"
            elif book.was_party(code):
                standings[code] = "former party"
            elif code in book.signed and self.people.exists(code, day):
                standings[code] = "signatory"
        # "counted: States whose instrument stands or has taken effect, each once"; "deposited adds the REIOs".
        stands = set(book.predecessors)
        for code, stays in book.stays.items():
            if any(stay.action != "succession" and not stay.withdrawn for stay in stays):
                stands.add(code)
        counted = (stands - self.people.organizations) | self.lone_organizations(book, day).keys()
        values = list(standings.values())
        book.days[day] = Snapshot(
            counted=len(counted),
            deposited=len(stands),
            parties=values.count("party"),
            contracting=values.count("contracting"),
            former_parties=values.count("former party"),
            signatories=len(book.signed),
            standings=tuple(sorted(standings.items())),
        )

    # ---- What the walk answers

    def answer(self, treaty: str) -> Answer:
        book = self.books[treaty]
        return Answer(
            in_force_on=book.in_force_on,
            reached_on=book.reached_on,
            # 57(2): "not later than one year after entry into force"
            conference_by=book.in_force_on
            and same_day(book.in_force_on, 1, self.otherwise(book, "anniversary-of-29-february")),
            proposals_from=self.proposals_from(book),
            quorum_on=book.quorum_on,
            signatures=dict(book.signed),
            participations={
                code: tuple(
                    Participation(
                        stay.action,
                        stay.deposited_on,
                        stay.in_force_on,
                        stay.ended_on,
                        stay.withdrawn,
                        stay.denounced_on,
                        stay.effective_on,
                        tuple(sorted(stay.bonds.items())),
                    )
                    for stay in stays
                )
                for code, stays in book.stays.items()
            },
            days=book.days,
        )
