"""What changed in the list between the preparation of an edition and its sending, told to its parties afterwards.

The edition goes out as it was approved. So one letter follows it, with those points of contact alone that have changed.
"""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime

from depositary.authorities.lists import AuthorityList, authority_list
from depositary.clock import day_of
from depositary.correspondence.circulation.dispatch import attached_list
from depositary.correspondence.circulation.edition import Edition, Recipient
from depositary.correspondence.circulation.editions import KeptEdition
from depositary.correspondence.circulation.lists import EditionList
from depositary.correspondence.circulation.preparation import FUNCTION, Registers, recipients
from depositary.correspondence.mail.letters import Attachment, Letter, write
from depositary.correspondence.mail.outbox import message_id_of, post
from depositary.correspondence.mail.replacement import THREAD
from depositary.correspondence.mail.steps import letters, posted_at
from depositary.desk.audit import Doing, log
from depositary.register.seal import Seal
from depositary.register.store import Store
from depositary.words import AVAILABLE, language
from depositary.words.circulation import year_of


def announced_as(name: str) -> str:
    """The edition of the letters, in the outbox, that tell what changed after an edition."""
    return f"changes after {name}"


def announce_changes(
    store: Store, own: Registers, kept: KeptEdition, seal: Seal, domain: str, doing: Doing
) -> list[str]:
    """Posts a letter to each party where the list changed before the edition was sent; who changed, by code.

    Nothing is posted before each copy of the edition is, and nothing twice.
    """
    with store.session() as session:
        first = [letter for letter in letters(session, seal, kept.name) if not letter.again]
        is_told = bool(posted_at(session, announced_as(kept.name)))
    if is_told or len(first) < len(kept.edition.recipients):
        return []
    listed = changed_list(own, kept.edition, max(letter.posted_at for letter in first))
    codes = sorted({change.participant for change in listed.changes})
    if codes:
        with store.session(writing=True) as session:
            for to, letter in announcements(own, listed, domain, doing.at):
                post(session, announced_as(kept.name), to.participant, letter, seal, doing, domain=domain, copy=to.copy)
            log(session, doing, "changes announced", f"{kept.name}: {', '.join(codes)}")
    return codes


def changed_list(own: Registers, edition: Edition, until: datetime) -> EditionList:
    """The points of contact of an edition's parties that became others until an instant, beside what they were."""

    def as_known(at: datetime) -> AuthorityList:
        on = max(edition.on, day_of(at))
        return authority_list(own.authorities, FUNCTION, on, at, "parties", frozenset(edition.parties))

    before, after = as_known(edition.known_at), as_known(until)
    old, new = ({line.origin: line.texts for line in known.lines} for known in (before, after))

    def only_changed(known: AuthorityList) -> AuthorityList:
        return replace(known, lines=tuple(line for line in known.lines if old.get(line.origin) != new.get(line.origin)))

    later = replace(edition, on=after.on, known_at=until, before=edition.name)
    return EditionList(later, only_changed(after), edition.on, only_changed(before), own.collection.participants)


def announcements(own: Registers, listed: EditionList, domain: str, at: datetime) -> Iterator[tuple[Recipient, Letter]]:
    """The letter to each party: the changes are attached where they can be encrypted."""
    edition = listed.edition
    files: dict[str, tuple[Attachment, ...]] = {}
    found, _ = recipients(own, edition.treaty, day_of(at), at, contracting=edition.contracting)
    for to in found:
        words = language(to.language if to.language in AVAILABLE else "en")
        codes = sorted({change.participant for change in listed.changes})
        told = {
            "to": to.mission,
            "edition": year_of(edition.before),
            "day": words.date(listed.before_on or edition.on),
            "names": sorted((words.name(listed.participants, code, edition.on) for code in codes), key=words.sort_key),
            "attached": to.manner == "encrypted",
        }
        subject, text, html = write("circulation_change", words, told | {"subject": year_of(edition.before)})
        attachments: tuple[Attachment, ...] = ()
        if to.manner == "encrypted":
            files[words.code] = attachments = files.get(words.code) or attached_list(listed, edition.before, words)
        follows = tuple((header, message_id_of(edition.before, to.participant, domain)) for header in THREAD)
        headers = (("Auto-Submitted", "auto-generated"), *follows)
        yield to, Letter(to.email, subject, text, html, attachments, headers, to.certificate, bool(attachments))
