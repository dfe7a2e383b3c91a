"""What persons decide about a letter. One person notes a receipt or a bounce; two persons settle an unknown outcome.

A letter that is `unknown`, refused, given up or bounced is sent again under the same Message-ID and copy number; or it
is replaced by one to the address its mission has now; or it is marked as delivered by other means. One that stands in a
file only is marked so as well. One person proposes it with a reason, and a second person agrees. The database enforces
this.
"""

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from typing import Literal

import sqlalchemy as sa
from sqlmodel import Session

from depositary.authorities.missions import Mission
from depositary.correspondence.mail.outcomes import FOR_A_PERSON, SETTLED
from depositary.correspondence.mail.replacement import LetterRefused, is_to_a_mission, post_replacement
from depositary.correspondence.mail.steps import LetterStep, Posted, insert, letters, posted_letter
from depositary.desk.audit import Doing, log
from depositary.errors import Sentence
from depositary.register.seal import Seal
from depositary.words.circulation import LETTER_STATES

Choice = Literal["resend", "delivered", "replaced"]

LONGEST = 2000
COMPLETE_WITHIN = timedelta(hours=1)
"""A letter should be settled within this time; a later one raises an alarm, even though nothing failed."""


def propose_outcome(session: Session, number: int, choice: Choice, reason: str, seal: Seal, doing: Doing) -> Posted:
    """One person proposes to send a letter again or to mark it as delivered. Raises LetterRefused."""
    letter = _known(session, number, seal)
    if letter.state not in FOR_A_PERSON:
        raise LetterRefused(
            Sentence(
                "State of letter %(number)d: %(state)s; there is nothing to decide. Nothing was done.",
                number=number,
                state=Sentence(LETTER_STATES[letter.state]),
            )
        )
    if choice == "resend" and letter.state == "written":
        raise LetterRefused(
            Sentence("Letter %(number)d stands in a file: say how it was delivered. Nothing was done.", number=number)
        )
    if choice == "replaced" and not is_to_a_mission(letter.edition):
        raise LetterRefused(Sentence("Letter %(number)d was not to a mission. Nothing was done.", number=number))
    _add(session, letter, LetterStep("proposed", doing.by, doing.at, _reason(reason), choice), seal)
    log(session, doing, "letter: proposed", f"letter {number} of {letter.edition}: {choice}")
    return _known(session, number, seal)


def agree_outcome(
    session: Session, number: int, choice: Choice, seal: Seal, doing: Doing, known: Mapping[str, Mission] | None = None
) -> Posted:
    """A second person agrees to what was proposed. Raises LetterRefused, for the same person as well.

    `known` are the missions by participant: a letter that is replaced goes to the address its mission has now.
    """
    letter = _known(session, number, seal)
    last = letter.steps[-1] if letter.steps else None
    if last is None or last.what != "proposed" or last.choice != choice:
        raise LetterRefused(
            Sentence(
                "This was not proposed for letter %(number)d, or another proposal has been made since. "
                "Nothing was done.",
                number=number,
            )
        )
    if last.done_by == doing.by:
        raise LetterRefused(Sentence("A second person must agree to a proposal. Nothing was done."))
    _add(session, letter, LetterStep(choice, doing.by, doing.at), seal)
    if choice == "replaced":
        post_replacement(session, letter, known or {}, seal, doing)
    log(session, doing, f"letter: {choice}", f"letter {number} of {letter.edition}, proposed by {last.done_by}")
    return _known(session, number, seal)


def propose_delivery(session: Session, edition: str, reason: str, seal: Seal, doing: Doing) -> int:
    """One person says how the letters in files of an edition were delivered; how many. Raises LetterRefused."""
    written = [letter for letter in letters(session, seal, edition) if letter.state == "written"]
    return len(
        [propose_outcome(session, letter.number, "delivered", reason, seal, doing) for letter in one_or_more(written)]
    )


def agree_delivery(session: Session, edition: str, seal: Seal, doing: Doing) -> int:
    """A second person agrees that the letters that stood in files were delivered; how many. Raises LetterRefused."""
    proposed = [letter for letter in letters(session, seal, edition) if is_delivery_proposed(letter)]
    return len([agree_outcome(session, letter.number, "delivered", seal, doing) for letter in one_or_more(proposed)])


def is_delivery_proposed(letter: Posted) -> bool:
    """Whether a letter stands in a file, and one person has said how it was delivered."""
    return letter.state == "proposed" and len(letter.steps) > 1 and letter.steps[-2].what == "written"


def one_or_more(found: list[Posted]) -> list[Posted]:
    """Letters to decide about. Raises LetterRefused where there is none."""
    if not found:
        raise LetterRefused(Sentence("There is no such letter in this edition. Nothing was done."))
    return found


def note_outcome(
    session: Session, number: int, what: Literal["received", "bounced"], said: str, seal: Seal, doing: Doing
) -> Posted:
    """Notes the mission's receipt, or a bounce, of a letter that was sent. Raises LetterRefused."""
    letter = _known(session, number, seal)
    if letter.state not in SETTLED:
        raise LetterRefused(
            Sentence(
                "State of letter %(number)d: %(state)s; two persons decide what became of it. Nothing was done.",
                number=number,
                state=Sentence(LETTER_STATES[letter.state]),
            )
        )
    _add(session, letter, LetterStep(what, doing.by, doing.at, _reason(said)), seal)
    log(session, doing, f"letter: {what}", f"letter {number} of {letter.edition}")
    return _known(session, number, seal)


def overdue(posted: Iterable[Posted], at: datetime) -> list[Posted]:
    """The letters that are not settled an hour after they were posted or sent again, whatever the cause."""
    return [
        letter
        for letter in posted
        if letter.state not in SETTLED
        and max([letter.posted_at, *(step.done_at for step in letter.steps if step.what == "resend")]) + COMPLETE_WITHIN
        <= at
    ]


def _known(session: Session, number: int, seal: Seal) -> Posted:
    found = posted_letter(session, number, seal)
    if found is None:
        raise LetterRefused(Sentence("There is no letter %(number)d.", number=number))
    return found


def _add(session: Session, letter: Posted, step: LetterStep, seal: Seal) -> None:
    try:
        insert(session, letter.number, len(letter.steps) + 1, step, seal)
    except sa.exc.IntegrityError:
        raise LetterRefused(Sentence("Another person has done this already. Nothing was done.")) from None


def _reason(text: str) -> str:
    if not text.strip() or len(text) > LONGEST:
        raise LetterRefused(Sentence("Say why, in 1 to %(number)d characters. Nothing was done.", number=LONGEST))
    return text.strip()
