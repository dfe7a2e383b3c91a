"""Letters to one mission, sent from where they are shown: numbered in their file, kept there, and reminded of.

A file is a case (`case 7`), or what a participant owes (`owed RUR`). It is the edition of its letters in the outbox.
"""

from sqlmodel import Session

from depositary.authorities.certificates import certificate_fault
from depositary.authorities.missions import Mission
from depositary.correspondence.mail.letters import Letter
from depositary.correspondence.mail.outbox import message_id_of, post
from depositary.correspondence.mail.replacement import THREAD
from depositary.correspondence.mail.steps import Posted, letters
from depositary.desk.audit import Doing, log
from depositary.errors import DepositaryError, Sentence
from depositary.register.seal import Seal
from depositary.words import Language, language


def case_file(number: int) -> str:
    """The file of a case's letters."""
    return f"case {number}"


def owed_file(code: str) -> str:
    """The file of the letters about what a participant owes."""
    return f"owed {code}"


def sent_letters(session: Session, seal: Seal, file: str) -> list[Posted]:
    """The letters of a file, in the order of their numbers; one that replaces another has its number."""
    return letters(session, seal, file)


def send_to_mission(
    session: Session,
    file: str,
    mission: Mission | None,
    text: str,
    seal: Seal,
    doing: Doing,
    domain: str,
    number: int = 0,
) -> int:
    """Posts the next letter of a file to a mission, and gives its number. It refers to the mission's last one there.

    With a `number`, the letter of that number, once: a second click posts no second letter. Raises DepositaryError
    where there is no mission, nothing to say, or where another mission was sent the letter of that number.
    """
    if mission is None or not text:
        raise DepositaryError(Sentence("There is no letter to send, or no mission with an address. Nothing was done."))
    before = letters(session, seal, file)
    last = max((letter.copy for letter in before), default=0)
    if 0 < number <= last:
        if recipient_of(mission.participant, number) in {letter.recipient for letter in before}:
            return number
        raise DepositaryError(
            Sentence("Another letter of this file was sent since this was shown: look again. Nothing was done.")
        )
    number = last + 1
    own = [letter for letter in before if code_of(letter.recipient) == mission.participant]
    follows = [message_id_of(file, letter.recipient, domain, letter.again) for letter in own[-1:]]
    headers = tuple((name, message_id) for message_id in follows for name in THREAD)
    certificate = "" if certificate_fault(mission.certificate) else mission.certificate
    subject = subject_of(language(mission.language), file, number, reminds=bool(own))
    letter = Letter(mission.email, subject, text, headers=headers, certificate=certificate)
    post(session, file, recipient_of(mission.participant, number), letter, seal, doing, domain=domain, copy=number)
    log(session, doing, "letter to a mission", f"{file}: letter {number}")
    return number


def recipient_of(code: str, number: int) -> str:
    """The name of the recipient of a letter: a file has one letter of each number."""
    return f"{code} {number}"


def code_of(recipient: str) -> str:
    """The code of the participant whose mission a letter of a file went to."""
    return recipient.partition(" ")[0]


def subject_of(words: Language, file: str, number: int, *, reminds: bool) -> str:
    """The subject: which file, which letter, and whether it reminds of the one before."""
    kind, _, name = file.partition(" ")
    if kind == "case":
        said = words.gettext("Case %(case)s, letter %(number)d", case=name, number=number)
    else:
        said = words.gettext("Information to be furnished to the Secretary-General, letter %(number)d", number=number)
    return words.gettext("%(subject)s, with reference to the letter before", subject=said) if reminds else said
