"""The life of a reservation: made, confirmed or lapsed, standing, premature, late, objected to, withdrawn, ended."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Protocol

from tests.second_reading.ledger import Row, same_day

PROVIDED_FOR = ("11(3)", "23(3)(a)", "23(3)(b)", "42(5)", "63(3)")
OPTIONS = ("7(2)", "8(2)", "9(2)", "12(2)", "14(3)", "15(2)", "16(5)")


def provision_of(row: Row) -> str:
    """ "`63 (3)`, `63.3` and `63(3)` are one provision." """
    return provision_written(row.provision)


@cache
def provision_written(text: str) -> str:
    article, *paragraphs = re.findall(r"\w+", text) or ("",)
    return str(article) + "".join(f"({paragraph})" for paragraph in paragraphs)


class Instrument(Protocol):
    """What a reservation needs to know of a participation."""

    deposited_on: date


@dataclass
class Objection:
    """An objection that lives: the reservations it is against, by row, and from when it acts, once that is known."""

    row: Row
    against: set[int]
    acts_from: date | None
    sleeps: bool
    """It is a signatory's, and waits for its instrument."""


@dataclass(frozen=True)
class Reservation:
    """A reservation that lives."""

    row: Row
    kind: str
    moment: str
    """`signature`, `instrument`, `late` or `premature`."""

    @property
    def provision(self) -> str:
        return provision_of(self.row)


