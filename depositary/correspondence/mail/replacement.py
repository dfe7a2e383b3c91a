"""A letter that replaces one that did not arrive: what it said, to the address that its mission has now.

It belongs to the same edition or notification, has the same copy number, and refers to the letter that it follows.
"""

from collections.abc import Mapping
from dataclasses import replace

from sqlmodel import Session

from depositary.authorities.certificates import certificate_fault
from depositary.authorities.missions import Mission
from depositary.correspondence.mail.outbox import letter_of, post
from depositary.correspondence.mail.steps import Posted
from depositary.correspondence.mail.tables import LetterRow
from depositary.desk.audit import Doing
from depositary.errors import BadInput, DepositaryError, Sentence
from depositary.register.seal import Seal

NOT_TO_A_MISSION = ("contact ping", "contact change", "alert", "circulation approval")
"""How the editions of letters begin that go to points of contact, subscribers and officers."""

THREAD = ("In-Reply-To", "References")


class LetterRefused(DepositaryError):
    """This cannot be done with the letter as it stands. Nothing was done."""


def is_to_a_mission(edition: str) -> bool:
    """Whether the letters of an edition go to missions."""
    return not edition.startswith(NOT_TO_A_MISSION)


def post_replacement(session: Session, letter: Posted, known: Mapping[str, Mission], seal: Seal, doing: Doing) -> None:
    """Posts the letter that replaces one. Raises LetterRefused where its mission has no address, or no certificate."""
    mission = known.get(letter.recipient.partition(" ")[0])
    if mission is None:
        raise LetterRefused(
            Sentence("No mission of %(code)s has an address now. Nothing was done.", code=letter.recipient)
        )
    row = session.get_one(LetterRow, letter.number)
    certificate = "" if certificate_fault(mission.certificate) else mission.certificate
    before = letter_of(session, row, seal)
    headers = tuple(pair for pair in before.headers if pair[0] not in THREAD)
    follows = tuple((name, row.message_id) for name in THREAD)
    try:
        anew = replace(before, to=mission.email, certificate=certificate, headers=headers + follows)
    except BadInput:
        raise LetterRefused(
            Sentence(
                "What letter %(number)d says is protected, and the mission has no certificate now. Nothing was done.",
                number=letter.number,
            )
        ) from None
    domain = row.message_id.rpartition("@")[2].rstrip(">")
    post(
        session,
        letter.edition,
        letter.recipient,
        anew,
        seal,
        doing,
        domain=domain,
        copy=letter.copy,
        again=letter.again + 1,
    )
