"""The world, walked day by day: what stands under a convention and its protocols at the end of each day.

The text is the Convention's; the sentences quoted beside the lines are those of its readings and of the order within
a day. The walk keeps sets and dicts of what stands, looks at nothing that is to come, and never goes back.
"""

import heapq
from collections import defaultdict
from collections.abc import Callable, Iterable
from datetime import date, timedelta

from tests.second_reading.acts import RESERVED, Acts
from tests.second_reading.ledger import CONSENTS, REPEATED, Answer, Ledger, Participation, Row, Snapshot, same_day
from tests.second_reading.reservation_lives import provision_of
from tests.second_reading.standing import Book, Choices

UNDOING = (*RESERVED, "withdrawal of instrument", "revocation of denunciation", "withdrawal of signature")
"""What is undone first: a reservation stood when the day began, also where its instrument is withdrawn on that day."""
_RANK = {action: place for place, action in enumerate(REPEATED)}


def words_of(row: Row) -> tuple[object, ...]:
    """ "then by provision, then by text"; where these are the same, by place and line."""
    return provision_of(row), row.text, row.place, row


class World(Acts):
    """The walk over one ledger under one set of choices. Where it looks, it keeps what is so at the end of each day."""

    def __init__(self, ledger: Ledger, choices: Choices, *, looks: bool = True) -> None:
        super().__init__(ledger, choices)
        self.looks = looks
        self.rows: dict[date, list[Row]] = defaultdict(list)
        for row in ledger.rows:
            if row.action != "ruling":
                self.rows[row.date].append(row)
        for day in self.rows:
            self.plan(day)
        for membership in self.people.memberships:
            self.plan(membership.since)
            self.plan_after(membership.until)
        for code in {row.participant for row in ledger.rows if row.participant}:
            self.plan_after(self.people.lives[code][1])
        begins_on = min(self.rows, default=None)
        while self.days:
            day = heapq.heappop(self.days)
            if begins_on and day >= begins_on:  # before the first act nothing stands
                self.live_through(day)
        for book in self.books.values():
            book.lives.circulate(date.max)
            for row, amendment in book.unadopted:
                known = amendment in book.proposed or amendment in book.adopted
                self.wrong.add((row.number, "amendment-not-yet-adopted" if known else "amendment-unknown"))
        # What is done with a signature on a day and at a place that 64(1) itself names is no surprise on a weekend.
        self.wrong |= {
            (row.number, "weekend-date")
            for row in self.on_weekends
            if (row.treaty, row.participant, row.date) not in self.named
        }

    # ---- One day: "the acts of all participants are read in these steps"

    def live_through(self, day: date) -> None:
        for book in self.books.values():
            book.lives.circulate(day)  # the circulations whose last day has passed
        self.comes_by_itself(day)  # (0)
        if day in self.rows:
            self.take(day)
        # "(10) 67(2) again; the count is taken at the end of the day"
        for book in self.books.values():
            self.cease_with_members(book, day)
            self.fall_with_convention(day)
        for book in self.books.values():
            self.bind(book, day)
            self.count(book, day)
            if self.looks:
                self.look(book, day)

    def take(self, day: date) -> None:
        """The acts of one day, in steps (1) to (9)."""
        # "the one first in `consent.actions`, then by provision, then by text has effect"
        rows = sorted(
            self.rows[day],
            key=lambda row: (row.participant, _RANK.get(row.action, 9), row.action, *words_of(row)),
        )
        first = [row for row in rows if row.action in UNDOING and self.stood(row)]
        # "(1) withdrawals and revocations whose object stood at the beginning of the day"
        for row in sorted(first, key=lambda row: UNDOING.index(row.action)):
            self.undo(row)
        # "(2) amendment proposals, then adoptions"
        self.each(self.states_first(rows), self.propose, "amendment proposal")
        self.each(rows, self.adopt, "amendment adoption")
        # "(3) signatures, States before organizations"
        signing = sorted(rows, key=lambda row: row.action != "signature")
        self.each(self.states_first(signing), self.sign_or_succeed, "signature", "succession to signature")
        # "(4) declarations of competence"
        self.each(rows, self.declare_competence, "declaration")
        # "(5) instruments, the Convention's before a protocol's, States before organizations"
        for book in self.books.values():
            of_treaty = [row for row in rows if row.treaty == book.rules.treaty and not row.subject]
            self.each(self.states_first(of_treaty), self.deposit, *CONSENTS)
            self.fall_with_convention(day)
        # "(6) reservations, declarations, notifications, territories, then objections"
        self.each(rows, self.reserve, "reservation", "declaration", "notification")
        self.each(rows, self.extend, "territorial application")
        self.each(rows, self.communicate, "provisional application", "objection to correction")
        for book in self.books.values():
            book.lives.confirm(day, book.standing)
            book.lives.wake(day, book.standing)
        self.each(rows, self.object, "objection")
        # "(7) consents to amendments"
        self.each([row for row in rows if row.subject], self.consent_to_amendment, *CONSENTS)
        # "(8) denunciations"
        self.each(rows, self.denounce, "denunciation")
        # "(9) withdrawals and revocations that found nothing in step 1"; an objection of the day may be withdrawn on it
        for row in rows:
            if row.action == "withdrawal of objection" and self.verdict(row):
                self.books[row.treaty].lives.withdraw_objections(row)
        later = [row for row in rows if row.action in UNDOING and row not in first]
        for row in sorted(later, key=lambda row: UNDOING.index(row.action)):
            self.undo(row)

    def each(self, rows: Iterable[Row], step: Callable[[Book, Row], None], *actions: str) -> None:
        for row in rows:
            if row.action in actions:
                step(self.books[row.treaty], row)

    def states_first(self, rows: list[Row]) -> list[Row]:
        return sorted(rows, key=lambda row: row.participant in self.people.organizations)

    # ---- (0) "what comes by itself: memberships, entries into force, denunciations taking effect, 67(2)"

    def comes_by_itself(self, day: date) -> None:
        for book in self.books.values():
            for code, stay in list(book.standing.items()):
                # predecessor-instruments: the State is gone, its instrument "stays in the count".
                if self.people.lives[code][1] < day:
                    if stay.action != "succession":
                        book.predecessors[code] = stay.deposited_on
                    self.end(book, code, day)
        for book in self.books.values():
            self.fall_with_convention(day)
            self.enter_into_force(book, day)
            for code, stay in list(book.standing.items()):
                # 67(1): "effective one year after the date of receipt"
                if stay.effective_on and stay.effective_on <= day:
                    book.denounced.add(code)
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
                    # 67(3): "denouncing the Convention denounces its protocols, on the same date"
                    if code in parent.stays and (last := parent.stays[code][-1]).effective_on == last.ended_on == day:
                        book.denounced.add(code)
                    self.end(book, code, day)

    # ---- (10) the count, and what is so at the end of the day

    def deposits(self, book: Book) -> dict[str, date]:
        """The instruments that count towards the number, with their days."""
        deposits = book.predecessors | {
            code: stay.deposited_on
            for code, stay in book.standing.items()
            if stay.action != "succession"  # "its successors add nothing"
        }
        return {code: day for code, day in deposits.items() if code not in self.people.organizations}

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
        deposits = self.deposits(book) | self.lone_organizations(book, day)
        if book.in_force_on is None:
            if self.otherwise(book, "withdrawal-after-threshold"):
                # "the day on which the fortieth *of those* [still standing] was deposited"
                days = sorted(deposits.values())
                enough = (on for on in days if book.rules.enough([code for code in deposits if deposits[code] <= on]))
                book.reached_on = next(enough, None)
            elif book.reached_on is None and book.rules.enough(deposits):
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
            elif code in book.signed:
                standings[code] = "signatory"
        # "counted: States whose instrument stands or has taken effect, each once"; "deposited adds the REIOs".
        stands = set(book.predecessors)
        for code, stays in book.stays.items():
            if any(stay.action != "succession" and not stay.withdrawn for stay in stays):
                stands.add(code)
        counted = (stands - self.people.organizations) | self.lone_organizations(book, day).keys()
        values = list(standings.values())
        parties = {code: book.standing[code].in_force_on for code, where in standings.items() if where == "party"}
        book.days[day] = Snapshot(
            in_force=parties,
            bonds={
                code: frozenset(name for name, since in stay.bonds.items() if since <= day)
                for code, stay in book.standing.items()
            },
            reserved={code: book.lives.standing(code) for code in parties},
            left_out={code: frozenset(book.standing[code].left_out) for code in parties},
            objections=book.lives.between(day),
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
            reservations=book.lives.courses,
            days=book.days,
        )