class Lives:
    """The reservations under one treaty that live, by participant."""

    def __init__(self, listed: bool, otherwise: Callable[[str], bool], wrong: set[tuple[int, str]]) -> None:
        self.listed = listed
        """Whether the treaty lists its reservations: the numbers above are the Convention's, no protocol's."""
        self.otherwise = otherwise
        self.wrong = wrong
        self.living: dict[str, list[Reservation]] = {}
        self.asleep: dict[str, list[tuple[Reservation, date]]] = {}
        """The objections of signatories to late reservations, and until when each is in time."""
        self.objected: set[int] = set()
        """The rows of the late reservations to which one contracting State objected in time."""
        self.objections: list[Objection] = []
        self.courses: dict[int, list[tuple[date, str]]] = {}
        """What becomes of each reservation, by its row: the day from which it is in a state."""

    def class_of(self, row: Row) -> str:
        """ "Class, not label." """
        provision = provision_of(row)
        if row.action == "reservation":
            return "option" if self.listed and provision in OPTIONS else "reservation"
        if row.action == "declaration" and self.listed and provision in PROVIDED_FOR:
            return "reservation"
        return "communication"

    def moment(self, row: Row, signed_on: date | None, stay: Instrument | None) -> str:
        """ "*Late*: dated after the instrument"; "*Premature*: neither at signature nor with an instrument" """
        if stay is not None:
            return "instrument" if stay.deposited_on == row.date else "late"
        return "signature" if signed_on == row.date else "premature"

    def examine(self, row: Row, signed_on: date | None, stay: Instrument | None) -> list[str]:
        if self.class_of(row) != "reservation":
            return []  # "never late, unconfirmed or not provided for"
        codes = ["reservation-not-provided-for"] if self.listed and provision_of(row) not in PROVIDED_FOR else []
        moment = self.moment(row, signed_on, stay)
        return [*codes, *(f"reservation-{each}" for each in ("late", "premature") if each == moment)]

    def make(self, row: Row, signed_on: date | None, stay: Instrument | None) -> None:
        if (kind := self.class_of(row)) != "communication":
            moment = self.moment(row, signed_on, stay)
            state = {"signature": "made at signature", "premature": "premature", "late": "proposed"}.get(moment)
            if state is None or (moment == "late" and kind == "option"):
                state = "standing"
            made = Reservation(row, kind, moment)
            self.living.setdefault(row.participant, []).append(made)
            self.become(made, row.date, state)

    def become(self, reservation: Reservation, day: date, state: str) -> None:
        self.courses.setdefault(reservation.row.number, []).append((day, state))

    def confirm(self, day: date, standing: Mapping[str, Instrument]) -> None:
        """ "Made at signature, it is repeated with the instrument, accession included, or lapses (VCLT 23(2))." """
        for code, living in self.living.items():
            stay = standing.get(code)
            if stay is None or stay.deposited_on != day:
                continue
            repeated = {each.provision for each in living if each.moment == "instrument"}
            stays = []
            for each in living:
                stands = each.moment in ("instrument", "late") or each.kind == "option"
                if each.moment == "signature" and each.kind == "reservation" and each.provision not in repeated:
                    # confirmation-of-63(3), otherwise: "it stands from signature"
                    if each.provision == "63(3)" and self.otherwise("confirmation-of-63(3)"):
                        stands = True
                    else:
                        self.wrong.add((each.row.number, "reservation-unconfirmed"))
                if stands:
                    stays.append(each)
                elif each.provision in repeated:
                    self.reach(each, living, day)
                if each.moment in ("signature", "premature"):
                    self.become(each, day, "standing" if stands else "lapsed")
            living[:] = stays
        for code in [code for code in self.asleep if (stay := standing.get(code)) and stay.deposited_on == day]:
            # "a signatory's then takes effect by itself"
            for reservation, last in self.asleep.pop(code):
                if day <= last:
                    self.objected.add(reservation.row.number)

    def reach(self, lapsed: Reservation, living: list[Reservation], day: date) -> None:
        """ "One made before the reservation was confirmed need not be repeated (23(3))." """
        confirming = {each.row.number for each in living if each.provision == lapsed.provision and each.row.date == day}
        for objection in self.objections:
            if lapsed.row.number in objection.against:
                objection.against |= confirming

    def wake(self, day: date, standing: Mapping[str, Instrument]) -> None:
        """ "a signatory's then takes effect by itself" """
        for objection in self.objections:
            stay = standing.get(objection.row.participant)
            if objection.sleeps and stay is not None and stay.deposited_on == day:
                objection.acts_from, objection.sleeps = day, False

    def withdraw_objections(self, row: Row) -> None:
        """ "may be withdrawn (22(2)), from receipt (22(3))" """
        self.objections = [
            each
            for each in self.objections
            if each.row.participant != row.participant
            or (row.addressee and row.addressee != each.row.addressee)
            or (row.provision and provision_of(row) != provision_of(each.row))
        ]

    def between(self, day: date) -> frozenset[tuple[str, str, str, bool]]:
        """Objector, addressee, provision of each objection that has its effect at the end of a day; whether it keeps
        the treaty from being in force between the two (20(4)(b))."""
        return frozenset(
            (each.row.participant, each.row.addressee, provision_of(each.row), bool(each.row.effect))
            for each in self.objections
            if each.acts_from is not None
            and each.acts_from <= day
            and any(self.courses[number][-1][1] == "standing" for number in each.against)
        )

    def circulate(self, day: date) -> None:
        """ "accepted …, unless by the end of that day one contracting State has objected; … then not accepted" """
        for living in self.living.values():
            for each in list(living):
                last = self.last_day(each)
                if self.courses[each.row.number][-1][1] == "proposed" and last and last < day:
                    refused = each.row.number in self.objected
                    self.become(each, last, "not accepted" if refused else "standing")
                    if refused:
                        living.remove(each)

    def matching(self, participant: str, provision: str) -> list[Reservation]:
        living = self.living.get(participant, [])
        return [each for each in living if not provision or each.provision == provision]

    def finds(self, row: Row) -> bool:
        return bool(self.matching(row.participant, provision_of(row)))

    def withdraw(self, row: Row) -> None:
        gone = self.matching(row.participant, provision_of(row))
        for each in gone:
            self.become(each, row.date, "withdrawn")
        self.living[row.participant] = [each for each in self.living[row.participant] if each not in gone]

    def unsign(self, code: str, day: date) -> None:
        """One made at signature ends with the signature: nothing is left that could be confirmed."""
        for each in self.living.get(code, []):
            if each.moment == "signature":
                self.become(each, day, "ended")
        self.living[code] = [each for each in self.living.get(code, []) if each.moment != "signature"]

    def standing(self, code: str) -> frozenset[str]:
        """The provisions to which reservations of a participant stand; options of the text are none."""
        living = [each for each in self.living.get(code, ()) if each.kind == "reservation"]
        return frozenset(each.provision for each in living if self.courses[each.row.number][-1][1] == "standing")

    def end(self, code: str, day: date) -> None:
        """ "Ended with its participation"; an objection "ends with either participation"."""
        self.objections = [
            each for each in self.objections if each.sleeps or code not in (each.row.participant, each.row.addressee)
        ]
        for each in self.living.pop(code, ()):
            self.become(each, day, "ended")

    def last_day(self, reservation: Reservation) -> date | None:
        """ "the same calendar day one year after its C.N."; None: "*not yet notified*, no period runs" """
        notified = reservation.row.notified
        return notified and same_day(
            max(notified, reservation.row.date), 1, self.otherwise("anniversary-of-29-february")
        )

    def examine_objection(self, row: Row, stay: Instrument | None) -> list[str]:
        against = self.matching(row.addressee, provision_of(row)) if row.addressee and row.provision else []
        option = bool(against) and all(each.kind == "option" for each in against)
        if option or (row.addressee and not row.provision):
            return []  # "to an option, or to an instrument: a communication"
        if stay is None:
            return ["objection-by-non-contracting"]
        last_days = [self.last_day(each) for each in against]
        # "until twelve months after the C.N., or the day of the objector's own instrument, whichever is later"
        late = bool(against) and all(day and row.date > max(day, stay.deposited_on) for day in last_days)
        return ["objection-late"] if late else []

    def object(self, row: Row, stay: Instrument | None, signed: bool) -> None:
        """Keeps an objection that may act; to a late reservation one that is in time. A signatory's sleeps."""
        against = self.matching(row.addressee, provision_of(row)) if row.addressee and row.provision else []
        numbers = {each.row.number for each in against if each.kind == "reservation"}
        # objection-to-authorized-reservation: "communicated"; otherwise "20(4)(b) and 21(3) apply"
        authorized = self.listed and provision_of(row) in PROVIDED_FOR
        communicated = authorized and not self.otherwise("objection-to-authorized-reservation")
        late = "objection-late" in self.examine_objection(row, stay)
        if numbers and (stay is not None or signed) and not late and not communicated:
            self.objections.append(Objection(row, numbers, row.date if stay else None, stay is None))
        for each in self.matching(row.addressee, provision_of(row)) if row.addressee and row.provision else ():
            last = self.last_day(each)
            if each.moment == "late" and each.kind == "reservation" and last and row.date <= last:
                if stay is not None:
                    self.objected.add(each.row.number)
                elif signed:
                    self.asleep.setdefault(row.participant, []).append((each, last))
