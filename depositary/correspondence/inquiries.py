"""Letters that keep the registers correct: they ask old contacts and missions, call contacts, and tell of changes.

The letters go to the outbox of the register. Their links lead to the desk's configured address, and to no other.
No letter has protected contents: behind the link a mission with encrypted mail sees all fields, others see a mask.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session

from depositary.authorities import links, proposal, proposals
from depositary.authorities.certificates import certificate_fault
from depositary.authorities.entries import AuthorityEntry
from depositary.authorities.proposal import CONTACT, AuthorityProposal
from depositary.authorities.store import ContactStore
from depositary.authorities.validity import missions, valid
from depositary.clock import day_of
from depositary.correspondence.mail.letters import Letter, write
from depositary.correspondence.mail.outbox import post
from depositary.desk.audit import Doing, log
from depositary.law.clauses import Clauses
from depositary.law.participants import LANGUAGES, Participants
from depositary.register.seal import Seal
from depositary.words import Language, language


def replies_to_follow(store: ContactStore) -> list[links.Inquiry]:
    """The replies of missions that ask for a change and were followed by no proposal, the latest first."""
    replies = [inquiry for inquiry in links.inquiries(store, "confirmation") if inquiry.said == "changes"]
    every = reversed(proposal.proposals(store)) if replies else ()
    proposed_at = {change.entry.participant: change.proposed_at for change in every}
    return [
        reply
        for reply in replies
        if reply.answered_at
        and (reply.participant not in proposed_at or proposed_at[reply.participant] < reply.answered_at)
    ]


@dataclass(frozen=True)
class InquiryOffice:
    """What writing needs: the registers, the address of the links, the treaty of the letters, and their seal."""

    store: ContactStore
    participants: Participants
    treaty: Clauses
    url: str
    seal: Seal

    def link(self, token: str) -> str:
        return f"{self.url}/contacts/confirm/{token}"

    def words_for(self, entries: Sequence[AuthorityEntry], code: str) -> Language:
        """The language of a participant's letters: its mission's, or an official one in which it takes requests."""
        if mission := missions(entries).get(code):
            return language(mission.language)
        for entry in entries:
            if entry.participant == code and entry.designation:
                for accepted in entry.designation.languages:
                    if (tag := accepted.tag.partition("-")[0]) in LANGUAGES:
                        return language(tag)
        return language("en")

    def letter(self, name: str, words: Language, to: str, code: str, at: datetime, **told: object) -> Letter:
        """A letter about a participant, from the templates of a name."""
        state = words.name(self.participants, code, day_of(at))
        subject, text, html = write(name, words, {"treaty": words.treaty(self.treaty), "state": state, **told})
        return Letter(to, subject, text, html, headers=(("Auto-Submitted", "auto-generated"),))


def ask_old_contacts(
    office: InquiryOffice, session: Session, changes: Sequence[AuthorityProposal], doing: Doing
) -> int:
    """Sends a link to the old contact of each approved change, unless one is open. Gives the number of letters."""
    store, sent = office.store, 0
    waiting = [change for change in changes if change.state == "awaiting the old contact"]
    if not waiting:
        return 0
    asked = {link.about for link in links.inquiries(store, "change") if link.is_open(doing.at)}
    entries = store.entries()
    with store.recording() as recording:
        for change in waiting:
            if change.number in asked:
                continue
            code = change.entry.participant
            for old in proposal.old_contacts(entries, change, CONTACT, doing.at):
                if old.designation is None or not old.designation.email:
                    continue
                words, address = office.words_for(entries, code), old.designation.email
                token = links.make(store, "change", code, change.number, address, doing.by, doing.at, within=recording)
                sent += _send(
                    office,
                    session,
                    "contact_change",
                    words,
                    address,
                    code,
                    token,
                    doing,
                    authority=old.designation.authority,
                    until=words.instant(doing.at + links.LASTS["change"]),
                )
    return sent


def ask_missions(
    office: InquiryOffice, session: Session, codes: Iterable[str], doing: Doing
) -> tuple[list[str], list[str]]:
    """Asks missions to confirm their authorities. Gives the codes of those it asked, and of those it cannot ask.

    A mission that still has an open question is not asked again.
    """
    store, entries = office.store, office.store.entries()
    waiting = {link.participant for link in links.inquiries(store, "confirmation") if link.is_open(doing.at)}
    known, asked, missing = missions(entries), [], []
    for code in codes:
        mission = known.get(code)
        if code in waiting:
            continue
        if mission is None:
            missing.append(code)
            continue
        words = language(mission.language)
        certificate = "" if certificate_fault(mission.certificate) else mission.certificate
        token = links.make(store, "confirmation", code, 0, mission.email, doing.by, doing.at, whole=bool(certificate))
        until = words.instant(doing.at + links.LASTS["confirmation"])
        _send(
            office,
            session,
            "contact_confirmation",
            words,
            mission.email,
            code,
            token,
            doing,
            certificate=certificate,
            until=until,
            day="",
            asked="",
        )
        asked.append(code)
    return asked, missing


def check_contacts(
    office: InquiryOffice, session: Session, codes: Iterable[str], doing: Doing
) -> tuple[list[str], list[str]]:
    """Asks points of contact to acknowledge. Gives the codes of those it asked, and of those without an address."""
    store, entries, wanted = office.store, office.store.entries(), set(codes)
    waiting = {link.about for link in links.inquiries(store, "ping") if link.is_open(doing.at)}
    asked, missing = [], []
    for entry in valid(entries, day_of(doing.at)):
        designation = entry.designation
        if (
            designation is None
            or designation.function != CONTACT
            or entry.participant not in wanted
            or entry.number in waiting
        ):
            continue
        if not designation.email:
            missing.append(entry.participant)
            continue
        words = office.words_for(entries, entry.participant)
        token = links.make(store, "ping", entry.participant, entry.number, designation.email, doing.by, doing.at)
        _send(
            office,
            session,
            "contact_ping",
            words,
            designation.email,
            entry.participant,
            token,
            doing,
            authority=designation.authority,
            until=words.instant(doing.at + links.LASTS["ping"]),
        )
        asked.append(entry.participant)
    return asked, missing


def tell_changes(office: InquiryOffice, session_of: Callable[[], AbstractContextManager[Session]], doing: Doing) -> int:
    """Tells the old and the new contact of each change that is in effect and of which they have not been told.

    It may run again: each of them gets one letter about a change.
    """
    store, told = office.store, 0
    changes = proposal.changes_to_tell(store)
    if not changes:
        return 0
    entries = store.entries()
    with session_of() as session:
        for change in changes:
            for which, address in before_and_after(entries, change, store).items():
                words, code = office.words_for(entries, change.entry.participant), change.entry.participant
                day = words.date(day_of(change.steps[-1].done_at))
                letter = office.letter("contact_changed", words, address, code, doing.at, day=day)
                told += post(session, f"contact change {change.number}", f"{code} {which}", letter, office.seal, doing)
            log(session, doing, "contacts told", f"proposal {change.number}")
    proposals.note_told(store, [change.number for change in changes], doing.by, doing.at)
    return told


def before_and_after(
    entries: Sequence[AuthorityEntry], change: AuthorityProposal, store: ContactStore
) -> Mapping[str, str]:
    """The addresses of the old and the new contacts of a change, each once."""
    number = proposal.entry_number(store, change.number)
    earlier = [entry for entry in entries if entry.number < number]
    stood = proposal.old_contacts(earlier, change, CONTACT, change.steps[-1].done_at)
    addresses = [entry.designation.email for entry in stood if entry.designation]
    found = {f"before {place}": address for place, address in enumerate(dict.fromkeys(addresses), 1) if address}
    after = change.entry.designation.email if change.entry.designation else ""
    return found | ({"after": after} if after and after not in addresses else {})


def _send(
    office: InquiryOffice,
    session: Session,
    name: str,
    words: Language,
    to: str,
    code: str,
    token: str,
    doing: Doing,
    *,
    certificate: str = "",
    **told: object,
) -> int:
    letter = office.letter(name, words, to, code, doing.at, link=office.link(token), **told)
    if certificate:
        letter = Letter(
            letter.to,
            letter.subject,
            letter.text,
            letter.html,
            headers=letter.headers,
            certificate=certificate,
            protected=True,
        )
    edition = f"{name.replace('_', ' ')} {links.hashed(token)[:16]}"
    posted = post(session, edition, code, letter, office.seal, doing)
    log(session, doing, f"{name.replace('_', ' ')} sent", f"{code}: {edition}")
    return int(posted)
