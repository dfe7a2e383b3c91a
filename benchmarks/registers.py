"""Registers made up with a seed: a treaty of about 200 participants and 330 acts, and a collection of treaties."""

import random
from datetime import date, timedelta

from depositary.law.acts import Act, Action
from depositary.law.clauses import Clauses
from depositary.law.participants import Membership, Name, Participant, Participants
from depositary.treaties.clause_files import read_clauses

STATES = tuple(f"S{number:03}" for number in range(1, 200))
FIRST_DAY = date(2000, 1, 3)

PARTICIPANTS = Participants(
    [
        *(Participant(code, "state", (Name({"en": code}, ""),)) for code in STATES),
        Participant("ORG", "reio", (Name({"en": "ORG"}, ""),)),
    ],
    [Membership("ORG", code, date(1990, 1, 1)) for code in STATES[:27]],
)


def clauses(identifier: str) -> Clauses:
    """Final clauses of the usual kind: the fortieth instrument and ninety days, thirty for those that follow."""
    return read_clauses(
        f"""
        id = "{identifier}"
        title = "Treaty {identifier}"
        [[signature.period]]
        from = 2000-01-01
        until = 2099-12-31
        [reio]
        signature_needs_member = "64(2)"
        instrument_needs_member = "64(3)"
        [entry_into_force]
        provision = "65(1)"
        instruments = 40
        after = {{ days = 90 }}
        [entry_into_force.participant]
        provision = "65(2)"
        after = {{ days = 30 }}
        [denunciation]
        provision = "67(1)"
        after = {{ years = 1 }}
        """,
        identifier,
    )


def acts(treaty: str, seed: int, consents: int = 190) -> list[Act]:
    """The acts of one treaty in the order of recording, which is nearly that of their dates."""
    chance = random.Random(seed)
    found: list[Act] = []

    def add(code: str, action: Action, day: int) -> None:
        found.append(Act(treaty, code, action, FIRST_DAY + timedelta(days=day), number=len(found) + 1))

    for code in chance.sample((*STATES, "ORG"), consents):
        signed = chance.randrange(700) if chance.random() < 0.7 else None
        day = chance.randrange(700, 5000)
        if signed is not None:
            add(code, "signature", signed)
        add(code, "ratification" if signed is not None else "accession", day)
        if chance.random() < 0.02:
            add(code, "denunciation", day + 2000)
    found.sort(key=lambda act: act.date + timedelta(days=chance.randrange(3)))
    return found
