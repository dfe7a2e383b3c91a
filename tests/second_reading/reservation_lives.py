"""The life of a reservation: made, confirmed or lapsed, standing, premature, late, objected to, withdrawn, ended."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from tests.second_reading.ledger import Row

PROVIDED_FOR = ("11(3)", "23(3)(a)", "23(3)(b)", "42(5)", "63(3)")
OPTIONS = ("7(2)", "8(2)", "9(2)", "12(2)", "14(3)", "15(2)", "16(5)")


def provision_of(row: Row) -> str:
    """ "`63 (3)`, `63.3` and `63(3)` are one provision." """
    article, *paragraphs = re.findall(r"\w+", row.provision) or ("",)
    return str(article) + "".join(f"({paragraph})" for paragraph in paragraphs)


def class_of(row: Row) -> str:
    """ "Class, not label." """
    provision = provision_of(row)
    if row.action == "reservation":
        return "option" if provision in OPTIONS else "reservation"
    if row.action == "declaration" and provision in PROVIDED_FOR:
        return "reservation"
    return "communication"


class Instrument(Protocol):
    """What a reservation needs to know of a participation."""

    deposited_on: date


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

    def __init__(self, otherwise: Callable[[str], bool], wrong: set[tuple[int, str]]) -> None:
        self.otherwise = otherwise
        self.wrong = wrong
        self.living: dict[str, list[Reservation]] = {}

    def moment(self, row: Row, signed_on: date | None, stay: Instrument | None) -> str:
        """ "*Late*: dated after the instrument"; "*Premature*: neither at signature nor with an instrument" """
        if stay is not None:
            return "instrument" if stay.deposited_on == row.date else "late"
        return "signature" if signed_on == row.date else "premature"

    def examine(self, row: Row, signed_on: date | None, stay: Instrument | None) -> list[str]:
        if class_of(row) != "reservation":
            return []  # "never late, unconfirmed or not provided for"
        codes = [] if provision_of(row) in PROVIDED_FOR else ["reservation-not-provided-for"]
        moment = self.moment(row, signed_on, stay)
        return [*codes, *(f"reservation-{each}" for each in ("late", "premature") if each == moment)]

    def make(self, row: Row, signed_on: date | None, stay: Instrument | None) -> None:
        if (kind := class_of(row)) != "communication":
            moment = self.moment(row, signed_on, stay)
            self.living.setdefault(row.participant, []).append(Reservation(row, kind, moment))

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
            living[:] = stays

    def matching(self, participant: str, provision: str) -> list[Reservation]:
        living = self.living.get(participant, [])
        return [each for each in living if not provision or each.provision == provision]

    def finds(self, row: Row) -> bool:
        return bool(self.matching(row.participant, provision_of(row)))

    def withdraw(self, row: Row) -> None:
        gone = self.matching(row.participant, provision_of(row))
        self.living[row.participant] = [each for each in self.living[row.participant] if each not in gone]

    def end(self, code: str) -> None:
        """ "Ended with its participation (a returning State makes it anew)." """
        self.living.pop(code, None)

    def examine_objection(
        self, row: Row, stay: Instrument | None, same_day: Callable[[date, int, bool], date]
    ) -> list[str]:
        against = self.matching(row.addressee, provision_of(row)) if row.addressee and row.provision else []
        if against and all(each.kind == "option" for each in against):
            return []  # "an objection to it is a communication"
        if stay is None:
            return ["objection-by-non-contracting"]
        # "No C.N. known: *not yet notified*, no period runs, nothing is called late on either side"
        issued = [each.row.notified for each in against if each.kind == "reservation"]
        if not issued or None in issued:
            return []
        # "until twelve months after the C.N., or the day of the objector's own instrument, whichever is later"
        otherwise = self.otherwise("anniversary-of-29-february")
        last = max(same_day(day, 1, otherwise) for day in issued if day is not None)
        return ["objection-late"] if row.date > max(last, stay.deposited_on) else []
