"""Sends a notification through the outbox to every known mission, in the mission's language.

All States receive it, because all may become parties: signatories, contracting States, parties, and States that have
done nothing yet. So do the organizations. Each recipient gets one letter, however often a notification is circulated.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from sqlmodel import Session

from depositary.authorities.certificates import certificate_fault
from depositary.authorities.missions import Mission
from depositary.correspondence.mail.letters import Attachment, Letter, write
from depositary.correspondence.mail.outbox import post
from depositary.correspondence.notifications.archive import Issued
from depositary.correspondence.notifications.pdf import pdf_of
from depositary.desk.audit import Doing, log
from depositary.register.seal import Seal
from depositary.words import language

LETTER = "notification"


@dataclass(frozen=True)
class Circulated:
    """The result: the number of letters it posted, the number posted before, and the participants without a mission."""

    posted: int
    before: int
    without: tuple[str, ...]


def notification_letter(issued: Issued, mission: Mission) -> Letter:
    """The letter that carries a notification to a mission, in its language, with the PDF."""
    document = issued.document(mission.language)
    told = {
        "reference": issued.reference,
        "event": document.event,
        "title": document.title,
        "link": document.link,
        "mission": mission.name,
    }
    subject, text, html = write(LETTER, language(mission.language), told)
    pdf = Attachment(f"{issued.reference}-{mission.language}.pdf", pdf_of(document), "application/pdf")
    certificate = "" if certificate_fault(mission.certificate) else mission.certificate
    return Letter(mission.email, subject, text, html, (pdf,), certificate=certificate)


def circulate_notification(
    session: Session,
    issued: Issued,
    missions: Mapping[str, Mission],
    concerned: Iterable[str],
    seal: Seal,
    doing: Doing,
    *,
    domain: str,
) -> Circulated:
    """Posts a letter to the mission of each recipient that has none yet."""
    posted = before = 0
    without = []
    for code in sorted(set(concerned) | set(missions)):
        if code not in missions:
            without.append(code)
        elif post(
            session, issued.reference, code, notification_letter(issued, missions[code]), seal, doing, domain=domain
        ):
            posted += 1
        else:
            before += 1
    log(
        session,
        doing,
        "notification circulated",
        f"{issued.reference}: {posted} letters, {len(without)} without mission",
    )
    return Circulated(posted, before, tuple(without))
